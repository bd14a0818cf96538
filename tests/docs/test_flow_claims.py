"""What docs/flow.md proves on paper holds for the code, looked at from inside."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow.test_against_oracle import questions
from oracles.written_out import most_arrived
from safepassage.flow import UNBOUNDED, Network, earliest_arrival, kernel
from safepassage.flow.rounding import round_down, round_up, steps_to_sink

NEVER = np.iinfo(np.int64).max


def moves(net, flow, sent, width, hubs):
    """List the residual moves from each state, hubs last: state → states."""
    tail, head, transit, capacity = net[:4]
    source_node, release = net[10], net[11]
    shape = (len(tail), width)
    transit, capacity = np.broadcast_to(transit, shape), np.broadcast_to(capacity, shape)
    lead = {}
    for a, k in np.ndindex(shape):
        end = k + transit[a, k]
        if end >= width:
            continue
        here, there = tail[a] * width + k, head[a] * width + end
        if flow[a, k] < capacity[a, k]:
            lead.setdefault(here, []).append(there)
        if flow[a, k] > 0:
            lead.setdefault(there, []).append(here)
    for s, node in enumerate(source_node):
        for k in range(release[s], width):
            lead.setdefault(hubs + s, []).append(node * width + k)
            if sent[s, k] > 0:
                lead.setdefault(node * width + k, []).append(hubs + s)
    return lead


def distances(net, flow, sent, left, width, hubs):
    """Count moves from a hub with people left to each state, by a plain search forwards."""
    lead = moves(net, flow, sent, width, hubs)
    away = np.full(hubs + len(left), NEVER)
    reached = [hubs + s for s in range(len(left)) if left[s] > 0]
    away[reached] = 0
    for x in reached:  # grows while it is walked
        for y in lead.get(x, []):
            if away[y] == NEVER:
                away[y] = away[x] + 1
                reached.append(y)
    return away


class Watched:
    """Run the uncompiled kernel and hold it to its proof at every augmentation."""

    signatures = ("uncompiled",)

    def __init__(self, patience):
        self.patience = patience
        self.augmentations = 0
        self.solve, self.augment = kernel.solve.py_func, kernel._augment

    def __call__(self, net, sinks, sink_capacity, supply, labels, width, _patience):
        self.labels, self.before = labels, labels.copy()
        return self.solve(net, sinks, sink_capacity, supply, labels, width, self.patience)

    def look(self, path, code, length, room, flow, sent, left, net, width, hubs):
        away = distances(net, flow, sent, left, width, hubs)
        alive = self.labels < kernel.DEAD
        assert (self.labels[alive] <= away[alive]).all(), "a label is no lower bound"
        assert (away[~alive] == NEVER).all(), "a state with a way was given up"
        assert (self.labels >= self.before).all(), "a label fell"
        assert length - 1 == away[path[0]], "the path is not a shortest one"
        self.before = self.labels.copy()
        people = self.augment(path, code, length, room, flow, sent, left, net, width, hubs)
        later = distances(net, flow, sent, left, width, hubs)
        assert (later >= away).all(), "a distance fell"
        self.augmentations += 1
        return people


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questions(), st.sampled_from([1, 2, 1000]))
def test_labels_bound_distances_and_paths_are_shortest(question, patience):
    with pytest.MonkeyPatch.context() as patch:
        watched = Watched(patience)
        patch.setattr(kernel, "_augment", watched.look)
        patch.setattr(kernel, "solve", watched)
        found = earliest_arrival(**question)
    assert watched.augmentations == found.searches
    assert np.cumsum(found.arrivals).tolist() == most_arrived(**question).tolist()


@settings(max_examples=60, deadline=None)
@given(questions(), st.integers(0, 2**32 - 1), st.sampled_from([1, 7]))
def test_the_answer_does_not_hang_on_the_labels(question, seed, patience):
    """Labels guide the search; only closure ends it. So even wrong ones cannot spoil it."""
    rng = np.random.default_rng(seed)

    def solve(net, sinks, sink_capacity, supply, labels, width, _):
        alive = labels < kernel.DEAD
        labels[alive] = rng.integers(0, 9, int(alive.sum()))
        return compiled(net, sinks, sink_capacity, supply, labels, width, patience)

    compiled = kernel.solve
    solve.signatures = ("compiled",)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "solve", solve)
        found = earliest_arrival(**question)
    most = most_arrived(**question)
    assert np.cumsum(found.arrivals).tolist() == most.tolist()
    assert [found.cut(step).value for step in range(len(most))] == most.tolist()


@settings(max_examples=60, deadline=None)
@given(questions())
def test_a_cut_separates(question):
    """Without what a cut names, nobody can arrive: it is a cut, not only a number."""
    found = earliest_arrival(**question)
    steps = question["steps"]
    release = question["release"] or [0] * len(question["sources"])
    transit = np.broadcast_to(found.network.over(steps)[0], (found.network.n_arcs, steps + 1))
    for step in {0, steps // 2, steps}:
        cut = found.cut(step)
        open_arcs = np.ones(transit.shape, bool)
        open_arcs[cut.arcs, cut.arc_steps] = False
        room = np.broadcast_to(found.sink_capacity, found.passed.shape).copy()
        room[cut.sinks, cut.sink_steps] = 0
        supply = np.array(question["supply"])
        supply[cut.sources] = 0
        without = Network(
            found.network.n_nodes, found.network.tail, found.network.head, transit,
            np.where(open_arcs, UNBOUNDED, 0),
        )  # fmt: skip
        rest = most_arrived(
            without, question["sources"], supply, question["sinks"], room, steps, release
        )
        assert rest[step] == 0


@settings(max_examples=60, deadline=None)
@given(questions())
def test_waiting_moves_nobody_more_where_nothing_changes(question):
    network = question["network"]
    first = [
        array if array.ndim == 1 else array[:, 0] for array in (network.transit, network.capacity)
    ]
    room = np.asarray(question["sink_capacity"])
    asked = {
        **question, "release": None,
        "sink_capacity": room if room.ndim == 1 else room[:, 0],
    }  # fmt: skip
    every = np.arange(network.n_nodes)
    still = Network(network.n_nodes, network.tail, network.head, *first)
    waiting = Network(
        network.n_nodes,
        np.concatenate([network.tail, every]), np.concatenate([network.head, every]),
        np.concatenate([first[0], np.ones_like(every)]),
        np.concatenate([first[1], np.full(len(every), UNBOUNDED)]),
    )  # fmt: skip
    plain, patient = (earliest_arrival(**{**asked, "network": each}) for each in (still, waiting))
    assert plain.arrivals.tolist() == patient.arrivals.tolist()


def test_waiting_can_move_more_where_a_crossing_opens_late():
    street = {"tail": [0, 1], "head": [1, 2], "transit": [0, 0], "capacity": [1, 9]}
    late = np.array([[0, 0, 0, 9]])
    still = earliest_arrival(Network(3, **street), [0], [9], [2], late, 3)
    waits = {key: [*street[key], extra] for key, extra in
             (("tail", 1), ("head", 1), ("transit", 1), ("capacity", 99))}  # fmt: skip
    patient = earliest_arrival(Network(3, **waits), [0], [9], [2], late, 3)
    assert (still.total, patient.total) == (1, 4)


def test_a_window_of_w_minutes_has_w_columns_and_w_less_one_steps():
    """Who needs no time passes from the first minute on: W minutes serve W times the rate."""
    minutes = 60
    gate = earliest_arrival(Network(1, [], [], [], []), [0], [10_000], [0], [7], minutes - 1)
    assert gate.arrivals.shape == (minutes,)
    assert gate.total == 7 * minutes


@st.composite
def routes(draw):
    """Draw a network that reaches its sinks, and a walk through it that ends at one."""
    n = draw(st.integers(2, 7))
    seconds = st.integers(0, 400)
    node = st.integers(0, n - 1)
    line = [(v, v - 1, draw(seconds)) for v in range(1, n)]  # everybody reaches node 0
    more = draw(st.lists(st.tuples(node, node, seconds), max_size=12))
    arcs = line + more
    walk, here = [], draw(node)
    for _ in range(draw(st.integers(0, 8))):
        out = [i for i, (a, _, _) in enumerate(arcs) if a == here]
        if not out:
            break
        walk.append(draw(st.sampled_from(out)))
        here = arcs[walk[-1]][1]
    while here:
        walk.append(here - 1)
        here = arcs[walk[-1]][1]
    tail, head, took = (np.array(column) for column in zip(*arcs, strict=True))
    return n, tail, head, took / 60, walk


@settings(max_examples=150, deadline=None)
@given(routes())
def test_rounding_up_loses_less_than_a_step_for_each_street_with_slack(route):
    n, tail, head, exact, walk = route
    rounded = round_up(n, tail, head, exact, [0])
    away = steps_to_sink(n, tail, head, exact, [0])
    slack = exact - away[tail] + away[head]
    steps = int(rounded.transit[walk].sum())
    planned = steps - (rounded.clock[tail[walk[0]]] if walk else 0)  # the clock at a sink is 0
    detours = int((slack[walk] > 1e-9).sum())
    assert -1e-6 <= planned - exact[walk].sum() < detours + 1e-6


@settings(max_examples=150, deadline=None)
@given(routes(), st.floats(0, 30))
def test_rounding_down_follows_whoever_really_walks(route, start):
    """On the clocks of the bound a real walk is never too quick for the grid."""
    n, tail, head, exact, walk = route
    rounded = round_down(n, tail, head, exact, [0])
    ahead = -rounded.clock
    assert (ahead[tail] <= exact + ahead[head] + 1e-6).all()
    when = start
    for arc in walk:
        step = np.floor(when + ahead[tail[arc]])
        when += exact[arc]
        there = np.floor(when + ahead[head[arc]] + 1e-6)
        assert there >= step + rounded.transit[arc]
