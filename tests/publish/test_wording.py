from __future__ import annotations

import locale

import pytest

from safepassage.publish import wording


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (1234567, "1,234,567"), (16.0, "16"), (12.5, "12.5"), (None, "–")],
)
def test_number(value, said):
    assert wording.number(value) == said


def test_day_and_clock_are_english_in_any_locale():
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "C")
        assert wording.day("2016-11-04T09:00") == "Friday 4 November 2016"
    finally:
        locale.setlocale(locale.LC_TIME, before)
    assert wording.clock("2016-11-04T09:05") == "09:05"
    assert wording.clock(None) == "–"


def test_interval():
    assert wording.interval({"low": 10, "best": 16, "high": 25}) == "16 (10 to 25)"
    assert wording.interval({"low": 8, "best": 8, "high": 8}) == "8"
    assert wording.interval(None) == "–"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "not stated"),
        ([], "not stated"),
        (True, "yes"),
        ("2016-11-04T09:00", "Friday 4 November 2016, 09:00"),
        ({"total": 8, "civilian": None}, "total: 8"),
        (["RBC", "TASS"], "RBC, TASS"),
        ({"days_before": 14, "around": None}, "days before: 14"),
    ],
)
def test_statement(value, said):
    assert wording.statement(value) == said
