"""`safepassage map` shows a city, writes what it is asked for, and nothing by halves."""

import json
from importlib.resources import files

import pytest
from jsonschema import validate

from city.squares import CASE, streets
from city.walled import FAR, NEAR, WALL
from safepassage.cli.app import run


@pytest.fixture
def town(tmp_path):
    streets(tmp_path)
    text = f'{CASE}\n{NEAR}{FAR}{WALL}\n[city]\nstreets = "town.osm"\n'
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    return tmp_path


def ask(capsys, *words):
    status = run(["map", *map(str, words)])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_the_page_is_written_to_a_new_folder(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, out, _ = ask(capsys, "aleppo-2016-11-04")
    assert status == 0
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["map.html"]
    assert "250,000 people (126,500 to 275,000) in 64 zones" in out
    assert "safepassage-aleppo-2016-11-04/map.html" in out


def test_zones_with_no_way_out_are_said(capsys, town):
    status, out, _ = ask(capsys, town, "--to", town / "out.html")
    assert status == 0
    assert "1 zone has no way out (100 people)" in out
    assert "Far: 100 people, cut off by what is closed" in out
    assert (town / "out.html").is_file()


def test_json_fits_its_schema_and_writes_no_file(capsys, town):
    before = sorted(town.rglob("*"))
    status, out, _ = ask(capsys, town, "--json")
    schema = files("safepassage.base") / "schemas" / "checkup.schema.json"
    validate(json.loads(out), json.loads(schema.read_text("utf-8")))
    assert status == 0
    assert sorted(town.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [(["no-such-case"], "no-such-case"), (["aleppo-2016-11-04", "--to", " "], "--to"),
     ([" "], "the case")],
)  # fmt: skip
def test_bad_input_is_one_message(capsys, words, says):
    status, out, err = ask(capsys, *words)
    assert (status, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


def test_a_bad_map_is_told_and_nothing_written(capsys, town):
    (town / "town.osm").write_text("nothing", encoding="utf-8")
    status, _, err = ask(capsys, town, "--to", town / "out")
    assert status == 2
    assert "town.osm" in err
    assert not (town / "out").exists()


def test_a_plan_from_the_layers_is_the_plan_from_the_map(capsys, town):
    status, out, _ = ask(capsys, town, "--to", town / "city.gpkg")
    assert status == 0
    assert "city.gpkg" in out
    totals = []
    for city in ('streets = "town.osm"', 'geopackage = "city.gpkg"'):
        people = f"{NEAR}{WALL}" if "town.osm" in city else ""
        (town / "case.toml").write_text(f"{CASE}\n{people}\n[city]\n{city}\n", encoding="utf-8")
        if people:
            ask(capsys, town, "--to", town / "city.gpkg")
        assert run(["plan", str(town), "--json"]) == 0
        plan = json.loads(capsys.readouterr().out)
        totals.append((plan["optimum"]["cumulative"], plan["schedule"]["waves"]))
    assert totals[0] == totals[1]
    assert totals[0][0][-1] > 0
    assert plan["inputs"][-1]["name"] == "city.gpkg"


def test_layers_are_not_written_by_halves(capsys, town):
    (town / "city.gpkg").mkdir()
    status, _, err = ask(capsys, town, "--to", town / "city.gpkg")
    assert status == 2
    assert "is a folder" in err
    assert list((town / "city.gpkg").iterdir()) == []
