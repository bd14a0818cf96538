"""Cut maps to a box or a polygon, and refuse maps of other places."""

import json

import numpy as np
import pytest
import shapely

from city.extracts import helsinki
from safepassage.base.errors import InputError
from safepassage.case import load_case
from safepassage.city import build_city, osm_pbf
from safepassage.city.build import city_inputs
from safepassage.city.clip import Area, read_area
from safepassage.city.osm import read_osm

WEST, SOUTH, EAST, NORTH = BOX = (24.935, 60.165, 24.947, 60.174)
DIAMOND = shapely.Polygon([(WEST, 60.17), (24.941, SOUTH), (EAST, 60.17), (24.941, NORTH)])


def polygon_file(path, *shapes, crs=None):
    features = [
        {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(shape))}
        for shape in shapes
    ]
    whole = {"type": "FeatureCollection", "features": features}
    if crs:
        whole["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(whole))
    return path


def refused(work, *args, **options):
    with pytest.raises(InputError) as caught:
        work(*args, **options)
    return caught.value.faults


def test_which_points_an_area_holds():
    lon = np.array([WEST, 24.941, 24.9351, 24.941, 0.0])
    lat = np.array([60.17, 60.17, 60.1651, 60.18, 0.0])
    assert Area("box", BOX).holds(lon, lat).tolist() == [True, True, True, False, False]
    diamond = Area("polygon", BOX, DIAMOND)
    assert diamond.holds(lon, lat).tolist() == [True, True, False, False, False]


@pytest.mark.parametrize("ours", [True, False])
def test_streets_of_a_polygon_lie_in_it_and_the_others_are_counted(tmp_path, monkeypatch, ours):
    monkeypatch.setattr(osm_pbf, "pays", lambda _: ours)
    area = read_area(polygon_file(tmp_path / "area.geojson", DIAMOND))
    part, box = read_osm(helsinki(), area=area), read_osm(helsinki(), box=BOX)
    assert 0 < part.n_streets < box.n_streets
    near = DIAMOND.buffer(1e-6)
    assert shapely.intersects_xy(near, part.shape_lon, part.shape_lat).all()
    assert part.left_out["streets outside the polygon"] > box.left_out["streets outside the box"]


def test_a_polygon_as_large_as_a_box_gives_the_streets_of_the_box(tmp_path):
    area = read_area(polygon_file(tmp_path / "area.geojson", shapely.box(*BOX)))
    part, box = read_osm(helsinki(), area=area), read_osm(helsinki(), box=BOX)
    np.testing.assert_array_equal(part.way_id, box.way_id)
    np.testing.assert_array_equal(part.shape_lat, box.shape_lat)


def test_two_polygons_are_one_area(tmp_path):
    left, right = shapely.box(WEST, SOUTH, 24.941, NORTH), shapely.box(24.941, SOUTH, EAST, NORTH)
    area = read_area(polygon_file(tmp_path / "area.geojson", left, right))
    assert area.box == BOX
    assert shapely.equals(area.polygon, shapely.box(*BOX))


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]), "is no valid polygon (Self-inter"),
        (shapely.LineString([(0, 0), (1, 1)]), "is a LineString"),
        (shapely.box(60, 100, 61, 101), "lies off the earth"),
        (shapely.Polygon(), "has no shape"),
    ],
)
def test_what_is_no_area(tmp_path, shape, said):
    (fault,) = refused(read_area, polygon_file(tmp_path / "a.geojson", shape))
    assert said in fault.what
    assert fault.where.startswith(str(tmp_path / "a.geojson"))
    assert fault.remedy


def test_more_faults_than_a_person_reads(tmp_path):
    bad = [shapely.Point(i, 0) for i in range(30)]
    faults = refused(read_area, polygon_file(tmp_path / "a.geojson", *bad))
    assert len(faults) == 21
    assert "and 10 more" in faults[-1].what


def test_a_polygon_elsewhere_and_one_with_swapped_coordinates(tmp_path):
    for shape in (shapely.box(36, 37, 37, 38), shapely.box(60.16, 24.93, 60.18, 24.95)):
        area = read_area(polygon_file(tmp_path / "a.geojson", shape))
        (fault,) = refused(read_osm, helsinki(), area=area)
        assert "has no street within the polygon" in fault.what
        assert "longitude before latitude" in fault.remedy


CASE = """
schema = 1
id = "helsinki"
title = "Helsinki"
place = {{ name = "Helsinki", lat = {lat}, lon = {lon}, tz = "Europe/Helsinki" }}
window = {{ start = 2026-06-01T09:00:00, end = 2026-06-01T13:00:00 }}
people = 800
[city]
streets = "{streets}"
{more}
[[corridors]]
id = "north"
name = "North"
people_per_min_per_lane = 20
position = {{ lat = 60.1702, lon = 24.9406 }}
"""


def case(folder, more="", *, streets=None, lat=60.17, lon=24.94):
    text = CASE.format(streets=streets or helsinki(), more=more, lat=lat, lon=lon)
    (folder / "case.toml").write_text(text)
    return load_case(str(folder))


def test_a_case_with_a_box_and_one_with_a_polygon(tmp_path):
    polygon_file(tmp_path / "area.geojson", DIAMOND)
    boxed = case(tmp_path, f"box = [{WEST}, {SOUTH}, {EAST}, {NORTH}]")
    clipped = case(tmp_path, 'clip = "area.geojson"')
    whole = build_city(case(tmp_path)).streets.n_streets
    assert whole > build_city(boxed).streets.n_streets > build_city(clipped).streets.n_streets
    assert [each.name for each in city_inputs(clipped)] == ["Helsinki.osm.pbf", "area.geojson"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("box = [24.9, 60.2, 24.8, 60.1]", "is not [west, south, east, north]"),
        ("box = [24.9, 60.2, 24.8]", "missing"),
        ('clip = "missing.geojson"', "there is no file 'missing.geojson'"),
        ('box = [24.9, 60.1, 25.0, 60.2]\nclip = "case.toml"', "exclude each other"),
        ('place = "Helsinki"', "exclude each other"),
        ("join_m = 30", "less than or equal to 20"),
    ],
)
def test_bad_keys(tmp_path, more, said):
    assert said in str(refused(case, tmp_path, more)[0])


@pytest.mark.parametrize(
    ("lat", "lon", "said"),
    [
        (36.2, 37.2, "Name the map of this place"),
        (24.94, 60.17, "Latitude and longitude are swapped"),
    ],
)
def test_a_map_of_another_place(tmp_path, lat, lon, said):
    (fault,) = refused(build_city, case(tmp_path, lat=lat, lon=lon))
    assert "is a map of another place: it covers 24.9" in fault.what
    assert said in fault.remedy


def test_lines_of_ones_own_in_a_case(tmp_path):
    streets = [
        shapely.LineString([(24.94, 60.17), (24.9406, 60.1702)]),
        shapely.LineString([(24.94, 60.17), (24.94, 60.18)]),
    ]
    polygon_file(tmp_path / "own.geojson", *streets)
    city = build_city(case(tmp_path, streets="own.geojson"))
    assert city.streets.n_streets == 2  # a bend, not a junction
    assert not city.schematic
    assert not any("OpenStreetMap" in credit for credit in city.attribution)
    swapped = [shapely.transform(each, lambda xy: xy[:, ::-1]) for each in streets]
    polygon_file(tmp_path / "own.geojson", *swapped)
    (fault,) = refused(build_city, case(tmp_path, streets="own.geojson"))
    assert "Latitude and longitude are swapped" in fault.remedy
