"""Tell what limits a plan, when, and why people who are not moved are not moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from safepassage.flow.rounding import steps_to_sink

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safepassage.plan.groups import Gate, GroupFlow
    from safepassage.plan.walkways import Walkways

__all__ = ["Limit", "NotMoved", "limits_over_time", "not_moved"]

_EVERY_MIN = 15


@dataclass(frozen=True, slots=True)
class Limit:
    """Name what limits the plan from one minute to another.

    ``corridors`` are the crossings that are full; ``streets`` the streets that are
    (indices of the city's map). Both empty: nobody can have arrived yet, or nobody is
    left to move (``done``).
    """

    start: int
    end: int
    corridors: tuple[str, ...]
    streets: tuple[int, ...]
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
            limits.append(Limit(start, end, (), (), done=False))
        else:
            limits.append(_limit(ways, gate, flow, start, end))
        start = end
    return _joined(limits)


def _limit(ways: Walkways, gate: Gate, flow: GroupFlow, start: int, end: int) -> Limit:
    cut = flow.arrival.cut(end - 1)
    recent = cut.sinks[cut.sink_steps >= start]
    room = flow.arrival.sink_capacity
    counts = np.zeros(len(gate.nodes), np.int64)
    for sink in recent.tolist():
        counts[sink] += 1
    # full for most of the quarter hour; a crossing that serves nobody is shut, not full
    full = [
        gate.corridors[e]
        for e in np.flatnonzero(counts * 2 >= end - start)
        if room[e].max(initial=0) > 0
    ]
    late = cut.arcs[cut.arc_steps >= start - 60]
    streets = np.unique(ways.street[late])
    streets = streets[streets >= 0]
    done = int(flow.arrival.arrivals[:end].sum()) == int(flow.supply.sum())
    return Limit(start, end, tuple(full), tuple(streets.tolist()), done=done)


def _joined(limits: list[Limit]) -> tuple[Limit, ...]:
    """Join neighbours that name the same crossings and both, or neither, name streets."""
    joined: list[Limit] = []
    for limit in limits:
        last = joined[-1] if joined else None
        if (
            last
            and last.corridors == limit.corridors
            and bool(last.streets) == bool(limit.streets)
            and last.done == limit.done
        ):
            both = tuple(sorted({*last.streets, *limit.streets}))
            joined[-1] = Limit(last.start, limit.end, last.corridors, both, done=last.done)
        else:
            joined.append(limit)
    return tuple(joined)


def not_moved(
    ways: Walkways, gate: Gate, flows: tuple[GroupFlow, ...], steps: int,
    *, kept_free: NDArray[np.bool_] | None,
) -> tuple[NotMoved, ...]:  # fmt: skip
    """Account for everybody the exact plan leaves: every person has one reason.

    ``kept_free`` marks streets closed to these groups all the time, shape (streets,).
    """
    shut = ways.closed.copy()
    if kept_free is not None:
        shut[: len(kept_free)] |= kept_free
    found: dict[str, dict[int, int]] = {}
    for flow in flows:
        left = {
            int(zone): int(people)
            for zone, people in zip(flow.zones, flow.arrival.left, strict=True)
            if people
        }
        if not left:
            continue
        quickest, anyway = (
            steps_to_sink(
                ways.n_nodes, ways.tail[arcs], ways.head[arcs],
                flow.rounded.transit[arcs], gate.nodes,
            )
            for arcs in (~shut, np.ones(len(shut), bool))
        )  # fmt: skip
        crossings_only = len(flow.arrival.cut(steps).arcs) == 0
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
