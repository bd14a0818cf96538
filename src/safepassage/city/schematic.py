"""Make a street map out of zones and the borders between them, openly schematic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.base.geo import distance_m
from safepassage.city.model import StreetMap
from safepassage.city.table import figure_of, first_of, read_rows

if TYPE_CHECKING:
    from safepassage.case import LoadedCase
    from safepassage.case.model import Position
    from safepassage.city.zones import ZoneRow

__all__ = ["CROSSING_LINKS", "schematic_streets"]

CROSSING_LINKS = 2
"""A crossing is joined to this many zones, the nearest ones: an assumption."""

SHORTEST = 0.5
"""A link may be shorter than the straight line between its zones' middles, whose places
are rough, but not by more than this share: then a figure or a unit is wrong."""

FARTHEST_M = 1e6
"""Neighbouring zones of one city are not a thousand kilometres apart."""


def schematic_streets(
    loaded: LoadedCase, rows: list[ZoneRow], crossings: list[Position]
) -> StreetMap:
    """Join each zone to its neighbours and each crossing to the zones nearest to it.

    Nodes 0 … zones − 1 are the zones' middles; then one node per crossing follows.
    A link is ``detour`` times the straight distance long and as wide as one street
    for each stretch of shared border (case.toml, ``[city]``).

    Raises
    ------
    InputError
        If a link names a zone that is not there, or has no length.

    """
    city = loaded.case.city
    if city.links is None:
        raise InputError.one("city", "needs `streets`, or `zones` and `links`", "Name the files.")
    lat = np.array([row.lat for row in rows] + [c.lat for c in crossings])
    lon = np.array([row.lon for row in rows] + [c.lon for c in crossings])
    a, b, length, width = _links(loaded, rows)
    n = len(rows)
    for node in range(n, len(lat)):
        away = distance_m(lat[:n], lon[:n], lat[node], lon[node])
        for zone in np.argsort(away, kind="stable")[:CROSSING_LINKS]:
            a.append(int(zone))
            b.append(node)
            length.append(float(away[zone]) * city.detour)
            width.append(city.street_width_m)
    return _both_ways(lat, lon, np.array(a), np.array(b), np.array(length), np.array(width))


def _links(
    loaded: LoadedCase, rows: list[ZoneRow]
) -> tuple[list[int], list[int], list[float], list[float]]:
    city = loaded.case.city
    path = loaded.path(city.links) if city.links else loaded.folder
    index = {row.id: i for i, row in enumerate(rows)}
    a: list[int] = []
    b: list[int] = []
    length: list[float] = []
    width: list[float] = []
    faults = []
    for number, row in read_rows(path, {"a", "b", "distance_m", "shared_border_m"}):
        try:
            one, other, away, border = _link(row, rows, index)
        except ValueError as error:
            faults.append(Fault(f"{path}, line {number}", str(error), "Correct it."))
            continue
        a.append(one)
        b.append(other)
        length.append(away * city.detour)
        width.append(max(1, round(border / city.border_m_per_street)) * city.street_width_m)
    if faults:
        raise InputError(first_of(faults))
    return a, b, length, width


def _link(
    row: dict[str, str], rows: list[ZoneRow], index: dict[str, int]
) -> tuple[int, int, float, float]:
    """Check a row of the links table; gives both zones, the distance and the border."""
    for end in ("a", "b"):
        if row[end] not in index:
            raise ValueError(f"names an unknown zone {row[end]!r}; use ids of the zones table")
    away, border = _metres(row, "distance_m"), _metres(row, "shared_border_m")
    if away <= 0:
        raise ValueError(f"has no length: distance_m is {away:g}, and must be above 0")
    if border < 0:
        raise ValueError(f"shared_border_m must not be negative (is {border:g})")
    one, other = rows[index[row["a"]]], rows[index[row["b"]]]
    straight = float(distance_m(one.lat, one.lon, other.lat, other.lon))
    if away < SHORTEST * straight:
        raise ValueError(
            f"says {away:,.10g} m from {one.id} to {other.id}, which lie {straight:,.0f} m apart "
            "in a straight line"
        )
    return index[one.id], index[other.id], away, border


def _metres(row: dict[str, str], column: str) -> float:
    try:
        value = figure_of(row[column])
    except ValueError:
        raise ValueError(f"{column} is not a number ({row[column]!r})") from None
    if not value <= FARTHEST_M:  # this refuses what is no number, too
        raise ValueError(f"{column} must be at most {FARTHEST_M:,.0f} m (is {value:g})")
    return value


def _both_ways(
    lat: np.ndarray, lon: np.ndarray, a: np.ndarray, b: np.ndarray,
    length: np.ndarray, width: np.ndarray,
) -> StreetMap:  # fmt: skip
    tail, head = np.concatenate([a, b]), np.concatenate([b, a])
    n = len(tail)
    ends = np.column_stack([tail, head]).ravel()
    return StreetMap(
        lat=lat, lon=lon, node_id=np.full(len(lat), -1),
        tail=tail, head=head, length_m=np.tile(length, 2), width_m=np.tile(width, 2),
        lanes=np.zeros(n), speed_kmh=np.zeros(n),
        highway=np.zeros(n, np.int64), highway_names=("schematic",),
        name=np.full(n, -1), street_names=(), way_id=np.full(n, -1),
        shape_start=np.arange(0, 2 * n + 1, 2), shape_lat=lat[ends], shape_lon=lon[ends],
    )  # fmt: skip
