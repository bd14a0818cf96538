"""Read the streets that a case names, whatever kind of file they stand in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import InputError
from safepassage.base.geo import distance_m
from safepassage.base.progress import Progress, silent
from safepassage.city.clip import Area, box_area, read_area

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.case import LoadedCase
    from safepassage.case.model import CasePlace
    from safepassage.city.model import StreetMap
    from safepassage.city.overpass import FetchedMap

__all__ = ["area_of", "check_place", "is_osm", "read_streets", "streets_file", "with_place"]

FARTHEST_M = 50_000
"""A map whose edge is farther from the case's place shows another place [m]."""


def is_osm(path: Path | None) -> bool:
    """Tell by its name whether a file is OpenStreetMap data."""
    return path is not None and path.name.lower().endswith((".pbf", ".osm", ".osm.gz"))


def with_place(loaded: LoadedCase, place: str) -> LoadedCase:
    """Let a case's streets be fetched for a place, instead of those that it names."""
    instead = {"place": place, "streets": None, "links": None, "geopackage": None}
    city = loaded.case.city.model_copy(update=instead)
    return replace(loaded, case=loaded.case.model_copy(update={"city": city}))


def streets_file(loaded: LoadedCase, *, progress: Progress = silent) -> Path | None:
    """Give the file that a case's streets are in, fetched if it names a place; None without.

    Raises
    ------
    InputError
        If it has to be fetched and cannot.

    """
    city = loaded.case.city
    if city.place:
        return _fetched(loaded, progress).path
    return None if city.streets is None else loaded.path(city.streets)


def _fetched(loaded: LoadedCase, progress: Progress) -> FetchedMap:
    from safepassage.city.overpass import fetch_streets  # noqa: PLC0415 - only where asked

    city, place = loaded.case.city, loaded.case.place
    around = (place.lat, place.lon, city.radius_km) if city.radius_km else None
    return fetch_streets(city.place, around=around, kind=city.fetch, progress=progress)


def read_streets(loaded: LoadedCase, *, progress: Progress = silent) -> StreetMap:
    """Read the streets of a case from its file: OpenStreetMap data, or lines.

    Raises
    ------
    InputError
        If a file is bad, or shows another place than the case names.

    """
    case = loaded.case
    area = area_of(loaded)
    path = streets_file(loaded, progress=progress) or loaded.folder
    if case.city.place and area is None and case.city.fetch == "geofabrik":
        area = _fetched(loaded, progress).area
    if is_osm(path):
        from safepassage.city.osm import read_osm  # noqa: PLC0415 - osmium only where needed

        streets = read_osm(path, mode=case.city.mode, area=area, progress=progress)
    else:
        from safepassage.city.lines import LineSource, read_lines  # noqa: PLC0415

        source = LineSource(
            columns=case.city.columns,
            classes={each.value: each.highway for each in case.city.classes},
            crs=case.city.crs,
            layer=case.city.layer,
            join_m=case.city.join_m,
        )
        streets = read_lines(path, source, mode=case.city.mode, area=area, progress=progress)
    check_place(path, streets, case.place)
    return streets


def area_of(loaded: LoadedCase) -> Area | None:
    """Give the box or the polygon that a case cuts its map to; None where it names none."""
    city = loaded.case.city
    if city.clip is not None:
        return read_area(loaded.path(city.clip), crs=city.crs)
    return None if city.box is None else box_area(city.box)


def check_place(path: Path, streets: StreetMap, place: CasePlace) -> None:
    """Refuse a map of another place, and tell where coordinates look swapped.

    Raises
    ------
    InputError
        If the map lies far from the place.

    """
    if _away_m(streets, place.lat, place.lon) <= FARTHEST_M:
        return
    west, east = streets.lon.min(), streets.lon.max()
    south, north = streets.lat.min(), streets.lat.max()
    swapped = _away_m(streets, place.lon, place.lat) <= FARTHEST_M
    raise InputError.one(
        str(path),
        f"is a map of another place: it covers {west:.4f}, {south:.4f}, {east:.4f}, {north:.4f} "
        f"(west, south, east, north), and {place.name} lies at latitude {place.lat:g}, "
        f"longitude {place.lon:g}",
        "Latitude and longitude are swapped, in the map or in the case's place."
        if swapped
        else "Name the map of this place, or correct place.lat and place.lon.",
    )


def _away_m(streets: StreetMap, lat: float, lon: float) -> float:
    """Measure from a point to the box around the streets [m]."""
    near_lat = np.clip(lat, streets.lat.min(), streets.lat.max())
    near_lon = np.clip(lon, streets.lon.min(), streets.lon.max())
    return float(distance_m(lat, lon, near_lat, near_lon))
