"""Add buses that go to and fro: an arc whose departures carry seats, and a place to wait."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Fault, InputError
from safepassage.flow.network import UNBOUNDED, Network, one_number, whole_numbers
from safepassage.flow.parts import one_real_number, real_numbers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Shuttle", "circulating", "headway_min", "timetable", "with_shuttle"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_EPS: Final = 1e-9

_FAR: Final = 2**24
"""More steps than any question has."""
_MOST_DEPARTURES: Final = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Shuttle:
    """Hold departures from one stop to another.

    Attributes
    ----------
    departs
        When each bus leaves, on the real clock from the window's beginning [steps],
        rising, shape (departures,).
    seats
        How many it carries at most, shape (departures,).
    ride
        How long it takes [steps].

    """

    departs: Floats
    seats: Ints
    ride: float

    def arc(
        self, steps: int, *, clock: tuple[float, float] = (0.0, 0.0), bound: bool = False
    ) -> tuple[Ints, int]:
        """Give the arc's capacity row, shape (steps + 1,), and its transit [steps].

        Never early: a bus that leaves at d takes those who came to the stop in steps that
        are over by then, the last of them ⌊d⌋ − 1, and they go on from the end in a step
        that begins when they are there, ⌈d + ride⌉. So the transit is one step more than
        the ride: people gather for a step before they leave together. All departures have
        one transit, the longest.

        Parameters
        ----------
        steps
            The last step.
        clock
            What ``Rounded.clock`` reads at the two stops.
        bound
            Never late instead, for upper bounds on the clocks of ``round_down``: those in
            the step of the departure go along, and the transit is the shortest.

        Raises
        ------
        InputError
            If a bound's clocks are so far apart that somebody would arrive before leaving.

        """
        last = one_number(steps, "steps", low=0, high=2**24)
        clocks = real_numbers(clock, "clock", low=-_FAR)
        if clocks.shape != (2,):
            raise InputError.one(
                "clock", f"has shape {clocks.shape}", "Give two: at the stop and at the end."
            )
        here, there = clocks.tolist()
        if self.ride > _FAR:
            raise InputError.one("ride", f"takes {self.ride:g} steps", f"Give at most {_FAR:,}.")
        if bound and there - here > self.ride + _EPS:
            raise InputError.one(
                "clock", f"runs {there - here:g} steps more ahead at the stop than at the end, and "
                f"the ride is {self.ride:g}",
                "Give the ride as an arc to round_down as well: it keeps the clocks in order.",
            )  # fmt: skip
        leave, reach = self.departs - here, self.departs + self.ride - there
        if bound:
            board, alight = np.floor(leave + _EPS), np.floor(reach + _EPS)
        else:
            board, alight = np.floor(leave + _EPS) - 1, np.ceil(reach - _EPS)
        runs = (board >= 0) & (board <= last)
        row = np.zeros(last + 1, np.int64)
        np.add.at(row, board[runs].astype(np.int64), self.seats[runs])
        row = np.minimum(row, UNBOUNDED)
        took = (alight - board)[runs]
        if not len(took):
            return row, math.ceil(self.ride - _EPS) + 1
        return row, int(max(took.min() if bound else took.max(), 0))


def headway_min(fleet: int, cycle_min: float, loading_min: float, bays: int = 1) -> float:
    """Give the time between departures [min].

    A fleet of N with cycle time T leaves every T / N (Vuchic, Urban Transit: Operations,
    Planning and Economics, 2005: fleet size is cycle time over headway). A bay serves one
    bus per dwell, here the loading time, so b bays serve b (Transit Capacity and Quality
    of Service Manual, TCRP Report 165, 2013: capacity of a loading area, here without
    traffic lights, clearance and variation, which would make it less).
    """
    return max(cycle_min / fleet, loading_min / bays)


def timetable(
    departs_min: ArrayLike, seats: ArrayLike, *, ride_min: float, step_s: float = 60.0
) -> Shuttle:
    """Take departures as they are announced.

    Parameters
    ----------
    departs_min
        When each bus leaves, from the window's beginning [min], shape (departures,).
    seats
        Seats of each, shape (departures,), or one number for all.
    ride_min
        From stop to stop [min].
    step_s
        Length of a step [s].

    Raises
    ------
    InputError
        If a figure is out of range; the message names the index.

    """
    leave = np.atleast_1d(real_numbers(departs_min, "departs_min", low=0))
    room = whole_numbers(seats, "seats", low=0, high=UNBOUNDED)
    ride, step = one_real_number(ride_min, "ride_min"), one_real_number(step_s, "step_s", low=1e-3)
    if leave.ndim != 1 or room.shape not in {(), leave.shape}:
        raise InputError.one(
            "seats", f"has shape {room.shape}, departs_min has {leave.shape}",
            "Give one number for each departure, or one for all.",
        )  # fmt: skip
    order = np.argsort(leave, kind="stable")
    minutes = 60 / step
    carried = np.broadcast_to(room, leave.shape)[order]
    return Shuttle(leave[order] * minutes, carried, ride * minutes)


def circulating(
    *, fleet: int, seats: int, ride_min: float, cycle_min: float, loading_min: float,
    window_min: float, bays: int = 1, start_min: float = 0.0, back: bool = False,
    step_s: float = 60.0,
) -> Shuttle:  # fmt: skip
    """Let a fleet go round for as long as the window lasts.

    Buses leave evenly, ``headway_min`` apart: each is back before its next turn, and no
    more of them load at once than there are bays. The first leaves when it has loaded; the
    last is the last that still arrives in the window.

    Parameters
    ----------
    fleet, seats
        Buses, and seats in each.
    ride_min
        From stop to stop [min].
    cycle_min
        From one departure of a bus to its next, at the least: riding there, setting down,
        riding back, loading, rest [min].
    loading_min
        How long a bus stands at the stop to load [min].
    window_min
        Length of the usable window [min].
    bays
        Buses that can load at once.
    start_min
        When the first bus begins to load [min].
    back
        The last bus must also be back at the stop in the window, to be out of the way.
    step_s
        Length of a step [s].

    Raises
    ------
    InputError
        With all that is out of range or does not fit together, such as a cycle shorter
        than loading and riding.

    """
    buses = one_number(fleet, "fleet", low=1, high=10_000)
    room = one_number(seats, "seats", low=1, high=100_000)
    stands = one_number(bays, "bays", low=1, high=10_000)
    ride, loading = (
        one_real_number(ride_min, "ride_min"),
        one_real_number(loading_min, "loading_min"),
    )
    cycle, window = (
        one_real_number(cycle_min, "cycle_min"),
        one_real_number(window_min, "window_min"),
    )
    start, step = (
        one_real_number(start_min, "start_min"),
        one_real_number(step_s, "step_s", low=1e-3) / 60,
    )
    apart = headway_min(buses, cycle, loading, stands)
    first = start + max(loading, step)  # somebody must have come to the stop
    latest = window - (cycle - loading if back else ride)
    faults = []
    if cycle < loading + ride:
        faults.append(
            Fault(
                "cycle_min",
                f"is {cycle:g}, shorter than loading ({loading:g}) and ride ({ride:g})",
                "Give the time from one departure of a bus to its next.",
            )
        )
    if apart <= 0 or (latest - first) / apart >= _MOST_DEPARTURES:
        faults.append(
            Fault(
                "cycle_min",
                f"makes buses leave every {apart:g} minutes",
                "Give the cycle and loading times in minutes, above 0.",
            )
        )
    if faults:
        raise InputError(faults)
    count = math.floor((latest - first) / apart + _EPS) + 1 if latest >= first - _EPS else 0
    departs = np.asarray((first + apart * np.arange(count)) / step, np.float64)
    return Shuttle(departs, np.full(count, room, np.int64), ride / step)


def with_shuttle(
    network: Network, shuttle: Shuttle, steps: int, *, stop: int, end: int,
    waiting: int, landing: int, clock: tuple[float, float] = (0.0, 0.0), bound: bool = False,
) -> Network:  # fmt: skip
    """Add a shuttle to a network: one arc for the buses, loops for those who wait.

    The new arcs are the last ones: the buses', then a loop at the stop where people wait
    for them, then one at the end. A loop takes one step, so that waiting is walking it.
    Anybody at these nodes may wait there; where only passengers may, give the stop a node
    of its own. Columns are added only where the buses leave.

    Parameters
    ----------
    network
        The streets.
    shuttle
        From ``timetable`` or ``circulating``.
    steps
        The last step.
    stop, end
        Nodes the buses leave from and go to.
    waiting, landing
        How many may wait at the stop, and at the end. A bus sets fifty people down in one
        step: with ``landing=0`` only as many get on as can go on from there at once.
    clock, bound
        As in ``Shuttle.arc``.

    Raises
    ------
    InputError
        If a node is none of the network's, both are the same, or a figure is out of range.

    """
    if not isinstance(network, Network):
        raise InputError.one(
            "network", f"is no Network ({type(network).__name__})", "Make one with flow.Network."
        )
    if not isinstance(shuttle, Shuttle):
        raise InputError.one(
            "shuttle", f"is no Shuttle ({type(shuttle).__name__})",
            "Make one with timetable or circulating.",
        )  # fmt: skip
    high = network.n_nodes - 1
    a, b = (
        one_number(stop, "stop", low=0, high=high),
        one_number(end, "end", low=0, high=high),
    )
    if a == b:
        raise InputError.one("end", f"is the stop itself, node {a}", "Name another node.")
    room = [
        one_number(value, name, low=0, high=UNBOUNDED)
        for name, value in (("waiting", waiting), ("landing", landing))
    ]
    row, ride = shuttle.arc(steps, clock=clock, bound=bound)
    network.over(len(row) - 1)  # refuses columns that do not fit
    over_time = network.capacity.ndim > 1 or network.transit.ndim > 1
    old = network.columns(steps) if over_time else np.zeros(1, np.int64)
    leave = np.flatnonzero(row)
    since = np.unique(np.concatenate([old, leave, leave + 1]))  # past the last step, too
    row = np.append(row, 0)
    column = np.searchsorted(old, since, "right") - 1
    kept = network.capacity if network.capacity.ndim > 1 else network.capacity[:, None]
    capacity = np.empty((network.n_arcs + 3, len(since)), np.int32)
    capacity[:-3] = kept[:, column if kept.shape[1] > 1 else np.zeros_like(column)]
    capacity[-3], capacity[-2], capacity[-1] = row[np.minimum(since, len(row) - 1)], *room
    transit = np.empty((network.n_arcs + 3, *network.transit.shape[1:]), np.int32)
    transit[:-3] = network.transit
    transit[-3], transit[-2:] = ride, 1
    return Network(
        network.n_nodes,
        np.concatenate([network.tail, [a, a, b]]),
        np.concatenate([network.head, [b, a, b]]),
        transit if transit.ndim == 1 else transit[:, column],
        capacity,
        since=since,
    )
