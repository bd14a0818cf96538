"""Keep what later rooms must be able to say of a street: bridge, steps, one-way, access, width."""

import numpy as np
import pytest

from city.tiny import STEP, triangle, write
from safepassage.city.highways import highway_classes, parse_layer
from safepassage.city.model import StreetMap
from safepassage.city.osm import read_osm


def sides(folder, tags, mode="walk", refs=(2, 3)):
    streets = read_osm(triangle(folder, tags, refs=refs), mode=mode)
    return streets, np.flatnonzero(streets.way_id == 200)


def test_bridges_tunnels_and_layers(tmp_path):
    tags = {"highway": "footway", "bridge": "viaduct", "layer": "2"}
    streets, mine = sides(tmp_path, tags)
    assert streets.bridge[mine].tolist() == [True, True]
    assert not streets.bridge.sum() > 2
    assert streets.layer[mine].tolist() == [2, 2]
    assert not streets.tunnel.any()
    streets, mine = sides(tmp_path, {"highway": "footway", "tunnel": "yes", "layer": "-1"})
    assert streets.tunnel[mine].all()
    assert streets.layer[mine].tolist() == [-1, -1]
    streets, mine = sides(tmp_path, {"highway": "footway", "bridge": "no", "tunnel": "no"})
    assert not streets.bridge.any()
    assert not streets.tunnel.any()


@pytest.mark.parametrize(
    ("text", "layer"), [("1", 1), ("-2", -2), (" 3 ", 3), ("9", 0), ("1;2", 0), ("", 0), (None, 0)]
)
def test_layers(text, layer):
    assert parse_layer(text) == layer


def test_a_street_is_a_bridge_where_a_part_of_it_is_and_has_the_layer_of_that_part(tmp_path):
    nodes = {i: (60.0, 25.0 + i * STEP) for i in range(1, 5)}
    path_ = {"highway": "path"}
    ways = {
        1: ((1, 2), path_),
        2: ((2, 3), {**path_, "bridge": "yes", "layer": "-1"}),
        3: ((3, 4), {**path_, "layer": "0"}),
    }
    streets = read_osm(write(tmp_path, nodes, ways))
    assert streets.bridge.tolist() == [True, True]
    assert streets.layer.tolist() == [-1, -1]


@pytest.mark.parametrize(
    ("first", "second", "width", "tagged"),
    [
        ({}, {}, 1.0, False),
        ({"width": "3"}, {}, 1.0, False),  # the default of the narrower part binds
        ({"width": "3"}, {"width": "2"}, 2.0, True),
        ({"width": "0.8"}, {}, 0.8, True),
        ({"width": "1"}, {}, 1.0, True),
        ({"width": "wide"}, {"est_width": "4"}, 1.0, False),
    ],
)
def test_a_width_is_told_from_a_default_where_it_binds(tmp_path, first, second, width, tagged):
    nodes = {i: (60.0, 25.0 + i * STEP) for i in range(1, 4)}
    ways = {
        1: ((1, 2), {"highway": "path", **first}),
        2: ((2, 3), {"highway": "path", **second}),
    }
    streets = read_osm(write(tmp_path, nodes, ways))
    assert streets.width_m.tolist() == [width, width]
    assert streets.width_tagged.tolist() == [tagged, tagged]


def test_width_from_lanes_is_no_tagged_width(tmp_path):
    streets, mine = sides(tmp_path, {"highway": "residential", "lanes": "2"})
    assert streets.width_m[mine].tolist() == [6.5, 6.5]
    assert not streets.width_tagged.any()


@pytest.mark.parametrize(
    ("tags", "mode", "count", "oneway"),
    [
        ({"highway": "residential", "oneway": "yes"}, "vehicle", 1, True),
        ({"highway": "residential", "oneway": "yes"}, "walk", 2, False),
        ({"highway": "footway", "oneway:foot": "-1"}, "walk", 1, True),
    ],
)
def test_one_way_streets(tmp_path, tags, mode, count, oneway):
    streets, mine = sides(tmp_path, tags, mode)
    assert streets.oneway[mine].tolist() == [oneway] * count


@pytest.mark.parametrize(
    ("tags", "mode", "access"),
    [
        ({"highway": "residential"}, "walk", None),
        ({"highway": "residential", "access": "yes"}, "walk", None),
        ({"highway": "residential", "foot": "designated"}, "walk", "foot=designated"),
        ({"highway": "service", "access": "private", "foot": "yes"}, "walk", "foot=yes"),
        ({"highway": "track", "motorcar": "yes"}, "vehicle", "motorcar=yes"),
        ({"highway": "track", "vehicle": "destination"}, "vehicle", "vehicle=destination"),
    ],
)
def test_the_tag_that_opens_a_street(tmp_path, tags, mode, access):
    streets, mine = sides(tmp_path, tags, mode)
    said = {streets.access_tags[i] if i >= 0 else None for i in streets.access[mine].tolist()}
    assert said == {access}


def test_steps_are_slower_and_carry_fewer(tmp_path):
    streets, mine = sides(tmp_path, {"highway": "steps"})
    np.testing.assert_allclose(streets.walk_factor[mine], 0.610 / 1.34, atol=0.001)
    np.testing.assert_allclose(streets.flow_factor[mine], 0.85 / 1.225, atol=0.005)
    rest = np.setdiff1d(np.arange(streets.n_streets), mine)
    assert (streets.walk_factor[rest] == 1).all()
    assert (streets.flow_factor[rest] == 1).all()


def test_lanes_carry_what_their_class_carries(tmp_path):
    tags = {"highway": "primary", "lanes": "4", "lanes:backward": "1"}
    streets, mine = sides(tmp_path, tags, "vehicle")
    assert sorted(streets.vehicles_per_h[mine].tolist()) == [1200, 3600]
    tags = {"highway": "residential", "motor_vehicle": "no"}
    streets, mine = sides(tmp_path, tags)
    assert streets.vehicles_per_h[mine].tolist() == [0, 0]


def test_the_table_of_classes_gives_a_source_or_says_that_it_assumes():
    for row in highway_classes().values():
        if row.kind != "street":
            continue
        assert 0 < row.walk_factor <= 1
        assert 0 < row.flow_factor <= 1
        assert (row.vehicles_per_lane_per_h > 0) == (row.lanes > 0)
        if row.vehicles_per_lane_per_h:
            assert (
                "vehicles: " in row.source
                or "rest: assumption" in row.source
                or (row.source == "assumption")
            )
        if row.walk_factor < 1:
            assert "walk_factor: " in row.source


def test_a_map_made_without_these_has_the_ordinary():
    one = np.zeros(1)
    index = np.zeros(1, np.int64)
    plain = StreetMap(
        lat=np.zeros(2), lon=np.zeros(2), node_id=np.full(2, -1), tail=index, head=index + 1,
        length_m=one, width_m=one, lanes=one, speed_kmh=one, highway=index,
        highway_names=("path",), name=index - 1, street_names=(), way_id=index - 1,
        shape_start=np.array([0, 2]), shape_lat=np.zeros(2), shape_lon=np.zeros(2),
    )  # fmt: skip
    assert plain.bridge.tolist() == plain.oneway.tolist() == plain.width_tagged.tolist() == [False]
    assert plain.access.tolist() == [-1]
    assert plain.walk_factor.tolist() == plain.flow_factor.tolist() == [1.0]
    assert not plain.walk_factor.flags.writeable


@pytest.mark.parametrize(
    ("tags", "lanes"),
    [
        ({"oneway": "yes", "lanes:forward": "3"}, 3),
        ({"oneway": "-1", "lanes:backward": "2"}, 2),
        ({"oneway": "yes", "lanes": "4", "lanes:forward": "3"}, 4),
        ({"oneway": "yes", "lanes:backward": "2"}, 1),
    ],
)
def test_lanes_of_a_one_way_street(tmp_path, tags, lanes):
    streets, mine = sides(tmp_path, {"highway": "primary", **tags}, "vehicle")
    assert streets.lanes[mine].tolist() == [lanes]
