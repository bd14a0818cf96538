"""What is projected, and how often simulated days end within it."""

import sys
from pathlib import Path

import numpy as np
import pytest

from safepassage.forecast.behaviour import USUAL
from safepassage.forecast.make import make_forecast
from safepassage.ledger import projection
from safepassage.ledger.projection import project
from safepassage.plan.make import make_plan

BENCH = Path(__file__).resolve().parents[2] / "benchmarks"
PLAN = 10 * np.arange(301)


def day(pace, minutes=150):
    """Give a day that runs evenly at a pace, counted without error."""
    return np.tile(pace * PLAN[: minutes + 1], (3, 1)).astype(np.float64)


@pytest.mark.parametrize("pace", [0.1, 1.0, 1.3])
def test_a_day_that_runs_evenly_is_projected_by_its_pace(pace):
    made = project(day(pace), PLAN, PLAN)
    assert made.first == 150
    assert made.people[1, 0] == made.people[0, 0] == round(pace * 1500)
    assert made.people[1, -1] == round(pace * 3000)
    low, best, high = made.people
    assert (low <= best).all()
    assert (best <= high).all()
    assert (np.diff(made.people, axis=1) >= 0).all()


def test_what_a_closed_corridor_was_to_bring_is_left_out():
    half = project(day(1.0), PLAN, PLAN // 2)
    assert half.people[1, -1] == 1500 + 750


def test_a_restless_day_has_a_wider_interval():
    restless = np.tile(np.cumsum(np.tile([0.0] * 15 + [20.0] * 15, 5)), (3, 1))
    even = project(day(1.0, 149), PLAN, PLAN)
    wide = project(restless, PLAN, PLAN)
    assert wide.people[2, -1] - wide.people[0, -1] > even.people[2, -1] - even.people[0, -1]


def test_what_counters_leave_open_of_those_out_is_kept():
    out = day(1.0) * np.array([[0.9], [1.0], [1.2]])
    made = project(out, PLAN, PLAN)
    assert tuple(made.people[:, 0]) == (1350, 1500, 1800)


def test_nothing_is_projected_until_an_hour_after_the_plan_began():
    late = np.maximum(PLAN - 600, 0)  # the first are planned past after an hour
    assert project(day(1.0, 122), late, late) is None
    assert project(day(1.0, 130), late, late) is not None


def test_nobody_so_far_is_no_promise_of_nobody():
    made = project(day(0.0), PLAN, PLAN)
    assert made.people[1, -1] == 0
    assert 0 < made.people[2, -1] < 200


def test_families_are_as_large_as_in_the_forecast():
    size = USUAL.household.best
    assert pytest.approx((size - 1) / size + size) == projection._FAMILY


def test_simulated_days_end_within_the_interval(tmp_path, monkeypatch):
    """A few of those that benchmarks/bench_projection.py counts; docs/situation.md has them all."""
    monkeypatch.syspath_prepend(BENCH)
    import bench_projection as bench

    for name, text in bench.TOWN.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    plan = bench.agreed(make_plan(str(tmp_path)))
    days = bench.days_of(make_forecast(plan, replications=80, seed=3).outcomes)
    planned = np.concatenate([[0], plan.schedule.cumulative])
    some = bench.held(days, planned, 0.5)
    some = some[some[:, 3] > 0]
    assert len(some) > 20
    assert some[:, 0].mean() >= 0.8
    assert np.median(some[:, 4]) < 3  # and says something
    sys.modules.pop("bench_projection")
