"""Hazards, front lines, clearing and damage in plans of three zones in a line."""

from dataclasses import replace

import numpy as np
import pytest

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.base.errors import Defect, InputError
from safepassage.case import load_case
from safepassage.city import build_city
from safepassage.plan.check_ground import check_ground
from safepassage.plan.readiness import check_readiness

UNCLEARED = LINE.replace("treat_as_cleared = true", "treat_as_cleared = false")
# across the street from "far" to "middle", 0.0054 degrees (600 m) beyond "middle"
FRONT = """
[[front_lines]]
name = "The line"
line = [[36.2135, 37.1], [36.2135, 37.3]]
not_cleared_m = 100
as_of = 2016-11-01
source = "an office"
"""
CLEARED = """
[[cleared]]
area = [[36.21, 37.199], [36.21, 37.201], [36.217, 37.201], [36.217, 37.199]]
by = "A team"
on = 2016-11-02
source = "its report"
"""


def left_behind(made):
    return [(each.reason, each.people) for each in made.not_moved]


def test_a_front_line_closes_streets_near_it(tmp_path):
    made = plan(line_town(tmp_path, UNCLEARED + FRONT))
    assert left_behind(made) == [("way closed", 1000)]
    (row,) = made.as_json()["hazards"]
    assert row["effect"] == "not cleared"
    assert len(row["streets"]) == 1
    assert row["length_km"] == 1.2
    # one street of 6 m for 250 m of border, a person a second for each metre
    assert row["people_per_min"] == 360
    said = " ".join(made.as_json()["warnings"])
    assert "1 street (1.2 km) near The line as of 1 November 2016" in said


def test_a_dated_source_opens_what_it_cleared(tmp_path):
    made = plan(line_town(tmp_path, UNCLEARED + FRONT + CLEARED))
    assert made.optimum.total == 1400
    document = made.as_json()
    (row,) = document["hazards"]
    assert row["streets"] == []
    assert len(row["cleared"]) == 1
    assert document["cleared"][0]["streets"] == row["cleared"]
    assert any(
        "Cleared by A team on 2 November 2016 (its report)" in w for w in document["warnings"]
    )


def test_a_source_older_than_the_front_line_opens_nothing(tmp_path):
    old = CLEARED.replace("2016-11-02", "2016-10-31")
    made = plan(line_town(tmp_path, UNCLEARED + FRONT + old))
    assert left_behind(made) == [("way closed", 1000)]
    assert made.as_json()["cleared"][0]["older_than"] == ["The line"]
    said = made.as_json()["warnings"]
    assert "Cleared by A team on 31 October 2016 (its report): this opens no street." in said
    assert any("does not count near The line" in line for line in said)


def test_part_of_a_street_cleared_is_not_enough(tmp_path):
    # the front line takes 36.2126 to 36.2144; only its southern half was cleared
    half = CLEARED.replace("36.217", "36.2135")
    made = plan(line_town(tmp_path, UNCLEARED + FRONT + half))
    assert left_behind(made) == [("way closed", 1000)]


def test_only_the_part_in_danger_must_be_cleared(tmp_path):
    part = CLEARED.replace("[36.21,", "[36.2125,").replace("[36.217,", "[36.2145,")
    made = plan(line_town(tmp_path, UNCLEARED + FRONT + part))
    assert made.optimum.total == 1400


def test_a_person_may_plan_over_it_and_page_one_says_who(tmp_path):
    made = plan(line_town(tmp_path, LINE + FRONT))
    assert made.optimum.total == 1400
    document = made.as_json()
    assert document["hazards"][0]["overridden"]
    (said,) = [line for line in document["warnings"] if "chose to plan" in line]
    assert said == (
        "Not cleared by any named source: 1 street (1.2 km) near The line as of 1 November 2016. "
        "The test chose to plan over them all the same: nobody lives here."
    )


@pytest.mark.parametrize("kind", ["rubble", "berm", "barricade"])
def test_rubble_berms_and_barricades_are_not_cleared_either(tmp_path, kind):
    text = (
        f'\n[[hazards]]\nname = "Heap"\nkind = "{kind}"\nlat = 36.2135\nlon = 37.2\nradius_m = 9\n'
    )
    assert plan(line_town(tmp_path / "no", UNCLEARED + text)).optimum.total == 400
    assert plan(line_town(tmp_path / "yes", UNCLEARED + text + CLEARED)).optimum.total == 1400
    assert plan(line_town(tmp_path / "override", LINE + text)).optimum.total == 1400


def test_nobody_overrides_mines_or_a_setback(tmp_path):
    mined = (
        '\n[[hazards]]\nname = "Field"\nkind = "mined"\nlat = 36.2135\nlon = 37.2\nradius_m = 9\n'
    )
    assert plan(line_town(tmp_path / "mined", LINE + mined + CLEARED)).optimum.total == 400
    set_back = FRONT.replace("not_cleared_m", "setback_m = 20\nnot_cleared_m")
    made = plan(line_town(tmp_path / "setback", LINE + set_back + CLEARED))
    assert made.optimum.total == 400
    document = made.as_json()
    assert [row["effect"] for row in document["hazards"]] == ["closed", "not cleared"]
    assert len(document["hazards"][1]["cleared"]) == 1
    assert document["cleared"][0]["streets"] == []  # the setback keeps it closed


CROSSED = """
[[hazards]]
name = "x"
area = [[36.2, 37.2], [36.3, 37.3], [36.2, 37.3], [36.3, 37.2]]
"""
HOURS = """
[[hazards]]
name = "Convoy"
area = [[36.2130, 37.199], [36.2130, 37.201], [36.2140, 37.201], [36.2140, 37.199]]
start = 2016-11-04T09:30:00
end = 2016-11-04T10:00:00
"""


def test_hours_close_a_street_only_then(tmp_path):
    made = plan(line_town(tmp_path, LINE + HOURS))
    assert made.optimum.total == 1400
    (flow,) = made.optimum.flows
    taken = np.flatnonzero(made.city.hazards[0].taken)
    used = flow.arrival.flow[taken].sum(axis=0)
    # 1,200 m at 1 m/s: who enters after 09:10 would still be there at 09:30
    assert used[:9].sum() > 0
    assert used[11:59].sum() == 0
    assert used[60:].sum() > 0
    assert not made.ways.closed[taken].any()
    (row,) = made.as_json()["hazards"]
    assert (row["from"], row["until"]) == ("2016-11-04T09:30", "2016-11-04T10:00")


def test_a_crossing_in_a_closed_area_serves_nobody_in_its_hours(tmp_path):
    text = HOURS.replace("36.2130", "36.1999").replace("36.2140", "36.2001")
    made = plan(line_town(tmp_path, LINE + text))
    per_minute = np.diff(made.optimum.cumulative, prepend=0)
    assert per_minute[30:60].sum() == 0
    assert per_minute[5:20].sum() > 0
    assert per_minute[70:].sum() > 0
    assert any("closed by a hazard" in each["text"] for each in made.as_json()["bottleneck"])


def test_who_lives_at_a_crossing_in_a_closed_area_cannot_pass_it(tmp_path):
    made = plan(line_town(tmp_path, LINE))
    mined = '\n[[hazards]]\nname = "Gate"\nkind = "mined"\nlat = 36.2\nlon = 37.2\nradius_m = 9\n'
    again = plan(line_town(tmp_path, LINE + mined))
    assert (made.optimum.total, again.optimum.total) == (1400, 0)


def damage(tmp_path, rows, more=""):
    (tmp_path / "damage.csv").write_text(f"lat,lon,class\n{rows}\n", encoding="utf-8")
    return line_town(tmp_path, LINE + f'\n[[damage]]\nname = "Survey"\nfile = "damage.csv"\n{more}')


def test_damage_narrows_streets_near_it(tmp_path):
    made = plan(damage(tmp_path, "36.2135,37.2001,Destroyed\n36.2135,37.21,Destroyed"))
    taken = made.city.hazards[0].taken
    assert taken.sum() == 2  # both directions of one street
    assert set(made.ways.people_per_min[: len(taken)][taken]) == {90.0}
    (row,) = made.as_json()["hazards"]
    assert row["people_per_min"] == 270
    text = "Survey: within 15 m of a point marked Destroyed, 25% of a street's width is left."
    assert {"text": text, "source": ""} in made.as_json()["assumptions"]


def test_damage_that_leaves_nothing_closes(tmp_path):
    classes = 'classes = [{ value = "X", within_m = 5, width_left = 0 }]\n'
    made = plan(damage(tmp_path, "36.2135,37.2,X", classes))
    assert left_behind(made) == [("way closed", 1000)]


def test_of_several_points_the_worst_counts(tmp_path):
    made = plan(damage(tmp_path, "36.2135,37.2,Severe Damage\n36.2136,37.2,Destroyed\n"
                                 "36.2137,37.2,Severe Damage"))  # fmt: skip
    assert float(made.ways.people_per_min.min()) == 90


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("36.2,37.2,Gone", "classes that the case does not know: 'Gone'"),
        ("north,37.2,Destroyed", "line 2: lat, lon are not numbers"),
        ("136.2,37.2,Destroyed", "line 2: 136.2, 37.2 is not on the earth"),
        ("37.2,36.2,Destroyed", "km from the map"),
    ],
)
def test_bad_damage_is_refused(tmp_path, rows, says):
    with pytest.raises(InputError, match=says):
        plan(damage(tmp_path, rows))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[hazards]]\nname = "x"\nlat = 36.2\nlon = 37.2\n', "needs lat, lon and radius_m"),
        ('[[hazards]]\nname = "x"\n', "needs either lat"),
        ('[[hazards]]\nname = "x"\nline = [[36.2, 37.2]]\n', "two points or more"),
        ('[[hazards]]\nname = "x"\narea = [[36.2, 37.2], [36.3, 37.3]]\n', "three corners or more"),
        (HOURS.replace("start", "as_of = 2016-11-04 # "), "both start and end"),
        ('[[hazards]]\nname = "x"\nfile = "none.geojson"\n', "there is no file 'none.geojson'"),
        (FRONT.replace("as_of = 2016-11-01\n", ""), "as_of: is missing"),
        (FRONT.replace("[36.2135, 37.1], [36.2135, 37.3]", "[37.1, 36.2135], [37.3, 36.2135]"),
         "km from the map.*not swapped"),
        (CLEARED.replace('source = "its report"', ""), "source: is missing"),
        ('[[cleared]]\nstreets = ["Main Street"]\nby = "A"\non = 2016-11-02\nsource = "b"\n',
         "no street on the map is named 'Main Street'"),
        (CROSSED, "its area is no valid polygon"),
    ],
)  # fmt: skip
def test_bad_hazards_are_refused(tmp_path, text, says):
    case = line_town(tmp_path, LINE + "\n" + text)
    with pytest.raises(InputError, match=f"(?s){says}"):
        plan(case)


def test_faults_are_told_together(tmp_path):
    far = FRONT.replace("36.2135", "46.2135").replace(
        "not_cleared_m", "setback_m = 5\nnot_cleared_m"
    )
    with pytest.raises(InputError) as caught:
        plan(line_town(tmp_path, LINE + far + far.replace("The line", "Another")))
    assert len(caught.value.faults) == 2


def test_shapes_come_from_a_file_too(tmp_path):
    line = '{"type": "LineString", "coordinates": [[37.1, 36.2135], [37.3, 36.2135]]}'
    (tmp_path / "front.geojson").write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, '
        f'"geometry": {line}}}]}}', encoding="utf-8")  # fmt: skip
    text = FRONT.replace("line = [[36.2135, 37.1], [36.2135, 37.3]]", 'file = "front.geojson"')
    made = plan(line_town(tmp_path, UNCLEARED + text))
    assert left_behind(made) == [("way closed", 1000)]
    assert "front.geojson" in [source.name for source in made.inputs]


# the check by itself: plans made as if hazards were not there are refused


def planted(tmp_path, text):
    """Plan without hazards, and lay the case's hazards under it afterwards."""
    made = plan(line_town(tmp_path / "free", LINE))
    city = build_city(load_case(line_town(tmp_path / "case", text)))
    return made, replace(made.city, hazards=city.hazards, cleared=city.cleared)


def checked(made, city):
    check_ground(made.schedule.waves, made.ways, city, made.hours)


@pytest.mark.parametrize("text", [
    UNCLEARED + FRONT,
    UNCLEARED + FRONT + CLEARED.replace("2016-11-02", "2016-10-31"),
    UNCLEARED + FRONT + CLEARED.replace("36.217", "36.2135"),
    LINE + HOURS,
    LINE + '\n[[hazards]]\nname = "F"\nlat = 36.2135\nlon = 37.2\nradius_m = 9\n',
])  # fmt: skip
def test_the_check_finds_who_walks_where_nobody_may(tmp_path, text):
    made, city = planted(tmp_path, text)
    with pytest.raises(Defect, match="Somebody is on street"):
        checked(made, city)


@pytest.mark.parametrize("text", [
    UNCLEARED + FRONT + CLEARED,
    LINE + FRONT,
    LINE + HOURS.replace("T10:00", "T12:30").replace("T09:30", "T12:00"),
    LINE + '\n[[hazards]]\nname = "F"\nlat = 36.2135\nlon = 37.21\nradius_m = 9\n',
])  # fmt: skip
def test_the_check_passes_what_is_open(tmp_path, text):
    checked(*planted(tmp_path, text))


def test_readiness_names_who_cleared_what(tmp_path):
    found = check_readiness(load_case(line_town(tmp_path, UNCLEARED + FRONT + CLEARED)))
    mines = found["mines"]
    assert (mines.status, mines.source) == ("partly", "its report")
    assert mines.text.startswith("Parts were cleared, by A team on 2 November 2016.")
