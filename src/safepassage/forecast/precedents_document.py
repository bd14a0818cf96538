"""Give precedents as JSON, and their shares in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from safepassage.base.phrases import percent
from safepassage.base.provenance import stamp
from safepassage.forecast.codebook import CODES, CONDITIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from safepassage.forecast.counted import Count, Span
    from safepassage.forecast.precedents import Precedent, Precedents

__all__ = ["precedents_document", "share_words", "span_words"]

_HOW = {"D": "on", "C": "by", "R": "over"}
_ELSE = tuple(name for name in CODES if name not in {"kind", *CONDITIONS})


def precedents_document(
    precedents: Precedents, rows: Sequence[Precedent], filters: Mapping[str, str]
) -> dict[str, Any]:
    """Give precedents as the document that ``precedents.schema.json`` describes.

    Parameters
    ----------
    precedents
        All of them, with the tables they were read from.
    rows
        Those that are asked for.
    filters
        Column → the code or the words that they were chosen by.

    """
    return {
        **stamp("precedents", "1.0", precedents.inputs, ()),
        "filters": dict(filters),
        "of": len(precedents),
        "precedents": [_precedent(row) for row in rows],
    }


def _precedent(row: Precedent) -> dict[str, Any]:
    total, armed, civilian = row.corridors
    return {
        "id": row.id,
        "place": row.place,
        "start": _local(row.start),
        "end": _local(row.end),
        "days": row.days,
        "window_hours": row.window_hours,
        "corridors": {"total": total, "armed": armed, "civilian": civilian},
        "people_inside": _span(row.inside),
        "left": _span(row.left),
        "share": _span(row.share),
        "pooled": row.pooled,
        "no_share": row.no_share or None,
        "left_by_day": [_count(count, row.start) for count in row.counts],
        "kind": row.codes["kind"],
        "conditions": {name: row.codes.get(name) for name in CONDITIONS},
        **{name: row.codes.get(name) for name in _ELSE},
        "first_incident_hours": _span(row.first_incident_h),
        "ended_hours": _span(row.ended_h),
        **{name: text or None for name, text in row.texts.items() if name != "sources"},
        "sources": _sources(row.texts["sources"]),
    }


def _local(when: date) -> str:
    return when.isoformat(timespec="minutes") if isinstance(when, datetime) else when.isoformat()


def _span(span: Span | None) -> dict[str, float] | None:
    return None if span is None else {"low": span.low, "high": span.high}


def _count(count: Count, start: date) -> dict[str, Any]:
    first = start.date() if isinstance(start, datetime) else start
    since, until = (first + timedelta(days=day - 1) for day in (count.since, count.until))
    return {
        "counted": _HOW[count.how],
        "since": None if count.how == "C" else since.isoformat(),
        "until": until.isoformat(),
        "people": _span(count.people),
        "counter": count.counter or None,
    }


def _sources(cell: str) -> list[str]:
    """Split a cell of addresses, each once; words stay together."""
    parts = list(dict.fromkeys(cell.split()))
    return parts if all("://" in part for part in parts) else [cell]


def span_words(span: Mapping[str, float]) -> str:
    """Write an interval of whole numbers or hours."""
    low, high = (f"{span[end]:,.10g}" for end in ("low", "high"))
    return low if low == high else f"{low} to {high}"


def share_words(share: Mapping[str, float]) -> str:
    """Write a share as per cent, an interval with one sign for both ends."""
    low, high = percent(share["low"]), percent(share["high"])
    return high if low == high else f"{low.removesuffix(' %')} to {high}"
