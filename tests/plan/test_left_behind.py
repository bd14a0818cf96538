"""Everybody left behind has a reason and a change; a new solve shows that the change moves them."""

from itertools import product

import numpy as np
import pytest

from plan.test_hazards import FRONT, UNCLEARED
from plan.towns import LINE, LINKS, ZONES, line_town
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.plan.equity import equity, gini

HOUR_GONE = LINE.replace("test_min = 0", "test_min = 60")
STAYING = """
[[not_leaving]]
why = "chose to stay"
people = { low = 20, best = 40, high = 60 }
zone = "middle"
source = "the neighbourhood's council, 3 November"
[[not_leaving]]
why = "cannot walk"
people = 14
source = "the health post's list"
"""


def test_everybody_not_moved_is_counted_once_in_schedule_and_optimum():
    made = plan("aleppo-2016-11-04")
    inside = round(made.city.people.best)
    assert sum(each.by_schedule for each in made.left_behind) == inside - made.schedule.total
    assert sum(each.by_optimum for each in made.left_behind) == inside - made.optimum.total
    for each in made.left_behind:
        assert bool(each.by_schedule) == bool(each.schedule_reason) == bool(each.changes)
        assert bool(each.by_optimum) == bool(each.optimum_reason)
        for change in each.changes:
            assert change.text.endswith(".")
            assert change.amount is None or change.amount > 0


def test_more_lanes_or_minutes_move_those_a_full_crossing_leaves(tmp_path):
    made = plan(line_town(tmp_path, HOUR_GONE))
    assert made.schedule.total == 1150  # ten a minute in [5, 120)
    (row,) = made.left_behind
    assert (row.by_schedule, row.schedule_reason) == (250, "crossing full")
    lanes, minutes = row.changes
    # they need 35 minutes to it and 85 are left: 850 people a lane
    assert (lanes.kind, lanes.amount, lanes.at) == ("lanes", 1, "gate")
    assert (minutes.kind, minutes.amount) == ("minutes", 25)
    more = HOUR_GONE.replace(
        "people_per_min_per_lane = 10", "people_per_min_per_lane = 10\nlanes=2"
    )
    assert plan(line_town(tmp_path / "lane", more)).optimum.total == 1400
    longer = HOUR_GONE.replace("T12:00:00", "T12:25:00")
    assert plan(line_town(tmp_path / "minutes", longer)).optimum.total == 1400
    shorter = HOUR_GONE.replace("T12:00:00", "T12:24:00")
    assert plan(line_town(tmp_path / "fewer", shorter)).optimum.total == 1390


def test_minutes_bring_in_those_who_live_too_far(tmp_path):
    zones = ZONES + "remote,Remote,36.30,37.2,45,45,45\n"
    links = LINKS + "far,remote,12000,250\n"
    made = plan(line_town(tmp_path, zones=zones, links=links))
    (row,) = (each for each in made.left_behind if each.schedule_reason == "too far")
    (change,) = row.changes
    # 14,100 m are 235 minutes; the last of 45 at ten a minute pass in the fifth after that
    assert (change.kind, change.amount) == ("minutes", 235 + 5 - 180)
    for end, remote in (("12:59", 40), ("13:00", 45)):
        text = LINE.replace("T12:00:00", f"T{end}:00")
        longer = plan(line_town(tmp_path / end.replace(":", ""), text, zones=zones, links=links))
        assert longer.optimum.out_by_zone[3] == remote


def test_what_closes_the_way_is_named_and_clearing_it_moves_them(tmp_path):
    made = plan(line_town(tmp_path, UNCLEARED + FRONT))
    (row,) = made.left_behind
    assert (row.by_schedule, row.schedule_reason) == (1000, "way closed")
    (change,) = row.changes
    assert (change.kind, change.at) == ("clear", "The line")
    assert change.text == "A dated, named source that clears The line."


def test_who_stays_or_cannot_walk_is_counted_and_never_planned(tmp_path):
    made = plan(line_town(tmp_path, HOUR_GONE + STAYING))
    reasons = {each.reason: each.people for each in made.not_moved}
    assert reasons["chose to stay"] == 40
    assert reasons["cannot walk"] == 14
    assert sum(reasons.values()) == 1400 - made.optimum.total
    assert int(made.optimum.flows[0].supply[1]) == 300 - 40 - 3
    assert plan(line_town(tmp_path / "all", HOUR_GONE)).ceiling.total == made.ceiling.total
    told = made.as_json()["left_behind"]["not_leaving"]
    assert told[0]["people"] == {"low": 20, "best": 40, "high": 60}
    assert told[1]["zone"] is None


def test_a_zone_never_has_fewer_than_nobody_to_move(tmp_path):
    many = STAYING.replace("best = 40, high = 60", "best = 4000, high = 6000")
    made = plan(line_town(tmp_path, LINE + many))
    assert int(made.optimum.flows[0].supply[1]) == 0
    assert sum(each.people for each in made.not_moved) == 1400 - made.optimum.total


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('zone = "middle"', 'zone = "nowhere"', "is no zone"),
        ('"chose to stay"', '"fighters"', "chose to stay"),
        ('source = "the health post\'s list"', "", "source"),
        ("people = 14", "people = -1", "negative"),
    ],
)
def test_bad_counts_of_those_who_stay_are_refused(tmp_path, old, new, says):
    with pytest.raises(InputError, match=says):
        plan(line_town(tmp_path, LINE + STAYING.replace(old, new)))


def test_gini_is_half_the_relative_mean_difference():
    rng = np.random.default_rng(6)
    for _ in range(20):
        people = rng.integers(0, 50, 7)
        share = np.where(people > 0, rng.random(7).round(1), np.nan)
        each = np.repeat(share[people > 0], people[people > 0])  # one by one, person by person
        if not each.any():
            continue
        apart = sum(abs(a - b) for a, b in product(each, each))
        expected = apart / (2 * len(each) ** 2 * each.mean())
        assert gini(share, people) == pytest.approx(expected, abs=1e-12)


def test_gini_at_its_ends():
    people = np.array([10, 30])
    assert gini(np.array([0.5, 0.5]), people) == 0
    assert gini(np.array([1.0, 0.0]), people) == pytest.approx(0.75)
    assert gini(np.array([0.0, 0.0]), people) is None
    assert gini(np.array([]), np.array([], np.int64)) is None


def test_equity_names_the_zone_worst_served(tmp_path):
    made = plan(line_town(tmp_path, HOUR_GONE))
    found = equity(made)
    assert made.city.zones.ids[found.worst] == "far"
    assert found.share.tolist() == [1, 1, 0.75]
    assert found.gini_schedule == pytest.approx(gini(found.share, found.people))
    for zone in range(3):
        waves = [wave for wave in made.schedule.waves if wave.zone == zone]
        minutes = [int(wave.depart + 1e-9) + k for wave in waves for k in range(wave.lasting)]
        assert min(minutes) <= found.wait_min[zone] <= max(minutes)
    shown = made.as_json()["equity"]
    assert shown["zones"][0]["zone"] == shown["worst_zone"] == "far"
