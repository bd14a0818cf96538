"""Re-solve from a step on: closed forms first, then max flows written out for every step."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.graph.python import max_flow

from lengths import at_length
from safepassage.base.errors import InputError
from safepassage.flow import Network, earliest_arrival
from safepassage.flow.changes import Changes
from safepassage.flow.resume import resume
from safepassage.flow.verify import verify


def line(**change):
    """Ask for 30 people from 0 over 1 to a crossing at 2; 2 steps, then 3; 2 a step."""
    network = Network(3, [0, 1, 1], [1, 0, 2], [2, 2, 3], [2, 9, 2])
    asked = {"sources": [0], "supply": [30], "sinks": [2], "sink_capacity": [9], "steps": 14}
    return earliest_arrival(network, **{**asked, **change})


def test_nothing_changes_nothing():
    before = line()
    assert before.arrivals.tolist() == [0] * 5 + [2] * 10
    for at in range(15):
        again = resume(before, Changes(), at=at)
        assert again.arrivals.tolist() == before.arrivals.tolist()
        assert again.held == again.turned_back == 0
        assert again.exposed == 2 * len(range(max(0, at - 5), min(at, 10)))
        assert again.rest.network is before.network


def test_who_is_on_a_street_that_closes_finishes_it_and_the_others_hold():
    # at 7, steps 2 to 4 are on the second street, 5 and 6 on the first
    again = resume(line(), Changes(arc_capacity=[(2, 7, 0)]), at=7)
    assert again.under_way.node.tolist() == [1, 1, 2, 2, 2]
    assert again.under_way.step.tolist() == [7, 8, 7, 8, 9]
    assert again.under_way.people.tolist() == [2] * 5
    assert again.exposed == 10
    assert again.arrivals.tolist() == [0] * 5 + [2] * 5 + [0] * 5
    assert again.held == 4
    assert again.holding()[:, -1].tolist() == [2, 2, 0, 0, 0]
    assert again.gain.tolist() == [0] * 10 + [-2, -4, -6, -8, -10]
    assert again.rest.left[0] == 16  # nobody else sets out
    assert [again.cut(step).value for step in (7, 9, 14)] == [6, 10, 10]
    # the street opens once more: who stands at its beginning goes first
    open_again = resume(line(), Changes(arc_capacity=[(2, 10, 3), (2, 7, 0)]), at=7)
    assert open_again.arrivals.tolist() == [0] * 5 + [2] * 5 + [0] * 3 + [3, 3]
    assert open_again.holding().max() == 2
    assert open_again.holding()[:, 10:].tolist() == [[0] * 5, [1, 0, 0, 0, 0]] + [[0] * 5] * 3


def test_turning_back_to_the_other_crossing():
    # crossings at both ends of a street 1 - 2; people come from 0 into 1, far nearer to 2's end
    network = Network(4, [0, 1, 1, 2], [1, 3, 2, 1], [1, 6, 2, 2], [4, 4, 4, 4])
    before = earliest_arrival(network, [0], [4], [2, 3], [9, 9], 20)
    assert before.arrivals.nonzero()[0].tolist() == [3]
    # they entered 1 → 2 in step 1; at 2 its crossing closes: back to 1 by 5, at 3 by 11
    again = resume(before, Changes(sink_capacity=[(0, 2, 0)]), at=2)
    assert again.arrivals.nonzero()[0].tolist() == [11]
    assert (again.exposed, again.held, again.turned_back) == (4, 0, 4)
    (route,) = again.routes()
    assert (route.source, route.sink, route.depart, route.arrive) == (0, 1, 0, 11)
    assert (route.arcs, route.enter) == ((0, 2, 3, 1), (0, 1, 3, 5))
    # the same with a crossing that closed before anybody knew
    late = resume(before, Changes(sink_capacity=[(0, 0, 0)]), at=2)
    assert late.arrivals.tolist() == again.arrivals.tolist()
    # known from the start, nobody goes there: the counterfactual
    known = resume(before, Changes(sink_capacity=[(0, 0, 0)]), at=0)
    assert known.arrivals.nonzero()[0].tolist() == [7]
    assert known.exposed == 0


def test_who_waits_for_a_crossing_to_open_again():
    again = resume(line(), Changes(sink_capacity=[(0, 7, 0), (0, 12, 9)]), at=7)
    # six stand at the crossing from 9 on; two a step come over the street before it
    assert again.arrivals.tolist() == [0] * 5 + [2, 2] + [0] * 5 + [8, 2, 2]
    assert again.held == 10
    assert again.holding()[:, -1].max() == 0


def test_where_a_crossing_opens_late_holding_may_help_though_nothing_changed():
    # 0 → 1 → 2 and 3 → 2, each open in one step, so that both come to the crossing in step 3
    network = Network(
        4, [0, 1, 3], [1, 2, 2], [2, 1, 1], [[2, 0, 0, 0, 0, 0], [9] * 6, [0, 0, 2, 0, 0, 0]]
    )
    before = earliest_arrival(network, [0, 3], [2, 2], [2], [[0, 0, 0, 2, 2, 2]], 5)
    assert before.arrivals.tolist() == [0, 0, 0, 2, 0, 0]
    # of those two pairs let it be the first that goes: as good a flow as the other
    flow, sent = np.zeros_like(before.flow), np.zeros_like(before.sent)
    flow[0, 0] = flow[1, 2] = sent[0, 0] = 2
    before = replace(before, flow=flow, sent=sent, left=np.array([0, 2]))
    again = resume(before, Changes(), at=1)  # it holds at 1 for a step, and lets the other past
    assert again.arrivals.tolist() == [0, 0, 0, 2, 2, 0]
    assert again.holding().tolist() == [[0, 0, 2, 0, 0, 0]]
    assert again.gain.tolist() == [0, 0, 0, 0, 2, 2]


def test_a_shelter_is_not_the_street():
    # one street of 1 step to a shelter at 1, which opens onto the crossing's street at 6
    network = Network(
        3, [0, 1, 1], [1, 1, 2], [1, 1, 1],
        [[4, 4, 0, 0, 0, 0, 0, 0, 0, 0], [7] * 10, [0, 0, 0, 0, 0, 0, 9, 9, 9, 9]],
    )  # fmt: skip
    before = earliest_arrival(network, [0], [20], [2], [20], 9)
    assert before.arrivals.tolist() == [0] * 7 + [7, 0, 0]
    again = resume(before, Changes(arc_capacity=[(2, 4, 2)]), at=4)
    assert again.under_way.node.tolist() == [1]
    assert again.under_way.people.tolist() == again.under_way.sheltered.tolist() == [7]
    assert again.exposed == 0
    assert again.arrivals.tolist() == [0] * 5 + [2, 2, 2, 1, 0]
    assert again.held == 5
    assert {route.enter[0] for route in again.routes()} == {0, 1}


def test_a_lane_is_added_and_a_street_grows_faster():
    again = resume(line(), Changes(arc_capacity=[(0, 5, 4), (2, 5, 4)]), at=5)
    assert again.arrivals.tolist() == [0] * 5 + [2] * 5 + [4] * 5
    assert again.rest.network.capacity.shape == (3,)
    # a faster second street from 5 on: those who enter it then catch up with those before
    again = resume(line(), Changes(arc_transit=[(2, 5, 1)]), at=5)
    assert again.arrivals.tolist() == [0] * 5 + [2] * 1 + [4] * 2 + [2] * 7
    assert again.rest.network.transit.shape == (3,)
    # what changes later needs a column for each change
    again = resume(line(), Changes(arc_transit=[(2, 6, 1)]), at=5)
    assert again.rest.network.transit.shape == (3, 2)
    assert again.rest.network.since.tolist() == [0, 1]
    assert again.arrivals.tolist() == [0] * 5 + [2] * 2 + [4] * 2 + [2] * 6


def test_more_people_fewer_people_new_people():
    before = line(supply=[6])
    assert before.arrivals.tolist() == [0] * 5 + [2] * 3 + [0] * 7
    again = resume(before, Changes(supply=[(0, 0, 3), (0, 8, 1), (0, 8, 1)]), at=4)
    assert again.arrivals.tolist() == [0] * 5 + [2] * 3 + [0] + [2, 1] + [0] * 2 + [2, 0]
    assert again.sent().tolist() == [[2] * 3 + [0] + [2, 1] + [0] * 2 + [2] + [0] * 6]
    assert again.source.tolist() == [0, 0, -1, -1, -1]
    with pytest.raises(InputError, match=r"supply\[0\]: takes 1 people more off source 0 than are"):
        resume(before, Changes(supply=[(0, 1, -3)]), at=2)
    assert resume(before, Changes(supply=[(0, 1, -2)]), at=2).total == 4
    again = resume(before, Changes(new_sources=[(1, 3, 1), (1, 4, 9), (0, 1, 0)]), at=4)
    # three at 1 go from 4 on beside those who come; four from 9 on; one at 0 from 4 on
    assert again.sent()[1:, :].sum(axis=1).tolist() == [3, 4, 1]
    assert np.cumsum(again.arrivals).tolist()[-3:] == [12, 14, 14]
    sources = {route.source for route in again.routes()}
    assert sources == {0, 1, 2, 3}


def test_a_new_crossing():
    again = resume(line(), Changes(new_sinks=[(1, 1, 9)], sink_capacity=[(1, 12, 5)]), at=5)
    assert again.passed()[1].tolist() == [0] * 9 + [1, 1, 1] + [2] * 3
    assert again.rest.sink_capacity.shape == (2, 10)
    again = resume(line(), Changes(new_sinks=[(1, 1, 2)]), at=5)
    assert again.rest.sink_capacity.tolist() == [[9], [1]]
    assert again.passed()[1].tolist() == [0] * 5 + [1] * 10


def test_who_stands_in_the_street_goes_before_those_at_home_there():
    network = Network(3, [0, 1], [1, 2], [1, 1], [5, 9])
    before = earliest_arrival(network, [0, 1], [20, 10], [2], [4], 12, release=[0, 4])
    again = resume(before, Changes(sink_capacity=[(0, 3, 0), (0, 6, 3)]), at=3)
    assert again.arrivals.tolist() == [0, 0, 4, 0, 0, 0] + [3] * 7
    assert again.under_way.node.tolist() == [1, 2]
    assert again.under_way.people.tolist() == [4, 4]
    assert again.holding()[1].tolist() == [0, 0, 0, 4, 4, 4, 1, 0, 0, 0, 0, 0, 0]
    assert again.holding()[0].tolist() == [0, 0, 0, 4, 4, 4, 2, 0, 0, 0, 0, 0, 0]
    street_goes_first(again)


def test_as_few_as_possible_turn_back():
    # 3 from 0 and 3 from 1 meet at 2; its way on closes, and there is room for 3 back to each
    network = Network(
        5,
        [0, 1, 2, 2, 2, 0, 1],
        [2, 2, 4, 0, 1, 4, 4],
        [2, 2, 1, 1, 1, 9, 9],
        [3, 3, 6, 3, 3, 3, 3],
    )
    before = earliest_arrival(network, [0, 1], [3, 3], [4], [9], 20)
    again = resume(before, Changes(arc_capacity=[(2, 1, 0)]), at=1)
    assert again.total == 6
    assert again.exposed == 6
    assert again.turned_back == 0
    assert {r.source for r in again.routes() if r.arcs[-1] == 6} == {0}
    back = resume(before, Changes(arc_capacity=[(2, 1, 0), (4, 1, 0)]), at=1)
    assert back.turned_back == 3  # three go to 0 at 2, three more at 3: six want to, three came


def test_a_re_solve_can_be_followed_by_another():
    first = resume(line(), Changes(sink_capacity=[(0, 7, 0)]), at=7)
    second = resume(first.rest, Changes(sink_capacity=[(0, 0, 9)]), at=5)
    assert second.arrivals.tolist() == [0] * 5 + [6, 0, 0]  # the other four stand too far off


# --- against max flows on the network written out


@st.composite
def questions(draw, *, constant=False):
    n = draw(st.integers(2, 6))
    arcs = draw(st.integers(1, 14))
    steps = draw(st.integers(1, 9))
    node = st.integers(0, n - 1)
    ends = st.lists(node, min_size=arcs, max_size=arcs)
    changing = st.just(value=False) if constant else st.booleans()

    def matrix(values, rows):
        over_time = draw(changing)
        size = rows * (steps + 1 if over_time else 1)
        flat = draw(st.lists(values, min_size=size, max_size=size))
        return np.array(flat, np.int64).reshape((rows, steps + 1) if over_time else (rows,))

    n_sources, n_sinks = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    return {
        "network": Network(
            n, draw(ends), draw(ends),
            matrix(st.integers(0, 3), arcs), matrix(st.integers(0, 5), arcs),
        ),
        "sources": draw(st.lists(node, min_size=n_sources, max_size=n_sources)),
        "supply": draw(st.lists(st.integers(0, 30), min_size=n_sources, max_size=n_sources)),
        "sinks": draw(st.lists(node, min_size=n_sinks, max_size=n_sinks)),
        "sink_capacity": matrix(st.integers(0, 6), n_sinks),
        "steps": steps,
        "release": draw(st.lists(st.integers(0, 6), min_size=n_sources, max_size=n_sources)),
    }  # fmt: skip


@st.composite
def streets(draw, *, constant=False):
    """Draw a line of streets both ways with shelters, far crossings and closures: people move."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, steps = draw(st.integers(3, 6)), draw(st.integers(6, 11))
    line = np.arange(n - 1)
    loops = rng.choice(n, 2)
    ends = rng.integers(0, n, (2, 4))
    tail = np.concatenate([line, line + 1, loops, ends[0]])
    head = np.concatenate([line + 1, line, loops, ends[1]])
    n_arcs = len(tail)
    transit, capacity = rng.integers(0, 3, n_arcs), rng.integers(1, 7, n_arcs)
    transit[-6:-4] = 1
    room = rng.integers(1, 6, 2)
    if not constant and draw(st.booleans()):  # open at times, as shelters would need it
        open_at = rng.random((n_arcs, steps + 1)) < 0.7
        capacity = np.where(open_at, capacity[:, None], 0)
        room = np.where(rng.random((2, steps + 1)) < 0.7, room[:, None], 0)
    if not constant and draw(st.booleans()):
        transit = transit[:, None] + (np.arange(steps + 1) > rng.integers(0, steps))
    return {
        "network": Network(n, tail, head, transit, capacity),
        "sources": [0, int(rng.integers(0, n))],
        "supply": rng.integers(1, 25, 2).tolist(),
        "sinks": [n - 1, int(rng.integers(1, n))],
        "sink_capacity": room,
        "steps": steps,
        "release": rng.integers(0, 3, 2).tolist(),
    }


@st.composite
def changed_questions(draw):
    """Draw a question, a step, and rows for ``Changes`` that take nobody off."""
    question = draw(st.one_of(questions(), streets(), streets(), streets()))
    network, steps = question["network"], question["steps"]
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    at = draw(st.integers(0, steps))

    def rows(*below, by=2):
        table = rng.integers(0, below, (rng.integers(0, 4), len(below)))
        return list({tuple(row[:by]): tuple(row) for row in table.tolist()}.values())

    new_sources = rows(network.n_nodes, 10, steps + 1, by=3)
    new_sinks = rows(network.n_nodes, 10, steps + 1, by=3)[: rng.integers(0, 2)]
    n_sources = len(question["sources"]) + len(new_sources)
    n_sinks = len(question["sinks"]) + len(new_sinks)
    closed = [(arc, at, 0) for arc in range(network.n_arcs) if rng.random() < 0.2]
    shut = [(sink, at, 0) for sink in range(n_sinks) if rng.random() < 0.5]
    return question, at, {
        "arc_capacity": unique(closed + rows(network.n_arcs, steps + 1, 10)),
        "arc_transit": rows(network.n_arcs, steps + 1, 4),
        "sink_capacity": unique(shut + rows(n_sinks, steps + 1, 7)),
        "supply": rows(n_sources, steps + 1, 10, by=3),
        "new_sources": new_sources,
        "new_sinks": new_sinks,
    }  # fmt: skip


def unique(rows):
    return list({row[:2]: row for row in rows}.values())


def value(old, rows, index, step, at):
    """Read a number at a step: the latest row that names it, else what it was."""
    if step >= at:  # what lies before is frozen
        named = [(since, new) for i, since, new in rows if i == index and since <= step]
        if named:
            return max(reversed(named), key=lambda row: row[0])[1]
    return int(old[index] if np.ndim(old[index]) == 0 else old[index][step])


class WrittenOut:
    """Write out every place at every step from the re-solve on, what is frozen given.

    People at home and people held stand on chains of their own, beside the streets.
    """

    def __init__(self, before, question, changes, at):
        self.before, self.question, self.changes, self.at = before, question, changes, at

    def most_by(self, theta):
        """Count the most people who can have arrived by a step."""
        self.numbers, self.flow = {}, max_flow.SimpleMaxFlow()
        self.streets()
        self.homes()
        self.crossings(theta)
        status = self.flow.solve(self.state("all"), self.state("out"))
        if status != self.flow.BAD_INPUT:  # something leads there
            assert status == self.flow.OPTIMAL
        on = self.flow.optimal_flow() if status == self.flow.OPTIMAL else 0
        return int(self.before.arrivals[: self.at].sum()) + on

    def state(self, *name):
        return self.numbers.setdefault(name, len(self.numbers))

    def arc(self, a, b, most=10**6):
        self.flow.add_arc_with_capacity(self.state(*a), self.state(*b), int(most))

    def steps(self):
        return range(self.at, self.question["steps"] + 1)

    def streets(self):
        network, changes, at = self.question["network"], self.changes, self.at
        for a in range(network.n_arcs):
            tail, head = int(network.tail[a]), int(network.head[a])
            for k in range(self.question["steps"] + 1):
                t = k + value(network.transit, changes["arc_transit"], a, k, at)
                if k >= at:
                    room = value(network.capacity, changes["arc_capacity"], a, k, at)
                    self.arc(("node", tail, k), ("node", head, t), room)
                elif t >= at:  # entered before, and still on it
                    self.arc(("all",), ("held", head, t), self.before.flow[a, k])
        for v in range(network.n_nodes):
            for k in self.steps():
                self.arc(("held", v, k), ("held", v, k + 1))
                self.arc(("held", v, k), ("node", v, k))

    def homes(self):
        asked, at = self.question, self.at
        homes = list(zip(asked["sources"], asked["supply"], asked["release"], strict=True))
        for s, (v, people, release) in enumerate(homes + self.changes["new_sources"]):
            gone = int(self.before.sent[s, :at].sum()) if s < len(homes) else 0
            self.arc(("all",), ("home", s, at), people - gone)
            for i, since, more in self.changes["supply"]:
                if i == s:
                    self.arc(("all",), ("home", s, max(since, at)), more)
            for k in self.steps():
                self.arc(("home", s, k), ("home", s, k + 1))
                if k >= release:
                    self.arc(("home", s, k), ("node", v, k))

    def crossings(self, theta):
        old = np.asarray(self.question["sink_capacity"]).tolist()
        rooms, rows = with_new_sinks(old, self.changes)
        nodes = list(self.question["sinks"]) + [v for v, _, _ in self.changes["new_sinks"]]
        for e, v in enumerate(nodes):
            for k in range(self.at, theta + 1):
                self.arc(("node", v, k), ("out",), value(rooms, rows, e, k, self.at))


def with_new_sinks(rooms, changes):
    """List sinks and rows, the new ones closed until a row of theirs opens them."""
    new = changes["new_sinks"]
    opening = [(len(rooms) + i, opens, room) for i, (_, room, opens) in enumerate(new)]
    return rooms + [0] * len(new), opening + changes["sink_capacity"]


def add_up(again, question, changes):
    """Check over the whole horizon that people come, go, hold and pass in equal numbers."""
    network, width = question["network"], question["steps"] + 1
    flow, sent, passed, holding = again.flow(), again.sent(), again.passed(), again.holding()
    assert min(x.min(initial=0) for x in (flow, sent, passed, holding)) >= 0
    balance = np.zeros((network.n_nodes, width), np.int64)
    for a, k in zip(*np.nonzero(flow), strict=True):
        t = k + value(network.transit, changes["arc_transit"], a, k, again.at)
        assert flow[a, k] <= value(network.capacity, changes["arc_capacity"], a, k, again.at)
        balance[network.tail[a], k] -= flow[a, k]
        balance[network.head[a], t] += flow[a, k]
    nodes = list(question["sources"]) + [v for v, _, _ in changes["new_sources"]]
    for s, v in enumerate(nodes):
        balance[v] += sent[s]
    for e, v in enumerate(again.rest.sinks):
        balance[v] -= passed[e]
    for row, v in enumerate(again.under_way.node):
        balance[v] -= np.diff(holding[row], prepend=0)
    assert not balance.any()
    assert (passed.sum(axis=0) == again.arrivals).all()


def street_goes_first(again):
    """Check that nobody leaves home at a node where somebody under way stays."""
    holding, rest = again.holding(), again.rest
    for row, v in enumerate(again.under_way.node):
        stays = holding[row, again.at :] > 0
        home = (rest.sources == v) & (again.source >= 0)
        assert not rest.sent[home][:, stays].any()
        assert (rest.sent[home].sum(axis=1) + rest.left[home] == rest.supply[home]).all()


def nobody_else_could_leave_the_street(again):
    """Check that as many from the street arrive as if nobody else were there."""
    rest, way = again.rest, np.flatnonzero(again.source < 0)
    alone = earliest_arrival(
        rest.network, rest.sources[way], rest.supply[way], rest.sinks,
        np.broadcast_to(rest.sink_capacity, rest.passed.shape), rest.steps,
        release=rest.release[way],
    )  # fmt: skip
    assert rest.left[way].sum() == alone.left.sum()


def retrace(again, question, changes):
    """Check that routes go where they say, and with those who hold make up the flow."""
    network = question["network"]
    flow, passed = np.zeros_like(again.flow()), np.zeros_like(again.passed())
    for route in again.routes():
        assert route.people > 0
        stops, where, when = 0, None, route.depart
        for arc, enter in zip(route.arcs, route.enter, strict=True):
            assert where in {None, network.tail[arc]}
            stops += enter > when
            assert enter >= when
            assert enter == when or when >= again.at
            flow[arc, enter] += route.people
            where = network.head[arc]
            when = enter + value(network.transit, changes["arc_transit"], arc, enter, again.at)
        stops += route.arrive > when
        assert stops <= (route.depart < again.at <= route.arrive)
        passed[route.sink, route.arrive] += route.people
    assert (passed == again.passed()).all()
    assert (flow <= again.flow()).all()
    gone = np.zeros(len(again.sent()), np.int64)
    np.add.at(gone, [r.source for r in again.routes()], [r.people for r in again.routes()])
    # who is held to the end left home and has no route
    assert (again.sent().sum(axis=1) >= gone).all()
    assert again.sent().sum() - gone.sum() == again.holding()[:, -1].sum()
    assert 0 <= again.turned_back <= again.exposed
    assert 0 <= again.held <= again.under_way.people.sum()


@settings(max_examples=at_length(133, 400), suppress_health_check=[HealthCheck.too_slow])
@given(changed_questions())
def test_every_step_is_a_maximum_given_what_is_frozen(case):
    question, at, rows = case
    before = earliest_arrival(**question)
    again = resume(before, Changes(**rows), at=at)
    oracle = WrittenOut(before, question, rows, at)
    most = [oracle.most_by(theta) for theta in range(at, before.steps + 1)]
    out = np.cumsum(again.arrivals)
    assert out[at:].tolist() == most
    assert (again.arrivals[:at] == before.arrivals[:at]).all()
    assert [again.cut(step).value for step in range(at, before.steps + 1)] == most
    assert (again.gain == out - np.cumsum(before.arrivals)).all()
    assert int(again.rest.supply.sum()) == int(again.rest.left.sum()) + sum(again.arrivals[at:])
    verify(again.rest, cuts=tuple(range(again.rest.steps + 1)))
    add_up(again, question, rows)
    street_goes_first(again)
    nobody_else_could_leave_the_street(again)
    retrace(again, question, rows)


@settings(max_examples=at_length(50, 150))
@given(changed_questions())
def test_from_the_first_step_it_is_the_changed_question(case):
    question, _, rows = case
    network, width = question["network"], question["steps"] + 1

    def table(old, changed, n):
        return [[value(old, changed, i, k, 0) for k in range(width)] for i in range(n)]

    rooms, opening = with_new_sinks(question["sink_capacity"].tolist(), rows)
    homes = list(zip(question["sources"], question["supply"], question["release"], strict=True))
    homes += rows["new_sources"]
    homes += [(homes[s][0], more, max(since, homes[s][2])) for s, since, more in rows["supply"]]
    scratch = earliest_arrival(
        Network(
            network.n_nodes, network.tail, network.head,
            table(network.transit, rows["arc_transit"], network.n_arcs),
            table(network.capacity, rows["arc_capacity"], network.n_arcs),
        ),
        [v for v, _, _ in homes], [people for _, people, _ in homes],
        list(question["sinks"]) + [v for v, _, _ in rows["new_sinks"]],
        table(rooms, opening, len(rooms)), question["steps"],
        release=[release for _, _, release in homes],
    )  # fmt: skip
    again = resume(earliest_arrival(**question), Changes(**rows), at=0)
    assert again.arrivals.tolist() == scratch.arrivals.tolist()
    assert again.exposed == again.held == again.turned_back == 0


@settings(max_examples=at_length(50, 150))
@given(st.one_of(questions(constant=True), streets(constant=True)), st.data())
def test_unchanged_and_constant_every_re_solve_arrives_the_same(question, data):
    before = earliest_arrival(**question)
    at = data.draw(st.integers(0, before.steps))
    assert resume(before, Changes(), at=at).arrivals.tolist() == before.arrivals.tolist()


@settings(max_examples=at_length(50, 150))
@given(st.one_of(questions(), streets()), st.data())
def test_unchanged_no_re_solve_is_worse_at_any_step(question, data):
    before = earliest_arrival(**question)
    at = data.draw(st.integers(0, before.steps))
    again = resume(before, Changes(), at=at)
    assert again.gain.min() >= 0
    assert not again.gain[:at].any()


@settings(max_examples=at_length(50, 150))
@given(changed_questions(), st.data())
def test_columns_that_hold_for_several_steps_are_the_same_as_one_for_each(case, data):
    question, at, rows = case
    first = resume(earliest_arrival(**question), Changes(**rows), at=at).rest
    n, width = first.network.n_arcs, first.steps + 1
    each = first.network.at_every_step(first.steps)
    transit, capacity = (np.broadcast_to(array, (n, width)) for array in each)
    streets = Network(
        first.network.n_nodes, first.network.tail, first.network.head, transit, capacity
    )
    dense = replace(first, network=streets)
    then = data.draw(st.integers(0, first.steps))
    arc, step = data.draw(st.integers(0, n - 1)), data.draw(st.integers(0, first.steps))
    more = Changes(
        arc_capacity=[(arc, step, 3)], arc_transit=[(arc, min(step + 1, first.steps), 2)]
    )
    one, other = resume(first, more, at=then), resume(dense, more, at=then)
    assert one.arrivals.tolist() == other.arrivals.tolist()
    for name in ("node", "step", "people", "sheltered"):
        assert (getattr(one.under_way, name) == getattr(other.under_way, name)).all()
    for mine, its in zip(
        one.rest.network.at_every_step(one.rest.steps),
        other.rest.network.at_every_step(one.rest.steps), strict=True,
    ):  # fmt: skip
        assert (mine == its).all()
    assert sum(route.people for route in one.routes()) == one.total


@given(changed_questions(), st.data())
def test_fewer_people_are_as_if_they_had_not_been_there(case, data):
    question, at, _ = case
    before = earliest_arrival(**question)
    home = before.supply - before.sent[:, :at].sum(axis=1)
    fewer = [data.draw(st.integers(0, int(n))) for n in home]
    rows = [(s, data.draw(st.integers(0, at)), -n) for s, n in enumerate(fewer)]
    again = resume(before, Changes(supply=rows), at=at)
    assert again.rest.supply[: len(home)].tolist() == (home - fewer).tolist()
    for s, n in enumerate(home):
        with pytest.raises(InputError, match=f"than are at home at step {at}"):
            resume(before, Changes(supply=[(s, 0, -int(n) - 1)]), at=at)


# --- bad input


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"arc_capacity": [(0, 1, 2), (3, 1, 2)]},
            r"arc_capacity\[1\]: arc 3 is not between 0 and 2",
        ),
        ({"arc_capacity": [(0, 1, -2)]}, r"arc_capacity\[0\]: people per step -2 is not between"),
        ({"arc_capacity": [(0, 15, 2)]}, r"arc_capacity\[0\]: step 15 is not between 0 and 14"),
        ({"arc_capacity": [(0, -1, 2)]}, r"arc_capacity\[0\]: step -1 is not"),
        ({"arc_capacity": [(0, 4, 2), (1, 4, 2), (0, 4, 3)]}, r"arc_capacity\[2\]: names arc 0 at"),
        ({"arc_transit": [(-1, 1, 2)]}, r"arc_transit\[0\]: arc -1 is not"),
        ({"arc_transit": [(0, 1, -1)]}, r"arc_transit\[0\]: steps -1 is not between 0"),
        ({"arc_transit": [(0, 1, 0.5)]}, r"arc_transit\[0, 2\]: is not a whole number"),
        ({"arc_transit": [(0, 1)]}, r"arc_transit: has shape \(1, 2\). Give rows of arc, step"),
        ({"arc_transit": 5}, r"arc_transit: has shape \(\)"),
        ({"sink_capacity": [(1, 1, 2)]}, r"sink_capacity\[0\]: sink 1 is not between 0 and 0"),
        ({"sink_capacity": [(0, 1, np.inf)]}, r"sink_capacity\[0, 2\]: is not finite"),
        ({"supply": [(1, 1, 2)]}, r"supply\[0\]: source 1 is not between 0 and 0"),
        (
            {"supply": [(0, 1, 2), (0, 6, -2)]},
            r"supply\[1\]: takes 2 people off source 0 at step 6",
        ),
        ({"supply": [(0, 1, 2**31 - 1)]}, r"supply\[0\]: is above"),
        ({"new_sources": [(3, 1, 2)]}, r"new_sources\[0\]: node 3 is not between 0 and 2"),
        ({"new_sources": [(2, -1, 2)]}, r"new_sources\[0\]: people -1 is not"),
        ({"new_sinks": [(2, 1, 99)]}, r"new_sinks\[0\]: step 99 is not"),
        ({"new_sinks": "no"}, "new_sinks: must hold numbers"),
    ],
)
def test_bad_changes(change, says):
    with pytest.raises(InputError, match=says) as caught:
        resume(line(), Changes(**change), at=5)
    assert len(caught.value.faults) == 1


def test_all_faults_are_told_together():
    with pytest.raises(InputError) as caught:
        Changes(arc_capacity=[(0, 1, -2)], supply=[(-1, 1, 2)], new_sinks=[(1, 2)])
    assert len(caught.value.faults) == 3


@pytest.mark.parametrize(
    ("at", "says"), [(15, "above 14"), (-1, "below 0"), (0.5, "whole"), ([1], "shape")]
)
def test_bad_step(at, says):
    with pytest.raises(InputError, match=f"^at.*{says}"):
        resume(line(), Changes(), at=at)


def test_bad_kind_and_bad_cut():
    with pytest.raises(InputError, match=r"changes: is no Changes \(dict\)"):
        resume(line(), {}, at=3)
    again = resume(line(), Changes(), at=3)
    for step in (2, 15):
        with pytest.raises(InputError, match=f"between 3 and 14 .is {step}."):
            again.cut(step)


def test_a_budget_is_passed_on():
    closed = Changes(sink_capacity=[(0, 7, 4), (0, 9, 0)])
    whole, within = resume(line(), closed, at=7), resume(line(), closed, at=7, budget_s=60.0)
    assert within.arrivals.tolist() == whole.arrivals.tolist()
    assert within.proven == whole.proven == 14
    assert whole.upper.tolist() == np.cumsum(whole.arrivals).tolist()


def test_tables_are_frozen():
    rows = np.array([[0, 1, 2]])
    changes = Changes(arc_capacity=rows)
    rows[0, 2] = 9
    assert changes.arc_capacity.tolist() == [[0, 1, 2]]
    with pytest.raises(ValueError, match="read-only"):
        changes.arc_capacity[0, 2] = 5
