"""Tell a situation's document in plain text, on one screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from safepassage.base.phrases import duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["clock", "headlines", "people_text", "screen"]


def clock(document: Mapping[str, Any], moment: str | None) -> str:
    """Write a moment of a document as its local hours and minutes."""
    if moment is None:
        return "—"
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo(document["case"]["tz"]))
    return local.strftime("%H:%M")


def people_text(people: Mapping[str, int] | None) -> str:
    """Write people as a best figure and its range; a dash where nobody told of any."""
    if people is None:
        return "—"
    best = f"{people['best']:,}"
    if people["low"] == people["high"]:
        return best
    return f"{best} ({people['low']:,} to {people['high']:,})"


def headlines(document: Mapping[str, Any]) -> Iterator[str]:
    """Give the lines that stand above everything else."""
    window, state = document["window"], document["window"]["state"]
    hours = f"{clock(document, window['start'])} to {clock(document, window['end'])}"
    left = duration(window["minutes_left"])
    yield {
        "before": f"Window {hours}, not open yet; it ends in {left}.",
        "open": f"Window {hours}, open; {left} left.",
        "over": f"Window {hours}, over.",
        "called off": "Window called off.",
    }[state]
    curve = document["curve"]
    planned = ""
    if curve["planned"] is not None and curve["passed"]["best"]:
        now = min(len(curve["passed"]["best"]), len(curve["planned"])) - 1
        planned = f", planned by now {curve['planned'][now]:,}"
    yield f"Out: {people_text(document['people_out'])}{planned}."
    if (projected := curve["projection"]) is not None:
        ends = {end: projected[end][-1] for end in ("low", "best", "high")}
        yield f"If it goes on like this, at the end: {people_text(ends)}."
    yield f"Received: {people_text(document['received'])}."


def screen(document: Mapping[str, Any]) -> Iterator[str]:
    """Give the lines of one screen."""
    exercise = "EXERCISE  " if document["exercise"] else ""
    yield f"{exercise}{document['case']['title']}"
    at = clock(document, document["as_known_at"])
    yield f"As known at {at}, by entry {document['ledger']['sequence']:,} of the ledger."
    yield from headlines(document)
    for alarm in document["alarms"]:
        yield f"{alarm['level'].upper()}: {alarm['text']}"
    for row in document["corridors"]:
        age = "" if row["state_age_min"] is None else f" {row['state_age_min']} min ago"
        yield f"{row['name']}: {row['state']}{age}; passed {people_text(row['passed'])}"
    yield f"Incidents: {document['incidents_total']}."
