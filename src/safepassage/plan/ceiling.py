"""Bound what any plan could do: one relaxed flow of everybody together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.progress import Progress, silent
from safepassage.flow import UNBOUNDED, Network, earliest_arrival
from safepassage.flow.rounding import round_down
from safepassage.plan.blocks import surely_closed_arcs, surely_shut_crossings
from safepassage.plan.walkways import Walkways, pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from safepassage.case.model import Group
    from safepassage.flow.rounding import Rounded
    from safepassage.plan.blocks import Reserved
    from safepassage.plan.gates import Gate
    from safepassage.plan.shuttles import Shuttles
    from safepassage.plan.walkways import End

__all__ = ["SCALE", "ceiling_curve", "everybody"]

SCALE = 10
"""The bound is computed in tenths of a person, so that a rate of 12.5 stays itself."""


def ceiling_curve(
    ways: Walkways | Sequence[Walkways], gate: Gate, groups: tuple[Group, ...],
    people: NDArray[np.float64], steps: int,
    *, end: End, reserved: tuple[Reserved, ...] = (), shuttles: Shuttles | None = None,
    progress: Progress = silent,
) -> NDArray[np.int64]:  # fmt: skip
    """Bound the people past the crossings by each minute, for any plan: (steps + 1,).

    On each street everybody is as fast as the fastest group, and as many fit as of the means
    of which most do; everybody may use every civilian corridor that any group may, and wait
    anywhere; times are rounded down and capacities up. ``end`` picks the low, best or high
    figure of speeds and rates; ``people`` are those of each zone. ``ways`` is one network for
    all, or one for each group. Everybody may board every bus, wait for it and in it.
    """
    bound = _Bound(ways, gate, groups, people, steps, end, reserved, shuttles, progress)
    served = gate.per_min(end, steps, bound=True)
    if gate.allowed is not None:
        served[~gate.allowed.any(axis=0)] = 0
    received = gate.received(end)
    curve = bound.curve(served)
    if np.isfinite(received).any():
        limited = np.isfinite(received)
        others = np.where(limited[:, None], 0, served)
        beside = bound.curve(others) if others.any() else np.zeros_like(curve)
        curve = np.minimum(curve, int(received[limited].sum()) + beside)
    return curve


@dataclass(frozen=True, slots=True)
class _Bound:
    """Hold what a bound is asked with."""

    ways: Walkways | Sequence[Walkways]
    gate: Gate
    groups: tuple[Group, ...]
    people: NDArray[np.float64]
    steps: int
    end: End
    reserved: tuple[Reserved, ...]
    shuttles: Shuttles | None
    progress: Progress

    def curve(self, served: NDArray[np.float64]) -> NDArray[np.int64]:
        """Bound the people past crossings that serve so many, by each minute: (steps + 1,)."""
        ways, minutes, capacity = everybody(self.ways, self.groups, self.end)
        nodes, steps, tail, head = self.gate.nodes, self.steps, ways.tail, ways.head
        if self.shuttles:  # from the bus to the crossing
            tail = np.concatenate([tail, self.shuttles.landing])
            head = np.concatenate([head, nodes])
            minutes = np.concatenate([minutes, np.zeros(len(nodes))])
            capacity = np.concatenate([capacity, np.full(len(nodes), UNBOUNDED)])
        rounded = round_down(ways.n_nodes, tail, head, minutes, nodes)
        transit = rounded.transit
        room = np.ceil(served * SCALE - 1e-9).astype(np.int64)
        room[surely_shut_crossings(self.reserved, len(room), steps)] = 0
        if self.reserved or self.gate.takings or self.shuttles:
            over_time = np.repeat(capacity[:, None], steps + 1, axis=1)
            closed = surely_closed_arcs(self.reserved, minutes, steps)
            if closed is not None:
                over_time[closed] = 0
            if self.shuttles:
                over_time, transit = self._buses(self.shuttles, rounded, over_time)
            # where something opens again, a plan may let people wait before it
            every = np.arange(ways.n_nodes)
            tail, head = np.concatenate([tail, every]), np.concatenate([head, every])
            transit = np.concatenate([transit, np.ones(ways.n_nodes, np.int64)])
            wait = np.full((ways.n_nodes, steps + 1), UNBOUNDED)
            capacity = np.concatenate([over_time, wait])
        supply = np.ceil(self.people * SCALE - 1e-9).astype(np.int64)
        zones = np.flatnonzero(supply)
        arrival = earliest_arrival(
            Network(ways.n_nodes, tail, head, transit, capacity),
            ways.zone_node[zones], supply[zones], nodes, room, steps, progress=self.progress,
        )  # fmt: skip
        out = np.cumsum(arrival.arrivals)
        # a crossing of 2.5 a minute may let 3 whole people pass in one: one ahead of its rate
        ahead = int((served % 1 > 0).any(axis=1).sum())
        bound = np.where(out > 0, out // SCALE + ahead, 0)
        return np.asarray(np.minimum(bound, int(self.people.sum() + 0.5)), np.int64)

    def _buses(
        self, shuttles: Shuttles, rounded: Rounded, capacity: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Write the arcs of the buses, never late: capacity over time, and transit."""
        transit = rounded.transit.copy()
        for line, seats in zip(shuttles.lines, shuttles.seats(self.end), strict=True):
            clock = float(rounded.clock[line.stop]), float(rounded.clock[line.end])
            row, took = line.departures(seats).arc(self.steps, clock=clock, bound=True)
            capacity[line.ride] = np.minimum(row * SCALE, UNBOUNDED)
            transit[line.ride] = took
        return capacity, transit


def everybody(
    ways: Walkways | Sequence[Walkways], groups: tuple[Group, ...], end: End
) -> tuple[Walkways, NDArray[np.float64], NDArray[np.int64]]:
    """Give the arcs, the least minutes anybody needs, and the most tenths that fit: (arcs,)."""
    each = [ways] * len(groups) if isinstance(ways, Walkways) else list(ways)
    spent = np.array(
        [
            own.minutes(pick(group.speed_m_per_s, end))
            for own, group in zip(each, groups, strict=True)
        ]
    )
    shut = np.array([own.closed for own in each])
    minutes = np.min(np.where(shut & ~shut.all(axis=0), np.inf, spent), axis=0)
    capacity = np.max([own.whole_capacity(scale=SCALE, up=True) for own in each], axis=0)
    return each[0], minutes, capacity
