"""Polygons of zones stand in a city's GeoPackage, and changed ones read back changed."""

import numpy as np
import pytest
import shapely

from city.packages import again, change, move, same_city
from city.squares import CASE, box, save, streets
from safepassage.base.errors import InputError
from safepassage.case import load_case
from safepassage.city.checkup import check_up
from safepassage.plan.make import make_plan

SOUTH, NORTH = box(-0.5, -0.5, 9.5, 3.5), box(-0.5, 3.5, 9.5, 9.5)
ISLES = shapely.MultiPolygon([box(-0.5, -0.5, 2.5, 9.5), box(6.5, -0.5, 9.5, 9.5)])


def written(tmp_path, shapes=(SOUTH, NORTH)):
    """Check up a town whose zones are polygons and write it; then a case that reads it."""
    folder = tmp_path / "from"
    folder.mkdir()
    streets(folder)
    names = ["South", "North", "Third"][: len(shapes)]
    people = {"people_low": [30, 60, 5], "people_best": [40, 80, 6], "people_high": [50, 99, 9]}
    columns = {key: each[: len(shapes)] for key, each in people.items()}
    save(folder / "z.gpkg", list(shapes), name=names, id=names, **columns)
    text = f'{CASE}\n[city]\nstreets = "town.osm"\nzones = "z.gpkg"\n'
    (folder / "case.toml").write_text(text, encoding="utf-8")
    found = check_up(load_case(str(folder)))
    path = found.geopackage(tmp_path / "city.gpkg")
    text = f'{CASE}\n[city]\ngeopackage = "city.gpkg"\n'
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    return found.city, path


def doors_in(city, zone, shape):
    mine = city.zones.door_node[city.zones.door_zone == zone]
    return shapely.intersects_xy(shape, city.streets.lon[mine], city.streets.lat[mine])


@pytest.mark.parametrize("shapes", [(SOUTH, NORTH), (ISLES, box(3, 3, 6, 6))])
def test_polygons_are_kept_and_read_back_the_same(tmp_path, shapes):
    city, path = written(tmp_path, shapes)
    back = again(tmp_path)
    same_city(city, back.city)
    for mine, drawn in zip(back.city.zones.shapes, shapes, strict=True):
        assert mine.geom_type == "MultiPolygon"
        assert mine.equals(drawn)
    back.geopackage(path)
    same_city(city, again(tmp_path).city)


def test_a_polygon_drawn_anew_moves_its_middle_and_doors_and_keeps_its_people(tmp_path):
    city, path = written(tmp_path)
    assert not doors_in(city, 0, box(0, 0, 2, 2)).all()
    corner = box(-0.4, -0.4, 2.4, 2.4)
    move(path, "zone_areas", "zone = 'South'", corner)
    changed = again(tmp_path).city
    zones = changed.zones
    assert zones.shapes[0].equals(corner)
    assert (zones.lon[0], zones.lat[0]) == pytest.approx((corner.centroid.x, corner.centroid.y))
    assert doors_in(changed, 0, corner).all()
    assert len(doors_in(changed, 0, corner)) > 1
    assert zones.best.tolist() == [40, 80]
    north = [city.zones.door_node[city.zones.door_zone == 1],
             zones.door_node[zones.door_zone == 1]]  # fmt: skip
    assert np.array_equal(*north)  # nobody touched it


def test_a_redrawn_zone_is_as_if_the_case_had_drawn_it_so(tmp_path):
    corner = box(-0.4, -0.4, 2.4, 2.4)
    _, path = written(tmp_path)
    move(path, "zone_areas", "zone = 'South'", corner)
    changed = again(tmp_path).city
    (tmp_path / "anew").mkdir()
    same_city(written(tmp_path / "anew", (corner, NORTH))[0], changed)


def test_changed_people_of_a_polygon_take_effect_in_the_plan(tmp_path):
    _, path = written(tmp_path)
    change(path, "UPDATE zones SET people_low = 7, people_best = 8, people_high = 9 "
                 "WHERE id = 'South'")  # fmt: skip
    back = again(tmp_path)
    assert (back.city.people.low, back.city.people.best, back.city.people.high) == (67, 88, 108)
    assert make_plan(back.loaded, city=back.city).optimum.out_by_zone.tolist() == [8, 80]


def test_a_zone_that_is_removed_takes_its_polygon_along(tmp_path):
    _, path = written(tmp_path)
    change(path, "DELETE FROM zones WHERE id = 'North'")
    city = again(tmp_path).city
    assert city.zones.ids == ("South",)
    assert city.zones.shapes[0].equals(SOUTH)


def test_without_its_polygon_a_zone_stays_with_its_doors(tmp_path):
    before, path = written(tmp_path)
    change(path, "DELETE FROM zone_areas WHERE zone = 'North'")
    city = again(tmp_path).city
    assert city.zones.shapes[1] is None
    assert np.array_equal(city.zones.door_node, before.zones.door_node)


def test_a_zone_drawn_by_hand_starts_from_doors_in_it(tmp_path):
    _, path = written(tmp_path)
    change(
        path,
        "INSERT INTO zones (id, name, people_low, people_best, people_high, geom) "
        "SELECT 'new', 'New', 1, 2, 3, geom FROM zones WHERE id = 'South'",
        "INSERT INTO zone_areas (zone, geom) SELECT 'new', geom FROM zone_areas LIMIT 1",
    )
    small, rest = box(-0.4, -0.4, 2.4, 2.4), box(2.6, -0.4, 9.4, 3.4)
    move(path, "zone_areas", "zone = 'new'", small)
    move(path, "zone_areas", "zone = 'South'", rest)
    city = again(tmp_path).city
    assert city.zones.ids == ("South", "North", "new")
    assert doors_in(city, 2, small).all()
    assert doors_in(city, 0, rest).all()


def test_points_have_no_polygon(tmp_path):
    city, _ = written(tmp_path, (SOUTH, box(0, 8, 0, 8).centroid))
    assert city.zones.shapes[1] is None
    same_city(city, again(tmp_path).city)


BOW = shapely.Polygon([(25, 60), (25.001, 60.001), (25.001, 60), (25, 60.001)])


@pytest.mark.parametrize(
    ("sql", "shape", "says"),
    [
        ("", BOW, "layer zone_areas, feature 1: is no valid polygon"),
        ("", box(-0.5, -0.5, 9.5, 6), "layer zone_areas: South and North overlap, by"),
        ("", shapely.Point(25, 60), "layer zone_areas, feature 1: is a Point"),
        ("UPDATE zone_areas SET zone = 'South'", None,
         "layer zone_areas, rows 1 and 2: have the same zone (South)"),
        ("UPDATE zone_areas SET zone = 'New', drawn = NULL WHERE fid = 1", None,
         "layer zone_areas, row 1: its zone 'New' is not in the layer zones"),
        ("UPDATE zone_areas SET zone = NULL, drawn = NULL WHERE fid = 1", None,
         "layer zone_areas, row 1: has no zone"),
        ("UPDATE zone_areas SET geom = NULL WHERE fid = 1", None,
         "layer zone_areas, feature 1: has no shape"),
    ],
)  # fmt: skip
def test_areas_that_cannot_be_meant_are_refused(tmp_path, sql, shape, says):
    _, path = written(tmp_path)
    if shape is not None:
        move(path, "zone_areas", "fid = 1", shape)
    if sql:
        change(path, sql)
    with pytest.raises(InputError) as caught:
        again(tmp_path)
    assert says in str(caught.value)
