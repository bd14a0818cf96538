"""Rounded transits are never early, hardly late, and bound the truth from both sides."""

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.flow import Network, earliest_arrival
from safepassage.flow.rounding import round_down, round_up, steps_to_sink


@st.composite
def towns(draw):
    n = draw(st.integers(2, 8))
    arcs = draw(st.integers(1, 20))
    node = st.integers(0, n - 1)
    tail = draw(st.lists(node, min_size=arcs, max_size=arcs))
    head = draw(st.lists(node, min_size=arcs, max_size=arcs))
    seconds = draw(st.lists(st.integers(0, 400), min_size=arcs, max_size=arcs))
    sinks = sorted(set(draw(st.lists(node, min_size=1, max_size=3))))
    return n, np.array(tail), np.array(head), np.array(seconds), np.array(sinks)


@settings(max_examples=300, deadline=None)
@given(towns())
def test_steps_to_sink_agrees_with_networkx(town):
    n, tail, head, seconds, sinks = town
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(n))
    for a, b, s in zip(tail.tolist(), head.tolist(), seconds.tolist(), strict=True):
        graph.add_edge(b, a, weight=s)
    away = nx.multi_source_dijkstra_path_length(graph, set(sinks.tolist()))
    ours = steps_to_sink(n, tail, head, seconds, sinks)
    assert [away.get(v, np.inf) for v in range(n)] == ours.round(6).tolist()


@settings(max_examples=300, deadline=None)
@given(towns())
def test_round_up_is_never_early_and_late_by_less_than_a_step(town):
    n, tail, head, seconds, sinks = town
    exact = seconds / 60
    rounded = round_up(n, tail, head, exact, sinks)
    assert (rounded.transit >= 0).all()
    assert ((rounded.clock >= 0) & (rounded.clock < 1)).all()
    # on the nodes' clocks no arc is quicker than it is
    planned = rounded.transit + rounded.clock[head] - rounded.clock[tail]
    reaches = np.isfinite(steps_to_sink(n, tail, head, exact, sinks))
    both = reaches[tail] & reaches[head]
    assert (planned[both] >= exact[both] - 1e-6).all()
    away = steps_to_sink(n, tail, head, exact, sinks)
    whole = steps_to_sink(n, tail, head, rounded.transit, sinks)
    late = whole[reaches] - away[reaches]
    assert ((late >= -1e-6) & (late < 1)).all()


@settings(max_examples=300, deadline=None)
@given(towns())
def test_round_down_is_never_late(town):
    n, tail, head, seconds, sinks = town
    exact = seconds / 60
    rounded = round_down(n, tail, head, exact, sinks)
    assert (rounded.transit >= 0).all()
    ahead = -rounded.clock
    assert ((ahead >= 0) & (ahead < 1)).all()
    assert (np.floor(exact - ahead[tail] + ahead[head] + 1e-9) >= rounded.transit - 1e-6).all()


@settings(max_examples=60, deadline=None)
@given(towns(), st.integers(1, 4), st.integers(1, 40), st.data())
def test_the_truth_lies_between(town, rate, people, data):
    """A solve in seconds-long steps lies between the two solves in minutes."""
    n, tail, head, seconds, sinks = town
    fine = 10  # steps a minute: transits are made whole in them
    tenths = np.round(seconds / 6).astype(int)
    exact = tenths / fine
    source = data.draw(st.integers(0, n - 1))
    minutes = 12
    capacity = data.draw(st.lists(st.integers(1, 3), min_size=len(tail), max_size=len(tail)))

    def out(transit, scale, steps, crossing):
        network = Network(n, tail, head, transit, np.array(capacity) * scale)
        answer = earliest_arrival(
            network, [source], [people * fine], sinks, [crossing] * len(sinks), steps
        )
        return np.cumsum(answer.arrivals)

    # in units of a tenth of a person: capacity 1 a minute is 1 unit each tenth of a minute
    truth = out(tenths, 1, minutes * fine - 1, rate)[fine - 1 :: fine]
    plan = out(round_up(n, tail, head, exact, sinks).transit, fine, minutes - 1, rate * fine)
    bound = out(round_down(n, tail, head, exact, sinks).transit, fine, minutes - 1, rate * fine)
    assert (plan <= truth).all()
    assert (truth <= bound).all()
