"""A plan is laid out as it is: its streets, its waves, its rules, and room to stand."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from plan.test_mixed import mixed_town
from plan.test_random_towns import SECOND
from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.case.model import Movement
from safepassage.forecast.behaviour import AS_TOLD, draw, generator
from safepassage.forecast.kernel_simulate import UNITS
from safepassage.forecast.simulate import simulate
from safepassage.forecast.world import LEVELS, Places, standing_min_per_m, world_of

HEAD, SERVED, BASE, INTO, ROAD, CAP, ROOM = range(7)
SPEED = "speed_m_per_s = { low = 0.5, best = 1, high = 1.5 }"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return plan(line_town(tmp_path_factory.mktemp("a"), LINE.replace("speed_m_per_s = 1.0", SPEED)))


@pytest.fixture(scope="module")
def world(made):
    return world_of(made)


def test_streets_hold_people_by_their_area(made, world):
    ways = made.ways
    streets = np.flatnonzero((ways.street >= 0) & ~ways.closed & (ways.length_m > 100))
    assert len(streets)
    width = ways.people_per_min[streets] / 60  # one person a metre and second
    np.testing.assert_allclose(
        world.net[ROOM][streets] / UNITS, 5.4 * width * ways.length_m[streets], rtol=1e-4
    )
    np.testing.assert_array_equal(world.net[ROAD], ways.road)
    np.testing.assert_allclose(
        world.net[CAP][streets] / UNITS, ways.people_per_min[streets], rtol=1e-4
    )
    used = np.unique(np.concatenate([world.ways[1].ravel(), world.ways[4]]))
    assert not ways.closed[used[used >= 0]].any()
    assert ways.closed.any()


def test_a_short_street_holds_what_walks_on_it_in_a_minute(made, world):
    flow = made.optimum.flows[0]
    slowest = world.pace[0].max(axis=0)
    bound = (flow.ways.street >= 0) & ~flow.ways.closed
    cap, room = world.net[CAP][bound], world.net[ROOM][bound]
    assert (room >= cap * (slowest[bound] + 1) - UNITS).all()


def test_vehicles_stand_seven_and_a_half_metres_apart():
    movement = Movement()
    per_lane = movement.vehicles_per_lane_per_min.best
    assert standing_min_per_m(movement, on_foot=False) * per_lane == pytest.approx(1 / 7.5)
    flow = movement.people_per_m_per_s.best * 60
    assert standing_min_per_m(movement, on_foot=True) * flow == pytest.approx(5.4)


def test_kinds_walk_at_the_three_speeds_of_their_group(made, world):
    low, best, high = world.pace[0]
    assert len(world.pace[0]) == LEVELS
    np.testing.assert_array_equal(best, made.optimum.flows[0].rounded.transit)
    assert (low >= best).all()
    assert (best >= high).all()
    assert low.sum() > best.sum() > high.sum()


def test_trees_lead_to_the_crossing_in_the_minutes_they_say(made, world):
    end, onward, away = world.ways[:3]
    minutes = made.ways.minutes(1.0)
    for zone, node in enumerate(made.ways.zone_node.tolist()):
        here, taken = node, 0.0
        while here != end[0, 0]:
            arc = onward[0, 0, here]
            assert made.ways.tail[arc] == here
            taken += minutes[arc]
            here = made.ways.head[arc]
        assert away[0, 0, node] == pytest.approx(taken, abs=1e-3)
        assert world.nearest[0, zone] == 0


def test_waves_stand_in_order_and_are_all_there(made, world):
    places = world.places
    assert places.people.sum() == made.schedule.total
    for first, last in pairwise(places.first):
        assert (np.diff(places.start[first:last]) >= 0).all()
    begin, arcs = world.ways[3:]
    routes = {tuple(arcs[a:b].tolist()) for a, b in pairwise(begin)}
    assert routes == {wave.arcs for wave in made.schedule.waves}


def test_nobody_can_change_a_world(world):
    for array in (*world.net, *world.pace, *world.ways, world.serves, world.receives):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_without_a_schedule_only_those_come_who_leave_at_their_own_time(world):
    none = np.zeros(0, np.int64)
    first = np.zeros_like(world.places.first)
    bare = replace(world, places=Places(first, none, none, np.zeros(0), none, none))
    assert draw(bare, AS_TOLD, generator(1, 0)).coming == 0
    own = draw(bare, replace(AS_TOLD, on_schedule=0.0), generator(1, 0), share=0.5)
    assert own.coming == own.willing == world.supply.sum() // 2
    assert simulate(bare, own).out[-1] > 0


def test_nobody_enters_what_is_kept_free(tmp_path):
    text = LINE[: LINE.index("[[groups]]")]
    text += SECOND.format(rate=5, lat=36.2189, armed=36.2081)  # the armed corridor near the middle
    text += LINE[LINE.index("[[groups]]") :]
    made = plan(line_town(tmp_path, text.replace("lon = 37.206", "lon = 37.2")))
    world = world_of(made)
    row, shut = world.net[8], world.net[9]
    closed = np.flatnonzero(row[0] >= 0)
    assert len(closed)
    assert shut[row[0, closed]].any(axis=1).all()
    draws = draw(world, replace(AS_TOLD, on_schedule=0.0), generator(1, 0))
    assert simulate(world, draws).out[-1] > 0


def test_a_group_that_no_corridor_is_for_stays(tmp_path):
    text = mixed_town().replace('id = "gate"\n', 'id = "gate"\ngroups = ["families", "wounded"]\n')
    text = text.replace('means = "car"\n', 'means = "car"\nif_excluded = "unmoved"\n')
    made = plan(line_town(tmp_path, text))
    world = world_of(made)
    assert (world.nearest[2] == -1).all()
    draws = draw(world, replace(AS_TOLD, on_schedule=0.0), generator(1, 0))
    assert set(draws.who[2].tolist()) == {0, 1}
    assert draws.willing == world.supply.sum() > draws.coming


def test_a_crossing_that_a_group_cannot_get_to_is_on_nobodys_way(tmp_path):
    more = """
[[corridors]]
id = "by-bus"
name = "By bus"
people_per_min_per_lane = 10
position = { lat = 36.2, lon = 37.201 }
groups = ["riders"]
[[groups]]
id = "riders"
name = "Riders"
share = 0.5
means = "bus"
slowest = "walking-stick"
[[shuttles]]
id = "bus"
name = "Bus"
corridor = "by-bus"
position = { lat = 36.2081, lon = 37.2 }
fleet = 2
seats = 40
ride_min = 8
"""
    made = plan(line_town(tmp_path, LINE.replace("share = 1.0", "share = 0.5") + more))
    world = world_of(made)
    end, onward, away = world.ways[:3]
    riders = [flow.group.id for flow in made.optimum.flows].index("riders")
    reached = np.isfinite(away[riders]).sum(axis=1)
    assert min(reached[end[riders] >= 0]) == 1  # the gate's own junction
    assert (onward[riders][~np.isfinite(away[riders])] == -1).all()
    assert simulate(world, draw(world, AS_TOLD, generator(1, 0))).out[-1] == made.schedule.total
