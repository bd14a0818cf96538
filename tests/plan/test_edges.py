"""Blocks, bounds and reasons at their edges: where a clock runs ahead or a street is long."""

import numpy as np
import pytest

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.case.model import Group
from safepassage.flow.rounding import round_up
from safepassage.plan.blocks import Reserved
from safepassage.plan.ceiling import ceiling_curve
from safepassage.plan.gates import Gate
from safepassage.plan.walkways import Walkways

ARMED = """[[corridors]]
id = "armed"
name = "Armed"
users = "armed"
reserved = {{ start = 2016-11-04T10:00:00, end = 2016-11-04T10:30:00 }}
position = {{ lat = {lat}, lon = 37.2 }}

[[groups]]"""


def number(value):
    return LowBestHigh.model_validate(value)


def two_streets(minutes, people_per_min):
    """Lay a zone at node 0, a street to node 1, a street to the crossing at node 2."""
    ways = Walkways(
        n_nodes=3, tail=np.array([0, 1]), head=np.array([1, 2]),
        length_m=np.array(minutes) * 60.0, speed_limit_m_per_s=np.full(2, np.inf), pace=np.ones(2),
        people_per_min=np.array(people_per_min, float), street=np.arange(2),
        closed=np.zeros(2, bool), reverse=np.full(2, -1), zone_node=np.array([0]),
    )  # fmt: skip
    group = Group(id="g", name="G", share=1, speed_m_per_s=number(1))
    return ways, (group,)


def test_the_ceiling_counts_those_who_wait_before_a_shut_crossing():
    ways, groups = two_streets([1, 1], [1, 10])
    block = Reserved(np.zeros(2, bool), np.ones(1, bool), 0.0, 100.0)
    curve = ceiling_curve(
        ways, Gate(np.array([2]), ("gate",), (number(10),)), groups, np.array([1000.0]), 120,
        end="best", reserved=(block,),
    )  # fmt: skip
    # 99 people are before the crossing when it opens; the ceiling is for any plan
    assert curve[-1] >= 99


def test_the_ceiling_counts_those_who_enter_just_before_a_block():
    ways, groups = two_streets([0.5, 2.5], [100, 10])
    block = Reserved(np.array([False, True]), np.zeros(1, bool), 30.0, 61.0)
    curve = ceiling_curve(
        ways, Gate(np.array([2]), ("gate",), (number(1000),)), groups, np.array([1000.0]), 60,
        end="best", reserved=(block,),
    )  # fmt: skip
    # from minute 0.5 to minute 27.5 ten a minute enter the second street, and are off it by 30
    assert 270 <= curve[-1] <= 290


def test_nobody_is_near_an_armed_corridor_while_it_is_reserved(tmp_path):
    apart = 0.040469  # degrees: 4,500 m, 75 minutes
    zones = f"id,name,lat,lon,people\nfar,Far,{36.2 + apart},37.2,500\nnear,Near,36.2,37.2,1\n"
    text = LINE.replace("[[groups]]", ARMED.format(lat=36.2 + apart / 2))
    links = "a,b,distance_m,shared_border_m\nfar,near,4499.95,250\n"
    made = plan(line_town(tmp_path, text, zones, links))
    minutes = made.ways.minutes(1.0)
    reserved = 60, 90  # 10:00 to 10:30, without the gap
    for wave in made.schedule.waves:
        for arc, enter in zip(wave.arcs, wave.enter, strict=True):
            if minutes[arc] > 60:
                away = enter + wave.lasting + minutes[arc]
                assert away <= reserved[0] or enter >= reserved[1]


def test_a_shut_crossing_is_not_told_as_full(tmp_path):
    text = LINE.replace("[[groups]]", ARMED.format(lat=36.2001))
    made = plan(line_town(tmp_path, text))
    shut = range(30, 120)
    for limit in made.limits:
        covered = set(shut) & set(range(limit.start, limit.end))
        assert not (limit.corridors and len(covered) >= 30)


def test_who_is_left_is_left_by_the_crossing_where_it_is_what_binds(tmp_path):
    text = LINE.replace("[[groups]]", ARMED.format(lat=36.2001))
    made = plan(line_town(tmp_path, text))
    # the streets carry 360 a minute, the crossing ten
    assert "streets full" not in {each.reason for each in made.not_moved}


def test_rounding_up_is_never_negative():
    rounded = round_up(3, [1, 2, 1], [0, 0, 2], [1 + 0.5e-9, 1 + 1.5e-9, 0.0], [0])
    assert (rounded.transit >= 0).all()


def test_zones_with_one_id_are_refused(tmp_path):
    zone = '[[zones]]\nid = "same"\nname = "Z"\nlat = 36.2027\nlon = 37.2\npeople = 10\n'
    text = LINE.replace('zones = "zones.csv"\n', "").replace(
        "[[groups]]", f"{zone}{zone}[[groups]]"
    )
    links = "a,b,distance_m,shared_border_m\nsame,same,600,250\n"
    with pytest.raises(Exception, match="same"):
        plan(line_town(tmp_path, text, links=links))


def test_the_way_to_an_armed_corridor_is_kept_free_as_well(tmp_path):
    text = LINE.replace("[[groups]]", ARMED.format(lat=36.235))
    free = plan(line_town(tmp_path / "a", text))
    assert not free.not_moved
    # the way to it crosses the street between the middle and the far zone
    way = "way = [[36.2135, 37.19], [36.2135, 37.21]]\nposition ="
    kept = plan(
        line_town(
            tmp_path / "b", text.replace("position = { lat = 36.235", way + " { lat = 36.235")
        )
    )
    late = [wave for wave in kept.schedule.waves if wave.zone == 2]
    street = {arc for wave in late for arc in wave.arcs}
    assert street
    assert all(wave.depart < 10 or wave.depart >= 119 for wave in late)
