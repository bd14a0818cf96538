"""Feed the reader text made to be slow: under a second for 10 kB, and linear."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from safepassage.base.errors import InputError, NothingAnnounced
from safepassage.declaration import read

LEAD = "A humanitarian pause will be opened by the army. "
LIVE = "The army announced a humanitarian pause in Aleppo on 4 November 2016 from 9 am to 7 pm"
UNITS = {
    "hours that never end": "from 9 am to ",
    "digits": "1",
    "numbers": "12 ",
    "brackets": "(",
    "quotes": '"',
    "clocks": "09:00-19:00 ",
    "zones": "9 am Moscow time (0700 GMT) ",
    "dates": "4 and 5 November, ",
    "weekdays": "Friday and ",
    "corridors": "two corridors for civilians and ",
    "shares": "six for civilians, ",
    "announcements": LIVE + ". ",
    "announcements without a stop": LIVE + ", ",
    "actors": "the Russian Defence Ministry and ",
    "lines": "a\n",
    "paragraphs": "a\n\n",
    "stops": "a. ",
    "names": "in Aleppo, Homs and ",
    "purposes": "to allow to allow ",
    "weapons": "without laying down their weapons ",
    "hyphens": "twenty-",
    "one word": "a",
    "addresses": "http://a.b.c.d/",
    "last week": "Last week a truce collapsed. ",
    "guarantees": "guaranteed by Russia and ",
    "appeals": "we appeal to the leaders ",
}


def seconds(text):
    began = time.process_time()
    with suppress(InputError, NothingAnnounced):
        read(text)
    return time.process_time() - began


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    read(LEAD)


@pytest.mark.parametrize("name", UNITS)
def test_100_kb_take_less_than_a_second_for_each_10_kb(name):
    unit = UNITS[name]
    text = LEAD + unit * (100_000 // len(unit))
    assert seconds(text) < len(text) / 10_000


@pytest.mark.parametrize("name", ["announcements", "lines", "brackets", "corridors"])
def test_eight_times_the_text_takes_about_eight_times_as_long(name):
    unit = UNITS[name]
    short, long = (LEAD + unit * (size // len(unit)) for size in (30_000, 240_000))
    seconds(short)
    assert seconds(long) < 16 * max(seconds(short), 0.05)
