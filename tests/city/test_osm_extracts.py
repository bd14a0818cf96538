"""Read two real extracts and compare every street with a slow, plain twin."""

import gzip
from collections import Counter
from functools import cache
from itertools import pairwise

import numpy as np
import osmium
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from city.extracts import finnish_town, helsinki
from oracles.osm_plain import Plain, osm_id
from safepassage.base.geo import distance_m
from safepassage.city.osm import read_osm

BOTH = pytest.mark.parametrize("find", [helsinki, finnish_town])
MODES = pytest.mark.parametrize("mode", ["walk", "vehicle"])


@cache
def city(find, mode):
    return read_osm(find(), mode=mode)


@cache
def plain(find, mode):
    twin = Plain(find(), mode)
    whole = sum(what[0] for what in twin.segments.values())
    twin.keep_largest_part(mode)
    part = sum(what[0] for what in twin.segments.values())
    return twin, twin.streets(), whole, part


def lines(streets):
    """Give each street as the positions it runs through, to the seventh decimal."""
    lat = np.round(streets.shape_lat * 1e7).astype(np.int64)
    lon = np.round(streets.shape_lon * 1e7).astype(np.int64)
    points = list(zip(lat.tolist(), lon.tolist(), strict=True))
    ends = streets.shape_start.tolist()
    return [tuple(points[a:b]) for a, b in pairwise(ends)]


@BOTH
@MODES
def test_every_street_is_one_that_the_plain_twin_walks(find, mode):
    streets, (twin, walked, _, _) = city(find, mode), plain(find, mode)

    def spot(point):
        lat, lon = twin.where[osm_id(point)]
        return round(lat * 1e7), round(lon * 1e7)

    assert Counter(lines(streets)) == Counter(tuple(map(spot, line)) for line in walked)


@BOTH
@MODES
def test_total_length_is_that_of_the_plain_twin(find, mode):
    streets, (twin, walked, _, part) = city(find, mode), plain(find, mode)
    assert streets.length_m.sum() == pytest.approx(sum(map(twin.length, walked)), rel=1e-9)
    once = sum(what[0] for what in twin.segments.values())  # what is left without loops
    pairs = np.sort(np.column_stack([streets.tail, streets.head]), axis=1)
    keys = np.column_stack([pairs, streets.way_id, streets.length_m.view(np.int64)])
    first = np.unique(keys, axis=0, return_index=True)[1]
    assert streets.length_m[first].sum() == pytest.approx(once, rel=1e-9)
    assert once <= part
    assert once > 0.97 * part  # loops are few


@BOTH
@MODES
def test_most_of_the_network_is_in_its_largest_part(find, mode):
    _, _, whole, part = plain(find, mode)
    assert part > 0.8 * whole


@BOTH
@MODES
def test_shortest_ways_between_junctions_are_those_of_the_unsimplified_map(find, mode):
    streets, (twin, _, _, _) = city(find, mode), plain(find, mode)
    graph = csr_array(
        _least(streets.tail, streets.head, streets.length_m), shape=(streets.n_nodes,) * 2
    )
    parted = {osm_id(p) for pair in twin.segments for p in pair if osm_id(p) != p}
    whole = np.flatnonzero(~np.isin(streets.node_id, list(parted)))
    assert len(whole) > 0.9 * streets.n_nodes
    for start in whole[:: max(1, len(whole) // 7)].tolist():
        slow = twin.distances(int(streets.node_id[start]))
        fast = dijkstra(graph, indices=start)
        expected = [slow.get(i, np.inf) for i in streets.node_id[whole].tolist()]
        np.testing.assert_allclose(fast[whole], expected, rtol=1e-9, atol=1e-6)


def _least(tail, head, length):
    """Keep the shortest of parallel streets; a sparse matrix would add them up."""
    order = np.lexsort((length, head, tail))
    first = np.append(True, (np.diff(tail[order]) != 0) | (np.diff(head[order]) != 0))
    keep = order[first]
    return length[keep], (tail[keep], head[keep])


@BOTH
@MODES
def test_geometry_starts_and_ends_at_the_streets_junctions_and_has_its_length(find, mode):
    streets = city(find, mode)
    start, end = streets.shape_start[:-1], streets.shape_start[1:] - 1
    assert streets.shape_start[0] == 0
    assert streets.shape_start[-1] == len(streets.shape_lat)
    assert (end > start).all()
    for at, node in ((start, streets.tail), (end, streets.head)):
        np.testing.assert_array_equal(streets.shape_lat[at], streets.lat[node])
        np.testing.assert_array_equal(streets.shape_lon[at], streets.lon[node])
    lat, lon = streets.shape_lat, streets.shape_lon
    steps = np.append(distance_m(lat[:-1], lon[:-1], lat[1:], lon[1:]), 0.0)
    steps[end] = 0.0
    np.testing.assert_allclose(
        np.add.reduceat(steps, start), streets.length_m, rtol=1e-9, atol=1e-9
    )


@BOTH
@MODES
def test_network_is_connected_and_has_no_needless_junction(find, mode):
    streets = city(find, mode)
    graph = csr_array(
        (np.ones(streets.n_streets), (streets.tail, streets.head)), shape=(streets.n_nodes,) * 2
    )
    kind = "weak" if mode == "walk" else "strong"
    assert connected_components(graph, directed=True, connection=kind)[0] == 1
    assert (streets.tail != streets.head).all()
    if mode == "walk":
        leaving = [[] for _ in range(streets.n_nodes)]
        for tail, kind in zip(streets.tail.tolist(), streets.highway.tolist(), strict=True):
            leaving[tail].append(kind)
        assert not [kinds for kinds in leaving if len(kinds) == 2 and kinds[0] == kinds[1]]


@BOTH
@MODES
def test_figures_stay_within_reason(find, mode):
    streets = city(find, mode)
    assert np.isfinite(streets.length_m).all()
    assert (streets.length_m >= 0).all()
    walked, driven = streets.width_m > 0, streets.lanes > 0
    assert (walked if mode == "walk" else driven).all()
    assert (streets.width_m[walked] >= 0.3).all()
    assert (streets.width_m <= 100).all()
    assert set(streets.lanes[driven].tolist()) <= set(range(1, 9))
    assert ((streets.speed_kmh > 0) == driven).all()
    assert (streets.speed_kmh <= 130).all()
    assert all(count > 0 for count in streets.left_out.values())
    assert streets.highway.max() == len(streets.highway_names) - 1
    assert streets.name.max() == len(streets.street_names) - 1
    assert not streets.lat.flags.writeable


def test_helsinki_on_foot_is_plausible():
    streets = city(helsinki, "walk")
    assert 2_000 < streets.n_nodes < 4_000
    assert 6_000 < streets.n_streets < 9_000
    assert 80_000 < streets.length_m.sum() / 2 < 100_000
    assert {"Mannerheimintie", "Aleksanterinkatu", "Kaivokatu"} <= set(streets.street_names)
    assert {"steps", "footway", "primary"} <= set(streets.highway_names)
    assert streets.left_out["squares and other areas drawn as outlines"] == 53
    assert streets.left_out["streets not built or out of use"] == 3


def test_a_known_street_can_be_found_again():
    streets = city(helsinki, "vehicle")
    mine = streets.name == streets.street_names.index("Mannerheimintie")
    assert mine.sum() >= 5
    classes = {streets.highway_names[i] for i in streets.highway[mine]}
    assert classes == {"primary"}
    ways = {
        way.id: dict(way.tags)
        for way in osmium.FileProcessor(str(helsinki()), osmium.osm.WAY)
        if way.tags.get("name") == "Mannerheimintie"
    }
    assert set(streets.way_id[mine].tolist()) <= set(ways)
    # its carriageways are one-way: no street of it stands in both directions
    pairs = set(zip(streets.tail[mine].tolist(), streets.head[mine].tolist(), strict=True))
    assert not {(b, a) for a, b in pairs} & pairs


def test_motorway_near_the_town_is_for_vehicles_only():
    assert "motorway" not in city(finnish_town, "walk").highway_names
    assert "motorway" in city(finnish_town, "vehicle").highway_names


def same(one, other, *, but=()):
    for slot in set(one.__slots__) - set(but):
        np.testing.assert_equal(getattr(one, slot), getattr(other, slot))
    return True


@MODES
def test_other_formats_and_a_second_reading_give_the_same_map(tmp_path, mode):
    xml = tmp_path / "helsinki.osm"
    with osmium.SimpleWriter(str(xml)) as writer:
        for item in osmium.FileProcessor(str(helsinki()), osmium.osm.NODE | osmium.osm.WAY):
            writer.add(item)
    packed = tmp_path / "helsinki.osm.gz"
    packed.write_bytes(gzip.compress(xml.read_bytes(), 1))
    for path in (helsinki(), xml, packed):
        assert same(read_osm(path, mode=mode), city(helsinki, mode))


def test_box_keeps_what_lies_inside():
    box = (24.938, 60.167, 24.946, 60.172)
    whole, part = city(helsinki, "walk"), read_osm(helsinki(), box=box)
    assert 0 < part.n_streets < whole.n_streets
    assert (part.shape_lon >= box[0]).all()
    assert (part.shape_lon <= box[2]).all()
    assert (part.shape_lat >= box[1]).all()
    assert (part.shape_lat <= box[3]).all()
    assert part.left_out["streets outside the box"] > 100
    everywhere = read_osm(helsinki(), box=(-180, -90, 180, 90))
    assert same(everywhere, whole, but={"left_out"})
    unplaced = {"street points without a position in the file"}  # may lie outside as well
    assert whole.left_out.keys() - everywhere.left_out.keys() == unplaced


def test_progress_is_told():
    told = []
    read_osm(finnish_town(), progress=lambda what, done=None: told.append((what, done)))
    assert told[0] == ("Reading test.osm.pbf", None)
    assert told[-1] == ("Joining streets", 1.0)
