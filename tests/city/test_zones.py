"""Zones from tables with HXL tags, polygons, points and hexagons; the doors they get."""

import sys

import numpy as np
import pytest
import shapely

from city.squares import SIDE, at, box, city, save
from safepassage.base.errors import InputError
from safepassage.base.geo import distance_m
from safepassage.case import load_case
from safepassage.plan.make import make_plan

QUARTERS = [box(-0.5, -0.5, 4.5, 4.5), box(4.5, -0.5, 9.5, 4.5)]


def zones(
    tmp_path, shapes=QUARTERS, file="zones.gpkg", keys="", head="", crs="EPSG:4326", **columns
):
    columns = columns or {"name": ["West", "East"], "people": [100, 300]}
    save(tmp_path / file, shapes, crs=crs, **columns)
    return city(tmp_path, f'zones = "{file}"\n{keys}', head=head).zones


def table(tmp_path, text, keys="", more=""):
    (tmp_path / "zones.csv").write_text(text, encoding="utf-8")
    return city(tmp_path, f'zones = "zones.csv"\n{keys}', more=more).zones


def faults(make, *args, **options):
    with pytest.raises(InputError) as caught:
        make(*args, **options)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("name", ["zones.gpkg", "zones.geojson", "zones.shp"])
def test_polygons_give_names_people_and_doors(tmp_path, name):
    found = zones(tmp_path, file=name)
    assert found.names == ("West", "East")
    assert found.best.tolist() == [100, 300]
    assert found.door_zone.tolist() == [0] * 4 + [1] * 4
    assert np.bincount(found.door_zone, found.door_share).tolist() == pytest.approx([1, 1])
    assert found.node.tolist() == [found.door_node[0], found.door_node[4]]


def test_doors_lie_in_their_zone_and_save_walking(tmp_path):
    made = city(tmp_path, f'zones = "{save(tmp_path / "z.gpkg", QUARTERS, people=[1, 1]).name}"')
    found, streets = made.zones, made.streets
    for i, shape in enumerate(QUARTERS):
        doors = found.door_node[found.door_zone == i]
        assert len(set(doors.tolist())) == 4
        assert shapely.intersects_xy(shape, streets.lon[doors], streets.lat[doors]).all()
        inside = np.flatnonzero(shapely.intersects_xy(shape, streets.lon, streets.lat))
        away = distance_m(
            streets.lat[inside, None], streets.lon[inside, None], streets.lat[doors],
            streets.lon[doors],
        )  # fmt: skip
        assert away.min(axis=1).mean() < 0.6 * away[:, 0].mean()
        # the way to a door is the mean of all, 1.3 times the straight line
        weight = np.array([_metres(streets, node) for node in inside])
        mean = (away * weight[:, None]).sum(axis=0) / weight.sum() * 1.3
        assert found.door_m[found.door_zone == i] == pytest.approx(mean, rel=2e-3)


def _metres(streets, node):
    return streets.length_m[streets.once & ((streets.tail == node) | (streets.head == node))].sum()


def test_people_live_along_streets_with_homes(tmp_path):
    save(tmp_path / "z.gpkg", [box(-0.5, -0.5, 9.5, 9.5)], people=[10])
    made = city(
        tmp_path, 'zones = "z.gpkg"\ndoors = 3',
        classes=lambda x, _: "residential" if x < 2 else "footway",
    )  # fmt: skip
    east = (made.streets.lon[made.zones.door_node] - 25.0) / 0.001
    assert (east < 2.5).all()


def test_one_door_is_the_one_nearest_to_all(tmp_path):
    found = zones(tmp_path, shapes=[box(-0.5, -0.5, 4.5, 4.5)], keys="doors = 1", people=[10])
    made = city(tmp_path, 'zones = "zones.gpkg"\ndoors = 1')
    lat, lon = at(2, 2)
    door = made.streets.lat[found.node[0]], made.streets.lon[found.node[0]]
    assert door == pytest.approx((lat, lon))
    assert found.door_share.tolist() == pytest.approx([1])


def test_a_plan_uses_several_doors(tmp_path):
    save(tmp_path / "z.gpkg", [box(-0.5, -0.5, 9.5, 9.5)], name=["All"], people=[5000])
    city(tmp_path, 'zones = "z.gpkg"\ndoors = 5', more=MANY_GATES)
    made = make_plan(load_case(str(tmp_path)))
    used = {wave.arcs[0] for wave in made.schedule.waves}
    routes = {route.arcs[0] for flow in made.optimum.flows for route in flow.arrival.routes()}
    assert len(routes) > 1
    assert used <= set(np.flatnonzero(made.ways.street < 0).tolist())
    assert len(used) == 1  # the schedule tells each zone one corridor and one route


MANY_GATES = """
[[corridors]]
id = "other"
name = "Other gate"
people_per_min_per_lane = 200
position = { lat = 60.009, lon = 25.009 }
[movement]
people_per_m_per_s = 0.1
"""


def test_a_point_has_the_nearest_junction_for_its_one_door(tmp_path):
    found = zones(tmp_path, shapes=[shapely.Point(25.0031, 60.002)], people=[7])
    assert found.door_share.tolist() == [1]
    assert found.access_m[0] == pytest.approx(5.6, abs=0.2)


def test_a_polygon_between_junctions_takes_the_nearest(tmp_path):
    found = zones(tmp_path, shapes=[box(3.2, 3.2, 3.8, 3.4)], people=[7])
    assert len(found.door_node) == 1


MAPPING = """
[city.zone_columns]
name = "quarter"
people_low = "few"
people_best = "some"
people_high = "many"
pcode = "code"
"""


def test_low_best_and_high_and_a_mapping(tmp_path):
    found = zones(
        tmp_path, keys=MAPPING,
        quarter=["A", "B"], few=[1, 2], some=[3, 4], many=[5, 6], code=["P1", "P2"], people=[0, 0],
    )  # fmt: skip
    assert found.names == ("A", "B")
    assert found.ids == found.pcodes == ("P1", "P2")
    assert [found.low.tolist(), found.best.tolist(), found.high.tolist()] == [
        [1, 2],
        [3, 4],
        [5, 6],
    ]


def test_columns_of_common_operational_datasets_are_known(tmp_path):
    found = zones(tmp_path, ADM1_PCODE=["X", "X"], ADM3_PCODE=["X1", "X2"], ADM1_EN=["L", "L"],
                  ADM3_EN=["A", "B"], ADM3_AR=["أ", "ب"], population=[5, 6])  # fmt: skip
    assert found.ids == ("X1", "X2")
    assert found.names == ("A", "B")
    assert found.names_ar == ("أ", "ب")
    assert found.best.tolist() == [5, 6]


def test_a_stated_total_is_shared_out_by_polygons(tmp_path):
    found = zones(tmp_path, head="people = { low = 200, best = 1000, high = 1500 }")
    assert found.best.tolist() == [250, 750]
    assert found.low.tolist() == [50, 150]


HXL = """\
Code,Quarter,Lat,Lon,All,Women,Few,Many
#adm3+code,#adm3+name,#geo+lat,#geo+lon,#population,#population+f,#population+min,#population+max
C1,West,60.002,25.002,100,51,90,120
C2,East,60.002,25.007,300,151,290,320
"""


def test_hxl_tags_name_the_columns(tmp_path):
    found = table(tmp_path, HXL)
    assert found.ids == found.pcodes == ("C1", "C2")
    assert found.names == ("West", "East")
    assert [found.low.tolist(), found.best.tolist(), found.high.tolist()] == [
        [90, 290], [100, 300], [120, 320]
    ]  # fmt: skip


def test_the_deepest_level_gives_the_name(tmp_path):
    text = HXL.replace("Women", "District").replace("#population+f", "#adm1+name")
    assert table(tmp_path, text).names == ("West", "East")


def test_columns_of_people_that_fit_alike_are_refused(tmp_path):
    text = HXL.replace("#population,#population+f", "#population+f,#population+m")
    (said,) = faults(table, tmp_path, text)
    assert "several columns of people: All, Women" in said
    found = table(tmp_path, text.replace("#population+min,#population+max", ","),
                  'zone_columns = { people = "Women" }')  # fmt: skip
    assert found.best.tolist() == [51, 151]


def test_pcodes_stand_beside_ids(tmp_path):
    found = table(tmp_path, "id,pcode,name,lat,lon,people\na,SY01,A,60.002,25.002,5\n")
    assert (found.ids, found.pcodes) == (("a",), ("SY01",))


def test_hexagons_by_h3(tmp_path):
    h3 = pytest.importorskip("h3")
    cell = h3.latlng_to_cell(*at(4, 4), 9)
    found = table(tmp_path, f"h3,population\n{cell},40\n")
    assert found.names == ("Zone 1",)
    assert found.best.tolist() == [40]
    lat, lon = h3.cell_to_latlng(cell)
    assert distance_m(lat, lon, found.lat[0], found.lon[0]) < 2
    assert len(found.door_node) > 1
    assert faults(table, tmp_path, "h3,population\nnone,40\n")[0].startswith(
        f"{tmp_path / 'zones.csv'}, line 2: h3 is no cell ('none')"
    )
    (twice,) = faults(table, tmp_path, f"h3,population\n{cell},40\n{cell},40\n")
    assert "Zone 1 and Zone 2 overlap, by 100% of the smaller" in twice


def test_a_border_with_heights_and_very_many_points(tmp_path):
    ring = shapely.segmentize(box(0, 0, 4, 4), 0.000002)
    text = shapely.force_3d(ring, 7).wkt
    assert len(text) > 131_072  # the longest cell that Python's csv reads unless it is told
    found = table(tmp_path, f'name,wkt,people\nA,"{text}",40\n')
    assert not found.shapes[0].has_z
    assert found.shapes[0].equals(ring)


def test_without_h3_a_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "h3", None)
    (said,) = faults(table, tmp_path, "h3,population\n8928308280fffff,40\n")
    assert "pip install" in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,lat,lon,people\nA,60.002,25.002,-5\n", "line 2: people must not be negative"),
        ("name,lat,lon,people\nA,60.002,25.002,\n", "line 2: people is not a number"),
        ("name,lat,lon\nA,60.002,25.002\n", "says nothing of people"),
        ("name,lat,lon,people\nA,25.002,60.002,5\n", "Its latitude and longitude are swapped"),
        ("name,lat,lon,people\nA,61.002,25.002,5\n", "from the nearest street"),
        ('wkt,people\n"POLYGON ((0 0, 1 1, 0 1, 1 0, 0 0))",5\n', "wkt is no valid polygon"),
        ("wkt,people\nPOLYGON EMPTY,5\n", "neither a point nor a polygon"),
        ("wkt,people\nhere,5\n", "wkt is no shape"),
        ('wkt,people\n"POLYGON ((25 60, 25.001 60, nan nan, 25 60))",5\n', "is no valid polygon"),
        ("h3,people\n617700169958293503,5\n", "line 2: h3 is no cell"),
        ("", "holds no rows"),
        ('wkt,people\n"POINT (400 1)",5\n', "off the earth"),
        ("id,lat,lon,people\nA,60.002,25.002,5\n", "lacks the columns name"),
        ("#adm1+name,#geo+lat,#geo+lon,#population\n", "holds no rows"),
    ],
)
def test_bad_tables_are_refused(tmp_path, text, says):
    assert any(says in fault for fault in faults(table, tmp_path, text))


def test_zones_that_overlap_are_refused_in_pairs(tmp_path):
    shapes = [box(0, 0, 4, 4), box(3, 0, 6, 4), box(5.9, 0, 9, 4), box(6, 5, 9, 9)]
    said = faults(zones, tmp_path, shapes=shapes, name=["A", "B", "C", "D"], people=[1] * 4)
    assert [fault.split(": ")[1] for fault in said] == [
        "A and B overlap, by 33% of the smaller. Nobody may be counted twice",
        "B and C overlap, by 3% of the smaller. Nobody may be counted twice",
    ]


def test_a_sliver_between_neighbours_is_no_overlap(tmp_path):
    shapes = [box(-0.5, 0, 4.001, 4), box(4, 0, 9, 4)]
    assert len(zones(tmp_path, shapes=shapes, people=[1, 2])) == 2


SPIKE = shapely.Polygon([at(0, 0)[::-1], at(4, 0)[::-1], at(6, 0)[::-1], at(4, 0)[::-1],
                         at(4, 4)[::-1], at(0, 4)[::-1]])  # fmt: skip
BOW = shapely.Polygon([at(0, 0)[::-1], at(4, 4)[::-1], at(4, 0)[::-1], at(0, 4)[::-1]])


def test_a_polygon_that_keeps_its_area_is_mended_and_that_is_told(tmp_path):
    assert not SPIKE.is_valid
    save(tmp_path / "z.gpkg", [SPIKE], people=[5])
    made = city(tmp_path, 'zones = "z.gpkg"')
    assert len(made.zones) == 1
    assert any("its polygon was mended" in text for text, _ in made.assumptions)


def test_a_polygon_that_would_change_is_refused(tmp_path):
    (said,) = faults(zones, tmp_path, shapes=[BOW], people=[5])
    assert "is no valid polygon" in said


def test_a_file_without_a_reference_system_is_refused(tmp_path):
    (said,) = faults(zones, tmp_path, file="z.shp", crs=None, people=[1, 2])
    assert "names no reference system" in said
    assert (
        len(zones(tmp_path, file="z.shp", crs=None, keys='zone_crs = "EPSG:4326"', people=[1, 2]))
        == 2
    )


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path):
    (said,) = faults(zones, tmp_path, keys='zone_columns = { people = "folk" }')
    assert "case.toml: city.zone_columns.people" in said
    assert "has no column 'folk'" in said
    assert "name, people" in said


def test_negative_people_of_several_features_are_told_together(tmp_path):
    said = faults(zones, tmp_path, name=["A", "B"], people=[-1, -2])
    assert len(said) == 2


def test_every_junction_of_the_town_is_there(tmp_path):
    assert zones(tmp_path).best.sum() == 400
    assert city(tmp_path, 'zones = "zones.gpkg"').streets.n_nodes <= SIDE * SIDE


def test_people_spread_over_streets_have_several_doors_as_well(tmp_path):
    made = city(tmp_path, "", head="people = 1000").zones
    assert len(made) > 2
    assert len(made.door_node) > 2 * len(made)
    assert np.bincount(made.door_zone, made.door_share) == pytest.approx(np.ones(len(made)))
    one = city(tmp_path, "doors = 1", head="people = 1000").zones
    assert len(one.door_node) == len(one) == len(made)
    assert one.best.tolist() == made.best.tolist()
