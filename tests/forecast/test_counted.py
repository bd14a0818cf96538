"""Counts as tables write them, and the course of leaving that they leave open."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.forecast.counted import Count, Span, counts_of, share_out_by_day, span_of

FIRST = date(2016, 12, 15)


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("0", Span(0, 0)), ("1417", Span(1417, 1417)), (" 1400..1417 ", Span(1400, 1417)),
        ("0.5", Span(0.5, 0.5)), ("0..0", Span(0, 0)),
    ],
)  # fmt: skip
def test_numbers_and_intervals_are_read(cell, span):
    assert span_of(cell) == span


@pytest.mark.parametrize(
    "cell",
    ["", "about 300", "-1", "1,417", "1..", "..2", "1...2", "inf", "nan", "1e9", "٣", "9" * 400,
     "0..inf", "1..2..3"],
)  # fmt: skip
def test_what_is_no_number_is_refused(cell):
    with pytest.raises(ValueError, match="is no number and no interval"):
        span_of(cell)


def test_an_interval_the_wrong_way_round_is_refused():
    with pytest.raises(ValueError, match="wrong way round"):
        span_of("9..3")


def test_every_kind_of_count_is_read():
    cell = (
        "R:2016-12-15/2016-12-16=10000@ICRC | D:2016-12-17=0|"
        "C:2016-12-20T18:00=19000..25000@Syrian Observatory, by phone"
    )
    assert counts_of(cell, FIRST) == (
        Count("R", 1, 2, Span(10000, 10000), "ICRC"),
        Count("D", 3, 3, Span(0, 0), ""),
        Count("C", 6, 6, Span(19000, 25000), "Syrian Observatory, by phone"),
    )
    assert counts_of("", FIRST) == ()
    assert counts_of(" | ", FIRST) == ()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("83 on the first day", "none of `D:day=n`"),
        ("X:2016-12-15=1", "none of `D:day=n`"),
        ("R:2016-12-15=1", "none of `D:day=n`"),
        ("D:2016-12-15/2016-12-16=1", "none of `D:day=n`"),
        ("D:2016-12-32=1", "whose day is none"),
        ("C:2016-13-01=1", "whose day is none"),
        ("D:2016-12-14=1", "before the first day"),
        ("R:2016-12-18/2016-12-16=1", "backwards"),
        ("D:2016-12-15=many", "no number"),
        ("D:2016-12-15=9..3", "wrong way round"),
    ],
)
def test_entries_that_cannot_be_meant_are_refused(cell, said):
    with pytest.raises(ValueError, match=said):
        counts_of(cell, FIRST)


def course(cell, days, left):
    return share_out_by_day(counts_of(cell, FIRST), days, left)


def test_without_counts_people_leave_evenly():
    assert course("", 4, 100) == pytest.approx([0.25, 0.5, 0.75, 1.0])


def test_where_nobody_left_the_course_is_over_at_once():
    assert course("", 3, 0) == [1.0, 1.0, 1.0]


def test_counts_of_days_add_up():
    cell = "D:2016-12-15=10|D:2016-12-16=0|D:2016-12-17=30"
    assert course(cell, 3, 40) == pytest.approx([0.25, 0.25, 1.0])


def test_a_running_total_stands_before_a_day_s_count():
    cell = "D:2016-12-15=10|D:2016-12-16=99|C:2016-12-16=40|D:2016-12-17=40"
    assert course(cell, 3, 80) == pytest.approx([10 / 80, 40 / 80, 1.0])


def test_a_count_over_days_is_a_straight_line():
    assert course("R:2016-12-15/2016-12-18=80", 5, 100) == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])


def test_an_interval_counts_by_its_middle():
    assert course("D:2016-12-15=20..40", 2, 100) == pytest.approx([0.3, 1.0])


def test_a_day_after_days_unknown_sets_no_total():
    assert course("D:2016-12-17=40", 4, 100) == pytest.approx([0.25, 0.5, 0.75, 1.0])


def test_a_total_that_falls_is_never_undone():
    cell = "C:2016-12-15=60|C:2016-12-16=50|C:2016-12-17=100"
    assert course(cell, 3, 100) == pytest.approx([0.6, 0.6, 1.0])


def test_the_last_day_has_all_of_them_even_where_counts_go_beyond():
    assert course("C:2016-12-15=300", 2, 200) == pytest.approx([1.0, 1.0])


@st.composite
def entries(draw):
    since = draw(st.integers(0, 20))
    days = [FIRST + timedelta(days=since), FIRST + timedelta(days=since + draw(st.integers(0, 9)))]
    low = draw(st.integers(0, 10**6))
    how = draw(st.sampled_from("DCR"))
    span = f"{days[0]}/{days[1]}" if how == "R" else f"{days[0]}"
    return f"{how}:{span}={low}..{low + draw(st.integers(0, 10**6))}"


@given(st.lists(entries(), max_size=12), st.floats(0, 1e7), st.integers(0, 5))
def test_a_course_never_falls_and_ends_with_all(written, left, more):
    counts = counts_of("|".join(written), FIRST)
    days = max((count.until for count in counts), default=1) + more
    shares = share_out_by_day(counts, days, left)
    assert len(shares) == days
    assert shares == sorted(shares)
    assert shares[0] >= 0
    assert shares[-1] == 1.0
