"""Replay rides: no bus leaves with more people than seats, or without having waited for them.

Like the rest of the check it knows nothing of the solver: only of departures in real minutes.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.plan.movement import Moving
    from safepassage.plan.shuttles import Line, Shuttles

__all__ = ["LONGEST_AT_STOP_MIN", "check_rides"]

_EPS_MIN = 1e-6
LONGEST_AT_STOP_MIN = 3.0
"""Where nobody may wait people come within this before a bus leaves: on a one-minute grid they
come together for a minute and are up to a minute sooner at each end of it."""


def check_rides(
    movements: Sequence[Moving], shuttles: Shuttles, speeds_m_per_s: Sequence[float]
) -> list[str]:
    """Give what is wrong with rides, in words; nothing where all is well.

    ``speeds_m_per_s`` are those of the groups.
    """
    faults: list[str] = []
    for line in shuttles.lines:
        rides = [
            (each, i) for each in movements for i, arc in enumerate(each.arcs) if arc == line.ride
        ]
        faults += _seats(line, rides)
        faults += _waiting(line, rides, speeds_m_per_s)
    return faults + _standing(movements, shuttles)


def _seats(line: Line, rides: list[tuple[Moving, int]]) -> list[str]:
    """Add up who leaves with each bus of the timetable."""
    on: Counter[int] = Counter()
    for each, i in rides:
        if each.group not in line.groups:
            return [f"Somebody rides shuttle {line.id} who may not board it."]
        run = int(np.abs(line.departs_min - each.enter[i]).argmin())
        if abs(float(line.departs_min[run]) - each.enter[i]) > _EPS_MIN:
            return [(f"Somebody rides shuttle {line.id} at minute {each.enter[i]:.1f}, when no "
                    "bus leaves.")]  # fmt: skip
        on[run] += each.people
    return [
        f"{people} people ride shuttle {line.id} at minute {line.departs_min[run]:.1f}, which "
        f"has {line.seats[1]} seats."
        for run, people in sorted(on.items())
        if people > line.seats[1]
    ]


def _waiting(
    line: Line, rides: list[tuple[Moving, int]], speeds_m_per_s: Sequence[float]
) -> list[str]:
    """Count who waits at a stop for longer than it takes to come together."""
    change: list[tuple[float, int]] = []
    for each, i in rides:
        came = each.enter[i - 1] + line.moved_m / speeds_m_per_s[each.group] / 60
        if each.enter[i] - came > LONGEST_AT_STOP_MIN + _EPS_MIN:
            if not line.waiting:
                return [f"Somebody waits at the stop of shuttle {line.id}, where nobody may."]
            change += [(came + 1, each.people), (each.enter[i] - 2, -each.people)]
    most = _most(change)
    if most > line.waiting:
        return [f"{most} people wait at the stop of shuttle {line.id}, for {line.waiting}."]
    return []


def _standing(movements: Sequence[Moving], shuttles: Shuttles) -> list[str]:
    """Count who sits in buses before each crossing for longer than two minutes."""
    faults = []
    for gate, room in enumerate(shuttles.standing.tolist()):
        ride_min = {line.ride: line.ride_min for line in shuttles.lines if line.gate == gate}
        change: list[tuple[float, int]] = []
        for each in movements:
            if each.arcs and each.arcs[-1] in ride_min and each.gate == gate:
                there = each.enter[-1] + ride_min[each.arcs[-1]] + 2
                if each.arrive > there:
                    change += [(there, each.people), (each.arrive, -each.people)]
        if _most(change) > room:
            faults.append(f"{_most(change)} people sit in buses at crossing {gate}, for {room}.")
    return faults


def _most(change: list[tuple[float, int]]) -> int:
    """Give the largest running sum."""
    running = most = 0
    for _, people in sorted(change):
        running += people
        most = max(most, running)
    return most
