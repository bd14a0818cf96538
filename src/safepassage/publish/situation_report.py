"""Make the situation report: one A4 page of what is known, what is not, and what to check next."""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from safepassage.publish.next_checks import next_checks
from safepassage.publish.redaction import redacted
from safepassage.publish.report_page import rendered
from safepassage.publish.report_words import (
    alarm_rows,
    bounds,
    clip,
    corridor_rows,
    edition,
    headline,
    incident_rows,
    sources,
    unknowns,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from safepassage.publish.redaction import Level
    from safepassage.publish.report_words import Edition
    from safepassage.publish.tongue import Tongue

__all__ = ["situation_report"]


class _Most(NamedTuple):
    """Hold how many of each are shown; the rest is counted."""

    corridors: int
    incidents: int
    alarms: int
    checks: int


_MOST = (_Most(14, 6, 6, 10), _Most(12, 4, 5, 8), _Most(8, 2, 3, 4), _Most(5, 1, 2, 3))
"""Tried in turn until all of it fits on one page."""

_SOURCES = 12
_LARGEST_PT, _SMALLEST_PT = 9.4, 7.2
_FULL = {"ltr": 51, "rtl": 47}
"""Lines of the largest type that one A4 page holds (measured; Arabic script needs higher ones)."""


def situation_report(
    document: Mapping[str, Any],
    *,
    language: str = "en",
    level: Level = "internal",
    forecast: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> str:
    """Make one self-contained page that prints on A4 in black and white and needs no script.

    Parameters
    ----------
    document
        A situation, as ``situation.schema.json`` has it.
    language
        ``en``, ``ar``, or another that has a catalogue.
    level
        Who reads it.
    forecast
        Who is likely to come, as ``forecast.schema.json`` has it: it and the ceiling are told
        together, or neither is.
    now
        The clock, for the delay of what the public sees; the machine's if not given.

    Raises
    ------
    InputError
        If there is no such language, or the situation is too fresh for these readers.

    """
    issue = edition(document, language=language, level=level, now=now)
    if forecast is not None:
        forecast = redacted(forecast, level, now=issue.now)
    for most in _MOST:
        view = _view(issue, forecast, most)
        size_pt = _LARGEST_PT * sqrt(_FULL[issue.say.direction] / _lines(view, issue))
        if size_pt >= _SMALLEST_PT:
            break
    size_pt = round(min(_LARGEST_PT, max(_SMALLEST_PT, size_pt)), 2)
    return rendered("situation_report.html.j2", issue, **view, size_pt=size_pt)


def _view(issue: Edition, forecast: Mapping[str, Any] | None, most: _Most) -> dict[str, Any]:
    document = issue.document
    rows, alarms = corridor_rows(issue), alarm_rows(issue)
    checks = [] if issue.public else next_checks(issue)
    incidents = incident_rows(issue, most=most.incidents)
    total = document.get("incidents_total", len(document.get("incidents", ())))
    told = sources(issue)
    return {
        "headline": headline(issue),
        "bounds": bounds(forecast, issue),
        "rows": rows[: most.corridors], "more_rows": len(rows[most.corridors :]),
        "incidents": incidents, "more_incidents": max(total - len(incidents), 0),
        "alarms": alarms[: most.alarms], "more_alarms": len(alarms[most.alarms :]),
        "unknowns": unknowns(issue, estimated=forecast is not None),
        "checks": checks[: most.checks],
        "sources": told[:_SOURCES] + ["…"] * (len(told) > _SOURCES),
        "rule": _rule(document, issue.say),
    }  # fmt: skip


def _rule(document: Mapping[str, Any], say: Tongue) -> str:
    rules = {say(each["rule"]): None for each in document["corridors"]
             if each.get("rule") and each.get("counters")}  # fmt: skip
    return clip(" ".join(rules), 300)


def _lines(view: Mapping[str, Any], issue: Edition) -> float:
    """Estimate the lines that it all takes in the largest type."""
    table = sum(
        0.3 + max(_rows([each["name"] + each["mark"]], 31), 1 + bool(each["source"]),
            _rows([each["disputed"]], 18) + bool(each["disputed"]))
        for each in view["rows"]
    )  # fmt: skip
    left = 4 + _rows(("".join(map(str, each.values())) for each in view["incidents"]), 58)
    left += _rows((each["text"] + " " * 15 for each in view["alarms"]), 54)
    right = 2 + _rows(view["unknowns"], 54)
    checks = bool(view["checks"]) * 2 + _rows((each.text for each in view["checks"]), 54) / 2
    foot = 5 + 0.8 * _rows(["; ".join(view["sources"]) + view["rule"]], 140)
    head = 1.15 * _rows([*view["headline"], view["bounds"]], 112)
    readers = 0.0 if issue.level == "internal" else 3.5
    return head + readers + 4 + table + max(left, right) + checks + foot


def _rows(texts: Iterable[str], width: int) -> float:
    return sum(ceil(len(text) / width) + 0.2 for text in texts if text)
