"""Make a schedule that can be announced: one corridor and one route for each zone.

Waves leave in slots (15 minutes unless the case says otherwise). In order of when
they would pass the crossing, each takes the largest steady stream that streets and
crossing still let through. It is a first, simple rule; its distance from the exact
optimum is stated with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from safepassage.plan.groups import Taken, per_minute
from safepassage.plan.movement import Moving

if TYPE_CHECKING:
    from safepassage.plan.groups import Gate, GroupFlow
    from safepassage.plan.walkways import Walkways

__all__ = ["schedule_waves"]

Ints = NDArray[np.int64]

_SHORTEST_MIN = (10, 5, 1)
"""Waves of at least ten minutes are laid first; shorter ones then fill what stands idle."""


@dataclass(frozen=True, slots=True)
class _Way:
    """Hold a zone's route: its arcs, and steps from setting out to entering each."""

    zone: int
    gate: int
    arcs: Ints
    after: Ints
    walk: int


@dataclass(slots=True)
class _Room:
    """Hold what is left of streets and crossings while waves are laid in."""

    streets: Ints
    gates: Ints
    used: Ints
    reverse: Ints

    def over(self, way: _Way, start: int, stop: int) -> Ints:
        """Give the room for a stream that sets out in each minute from start to stop."""
        k = np.arange(start, stop)
        room = self.gates[way.gate, k + way.walk]
        if len(way.arcs):
            streets = self.streets[way.arcs[:, None], way.after[:, None] + k]
            room = np.minimum(room, streets.min(axis=0))
        return np.asarray(np.maximum(room, 0))

    def take(self, way: _Way, start: int, stop: int, stream: int) -> None:
        """Use up the room of a stream."""
        k = np.arange(start, stop)
        self.gates[way.gate, k + way.walk] -= stream
        for arc, after in zip(way.arcs.tolist(), way.after.tolist(), strict=True):
            self.streets[arc, k + after] -= stream
            self.used[arc, k + after] += stream
            if self.reverse[arc] >= 0:  # clocks at the two ends differ by up to a minute
                first = max(start + after - 1, 0)
                self.streets[self.reverse[arc], first : stop + after + 1] -= stream


def schedule_waves(
    ways: Walkways, gate: Gate, flows: tuple[GroupFlow, ...], steps: int, slot_min: int,
    *, closed: NDArray[np.bool_] | None, shut: NDArray[np.bool_],
) -> list[Moving]:  # fmt: skip
    """Lay the waves of all groups, in their order, on the same grid as the optimum.

    Parameters
    ----------
    ways, gate, flows, steps
        The network, its crossings, the exact plan whose use of corridors is followed.
    slot_min
        Minutes of a departure slot.
    closed, shut
        As for ``solve_groups``.

    """
    room = np.array([per_minute(rate.best, steps) for rate in gate.rates]).reshape(-1, steps + 1)
    room = np.where(shut, 0, room)
    taken = Taken([], np.zeros_like(room))
    waves: list[Moving] = []
    for g, flow in enumerate(flows):
        capacity = np.repeat(ways.whole_capacity()[:, None], steps + 1, axis=1)
        if closed is not None:
            capacity[: len(closed)][closed] = 0
        free = np.maximum(capacity - taken.on(flow.rounded.clock, ways), 0)
        left = _Room(free, room - taken.crossings, np.zeros_like(free), ways.reverse)
        routes = _routes(ways, gate, flow, np.asarray(capacity.any(axis=1)))
        waves += _lay(ways, gate, flow, g, routes, left, steps, slot_min)
        taken.streets.append((flow.rounded.clock, left.used))
        taken.crossings = room - left.gates
    return waves


def _routes(
    ways: Walkways, gate: Gate, flow: GroupFlow, usable_arcs: NDArray[np.bool_]
) -> list[_Way]:
    """Give each zone the corridor most of its people take in the optimum, by the quickest way."""
    n = ways.n_nodes
    transit = flow.rounded.transit
    usable = np.flatnonzero(usable_arcs)
    # quickest arc of each pair; parallel arcs would be added up. Hops break ties, so that
    # the tree holds no loop where steps are zero
    weight = transit[usable] + 1e-6
    order = usable[np.lexsort((weight, ways.tail[usable], ways.head[usable]))]
    first = np.ones(len(order), bool)
    first[1:] = (np.diff(ways.head[order]) != 0) | (np.diff(ways.tail[order]) != 0)
    arcs = order[first]
    back = coo_array(
        (transit[arcs] + 1e-6, (ways.head[arcs], ways.tail[arcs])), shape=(n, n)
    ).tocsr()
    arc_of = dict(zip(zip(ways.tail[arcs].tolist(), ways.head[arcs].tolist(), strict=True),
                      arcs.tolist(), strict=True))  # fmt: skip
    away, following = dijkstra(back, indices=gate.nodes, return_predecessors=True)
    used = _used_corridors(flow, len(gate.nodes))
    routes = []
    for row, zone in enumerate(flow.zones.tolist()):
        node = int(ways.zone_node[zone])
        order_of_choice = sorted(
            range(len(gate.nodes)), key=lambda e: (-used[row, e], away[e, node], e)
        )
        chosen = order_of_choice[0]
        if not np.isfinite(away[chosen, node]):
            continue
        routes.append(_walk(flow, zone, chosen, node, following[chosen], arc_of))
    return routes


def _used_corridors(flow: GroupFlow, n_gates: int) -> Ints:
    used = np.zeros((len(flow.zones), n_gates), np.int64)
    for route in flow.arrival.routes():
        used[route.source, route.sink] += route.people
    return used


def _walk(
    flow: GroupFlow, zone: int, gate: int, node: int, following: Ints,
    arc_of: dict[tuple[int, int], int],
) -> _Way:  # fmt: skip
    arcs, after, walk = [], [], 0
    while following[node] >= 0:
        arc = arc_of[node, int(following[node])]
        arcs.append(arc)
        after.append(walk)
        walk += int(flow.rounded.transit[arc])
        node = int(following[node])
    return _Way(zone, gate, np.array(arcs, np.int64), np.array(after, np.int64), walk)


def _lay(
    ways: Walkways, gate: Gate, flow: GroupFlow, group: int, routes: list[_Way], room: _Room,
    steps: int, slot_min: int,
) -> list[Moving]:  # fmt: skip
    slots = sorted(
        (
            (start + way.walk, way.walk, way.zone, start, way)
            for way in routes
            for start in range(0, steps + 1 - way.walk, slot_min)
        ),
        key=lambda slot: slot[:4],
    )
    at_home = {way.zone: int(flow.supply[way.zone]) for way in routes}
    waves = []
    for shortest in _SHORTEST_MIN:
        for _, _, zone, start, way in slots:
            if not at_home[zone]:
                continue
            stop = min(start + slot_min, steps + 1 - way.walk)
            begin, lasting, stream = _largest_stream(
                room.over(way, start, stop), at_home[zone], shortest
            )
            if not stream:
                continue
            people = min(at_home[zone], stream * lasting)
            at_home[zone] -= people
            room.take(way, start + begin, start + begin + lasting, stream)
            waves.append(
                _wave(ways, gate, flow, group, way, start + begin, lasting, people, stream)
            )
    return waves


def _largest_stream(room: Ints, people: int, shortest: int) -> tuple[int, int, int]:
    """Choose when within a slot, and how strong, the stream that moves most people.

    Returns first minute, length, people per minute (0 if nothing fits). A stream
    shorter than ``shortest`` counts only when it takes everybody who is left.
    """
    best = (0, 0, 0, 0)
    for begin in range(len(room)):
        least = np.minimum.accumulate(room[begin:])
        if not least[0]:
            continue
        lasting = np.arange(1, len(least) + 1)
        stream = np.minimum(least, -(-people // lasting))
        moved = np.minimum(people, stream * lasting)
        moved[(lasting < min(shortest, len(room))) & (moved < people)] = 0
        i = int(moved.argmax())
        if moved[i] > best[0]:
            best = (int(moved[i]), begin, int(lasting[i]), int(stream[i]))
    return best[1:]


def _wave(
    ways: Walkways, gate: Gate, flow: GroupFlow, group: int, way: _Way, start: int, lasting: int,
    people: int, stream: int,
) -> Moving:  # fmt: skip
    clock = flow.rounded.clock
    tails = ways.tail[way.arcs]
    lasting = min(lasting, -(-people // stream))
    return Moving(
        group=group, zone=way.zone, gate=way.gate, arcs=tuple(way.arcs.tolist()),
        depart=start + float(clock[ways.zone_node[way.zone]]),
        enter=tuple((start + way.after + clock[tails]).tolist()),
        arrive=start + way.walk + float(clock[gate.nodes[way.gate]]),
        lasting=lasting, people=people, people_per_min=stream,
    )  # fmt: skip
