"""Read names and where they stand from an OpenStreetMap file, and find the one that is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import InputError
from safepassage.base.geo import distance_m
from safepassage.base.progress import Progress, silent
from safepassage.city.spelling import alike

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.city.model import StreetMap

__all__ = ["Found", "Named", "find", "read_names", "street_names"]

NAME_KEYS = (
    "name", "name:en", "name:ar", "name:ru", "int_name", "alt_name", "alt_name:en", "alt_name:ar",
    "alt_name:ru", "old_name", "official_name", "loc_name",
)  # fmt: skip
KINDS = (
    "barrier", "place", "highway", "bridge", "junction", "amenity", "railway", "public_transport",
    "man_made", "military", "landuse", "leisure", "tourism", "historic", "building", "natural",
    "aeroway",
)  # fmt: skip
"""What a thing is, by the first of these tags; of things that fit alike the first counts."""

CLEAR = 85.0
"""A name less like the one that was given than this is not taken by itself."""
APART = 4.0
"""Another name that is less like it by so little might be meant as well."""
WORTH_A_LOOK = 70.0
ROUGHLY_M = {
    "place=city": 3000.0, "place=town": 1500.0, "place=suburb": 700.0, "place=quarter": 500.0,
    "place=village": 500.0, "place=neighbourhood": 400.0,
}  # fmt: skip
"""How far a crossing may be from the point that stands for such a place: assumed."""

SAME_PLACE_M = 500.0
"""Things of one name this near to each other are one place."""
MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a thing with a name: ``osm`` as ``node/1`` or ``way/1``; ``extent_m`` half its size."""

    osm: str
    kind: str
    names: tuple[str, ...]
    lat: float
    lon: float
    extent_m: float = 0.0

    def __str__(self) -> str:
        """Tell what it is and where."""
        also = f" ({', '.join(self.names[1:3])})" if len(self.names) > 1 else ""
        where = f"{self.lat:.4f}, {self.lon:.4f}"
        long = f", {2 * self.extent_m:,.0f} m long" if self.extent_m > SAME_PLACE_M else ""
        return f"{self.names[0]}{also}, {self.kind}, {self.osm or 'a street'}, at {where}{long}"


@dataclass(frozen=True, slots=True)
class Found:
    """Hold what was found for a name, and how far it may be off [m]."""

    named: Named
    score: float
    accuracy_m: float


def read_names(path: Path, *, progress: Progress = silent) -> tuple[Named, ...]:
    """Read every node and way that has a name and is something.

    A way stands at the middle one of its nodes.

    Raises
    ------
    InputError
        If the file is damaged.

    """
    import osmium  # noqa: PLC0415 - only where names are looked up

    progress(f"Reading names of {path.name}", None)
    found: list[tuple[str, str, tuple[str, ...], int]] = []
    places: dict[int, tuple[float, float]] = {}
    ends: dict[int, tuple[int, int]] = {}
    wanted: set[int] = set()
    try:
        for item in osmium.FileProcessor(str(path), osmium.osm.NODE | osmium.osm.WAY).with_filter(
            osmium.filter.KeyFilter(*NAME_KEYS)
        ):
            tags = dict(item.tags)
            kind = next((f"{key}={tags[key]}" for key in KINDS if key in tags), "")
            names = _names(tags)
            if not kind or not names:
                continue
            if isinstance(item, osmium.osm.Node):
                places[item.id] = (item.location.lat, item.location.lon)
                found.append((f"node/{item.id}", kind, names, item.id))
            elif isinstance(item, osmium.osm.Way):
                along = item.nodes
                if not len(along):
                    continue
                first, middle, last = (along[at].ref for at in (0, len(along) // 2, -1))
                ends[len(found)] = (first, last)
                wanted.update((first, middle, last))
                found.append((f"way/{item.id}", kind, names, middle))
        nodes = osmium.FileProcessor(str(path), osmium.osm.NODE)
        if min(wanted, default=0) >= 0:  # the filter takes none that editors give new nodes
            nodes = nodes.with_filter(osmium.filter.IdFilter(wanted))
        for node in nodes:
            if node.id in wanted and isinstance(node, osmium.osm.Node):
                places[node.id] = (node.location.lat, node.location.lon)
    except (RuntimeError, ValueError, OSError, osmium.InvalidLocationError) as error:
        raise InputError.one(
            str(path), f"is damaged or is not OpenStreetMap data ({error})", "Fetch it again."
        ) from error
    return tuple(
        Named(osm, kind, names, *places[at], _extent(places, at, ends.get(i)))
        for i, (osm, kind, names, at) in enumerate(found)
        if at in places
    )


def _names(tags: dict[str, str]) -> tuple[str, ...]:
    texts = [part.strip() for key in NAME_KEYS if key in tags for part in tags[key].split(";")]
    return tuple(dict.fromkeys(text for text in texts if text))


def _extent(
    places: dict[int, tuple[float, float]], middle: int, ends: tuple[int, int] | None
) -> float:
    away = [distance_m(*places[middle], *places[end]) for end in ends or () if end in places]
    return max((float(each) for each in away), default=0.0)


def street_names(streets: StreetMap) -> tuple[Named, ...]:
    """List the named streets of a map that is no OpenStreetMap file, at their middles."""
    found = []
    for i, name in enumerate(streets.street_names):
        own = np.flatnonzero(streets.name == i)
        points = np.concatenate(
            [np.arange(*streets.shape_start[[street, street + 1]]) for street in own]
        ) if len(own) else np.empty(0, np.int64)  # fmt: skip
        if not len(points):
            continue
        lat, lon = streets.shape_lat[points], streets.shape_lon[points]
        away = distance_m(lat, lon, lat.mean(), lon.mean())
        middle = int(away.argmin())
        extent = float(distance_m(lat, lon, lat[middle], lon[middle]).max())
        found.append(
            Named("", "highway", (name,), float(lat[middle]), float(lon[middle]), extent)
        )  # fmt: skip
    return tuple(found)


def find(named: tuple[Named, ...], wanted: str, *, osm: str = "", where: str = "name") -> Found:
    """Find the thing that a name means.

    Parameters
    ----------
    named
        All there is.
    wanted
        The name, in any alphabet and spelling.
    osm
        Which one, if that was chosen: ``node/1`` or ``way/1``.
    where
        The key of the case, for messages.

    Raises
    ------
    InputError
        If nothing is like it, or several things at different places are; with these.

    """
    if osm:
        chosen = [each for each in named if each.osm == osm]
        if not chosen:
            raise InputError.one(
                f"{where}.osm", f"{osm} is not on the map, or has no name", "Leave it out to see "
                "what is like the name.",
            )  # fmt: skip
        score = max(alike(wanted, name) for name in chosen[0].names)
        return Found(chosen[0], score, _accuracy(chosen[0]))
    scored = sorted(
        ((max(alike(wanted, name) for name in each.names), each) for each in named),
        key=lambda pair: (-pair[0], _rank(pair[1])),
    )
    best = [pair for pair in scored if scored[0][0] - pair[0] < APART]
    if not scored or scored[0][0] < WORTH_A_LOOK:
        raise InputError.one(
            where, f"nothing on the map has a name like {wanted!r}",
            "Give its position, or leave it out: the corridor is then listed as not located.",
        )  # fmt: skip
    top = best[0][1]
    away = [float(distance_m(top.lat, top.lon, each.lat, each.lon)) for _, each in best]
    if scored[0][0] >= CLEAR and max(away) <= SAME_PLACE_M and top.extent_m <= SAME_PLACE_M:
        return Found(top, scored[0][0], max(*away, _accuracy(top)))
    raise InputError.one(
        where, f"it is not clear what {wanted!r} means. Like it are: {_listed(scored)}",
        'Choose one by its id (osm = "node/1"), or give its position.',
    )  # fmt: skip


def _listed(scored: list[tuple[float, Named]]) -> str:
    """List what a name may mean, the parts of one street together."""
    parts: dict[tuple[str, str], list[tuple[float, Named]]] = {}
    for score, each in scored:
        if score >= WORTH_A_LOOK:
            key = each.names[0], each.kind.partition("=")[0]
            parts.setdefault(key, []).append((score, each))
    return "; ".join(
        f"{some[0][1]}"
        + (f" and {len(some) - 1} more of that name" if len(some) > 1 else "")
        + f" ({some[0][0]:.0f} of 100)"
        for some in list(parts.values())[:MOST_SHOWN]
    )


def _accuracy(named: Named) -> float:
    return max(named.extent_m, ROUGHLY_M.get(named.kind, 0.0))


def _rank(named: Named) -> tuple[int, str]:
    key = named.kind.partition("=")[0]
    return (KINDS.index(key) if key in KINDS else len(KINDS), named.osm)
