"""Files made to mislead, to reach for a network, or to fill the machine: one message each."""

import gzip
import json
import warnings

import numpy as np
import pyogrio
import pytest
import shapely

from city.squares import CASE, box, city, save, streets
from city.tiny import osm_text
from city.walled import FAR, NEAR, document
from safepassage.base.errors import InputError
from safepassage.case import load_case
from safepassage.city import memory
from safepassage.city.checkup import check_up
from safepassage.city.features import read_features
from safepassage.city.osm import read_osm
from safepassage.publish.map_page import map_html

LINE = shapely.LineString([(25.0, 60.0), (25.01, 60.01)])


def fault(path, **options):
    with pytest.raises(InputError) as caught:
        read_features(path, kinds=("LineString",), **options)
    (found,) = caught.value.faults
    assert "\n" not in str(found)
    return found


LAYER = "<OGRVRTLayer name='a'><SrcDataSource>/vsicurl/http://127.0.0.1:9/x.json</SrcDataSource>"
POINTER = f"<OGRVRTDataSource>{LAYER}</OGRVRTLayer></OGRVRTDataSource>"
SERVICE = "<OGRWFSDataSource><URL>http://127.0.0.1:9/</URL></OGRWFSDataSource>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.vrt", POINTER),
        ("a.geojson", f"\n {POINTER}"),
        ("a.xml", f"<?xml version='1.0'?>{SERVICE}"),
    ],
)
def test_a_file_that_points_to_a_server_is_not_followed(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert "points to another file or a server" in fault(tmp_path / name).what


def test_a_raster_that_points_to_a_server_is_not_followed(tmp_path):
    pytest.importorskip("rasterio")
    (tmp_path / "people.tif").write_text(
        "<VRTDataset rasterXSize='12' rasterYSize='12'><SRS>EPSG:4326</SRS>"
        "<GeoTransform>24.999,0.001,0,60.011,0,-0.001</GeoTransform><VRTRasterBand band='1' "
        "dataType='Float32'><SimpleSource><SourceFilename>/vsicurl/http://127.0.0.1:9/x.tif"
        "</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>",
        encoding="utf-8",
    )
    with pytest.raises(InputError, match="not recognized as being in a supported file format"):
        city(tmp_path, 'raster = "people.tif"')


@pytest.mark.parametrize("place", ["NaN", "Infinity"])
def test_coordinates_that_are_no_numbers(tmp_path, place):
    geometry = {"type": "LineString", "coordinates": [[25.0, 60.0], [25.5, 60.5]]}
    feature = {"type": "Feature", "properties": {}, "geometry": geometry}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (tmp_path / "a.geojson").write_text(text.replace("25.5", place), encoding="utf-8")
    assert "feature 0" in fault(tmp_path / "a.geojson").where


def test_a_line_across_longitude_180_is_not_taken_round_the_earth(tmp_path):
    across = shapely.LineString([(179.999, -16.8), (-179.999, -16.8)])
    found = fault(save(tmp_path / "a.gpkg", [across]))
    assert "reaches round the earth, from -179.999 to 179.999" in found.what


def test_a_reference_system_that_has_no_place_on_earth(tmp_path):
    save(tmp_path / "a.shp", [LINE])
    (tmp_path / "a.prj").write_text('LOCAL_CS["site",UNIT["m",1]]', encoding="utf-8")
    assert "says not where on earth it is (site)" in fault(tmp_path / "a.shp").what


def test_degrees_under_a_reference_system_of_metres(tmp_path):
    found = fault(save(tmp_path / "a.gpkg", [LINE], crs="EPSG:32635"))
    assert "lies within a metre by its reference system (WGS 84 / UTM zone 35N)" in found.what
    assert "EPSG:4326" in found.remedy


def test_a_cell_that_is_half_a_number_is_told_in_one_line(tmp_path, caplog):
    save(tmp_path / "a.shp", [LINE], w=[5.5])
    table = bytearray((tmp_path / "a.dbf").read_bytes())
    table[table.index(b"5.5") + 3] = 0xB0
    (tmp_path / "a.dbf").write_bytes(table)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(read_features(tmp_path / "a.shp", kinds=("LineString",)).shapes) == 1
    (said,) = caplog.messages
    assert said.startswith(str(tmp_path / "a.shp"))
    assert "(1 of such)" in said


def test_few_packed_bytes_that_are_many_streets(tmp_path, monkeypatch):
    nodes = {i: (60.0, 25.0 + i / 1000) for i in range(1, 101)}
    ways = {i: (tuple(range(1, 101)), {"highway": "residential"}) for i in range(1, 20_100)}
    path = tmp_path / "many.osm.gz"
    path.write_bytes(gzip.compress(osm_text(nodes, ways).encode()))
    free = 10 * path.stat().st_size + 1_000_000
    assert free < 100 * len(ways) * memory.POINT_BYTES / 20
    monkeypatch.setattr(memory, "free_memory", lambda: free)
    with pytest.raises(InputError, match=r"needs at least .* of memory"):
        read_osm(path)


def checked(tmp_path, keys="", zones=NEAR + FAR):
    streets(tmp_path)
    text = f'{CASE}\n{zones}\n[city]\nstreets = "town.osm"\n{keys}\n'
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    return check_up(load_case(str(tmp_path)))


def test_polygons_of_zones_are_drawn_where_they_are_known(tmp_path):
    shapes = [box(0, 0, 3, 4), shapely.union(box(4, 0, 5, 4), box(6, 0, 9, 4))]
    save(tmp_path / "z.gpkg", shapes, id=["a", "b"], people=[1, 1])
    found = checked(tmp_path, 'zones = "z.gpkg"', zones="")
    drawn = found.map_json()["zone_areas"]
    assert [each["id"] for each in drawn] == ["a", "b"]
    for each, shape in zip(drawn, shapes, strict=True):
        got = shapely.from_geojson(json.dumps(each["geometry"]))
        assert got.symmetric_difference(shape).area < 1e-9 * shape.area + 1e-11
    assert "area of a zone" in map_html(found.as_json(), found.map_json())


def test_zones_that_are_points_have_no_polygon_and_no_legend_for_one(tmp_path):
    found = checked(tmp_path)
    assert found.map_json()["zone_areas"] == []
    assert "area of a zone" not in map_html(found.as_json(), found.map_json())


EVIL = "</script><script>alert(1)</script>\u202e\x1b[31m\x07=cmd|'calc'!A0{{7*7}}"


def test_names_that_would_command_the_page(tmp_path):
    more = f"[[zones]]\nname = {json.dumps(EVIL)}\nlat = 60.003\nlon = 25.003\npeople = 5\n"
    told, map_ = document(tmp_path, more)
    assert EVIL in {zone["name"] for zone in told["zones"]}  # the document keeps what was given
    map_["streets"][0]["name"] = EVIL
    page = map_html(told, map_)
    assert "alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "{{7*7}}" in page
    for sign in ("\u202e", "\x1b", "\x07", "\\u202e", "\\u001b", "\\u0007"):
        assert sign not in page.split('id="sp-worker"')[0]


def test_a_line_of_one_point_is_told_in_one_line(tmp_path):
    text = '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, '
    text += '"geometry": {"type": "LineString", "coordinates": [[25, 60]]}}]}'
    (tmp_path / "a.geojson").write_text(text, encoding="utf-8")
    assert "holds a shape that is none" in fault(tmp_path / "a.geojson").what


def test_a_disk_that_is_full_while_layers_are_written(tmp_path, monkeypatch):
    found = checked(tmp_path)

    def full(*_, **__):
        raise pyogrio.errors.FeatureError("Could not add feature:\ndisk I/O error")

    monkeypatch.setattr(pyogrio.raw, "write", full)
    with pytest.raises(InputError, match=r"cannot be made in .* disk I/O error") as caught:
        found.geopackage(tmp_path / "out" / "city.gpkg")
    assert "TMPDIR" in caught.value.faults[0].remedy
    assert not (tmp_path / "out").exists()


def test_a_polygon_with_a_nan_among_its_points(tmp_path):
    with np.errstate(invalid="ignore"):
        odd = shapely.Polygon([(25, 60), (25.002, 60), (float("nan"), 60.002), (25, 60.002)])
    save(tmp_path / "z.gpkg", [box(5, 5, 6, 6), odd], people=[1, 1])
    with pytest.raises(InputError, match="feature 2: lies off the earth"):
        city(tmp_path, 'zones = "z.gpkg"')
