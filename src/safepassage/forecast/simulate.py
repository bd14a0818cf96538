"""Run one replication: people who set out, and what becomes of them by the minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.forecast.kernel_simulate import run

if TYPE_CHECKING:
    from safepassage.forecast.behaviour import Draws
    from safepassage.forecast.world import World

__all__ = ["Replication", "simulate"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Replication:
    """Hold what became of people, at the end of each minute of the usable hours.

    Attributes
    ----------
    out, on_the_road, turned_back
        People past the crossings, between home and the far side of a crossing, and back at
        home after they turned back; the first and last cumulative, (minutes,).
    passed
        People past each crossing, cumulative, (crossings, minutes).
    queued
        People who stand and wait on their way to each crossing, at it or where its queue
        or a narrow street holds them up, (crossings, minutes).
    caught
        People on the road when the pause collapses; 0 if it holds.
    unaware
        People who set out after it because they did not know yet.
    still_on_the_road
        People on the road at the end of the usable hours.
    at_home
        People who would have come and never left home.

    """

    out: Ints
    on_the_road: Ints
    turned_back: Ints
    passed: Ints
    queued: Ints
    caught: int
    unaware: int
    still_on_the_road: int
    at_home: int


def simulate(world: World, draws: Draws) -> Replication:
    """Simulate one replication; the same draws give the same answer everywhere."""
    closures = np.array(
        [(each.gate, each.first, each.last) for each in draws.closures], np.int64
    ).reshape(-1, 3)
    for each in (*world.net, *world.pace, *world.ways):
        each.setflags(write=False)  # what a worker was sent is not: it would compile anew
    events = (-1 if draws.collapse is None else draws.collapse, *np.ascontiguousarray(closures.T))
    by_minute, passed, queued, caught, _ = run(
        world.net, world.pace, world.ways, world.gates(draws.rates), draws.who, events,
        world.minutes,
    )  # fmt: skip
    out, road, back = by_minute
    gone = int(out[-1] + road[-1] + back[-1]) if world.minutes else 0
    return Replication(
        out=out, on_the_road=road, turned_back=back, passed=passed, queued=queued,
        caught=int(caught[0]), unaware=int(caught[1]), still_on_the_road=int(road[-1]),
        at_home=draws.coming - gone,
    )  # fmt: skip
