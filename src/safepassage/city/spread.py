"""Put people on a street map: spread them where no census helps, find the nearest junction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, overload

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from safepassage.base.errors import InputError
from safepassage.base.geo import distance_m, to_metres
from safepassage.city.doors import choose_doors
from safepassage.city.highways import highway_classes
from safepassage.city.model import Zones
from safepassage.city.parts import parts_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.city.model import Floats, Ints, StreetMap

__all__ = ["nearest_node", "spread_people"]

_PARTS_PER_CELL = 100
"""A straight piece of street is cut into parts of at most this share of a cell, so
that its length falls into the right cells to 1 % of a cell's side."""
_FINEST_CELL_M = 10.0


@overload
def nearest_node(streets: StreetMap, lat: float, lon: float) -> tuple[int, float]: ...
@overload
def nearest_node(streets: StreetMap, lat: Floats, lon: Floats) -> tuple[Ints, Floats]: ...
def nearest_node(
    streets: StreetMap, lat: float | Floats, lon: float | Floats
) -> tuple[int, float] | tuple[Ints, Floats]:
    """Find the junction nearest to each position, as the crow flies.

    On a map for both people on foot and vehicles it is one that both can get to.

    Parameters
    ----------
    streets
        The map, with one junction at least.
    lat, lon
        Degrees, numbers or arrays of one shape.

    Returns
    -------
    The junctions' indices and the distances [m]: numbers for numbers, arrays for
    arrays.

    """
    centre = float(streets.lat.mean()), float(streets.lon.mean())
    wanted_lat, wanted_lon = np.atleast_1d(np.asarray(lat, float), np.asarray(lon, float))
    among = _for_everybody(streets)
    tree = cKDTree(to_metres(streets.lat[among], streets.lon[among], *centre))
    _, found = tree.query(to_metres(wanted_lat.ravel(), wanted_lon.ravel(), *centre))
    node = among[np.asarray(found, np.int64)].reshape(wanted_lat.shape)
    away = distance_m(wanted_lat, wanted_lon, streets.lat[node], streets.lon[node])
    if np.ndim(lat) == 0 and np.ndim(lon) == 0:
        return int(node[0]), float(away[0])
    return node, away


def _for_everybody(streets: StreetMap) -> Ints:
    """List junctions that people on foot and vehicles get to, on a map made for both.

    Vehicles get from any of them to any other.
    """
    walked, driven = streets.open_to["walk"], streets.open_to["vehicle"]
    every = np.arange(streets.n_nodes)
    if walked.all() or driven.all():
        return every
    ends = streets.tail[driven], streets.head[driven]
    graph = coo_array((np.ones(len(ends[0])), ends), shape=(streets.n_nodes,) * 2)
    _, part = connected_components(graph, directed=True, connection="strong")
    around = part == np.bincount(part).argmax()
    around[np.setdiff1d(every, np.union1d(streets.tail[walked], streets.head[walked]))] = False
    return np.flatnonzero(around) if around.any() else every


def spread_people(
    streets: StreetMap, people: LowBestHigh, *, cell_m: float = 500, doors: int = 1,
    detour: float = 1.3, split: bool = False,
) -> tuple[Zones, str]:  # fmt: skip
    """Spread people over streets with homes, evenly by length, in square cells.

    A last resort where nothing is known of who lives where.

    Parameters
    ----------
    streets
        The map. Streets with homes are those whose class says so in
        ``data/highways.csv``; where the map has none, all its streets.
    people
        All people inside.
    cell_m
        Side of a cell [m], 10 or more.
    doors, detour
        With more than one, the people of a cell start from up to so many junctions, each
        reached by ``detour`` metres for each metre as the crow flies.
    split
        Make the people of each door a zone.

    Returns
    -------
    One zone for each cell with such a street, named ``cell EAST-NORTH``, counted from
    1 at the map's south-west corner. Its middle is the middle of its street length,
    and its people start from the nearest junction. Then a sentence that says what was
    assumed.

    Raises
    ------
    InputError
        If the cell is too small or the people are fewer than none.

    """
    if not (np.isfinite(cell_m) and cell_m >= _FINEST_CELL_M):
        raise InputError.one(
            f"cell of {cell_m:g} m", "is too small a square", "Give 10 m or more, such as 500."
        )
    if people.low < 0:
        raise InputError.one(f"people: {people}", "is below zero", "Give counts of people.")
    with_homes, said = _with_homes(streets)
    lat, lon, length = _parts(streets, with_homes, cell_m / _PARTS_PER_CELL)
    corner = float(streets.shape_lat.min()), float(streets.shape_lon.min())
    middle_lat = (corner[0] + float(streets.shape_lat.max())) / 2
    metres = to_metres(lat, lon, middle_lat, corner[1])
    metres[:, 1] -= to_metres(corner[0], corner[1], middle_lat, corner[1])[0, 1]
    cells, cell = np.unique(
        np.maximum(metres // cell_m, 0).astype(np.int64), axis=0, return_inverse=True
    )
    weight = np.bincount(cell.ravel(), weights=length)
    zone_lat = np.bincount(cell.ravel(), weights=length * lat) / weight
    zone_lon = np.bincount(cell.ravel(), weights=length * lon) / weight
    node, access_m = nearest_node(streets, zone_lat, zone_lon)
    share = weight / weight.sum()
    names = tuple(f"cell {east + 1}-{north + 1}" for east, north in cells.tolist())
    zones = Zones(
        ids=names,
        names=names,
        names_ar=("",) * len(names),
        lat=zone_lat,
        lon=zone_lon,
        low=people.low * share,
        best=people.best * share,
        high=people.high * share,
        node=node,
        access_m=access_m,
    )
    if doors > 1:
        at, _ = nearest_node(streets, lat, lon)
        zones = _with_doors(zones, streets, cell.ravel(), at, length, doors, detour, apart=split)
        zones = parts_of(zones, streets) if split else zones
    return zones, (
        f"Where people live is not known: {people} people are spread evenly over "
        f"{weight.sum() / 1000:,.1f} km of {said}, in {len(names)} squares of {cell_m:g} m"
    )


def _with_doors(
    zones: Zones, streets: StreetMap, cell: Ints, at: Ints, length: Floats, most: int,
    detour: float, *, apart: bool,
) -> Zones:  # fmt: skip
    """Give cells several doors, among the junctions nearest to their parts of streets."""
    order = np.argsort(cell, kind="stable")
    starts = np.searchsorted(cell[order], np.arange(len(zones) + 1))
    rows: list[tuple[int, int, float, float]] = []
    main = []
    for i in range(len(zones)):
        mine = order[starts[i] : starts[i + 1]]
        junctions, which = np.unique(at[mine], return_inverse=True)
        metres = np.bincount(which.ravel(), weights=length[mine]).astype(np.float64)
        found = choose_doors(streets, junctions, metres, most, detour, apart=apart)
        main.append(found[0])
        rows += [(i, *door) for door in found]
    zone, node, away, share = (np.array(column) for column in zip(*rows, strict=True))
    return replace(
        zones, node=np.array([door[0] for door in main]),
        access_m=np.array([door[1] for door in main]), door_zone=zone, door_node=node,
        door_m=away, door_share=share,
    )  # fmt: skip


def _with_homes(streets: StreetMap) -> tuple[NDArray[np.bool_], str]:
    """Choose streets that people live along, each once, and name them."""
    once = streets.once & (streets.length_m > 0)
    table = highway_classes()
    homes = np.array([name in table and table[name].homes for name in streets.highway_names])
    chosen = once & homes[streets.highway]
    if chosen.any():
        return chosen, "streets with homes, by their class in OpenStreetMap"
    return once, "streets of every class, as none is of a class with homes"


def _parts(
    streets: StreetMap, chosen: NDArray[np.bool_], longest_m: float
) -> tuple[Floats, Floats, Floats]:
    """Cut the drawn lines of streets into short parts: middles in degrees, lengths [m]."""
    street = np.repeat(np.arange(streets.n_streets), np.diff(streets.shape_start))
    start = np.flatnonzero((street[:-1] == street[1:]) & chosen[street[:-1]])
    lat, lon = streets.shape_lat, streets.shape_lon
    length = distance_m(lat[start], lon[start], lat[start + 1], lon[start + 1])
    start, length = start[length > 0], length[length > 0]
    count = np.maximum(np.ceil(length / longest_m), 1).astype(np.int64)
    piece = np.repeat(np.arange(len(start)), count)
    place = np.arange(len(piece)) - np.repeat(np.cumsum(count) - count, count)
    along = (place + 0.5) / count[piece]
    at = start[piece]
    return (
        lat[at] + along * (lat[at + 1] - lat[at]),
        lon[at] + along * (lon[at + 1] - lon[at]),
        length[piece] / count[piece],
    )
