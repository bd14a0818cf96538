"""docs/situation.md names every key of the document and every alarm; its figures are ours."""

import json
import re
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from docs.papers import ROOT, tables, text
from safepassage.ledger import alarms, projection, reconcile

PAGE = text("situation.md")
SAID = " ".join(PAGE.split())
SCHEMA = json.loads(
    (files("safepassage.base") / "schemas" / "situation.schema.json").read_text("utf-8")
)
PEOPLE = {"low", "best", "high"}
EVENTS = {"assurances", "contacts", "notifications", "decisions", "test_movements",
          "notes"}  # fmt: skip


def resolved(schema):
    """Give a part without its reference, and whether it may be null."""
    options = schema.get("anyOf", [schema])
    inner = next(each for each in options if each != {"type": "null"})
    name = inner.get("$ref", "").rpartition("/")[2]
    return (SCHEMA["$defs"][name] if name else inner), len(options) > 1


def keys(schema, path=""):
    """Go through the keys of a schema; people are one key, and so is an event as it was sent."""
    inner, nullable = resolved(schema)
    properties = inner.get("properties")
    if inner.get("type") == "array":
        part = resolved(inner["items"])[0]
        if path in EVENTS:
            yield f"{path}[]"
        elif "properties" in part:
            yield from keys(part, f"{path}[]")
        else:
            yield path
    elif properties is None or (set(properties) == PEOPLE and path != "curve.passed"):
        yield path
    else:
        if nullable:
            yield path
        for name, each in properties.items():
            yield from keys(each, f"{path}.{name}" if path else name)


def test_every_key_of_the_document_is_in_the_table():
    rows = [row["key"].strip("`") for row in tables("situation.md", "key", "meaning")]
    assert len(rows) == len(set(rows))
    assert set(rows) == set(keys(SCHEMA))


def test_every_alarm_is_told():
    rows = {row["kind"].strip("`") for row in tables("situation.md", "kind", "raised when")}
    assert rows == set(alarms.KINDS)
    kinds = SCHEMA["properties"]["alarms"]["items"]["properties"]["kind"]["enum"]
    assert kinds == list(alarms.KINDS)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_numbers_on_the_page_are_those_of_the_program():
    for words in (
        f"F = {projection._FAMILY:g} ", f"d = {projection._DRIFT:.0%}".replace("%", " %"),
        f"± {projection._NORMAL_80:g} √", f"by more than {reconcile._APART} people",
        f"(of {alarms._FEW} people or more)", f"nobody where {alarms._FEW} or more",
        f"nobody counted for {alarms._SILENT.seconds // 60} minutes",
        f"a warning from {alarms._SOON.seconds // 60} minutes before",
    ):  # fmt: skip
        assert words in SAID, words
    assert pytest.approx(1 / 5) == reconcile._APART_SHARE
    assert alarms._EVE.seconds == 3600


def test_what_is_measured_stands_there():
    coverage = tables(
        "situation.md", "place, pause", "after", "days", "inside", "below, above",
        "of days with people", "width",
    )  # fmt: skip
    assert len(coverage) > 8
    speed = tables("situation.md", "events", "folded, a second", "settled, ms", "told, ms",
                   "document, kB", "held, MB")  # fmt: skip
    assert len(speed) == 10


def test_files_are_there():
    for path in re.findall(r"`?(benchmarks/[\w./]+\.py)`?", PAGE):
        assert (ROOT / path).exists(), path
    assert not re.search(r"https?://|/work/|/home/|/tmp/", PAGE)
