from __future__ import annotations

from datetime import date

import pytest

from safepassage.declaration import read
from safepassage.declaration.dates import resolve
from safepassage.declaration.english.clocks import find_clocks, find_lengths
from safepassage.declaration.english.dates import find_dates
from safepassage.declaration.english.hours import find_hours
from safepassage.declaration.english.numbers import NUMBER, number

WEDNESDAY = date(2016, 11, 2)
ZONES = {"moscow": "Europe/Moscow", "damascus": "Asia/Damascus"}


@pytest.mark.parametrize(
    "words",
    [
        "4 november 2016", "november 4, 2016", "nov. 4, 2016", "nov 4 2016", "4th of november 2016",
        "the fourth of november 2016", "2016-11-04", "04.11.2016", "friday, 4 november 2016",
        "friday (nov. 4)", "nov. 4", "4 november", "friday", "this friday", "on friday",
        "the day after tomorrow", "november 4 (friday)",
    ],
)  # fmt: skip
def test_one_day_in_many_words(words):
    (mention,) = find_dates(words)
    assert resolve(mention, WEDNESDAY) == date(2016, 11, 4)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", WEDNESDAY), ("tonight", WEDNESDAY), ("tomorrow", date(2016, 11, 3)),
        ("yesterday", date(2016, 11, 1)), ("two weeks ago", date(2016, 10, 19)),
        ("a fortnight ago", date(2016, 10, 19)), ("three days ago", date(2016, 10, 30)),
        ("wednesday", WEDNESDAY), ("last friday", date(2016, 10, 28)),
        ("last wednesday", date(2016, 10, 26)),
        ("2 january", date(2017, 1, 2)), ("20 october", date(2016, 10, 20)),
        ("next friday", None), ("friday or saturday", None), ("31 november", None),
        ("30 february 2016", None),
        ("thursday, 4 november 2016", None), ("4 november 1816", date(1816, 11, 4)),
    ],
)  # fmt: skip
def test_days_counted_from_a_wednesday(words, day):
    mention = find_dates(words)[0]
    assert resolve(mention, WEDNESDAY) == day


@pytest.mark.parametrize("words", ["friday", "tomorrow", "4 november", "two weeks ago"])
def test_without_a_day_of_writing_nothing_is_guessed(words):
    (mention,) = find_dates(words)
    assert resolve(mention, None) is None


def test_a_weekday_of_a_report_lies_behind_it():
    (mention,) = find_dates("friday")
    assert resolve(mention, WEDNESDAY, direction="past") == date(2016, 10, 28)


@pytest.mark.parametrize(
    "words", ["3/4/2016", "on fridays", "march 5:30", "nov. 9 am", "chapter 4", "may be"]
)
def test_what_is_no_certain_day(words):
    assert all(resolve(mention, WEDNESDAY) is None for mention in find_dates(words))


@pytest.mark.parametrize(
    ("words", "link", "days"),
    [
        ("4 and 5 november", "and", [4, 5]), ("4-6 november", "to", [4, 6]),
        ("november 4 to 6", "to", [4, 6]), ("from 4 november to 6 november 2016", "to", [4, 6]),
        ("friday and saturday", "and", [4, 5]), ("4, 5 and 6 november", "and", [4, 5, 6]),
    ],
)  # fmt: skip
def test_days_in_a_row(words, link, days):
    mentions = find_dates(words)
    assert [resolve(mention, WEDNESDAY).day for mention in mentions] == days
    assert {mention.link for mention in mentions[:-1]} == {link}


def hours_in(words):
    dates = find_dates(words)
    clocks = find_clocks(words, 0, len(words), ZONES.get)
    return [
        tuple(
            clock and (clock.minute // 60, clock.minute % 60)
            for clock in (hours.opens, hours.closes)
        )
        for hours in find_hours(words, 0, clocks, dates)
        if hours.opens or hours.closes
    ]


@pytest.mark.parametrize(
    "words",
    [
        "from 9 am to 7 pm", "9am-7pm", "9 a.m. until 7 p.m.", "between 9 am and 7 pm",
        "09:00 to 19:00",
        "09:00 – 19:00".replace("–", "-"), "0900-1900", "0900 to 1900 hours",
        "from 09.00 to 19.00", "9:00 am till 7:00 pm",
        "from nine in the morning to seven in the evening", "starting at 9 am and ending at 7 pm",
        "opens at 9 am and closes at 7 pm", "begins at 09:00 and will last until 19:00",
        "from 9 a.m. (0700 gmt) until 7 p.m. (1700 gmt)", "from 9 am local time to 7 pm local time",
        "from 9 am on friday until 7 pm", "9h00 to 19h00", "from 9 am to 19 p.m.",
        "from nine o'clock in the morning until seven o'clock in the evening",
    ],
)  # fmt: skip
def test_nine_to_seven_in_many_words(words):
    assert hours_in(words) == [((9, 0), (19, 0))]


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("9 a.m. until noon", [((9, 0), (12, 0))]),
        ("from noon to midnight", [((12, 0), (24, 0))]),
        ("from midnight to 6 am", [((0, 0), (6, 0))]),
        ("from 8 to 11 a.m.", [((8, 0), (11, 0))]),
        ("from 8 to 4 pm", [((8, 0), (16, 0))]),
        ("from 10 p.m. to 4 a.m.", [((22, 0), (4, 0))]),
        ("from 9 am to 11 am and from 2 pm to 4 pm", [((9, 0), (11, 0)), ((14, 0), (16, 0))]),
        ("from 9 am", [((9, 0), None)]),
        ("until 7 pm", [(None, (19, 0))]),
        ("takes effect on friday at 6 p.m.", [((18, 0), None)]),
        ("from 9 to 7", []),
        ("he spoke at 9 am", []),
        ("from 2012 to 2016", []),
        ("1900 people and 2016 soldiers", []),
        ("moved from 8 am to 9 am", []),
        ("between 9.30 and ten dollars", []),
        ("25:00 to 26:00", []),
        ("extended until 7 pm", [(None, (19, 0))]),
        ("extended from 4 pm to 7 pm", [((16, 0), (19, 0))]),
    ],
)
def test_hours(words, hours):
    assert hours_in(words) == hours


def test_hours_that_lengthen_others_are_marked():
    words = "the pause was extended from 4 pm to 7 pm"
    (hours,) = find_hours(words, 0, find_clocks(words, 0, len(words), ZONES.get), [])
    assert hours.prolongs


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("9 am gmt", "UTC"), ("0900z to 1000z", "UTC"), ("9 am utc+3", "UTC+03:00"),
        ("9 am moscow time", "Europe/Moscow"),
        ("9 am (damascus time)", "Asia/Damascus"), ("9 am local time", "local"),
        ("9 am msk", "Europe/Moscow"),
        ("9 am", None), ("9 am for the first time", None), ("9 am this time", None),
    ],
)  # fmt: skip
def test_zones(words, zone):
    assert find_clocks(words, 0, len(words), ZONES.get)[0].zone == zone


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("72-hour truce", 72 * 60), ("a ten-hour pause", 600), ("for 10 hours", 600),
        ("three days", 3 * 1440),
        ("an hour and a half", 90), ("two hours and a half", 150), ("2-and-a-half", None),
        ("half", None),
    ],
)  # fmt: skip
def test_lengths(words, minutes):
    found = find_lengths(words, 0, len(words))
    assert (found[0].minutes if found else None) == minutes


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("8", 8),
        ("eight", 8),
        ("nineteen", 19),
        ("twenty", 20),
        ("twenty-four", 24),
        ("forty two", 42),
        ("a dozen", 12),
    ],
)
def test_numbers(words, value):
    import re

    assert re.fullmatch(NUMBER, words)
    assert number(words) == value


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        (
            "from a quarter to ten in the morning until half past four in the afternoon",
            "09:45 16:30",
        ),
        ("from one minute past midnight to 11:59 p.m.", "00:01 23:59"),
        (
            "from twenty past six in the evening until ten minutes to nine in the evening",
            "18:20 20:50",
        ),
        ("from 30 minutes after noon until 18:00", "12:30 18:00"),
        ("from half past nine until noon", None),  # of which half of the day?
        ("from ten to four in the afternoon", None),  # a range, or ten minutes before four?
    ],
)
def test_minutes_past_and_before_an_hour(words, hours):
    said = f"The army announced a humanitarian pause in Aleppo on 4 November {words}."
    windows = read(f"2 November 2016\n\n{said}").windows
    assert [f"{one.start:%H:%M} {one.end:%H:%M}" for one in windows] == ([hours] if hours else [])


def test_the_day_of_a_month_is_no_hour():
    said = "The army announced a truce in Goma from midnight on July 5 until 11:59 p.m. on July 19."
    assert not any(one.start.hour == 17 for one in read(f"4 July 2024\n\n{said}").windows)
