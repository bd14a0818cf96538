"""Draw who is past the crossings and on the road by the minute: no script, no colour needed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safepassage.publish.chart import round_steps
from safepassage.publish.fan_chart import labels
from safepassage.publish.spoken import ENGLISH
from safepassage.publish.svg import WIDTH, base_line, framed, level
from safepassage.publish.wording import moment, number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from safepassage.publish.spoken import Spoken

__all__ = ["plan_curve", "road_curve"]

_LEFT, _RIGHT, _TOP = 62.0, 150.0, 24.0
_HIGH, _ROAD_HIGH = 230.0, 90.0
_FEW_HOURS = 12
"""Up to so many hours each has its mark, else every second, third …"""


class _Axes:
    """Put minutes and people on a chart that is as wide as the announced hours."""

    def __init__(self, plan: dict[str, Any], most: float, high: float) -> None:
        hours = (plan["window"]["announced"], plan["window"]["usable"])
        self.first = min(moment(each["start"]) for each in hours)
        self.last = max(moment(each["end"]) for each in hours)
        self.start = moment(plan["window"]["usable"]["start"])
        self.wide, self.high, self.most = WIDTH - _LEFT - _RIGHT, high, most or 1

    def x(self, at: datetime) -> float:
        return _LEFT + self.wide * ((at - self.first) / (self.last - self.first))

    def y(self, people: float) -> float:
        return _TOP + self.high * (1 - people / self.most)

    def line(self, curve: Sequence[float], look: str) -> Markup:
        points = " ".join(
            f"{self.x(self.start + timedelta(minutes=i)):.1f},{self.y(people):.1f}"
            for i, people in enumerate(curve)
        )
        return Markup(f'<polyline points="{points}" fill="none" stroke="#000" {look}/>')  # noqa: S704

    def frame(self, cuts: Sequence[dict[str, Any]], name: str, across: str) -> list[Markup]:
        """Draw hatched what is not usable, the levels, and the hours."""
        lowest = _TOP + self.high
        parts = [
            Markup('<defs><pattern id="{}-night" width="6" height="6" patternUnits="userSpaceOnUse"'
                   ' patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
                   '<rect width="1.2" height="6" fill="#bbb"/></pattern></defs>').format(name)
        ]  # fmt: skip
        for cut in cuts:
            x, till = self.x(moment(cut["from"])), self.x(moment(cut["until"]))
            parts.append(
                Markup('<rect x="{:.1f}" y="{}" width="{:.1f}" height="{}" '
                       'fill="url(#{}-night)"/>').format(x, _TOP, till - x, self.high, name)
            )  # fmt: skip
        about = 5 if self.high > _ROAD_HIGH else 2
        parts += [
            level(n, self.y(n), _LEFT, self.wide) for n in round_steps(0, self.most, about=about)
            if n == round(n)
        ]  # fmt: skip
        parts += [
            Markup('<text x="{:.1f}" y="{}" text-anchor="middle" class="tick">{:%H:%M}</text>')
            .format(self.x(hour), lowest + 17, hour)
            for hour in self._hours()
        ]  # fmt: skip
        return [*parts, base_line(lowest, _LEFT, self.wide, across)]

    def _hours(self) -> list[datetime]:
        whole = self.first.replace(minute=0)
        many = int((self.last - whole).total_seconds() // 3600)
        step = 1 + many // _FEW_HOURS
        hours = (whole + timedelta(hours=i) for i in range(0, many + 1, step))
        return [each for each in hours if self.first <= each <= self.last]


def plan_curve(plan: dict[str, Any], say: Spoken = ENGLISH) -> Markup:
    """Draw schedule, optimum and ceiling, each with a line of its own kind."""
    total = plan["ceiling"]["total"]
    axes = _Axes(plan, max(total["high"], total["best"]) * 1.04, _HIGH)
    curves = (
        (plan["ceiling"]["cumulative"], say("Ceiling {n}", n=number(total["best"])),
         'stroke-width="4" stroke-opacity=".4"'),
        (plan["optimum"]["cumulative"], say("Optimum {n}", n=number(plan["optimum"]["total"])),
         'stroke-width="1.6" stroke-dasharray="5 4"'),
        (plan["schedule"]["cumulative"], say("Schedule {n}", n=number(plan["schedule"]["total"])),
         'stroke-width="2.2"'),
    )  # fmt: skip
    close = axes.x(moment(plan["window"]["usable"]["end"]))
    ends: list[tuple[float, str]] = [(axes.y(curve[-1]), told) for curve, told, _ in curves]
    parts = axes.frame(plan["window"]["cuts"], "plan-curve", say("local time"))
    parts += [axes.line(curve, look) for curve, _, look in curves]
    if total["low"] < total["high"]:
        ends.append((axes.y(total["high"]), say("at most {n}", n=number(total["high"]))))
        ends.append((axes.y(total["low"]), say("at least {n}", n=number(total["low"]))))
        parts.append(
            Markup('<path d="M{x:.1f} {:.1f}V{:.1f}M{l:.1f} {:.1f}h10M{l:.1f} {:.1f}h10" '
                   'stroke="#000" stroke-opacity=".5" stroke-width="2" fill="none"/>')
            .format(*(axes.y(total[end]) for end in ("low", "high", "low", "high")),
                    x=close, l=close - 5)
        )  # fmt: skip
    parts += labels(ends, _TOP + _HIGH, close + 10)
    return framed(
        *parts, name="plan-curve", title=say("People past the crossings, by the minute"),
        told="; ".join(str(told) for _, told in ends), height=_TOP + _HIGH + 42,
    )  # fmt: skip


def road_curve(plan: dict[str, Any], say: Spoken = ENGLISH) -> Markup:
    """Draw how many are on the road by the schedule."""
    road = plan["schedule"]["on_the_road"]
    axes = _Axes(plan, max(road, default=0) * 1.08, _ROAD_HIGH)
    parts = axes.frame(plan["window"]["cuts"], "plan-road", say("local time"))
    parts.append(axes.line(road, 'stroke-width="1.6"'))
    told = say("Most at once: {n}", n=number(max(road, default=0)))
    return framed(*parts, name="plan-road", title=say("People on the road, by the minute"),
                  told=str(told), height=_TOP + _ROAD_HIGH + 42)  # fmt: skip
