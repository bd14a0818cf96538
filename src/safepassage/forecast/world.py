"""Lay a plan out for simulation: frozen arrays, made once and shared by all replications.

Times are the plan's own rounded minutes, so that a simulation in which everybody does as told
gives the plan's schedule. What the schedule cannot say is added: how many people can stand in
a street, and the quickest way to each crossing from everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from safepassage.flow.rounding import round_up
from safepassage.forecast.kernel_simulate import UNITS
from safepassage.plan.blocks import closed_arcs, shut_crossings
from safepassage.plan.limits import usable_arcs
from safepassage.plan.setting import settle
from safepassage.plan.walkways import ENDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.case.model import Movement
    from safepassage.plan.blocks import Reserved
    from safepassage.plan.gates import Gate
    from safepassage.plan.groups import GroupFlow
    from safepassage.plan.model import Plan
    from safepassage.plan.movement import Moving

__all__ = [
    "JAM_PEOPLE_PER_M2",
    "LEVELS",
    "METRES_PER_VEHICLE",
    "Places",
    "World",
    "lay_net",
    "lay_world",
    "standing_min_per_m",
    "world_of",
]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Arrays = tuple[NDArray[Any], ...]

JAM_PEOPLE_PER_M2: Final = 5.4
"""People who stand so close that nobody walks any more [people per m²]: Weidmann 1993,
Transporttechnik der Fussgänger, density at which speed is zero."""

METRES_PER_VEHICLE: Final = 7.5
"""Length of lane that a standing vehicle takes [m]: the cell of Nagel and Schreckenberg 1992."""

LEVELS: Final = 3
"""A household walks at the low, best or high speed of its group: kind = 3 × group + level."""

_ENDLESS: Final = 10**15
_TRIFLE: Final = 1e-6  # keeps streets that take no time out of circles


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Hold who is told to leave when: the waves, in order of time for each group and zone.

    Attributes
    ----------
    first
        Where the waves of each pair of group and zone begin, (groups × zones + 1,).
    people, start, per_min
        People of each wave, its first minute and people a minute, (waves,).
    route, gate
        Its route, and the crossing that it leads to, (waves,).

    """

    first: Ints
    people: Ints
    start: Ints
    per_min: Floats
    route: Ints
    gate: Ints


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Hold what all replications share.

    Attributes
    ----------
    minutes
        Length of the usable hours.
    corridors
        Whose the crossings are, (crossings,).
    supply
        People per group and zone, (groups, zones).
    net, pace, ways
        As ``kernel_simulate`` takes them, read-only.
    serves
        What crossings serve by their low, best and high figure [units a minute],
        (3, crossings, minutes).
    receives
        How many people each far end receives in all, (crossings,).
    nearest
        The crossing nearest to a group in a zone, or -1, (groups, zones).
    places
        The schedule.

    """

    minutes: int
    corridors: tuple[str, ...]
    supply: Ints
    net: Arrays
    pace: Arrays
    ways: Arrays
    serves: Floats
    receives: Ints
    nearest: Ints
    places: Places

    def gates(self, rates: float) -> Arrays:
        """Give the crossings as ``kernel_simulate`` takes them.

        ``rates`` says where in their intervals they serve: -1 low, 0 best, 1 high.
        """
        low, best, high = self.serves
        other = high if rates > 0 else low
        units = np.rint(best + abs(rates) * (other - best)).astype(np.int64)
        return _ready(units, self.receives)


def world_of(plan: Plan) -> World:
    """Lay out a plan: its network at its own rounded times, its waves, the ways to crossings."""
    setting = settle(plan.case, plan.city, plan.hours)
    flows = plan.optimum.flows
    return lay_world(
        plan.gate, flows, plan.schedule.waves, setting.steps, reserved=setting.reserved,
        min_per_m=[
            standing_min_per_m(plan.case.movement, on_foot=flow.ways.on_foot) for flow in flows
        ],
    )  # fmt: skip


def standing_min_per_m(movement: Movement, *, on_foot: bool) -> float:
    """Give how many minutes' capacity of a street can stand on a metre of it [min/m].

    A street of width w lets w × flow people through and holds w × jam density a metre: what
    hazards and steps take of its width they take of both.
    """
    if on_foot:
        return JAM_PEOPLE_PER_M2 / (movement.people_per_m_per_s.best * 60)
    return 1 / (METRES_PER_VEHICLE * movement.vehicles_per_lane_per_min.best)


def lay_world(
    gate: Gate, flows: Sequence[GroupFlow], waves: Sequence[Moving], steps: int, *,
    min_per_m: Sequence[float], reserved: tuple[Reserved, ...] = (),
) -> World:  # fmt: skip
    """Lay out a schedule.

    Parameters
    ----------
    gate, flows, steps
        The crossings, each group's network and people, the last minute.
    waves
        Who is told to leave when by which route.
    min_per_m
        For each group what ``standing_min_per_m`` gives, (groups,).
    reserved
        What is kept free of people, and when.

    """
    transit = _transits(flows)
    rate = np.array([np.where(f.ways.closed, 0.0, f.ways.people_per_min) for f in flows])
    usable = np.array([usable_arcs(f, reserved).any(axis=1) & _straight(f) for f in flows])
    route_of: dict[tuple[int, ...], int] = {}
    places = _places(flows, waves, route_of)
    end = np.array([np.where(f.open, f.sinks, -1) for f in flows])
    onward, away = _trees(flows, usable, end)
    serves = np.array([gate.per_min(each, steps) for each in ENDS]) * UNITS
    serves[:, shut_crossings(reserved, len(gate.nodes), steps)] = 0
    received = np.minimum(gate.received("best"), _ENDLESS)
    homes = flows[0].ways.zone_node
    at_home = away[:, :, homes].transpose(0, 2, 1)
    return World(
        minutes=steps + 1, corridors=gate.corridors,
        supply=_still(np.array([f.supply for f in flows], np.int64)),
        net=_net(gate, flows, transit, rate, min_per_m, reserved, steps),
        pace=_pace(flows, transit, rate, min_per_m),
        ways=_ready(end, onward, away, *_listed(route_of)),
        serves=_still(serves), receives=_still(received.astype(np.int64)),
        nearest=_still(
            np.where(np.isfinite(at_home).any(axis=2), at_home.argmin(axis=2), -1)
        ),
        places=places,
    )  # fmt: skip


def lay_net(
    n_nodes: int, head: Ints, homes: Ints, *, cap: Ints, room: Ints, road: Ints | None = None,
    served: Ints | None = None, turn: Floats | None = None, shut_row: Ints | None = None,
    shut: Flags | None = None, seat_row: Ints | None = None, seats: Ints | None = None,
    groups: int = 1, minutes: int = 1,
) -> Arrays:  # fmt: skip
    """Lay out a network as ``kernel_simulate`` takes it; what is not given binds nobody.

    Parameters
    ----------
    n_nodes, head, homes
        The nodes, where arcs lead, (arcs,), and where people live, (zones,).
    cap, room
        Units a minute and units that can stand there, (arcs,).
    road, served, turn, shut_row, shut, seat_row, seats
        As in ``kernel_simulate``; ``turn`` and ``served`` with the zones behind the arcs.

    """
    arcs = len(head)
    heads = np.concatenate([head, homes])
    served = heads if served is None else served
    into = np.argsort(served, kind="stable")
    return _ready(
        heads, served, np.searchsorted(served[into], np.arange(n_nodes + 1)), into,
        np.arange(arcs) if road is None else road, cap, room,
        UNITS / np.concatenate([cap, np.full(len(homes), UNITS)]) if turn is None else turn,
        np.full((groups, arcs), -1) if shut_row is None else shut_row,
        np.zeros((1, minutes), np.bool_) if shut is None else shut,
        np.full(arcs, -1) if seat_row is None else seat_row,
        np.zeros((0, minutes), np.int64) if seats is None else seats,
    )  # fmt: skip


def _still(array: NDArray[Any]) -> NDArray[Any]:
    out = np.ascontiguousarray(array, np.int64 if array.dtype.kind == "i" else None)
    out.setflags(write=False)
    return out


def _ready(*arrays: NDArray[Any]) -> Arrays:
    return tuple(_still(each) for each in arrays)


def _straight(flow: GroupFlow) -> Flags:
    return np.asarray(flow.ways.tail != flow.ways.head)


def _rides(flows: Sequence[GroupFlow]) -> Ints:
    """List the arcs of buses."""
    shuttles = next((flow.shuttles for flow in flows if flow.shuttles), None)
    return np.array([line.ride for line in shuttles.lines] if shuttles else [], np.int64)


def _transits(flows: Sequence[GroupFlow]) -> Ints:
    """Round every group's times at its low, best and high speed: (groups × levels, arcs)."""
    rides, found = _rides(flows), []
    for flow in flows:
        ways, speed, best = flow.ways, flow.group.speed_m_per_s, flow.rounded.transit
        for pace in (speed.low, speed.best, speed.high):
            if pace == speed.best:
                found.append(best)
                continue
            own = round_up(ways.n_nodes, ways.tail, ways.head, ways.minutes(pace), flow.sinks)
            transit = own.transit.copy()
            transit[rides] = best[rides]
            found.append(transit)
    return np.array(found, np.int64)


def _holds(
    transit: Ints, rate: Floats, flows: Sequence[GroupFlow], each: Sequence[float]
) -> Floats:
    """Give the people of each group that an arc holds: (groups, arcs).

    At least as many as walk on it when it is used to the full, on the grid of minutes.
    """
    slowest = transit.reshape(len(flows), LEVELS, -1).max(axis=1)
    length = np.array([flow.ways.length_m for flow in flows])
    minutes = np.maximum(length * np.array(each)[:, None], slowest + 1)
    return np.asarray(np.where(np.isfinite(rate), rate, 0.0) * minutes)


def _units(people: Floats) -> tuple[Ints, Ints]:
    """Give the units that fit, (arcs,), and those that a person of each group takes."""
    most = people.max(axis=0)
    bound = np.isfinite(most) & (most > 0)
    units = np.where(bound, np.where(bound, most, 1) * UNITS, np.where(most > 0, _ENDLESS, 0))
    own = np.where(np.isfinite(people) & (people > 0), people, 1.0)
    taken = np.where(bound & (people > 0), np.where(bound, most, 1.0) / own, 1.0) * UNITS
    return np.rint(units).astype(np.int64), np.rint(taken).astype(np.int64)


def _room(
    flows: Sequence[GroupFlow], transit: Ints, rate: Floats, min_per_m: Sequence[float]
) -> tuple[Ints, Ints]:
    holds = _holds(transit, rate, flows, min_per_m)
    holds[~np.isfinite(rate)] = np.inf
    return _units(holds)


def _pace(
    flows: Sequence[GroupFlow], transit: Ints, rate: Floats, min_per_m: Sequence[float]
) -> Arrays:
    return _ready(transit, _units(rate)[1], _room(flows, transit, rate, min_per_m)[1])


def _net(
    gate: Gate, flows: Sequence[GroupFlow], transit: Ints, rate: Floats,
    min_per_m: Sequence[float], reserved: tuple[Reserved, ...], steps: int,
) -> Arrays:  # fmt: skip
    ways = flows[0].ways
    reverse = np.max([flow.ways.reverse for flow in flows], axis=0)
    own = np.arange(len(ways.tail))
    road = np.where(reverse >= 0, np.minimum(own, reverse), own)
    cap, room = _units(rate)[0], _room(flows, transit, rate, min_per_m)[0]
    for units in (cap, room):  # both directions of a road are one
        np.maximum.at(units, road, units.copy())
        units[:] = units[road]
    heads = np.concatenate([ways.head, ways.zone_node])
    served = heads.copy()
    for flow in flows:  # who comes by bus passes with those who walk
        for landing, node in zip(flow.sinks.tolist(), gate.nodes.tolist(), strict=True):
            served[heads == landing] = node
    seat_row, seats = _seats(flows, steps)
    shut_row, shut = _shut(flows, reserved, steps)
    return lay_net(
        ways.n_nodes, ways.head, ways.zone_node, cap=cap, room=room, road=road, served=served,
        turn=_turn(rate.max(axis=0), ways.tail, served, seat_row, seats), shut_row=shut_row,
        shut=shut, seat_row=seat_row, seats=seats,
    )  # fmt: skip


def _turn(rate: Floats, tail: Ints, served: Ints, seat_row: Ints, seats: Ints) -> Floats:
    """Charge people where arcs meet by their arc's capacity, (arcs + zones,).

    Doors have as much of it as the widest street that leads on from them.
    """
    bound = np.isfinite(rate)
    widest = np.ones(int(max(served.max(), tail.max())) + 1)
    np.maximum.at(widest, tail[bound], rate[bound])
    weight = widest[served]
    arcs = len(rate)
    weight[:arcs] = np.where(bound & (rate > 0), rate, weight[:arcs])
    rides = np.flatnonzero(seat_row >= 0)
    weight[rides] = np.maximum(seats[seat_row[rides]].mean(axis=1), 1e-3)
    return np.asarray(1 / weight)


def _seats(flows: Sequence[GroupFlow], steps: int) -> tuple[Ints, Ints]:
    """Write down which minutes take how many people by bus: (arcs,), (lines, minutes)."""
    rides = _rides(flows)
    row = np.full(len(flows[0].ways.tail), -1, np.int64)
    row[rides] = np.arange(len(rides))
    seats = np.zeros((len(rides), steps + 1), np.int64)
    for flow in flows:
        for i, line in enumerate(flow.shuttles.lines if flow.shuttles else ()):
            if not seats[i].any():
                boards = line.boards_at(flow.rounded.clock)
                inside = (boards >= 0) & (boards <= steps)
                np.add.at(seats[i], boards[inside], line.seats[1])
    return row, seats


def _shut(
    flows: Sequence[GroupFlow], reserved: tuple[Reserved, ...], steps: int
) -> tuple[Ints, Flags]:
    """Write down when nobody may enter an arc: rows by group and arc, and the rows."""
    rows, tables, count = [], [], 0
    for flow in flows:
        closed = closed_arcs(reserved, flow.rounded.transit, steps)
        row = np.full(len(flow.ways.tail), -1, np.int64)
        if closed is not None:
            some = np.flatnonzero(closed.any(axis=1))
            row[some] = count + np.arange(len(some))
            tables.append(closed[some])
            count += len(some)
        rows.append(row)
    empty = np.zeros((1, steps + 1), np.bool_)
    return np.array(rows), np.concatenate([*tables, empty])


def _trees(flows: Sequence[GroupFlow], usable: Flags, end: Ints) -> tuple[Ints, Floats]:
    """Find every group's quickest way to each crossing from everywhere.

    Gives the next arc, or -1, and the minutes: (groups, crossings, nodes) each.
    """
    n = flows[0].ways.n_nodes
    onward = np.full((*end.shape, n), -1, np.int64)
    away = np.full((*end.shape, n), np.inf)
    for g, flow in enumerate(flows):
        ways, here = flow.ways, np.flatnonzero(end[g] >= 0)
        if not len(here):
            continue
        minutes = ways.minutes(flow.group.speed_m_per_s.best)
        arcs = np.flatnonzero(usable[g])
        order = arcs[np.lexsort((minutes[arcs], ways.tail[arcs], ways.head[arcs]))]
        first = np.ones(len(order), bool)
        first[1:] = (np.diff(ways.head[order]) != 0) | (np.diff(ways.tail[order]) != 0)
        kept = order[first]  # of parallel arcs the quickest
        pairs = (ways.head[kept], ways.tail[kept])
        back = coo_array((minutes[kept] + _TRIFLE, pairs), shape=(n, n)).tocsr()
        index = coo_array((kept + 1, pairs), shape=(n, n)).tocsr()
        away[g, here], following = dijkstra(back, indices=end[g, here], return_predecessors=True)
        for row, e in enumerate(here.tolist()):
            nodes = np.flatnonzero(following[row] >= 0)
            if len(nodes):  # of no entries SciPy gives a sparse array
                onward[g, e, nodes] = np.asarray(index[following[row][nodes], nodes]).ravel() - 1
    return onward, away


def _places(
    flows: Sequence[GroupFlow], waves: Sequence[Moving], route_of: dict[tuple[int, ...], int]
) -> Places:
    """List the waves of every group and zone in order of time; ``route_of`` is filled."""
    zones = len(flows[0].supply)
    rows: list[tuple[int, int, int, int, int, float]] = []
    for wave in waves:
        flow = flows[wave.group]
        clock = float(flow.rounded.clock[int(flow.ways.zone_node[wave.zone])])
        route = route_of.setdefault(wave.arcs, len(route_of))
        start = round(wave.depart - clock)
        pair = wave.group * zones + wave.zone
        rows.append((pair, start, route, wave.gate, wave.people, float(wave.people_per_min)))
    rows.sort()
    table = np.array([row[:5] for row in rows], np.int64).reshape(-1, 5)
    first = np.searchsorted(table[:, 0], np.arange(len(flows) * zones + 1))
    start_of, route_no, gate_of, people = (_still(table[:, i]) for i in range(1, 5))
    per_min = _still(np.array([row[5] for row in rows], np.float64))
    return Places(_still(first), people, start_of, per_min, route_no, gate_of)


def _listed(route_of: dict[tuple[int, ...], int]) -> tuple[Ints, Ints]:
    """Put routes one after the other: where each begins, and their arcs."""
    arcs = [arc for route in route_of for arc in route]
    begins = np.cumsum([0, *map(len, route_of)])
    return begins.astype(np.int64), np.array(arcs, np.int64)
