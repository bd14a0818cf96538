"""Tell what limits a plan, when, and why people who are not moved are not moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from safepassage.flow.rounding import steps_to_sink
from safepassage.plan.blocks import closed_arcs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safepassage.flow import Cut
    from safepassage.plan.blocks import Reserved
    from safepassage.plan.groups import Gate, GroupFlow
    from safepassage.plan.walkways import Walkways

__all__ = ["Limit", "NotMoved", "limits_over_time", "not_moved"]

_EVERY_MIN = 15
_LONGEST_WALK_MIN = 60
"""A street that was full this long ago still counts as what limits arrivals now."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Name what limits the plan from one minute to another.

    ``corridors`` are the crossings that are full; ``streets`` the streets that are
    (indices of the city's map); ``kept_free`` the crossings that are reserved for armed
    groups. All empty: nobody can have arrived yet, or nobody is left to move (``done``).
    """

    start: int
    end: int
    corridors: tuple[str, ...]
    streets: tuple[int, ...]
    kept_free: tuple[str, ...]
    done: bool


@dataclass(frozen=True, slots=True)
class NotMoved:
    """Count people a plan does not move, by reason and zone."""

    reason: str
    people: int
    zones: tuple[tuple[int, int], ...]


def limits_over_time(
    ways: Walkways, gate: Gate, flow: GroupFlow, minutes: int
) -> tuple[Limit, ...]:
    """Read the cuts of a group's exact plan, every quarter of an hour, and join equal ones."""
    marks = [*range(_EVERY_MIN, minutes, _EVERY_MIN), minutes]
    cumulative = np.cumsum(flow.arrival.arrivals)
    limits: list[Limit] = []
    start = 0
    for end in marks:
        if cumulative[end - 1] == 0:
            limits.append(Limit(start, end, (), (), _shut(gate, flow, start, end), done=False))
        else:
            limits.append(_limit(ways, gate, flow, start, end))
        start = end
    return _joined(limits)


def _limit(ways: Walkways, gate: Gate, flow: GroupFlow, start: int, end: int) -> Limit:
    cut = flow.arrival.cut(end - 1)
    room = flow.arrival.sink_capacity
    minutes = np.zeros(len(gate.nodes), np.int64)
    for sink, step in zip(cut.sinks.tolist(), cut.sink_steps.tolist(), strict=True):
        if step >= start and room[sink, step if room.shape[1] > 1 else 0] > 0:
            minutes[sink] += 1
    shut = _shut(gate, flow, start, end)
    full = [
        gate.corridors[e]
        for e in np.flatnonzero(minutes * 2 >= end - start)
        if gate.corridors[e] not in shut
    ]
    recent = cut.arc_steps >= start - _LONGEST_WALK_MIN
    arcs = _binding(flow, cut)[recent]
    streets = np.unique(ways.street[arcs[arcs >= 0]])
    streets = streets[streets >= 0]
    done = int(flow.arrival.arrivals[:end].sum()) == int(flow.supply.sum())
    return Limit(start, end, tuple(full), tuple(streets.tolist()), shut, done=done)


def _shut(gate: Gate, flow: GroupFlow, start: int, end: int) -> tuple[str, ...]:
    """Name the crossings that let nobody pass for most of some minutes."""
    room = np.broadcast_to(flow.arrival.sink_capacity, (len(gate.nodes), flow.arrival.steps + 1))[
        :, start:end
    ]
    nothing = (room == 0).sum(axis=1) * 2 > end - start
    return tuple(gate.corridors[e] for e in np.flatnonzero(nothing))


def _binding(flow: GroupFlow, cut: Cut) -> NDArray[np.int64]:
    """Give the cut's arcs, and -1 in place of those that were closed rather than full."""
    _, capacity = flow.arrival.network.over(flow.arrival.steps)
    column = cut.arc_steps if capacity.shape[1] > 1 else np.zeros_like(cut.arc_steps)
    return np.where(capacity[cut.arcs, column] > 0, cut.arcs, -1)


def _joined(limits: list[Limit]) -> tuple[Limit, ...]:
    """Join neighbours that name the same crossings and both, or neither, name streets."""
    joined: list[Limit] = []
    for limit in limits:
        last = joined[-1] if joined else None
        if (
            last
            and last.corridors == limit.corridors
            and bool(last.streets) == bool(limit.streets)
            and last.kept_free == limit.kept_free
            and last.done == limit.done
        ):
            both = tuple(sorted({*last.streets, *limit.streets}))
            joined[-1] = replace(last, end=limit.end, streets=both)
        else:
            joined.append(limit)
    return tuple(joined)


def not_moved(
    ways: Walkways, gate: Gate, flows: tuple[GroupFlow, ...], steps: int,
    *, reserved: tuple[Reserved, ...] = (),
) -> tuple[NotMoved, ...]:  # fmt: skip
    """Account for everybody the exact plan leaves: every person has one reason.

    ``reserved`` holds what is kept free of these groups, and when.
    """
    found: dict[str, dict[int, int]] = {}
    for flow in flows:
        left = {
            int(zone): int(people)
            for zone, people in zip(flow.zones, flow.arrival.left, strict=True)
            if people
        }
        if not left:
            continue
        shut = ways.closed.copy()
        closed = closed_arcs(reserved, flow.rounded.transit, steps)
        if closed is not None:
            shut |= closed.all(axis=1)
        quickest, anyway = (
            steps_to_sink(
                ways.n_nodes, ways.tail[arcs], ways.head[arcs],
                flow.rounded.transit[arcs], gate.nodes,
            )
            for arcs in (~shut, np.ones(len(shut), bool))
        )  # fmt: skip
        crossings_only = not (_binding(flow, flow.arrival.cut(steps)) >= 0).any()
        for zone, people in left.items():
            node = ways.zone_node[zone]
            if not np.isfinite(quickest[node]):
                reason = "way closed" if np.isfinite(anyway[node]) else "no corridor open"
            elif quickest[node] > steps:
                reason = "too far"
            else:
                reason = "crossing full" if crossings_only else "streets full"
            by_zone = found.setdefault(reason, {})
            by_zone[zone] = by_zone.get(zone, 0) + people
    return tuple(
        NotMoved(reason, sum(by_zone.values()), tuple(sorted(by_zone.items())))
        for reason, by_zone in sorted(found.items(), key=lambda item: -sum(item[1].values()))
    )
