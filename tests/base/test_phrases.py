from __future__ import annotations

from datetime import datetime

import pytest

from safepassage.base import phrases
from safepassage.base.window import Window


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (392, "6 h 32 min")]
)
def test_duration(minutes, said):
    assert phrases.duration(minutes) == said


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_listed(names, said):
    assert phrases.listed(iter(names)) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 lanes"), (1, "1 lane"), (2, "2 lanes"), (1200, "1,200 lanes")]
)
def test_counted(number, said):
    assert phrases.counted(number, "lane") == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "0 %"), (0.004, "under 1 %"), (0.5, "50 %"), (0.999, "99 %"), (1, "100 %")],
)
def test_percent_reads_as_none_or_all_only_where_it_is(share, said):
    assert phrases.percent(share) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (0.4, "0"), (-0.4, "0"), (1500, "+1,500"), (-2, "\u22122")]
)
def test_signed(number, said):
    assert phrases.signed(number) == said


def test_span_names_days_where_they_differ():
    start, evening, morning = (
        datetime.fromisoformat(f"2016-11-{each}") for each in ("04T09:00", "04T19:00", "05T07:00")
    )
    assert phrases.span(Window(start, evening)) == "09:00 to 19:00"
    assert phrases.span(Window(start, morning)) == "4 November 09:00 to 5 November 07:00"
