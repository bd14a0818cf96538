"""Make a schedule that can be announced: one corridor and one route for each zone.

Waves leave in slots (15 minutes unless the case says otherwise). In order of when
they would pass the crossing, each takes the largest steady stream that streets and
crossing still let through. It is a first, simple rule; its distance from the exact
optimum is stated with it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.plan.blocks import closed_arcs, shut_crossings
from safepassage.plan.groups import Taken
from safepassage.plan.movement import Moving, spread_of
from safepassage.plan.routes import Way, most_used, routes_to_gates

if TYPE_CHECKING:
    from safepassage.plan.blocks import Reserved
    from safepassage.plan.groups import Gate, GroupFlow
    from safepassage.plan.walkways import Walkways

__all__ = ["schedule_waves"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_SHORTEST_MIN = (10, 5, 1)
"""Waves of at least ten minutes are laid first; shorter ones then fill what stands idle."""
_MOST_MOVES = 8
_MOST_TRIES = 60


@dataclass(slots=True)
class _Room:
    """Hold what is left of streets and crossings while waves are laid in.

    Only streets that some route uses are kept: ``row`` gives an arc its row.
    """

    streets: Floats
    gates: Floats
    used: Floats
    row: Ints
    reverse: Ints
    received: Floats
    """How many more people each crossing's far end can receive, (crossings,)."""

    def copy(self) -> _Room:
        return _Room(
            self.streets.copy(), self.gates.copy(), self.used.copy(), self.row, self.reverse,
            self.received.copy(),
        )  # fmt: skip

    def over(self, way: Way, start: int, stop: int) -> Floats:
        """Give the room for a stream that sets out in each minute from start to stop."""
        k = np.arange(start, stop)
        room = self.gates[way.gate, k + way.walk]
        if len(way.arcs):
            streets = self.streets[self.row[way.arcs][:, None], way.after[:, None] + k]
            room = np.minimum(room, streets.min(axis=0))
        return np.asarray(np.maximum(room, 0))

    def take(self, way: Way, start: int, stop: int, stream: float) -> None:
        """Use up the room of a stream."""
        k = np.arange(start, stop)
        self.gates[way.gate, k + way.walk] -= stream
        for row, after in zip(self.row[way.arcs].tolist(), way.after.tolist(), strict=True):
            self.streets[row, k + after] -= stream
            self.used[row, k + after] += stream
            if self.reverse[row] >= 0:  # clocks at the two ends differ by up to a minute
                first = max(start + after - 1, 0)
                self.streets[self.reverse[row], first : stop + after + 1] -= stream


@dataclass(slots=True)
class _Laid:
    """Hold one way of laying a group's waves, and how good it is."""

    waves: list[Moving]
    room: _Room
    at_home: dict[int, int]
    score: int
    """Person-minutes past the crossings by closing: the area under the curve."""


def schedule_waves(
    ways: Walkways, gate: Gate, flows: tuple[GroupFlow, ...], steps: int, slot_min: int,
    *, reserved: tuple[Reserved, ...] = (),
) -> list[Moving]:  # fmt: skip
    """Lay the waves of all groups, in their order, on the same grid as the optimum.

    Parameters
    ----------
    ways, gate, flows, steps
        The network, its crossings, the exact plan whose use of corridors is followed.
    slot_min
        Minutes of a departure slot.
    reserved
        What is kept free of these groups, and when.

    """
    room = gate.per_min("best", steps)
    room[shut_crossings(reserved, len(room), steps)] = 0
    taken = Taken([], np.zeros_like(room))
    waves: list[Moving] = []
    received = gate.received("best")
    for g, flow in enumerate(flows):
        ways = flow.ways
        capacity = np.repeat(ways.whole_capacity()[:, None], steps + 1, axis=1)
        closed = closed_arcs(reserved, flow.rounded.transit, steps)
        if closed is not None:
            capacity[closed] = 0
        free = np.maximum(capacity - taken.on(flow.pace), 0).astype(float)
        routes = routes_to_gates(ways, gate, flow, np.asarray(capacity.any(axis=1)))
        empty, arcs = _room(ways, routes, free, room - taken.crossings, received)
        group = _Group(ways, gate, flow, g, steps, slot_min, routes, empty)
        laid = group.improved(most_used(flow, routes, len(gate.nodes)))
        waves += laid.waves
        used = np.zeros_like(free)
        used[arcs] = laid.room.used
        taken.streets.append((flow.pace, used))
        taken.crossings = room - laid.room.gates
        received = laid.room.received
    return waves


def _room(
    ways: Walkways, routes: dict[int, dict[int, Way]], free: Floats, gates: Floats,
    received: Floats,
) -> tuple[_Room, Ints]:  # fmt: skip
    """Keep the rows of streets that routes use, and of the same streets the other way."""
    on_routes = np.zeros(len(ways.tail), bool)
    for options in routes.values():
        for way in options.values():
            on_routes[way.arcs] = True
    on_routes[ways.reverse[on_routes & (ways.reverse >= 0)]] = True
    arcs = np.flatnonzero(on_routes)
    row = np.full(len(ways.tail) + 1, -1, np.int64)
    row[arcs] = np.arange(len(arcs))
    return _Room(free[arcs], gates.copy(), np.zeros_like(free[arcs]), row,
                 row[ways.reverse[arcs]], received.copy()), arcs  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """Lay one group's waves, again and again, until no zone does better elsewhere."""

    ways: Walkways
    gate: Gate
    flow: GroupFlow
    number: int
    steps: int
    slot_min: int
    routes: dict[int, dict[int, Way]]
    empty: _Room

    def improved(self, chosen: dict[int, int]) -> _Laid:
        """Move zones from full crossings to idle ones while more people get out sooner."""
        best = self.laid(chosen)
        tries = _MOST_TRIES
        while tries > 0:
            for zone, e in self._moves(chosen, best):
                tries -= 1
                changed = {**chosen, zone: e}
                other = self.laid(changed)
                if other.score > best.score:
                    chosen, best = changed, other
                    break
                if tries <= 0:
                    return best
            else:
                return best
        return best

    def _moves(self, chosen: dict[int, int], laid: _Laid) -> list[tuple[int, int]]:
        """List moves of a zone to a crossing with idle minutes, the most promising first."""
        waiting: dict[int, int] = {}
        for zone, people in laid.at_home.items():
            waiting[chosen[zone]] = waiting.get(chosen[zone], 0) + people
        moves = []
        for zone, options in self.routes.items():
            if not waiting.get(chosen[zone]):
                continue  # nobody is left waiting for its crossing: no room is needed there
            people = int(self.flow.supply[zone])
            for e, way in options.items():
                idle = int(laid.room.gates[e, way.walk :].sum())
                if e != chosen[zone] and idle:
                    gain = min(people, idle, max(waiting[chosen[zone]], laid.at_home[zone]))
                    moves.append((-gain, way.walk, zone, e))
        return [(zone, e) for _, _, zone, e in sorted(moves)[:_MOST_MOVES]]

    def laid(self, chosen: dict[int, int]) -> _Laid:
        """Lay the waves for one choice of corridors."""
        room = self.empty.copy()
        routes = [self.routes[zone][e] for zone, e in chosen.items()]
        waves, at_home = _lay(
            self.ways, self.gate, self.flow, self.number, routes, room, self.steps, self.slot_min
        )
        score = 0
        for wave in waves:
            passes = int(wave.arrive + 1e-9) + np.arange(wave.lasting)
            score += int((spread_of(wave) * (self.steps + 1 - passes)).sum())
        return _Laid(waves, room, at_home, score)


def _lay(
    ways: Walkways, gate: Gate, flow: GroupFlow, group: int, routes: list[Way], room: _Room,
    steps: int, slot_min: int,
) -> tuple[list[Moving], dict[int, int]]:  # fmt: skip
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
            most = int(min(at_home[zone], room.received[way.gate]))
            if not most:
                continue
            stop = min(start + slot_min, steps + 1 - way.walk)
            begin, lasting, stream = _largest_stream(room.over(way, start, stop), most, shortest)
            if not stream:
                continue
            people = min(most, int(stream * lasting + 1e-9))
            at_home[zone] -= people
            room.received[way.gate] -= people
            room.take(way, start + begin, start + begin + lasting, stream)
            waves.append(
                _wave(ways, gate, flow, group, way, start + begin, lasting, people, stream)
            )
    return waves, at_home


def _largest_stream(room: Floats, people: int, shortest: int) -> tuple[int, int, float]:
    """Choose when within a slot, and how strong, the stream that moves most people.

    Returns first minute, length, people per minute (0 if nothing fits). Streams are
    whole, or in tenths where a crossing serves part of a person more. One shorter than
    ``shortest`` counts only when it takes everybody who is left.
    """
    most = (0, 0, 0, 0.0)
    parts = 1 if (np.abs(room - np.rint(room)) < 1e-6).all() else 10
    for begin in range(len(room)):
        least = np.floor(np.minimum.accumulate(room[begin:]) * parts + 1e-6) / parts
        if least[0] <= 0:
            continue
        lasting = np.arange(1, len(least) + 1)
        stream = np.minimum(least, np.ceil(people / lasting * parts - 1e-9) / parts)
        moved = np.minimum(people, np.floor(stream * lasting + 1e-9)).astype(np.int64)
        moved[(lasting < min(shortest, len(room))) & (moved < people)] = 0
        i = int(moved.argmax())
        if moved[i] > most[0]:
            most = (int(moved[i]), begin, int(lasting[i]), float(stream[i]))
    return most[1:]


def _wave(
    ways: Walkways, gate: Gate, flow: GroupFlow, group: int, way: Way, start: int, lasting: int,
    people: int, stream: float,
) -> Moving:  # fmt: skip
    clock = flow.rounded.clock
    tails = ways.tail[way.arcs]
    lasting = min(lasting, math.ceil(people / stream - 1e-9))
    return Moving(
        group=group, zone=way.zone, gate=way.gate, arcs=tuple(way.arcs.tolist()),
        depart=start + float(clock[ways.zone_node[way.zone]]),
        enter=tuple((start + way.after + clock[tails]).tolist()),
        arrive=start + way.walk + float(clock[gate.nodes[way.gate]]),
        lasting=lasting, people=people, people_per_min=stream,
    )  # fmt: skip
