"""Read widths, lanes and speeds as people write them; keep the table of classes whole."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safepassage.city.highways import (
    KEYS,
    WIDTH_RANGE_M,
    barrier_closes,
    highway_classes,
    judge,
    parse_kmh,
    parse_lanes,
    parse_metres,
)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("3.5", 3.5),
        ("3,5 m", 3.5),
        ("3.5m", 3.5),
        (" 4 ", 4.0),
        ("350 cm", 3.5),
        ("10'", 3.048),
        ("10 ft", 3.048),
        ("10'6\"", 3.2004),
        ("10' 6''", 3.2004),
        ("12 feet", 3.6576),
        ("64", 64.0),
        ("٣٫٥", None),
        ("0", None),
        ("0.1", None),
        ("1000", None),
        ("350", None),
        ("-3", None),
        ("3-4", None),
        ("2;3", None),
        ("~3", None),
        ("3.5 km", None),
        ("narrow", None),
        ("1e3", None),
        ("nan", None),
        ("inf", None),
        ("", None),
        (".", None),
        ("3.5.1", None),
        (None, None),
    ],
)
def test_widths(text, metres):
    assert parse_metres(text) == (None if metres is None else pytest.approx(metres))


@given(st.floats(0.31, 99.9), st.sampled_from(["", " m", "m", " metres"]), st.booleans())
def test_any_plain_width_is_read_back(metres, unit, comma):
    text = f"{metres:.3f}{unit}".replace(".", "," if comma else ".")
    assert parse_metres(text) == pytest.approx(metres, abs=0.0006)


@given(st.integers(2, 300), st.integers(0, 11))
def test_feet_and_inches_are_read_back(feet, inches):
    assert parse_metres(f"{feet}'{inches}\"") == pytest.approx(feet * 0.3048 + inches * 0.0254)


@given(st.one_of(st.text(max_size=12), st.text("0123456789.,'\" mcft-", max_size=9)))
def test_no_text_breaks_the_readers_or_gives_an_absurd_figure(text):
    for read, low, high in (
        (parse_metres, *WIDTH_RANGE_M),
        (parse_lanes, 1, 16),
        (parse_kmh, 5, 130),
    ):
        value = read(text)
        assert value is None or (math.isfinite(value) and low <= value <= high)


def test_lanes_and_speeds():
    assert [parse_lanes(t) for t in ("2", " 3 ", "1.5", "0", "17", "2;3", "many", None)] == [
        2.0, 3.0, 1.0, None, None, None, None, None,
    ]  # fmt: skip
    assert parse_kmh("50") == 50.0
    assert parse_kmh("50 km/h") == 50.0
    assert parse_kmh("30 mph") == pytest.approx(48.28, abs=0.01)
    assert [parse_kmh(t) for t in ("walk", "FI:urban", "0", "300", "none", None)] == [None] * 6


def verdict(mode="walk", **tags):
    tags = {key.replace("__", ":"): value for key, value in tags.items()}
    assert set(tags) <= set(KEYS)
    return judge(tuple(tags.get(key) for key in KEYS), mode)


def test_table_is_whole_and_every_row_has_a_source():
    table = highway_classes()
    assert {"motorway", "residential", "footway", "steps", "construction"} <= set(table)
    for row in table.values():
        assert row.source
        assert row.walking_note
        assert row.kind in {"street", "other", "unbuilt"}
        if row.kind == "street":
            assert 0.5 <= row.width_m <= 10
            assert (row.lanes > 0) == (row.speed_kmh > 0)
            assert "assumption" in row.source or "width" in row.source
        else:
            assert not any([row.walk, row.drive, row.homes])
        assert not (row.drive and row.lanes == 0)


@pytest.mark.parametrize("row", highway_classes().values(), ids=lambda row: row.highway)
def test_a_bare_way_has_the_defaults_of_its_class(row):
    on_foot, by_car = verdict(highway=row.highway), verdict("vehicle", highway=row.highway)
    assert (on_foot.left_out == "") == row.walk
    assert (by_car.left_out == "") == row.drive
    if row.walk:
        assert on_foot.width_m == row.width_m
    if row.drive:
        assert by_car.lanes_forward == row.lanes
        assert by_car.speed_kmh == row.speed_kmh


def test_why_a_way_is_left_out():
    assert verdict(highway="construction").left_out == "streets not built or out of use"
    assert "platforms" in verdict(highway="platform").left_out
    assert "not know" in verdict(highway="moving_walkway_9").left_out
    assert "outlines" in verdict(highway="pedestrian", area="yes").left_out
    assert "impassable" in verdict(highway="residential", impassable="yes").left_out
    shut = "streets private or closed to people on foot"
    assert verdict(highway="service", access="private").left_out == shut
    assert verdict(highway="primary", foot="no").left_out == shut
    assert verdict(highway="motorway").left_out == "streets not meant for people on foot"
    assert verdict("vehicle", highway="steps").left_out == "streets not meant for vehicles"
    shut = "streets private or closed to vehicles"
    assert verdict("vehicle", highway="residential", motor_vehicle="no").left_out == shut
    assert verdict("vehicle", highway="residential", oneway="reversible").left_out == shut


def test_the_more_specific_key_wins():
    assert verdict(highway="service", access="no", foot="yes").left_out == ""
    assert verdict(highway="service", access="yes", foot="private").left_out
    assert verdict(highway="motorway", foot="designated").left_out == ""
    assert verdict(highway="motorway", access="yes").left_out  # access never opens
    assert verdict(highway="trunk").left_out == ""
    assert verdict(highway="trunk", motorroad="yes").left_out
    assert verdict(highway="trunk", motorroad="yes", foot="yes").left_out == ""
    assert verdict("vehicle", highway="residential", vehicle="no", motorcar="yes").left_out == ""
    assert verdict("vehicle", highway="pedestrian", motor_vehicle="destination").left_out == ""
    assert verdict("vehicle", highway="pedestrian", access="yes").left_out
    assert verdict(highway="footway", access="Mo-Fr 08:00-20:00").left_out == ""


def directions(**tags):
    found = verdict("vehicle", highway=tags.pop("highway", "residential"), **tags)
    return found.lanes_forward, found.lanes_backward


def test_lanes_and_directions_for_vehicles():
    assert directions() == (1, 1)
    assert directions(oneway="yes") == (1, 0)
    assert directions(oneway="-1") == (0, 1)
    assert directions(oneway="-1", lanes="2") == (0, 2)
    assert directions(junction="roundabout") == (1, 0)
    assert directions(junction="roundabout", oneway="no") == (1, 1)
    assert directions(highway="motorway") == (2, 0)
    assert directions(highway="motorway_link") == (1, 1)
    assert directions(lanes="4") == (2, 2)
    assert directions(lanes="3") == (1, 1)
    assert directions(lanes="1") == (1, 1)
    assert directions(lanes="3", lanes__forward="2") == (2, 1)
    assert directions(lanes="3", lanes__backward="2") == (1, 2)
    assert directions(lanes__forward="2", lanes__backward="3") == (2, 3)
    assert directions(lanes="2", lanes__forward="2") == (2, 1)
    assert directions(oneway="yes", lanes="3") == (3, 0)
    assert directions(lanes="lots") == (1, 1)


def test_people_on_foot_mind_only_their_own_one_way_signs():
    def ways(**tags):
        found = verdict(highway="residential", **tags)
        return found.walk_forward, found.walk_backward

    assert ways(oneway="yes") == (True, True)
    assert ways(junction="roundabout") == (True, True)
    assert ways(oneway__foot="yes") == (True, False)
    assert ways(oneway__foot="-1") == (False, True)
    assert verdict(highway="motorway", foot="yes").walk_backward


def test_width_is_taken_from_tags_then_lanes_then_the_table():
    assert verdict(highway="footway", width="1.4").width_m == 1.4
    assert verdict(highway="footway", est_width="1.4").width_m == 1.4
    assert verdict(highway="footway", width="2 m", est_width="1.4").width_m == 2.0
    assert verdict(highway="primary", lanes="4").width_m == 13.0
    assert verdict(highway="primary", lanes="4", width="11").width_m == 11.0
    assert verdict(highway="footway", lanes="4").width_m == 2.0
    odd = verdict(highway="footway", width="400")
    assert odd.width_m == 2.0
    assert odd.bad_width
    assert not verdict(highway="footway").bad_width
    assert verdict("vehicle", highway="motorway").width_m == 0.0


def test_speed_is_the_limit_where_there_is_one():
    assert verdict("vehicle", highway="primary", maxspeed="30").speed_kmh == 30.0
    assert verdict("vehicle", highway="primary", maxspeed="signals").speed_kmh == 65.0
    assert verdict(highway="footway", maxspeed="30").speed_kmh == 0.0


def test_barriers():
    assert not barrier_closes({"barrier": "bollard"}, "walk")
    assert barrier_closes({"barrier": "bollard"}, "vehicle")
    assert barrier_closes({"barrier": "jersey_barrier", "access": "yes"}, "vehicle")
    assert not barrier_closes({"barrier": "bollard", "motor_vehicle": "yes"}, "vehicle")
    assert not barrier_closes({"barrier": "gate"}, "vehicle")
    assert barrier_closes({"barrier": "gate", "access": "private"}, "vehicle")
    assert barrier_closes({"barrier": "gate", "access": "private"}, "walk")
    assert not barrier_closes({"barrier": "gate", "access": "private", "foot": "yes"}, "walk")
    assert barrier_closes({"barrier": "gate", "locked": "yes"}, "walk")
    assert not barrier_closes({"barrier": "gate", "locked": "yes", "foot": "yes"}, "walk")
