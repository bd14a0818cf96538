"""Corridors by name, by way and by nothing: where their crossings are taken to be."""

import json
import re

import pytest

from city.extracts import helsinki
from city.squares import CASE, SIDE, at, save, streets
from city.tiny import node_line, way_line
from safepassage.base.errors import InputError
from safepassage.case import load_case
from safepassage.city import build_city, located_case
from safepassage.city.names import find, read_names
from safepassage.city.spelling import alike, folded

SAME = [
    ("Bustan al-Qasr", "بستان القصر"),
    ("Bustan al-Qasr", "Бустан-эль-Каср"),
    ("Bustan al Kasr", "Bustan El Qaser"),
    ("Castello", "الكاستيلو"),
    ("Castello", "Кастелло"),
    ("Salah ad-Din", "صلاح الدين"),
    ("Salah al-Din", "Салах-эд-Дин"),
    ("Sheikh Saeed", "الشيخ سعيد"),
    ("Sheikh Saeed", "Шейх-Саид"),
    ("Mashariqa", "المشارقة"),
    ("Souk al-Hal", "سوق الهال"),
    ("Hamdaniyah", "الحمدانية"),
    ("Hamdaniyah", "Hamdania"),
    ("Mariupol", "Маріуполь"),
    ("Zaporizhzhia", "Запоріжжя"),
    ("Sumy", "Суми"),
    ("Mannerheimvägen", "MANNERHEIMVAGEN"),
]
OTHERS = [
    ("Bustan al-Qasr", "Bustan al-Basha"),
    ("Bustan al-Qasr", "Bab al-Nasr"),
    ("Salah al-Din", "Saif al-Dawla"),
    ("Salah al-Din", "سيف الدولة"),
    ("Sheikh Saeed", "Sheikh Maqsoud"),
    ("Sheikh Saeed", "الشيخ مقصود"),
    ("Castello", "Castle Road"),
    ("Sukkari", "Shaar"),
    ("Kamppi", "Komppi"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_name_in_other_letters_is_the_same(one, other):
    assert alike(one, other) >= 85
    assert alike(other, one) == pytest.approx(alike(one, other))


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_names_are_not(one, other):
    assert alike(one, other) < 85


def test_articles_and_signs_do_not_count():
    assert folded("Al-Shaʿar") == folded("shaar") == "shaar"
    assert folded("Al") == "al"


PLACES = [
    (501, at(2, 3), {"place": "suburb", "name": "بستان القصر", "name:en": "Bustan al-Qasr"}),
    (502, at(7, 7), {"place": "suburb", "name": "صلاح الدين"}),
    (503, at(7.1, 7), {"highway": "bus_stop", "name": "صلاح الدين"}),
    (504, at(1, 8), {"place": "suburb", "name:ru": "Шейх-Саид"}),
    (505, at(8, 1), {"barrier": "checkpoint", "name": "East Gate"}),
    (506, at(8, 8), {"amenity": "school", "alt_name": "West Gate;Ost Gate"}),
    (507, at(2, 2), {"name": "A name of nothing"}),
    (508, at(1, 1), {"barrier": "gate", "name": "Twin"}),
    (509, at(9, 9), {"barrier": "gate", "name": "Twin"}),
]


@pytest.fixture
def town(tmp_path):
    path = streets(tmp_path)
    more = "\n".join(node_line(number, *where, tags) for number, where, tags in PLACES)
    ways = way_line(2001, (1, 2, 3), {"highway": "residential", "name": "Short Street"})
    ways += way_line(
        2002, range(1, 1 + SIDE * SIDE, SIDE), {"highway": "residential", "name": "Long Street"}
    )
    text = path.read_text(encoding="utf-8").replace("</osm>", f"{more}\n{ways}\n</osm>")
    path.write_text(text, encoding="utf-8")
    return tmp_path


def case(folder, look_up="", more="", city=""):
    text = CASE.replace("position = { lat = 60.0, lon = 25.0 }", look_up)
    text = f'people = 100\n{text}\n{more}\n[city]\nstreets = "town.osm"\n{city}\n'
    (folder / "case.toml").write_text(text, encoding="utf-8")
    return load_case(str(folder))


def fault(*args, **options):
    with pytest.raises(InputError) as caught:
        build_city(case(*args, **options))
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("Bustan al Qasr", at(2, 3)),
        ("بستان القصر", at(2, 3)),
        ("Бустан-эль-Каср", at(2, 3)),
        ("Salah ad-Din", at(7, 7)),
        ("Sheikh Saeed", at(1, 8)),
        ("Ost Gate", at(8, 8)),
        ("Short Street", at(1, 0)),
    ],
)
def test_a_name_gives_a_position(town, name, where):
    loaded = located_case(case(town, f'look_up = {{ name = "{name}" }}'))
    position = loaded.case.corridors[0].position
    assert (position.lat, position.lon) == pytest.approx(where)
    assert position.assumed
    assert position.is_assumption
    assert name in position.source
    city = build_city(loaded)
    assert len(city.crossings) == 1
    assert located_case(loaded) is loaded


def test_what_is_found_says_how_far_it_may_be_off(town):
    def accuracy(look_up):
        return located_case(case(town, look_up)).case.corridors[0].position.accuracy_m

    assert accuracy('look_up = { name = "Bustan al-Qasr" }') == 700
    assert accuracy('look_up = { name = "East Gate" }') == 0
    assert accuracy('look_up = { name = "East Gate", accuracy_m = 55 }') == 55
    assert accuracy('look_up = { name = "Short Street" }') == pytest.approx(55.6, abs=0.2)


def test_a_source_may_place_the_crossing_there(town):
    position = located_case(case(
        town, 'look_up = { name = "East Gate", assumed = false, source = "a map" }'
    )).case.corridors[0].position  # fmt: skip
    assert not position.is_assumption
    assert position.source.startswith("a map; the map has East Gate, barrier=checkpoint, node/505")


def test_several_places_of_one_name_are_listed(town):
    said = fault(town, 'look_up = { name = "Twin" }')
    assert "case.toml: corridors, gate, look_up: it is not clear what 'Twin' means" in said
    assert "node/508" in said
    assert "and 1 more of that name (100 of 100)" in said
    assert 'osm = "node/1"' in said
    loaded = located_case(case(town, 'look_up = { name = "Twin", osm = "node/509" }'))
    position = loaded.case.corridors[0].position
    assert (position.lat, position.lon) == pytest.approx(at(9, 9))


def test_a_long_street_is_not_one_place(town):
    said = fault(town, 'look_up = { name = "Long Street" }')
    assert "it is not clear what 'Long Street' means" in said
    assert "1,112 m long" in said


@pytest.mark.parametrize(
    ("look_up", "says"),
    [
        ('look_up = { name = "Xylophone" }', "nothing on the map has a name like 'Xylophone'"),
        ('look_up = { name = "A name of nothing" }', "nothing on the map has a name like"),
        ('look_up = { name = "Sheikh Maqsoud" }', "it is not clear what 'Sheikh Maqsoud' means"),
        ('look_up = { name = "Twin", osm = "node/777" }', "node/777 is not on the map"),
    ],
)
def test_a_name_that_is_not_there_is_refused(town, look_up, says):
    assert says in fault(town, look_up)


@pytest.mark.parametrize(
    ("look_up", "says"),
    [
        ('look_up = { name = "x", osm = "relation/1" }', "osm"),
        ('look_up = { name = "x", assumed = false }', "needs `source`"),
        ('look_up = { name = "x" }\nposition = { lat = 60, lon = 25 }', "exclude each other"),
        ('way = [[60.0, 25.0]]\nway_file = "town.osm"', "exclude each other"),
    ],
)
def test_a_look_up_that_cannot_be_meant_is_refused(town, look_up, says):
    with pytest.raises(InputError, match=says):
        case(town, look_up)


def test_two_names_that_are_not_clear_are_told_together(town):
    other = '[[corridors]]\nid = "b"\nname = "B"\nlook_up = { name = "Xylophone" }\nusers = "armed"'
    said = fault(town, 'look_up = { name = "Twin" }', more=other)
    assert "'Twin'" in said
    assert "'Xylophone'" in said


def test_a_corridor_with_no_position_stays_not_located(town):
    more = '[[corridors]]\nid = "b"\nname = "B"'
    loaded = case(town, "position = { lat = 60.0, lon = 25.0 }", more=more)
    city = build_city(loaded)
    assert [crossing.corridor for crossing in city.crossings] == ["gate"]
    assert located_case(loaded).case.corridors[1].position is None


def test_a_way_ends_where_its_last_point_is(town):
    city = build_city(case(town, "way = [[60.005, 25.005], [60.008, 25.009]]"))
    (crossing,) = city.crossings
    assert (crossing.lat, crossing.lon) == (60.008, 25.009)
    assert crossing.snapped_m == pytest.approx(0, abs=1)


def test_a_way_crosses_where_it_leaves_the_area(town):
    box = "box = [25.0, 60.0, 25.0065, 60.009]"
    loaded = located_case(case(town, "way = [[60.005, 25.002], [60.005, 25.02]]", city=box))
    position = loaded.case.corridors[0].position
    assert (position.lat, position.lon) == pytest.approx((60.005, 25.0065))
    city = build_city(loaded)
    assert any(
        "The crossing of Gate stands at the junction nearest" in t for t, _ in city.assumptions
    )


def test_a_way_from_a_file(town):
    line = {"type": "LineString", "coordinates": [[25.005, 60.005], [25.009, 60.009]]}
    feature = {"type": "Feature", "properties": {}, "geometry": line}
    (town / "way.geojson").write_text(json.dumps({"type": "FeatureCollection",
                                                  "features": [feature]}))  # fmt: skip
    loaded = located_case(case(town, 'way_file = "way.geojson"'))
    assert loaded.case.corridors[0].position.lat == 60.009
    assert loaded.case.corridors[0].way == ((60.005, 25.005), (60.009, 25.009))


def test_a_way_from_outside_is_refused(town):
    box = "box = [25.0, 60.0, 25.0065, 60.009]"
    said = fault(town, "way = [[60.005, 25.02], [60.005, 25.002]]", city=box)
    assert "begins outside the box" in said


def test_a_way_far_off_is_refused_with_its_distance(town):
    said = fault(town, "way = [[60.005, 25.002], [60.2, 25.002]]")
    assert re.search(r"lies 21,\d{3} m from the nearest street", said)


def test_streets_of_other_files_have_names_too(tmp_path):
    import shapely

    lines = [shapely.LineString([at(0, 0)[::-1], at(3, 0)[::-1]]),
             shapely.LineString([at(3, 0)[::-1], at(3, 9)[::-1]]),
             shapely.LineString([at(3, 0)[::-1], at(9, 0)[::-1]])]  # fmt: skip
    save(tmp_path / "lines.gpkg", lines, name=["South Street", "East Street", "Far Street"])
    text = CASE.replace("position = { lat = 60.0, lon = 25.0 }",
                        'look_up = { name = "South Street" }')  # fmt: skip
    keys = 'streets = "lines.gpkg"\n[city.columns]\nname = "name"\n'
    (tmp_path / "case.toml").write_text(f"people = 9\n{text}\n[city]\n{keys}", encoding="utf-8")
    position = located_case(load_case(str(tmp_path))).case.corridors[0].position
    assert position.lat == pytest.approx(60.0)


def test_names_of_a_real_town():
    names = read_names(helsinki())
    assert len(names) > 1000
    station = find(names, "Helsingin päärautatieasema")
    assert station.named.kind == "railway=station"
    assert find(names, "Хельсинки").named.kind == "place=city"


def test_names_on_what_an_editor_has_just_drawn(tmp_path):
    nodes = [node_line(-1, 60.0, 25.0), node_line(-2, 60.001, 25.0), node_line(-3, 60.002, 25.0)]
    way = way_line(-7, (-1, -2, -3), {"highway": "residential", "name": "Main"})
    path = tmp_path / "new.osm"
    path.write_text("<osm version='0.6'>" + "".join([*nodes, way]) + "</osm>", encoding="utf-8")
    (named,) = read_names(path)
    assert (named.osm, named.lat, named.lon) == ("way/-7", 60.001, 25.0)


def test_a_place_that_is_no_number_is_a_damaged_file(tmp_path):
    path = tmp_path / "odd.osm"
    odd = node_line(1, 60.0, 25.0, {"name": "A", "place": "town"}).replace("60.0000000", "inf")
    path.write_text(f"<osm version='0.6'>{odd}</osm>", encoding="utf-8")
    with pytest.raises(InputError, match="damaged"):
        read_names(path)


def test_a_damaged_file_is_refused(tmp_path):
    (tmp_path / "x.osm").write_text("<osm><node", encoding="utf-8")
    with pytest.raises(InputError, match="is damaged"):
        read_names(tmp_path / "x.osm")
