"""Write the record of Aleppo and the tables of columns in docs/record.md anew.

python tools/record_page.py
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pages import between_marks, table

from safepassage.case import load_case
from safepassage.declaration import read_announcements
from safepassage.ledger.expected import Expected
from safepassage.publish.record import record_document
from safepassage.publish.record_columns import CEASEFIRES, INCIDENTS, PLANNED_ACTUAL

if TYPE_CHECKING:
    from safepassage.publish.record_columns import Column

PAGE = Path(__file__).resolve().parents[1] / "docs" / "record.md"


@cache
def aleppo() -> dict[str, Any]:
    """Make the record of the built-in case, from what it says came of it."""
    loaded = load_case("aleppo-2016-11-04")
    texts = read_announcements([loaded.path(each) for each in loaded.case.announcements])
    return record_document(loaded, texts, Expected.of_case(loaded))


def told() -> str:
    """Tell what a reader looks for first."""
    document = aleppo()
    ended, out, inside = document["ended"], document["people_out"], document["people_inside"]
    share = document["uptake"]
    return table(
        ("what", "as the record has it", "from"),
        ("how it ended", f"{ended['how']}, {ended['at']}", ended["because"]),
        ("people out", f"{out['low']:,} to {out['high']:,}", document["people_out_source"]),
        ("people inside", f"{inside['low']:,} to {inside['high']:,}", inside["source"]),
        ("share that left", f"{share['low']:.2%} to {share['high']:.2%}", "the two above"),
        *(("incident", incident(each), each["source"]) for each in document["incidents"]),
        *(("afterwards", each["text"], each["source"]) for each in document["notes"]),
    )  # fmt: skip


def incident(each: dict[str, Any]) -> str:
    """Tell of an incident in a line."""
    who = f"{each['status']} by {each['reported_by']}"
    return f"{each['at']}: {each['what']}, {who}: {each['text']}"


def sides() -> str:
    """Tell what each side said."""
    rows = []
    for side in aleppo()["sides"]:
        rows += [
            (side["party"], f"announced a {each['kind']} on {each['on']}", each["text"])
            for each in side["announced"]
        ]
        for each in side["answers"]:
            by = f", as stated by {each['stated_by']}" if each["stated_by"] else ""
            rows.append((side["party"], each["status"] + by, each["source"]))
    return table(("side", "what it said", "from"), *rows)


def unknown() -> str:
    """List what is not known."""
    return "\n".join(f"- {each}" for each in aleppo()["unknown"])


def columns(of: tuple[Column, ...]) -> str:
    """Write the columns of a table; those that stay empty in one row at the end."""
    filled = [each for each in of if not each.origin.startswith("left empty")]
    empty: dict[str, list[str]] = {}
    for each in of:
        if each not in filled:
            empty.setdefault(each.origin, []).append(f"`{each.name}`")
    return table(
        ("column", "meaning", "where its cells come from"),
        *((f"`{each.name}`", each.meaning, each.origin) for each in filled),
        *((", ".join(names), "", origin) for origin, names in empty.items()),
    )


def page(text: str) -> str:
    """Put each part between its marks."""
    made = {
        "told": told, "sides": sides, "unknown": unknown,
        "ceasefires": partial(columns, CEASEFIRES), "incidents": partial(columns, INCIDENTS),
        "planned_actual": partial(columns, PLANNED_ACTUAL),
    }  # fmt: skip
    return between_marks(text, made)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
