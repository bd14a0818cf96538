"""Whom a plan leaves behind is told with what would move them, and whom that moves."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from publish.page import read
from safepassage.plan.document import SCHEMA_VERSION
from safepassage.publish import brief_html
from safepassage.publish.left_view import left_rows, left_sum
from safepassage.publish.zone_pages import zone_pages_html


def change(kind, text, moves, **more):
    return {
        "kind": kind, "amount": None, "at": "c1", "text": text, "moves": moves, "lanes": 0,
        "later_min": 0, "earlier_min": 0, **more,
    }  # fmt: skip


CHANGES = {
    "all": [
        change("earlier", "A start 20 min earlier, at East.", 500, earlier_min=20),
        change("both", "2 more lanes and 1 h more at the end.", 500, lanes=2, later_min=60),
        change("buses", "3 more buses on the ring.", 500),
    ],
    "120": [change("part", "Nothing within these limits moves all of them; some.", 120)],
    "nobody": [change("part", "Nothing within these limits moves any of them.", 0)],
    "not counted": [change("rule", "Another rule.", None)],
    "–": [],
}  # fmt: skip


@pytest.fixture
def plan(plan):
    rows = plan["left_behind"]["rows"][: len(CHANGES)]
    for row, changes in zip(rows, CHANGES.values(), strict=True):
        row |= {"people": 600, "by_schedule": 500, "schedule_reason": "crossing full",
                "changes": changes}  # fmt: skip
    plan["left_behind"]["rows"] = rows
    return plan


def cells(table):
    return [[cell.text for cell in row.find_all("td")] for row in table.find_all("tr")[1:]]


def test_the_format_says_which_version_it_is():
    schema = json.loads(
        (files("safepassage.base") / "schemas" / "plan.schema.json").read_text("utf-8")
    )
    assert schema["$id"].rpartition(":")[2] == SCHEMA_VERSION == "1.3"


def test_each_kind_of_change_is_told_with_whom_it_moves(plan, city):
    told = cells(read(brief_html(plan, city)).test("left-behind"))
    assert [row[-1] for row in told] == list(CHANGES)
    for row, changes in zip(told, CHANGES.values(), strict=True):
        assert row[-2] == (" or: ".join(each["text"] for each in changes) or "–")
        assert row[1] == "500 of 600"


def test_the_note_stands_under_the_table_and_on_the_first_zone_page(plan, city):
    note = plan["left_behind"]["note"]
    assert read(brief_html(plan, city)).test("left-note").text == note
    assert note[1:] in read(zone_pages_html(plan)).test("left-note").text
    plan["left_behind"]["rows"] = []
    assert "left-note" not in brief_html(plan, city) + zone_pages_html(plan)


def test_each_zone_sheet_tells_whom_the_schedule_leaves_there(plan):
    page = read(zone_pages_html(plan))
    rows = {row["zone"]: row for row in plan["left_behind"]["rows"]}
    moved = dict(zip(rows, CHANGES, strict=True))
    told = set()
    for sheet in page.find_all(data_test="zone"):
        zone = sheet.attributes["data-zone"]
        for table in sheet.find_all("table", data_test="left-behind"):
            (row,) = cells(table)
            assert row[-4:-2] == ["500 of 600", "crossing full"]
            assert row[-1] == moved[zone]
            told.add(zone)
    assert told == set(rows)


def test_those_whom_the_schedule_moves_are_in_no_table(plan):
    plan["left_behind"]["rows"][0]["by_schedule"] = 0
    assert len(left_rows(plan)) == len(CHANGES) - 1


def test_the_sum_counts_zones_by_whom_the_change_moves(plan):
    rows = left_rows(plan)
    told = "everybody in 1, some in 1, nobody in 1 and a number not worked out in 1."
    assert left_sum(rows, groups=1) == f"Of 5 zones it moves {told}"
    assert left_sum(rows, groups=2) == f"Of 5 such rows it moves {told}"
    assert left_sum([], groups=1) == ""


def test_a_reason_that_says_little_is_told_in_words(plan, city):
    plan["left_behind"]["rows"][0]["schedule_reason"] = "slots"
    plan["left_behind"]["schedule"] = [{"reason": "slots", "people": 500}]
    for page in (brief_html(plan, city), zone_pages_html(plan)):
        assert "room left in pieces that departure slots do not fit" in page
        assert ">slots<" not in page
