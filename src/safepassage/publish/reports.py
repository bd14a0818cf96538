"""Make any report by its name: the one door that the command line and the server use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from safepassage.base.errors import InputError
from safepassage.publish.handover import handover
from safepassage.publish.situation_report import situation_report
from safepassage.publish.status_board import status_board
from safepassage.publish.tally_sheets import tally_sheets
from safepassage.publish.update_160 import update_160

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from safepassage.publish.redaction import Level
    from safepassage.publish.status_board import Paper

__all__ = ["KINDS", "NEED_NO_LEDGER", "Kind", "kind_of", "report", "suffix"]

Kind = Literal["sitrep", "handover", "update", "tally", "board"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NEED_NO_LEDGER: frozenset[Kind] = frozenset({"tally", "board"})
"""Made of a case alone as well: ``case_document`` gives it."""


def kind_of(text: str) -> Kind:
    """Read which report is meant.

    Raises
    ------
    InputError
        If there is no such report.

    """
    for kind in KINDS:
        if text == kind:
            return kind
    raise InputError.one("--kind", f"is none of {', '.join(KINDS)} ({text[:40]!r})",
                         "Leave it out for sitrep.")  # fmt: skip


def suffix(kind: Kind) -> str:
    """Tell how the name of its file ends: a text message is no page."""
    return ".txt" if kind == "update" else ".html"


def report(
    kind: Kind,
    document: Mapping[str, Any],
    *,
    language: str = "en",
    level: Level = "internal",
    since: datetime | None = None,
    corridor: str | None = None,
    forecast: Mapping[str, Any] | None = None,
    paper: Paper = "A3",
    now: datetime | None = None,
) -> str:
    """Make a report of a situation; tally sheets and boards of a case as well.

    Parameters
    ----------
    kind
        Which one.
    document
        A situation as known at a minute, or for tally and board what ``case_document`` gives.
    language, level, now
        As every report takes them.
    since
        Of a handover: from when on it tells what happened.
    corridor
        Of tally sheets: only this one.
    forecast
        Of a situation report: who is likely to come.
    paper
        Of a board.

    Raises
    ------
    InputError
        If the report cannot be made of it, or not for these readers.

    """
    readers: dict[str, Any] = {"language": language, "level": level, "now": now}
    if kind == "sitrep":
        return situation_report(document, forecast=forecast, **readers)
    if kind == "handover":
        return handover(document, since=since, **readers)
    if kind == "update":
        return update_160(document, **readers)
    if kind == "tally":
        return tally_sheets(document, corridor=corridor, **readers)
    return status_board(document, paper=paper, **readers)
