"""Resolve mentions of days against the day a text was written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

__all__ = ["DateMention", "resolve"]

_HORIZON_DAYS = 200
"""A day without a year is looked for this far from the reference: under half a year,
so that at most one year fits (an assumption)."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """Hold one mention of a day, as far as the words go.

    Attributes
    ----------
    start, end
        Offsets into the text.
    year, month, day
        Calendar parts that are given.
    weekday
        0 for Monday to 6 for Sunday.
    offset
        Days from the day of writing: 0 today, 1 tomorrow, -14 two weeks ago.
    side
        ``past`` for "last Friday", ``future`` for "this coming Friday", ``unclear``
        for "next Friday" (readers differ) and "Friday or Saturday", else ``None``.
    link
        How the next mention is tied to this one: ``and`` (both days), ``to`` (a span).

    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    offset: int | None = None
    side: Literal["past", "future", "unclear"] | None = None
    link: Literal["and", "to"] | None = None

    @property
    def is_absolute(self) -> bool:
        """Tell whether year, month and day are all given."""
        return self.year is not None and self.month is not None and self.day is not None


def resolve(
    mention: DateMention,
    reference: date | None,
    *,
    direction: Literal["past", "future"] = "future",
) -> date | None:
    """Work out the day a mention means; ``None`` where the words do not settle it.

    Parameters
    ----------
    reference
        The day of writing, where known.
    direction
        Which way a bare weekday or a day without a year is looked for. The
        reference day itself always counts.

    """
    if mention.side == "unclear":
        return None
    day = _calendar_day(mention, reference, direction)
    if day is not None or mention.day is not None:
        agrees = day is None or mention.weekday is None or day.weekday() == mention.weekday
        return day if agrees else None
    if reference is None:
        return None
    days = (
        mention.offset if mention.offset is not None else _to_weekday(mention, reference, direction)
    )
    return None if days is None else _shift(reference, days)


def _to_weekday(
    mention: DateMention, reference: date, direction: Literal["past", "future"]
) -> int | None:
    """Count the days from the reference to the weekday that is meant."""
    if mention.weekday is None:
        return None
    if mention.side == "past":
        return -((reference.weekday() - mention.weekday - 1) % 7 + 1)
    if direction == "past" and mention.side is None:
        return -((reference.weekday() - mention.weekday) % 7)
    return (mention.weekday - reference.weekday()) % 7


def _calendar_day(
    mention: DateMention, reference: date | None, direction: Literal["past", "future"]
) -> date | None:
    if mention.month is None or mention.day is None:
        return None
    if mention.year is not None:
        return _date(mention.year, mention.month, mention.day)
    if reference is None:
        return None
    near = [
        day
        for year in (reference.year - 1, reference.year, reference.year + 1)
        if (day := _date(year, mention.month, mention.day)) is not None
        and abs((day - reference).days) <= _HORIZON_DAYS
    ]
    if not near:
        return None
    wanted = [day for day in near if (day >= reference) == (direction == "future")]
    return min(wanted or near, key=lambda day: abs((day - reference).days))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # the 31st of November
        return None


def _shift(reference: date, days: int) -> date | None:
    try:
        return reference + timedelta(days=days)
    except OverflowError:
        return None
