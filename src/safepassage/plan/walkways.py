"""Lay the city out as a network people can move on, with what is closed left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from safepassage.base.geo import to_metres
from safepassage.case.groups import ON_FOOT
from safepassage.flow import UNBOUNDED

if TYPE_CHECKING:
    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.case.groups import Group, Means
    from safepassage.case.model import Movement
    from safepassage.city import City, StreetMap

__all__ = [
    "ENDS",
    "End",
    "Walkways",
    "means_of",
    "near_point",
    "pick",
    "walkways",
    "walkways_by_group",
]

End = Literal["low", "best", "high"]
ENDS: tuple[End, ...] = ("low", "best", "high")
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_OTHER_END: dict[End, End] = {"low": "high", "best": "best", "high": "low"}

SCHEMATIC_M_PER_LANE_EACH_WAY = 6.0
"""Schematic streets: a lane each way for so much width [m], one at least: an assumption."""

SCHEMATIC_KMH = 30.0
"""Schematic streets: nobody drives faster [km/h]: an assumption."""


@dataclass(frozen=True, slots=True)
class Walkways:
    """Hold arcs people move on: the streets, then the access arcs of zones.

    Attributes
    ----------
    n_nodes
        Junctions and, after them, one node per zone.
    tail, head, length_m
        Shape (arcs,).
    speed_limit_m_per_s
        Fastest movement on the arc; ``inf`` on foot.
    pace
        Share of their speed that people keep on the arc: below 1 on steps.
    people_per_min
        What fits through the arc; ``inf`` for access arcs.
    street
        Index of the street in the city's map, -1 for access arcs.
    closed
        Arcs nobody may use at any time (hazards).
    reverse
        The arc that is the same street walked the other way, or -1: the two share
        the street's width.
    zone_node
        Node each zone's people start from, shape (zones,).
    own_min
        Minutes that an arc takes whoever is on it, such as a bus ride; NaN where it is
        walked or driven by the group itself, (arcs,); None where that is so for all.
    on_foot
        Whether its people are on foot in the streets.
    apart
        Whether people on foot and vehicles are never on a street at the same time.

    """

    n_nodes: int
    tail: Ints
    head: Ints
    length_m: Floats
    speed_limit_m_per_s: Floats
    pace: Floats
    people_per_min: Floats
    street: Ints
    closed: Flags
    reverse: Ints
    zone_node: Ints
    own_min: Floats | None = None
    on_foot: bool = True
    apart: bool = True

    @property
    def road(self) -> Ints:
        """Number arcs so that both directions of one street have one number: (arcs,)."""
        own = np.arange(len(self.tail))
        return np.where(self.reverse >= 0, np.minimum(own, self.reverse), own)

    def only(self, arcs: Ints) -> Walkways:
        """Leave out all but some arcs; of a street both directions or none are kept."""
        place = np.full(len(self.tail) + 1, -1)
        place[arcs] = np.arange(len(arcs))
        return replace(
            self,
            tail=self.tail[arcs], head=self.head[arcs], length_m=self.length_m[arcs],
            speed_limit_m_per_s=self.speed_limit_m_per_s[arcs], pace=self.pace[arcs],
            people_per_min=self.people_per_min[arcs], street=self.street[arcs],
            closed=self.closed[arcs], reverse=place[self.reverse[arcs]],
            own_min=None if self.own_min is None else self.own_min[arcs],
        )  # fmt: skip

    def minutes(self, speed_m_per_s: float) -> Floats:
        """Give the exact minutes along each arc at a walking speed."""
        speed = np.minimum(speed_m_per_s * self.pace, self.speed_limit_m_per_s)
        minutes = self.length_m / speed / 60
        if self.own_min is None:
            return minutes
        return np.where(np.isnan(self.own_min), minutes, self.own_min)

    def whole_capacity(self, *, scale: int = 1, up: bool = False) -> Ints:
        """Give what fits per minute in units of 1/scale of a person, rounded down or up."""
        exact = np.minimum(self.people_per_min * scale, UNBOUNDED)
        whole = np.ceil(exact - 1e-9) if up else np.floor(exact + 1e-9)
        return np.where(self.closed, 0, whole).astype(np.int64)


def pick(number: LowBestHigh, end: End) -> float:
    """Take the low, best or high figure."""
    return float(getattr(number, end))


def means_of(group: Group, city: City) -> Means:
    """Tell how a group moves: on foot unless stated, by car where the city can only be driven."""
    if group.means != "usual":
        return group.means
    return "car" if city.mode == "vehicle" else "walk"


def walkways_by_group(
    city: City, movement: Movement, groups: tuple[Group, ...], *, end: End = "best"
) -> tuple[Walkways, ...]:
    """Lay out each group's network; arcs are the same for all, one after the other.

    Groups that move alike have the very same ``Walkways``.
    """
    alike = [(means_of(group, city), group.takes_steps) for group in groups]
    laid = {
        each: walkways(city, movement, end=end, means=each[0], steps=each[1])
        for each in dict.fromkeys(alike)
    }
    return tuple(laid[each] for each in alike)


def walkways(
    city: City, movement: Movement, *, end: End = "best", means: Means | None = None,
    steps: bool = True,
) -> Walkways:  # fmt: skip
    """Lay out a city's network; ``end`` picks the capacities' low, best or high figure.

    Steps slow people down and let fewer through, by the shares of their class in
    ``city/data/highways.csv``; at the high end they are taken for level ground. ``means``
    says who moves (those the city is made for, if not given), ``steps`` whether they get
    over steps.
    """
    streets, zones = city.streets, city.zones
    n, m, d = streets.n_nodes, streets.n_streets, len(zones.door_zone)
    means = means or ("car" if city.mode == "vehicle" else "walk")
    pace = np.ones(m)
    if means in ON_FOOT:
        rate = streets.width_m * pick(movement.people_per_m_per_s, end) * 60
        limit = np.full(m, np.inf)
        if end != "high":
            pace, rate = streets.walk_factor, rate * streets.flow_factor
        if means == "stretcher":
            rate = rate / pick(movement.walkers_per_stretcher, _OTHER_END[end])
        if not steps and "steps" in streets.highway_names:
            rate = np.where(streets.highway == streets.highway_names.index("steps"), 0, rate)
        if not city.schematic and city.mode == "vehicle":
            rate = np.zeros(m)
    else:
        rate, limit = _driven(city, movement, means, end)
    closed = rate <= 0
    if city.schematic:  # a crossing is an end there, not a way through
        closed |= np.isin(streets.tail, [crossing.node for crossing in city.crossings])
    left, inside = _left(city)
    closed |= left == 0
    open_ends = np.concatenate([streets.tail[~closed], streets.head[~closed]])
    # who lives at a crossing in a closed area must not pass it without a step in a street
    no_door = inside[zones.door_node] & ~np.isin(zones.door_node, open_ends)
    zone_node = n + np.arange(len(zones))
    return Walkways(
        n_nodes=n + len(zones),
        tail=np.concatenate([streets.tail, zone_node[zones.door_zone]]),
        head=np.concatenate([streets.head, zones.door_node]),
        length_m=np.concatenate([streets.length_m, zones.door_m]),
        speed_limit_m_per_s=np.concatenate([limit, np.full(d, np.inf)]),
        pace=np.concatenate([pace, np.ones(d)]),
        people_per_min=np.concatenate([rate * left, np.full(d, np.inf)]),
        street=np.concatenate([np.arange(m), np.full(d, -1)]),
        closed=np.concatenate([closed, no_door]),
        reverse=np.concatenate([_reverse(streets, on_foot=means in ON_FOOT), np.full(d, -1)]),
        zone_node=zone_node,
        on_foot=means in ON_FOOT,
        apart=not movement.vehicles_among_walkers,
    )


def _driven(city: City, movement: Movement, means: Means, end: End) -> tuple[Floats, Floats]:
    """Give people per minute and the speed limit [m/s] of those who drive: (streets,) each."""
    streets = city.streets
    lanes, kmh = streets.lanes, np.maximum(streets.speed_kmh, 1)
    if city.schematic:
        lanes = np.maximum(np.floor(streets.width_m / SCHEMATIC_M_PER_LANE_EACH_WAY), 1)
        kmh = np.full(streets.n_streets, SCHEMATIC_KMH)
    seats = movement.people_per_ambulance if means == "ambulance" else movement.people_per_vehicle
    rate = lanes * pick(movement.vehicles_per_lane_per_min, end) * pick(seats, end)
    return rate, kmh / 3.6


def _left(city: City) -> tuple[Floats, Flags]:
    """Give the share of its width that hazards leave each street at all times: (streets,).

    Then the junctions in closed areas: (nodes,).
    """
    left = np.ones(city.streets.n_streets)
    inside = np.zeros(city.streets.n_nodes, bool)
    for hazard in city.hazards:
        if hazard.overridden or hazard.hours:
            continue
        left = np.minimum(left, hazard.left)
        if hazard.effect != "narrowed":
            inside |= hazard.nodes
    return left, inside


def _reverse(streets: StreetMap, *, on_foot: bool) -> Ints:
    """Pair the two directions of each street that is walked both ways."""
    twin = np.full(streets.n_streets, -1, np.int64)
    if not on_foot:
        return twin  # lanes are counted for each direction
    waiting: dict[tuple[float, ...], list[int]] = {}
    ends = zip(
        streets.tail.tolist(), streets.head.tolist(), streets.way_id.tolist(),
        streets.length_m.round(2).tolist(), streets.width_m.round(2).tolist(), strict=True,
    )  # fmt: skip
    for arc, (tail, head, *same) in enumerate(ends):
        partners = waiting.get((head, tail, *same))
        if partners:
            other = partners.pop()
            twin[arc], twin[other] = other, arc
        else:
            waiting.setdefault((tail, head, *same), []).append(arc)
    return twin


def near_point(streets: StreetMap, lat: float, lon: float, radius_m: float) -> Flags:
    """Tell which streets come within a radius of a point, by their geometry: (streets,)."""
    xy = to_metres(streets.shape_lat, streets.shape_lon, lat, lon)
    a, b = xy[:-1], xy[1:]
    along = b - a
    square = np.maximum((along**2).sum(axis=1), 1e-12)
    t = np.clip(-(a * along).sum(axis=1) / square, 0, 1)
    away = np.hypot(*(a + t[:, None] * along).T)
    first = streets.shape_start[:-1]
    pieces = np.diff(streets.shape_start) - 1
    owner = np.repeat(np.arange(streets.n_streets), pieces)
    position = np.arange(len(owner)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    nearest = np.full(streets.n_streets, np.inf)
    np.minimum.at(nearest, owner, away[first[owner] + position])
    return np.asarray(nearest <= radius_m)
