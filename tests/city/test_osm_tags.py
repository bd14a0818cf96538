"""Read files of a few ways, one for each rule."""

import gzip

import numpy as np
import pytest

from city.tiny import STEP, TRIANGLE, triangle, write
from safepassage.base.geo import distance_m
from safepassage.city.osm import read_osm


def side(streets):
    """Give the directions in which the side under test, way 200, can be used."""
    mine = streets.way_id == 200
    pairs = zip(streets.tail[mine].tolist(), streets.head[mine].tolist(), strict=True)
    return {(int(streets.node_id[a]), int(streets.node_id[b])) for a, b in pairs}


THERE, BACK = (2, 3), (3, 2)


@pytest.mark.parametrize(
    ("tags", "mode", "open_"),
    [
        ({"highway": "residential"}, "walk", {THERE, BACK}),
        ({"highway": "residential"}, "vehicle", {THERE, BACK}),
        ({"highway": "residential", "oneway": "yes"}, "walk", {THERE, BACK}),
        ({"highway": "residential", "oneway": "yes"}, "vehicle", {THERE}),
        ({"highway": "residential", "oneway": "-1"}, "vehicle", {BACK}),
        ({"highway": "residential", "junction": "roundabout"}, "vehicle", {THERE}),
        ({"highway": "motorway"}, "vehicle", {THERE}),
        ({"highway": "motorway"}, "walk", set()),
        ({"highway": "footway", "oneway:foot": "yes"}, "walk", {THERE}),
        ({"highway": "steps"}, "walk", {THERE, BACK}),
        ({"highway": "steps"}, "vehicle", set()),
        ({"highway": "footway", "bridge": "yes", "layer": "1"}, "walk", {THERE, BACK}),
        ({"highway": "residential", "bridge": "yes"}, "vehicle", {THERE, BACK}),
        ({"highway": "service", "access": "private"}, "walk", set()),
        ({"highway": "service", "access": "private", "foot": "yes"}, "walk", {THERE, BACK}),
        ({"highway": "residential", "motor_vehicle": "no"}, "vehicle", set()),
        ({"highway": "residential", "motor_vehicle": "no"}, "walk", {THERE, BACK}),
        ({"highway": "pedestrian", "area": "yes"}, "walk", set()),
        ({"highway": "construction", "construction": "residential"}, "walk", set()),
        ({"highway": "proposed", "foot": "yes"}, "walk", set()),
        ({"railway": "tram"}, "walk", set()),
    ],
)
def test_who_may_go_where(tmp_path, tags, mode, open_):
    assert side(read_osm(triangle(tmp_path, tags), mode=mode)) == open_


@pytest.mark.parametrize(
    ("barrier", "mode", "passes"),
    [
        ({"barrier": "bollard"}, "walk", True),
        ({"barrier": "bollard"}, "vehicle", False),
        ({"barrier": "gate"}, "vehicle", True),
        ({"barrier": "gate", "access": "private"}, "walk", False),
    ],
)
def test_a_closed_barrier_parts_its_street(tmp_path, barrier, mode, passes):
    path = triangle(tmp_path, {"highway": "residential"}, barrier=barrier)
    streets = read_osm(path, mode=mode)
    assert side(streets) == ({THERE, BACK} if passes else {(2, 9), (9, 2), (3, 9), (9, 3)})
    count = (streets.node_id == 9).sum()
    assert count == (0 if passes else 2)
    key = f"ways through barriers closed to {'vehicles' if mode == 'vehicle' else 'people on foot'}"
    assert streets.left_out.get(key, 0) == (0 if passes else 1)


def test_attributes_of_a_street(tmp_path):
    tags = {
        "highway": "secondary", "name": "شارع", "width": "9,5 m", "lanes": "3", "oneway": "yes",
        "maxspeed": "40",
    }  # fmt: skip
    streets = read_osm(triangle(tmp_path, tags))
    (ahead,) = np.flatnonzero((streets.way_id == 200) & (streets.lanes > 0))
    (back,) = np.flatnonzero((streets.way_id == 200) & (streets.lanes == 0))
    assert streets.street_names == ("شارع",)
    assert streets.name[ahead] == streets.name[back] == 0
    assert streets.highway_names[streets.highway[ahead]] == "secondary"
    assert streets.width_m[ahead] == streets.width_m[back] == 9.5
    assert streets.lanes[ahead] == 3
    assert (streets.speed_kmh[ahead], streets.speed_kmh[back]) == (40, 0)
    expected = distance_m(*TRIANGLE[2], *TRIANGLE[3])
    assert streets.length_m[ahead] == streets.length_m[back] == pytest.approx(expected)
    assert streets.node_id.tolist() == sorted(TRIANGLE)


def chain_of(tmp_path, *tags, refs=(), mode="walk"):
    """Draw ways 1-2, 2-3, … with the tags given, one after the other."""
    nodes = {i + 1: (60.0, 25.0 + i * STEP) for i in range(len(tags) + 1)}
    ways = {10 * (i + 1): ((i + 1, i + 2), what) for i, what in enumerate(tags)}
    return read_osm(write(tmp_path, nodes, ways), mode=mode)


def test_a_chain_becomes_one_street_with_the_narrowest_width(tmp_path):
    home = {"highway": "residential"}
    streets = chain_of(
        tmp_path, home, {**home, "width": "3"}, {**home, "width": "8", "name": "Long Street"}
    )
    assert (streets.n_nodes, streets.n_streets) == (2, 2)
    assert streets.way_id.tolist() == [10, 10]
    assert streets.width_m.tolist() == [3, 3]
    assert streets.street_names == ("Long Street",)
    assert streets.name.tolist() == [0, 0]
    assert streets.length_m[0] == pytest.approx(distance_m(60.0, 25.0, 60.0, 25.0 + 3 * STEP))
    assert streets.shape_lon[:4].tolist() == pytest.approx([25 + i * STEP for i in range(4)])
    assert streets.shape_lon[4:].tolist() == pytest.approx([25 + i * STEP for i in (3, 2, 1, 0)])


def test_a_chain_keeps_the_time_and_the_fewest_lanes(tmp_path):
    fast = {"highway": "primary", "lanes": "4", "maxspeed": "60"}
    slow = {"highway": "primary", "lanes": "6", "maxspeed": "30"}
    streets = chain_of(tmp_path, fast, slow, mode="vehicle")
    assert streets.lanes.tolist() == [2, 2]
    assert streets.speed_kmh.tolist() == pytest.approx([40, 40])


def test_a_chain_is_parted_where_the_class_or_the_direction_changes(tmp_path):
    home = {"highway": "residential"}
    streets = chain_of(tmp_path, home, {"highway": "steps"}, home)
    assert (streets.n_nodes, streets.n_streets) == (4, 6)
    assert streets.width_m.tolist() == [4.8, 4.8, 1.2, 1.2, 4.8, 4.8]
    streets = chain_of(tmp_path, home, {**home, "oneway:foot": "yes"}, home)
    assert (streets.n_nodes, streets.n_streets) == (4, 5)


def test_parallel_streets_stay_and_loops_go(tmp_path):
    nodes = {
        1: (60.0, 25.0), 2: (60.0, 25.002), 3: (60.001, 25.001), 4: (59.999, 25.001),
        5: (60.0, 24.999), 6: (60.0, 25.003), 7: (60.001, 25.004), 8: (59.999, 25.004),
    }  # fmt: skip
    home = {"highway": "residential"}
    ways = {
        1: ((5, 1), home), 2: ((1, 3, 2), home), 3: ((1, 4, 2), home), 4: ((2, 6), home),
        5: ((6, 7, 8, 6), home),
    }  # fmt: skip
    streets = read_osm(write(tmp_path, nodes, ways))
    pairs = [
        (int(streets.node_id[a]), int(streets.node_id[b]))
        for a, b in zip(streets.tail, streets.head, strict=True)
    ]
    assert pairs == [(5, 1), (1, 5), (1, 2), (2, 1), (1, 2), (2, 1), (2, 6), (6, 2)]
    assert streets.left_out == {"loops that lead back to where they start": 1}


def test_two_ways_over_the_same_points_are_one_street(tmp_path):
    home = {"highway": "residential"}
    nodes = {1: (60.0, 25.0), 2: (60.0, 25.001)}
    ways = {1: ((1, 2), home), 2: ((2, 1), {"highway": "footway", "width": "9"})}
    streets = read_osm(write(tmp_path, nodes, ways))
    assert streets.n_streets == 2
    assert streets.width_m.tolist() == [9, 9]
    assert streets.left_out == {"stretches drawn twice over the same points": 1}


def test_only_the_largest_part_stays_strongly_connected_for_vehicles(tmp_path):
    home, one_way = {"highway": "residential"}, {"highway": "residential", "oneway": "yes"}
    nodes = {i: (60.0, 25.0 + i * STEP) for i in range(1, 8)}
    ways = {1: ((1, 2, 3), home), 2: ((3, 4), one_way), 3: ((5, 6), home)}
    walk = read_osm(write(tmp_path, nodes, ways))
    assert walk.node_id.tolist() == [1, 4]
    assert walk.left_out == {"streets outside the largest connected part": 1}
    drive = read_osm(write(tmp_path, nodes, ways), mode="vehicle")
    assert drive.node_id.tolist() == [1, 3]
    assert drive.left_out == {"streets outside the largest connected part": 2}


def test_a_street_through_missing_nodes_is_parted(tmp_path):
    home = {"highway": "residential"}
    nodes = {i: (60.0, 25.0 + i * STEP) for i in (1, 2, 3, 5)}
    streets = read_osm(write(tmp_path, nodes, {1: ((1, 2, 3, 4, 5), home)}))
    assert streets.node_id.tolist() == [1, 3]
    assert streets.left_out == {"street points without a position in the file": 1}


def test_repeated_points_and_ways_of_one_point_do_no_harm(tmp_path):
    home = {"highway": "residential"}
    nodes = {i: (60.0, 25.0 + i * STEP) for i in (1, 2, 3)}
    ways = {1: ((1, 1, 2, 2, 3), home), 2: ((2,), home), 3: ((), home)}
    streets = read_osm(write(tmp_path, nodes, ways))
    assert streets.node_id.tolist() == [1, 3]
    assert streets.n_streets == 2


def test_nodes_behind_the_ways_in_any_order_and_new_nodes_are_found(tmp_path):
    home = {"highway": "residential"}
    nodes = {-7: (60.0, 25.001), 9: (60.0, 25.002), 2: (60.0, 25.0)}
    ways = {-3: ((2, -7, 9), home)}
    for ways_first in (True, False):
        streets = read_osm(write(tmp_path, nodes, ways, ways_first=ways_first))
        assert streets.node_id.tolist() == [2, 9]
        assert streets.shape_lon[:3].tolist() == pytest.approx([25.0, 25.001, 25.002])
        assert streets.left_out == {}
    tips = {-1: (60.0, 25.0), -2: (60.0, 25.001)}
    assert read_osm(write(tmp_path, tips, {4: ((-1, -2), home)})).node_id.tolist() == [-2, -1]


def test_compressed_xml_and_capital_letters(tmp_path):
    path = triangle(tmp_path, {"highway": "residential"})
    packed = tmp_path / "TINY.OSM.GZ"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert read_osm(packed).n_streets == read_osm(path).n_streets == 12


def test_width_tags_that_cannot_be_are_counted(tmp_path):
    streets = read_osm(triangle(tmp_path, {"highway": "residential", "width": "wide"}))
    assert streets.left_out == {"width tags that could not be used": 1}
    assert set(streets.width_m.tolist()) == {4.8}


def test_name_falls_back_on_the_number(tmp_path):
    assert read_osm(triangle(tmp_path, {"highway": "primary", "ref": "E 12"})).street_names == (
        "E 12",
    )
