"""Draw what may happen as fans over the hours, as SVG that needs no script and no colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from safepassage.publish.chart import name_of, round_steps
from safepassage.publish.spoken import ENGLISH
from safepassage.publish.svg import WIDTH, base_line, framed, level

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from safepassage.publish.spoken import Spoken

    Axis = Callable[[float], float]

__all__ = ["Fan", "Over", "fans", "labels"]

_HIGH, _LEFT, _TOP = 230.0, 62.0, 30.0
_RIGHT, _RIGHT_ON_PHONES = 130.0, 102.0
_APART = 15
"""Height that a label takes, in the chart's own units."""
_FEWEST_TICKS, _MOST_TICKS = 3, 8


@dataclass(frozen=True, slots=True)
class Fan:
    """Hold quantiles by the minute, all of one length."""

    p10: Sequence[float]
    p25: Sequence[float]
    p50: Sequence[float]
    p75: Sequence[float]
    p90: Sequence[float]


@dataclass(frozen=True, slots=True)
class Over:
    """Hold a curve to draw beside a fan, dashed, with its label."""

    label: str
    curve: Sequence[float]


def fans(
    fan: Fan, clocks: Sequence[str], *, over: Over | None, name: str, title: str, up: str,
    width: int = WIDTH, say: Spoken = ENGLISH,
) -> Markup:  # fmt: skip
    """Draw a fan: the middle as a line, half of all outcomes darker, 80 % lighter, edged.

    Bands stand over the axis, so that a fan far under another curve is still seen.

    Parameters
    ----------
    fan
        Quantiles at the end of each minute.
    clocks
        Local clock at the end of each minute, ``HH:MM``.
    over
        Another curve beside it, such as the ceiling; it may be far above.
    name, title, width
        As of ``chart.bars``.
    up
        What is counted.

    """
    most = max([1.0, *fan.p90, *(over.curve if over else ())])
    right = _RIGHT if width == WIDTH else _RIGHT_ON_PHONES
    wide = width - _LEFT - right
    many = max(1, len(clocks) - 1)

    def x(minute: float) -> float:
        return _LEFT + wide * minute / many

    def y(people: float) -> float:
        return _TOP + _HIGH * (1 - people / most)

    lowest = _TOP + _HIGH
    parts = [
        Markup('<text x="4" y="14" class="unit">{}</text>').format(up),
        *(level(n, y(n), _LEFT, wide) for n in round_steps(0, most) if n == round(n)),
        base_line(lowest, _LEFT, wide, say("local time")),
        _band(fan.p10, fan.p90, x, y, "#cfdde8"),
        _band(fan.p25, fan.p75, x, y, "#93b3ca"),
        *(_line(edge, x, y, 'stroke="#3a5f7d" stroke-width="1"') for edge in (fan.p10, fan.p90)),
        _line(fan.p50, x, y, 'stroke="#000" stroke-width="2.5"'),
    ]
    if over:
        parts.append(
            _line(over.curve, x, y, 'stroke="#000" stroke-width="1.5" stroke-dasharray="7 4"')
        )
    ends = [(y(curve[-1]), label) for curve, label in _labelled(fan, over, width, say)]
    parts += labels(ends, lowest, width - right + 8)
    parts += [
        Markup('<text x="{:.1f}" y="{}" text-anchor="middle" class="tick">{}</text>').format(
            x(minute), lowest + 17, clocks[minute]
        )
        for minute in _whole_hours(clocks, _MOST_TICKS if width == WIDTH else _FEWEST_TICKS + 1)
    ]
    hours = dict.fromkeys([*_whole_hours(clocks), len(clocks) - 1])
    told = "; ".join(_told(fan, over, minute, clocks[minute], say) for minute in hours)
    return framed(
        *parts, name=name_of(name, width), title=title, told=told, height=lowest + 42, width=width
    )


def _told(fan: Fan, over: Over | None, minute: int, clock: str, say: Spoken) -> str:
    """Say a minute for those who do not see the chart."""
    said = f"{clock}: {fan.p50[minute]:,.0f} ({say.between(fan.p10[minute], fan.p90[minute])})"
    return f"{said}, {over.label} {over.curve[minute]:,.0f}" if over else said


def _band(low: Sequence[float], high: Sequence[float], x: Axis, y: Axis, fill: str) -> Markup:
    there = " ".join(f"{x(i):.1f},{y(v):.1f}" for i, v in enumerate(high))
    back = " ".join(f"{x(i):.1f},{y(v):.1f}" for i, v in reversed(list(enumerate(low))))
    return Markup('<polygon points="{} {}" fill="{}"/>').format(there, back, fill)


def _line(curve: Sequence[float], x: Axis, y: Axis, look: str) -> Markup:
    points = " ".join(f"{x(i):.1f},{y(v):.1f}" for i, v in enumerate(curve))
    return Markup(f'<polyline points="{points}" fill="none" {look}/>')  # noqa: S704 - numbers


def _labelled(
    fan: Fan, over: Over | None, width: int, say: Spoken
) -> list[tuple[Sequence[float], str]]:
    """Choose the curves that have a label, the lowest first."""
    found: list[tuple[Sequence[float], str]] = []
    found += [(fan.p10, say("{n} in 10 below", n=1))] if fan.p10[-1] > 0 else []
    found.append((fan.p50, say("middle outcome") if width == WIDTH else say("middle")))
    found.append((fan.p90, say("{n} in 10 above", n=1)))
    return [*found, (over.curve, over.label)] if over else found


def labels(ends: list[tuple[float, str]], lowest: float, x: float) -> list[Markup]:
    """Put a label beside the end of each curve, none over another and none outside."""
    ends = sorted(ends, key=lambda end: -end[0])
    places: list[float] = []
    for at, _ in ends:
        places.append(min(at + 4, places[-1] - _APART if places else lowest + 4))
    for i in reversed(range(len(places))):
        above = places[i + 1] + _APART if i + 1 < len(places) else _TOP
        places[i] = max(places[i], above)
    return [
        Markup('<text x="{:.1f}" y="{:.1f}" class="label">{}</text>').format(x, y, label)
        for y, (_, label) in zip(places, ends, strict=True)
    ]


def _whole_hours(clocks: Sequence[str], most: int = _MOST_TICKS) -> list[int]:
    """Choose round clocks to write under the axis, neither few nor crowded."""
    for step in (15, 30, 60, 120, 240):
        found = [i for i, c in enumerate(clocks) if (int(c[:2]) * 60 + int(c[3:5])) % step == 0]
        if len(found) <= most:
            return found if len(found) >= _FEWEST_TICKS else [0, len(clocks) - 1]
    return [0, len(clocks) - 1]
