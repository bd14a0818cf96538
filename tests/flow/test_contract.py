"""Without dead ends and with chains joined, the earliest arrivals stay the same."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracles.written_out import most_arrived
from safepassage.base.errors import InputError
from safepassage.flow import Network, earliest_arrival
from safepassage.flow.contract import contract


@st.composite
def towns(draw):
    """Draw junctions joined at random, and streets cut into pieces, both ways or one."""
    n = draw(st.integers(2, 5))
    tail, head, took, room = [], [], [], []

    def street(a, b, *, back):
        for x, y in ((a, b), (b, a))[: 1 + back]:
            tail.append(x)
            head.append(y)
            took.append(draw(st.integers(0, 2)))
            room.append(draw(st.integers(0, 4)))

    nodes = n
    for _ in range(draw(st.integers(1, 5))):
        here = draw(st.integers(0, n - 1))
        last = draw(st.none() | st.integers(0, n - 1))  # none: a dead end
        back = draw(st.booleans())
        for _ in range(draw(st.integers(0, 2))):
            street(here, nodes, back=back)
            here, nodes = nodes, nodes + 1
        if last is not None:
            street(here, last, back=back)
    source = draw(st.lists(st.integers(0, nodes - 1), min_size=1, max_size=2))
    sink = draw(st.lists(st.integers(0, nodes - 1), min_size=1, max_size=2))
    return nodes, tail, head, took, room, source, sink


@settings(max_examples=200, deadline=None)
@given(towns(), st.integers(0, 9), st.integers(1, 4), st.integers(0, 4))
def test_arrivals_are_the_same_at_every_step(town, steps, rate, release):
    n, tail, head, took, room, source, sink = town
    small = contract(n, tail, head, took, room, source + sink)
    rest = ([20] * len(source), small.index[sink], [rate] * len(sink), steps)
    network = Network(small.n_nodes, small.tail, small.head, small.exact, small.capacity)
    late = [release] * len(source)
    found = earliest_arrival(network, small.index[source], *rest, release=late)
    most = most_arrived(
        Network(n, tail, head, took, room), source, [20] * len(source), sink,
        [rate] * len(sink), steps, late,
    )  # fmt: skip
    assert np.cumsum(found.arrivals).tolist() == most.tolist()


@settings(max_examples=200, deadline=None)
@given(towns())
def test_nothing_is_left_to_contract_and_every_arc_is_a_walk(town):
    n, tail, head, took, room, source, sink = town
    small = contract(n, tail, head, took, room, source + sink)
    for arc in range(len(small.tail)):
        walk = small.original([arc]).tolist()
        assert tail[walk[0]] == small.node[small.tail[arc]]
        assert head[walk[-1]] == small.node[small.head[arc]]
        assert all(head[x] == tail[y] for x, y in pairwise(walk))
        assert sum(took[x] for x in walk) == small.exact[arc]
        assert min(room[x] for x in walk) == small.capacity[arc]
    again = contract(
        small.n_nodes, small.tail, small.head, small.exact, small.capacity,
        small.index[source + sink],
    )  # fmt: skip
    assert (again.n_nodes, len(again.tail)) == (small.n_nodes, len(small.tail))
    for v in set(range(small.n_nodes)) - set(small.index[source + sink].tolist()):
        out, into = small.head[small.tail == v].tolist(), small.tail[small.head == v].tolist()
        once = len(set(out)) == len(out) and len(set(into)) == len(into)
        assert len({*out, *into}) > (2 if once else 1)


def test_a_source_in_the_middle_is_no_chain():
    line = (4, [0, 1, 1, 2, 2, 3], [1, 0, 2, 1, 3, 2], [1, 1, 2, 2, 3, 3], [9, 8, 7, 6, 5, 4])
    joined = contract(*line, [0, 3])
    ways = sorted(zip(joined.tail, joined.head, joined.exact, joined.capacity, strict=True))
    assert ways == [(0, 1, 6, 5), (1, 0, 6, 4)]
    assert joined.original(np.flatnonzero(joined.tail == 1)).tolist() == [5, 3, 1]
    assert joined.index.tolist() == [0, -1, -1, 1]
    apart = contract(*line, [0, 1, 3])
    assert apart.node.tolist() == [0, 1, 3]
    assert sorted(apart.exact) == [1, 1, 5, 5]


def test_a_long_line_takes_no_long_time():
    n = 50_000
    line = contract(
        n, np.arange(n - 1), np.arange(1, n), np.ones(n - 1), np.ones(n - 1), [0, n - 1]
    )
    assert (line.n_nodes, line.exact.tolist()) == (2, [n - 1])
    assert line.original([0]).tolist() == list(range(n - 1))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"tail": [0, 7]}, r"tail\[1\]"),
        ({"exact": [1, -1]}, r"exact\[1\]"),
        ({"exact": [np.nan, 1]}, r"exact\[0\]"),
        ({"capacity": [[1, 1], [1, 1]]}, "change with time"),
        ({"keep": [9]}, r"keep\[0\]"),
    ],
)
def test_bad_input_is_named(change, where):
    given = {
        "n_nodes": 3, "tail": [0, 1], "head": [1, 2], "exact": [1, 1], "capacity": [1, 1],
        "keep": [0, 2],
    }  # fmt: skip
    with pytest.raises(InputError, match=where):
        contract(**given | change)
