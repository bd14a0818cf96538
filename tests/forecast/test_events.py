"""Tables of events: what is read and refused, and rates whose answer is known."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from safepassage.base.errors import InputError
from safepassage.case import load_case
from safepassage.forecast.events import (
    load_events,
    rate_of,
    rates,
    rates_document,
    read_events,
)

GATE = (36.2, 37.15)
START = datetime.fromisoformat("2016-11-04T09:00")
M = 1 / 111_194.9  # one metre north in degrees, on a sphere of 6,371,008.8 m


def csv(head, *rows):
    return "\n".join([head, *rows]).encode()


def acled(*rows):
    return csv("event_date,event_type,latitude,longitude,geo_precision,time_precision", *rows)


def at(day, metres, kind="Battles", more="1,1"):
    return f"{day},{kind},{GATE[0] + metres * M:.9f},{GATE[1]},{more}"


def faults(data):
    with pytest.raises(InputError) as error:
        read_events(data, "events.csv")
    assert error.value.exit_code == 2
    return [str(fault) for fault in error.value.faults]


# what is read


def test_an_acled_table_is_read():
    head = '"event_id_cnty","event_date","time_precision","event_type","latitude","longitude"'
    events = read_events(
        csv(head, '"SYR1","04 November 2016","1","Battles","36.2","37.1"',
            '"SYR2","2016-11-05","1","Riots","36.3","37.2"'), "a.csv")  # fmt: skip
    assert [date.fromordinal(day).isoformat() for day in events.day] == ["2016-11-04", "2016-11-05"]
    assert events.lat.tolist() == [36.2, 36.3]
    assert events.lon.tolist() == [37.1, 37.2]
    assert np.all(np.isnan(events.hour))
    assert (events.first, events.last) == (date(2016, 11, 4), date(2016, 11, 5))


def test_a_ucdp_table_is_read_and_its_midnights_are_no_hours():
    head = "id,type_of_violence,where_prec,latitude,longitude,date_prec,date_start,date_end,best"
    day = "2016-11-04 00:00:00.000"
    events = read_events(
        csv(head, f"1,1,1,36.2,37.1,1,{day},{day},3", f"2,3,1,36.2,37.1,3,{day},{day},0"), "u.csv"
    )
    assert len(events.day) == 2
    assert np.all(np.isnan(events.hour))


@pytest.mark.parametrize(
    ("head", "row", "hour"),
    [
        ("date,lat,lon,time", "2016-11-04,36,37,14:30", 14.5),
        ("date,lat,lon,hour", "2016-11-04,36,37,9", 9.0),
        ("date,lat,lon,event_time", "2016-11-04,36,37,23:59:59", 23 + 59 / 60),
        ("Date,LAT,Lng", "2016-11-04T15:00,36,37", 15.0),
    ],
)
def test_hours_are_read_where_there_are_any(head, row, hour):
    assert read_events(csv(head, row), "e.csv").hour.tolist() == pytest.approx([hour])


def test_rows_that_do_not_count_are_told():
    events = read_events(
        acled(
            at("2016-11-01", 0), at("2016-11-01", 0, "Protests"), at("2016-11-02", 0, more="2,1"),
            at("2016-11-02", 0, "Strategic developments"), at("2016-11-03", 0, more="1,3"),
            at("2016-11-03", 0, more="1.0,2"),
        ), "e.csv",
    )  # fmt: skip
    assert len(events.day) == 2
    assert dict(events.left_out) == {
        "no attack or fight": 2, "place known to an area only": 1, "day not known": 1,
    }  # fmt: skip
    assert events.last == date(2016, 11, 3)  # the table runs as far as any of its rows


def test_a_week_in_ucdp_is_a_day_and_a_month_is_not():
    head = "date_start,latitude,longitude,date_prec"
    rows = [f"2016-11-0{code},36.2,37.1,{code}" for code in range(1, 6)]
    assert len(read_events(csv(head, *rows), "u.csv").day) == 3


# what is refused


def test_a_table_without_coordinates_is_refused_in_one_go():
    told = faults(csv("event_date,event_type", "2016-11-04,Battles"))
    assert [fault.partition(". ")[0] for fault in told] == [
        "events.csv: has no column latitude or lat",
        "events.csv: has no column longitude or lon or lng",
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2016-11-04,91,37,", "lies nowhere on the earth ('91', '37')"),
        ("2016-11-04,36,-181,", "lies nowhere"),
        ("2016-11-04,,37,", "lies nowhere"),
        ("2016-11-04,nan,37,", "lies nowhere"),
        ("2016-11-04,inf,37,", "lies nowhere"),
        ("2016-11-04,36_0,37,", "lies nowhere"),
        ("4/11/2016,36,37,", "has no day ('4/11/2016')"),
        (",36,37,", "has no day"),
        ("2016-02-30,36,37,", "has no day"),
        ("2016-11-04T09:00Z,36,37,", "has no day"),
        ("2016-11-04,36,37,noon", "has no hour ('noon')"),
        ("2016-11-04,36,37,24", "has no hour"),
        ("2016-11-04,36,37,14:75", "has no hour"),
        ("2016-11-04,36,37,-1", "has no hour"),
    ],
)
def test_a_row_that_cannot_be_meant_is_told_by_its_line(row, said):
    (told,) = faults(csv("date,lat,lon,time", "2016-11-01,36,37,", "", row))
    assert told.startswith("events.csv, line 4: ")
    assert said in told


def test_everything_wrong_with_a_row_is_told():
    assert len(faults(csv("date,lat,lon,time", "soon,here,there,then"))) == 3


def test_of_many_faults_the_first_are_told_and_the_others_counted():
    told = faults(csv("date,lat,lon", *["never,36,37"] * 500))
    assert len(told) == 21
    assert told[-1] == "events.csv: and 480 more faults."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "has no column"), (b"date,lat,lon\n", "holds no rows"),
        (b"date;lat;lon\n1;2;3", "cells apart by ';'"), (b"date,\xff", "UTF-8"),
        (b"date,lat,lon\n2016-11-04,36", "has 2 cells"), (b"date,lat,lat,lon\n1,2,3,4", "twice"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(data, said):
    assert any(said in told or "no rows" in told for told in faults(data))


def test_files_that_cannot_be_read_are_refused(tmp_path):
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(50_000_001)
    for path, said in ((tmp_path / "none.csv", "cannot be read"), (large, "too large"),
                       (tmp_path, "cannot be read")):  # fmt: skip
        with pytest.raises(InputError, match=said):
            load_events(path)


# rates


@pytest.mark.parametrize("events", [0, 1, 7, 200])
def test_a_rate_is_what_jeffreys_prior_leaves_open(events):
    hours = 720
    rate = rate_of(events, hours)
    # Gamma(n + 1/2, T) is chi-squared with 2 n + 1 degrees, over 2 T
    for p, told in ((0.1, rate.low), (0.5, rate.middle), (0.9, rate.high)):
        assert told == pytest.approx(chi2.ppf(p, 2 * events + 1) / (2 * hours))


def test_events_are_counted_by_ring_and_day():
    rows = [
        at("2016-11-04", 100), at("2016-11-03", 100), at("2016-10-05", 499), at("2016-10-04", 100),
        at("2016-10-20", 501), at("2016-10-21", 1999), at("2016-10-22", 4999),
        at("2016-10-22", 5001), at("2016-10-23", 0),
    ]  # fmt: skip
    found = rates(read_events(acled(*rows), "e.csv"), {"gate": GATE}, start=START)
    (gate,) = found.corridors
    assert found.days == 30
    assert [ring.events for ring in gate.rings] == [3, 1, 1, 1]
    assert [(ring.from_m, ring.to_m) for ring in gate.rings] == [
        (0, 500), (500, 1000), (1000, 2000), (2000, 5000),
    ]  # fmt: skip
    assert gate.rings[0].rate == rate_of(3, 720)
    assert gate.by_hour is None
    assert "e.csv gives no hours of the day." in found.notes
    assert gate.told.startswith("gate: 6 events within 5,000 m in 30 days, the nearest 0 m away, ")


def test_each_corridor_has_its_own():
    events = read_events(acled(at("2016-11-01", 0), at("2016-10-01", 0)), "e.csv")
    far = (GATE[0] + 0.5, GATE[1])
    near, other = rates(events, {"near": GATE, "far": far}, start=START).corridors
    assert sum(ring.events for ring in near.rings) == 1
    assert sum(ring.events for ring in other.rings) == 0
    assert other.told.startswith("far: no event within 5,000 m in 28 days; up to 0.0")
    assert other.rings[0].rate.high > 0


def test_days_that_the_table_does_not_cover_are_not_calm_ones():
    events = read_events(acled(at("2016-10-25", 0), at("2016-10-30", 0)), "e.csv")
    found = rates(events, {"gate": GATE}, start=START)
    assert found.days == 6
    assert found.corridors[0].rings[0].rate == rate_of(2, 24 * 6)
    assert "e.csv runs from 2016-10-25 to 2016-10-30: 6 of the 30 days" in found.notes[0]


@pytest.mark.parametrize("day", ["2016-09-30", "2016-11-04", "2020-01-01"])
def test_a_table_of_other_days_says_nothing_and_says_so(day):
    found = rates(read_events(acled(at(day, 0)), "e.csv"), {"gate": GATE}, start=START)
    assert (found.days, found.corridors) == (0, ())
    assert "none of the 30 days before 2016-11-04 is among them" in found.notes[0]


def test_hours_of_the_day_have_rates_where_known():
    head = "date,lat,lon,time"
    lat, lon = GATE
    rows = [f"2016-11-0{day},{lat},{lon},15:{day}0" for day in (1, 2, 3)]
    rows += [f"2016-11-02,{lat},{lon},", f"2016-11-02,{lat + 1},{lon},03:00"]
    (gate,) = rates(read_events(csv(head, *rows), "e.csv"), {"g": GATE}, start=START).corridors
    assert len(gate.by_hour) == 24
    assert gate.by_hour[15] == rate_of(3, 3)
    assert gate.by_hour[3] == rate_of(0, 3)
    assert "the hour is known of 3" in gate.told


def test_events_put_at_one_point_are_pointed_out():
    rows = [at("2016-11-01", 700)] * 6 + [at("2016-11-02", 50), at("2016-11-03", 60)]
    found = rates(read_events(acled(*rows), "e.csv"), {"gate": GATE}, start=START)
    assert any("6 of 8 stand at one point" in note for note in found.notes)


@pytest.mark.parametrize(
    "options", [{"days_before": 0}, {"rings_m": ()}, {"rings_m": (500, 500)}, {"rings_m": (0, 9)}]
)
def test_rings_and_days_must_make_sense(options):
    events = read_events(acled(at("2016-11-01", 0)), "e.csv")
    with pytest.raises(ValueError, match="rings_m"):
        rates(events, {"gate": GATE}, start=START, **options)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.floats(0, 9000)), min_size=1, max_size=30),
    st.integers(1, 40),
)
def test_rings_part_what_lies_within_the_widest(drawn, days_before):
    days = [START.date() - timedelta(days=back) for back, _ in drawn]
    rows = [at(day, metres) for day, (_, metres) in zip(days, drawn, strict=True)]
    found = rates(read_events(acled(*rows), "e.csv"), {"gate": GATE}, start=START,
                  days_before=days_before)  # fmt: skip
    assert 0 <= found.days <= days_before
    within = [metres for back, metres in drawn if 1 <= back <= days_before and metres < 4999.9]
    beyond = [metres for _, metres in drawn if 4999.9 <= metres <= 5000.1]
    for gate in found.corridors:
        assert 0 <= sum(ring.events for ring in gate.rings) - len(within) <= len(beyond)
        assert all(r.rate.low < r.rate.middle < r.rate.high for r in gate.rings)


def test_a_document_is_plain_data():
    import json

    events = read_events(acled(at("2016-11-01", 100)), "e.csv")
    document = rates_document(rates(events, {"gate": GATE}, start=START))
    assert json.loads(json.dumps(document)) == document
    assert document["corridors"][0]["rings"][0]["events"] == 1
    assert document["corridors"][0]["by_hour_of_day"] is None


# the key of a case

CASE = """\
schema = 1
id = "t"
title = "T"
events = "events.csv"
place = { name = "T", lat = 36.2, lon = 37.15, tz = "Asia/Damascus" }
window = { start = 2016-11-04T09:00:00, end = 2016-11-04T19:00:00 }
city = { streets = "events.csv" }
people = 5
[[corridors]]
id = "w"
name = "W"
people_per_min_per_lane = 8
position = { lat = 36.2, lon = 37.15 }
"""


def test_a_case_names_its_table_of_events(tmp_path):
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    with pytest.raises(InputError, match=r"line 4: events: there is no file 'events\.csv'"):
        load_case(str(tmp_path))
    (tmp_path / "events.csv").write_bytes(acled(at("2016-11-01", 100)))
    loaded = load_case(str(tmp_path))
    assert len(load_events(loaded.path(loaded.case.events)).day) == 1
