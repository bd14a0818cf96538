"""Work out the times that decide readiness: light, warning, and the way to a crossing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.plan.walkways import ENDS, walkways_by_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.base.window import Window
    from safepassage.case import Case
    from safepassage.case.model import Group
    from safepassage.city import City
    from safepassage.declaration import Declaration
    from safepassage.plan.walkways import Walkways

__all__ = ["Travel", "Warned", "travel", "warned"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Warned:
    """Hold how long before the first hour the pause was announced [minutes].

    ``low`` and ``high`` differ by a day where only the day of the announcement is known;
    ``low`` is never below zero, ``high`` is where the announcement came after the start.
    """

    low: int
    high: int
    announced_on: datetime
    text_name: str


def warned(declarations: Sequence[Declaration], window: Window) -> Warned | None:
    """Work out the warning time from the earliest announcement whose day is known."""
    dated = [
        (datetime.combine(each.announced_on, time()), each.text_name)
        for each in declarations
        if each.announced_on
    ]
    if not dated:
        return None
    day, name = min(dated)
    minute = timedelta(minutes=1)
    high = (window.start - day) // minute
    low = (window.start - (day + timedelta(days=1))) // minute
    return Warned(max(0, low), high, day, name)


@dataclass(frozen=True, slots=True)
class Travel:
    """Hold the way from each zone to its nearest crossing, alone on the road.

    Attributes
    ----------
    minutes
        From each zone to its nearest crossing at the pace of the slowest group, shape
        (zones,) for each of low, best and high; low is the fastest pace, ``inf`` where
        there is no way.
    nearest
        Corridor of that crossing at the best pace, one per zone, or None.
    farthest
        Index of the zone with people that needs longest, of those that have a way.
    too_far
        People who cannot arrive within the usable minutes even if they set out at once:
        low is fewest people at the fastest pace, high most people at the slowest.
    no_way
        People whose zone has no way to any crossing.
    people
        Everybody.
    groups
        Who walks at which pace.

    """

    minutes: dict[str, Floats]
    nearest: tuple[str | None, ...]
    farthest: int | None
    too_far: LowBestHigh
    no_way: LowBestHigh
    people: LowBestHigh
    usable_min: int
    groups: tuple[Group, ...]

    def longest(self) -> LowBestHigh | None:
        """Give the minutes the farthest zone needs, fastest to slowest pace."""
        if self.farthest is None:
            return None
        return LowBestHigh(**{end: float(self.minutes[end][self.farthest]) for end in ENDS})


_PACE = {"low": "high", "best": "best", "high": "low"}
"""The fastest pace gives the shortest time."""


def travel(case: Case, city: City, usable_min: int) -> Travel | None:
    """Find how long everybody needs to the nearest civilian crossing.

    Nobody waits or queues here: it is the least time, not a plan. Groups walk at their
    own pace; families at that of their slowest.

    Parameters
    ----------
    case
        For corridors, groups and hazards.
    city
        Its streets and zones.
    usable_min
        Minutes in which people may be on the way.

    Returns
    -------
    None if no civilian corridor has a position.

    """
    civilian = {each.id for each in case.corridors if each.users == "civilian"}
    gates = [crossing for crossing in city.crossings if crossing.corridor in civilian]
    if not gates:
        return None
    by_group, zones = walkways_by_group(city, case.movement, case.groups), city.zones
    nodes = np.array([gate.node for gate in gates], np.int64)
    slowest = min(case.groups, key=lambda group: group.speed_m_per_s.best)
    minutes: dict[str, Floats] = {}
    nearest = np.full(len(zones), -1)
    far, lost = {}, {}
    for end in ENDS:
        people = np.asarray(getattr(zones, end), float)
        far[end] = lost[end] = 0.0
        for ways, group in zip(by_group, case.groups, strict=True):
            spent, gate = _away(ways, nodes, getattr(group.speed_m_per_s, _PACE[end]))
            there = np.isfinite(spent)
            # at the least, few people walk fast: low people with the low of the times
            far[end] += float(people[there & (spent > usable_min)].sum()) * group.share
            lost[end] += float(people[~there].sum()) * group.share
            if group is slowest:
                minutes[end] = spent
                nearest = gate if end == "best" else nearest
        lost[end] = round(lost[end], 6)
    reached = np.where(np.isfinite(minutes["best"]) & (zones.high > 0), minutes["best"], -1.0)
    corridors = [gate.corridor for gate in gates]
    return Travel(
        minutes=minutes,
        nearest=tuple(corridors[int(i)] if i >= 0 else None for i in nearest),
        farthest=int(reached.argmax()) if reached.max() >= 0 else None,
        too_far=LowBestHigh(**far), no_way=LowBestHigh(**lost),
        people=LowBestHigh(**{end: float(np.sum(getattr(zones, end))) for end in ENDS}),
        usable_min=usable_min, groups=case.groups,
    )  # fmt: skip


def _away(
    ways: Walkways, nodes: NDArray[np.int64], speed: float
) -> tuple[Floats, NDArray[np.int64]]:
    """Give each zone's minutes to its nearest crossing, and which one: -1 for none."""
    open_ = np.flatnonzero(~ways.closed)
    spent = ways.minutes(speed)[open_]
    head, tail = ways.head[open_], ways.tail[open_]
    order = np.lexsort((spent, tail, head))  # of parallel arcs the quickest
    first = np.ones(len(order), bool)
    first[1:] = (np.diff(head[order]) != 0) | (np.diff(tail[order]) != 0)
    arcs = order[first]
    back = coo_array(
        (spent[arcs] + 1e-9, (head[arcs], tail[arcs])), shape=(ways.n_nodes, ways.n_nodes)
    ).tocsr()
    away, _, source = dijkstra(back, indices=nodes, min_only=True, return_predecessors=True)
    place = {int(node): i for i, node in reversed(list(enumerate(nodes.tolist())))}
    at = [place.get(int(source[node]), -1) for node in ways.zone_node]
    return np.asarray(away[ways.zone_node], float), np.array(at, np.int64)
