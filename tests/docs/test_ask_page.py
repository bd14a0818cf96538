"""docs/ask.md names every key of the list; its blocks run, its words are the program's."""

import json
import re
from importlib.resources import files

from docs.papers import tables, text
from safepassage.plan.ask import BEST_OF
from safepassage.plan.changes import BUSES, SHIFTS_MIN

SCHEMA = json.loads((files("safepassage.base") / "schemas" / "ask.schema.json").read_text("utf-8"))
CHANGE = SCHEMA["properties"]["changes"]["items"]["properties"]


def test_every_key_of_a_change_is_in_the_table():
    rows = {row["key"].strip("`"): row["meaning"] for row in tables("ask.md", "key", "meaning")}
    assert set(rows) == set(CHANGE)
    for key in ("unit", "kind"):
        assert set(re.findall(r"`(\w+)`", rows[key])) == set(CHANGE[key]["enum"])


def test_every_unit_is_told_of():
    rows = tables("ask.md", "change", "unit", "how")
    assert {row["unit"] for row in rows} == set(CHANGE["unit"]["enum"])
    told = " ".join(row["change"] for row in rows)
    assert f"{SHIFTS_MIN[0]} or {SHIFTS_MIN[1]} minutes" in told
    assert BUSES == (1, 5)
    assert BEST_OF == 5
    assert "the five that gain most" in " ".join(text("ask.md").split())
