"""Bound what any plan could do: one relaxed flow of everybody together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.progress import Progress, silent
from safepassage.flow import UNBOUNDED, Network, earliest_arrival
from safepassage.flow.rounding import round_down
from safepassage.plan.blocks import surely_closed_arcs, surely_shut_crossings
from safepassage.plan.walkways import pick

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safepassage.case.model import Group
    from safepassage.plan.blocks import Reserved
    from safepassage.plan.groups import Gate
    from safepassage.plan.walkways import End, Walkways

__all__ = ["SCALE", "ceiling_curve"]

SCALE = 10
"""The bound is computed in tenths of a person, so that a rate of 12.5 stays itself."""


def ceiling_curve(
    ways: Walkways, gate: Gate, groups: tuple[Group, ...], people: NDArray[np.float64], steps: int,
    *, end: End, reserved: tuple[Reserved, ...] = (), progress: Progress = silent,
) -> NDArray[np.int64]:  # fmt: skip
    """Bound the people past the crossings by each minute, for any plan: (steps + 1,).

    Everybody walks at the fastest group's speed, may use every civilian corridor and
    may wait anywhere; times are rounded down and capacities up. ``end`` picks the low,
    best or high figure of speeds and rates; ``people`` are those of each zone.
    """
    speed = max(pick(group.speed_m_per_s, end) for group in groups)
    rounded = round_down(ways.n_nodes, ways.tail, ways.head, ways.minutes(speed), gate.nodes)
    capacity = ways.whole_capacity(scale=SCALE, up=True)
    tail, head, transit = ways.tail, ways.head, rounded.transit
    room = np.array([_room(pick(rate, end), steps) for rate in gate.rates])
    if reserved:
        room[surely_shut_crossings(reserved, len(room), steps)] = 0
        over_time = np.repeat(capacity[:, None], steps + 1, axis=1)
        over_time[surely_closed_arcs(reserved, ways.minutes(speed), steps)] = 0
        # where something opens again, a plan may let people wait before it
        every = np.arange(ways.n_nodes)
        tail, head = np.concatenate([tail, every]), np.concatenate([head, every])
        transit = np.concatenate([transit, np.ones(ways.n_nodes, np.int64)])
        wait = np.full((ways.n_nodes, steps + 1), UNBOUNDED)
        capacity = np.concatenate([over_time, wait])
    supply = np.ceil(people * SCALE - 1e-9).astype(np.int64)
    zones = np.flatnonzero(supply)
    arrival = earliest_arrival(
        Network(ways.n_nodes, tail, head, transit, capacity),
        ways.zone_node[zones], supply[zones], gate.nodes, room, steps, progress=progress,
    )  # fmt: skip
    out = np.cumsum(arrival.arrivals)
    # a crossing of 2.5 a minute may let 3 whole people pass in one: one ahead of its rate
    ahead = sum(pick(rate, end) % 1 > 0 for rate in gate.rates)
    bound = np.where(out > 0, out // SCALE + ahead, 0)
    return np.asarray(np.minimum(bound, int(people.sum() + 0.5)), np.int64)


def _room(rate: float, steps: int) -> NDArray[np.int64]:
    return np.full(steps + 1, int(np.ceil(rate * SCALE - 1e-9)))
