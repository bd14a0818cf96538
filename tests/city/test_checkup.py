"""The check-up of a town of squares, whose answers can be counted by hand.

Its four corners are bends, no junctions: the gate at one stands at the junction east of it.
"""

import pytest
from jsonschema import validate

from city.squares import CASE, at, streets
from city.walled import ARMED, NEAR, SCHEMA, WALL, document
from safepassage.base.errors import InputError
from safepassage.base.geo import distance_m
from safepassage.case import load_case
from safepassage.city import build_city
from safepassage.city.checkup import check_up

EAST = float(distance_m(*at(0, 0), *at(1, 0)))
NORTH = float(distance_m(*at(0, 0), *at(0, 1)))


def test_everybody_gets_out_of_whole_squares(tmp_path):
    told, drawn = document(tmp_path)
    assert told["counts"] == {
        "junctions": 96, "streets": 176, "km": pytest.approx(90 * (EAST + NORTH) / 1000, rel=1e-3),
        "one_way": 0, "bridges": 0, "tunnels": 0, "parts": 1, "zones": 2, "doors": 2,
        "zones_without_a_way_out": 0, "zones_cut_off": 0, "corridors": 1, "located": 1,
    }  # fmt: skip
    assert told["people"] == {"low": 400, "best": 400, "high": 400, "source": ""}
    near, far = 2 * EAST + 4 * NORTH, 8 * EAST + 9 * NORTH
    (gate,) = told["crossings"]
    assert gate["reach"] == {
        "zones": 2, "people": 400, "nearest_to": 400, "nearest_m": pytest.approx(near, abs=1),
        "half_within_m": pytest.approx(near, abs=1), "farthest_m": pytest.approx(far, abs=1),
    }  # fmt: skip
    assert [(z["way"], z["corridor"]) for z in told["zones"]] == [("open", "gate")] * 2
    assert (gate["osm_node"], gate["snapped_m"]) == (2, pytest.approx(EAST, abs=0.1))
    assert drawn["areas"] == []
    assert not any("mark" in street for street in drawn["streets"])
    assert len(drawn["streets"]) == 176


def test_who_is_as_near_to_two_crossings_is_counted_for_one(tmp_path):
    twin = """
[[corridors]]
id = "twin"
name = "Twin"
people_per_min_per_lane = 10
position = { lat = 60.0, lon = 25.0 }
"""
    told, _ = document(tmp_path, twin)
    assert [each["reach"]["people"] for each in told["crossings"]] == [400, 400]
    assert [each["reach"]["nearest_to"] for each in told["crossings"]] == [400, 0]
    assert {zone["corridor"] for zone in told["zones"]} == {"gate"}


def test_a_wall_cuts_off_who_lives_behind_it(tmp_path):
    told, drawn = document(tmp_path, WALL)
    assert told["counts"]["zones_cut_off"] == 1
    assert told["counts"]["zones_without_a_way_out"] == 0
    assert [z["way"] for z in told["zones"]] == ["open", "closed"]
    assert [(p["junctions"], p["people"], p["crossings"]) for p in told["parts"]] == [
        (48, 300, 1), (48, 100, 0),
    ]  # fmt: skip
    (gate,) = told["crossings"]
    assert (gate["reach"]["people"], gate["reach"]["zones"]) == (300, 1)
    (wall,) = told["hazards"]
    assert (wall["streets"], wall["effect"]) == (10, "closed")
    marks = [street.get("mark", "") for street in drawn["streets"]]
    assert (marks.count("closed"), marks.count("apart"), marks.count("")) == (10, 83, 83)
    (area,) = drawn["areas"]
    lats = [lat for part in area["geometry"]["coordinates"] for ring in part for _, lat in ring]
    assert (min(lats), max(lats)) == pytest.approx(
        (60.0045 - 5 / 111_195, 60.0045 + 5 / 111_195), abs=2e-6
    )
    assert "1 zone has no way out (100 people)" in told["look_first"][0]


def test_a_wall_that_stands_for_an_hour_cuts_nobody_off(tmp_path):
    hours = "start = 2026-06-01T09:10:00\nend = 2026-06-01T09:20:00\n"
    told, _ = document(tmp_path, WALL + hours)
    assert told["counts"]["parts"] == 1
    assert told["counts"]["zones_cut_off"] == 0
    assert told["hazards"][0]["from"] == "2026-06-01T09:10"


def test_no_way_to_armed_groups_is_measured(tmp_path):
    told, drawn = document(tmp_path, WALL + ARMED)
    gate, armed, lost = told["crossings"]
    assert gate["reach"]["people"] == 300
    assert (armed["located"], armed["reach"], armed["people_per_min"]) == (True, None, None)
    assert (lost["located"], lost["lat"]) == (False, None)
    at_armed = [s for s in drawn["streets"] if at(0, 8)[::-1] == tuple(s["line"][0])
                or at(0, 8)[::-1] == tuple(s["line"][-1])]  # fmt: skip
    assert len(at_armed) == 3
    assert not any("mark" in street for street in at_armed)


def test_nothing_located_is_no_fault_of_the_zones(tmp_path):
    streets(tmp_path)
    head = CASE.replace("position = { lat = 60.0, lon = 25.0 }", "")
    (tmp_path / "case.toml").write_text(f'{head}\n{NEAR}\n[city]\nstreets = "town.osm"\n', "utf-8")
    told = check_up(load_case(str(tmp_path))).as_json()
    validate(told, SCHEMA)
    assert [z["way"] for z in told["zones"]] == ["unknown"]
    assert any("No civilian crossing is located" in line for line in told["look_first"])


def test_zones_without_a_way_out_are_told_where_a_plan_is_refused(tmp_path):
    (tmp_path / "zones.csv").write_text(
        "id,name,lat,lon,people\na,Near,60.001,25,5\nb,Next,60.002,25,6\n"
        "c,Island,60.005,25,7\nd,Rock,60.005,25.001,2\n"
    )
    (tmp_path / "links.csv").write_text("a,b,distance_m,shared_border_m\na,b,111,100\nc,d,60,100\n")
    text = f'{CASE}\n[city]\nzones = "zones.csv"\nlinks = "links.csv"\n'
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    loaded = load_case(str(tmp_path))
    told = check_up(loaded).as_json()
    validate(told, SCHEMA)
    assert [z["way"] for z in told["zones"]] == ["open", "open", "none", "none"]
    assert told["look_first"][0].startswith("2 zones have no way out (9 people)")
    assert [p["people"] for p in told["parts"]] == [11, 9]
    with pytest.raises(InputError, match="zone Island: has no way out"):
        build_city(loaded)
