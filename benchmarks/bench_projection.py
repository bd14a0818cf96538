"""Hold the projection of a situation against simulated days: how often the end lies inside.

    python benchmarks/bench_projection.py [--replications 200] [--seed 2] [--csv FILE]

Days are replications of the forecast, each counted without error every minute. At a fifth, a
third, a half and three quarters of the usable hours, each day that has not collapsed by then is
projected to its end. `inside`: share of these days that end within the interval, which is meant
for 8 in 10; `of days with people`: of those that end with 20 people out or more; on the others
an interval about nothing is easily right. `missed` says where that falls below 6 in 10 from
half the hours on.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from table import kept

from safepassage.case.conditions import CaseCondition
from safepassage.forecast.make import make_forecast
from safepassage.ledger.projection import project
from safepassage.plan.make import make_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from safepassage.forecast.outcome import Outcome
    from safepassage.plan.model import Plan

SHARES = (0.2, 1 / 3, 0.5, 0.75)
PEOPLE = 20
PROMISED = 0.6
COLUMNS = (
    "place", "pause", "replications", "after", "days", "inside", "below", "above",
    "days_with_people", "inside_of_them", "width_of_them", "missed",
)  # fmt: skip
TOWN = {
    "case.toml": """
schema = 1
id = "line-town"
title = "Three zones in a line before one crossing"
[place]
name = "Line Town"
lat = 36.2
lon = 37.2
tz = "Asia/Damascus"
[window]
start = 2016-11-04T09:00:00
end = 2016-11-04T13:00:00
[city]
zones = "zones.csv"
links = "links.csv"
[[corridors]]
id = "gate"
name = "The gate"
people_per_min_per_lane = 10
position = { lat = 36.2, lon = 37.2 }
[options]
confirm_and_test_min = 0
[clearance]
treat_as_cleared = true
by = "the benchmark"
reason = "nobody lives here"
""",
    "zones.csv": "id,name,name_ar,lat,lon,people\na,Near,,36.2027,37.2,200\n"
    "b,Middle,,36.2081,37.2,700\nc,Far,,36.2189,37.2,1500\n",
    "links.csv": "a,b,distance_m,shared_border_m\na,b,600,500\nb,c,1200,500\n",
}


@dataclass(frozen=True)
class Day:
    """Hold one simulated day: people out by each minute, and when it collapsed."""

    out: np.ndarray[Any, np.dtype[np.float64]]
    collapse: int


def agreed(plan: Plan) -> Plan:
    """Give the same plan with the consent of all and a neutral escort."""
    conditions = tuple(
        CaseCondition(condition=name, code=code, source="the benchmark")
        for name, code in (("consent", "all"), ("escort", "neutral"))
    )
    return replace(plan, case=plan.case.model_copy(update={"conditions": conditions}))


def days_of(outcomes: Iterable[Outcome]) -> list[Day]:
    """Take the curves of replications."""
    return [
        Day(np.concatenate([[0.0], each.out.astype(np.float64)]), each.collapse_min)
        for each in outcomes
    ]


def held(days: Sequence[Day], planned: np.ndarray[Any, np.dtype[np.int64]], share: float) -> Any:
    """Project every day at a share of its hours; give what became of it, a row for each day."""
    minute = int((len(planned) - 1) * share)
    rows = []
    for day in days:
        if 0 <= day.collapse < minute:
            continue
        out = np.tile(day.out[: minute + 1], (3, 1))
        if (made := project(out, planned, planned)) is None:
            continue
        low, _, high = made.people[:, -1]
        end = day.out[-1]
        rows.append((low <= end <= high, end < low, end > high, end >= PEOPLE,
                     (high - low) / max(end, 1.0)))  # fmt: skip
    return np.array(rows, np.float64).reshape(-1, 5)


def measured(place: str, plan: Plan, replications: int, seed: int) -> Iterator[dict[str, Any]]:
    """Give a row for each pause and share of its hours."""
    planned = np.concatenate([[0], plan.schedule.cumulative])
    for pause, each in (("as announced", plan), ("agreed by all", agreed(plan))):
        days = days_of(make_forecast(each, replications=replications, seed=seed).outcomes)
        for share in SHARES:
            found = held(days, planned, share)
            if not len(found):  # too early: nothing is projected
                continue
            some = found[found[:, 3] > 0]
            inside = float(some[:, 0].mean())
            short = share >= 0.5 and inside < PROMISED
            yield {
                "place": place, "pause": pause, "replications": replications,
                "after": f"{share:.0%} of {len(planned) - 1} min", "days": len(found),
                **{
                    name: round(float(found[:, i].mean()), 3)
                    for i, name in enumerate(("inside", "below", "above"))
                },
                "days_with_people": len(some), "inside_of_them": round(inside, 3),
                "width_of_them": round(float(np.median(some[:, 4])), 2),
                "missed": f"inside {inside:.2f} of days with people" if short else "",
            }  # fmt: skip


def main() -> int:
    """Measure and print; write the table where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--csv", type=Path)
    given = parser.parse_args()
    rows: list[dict[str, Any]] = []
    print("| place, pause | after | days | inside | below, above | of days with people | width |")
    print("| --- |" + " --- |" * 6)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in TOWN.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        for place, case in (("Line Town", folder), ("Aleppo", "aleppo-2016-11-04")):
            for row in measured(place, make_plan(case), given.replications, given.seed):
                rows.append(row)
                print(
                    f"| {row['place']}, {row['pause']} | {row['after']} | {row['days']} | "
                    f"{row['inside']:.0%} | {row['below']:.0%}, {row['above']:.0%} | "
                    f"{row['inside_of_them']:.0%} of {row['days_with_people']} | "
                    f"{row['width_of_them']:.1f} |", flush=True,
                )  # fmt: skip
    return kept(rows, COLUMNS, given.csv, lambda row: f"{row['place']}, {row['pause']}")


if __name__ == "__main__":
    sys.exit(main())
