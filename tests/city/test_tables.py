"""A slip in zones.csv or links.csv is refused with the line on which it stands."""

import re

import pytest

from safepassage.base.errors import InputError
from safepassage.case import load_case
from safepassage.city import build_city

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
[[corridors]]
id = "c1"
name = "C1"
people_per_min_per_lane = 8
[corridors.position]
lat = 36.201
lon = 37.171
"""
ZONES = """\
id,name,lat,lon,people
z1,Z1,36.2,37.17,500
z2,Z2,36.205,37.175,400
z3,Z3,36.21,37.18,300
"""
LINKS = """\
a,b,distance_m,shared_border_m
z1,z2,700,100
z2,z3,700,300
"""


@pytest.fixture
def built(tmp_path):
    def build(zones=ZONES, links=LINKS):
        (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
        (tmp_path / "zones.csv").write_text(zones, encoding="utf-8")
        (tmp_path / "links.csv").write_text(links, encoding="utf-8")
        return build_city(load_case(str(tmp_path)))

    return build


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (",400", ",1,400", r"zones\.csv, line 3: has 6 cells, the first line has 5"),
        (",400", "", r"zones\.csv, line 3: has 4 cells"),
        ("\nz2", "\n\n\nz2,x,x\nz2", r"zones\.csv, line 5: has 3 cells"),
        ("Z1,36", '"Z\n1",x36', r"zones\.csv, line 2: lat is not a number"),
        ("\nz2,Z2,36.2", '\nz2,"Z\n2",36.2', None),
        (",400", ",x", r"zones\.csv, line 3: people is not a number"),
        ("lon,people", "lon,lat", r"zones\.csv, line 1: names the columns lat twice"),
        ("Z2", "Z" * 5_000_000, r"zones\.csv, line 3: is no CSV \(field larger"),
        ("Z2", '"Z2', r"zones\.csv, line 3: is no CSV"),
        (",400", ",3e8", r"line 3: people must be at most 200,000,000"),
        (",400", ",1.5e8\nz4,Z4,36.2,37.2,1e8", "people of all zones together must be at most"),
        (",400", ",inf", "line 3: people is not finite"),
        (",400", ",4_00", r"line 3: people is not a number \('4_00'\)"),
        (ZONES, "", r"zones\.csv: holds no rows"),
        (ZONES, ZONES.replace(",", ";"), r"line 1: has its cells apart by ';'"),
        (ZONES, ZONES.replace(",", "\t"), r"line 1: has its cells apart by '\\t'"),
    ],
)
def test_zones(built, old, new, says):
    assert old in ZONES
    if says is None:  # a line break inside a name is no fault
        assert built(ZONES.replace(old, new, 1)).zones.names[1] == "Z\n2"
        return
    with pytest.raises(InputError) as caught:
        built(ZONES.replace(old, new, 1))
    assert len(caught.value.faults) == 1
    assert re.search(says, str(caught.value)), str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("700,100", "inf,100", "line 2: distance_m must be at most 1,000,000 m"),
        ("700,100", "1e300,100", "line 2: distance_m must be at most"),
        ("700,100", "nan,100", "line 2: distance_m must be at most"),
        ("700,100", "0,100", "line 2: has no length"),
        ("700,100", "x,100", r"line 2: distance_m is not a number \('x'\)"),
        ("700,100", "700,inf", "line 2: shared_border_m must be at most"),
        ("700,100", "700,1e300", "line 2: shared_border_m must be at most"),
        ("700,100", "700,-1", "line 2: shared_border_m must not be negative"),
        ("700,100", "1,700,100", "line 2: has 5 cells, the first line has 4"),
        ("700,100", "300,100", "line 2: says 300 m from z1 to z2"),
        ("z2,z3", "z2,z9", "line 3: names an unknown zone 'z9'"),
        ("shared_border_m", "shared_border_m,a", "line 1: names the columns a twice"),
    ],
)
def test_links(built, old, new, says):
    assert old in LINKS
    with pytest.raises(InputError) as caught:
        built(links=LINKS.replace(old, new, 1))
    assert len(caught.value.faults) == 1
    assert re.search(f"links\\.csv, {says}", str(caught.value)), str(caught.value)


@pytest.mark.parametrize("row", ["z,Z,x,37.2,1", "z,Z,36.2,37.2,1,500"])
def test_many_faults_are_counted_and_not_all_printed(built, row):
    with pytest.raises(InputError) as caught:
        built(ZONES + "".join(f"{row}\n" for _ in range(5000)))
    told = [str(fault) for fault in caught.value.faults]
    assert len(told) == 21
    assert told[0].split(": ")[0].endswith("zones.csv, line 5")
    assert re.search(r"and 4,98\d more", told[-1])


def test_good_tables_are_taken_as_they_are(built):
    city = built(ZONES.replace("z1,Z1,", " z1 , Z1 ,") + "\n\n", LINKS)
    assert city.zones.ids == ("z1", "z2", "z3")
    assert city.zones.best.tolist() == [500, 400, 300]
