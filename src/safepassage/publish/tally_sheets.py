"""Make tally sheets: one A4 page for each corridor and stretch of hours, to count on by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import InputError
from safepassage.publish.report_page import rendered
from safepassage.publish.report_words import edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from safepassage.publish.redaction import Level
    from safepassage.publish.report_words import Edition

__all__ = ["QUARTER", "tally_sheets"]

QUARTER = timedelta(minutes=15)
"""A row of the sheet."""

_ROWS = 24
"""Rows of a sheet: six hours, each row high enough for tally marks."""

_LONGEST = timedelta(hours=72)
"""Sheets for more would be a stack of paper that nobody asked for."""


def tally_sheets(
    document: Mapping[str, Any],
    *,
    corridor: str | None = None,
    language: str = "en",
    level: Level = "internal",
    now: datetime | None = None,
) -> str:
    """Make sheets with a row for each quarter of an hour of the window, as one page to print.

    Parameters
    ----------
    document
        A situation, or a case as ``case_document`` gives it: hours and corridors.
    corridor
        Only this one; all that were located if not given.
    language
        ``en``, ``ar``, or another that has a catalogue.
    level
        Taken as other reports take it; a sheet holds nothing that is kept from anybody.
    now
        The clock; the machine's if not given.

    Raises
    ------
    InputError
        If there is no such corridor or language, or the window is too long for sheets.

    """
    issue = edition(document, language=language, level=level, now=now)
    window = issue.document["window"]
    start, end = (_quarter(window[key], up=key == "end") for key in ("start", "end"))
    if end - start > _LONGEST:
        raise InputError.one("tally sheets", f"are for {_LONGEST.days} days at most",
                             "Make them from a case of one day.")  # fmt: skip
    if end <= start:
        raise InputError.one(
            "tally sheets", "need hours, and the window was called off",
            "Make them from the case, without the ledger.",
        )  # fmt: skip
    sheets = [
        {"name": issue.say.name(each), "id": each["id"], "armed": each.get("users") == "armed",
         "rows": rows, "part": part, "parts": parts}
        for each in _wanted(issue, corridor)
        for part, parts, rows in _stretches(start, end, issue)
    ]  # fmt: skip
    return rendered("tally_sheets.html.j2", issue, sheets=sheets, day=issue.say.day(_iso(start)))


def _wanted(issue: Edition, corridor: str | None) -> list[dict[str, Any]]:
    corridors: list[dict[str, Any]] = issue.document["corridors"]
    if corridor is None:
        return [each for each in corridors if each.get("located", True)] or corridors
    found = [each for each in corridors if each["id"] == corridor]
    if not found:
        known = ", ".join(each["id"] for each in corridors)
        raise InputError.one("--corridor", f"names no corridor of the case ({corridor[:40]!r})",
                             f"There are {known}.")  # fmt: skip
    return found


def _quarter(instant: str, *, up: bool) -> datetime:
    """Round to whole quarters of an hour, outwards."""
    moment = datetime.fromisoformat(instant).astimezone(UTC)
    past = (moment - datetime(1970, 1, 1, tzinfo=UTC)) % QUARTER
    return moment - past + (QUARTER if up and past else timedelta(0))


def _stretches(
    start: datetime, end: datetime, issue: Edition
) -> Iterator[tuple[int, int, list[dict[str, str]]]]:
    """Give the rows of each sheet, sheets about equally long."""
    number = (end - start) // QUARTER
    parts = -(-number // _ROWS)
    for part in range(parts):
        first, last = (number * step // parts for step in (part, part + 1))
        yield part + 1, parts, [
            {"from": issue.say.clock(_iso(start + row * QUARTER)),
             "until": issue.say.clock(_iso(start + (row + 1) * QUARTER))}
            for row in range(first, last)
        ]  # fmt: skip


def _iso(moment: datetime) -> str:
    return moment.isoformat()
