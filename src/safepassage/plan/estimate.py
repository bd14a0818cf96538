"""Answer from ten numbers, with no map: usable hours, ceiling, limit, what to ask for.

The engine is the planner's own, on a small network: people stand at five distances from
the nearest to the farthest, and may use every crossing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.base.progress import Progress, silent
from safepassage.base.provenance import stamp
from safepassage.base.window import Window, iso_minute
from safepassage.case.model import DEFAULT_GROUPS, CasePlace, Group
from safepassage.plan.ceiling import ceiling_curve
from safepassage.plan.gates import Gate
from safepassage.plan.groups import solve_groups
from safepassage.plan.hours import Hours, usable_hours
from safepassage.plan.limits import Limit, limits_over_time
from safepassage.plan.walkways import ENDS, End, Walkways, pick
from safepassage.plan.words import CEILING_NOTE, NOT_ESTIMATED, PROTECTION

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Asked", "Estimate", "Gain", "estimate"]

DISTANCES = 5
"""People stand at this many distances from a crossing, evenly spaced."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Hold the numbers typed in.

    ``people`` inside; ``crossings`` that are open; ``people_per_min`` each serves with
    all its ``lanes``; ``walk_km`` from the nearest to the farthest people, whose middle
    is not used; the ``announced`` window, local time; the ``place``, for the sun;
    ``group`` for the walking speed; ``attribution`` of what the place was found in.
    """

    people: LowBestHigh
    crossings: int
    people_per_min: LowBestHigh
    walk_km: LowBestHigh
    announced: Window
    place: CasePlace
    lanes: int = 1
    confirm_and_test_min: int = 60
    ignore_daylight: bool = False
    group: Group = DEFAULT_GROUPS[0]
    attribution: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gain:
    """Say how many more people one change lets pass."""

    change: str
    people_gained: LowBestHigh


@dataclass(frozen=True, slots=True)
class Estimate:
    """Hold the answer. ``by_hour`` bounds the people past the crossings at full hours."""

    asked: Asked
    hours: Hours
    ceiling: LowBestHigh
    limits: tuple[Limit, ...]
    last_to_set_out: tuple[tuple[str, float, datetime | None], ...]
    gains: tuple[Gain, ...]

    @property
    def limit_texts(self) -> tuple[str, ...]:
        """Say what limits the ceiling, and when."""
        return tuple(_limit_text(limit, self.hours) for limit in self.limits)

    def as_json(self) -> dict[str, Any]:
        """Give the estimate as ``estimate.schema.json`` describes it."""
        hours = self.hours
        return {
            **stamp("estimate", "1.0", (), self.asked.attribution),
            "asked": {
                "people": _figures(self.asked.people), "crossings": self.asked.crossings,
                "people_per_min": _figures(self.asked.people_per_min), "lanes": self.asked.lanes,
                "walk_km": [self.asked.walk_km.low, self.asked.walk_km.high],
                "place": self.asked.place.name, "tz": self.asked.place.tz,
                "speed_m_per_s": self.asked.group.speed_m_per_s.as_json(),
            },
            "window": {
                "announced": [iso_minute(hours.announced.start), iso_minute(hours.announced.end)],
                "usable": [iso_minute(hours.usable.start), iso_minute(hours.usable.end)],
                "usable_min": hours.usable.minutes,
                "cuts": [cut.as_json() for cut in hours.cuts],
            },
            "ceiling": self.ceiling.whole(),
            "likely_to_come": NOT_ESTIMATED,
            "ceiling_note": CEILING_NOTE,
            "consent": "not stated: an estimate knows of no actor's consent",
            "protection": list(PROTECTION),
            "limits": list(self.limit_texts),
            "last_to_set_out": [
                {"from_km": km, "who": who, "at": iso_minute(at) if at else None}
                for who, km, at in self.last_to_set_out
            ],
            "what_to_ask_for": [
                {"change": gain.change, "people_gained": gain.people_gained.whole()}
                for gain in self.gains
            ],
        }  # fmt: skip


def estimate(asked: Asked, *, progress: Progress = silent) -> Estimate:
    """Estimate usable hours, ceiling, limit and gains from hand-typed numbers.

    Raises
    ------
    InputError
        With every number that makes no sense, or if no usable minute remains.

    """
    _checked(asked)
    hours = _hours(asked, asked.announced)
    now = {end: _most(asked, hours, end, progress) for end in ENDS}
    slow, usual = (pick(asked.group.speed_m_per_s, end) for end in ("low", "best"))
    last = tuple(
        (who, km, _last_to_set_out(hours, km, speed))
        for who, speed in (("at the usual pace", usual), ("at a slow pace", slow))
        for km in (asked.walk_km.low, asked.walk_km.high)
    )
    return Estimate(
        asked=asked, hours=hours, ceiling=_ordered(now), limits=_limits(asked, hours, progress),
        last_to_set_out=last, gains=_gains(asked, now, progress),
    )  # fmt: skip


def _last_to_set_out(hours: Hours, km: float, speed_m_per_s: float) -> datetime | None:
    """Tell when the last set out who still arrive, or None if nobody can in these hours."""
    moment = hours.usable.end - timedelta(minutes=float(np.ceil(km * 1000 / speed_m_per_s / 60)))
    return moment if moment >= hours.usable.start else None


def _checked(asked: Asked) -> None:
    faults = [
        Fault(name, what, remedy)
        for name, bad, what, remedy in (
            ("--people", asked.people.low < 0, "must not be negative", "Give 0 or more."),
            ("--people", asked.people.high > 2e8, "is more than 200 million",
             "Give the people inside one place."),
            ("--crossings", not 1 <= asked.crossings <= 200, "must be 1 to 200",
             "Count the crossings that are open."),
            ("--lanes", not 1 <= asked.lanes <= 100, "must be 1 to 100",
             "Count the screening lanes at one crossing."),
            ("--rate", asked.people_per_min.low < 0 or asked.people_per_min.best <= 0,
             "must be above 0",
             "Give people a minute at one crossing."),
            ("--walk-km", not 0 <= asked.walk_km.low <= asked.walk_km.high <= 500,
             "must lie between 0 and 500", "Give kilometres, nearest..farthest."),
            ("--window", asked.announced.end <= asked.announced.start, "ends before it starts",
             "Give start/end, such as 2016-11-04T09:00/19:00."),
        )
        if bad
    ]  # fmt: skip
    if faults:
        raise InputError(faults)


def _hours(asked: Asked, announced: Window) -> Hours:
    return usable_hours(
        announced, asked.place, confirm_and_test_min=asked.confirm_and_test_min,
        ignore_daylight=asked.ignore_daylight,
    )  # fmt: skip


def _ordered(totals: dict[End, int]) -> LowBestHigh:
    low, best, high = (totals[end] for end in ENDS)
    return LowBestHigh(low=min(low, best), best=best, high=max(best, high))


def _network(asked: Asked, rates: tuple[LowBestHigh, ...]) -> tuple[Walkways, Gate]:
    """Lay the small network: people at each distance from every crossing."""
    n = len(rates)
    m = n * DISTANCES  # everybody may use every crossing, each as far away as the next
    km = np.linspace(asked.walk_km.low, asked.walk_km.high, DISTANCES)
    ways = Walkways(
        n_nodes=n + DISTANCES, tail=n + np.repeat(np.arange(DISTANCES), n),
        head=np.tile(np.arange(n), DISTANCES), length_m=np.repeat(km * 1000, n),
        speed_limit_m_per_s=np.full(m, np.inf), pace=np.ones(m), people_per_min=np.full(m, np.inf),
        street=np.full(m, -1), closed=np.zeros(m, bool), reverse=np.full(m, -1),
        zone_node=n + np.arange(DISTANCES),
    )  # fmt: skip
    names = tuple(f"crossing {i + 1}" for i in range(n))
    return ways, Gate(np.arange(n), names, rates)


def _most(
    asked: Asked, hours: Hours, end: End, progress: Progress = silent,
    *, more_lanes: int = 0, more_crossings: int = 0,
) -> int:  # fmt: skip
    """Bound the people past the crossings, by the planner's ceiling."""
    lane = asked.people_per_min.times(1 / asked.lanes)
    rates = [asked.people_per_min] * (asked.crossings + more_crossings)
    rates[0] = lane.times(asked.lanes + more_lanes)
    ways, gate = _network(asked, tuple(rates))
    people = np.full(len(ways.zone_node), pick(asked.people, end) / len(ways.zone_node))
    curve = ceiling_curve(
        ways, gate, (asked.group,), people, hours.steps, end=end, progress=progress,
    )  # fmt: skip
    return min(int(curve[-1]), int(pick(asked.people, end)))


def _limits(asked: Asked, hours: Hours, progress: Progress) -> tuple[Limit, ...]:
    ways, gate = _network(asked, (asked.people_per_min,) * asked.crossings)
    supply = np.full((1, len(ways.zone_node)), round(asked.people.best / len(ways.zone_node)))
    flows = solve_groups(
        ways, gate, (asked.group,), supply, hours.steps, progress=progress,
    )  # fmt: skip
    return limits_over_time(ways, gate, flows, hours.steps + 1)


def _limit_text(limit: Limit, hours: Hours) -> str:
    start, end = (f"{hours.usable.at(minute):%H:%M}" for minute in (limit.start, limit.end))
    if limit.done:
        return f"From {start} to {end} nobody is left to move."
    if limit.corridors:
        return f"From {start} to {end} the limit is what the crossings serve."
    return f"From {start} to {end} the limit is walking time: more people cannot have arrived yet."


def _gains(asked: Asked, now: dict[End, int], progress: Progress) -> tuple[Gain, ...]:
    hour = timedelta(hours=1)
    window = asked.announced
    same = _hours(asked, window)

    def within(changed: Hours) -> Callable[[End], int]:
        return lambda e: _most(asked, changed, e, progress)

    earlier = _hours(asked, Window(window.start - hour, window.end))
    later = _hours(asked, Window(window.start, window.end + hour))
    dark = " (it is dark by then)" if later.usable.end == same.usable.end else ""
    changes: list[tuple[str, Callable[[End], int]]] = [
        ("start 1 hour earlier", within(earlier)),
        (f"end 1 hour later{dark}", within(later)),
        ("1 more lane at one crossing", lambda e: _most(asked, same, e, progress, more_lanes=1)),
        ("1 more crossing", lambda e: _most(asked, same, e, progress, more_crossings=1)),
    ]
    gains = [
        Gain(name, _sorted_figures({end: most(end) - now[end] for end in ENDS}))
        for name, most in changes
    ]
    return tuple(sorted(gains, key=lambda gain: -gain.people_gained.best))


def _sorted_figures(gained: dict[End, int]) -> LowBestHigh:
    figures = [max(0, value) for value in gained.values()]
    return LowBestHigh(low=min(figures), best=max(0, gained["best"]), high=max(figures))


def _figures(number: LowBestHigh) -> dict[str, float]:
    return {"low": number.low, "best": number.best, "high": number.high}
