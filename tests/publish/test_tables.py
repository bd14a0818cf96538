from __future__ import annotations

import csv
import json
from importlib.resources import files
from io import StringIO

import jsonschema
import pytest

from safepassage.base.signs import without_controls
from safepassage.publish import curve_csv, plan_json, waves_csv
from safepassage.publish.tables import (
    CURVE_COLUMNS,
    WAVES_COLUMNS,
    curve_metadata,
    waves_metadata,
)  # fmt: skip


def validator(name):
    text = (files("safepassage.base") / "schemas" / f"{name}.schema.json").read_text("utf-8")
    schema = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def rows(text):
    return list(csv.DictReader(StringIO(text, newline="")))


def test_plan_json_is_the_plan_in_its_own_order(plan):
    text = plan_json(plan)
    again = json.loads(text)
    assert again == plan
    assert list(again) == list(plan)
    assert max(len(line) for line in text.splitlines() if '"' in line and "[" not in line) < 400
    assert plan_json(again) == text


def test_plan_keeps_to_its_schema(plan):
    validator("plan").validate(plan)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda p: p.pop("consent"),
        lambda p: p.pop("ceiling_note"),
        lambda p: p["protection"].clear(),
        lambda p: p["corridors"][0].update(lat=None),
        lambda p: p["corridors"][3].update(schedule_passed=[1]),
        lambda p: p["corridors"][-1].update(
            people_per_min={"low": 1, "best": 1, "high": 1, "source": ""}
        ),
        lambda p: p["window"]["usable"].update(start="2016-11-04T10:00Z"),
        lambda p: p["schedule"]["waves"][0].update(people=-1),
        lambda p: p["inputs"][0].update(sha256="no"),
    ],
)
def test_schema_refuses_a_spoilt_plan(plan, spoil):
    spoil(plan)
    assert not validator("plan").is_valid(plan)


def test_curve_holds_every_minute_and_never_a_bare_ceiling(plan):
    table = rows(curve_csv(plan))
    assert len(table) == plan["window"]["steps"] + 1
    check = validator("curve")
    for minute, row in enumerate(table):
        check.validate(row)
        assert int(row["minute"]) == minute
        assert float(row["out_schedule"]) == plan["schedule"]["cumulative"][minute]
        assert float(row["out_optimum"]) == plan["optimum"]["cumulative"][minute]
        assert float(row["ceiling"]) == plan["ceiling"]["cumulative"][minute]
        assert float(row["on_the_road"]) == plan["schedule"]["on_the_road"][minute]
        assert row["likely_to_come"] == "not estimated"
        assert row["note"] == plan["ceiling_note"]
        passed = sum(float(value) for name, value in row.items() if name.startswith("passed_"))
        assert passed == float(row["out_schedule"])
    assert table[0]["time"] == plan["window"]["usable"]["start"]
    assert table[61]["time"] == "2016-11-04T11:01"
    assert set(CURVE_COLUMNS) <= set(table[0])


def test_waves_hold_every_wave_and_add_up(plan):
    table = rows(waves_csv(plan))
    check = validator("waves")
    for row in table:
        check.validate(row)
    assert list(table[0]) == list(WAVES_COLUMNS)
    assert sum(int(row["people"]) for row in table) == plan["schedule"]["total"]
    assert {row["id"] for row in table} == {wave["id"] for wave in plan["schedule"]["waves"]}
    assert [row["from"] for row in table] == sorted(row["from"] for row in table)
    assert {row["corridor_assumed"] for row in table} == {"true"}


@pytest.mark.parametrize("text", [
    "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", " =1", "\n@A1", "\uff1d1",
])  # fmt: skip
def test_no_cell_runs_as_a_formula(plan, text):
    plan["schedule"]["waves"][0]["zone_name"] = text
    plan["corridors"][0]["name"] = text
    plan["ceiling_note"] = text
    zones = [row["zone_name"] for row in rows(waves_csv(plan))]
    kept = "'" + without_controls(text)
    assert kept in zones
    assert text not in zones
    assert rows(curve_csv(plan))[0]["note"] == kept


def test_no_sign_of_a_table_commands_a_terminal_or_turns_writing_round(plan):
    plan["schedule"]["waves"][0]["zone_name"] = "\u202eGate\x1b[31m"
    written = waves_csv(plan)
    assert "\x1b" not in written
    assert "\u202e" not in written
    assert "\ufffdGate\ufffd[31m" in written


def test_commas_quotes_and_newlines_come_back(plan):
    name = 'a, "b"\nc'
    plan["schedule"]["waves"][0]["zone_name"] = name
    assert name in [row["zone_name"] for row in rows(waves_csv(plan))]


@pytest.mark.parametrize(
    ("describe", "table"), [(curve_metadata, curve_csv), (waves_metadata, waves_csv)]
)
def test_sidecar_describes_each_column_and_carries_what_a_table_cannot(plan, describe, table):
    sidecar = json.loads(describe(plan))
    columns = [column["name"] for column in sidecar["tableSchema"]["columns"]]
    assert columns == list(rows(table(plan))[0])
    assert all(column["dc:description"] for column in sidecar["tableSchema"]["columns"])
    (note,) = sidecar["notes"]
    for key in ("tool", "inputs", "attribution", "consent", "protection", "likely_to_come",
                "ceiling_note", "conditional"):  # fmt: skip
        assert note[key] == plan[key]
    assert (files("safepassage.base") / "schemas" / note["row_schema"]).is_file()
