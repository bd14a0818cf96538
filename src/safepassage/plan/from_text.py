"""Make a case for an announcement: over a built-in city, or over a street map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.base.errors import Fault, InputError
from safepassage.base.geo import distance_m
from safepassage.case import Case, LoadedCase, built_in_cases, load_case
from safepassage.declaration import find_town

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.declaration import Declaration

__all__ = ["case_on_city", "case_on_streets"]


def case_on_city(declaration: Declaration, city: str | None) -> LoadedCase:
    """Take streets, zones and corridors from a case, and the terms from a text.

    Consent, notes and hours of that case belong to its own pause and are left out.

    Parameters
    ----------
    declaration
        What the text says; its place picks the built-in city if ``city`` is not given.
    city
        A built-in case's name, a folder or a file.

    Raises
    ------
    InputError
        If no city fits.

    """
    base = load_case(city) if city else _built_in_city(declaration)
    case = base.case
    name = declaration.text_name
    note = {
        "text": f"The city and the corridors' positions and rates are taken from the case "
        f"{case.id}; the text {name} states none of them.",
    }
    made = {
        **case.model_dump(exclude={"schema_number"}),
        "schema": 1, "id": _slug(name), "title": _title(declaration, case.place.name),
        "precedent": "", "announcements": (name,), "window": None, "consent": (), "notes": (),
        "readiness": (), "conditions": (),
        "corridors": [{**each.model_dump(), "reserved": None} for each in case.corridors],
        "assumptions": [note, *(each.model_dump() for each in case.assumptions)],
    }  # fmt: skip
    return LoadedCase(Case.model_validate(made), base.folder, base.inputs)


def _built_in_city(declaration: Declaration) -> LoadedCase:
    where = declaration.place.name if declaration.place else None
    cases = [load_case(name) for name in built_in_cases()]
    for loaded in cases:
        if where and loaded.case.place.name.casefold() == where.casefold():
            return loaded
    known = ", ".join(sorted({loaded.case.place.name for loaded in cases}))
    raise InputError.one(
        declaration.text_name,
        f"is about {where}, which is no built-in city" if where else "names no place",
        f"Built-in: {known}. Name a case with --city, or a street map with --streets.",
    )


def case_on_streets(
    declaration: Declaration, streets: Path, people: LowBestHigh | None,
    crossings: tuple[tuple[str, float, float, LowBestHigh], ...],
) -> LoadedCase:  # fmt: skip
    """Make a case of a street map, people inside and crossings typed by hand.

    Raises
    ------
    InputError
        If people, crossings or the place are missing.

    """
    faults = []
    if people is None:
        faults.append(Fault("--streets", "needs --people", "Give the people inside, low..high."))
    if not crossings:
        faults.append(Fault("--streets", "needs --crossing", "Give NAME=LAT,LON,RATE."))
    if not streets.is_file():
        faults.append(Fault(str(streets), "is no file", "Name an OpenStreetMap file."))
    place = declaration.place
    if place is None or not declaration.tz:
        faults.append(
            Fault(declaration.text_name, "names no place whose time zone is known",
                  "Write a case.toml for it; docs/case.md shows one of ten lines.")
        )  # fmt: skip
    if faults or place is None or people is None:
        raise InputError(faults)
    town = find_town(place.name)
    _not_elsewhere(declaration, crossings)
    lat = place.lat if place.lat is not None else town.lat if town else crossings[0][1]
    lon = place.lon if place.lon is not None else town.lon if town else crossings[0][2]
    made = {
        "schema": 1, "id": _slug(declaration.text_name),
        "title": _title(declaration, place.name),
        "place": {"name": place.name, "lat": lat, "lon": lon, "tz": declaration.tz},
        "announcements": [declaration.text_name],
        "city": {"streets": str(streets.resolve())},
        "people": people.model_dump(),
        "corridors": [
            {
                "id": f"crossing-{i}", "name": name,
                "people_per_min_per_lane": rate.model_dump(),
                "position": {"lat": lat_c, "lon": lon_c, "assumed": True,
                             "source": "typed on the command line"},
            }
            for i, (name, lat_c, lon_c, rate) in enumerate(crossings, start=1)
        ],
        "assumptions": [
            {"text": "Crossings, their rates and the people inside were typed by hand."}
        ],
    }  # fmt: skip
    return LoadedCase(Case.model_validate(made), streets.parent, ())


_FARTHEST_M = 50_000
"""Crossings farther than this from the place announced are taken for those of another place."""


def _not_elsewhere(
    declaration: Declaration, crossings: tuple[tuple[str, float, float, LowBestHigh], ...]
) -> None:
    place = declaration.place
    if place is None or place.lat is None or place.lon is None:
        return
    faults = [
        Fault(f"--crossing {name}", f"lies {away / 1000:,.0f} km from {place.name}, "
              f"which {declaration.text_name} is about", "Name a street map of that place.")
        for name, lat, lon, _ in crossings
        if (away := float(distance_m(lat, lon, place.lat, place.lon))) > _FARTHEST_M
    ]  # fmt: skip
    if faults:
        raise InputError(faults)


def _title(declaration: Declaration, place: str) -> str:
    """Name a plan by what was announced, and for when."""
    what = declaration.kind or "pause"
    day = f" of {declaration.windows[0].start:%-d %B %Y}" if declaration.windows else ""
    return f"{place}: {what}{day}"


def _slug(name: str) -> str:
    stem = re.sub(r"[^A-Za-z0-9]+", "-", name.rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip("-")
    return stem.lower() or "announcement"
