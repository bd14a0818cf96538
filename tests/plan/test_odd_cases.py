"""Cases that are odd, and valid: each is planned, and says what it does."""

import re
import time

import pytest

from plan.test_shuttles import bus_town
from plan.towns import LINE, ZONES, line_town
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.publish.brief import brief_html
from safepassage.publish.zone_pages import zone_pages_html

NOT_LEAVING = """not_leaving = [
  { zone = "near", why = "cannot walk", people = 713, source = "clinic" },
  { zone = "near", why = "chose to stay", people = { low = 0, best = 5 }, source = "council" },
]
"""


def test_nobody_is_counted_who_is_not_there(tmp_path):
    made = plan(line_town(tmp_path, LINE.replace("\n[place]", NOT_LEAVING + "\n[place]")))
    document = made.as_json()
    told = {row["why"]: row["people"] for row in document["left_behind"]["not_leaving"]}
    assert told["cannot walk"]["best"] == 100  # all who are in the zone
    assert told["chose to stay"]["best"] == 0
    counted = sum(row["people"] for row in document["not_moved"] if row["reason"] in told)
    assert counted == 100
    (first, second) = (said for said in document["warnings"] if "more than are there" in said)
    assert first.startswith("713 people in Near are said to have no means to leave")
    assert second.startswith("5 people in Near are said to have chosen to stay (council)")


def test_a_reception_that_receives_nobody_is_told_as_that(tmp_path):
    text = LINE.replace("[corridors.position]", "reception = { people = 0 }\n[corridors.position]")
    made = plan(line_town(tmp_path, text))
    assert made.optimum.total == 0
    said = " ".join(made.as_json()["warnings"])
    assert "Nobody is sent to The gate: its far end can receive nobody." in said
    assert "shut from" not in said


def test_a_plan_that_keeps_no_time_for_a_test_says_so(tmp_path):
    texts = [each["text"] for each in plan(line_town(tmp_path)).as_json()["assumptions"]]
    assert any(text.startswith("No time is kept for confirming routes") for text in texts)
    assert not any("first 0 minutes" in text for text in texts)


def test_a_schematic_city_can_be_driven(tmp_path):
    text = LINE.replace("[city]", '[city]\nmode = "vehicle"')
    hazard = '[[hazards]]\nname = "Market"\nlat = 36.2135\nlon = 37.2\nradius_m = 100\n'
    made = plan(line_town(tmp_path, text + hazard))
    assert made.optimum.total == 400  # the near and the middle zone
    (taken,) = made.as_json()["hazards"]
    assert taken["length_km"] > 0


def test_the_sun_is_told_alike_on_all_pages(tmp_path):
    text = LINE.replace("T12:00:00", "T19:00:00")
    document = plan(line_town(tmp_path, text)).as_json()
    assert document["window"]["sunset"].endswith("T16:32")
    said = " ".join(each["text"] for each in document["protection_check"])
    assert "sunset 16:32" in said


def test_ten_thousand_buses_take_no_time(tmp_path):
    text = bus_town(fleet=10_000, ride=1, cycle=60)
    text = re.sub(r"\nloading_min = .*", "", text)
    text = text.replace('name = "Bus', 'loading_min = 0\nname = "Bus')
    plan(line_town(tmp_path / "warm", bus_town()))
    began = time.process_time()
    made = plan(line_town(tmp_path, text))
    assert len(made.as_json()["timetable"]) > 5_000
    assert time.process_time() - began < 20


def test_names_neither_command_nor_turn_a_page(tmp_path):
    text = LINE.replace("The gate", "\\u202eGate\\u001b[31m")
    made = plan(line_town(tmp_path, text))
    document = made.as_json()
    for page in (brief_html(document, made.map_json()), zone_pages_html(document)):
        told = page.split("Licences of the map")[0].split("<script", 1)[0]
        assert "\x1b" not in page
        assert "\u202e" not in told
        assert "\ufffdGate\ufffd[31m" in told


def test_a_stop_without_a_street_says_so(tmp_path):
    text = bus_town() + ('[[hazards]]\nname = "All"\nlat = 36.21\nlon = 37.2\nradius_m = 9000\n')
    with pytest.raises(InputError) as caught:
        plan(line_town(tmp_path, text))
    assert "is not known" not in str(caught.value)


def test_who_is_left_by_the_longest_walk_is_told_so(tmp_path):
    text = LINE.replace(
        "confirm_and_test_min = 0", "confirm_and_test_min = 0\nlongest_walk_min = 10"
    )
    document = plan(line_town(tmp_path, text)).as_json()
    left = document["left_behind"]
    assert left["schedule"] == [{"reason": "longest walk", "people": 1300}]
    near, far = ([row for row in left["rows"] if row["zone"] == zone] for zone in ("near", "far"))
    assert near == []
    (change,) = far[0]["changes"]
    assert (change["kind"], change["amount"]) == ("rule", 35)
    assert change["text"] == "A way of 35 min, where the case allows 10 min at most."


def test_a_plan_that_moves_nobody_displaces_nobody(tmp_path):
    zones = ZONES.replace("50,100,150", "0,0,0").replace("150,300,450", "0,0,0")
    zones = zones.replace("500,1000,1500", "0,0,0")
    document = plan(line_town(tmp_path, zones=zones)).as_json()
    found = {each["id"]: each for each in document["protection_check"]}
    assert found["displacement"]["finding"] == "This plan empties no area."


def test_what_crossings_serve_and_how_a_schematic_city_is_joined_are_told(tmp_path):
    text = LINE.replace("lanes = 1", "").replace(
        "people_per_min_per_lane = 10",
        'lanes = 2\npeople_per_min_per_lane = { low = 5, best = 10, high = 12, source = "count" }',
    )
    document = plan(line_town(tmp_path, text)).as_json()
    told = {each["text"]: each["source"] for each in document["assumptions"]}
    assert told["The gate serves 20 (10 to 24) people a minute."] == "count"
    (joined,) = (text for text in told if text.startswith("The city is schematic"))
    assert "one street 6 m wide for every 250 m of shared border" in joined
    assert any("none of them is a way to follow" in said for said in document["warnings"])
