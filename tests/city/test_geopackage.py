"""A city written as a GeoPackage reads back the same, and changed ones read back changed."""

import shutil
import sqlite3
from contextlib import closing
from xml.etree import ElementTree as ET

import numpy as np
import pyogrio
import pytest
import shapely

from city.extracts import helsinki
from city.packages import again, change, move, same_city
from city.squares import CASE, at, streets
from city.walled import FAR, NEAR, WALL
from safepassage.base.errors import InputError
from safepassage.base.geo import distance_m
from safepassage.case import load_case
from safepassage.city.checkup import check_up

GROUND = """
[[front_lines]]
name = "Line"
line = [[60.0085, 24.99], [60.0085, 25.02]]
not_cleared_m = 20
as_of = 2026-05-01
source = "office"
[[cleared]]
streets = ["North Street"]
by = "team"
on = 2026-05-02
source = "note 1"
"""
NAMES = {(2, 8, 0): {"name": "North Street"}, (5, 5, 1): {"name": "Öst & West", "width": "7"}}


def written(tmp_path, more=WALL + GROUND, keys=""):
    """Check the town of squares up and write it; then a case beside it that reads it."""
    (tmp_path / "from").mkdir()
    streets(tmp_path / "from", names=NAMES)
    text = f'{CASE}\n{NEAR}{FAR}{more}\n[city]\nstreets = "town.osm"\n{keys}\n'
    (tmp_path / "from" / "case.toml").write_text(text, encoding="utf-8")
    found = check_up(load_case(str(tmp_path / "from")))
    path = found.geopackage(tmp_path / "city.gpkg")
    case = f'{CASE}\n[city]\ngeopackage = "city.gpkg"\n'
    (tmp_path / "case.toml").write_text(case, encoding="utf-8")
    return found, path


@pytest.mark.parametrize("mode", ["walk", "vehicle"])
def test_a_town_reads_back_the_same(tmp_path, mode):
    found, _ = written(tmp_path, keys=f'mode = "{mode}"')
    same_city(found.city, again(tmp_path).city)


def test_twice_there_and_back_is_the_same(tmp_path):
    found, path = written(tmp_path)
    again(tmp_path).geopackage(path)
    same_city(found.city, again(tmp_path).city)


@pytest.mark.parametrize("mode", ["walk", "vehicle"])
def test_helsinki_reads_back_the_same(tmp_path, mode):
    shutil.copy(helsinki(), tmp_path / "map.osm.pbf")
    head = """
schema = 1
id = "h"
title = "H"
place = { name = "Helsinki", lat = 60.17, lon = 24.94, tz = "Europe/Helsinki" }
window = { start = 2026-06-01T09:00:00, end = 2026-06-01T13:00:00 }
"""
    gate = """
[[corridors]]
id = "north"
name = "North"
people_per_min_per_lane = 8
position = { lat = 60.1770, lon = 24.9400 }
"""
    people = "people = { low = 6000, best = 8000, high = 10000 }"
    (tmp_path / "case.toml").write_text(
        f'{head}{people}\ncity = {{ streets = "map.osm.pbf", mode = "{mode}" }}{gate}', "utf-8"
    )
    found = check_up(load_case(str(tmp_path)))
    found.geopackage(tmp_path / "city.gpkg")
    (tmp_path / "case.toml").write_text(
        f'{head}\ncity = {{ geopackage = "city.gpkg" }}{gate}', "utf-8"
    )
    same_city(found.city, again(tmp_path).city)


def test_the_founding_case_reads_back_the_same(tmp_path):
    found = check_up(load_case("aleppo-2016-11-04"))
    found.geopackage(tmp_path / "city.gpkg")
    loaded = load_case("aleppo-2016-11-04")
    city = loaded.case.city.model_copy(
        update={"geopackage": tmp_path / "city.gpkg", "zones": None, "links": None}
    )
    case = loaded.case.model_copy(update={"city": city, "people": None})
    back = check_up(type(loaded)(case, loaded.folder, loaded.inputs))
    same_city(found.city, back.city)


def test_a_changed_width_a_removed_street_and_changed_people_take_effect(tmp_path):
    found, path = written(tmp_path)
    name = found.city.streets.street_names.index("Öst & West")
    at_name = np.flatnonzero(found.city.streets.name == name)
    assert len(at_name) == 2
    one = int(at_name[0])
    change(
        path, f"UPDATE streets SET width_m = 3.5 WHERE street = {one}",  # noqa: S608
        "DELETE FROM streets WHERE street = 0",
        "UPDATE zones SET people_low = 10, people_best = 20, people_high = 30 WHERE name = 'Near'",
        "DELETE FROM hazards WHERE name = 'Wall'",
    )  # fmt: skip
    city = again(tmp_path).city
    assert city.streets.n_streets == found.city.streets.n_streets - 2
    named = city.streets.name == city.streets.street_names.index("Öst & West")
    assert city.streets.width_m[named].tolist() == [3.5, 3.5]
    assert city.zones.best.tolist() == [20, 100]
    assert (city.people.low, city.people.best, city.people.high) == (110, 120, 130)
    assert [hazard.name for hazard in city.hazards] == ["Line"]


def test_a_moved_crossing_takes_effect_and_a_removed_one_is_not_located(tmp_path):
    found, path = written(tmp_path)
    lat, lon = at(4, 0)
    move(path, "crossings", "corridor = 'gate'", shapely.Point(lon, lat))
    back = again(tmp_path)
    (crossing,) = back.city.crossings
    assert (crossing.lat, crossing.lon, crossing.snapped_m) == (lat, lon, 0)
    assert crossing.node != found.city.crossings[0].node
    assert back.loaded.case.corridors[0].position.lat == lat
    change(path, "DELETE FROM crossings")
    assert again(tmp_path).city.crossings == ()


def test_a_bent_street_is_as_much_longer_as_it_is_drawn(tmp_path):
    found, path = written(tmp_path, more="")
    s = found.city.streets
    i = int(np.flatnonzero(s.once)[5])
    ends = [(s.shape_lon[k], s.shape_lat[k]) for k in (s.shape_start[i], s.shape_start[i + 1] - 1)]
    middle = (np.mean([x for x, _ in ends]), np.mean([y for _, y in ends]))
    bent = shapely.LineString([ends[0], (middle[0] + 0.001, middle[1] + 0.001), ends[1]])
    move(path, "streets", f"street = {i}", bent)
    back = again(tmp_path).city.streets
    assert back.length_m[i] > 1.5 * s.length_m[i]
    assert (back.length_m != s.length_m).sum() == 2  # there and back


def test_a_street_drawn_by_hand_goes_both_ways(tmp_path):
    found, path = written(tmp_path, more="")
    s = found.city.streets
    ends = [int(np.flatnonzero((s.lat == a) & (s.lon == b))[0]) for a, b in (at(3, 3), at(4, 4))]
    change(
        path, "INSERT INTO streets (tail, head, highway, width_m, geom) SELECT "  # noqa: S608
        f"{ends[0]}, {ends[1]}, 'footway', 2.5, geom FROM streets WHERE fid = 1",
    )  # fmt: skip
    line = shapely.LineString([at(3, 3)[::-1], at(4, 4)[::-1]])
    move(path, "streets", "street IS NULL", line)
    back = again(tmp_path).city.streets
    assert back.n_streets == s.n_streets + 2
    pairs = list(zip(back.tail[-2:].tolist(), back.head[-2:].tolist(), strict=True))
    assert pairs == [tuple(ends), tuple(reversed(ends))]
    assert back.width_m[-2:].tolist() == [2.5, 2.5]
    straight = float(distance_m(*at(3, 3), *at(4, 4)))
    assert back.length_m[-2:].tolist() == pytest.approx([straight, straight])


def test_a_new_zone_starts_from_the_junction_nearest_to_it(tmp_path):
    _, path = written(tmp_path, more="")
    change(path, "DELETE FROM doors WHERE zone = (SELECT id FROM zones WHERE name = 'Far')")
    lat, lon = at(5.1, 5)
    move(path, "zones", "name = 'Far'", shapely.Point(lon, lat))
    city = again(tmp_path).city
    node = int(city.zones.node[1])
    assert (city.streets.lat[node], city.streets.lon[node]) == pytest.approx(at(5, 5), abs=1e-9)


def test_layers_are_styled_for_qgis(tmp_path):
    _, path = written(tmp_path)
    layers = dict(pyogrio.list_layers(path).tolist())
    with closing(sqlite3.connect(path)) as base:
        rows = base.execute(
            "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles"
        ).fetchall()
        (kind,) = base.execute(
            "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'"
        ).fetchone()
    assert kind == "attributes"
    assert {name for name, *_ in rows} == {
        "streets", "junctions", "zones", "zone_areas", "doors", "crossings", "hazard_areas",
    }  # fmt: skip
    shapes = {"LineString": "line", "Point": "marker", "MultiPolygon": "fill"}
    for name, column, default, qml in rows:
        assert (column, default) == ("geom", 1)
        style = ET.fromstring(qml.split("\n", 1)[1])  # noqa: S314 - written by us
        kinds = {symbol.get("type") for symbol in style.iter("symbol")}
        assert kinds == {shapes[layers[name]]}
        renderer = style.find("renderer-v2")
        if renderer.get("type") == "categorizedSymbol":
            used = pyogrio.raw.read(path, layer=name, columns=[renderer.get("attr")])[3][0]
            drawn = {each.get("value") for each in renderer.iter("category")}
            assert set(used.tolist()) <= drawn


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """Write a town once, for all tests that break it."""
    folder = tmp_path_factory.mktemp("town")
    written(folder)
    return folder


@pytest.fixture
def copied(once, tmp_path):
    shutil.copy(once / "case.toml", tmp_path)
    return shutil.copy(once / "city.gpkg", tmp_path / "city.gpkg")


def fails(tmp_path):
    with pytest.raises(InputError) as caught:
        again(tmp_path)
    return "\n".join(str(fault) for fault in caught.value.faults)


WIDE = """
ALTER TABLE streets RENAME width_m TO old;
ALTER TABLE streets ADD width_m TEXT;
UPDATE streets SET width_m = 'wide';
"""


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        (
            "UPDATE streets SET street = 0 WHERE fid = 2",
            "layer streets, rows 1 and 2: have the same street (0)",
        ),
        (
            "UPDATE junctions SET junction = 0 WHERE fid = 2",
            "layer junctions, rows 1 and 2: have the same junction",
        ),
        ("UPDATE zones SET id = 'zone-1'", "layer zones, rows 1 and 2: have the same id (zone-1)"),
        (
            "UPDATE streets SET tail = 999 WHERE fid = 3",
            "layer streets, row 3: its tail is junction 999",
        ),
        ("UPDATE streets SET head = NULL WHERE fid = 3", "layer streets, row 3: has no head"),
        ("UPDATE streets SET tail = 40 WHERE fid = 3", "layer streets, row 3: begins"),
        (
            "UPDATE streets SET width_m = -1 WHERE fid = 3",
            "layer streets, row 3: its width_m is -1",
        ),
        ("UPDATE streets SET width_m = NULL WHERE fid = 3", "layer streets, row 3: has no width_m"),
        (WIDE, "layer streets: its column 'width_m' holds what is no number"),
        ("UPDATE streets SET geom = NULL WHERE fid = 3", "layer streets, feature 3: has no shape"),
        ("UPDATE streets SET geom = x'00' WHERE fid = 3", "layer streets"),
        ("UPDATE zones SET people_best = 1000000 WHERE fid = 2", "layer zones, row 2: people"),
        ("UPDATE zones SET people_low = -5 WHERE fid = 2", "layer zones, row 2: people"),
        (
            "UPDATE crossings SET corridor = 'other'",
            "layer crossings, other: the case has no such corridor",
        ),
        (
            "UPDATE hazards SET effect = 'bad' WHERE fid = 1",
            "layer hazards, row 1: its effect is 'bad'",
        ),
        (
            "UPDATE hazards SET as_of = 'May' WHERE fid = 1",
            "layer hazards, row 1: as_of is no date",
        ),
        (
            "UPDATE hazards SET start = '2026-06-01T09:00' WHERE fid = 1",
            "row 1: gives one of start and until",
        ),
        (
            "UPDATE cleared SET source = '' WHERE fid = 1",
            "layer cleared, row 1: does not say source",
        ),
        ("ALTER TABLE streets DROP COLUMN width_m", "layer streets: has no column 'width_m'"),
        ("DELETE FROM zones", "layer zones: has no rows"),
        ("DELETE FROM streets", "layer streets: has no rows"),
        ("UPDATE about SET value = '9' WHERE key = 'format'", "table about: its format is 9"),
        ("DELETE FROM about WHERE key = 'people'", "table about: people is missing"),
        ("UPDATE about SET value = '{' WHERE key = 'people'", "table about: does not hold keys"),
    ],
)
def test_what_cannot_be_meant_is_named_by_layer_and_row(copied, tmp_path, sql, says):
    change(copied, sql)
    assert says in fails(tmp_path)


def test_missing_layers_are_told_together(copied, tmp_path):
    change(
        copied, "DROP TABLE zones", "DROP TABLE doors",
        "DELETE FROM gpkg_contents WHERE table_name IN ('zones', 'doors')",
        "DELETE FROM gpkg_geometry_columns WHERE table_name IN ('zones', 'doors')",
    )  # fmt: skip
    said = fails(tmp_path)
    assert "has no layer 'zones'" in said
    assert "has no layer 'doors'" in said


def test_another_reference_system_is_refused(copied, tmp_path):
    raw = pyogrio.raw.read(copied, layer="zones")
    pyogrio.raw.write(
        copied, raw[2], raw[3], raw[0]["fields"], layer="zones", driver="GPKG",
        geometry_type="Point", crs="EPSG:32635",
    )  # fmt: skip
    assert "layer zones: is in another reference system (EPSG:32635)" in fails(tmp_path)


def test_a_polygon_that_crosses_itself_is_refused(copied, tmp_path):
    bow = shapely.Polygon([(25, 60), (25.001, 60.001), (25.001, 60), (25, 60.001)])
    move(copied, "hazards", "fid = 1", bow)
    assert "layer hazards, feature 1: is no valid polygon" in fails(tmp_path)


@pytest.mark.parametrize("content", [b"", b"nothing", b"SQLite format 3\0" + b"\0" * 90])
def test_what_is_no_geopackage_is_refused(copied, tmp_path, content):
    copied.write_bytes(content)
    assert "city.gpkg: is no GeoPackage" in fails(tmp_path)


def test_half_a_file_is_refused(copied, tmp_path):
    copied.write_bytes(copied.read_bytes()[:30_000])
    assert "city.gpkg" in fails(tmp_path)


def test_a_case_cannot_name_another_city_beside_it(tmp_path):
    text = f'{CASE}\n{WALL}\npeople = 5\n[city]\ngeopackage = "city.gpkg"\n'
    (tmp_path / "case.toml").write_text(text.replace("\npeople = 5", ""), encoding="utf-8")
    with pytest.raises(InputError, match=r"city.geopackage and \[\[hazards\]\] exclude each other"):
        load_case(str(tmp_path))


@pytest.mark.usefixtures("copied")
def test_a_file_of_another_place_is_refused(tmp_path):
    case = (tmp_path / "case.toml").read_text("utf-8").replace("lat = 60.005", "lat = 10.005")
    (tmp_path / "case.toml").write_text(case, encoding="utf-8")
    assert "is a map of another place" in fails(tmp_path)
