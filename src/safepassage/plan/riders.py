"""Make the waves of those who ride: departure after departure, each with its seats.

Every zone has one stop and one way to it: of the crossings to which buses go, the one that
most of its people take in the optimum, else the nearest. A bus takes people of the zones of
its stop, those with most people still at home first. No more board than can pass the crossing
from the bus, while those who wait sit in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.plan.movement import Moving
from safepassage.plan.routes import most_used, routes_to_gates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.plan.gates import Gate
    from safepassage.plan.groups import GroupFlow
    from safepassage.plan.routes import Way
    from safepassage.plan.shuttles import Line

__all__ = ["Ridden", "ride"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_LONGEST_WAIT_MIN = 15
"""Nobody is called to a place of waiting earlier than this before the bus leaves [minutes]."""


@dataclass(frozen=True, slots=True, eq=False)
class Ridden:
    """Hold the waves of a group that rides, and what they use of arcs and crossings.

    ``streets`` has shape (arcs, steps + 1), ``crossings`` (crossings, steps + 1).
    """

    waves: list[Moving]
    streets: Floats
    crossings: Floats


def ride(
    gate: Gate, flow: GroupFlow, group: int, steps: int, *, free: Floats, room: Floats,
    received: Floats, seats: list[Ints],
) -> Ridden:  # fmt: skip
    """Lay the waves of a group that comes by shuttle.

    Parameters
    ----------
    gate, flow, group, steps
        Its crossings, its exact plan and its number; the last step.
    free, room
        What is left of arcs and crossings, (arcs, steps + 1), (crossings, steps + 1).
    received
        How many more people the far ends can receive, (crossings,); used up.
    seats
        Seats left on each departure of each shuttle; used up.

    """
    rider = _Riders(gate, flow, group, steps, free.copy(), _whole(room), received)
    shuttles = flow.shuttles
    if shuttles is None:
        return Ridden([], np.zeros_like(free), np.zeros_like(room))
    routes = routes_to_gates(gate, flow, np.asarray((free > 0).any(axis=1)))
    chosen = most_used(flow, routes, len(gate.nodes))
    runs = sorted(
        (float(minute), number, departure, int(step))
        for number, line in enumerate(shuttles.lines)
        for departure, (minute, step) in enumerate(
            zip(line.departs_min, line.boards_at(flow.rounded.clock), strict=True)
        )
    )
    by_line: dict[int, list[Way]] = {}
    for zone, e in chosen.items():
        way = routes[zone][e]
        for number, line in enumerate(shuttles.lines):
            if line.ride in way.arcs:
                by_line.setdefault(number, []).append(way)
    waves: list[Moving] = []
    for _, number, departure, step in runs:
        line, left = shuttles.lines[number], seats[number]
        taken = rider.fill(line, departure, step, int(left[departure]), by_line.get(number, []))
        left[departure] -= sum(each.people for each in taken)
        waves += taken
    return Ridden(waves, free - rider.free, _whole(room).astype(np.float64) - rider.room)


def _whole(room: Floats) -> Ints:
    """Give whole people of rates that are none, the running sum never above the exact one."""
    behind = np.floor(np.cumsum(np.maximum(room, 0), axis=1) + 1e-6)
    return np.asarray(np.diff(behind, axis=1, prepend=0).astype(np.int64))


@dataclass(slots=True)
class _Riders:
    """Keep what is left while buses are filled one after the other."""

    gate: Gate
    flow: GroupFlow
    group: int
    steps: int
    free: Floats
    room: Ints
    received: Floats
    at_home: dict[int, int] | None = None

    def fill(
        self, line: Line, departure: int, step: int, seats: int, ways: list[Way]
    ) -> list[Moving]:
        """Fill one bus, whose riders come in a step at the latest."""
        if self.at_home is None:
            self.at_home = {zone: int(self.flow.supply[zone]) for zone in self.flow.zones.tolist()}
        land = step + int(self.flow.rounded.transit[line.ride])
        if step < 0 or land > self.steps or not ways:
            return []
        most = self._that_can_pass(line.gate, land, seats)
        come: list[tuple[Way, int, int]] = []
        for way in sorted(ways, key=lambda way: (-self._home(way.zone), way.zone)):
            for begin, people in self._walk(line, way, step, most):
                come.append((way, begin, people))
                most -= people
        boarded = sum(people for _, _, people in come)
        return list(self._moving(line, departure, come, self._pass(line.gate, land, boarded)))

    def _home(self, zone: int) -> int:
        return (self.at_home or {}).get(zone, 0)

    def _stand(self, gate: int) -> int:
        return int(self.flow.shuttles.stand[gate]) if self.flow.shuttles else -1

    def _that_can_pass(self, gate: int, land: int, people: int) -> int:
        """Count how many of a bus can pass its crossing while the others sit in it."""
        most = int(min(people, self.received[gate]))
        passed = 0
        for k in range(land, self.steps + 1):
            passed += int(self.room[gate, k])
            if passed >= most:
                return most
            most = min(most, passed + int(self.free[self._stand(gate), k]))
        return min(most, passed)

    def _pass(self, gate: int, land: int, people: int) -> list[tuple[int, int]]:
        """Let people pass a crossing from a step on: step and people each."""
        passes = []
        self.received[gate] -= people
        for k in range(land, self.steps + 1):
            now = int(min(self.room[gate, k], people))
            if now:
                passes.append((k, now))
                self.room[gate, k] -= now
                people -= now
            if not people:
                break
            self.free[self._stand(gate), k] -= people
        return passes

    def _walk(self, line: Line, way: Way, step: int, most: int) -> Iterator[tuple[int, int]]:
        """Send people of a zone so that they come for a bus: step of leaving, and people.

        Those who come earlier wait, if the stop is a place for that.
        """
        at = way.arcs.tolist().index(line.ride)
        arcs, after, walk = way.arcs[:at], way.after[:at], int(way.after[at])
        earliest = step - (_LONGEST_WAIT_MIN if line.waiting else 0)
        for come in range(step, earliest - 1, -1):
            begin = come - walk
            if begin < 0:
                return
            room = self.free[arcs, begin + after].min(initial=np.inf)
            room = min(room, self.free[line.wait, come:step].min(initial=np.inf))
            people = int(min(room, self._home(way.zone), most))
            if people <= 0:
                continue
            most -= people
            self.free[arcs, begin + after] -= people
            self.free[line.wait, come:step] -= people
            for arc, k in zip(arcs.tolist(), (begin + after).tolist(), strict=True):
                other = int(self.flow.ways.reverse[arc])
                if other >= 0:  # clocks at the two ends differ by up to a minute
                    self.free[other, max(k - 1, 0) : k + 2] -= people
            if self.at_home is not None:
                self.at_home[way.zone] -= people
            yield begin, people

    def _moving(
        self, line: Line, departure: int, come: list[tuple[Way, int, int]],
        passes: list[tuple[int, int]],
    ) -> Iterator[Moving]:  # fmt: skip
        """Tell who came when and passes when, one movement for each pair."""
        clock, ways = self.flow.rounded.clock, self.flow.ways
        queue = list(passes)
        for way, begin, number in come:
            waiting = number
            at = way.arcs.tolist().index(line.ride)
            enter = begin + way.after + clock[ways.tail[way.arcs]]
            enter[at] = line.departs_min[departure]
            while waiting:
                step, room = queue[0]
                people = min(waiting, room)
                waiting -= people
                queue[0] = (step, room - people)
                if not queue[0][1]:
                    queue.pop(0)
                yield Moving(
                    group=self.group, zone=way.zone, gate=line.gate, arcs=tuple(way.arcs.tolist()),
                    depart=begin + float(clock[ways.zone_node[way.zone]]),
                    enter=tuple(enter.tolist()), arrive=step + float(clock[line.end]),
                    lasting=1, people=people, people_per_min=people,
                )  # fmt: skip
