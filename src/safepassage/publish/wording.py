"""Write numbers, times and unknowns the way every page and table does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from safepassage.base.phrases import duration, percent

__all__ = [
    "FILTERS", "MONTHS", "REASONS", "clock", "day", "interval", "moment", "month", "number",
    "reason", "statement",
]  # fmt: skip

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

REASONS = {
    "slots": "room left in pieces that departure slots do not fit",
    "longest walk": "longer way than the case allows",
}
"""Reason in a plan → words, where the reason alone says little."""


def number(value: float | None) -> str:
    """Write a count with thousands marked, or a dash where it is not known."""
    if value is None:
        return "–"
    whole = round(value)
    return f"{whole:,}" if abs(value - whole) < 1e-9 else f"{value:,.1f}"


def moment(local: str) -> datetime:
    """Read a local time ``YYYY-MM-DDTHH:MM``; a year may lack its leading zeros."""
    return datetime.fromisoformat(_full(local)[:16])


def _full(local: str) -> str:
    """Fill the year up to four digits: ``strftime`` writes the year 500 as 500."""
    year, dash, rest = local.partition("-")
    return f"{year:0>4}{dash}{rest}"


def clock(local: str | None) -> str:
    """Write the hour and minute of a local time."""
    return f"{moment(local):%H:%M}" if local else "–"


def day(local: str) -> str:
    """Write the date of a local time or date in words, in any locale."""
    date = datetime.fromisoformat(_full(local)[:10])
    return f"{_DAYS[date.weekday()]} {date.day} {MONTHS[date.month - 1]} {date.year}"


def month(local: str) -> str:
    """Write the month and year of a local time or date in words."""
    date = datetime.fromisoformat(_full(local)[:10])
    return f"{MONTHS[date.month - 1]} {date.year}"


def interval(value: dict[str, Any] | None) -> str:
    """Write ``best (low to high)``, or the one number where there is no spread."""
    if value is None:
        return "–"
    if value["low"] == value["high"]:
        return number(value["best"])
    return f"{number(value['best'])} ({number(value['low'])} to {number(value['high'])})"


def reason(code: str | None) -> str:
    """Write why a plan leaves people, in words where the code alone says little."""
    return REASONS.get(code or "", code) or "–"


def statement(value: Any) -> str:
    """Write a value of an announcement in words; nested values are joined."""
    if value is None or value in ("", [], {}):
        return "not stated"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        known = {k: v for k, v in value.items() if v is not None and v not in ("", [])}
        return "; ".join(f"{k.replace('_', ' ')}: {statement(v)}" for k, v in known.items()) or (
            "not stated"
        )
    if isinstance(value, list):
        return ", ".join(statement(each) for each in value)
    text = str(value)
    if len(text) == 16 and text[10] == "T":
        return f"{day(text)}, {clock(text)}"
    return text


FILTERS = {
    "number": number, "clock": clock, "day": day, "month": month, "chance": percent,
    "hours": duration, "interval": interval, "reason": reason, "statement": statement,
}  # fmt: skip
