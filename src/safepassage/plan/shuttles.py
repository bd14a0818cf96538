"""Lay out the buses of a case: stops, departures with seats, and their arcs in the network.

Riders walk to the stop, which is a node of its own, ride to a node before the crossing, and
pass the crossing from there: nobody who walks can take their place. Arcs of shuttles are the
last ones, in the same order for every group.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Fault, InputError
from safepassage.base.geo import distance_m
from safepassage.case.movers import movers
from safepassage.flow.rounding import steps_to_sink
from safepassage.flow.shuttle import Shuttle as Departures
from safepassage.flow.shuttle import circulating
from safepassage.plan.walkways import ENDS, Walkways, pick, walkways

if TYPE_CHECKING:
    from safepassage.case.model import Case, Shuttle
    from safepassage.city import City
    from safepassage.plan.gates import Gate
    from safepassage.plan.hours import Hours
    from safepassage.plan.walkways import End

__all__ = ["Line", "Shuttles", "departures", "laid_shuttles", "riding", "with_shuttles"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Hold one shuttle: where it goes, when, with how many seats.

    Attributes
    ----------
    gate
        Its crossing.
    junction, stop, end
        Nodes: where people come from, where they get on, where they get off.
    board, ride, wait
        Arcs: from the junction to the stop, the buses', the loop of those who wait.
    departs_min
        Real minutes of the usable hours, rising, (departures,).
    seats
        Seats of each bus: low, best, high.
    waiting
        How many may wait at the stop.
    groups
        Who may board.
    ride_min, cycle_min
        Minutes of a ride, and from one departure of a bus to its next.
    worked_out
        Whether the ride comes from the streets and not from the case.
    lat, lon
        Where the case puts the stop [degrees].
    moved_m
        How far ``junction`` is from there [m], straight; riders walk it.

    """

    id: str
    name: str
    gate: int
    junction: int
    stop: int
    end: int
    board: int
    ride: int
    wait: int
    departs_min: Floats
    seats: tuple[int, int, int]
    ride_min: float
    cycle_min: float
    waiting: int
    groups: frozenset[int]
    worked_out: bool
    lat: float
    lon: float
    moved_m: float

    def departures(self, left: Ints) -> Departures:
        """Give the departures with the seats that are left, for ``flow``."""
        return Departures(self.departs_min, left, self.ride_min)

    def boards_at(self, clock: Floats) -> Ints:
        """Give the step in which the riders of each departure come at the latest."""
        leave = np.floor(self.departs_min - clock[self.stop] + 1e-9)
        return np.asarray(leave.astype(np.int64) - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Shuttles:
    """Hold all shuttles, and the places before crossings where buses stand.

    ``landing`` and ``stand`` are the node and the loop before each crossing, ``standing``
    how many people may sit in buses there, (crossings,).
    """

    lines: tuple[Line, ...]
    landing: Ints
    stand: Ints
    standing: Ints
    n_nodes: int

    def seats(self, end: End = "best") -> list[Ints]:
        """Give the seats of every departure: (lines,) of (departures,)."""
        which = ENDS.index(end)
        return [np.full(len(line.departs_min), line.seats[which], np.int64) for line in self.lines]

    def ridden_by(self, group: int) -> bool:
        """Tell whether a group rides."""
        return any(group in line.groups for line in self.lines)


def laid_shuttles(case: Case, city: City, gate: Gate, hours: Hours) -> Shuttles | None:
    """Lay out the shuttles of a case; None where there are none to crossings with a position.

    Raises
    ------
    InputError
        If a stop lies off the streets, or a ride must be known and is not; all together.

    """
    served = [
        each for each in case.shuttles if each.corridor in gate.corridors and each.seats.best >= 1
    ]
    if not served:
        return None
    ways = walkways(city, case.movement, means="bus")
    n, first, crossings = ways.n_nodes, len(ways.tail), len(gate.nodes)
    faults: list[Fault] = []
    lines = []
    driven = _driven(city, case)
    for i, each in enumerate(served):
        try:
            row = gate.corridors.index(each.corridor)
            rides = None if each.ride_min else _ride_min(int(gate.nodes[row]), driven)
            junction, away = _junction(each, city, ways, case.city.max_snap_m, rides)
            ride = each.ride_min or float(rides[junction] if rides is not None else 0)
            lines.append(
                _line(each, case, hours, row, junction, away, ride, (n + i, n + len(served) + row),
                      (first + i, first + len(served) + i, first + 2 * len(served) + i))
            )  # fmt: skip
        except InputError as error:
            faults += [
                Fault(f"case.toml: shuttles, {each.id}: {fault.where}", fault.what, fault.remedy)
                for fault in error.faults
            ]
    if faults:
        raise InputError(faults)
    standing = np.zeros(crossings, np.int64)
    for each, line in zip(served, lines, strict=True):
        room = line.seats[1] if each.standing is None else each.standing
        standing[line.gate] = max(standing[line.gate], room)
    return Shuttles(
        tuple(lines), n + len(served) + np.arange(crossings),
        first + 3 * len(served) + np.arange(crossings), standing, n + len(served) + crossings,
    )  # fmt: skip


def _line(
    each: Shuttle, case: Case, hours: Hours, gate: int, junction: int, away: float, ride: float,
    nodes: tuple[int, int], arcs: tuple[int, int, int],
) -> Line:  # fmt: skip
    cycle = each.cycle_min or 2 * (ride + each.loading_min)
    low, best, high = (int(pick(each.seats, end)) for end in ENDS)
    run = _circulating(each, best, ride, cycle, hours.steps + 1)
    at = each.position
    return Line(
        each.id, each.name, gate, junction, *nodes, *arcs, departs_min=run.departs,
        seats=(low, best, high), ride_min=ride, cycle_min=cycle, waiting=each.waiting,
        groups=frozenset(
            i
            for i, group in enumerate(case.groups)
            if group.means == "bus" and (not each.groups or group.id in each.groups)
        ),
        worked_out=each.ride_min is None,
        lat=at.lat if at else 0.0, lon=at.lon if at else 0.0, moved_m=away,
    )  # fmt: skip


def _circulating(
    each: Shuttle, seats: int, ride_min: float, cycle_min: float, window_min: int, more: int = 0
) -> Departures:
    return circulating(
        fleet=each.fleet + more, seats=seats, ride_min=ride_min, cycle_min=cycle_min,
        loading_min=each.loading_min, window_min=window_min, bays=each.bays,
    )  # fmt: skip


def departures(each: Shuttle, line: Line, window_min: int, more: int) -> int:
    """Count a shuttle's departures with so many buses more."""
    run = _circulating(each, line.seats[1], line.ride_min, line.cycle_min, window_min, more)
    return len(run.departs)


def _junction(
    each: Shuttle, city: City, ways: Walkways, max_snap_m: float, rides: Floats | None
) -> tuple[int, float]:
    """Find the junction nearest to a stop to which people can walk, and how far it is.

    Where the ride is worked out, ``rides``, it is one from which a bus gets to the crossing.
    """
    at = each.position
    streets = city.streets
    reached = np.unique(ways.head[(ways.street >= 0) & ~ways.closed])
    reached = np.setdiff1d(reached, [crossing.node for crossing in city.crossings])
    if at is None:
        raise InputError.one("position", "is not known", "Give lat and lon.")
    if not len(reached):
        raise InputError.one(
            "position", "has no open street near it that can be walked",
            "Check hazards, clearance and city.street_width_m; or leave the shuttle out.",
        )  # fmt: skip
    away = distance_m(at.lat, at.lon, streets.lat[reached], streets.lon[reached])
    limit = max_snap_m * (4 if city.schematic else 1)
    if away.min() > limit:
        raise InputError.one(
            "position", f"lies {away.min():,.0f} m from the nearest street that can be walked",
            "Check that lat and lon are not swapped, or use a larger map.",
        )  # fmt: skip
    if rides is not None:
        away = np.where(np.isfinite(rides[reached]), away, np.inf)
        if away.min() > limit:
            raise InputError.one(
                "ride_min", "cannot be worked out: no street near the stop that can be driven "
                "leads to the crossing",
                "State it, or move the stop to a street that vehicles may use.",
            )  # fmt: skip
    nearest = int(away.argmin())
    return int(reached[nearest]), float(away[nearest])


def _driven(city: City, case: Case) -> Walkways | None:
    """Give the streets that buses can drive, where they are known."""
    if city.mode == "walk" and not city.schematic:
        return None
    return walkways(city, case.movement, means="car")


def _ride_min(end: int, driven: Walkways | None) -> Floats:
    """Work out the quickest drive from every junction to a crossing [min], ``inf`` for none."""
    if driven is None:
        raise InputError.one(
            "ride_min", "is needed: the map holds streets for people on foot only",
            'State it, or set city.mode = "both".',
        )  # fmt: skip
    open_ = np.flatnonzero(~driven.closed & (driven.street >= 0))
    minutes = driven.minutes(movers()["bus"].speed_m_per_s.best)[open_]
    return steps_to_sink(
        driven.n_nodes, driven.tail[open_], driven.head[open_], minutes, np.array([end])
    )


def riding(by_group: tuple[Walkways, ...], shuttles: Shuttles) -> tuple[Walkways, ...]:
    """Add the arcs of shuttles to every group's network; those that move alike share one."""
    made: dict[tuple[int, tuple[bool, ...]], Walkways] = {}
    for group, ways in enumerate(by_group):
        alike = (id(ways), tuple(group in line.groups for line in shuttles.lines))
        if alike not in made:
            made[alike] = with_shuttles(ways, shuttles, group)
    return tuple(
        made[id(ways), tuple(group in line.groups for line in shuttles.lines)]
        for group, ways in enumerate(by_group)
    )


def with_shuttles(ways: Walkways, shuttles: Shuttles, group: int) -> Walkways:
    """Add the arcs of shuttles to a group's network, closed where it may not board.

    After the arcs there are: from each junction to its stop; the buses; loops at the stops;
    loops before the crossings.
    """
    lines, gates = shuttles.lines, len(shuttles.landing)
    rides = np.array([group in line.groups for line in lines])
    stops = np.array([line.stop for line in lines])
    count = 3 * len(lines) + gates
    own_min = np.concatenate(
        [
            np.full(len(lines), np.nan),
            [line.ride_min for line in lines],
            np.ones(len(lines) + gates),
        ]
    )
    fits = np.concatenate(
        [np.full(2 * len(lines), np.inf), [line.waiting for line in lines], shuttles.standing]
    )
    shut = np.concatenate([~rides, ~rides, ~rides, np.full(gates, not rides.any())])
    return replace(
        ways,
        n_nodes=shuttles.n_nodes,
        tail=np.concatenate(
            [ways.tail, [line.junction for line in lines], stops, stops, shuttles.landing]
        ),
        head=np.concatenate(
            [ways.head, stops, [line.end for line in lines], stops, shuttles.landing]
        ),
        length_m=np.concatenate(
            [ways.length_m, [line.moved_m for line in lines], np.zeros(count - len(lines))]
        ),
        speed_limit_m_per_s=np.concatenate([ways.speed_limit_m_per_s, np.full(count, np.inf)]),
        pace=np.concatenate([ways.pace, np.ones(count)]),
        people_per_min=np.concatenate([ways.people_per_min, fits]),
        street=np.concatenate([ways.street, np.full(count, -1)]),
        closed=np.concatenate([ways.closed, shut]),
        reverse=np.concatenate([ways.reverse, np.full(count, -1)]),
        own_min=np.concatenate([np.full(len(ways.tail), np.nan), own_min]),
    )
