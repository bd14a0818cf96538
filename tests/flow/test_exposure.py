"""Same arrivals, less time on the road: held to a min-cost flow on the network written out."""

import dataclasses
import importlib

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow.test_against_oracle import questions
from flow.test_speed import street_grid
from lengths import at_length
from oracles.least_exposure import least_person_steps
from safepassage.base.errors import InputError
from safepassage.flow import Network, earliest_arrival
from safepassage.flow.exposure import exposure, least_exposure, on_the_road
from safepassage.flow.verify import verify

module = importlib.import_module("safepassage.flow.exposure")


def town(nodes, per_min, people, steps, seed):
    grid = street_grid(nodes, per_min, seed=seed, people=people, n_zones=30)
    return earliest_arrival(
        Network(grid.n_nodes, grid.tail, grid.head, grid.transit, grid.capacity),
        grid.sources, grid.supply, grid.sinks, grid.sink_capacity, steps,
    )  # fmt: skip


def holds(before, after):
    assert after.arrivals.tolist() == before.arrivals.tolist()
    assert exposure(after) <= exposure(before)
    verify(after, cuts=tuple(range(0, before.steps + 1, 7)))


def test_people_leave_in_time_and_not_before():
    """One way of two steps and a gate for one a step: nobody stands in the street."""
    queue = earliest_arrival(Network(2, [0], [1], [2], [9]), [0], [5], [1], [1], 9)
    found = least_exposure(queue)
    holds(queue, found)
    assert exposure(found) == 10
    assert on_the_road(found).tolist() == [1, 2, 2, 2, 2, 1, 0, 0, 0, 0]


def test_the_shorter_way_is_taken_where_both_arrive_in_time():
    # fewer moves, but five steps; two moves of one step each
    two = Network(3, [0, 0, 1], [2, 1, 2], [5, 1, 1], [4, 4, 4])
    answer = earliest_arrival(two, [0], [8], [2], [[0] * 5 + [4, 4]], 6)
    assert exposure(least_exposure(answer)) == 8 * 2


def test_who_lives_nearer_leaves_in_place_of_who_lives_farther():
    line = Network(3, [0, 1], [1, 2], [3, 1], [9, 9])
    answer = earliest_arrival(line, [0, 1], [4, 4], [2], [[0, 0, 0, 0, 4, 0]], 5)
    found = least_exposure(answer)
    holds(answer, found)
    assert (found.left.tolist(), exposure(found)) == ([4, 0], 4)


def test_a_shelter_is_not_the_road():
    walk = Network(2, [0], [1], [1], [[3, 0, 0, 0, 0]]).with_waiting([1], [9])
    answer = earliest_arrival(walk, [0], [3], [1], [[0, 0, 0, 3, 3]], 4)
    assert answer.total == 3
    assert exposure(answer) == 3
    assert on_the_road(answer).tolist() == [3, 0, 0, 0, 0]


@pytest.mark.parametrize("seed", range(at_length(2, 30)))
@pytest.mark.parametrize(
    ("nodes", "per_min", "people", "steps"),
    [(100, 20, 3_000, 60), (225, 40, 8_000, 80), (225, 400, 8_000, 80), (256, 400, 20_000, 70)],
)
def test_small_towns_get_the_least_there_is(nodes, per_min, people, steps, seed):
    before = town(nodes, per_min, people, steps, seed)
    after = least_exposure(before)
    holds(before, after)
    assert exposure(after) == least_person_steps(before)


@pytest.mark.parametrize("seed", range(at_length(2, 30)))
@pytest.mark.parametrize(
    ("nodes", "per_min", "people", "steps"),
    [(100, 20, 3_000, 60), (225, 40, 8_000, 80), (225, 400, 8_000, 80), (256, 400, 20_000, 70)],
)
def test_group_after_group_comes_within_two_per_cent(
    monkeypatch, nodes, per_min, people, steps, seed
):
    """So large cities are planned."""
    monkeypatch.setattr(module, "_SMALL", 0)
    before = town(nodes, per_min, people, steps, seed)
    after = least_exposure(before)
    holds(before, after)
    assert exposure(after) <= 1.02 * least_person_steps(before)


def test_groups_that_are_too_much_work_are_halved(monkeypatch):
    monkeypatch.setattr(module, "_SMALL", 0)
    monkeypatch.setattr(module, "_EACH", 3_000)
    before = town(225, 40, 8_000, 80, 1)
    after = least_exposure(before)
    holds(before, after)
    assert exposure(after) < 0.95 * exposure(before)  # the least is 16 % below


def test_nobody_goes_round_and_round_within_a_step():
    """Two ways back and forth that take no time; whom an engine sent round is taken off."""
    ways = Network(4, [0, 0, 1, 2, 1], [3, 1, 2, 1, 3], [5, 1, 0, 0, 1], [9, 9, 9, 9, 9])
    answer = earliest_arrival(ways, [0], [4], [3], [[0] * 5 + [4, 0]], 6)
    flow = answer.flow.copy()
    flow[2:4, 3] += 2
    found = least_exposure(dataclasses.replace(answer, flow=flow))
    holds(answer, found)
    assert exposure(found) == 8
    assert not found.flow[2:4].any()


@settings(
    max_examples=at_length(40, 1000), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(questions(), st.sampled_from([0, 300_000]))
def test_with_everything_that_may_change_it_is_a_flow_with_the_same_arrivals(question, small):
    before = earliest_arrival(**question)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_SMALL", small)
        patch.setattr(module, "_GROUP", 3)
        after = least_exposure(before)
    assert after.arrivals.tolist() == before.arrivals.tolist()
    verify(after, cuts=tuple(range(before.steps + 1)))
    least = least_person_steps(before)
    assert least <= exposure(after) <= exposure(before)
    if small:
        assert exposure(after) == least
    assert int(on_the_road(after).sum()) == exposure(after)


def test_too_much_work_leaves_things_as_they_were(monkeypatch):
    before = town(225, 400, 8_000, 80, 3)
    for name in ("_WHOLE", "_EACH", "_TOTAL"):
        monkeypatch.setattr(module, name, 10)
    after = least_exposure(before)
    holds(before, after)


def test_the_same_question_has_the_same_answer():
    before = town(225, 400, 8_000, 80, 4)
    first, second = least_exposure(before), least_exposure(before)
    assert (first.flow == second.flow).all()
    assert (first.sent == second.sent).all()


def test_a_budget_is_a_time():
    before = town(100, 20, 3_000, 60, 1)
    assert exposure(least_exposure(before, budget_s=60)) <= exposure(before)
    with pytest.raises(InputError, match="budget_s: is no time"):
        least_exposure(before, budget_s=-1)


def test_nobody_needs_no_road():
    nobody = earliest_arrival(Network(2, [], [], [], []), [0], [5], [1], [1], 3)
    assert least_exposure(nobody) is nobody
    assert on_the_road(nobody).tolist() == [0, 0, 0, 0]
    assert isinstance(exposure(nobody), int)
    assert np.array_equal(nobody.left, [5])
