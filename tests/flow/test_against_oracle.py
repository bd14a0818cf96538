"""Compare the engine with max flows on the written-out network, for every step."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lengths import at_length
from oracles.written_out import most_arrived
from safepassage.flow import Network, earliest_arrival
from safepassage.flow.verify import verify


@st.composite
def questions(draw):
    n = draw(st.integers(2, 7))
    arcs = draw(st.integers(0, 16))
    steps = draw(st.integers(0, 9))
    node = st.integers(0, n - 1)
    ends = st.lists(node, min_size=arcs, max_size=arcs)
    changing_transit = draw(st.booleans())
    changing_capacity = draw(st.booleans())

    def matrix(values, rows, changing):
        size = rows * (steps + 1 if changing else 1)
        flat = draw(st.lists(values, min_size=size, max_size=size))
        return np.array(flat, np.int64).reshape((rows, steps + 1) if changing else (rows,))

    n_sources = draw(st.integers(1, 3))
    n_sinks = draw(st.integers(1, 3))
    return {
        "network": Network(
            n, draw(ends), draw(ends),
            matrix(st.integers(0, 3), arcs, changing_transit),
            matrix(st.integers(0, 5), arcs, changing_capacity),
        ),
        "sources": draw(st.lists(node, min_size=n_sources, max_size=n_sources)),
        "supply": draw(st.lists(st.integers(0, 30), min_size=n_sources, max_size=n_sources)),
        "sinks": draw(st.lists(node, min_size=n_sinks, max_size=n_sinks)),
        "sink_capacity": matrix(st.integers(0, 6), n_sinks, draw(st.booleans())),
        "steps": steps,
        "release": draw(
            st.none() | st.lists(st.integers(0, 11), min_size=n_sources, max_size=n_sources)
        ),
    }  # fmt: skip


@settings(
    max_examples=at_length(167, 500), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(questions())
def test_every_prefix_is_a_maximum_flow_and_every_cut_proves_it(question):
    arrival = earliest_arrival(**question)
    most = most_arrived(**question)
    assert np.cumsum(arrival.arrivals).tolist() == most.tolist()
    assert arrival.total + int(arrival.left.sum()) == sum(question["supply"])
    assert [arrival.cut(step).value for step in range(question["steps"] + 1)] == most.tolist()
    verify(arrival)


@settings(max_examples=at_length(100, 300), deadline=None)
@given(questions())
def test_routes_add_up_to_the_flow(question):
    arrival = earliest_arrival(**question)
    network, steps = arrival.network, question["steps"]
    transit, _ = network.over(steps)
    transit = np.broadcast_to(transit, (network.n_arcs, steps + 1))
    flow = np.zeros_like(arrival.flow)
    passed = np.zeros_like(arrival.passed)
    for route in arrival.routes():
        assert route.people > 0
        where, when = question["sources"][route.source], route.depart
        release = question["release"]
        assert release is None or when >= release[route.source]
        seen = {(where, when)}
        for arc, enter in zip(route.arcs, route.enter, strict=True):
            assert (network.tail[arc], enter) == (where, when)
            flow[arc, enter] += route.people
            where, when = int(network.head[arc]), enter + int(transit[arc, enter])
            assert (where, when) not in seen
            seen.add((where, when))
        assert (where, when) == (question["sinks"][route.sink], route.arrive)
        passed[route.sink, when] += route.people
    assert (passed == arrival.passed).all()
    assert (flow <= arrival.flow).all()
