"""Hold a city as frozen arrays: streets, zones with people, crossings, hazards."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from safepassage.base.window import iso_minute

if TYPE_CHECKING:
    from datetime import date

    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.base.window import Window

__all__ = ["City", "Clearing", "Crossing", "Hazard", "StreetMap", "Zones", "frozen"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_NOT_GIVEN = np.empty(0)
_OF_STREETS = (
    "bridge", "tunnel", "oneway", "width_tagged", "layer", "access", "walk_factor",
    "flow_factor", "vehicles_per_h",
)  # fmt: skip


def frozen(array: NDArray[np.generic]) -> NDArray[np.generic]:
    """Make an array read-only and give it back."""
    array.setflags(write=False)
    return array


@dataclass(frozen=True, slots=True)
class StreetMap:
    """Hold directed streets between junctions. A two-way street stands twice.

    Attributes
    ----------
    lat, lon
        Degrees WGS 84, shape (nodes,).
    node_id
        OpenStreetMap node id, or -1 where the map is schematic, shape (nodes,).
    tail, head
        Node indices, shape (streets,).
    length_m, width_m, lanes, speed_kmh
        Length along the street [m]; width people can walk on [m]; traffic lanes
        in this direction; driving speed [km/h]; shape (streets,). A street that
        cannot be walked has width 0, one that cannot be driven has no lanes: on a map for
        both, these say who may use each direction.
    highway
        Index into ``highway_names`` (OpenStreetMap's highway class), shape (streets,).
    name
        Index into ``street_names``, or -1, shape (streets,).
    way_id
        OpenStreetMap way id, or -1, shape (streets,).
    shape_start, shape_lat, shape_lon
        Geometry: points ``shape_start[i]:shape_start[i + 1]`` of the flat arrays
        draw street i from tail to head, ends included.
    left_out
        What was in the source and is not here: reason → count, told to the user.
    bridge, tunnel, oneway, width_tagged
        Whether a part of the street is a bridge or a tunnel; whether the mode may not go
        back along it; whether its width is tagged or the default of its class; shape
        (streets,).
    layer
        Above (1, 2, …) or below (-1, …) the ground, as tagged, shape (streets,).
    access
        Index into ``access_tags``: the tag that opens it, such as ``foot=yes``; -1 where
        its class does, shape (streets,).
    walk_factor, flow_factor
        Pace and flow of people on it, as a share of those on a level street (steps:
        less), shape (streets,).
    vehicles_per_h
        What its lanes carry in this direction, shape (streets,).

    All from ``bridge`` on are of no account where they are not given: false, 0, -1, 1 and 0.

    """

    lat: Floats
    lon: Floats
    node_id: Ints
    tail: Ints
    head: Ints
    length_m: Floats
    width_m: Floats
    lanes: Floats
    speed_kmh: Floats
    highway: Ints
    highway_names: tuple[str, ...]
    name: Ints
    street_names: tuple[str, ...]
    way_id: Ints
    shape_start: Ints
    shape_lat: Floats
    shape_lon: Floats
    left_out: dict[str, int] = field(default_factory=dict)
    bridge: Flags = field(default_factory=lambda: _NOT_GIVEN.astype(np.bool_))
    tunnel: Flags = field(default_factory=lambda: _NOT_GIVEN.astype(np.bool_))
    oneway: Flags = field(default_factory=lambda: _NOT_GIVEN.astype(np.bool_))
    width_tagged: Flags = field(default_factory=lambda: _NOT_GIVEN.astype(np.bool_))
    layer: Ints = field(default_factory=lambda: _NOT_GIVEN.astype(np.int64))
    access: Ints = field(default_factory=lambda: _NOT_GIVEN.astype(np.int64))
    access_tags: tuple[str, ...] = ()
    walk_factor: Floats = field(default_factory=lambda: _NOT_GIVEN)
    flow_factor: Floats = field(default_factory=lambda: _NOT_GIVEN)
    vehicles_per_h: Floats = field(default_factory=lambda: _NOT_GIVEN)

    def __post_init__(self) -> None:
        """Fill in what is not given, and make the arrays read-only."""
        defaults = {"access": -1, "walk_factor": 1, "flow_factor": 1}
        for name in _OF_STREETS:
            given = getattr(self, name)
            if not len(given) and self.n_streets:
                value = np.full(self.n_streets, defaults.get(name, 0), given.dtype)
                object.__setattr__(self, name, value)
        for slot in self.__slots__:
            value = getattr(self, slot)
            if isinstance(value, np.ndarray):
                frozen(value)

    @property
    def n_nodes(self) -> int:
        """Count the junctions."""
        return len(self.lat)

    @property
    def n_streets(self) -> int:
        """Count the directed streets."""
        return len(self.tail)

    @property
    def open_to(self) -> dict[str, Flags]:
        """Tell which directed streets each mode may use: (streets,) each."""
        walked, driven = np.asarray(self.width_m > 0), np.asarray(self.lanes > 0)
        return {"walk": walked, "vehicle": driven, "both": walked | driven}

    @property
    def once(self) -> Flags:
        """Mark one direction of each street: (streets,)."""
        lower, upper = np.minimum(self.tail, self.head), np.maximum(self.tail, self.head)
        # the two directions of a street share way, ends and length, down to the last digit
        same = np.column_stack([lower, upper, self.way_id, self.length_m.view(np.int64)])
        marked = np.zeros(self.n_streets, np.bool_)
        marked[np.unique(same, axis=0, return_index=True)[1]] = True
        return marked


@dataclass(frozen=True, slots=True)
class Zones:
    """Hold the neighbourhoods people leave from.

    Attributes
    ----------
    ids, names, names_ar
        One per zone; an Arabic name may be empty.
    lat, lon
        Degrees, shape (zones,).
    low, best, high
        People inside, shape (zones,).
    node
        The junction most of the zone's people live at, shape (zones,).
    access_m
        Walk from the zone's middle to that junction [m], shape (zones,).
    pcodes
        Place codes of the United Nations, empty where there is none.
    door_zone, door_node, door_m, door_share
        All junctions that zones' people start from: zone, junction, the walk of its people
        to there on average [m], and the share of them that lives nearest to it, shape
        (doors,). Where they are not given, each zone has ``node`` for its one door.
    shapes
        Their ground as shapely multipolygons, longitude first, None where a zone is a point,
        shape (zones,).

    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    names_ar: tuple[str, ...]
    lat: Floats
    lon: Floats
    low: Floats
    best: Floats
    high: Floats
    node: Ints
    access_m: Floats
    pcodes: tuple[str, ...] = ()
    door_zone: Ints = field(default_factory=lambda: _NOT_GIVEN.astype(np.int64))
    door_node: Ints = field(default_factory=lambda: _NOT_GIVEN.astype(np.int64))
    door_m: Floats = field(default_factory=lambda: _NOT_GIVEN)
    door_share: Floats = field(default_factory=lambda: _NOT_GIVEN)
    shapes: NDArray[np.object_] = field(default_factory=lambda: _NOT_GIVEN.astype(np.object_))

    def __post_init__(self) -> None:
        """Give every zone a door, and make the arrays read-only."""
        n = len(self.ids)
        if not self.pcodes:
            object.__setattr__(self, "pcodes", ("",) * n)
        if not len(self.shapes):
            object.__setattr__(self, "shapes", np.full(n, None, np.object_))
        if not len(self.door_zone):
            one_each = (np.arange(n), self.node.copy(), self.access_m.copy(), np.ones(n))
            for name, value in zip(
                ("door_zone", "door_node", "door_m", "door_share"), one_each, strict=True
            ):
                object.__setattr__(self, name, value)
        for slot in self.__slots__:
            value = getattr(self, slot)
            if isinstance(value, np.ndarray):
                frozen(value)

    def __len__(self) -> int:
        """Count the zones."""
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Crossing:
    """Place a corridor's crossing on the network.

    ``node`` is the junction where people pass; ``snapped_m`` says how far it lies
    from the stated position, ``accuracy_m`` how far that position may be wrong.
    """

    corridor: str
    node: int
    lat: float
    lon: float
    snapped_m: float
    accuracy_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Hazard:
    """Tell what a front line, a closed area or damage takes of the streets.

    Attributes
    ----------
    name, kind, reason, source, as_of
        What it is, why, who says so and of which day; ``kind`` is ``front line``,
        ``damage`` or as the case has it.
    effect
        ``closed`` to everybody; ``not cleared``, so that it carries nobody unless a dated
        source clears it or a person overrides; ``narrowed``.
    shapes
        Geometries in degrees, longitude first, shape (shapes,).
    within_m
        How near to them streets are taken [m].
    left
        Share of a street's width that is left, 1 where it takes nothing, (streets,).
    cleared
        Streets that it would take and a dated source has cleared, (streets,).
    nodes
        Junctions in it, (nodes,).
    hours
        When it holds; always where None.
    overridden
        Whether a person chose to plan as if it were cleared.
    width_left
        Share of its width that any street it takes keeps.

    """

    name: str
    kind: str
    effect: Literal["closed", "not cleared", "narrowed"]
    shapes: NDArray[np.object_]
    within_m: float
    left: Floats
    cleared: Flags
    nodes: Flags
    hours: Window | None = None
    reason: str = ""
    source: str = ""
    as_of: date | None = None
    overridden: bool = False
    width_left: float = 0.0

    def as_row(self) -> dict[str, Any]:
        """Give what is said of it, without the streets it takes, as documents hold it."""
        return {
            "name": self.name, "kind": self.kind, "effect": self.effect,
            "overridden": self.overridden, "within_m": self.within_m,
            "from": iso_minute(self.hours.start) if self.hours else None,
            "until": iso_minute(self.hours.end) if self.hours else None,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "reason": self.reason, "source": self.source,
        }  # fmt: skip

    @property
    def taken(self) -> Flags:
        """Tell which streets it closes or narrows: (streets,)."""
        return self.left < 1


@dataclass(frozen=True, slots=True, eq=False)
class Clearing:
    """Tell who cleared which streets, on which day, and who says so.

    ``shapes`` with ``within_m`` around them, or the streets called ``names``, are what was
    cleared; ``streets`` marks those that it opens, (streets,); ``older_than`` names hazards
    that it cannot speak of, since what is known of them is of a later day.
    """

    by: str
    on: date
    source: str
    shapes: NDArray[np.object_]
    within_m: float
    names: tuple[str, ...]
    streets: Flags
    older_than: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class City:
    """Hold everything the planner needs to know of a place."""

    name: str
    schematic: bool
    mode: Literal["walk", "vehicle", "both"]
    streets: StreetMap
    zones: Zones
    crossings: tuple[Crossing, ...]
    hazards: tuple[Hazard, ...]
    people: LowBestHigh
    attribution: tuple[str, ...]
    assumptions: tuple[tuple[str, str], ...]
    cleared: tuple[Clearing, ...] = ()
