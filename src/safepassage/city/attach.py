"""Attach zones to the junctions that their people start from, several for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.city.doors import choose_doors
from safepassage.city.highways import highway_classes
from safepassage.city.model import Zones
from safepassage.city.parts import parts_of
from safepassage.city.spread import nearest_node
from safepassage.city.vector import in_parts

if TYPE_CHECKING:
    from safepassage.case import LoadedCase
    from safepassage.city.doors import Door
    from safepassage.city.model import Floats, Ints, StreetMap
    from safepassage.city.zones import ZoneRow

__all__ = ["attach", "zones_at"]

_ZONE_FARTHER = 4
"""A zone may lie this many times as far from a street as a crossing."""


def attach(loaded: LoadedCase, rows: list[ZoneRow], streets: StreetMap) -> Zones:
    """Put zones on a street map.

    A zone that is a point has one door, its nearest junction. One that is a polygon has up
    to ``city.doors``: junctions in it, chosen so that its people, who live at junctions by
    the length of streets with homes there or where a raster has them, have least to walk to
    the nearest. The way to a door is that of all its people on average, ``city.detour``
    times the straight line; with ``city.split_zones`` each door's people are a zone.

    Raises
    ------
    InputError
        If zones lie off the map; all together.

    """
    city = loaded.case.city
    node, away = nearest_node(
        streets, np.array([row.lat for row in rows]), np.array([row.lon for row in rows])
    )
    farthest = _ZONE_FARTHER * city.max_snap_m
    weights = _people_at(streets)
    doors: list[list[Door]] = []
    faults = []
    spots = _junctions_of_spots(rows, streets, farthest)
    for i, row in enumerate(rows):
        live = spots.get(i) or _along_streets(row, streets, weights)
        if live is not None:
            doors.append(
                choose_doors(streets, *live, city.doors, city.detour, apart=city.split_zones)
            )
            continue
        doors.append([(int(node[i]), float(away[i]), 1.0)])
        if away[i] > farthest:
            faults.append(_off_the_map(row, float(away[i]), streets, farthest))
    if faults:
        raise InputError(faults)
    zones = zones_at(rows, doors)
    return parts_of(zones, streets) if city.split_zones else zones


def zones_at(rows: list[ZoneRow], doors: list[list[Door]]) -> Zones:
    """Make zones of rows and the doors of each, the main one first."""
    every = [(i, *door) for i, some in enumerate(doors) for door in some]
    zone, node, metres, share = (np.array(column) for column in zip(*every, strict=True))
    return Zones(
        ids=tuple(row.id for row in rows), names=tuple(row.name for row in rows),
        names_ar=tuple(row.name_ar for row in rows), pcodes=tuple(row.pcode for row in rows),
        lat=np.array([row.lat for row in rows]), lon=np.array([row.lon for row in rows]),
        low=np.array([row.people.low for row in rows], np.float64),
        best=np.array([row.people.best for row in rows], np.float64),
        high=np.array([row.people.high for row in rows], np.float64),
        node=np.array([some[0][0] for some in doors], np.int64),
        access_m=np.array([some[0][1] for some in doors], np.float64),
        door_zone=zone.astype(np.int64), door_node=node.astype(np.int64),
        door_m=metres.astype(np.float64), door_share=share.astype(np.float64),
        shapes=np.array([*(row.shape and in_parts(row.shape) for row in rows), None], object)[:-1],
    )  # fmt: skip


def _off_the_map(row: ZoneRow, away: float, streets: StreetMap, farthest: float) -> Fault:
    swapped = abs(row.lon) <= 90 and nearest_node(streets, row.lon, row.lat)[1] <= farthest
    return Fault(
        f"zone {row.name}", f"lies {away:,.0f} m from the nearest street",
        "Its latitude and longitude are swapped." if swapped
        else "Check that lat and lon are not swapped, or use a larger map.",
    )  # fmt: skip


def _people_at(streets: StreetMap) -> Floats:
    """Give the metres of streets with homes at each junction, half of each street: (nodes,)."""
    table = highway_classes()
    homes = np.array([name in table and table[name].homes for name in streets.highway_names])
    chosen = streets.once & homes[streets.highway]
    if not chosen.any():
        chosen = streets.once
    half = streets.length_m[chosen] / 2
    ends = np.concatenate([streets.tail[chosen], streets.head[chosen]])
    found = np.bincount(ends, weights=np.tile(half, 2), minlength=streets.n_nodes)
    return np.asarray(found, np.float64)


def _junctions_of_spots(
    rows: list[ZoneRow], streets: StreetMap, farthest: float
) -> dict[int, tuple[Ints, Floats]]:
    """Give, for zones of which a raster tells, junctions and how many people are at each."""
    told = [(i, row.spots) for i, row in enumerate(rows) if row.spots is not None]
    if not told:
        return {}
    spots = np.concatenate([each for _, each in told])
    zone = np.repeat([i for i, _ in told], [len(each) for _, each in told])
    node, away = nearest_node(streets, spots[:, 0], spots[:, 1])
    near = away <= farthest
    found = {}
    for i, _ in told:
        mine = near & (zone == i)
        if mine.any():
            at, which = np.unique(node[mine], return_inverse=True)
            people = np.bincount(which.ravel(), weights=spots[mine, 2])
            found[i] = at, np.asarray(people, np.float64)
    return found


def _along_streets(row: ZoneRow, streets: StreetMap, weights: Floats) -> tuple[Ints, Floats] | None:
    """Give the junctions in a zone with homes, and how many at each; None where it has none."""
    import shapely  # noqa: PLC0415 - only where zones have shapes

    if row.shape is None:
        return None
    west, south, east, north = row.shape.bounds
    boxed = np.flatnonzero(
        (streets.lon >= west) & (streets.lon <= east)
        & (streets.lat >= south) & (streets.lat <= north)
        & (weights > 0)
    )  # fmt: skip
    shapely.prepare(row.shape)
    inside = boxed[shapely.intersects_xy(row.shape, streets.lon[boxed], streets.lat[boxed])]
    return (inside, weights[inside]) if len(inside) else None
