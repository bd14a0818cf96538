"""Bring streets, zones, crossings and hazards of a case together into one ``City``."""

from __future__ import annotations

from hashlib import file_digest
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order

from safepassage.base.errors import Fault, InputError
from safepassage.base.progress import Progress, silent
from safepassage.base.provenance import OSM_ATTRIBUTION, Source
from safepassage.city.hazards import lay_hazards
from safepassage.city.model import City, Crossing, StreetMap, Zones
from safepassage.city.people import whole_people
from safepassage.city.schematic import schematic_streets
from safepassage.city.streets import is_osm, read_streets, streets_file
from safepassage.city.table import zone_rows

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.case import LoadedCase
    from safepassage.case.model import Corridor
    from safepassage.city.table import ZoneRow

__all__ = ["build_city", "city_inputs"]


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


def build_city(loaded: LoadedCase, *, progress: Progress = silent) -> City:
    """Build the city of a case.

    Raises
    ------
    InputError
        If a file is bad, a corridor or a zone lies off the map, or a zone has no
        way out; all faults of a kind together.

    """
    case = loaded.case
    rows, people = zone_rows(loaded)
    located = [corridor for corridor in case.corridors if corridor.position]
    assumptions: list[tuple[str, str]] = []
    drawn = bool(case.city.streets or case.city.place)
    if not drawn:
        if not rows:
            raise InputError.one(
                "case.toml: city", "names neither `streets` nor `zones`",
                "Name an OpenStreetMap file, or a table of zones with links.",
            )  # fmt: skip
        streets, zones, crossings = _schematic(loaded, rows, located)
    else:
        streets, zones, crossings, people = _on_streets(
            loaded, rows, located, people, assumptions, progress
        )
    hazards, cleared = lay_hazards(loaded, streets)
    osm = (OSM_ATTRIBUTION,) if case.city.place or is_osm(case.city.streets) else ()
    city = City(
        name=case.place.name, schematic=not drawn, mode=case.city.mode,
        streets=streets, zones=whole_people(zones), crossings=tuple(crossings),
        hazards=hazards, cleared=cleared, people=people,
        attribution=(*osm, *case.city.attribution), assumptions=tuple(assumptions),
    )  # fmt: skip
    _everyone_has_a_way_out(city, located)
    return city


def _schematic(
    loaded: LoadedCase, rows: list[ZoneRow], located: list[Corridor]
) -> tuple[StreetMap, Zones, list[Crossing]]:
    positions = [corridor.position for corridor in located if corridor.position]
    _near_the_zones(rows, located)
    streets = schematic_streets(loaded, rows, positions)
    zones = _zones(rows, np.arange(len(rows)), np.zeros(len(rows)))
    crossings = [
        Crossing(corridor.id, len(rows) + i, at.lat, at.lon, 0.0, at.accuracy_m)
        for i, (corridor, at) in enumerate(zip(located, positions, strict=True))
    ]
    return streets, zones, crossings


def _near_the_zones(rows: list[ZoneRow], located: list[Corridor]) -> None:
    """Refuse a corridor that lies off the map that the zones make."""
    lat, lon = np.array([r.lat for r in rows]), np.array([r.lon for r in rows])
    margin = max(float(np.ptp(lat)), float(np.ptp(lon)), 0.01)
    faults = [
        _outside(corridor, "far outside the zones")
        for corridor in located
        if (at := corridor.position)
        and not (
            lat.min() - margin <= at.lat <= lat.max() + margin
            and lon.min() - margin <= at.lon <= lon.max() + margin
        )
    ]
    if faults:
        raise InputError(faults)


def _outside(corridor: Corridor, what: str) -> Fault:
    at = corridor.position
    place = f"{at.lat:g}, {at.lon:g}" if at else "?"
    return Fault(
        f"case.toml: corridors, {corridor.id}", f"its position {place} lies {what}",
        "Check that lat and lon are not swapped, or use a larger map.",
    )  # fmt: skip


def _on_streets(
    loaded: LoadedCase, rows: list[ZoneRow], located: list[Corridor], people: LowBestHigh,
    assumptions: list[tuple[str, str]], progress: Progress,
) -> tuple[StreetMap, Zones, list[Crossing], LowBestHigh]:  # fmt: skip
    from safepassage.city.spread import nearest_node, spread_people  # noqa: PLC0415

    case = loaded.case
    streets = read_streets(loaded, progress=progress)
    faults = []
    crossings = []
    for corridor in located:
        at = corridor.position
        if at is None:
            continue
        node, away = nearest_node(streets, at.lat, at.lon)
        if away > case.city.max_snap_m:
            faults.append(_outside(corridor, f"{away:,.0f} m from the nearest street"))
        crossings.append(Crossing(corridor.id, node, at.lat, at.lon, away, at.accuracy_m))
    if rows:
        nodes, access = [], []
        for row in rows:
            node, away = nearest_node(streets, row.lat, row.lon)
            if away > 4 * case.city.max_snap_m:
                faults.append(
                    Fault(f"zone {row.name}", f"lies {away:,.0f} m from the nearest street",
                          "Check that lat and lon are not swapped, or use a larger map.")
                )  # fmt: skip
            nodes.append(node)
            access.append(away)
        zones = _zones(rows, np.array(nodes), np.array(access))
    elif case.people is not None:
        zones, said = spread_people(streets, case.people)
        assumptions.append((said, ""))
        people = case.people
    else:
        faults.append(Fault("case.toml", "says nothing of people", "Give [people] or [[zones]]."))
    if faults:
        raise InputError(faults)
    return streets, zones, crossings, people


def _zones(rows: list[ZoneRow], node: np.ndarray, access_m: np.ndarray) -> Zones:
    return Zones(
        ids=tuple(row.id for row in rows), names=tuple(row.name for row in rows),
        names_ar=tuple(row.name_ar for row in rows),
        lat=np.array([row.lat for row in rows]), lon=np.array([row.lon for row in rows]),
        low=np.array([row.people.low for row in rows], np.float64),
        best=np.array([row.people.best for row in rows], np.float64),
        high=np.array([row.people.high for row in rows], np.float64),
        node=node.astype(np.int64), access_m=access_m.astype(np.float64),
    )  # fmt: skip


def _everyone_has_a_way_out(city: City, located: list[Corridor]) -> None:
    """Refuse a city in which the streets of a zone lead to no civilian crossing."""
    civilian = {corridor.id for corridor in located if corridor.users == "civilian"}
    exits = [crossing.node for crossing in city.crossings if crossing.corridor in civilian]
    if not exits:
        return  # nothing is located: the plan says so, and moves nobody
    streets = city.streets
    n = streets.n_nodes
    walkable = streets.width_m > 0 if city.mode == "walk" else streets.lanes > 0
    tail, head = streets.tail[walkable], streets.head[walkable]
    # backwards from all crossings at once: node n stands for them together
    reverse = coo_array(
        (
            np.ones(len(tail) + len(exits)),
            (np.concatenate([head, np.full(len(exits), n)]), np.concatenate([tail, exits])),
        ),
        shape=(n + 1, n + 1),
    ).tocsr()
    reached = np.zeros(n + 1, bool)
    reached[breadth_first_order(reverse, n, return_predecessors=False)] = True
    faults = [
        Fault(f"zone {name}", "has no way out: no street leads from it to a civilian crossing",
              "Add a link or a crossing, or leave the zone out and say so.")
        for name, node in zip(city.zones.names, city.zones.node, strict=True)
        if not reached[node]
    ]  # fmt: skip
    if faults:
        raise InputError(faults)
