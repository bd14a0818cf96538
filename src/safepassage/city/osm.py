"""Read streets from an OpenStreetMap file: ``.osm.pbf``, ``.osm``, ``.osm.gz``.

Only ways with a ``highway`` tag and nodes with a ``barrier`` tag leave osmium's C++;
what the tags mean is `highways`' business, joining segments into streets is
`simplify`'s.
"""

from __future__ import annotations

import logging
import os
from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import osmium

from safepassage.base.errors import InputError
from safepassage.base.geo import distance_m
from safepassage.base.progress import Progress, silent
from safepassage.city.highways import KEYS, Mode, Verdict, barrier_closes, highway_classes, judge
from safepassage.city.simplify import (
    Points,
    Segments,
    drop_loops,
    largest_part,
    merge_twins,
    to_street_map,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from safepassage.city.model import Floats, Ints, StreetMap

__all__ = ["read_osm"]

_log = logging.getLogger(__name__)

_FORMATS = {".osm.pbf": "pbf", ".pbf": "pbf", ".osm.gz": "osm.gz", ".osm": "osm"}
_NOWHERE = 2**31 - 1
"""What osmium writes for the coordinate of a node that it has not seen."""
_PER_DEGREE = 1e7
"""OpenStreetMap keeps coordinates as whole numbers of 1e-7 degrees."""
_ANNOUNCE_EVERY = 20_000

Box = tuple[float, float, float, float]


def read_osm(
    path: Path, *, mode: Mode = "walk", box: Box | None = None, progress: Progress = silent
) -> StreetMap:
    """Read the streets of an OpenStreetMap file that a mode may use.

    Parameters
    ----------
    path
        A file named ``.osm.pbf``, ``.pbf``, ``.osm`` or ``.osm.gz``.
    mode
        ``walk`` for people on foot, who mind one-way signs only where these are
        meant for them; ``vehicle`` for cars and buses.
    box
        West, south, east, north in degrees: only segments with both ends inside stay.
    progress
        Is told how far the reading is.

    Returns
    -------
    Streets from junction to junction (see `simplify`) of the largest connected part:
    weakly connected on foot, strongly for vehicles. Junctions are numbered by
    OpenStreetMap node id (barriers last), streets by the file's order. A two-way street stands
    twice, with its whole width each time. A barrier that stops the mode stands as
    one junction for each segment that ends at it, all with its node id. What is not
    in the network is counted in ``left_out``.

    Raises
    ------
    InputError
        If the file is missing, damaged, not OpenStreetMap data, or holds no street
        for the mode (within the box); if the box is none.

    """
    file_format = _check(path, box)
    raw = _read(path, file_format, mode, progress)
    progress("Joining streets", 0.7)
    points, segments = _segments(raw, path, mode, box)
    segments, merged = merge_twins(segments)
    raw.left_out["stretches drawn twice over the same points"] += merged
    kept = largest_part(segments, len(points.lat), "weak" if mode == "walk" else "strong")
    if not kept.any():
        raise _nothing(path, mode, "on none of them can one go and come back")
    raw.left_out["streets outside the largest connected part"] += len(
        np.setdiff1d(segments.way[~kept], segments.way[kept])
    )
    segments, chains, loops = drop_loops(segments.take(kept), len(points.lat))
    raw.left_out["loops that lead back to where they start"] += loops
    if not len(segments):
        raise _nothing(path, mode, "every one of them leads back to where it starts")
    streets = to_street_map(
        points,
        segments,
        chains,
        classes=tuple(highway_classes()),
        names=raw.names,
        way_id=np.asarray(raw.way_id),
        left_out={why: count for why, count in sorted(raw.left_out.items()) if count},
    )
    progress("Joining streets", 1.0)
    _log.info("%s: %d streets, %d junctions", path, streets.n_streets, streets.n_nodes)
    return streets


@dataclass(slots=True)
class _Raw:
    """Hold what the file says of its streets; points flat, way after way."""

    verdicts: list[Verdict] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    barriers: list[int] = field(default_factory=list)
    verdict: array[int] = field(default_factory=lambda: array("q"))
    name: array[int] = field(default_factory=lambda: array("q"))
    way_id: array[int] = field(default_factory=lambda: array("q"))
    size: array[int] = field(default_factory=lambda: array("q"))
    ref: array[int] = field(default_factory=lambda: array("q"))
    x: array[int] = field(default_factory=lambda: array("i"))
    y: array[int] = field(default_factory=lambda: array("i"))


def _check(path: Path, box: Box | None) -> str:
    """Refuse what cannot be read, and tell the format by the name."""
    name = path.name.lower()
    file_format = next((what for end, what in _FORMATS.items() if name.endswith(end)), "")
    if not path.exists():
        raise InputError.one(str(path), "there is no such file", "Check the name and the folder.")
    if not path.is_file():
        raise InputError.one(str(path), "is not a file", "Name an OpenStreetMap file in it.")
    if not os.access(path, os.R_OK):
        raise InputError.one(str(path), "may not be read", "Ask its owner for leave to read it.")
    if not file_format:
        raise InputError.one(
            str(path),
            "is not named like OpenStreetMap data",
            "Give a file that ends in .osm.pbf, .osm or .osm.gz.",
        )
    if box is not None:
        west, south, east, north = box
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise InputError.one(
                f"box {west:g}, {south:g}, {east:g}, {north:g}",
                "is not west, south, east, north in degrees",
                "Give longitudes from -180 to 180 and latitudes from -90 to 90, smaller first.",
            )
    return file_format


def _objects(
    path: Path, processor: osmium.FileProcessor
) -> Iterator[osmium.osm.Node | osmium.osm.Way]:
    """Go through a file's objects; whatever osmium minds becomes one InputError."""
    try:
        yield from processor  # type: ignore[misc]
    except (RuntimeError, ValueError, OSError, osmium.InvalidLocationError) as error:
        reason = str(error).replace(str(path), "the file").rstrip(".")
        raise InputError.one(
            str(path),
            f"is damaged or is not OpenStreetMap data ({reason})",
            "Fetch it again, and compare its size with the one stated where it came from.",
        ) from error


def _read(path: Path, file_format: str, mode: Mode, progress: Progress) -> _Raw:
    """Take the streets for the mode out of the file."""
    what = f"Reading {path.name}"
    progress(what, None)
    highways, barriers = osmium.filter.KeyFilter("highway"), osmium.filter.KeyFilter("barrier")
    highways.enable_for(osmium.osm.WAY)
    barriers.enable_for(osmium.osm.NODE)
    processor = (
        osmium.FileProcessor(
            osmium.io.File(str(path), file_format), osmium.osm.NODE | osmium.osm.WAY
        )
        .with_locations()
        .with_filter(highways)
        .with_filter(barriers)
    )
    raw = _Raw()
    verdicts: dict[tuple[str | None, ...], int] = {}
    names: dict[str, int] = {}
    for number, item in enumerate(_objects(path, processor), 1):
        if number % _ANNOUNCE_EVERY == 0:
            progress(what, None)
        if isinstance(item, osmium.osm.Node):
            if barrier_closes(dict(item.tags), mode):
                raw.barriers.append(item.id)
            continue
        get = item.tags.get
        tags = tuple(map(get, KEYS))
        verdict = verdicts.get(tags)
        if verdict is None:
            verdict = verdicts[tags] = len(raw.verdicts)
            raw.verdicts.append(judge(tags, mode))
        if left_out := raw.verdicts[verdict].left_out:
            raw.left_out[left_out] += 1
            continue
        called = get("name") or get("ref")
        raw.verdict.append(verdict)
        raw.name.append(names.setdefault(called, len(names)) if called else -1)
        raw.way_id.append(item.id)
        _take_points(raw, item.nodes)
    if not raw.way_id:
        left_out = "; ".join(f"{why}: {count}" for why, count in raw.left_out.items())
        raise _nothing(path, mode, left_out or "it has no way with a highway tag")
    raw.names.extend(names)
    _find_stragglers(path, file_format, raw)
    return raw


def _take_points(raw: _Raw, nodes: osmium.osm.WayNodeList) -> None:
    refs, xs, ys = raw.ref, raw.x, raw.y
    before = len(refs)
    for node in nodes:
        spot = node.location
        refs.append(node.ref)
        xs.append(spot.x)
        ys.append(spot.y)
    raw.size.append(len(refs) - before)


def _find_stragglers(path: Path, file_format: str, raw: _Raw) -> None:
    """Place points whose nodes stand behind the ways, or have negative ids.

    Both happen in XML written by editors and servers. In PBF, whose writers sort,
    only a file without any position is worth a second pass.
    """
    missing = np.asarray(raw.x) == _NOWHERE
    if not missing.any() or (file_format == "pbf" and not missing.all()):
        return
    wanted = dict.fromkeys(np.asarray(raw.ref)[missing].tolist(), (_NOWHERE, _NOWHERE))
    source = osmium.FileProcessor(osmium.io.File(str(path), file_format), osmium.osm.NODE)
    for node in _objects(path, source):
        if node.id in wanted and isinstance(node, osmium.osm.Node):
            wanted[node.id] = (node.location.x, node.location.y)
    for index in np.flatnonzero(missing).tolist():
        raw.x[index], raw.y[index] = wanted[raw.ref[index]]


def _segments(raw: _Raw, path: Path, mode: Mode, box: Box | None) -> tuple[Points, Segments]:
    """Cut ways into segments between neighbouring points with a position in the box."""
    ref, x, y = (np.asarray(column, np.int64) for column in (raw.ref, raw.x, raw.y))
    placed = (abs(x) <= 180 * _PER_DEGREE) & (abs(y) <= 90 * _PER_DEGREE)
    if len(ref) and not placed.any():
        raise InputError.one(
            str(path),
            "names streets but not where they are (the nodes of its ways are missing)",
            "Export it again together with the nodes.",
        )
    raw.left_out["street points without a position in the file"] += len(np.unique(ref[~placed]))
    way = np.repeat(np.arange(len(raw.way_id)), raw.size)
    node_id, seen, point = np.unique(ref, return_index=True, return_inverse=True)
    lat, lon = y[seen] / _PER_DEGREE, x[seen] / _PER_DEGREE
    pair = (way[:-1] == way[1:]) & placed[:-1] & placed[1:] & (point[:-1] != point[1:])
    if box is not None:
        west, south, east, north = box
        inside = ((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))[point]
        within = pair & inside[:-1] & inside[1:]
        gone = np.setdiff1d(way[:-1][pair], way[:-1][within])
        raw.left_out["streets outside the box"] += len(gone)
        if not within.any():
            raise _outside(path, box, lat[point[placed]], lon[point[placed]])
        pair = within
    if not pair.any():
        raise _nothing(path, mode, "none has two neighbouring points with a position")
    tail, head, way = point[:-1][pair], point[1:][pair], way[:-1][pair]
    tail, head, again, closed = _cut_at_barriers(tail, head, node_id, raw.barriers)
    who = "people on foot" if mode == "walk" else "vehicles"
    raw.left_out[f"ways through barriers closed to {who}"] += closed
    points = Points(
        np.concatenate([lat, lat[again]]),
        np.concatenate([lon, lon[again]]),
        np.concatenate([node_id, node_id[again]]),
    )
    return points, _with_attributes(raw, mode, points, tail, head, way)


def _cut_at_barriers(
    tail: Ints, head: Ints, node_id: Ints, barriers: list[int]
) -> tuple[Ints, Ints, Ints, int]:
    """Give each segment that ends at a closed barrier an end of its own there.

    Returns
    -------
    New tails and heads, the points that are copied, in order, and the number of
    barriers at which segments were parted.

    """
    shut = np.isin(node_id, np.asarray(barriers, np.int64))
    shut &= np.bincount(np.concatenate([tail, head]), minlength=len(node_id)) > 1
    ends = np.concatenate([tail, head])
    cut = np.flatnonzero(shut[ends])
    again = ends[cut]
    ends[cut] = len(node_id) + np.arange(len(cut))
    return ends[: len(tail)], ends[len(tail) :], again, len(np.unique(again))


def _with_attributes(
    raw: _Raw, mode: Mode, points: Points, tail: Ints, head: Ints, way: Ints
) -> Segments:
    """Give each segment what the verdict on its way says."""
    verdicts, classes = raw.verdicts, {name: i for i, name in enumerate(highway_classes())}
    number = np.asarray(raw.verdict)[way]
    lanes = [np.array([getattr(v, f"lanes_{d}ward") for v in verdicts]) for d in ("for", "back")]
    walks = [np.array([getattr(v, f"walk_{d}ward") for v in verdicts]) for d in ("for", "back")]
    opened = walks if mode == "walk" else [count > 0 for count in lanes]
    bad = np.array([v.bad_width for v in verdicts], np.bool_)
    raw.left_out["width tags that could not be used"] += int(bad[np.asarray(raw.verdict)].sum())
    return Segments(
        tail=tail,
        head=head,
        forward=opened[0][number],
        backward=opened[1][number],
        lanes_forward=lanes[0][number],
        lanes_backward=lanes[1][number],
        width_m=np.array([v.width_m for v in verdicts])[number],
        speed_kmh=np.array([v.speed_kmh for v in verdicts])[number],
        length_m=distance_m(points.lat[tail], points.lon[tail], points.lat[head], points.lon[head]),
        highway=np.array([classes.get(v.highway, -1) for v in verdicts], np.int64)[number],
        name=np.asarray(raw.name)[way],
        way=way,
    )


def _nothing(path: Path, mode: Mode, why: str) -> InputError:
    who = "people on foot may walk on" if mode == "walk" else "vehicles may drive on"
    return InputError.one(
        str(path),
        f"holds no street that {who} ({why})",
        "Give an extract that covers the streets of the place, or another mode.",
    )


def _outside(path: Path, box: Box, lat: Floats, lon: Floats) -> InputError:
    west, south, east, north = box
    return InputError.one(
        str(path),
        f"has no street within the box {west:g}, {south:g}, {east:g}, {north:g}",
        f"Its streets lie within {lon.min():.4f}, {lat.min():.4f}, {lon.max():.4f}, "
        f"{lat.max():.4f} (west, south, east, north): give a box that meets them.",
    )
