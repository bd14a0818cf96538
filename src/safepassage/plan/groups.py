"""Solve the groups in their stated order, each in what the earlier ones leave free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.progress import Progress, silent
from safepassage.flow import Network, earliest_arrival
from safepassage.flow.parts import spread
from safepassage.flow.rounding import Rounded, round_up
from safepassage.flow.simple import straighten
from safepassage.plan.blocks import closed_arcs, shut_crossings
from safepassage.plan.walkways import pick

if TYPE_CHECKING:
    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.case.model import Group
    from safepassage.flow import Arrival
    from safepassage.plan.blocks import Reserved
    from safepassage.plan.walkways import End, Walkways

__all__ = ["Gate", "GroupFlow", "Taken", "people_by_group", "solve_groups"]

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gate:
    """Hold the crossings one network leads to: node, corridor and people per minute each."""

    nodes: Ints
    corridors: tuple[str, ...]
    rates: tuple[LowBestHigh, ...]


@dataclass(frozen=True, slots=True)
class GroupFlow:
    """Hold one group's exact plan: ``arrival`` over the arcs of ``Walkways``.

    ``supply`` has one number per zone; ``zones`` lists the zones that are sources.
    """

    group: Group
    rounded: Rounded
    supply: Ints
    zones: Ints
    arrival: Arrival


@dataclass(slots=True)
class Taken:
    """Keep what earlier groups use of streets and crossings, each on its own clocks."""

    streets: list[tuple[Floats, Floats]]
    crossings: Floats

    def on(self, clock: NDArray[np.float64], ways: Walkways) -> Ints:
        """Count, safely high, what is taken of each arc in each minute of other clocks.

        Where two clocks differ, a minute of one overlaps two of the other; the larger
        use of the two counts. Those who come the other way take of the width as well.
        """
        taken = np.zeros((len(ways.tail), self.crossings.shape[1]))
        for other, flow in self.streets:
            apart = (clock - other)[ways.tail]
            sooner, later = _neighbours(flow)
            near = np.where((apart > 1e-9)[:, None], later, 0)
            near = np.maximum(near, np.where((apart < -1e-9)[:, None], sooner, 0))
            taken += np.maximum(flow, near) + against(flow, ways)
        return np.ceil(taken - 1e-6).astype(np.int64)


def _neighbours(flow: Floats) -> tuple[Floats, Floats]:
    """Give the flow a minute sooner and a minute later."""
    sooner, later = np.zeros_like(flow), np.zeros_like(flow)
    sooner[:, 1:], later[:, :-1] = flow[:, :-1], flow[:, 1:]
    return sooner, later


def against(flow: Floats, ways: Walkways) -> Floats:
    """Count, safely high, who comes the other way on the same street: (arcs, steps + 1)."""
    sooner, later = _neighbours(flow)
    most = np.maximum(flow, np.maximum(sooner, later))
    return np.asarray(np.where((ways.reverse >= 0)[:, None], most[ways.reverse], 0))


def people_by_group(best: NDArray[np.float64], groups: tuple[Group, ...]) -> Ints:
    """Share each zone's people out over the groups, whole people: (groups, zones).

    What rounding takes from a group in one zone it is given in the next, so that a small
    group does not vanish where zones are small.
    """
    share = np.array([group.share for group in groups])
    due = np.zeros(len(groups))
    columns = []
    for people in np.rint(best).astype(np.int64):
        due += share * people
        given = np.clip(np.floor(due + 1e-9), 0, people).astype(np.int64)
        while given.sum() > people:
            given[np.argmax(given)] -= 1
        while given.sum() < people:
            given[np.argmax(due - given)] += 1
        due -= given
        columns.append(given)
    return np.array(columns, np.int64).reshape(len(best), len(groups)).T.copy()


def solve_groups(
    ways: Walkways, gate: Gate, groups: tuple[Group, ...], supply: Ints, steps: int,
    *, reserved: tuple[Reserved, ...] = (), rates: End = "best", straight: bool = True,
    progress: Progress = silent,
) -> tuple[GroupFlow, ...]:  # fmt: skip
    """Find each group's earliest arrivals in turn.

    Parameters
    ----------
    ways, gate
        The network and its crossings.
    groups, supply
        In order; people per group and zone, shape (groups, zones).
    steps
        Last step.
    reserved
        What is kept free of these groups, and when.
    rates
        Which figure of what crossings serve is taken.
    straight
        Whether time on the road is taken out of the last group's ways as well: who only
        counts arrivals need not wait for it.

    """
    room = spread([pick(rate, rates) for rate in gate.rates], steps)
    room[shut_crossings(reserved, len(room), steps)] = 0
    taken = Taken([], np.zeros(room.shape))
    flows = []
    for i, (group, people) in enumerate(zip(groups, supply, strict=True)):
        progress(f"Planning {group.name.lower()}", i / len(groups))
        rounded = round_up(
            ways.n_nodes, ways.tail, ways.head, ways.minutes(group.speed_m_per_s.best), gate.nodes
        )
        capacity = ways.whole_capacity()
        closed = closed_arcs(reserved, rounded.transit, steps)
        if closed is not None or taken.streets:
            capacity = np.repeat(capacity[:, None], steps + 1, axis=1)
            if closed is not None:
                capacity[closed] = 0
            capacity = np.maximum(capacity - taken.on(rounded.clock, ways), 0)
        zones = np.flatnonzero(people)
        while True:
            arrival = earliest_arrival(
                Network(ways.n_nodes, ways.tail, ways.head, rounded.transit, capacity),
                ways.zone_node[zones], people[zones], gate.nodes,
                room - taken.crossings.astype(np.int64), steps, progress=progress,
            )  # fmt: skip
            clash = _wrong_way(arrival.flow, capacity, ways)
            if not clash.any():
                break
            capacity[clash] = 0
        if straight or i + 1 < len(groups):  # whom later groups meet depends on the ways
            progress(f"Straightening the ways of {group.name.lower()}", i / len(groups))
            arrival = _straight(arrival, capacity, ways)
        taken.streets.append((rounded.clock, np.asarray(arrival.flow, np.float64)))
        taken.crossings = taken.crossings + arrival.passed
        flows.append(GroupFlow(group, rounded, people, zones, arrival))
    progress("Planning", 1.0)
    return tuple(flows)


def _straight(arrival: Arrival, capacity: Ints, ways: Walkways) -> Arrival:
    """Take time on the road and circles out of a flow, its streets' directions kept."""
    used = np.asarray(arrival.flow.any(axis=1))
    one_way = capacity.copy()
    one_way[(ways.reverse >= 0) & ~used & used[ways.reverse]] = 0
    network = arrival.network
    kept = Network(network.n_nodes, network.tail, network.head, network.transit, one_way)
    found = replace(straighten(replace(arrival, network=kept)), network=network)
    return arrival if _wrong_way(found.flow, capacity, ways).any() else found


def _wrong_way(flow: NDArray[np.int32], capacity: Ints, ways: Walkways) -> Flags:
    """Find streets whose two directions together need more than the width: (arcs,).

    Of such a street the direction fewer people take is marked; without it the flow is
    solved again, so that a street is walked one way where its width is needed.
    """
    total = flow.sum(axis=1, dtype=np.int64)
    both = (ways.reverse >= 0) & (total > 0) & (total[ways.reverse] > 0)
    if not both.any():
        return np.asarray(both)
    own = np.flatnonzero(both)  # few: the rest of the streets need not be looked at
    other = ways.reverse[own]
    here = flow[own].astype(np.float64)
    sooner, later = _neighbours(flow[other].astype(np.float64))
    facing = np.maximum(flow[other], np.maximum(sooner, later))
    room = (capacity if capacity.ndim == 2 else capacity[:, None])[own]
    clash = ((here + facing > room) & (here > 0)).any(axis=1)
    over = np.zeros(len(total), bool)
    over[own[clash]] = over[other[clash]] = True
    arc = np.arange(len(total))
    fewer = (total < total[ways.reverse]) | ((total == total[ways.reverse]) & (arc > ways.reverse))
    return np.asarray(over & fewer)
