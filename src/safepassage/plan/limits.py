"""Tell what limits a plan, when, and why people who are not moved are not moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from safepassage.flow.rounding import steps_to_sink
from safepassage.plan.blocks import closed_arcs, shut_crossings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from safepassage.flow import Cut
    from safepassage.plan.blocks import Reserved
    from safepassage.plan.gates import Gate
    from safepassage.plan.groups import GroupFlow
    from safepassage.plan.walkways import Walkways

__all__ = [
    "Left",
    "Limit",
    "NotMoved",
    "left_by_zone",
    "limits_over_time",
    "not_moved",
    "usable_arcs",
]

_EVERY_MIN = 15
_LONGEST_WALK_MIN = 60
"""A street that was full this long ago still counts as what limits arrivals now."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Name what limits the plan from one minute to another.

    ``corridors`` are the crossings that are full; ``streets`` the streets that are
    (indices of the city's map); ``kept_free`` the crossings that are reserved for armed
    groups; ``shuttles`` those whose buses are full. All empty: nobody can have arrived yet,
    or nobody is left to move (``done``).
    """

    start: int
    end: int
    corridors: tuple[str, ...]
    streets: tuple[int, ...]
    kept_free: tuple[str, ...]
    done: bool
    shuttles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotMoved:
    """Count people a plan does not move, by reason and zone."""

    reason: str
    people: int
    zones: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Left:
    """Count people of one group (-1: of all) and one zone whom a plan does not move, and why."""

    group: int
    zone: int
    people: int
    reason: str


def limits_over_time(
    ways: Walkways, gate: Gate, flows: tuple[GroupFlow, ...], minutes: int,
    *, reserved: tuple[Reserved, ...] = (),
) -> tuple[Limit, ...]:  # fmt: skip
    """Read the cuts of the exact plan, every quarter of an hour, and join equal ones.

    Of several groups, the one most of whose people arrive in a quarter is read.
    """
    out = np.sum([np.cumsum(flow.arrival.arrivals) for flow in flows], axis=0)
    supply = sum(int(flow.supply.sum()) for flow in flows)
    first = int(np.argmax(out > 0)) if out[-1] else minutes
    last = int(np.argmax(out == supply)) + 1 if out[-1] == supply else minutes
    quarters = range(_EVERY_MIN, minutes, _EVERY_MIN)
    marks = sorted({first, last, *(k for k in quarters if k > first), minutes} - {0})
    shut = shut_crossings(reserved, len(gate.nodes), minutes - 1)
    usable = [usable_arcs(flow, reserved) for flow in flows]
    limits: list[Limit] = []
    start = 0
    for end in marks:
        kept = tuple(
            gate.corridors[e]
            for e in np.flatnonzero(shut[:, start:end].sum(axis=1) * 2 > end - start)
        )
        if start >= last or end <= first:
            limits.append(Limit(start, end, (), (), kept, done=start >= last))
        else:
            most = int(np.argmax([flow.arrival.arrivals[start:end].sum() for flow in flows]))
            flow = flows[most]
            cut = flow.arrival.cut(end - 1)
            full = _full(gate, cut, shut | ~flow.open[:, None], start, end)
            streets = _streets(ways, cut, usable[most], start)
            rides = _rides(flow, cut, usable[most], start)
            limits.append(Limit(start, end, full, streets, kept, done=False, shuttles=rides))
        start = end
    return _joined(limits)


def _full(gate: Gate, cut: Cut, shut: NDArray[np.bool_], start: int, end: int) -> tuple[str, ...]:
    """Name the crossings in the cut for at least half of the minutes they are open."""
    recent = cut.sink_steps >= start
    minutes = np.zeros(len(gate.nodes), np.int64)
    in_cut = ~shut[cut.sinks[recent], cut.sink_steps[recent]]
    np.add.at(minutes, cut.sinks[recent][in_cut], 1)
    open_minutes = (~shut[:, start:end]).sum(axis=1)
    full = (minutes > 0) & (minutes * 2 >= open_minutes)
    return tuple(gate.corridors[e] for e in np.flatnonzero(full))


def _streets(ways: Walkways, cut: Cut, usable: NDArray[np.bool_], start: int) -> tuple[int, ...]:
    """List the streets that were full lately and bind those who arrive now."""
    recent = cut.arc_steps >= start - _LONGEST_WALK_MIN
    streets = np.unique(ways.street[cut.arcs[_binding(cut, usable) & recent]])
    return tuple(streets[streets >= 0].tolist())


def _rides(flow: GroupFlow, cut: Cut, usable: NDArray[np.bool_], start: int) -> tuple[str, ...]:
    """Name the shuttles whose buses were full lately."""
    recent = cut.arc_steps >= start - _LONGEST_WALK_MIN
    full = cut.arcs[_binding(cut, usable) & recent]
    lines = flow.shuttles.lines if flow.shuttles else ()
    return tuple(line.id for line in lines if line.ride in full)


def usable_arcs(flow: GroupFlow, reserved: tuple[Reserved, ...]) -> NDArray[np.bool_]:
    """Tell which arcs carry people when nobody else does: (arcs, 1) or (arcs, steps + 1)."""
    usable = (flow.ways.whole_capacity() > 0)[:, None]
    closed = closed_arcs(reserved, flow.rounded.transit, flow.arrival.steps)
    if flow.shuttles:  # a bus can be boarded when it leaves
        usable = np.repeat(usable, flow.arrival.steps + 1, axis=1)
        rides = [line.ride for line in flow.shuttles.lines]
        usable[rides] = flow.arrival.network.capacity[rides] > 0
    return np.asarray(usable if closed is None else usable & ~closed)


def _binding(cut: Cut, usable: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which arcs of a cut are full, not closed or kept free, of this group or others."""
    return np.asarray(usable[cut.arcs, cut.arc_steps if usable.shape[1] > 1 else 0])


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
            and last.shuttles == limit.shuttles
            and last.done == limit.done
        ):
            both = tuple(sorted({*last.streets, *limit.streets}))
            joined[-1] = replace(last, end=limit.end, streets=both)
        else:
            joined.append(limit)
    return tuple(joined)


def not_moved(left: Sequence[Left], staying: Sequence[Left] = ()) -> tuple[NotMoved, ...]:
    """Add up those whom the exact plan leaves, and those who are not planned for, by reason."""
    found: dict[str, dict[int, int]] = {}
    for each in (*left, *staying):
        by_zone = found.setdefault(each.reason, {})
        by_zone[each.zone] = by_zone.get(each.zone, 0) + each.people
    return tuple(
        NotMoved(reason, sum(by_zone.values()), tuple(sorted(by_zone.items())))
        for reason, by_zone in sorted(found.items(), key=lambda item: -sum(item[1].values()))
    )


def left_by_zone(
    ways: Walkways, gate: Gate, flows: tuple[GroupFlow, ...], steps: int,
    *, reserved: tuple[Reserved, ...] = (),
) -> tuple[Left, ...]:  # fmt: skip
    """Account for everybody the exact plan leaves: every person has one reason.

    ``reserved`` holds what is kept free of these groups, and when.
    """
    full = np.sum([flow.arrival.passed.sum(axis=1) for flow in flows], axis=0)
    full = full >= gate.received("best")
    found = []
    for g, flow in enumerate(flows):
        left = [
            (int(zone), int(people))
            for zone, people in zip(flow.zones, flow.arrival.left, strict=True)
            if people
        ]
        if not left:
            continue
        if not flow.open.any():
            found += [Left(g, zone, people, "excluded") for zone, people in left]
            continue
        usable = usable_arcs(flow, reserved)
        open_ = ~flow.ways.closed & usable.any(axis=1)
        quickest, anyway = (
            steps_to_sink(
                ways.n_nodes, ways.tail[arcs], ways.head[arcs],
                flow.rounded.transit[arcs], flow.sinks[flow.open],
            )
            for arcs in (open_, np.ones(len(open_), bool))
        )  # fmt: skip
        full_of, cut = "streets full", flow.arrival.cut(steps)
        binding = cut.arcs[_binding(cut, usable)]
        if len(binding) and (flow.ways.street[binding] < 0).all():
            full_of = "seats full"
        if not len(binding):
            full_of = "reception full" if (full & flow.open).any() else "crossing full"
        for zone, people in left:
            node = ways.zone_node[zone]
            if not np.isfinite(quickest[node]):
                reason = "way closed" if np.isfinite(anyway[node]) else "no corridor open"
            else:
                reason = "too far" if quickest[node] > steps else full_of
            found.append(Left(g, zone, people, reason))
    return tuple(found)
