"""Odd values at the edges of the flow room: one clear message, and nothing shared by accident."""

import numpy as np
import pytest

from safepassage.base.errors import InputError
from safepassage.flow import Network, earliest_arrival, parts, question, rounding, shuttle
from safepassage.flow.changes import Changes
from safepassage.flow.verify import verify

STREET = Network(2, [0], [1], [1], [3])
BUS = shuttle.timetable([1.0], 5, ride_min=1)
STOPS = {"stop": 0, "end": 1, "waiting": 9, "landing": 9}


def answer(**more):
    return earliest_arrival(STREET, [0], [5], [1], [2], 6, **more)


def test_an_answer_shares_no_array_with_the_question_and_is_frozen():
    supply = np.array([5])
    found = earliest_arrival(STREET, [0], supply, [1], [2], 6)
    supply[0] = 99
    verify(found)
    for name in ("supply", "sources", "sinks", "sink_capacity", "release", "arrivals", "flow"):
        assert not getattr(found, name).flags.writeable


def test_text_that_is_a_number_is_one_and_other_text_is_refused():
    assert Network(2, ["0"], ["1.0"], [1], [3]).head.tolist() == [1]
    with pytest.raises(InputError, match=r"head\[0\]: is not a whole number"):
        Network(2, ["0"], ["0.5"], [1], [3])


@pytest.mark.parametrize("step", [1.5, None, "x", [1, 2], 2**40])
def test_cuts_of_no_step(step):
    for found in (answer(), answer().resume(Changes(), at=0)):
        with pytest.raises(InputError, match="step"):
            found.cut(step)
        assert found.cut(2.0).value == 4


def test_a_budget_of_ages_is_none():
    assert answer(budget_s=10**400).proven == 6


def test_sources_and_crossings_count_in_the_memory_needed(monkeypatch):
    monkeypatch.setattr(question, "_memory", lambda: 2**30)
    many = np.zeros(100_000, int)
    for sources, sinks in ((many, [0]), ([0], many)):
        with pytest.raises(InputError, match=r"100,001 sources and crossings .* need about"):
            earliest_arrival(
                Network(1, [], [], [], []), sources, np.ones_like(sources), sinks,
                np.ones_like(sinks), 2**20,
            )  # fmt: skip


def test_a_bus_leaves_once_however_long_the_day():
    network = shuttle.with_shuttle(
        Network(2, [], [], [], []), shuttle.timetable([7.0], 5, ride_min=1), 6, **STOPS
    )
    assert earliest_arrival(network, [0], [99], [1], [99], 20).total == 5


@pytest.mark.parametrize(
    ("network", "more", "says"),
    [
        (Network(2, [0], [1], [1], [[3] * 5]), {}, "capacity: has 5 columns, 11 are needed"),
        (STREET, {"clock": (np.nan, 0)}, r"clock\[0\]: is not finite"),
        (STREET, {"clock": ("a", "b")}, "clock: must hold numbers"),
        (STREET, {"clock": [1]}, r"clock: has shape \(1,\)"),
        (STREET, {"shuttle": None}, "shuttle: is no Shuttle"),
        (STREET, {"shuttle": shuttle.timetable([1.0], 5, ride_min=2**31)}, "ride: takes"),
    ],
)
def test_shuttles(network, more, says):
    with pytest.raises(InputError, match=says):
        shuttle.with_shuttle(**{"network": network, "shuttle": BUS, "steps": 10, **STOPS, **more})


def test_periods_past_the_last_step_do_no_harm():
    late = Network(2, [0], [1], [1], [[3, 0]], since=[0, 50])
    network = shuttle.with_shuttle(late, BUS, 10, **STOPS)
    assert earliest_arrival(network, [0], [9], [1], [9], 10).total == 9


@pytest.mark.parametrize("round_it", [rounding.round_up, rounding.round_down])
def test_streets_without_end(round_it):
    with pytest.raises(InputError, match=r"exact\[0\]: is above 1,073,741,824 steps"):
        round_it(2, [0], [1], [1.6e11], [1])


def test_one_number_where_one_is_meant():
    with pytest.raises(InputError, match=r"step_s: has shape \(1,\)"):
        parts.spread(1.0, 5, step_s=[60])
    asked = (2, [0], [1], [70.0], [1], [0], [3])
    with pytest.raises(InputError, match=r"window_s: has shape \(1,\)"):
        rounding.finer_step(*asked, window_s=[600.0])
    with pytest.raises(InputError, match=r"steps_s: has shape \(1, 2\)"):
        rounding.finer_step(*asked, window_s=600.0, steps_s=[[60.0, 15.0]])
