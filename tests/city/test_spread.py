"""Spread people over streets and find nearest junctions, against answers known beforehand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from city.extracts import helsinki
from city.tiny import write
from safepassage.base.errors import InputError
from safepassage.base.geo import distance_m, to_metres
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.city.osm import read_osm
from safepassage.city.spread import nearest_node, spread_people

PEOPLE = LowBestHigh(low=6_000, best=8_000, high=12_000)
DEGREES_PER_M = 1 / 111_195.08
"""Of latitude, on a sphere of the earth's mean radius."""


def cross(tmp_path, *, arm=900, side="residential", tags=None):
    """Draw a street of ``arm`` metres north from a corner, and one of 300 m to the east."""
    east = 300 * DEGREES_PER_M / np.cos(np.radians(60.0))
    nodes = {1: (60.0, 25.0), 2: (60.0 + arm * DEGREES_PER_M, 25.0), 3: (60.0, 25.0 + east)}
    ways = {
        1: ((1, 2), {"highway": side}),
        2: ((1, 3), {"highway": "primary"}),
        3: ((3, 1), {"highway": "footway"}),
    }
    if tags:
        nodes[4] = (60.0 + 1e-4, 25.0 + east / 2)
        ways[4] = ((1, 4, 3), tags)
    return write(tmp_path, nodes, ways)


def test_people_go_by_length_into_the_cells_that_a_street_runs_through(tmp_path):
    zones, said = spread_people(read_osm(cross(tmp_path)), PEOPLE)
    assert zones.ids == zones.names == ("cell 1-1", "cell 1-2")
    assert zones.names_ar == ("", "")
    # 500 m of 900 m lie in the first cell
    np.testing.assert_allclose(zones.best, [8_000 * 5 / 9, 8_000 * 4 / 9], rtol=0.01)
    np.testing.assert_allclose(zones.low / zones.best, 0.75)
    np.testing.assert_allclose(zones.high / zones.best, 1.5)
    middles = 60 + np.array([250, 700]) * DEGREES_PER_M
    np.testing.assert_allclose(zones.lat, middles, atol=3 * DEGREES_PER_M)
    np.testing.assert_allclose(zones.lon, 25.0, atol=1e-9)
    assert zones.node.tolist() == [0, 1]
    np.testing.assert_allclose(zones.access_m, [250, 200], atol=3)
    assert "0.9 km of streets with homes" in said
    assert "2 squares of 500 m" in said
    assert "8,000 (6,000 to 12,000) people" in said


def test_smaller_cells_are_more(tmp_path):
    zones, _ = spread_people(read_osm(cross(tmp_path)), PEOPLE, cell_m=100)
    assert zones.ids == tuple(f"cell 1-{i}" for i in range(1, 10))
    np.testing.assert_allclose(zones.best, 8_000 / 9, rtol=0.06)


def test_a_one_way_street_counts_as_much_as_a_two_way_one(tmp_path):
    tags = {"highway": "residential", "oneway:foot": "yes"}
    streets = read_osm(cross(tmp_path, arm=300, tags=tags))
    zones, said = spread_people(streets, PEOPLE, cell_m=100)
    one_way = streets.length_m[streets.way_id == 4]
    assert len(one_way) == 1
    assert f"{(300 + one_way[0]) / 1000:,.1f} km" in said
    assert zones.best.sum() == pytest.approx(8_000)


def test_without_streets_of_homes_all_streets_count_and_that_is_said(tmp_path):
    zones, said = spread_people(read_osm(cross(tmp_path, side="tertiary")), PEOPLE)
    assert "streets of every class" in said
    assert len(zones) == 2
    assert zones.best.sum() == pytest.approx(8_000)


def test_helsinki():
    streets = read_osm(helsinki())
    zones, said = spread_people(streets, PEOPLE)
    for column, total in ((zones.low, 6_000), (zones.best, 8_000), (zones.high, 12_000)):
        assert column.sum() == pytest.approx(total)
        assert (column > 0).all()
    assert 5 <= len(zones) <= 20
    assert len(set(zones.ids)) == len(zones)
    assert (zones.access_m < 250).all()
    assert zones.node.min() >= 0
    assert zones.node.max() < streets.n_nodes
    again, said_again = spread_people(streets, PEOPLE)
    assert said == said_again
    np.testing.assert_array_equal(zones.best, again.best)


@pytest.mark.parametrize("cell_m", [0, -500, 9.9, float("nan"), float("inf")])
def test_cells_that_are_none(tmp_path, cell_m):
    with pytest.raises(InputError, match="too small a square"):
        spread_people(read_osm(cross(tmp_path)), PEOPLE, cell_m=cell_m)


def test_fewer_people_than_none(tmp_path):
    with pytest.raises(InputError, match="below zero"):
        spread_people(read_osm(cross(tmp_path)), LowBestHigh(low=-1, best=2, high=3))


def test_nearest_junction_of_a_number_and_of_arrays(tmp_path):
    streets = read_osm(cross(tmp_path))
    node, away = nearest_node(streets, 60.0 + 890 * DEGREES_PER_M, 25.0)
    assert isinstance(node, int)
    assert isinstance(away, float)
    assert streets.node_id[node] == 2
    assert away == pytest.approx(10, abs=0.01)
    nodes, aways = nearest_node(streets, np.full((2, 3), 60.0), np.full((2, 3), 25.0))
    assert nodes.shape == aways.shape == (2, 3)
    assert (streets.node_id[nodes] == 1).all()
    assert (aways < 0.01).all()
    none, _ = nearest_node(streets, np.zeros(0), np.zeros(0))
    assert len(none) == 0


@given(st.lists(st.tuples(st.floats(60.16, 60.18), st.floats(24.93, 24.96)), max_size=20))
def test_nearest_junction_is_that_of_a_plain_search(spots):
    streets = HELSINKI.get()
    lat, lon = np.array(spots).reshape(-1, 2).T
    nodes, aways = nearest_node(streets, lat, lon)
    centre = streets.lat.mean(), streets.lon.mean()
    flat = to_metres(streets.lat, streets.lon, *centre)
    for a, b, node, away in zip(lat, lon, nodes, aways, strict=True):
        assert away == distance_m(a, b, streets.lat[node], streets.lon[node])
        to_all = np.linalg.norm(flat - to_metres(a, b, *centre), axis=1)
        assert to_all[node] == pytest.approx(to_all.min(), abs=1e-6)


class Once:
    """Read Helsinki once, and only if a test asks."""

    def __init__(self):
        self.streets = None

    def get(self):
        self.streets = self.streets or read_osm(helsinki())
        return self.streets


HELSINKI = Once()
