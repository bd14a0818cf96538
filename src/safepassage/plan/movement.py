"""Hold people who move together on a real clock: what plans consist of and checks replay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from safepassage.plan.groups import Gate, GroupFlow
    from safepassage.plan.walkways import Walkways

__all__ = ["Moving", "minutes_of", "of_optimum", "spread_of"]


@dataclass(frozen=True, slots=True)
class Moving:
    """Hold one movement: people of a group from a zone along one route to one crossing.

    Times are minutes of the usable window. The first of them leave the zone at
    ``depart``, enter arc i of ``Walkways`` at ``enter[i]`` and pass the crossing at
    ``arrive``; the others follow evenly for ``lasting`` minutes, at most
    ``people_per_min`` a minute.
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


def of_optimum(ways: Walkways, gate: Gate, flows: tuple[GroupFlow, ...]) -> list[Moving]:
    """Read the movements of the exact plan: one for each route and minute of departure."""
    movements = []
    tails = ways.tail.tolist()
    for g, flow in enumerate(flows):
        clock = flow.rounded.clock.tolist()
        for route in flow.arrival.routes():
            zone = int(flow.zones[route.source])
            movements.append(
                Moving(
                    group=g, zone=zone, gate=route.sink, arcs=route.arcs,
                    depart=route.depart + clock[int(ways.zone_node[zone])],
                    enter=tuple(
                        k + clock[tails[a]] for a, k in zip(route.arcs, route.enter, strict=True)
                    ),
                    arrive=route.arrive + clock[int(gate.nodes[route.sink])],
                    lasting=1, people=route.people, people_per_min=route.people,
                )
            )  # fmt: skip
    return movements


def minutes_of(each: Moving, start: float) -> slice:
    """Give the minutes a movement takes to pass a place it reaches at ``start``."""
    first = int(start + 1e-9)
    return slice(first, first + each.lasting)


def spread_of(each: Moving) -> np.ndarray:
    """Spread a movement's people over its minutes, full ones first: (lasting,)."""
    minutes = np.arange(1, each.lasting + 1)
    ahead = np.minimum(np.floor(minutes * each.people_per_min + 1e-9), each.people)
    return np.diff(ahead.astype(np.int64), prepend=0)
