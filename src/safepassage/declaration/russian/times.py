"""Read Russian clocks, days and lengths of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepassage.declaration.clock import DAY_MIN
from safepassage.declaration.russian.clocks import clock_at, word_at
from safepassage.declaration.russian.numbers import ordinal, value, with_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.russian.word import Kind

    Found = tuple[int, str, Kind]

__all__ = ["time_at"]

_MONTHS = {
    "январ": "January", "феврал": "February", "март": "March", "апрел": "April", "ма": "May",
    "июн": "June", "июл": "July", "август": "August", "сентябр": "September",
    "октябр": "October", "ноябр": "November", "декабр": "December",
}  # fmt: skip
_SHORT = {
    "янв": "January", "фев": "February", "мар": "March", "апр": "April", "авг": "August",
    "сен": "September", "сент": "September", "окт": "October", "ноя": "November",
    "нояб": "November", "дек": "December",
}  # fmt: skip
_MONTH_ENDINGS = frozenset({"ь", "я", "е", "ю", "а", "", "у", "ем", "ом", "й"})
_UNITS = {
    "час": ("hour", 60), "часа": ("hour", 60), "часов": ("hour", 60), "ч": ("hour", 60),
    "часами": ("hour", 60), "день": ("day", DAY_MIN), "дня": ("day", DAY_MIN),
    "дней": ("day", DAY_MIN), "днями": ("day", DAY_MIN), "суток": ("hour", DAY_MIN),
    "сутки": ("hour", DAY_MIN), "сутками": ("hour", DAY_MIN), "минут": ("minute", 1),
    "минуты": ("minute", 1), "мин": ("minute", 1), "неделя": ("week", 0), "недели": ("week", 0),
    "недель": ("week", 0), "неделю": ("week", 0), "месяца": ("month", 0), "месяцев": ("month", 0),
    "лет": ("year", 0), "года": ("year", 0),
}  # fmt: skip
"""English units, and how long one is [minutes] where it may be halved."""
_ROW = frozenset({",", "и", "по", "-", "до", "или", "на"})
_LONGEST_ROW = 6


def time_at(words: Sequence[str], at: int) -> Found | None:
    """Read the clock, day or length that folded words hold from one on.

    Gives how many words it takes, their English, and what they are.
    """
    for read in (_year, _day, clock_at, _long, _length):
        found = read(words, at)
        if found is not None:
            return found
    return None


# --- days -----------------------------------------------------------------------------


def _month(word: str) -> str | None:
    if word in _SHORT:
        return _SHORT[word]
    for stem, name in _MONTHS.items():
        if word.startswith(stem) and word[len(stem) :] in _MONTH_ENDINGS and word != "ма":
            return name
    return None


def _day(words: Sequence[str], at: int) -> Found | None:
    """Read "4 ноября", and the 4 of "с 4 по 6 ноября"."""
    found = _day_number(words, at)
    if found is None:
        return None
    told, count = found
    after = at + count
    month = _month(word_at(words, after))
    if month is not None:
        stop = (
            words[after] in _SHORT and word_at(words, after + 1) == "." and after + 2 < len(words)
        )
        return count + 1 + stop, f"{told} {month}", "day"
    place = after
    for _ in range(_LONGEST_ROW):
        following = _day_number(words, place + 1) if word_at(words, place) in _ROW else None
        if following is None:
            return None
        place += 1 + following[1]
        if _month(word_at(words, place)) is not None:
            return count, told, "day"
    return None


def _day_number(words: Sequence[str], at: int) -> tuple[str, int] | None:
    word = word_at(words, at)
    days = word.split("-")
    if len(days) <= 2 and all(day.isdecimal() and len(day) <= 2 for day in days):
        return word, 1
    found = ordinal(list(words[at : at + 2]))
    return (str(found[0]), found[1]) if found else None


def _year(words: Sequence[str], at: int) -> Found | None:
    """Read the "2016 года" of "4 ноября 2016 года"."""
    year = words[at]
    short = word_at(words, at - 1) == "." and word_at(words, at - 2) in _SHORT
    month = _month(word_at(words, at - 2 if short else at - 1))
    if not (year.isdecimal() and len(year) in {4, 5}) or month is None:
        return None
    after = word_at(words, at + 1)
    if after in {"г", "гг"} and word_at(words, at + 2) == "." and at + 3 < len(words):
        return 3, year, "day"
    return 1 + (after in {"года", "год", "году", "г", "гг"}), year, "day"


# --- lengths --------------------------------------------------------------------------


def _long(words: Sequence[str], at: int) -> Found | None:
    """Read "24-часовая" and "72-х часовое"."""
    for count in (1, 2):
        unit = with_unit("-".join(words[at : at + count]))
        if unit is not None:
            return count, unit, ""
    return None


def _length(words: Sequence[str], at: int) -> Found | None:
    """Read "10 часов", "двое суток", "полтора часа"; "сутки" are 24 hours."""
    if words[at] == "полчаса":
        return 1, "30 minutes", "number"
    half = words[at] in {"полтора", "полутора", "полторы"}
    count, size = (1, 1) if half else value(list(words[at : at + 2])) or (0, 0)
    unit, minutes = _UNITS.get(word_at(words, at + size), ("", 0))
    if not size or not unit or (half and minutes < 60):
        return None
    if half:
        unit, count = "minute", minutes * 3 // 2
        if count % 60 == 0:
            unit, count = "hour", count // 60
    elif unit == "hour":
        count *= minutes // 60
    return size + 1, f"{count} {unit}{'s' * (count != 1)}", "number"
