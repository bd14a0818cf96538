"""Do what docs/examples-coquimbo.md says, and get what it says comes out."""

import csv
import json
import re
import sqlite3
import subprocess
import sys

import numpy as np
import pytest

from city.coquimbo import coquimbo
from docs.papers import blocks, text
from safepassage.case import load_case
from safepassage.city import build_city
from safepassage.city.highways import highway_classes
from safepassage.cli import main

PAGE = "examples-coquimbo.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Make the folder of the case with the script and the case of the page."""
    data = coquimbo()
    folder = tmp_path_factory.mktemp("coquimbo")
    for name, language in (("prepare.py", "python"), ("case.toml", "toml")):
        (content,) = blocks(PAGE, language, name)
        (folder / name).write_text(content, encoding="utf-8")
    subprocess.run([sys.executable, str(folder / "prepare.py"), str(data), str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def table(folder):
    """Open the tables, to be asked in plain SQL."""
    with sqlite3.connect(folder / "project_database.sqlite") as database:
        yield lambda question: database.execute(question).fetchall()


def test_everybody_in_133_zones(folder, table):
    with (folder / "zones.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 133
    city = build_city(load_case(str(folder)))
    assert round(sum(float(row["people"]) for row in rows)) == 451_899
    assert city.zones.best.sum() == 451_899
    ((people,),) = table("SELECT sum(population) FROM zones")
    assert round(people) == 451_899


@pytest.mark.parametrize("mode", ["walk", "vehicle"])
def test_streets_are_the_links_of_the_table(folder, table, mode):
    loaded = load_case(str(folder))
    case = loaded.case.model_copy(
        update={"city": loaded.case.city.model_copy(update={"mode": mode})}
    )
    streets = build_city(type(loaded)(case, loaded.folder, loaded.inputs)).streets
    known = highway_classes()
    metres = {
        (kind, direction): length
        for kind, direction, length in table(
            "SELECT link_type, direction, sum(distance) FROM links GROUP BY 1, 2"
        )
        if kind in known and (known[kind].walk if mode == "walk" else known[kind].drive)
    }
    once = sum(metres.values())
    both = 2 * once
    if mode == "vehicle":
        both -= sum(length for (_, direction), length in metres.items() if direction)
    assert streets.length_m.sum() == pytest.approx(both, rel=0.02)  # islands and loops are left out
    assert streets.length_m.sum() < both
    links = {number for (number,) in table("SELECT link_id FROM links")}
    assert set(streets.way_id.tolist()) <= links
    assert streets.left_out["streets not built or out of use"] == 137  # centroid connectors
    assert streets.oneway.any() == (mode == "vehicle")


def test_lanes_are_those_of_the_table(folder, table):
    loaded = load_case(str(folder))
    city = loaded.case.city.model_copy(update={"mode": "vehicle"})
    case = loaded.case.model_copy(update={"city": city})
    streets = build_city(type(loaded)(case, loaded.folder, loaded.inputs)).streets
    lanes = {
        number: {ahead, back}
        for number, ahead, back in table("SELECT link_id, lanes_ab, lanes_ba FROM links")
    }
    several = np.flatnonzero(streets.lanes > 1)
    assert len(several) > 1000
    for i in several[::50].tolist():
        assert streets.lanes[i] <= max(n or 0 for n in lanes[int(streets.way_id[i])])


@pytest.mark.slow
def test_the_plan_says_what_the_page_says(folder, capsys):
    assert main(["plan", str(folder), "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    told = dict(re.findall(r"^\| ([a-z].*?) \| (?:about )?([\d,]+) \|$", text(PAGE), re.MULTILINE))
    told = [int(number.replace(",", "")) for number in told.values()]
    left = {each["reason"]: each["people"] for each in made["not_moved"]}
    assert made["people"]["best"] == pytest.approx(451_899, abs=1)
    found = [
        round(made["people"]["best"]),
        made["optimum"]["total"],
        made["ceiling"]["total"]["best"],
        left["streets full"],
        left["too far"],
    ]
    np.testing.assert_allclose(found, told, atol=1500)
    assert made["optimum"]["total"] + sum(left.values()) == 451_899
    assert made["conditional"]
    assert made["optimum"]["total"] <= made["ceiling"]["total"]["best"]
    assert len(made["corridors"]) == 5
