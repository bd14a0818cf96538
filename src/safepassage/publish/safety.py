"""Draw safety against speed: schedules by longest walk, setback and people out."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from safepassage.publish.chart_points import Dot, Line, points
from safepassage.publish.spoken import ENGLISH
from safepassage.publish.svg import for_both
from safepassage.publish.wording import number

if TYPE_CHECKING:
    from markupsafe import Markup

    from safepassage.publish.spoken import Spoken

__all__ = ["safety_chart", "safety_rows"]


def safety_rows(safety: dict[str, Any]) -> list[dict[str, Any]]:
    """List the points that no other beats, and the one in use, widest setback first.

    Of points that come to the same only one stands there.
    """
    rows: dict[tuple[float, ...], dict[str, Any]] = {}
    for each in _moving(safety):
        if each["in_use"] or not each["beaten"]:
            key = tuple(each[name] for name in ("setback_m", "longest_min", "mean_min", "out"))
            if each["in_use"] or key not in rows:
                rows[key] = each
    return sorted(rows.values(), key=lambda each: (-each["setback_m"], each["longest_min"]))


def _moving(safety: dict[str, Any]) -> list[dict[str, Any]]:
    """Leave out what moves nobody: that nothing beats its safety is no reason to weigh it."""
    return [each for each in safety["points"] if each["out"] or each["in_use"]]


def safety_chart(safety: dict[str, Any], say: Spoken = ENGLISH) -> Markup:
    """Draw people out over the longest walk, a line for each setback that changes anything."""
    curves: dict[tuple[tuple[int, int], ...], list[float]] = {}
    marked = _moving(safety)
    used = next(each for each in marked if each["in_use"])
    by_setback = sorted(marked, key=lambda each: (each["setback_m"], each["longest_min"]))
    dots: dict[tuple[tuple[int, int], ...], tuple[Dot, ...]] = {}
    for setback, group in groupby(by_setback, key=lambda each: each["setback_m"]):
        row = list(group)
        shape = tuple((each["longest_min"], each["out"]) for each in row)
        curves.setdefault(shape, []).append(setback)
        own = tuple(_dot(each, say) for each in row)
        held = dots.setdefault(shape, own)
        dots[shape] = tuple(
            Dot(a.x, a.y, a.label, a.beaten and b.beaten, a.in_use or b.in_use)
            for a, b in zip(held, own, strict=True)
        )
    lines = [
        Line(_setbacks(setbacks, say, always=len(curves) > 1), dots[shape])
        for shape, setbacks in curves.items()
    ]
    title = say("People out against the longest walk; in use: {n} people, {m} minutes",
                n=number(used["out"]), m=used["longest_min"])  # fmt: skip
    return for_both(
        lambda width: points(
            lines, name="safety", title=title, width=width,
            across=say("longest walk of anybody, minutes"),
            up=say("people past a crossing by closing"),
        )
    )  # fmt: skip


def _dot(each: dict[str, Any], say: Spoken) -> Dot:
    told = say("{n} people, longest walk {m} min", n=number(each["out"]), m=each["longest_min"])
    return Dot(each["longest_min"], each["out"], told, each["beaten"], each["in_use"])


def _setbacks(setbacks: list[float], say: Spoken, *, always: bool) -> str:
    """Tell which setbacks a line stands for; neighbours that change nothing share one."""
    least, most = min(setbacks), max(setbacks)
    if least == most:
        return say("setback {n} m", n=f"{least:,.0f}") if always else ""
    return say("setback {low} to {high} m", low=f"{least:,.0f}", high=f"{most:,.0f}")
