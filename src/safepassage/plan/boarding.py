"""Put riders on departures: what a group's flow takes of the seats, and who rides when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Defect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.flow.rounding import Rounded
    from safepassage.plan.shuttles import Line, Shuttles

__all__ = ["board", "boarded", "with_departures"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def with_departures(
    shuttles: Shuttles, seats: list[Ints], rounded: Rounded, capacity: Ints, steps: int, group: int
) -> tuple[Ints, Ints]:
    """Write a group's bus arcs: capacity (arcs, steps + 1) and transit (arcs,).

    ``seats`` are those left on each departure; the arc takes them at the steps in which
    riders come together, and the ride is one step longer than the bus drives.
    """
    if capacity.ndim == 1:
        capacity = np.repeat(capacity[:, None], steps + 1, axis=1)
    capacity, transit = capacity.copy(), rounded.transit.copy()
    for line, left in zip(shuttles.lines, seats, strict=True):
        clock = float(rounded.clock[line.stop]), float(rounded.clock[line.end])
        row, ride = line.departures(left).arc(steps, clock=clock)
        capacity[line.ride] = row if group in line.groups else 0
        transit[line.ride] = ride
        transit[line.wait] = 1
    transit[shuttles.stand] = 1
    return capacity, transit


def board(
    line: Line, left: Ints, clock: Floats, step: int, people: int
) -> Iterator[tuple[int, int]]:
    """Seat people who come in a step: which departure, how many; ``left`` is used up."""
    boards = line.boards_at(clock)
    for departure in np.flatnonzero(boards == step).tolist():
        seated = min(people, int(left[departure]))
        if seated:
            left[departure] -= seated
            people -= seated
            yield departure, seated
    if people:
        raise Defect(f"{people} riders of shuttle {line.id} have no seat.")


def boarded(shuttles: Shuttles, seats: list[Ints], clock: Floats, flow: NDArray[np.int32]) -> None:
    """Use up the seats that a group's flow takes."""
    for line, left in zip(shuttles.lines, seats, strict=True):
        for step in np.flatnonzero(flow[line.ride]).tolist():
            for _ in board(line, left, clock, step, int(flow[line.ride, step])):
                pass
