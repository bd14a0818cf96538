"""What docs/flow.md proves on paper holds for the code, looked at from inside."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow.test_against_oracle import questions
from oracles.written_out import most_arrived
from safepassage.flow import UNBOUNDED, Network, earliest_arrival, kernel, solve
from safepassage.flow.kernel_survey import spaced
from safepassage.flow.question import asked as checked
from safepassage.flow.rounding import round_down, round_up, steps_to_sink
from safepassage.flow.verify import verify

NEVER = np.iinfo(np.int64).max


def moves(network, asked, flow, sent):
    """List the residual moves from each state, hubs last: state → states."""
    width, hubs = asked.steps + 1, network.n_nodes * (asked.steps + 1)
    transit, capacity = (
        np.broadcast_to(part, flow.shape) for part in network.at_every_step(asked.steps)
    )
    lead = {}
    for a, k in np.ndindex(flow.shape):
        end = k + transit[a, k]
        if end >= width:
            continue
        here, there = network.tail[a] * width + k, network.head[a] * width + end
        if flow[a, k] < capacity[a, k]:
            lead.setdefault(here, []).append(there)
        if flow[a, k] > 0:
            lead.setdefault(there, []).append(here)
    for s, node in enumerate(asked.sources):
        for k in range(asked.release[s], width):
            lead.setdefault(hubs + s, []).append(node * width + k)
            if sent[s, k] > 0:
                lead.setdefault(node * width + k, []).append(hubs + s)
    return lead


def distances(network, asked, flow, sent, left):
    """Count moves from a hub with people left to each state, by a plain search forwards."""
    lead = moves(network, asked, flow, sent)
    hubs = network.n_nodes * (asked.steps + 1)
    away = np.full(hubs + len(left), NEVER)
    reached = [hubs + s for s in range(len(left)) if left[s] > 0]
    away[reached] = 0
    for x in reached:  # grows while it is walked
        for y in lead.get(x, []):
            if away[y] == NEVER:
                away[y] = away[x] + 1
                reached.append(y)
    return away, lead


def bits(words, width):
    """Spread words of bits, (words, nodes), into (nodes, width)."""
    k = np.arange(width)
    return ((words[k >> 6] >> (k & 63).astype(np.uint64)[:, None]) & np.uint64(1)).T.astype(bool)


class Watched:
    """Run the outermost part of the kernel uncompiled, and hold it to its proof."""

    def __init__(self, run):
        self.run, self.sendings, self.surveys = run, 0, 0
        self.augment, self.survey = kernel._augment, kernel.survey

    def state(self):
        run = self.run
        return distances(run.network, run.asked, run.flow, run.sent, run.left)

    def send(self, *given):
        run, width = self.run, self.run.asked.steps + 1
        away, _ = self.state()
        nodes = away[: run.network.n_nodes * width].reshape(-1, width)
        blocked = bits(run.state[0], width)
        assert (nodes[blocked] == NEVER).all(), "a state with a way was given up"
        assert (run.hops[:, None] <= nodes).all(), "the fewest moves are no lower bound"
        path_node, _path_step, _code, length = given[:4]
        assert run.left[path_node[length - 1] - run.network.n_nodes] > 0, "no people at the hub"
        self.sendings += 1
        return self.augment(*given)

    def look_at_all(self, *given):
        found = self.survey(*given)
        run, width = self.run, self.run.asked.steps + 1
        region, now = given[6], given[10]
        away, lead = self.state()
        nodes = away[: run.network.n_nodes * width].reshape(-1, width)
        seen, blocked = bits(region[0], width), bits(run.state[0], width)
        labels = run.labels.reshape(-1, width)
        for v, t in np.argwhere(seen & ~blocked):
            assert labels[v, now - t] == spaced(nodes[v, t]), "a survey's label is not exact"
        assert (nodes[blocked] == NEVER).all(), "a survey gave up a state with a way"
        for here, there in lead.items():
            for x in there:
                if here < nodes.size and x < nodes.size and seen.flat[x] and away[here] < NEVER:
                    assert seen.flat[here] or blocked.flat[here], "a way leads into the region"
        self.surveys += 1
        return found


@pytest.mark.parametrize(("first", "patience"), [(1, 1), (1, 3), (2, 1000)])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(question=questions())
def test_what_is_given_up_has_no_way_and_surveys_are_exact(question, first, patience):
    network = question["network"]
    asked = checked(**question | {"release": question.get("release")})
    run = solve._Run(network, asked)
    run.network = network
    watched = Watched(run)
    outermost = kernel.advance.py_func
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "_augment", watched.send)
        patch.setattr(kernel, "survey", watched.look_at_all)
        patch.setattr(kernel, "advance", outermost)
        patch.setattr(solve, "_FIRST", first)
        patch.setattr(solve, "_PATIENCE", patience)
        now = 0
        while now < asked.steps + 1:
            now = run.advance(now, exact=True)
    assert watched.sendings == run.counts[0]
    assert watched.surveys == run.counts[4]
    assert np.cumsum(run.passed.sum(axis=0)).tolist() == most_arrived(**question).tolist()


@pytest.mark.parametrize("chunk", [1, 7, 10**6])
@settings(max_examples=60, deadline=None)
@given(
    question=questions(), seed=st.integers(0, 2**32 - 1), first=st.sampled_from([1, 2, 7]),
    patience=st.sampled_from([1, 4, 50]),
)  # fmt: skip
def test_the_answer_does_not_hang_on_the_labels(question, seed, first, patience, chunk):
    """Labels guide the search; only closure ends it. So even wrong ones cannot spoil it."""
    rng = np.random.default_rng(seed)
    whole = solve._Run.advance

    def misled(run, now, *, exact):
        run.labels[:] = rng.integers(0, 9, run.labels.shape)
        return whole(run, now, exact=exact)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solve._Run, "advance", misled)
        for name, value in (("_FIRST", first), ("_PATIENCE", patience), ("_CHUNK", chunk)):
            patch.setattr(solve, name, value)
        found = earliest_arrival(**question)
    most = most_arrived(**question)
    assert np.cumsum(found.arrivals).tolist() == most.tolist()
    assert [found.cut(step).value for step in range(len(most))] == most.tolist()
    verify(found, cuts=tuple(range(len(most))))


@settings(max_examples=100, deadline=None)
@given(questions(), st.integers(0, 6))
def test_past_the_time_given_the_flow_can_be_walked_and_the_bound_holds(question, chunks):
    """Whenever the clock runs out, what is found stays below the truth, the bound above."""
    clock = iter([*[0.0] * (chunks + 1), *[10.0] * 10_000])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solve.time, "monotonic", lambda: next(clock))
        for name, value in (("_FIRST", 1), ("_PATIENCE", 2), ("_CHUNK", 3)):
            patch.setattr(solve, name, value)
        found = earliest_arrival(**question, budget_s=1.0)
    most = most_arrived(**question)
    out = np.cumsum(found.arrivals)
    assert (out <= most).all()
    assert (most <= found.upper).all()
    assert (found.gap >= 0).all()
    assert out[: found.proven + 1].tolist() == most[: found.proven + 1].tolist()
    verify(found)


@settings(max_examples=60, deadline=None)
@given(questions())
def test_a_cut_separates(question):
    """Without what a cut names, nobody can arrive: it is a cut, not only a number."""
    found = earliest_arrival(**question)
    steps = question["steps"]
    release = question["release"] or [0] * len(question["sources"])
    transit = np.broadcast_to(found.network.at_every_step(steps)[0], found.flow.shape)
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
