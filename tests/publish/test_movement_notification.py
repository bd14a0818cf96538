from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from importlib.resources import files

import jsonschema
import mgrs
import pyogrio
import pytest
from babel.messages.pofile import read_po
from lxml import etree, html

from safepassage.base.errors import InputError
from safepassage.case.release import Release
from safepassage.publish.movement_notification import PACK, make_notification, read_pack
from safepassage.publish.notification_form import MEANS, NEITHER
from safepassage.publish.notified import DUTIES, GAPS, grid_reference
from safepassage.publish.redaction import redacted
from safepassage.publish.tongue import languages

SCHEMA = json.loads(
    (files("safepassage.base") / "schemas" / "movement-notification.schema.json").read_text("utf-8")
)
NAMED = Release(sender_name="The coordination", contact="duty desk, radio channel 4")
BUS = {
    "id": "line-1", "name": "The school", "corridor": "bustan-al-qasr", "lat": 36.2, "lon": 37.15,
    "assumed": True, "fleet": 4, "seats": {"low": 40, "best": 45, "high": 50, "source": ""},
    "ride_min": 12, "ride_worked_out": True, "cycle_min": 40, "loading_min": 10, "bays": 1,
    "waiting": 77, "groups": [], "source": "a council",
}  # fmt: skip


def told(made):
    return json.loads(made[PACK])


def text(page):
    return " ".join(html.fromstring(page).text_content().split())


def gaps(made):
    return {each["id"]: each["of"] for each in told(made)["gaps"]}


def departure(clock, people=31):
    return {
        "shuttle": "line-1", "minute": 0, "departs": f"2016-11-04T{clock}", "seats": 45,
        "arrives": f"2016-11-04T{clock}", "from": "The school", "to": "bustan-al-qasr",
        "people": people, "people_optimum": 32,
    }  # fmt: skip


@pytest.fixture
def made(plan, city):
    return make_notification(plan, city, release=Release())


@pytest.fixture
def whole(plan, city):
    """Give a notification of a plan that leaves nothing open that a case can say."""
    plan["corridors"] = [each for each in plan["corridors"] if each["lat"] is not None]
    for each in plan["corridors"]:
        if each["users"] != "armed":
            each |= {"assumed": False, "reception": {"people": None}, "position_accuracy_m": 20}
    for card in plan["go_stop"]["cards"]:
        for item in card["items"]:
            item["answer"] = "the duty officer"
    return make_notification(
        plan, city | {"schematic": False}, release=NAMED,
        valid_until=datetime(2016, 11, 5, tzinfo=UTC), issued_at=datetime(2016, 11, 3, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lat", "lon", "known"),
    [
        (42.0, -93.0, "15T WG 00000 49776"),  # README of the mgrs package (GEOTRANS)
        (-42.88, 147.32, "55G EN 26133 52461"),  # README of R's geographiclib (GeographicLib)
        (40.71, -74.01, "18T WL 83625 07036"),  # the same
        (51.51, 0.13, "31U CT 00847 10446"),  # the same
        (34.0, -118.24, "11S LT 85485 62848"),  # documentation of ex_mgrs 0.0.5
        (0.0, 9.0, "32N NF 00000 00000"),  # the equator at a central meridian: 500,000 m, 0 m
    ],
)
def test_known_positions_have_their_known_grid_references(lat, lon, known):
    assert grid_reference(lat, lon) == known


def test_a_grid_reference_leads_back_to_its_position(made):
    rows = [each for each in told(made)["crossings"] if each["lat"] is not None]
    assert len(rows) == 3
    for each in rows:
        back = mgrs.MGRS().toLatLon(each["mgrs"].replace(" ", ""))
        assert back == pytest.approx((each["lat"], each["lon"]), abs=1.5e-5)  # a metre


def test_every_party_gets_the_same_bytes_and_the_form_tells_which(plan, city, made):
    assert make_notification(plan, city, release=Release()) == made
    jsonschema.validate(told(made), SCHEMA)
    digest = sha256(made[PACK].encode()).hexdigest()
    for language in ("en", "ar"):
        page = made[f"movement-notification.{language}.html"]
        assert digest in text(page).replace(" ", "")
    for name, value in told(made)["files"].items():
        data = made[name]
        assert sha256(data if isinstance(data, bytes) else data.encode()).hexdigest() == value
    assert set(told(made)["files"]) == {"crossings.geojson", "movement-notification.kml"}


def test_what_is_not_known_is_listed_each_with_what_it_is_of(made):
    located = ["bustan-al-qasr", "salah-al-din", "sheikh-saeed"]
    assert gaps(made) == {
        "position": ["civilian-4", "civilian-5", "civilian-6"], "assumed": located,
        "reception": located, "ways": located, "sender": [], "contact": [],
        **{key: located for key in DUTIES if key != "stop"},
    }  # fmt: skip
    page = text(made["movement-notification.en.html"])
    assert "Where it is: Civilian corridor 4, Civilian corridor 5, Civilian corridor 6." in page
    assert "Who may say go: every crossing that is located." in page
    assert page.count("an assumption") == 3
    assert page.count("not located: nobody said where") == 3


@pytest.mark.parametrize(
    ("gap", "change"),
    [
        ("accuracy", lambda plan: plan["corridors"][0].update(position_accuracy_m=0)),
        ("near", lambda plan: plan["corridors"][0].update(controlled_near=" ")),
        ("far", lambda plan: plan["corridors"][0].update(controlled_far="")),
        ("destination", lambda plan: plan["corridors"][0].update(destination="")),
        ("test hour", lambda plan: plan["go_stop"].update(route_check=None)),
        ("departures", lambda plan: plan.update(shuttles=[BUS])),
        ("stop", lambda plan: plan["go_stop"].update(cards=[])),
    ],
)
def test_each_thing_that_is_not_said_is_a_gap(plan, city, made, gap, change):
    assert gap not in gaps(made)
    change(plan)
    after = make_notification(plan, city, release=Release())
    assert gap in gaps(after)
    jsonschema.validate(told(after), SCHEMA)
    assert GAPS[gap].split("{")[0] in text(after["movement-notification.en.html"])


def test_where_all_is_said_nothing_is_missing(whole):
    assert told(whole)["gaps"] == []
    jsonschema.validate(told(whole), SCHEMA)
    page = text(whole["movement-notification.en.html"])
    assert "What is not known" not in page
    assert "duty desk, radio channel 4" in page
    assert "Confirms the way end to end: the duty officer" in page
    assert "5 November 2016, \u206602:00 (00:00Z)" in page


def test_hours_are_on_the_places_clock_and_in_universal_time(made):
    hours = told(made)["hours"]
    assert list(hours["announced"].values()) == ["2016-11-04T09:00+02:00", "2016-11-04T19:00+02:00"]
    assert hours["test_movement"]["end"] == "2016-11-04T10:00+02:00"
    assert told(made)["valid_until"] == "2016-11-04T19:00+02:00"
    page = text(made["movement-notification.en.html"])
    assert "4 November 2016, \u206609:00–19:00 (07:00–17:00Z)" in page


def test_buses_are_told_with_stop_departures_vehicles_and_seats_and_no_riders(plan, city):
    plan |= {"shuttles": [BUS], "timetable": [departure("10:30"), departure("11:10")]}
    plan["groups"][0] |= {"means": "ambulance", "vehicles_at_once": 6}
    made = make_notification(plan, city, release=NAMED)
    (bus,) = told(made)["buses"]
    assert bus["departures"] == ["2016-11-04T10:30+02:00", "2016-11-04T11:10+02:00"]
    assert (bus["vehicles"], bus["seats"]) == (4, {"low": 40, "best": 45, "high": 50})
    assert {"people", "waiting"}.isdisjoint(bus)
    assert "line-1" in gaps(made)["assumed"]
    jsonschema.validate(told(made), SCHEMA)
    page = text(made["movement-notification.en.html"])
    assert "Departures: 10:30 11:10" in page
    assert "at most 6 vehicles on the road at once" in page
    assert json.loads(made["stops.geojson"])["features"][0]["properties"]["assumed"] == "yes"


def test_nothing_of_fighters_of_zones_or_of_numbers_leaves(plan, city, whole):
    armed = [each for each in plan["corridors"] if each["users"] == "armed"]
    assert armed
    for name, content in whole.items():
        page = content if isinstance(content, str) else content.decode()
        for each in armed:
            assert each["id"] not in page, name
            assert each["name"] not in page, name
        for zone in plan["zones"]:
            assert f'"{zone["id"]}"' not in page, name
            assert zone["name"] not in page or any(
                zone["name"] in corridor["name"] for corridor in plan["corridors"]
            ), (name, zone["name"])
    assert not re.search(r'"[^"]*people[^"]*":', whole[PACK])
    assert "people" not in whole["routes.geojson"].split('"features"')[1]


def test_ways_are_lines_to_their_crossing_each_once(plan, whole, tmp_path):
    (tmp_path / "a.kml").write_bytes(whole["movement-notification.kml"])
    layers = {name for name, _ in pyogrio.list_layers(tmp_path / "a.kml")}
    assert layers == {"Crossings", "Routes that are proposed"}
    rows = json.loads(whole["routes.geojson"])["features"]
    lines = [json.dumps(each["geometry"]) + each["properties"]["corridor"] for each in rows]
    assert len(lines) == len(set(lines)) > 0
    assert set(rows[0]["properties"]) == {"id", "name", "corridor"}
    assert NEITHER[0] in etree.fromstring(whole["movement-notification.kml"]).xpath("string()")


def test_a_sketch_of_neighbourhoods_gives_no_ways(made):
    assert "routes.geojson" not in made
    assert b"Routes" not in made["movement-notification.kml"]


def test_a_case_without_arabic_names_falls_back_and_says_so(plan, city):
    told_so = "ما ليس له اسم بهذه اللغة"
    page = make_notification(plan, city, release=Release())["movement-notification.ar.html"]
    assert (told_so in page) == ("Civilian corridor 4" in page)
    made = make_notification(plan, city, release=NAMED)
    page = made["movement-notification.ar.html"]
    assert "duty desk, radio channel 4" in page
    assert told_so in page
    assert "stands as the case has it" not in made["movement-notification.en.html"]


def test_an_exercise_is_marked_on_everything(plan, city):
    made = make_notification(plan, city, release=Release(), exercise=True)
    assert told(made)["exercise"] is True
    for name, content in made.items():
        page = content if isinstance(content, str) else content.decode()
        assert name == PACK or "EXERCISE" in page, name
    for language in ("en", "ar"):
        assert "EXERCISE · تمرين" in made[f"movement-notification.{language}.html"]


def test_it_does_not_expire_before_it_begins_and_says_where_it_is_too_late(plan, city):
    early = datetime(2016, 11, 4, 8, 59, tzinfo=timezone(timedelta(hours=2)))
    with pytest.raises(InputError, match="before the announced hours begin"):
        make_notification(plan, city, release=Release(), valid_until=early)
    late = make_notification(plan, city, release=Release(), issued_at=datetime.now(UTC))
    assert "It expired before it was issued" in text(late["movement-notification.en.html"])


def test_the_public_is_given_none_of_it(whole):
    out = redacted(told(whole), "public", now=datetime(2026, 1, 1, tzinfo=UTC))
    assert set(out) == {
        "schema_version", "kind", "tool", "attribution", "exercise", "case", "redaction"
    }  # fmt: skip


@pytest.mark.parametrize("language", [each for each in languages() if each != "en"])
def test_all_that_is_said_from_tables_has_words(language):
    path = files("safepassage.publish") / "locale" / language / "LC_MESSAGES" / "safepassage.po"
    with path.open("rb") as file:
        known = {each.id for each in read_po(file) if each.string}
    assert {*DUTIES.values(), *GAPS.values(), *MEANS.values(), *NEITHER} <= known


def test_a_pack_is_read_again_and_a_changed_one_is_found(made, tmp_path):
    for name, content in made.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    pack = read_pack(tmp_path / PACK)
    assert (pack.sha256, pack.document) == (sha256(made[PACK].encode()).hexdigest(), told(made))
    (tmp_path / "crossings.geojson").write_text(made["crossings.geojson"].replace("36.", "37."))
    with pytest.raises(InputError, match=r"crossings\.geojson: is not the file of this pack"):
        read_pack(tmp_path / PACK)
    for wrong in ("[]", "{}", "no", '{"kind": "plan", "schema_version": "1.0"}'):
        (tmp_path / "x.json").write_text(wrong)
        with pytest.raises(InputError, match="is no movement notification"):
            read_pack(tmp_path / "x.json")
