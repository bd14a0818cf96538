"""Give the sample plan what it comes to where other things turn out to be so."""

from __future__ import annotations

from itertools import product
from typing import Any

from publish.sample_town import CIVILIAN, MINUTES, RATE, clock

FIGURES = ("low", "best", "high")


def collapse(sched: dict[str, Any], optimum: list[int], inside: int) -> list[dict[str, Any]]:
    """Tell where people are at each full hour and at closing, as the minute before left them."""

    def told(out: int, on_the_road: int) -> dict[str, int]:
        return {"out": out, "on_the_road": on_the_road, "at_home": inside - out - on_the_road}

    return [
        {
            "at": clock(minute), "minute": minute,
            "schedule": told(sched["cumulative"][minute - 1], sched["on_the_road"][minute - 1]),
            "optimum": told(optimum[minute - 1], 0),
        }
        for minute in [*range(60, MINUTES, 60), MINUTES]
    ]  # fmt: skip


def robust(total: int, optimum: int) -> dict[str, Any]:
    """Try the plan over figures: crossings that serve less let fewer pass, the rest wait."""

    def scenario(people: str, figures: list[str]) -> dict[str, Any]:
        rate = sum(RATE[figure] for figure in figures) / (len(figures) * RATE["best"])
        out = min(total, round(total * rate)) - (900 if people == "low" else 0)
        return {
            "people": people,
            "rates": [
                {"corridor": each["id"], "figure": figure}
                for each, figure in zip(CIVILIAN, figures, strict=True)
            ],
            "optimum": max(out, round(optimum * rate)), "out": out,
            "waiting_at_closing": max(0, total - round(total * rate)),
            "longest_wait_min": 90 if rate < 1 else 0,
        }  # fmt: skip

    tried = [scenario(people, [figure] * 3) for people, figure in product(FIGURES, FIGURES)]
    tried += [
        scenario("best", [odd if c == k else "best" for c in range(3)])
        for k, odd in product(range(3), ("low", "high"))
    ]
    worst = min(each["out"] for each in tried)
    return {
        "rule": "The one with most people out in its worst case.",
        "longest_wait_allowed_min": 30,
        "scenarios": tried,
        "schedules": [
            {
                "made_for": {"people": people, "rates": rates}, "worst_out": worst + more,
                "worst_share": 0.9, "longest_wait_min": wait, "most_waiting_at_closing": 10 * wait,
                "in_use": not more, "proposed": not wait,
            }
            for people, rates, more, wait in (("best", "best", 0, 90), ("low", "low", 500, 0))
        ],
    }  # fmt: skip


def safety(total: int) -> dict[str, Any]:
    """Weigh walks against people out: two setbacks that change nothing, one that does."""
    points = [
        (100, 90, 40.0, total, True, True), (100, 60, 30.0, total + 5, False, False),
        (100, 20, 12.0, total // 2, False, False), (50, 90, 40.0, total, False, True),
        (50, 60, 30.0, total + 5, False, True), (50, 20, 12.0, total // 2, False, True),
        (300, 45, 25.0, total // 3, False, False), (300, 45, 25.0, total // 3, False, False),
        (300, 10, 8.0, total // 9, False, False),
    ]  # fmt: skip
    return {
        "setback_from": ["corridors for armed groups"],
        "points": [
            {
                "setback_m": setback, "walk_limit_min": None, "longest_min": longest,
                "mean_min": mean, "out": out, "in_use": used, "beaten": beaten,
            }
            for setback, longest, mean, out, used, beaten in points
        ],
    }  # fmt: skip
