"""Join what people on foot may use and what vehicles may use into one map of streets.

Each is read by its own rules, with its own barriers. What both may use is one street: its
width is 0 where nobody walks, its lanes are 0 in the direction in which nobody drives, so that
one-way signs bind vehicles only. Where only vehicles may go back along a street that people on
foot may walk one way, nobody walks it at all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from safepassage.city.highways import highway_classes
from safepassage.city.join import cut_segments
from safepassage.city.simplify import (
    Points,
    Segments,
    drop_loops,
    largest_part,
    merge_twins,
    to_street_map,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from safepassage.base.progress import Progress
    from safepassage.city.clip import Area
    from safepassage.city.model import Ints, StreetMap
    from safepassage.city.osm_ways import Extract

__all__ = ["join_both"]

_KINDS = 6


def join_both(
    walk: Extract, drive: Extract, path: Path, area: Area | None, progress: Progress
) -> StreetMap:
    """Join the ways of two extracts of one file, made for either mode, into one map.

    Raises
    ------
    InputError
        If nothing is left of one of them.

    """
    progress("Joining streets", 0.7)
    points, afoot, foot_access, left_out = cut_segments(walk, path, area)
    others, driven, drive_access, more = cut_segments(drive, path, area)
    points, place = _one_set(points, others, len(walk.node_id), len(drive.node_id))
    names, name = _one_list(walk.judge.names, drive.judge.names)
    tags, access = _one_list(foot_access, drive_access)
    nothing = np.zeros
    afoot = replace(
        afoot, lanes_forward=nothing(len(afoot)), lanes_backward=nothing(len(afoot)),
        speed_kmh=nothing(len(afoot)),
    )  # fmt: skip
    driven = replace(
        driven, tail=place[driven.tail], head=place[driven.head], width_m=nothing(len(driven)),
        name=name[driven.name], access=access[driven.access], way=driven.way + len(walk.ways),
    )  # fmt: skip
    segments, _ = merge_twins(_together(afoot, driven))
    segments = _walked_both_ways_or_not(segments, afoot)
    kept = largest_part(segments, len(points.lat), "weak")
    left_out = Counter({f"{why} (on foot)": n for why, n in left_out.items()})
    left_out.update({f"{why} (vehicles)": n for why, n in more.items()})
    segments, chains, loops = drop_loops(_by_kind(segments.take(kept)), len(points.lat))
    left_out["loops that lead back to where they start"] += loops
    streets = to_street_map(
        points, replace(segments, highway=segments.highway // _KINDS), chains,
        classes=tuple(highway_classes().values()), names=names, access_tags=tags,
        way_id=np.concatenate([walk.ways.way_id, drive.ways.way_id]),
        left_out={why: count for why, count in sorted(left_out.items()) if count},
    )  # fmt: skip
    progress("Joining streets", 1.0)
    return streets


def _one_set(own: Points, others: Points, n_own: int, n_others: int) -> tuple[Points, Ints]:
    """Put points together, each node of the file once; copies at barriers stay apart.

    Returns
    -------
    The points, and where each of the others is among them.

    """
    known = own.node_id[:n_own]
    order = np.argsort(known, kind="stable")
    spot = np.minimum(np.searchsorted(known[order], others.node_id[:n_others]), max(n_own - 1, 0))
    same = known[order][spot] == others.node_id[:n_others]
    place = np.empty(len(others.node_id), np.int64)
    new = np.ones(len(others.node_id), np.bool_)
    new[:n_others] = ~same
    place[:n_others][same] = order[spot[same]]
    place[new] = len(own.node_id) + np.arange(int(new.sum()))
    points = Points(
        *(
            np.concatenate([getattr(own, column), getattr(others, column)[new]])
            for column in ("lat", "lon", "node_id")
        )
    )
    return points, place


def _one_list(own: Sequence[str], others: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """Put words together, each once, and number the others anew; -1 stays -1."""
    words = {word: i for i, word in enumerate(own)}
    number = [words.setdefault(word, len(words)) for word in others]
    return tuple(words), np.array([*number, -1], np.int64)


def _together(one: Segments, other: Segments) -> Segments:
    columns = Segments.__dataclass_fields__
    return Segments(
        **{name: np.concatenate([getattr(one, name), getattr(other, name)]) for name in columns}
    )


def _walked_both_ways_or_not(segments: Segments, afoot: Segments) -> Segments:
    """Take the width of what may be driven in a direction in which it may not be walked."""
    one_way = afoot.take(afoot.forward != afoot.backward)
    size = int(max(segments.tail.max(initial=0), segments.head.max(initial=0))) + 1

    def ends(of: Segments) -> Ints:
        return np.minimum(of.tail, of.head) * size + np.maximum(of.tail, of.head)

    wrong = np.isin(ends(segments), ends(one_way)) & (segments.forward & segments.backward)
    return replace(segments, width_m=np.where(wrong, 0.0, segments.width_m))


def _by_kind(segments: Segments) -> Segments:
    """Give what is walked, driven one way and driven both ways classes of their own.

    A street then is one kind all along; the class is what is left by dividing.
    """
    driven = (segments.lanes_forward > 0).astype(np.int64) + (segments.lanes_backward > 0)
    kind = 2 * driven + (segments.width_m > 0)
    return replace(segments, highway=segments.highway * _KINDS + kind)
