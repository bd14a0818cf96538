"""Find days and times of day that do not exist, to be told and not taken."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from safepassage.declaration.dates import resolve
from safepassage.declaration.english.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.dates import DateMention
    from safepassage.declaration.text import Text

__all__ = ["find_impossible"]

_CLOCK = re.compile(r"(?<![\w:.,/+-])(?P<hour>\d\d?):(?P<minute>\d\d)(?![\w:]|\.\d)")
_LEAP_YEAR = 2000
_LAST_HOUR, _LAST_MINUTE = 24, 59
_MOST = 4


def find_impossible(text: Text, reference: date | None) -> list[str]:
    """Tell of days that no calendar has, weekdays that do not fit, and hours past midnight.

    Parameters
    ----------
    reference
        The day of writing, which gives a day its year.

    """
    told: list[str] = []
    for sentence in text.sentences:
        told += _days(text, find_dates(text.plain, sentence.start, sentence.end), reference)
        told += _clocks(text, sentence.start, sentence.end)
        if len(told) >= _MOST:
            break
    return told[:_MOST]


def _days(text: Text, mentions: list[DateMention], reference: date | None) -> Iterator[str]:
    for mention in mentions:
        if mention.month is None or mention.day is None:
            continue
        words = text.quote(mention.start, mention.end)
        if not _exists(mention.year or _LEAP_YEAR, mention.month, mention.day):
            yield f"“{words}” is no day of the calendar, and was not taken."
        day = resolve(replace(mention, weekday=None), reference)
        if day is not None and mention.weekday not in {None, day.weekday()}:
            yield f"“{words}” was not taken: {day.day} {day:%B %Y} is a {day:%A}."


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _clocks(text: Text, start: int, end: int) -> Iterator[str]:
    for match in _CLOCK.finditer(text.plain, start, end):
        hour, minute = int(match["hour"]), int(match["minute"])
        if hour > _LAST_HOUR or minute > _LAST_MINUTE or (hour == _LAST_HOUR and minute):
            yield f"“{text.quote(*match.span())}” is no time of day, and was not taken."
