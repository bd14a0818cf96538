"""Write the tables of docs/forecast.md anew: scores, each precedent, hazards, Aleppo.

python tools/forecast_page.py
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from pages import between_marks, table

from safepassage.forecast.holds import fit_weibull, kaplan_meier, times_of
from safepassage.forecast.left_out import left_out
from safepassage.forecast.make import make_forecast
from safepassage.forecast.precedents import load_precedents
from safepassage.forecast.words import share_text
from safepassage.plan.make import make_plan

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "forecast.md"
HOURS = (1, 3, 6, 12, 24)


def scores() -> str:
    """Write how the model, the baselines and what was tried did, as the benchmark has it."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        import bench_forecast  # noqa: PLC0415 - stands beside the package
    finally:
        sys.path.pop(0)
    rows = []
    for row in bench_forecast.scored():
        apart = ""
        if "behind" in row:
            low, high = f"{row['behind_low']:.4f}", f"{row['behind_high']:.4f}"
            apart = f"{row['behind']:.4f} ({low} to {high})"
        rows.append(
            (row["what"], "one precedent" if row["left_out_by"] == "row" else "its place",
             f"{row['crps']:.4f}", f"{row['log_score']:.2f}", f"{100 * row['within_50']:.0f} %",
             f"{100 * row['within_80']:.0f} %", apart)
        )  # fmt: skip
    head = ("way", "left out", "CRPS", "log score", "in 50 %", "in 80 %", "CRPS behind the model")
    return table(head, *rows)


def each() -> str:
    """Write what was forecast of each precedent from the others, and what happened."""
    found, apart = left_out(load_precedents()), dict[str, bool]()
    for name, truth, low, _, high in left_out(load_precedents(), by="place").each:
        apart[name] = low <= truth <= high
    return table(
        ("precedent", "happened", "middle", "8 in 10", "inside", "inside, its place left out"),
        *(
            (f"`{name}`", share_text(truth), share_text(middle),
             f"{share_text(low)} to {share_text(high)}", "yes" if low <= truth <= high else "no",
             "yes" if apart[name] else "no")
            for name, truth, low, middle, high in found.each
        ),
    )  # fmt: skip


def holds() -> str:
    """Write how long pauses went without an incident, and how long they held."""
    rows = []
    for clock, name in (("incident", "no incident yet"), ("end", "not ended early")):
        times = times_of(load_precedents(), clock)
        curve, weibull = kaplan_meier(times), fit_weibull(times)
        still = weibull.holds(np.array(HOURS, dtype=float))
        count = f"{name} ({weibull.events} of {weibull.pauses} seen)"
        for i, hours in enumerate(HOURS):
            at = int(np.searchsorted(curve.hours, hours, side="right")) - 1
            seen = (1.0, 1.0, 1.0) if at < 0 else (curve.holds[at], curve.low[at], curve.high[at])
            rows.append(
                (count, str(hours), _per_cent(seen[0]), _span(seen[1], seen[2]),
                 _per_cent(still[1, i]), _span(still[0, i], still[2, i]))
            )  # fmt: skip
    head = ("", "hours", "Kaplan-Meier", "95 %", "Weibull", "80 %")
    return table(head, *rows)


def _per_cent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _span(low: float, high: float) -> str:
    return f"{_per_cent(low)} to {_per_cent(high)}"


def aleppo() -> str:
    """Write what the forecast says of Aleppo."""
    lines = str(make_forecast(make_plan("aleppo-2016-11-04"))).splitlines()
    return "\n>\n".join(f"> {line}" for line in lines)


def page(text: str) -> str:
    """Put everything between its marks."""
    return between_marks(text, {"scores": scores, "each": each, "holds": holds, "aleppo": aleppo})


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
