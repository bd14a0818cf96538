from __future__ import annotations

import json
import sqlite3

import numpy as np
import pyogrio
import pytest
import shapely
from lxml import etree

from safepassage.base.errors import InputError
from safepassage.publish.layer_files import map_files
from safepassage.publish.layers import NOT_ENDORSED, layers_of, notes_of

BORDER = {"type": "Polygon", "coordinates": [[[37.1, 36.1], [37.1, 36.2], [37.2, 36.2],
                                              [37.2, 36.1], [37.1, 36.1]]]}  # fmt: skip
BOW = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}


@pytest.fixture
def files(plan, city, tmp_path):
    city["zone_areas"] = [{"id": plan["zones"][0]["id"], "geometry": BORDER}]
    found = map_files("town", layers_of(plan, city), notes_of(plan))
    for name, data in found.items():
        (tmp_path / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return tmp_path


def read(path, layer):
    meta, _, shapes, columns = pyogrio.raw.read(path, layer=layer)
    rows = [dict(zip(meta["fields"], row, strict=True)) for row in zip(*columns, strict=True)]
    return shapely.from_wkb(shapes), rows


def test_gdal_reads_the_same_from_all_three(files, plan):
    crossings = [each for each in plan["corridors"] if each["lat"] is not None]
    for name, layer in (("town.gpkg", "crossings"), ("crossings.geojson", "crossings"),
                        ("town.kml", "Crossings")):  # fmt: skip
        shapes, rows = read(files / name, layer)
        assert shapely.get_coordinates(shapes) == pytest.approx(
            np.array([(each["lon"], each["lat"]) for each in crossings])
        )
        assert [row.get("name", row.get("Name")) for row in rows] == [c["name"] for c in crossings]


def test_a_map_holds_the_people_of_each_zone_and_the_corridor_it_is_told(files, plan):
    _, rows = read(files / "town.gpkg", "zones")
    for row, zone in zip(rows, plan["zones"], strict=True):
        assert row["people_best"] == zone["people"]["best"]
        assert row["corridor"] == (zone["corridor"] or "")
        assert row["out_schedule"] == zone["out_schedule"]


def test_routes_lead_from_zone_to_crossing_without_a_gap(files, plan, city):
    shapes, rows = read(files / "town.gpkg", "routes")
    waves = plan["schedule"]["waves"]
    assert sum(row["people"] for row in rows) == sum(each["people"] for each in waves)
    for shape, row in zip(shapes, rows, strict=True):
        wave = next(each for each in waves if each["zone"] == row["zone"]
                    and each["corridor"] == row["corridor"])  # fmt: skip
        junctions = [city["nodes"][node] for node in wave["nodes"]]
        assert list(shape.coords[0]) == pytest.approx(junctions[0])
        assert list(shape.coords[-1]) == pytest.approx(junctions[-1])
        steps = [shapely.Point(a).distance(shapely.Point(b))
                 for a, b in zip(shape.coords, shape.coords[1:], strict=False)]  # fmt: skip
        longest = max(shapely.LineString(s["line"]).length for s in city["streets"])
        assert max(steps) <= longest


def test_geojson_is_that_of_rfc_7946(files):
    data = json.loads((files / "zone_areas.geojson").read_text(encoding="utf-8"))
    assert data["type"] == "FeatureCollection"
    assert "crs" not in data
    (ring,) = data["features"][0]["geometry"]["coordinates"]
    assert shapely.LinearRing(ring).is_ccw
    assert ring[0] == ring[-1]


def test_every_map_says_how_old_it_is_where_it_is_from_and_that_nothing_is_endorsed(files, plan):
    with sqlite3.connect(files / "town.gpkg") as base:
        about = " ".join(str(value) for (value,) in base.execute("SELECT value FROM about"))
    kml = etree.parse(files / "town.kml").xpath("string()")
    layer = " ".join(json.loads((files / "zones.geojson").read_text(encoding="utf-8"))["notes"])
    for told in (about, kml, layer):
        assert NOT_ENDORSED in told
        assert "As announced by 2016-11-02." in told
        assert plan["attribution"][0] in told


def test_qgis_finds_a_style_for_each_layer(files):
    with sqlite3.connect(files / "town.gpkg") as base:
        styles = dict(base.execute("SELECT f_table_name, styleQML FROM layer_styles"))
    names = {name for name, shape in pyogrio.list_layers(files / "town.gpkg") if shape}
    assert styles.keys() == names
    for qml in styles.values():
        assert etree.fromstring(qml.split("\n", 1)[1]).tag == "qgis"


def test_a_border_that_crosses_itself_is_refused_with_its_zone(plan, city):
    city["zone_areas"] = [{"id": plan["zones"][0]["id"], "geometry": BOW}]
    with pytest.raises(InputError, match=f"zone {plan['zones'][0]['name']}: has a border"):
        layers_of(plan, city)


def test_a_plan_without_its_schedule_shows_no_route(plan, city):
    bare = {key: value for key, value in plan.items() if key != "schedule"}
    assert "routes" not in {layer.name for layer in layers_of(bare, city)}


def test_an_exercise_says_so_on_every_map(plan, city):
    files = map_files("town", layers_of(plan, city), notes_of(plan), exercise=True)
    for name, data in files.items():
        text = data if isinstance(data, str) else data.decode("utf-8", "ignore")
        assert "EXERCISE." in text, name
