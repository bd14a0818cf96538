"""Groups go by their means at their slowest's speed, and corridors keep their rules."""

import numpy as np
import pytest

from plan.test_shuttles import bus_town
from plan.towns import LINE, line_town, refused
from safepassage import plan
from safepassage.base.errors import Defect
from safepassage.case import load_case
from safepassage.case.movers import movers
from safepassage.plan.check import check_movements
from safepassage.plan.setting import prepare, settle, solve

FAMILIES = LINE[LINE.index("[[groups]]") : LINE.index("[movement]")]
SLOW = """[[groups]]
id = "slow"
name = "Slow"
share = 0.25
slowest = "wheelchair"
[[groups]]
id = "families"
name = "Families"
share = 0.75
speed_m_per_s = 1.0

"""


def with_groups(groups, text=LINE):
    return text.replace(FAMILIES, groups)


def with_gate(extra, text=LINE):
    return text.replace("people_per_min_per_lane = 10\n", f"people_per_min_per_lane = 10\n{extra}")


def test_every_mover_has_an_ordered_speed_and_names_its_source_or_is_an_assumption():
    for mover in movers().values():
        assert 0 < mover.speed_m_per_s.low <= mover.speed_m_per_s.best <= mover.speed_m_per_s.high
    assert movers()["wheelchair"].speed_m_per_s.best == 0.69
    assert movers()["stretcher"].speed_m_per_s.is_assumption


def test_a_group_moves_as_its_slowest(tmp_path):
    case = load_case(line_town(tmp_path, with_groups(SLOW))).case
    assert case.groups[0].speed_m_per_s == movers()["wheelchair"].speed_m_per_s
    assert not case.groups[0].takes_steps
    made = plan(line_town(tmp_path, with_groups(SLOW)))
    # 2,100 m at 0.69 m/s
    far = [w for w in made.schedule.waves if w.group == 0 and w.zone == 2]
    assert far
    assert all(wave.arrive - wave.depart >= 2080 / 0.69 / 60 for wave in far)


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        (SLOW.replace('"wheelchair"', '"snail"'), "slowest is none of adult"),
        (SLOW.replace('"wheelchair"', '"wheelchair"\nspeed_m_per_s = 2.0'), "exclude each other"),
        (SLOW.replace('slowest = "wheelchair"\n', ""), "speed_m_per_s"),
        (SLOW.replace('slowest = "wheelchair"', 'means = "swim"'), "means"),
    ],
)
def test_a_group_without_one_clear_speed_is_refused(tmp_path, groups, says):
    assert says in refused(tmp_path, with_groups(groups))


def test_stretchers_take_the_room_of_several_walkers(tmp_path):
    text = with_groups(SLOW.replace('slowest = "wheelchair"', 'means = "stretcher"'))
    found = prepare(line_town(tmp_path, text))
    setting = settle(found.loaded.case, found.city, found.hours)
    carried, walking = setting.by_group
    streets = carried.street >= 0
    assert np.allclose(carried.people_per_min[streets] * 6, walking.people_per_min[streets])
    first, _ = solve(setting)
    assert first.rounded.transit.max() > 0


def test_later_groups_get_the_share_of_the_street_that_earlier_ones_leave(tmp_path):
    # a street of 0.05 x 6 x 60 = 18 people a minute before a crossing that serves all of it
    text = with_groups(SLOW.replace('slowest = "wheelchair"', 'means = "stretcher"'))
    text = text.replace("people_per_m_per_s = 1.0", "people_per_m_per_s = 0.05")
    text = text.replace("people_per_min_per_lane = 10", "people_per_min_per_lane = 100")
    made = plan(line_town(tmp_path, text))
    carried, walking = made.optimum.flows
    last = np.flatnonzero(made.ways.head == made.gate.nodes[0])
    use = carried.arrival.flow[last] / 3.0 + walking.arrival.flow[last] / 18.0
    assert carried.arrival.flow[last].max() == 3
    assert 0.9 < use.max() <= 1 + 1e-9 or made.optimum.checked.worst_street_use <= 1 + 1e-6


def test_a_corridor_for_others_is_not_used(tmp_path):
    second = """[[corridors]]
id = "by-car"
name = "For cars"
people_per_min_per_lane = 50
means = ["car"]
[corridors.position]
lat = 36.2005
lon = 37.2

[[corridors]]
id = "for-slow"
name = "For the slow"
people_per_min_per_lane = 5
groups = ["slow"]
[corridors.position]
lat = 36.1995
lon = 37.2

"""
    text = with_groups(SLOW).replace("[[corridors]]", second + "[[corridors]]", 1)
    made = plan(line_town(tmp_path, text))
    names = made.gate.corridors
    assert made.optimum.passed[names.index("by-car")].sum() == 0
    slow, families = made.optimum.flows
    assert slow.arrival.passed[names.index("for-slow")].sum() > 0
    assert families.arrival.passed[names.index("for-slow")].sum() == 0
    assert (made.optimum.cumulative <= made.ceiling.cumulative).all()
    # ten a minute at the gate, five at the other: nobody can use the third
    assert made.ceiling.total.best <= 180 * 15
    wave = next(w for w in made.schedule.waves if w.group == 1)
    allowed = made.gate.allowed.copy()
    allowed[1] = False
    with pytest.raises(Defect, match="not for its group"):
        check_movements(
            [wave], made.ways, speeds_m_per_s=[1.0, 1.0],
            supply=np.array([flow.supply for flow in made.optimum.flows]),
            gate_nodes=made.gate.nodes, people_per_min=np.full(3, 100.0), minutes=181,
            reserved=(), allowed=allowed,
        )  # fmt: skip


SHARE = """[[corridors.shares]]
purpose = "aid in"
{what}
start = 2016-11-04T10:00:00
end = 2016-11-04T10:30:00
source = "a note"
"""


def shared(what):
    end = "[corridors.position]\nlat = 36.2\nlon = 37.2\n"
    return LINE.replace(end, end + SHARE.format(what=what))


@pytest.mark.parametrize("what", ["people_per_min = 4", "lanes = 1"])
def test_a_share_takes_its_lanes_in_its_hours_and_only_then(tmp_path, what):
    text = shared(what).replace(
        "people_per_min_per_lane = 10", "people_per_min_per_lane = 4\nlanes = 2"
    )
    made = plan(line_town(tmp_path, text))
    served = made.gate.per_min("best", made.hours.steps)[0]
    assert served[59] == 8
    assert (served[60:90] == 4).all()
    assert served[90] == 8
    # the near zone is five minutes away; from then on the crossing is full
    assert made.optimum.total == 8 * (180 - 5) - 30 * 4
    assert (made.optimum.cumulative <= made.ceiling.cumulative).all()
    assert made.ceiling.total.best <= 8 * 180 - 30 * 4


def test_more_lanes_shared_than_there_are_is_refused(tmp_path):
    assert "takes 3 lanes of 1" in refused(tmp_path, shared("lanes = 3"))


def test_a_share_without_a_size_is_refused(tmp_path):
    assert "lanes or people_per_min" in refused(tmp_path, shared(""))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (with_gate('groups = ["nobody"]\n'), "groups that the case has not: nobody"),
        (with_gate('means = ["car"]\n'), "families: cannot leave: The gate is for those who go by"),
        (with_groups(SLOW, with_gate('groups = ["slow"]\n')), "families: cannot leave"),
    ],
)
def test_a_rule_that_excludes_somebody_is_named(tmp_path, text, says):
    assert says in refused(tmp_path, text)


def test_a_plan_goes_on_without_them_where_the_case_says_so(tmp_path):
    groups = SLOW.replace("speed_m_per_s = 1.0", 'speed_m_per_s = 1.0\nif_excluded = "unmoved"')
    made = plan(line_town(tmp_path, with_groups(groups, with_gate('groups = ["slow"]\n'))))
    slow, families = made.optimum.flows
    assert slow.arrival.total > 0
    assert families.arrival.total == 0
    reasons = {each.reason: each.people for each in made.not_moved}
    assert reasons["excluded"] == families.supply.sum()


def test_a_plan_for_nobody_is_refused_whatever_the_case_says(tmp_path):
    groups = FAMILIES.replace("speed_m_per_s = 1.0", 'speed_m_per_s = 1.0\nif_excluded = "unmoved"')
    text = LINE.replace(FAMILIES, groups)
    assert "every one of them is excluded" in refused(
        tmp_path, with_gate('means = ["car"]\n', text)
    )


def test_who_cannot_be_kept_apart_from_an_armed_group_is_told_so(tmp_path):
    armed = """[[corridors]]
id = "armed"
name = "Armed"
users = "armed"
position = { lat = 36.2001, lon = 37.2 }

[[groups]]"""
    said = refused(tmp_path, LINE.replace("[[groups]]", armed))
    assert "cannot be kept apart" in said
    assert "The gate" in said


def test_a_shuttle_without_seats_excludes_its_riders_and_the_rest_goes_on(tmp_path):
    seats = "seats = { low = 30, best = 40, high = 60 }"
    text = bus_town(seats=40, riders=0.5).replace(seats, "seats = 0")
    assert seats not in text
    said = refused(tmp_path, text)
    assert "groups, riders: cannot leave: it goes by bus, and Bus from the far zone has no" in said
    going = text.replace('means = "bus"', 'means = "bus"\nif_excluded = "unmoved"')
    made = plan(line_town(tmp_path, going))
    riders = next(i for i, group in enumerate(made.case.groups) if group.means == "bus")
    assert made.optimum.flows[riders].arrival.total == 0
    assert made.schedule.total == 700
    assert any("is not planned: it has no seats" in each for each in made.as_json()["warnings"])


@pytest.mark.parametrize("goes_on", [False, True])
def test_a_longest_walk_that_leaves_no_way_is_a_rule_that_excludes(tmp_path, goes_on):
    text = LINE.replace(
        "confirm_and_test_min = 0", "confirm_and_test_min = 0\nlongest_walk_min = 4"
    )
    if not goes_on:
        said = refused(tmp_path, text)
        assert "groups, families: cannot leave: options.longest_walk_min = 4" in said
        assert "the shortest takes 5 min" in said
        return
    made = plan(
        line_town(tmp_path, text.replace("share = 1.0", 'share = 1.0\nif_excluded = "unmoved"'))
    )
    assert made.schedule.total == 0
    assert {each.schedule_reason for each in made.left_behind} == {"longest walk"}
