"""Read streets from lines: columns, classes, reference systems, ends that nearly meet."""

import json

import numpy as np
import pyogrio
import pytest
import shapely

from city.extracts import helsinki
from safepassage.base.errors import InputError
from safepassage.case.columns import CityColumns
from safepassage.city.clip import box_area
from safepassage.city.lines import LineSource, read_lines
from safepassage.city.osm import read_osm

STEP = 0.001
AT = (25.0, 60.0)


def line(*points):
    return shapely.LineString([(AT[0] + x * STEP, AT[1] + y * STEP) for x, y in points])


CROSS = [line((0, 0), (1, 0)), line((1, 0), (2, 0)), line((1, 0), (1, 1)), line((1, 0), (1, -1))]


def save(path, shapes, *, crs="EPSG:4326", layer=None, **columns):
    fields = list(columns)
    data = [np.asarray(columns[name], object) for name in fields]
    data = [each if isinstance(each[0], str | None) else np.array(each.tolist()) for each in data]
    geometry = np.array([shapely.to_wkb(shape) for shape in shapes], object)
    pyogrio.raw.write(
        path, geometry, data, fields, geometry_type="Unknown", crs=crs, layer=layer,
        **({"append": path.exists()} if layer else {}),
    )  # fmt: skip
    return path


def source(**columns):
    return LineSource(columns=CityColumns(**columns))


def faults(path, *args, **options):
    with pytest.raises(InputError) as caught:
        read_lines(path, *args, **options)
    assert all(fault.remedy or "more" in fault.what for fault in caught.value.faults)
    return caught.value.faults


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.fgb"])
def test_a_cross_of_four_lines(tmp_path, name):
    streets = read_lines(save(tmp_path / name, CROSS, kind=list("abcd")))
    assert (streets.n_nodes, streets.n_streets) == (5, 8)
    assert (streets.node_id == -1).all()
    assert streets.highway_names == ("road",)
    assert sorted(set(streets.way_id.tolist())) == (
        [1, 2, 3, 4] if name == "a.gpkg" else [0, 1, 2, 3]
    )


def test_a_shapefile(tmp_path):
    path = save(tmp_path / "a.shp", CROSS, kind=list("abcd"))
    assert read_lines(path).n_streets == 8
    (tmp_path / "a.prj").unlink()
    (fault,) = faults(path)
    assert "names no reference system" in fault.what
    assert "25, 59.999 to 25.002, 60.001" in fault.what
    assert read_lines(path, LineSource(crs="EPSG:4326")).n_streets == 8
    (fault,) = faults(path, LineSource(crs="EPSG:1"))
    assert "not known" in fault.what


def test_columns_are_read_as_tags(tmp_path):
    path = save(
        tmp_path / "a.gpkg", CROSS, type=["residential", "Allee", "steps", "PATH"],
        dir=["F", "T", "B", None], breite=[3.5, np.nan, 2.0, 0.8], zahl=[1, 3, 1, 1],
        tempo=[30.0, 50.0, 0.0, 0.0], name=["North", "South", "", None], bruecke=[0, 1, 0, 0],
        nr=[70, 71, 72, 73], hoch=[0, 2, 0, 0],
    )  # fmt: skip
    how = LineSource(
        columns=CityColumns(
            highway="type", oneway="dir", width_m="breite", lanes="zahl", speed_kmh="tempo",
            name="name", bridge="bruecke", layer="hoch", id="nr",
        ),
        classes={"Allee": "primary"},
    )  # fmt: skip
    streets = read_lines(path, how)
    assert streets.n_streets == 8  # oneway binds vehicles only
    kind = [streets.highway_names[i] for i in streets.highway]
    by_id = dict(zip(streets.way_id.tolist(), range(8), strict=True))
    assert {kind[i] for i in by_id.values()} == {"residential", "primary", "steps", "path"}
    assert streets.width_m[by_id[70]] == 3.5
    assert streets.width_tagged[by_id[70]]
    assert not streets.width_tagged[by_id[71]]
    assert streets.width_m[by_id[73]] == 0.8
    assert streets.bridge[by_id[71]]
    assert not streets.bridge[by_id[70]]
    assert streets.layer[by_id[71]] == 2
    assert streets.speed_kmh[by_id[70]] in {0.0, 30.0}  # 0 in the direction that is closed
    assert {streets.street_names[i] for i in streets.name if i >= 0} == {"North", "South"}
    lanes = {
        (int(way), bool(streets.lon[t] < streets.lon[h])): lane
        for way, t, h, lane in zip(
            streets.way_id, streets.tail, streets.head, streets.lanes, strict=True
        )
    }
    assert lanes[70, True] == 1
    assert lanes[70, False] == 0
    assert lanes[71, False] == 3  # drawn eastward, and one-way against that
    assert lanes[71, True] == 0


def test_one_way_lines_bind_vehicles(tmp_path):
    ring = [line((0, 0), (1, 0)), line((1, 0), (1, 1)), line((1, 1), (0, 0))]
    stubs = [line((0, 0), (-1, 0)), line((1, 0), (2, 0)), line((1, 1), (1, 2))]
    path = save(tmp_path / "a.gpkg", ring + stubs, dir=["yes", "F", "FT", "no", "B", ""])
    streets = read_lines(path, source(oneway="dir"), mode="vehicle")
    assert sorted(streets.way_id[streets.oneway].tolist()) == [1, 2, 3]
    assert streets.n_streets == 3 + 2 * 3
    assert not read_lines(path, source(oneway="dir")).oneway.any()
    path = save(tmp_path / "b.gpkg", ring + stubs, dir=[1, 1, 1, 0, 0, 0])
    assert read_lines(path, source(oneway="dir"), mode="vehicle").n_streets == 9
    path = save(tmp_path / "c.gpkg", ring + stubs, dir=[-1, -1, -1, 0, 0, 0])
    turned = read_lines(path, source(oneway="dir"), mode="vehicle")
    once = np.flatnonzero(turned.way_id == 1)
    assert (turned.lon[turned.tail[once]] > turned.lon[turned.head[once]]).all()


def test_every_odd_value_is_told_once_and_all_together(tmp_path):
    path = save(
        tmp_path / "a.gpkg", [*CROSS, *CROSS], type=["Weg", "path", "Gasse", "Weg"] * 2,
        dir=["up", "yes", "no", "no"] * 2,
    )  # fmt: skip
    told = [str(fault) for fault in faults(path, source(highway="type", oneway="dir"))]
    assert len(told) == 3
    assert any("up is no direction" in each for each in told)
    assert any("Gasse is no highway class" in each and "city.classes" in each for each in told)
    wrong = faults(path, LineSource(CityColumns(highway="type"), {"Weg": "lane", "Gasse": "path"}))
    assert any("the class 'lane', which is none" in fault.what for fault in wrong)


def test_columns_that_are_not_there(tmp_path):
    path = save(tmp_path / "a.gpkg", CROSS, kind=list("abcd"))
    told = faults(path, source(highway="type", lanes="n"))
    assert [fault.what for fault in told] == [
        "has no column 'type', named in the case as city.columns.highway",
        "has no column 'n', named in the case as city.columns.lanes",
    ]
    assert "kind" in told[0].remedy
    path = save(tmp_path / "b.gpkg", CROSS, kind=["7", "8", "x", "9"])
    assert "whole numbers" in faults(path, source(id="kind"))[0].what


def test_coordinates_in_metres_come_out_in_degrees(tmp_path):
    import pyproj

    to_utm = pyproj.Transformer.from_crs(4326, 32635, always_xy=True)
    metres = [
        shapely.transform(each, lambda xy: np.column_stack(to_utm.transform(*xy.T)))
        for each in CROSS
    ]
    streets = read_lines(save(tmp_path / "a.gpkg", metres, crs="EPSG:32635"))
    same = read_lines(save(tmp_path / "b.gpkg", CROSS))
    np.testing.assert_allclose(np.sort(streets.lat), np.sort(same.lat), atol=2e-7)
    np.testing.assert_allclose(np.sort(streets.lon), np.sort(same.lon), atol=2e-7)


def test_lines_that_cross_without_a_common_point_stay_apart(tmp_path):
    cross = [line((0, 0), (2, 0)), line((1, -1), (1, 1.5))]
    streets = read_lines(save(tmp_path / "a.gpkg", cross))
    assert streets.n_nodes == 2  # the ends of the longer one
    assert streets.left_out["streets outside the largest connected part"] == 1
    cross = [line((0, 0), (1, 0), (2, 0)), line((1, -1), (1, 0), (1, 1.5))]
    streets = read_lines(save(tmp_path / "b.gpkg", cross))
    assert streets.n_nodes == 5


@pytest.mark.parametrize(("gap_m", "join_m", "joined"), [(0.4, 0.5, 2), (0.4, 0.3, 0), (3, 5, 2)])
def test_ends_that_nearly_meet_are_joined_and_told(tmp_path, gap_m, join_m, joined):
    gap = gap_m / 111_195 / STEP
    parts = [
        line((0, 0), (1, 0)), line((1, gap), (2, 0)), line((2, 0), (3, 0), (4, 0)),
        line((3, gap), (3, 1)),
    ]  # fmt: skip
    streets = read_lines(save(tmp_path / "a.gpkg", parts), LineSource(join_m=join_m))
    told = streets.left_out.get(f"line ends joined to a point within {join_m:g} m", 0)
    assert told == joined
    outside = streets.left_out.get("streets outside the largest connected part", 0)
    assert outside == (0 if joined else 2)


def test_short_stretches_are_not_closed_by_joining(tmp_path):
    tiny = 0.3 / 111_195 / STEP
    parts = [line((0, 0), (1, 0), (1, tiny)), line((1, tiny), (1, 1))]
    streets = read_lines(save(tmp_path / "a.gpkg", parts), LineSource(join_m=0.5))
    assert streets.n_nodes == 2
    assert len(streets.shape_lat) == 2 * 4


def test_many_parts_of_one_line(tmp_path):
    shape = shapely.MultiLineString([CROSS[0], CROSS[1]])
    streets = read_lines(save(tmp_path / "a.gpkg", [shape, *CROSS[2:]], name=["A", "B", "C"]))
    assert streets.n_streets == 8


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        ([shapely.Point(*AT)], "is a Point"),
        ([shapely.LineString([(60, 125), (60, 126)])], "lies off the earth"),
        ([shapely.LineString()], "has no shape"),
        ([], "holds no shapes"),
    ],
)
def test_shapes_that_are_no_streets(tmp_path, shapes, said):
    (fault,) = faults(save(tmp_path / "a.geojson", shapes))
    assert said in fault.what


def test_files_that_are_none(tmp_path):
    (tmp_path / "a.geojson").write_text("not json")
    assert "cannot be read" in faults(tmp_path / "a.geojson")[0].what
    (tmp_path / "b.gpkg").write_bytes(b"\0" * 99)
    assert "cannot be read" in faults(tmp_path / "b.gpkg")[0].what
    assert "no such file" in faults(tmp_path / "c.gpkg")[0].what
    (tmp_path / "d.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    assert "holds no shapes" in faults(tmp_path / "d.geojson")[0].what


def test_one_of_several_layers(tmp_path):
    path = tmp_path / "a.gpkg"
    save(path, CROSS, layer="roads")
    save(path, CROSS[:1], layer="rails")
    assert "roads, rails" in faults(path)[0].remedy
    assert read_lines(path, LineSource(layer="roads")).n_streets == 8
    assert "no layer 'x'" in faults(path, LineSource(layer="x"))[0].what


def test_no_street_for_the_mode(tmp_path):
    path = save(tmp_path / "a.gpkg", CROSS, type=["steps"] * 4)
    (fault,) = faults(path, source(highway="type"), mode="vehicle")
    assert "no street that vehicles may drive on" in fault.what


def test_helsinki_written_as_lines_is_the_helsinki_of_openstreetmap(tmp_path):
    """Streets written as lines with their columns come back as the same streets."""
    osm = read_osm(helsinki())
    one = np.flatnonzero((osm.tail < osm.head) | osm.oneway)
    shapes, start = [], osm.shape_start
    for i in one.tolist():
        part = slice(start[i], start[i + 1])
        shapes.append(
            shapely.LineString(np.column_stack([osm.shape_lon[part], osm.shape_lat[part]]))
        )
    path = save(
        tmp_path / "a.gpkg", shapes, type=[osm.highway_names[osm.highway[i]] for i in one],
        width=[float(osm.width_m[i]) for i in one], way=[int(osm.way_id[i]) for i in one],
        foot=["yes"] * len(one),
    )  # fmt: skip
    how = LineSource(CityColumns(highway="type", width_m="width", id="way", foot="foot"), join_m=0)
    lines = read_lines(path, how)
    assert abs(lines.n_streets - osm.n_streets) < 0.03 * osm.n_streets
    assert lines.length_m.sum() == pytest.approx(osm.length_m.sum(), rel=0.01)
    assert set(lines.way_id.tolist()) <= set(osm.way_id.tolist())


def test_lines_are_cut_to_an_area(tmp_path):
    path = save(tmp_path / "a.gpkg", CROSS, name=list("abcd"))
    west, south = AT
    area = box_area((west - STEP / 2, south - STEP / 2, west + 1.5 * STEP, south + 1.5 * STEP))
    streets = read_lines(path, source(name="name"), area=area)
    assert streets.street_names == ("a",)  # and c goes on from it
    assert streets.n_streets == 2
    assert streets.shape_lon.max() == pytest.approx(west + STEP)
    assert streets.left_out == {"streets outside the box": 2}
    with pytest.raises(InputError, match="has no street within the box 0, 0, 1, 1"):
        read_lines(path, area=box_area((0, 0, 1, 1)))
