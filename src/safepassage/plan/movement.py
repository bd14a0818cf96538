"""Hold people who move together on a real clock: what plans consist of and checks replay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from safepassage.plan.boarding import board

if TYPE_CHECKING:
    from safepassage.plan.groups import GroupFlow
    from safepassage.plan.shuttles import Shuttles
    from safepassage.plan.walkways import Walkways

__all__ = ["Moving", "minutes_of", "of_optimum", "spread_of"]


@dataclass(frozen=True, slots=True)
class Moving:
    """Hold one movement: people of a group from a zone along one route to one crossing.

    Times are minutes of the usable window. The first of them leave the zone at
    ``depart``, enter arc i of ``Walkways`` at ``enter[i]`` and pass the crossing at
    ``arrive``; the others follow evenly for ``lasting`` minutes, at most
    ``people_per_min`` a minute. Who rides enters the arc of the buses as the bus leaves.
    ``ahead`` is the part of a person that the stream is ahead when it begins, below 1: of one of
    6.5 a minute that was parted after its first, 7 follow next.
    """

    group: int
    zone: int
    gate: int
    arcs: tuple[int, ...]
    depart: float
    enter: tuple[float, ...]
    arrive: float
    lasting: int
    people: int
    people_per_min: float
    ahead: float = 0.0


def of_optimum(ways: Walkways, flows: tuple[GroupFlow, ...]) -> list[Moving]:
    """Read the movements of the exact plan: one for each route and minute of departure."""
    movements = []
    seats = next((flow.shuttles.seats() for flow in flows if flow.shuttles), [])
    tails, loop = ways.tail.tolist(), (ways.tail == ways.head).tolist()
    for g, flow in enumerate(flows):
        clock = flow.rounded.clock.tolist()
        for route in flow.arrival.routes():
            zone = int(flow.zones[route.source])
            kept = [i for i, arc in enumerate(route.arcs) if not loop[arc]]  # who waits is there
            moving = Moving(
                group=g, zone=zone, gate=route.sink, arcs=tuple(route.arcs[i] for i in kept),
                depart=route.depart + clock[int(ways.zone_node[zone])],
                enter=tuple(route.enter[i] + clock[tails[route.arcs[i]]] for i in kept),
                arrive=route.arrive + clock[int(flow.sinks[route.sink])],
                lasting=1, people=route.people, people_per_min=route.people,
            )  # fmt: skip
            if flow.shuttles is None:
                movements.append(moving)
            else:
                movements += _seated(moving, flow, flow.shuttles, seats)
    return movements


def _seated(
    moving: Moving, flow: GroupFlow, shuttles: Shuttles, seats: list[np.ndarray]
) -> list[Moving]:
    """Put riders on departures: one movement each, which enters the buses' arc as it leaves."""
    for line, left in zip(shuttles.lines, seats, strict=True):
        if line.ride in moving.arcs:
            at = moving.arcs.index(line.ride)
            clock = flow.rounded.clock
            step = round(moving.enter[at] - clock[line.stop])
            return [
                replace(
                    moving, people=people, people_per_min=people,
                    enter=(*moving.enter[:at], float(line.departs_min[departure]),
                           *moving.enter[at + 1 :]),
                )
                for departure, people in board(line, left, clock, step, moving.people)
            ]  # fmt: skip
    return [moving]


def minutes_of(each: Moving, start: float) -> slice:
    """Give the minutes a movement takes to pass a place it reaches at ``start``."""
    first = int(start + 1e-9)
    return slice(first, first + each.lasting)


def spread_of(each: Moving) -> np.ndarray:
    """Spread a movement's people over its minutes, full ones first: (lasting,)."""
    minutes = np.arange(1, each.lasting + 1)
    ahead = np.minimum(np.floor(each.ahead + minutes * each.people_per_min + 1e-9), each.people)
    return np.diff(ahead.astype(np.int64), prepend=0)
