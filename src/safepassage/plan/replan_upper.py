"""Bound what anybody could reach from a minute on, wherever people were sent."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from safepassage.flow import UNBOUNDED, Network, earliest_arrival
from safepassage.flow.rounding import round_down
from safepassage.plan.blocks import surely_closed_arcs
from safepassage.plan.ceiling import SCALE, everybody
from safepassage.plan.movement import spread_of
from safepassage.plan.replan_road import next_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.plan.movement import Moving
    from safepassage.plan.replan_known import Known
    from safepassage.plan.replan_world import World
    from safepassage.plan.start import Start

__all__ = ["Upper", "optimum_of_rest"]

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Upper:
    """Hold the most people who can be out by each minute of the hours.

    Attributes
    ----------
    cumulative
        People out, (steps + 1,).
    exact
        Whether it is the optimum on the plan's own grid; else it is a bound: of everybody at
        the pace of the fastest group, or with the parts of a person that streams hold.
    passed, on_the_road
        How one flow that reaches it passes each crossing, (crossings, steps + 1), and who is
        then on the road, (steps + 1,).

    """

    cumulative: Ints
    exact: bool
    passed: Ints
    on_the_road: Ints

    @property
    def total(self) -> int:
        """Count the people out at closing."""
        return int(self.cumulative[-1])


class _Asked(NamedTuple):
    """Hold the streets from the minute on, and who is where."""

    network: Network
    sources: Ints
    supply: Ints
    release: Ints
    sinks: Ints
    home: NDArray[np.bool_]
    scale: int


def optimum_of_rest(
    world: World, known: Sequence[Known], start: Start, home: Sequence[Moving]
) -> Upper:
    """Find the most people who can be out by each minute, whoever is told what.

    People at home may leave at once, everybody may take any way and each direction of a street
    has its whole width. With one group it is the earliest-arrival flow from the minute on;
    with several one relaxed flow of them all, as the ceiling is. ``home`` are the waves told to
    people at home.
    """
    groups = np.flatnonzero(
        start.at_home.sum(axis=1) + [_on_road(start, each.number) for each in known]
    ).tolist()
    one, streams = len(groups) <= 1, [*start.road, *home]
    own = known[groups[0]] if groups else known[0]
    # parts of a person: counted in tenths, and streams may be that much ahead of their rate
    exact = one and _whole(world.room) and all(
        each.ahead < 1e-6 and float(each.people_per_min).is_integer() for each in streams
    )  # fmt: skip
    ahead = sum(each.ahead for each in streams)
    scale = 1 if exact else SCALE
    asked = _exactly(world, own, start, scale) if one else _relaxed(world, known, start)
    open_ = own.open if one else np.any([each.open for each in known], axis=0)
    room = np.where(open_[:, None], world.room[:, world.minute :], 0)
    curve, passed, gone = _curve(asked, room, ahead)
    received = world.gate.received("best") - start.out
    limited = np.isfinite(received)
    if limited.any():
        beside, _, _ = _curve(asked, np.where(limited[:, None], 0, room), ahead)
        curve = np.minimum(curve, int(np.maximum(received[limited], 0).sum()) + beside)
    k, inside = world.minute, int(start.at_home.sum()) + start.on_road
    curve = np.minimum(curve, inside)
    return Upper(
        cumulative=int(start.out.sum()) + np.pad(curve, (k, 0)), exact=exact,
        passed=start.out[:, None] + np.pad(passed, ((0, 0), (k, 0))),
        on_the_road=start.on_road + np.pad(np.maximum(gone - curve, 0), (k, 0)),
    )  # fmt: skip


def _on_road(start: Start, group: int) -> int:
    return sum(each.people for each in start.road if each.group == group)


def _curve(asked: _Asked, room: Floats, ahead: float) -> tuple[Ints, Ints, Ints]:
    """Solve: people out by each step, by crossing, and who has left home: all cumulative."""
    steps, scale = room.shape[1] - 1, asked.scale
    whole = np.ceil(room * scale - 1e-9)
    none = np.zeros(steps + 1, np.int64)
    if not len(asked.sources):
        return none, np.zeros(room.shape, np.int64), none
    arrival = earliest_arrival(
        asked.network, asked.sources, asked.supply, asked.sinks, whole.astype(np.int64), steps,
        release=asked.release,
    )  # fmt: skip
    out = np.cumsum(arrival.arrivals)
    people = int(asked.supply.sum()) // scale
    passed = np.cumsum(arrival.passed, axis=1, dtype=np.int64)
    gone = np.cumsum(arrival.sent[asked.home].sum(axis=0, dtype=np.int64))
    bound = np.minimum(np.floor(out / scale + np.where(out > 0, ahead, 0) + 1e-6), people)
    return bound.astype(np.int64), -(-passed // scale), -(-gone // scale)


def _whole(numbers: Floats) -> bool:
    return bool((np.abs(numbers - np.rint(numbers)) < 1e-6).all())


def _sources(
    world: World, known: Sequence[Known], start: Start, scale: int
) -> tuple[list[tuple[int, float]], list[int]]:
    """List where people of some groups are, and from what real minute: then how many parts."""
    ways = known[0].pace.ways
    where: dict[tuple[int, float], int] = {}
    own = {each.number: each for each in known}
    for number in own:
        for zone in np.flatnonzero(start.at_home[number]).tolist():
            key = int(ways.zone_node[zone]), float(world.minute)
            where[key] = where.get(key, 0) + int(start.at_home[number, zone]) * scale
    for each in start.road:
        if each.group not in own:
            continue
        for minute, people in enumerate(spread_of(each).tolist()):
            _, node, step = next_place(each, own[each.group], world.minute - minute)
            key = node, float(step + minute)
            most = people if scale == 1 else max(people, each.people_per_min)
            where[key] = where.get(key, 0) + ceil(most * scale - 1e-6)
    return list(where), list(where.values())


def _exactly(world: World, known: Known, start: Start, scale: int) -> _Asked:
    """Ask on the group's own grid, on which its waves are laid; who is at a crossing may wait."""
    ways, transit = known.pace.ways, known.pace.rounded.transit
    sinks = world.gate.nodes
    capacity = np.minimum(ways.whole_capacity() * scale, UNBOUNDED)
    closed = world.closed(known.pace)
    if closed is not None and not closed[:, world.minute :].any():
        closed = None
    capacity = _with_waiting(world, capacity, closed, len(sinks))
    network = Network(
        ways.n_nodes, np.concatenate([ways.tail, sinks]), np.concatenate([ways.head, sinks]),
        np.concatenate([transit, np.ones(len(sinks), np.int64)]), capacity,
    )  # fmt: skip
    where, people = _sources(world, [known], start, scale)
    return _asked(world, network, where, people, scale, np.zeros(ways.n_nodes))


def _with_waiting(world: World, capacity: Ints, closed: Flags | None, places: int) -> Ints:
    """Give streets their capacity from now on; after them places to wait, which hold anybody."""
    wait = np.full(places, UNBOUNDED)
    if closed is None:
        return np.concatenate([capacity, wait])
    steps = world.steps - world.minute
    over_time = np.repeat(capacity[:, None], steps + 1, axis=1)
    over_time[closed[:, world.minute :]] = 0
    return np.concatenate([over_time, np.repeat(wait[:, None], steps + 1, axis=1)])


def _relaxed(world: World, known: Sequence[Known], start: Start) -> _Asked:
    """Ask for everybody together: as fast as the fastest, waiting anywhere."""
    ways, minutes, capacity = everybody(
        [each.pace.ways for each in known], world.setting.case.groups, "best"
    )
    sinks = world.gate.nodes
    rounded = round_down(ways.n_nodes, ways.tail, ways.head, minutes, sinks)
    every = np.arange(ways.n_nodes)
    closed = surely_closed_arcs(world.reserved, minutes, world.steps)
    capacity = _with_waiting(world, capacity, closed, ways.n_nodes)
    network = Network(
        ways.n_nodes, np.concatenate([ways.tail, every]), np.concatenate([ways.head, every]),
        np.concatenate([rounded.transit, np.ones(ways.n_nodes, np.int64)]), capacity,
    )  # fmt: skip
    where, people = _sources(world, known, start, SCALE)
    # a step there may hold people of the minute before: never later than they are
    sooner = [(node, minute - 1) for node, minute in where]
    return _asked(world, network, sooner, people, SCALE, rounded.clock)


def _asked(
    world: World, network: Network, where: list[tuple[int, float]], people: list[int], scale: int,
    clock: Floats,
) -> _Asked:  # fmt: skip
    node = np.array([place for place, _ in where], np.int64)
    real = np.array([minute for _, minute in where], np.float64)
    release = np.floor(real - clock[node] + 1e-9).astype(np.int64) - world.minute
    supply = np.array(people, np.int64)
    late = release > world.steps - world.minute
    home = np.isin(node, world.setting.ways.zone_node)
    return _Asked(
        network, node[~late], supply[~late], np.maximum(release[~late], 0), world.gate.nodes,
        home[~late], scale,
    )  # fmt: skip
