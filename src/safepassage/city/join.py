"""Join the ways of an extract into streets: cut into segments, then from junction to junction."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.errors import InputError
from safepassage.base.geo import distance_m
from safepassage.city.highways import highway_classes
from safepassage.city.osm_ways import PER_DEGREE
from safepassage.city.simplify import (
    Points,
    Segments,
    drop_loops,
    largest_part,
    merge_twins,
    to_street_map,
)

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.base.progress import Progress
    from safepassage.city.clip import Area
    from safepassage.city.highways import Mode
    from safepassage.city.model import Ints, StreetMap
    from safepassage.city.osm_ways import Extract

__all__ = ["cut_segments", "join"]


def join(extract: Extract, path: Path, area: Area | None, progress: Progress) -> StreetMap:
    """Join the ways of an extract into streets.

    Parameters
    ----------
    extract
        The ways that a mode may use, and where they are.
    path
        The file they come from, for messages.
    area
        What they were cut to.
    progress
        Is told how far this is, from 0.7 to 1.

    Raises
    ------
    InputError
        If nothing is left of them.

    """
    mode = extract.judge.mode
    progress("Joining streets", 0.7)
    points, segments, access, left_out = cut_segments(extract, path, area)
    segments, merged = merge_twins(segments)
    left_out["stretches drawn twice over the same points"] += merged
    kept = largest_part(segments, len(points.lat), "weak" if mode == "walk" else "strong")
    if not kept.any():
        raise _nothing(path, mode, "on none of them can one go and come back")
    left_out["streets outside the largest connected part"] += len(
        np.setdiff1d(segments.way[~kept], segments.way[kept])
    )
    segments, chains, loops = drop_loops(segments.take(kept), len(points.lat))
    left_out["loops that lead back to where they start"] += loops
    if not len(segments):
        raise _nothing(path, mode, "every one of them leads back to where it starts")
    streets = to_street_map(
        points,
        segments,
        chains,
        classes=tuple(highway_classes().values()),
        names=extract.judge.names,
        access_tags=access,
        way_id=extract.ways.way_id,
        left_out={why: count for why, count in sorted(left_out.items()) if count},
    )
    progress("Joining streets", 1.0)
    return streets


def _some(extract: Extract, path: Path, area: Area | None) -> None:
    """Refuse an extract without a street."""
    if len(extract.ways):
        return
    left_out = +extract.judge.left_out
    if area is not None and extract.bounds is not None and not set(left_out) - {_outside(area)}:
        raise _elsewhere(path, area, extract)
    why = "; ".join(f"{why}: {count}" for why, count in left_out.items())
    raise _nothing(path, extract.judge.mode, why or "it has no way with a highway tag")


def cut_segments(
    extract: Extract, path: Path, area: Area | None
) -> tuple[Points, Segments, tuple[str, ...], Counter[str]]:
    """Cut ways into segments between neighbouring points with a position (in the area).

    Returns
    -------
    The points, copies at closed barriers last; the segments; the tags that opened some of
    them; and what was left out.

    Raises
    ------
    InputError
        If there is none.

    """
    _some(extract, path, area)
    ways, mode, left_out = extract.ways, extract.judge.mode, Counter(extract.judge.left_out)
    placed = abs(extract.x) <= 180 * PER_DEGREE
    placed &= abs(extract.y) <= 90 * PER_DEGREE
    if len(placed) and not placed.any() and area is None:
        raise InputError.one(
            str(path),
            "names streets but not where they are (the nodes of its ways are missing)",
            "Export it again together with the nodes.",
        )
    way, point = np.repeat(np.arange(len(ways)), ways.size), extract.point
    seen = placed[point]
    pair = (way[:-1] == way[1:]) & seen[:-1] & seen[1:] & (point[:-1] != point[1:])
    if area is None:
        left_out["street points without a position in the file"] += int((~placed).sum())
    else:
        left_out[_outside(area)] += len(ways) - len(np.unique(way[:-1][pair]))
        if not pair.any():
            raise _elsewhere(path, area, extract)
    if not pair.any():
        raise _nothing(path, mode, "none has two neighbouring points with a position")
    tail, head, way = point[:-1][pair], point[1:][pair], way[:-1][pair]
    tail, head, again, closed = _cut_at_barriers(tail, head, extract.node_id, extract.barriers)
    who = "people on foot" if mode == "walk" else "vehicles"
    left_out[f"ways through barriers closed to {who}"] += closed
    copied = np.concatenate([np.arange(len(placed)), again])
    points = Points(
        (extract.y / PER_DEGREE)[copied], (extract.x / PER_DEGREE)[copied], extract.node_id[copied]
    )
    segments, access, bad = _with_attributes(extract, points, tail, head, way)
    left_out["width tags that could not be used"] += bad
    return points, segments, access, left_out


def _cut_at_barriers(
    tail: Ints, head: Ints, node_id: Ints, barriers: Ints
) -> tuple[Ints, Ints, Ints, int]:
    """Give each segment that ends at a closed barrier an end of its own there.

    Returns
    -------
    New tails and heads, the points that are copied, in order, and the number of
    barriers at which segments were parted.

    """
    shut = np.isin(node_id, barriers)
    shut &= np.bincount(np.concatenate([tail, head]), minlength=len(node_id)) > 1
    ends = np.concatenate([tail, head])
    cut = np.flatnonzero(shut[ends])
    again = ends[cut]
    ends[cut] = len(node_id) + np.arange(len(cut))
    return ends[: len(tail)], ends[len(tail) :], again, len(np.unique(again))


def _with_attributes(
    extract: Extract, points: Points, tail: Ints, head: Ints, way: Ints
) -> tuple[Segments, tuple[str, ...], int]:
    """Give each segment what the verdict on its way says.

    Returns
    -------
    The segments, the tags that opened some of them, and how many widths were no use.

    """
    mode, verdicts = extract.judge.mode, extract.judge.verdicts
    classes = {name: i for i, name in enumerate(highway_classes())}
    number = extract.ways.verdict[way]

    def said(what: str) -> Any:
        """Give each segment what its verdict holds under a name."""
        return np.array([getattr(verdict, what) for verdict in verdicts])[number]

    lanes = said("lanes_forward"), said("lanes_backward")
    walks = said("walk_forward"), said("walk_backward")
    opened = walks if mode == "walk" else (lanes[0] > 0, lanes[1] > 0)
    access = "foot_access" if mode == "walk" else "drive_access"
    tags = {tag: i for i, tag in enumerate(sorted({getattr(v, access) for v in verdicts} - {""}))}
    segments = Segments(
        tail=tail,
        head=head,
        forward=opened[0],
        backward=opened[1],
        lanes_forward=lanes[0],
        lanes_backward=lanes[1],
        width_m=said("width_m"),
        width_tagged=said("width_tagged"),
        speed_kmh=said("speed_kmh"),
        length_m=distance_m(points.lat[tail], points.lon[tail], points.lat[head], points.lon[head]),
        highway=np.array([classes.get(v.highway, -1) for v in verdicts], np.int64)[number],
        name=extract.ways.name[way],
        way=way,
        bridge=said("bridge"),
        tunnel=said("tunnel"),
        layer=said("layer"),
        access=np.array([tags.get(getattr(v, access), -1) for v in verdicts], np.int64)[number],
    )
    bad = np.array([verdict.bad_width for verdict in verdicts], np.bool_)
    return segments, tuple(tags), int(bad[extract.ways.verdict].sum())


def _nothing(path: Path, mode: Mode, why: str) -> InputError:
    who = "people on foot may walk on" if mode == "walk" else "vehicles may drive on"
    return InputError.one(
        str(path),
        f"holds no street that {who} ({why})",
        "Give an extract that covers the streets of the place, or another mode.",
    )


def _outside(area: Area) -> str:
    return f"streets outside the {area.kind}"


def _elsewhere(path: Path, area: Area, extract: Extract) -> InputError:
    where = ", ".join(f"{edge:.4f}" for edge in extract.bounds or ())
    return InputError.one(
        str(path),
        f"has no street within {area}",
        f"It covers {where} (west, south, east, north): give a {area.kind} that meets this, "
        "longitude before latitude."
        if where
        else "It has no node with a position.",
    )
