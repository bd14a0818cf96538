from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from safepassage.base.errors import InputError
from safepassage.declaration import daylight

ALEPPO = (36.2033, 37.1765)


@pytest.mark.parametrize(
    ("moment", "clock"), [("sunrise", "05:58"), ("sunset", "16:32"), ("civil_dusk", "16:59")]
)
def test_the_day_of_the_pause_in_aleppo(moment, clock):
    light = daylight(*ALEPPO, date(2016, 11, 4), "Asia/Damascus")
    known = datetime.fromisoformat(f"2016-11-04T{clock}")
    assert abs(getattr(light, moment) - known) <= timedelta(minutes=2)
    assert light.civil_dawn < light.sunrise < light.sunset < light.civil_dusk
    assert light.sunrise.tzinfo is None
    assert light.sun_stays is None


@pytest.mark.parametrize(
    ("lat", "lon", "day", "tz", "sunrise", "sunset"),
    [
        # The United States Naval Observatory's tables, rounded to the minute.
        (51.48, 0.0, date(2016, 6, 21), "Europe/London", "04:43", "21:21"),
        (-36.85, 174.76, date(2016, 6, 21), "Pacific/Auckland", "07:33", "17:11"),
    ],
)
def test_other_places_known_from_tables(lat, lon, day, tz, sunrise, sunset):
    light = daylight(lat, lon, day, tz)
    for found, clock in ((light.sunrise, sunrise), (light.sunset, sunset)):
        assert abs(found - datetime.fromisoformat(f"{day}T{clock}")) <= timedelta(minutes=3)


def test_the_clock_change_is_kept():
    before = daylight(*ALEPPO, date(2016, 10, 27), "Asia/Damascus").sunset
    after = daylight(*ALEPPO, date(2016, 10, 28), "Asia/Damascus").sunset
    assert before.hour - after.hour == 1


def test_polar_night_and_polar_day():
    night = daylight(78.22, 15.65, date(2016, 12, 21), "Arctic/Longyearbyen")
    assert (night.sunrise, night.sunset, night.civil_dawn, night.civil_dusk) == (None,) * 4
    assert night.sun_stays == "down"
    day = daylight(78.22, 15.65, date(2016, 6, 21), "Arctic/Longyearbyen")
    assert (day.sunrise, day.sunset) == (None, None)
    assert day.sun_stays == "up"


def test_twilight_without_a_sunrise():
    light = daylight(69.65, 18.96, date(2016, 12, 21), "Europe/Oslo")
    assert light.sunrise is None
    assert light.civil_dawn is not None
    assert light.sun_stays == "down"


def test_all_faults_are_told_together():
    with pytest.raises(InputError) as raised:
        daylight(91, 200, date(2016, 11, 4), "Mars/Olympus")
    assert [fault.where for fault in raised.value.faults] == ["lat", "lon", "tz"]
