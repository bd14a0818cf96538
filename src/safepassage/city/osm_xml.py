"""Take the streets out of an OpenStreetMap file with osmium: XML, and PBF of rare forms.

Only ways with a ``highway`` tag and nodes with a ``barrier`` tag leave osmium's C++. All
nodes of the file are held in memory.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np
import osmium

from safepassage.base.errors import InputError
from safepassage.city.highways import KEYS, barrier_closes
from safepassage.city.memory import POINT_BYTES, Room, room
from safepassage.city.osm_ways import NOWHERE, PER_DEGREE, Extract, Judge, Ways, bounds_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from safepassage.base.progress import Progress
    from safepassage.city.clip import Area
    from safepassage.city.highways import Mode
    from safepassage.city.model import Ints

__all__ = ["damaged", "read_with_osmium"]

_ANNOUNCE_EVERY = 20_000
_BYTES_PER_BYTE = {"osm": 0.8, "osm.gz": 10.0, "pbf": 12.0}
"""Memory needed for each byte of a file of this form: measured over 36 copies of Helsinki,
11 for PBF, the others by their sizes beside it; rounded up."""


def read_with_osmium(
    path: Path, file_format: str, mode: Mode, area: Area | None, progress: Progress
) -> Extract:
    """Read the streets of a file that a mode may use.

    Raises
    ------
    InputError
        If the file is damaged, or would not fit into memory.

    """
    there = room(path)
    there.needs(path.stat().st_size * _BYTES_PER_BYTE[file_format])
    judge = Judge(mode)
    ways, xs, ys, barriers = _read(there, file_format, judge, progress)
    x, y = np.asarray(xs, np.int64), np.asarray(ys, np.int64)
    _find_stragglers(path, file_format, ways.ref, x, y)
    bounds = None
    if area is not None:
        placed = x != NOWHERE
        lon, lat = x / PER_DEGREE, y / PER_DEGREE
        bounds = bounds_of(lon[placed], lat[placed])
        inside = placed & area.holds(lon, lat)
        x[~inside] = y[~inside] = NOWHERE
        near = ways.any_of(inside)
        judge.left_out[f"streets outside the {area.kind}"] += len(near) - int(near.sum())
        kept = np.repeat(near, ways.size)
        ways, x, y = ways.take(near), x[kept], y[kept]
    kept = np.repeat(judge.is_open(ways), ways.size)
    ways, x, y = judge.open_ways(ways), x[kept], y[kept]
    ways = judge.names_in_order(ways)
    node_id, seen, point = np.unique(ways.ref, return_index=True, return_inverse=True)
    return Extract(
        ways, judge, point, node_id, x[seen], y[seen], np.array(sorted(barriers), np.int64), bounds
    )


def damaged(path: Path, reason: str) -> InputError:
    """Say that a file cannot be read."""
    return InputError.one(
        str(path),
        f"is damaged or is not OpenStreetMap data ({reason})",
        "Fetch it again, and compare its size with the one stated where it came from.",
    )


def _objects(
    path: Path, processor: osmium.FileProcessor
) -> Iterator[osmium.osm.Node | osmium.osm.Way]:
    """Go through a file's objects; whatever osmium minds becomes one InputError."""
    try:
        yield from processor  # type: ignore[misc]
    except (RuntimeError, ValueError, OSError, osmium.InvalidLocationError) as error:
        raise damaged(path, str(error).replace(str(path), "the file").rstrip(".")) from error


def _read(
    there: Room, file_format: str, judge: Judge, progress: Progress
) -> tuple[Ways, array[int], array[int], set[int]]:
    """Read all ways with a highway tag, positions along them, and closed barriers."""
    path, what = there.path, f"Reading {there.path.name}"
    progress(what, None)
    highways, gates = osmium.filter.KeyFilter("highway"), osmium.filter.KeyFilter("barrier")
    highways.enable_for(osmium.osm.WAY)
    gates.enable_for(osmium.osm.NODE)
    processor = (
        osmium.FileProcessor(
            osmium.io.File(str(path), file_format), osmium.osm.NODE | osmium.osm.WAY
        )
        .with_locations()
        .with_filter(highways)
        .with_filter(gates)
    )
    way_id, verdict, name, size, ref = (array("q") for _ in range(5))
    xs, ys = array("i"), array("i")
    barriers = set()
    for number, item in enumerate(_objects(path, processor), 1):
        if number % _ANNOUNCE_EVERY == 0:
            progress(what, None)
            there.needs(len(ref) * POINT_BYTES, at_least=True)  # few packed bytes may be many
        if isinstance(item, osmium.osm.Node):
            if barrier_closes(dict(item.tags), judge.mode):
                barriers.add(item.id)
            continue
        get = item.tags.get
        verdict.append(judge.verdict(tuple(map(get, KEYS))))
        is_open = not judge.verdicts[verdict[-1]].left_out
        name.append(judge.name(get("name") or get("ref")) if is_open else -1)
        way_id.append(item.id)
        before = len(ref)
        for node in item.nodes:
            ref.append(node.ref)
            xs.append(node.x)
            ys.append(node.y)
        size.append(len(ref) - before)
    columns = (np.asarray(column, np.int64) for column in (way_id, verdict, name, size, ref))
    return Ways(*columns), xs, ys, barriers


def _find_stragglers(path: Path, file_format: str, ref: Ints, x: Ints, y: Ints) -> None:
    """Place points whose nodes stand behind the ways, or have negative ids.

    Both happen in XML written by editors and servers. In PBF, whose writers sort,
    only a file without any position is worth a second pass.
    """
    missing = x == NOWHERE
    if not missing.any() or (file_format == "pbf" and not missing.all()):
        return
    wanted = dict.fromkeys(ref[missing].tolist(), (NOWHERE, NOWHERE))
    source = osmium.FileProcessor(osmium.io.File(str(path), file_format), osmium.osm.NODE)
    for node in _objects(path, source):
        if node.id in wanted and isinstance(node, osmium.osm.Node):
            wanted[node.id] = (node.location.x, node.location.y)
    for index in np.flatnonzero(missing).tolist():
        x[index], y[index] = wanted[int(ref[index])]
