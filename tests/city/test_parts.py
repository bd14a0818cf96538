"""With split zones, those who live nearest to a door start from it and from no other."""

import numpy as np
import pytest
import shapely

from city.packages import again, same_city
from city.squares import CASE, at, box, city, save, streets
from safepassage.base.errors import InputError
from safepassage.base.geo import distance_m
from safepassage.case import load_case
from safepassage.city.checkup import check_up
from safepassage.plan.make import make_plan

NEAR, FAR = box(1.9, -0.1, 2.1, 0.1), box(6.9, -0.1, 7.1, 0.1)
TWO = shapely.MultiPolygon([NEAR, FAR])
"""Homes at two junctions, one street and six streets from the gate's, which is (1, 0)."""

STREET_MIN = distance_m(*at(0, 0), *at(1, 0)) / 0.8 / 60
"""A street at 0.8 m/s: 1.16 minutes."""


def planned(tmp_path, keys):
    save(tmp_path / "z.gpkg", [TWO], name=["Both"], people=[60])
    city(tmp_path, f'zones = "z.gpkg"\ndoors = 2\n{keys}')
    return make_plan(load_case(str(tmp_path)))


def test_people_at_the_near_door_go_first_and_the_others_have_to_walk(tmp_path):
    plan = planned(tmp_path, "split_zones = true")
    assert plan.city.zones.names == ("Both (1)", "Both (2)")
    assert plan.city.zones.best.tolist() == [30, 30]
    assert plan.city.zones.access_m.tolist() == [0, 0]
    near, far = int(STREET_MIN), int(6 * STREET_MIN)  # minutes in which the first pass
    for curve in (plan.optimum.cumulative, plan.schedule.cumulative):
        assert curve[near - 1] == 0
        assert curve[near + 3] == 30  # ten a minute, and up to a minute for whole steps
        assert curve[far - 1] == 30
        assert curve[far + 3] == 60
    assert plan.ceiling.cumulative[far - 2] == 30
    homes = {i: plan.city.zones.node[i] for i in range(2)}
    at_near = int(np.argmin(plan.city.zones.lon))
    routes = [
        (int(flow.zones[route.source]), route)
        for flow in plan.optimum.flows
        for route in flow.arrival.routes()
    ]
    assert {zone for zone, _ in routes} == {0, 1}
    for zone, route in routes:
        assert plan.ways.head[route.arcs[0]] == homes[zone]  # no way to any other door
        assert len(route.arcs) - 1 == (1 if zone == at_near else 6)


def test_without_it_all_walk_the_way_of_all_on_average(tmp_path):
    plan = planned(tmp_path, "")
    assert len(plan.city.zones) == 1
    first = int((5 / 2 * 1.3 + 1) * STREET_MIN)
    for curve in (plan.optimum.cumulative, plan.schedule.cumulative):
        assert curve[first - 1] == 0
        assert curve[first + 7] == 60


def test_parts_hold_everybody_and_walk_to_the_nearest_door(tmp_path):
    save(tmp_path / "z.gpkg", [box(-0.5, -0.5, 9.5, 6.5), box(-0.5, 6.6, 9.5, 9.5)],
         id=["s", "n"], name=["South", "North"], people_low=[700, 10], people_best=[1003, 11],
         people_high=[2001, 19])  # fmt: skip
    whole = city(tmp_path, 'zones = "z.gpkg"\ndoors = 3').zones
    made = city(tmp_path, 'zones = "z.gpkg"\ndoors = 3\nsplit_zones = true')
    parts = made.zones
    assert parts.ids == ("s-part-1", "s-part-2", "s-part-3", "n-part-1", "n-part-2", "n-part-3")
    assert parts.names[3:] == ("North (1)", "North (2)", "North (3)")
    assert [e.sum() for e in (parts.low, parts.best, parts.high)] == [710, 1014, 2020]
    assert parts.best[:3] == pytest.approx(1003 * whole.door_share[:3], abs=1)
    assert parts.door_node.tolist() == parts.node.tolist() == whole.door_node.tolist()
    assert parts.door_share.tolist() == [1] * 6
    # those in the south walk to the nearest of its doors, by the lengths of their streets
    lat, lon, homes = made.streets.lat, made.streets.lon, np.zeros(made.streets.n_nodes)
    once = made.streets.once
    for end in (made.streets.tail, made.streets.head):
        np.add.at(homes, end[once], made.streets.length_m[once])
    south = shapely.intersects_xy(box(-0.5, -0.5, 9.5, 6.5), lon, lat)
    doors = parts.node[:3]
    away = distance_m(lat[south, None], lon[south, None], lat[doors], lon[doors]) * 1.3
    mine = away.argmin(axis=1)
    for door in range(3):
        here = mine == door
        mean = np.average(away[here, door], weights=homes[south][here])
        assert parts.access_m[door] == pytest.approx(mean, rel=0.02)
    assert (parts.access_m < whole.door_m).all()


def test_a_zone_with_one_door_stays_as_it_is(tmp_path):
    save(tmp_path / "z.gpkg", [box(3.2, 3.2, 3.8, 3.4), shapely.Point(25.0, 60.0)],
         name=["A", "B"], people=[7, 8])  # fmt: skip
    plain = city(tmp_path, 'zones = "z.gpkg"')
    same_city(plain, city(tmp_path, 'zones = "z.gpkg"\nsplit_zones = true'))


def test_people_spread_over_streets_are_split_as_well(tmp_path):
    head = "people = { low = 500, best = 1001, high = 2000 }"
    made = city(tmp_path, "doors = 3\nsplit_zones = true", head=head)
    assert (made.zones.low.sum(), made.zones.best.sum(), made.zones.high.sum()) == (500, 1001, 2000)
    assert len(made.zones) == len(made.zones.door_node)
    assert len(made.zones) > len(city(tmp_path, "doors = 3", head=head).zones)


def test_a_split_city_reads_back_from_its_geopackage(tmp_path):
    (tmp_path / "from").mkdir()
    streets(tmp_path / "from")
    save(tmp_path / "from" / "z.gpkg", [box(-0.5, -0.5, 9.5, 9.5)], name=["All"], people=[90])
    keys = 'streets = "town.osm"\nzones = "z.gpkg"\nsplit_zones = true'
    (tmp_path / "from" / "case.toml").write_text(f"{CASE}\n[city]\n{keys}\n", "utf-8")
    found = check_up(load_case(str(tmp_path / "from")))
    found.geopackage(tmp_path / "city.gpkg")
    case = f'{CASE}\n[city]\ngeopackage = "city.gpkg"\n'
    (tmp_path / "case.toml").write_text(case, encoding="utf-8")
    same_city(found.city, again(tmp_path).city)
    (tmp_path / "case.toml").write_text(f"{case}split_zones = true\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"city.geopackage and city.split_zones exclude each"):
        load_case(str(tmp_path))
