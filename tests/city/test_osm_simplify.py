"""Join segments of small random maps and compare with walking them one by one."""

from collections import Counter
from dataclasses import fields
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from oracles.osm_plain import Plain
from safepassage.city.simplify import Segments, chain, drop_loops, largest_part, merge_twins


def segments(rows):
    """Make segments of rows (tail, head, forward, backward, class); lengths 1, 2, 3 …"""
    n = len(rows)
    column = [np.array([row[i] for row in rows], np.int64) for i in range(5)]
    return Segments(
        tail=column[0],
        head=column[1],
        forward=column[2].astype(bool),
        backward=column[3].astype(bool),
        lanes_forward=column[2].astype(float),
        lanes_backward=column[3].astype(float),
        width_m=np.arange(n) + 2.0,
        speed_kmh=np.full(n, 30.0),
        length_m=np.arange(n) + 1.0,
        highway=column[4],
        name=np.full(n, -1),
        way=np.arange(n),
        bridge=np.zeros(n, bool),
        tunnel=np.zeros(n, bool),
        width_tagged=np.zeros(n, bool),
        layer=np.zeros(n, np.int64),
        access=np.full(n, -1),
    )


def plain(rows):
    twin = Plain.__new__(Plain)
    twin.where, twin.segments = {}, {}
    for number, (tail, head, forward, backward, kind) in enumerate(rows):
        twin._add(tail, head, number + 1.0, forward, backward, kind)
    return twin


def points(map_, half):
    """Name the points that a run of half-edges goes through."""
    ends = [(map_.tail[h >> 1], map_.head[h >> 1])[:: 1 - 2 * (h & 1)] for h in half.tolist()]
    assert all(a[1] == b[0] for a, b in pairwise(ends))
    return (int(ends[0][0]), *(int(b) for _, b in ends))


def runs(map_, chains):
    ends = chains.begin.tolist()
    return [points(map_, chains.half[a:b]) for a, b in pairwise(ends)]


@st.composite
def maps(draw):
    """Draw a map of few points, so that chains, rings and loops are common."""
    n = draw(st.integers(2, 9))
    point = st.integers(0, n - 1)
    way = st.sampled_from([(True, True), (True, True), (True, False), (False, True)])
    row = st.tuples(point, point, way, st.sampled_from([0, 0, 0, 1]))
    rows = draw(st.lists(row.filter(lambda r: r[0] != r[1]), min_size=1, max_size=14))
    return n, [(a, b, *open_, kind) for a, b, open_, kind in rows]


@given(maps())
def test_streets_are_those_that_a_plain_walk_finds(drawn):
    n, rows = drawn
    merged, _ = merge_twins(segments(rows))
    twin = plain(rows)
    assert len(merged) == len(twin.segments)
    kept, chains, _ = drop_loops(merged, n)
    assert Counter(runs(kept, chains)) == Counter(twin.streets())
    assert len(kept) == len(twin.segments)


@given(maps())
def test_largest_part_is_that_of_a_plain_flood(drawn):
    n, rows = drawn
    merged, _ = merge_twins(segments(rows))
    for connection, mode in (("weak", "walk"), ("strong", "vehicle")):
        twin = plain(rows)
        twin.segments = {
            (int(a), int(b)): [length, f, g, 0]
            for a, b, length, f, g in zip(
                merged.tail, merged.head, merged.length_m, merged.forward, merged.backward,
                strict=True,
            )
        }  # fmt: skip
        label = twin._weak() if mode == "walk" else twin._strong()
        inside = largest_part(merged, n, connection)
        kept = merged.take(inside)
        total = Counter()
        for (a, b), what in twin.segments.items():
            if label[a] == label[b]:
                total[label[a]] += what[0]
        assert kept.length_m.sum() == max(total.values(), default=0)
        labels = {label[p] for p in np.concatenate([kept.tail, kept.head]).tolist()}
        assert len(labels) == (1 if total else 0)


@given(maps())
def test_both_directions_of_a_street_are_named_by_the_same_segment(drawn):
    n, rows = drawn
    merged, _ = merge_twins(segments(rows))
    chains = chain(merged, n)
    named = dict(zip(runs(merged, chains), chains.first.tolist(), strict=True))
    for line, first in named.items():
        assert named.get(line[::-1], first) == first
        assert {merged.tail[first], merged.head[first]} <= set(line)


def test_a_long_chain_becomes_one_street_each_way():
    n = 5_000
    order = np.random.default_rng(7).permutation(n)
    rows = [(int(i), int(i) + 1, True, True, 0) for i in order]
    map_ = segments(rows)
    chains = chain(map_, n + 1)
    assert len(chains.begin) == 3
    assert sorted(runs(map_, chains)) == [tuple(range(n + 1)), tuple(range(n, -1, -1))]


def test_a_ring_without_a_junction_and_a_figure_of_eight_are_loops():
    ring = segments([(0, 1, True, True, 0), (1, 2, True, True, 0), (2, 0, True, True, 0)])
    kept, chains, loops = drop_loops(ring, 3)
    assert (len(kept), len(chains.first), loops) == (0, 0, 1)
    eight = [(0, 1), (1, 2), (2, 0), (0, 3), (3, 4), (4, 0)]
    kept, _, loops = drop_loops(segments([(a, b, True, True, 0) for a, b in eight]), 5)
    assert (len(kept), loops) == (0, 2)


def test_a_junction_that_only_a_loop_made_is_none_any_more():
    #  0 - 1 - 2 with a loop 1-3-4-1 in the middle
    rows = [(0, 1), (1, 2), (1, 3), (3, 4), (4, 1)]
    map_ = segments([(a, b, True, True, 0) for a, b in rows])
    kept, chains, loops = drop_loops(map_, 5)
    assert loops == 1
    assert sorted(runs(kept, chains)) == [(0, 1, 2), (2, 1, 0)]


def test_twins_are_merged_to_the_wider_one_with_every_direction():
    rows = [(0, 1, True, False, 0), (1, 2, True, True, 0), (1, 0, True, False, 1)]
    merged, gone = merge_twins(segments(rows))
    assert gone == 1
    assert merged.tail.tolist() == [0, 1]
    assert merged.forward.tolist() == [True, True]
    assert merged.backward.tolist() == [True, True]
    assert merged.width_m.tolist() == [4.0, 3.0]
    assert merged.lanes_backward.tolist() == [1.0, 1.0]
    assert merged.highway.tolist() == [0, 0]


def test_take_keeps_every_column():
    map_ = segments([(0, 1, True, True, 0), (1, 2, True, False, 1)])
    one = map_.take(np.array([1]))
    assert all(len(getattr(one, item.name)) == 1 for item in fields(one))
    assert one.length_m.tolist() == [2.0]
