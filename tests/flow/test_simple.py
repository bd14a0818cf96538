"""Same arrivals, straighter ways: fewer people in circles, less time on the road."""

import importlib

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow.test_against_oracle import questions
from flow.test_exposure import town
from lengths import at_length
from oracles.least_exposure import least_person_steps
from safepassage.base.errors import InputError
from safepassage.flow import Network, earliest_arrival
from safepassage.flow.exposure import exposure
from safepassage.flow.simple import straighten
from safepassage.flow.verify import verify
from safepassage.flow.walks import circling, take_apart

module = importlib.import_module("safepassage.flow.simple")


def walked_in_circles(arrival):
    """Count, slowly, the people whose route comes back to a place it has left."""
    people = 0
    for route in arrival.routes():
        places = [arrival.sources[route.source]]
        for arc in route.arcs:
            if arrival.network.head[arc] != places[-1]:
                places.append(arrival.network.head[arc])
        people += route.people * (len(places) > len({int(v) for v in places}))
    return people


def by_hand(network, flow, sent, passed, **question):
    """Answer a question with a flow written down by hand, with the arrivals of the engine's."""
    answer = earliest_arrival(network, **question)
    given = {
        "flow": np.zeros_like(answer.flow), "sent": np.zeros_like(answer.sent),
        "passed": np.zeros_like(answer.passed),
    }  # fmt: skip
    for name, cells in (("flow", flow), ("sent", sent), ("passed", passed)):
        for row, step, people in cells:
            given[name][row, step] = people
    made = importlib.import_module("dataclasses").replace(
        answer, **given, left=answer.supply - given["sent"].sum(axis=1)
    )
    verify(made, cuts=tuple(range(answer.steps + 1)))
    return made


def holds(before, after):
    assert after.arrivals.tolist() == before.arrivals.tolist()
    verify(after, cuts=tuple(range(before.steps + 1)))
    assert exposure(after) <= exposure(before)
    assert circling(after) <= circling(before)
    assert circling(after) == walked_in_circles(after)


def test_who_goes_round_in_the_street_leaves_later_instead():
    """Home 0, junction 1, a dead end 2, a gate at 3 that opens in step 4."""
    streets = Network(4, [0, 1, 2, 1], [1, 2, 1, 3], [1, 1, 1, 1], [9, 9, 9, 9])
    before = by_hand(
        streets, sources=[0], supply=[7], sinks=[3], sink_capacity=[[0, 0, 0, 0, 5]], steps=4,
        flow=[(0, 0, 5), (1, 1, 5), (2, 2, 5), (3, 3, 5)], sent=[(0, 0, 5)], passed=[(0, 4, 5)],
    )  # fmt: skip
    assert (circling(before), exposure(before)) == (5, 20)
    after = straighten(before)
    holds(before, after)
    assert (circling(after), exposure(after)) == (0, 10)
    assert after.sent.tolist() == [[0, 0, 5, 0, 0]]
    assert [route.arcs for route in after.routes()] == [(0, 3)]


def test_others_make_room_for_who_leaves_later():
    """Who could leave later finds the street full then, of people with another way to go."""
    streets = Network(
        5, [0, 1, 2, 1, 4, 4], [1, 2, 1, 3, 1, 3], [1, 1, 1, 1, 1, 2],
        [[9] * 6, [9] * 6, [9] * 6, [0, 0, 0, 3, 0, 0], [9] * 6, [9] * 6],
    )  # fmt: skip
    streets = Network(
        streets.n_nodes, streets.tail, streets.head, np.repeat(streets.transit[:, None], 6, 1),
        streets.capacity,
    )  # fmt: skip
    before = by_hand(
        streets, sources=[0, 4], supply=[3, 3], sinks=[3], sink_capacity=[[0, 0, 0, 0, 6, 0]],
        steps=5, flow=[(0, 0, 3), (1, 1, 3), (2, 2, 3), (3, 3, 3), (5, 2, 3)],
        sent=[(0, 0, 3), (1, 2, 3)], passed=[(0, 4, 6)],
    )  # fmt: skip
    after = straighten(before)
    holds(before, after)
    assert circling(after) == 0


def test_a_street_open_once_leaves_no_choice_but_a_circle():
    """The way to the junction is open in step 0, the gate in step 4: nobody can be straight."""
    streets = Network(
        4, [0, 1, 2, 1], [1, 2, 1, 3], [1, 1, 1, 1],
        [[5, 0, 0, 0, 0], [9] * 5, [9] * 5, [9] * 5],
    )  # fmt: skip
    answer = earliest_arrival(streets, [0], [5], [3], [[0, 0, 0, 0, 5]], 4)
    assert answer.total == 5
    after = straighten(answer)
    holds(answer, after)
    assert circling(after) == 5


def test_walks_that_meet_exchange_their_tails():
    """Two meet at 1 in step 1: one passes at once, the other comes back two steps later."""
    streets = Network(5, [0, 4, 1, 2, 1], [1, 1, 2, 1, 3], [1, 1, 1, 1, 1], [1, 1, 1, 1, 1])
    cells = {"passed": [(0, 2, 1), (0, 4, 1)], "sent": [(0, 0, 1), (1, 0, 1)]}
    before = by_hand(
        streets, sources=[0, 4], supply=[1, 1], sinks=[3], sink_capacity=[[0, 0, 1, 0, 1]],
        steps=4, flow=[(0, 0, 1), (1, 0, 1), (2, 1, 1), (3, 2, 1), (4, 1, 1), (4, 3, 1)], **cells,
    )  # fmt: skip
    holds(before, straighten(before))
    assert circling(straighten(before)) == 0


def test_a_shelter_is_no_circle():
    walk = Network(2, [0], [1], [1], [[3, 0, 0, 0, 0]]).with_waiting([1], [9])
    answer = earliest_arrival(walk, [0], [3], [1], [[0, 0, 0, 3, 3]], 4)
    assert any(len(route.arcs) > 1 for route in answer.routes())
    assert circling(straighten(answer)) == circling(answer) == 0


@settings(
    max_examples=at_length(83, 250), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(questions())
def test_with_everything_that_may_change_it_is_a_straighter_flow(question):
    before = earliest_arrival(**question)
    after = straighten(before)
    holds(before, after)
    assert exposure(after) >= least_person_steps(before)
    again = straighten(before)
    assert (after.flow == again.flow).all()
    assert after.routes() == again.routes()


@st.composite
def blocks(draw):
    """Draw a few blocks of two-way streets, narrow ones and wide ones, and few crossings."""
    rows, columns = draw(st.integers(2, 3)), draw(st.integers(3, 4))
    node = st.integers(0, rows * columns - 1)
    at = np.arange(rows * columns).reshape(rows, columns)
    ends = np.array([*zip(at[:, :-1].flat, at[:, 1:].flat), *zip(at[:-1].flat, at[1:].flat)])  # noqa: B905
    n = len(ends)
    transit = draw(st.lists(st.integers(1, 2), min_size=n, max_size=n))
    room = draw(st.lists(st.sampled_from([0, 1, 1, 2, 4]), min_size=n, max_size=n))
    homes = draw(st.integers(2, 4))
    return {
        "network": Network(
            at.size, [*ends[:, 0], *ends[:, 1]], [*ends[:, 1], *ends[:, 0]], transit * 2, room * 2
        ),
        "sources": draw(st.lists(node, min_size=homes, max_size=homes)),
        "supply": draw(st.lists(st.integers(1, 25), min_size=homes, max_size=homes)),
        "sinks": draw(st.lists(node, min_size=1, max_size=2, unique=True)),
        "sink_capacity": draw(st.integers(1, 5)),
        "steps": draw(st.integers(10, 24)),
    }


@settings(
    max_examples=at_length(50, 150), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(blocks())
def test_blocks_of_streets_are_left_straighter(question):
    question["sink_capacity"] = [question["sink_capacity"]] * len(question["sinks"])
    before = earliest_arrival(**question)
    holds(before, straighten(before))


@pytest.mark.parametrize("seed", range(4))
def test_in_a_town_whose_streets_bind_few_are_left_in_circles(seed):
    before = town(256, 400, 20_000, 70, seed)
    after = straighten(before)
    holds(before, after)
    assert circling(after) <= 0.1 * circling(before, take_apart(before))
    assert exposure(after) <= 1.05 * least_person_steps(before)


def test_what_is_given_up_for_want_of_time_still_holds(monkeypatch):
    before = town(256, 400, 20_000, 70, 1)
    for name in ("_ONE", "_CIRCLE", "_EVERYBODY", "_CIRCLES"):
        monkeypatch.setattr(module, name, 5)
    holds(before, straighten(before))
    holds(before, straighten(before, budget_s=1e-9))


def test_nobody_and_no_budget():
    nobody = earliest_arrival(Network(2, [], [], [], []), [0], [5], [1], [1], 3)
    assert straighten(nobody) is nobody
    assert circling(nobody) == 0
    with pytest.raises(InputError, match="budget_s"):
        straighten(nobody, budget_s=-1)
