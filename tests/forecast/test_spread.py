"""Quantiles over replications, and what drives them apart."""

import numpy as np
import pytest

from safepassage.forecast.spread import drivers, fan

MANY = 4000


@pytest.fixture
def rng():
    return np.random.default_rng(7)


def test_a_fan_holds_values_that_occurred():
    curves = np.arange(10)[:, None] * np.array([[1, 100]])
    found = fan(curves)
    assert found.p10.tolist() == [0, 0]
    assert found.p50.tolist() == [4, 400]
    assert found.p90.tolist() == [8, 800]


def test_a_fan_of_nothing_but_one_curve_is_that_curve():
    found = fan(np.array([[1, 2, 3]]))
    assert found.p10.tolist() == found.p90.tolist() == [1, 2, 3]


def test_variance_is_shared_out_as_it_was_made(rng):
    big, small, idle = rng.normal(0, 2, MANY), rng.normal(0, 1, MANY), rng.normal(0, 1, MANY)
    found = {d.name: d.share for d in drivers({"a": big, "b": small, "c": idle}, big + small)}
    assert found["a"] == pytest.approx(4 / 5, abs=0.03)
    assert found["b"] == pytest.approx(1 / 5, abs=0.03)
    assert found["c"] < 0.01


def test_a_course_that_turns_back_counts_as_well(rng):
    x = rng.uniform(-1, 1, MANY)
    assert drivers({"x": x}, x**2)[0].share > 0.95


def test_something_that_happens_now_and_then_is_one_bin_of_its_own(rng):
    happens = rng.random(MANY) < 0.1
    assert drivers({"it": happens}, happens * 100.0)[0].share == pytest.approx(1)


def test_results_that_do_not_differ_have_no_driver():
    assert [d.share for d in drivers({"x": np.arange(500)}, np.zeros(500))] == [0.0]


@pytest.mark.parametrize("many", [0, 1, 99])
def test_too_few_results_tell_nothing(many):
    assert drivers({"x": np.arange(many)}, np.arange(many)) == ()


def test_the_largest_comes_first_and_ties_by_name(rng):
    x = rng.normal(size=200)
    assert [d.name for d in drivers({"b": x * 0, "a": x * 0, "z": x}, x)] == ["z", "a", "b"]
