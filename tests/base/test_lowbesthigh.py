import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from safepassage.base.lowbesthigh import LowBestHigh


def test_a_plain_number_has_no_spread():
    number = LowBestHigh.model_validate(7)
    assert (number.low, number.best, number.high) == (7, 7, 7)
    assert str(number) == "7"


def test_bounds_without_a_best_figure_meet_in_the_middle():
    number = LowBestHigh.model_validate({"low": 10, "high": 25, "source": "a report"})
    assert number.best == 17.5
    assert not number.is_assumption
    assert str(number) == "17.5 (10 to 25)"


@pytest.mark.parametrize(
    "bad",
    [
        True, "12", {"low": 5, "high": 1}, {"low": 1}, {"best": float("nan")},
        {"low": 1, "best": 2, "high": float("inf")}, {"best": 2, "guess": 3},
    ],
)  # fmt: skip
def test_what_is_no_interval_is_refused(bad):
    with pytest.raises(ValidationError):
        LowBestHigh.model_validate(bad)


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.floats(0, 1e9), st.floats(0, 100))
def test_scaling_keeps_the_order(a, b, c, factor):
    low, best, high = sorted((a, b, c))
    scaled = LowBestHigh(low=low, best=best, high=high).times(factor)
    assert scaled.low <= scaled.best <= scaled.high
