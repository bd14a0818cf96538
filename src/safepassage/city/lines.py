"""Read streets from lines in GeoPackage, GeoJSON, Shapefile and the like.

Columns, named by the case, are read as OpenStreetMap's tags are; so every default and rule
of `highways` holds. Lines meet only where they share a point, to 1e-7 degrees, or where
one ends within ``join_m`` of a point of another; lines that cross without a shared point,
such as a bridge and what runs below, stay apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from safepassage.base.errors import Fault, InputError
from safepassage.base.geo import to_metres
from safepassage.base.progress import Progress, silent
from safepassage.case.columns import CityColumns
from safepassage.city.features import MOST_FAULTS, Features, read_features
from safepassage.city.highways import KEYS, highway_classes
from safepassage.city.join import join
from safepassage.city.join_both import join_both
from safepassage.city.osm_ways import NOWHERE, PER_DEGREE, Extract, Judge, Ways, bounds_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from safepassage.city.clip import Area
    from safepassage.city.highways import Mode
    from safepassage.city.model import Flags, Ints, StreetMap

__all__ = ["LineSource", "read_lines"]

_TAGS = {
    "oneway": "oneway", "width_m": "width", "lanes": "lanes", "lanes_forward": "lanes:forward",
    "lanes_backward": "lanes:backward", "speed_kmh": "maxspeed", "name": "name", "foot": "foot",
    "motor_vehicle": "motor_vehicle", "bridge": "bridge", "tunnel": "tunnel", "layer": "layer",
}  # fmt: skip
"""Column of a case → tag of OpenStreetMap that it is read as."""

_ALONG = frozenset({"yes", "true", "1", "f", "ft", "forward"})
_AGAINST = frozenset({"-1", "reverse", "t", "tf", "backward"})
_BOTH = frozenset({"no", "false", "0", "", "b", "both"})
_YES_NO = {"1": "yes", "true": "yes", "t": "yes", "y": "yes",
           "0": "no", "false": "no", "f": "no", "n": "no"}  # fmt: skip

UNCLASSED = "road"
"""The class of lines where the file has none: OpenStreetMap's for a road nobody has classed."""


@dataclass(frozen=True, slots=True)
class LineSource:
    """Say how a file of lines is to be read.

    Attributes
    ----------
    columns
        What its columns are called.
    classes
        Value of the class column → highway class of OpenStreetMap, beside those that are
        such a class already.
    crs, layer
        Reference system where the file names none, and layer where it has several.
    join_m
        How near an end must lie to a point of another line to be joined to it [m].

    """

    columns: CityColumns = field(default_factory=CityColumns)
    classes: Mapping[str, str] | None = None
    crs: str = ""
    layer: str = ""
    join_m: float = 0.5


def read_lines(
    path: Path,
    source: LineSource | None = None,
    *,
    mode: Mode | Literal["both"] = "walk",
    area: Area | None = None,
    progress: Progress = silent,
) -> StreetMap:
    """Read the streets of a file of lines that a mode may use.

    Parameters
    ----------
    path
        The file.
    source
        How it is to be read.
    mode, area, progress
        As for `osm.read_osm`.

    Returns
    -------
    Streets as from an OpenStreetMap file, without node ids; ``way_id`` is the column
    ``id``, or the number of the line in the file.

    Raises
    ------
    InputError
        If the file cannot be read or holds other shapes; if a column, class or value in it
        is not understood, all such together; if it holds no street for the mode.

    """
    source = source or LineSource()
    progress(f"Reading {path.name}", None)
    found = read_features(
        path, kinds=("LineString", "MultiLineString"), crs=source.crs, layer=source.layer
    )
    if mode == "both":
        afoot = _extract(path, found, source, Judge("walk"), area)
        driven = _extract(path, found, source, Judge("vehicle"), area)
        streets = join_both(afoot, driven, path, area, progress)
    else:
        streets = join(_extract(path, found, source, Judge(mode), area), path, area, progress)
    return replace(streets, node_id=np.full(streets.n_nodes, -1))


def _extract(
    path: Path, found: Features, source: LineSource, judge: Judge, area: Area | None
) -> Extract:
    """Make ways of lines: the very things that an OpenStreetMap file gives."""
    import shapely  # noqa: PLC0415 - only where a file of shapes is read

    tags = _tags(path, found, source)
    parts, feature = shapely.get_parts(found.shapes, return_index=True)
    xy, line = shapely.get_coordinates(parts, return_index=True)
    place, point = np.unique(
        np.round(xy * PER_DEGREE).astype(np.int64), axis=0, return_inverse=True
    )
    point = np.asarray(point).ravel()
    moved = _joined(place, point, line, source.join_m)
    point, joined = moved[point], int((moved != np.arange(len(place))).sum())
    if joined:
        judge.left_out[f"line ends joined to a point within {source.join_m:g} m"] += joined
    verdict = np.array([judge.verdict(tuple(map(each.get, KEYS))) for each in tags], np.int64)
    name = np.array([judge.name(each.get("name")) for each in tags], np.int64)
    ids = _ids(path, found, source.columns.id)
    size = np.bincount(line, minlength=len(parts))
    ways = Ways(ids[feature], verdict[feature], name[feature], size, point)
    bounds = bounds_of(*(place / PER_DEGREE).T)
    x, y = place.T
    if area is not None:
        inside = area.holds(x / PER_DEGREE, y / PER_DEGREE)
        near = ways.any_of(inside[ways.ref])
        judge.left_out[f"streets outside the {area.kind}"] += len(near) - int(near.sum())
        x, y = (np.where(inside, column, NOWHERE) for column in (x, y))
        ways = ways.take(near)
    ways = judge.names_in_order(judge.open_ways(ways))
    none = np.empty(0, np.int64)
    return Extract(ways, judge, ways.ref, np.arange(len(place)), x, y, none, bounds)


def _joined(place: Ints, point: Ints, line: Ints, join_m: float) -> Ints:
    """Give the point that each point becomes: line ends move to points that lie near."""
    own = np.arange(len(place))
    if join_m <= 0:
        return own
    is_end = np.zeros(len(place), np.bool_)
    change = np.flatnonzero(np.diff(line)) + 1
    is_end[point[np.concatenate([[0], change])]] = True
    is_end[point[np.append(change - 1, len(line) - 1)]] = True
    lon, lat = place.T / PER_DEGREE
    xy = to_metres(lat, lon, float(lat.mean()), float(lon.mean()))
    pairs = cKDTree(xy).query_pairs(join_m, output_type="ndarray")
    pairs = pairs[is_end[pairs].any(axis=1)]
    # two points of one line stay apart: a short stretch is no gap
    pairs = pairs[~_neighbours(pairs, point, line, len(place))]
    graph = coo_array((np.ones(len(pairs)), pairs.T), shape=(len(place),) * 2)
    _, group = connected_components(graph, directed=False)
    first = np.full(group.max(initial=-1) + 1, len(place))
    np.minimum.at(first, group, own)
    return np.asarray(first[group], np.int64)


def _neighbours(pairs: Ints, point: Ints, line: Ints, n: int) -> Flags:
    """Tell which pairs of points follow each other on a line."""
    along = np.flatnonzero(line[:-1] == line[1:])
    one, other = point[along], point[along + 1]
    known = np.minimum(one, other) * n + np.maximum(one, other)
    return np.isin(pairs.min(axis=1) * n + pairs.max(axis=1), known)


def _tags(path: Path, found: Features, source: LineSource) -> list[dict[str, str]]:
    """Give each line the tags that its columns stand for; every fault together."""
    faults = _absent(path, found, source.columns)
    if faults:
        raise InputError(faults)
    tags: list[dict[str, str]] = [{} for _ in found.fids]
    for column, tag in _TAGS.items():
        called = getattr(source.columns, column)
        for each, value in zip(tags, found.columns[called] if called else (), strict=False):
            text = _tag(column, value)
            if text is None and column == "oneway":
                faults.append(_odd(path, called, value, "is no direction"))
            elif text is not None:
                each[tag] = text
    classes, odd = _classes(path, found, source)
    faults += odd
    if faults:
        raise InputError(_each_once(faults))
    for each, highway in zip(tags, classes, strict=True):
        each["highway"] = highway
    return tags


def _absent(path: Path, found: Features, columns: CityColumns) -> list[Fault]:
    there = ", ".join(found.columns) or "none"
    return [
        Fault(str(path), f"has no column {called!r}, named in the case as city.columns.{key}",
              f"It has: {there}.")
        for key, called in columns
        if called and called not in found.columns
    ]  # fmt: skip


def _classes(path: Path, found: Features, source: LineSource) -> tuple[list[str], list[Fault]]:
    """Give each line its highway class."""
    called = source.columns.highway
    if not called:
        return [UNCLASSED] * len(found.fids), []
    known, given = highway_classes(), dict(source.classes or {})
    faults = [
        Fault("case.toml: city.classes", f"names the class {highway!r}, which is none",
              f"Classes: {', '.join(known)}.")
        for highway in given.values()
        if highway not in known
    ]  # fmt: skip
    classes = []
    for value in found.columns[called]:
        text = _text(value) or ""
        highway = given.get(text, text.lower())
        if highway not in known:
            fault = _odd(path, called, value, "is no highway class of OpenStreetMap")
            faults.append(replace(fault, remedy="Say in [[city.classes]] what it stands for."))
        classes.append(highway)
    return classes, faults


def _text(value: Any) -> str | None:
    """Write a value as a tag would; None where there is none."""
    if value is None or (isinstance(value, float | np.floating) and np.isnan(value)):
        return None
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float | np.floating):
        return f"{value:.10g}"
    return str(value).strip() or None


def _tag(column: str, value: Any) -> str | None:
    """Write a value as the tag that its column stands for; None where it is none."""
    text = _text(value)
    if column == "oneway":
        return _direction(text or "")
    if text is None:
        return None
    if column in {"bridge", "tunnel", "foot", "motor_vehicle"}:
        return _YES_NO.get(text.lower(), text.lower())
    if column == "speed_kmh" and isinstance(value, float | np.floating):
        return str(round(value))
    return text


def _direction(text: str) -> str | None:
    """Read a direction: ``yes``, ``-1`` or ``no``; None for what is none."""
    text = text.lower()
    if text in _ALONG:
        return "yes"
    if text in _AGAINST:
        return "-1"
    return "no" if text in _BOTH else None


def _odd(path: Path, column: str, value: Any, what: str) -> Fault:
    return Fault(
        f"{path}, column {column}", f"{value!s:.80} {what}", "Correct it; docs/case.md says more."
    )


def _each_once(faults: list[Fault]) -> list[Fault]:
    """Keep one of each fault, and count those past what a person reads."""
    kinds = list(dict.fromkeys(faults))
    rest = len(kinds) - MOST_FAULTS
    more = [Fault(kinds[0].where, f"and {rest:,} more values")] if rest > 0 else []
    return [*kinds[:MOST_FAULTS], *more]


def _ids(path: Path, found: Features, called: str) -> Ints:
    """Give the numbers that streets are found again by."""
    if not called:
        return found.fids
    values = found.columns[called]
    if np.issubdtype(values.dtype, np.integer):
        return values.astype(np.int64)
    texts = [_text(value) or "" for value in values]
    if not all(text.removeprefix("-").isdecimal() for text in texts):
        raise InputError.one(
            f"{path}, column {called}", "holds other things than whole numbers",
            "Name another column as city.columns.id, or none.",
        )  # fmt: skip
    return np.array([int(text) for text in texts], np.int64)
