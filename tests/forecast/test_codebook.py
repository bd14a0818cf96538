"""The codebook: one table that the loader, the case, the page and the schema go by."""

import csv
import json
import re
from importlib.resources import files

from safepassage.case.conditions import CONDITION_CODES
from safepassage.forecast.codebook import CODES, COLUMNS, CONDITIONS, NEEDED
from safepassage.forecast.conditions import UNLIKENESS

NAMES = [column.name for column in COLUMNS]


def test_columns_differ_and_say_what_they_mean():
    assert len(set(NAMES)) == len(NAMES)
    assert all(column.holds and column.meaning for column in COLUMNS)


def test_every_coded_column_is_a_column_and_every_needed_one():
    assert set(CODES) <= set(NAMES)
    assert set(NEEDED) <= set(NAMES)


def test_a_coded_column_lists_its_codes_and_no_others():
    for column in COLUMNS:
        if column.name in CODES:
            assert tuple(re.findall(r"`([^`]+)`", column.holds)) == CODES[column.name]


def test_codes_that_are_more_than_yes_and_no_are_explained():
    for column in COLUMNS:
        codes = CODES.get(column.name, ())
        if column.name != "means" and codes != ("yes", "no"):
            assert set(codes) <= set(re.findall(r"`([^`]+)`", column.meaning)), column.name


def test_conditions_are_those_a_case_can_state():
    assert tuple(CONDITION_CODES) == CONDITIONS
    assert all(CODES[name] == CONDITION_CODES[name] for name in CONDITIONS)
    assert tuple(each.condition for each in UNLIKENESS) == CONDITIONS


def test_the_table_that_ships_has_exactly_these_columns():
    data = files("safepassage.forecast") / "data" / "precedents.csv"
    header = next(csv.reader(data.read_text("utf-8").splitlines()))
    assert header == NAMES


def test_the_schema_takes_the_same_codes():
    path = files("safepassage.base") / "schemas" / "precedents.schema.json"
    row = json.loads(path.read_text("utf-8"))["properties"]["precedents"]["items"]["properties"]
    for name, codes in CODES.items():
        told = (row["conditions"]["properties"] if name in CONDITIONS else row)[name]["enum"]
        assert [code for code in told if code is not None] == list(codes), name
