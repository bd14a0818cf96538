"""Put a city together from its GeoPackage, as it was written or as it was changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.case.model import Position
from safepassage.city.attach import attach, zones_at
from safepassage.city.crossings import moved_told, snapped
from safepassage.city.geopackage_read import read_geopackage
from safepassage.city.hazards import lay
from safepassage.city.model import City, Crossing
from safepassage.city.people import whole_people
from safepassage.city.streets import check_place

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.base.progress import Progress
    from safepassage.case import LoadedCase
    from safepassage.case.model import Corridor
    from safepassage.city.doors import Door
    from safepassage.city.geopackage_read import GivenCity
    from safepassage.city.model import Zones

__all__ = ["given_city", "given_positions"]


def _file(loaded: LoadedCase) -> Path:
    return loaded.path(cast("Path", loaded.case.city.geopackage))


def given_positions(loaded: LoadedCase) -> dict[str, Position]:
    """Give the positions of crossings that a case's GeoPackage has, by corridor.

    Raises
    ------
    InputError
        If it cannot be read, or has crossings of corridors that the case does not have.

    """
    path = _file(loaded)
    corridors = {corridor.id: corridor for corridor in loaded.case.corridors}
    found = {}
    faults = []
    for each in read_geopackage(path).crossings:
        where = f"{path}, layer crossings, {each.corridor or 'a row without corridor'}"
        corridor = corridors.get(each.corridor)
        if corridor is None:
            faults.append(
                Fault(where, "the case has no such corridor",
                      f"Name one of: {', '.join(corridors)}; or add it to case.toml.")
            )  # fmt: skip
        elif corridor.users == "civilian" and corridor.people_per_min_per_lane is None:
            faults.append(
                Fault(where, "case.toml does not say how many people a minute it serves",
                      "Give people_per_min_per_lane there.")
            )  # fmt: skip
        else:
            found[each.corridor] = Position(
                lat=each.lat, lon=each.lon, accuracy_m=each.accuracy_m, assumed=each.assumed,
                source=each.source,
            )  # fmt: skip
    if faults:
        raise InputError(faults)
    return found


def given_city(loaded: LoadedCase, *, progress: Progress) -> City:
    """Build the city of a case, corridors located, from its GeoPackage.

    Raises
    ------
    InputError
        If the file is bad, shows another place, or a crossing or a zone lies off its streets.

    """
    path = _file(loaded)
    progress(f"Reading {path.name}")
    given = read_geopackage(path)
    case = loaded.case
    if "mode" in case.city.model_fields_set and case.city.mode != given.mode:
        raise InputError.one(
            "case.toml: city.mode", f"is {case.city.mode}, and {path.name} is for {given.mode}",
            "Leave it out, or write the file anew.",
        )  # fmt: skip
    check_place(path, given.streets, case.place)
    located = [corridor for corridor in case.corridors if corridor.position]
    crossings = _crossings(loaded, given, located)
    hazards, cleared = lay(
        list(given.dangers), list(given.ground), given.streets,
        override=case.clearance.treat_as_cleared,
    )  # fmt: skip
    told = [] if given.schematic else [(each, "") for each in moved_told(located, crossings)]
    return City(
        name=given.name, schematic=given.schematic,
        mode=cast("Literal['walk', 'vehicle', 'both']", given.mode), streets=given.streets,
        zones=whole_people(_zones(loaded, given)), crossings=tuple(crossings),
        hazards=hazards, cleared=cleared, people=given.people,
        attribution=tuple(dict.fromkeys((*given.attribution, *case.city.attribution))),
        assumptions=(*given.assumptions, *told),
    )  # fmt: skip


def _crossings(loaded: LoadedCase, given: GivenCity, located: list[Corridor]) -> list[Crossing]:
    """Put crossings on streets; in a schematic city each keeps the end that is its own."""
    if not given.schematic:
        return snapped(loaded, given.streets, located)
    at = {each.corridor: each for each in given.crossings}
    return [
        Crossing(c.id, at[c.id].junction, at[c.id].lat, at[c.id].lon, 0.0, at[c.id].accuracy_m)
        for c in located
    ]


def _zones(loaded: LoadedCase, given: GivenCity) -> Zones:
    """Give zones their doors; one without any gets them as those of a case do."""
    bare = [i for i, doors in enumerate(given.doors) if not doors]
    doors: list[list[Door]] = [list(some) for some in given.doors]
    if bare:
        near = attach(loaded, [given.rows[i] for i in bare], given.streets)
        for k, i in enumerate(bare):
            mine = np.flatnonzero(near.door_zone == k)
            doors[i] = [
                (int(near.door_node[d]), float(near.door_m[d]), float(near.door_share[d]))
                for d in mine
            ]
    return zones_at(list(given.rows), doors)
