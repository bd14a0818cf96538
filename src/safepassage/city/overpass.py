"""Find a place by name and fetch its streets: from Overpass, or a country from Geofabrik.

Servers can be set: ``SAFEPASSAGE_NOMINATIM``, ``SAFEPASSAGE_OVERPASS`` and
``SAFEPASSAGE_GEOFABRIK`` hold their addresses.
"""

from __future__ import annotations

import json
import os
import re
import xml.parsers.expat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

import numpy as np

from safepassage.base.errors import InputError
from safepassage.base.progress import Progress, silent
from safepassage.city.clip import Area, Box, box_area
from safepassage.city.fetch import Server, fetched

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FetchedMap", "box_around", "fetch_streets"]

_SERVERS = {
    "SAFEPASSAGE_NOMINATIM": "https://nominatim.openstreetmap.org/search",
    "SAFEPASSAGE_OVERPASS": "https://overpass-api.de/api/interpreter",
    "SAFEPASSAGE_GEOFABRIK": "https://download.geofabrik.de/index-v1-nogeom.json",
}
LARGEST_KM = 80.0
"""Side of a box that an Overpass server is asked for at most [km]: more is unkind to it."""
LARGEST_EXTRACT = 128 * 1024**3
"""The whole planet is about 85 GB [bytes]."""
_KM_PER_DEGREE = 111.195


@dataclass(frozen=True, slots=True)
class FetchedMap:
    """Hold a map that was fetched, and what of it is meant."""

    path: Path
    area: Area


def fetch_streets(
    place: str,
    *,
    around: tuple[float, float, float] | None = None,
    kind: Literal["overpass", "geofabrik"] = "overpass",
    server: Server | None = None,
    progress: Progress = silent,
) -> FetchedMap:
    """Fetch the streets of a place, or take them from disk if they were fetched before.

    Parameters
    ----------
    place
        Its name, such as ``"La Serena, Chile"``.
    around
        Latitude, longitude and kilometres: the box around this point is meant. Without
        it a server is asked where the place is.
    kind
        ``overpass`` asks for the box alone; ``geofabrik`` fetches the smallest extract
        that is named like a part of ``place``, often a country.
    server, progress
        How long to bear with a server; is told what is waited for.

    Raises
    ------
    InputError
        If a server cannot be reached, does not know the place, or gives no street.

    """
    box = box_around(*around) if around else _find(place, server, progress)
    slug = re.sub(r"[^a-z0-9]+", "-", place.lower()).strip("-") or "place"
    if kind == "geofabrik":
        path = _extract(place, server, progress)
    else:
        path = _overpass(box, f"{slug}.osm", server, progress)
    return FetchedMap(path, box_area(box))


def box_around(lat: float, lon: float, km: float) -> Box:
    """Give the box that reaches so many kilometres in each direction."""
    high = km / _KM_PER_DEGREE
    wide = high / max(0.01, float(np.cos(np.radians(lat))))
    south, north = max(-90.0, lat - high), min(90.0, lat + high)
    return max(-180.0, lon - wide), south, min(180.0, lon + wide), north


def _address(name: str) -> str:
    return os.environ.get(name) or _SERVERS[name]


def _json(path: Path, url: str) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        path.unlink(missing_ok=True)
        raise InputError.one(
            url, "answers something else than JSON", "Check the address."
        ) from error


def _find(place: str, server: Server | None, progress: Progress) -> Box:
    """Ask where a place is."""
    url = _address("SAFEPASSAGE_NOMINATIM")
    question = f"{url}?{urlencode({'q': place, 'format': 'jsonv2', 'limit': 1})}"
    path = fetched(question, "where.json", server=server, progress=progress)
    answer = _json(path, url)
    try:
        south, north, west, east = (float(edge) for edge in answer[0]["boundingbox"])
        if not (-90 <= south < north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
            raise ValueError(answer)  # noqa: TRY301 - as what is no number
    except (LookupError, TypeError, ValueError):
        path.unlink(missing_ok=True)
        raise InputError.one(
            place, "is a place that the server does not know",
            "Write it as in OpenStreetMap, with its country; or give city.radius_km around "
            "the place of the case.",
        ) from None  # fmt: skip
    if not west < east or east - west > 359:
        raise InputError.one(
            place, "lies on both sides of longitude 180, where a map cannot be cut",
            "Give city.radius_km around the place of the case: it ends at that line.",
        )  # fmt: skip
    return west, south, east, north


def _sides_km(box: Box) -> tuple[float, float]:
    west, south, east, north = box
    middle = np.cos(np.radians((south + north) / 2))
    return (east - west) * _KM_PER_DEGREE * float(middle), (north - south) * _KM_PER_DEGREE


def _overpass(box: Box, name: str, server: Server | None, progress: Progress) -> Path:
    """Ask for the streets in a box, their points, and the barriers on them."""
    wide, high = _sides_km(box)
    if max(wide, high) > LARGEST_KM:
        raise InputError.one(
            f"a map of {wide:,.0f} × {high:,.0f} km",
            f"is more than an Overpass server should be asked for ({LARGEST_KM:g} km)",
            'Give city.radius_km, or fetch = "geofabrik".',
        )
    west, south, east, north = box
    edges = f"{south:.6f},{west:.6f},{north:.6f},{east:.6f}"
    question = f'[out:xml][timeout:180];way["highway"]({edges});(._;>;);out body;'
    return fetched(
        _address("SAFEPASSAGE_OVERPASS"), name,
        body=urlencode({"data": question}).encode(),
        check=_wrong_with_xml, server=server, progress=progress,
    )  # fmt: skip


def _wrong_with_xml(path: Path) -> str:
    """Say what is wrong with an answer in OpenStreetMap's XML, or nothing."""
    ways, remarks, root = 0, [], [""]
    inside: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal ways
        root[0] = root[0] or name
        inside.append(name)
        ways += name == "way"

    def end(_: str) -> None:
        inside.pop()

    def text(words: str) -> None:
        if inside and inside[-1] == "remark":
            remarks.append(words)

    def refuse(*_: Any) -> None:
        raise ValueError

    parser = xml.parsers.expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, refuse
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except (xml.parsers.expat.ExpatError, ValueError) as error:
        return f"answers something else than OpenStreetMap's XML ({error})"
    if root[0] != "osm":
        return f"answers something else than OpenStreetMap's XML (a page of {root[0]})"
    if "error" in "".join(remarks):
        return f"could not answer ({' '.join(''.join(remarks).split())[:200]})"
    return "" if ways else "has no street there"


def _wrong_with_pbf(path: Path) -> str:
    """Say that an answer is no PBF file, by its first bytes, or nothing."""
    with path.open("rb") as file:
        return "" if b"OSMHeader" in file.read(64) else "answers something else than a PBF file"


def _extract(place: str, server: Server | None, progress: Progress) -> Path:
    """Fetch the smallest extract whose name is a part of the place's."""
    url = _address("SAFEPASSAGE_GEOFABRIK")
    path = fetched(url, "extracts.json", server=server, progress=progress)
    index = _json(path, url)
    try:
        regions = [each["properties"] for each in index["features"]]
        known = {
            each["name"].casefold(): str(each["urls"]["pbf"]) for each in regions if "urls" in each
        }
    except (LookupError, TypeError, AttributeError):
        path.unlink(missing_ok=True)
        raise InputError.one(url, "is no list of extracts", "Check the address.") from None
    for part in place.split(","):
        if address := known.get(part.strip().casefold()):
            slug = re.sub(r"[^a-z0-9]+", "-", part.strip().lower()).strip("-")
            return fetched(
                address, f"{slug}.osm.pbf", most=LARGEST_EXTRACT, check=_wrong_with_pbf,
                server=server, progress=progress,
            )  # fmt: skip
    raise InputError.one(
        place, "names no extract of the server",
        "End it with the country as the server calls it, such as 'Homs, Syria'.",
    )  # fmt: skip
