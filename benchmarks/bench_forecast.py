"""Score the forecast of who comes against plain ways, and time ensembles.

    python benchmarks/bench_forecast.py [--nested] [-n 1000] [--coquimbo coquimbo.zip] [--csv FILE]

First every pooled precedent is forecast from the others, and then from those of other places
alone: CRPS (in shares of the people inside, less is better), log score (more is better), and how
many truths lay inside the 50 % and 80 % intervals. ``behind`` is how much worse the mean CRPS is
than ours, with an 80 % interval by drawing precedents anew: where it holds 0, chance may have
made the difference. Besides the two baselines stand ways that were tried and are not used.
``--nested`` chooses the model anew without each precedent, which takes about a minute.

Then ensembles, with two workers: Aleppo; La Serena and Coquimbo where AequilibraE's model is
installed or ``SAFEPASSAGE_COQUIMBO`` names it; and a grid of 20,000 junctions and 600 minutes
where all of 275,000 people would come. Planning is not timed, kernels are compiled before.
``seconds`` are those of the clock, which other work on the machine lengthens (``load``);
``cpu_seconds`` those of the processor, and ``thousand_min`` what 1,000 replications take of two
cores that do nothing else.

Ends with an error where ours is behind a baseline, an interval is too narrow, or 1,000
replications take 10 minutes or more.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np
from bench_ask import coquimbo, lay_out
from bench_simulate import SIZES, grid_world
from table import kept

from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.forecast import uptake
from safepassage.forecast.behaviour import USUAL
from safepassage.forecast.conditions import UNLIKENESS, Unlikeness
from safepassage.forecast.engines import on_cores
from safepassage.forecast.holds import fit_weibull, times_of
from safepassage.forecast.left_out import BASELINES, left_out, left_out_nested
from safepassage.forecast.make import make_forecast
from safepassage.forecast.precedents import load_precedents
from safepassage.forecast.recipe import USUAL_TROUBLE, Recipe
from safepassage.plan.make import make_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from safepassage.forecast.conditions import Conditions
    from safepassage.forecast.left_out import By, Scores
    from safepassage.forecast.precedents import Precedent
    from safepassage.forecast.uptake import Model

OURS = "the model"
NESTED = "the model, chosen anew each time"
ALEPPO = "aleppo-2016-11-04"
WORKERS = 2
PROMISED_MIN = 10.0
SIZE_COUNTS = 0.25
_DRAWS = 10_000
COLUMNS = (
    "what", "left_out_by", "precedents", "crps", "log_score", "within_50", "within_80", "behind",
    "behind_low", "behind_high", "people", "minutes", "replications", "workers", "seconds",
    "cpu_seconds", "thousand_min", "load", "missed",
)  # fmt: skip

Row = dict[str, Any]


def ways(rows: Sequence[Precedent], by: By, *, nested: bool) -> Iterator[tuple[str, Scores]]:
    """Score ours, the baselines, and what was tried."""
    yield OURS, left_out(rows, by=by)
    if nested:
        yield NESTED, left_out_nested(rows, by=by)
    for name, model in BASELINES.items():
        yield name, left_out(rows, model, by=by)
    for name, counts in (
        ("tried: by consent alone, as near as on its scale", [3.0, 0, 0, 0, 0, 0]),
        ("tried: every condition counts 1", [1.0] * 6),
    ):
        unlike = tuple(Unlikeness(e.condition, c) for e, c in zip(UNLIKENESS, counts, strict=True))
        with patch.object(uptake, "UNLIKENESS", unlike):
            yield name, left_out(rows, by=by)
    yield "tried: size of the place as well", by_size(rows, by)


def by_size(rows: Sequence[Precedent], by: By) -> Scores:
    """Score with places ten times as large counting ``SIZE_COUNTS`` as unlike."""
    plain = uptake._likeness  # noqa: SLF001 - what is tried is not for use
    inside = {row.id: np.log10(row.inside.low * row.inside.high) / 2 for row in rows if row.inside}
    found = []
    for row in rows:
        with patch.object(uptake, "_likeness", _sized(plain, inside, inside[row.id])):
            found.append(left_out(rows, of=[row.id], by=by))
    return type(found[0])(
        *(float(np.mean([getattr(s, name) for s in found]))
          for name in ("crps", "log_score", "within_50", "within_80")),
        tuple(each for s in found for each in s.each),
    )  # fmt: skip


def _sized(
    plain: Callable[[Conditions, Precedent, Model], float], inside: dict[str, float], size: float
) -> Callable[[Conditions, Precedent, Model], float]:
    def likeness(conditions: Conditions, row: Precedent, model: Model) -> float:
        unlike = SIZE_COUNTS * abs(inside[row.id] - size)
        return plain(conditions, row, model) * float(np.exp(-unlike / model.reach))

    return likeness


def crps_each(rows: Sequence[Precedent], by: By, model: Model) -> np.ndarray:
    """Give the CRPS of each precedent."""
    return np.array([left_out(rows, model, of=[row.id], by=by).crps for row in rows])


def behind(ours: np.ndarray, other: np.ndarray) -> tuple[float, float, float]:
    """Tell how much worse another way's mean is, with an 80 % interval by drawing anew."""
    apart = other - ours
    drawn = np.random.default_rng(1).integers(0, len(apart), (_DRAWS, len(apart)))
    low, high = np.quantile(apart[drawn].mean(axis=1), (0.1, 0.9))
    return float(apart.mean()), float(low), float(high)


def scored(*, nested: bool = False) -> list[Row]:
    """Score every way, leaving out one precedent, then a place, at a time."""
    rows = load_precedents().pooled()
    table = []
    for by in ("row", "place"):
        ours = crps_each(rows, by, uptake.CHOSEN)
        for name, found in ways(rows, by, nested=nested):
            row: Row = {
                "what": name, "left_out_by": by, "precedents": len(found.each),
                **{key: getattr(found, key)
                   for key in ("crps", "log_score", "within_50", "within_80")},
            }  # fmt: skip
            if name in BASELINES:
                apart = behind(ours, crps_each(rows, by, BASELINES[name]))
                row |= dict(zip(("behind", "behind_low", "behind_high"), apart, strict=True))
            table.append(row | {"missed": "; ".join(missed(row))})
    return table


def everybody_comes() -> uptake.Uptake:
    """Give an uptake of all the people inside, for the most that can be simulated."""
    one = np.ones(1)
    return uptake.Uptake(0.0, one, 20 * one, 1e-3 * one, one[:, None], (), 0.0)


def grid_seconds(replications: int) -> Row:
    """Time an ensemble on the grid."""
    size = SIZES["streets bind"]
    _, world = grid_world(size)
    rows = load_precedents()
    recipe = Recipe(
        world=world, behaviour=USUAL, trouble=USUAL_TROUBLE, uptake=everybody_comes(),
        inside=LowBestHigh(low=size.people, best=size.people, high=size.people),
        incident=fit_weibull(times_of(rows, "incident")), end=fit_weibull(times_of(rows, "end")),
        before_min=60, weights=np.ones(len(world.corridors)), seed=1,
    )  # fmt: skip
    recipe(0)
    spent = timed(lambda: list(on_cores(recipe, range(replications), workers=WORKERS)))
    return ensemble("a grid of 20,000 junctions", size.people, world.minutes, replications, *spent)


def case_seconds(name: str, case: str, replications: int) -> Row:
    """Time the forecast of a case; its plan is made before."""
    plan = make_plan(case)
    make_forecast(plan, replications=2, workers=WORKERS)
    spent = timed(lambda: make_forecast(plan, replications=replications, workers=WORKERS))
    people, minutes = round(plan.city.people.best), plan.hours.usable.minutes
    return ensemble(name, people, minutes, replications, *spent)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Do it; give seconds of the clock and of the processor."""
    start, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - cpu


def ensemble(
    name: str, people: int, minutes: int, replications: int, seconds: float, cpu_seconds: float
) -> Row:
    """Put times into a row."""
    row = {
        "what": name, "people": people, "minutes": minutes, "replications": replications,
        "workers": WORKERS, "seconds": seconds, "cpu_seconds": cpu_seconds,
        "thousand_min": cpu_seconds / WORKERS / replications * 1_000 / 60,
        "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    return row | {"missed": "; ".join(missed(row))}


def missed(row: Row) -> list[str]:
    """List what a row promises and does not hold."""
    found = []
    if row.get("behind", 1.0) <= 0:
        found.append("a plain way is as good as ours")
    if row["what"] == OURS:
        found += [
            f"{100 * row[key]:.0f} % inside the {name} % interval"
            for key, name in (("within_50", 50), ("within_80", 80))
            if 100 * row[key] < name
        ]
    if row.get("thousand_min", 0.0) >= PROMISED_MIN:
        found.append(f"1,000 take {row['thousand_min']:.1f} min, not under {PROMISED_MIN:g}")
    return found


def told(row: Row) -> str:
    """Tell a row in one line of Markdown."""
    if "seconds" in row:
        return (
            f"| {row['what']} | {row['people']:,} | {row['minutes']} | {row['replications']:,} | "
            f"{row['seconds']:.1f} | {row['cpu_seconds']:.1f} | "
            f"{row['thousand_min']:.1f} | {row['load']} |"
        )
    apart = "-"
    if "behind" in row:
        apart = f"{row['behind']:.4f} ({row['behind_low']:.4f} to {row['behind_high']:.4f})"
    return (
        f"| {row['what']} | {row['crps']:.4f} | {row['log_score']:.2f} | "
        f"{100 * row['within_50']:.0f} % | {100 * row['within_80']:.0f} % | {apart} |"
    )


def ensembles(replications: int, model: Path | None) -> Iterator[Row]:
    """Time each ensemble."""
    yield case_seconds("Aleppo", ALEPPO, replications)
    if model is None:
        print("Coquimbo is left out: its data is not installed (docs/examples-coquimbo.md).")
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield case_seconds("Coquimbo", lay_out(model, Path(folder)), replications)
    yield grid_seconds(replications)


def main() -> int:
    """Measure and print; write the table where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nested", action="store_true")
    parser.add_argument("-n", "--replications", type=int, default=1_000)
    parser.add_argument("--coquimbo", type=Path, default=None)
    parser.add_argument("--csv", type=Path)
    given = parser.parse_args()
    rows = scored(nested=given.nested)
    for by in ("row", "place"):
        print(f"\nleft out by {by}\n\n| way | CRPS | log score | in 50 % | in 80 % | behind ours |")
        print("| --- |" + " --- |" * 5)
        print("\n".join(told(row) for row in rows if row["left_out_by"] == by), flush=True)
    print("\n| ensemble | people | minutes | replications | s | s of processor | "
          "1,000 on two cores, min | load |")  # fmt: skip
    print("| --- |" + " --- |" * 7)
    said = os.environ.get("SAFEPASSAGE_COQUIMBO")
    model = given.coquimbo or (Path(said) if said else coquimbo())
    for row in ensembles(given.replications, model):
        rows.append(row)
        print(told(row), flush=True)
    return kept(rows, COLUMNS, given.csv, lambda row: row["what"])


if __name__ == "__main__":
    sys.exit(main())
