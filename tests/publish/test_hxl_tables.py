from __future__ import annotations

import csv
import io
import re

import pytest
from openpyxl import load_workbook

from safepassage.publish.hxl_tables import TABLES, hxl_files

TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")
"""A tag of HXL 1.1: a hashtag and attributes, letters, digits and underscores."""


def rows(text):
    return list(csv.reader(io.StringIO(text)))


@pytest.fixture
def files(plan):
    return hxl_files(plan, notes=("As announced.",))


def test_every_tag_is_one_of_hxl_and_stands_once_in_its_table():
    for columns in TABLES.values():
        tags = [each.tag for each in columns]
        assert all(TAG.fullmatch(tag) for tag in tags)
        assert len(set(tags)) == len(tags)


def test_tables_hold_what_the_plan_holds(files, plan):
    names, tags, *zones = rows(files["zones.hxl.csv"])
    assert tags[names.index("people_best")] == "#population+best"
    assert [int(row[names.index("people_best")]) for row in zones] == [
        each["people"]["best"] for each in plan["zones"]
    ]
    names, _, *corridors = rows(files["corridors.hxl.csv"])
    assert [row[names.index("located")] for row in corridors] == [
        "yes" if each["located"] else "no" for each in plan["corridors"]
    ]
    names, _, *waves = rows(files["waves.hxl.csv"])
    assert sum(int(row[names.index("people")]) for row in waves) == sum(
        each["people"] for each in plan["schedule"]["waves"]
    )


def test_the_workbook_holds_the_same_and_says_what_each_column_means(files):
    book = load_workbook(io.BytesIO(files["tables.xlsx"]))
    assert book.sheetnames == ["about", "zones", "corridors", "waves"]
    for name in book.sheetnames[1:]:
        told = [["" if cell is None else str(cell) for cell in row]
                for row in book[name].iter_rows(values_only=True)]  # fmt: skip
        assert told == rows(files[f"{name}.hxl.csv"])
    meant = [row[:2] for row in book["about"].iter_rows(values_only=True)]
    for name, columns in TABLES.items():
        assert all((name, each.name) in meant for each in columns)


def test_what_a_reader_must_not_see_is_no_column(plan):
    bare = {key: plan[key] for key in ("corridors",)} | {
        "zones": [{key: each[key] for key in ("id", "name", "people")} for each in plan["zones"]]
    }
    files = hxl_files(bare, notes=())
    assert set(files) == {"zones.hxl.csv", "corridors.hxl.csv", "tables.xlsx"}
    assert rows(files["zones.hxl.csv"])[0] == [
        "id", "name", "people_low", "people_best", "people_high",
    ]  # fmt: skip


def test_no_cell_runs_as_a_formula(plan):
    plan["zones"][0]["name"] = "=1+1"
    files = hxl_files(plan, notes=())
    assert rows(files["zones.hxl.csv"])[2][1] == "'=1+1"
    cell = load_workbook(io.BytesIO(files["tables.xlsx"]))["zones"]["B3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_an_exercise_is_told_by_the_names_of_its_files(plan):
    files = hxl_files(plan, notes=(), exercise=True)
    assert all(name.startswith("EXERCISE-") for name in files)
    book = load_workbook(io.BytesIO(files["EXERCISE-tables.xlsx"]))
    assert book["about"]["D2"].value == "EXERCISE."
