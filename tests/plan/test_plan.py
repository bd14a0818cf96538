"""Plans whose numbers are known by hand, and what a plan promises of itself."""

import numpy as np
import pytest

from plan.towns import LINE, LINKS, ZONES, line_town
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.case import load_case
from safepassage.declaration import read_file
from safepassage.plan.make import make_plan


def test_a_line_fills_its_crossing_from_the_first_arrival_to_the_end(tmp_path):
    made = plan(line_town(tmp_path))
    # 300 m at 1 m/s: the first are there in minute 5; 10 a minute in [5, 180)
    out = np.concatenate([np.zeros(5), np.arange(10, 1410, 10)])
    assert made.optimum.cumulative[:145].tolist() == out[:145].astype(int).tolist()
    assert made.optimum.total == 1400
    assert made.schedule.total == 1400
    assert made.ceiling.total.best == 1400
    assert (made.ceiling.total.low, made.ceiling.total.high) == (700, 10 * 176)
    assert not made.not_moved
    assert made.hours.steps == 179


def test_one_more_hour_of_daylight_is_not_invented(tmp_path):
    text = LINE.replace("2016-11-04T12:00", "2016-11-04T20:00")
    made = plan(line_town(tmp_path, text))
    assert f"{made.hours.usable.end:%H:%M}" == "16:31"
    dark = plan(line_town(tmp_path, text), ignore_daylight=True)
    assert f"{dark.hours.usable.end:%H:%M}" == "20:00"
    assert [cut.reason for cut in made.hours.cuts] == ["dark after sunset"]


def test_confirmation_takes_the_first_hour(tmp_path):
    made = plan(line_town(tmp_path, LINE.replace("test_min = 0", "test_min = 60")))
    assert f"{made.hours.usable.start:%H:%M}" == "10:00"
    assert made.optimum.total == 10 * (120 - 5)
    assert made.not_moved[0].reason == "crossing full"
    assert sum(each.people for each in made.not_moved) == 1400 - made.optimum.total


def test_too_far_is_said_of_those_who_are(tmp_path):
    zones = ZONES + "remote,Remote,36.30,37.2,5,5,5\n"
    links = LINKS + "far,remote,30000,250\n"
    made = plan(line_town(tmp_path, zones=zones, links=links))
    assert [(each.reason, each.people) for each in made.not_moved] == [("too far", 5)]


def test_a_narrow_street_is_named_as_the_limit(tmp_path):
    text = LINE.replace("people_per_min_per_lane = 10", "people_per_min_per_lane = 1000")
    text = text.replace("people_per_m_per_s = 1.0", "people_per_m_per_s = 0.01")
    made = plan(line_town(tmp_path, text))
    # 6 m × 0.01 × 60 = 3.6: three whole people a minute
    assert any(limit.streets and not limit.corridors for limit in made.limits)
    assert {each.reason for each in made.not_moved} == {"streets full"}
    text = made.as_json()["bottleneck"][-1]["text"]
    assert "streets, not the crossings" in text


def test_groups_go_in_order_and_share_the_crossing(tmp_path):
    groups = (
        '[[groups]]\nid = "slow"\nname = "Slow"\nshare = 0.25\nspeed_m_per_s = 0.5\n'
        '[[groups]]\nid = "families"\nname = "Families"\nshare = 0.75\nspeed_m_per_s = 1.0\n'
    )
    start = LINE.index("[[groups]]")
    text = LINE[:start] + groups + LINE[LINE.index("[movement]") :]
    made = plan(line_town(tmp_path, text))
    slow, families = made.optimum.flows
    assert slow.supply.tolist() == [25, 75, 250]
    assert slow.arrival.total == 350
    assert int(np.flatnonzero(slow.arrival.arrivals)[0]) == 10  # 300 m at 0.5 m/s
    assert int(np.flatnonzero(families.arrival.arrivals)[0]) == 5
    per_minute = np.diff(made.optimum.cumulative, prepend=0)
    assert per_minute.max() == 10
    assert made.optimum.checked.worst_crossing_use == 1.0


def test_the_schedule_stays_between_nothing_and_the_optimum(tmp_path):
    made = plan(line_town(tmp_path))
    assert (made.schedule.cumulative <= made.optimum.cumulative).all()
    assert (made.optimum.cumulative <= made.ceiling.cumulative).all()
    assert (made.schedule.on_the_road >= 0).all()
    assert made.schedule.on_the_road[-1] == 0
    assert made.schedule.departed[:, -1].sum() == made.schedule.total


def test_an_armed_corridor_is_a_block_with_setback_and_gap(tmp_path):
    armed = (
        '[[corridors]]\nid = "armed"\nname = "Armed"\nusers = "armed"\n'
        "reserved = { start = 2016-11-04T10:00:00, end = 2016-11-04T10:30:00 }\n"
        "[corridors.position]\nlat = 36.2001\nlon = 37.2003\n"
    )
    start = LINE.index("[[groups]]")
    text = LINE[:start] + armed + LINE[start:]
    made = plan(line_town(tmp_path, text))
    per_minute = np.diff(made.optimum.cumulative, prepend=0)
    # 10:00 to 10:30 with 30 minutes before and after: minutes 30 to 119 are kept free
    assert per_minute[30:120].sum() == 0
    assert per_minute[5:25].sum() == 200
    assert per_minute[125:180].sum() > 0
    corridor = next(c for c in made.as_json()["corridors"] if c["id"] == "armed")
    assert corridor["optimum_passed"] is None
    assert corridor["people_per_min"] is None
    # with no setback, 29 m apart is apart enough
    free = plan(line_town(tmp_path, text.replace("test_min = 0", "test_min = 0\nsetback_m = 5")))
    assert free.optimum.total == 1400


def test_a_hazard_closes_the_way(tmp_path):
    hazard = '\n[[hazards]]\nname = "Mined"\nlat = 36.2135\nlon = 37.2\nradius_m = 50\n'
    made = plan(line_town(tmp_path, LINE + hazard))
    assert [(each.reason, each.people) for each in made.not_moved] == [("way closed", 1000)]


def test_an_unlocated_corridor_is_listed_and_moves_nobody(tmp_path):
    text = LINE.replace("[[groups]]", '[[corridors]]\nid = "b"\nname = "Somewhere"\n[[groups]]', 1)
    document = plan(line_town(tmp_path, text)).as_json()
    unlocated = [c for c in document["corridors"] if not c["located"]]
    assert [(c["name"], c["lat"], c["optimum_passed"]) for c in unlocated] == [
        ("Somewhere", None, None)
    ]
    assert any("1 announced corridor is not located" in line for line in document["headline"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("lat = 36.2\nlon = 37.2\n\n[[groups", "lat = 37.2\nlon = 36.2\n\n[[groups"),
         "gate: its position 37.2, 36.2 lies far outside the zones"),
        (("T12:00:00", "T09:00:30"), "no usable minute"),
        (("[corridors.position]\nlat = 36.2\nlon = 37.2\n", ""), "no civilian corridor"),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_is_told(tmp_path, change, says):
    assert change[0] in LINE
    with pytest.raises(InputError, match=says):
        plan(line_town(tmp_path, LINE.replace(*change)))


@pytest.mark.parametrize(
    ("zones", "links", "says"),
    [
        (ZONES + "lost,Lost,36.25,37.2,1,1,1\n", LINKS, "zone Lost: has no way out"),
        (ZONES.replace("36.2189", "north"), LINKS, "zones.csv, line 4: lat is not a number"),
        (ZONES.replace("500,1000,1500", "-5,1000,1500"), LINKS, "line 4: people must not be neg"),
        (ZONES.replace("500,1000", "5000,1000"), LINKS, "zones.csv, line 4"),
        (ZONES.replace("middle,Middle", "near,Middle"), LINKS, "uses the id near twice"),
        (ZONES.splitlines()[0] + "\n", LINKS, "holds no rows"),
        (ZONES, LINKS + "far,nowhere,10,10\n", "links.csv, line 4: names an unknown zone"),
        (ZONES, LINKS.replace("600", "-600"), "links.csv, line 2: has no length"),
        (ZONES, "a,b\n", "lacks the columns distance_m, shared_border_m"),
    ],
)
def test_bad_tables_name_their_line(tmp_path, zones, links, says):
    with pytest.raises(InputError, match=says):
        plan(line_town(tmp_path, zones=zones, links=links))


def test_hours_that_are_not_planned_are_named(tmp_path):
    text = tmp_path / "daily.txt"
    text.write_text(
        "1 November 2016\n\nThe Defence Ministry announced a humanitarian pause in Aleppo every "
        "day from 9 am to 2 pm, from 4 November 2016. Two corridors will be open for civilians.\n"
    )
    declaration = read_file(text)
    loaded = load_case(line_town(tmp_path / "case"))
    document = make_plan(loaded, declarations=(declaration,)).as_json()
    assert any("09:00 to 14:00" in line for line in document["warnings"])
    assert any("for every day" in line for line in document["warnings"])


def test_where_the_sun_does_not_rise_nothing_is_usable(tmp_path):
    text = LINE.replace("lat = 36.2\nlon = 37.2\ntz", "lat = 78.2\nlon = 15.6\ntz")
    text = text.replace("2016-11-04", "2016-12-21")
    with pytest.raises(InputError, match="the sun does not rise"):
        plan(line_town(tmp_path, text))
    assert plan(line_town(tmp_path, text), ignore_daylight=True).hours.usable.minutes == 180


def test_a_window_of_days_is_planned_for_its_first_day(tmp_path):
    made = plan(line_town(tmp_path, LINE.replace("2016-11-04T12", "2016-11-06T12")))
    assert f"{made.hours.usable.end:%d %H:%M}" == "04 16:31"
    assert [cut.reason.split(":")[0] for cut in made.hours.cuts] == [
        "dark after sunset", "another day",
    ]  # fmt: skip


def test_keys_that_exclude_each_other_are_refused(tmp_path):
    zone = '[[zones]]\nname = "Z"\nlat = 36.2\nlon = 37.2\npeople = 5\n\n[[groups]]'
    with pytest.raises(InputError, match="exclude each other"):
        plan(line_town(tmp_path, LINE.replace("[[groups]]", zone)))


def test_hazards_and_sources_stand_among_the_assumptions(tmp_path):
    hazard = (
        '\n[[hazards]]\nname = "The square"\nlat = 36.21\nlon = 37.3\nradius_m = 50\n'
        'reason = "mined"\nsource = "a survey"\n'
    )
    document = plan(line_town(tmp_path, LINE + hazard)).as_json()
    assert {
        "text": "Closed to everybody: 50 m around The square (mined).",
        "source": "a survey",
    } in (document["assumptions"])
    assert document["conditional"]


def test_what_the_reader_left_open_is_told_before_any_number(tmp_path):
    text = tmp_path / "open.txt"
    text.write_text(
        "3 November 2016\n\nThe Defence Ministry announced a humanitarian pause in Aleppo on "
        "4 November from 9 am to noon. Three corridors will be open for civilians. "
        "The council has not agreed to it.\n"
    )
    declaration = read_file(text)
    assert declaration.remarks
    document = make_plan(
        load_case(line_town(tmp_path / "case")), declarations=(declaration,)
    ).as_json()
    assert any("has not agreed" in warning for warning in document["warnings"])
