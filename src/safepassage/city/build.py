"""Bring streets, zones, crossings and hazards of a case together into one ``City``."""

from __future__ import annotations

from hashlib import file_digest
from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.base.geo import distance_m
from safepassage.base.progress import Progress, silent
from safepassage.base.provenance import OSM_ATTRIBUTION, Source
from safepassage.city.attach import zones_at
from safepassage.city.crossings import moved_told, off_the_map, snapped
from safepassage.city.hazards import lay_hazards
from safepassage.city.locate import located_case
from safepassage.city.model import City, Crossing, StreetMap, Zones
from safepassage.city.people import counted, settle, whole_people
from safepassage.city.reach import without_a_way
from safepassage.city.schematic import schematic_streets
from safepassage.city.streets import is_osm, read_streets, streets_file
from safepassage.city.zones import zone_rows

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.case import LoadedCase
    from safepassage.case.model import Corridor
    from safepassage.city.zones import ZoneRow

__all__ = ["build_city", "city_inputs"]

_OUTSIDE_M = 2000.0
"""A crossing may lie so far outside zones that measure less across (an assumption)."""


def city_inputs(loaded: LoadedCase) -> tuple[Source, ...]:
    """Name the files the city is made from, with their hashes."""
    streets = streets_file(loaded)
    named = [loaded.path(file) for key, file in loaded.case.files() if key[-1] != "streets"]
    paths = dict.fromkeys((*([streets] if streets else []), *named))
    return tuple(Source(path.name, _sha256(path)) for path in paths)


def _sha256(path: Path) -> str:
    """Hash a file, however large."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def build_city(
    loaded: LoadedCase, *, progress: Progress = silent, without_a_way_out: bool = False
) -> City:
    """Build the city of a case.

    Parameters
    ----------
    loaded
        The case.
    progress
        Told what is going on.
    without_a_way_out
        Whether zones that no street leads out of may be in it: to be shown, not planned.

    Raises
    ------
    InputError
        If a file is bad, a corridor or a zone lies off the map, or a zone has no
        way out; all faults of a kind together.

    """
    loaded = located_case(loaded, progress=progress)
    if loaded.case.city.geopackage is None:
        city = _made(loaded, progress)
    else:
        from safepassage.city.given import given_city  # noqa: PLC0415 - GDAL only where needed

        city = given_city(loaded, progress=progress)
    if not without_a_way_out:
        _everyone_has_a_way_out(city, loaded.case.corridors)
    return city


def _made(loaded: LoadedCase, progress: Progress) -> City:
    """Make a city of a case's streets, zones, positions and hazards."""
    case = loaded.case
    rows, said = zone_rows(loaded)
    located = [corridor for corridor in case.corridors if corridor.position]
    drawn = bool(case.city.streets or case.city.place)
    if not drawn:
        if not rows:
            raise InputError.one(
                "case.toml: city", "names neither `streets` nor `zones`",
                "Name an OpenStreetMap file, or a table of zones with links.",
            )  # fmt: skip
        rows, people = counted(loaded, rows)
        streets, zones, crossings = _schematic(loaded, rows, located)
    else:
        streets = read_streets(loaded, progress=progress)
        crossings = snapped(loaded, streets, located)
        zones, people, assumed = settle(loaded, rows, streets)
        said = (*said, *assumed, *moved_told(located, crossings))
    hazards, cleared = lay_hazards(loaded, streets)
    osm = (OSM_ATTRIBUTION,) if case.city.place or is_osm(case.city.streets) else ()
    return City(
        name=case.place.name, schematic=not drawn, mode=case.city.mode,
        streets=streets, zones=whole_people(zones), crossings=tuple(crossings),
        hazards=hazards, cleared=cleared, people=people,
        attribution=(*osm, *case.city.attribution), assumptions=tuple((each, "") for each in said),
    )  # fmt: skip


def _schematic(
    loaded: LoadedCase, rows: list[ZoneRow], located: list[Corridor]
) -> tuple[StreetMap, Zones, list[Crossing]]:
    positions = [corridor.position for corridor in located if corridor.position]
    _near_the_zones(rows, located)
    streets = schematic_streets(loaded, rows, positions)
    zones = zones_at(rows, [[(i, 0.0, 1.0)] for i in range(len(rows))])
    crossings = [
        Crossing(corridor.id, len(rows) + i, at.lat, at.lon, 0.0, at.accuracy_m)
        for i, (corridor, at) in enumerate(zip(located, positions, strict=True))
    ]
    return streets, zones, crossings


def _near_the_zones(rows: list[ZoneRow], located: list[Corridor]) -> None:
    """Refuse a corridor that lies off the map that the zones make."""
    lat, lon = np.array([r.lat for r in rows]), np.array([r.lon for r in rows])
    south, west, north, east = lat.min(), lon.min(), lat.max(), lon.max()
    across_m = (distance_m(south, west, north, west), distance_m(south, west, south, east))
    farthest_m = max(float(max(across_m)), _OUTSIDE_M)
    faults = []
    for corridor in located:
        if (at := corridor.position) is None:
            continue
        edge = np.clip(at.lat, south, north), np.clip(at.lon, west, east)
        if (away_m := float(distance_m(at.lat, at.lon, *edge))) > farthest_m:
            away = f"far outside the zones ({away_m / 1000:,.1f} km, more than they measure across)"
            faults.append(off_the_map(corridor, away))
    if faults:
        raise InputError(faults)


def _everyone_has_a_way_out(city: City, corridors: tuple[Corridor, ...]) -> None:
    """Refuse a city in which the streets of a zone lead to no civilian crossing."""
    civilian = {c.id for c in corridors if c.position and c.users == "civilian"}
    if not civilian:
        return  # nothing is located: the plan says so, and moves nobody
    faults = [
        Fault(f"zone {city.zones.names[i]}",
              "has no way out: no street leads from it to a civilian crossing",
              "Add a link or a crossing, or leave the zone out and say so.")
        for i in np.flatnonzero(without_a_way(city, civilian))
    ]  # fmt: skip
    if faults:
        raise InputError(faults)
