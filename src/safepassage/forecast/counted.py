"""Read how many people left, by day and by counter, as tables of precedents write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

__all__ = ["Count", "Span", "counts_of", "share_out_by_day", "span_of"]

_NUMBER = r"[0-9]{1,12}(?:\.[0-9]{1,6})?"
_SPAN = re.compile(rf"^({_NUMBER})(?:\.\.({_NUMBER}))?$")
_DAY = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?"
_ENTRY = re.compile(
    rf"^(?P<how>[DCR]):(?P<since>{_DAY})(?:/(?P<until>{_DAY}))?=(?P<people>[^@]+?)(?:@(?P<counter>.+))?$"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Hold the lowest and the highest of a figure that counters do not agree on."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Count:
    """Hold one count: ``people`` who left on a day, by a day in all, or over some days.

    ``since`` and ``until`` are days counted from the first, which is 1.
    """

    how: Literal["D", "C", "R"]
    since: int
    until: int
    people: Span
    counter: str


def span_of(cell: str) -> Span:
    """Read ``n`` or ``low..high``.

    Raises
    ------
    ValueError
        If it is neither, or the wrong way round.

    """
    found = _SPAN.match(cell.strip())
    if not found:
        raise ValueError(f"is no number and no interval `low..high` (is {cell.strip()[:40]!r})")
    low = float(found[1])
    high = float(found[2]) if found[2] else low
    if high < low:
        raise ValueError(f"has its ends the wrong way round ({cell.strip()})")
    return Span(low, high)


def counts_of(cell: str, first: date) -> tuple[Count, ...]:
    """Read the entries of ``left_by_day``; days are counted from ``first``.

    Raises
    ------
    ValueError
        If an entry cannot be read, or lies before the first day.

    """
    return tuple(_count(entry.strip(), first) for entry in cell.split("|") if entry.strip())


def _count(entry: str, first: date) -> Count:
    found = _ENTRY.match(entry)
    if not found or (found["how"] == "R") != bool(found["until"]):
        raise ValueError(
            f"has an entry that is none of `D:day=n`, `C:day=n`, `R:day/day=n` ({entry[:60]!r})"
        )
    try:
        since = _day(found["since"], first)
        until = _day(found["until"], first) if found["until"] else since
    except ValueError:
        raise ValueError(f"has an entry whose day is none ({entry[:60]!r})") from None
    if since < 1 or until < since:
        raise ValueError(f"has an entry before the first day, or backwards ({entry[:60]!r})")
    how = cast('Literal["D", "C", "R"]', found["how"])
    return Count(how, since, until, span_of(found["people"]), (found["counter"] or "").strip())


def _day(text: str, first: date) -> int:
    return (datetime.fromisoformat(text).date() - first).days + 1


def share_out_by_day(counts: tuple[Count, ...], days: int, left: float) -> list[float]:
    """Spread ``left`` people over the days: the share of them out by the end of each day.

    Counts of single days and running totals set the course where they are known, straight
    lines between them where not (an assumption), scaled so that all are out on the last
    day. Without counts people leave evenly over the days.

    Returns
    -------
    ``days`` numbers, never falling, the last of them 1.

    """
    if left <= 0:
        return [1.0] * days
    known = {0: 0.0}
    for count in sorted(counts, key=lambda each: (each.until, each.how != "C")):
        middle = (count.people.low + count.people.high) / 2
        if count.how == "C":
            known[count.until] = max(middle, known.get(count.until, 0.0))
        elif count.until not in known:
            before = max(day for day in known if day < count.until)
            if before >= count.since - 1:
                known[count.until] = known[before] + middle
    course, highest = [], max(known)
    total = max(left, *known.values())
    if highest < days:
        known[days] = total
    marks = sorted(known)
    for day in range(1, days + 1):
        after = next(mark for mark in marks if mark >= day)
        before = max(mark for mark in marks if mark < day)
        run = (day - before) / (after - before)
        course.append(known[before] + run * (known[after] - known[before]))
    shares, most = [], 0.0
    for people in course:
        most = max(most, people / total)
        shares.append(min(most, 1.0))
    shares[-1] = 1.0
    return shares
