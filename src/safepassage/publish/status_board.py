"""Make the status board: all corridors on A3 or A4, filled in or to fill in by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from safepassage.base.errors import InputError
from safepassage.publish.report_page import rendered
from safepassage.publish.report_words import corridor_rows, edition

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from safepassage.publish.redaction import Level

__all__ = ["PAPERS", "Paper", "status_board"]

Paper = Literal["A3", "A4"]
PAPERS: dict[Paper, int] = {"A3": 14, "A4": 9}
"""Corridors on a page, their rows high enough to write in."""

STATES = ("open", "restricted", "closed", "unknown")


def status_board(
    document: Mapping[str, Any],
    *,
    language: str = "en",
    level: Level = "internal",
    paper: Paper = "A3",
    now: datetime | None = None,
) -> str:
    """Make a board to print, with boxes to tick; what a situation knows is filled in.

    Parameters
    ----------
    document
        A situation, or a case as ``case_document`` gives it: then it is empty.
    language
        ``en``, ``ar``, or another that has a catalogue.
    level
        Who reads it.
    paper
        ``A3`` or ``A4``, lying.
    now
        The clock, for the delay of what the public sees; the machine's if not given.

    Raises
    ------
    InputError
        If there is no such language or paper, or the situation is too fresh for these readers.

    """
    if paper not in PAPERS:
        raise InputError.one("--paper", f"is none of {', '.join(PAPERS)} ({str(paper)[:20]!r})",
                             "Leave it out for A3.")  # fmt: skip
    issue = edition(document, language=language, level=level, now=now)
    rows, most = corridor_rows(issue), PAPERS[paper]
    pages = [rows[first : first + most] for first in range(0, len(rows), most)]
    states = [{"id": each, "word": issue.say(each)} for each in STATES]
    window, say = issue.document["window"], issue.say
    return rendered(
        "status_board.html.j2", issue, pages=pages, states=states, paper=paper,
        filled="as_known_at" in issue.document, day=say.day(window["start"]),
        hours=say("{start} to {end}", start=say.clock(window["start"]),
                  end=say.when(window["end"], window["start"])),
        out=say.people(issue.document.get("people_out")),
    )  # fmt: skip
