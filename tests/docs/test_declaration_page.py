"""The page on reading announcements names every field that a person may decide on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from safepassage.declaration.model import Declaration
from safepassage.declaration.values import FIELDS, typed
from safepassage.declaration.wording import LABELS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/declaration.md").read_text(encoding="utf-8")


def test_the_table_of_fields_is_whole():
    rows = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`([\w.]+)`", row)]
    assert sorted(named) == sorted(FIELDS)


def test_every_field_of_the_model_can_be_decided_on_or_follows_from_others():
    follows = {
        "text_name", "text_sha256", "text", "evidence", "remarks", "reviewed", "open_windows",
        "corridors",
    }  # fmt: skip
    assert {name.partition(".")[0] for name in FIELDS} | follows == {*Declaration.model_fields}
    assert set(LABELS) <= {*Declaration.model_fields, "definition"}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("windows", "2016-11-04T09:00/19:00 daily until 2016-11-08"),
        ("windows", "2016-11-04T09:00/19:00; 2016-11-05T09:00/2016-11-06T02:00"),
        ("weapons_by_group", "armed=keep; civilian=none"),
        ("destinations", "armed=Idlib; Homs"),
        ("consent", "Government of Syria=approved by Russia; Rebels=not asked"),
        ("place", "Aleppo"),
        ("place", "Old City=34.73,36.71"),
        ("tz", "Asia/Damascus"),
    ],
)
def test_values_are_written_as_the_page_says(field, text):
    assert typed(field, text)


def test_pictures_stand_where_the_page_shows_them():
    for name in re.findall(r"\]\((pictures/[\w.-]+)\)", PAGE):
        assert (ROOT / "docs" / name).is_file()
