"""Make streets of the straight segments of a map: one street from junction to junction.

A point is a junction unless exactly two segments meet there, of one highway class
and open the same way through. So a street has one class all along; where it runs
through several ways it takes the narrowest width and the fewest lanes of them as
binding, the way id of the end that stands first in the file, and of its names the
one that stands first in the file. It is a bridge or a tunnel where a part of it is.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from safepassage.city.model import StreetMap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.city.highways import HighwayClass
    from safepassage.city.model import Floats, Ints

__all__ = [
    "Chains",
    "Points",
    "Segments",
    "chain",
    "drop_loops",
    "largest_part",
    "merge_twins",
    "to_street_map",
]

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Points:
    """Hold the points that streets run through: degrees and OpenStreetMap node ids."""

    lat: Floats
    lon: Floats
    node_id: Ints


@dataclass(frozen=True, slots=True)
class Segments:
    """Hold the straight pieces between neighbouring points of the map, all (segments,).

    Attributes
    ----------
    tail, head
        Point indices, in the direction in which the way is drawn.
    forward, backward
        Whether the mode may go along and against that direction.
    lanes_forward, lanes_backward, width_m, speed_kmh, length_m
        Lanes; widths and lengths [m]; driving speed [km/h].
    highway, name, way, access
        Indices of the class, of the name (or -1), of the way, and of the tag that opens
        it (or -1).
    bridge, tunnel, width_tagged
        Whether it is one; whether its width is a tagged one.
    layer
        Above or below the ground, as tagged.

    """

    tail: Ints
    head: Ints
    forward: Bools
    backward: Bools
    lanes_forward: Floats
    lanes_backward: Floats
    width_m: Floats
    speed_kmh: Floats
    length_m: Floats
    highway: Ints
    name: Ints
    way: Ints
    bridge: Bools
    tunnel: Bools
    width_tagged: Bools
    layer: Ints
    access: Ints

    def __len__(self) -> int:
        """Count the segments."""
        return len(self.tail)

    def take(self, which: Bools | Ints) -> Segments:
        """Keep some of the segments, by mask or by index."""
        return Segments(*(getattr(self, item.name)[which] for item in fields(self)))


@dataclass(frozen=True, slots=True)
class Chains:
    """Hold directed streets as runs of half-edges.

    Half-edge 2 s runs along segment s, half-edge 2 s + 1 against it.

    Attributes
    ----------
    half
        Half-edges in the order in which the streets run.
    begin
        Street i is ``half[begin[i]:begin[i + 1]]``, shape (streets + 1,).
    first
        The segment that names the street: of its two ends, the one that stands
        first; the same for both directions, shape (streets,).

    """

    half: Ints
    begin: Ints
    first: Ints


def merge_twins(segments: Segments) -> tuple[Segments, int]:
    """Merge segments between the same two points: they are the same ground.

    The first one stays, with the larger width, lanes and speed and every direction
    that one of them opens.

    Returns
    -------
    The segments, and how many were merged away.

    """
    lower = np.minimum(segments.tail, segments.head)
    key = lower * (segments.head.max(initial=0) + segments.tail.max(initial=0) + 1)
    key += np.maximum(segments.tail, segments.head)
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    if len(first) == len(segments):
        return segments, 0
    turned = segments.tail != segments.tail[first[group]]
    columns = {item.name: getattr(segments, item.name)[first] for item in fields(segments)}
    for ahead, back in (("forward", "backward"), ("lanes_forward", "lanes_backward")):
        one, other = getattr(segments, ahead), getattr(segments, back)
        np.maximum.at(columns[ahead], group, np.where(turned, other, one))
        np.maximum.at(columns[back], group, np.where(turned, one, other))
    for same in ("width_m", "speed_kmh"):
        np.maximum.at(columns[same], group, getattr(segments, same))
    return Segments(**columns).take(np.argsort(first)), len(segments) - len(first)


def largest_part(segments: Segments, n_points: int, connection: Literal["weak", "strong"]) -> Bools:
    """Tell which segments belong to the connected part with the most street length.

    Parameters
    ----------
    segments, n_points
        The map.
    connection
        ``strong`` where one must be able to come back by the allowed directions.

    """
    tail = np.concatenate([segments.tail[segments.forward], segments.head[segments.backward]])
    head = np.concatenate([segments.head[segments.forward], segments.tail[segments.backward]])
    graph = coo_matrix((np.ones(len(tail), np.int8), (tail, head)), shape=(n_points, n_points))
    count, part = connected_components(graph, directed=True, connection=connection)
    inside = part[segments.tail] == part[segments.head]
    weight = np.bincount(
        part[segments.tail[inside]], weights=segments.length_m[inside], minlength=count
    )
    return np.asarray(inside & (part[segments.tail] == np.argmax(weight)))


def _successors(segments: Segments, n_points: int) -> Ints:
    """Give the half-edge that goes on from each one; itself where a street ends."""
    n = 2 * len(segments)
    origin = np.empty(n, np.int64)
    origin[0::2], origin[1::2] = segments.tail, segments.head
    is_open = np.empty(n, np.bool_)
    is_open[0::2], is_open[1::2] = segments.forward, segments.backward
    degree = np.bincount(origin, minlength=n_points)
    where = (np.cumsum(degree) - degree)[degree == 2]
    leaving = np.argsort(origin, kind="stable")
    one, other = leaving[where], leaving[where + 1]
    through = (
        (segments.highway[one >> 1] == segments.highway[other >> 1])
        & (is_open[one ^ 1] == is_open[other])
        & (is_open[other ^ 1] == is_open[one])
    )
    one, other = one[through], other[through]
    following = np.arange(n)
    following[one ^ 1] = other
    following[other ^ 1] = one
    return following


def chain(segments: Segments, n_points: int) -> Chains:
    """Join segments into directed streets between junctions.

    The end of each run, and the steps to it, are found by pointer doubling: in
    round k every half-edge knows the one 2**k further on. Rings that touch no
    junction have no end and are left out.
    """
    following = _successors(segments, n_points)
    n = len(following)
    last = following
    steps = (following != np.arange(n)).astype(np.int64)
    for _ in range(max(1, n.bit_length())):
        further = last[last]
        if np.array_equal(further, last):
            break
        steps = steps + steps[last]
        last = further
    is_open = np.empty(n, np.bool_)
    is_open[0::2], is_open[1::2] = segments.forward, segments.backward
    half = np.flatnonzero(is_open & (following[last] == last))
    start, end, place = last[half ^ 1] ^ 1, last[half], steps[half ^ 1]
    first = np.minimum(start >> 1, end >> 1)
    turned = np.where(start >> 1 == end >> 1, start & 1 == 1, start >> 1 > end >> 1)
    street = 2 * first + turned
    order = np.lexsort((place, street))
    street = street[order]
    begin = np.flatnonzero(np.diff(street, prepend=-1))
    return Chains(
        half=half[order],
        begin=np.append(begin, len(order)),
        first=street[begin] >> 1,
    )


def drop_loops(segments: Segments, n_points: int) -> tuple[Segments, Chains, int]:
    """Join segments into streets, without those that lead back to where they start.

    A junction that only a loop made is none any more, so this is repeated until no
    loop is left.

    Returns
    -------
    The segments that stay, their streets, and the number of loops left out.

    """
    loops = 0
    while True:
        chains = chain(segments, n_points)
        origin = _ends(segments, chains.half[chains.begin[:-1]])[0]
        target = _ends(segments, chains.half[chains.begin[1:] - 1])[1]
        round_trip = np.repeat(origin == target, np.diff(chains.begin))
        gone = np.zeros(len(segments), np.bool_)
        gone[chains.half[round_trip] >> 1] = True
        rings = ~gone
        rings[chains.half >> 1] = False
        if not gone.any() and not rings.any():
            return segments, chains, loops
        loops += len(np.unique(chains.first[origin == target])) + bool(rings.any())
        segments = segments.take(~gone & ~rings)


def _ends(segments: Segments, half: Ints) -> tuple[Ints, Ints]:
    """Give the points where half-edges begin and end."""
    tail, head = segments.tail[half >> 1], segments.head[half >> 1]
    turned = half & 1 == 1
    return np.where(turned, head, tail), np.where(turned, tail, head)


def to_street_map(
    points: Points,
    segments: Segments,
    chains: Chains,
    *,
    classes: Sequence[HighwayClass],
    names: Sequence[str],
    access_tags: Sequence[str],
    way_id: Ints,
    left_out: dict[str, int],
) -> StreetMap:
    """Write streets out as a `StreetMap`, with only the points and names they need.

    Parameters
    ----------
    points, segments, chains
        The map and its streets.
    classes, names, access_tags, way_id
        What ``segments.highway``, ``.name``, ``.access`` and ``.way`` point to.
    left_out
        What is told to the user of the rest.

    """
    half, begin = chains.half, chains.begin[:-1]
    edge, turned = half >> 1, half & 1 == 1
    origin, target = _ends(segments, half)
    street = np.repeat(np.arange(len(begin)), np.diff(chains.begin))
    n_drawn = len(half) + len(begin)
    drawn = np.empty(n_drawn, np.int64)
    drawn[np.arange(len(half)) + street] = origin
    drawn[chains.begin[1:] + np.arange(len(begin))] = target[chains.begin[1:] - 1]

    tail, head = origin[begin], target[chains.begin[1:] - 1]
    junctions = np.unique(np.concatenate([tail, head]))
    lanes = np.where(turned, segments.lanes_backward[edge], segments.lanes_forward[edge])
    lanes = np.minimum.reduceat(lanes, begin)
    width = np.minimum.reduceat(segments.width_m[edge], begin)
    binding = segments.width_m[edge] == width[street]
    layer = segments.layer[edge]
    above, below = np.maximum.reduceat(layer, begin), np.minimum.reduceat(layer, begin)
    highway, kept_classes = _used(segments.highway[chains.first], [row.highway for row in classes])
    rows = [row for row in classes if row.highway in kept_classes]
    access, kept_access = _used(segments.access[chains.first], access_tags)
    length = segments.length_m[edge]
    name, kept_names = _used(_first_name(segments.name[edge], begin), names)
    return StreetMap(
        lat=points.lat[junctions],
        lon=points.lon[junctions],
        node_id=points.node_id[junctions],
        tail=np.searchsorted(junctions, tail),
        head=np.searchsorted(junctions, head),
        length_m=_both_ways(np.add.reduceat(length, begin), chains.first),
        width_m=width,
        lanes=lanes,
        speed_kmh=_speed(length, segments.speed_kmh[edge], begin, lanes),
        highway=highway,
        highway_names=kept_classes,
        name=name,
        street_names=kept_names,
        way_id=way_id[segments.way[chains.first]],
        shape_start=chains.begin + np.arange(len(chains.begin)),
        shape_lat=points.lat[drawn],
        shape_lon=points.lon[drawn],
        left_out=left_out,
        bridge=np.logical_or.reduceat(segments.bridge[edge], begin),
        tunnel=np.logical_or.reduceat(segments.tunnel[edge], begin),
        layer=np.where(above >= -below, above, below),
        oneway=~(segments.forward & segments.backward)[chains.first],
        width_tagged=np.logical_or.reduceat(segments.width_tagged[edge] & binding, begin),
        access=access,
        access_tags=kept_access,
        walk_factor=np.array([row.walk_factor for row in rows])[highway],
        flow_factor=np.array([row.flow_factor for row in rows])[highway],
        vehicles_per_h=lanes * np.array([row.vehicles_per_lane_per_h for row in rows])[highway],
    )


def _both_ways(length: Floats, first: Ints) -> Floats:
    """Give both directions of a street the very same length, last digit included."""
    _, one, street = np.unique(first, return_index=True, return_inverse=True)
    return length[one][street]


def _speed(length: Floats, kmh: Floats, begin: Ints, lanes: Floats) -> Floats:
    """Average driving speeds along streets so that the time is kept; 0 without lanes."""
    safe = np.maximum(length, 1e-6)  # two points of a map may lie in one place
    hours = np.add.reduceat(safe / np.where(kmh > 0, kmh, 1.0), begin)
    return np.where(lanes > 0, np.add.reduceat(safe, begin) / hours, 0.0)


def _first_name(name: Ints, begin: Ints) -> Ints:
    """Take the name that stands first in the file, or -1."""
    unnamed = np.iinfo(np.int64).max
    first = np.minimum.reduceat(np.where(name < 0, unnamed, name), begin)
    return np.where(first == unnamed, -1, first)


def _used(index: Ints, words: Sequence[str]) -> tuple[Ints, tuple[str, ...]]:
    """Give numbers only to the words in use, in their old order; -1 stays -1."""
    used = np.unique(index[index >= 0])
    number = np.where(index < 0, -1, np.searchsorted(used, index))
    return number, tuple(words[i] for i in used)
