"""Refuse what is no map, each time with one message that names the file and a remedy."""

import gzip

import pytest

from city.extracts import helsinki
from city.tiny import STEP, osm_text, triangle, write
from safepassage.base.errors import InputError
from safepassage.city.osm import read_osm

HOME = {"highway": "residential"}
PAIR = {1: (60.0, 25.0), 2: (60.0, 25.0 + STEP)}
GOOD = osm_text(PAIR, {1: ((1, 2), HOME)}).encode()


def refused(path, **options):
    with pytest.raises(InputError) as caught:
        read_osm(path, **options)
    assert caught.value.exit_code == 2
    (fault,) = caught.value.faults
    assert fault.remedy.endswith(".")
    assert "\n" not in str(fault)
    assert "Traceback" not in str(fault)
    return fault


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("zeros.osm.pbf", b"\0" * 100_000),
        ("zeros.osm", b"\0" * 1_000),
        ("zeros.osm.gz", b"\0" * 1_000),
        ("empty.osm.pbf", b""),
        ("empty.osm", b""),
        ("empty.osm.gz", b""),
        ("page.osm.pbf", b"<html>not found</html>" * 99),
        ("page.osm", b"<html>not found</html>"),
        ("cut.osm", GOOD[:-20]),
        ("cut.osm.gz", gzip.compress(GOOD)[:-12]),
        ("letters.osm", GOOD.replace(b'lat="60.0000000"', b'lat="sixty"', 1)),
        ("no-number.osm", GOOD.replace(b'way id="1"', b'way id="one"')),
        ("xml.osm.pbf", GOOD),
    ],
)
def test_a_damaged_file(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    fault = refused(path)
    assert fault.where == str(path)
    assert "damaged" in fault.what
    assert str(tmp_path) not in fault.what


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_pbf(tmp_path, share):
    data = helsinki().read_bytes()
    path = tmp_path / "cut.osm.pbf"
    path.write_bytes(data[: int(len(data) * share)])
    assert "damaged" in refused(path).what


def test_a_pbf_with_a_hole(tmp_path):
    data = bytearray(helsinki().read_bytes())
    data[300_000:300_400] = bytes(400)
    path = tmp_path / "hole.osm.pbf"
    path.write_bytes(data)
    assert "damaged" in refused(path).what


def test_no_file_a_folder_and_another_kind_of_file(tmp_path):
    assert "no such file" in refused(tmp_path / "missing.osm.pbf").what
    folder = tmp_path / "folder.osm.pbf"
    folder.mkdir()
    assert "not a file" in refused(folder).what
    other = tmp_path / "map.geojson"
    other.write_text("{}")
    assert ".osm.pbf" in refused(other).remedy


def test_no_street_for_the_mode(tmp_path):
    path = write(tmp_path, PAIR, {1: ((1, 2), {"highway": "steps"})})
    fault = refused(path, mode="vehicle")
    assert "no street that vehicles may drive on" in fault.what
    assert "streets not meant for vehicles: 1" in fault.what
    path = write(tmp_path, PAIR, {1: ((1, 2), {"highway": "motorway"})})
    assert "no street that people on foot may walk on" in refused(path).what


def test_no_street_at_all(tmp_path):
    assert "no way with a highway tag" in refused(write(tmp_path, PAIR, {})).what
    assert "no street" in refused(write(tmp_path, {}, {})).what


def test_streets_without_positions(tmp_path):
    path = write(tmp_path, {}, {1: ((1, 2), HOME)})
    assert "nodes of its ways are missing" in refused(path).what
    path = write(tmp_path, {1: PAIR[1]}, {1: ((1, 2), HOME)})
    assert "two neighbouring points" in refused(path).what
    path = write(tmp_path, {1: (95.0, 25.0), 2: (96.0, 25.0)}, {1: ((1, 2), HOME)})
    assert "nodes of its ways are missing" in refused(path).what


def test_nothing_but_loops(tmp_path):
    ring = {**PAIR, 3: (60.0 + STEP, 25.0)}
    assert "back to where" in refused(write(tmp_path, ring, {1: ((1, 2, 3, 1), HOME)})).what


def test_vehicles_that_can_never_come_back(tmp_path):
    path = write(tmp_path, PAIR, {1: ((1, 2), {**HOME, "oneway": "yes"})})
    fault = refused(path, mode="vehicle")
    assert "no street that vehicles may drive on (on none of them can one go" in fault.what


def test_a_box_elsewhere_and_a_box_that_is_none(tmp_path):
    path = triangle(tmp_path, HOME)
    fault = refused(path, box=(36.0, 36.1, 37.3, 36.3))
    assert fault.where == str(path)
    assert "36, 36.1, 37.3, 36.3" in fault.what
    assert "24.9990, 59.9990, 25.0020, 60.0020" in fault.remedy
    for box in [
        (25.1, 60.0, 25.0, 60.1),
        (25.0, 60.1, 25.1, 60.0),
        (25.0, 60.0, 25.0, 60.1),
        (0.0, -91.0, 1.0, 0.0),
        (0.0, float("nan"), 1.0, 1.0),
        (-181.0, 0.0, 1.0, 1.0),
    ]:
        assert "west, south, east, north" in refused(path, box=box).what
