"""Solve the groups in their stated order, each in what the earlier ones leave free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.progress import Progress, silent
from safepassage.flow import UNBOUNDED, Network, earliest_arrival
from safepassage.flow.rounding import Rounded, round_up
from safepassage.flow.simple import straighten
from safepassage.plan.blocks import closed_arcs, shut_crossings
from safepassage.plan.boarding import boarded, with_departures
from safepassage.plan.walkways import Walkways

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.case.model import Group
    from safepassage.flow import Arrival
    from safepassage.plan.blocks import Reserved
    from safepassage.plan.gates import Gate
    from safepassage.plan.shuttles import Shuttles
    from safepassage.plan.walkways import End

__all__ = ["GroupFlow", "Pace", "Taken", "people_by_group", "solve_groups"]

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Pace:
    """Hold one group's network and its clocks: what it takes to compare it with another."""

    ways: Walkways
    rounded: Rounded


@dataclass(frozen=True, slots=True)
class GroupFlow:
    """Hold one group's exact plan: ``arrival`` over the arcs of ``Walkways``.

    ``supply`` has one number per zone; ``zones`` lists the zones that are sources; ``open``
    tells which crossings the group may use, and ``sinks`` the nodes from which it passes
    them, (crossings,): those before them for who comes by ``shuttles``.
    """

    group: Group
    rounded: Rounded
    supply: Ints
    zones: Ints
    arrival: Arrival
    ways: Walkways
    open: Flags
    sinks: Ints
    shuttles: Shuttles | None = None

    @property
    def pace(self) -> Pace:
        """Give its network and clocks."""
        return Pace(self.ways, self.rounded)


@dataclass(slots=True)
class Taken:
    """Keep what earlier groups use of streets and crossings, each on its own clocks."""

    streets: list[tuple[Pace, Floats]]
    crossings: Floats

    def on(self, pace: Pace) -> Ints:
        """Count, safely high, what is taken of each arc in each minute of another group's clocks.

        It is counted in people of that group: what share of a street is used by others, that
        share of its own capacity is gone. Where two clocks differ, a minute of one overlaps
        two of the other; the larger use of the two counts. Those who come the other way take
        of the width as well.
        """
        ways = pace.ways
        taken = np.zeros((len(ways.tail), self.crossings.shape[1]))
        for other, flow in self.streets:
            if ways.on_foot != other.ways.on_foot and ways.apart:
                taken[meets(pace, other, flow)] = UNBOUNDED
                continue
            used = flow * _people_for_one(ways, other.ways)[:, None]
            apart = (pace.rounded.clock - other.rounded.clock)[ways.tail]
            sooner, later = _neighbours(used)
            near = np.where((apart > 1e-9)[:, None], later, 0)
            near = np.maximum(near, np.where((apart < -1e-9)[:, None], sooner, 0))
            afoot = ways if ways.on_foot else other.ways
            taken += np.maximum(used, near) + against(used, afoot)
        return np.ceil(taken - 1e-6).astype(np.int64)


def meets(pace: Pace, other: Pace, flow: Floats) -> Flags:
    """Tell when a group that enters an arc would be on the street with another: (arcs, steps + 1).

    Those who enter in a step are on the street from its beginning until the last of them,
    a minute later, are through; both directions count.
    """
    blocked = np.zeros(flow.shape, np.bool_)
    steps = flow.shape[1] - 1
    twin = pace.ways.reverse if pace.ways.on_foot else other.ways.reverse
    own = np.arange(len(twin))
    used = flow.any(axis=1) & (pace.ways.street >= 0)
    for there in (own, twin):
        arcs = np.flatnonzero((there >= 0) & used[there])
        onto = there[arcs]
        enter, leave = _on_street(pace, arcs)
        begin, end = _on_street(other, onto)
        first = np.floor(enter - end).astype(np.int64) + 1
        last = np.ceil(leave - begin).astype(np.int64) - 1
        ahead = np.zeros((len(arcs), steps + 2), np.int64)
        np.cumsum(flow[onto] > 0, axis=1, out=ahead[:, 1:])
        k = np.arange(steps + 1)
        until = np.clip(k + last[:, None] + 1, 0, steps + 1)
        since = np.clip(k + first[:, None], 0, steps + 1)
        row = np.arange(len(arcs))[:, None]
        blocked[arcs] |= ahead[row, until] > ahead[row, since]
    return blocked


def _on_street(pace: Pace, arcs: Ints) -> tuple[Floats, Floats]:
    """Tell from when to when those who enter in step 0 are on an arc: (arcs,) each."""
    ways, rounded = pace.ways, pace.rounded
    enter = rounded.clock[ways.tail[arcs]]
    return enter, rounded.transit[arcs] + rounded.clock[ways.head[arcs]] + 1


def _people_for_one(own: Walkways, other: Walkways) -> Floats:
    """Tell how many people of one network one person of another stands for: (arcs,)."""
    if own is other or np.array_equal(own.people_per_min, other.people_per_min):
        return np.ones(len(own.tail))
    bounded = np.isfinite(other.people_per_min) & (other.people_per_min > 0)
    ratio = np.zeros(len(own.tail))
    np.divide(own.people_per_min, other.people_per_min, out=ratio, where=bounded)
    return ratio


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
    ways: Walkways | Sequence[Walkways], gate: Gate, groups: tuple[Group, ...], supply: Ints,
    steps: int, *, reserved: tuple[Reserved, ...] = (), rates: End = "best",
    straight: bool = True, shuttles: Shuttles | None = None, progress: Progress = silent,
) -> tuple[GroupFlow, ...]:  # fmt: skip
    """Find each group's earliest arrivals in turn.

    Parameters
    ----------
    ways, gate
        The network, one for all or one for each group with the same arcs; its crossings.
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
    shuttles
        Buses, whose arcs ``ways`` then hold.

    """
    each_ways = [ways] * len(groups) if isinstance(ways, Walkways) else ways
    room = gate.room(rates, steps)
    room[shut_crossings(reserved, len(room), steps)] = 0
    taken = Taken([], np.zeros(room.shape))
    seats = shuttles.seats() if shuttles else []
    flows = []
    for i, (group, people, own) in enumerate(zip(groups, supply, each_ways, strict=True)):
        progress(f"Planning {group.name.lower()}", i / len(groups))
        rides = shuttles if shuttles and shuttles.ridden_by(i) else None
        sinks = rides.landing if rides else gate.nodes
        rounded = round_up(
            own.n_nodes, own.tail, own.head, own.minutes(group.speed_m_per_s.best), sinks
        )
        open_ = gate.open_to(i)
        capacity = _left_over(
            Pace(own, rounded), taken, closed_arcs(reserved, rounded.transit, steps)
        )
        if rides:
            capacity, transit = with_departures(rides, seats, rounded, capacity, steps, i)
            rounded = replace(rounded, transit=transit)
        zones = np.flatnonzero(people)
        arrival = _within_reception(
            _Question(
                Pace(own, rounded), capacity, own.zone_node[zones], people[zones], sinks,
                np.where(open_[:, None], room - taken.crossings.astype(np.int64), 0), steps,
                progress,
            ),
            gate.received(rates) - taken.crossings.sum(axis=1),
        )  # fmt: skip
        if straight or i + 1 < len(groups):  # whom later groups meet depends on the ways
            progress(f"Straightening the ways of {group.name.lower()}", i / len(groups))
            arrival = _straight(arrival, capacity, own)
        taken.streets.append((Pace(own, rounded), np.asarray(arrival.flow, np.float64)))
        taken.crossings = taken.crossings + arrival.passed
        if rides:
            boarded(rides, seats, rounded.clock, arrival.flow)
        flows.append(GroupFlow(group, rounded, people, zones, arrival, own, open_, sinks, rides))
    progress("Planning", 1.0)
    return tuple(flows)


def _left_over(pace: Pace, taken: Taken, closed: Flags | None) -> Ints:
    """Give what earlier groups and closures leave of each arc: (arcs,) or (arcs, steps + 1)."""
    capacity = pace.ways.whole_capacity()
    if closed is None and not taken.streets:
        return capacity
    capacity = np.repeat(capacity[:, None], taken.crossings.shape[1], axis=1)
    if closed is not None:
        capacity[closed] = 0
    return np.asarray(np.maximum(capacity - taken.on(pace), 0))


@dataclass(slots=True)
class _Question:
    """Hold what the engine is asked for one group; ``capacity`` loses what is walked one way."""

    pace: Pace
    capacity: Ints
    homes: Ints
    supply: Ints
    sinks: Ints
    room: Ints
    steps: int
    progress: Progress

    def solved(self) -> Arrival:
        """Solve it, streets walked one way where both ways would not fit."""
        ways = self.pace.ways
        while True:
            arrival = earliest_arrival(
                Network(
                    ways.n_nodes, ways.tail, ways.head, self.pace.rounded.transit, self.capacity
                ),
                self.homes, self.supply, self.sinks, self.room, self.steps,
                progress=self.progress,
            )  # fmt: skip
            clash = _wrong_way(arrival.flow, self.capacity, ways)
            if not clash.any():
                return arrival
            self.capacity[clash] = 0


def _within_reception(question: _Question, received: Floats) -> Arrival:
    """Solve, and shut each crossing from the minute its far end is full: the first one first.

    With room for so many people in all at several ends, no flow need exist that is best at
    every minute. This one is, up to the first such minute, and then given that crossing shut.
    """
    while True:
        arrival = question.solved()
        out = np.cumsum(arrival.passed, axis=1, dtype=np.int64)
        over = out > received[:, None]
        if not over.any():
            return arrival
        full = int(over.any(axis=0).argmax())
        crossing = int(over[:, full].argmax())
        before = int(out[crossing, full - 1]) if full else 0
        question.room[crossing, full] = int(received[crossing]) - before
        question.room[crossing, full + 1 :] = 0


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
