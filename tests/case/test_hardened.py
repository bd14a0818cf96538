"""Slips in a case are refused with the key and the line, and none of them twice."""

import re
import sys

import pytest

from safepassage.base.errors import InputError
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.case import Case, load_case

CASE = """\
schema = 1
id = "t"
title = "T"
[place]
name = "Aleppo"
lat = 36.2
lon = 37.17
tz = "Asia/Damascus"
[window]
start = 2016-11-04T09:00:00
end = 2016-11-04T12:00:00
[city]
zones = "zones.csv"
links = "links.csv"
[options]
slot_min = 15
[[corridors]]
id = "c1"
name = "C1"
people_per_min_per_lane = { low = 5, best = 8, high = 12.5 }
lanes = 2
[corridors.position]
lat = 36.201
lon = 37.171
"""


@pytest.fixture
def faults(tmp_path):
    """Load the case with one thing changed, and give what is said about it."""

    def told(old, new, *, encoding="utf-8"):
        assert old in CASE
        (tmp_path / "case.toml").write_text(CASE.replace(old, new, 1), encoding=encoding)
        for name in ("zones.csv", "links.csv"):
            (tmp_path / name).touch()
        with pytest.raises(InputError) as caught:
            load_case(str(tmp_path))
        return [str(fault) for fault in caught.value.faults]

    return told


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("lanes = 2", "lanes = true", r"line 21: corridors\[0\]\.lanes: input should be a valid"),
        ("lanes = 2", 'lanes = "2"', r"line 21: corridors\[0\]\.lanes"),
        ("lanes = 2", "lanes = 2.0", r"corridors\[0\]\.lanes"),
        ("lat = 36.201", "lat = true", r"line 23: corridors\[0\]\.position\.lat"),
        ("lon = 37.171", 'lon = 37.171\nassumed = "yes"', r"position\.assumed"),
        ("lon = 37.171", "lon = 37.171\naccuracy_m = inf", r"position\.accuracy_m.*finite"),
        ("lon = 37.171", "lon = 37.171\naccuracy_m = 1e300", r"position\.accuracy_m"),
        ("schema = 1", "schema = true", "line 1: schema"),
        ("schema = 1", "schema = 1.0", "line 1: schema"),
        ("slot_min = 15", "confirm_and_test_min = true", r"options\.confirm_and_test_min"),
        ("slot_min = 15", "setback_m = 1e300", r"options\.setback_m"),
        ("start = 2016-11-04T09:00:00", "start = 2016-11-04", r"line 10: window\.start"),
        ("start = 2016-11-04T09:00:00", 'start = "2016-11-04T09:00:00"', r"window\.start"),
        (
            "start = 2016-11-04T09:00:00",
            "start = 0001-01-01T00:00:00",
            "window: lies in the year 1",
        ),
        ("end = 2016-11-04", "end = 3016-11-04", "window: lies in the year 3016"),
        (
            "end = 2016-11-04",
            "end = 2016-11-30",
            "window: is 26.1 days long.*plan one day at a time",
        ),
        (
            "{ low = 5, best = 8, high = 12.5 }",
            "{ low = true, best = 8 }",
            "lane.*must be a number",
        ),
        (
            "{ low = 5, best = 8, high = 12.5 }",
            "{ low = 5, best = 8, high = '9' }",
            "lane.*must be a number",
        ),
        (
            "{ low = 5, best = 8, high = 12.5 }",
            "10001",
            "line 20: .*per_lane: must be at most 10,000",
        ),
        ("{ low = 5, best = 8, high = 12.5 }", "-1", "per_lane: must not be negative"),
        ("[city]", "[people]\nbest = 3e8\n[city]", "people: must be at most 200,000,000"),
        ("[city]", "[city]\ndetour = inf", r"city\.detour"),
        ("[city]", "[city]\ndetour = 1e300", r"city\.detour"),
        ("[city]", "[city]\nborder_m_per_street = 1e-300", r"city\.border_m_per_street"),
        ("[city]", "[city]\nstreet_width_m = 1e9", r"city\.street_width_m"),
        ("[city]", "[city]\nmax_snap_m = 1e9", r"city\.max_snap_m"),
        ("[city]", '[[hazards]]\nname = "h"\nlat = 1\nlon = 1\nradius_m = inf\n[city]', "radius_m"),
        (
            "[city]",
            "[[groups]]\nid='a'\nname='a'\nshare=1\nspeed_m_per_s=1e-300\n[city]",
            r"speed_m_per_s: must lie between 0\.05 and 40",
        ),
        (
            "[city]",
            "[movement]\npeople_per_m_per_s = 1e300\n[city]",
            r"people_per_m_per_s: must lie",
        ),
        ('zones = "zones.csv"', "zones = 3", r"city\.zones"),
        ('zones = "zones.csv"', f'zones = "{"a" * 5000}"', "there is no file 'aaa"),
        ('zones = "zones.csv"', 'zones = "a\\u0000b"', "there is no file"),
        ('title = "T"', "title = " + "[" * 4000, "not TOML|too deep"),
        ('title = "T"', "title = " + "[" * 400 + "]" * 400, "title|too deep"),
    ],
)
def test_a_slip_is_one_fault_with_its_place(faults, old, new, says):
    told = faults(old, new)
    assert len(told) == 1, told
    assert re.search(says, told[0]), told


def test_deep_nesting_is_told_and_does_not_crash(faults):
    depth = sys.getrecursionlimit() * 2
    assert "too deep" in faults('title = "T"', f"title = {'[' * depth}{']' * depth}")[0]


def test_a_byte_order_mark_is_taken(tmp_path):
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8-sig")
    for name in ("zones.csv", "links.csv"):
        (tmp_path / name).touch()
    assert load_case(str(tmp_path)).case.corridors[0].lanes == 2


def test_no_corridor_at_all_is_still_told(faults):
    assert "corridors" in faults(CASE[CASE.index("[[corr") :], "")[0]


@pytest.mark.parametrize("name", ["a" * 5000, "a\0b", "a\udcff", "x/" * 3000])
def test_a_name_no_file_can_have_is_no_case(name):
    with pytest.raises(InputError, match="neither a built-in case") as caught:
        load_case(name)
    assert len(str(caught.value)) < 500
    str(caught.value).encode()


def test_a_case_survives_being_written_out_and_taken_in_again():
    case = load_case("aleppo-2016-11-04").case
    again = Case.model_validate({**case.model_dump(exclude={"schema_number"}), "schema": 1})
    assert again == case


@pytest.mark.parametrize("low", [True, "1", b"1"])
def test_low_best_high_takes_numbers_only(low):
    with pytest.raises(ValueError, match="must be a number"):
        LowBestHigh.model_validate({"low": low, "best": 8, "high": 9})
