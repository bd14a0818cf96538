"""Read Russian times of day, in digits and in words, and the part of the day that follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepassage.declaration.russian.numbers import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.russian.word import Kind

    Found = tuple[int, str, Kind]

__all__ = ["clock_at", "word_at"]

_HOURS = frozenset({"час", "часа", "часов", "часу", "часам", "ч"})
_MINUTES = frozenset({"минут", "минуты", "минута", "минуту", "мин"})
_SAID = {
    "утра": {hour: hour for hour in range(1, 12)},
    "дня": {12: 12} | {hour: hour + 12 for hour in range(1, 7)},
    "вечера": {hour: hour + 12 for hour in range(4, 12)},
    "ночи": {12: 0} | {hour: hour for hour in range(1, 6)} | {9: 21, 10: 22, 11: 23},
}
"""Hour of the day meant by an hour of the morning, the day, the evening or the night."""
_BEFORE = frozenset({"с", "со", "до", "к", "в", "около", "после"})
_DOTTED = re.compile(r"(\d{1,2})[.:-]([0-5]\d)")
_RANGE = re.compile(r"(\d{1,2})[.:]([0-5]\d)-(\d{1,2})[.:]([0-5]\d)")
_NAMED = {
    "полдень": "noon", "полудня": "noon", "полудню": "noon", "полуночи": "midnight",
    "полночь": "midnight", "полночи": "midnight",
}  # fmt: skip
_NEAR = 14
"""Words that "с" may stand before the "до" that closes it (an assumption)."""


def word_at(words: Sequence[str], at: int) -> str:
    """Give the word at a place, empty where there is none."""
    return words[at] if 0 <= at < len(words) else ""


def clock_at(words: Sequence[str], at: int) -> Found | None:
    """Read the time of day that folded words hold from one on.

    Gives how many words it takes, its English, and that it is a clock. What the words
    leave open, such as "с двух до пяти дня", is left unread.
    """
    for read in (_named, _written_range, _written, _spoken, _bare):
        found = read(words, at)
        if found is not None:
            return found
    return None


def _told(hour: int, minute: int = 0) -> str:
    return f"{hour}:{minute:02d}"


def _named(words: Sequence[str], at: int) -> Found | None:
    word, following = words[at], word_at(words, at + 1)
    if word in _NAMED:
        return 1, _NAMED[word], "clock"
    one = word in {"час", "часу", "часа"} and value([word_at(words, at - 1)]) is None
    if one and following in {"дня", "ночи"}:
        return 2, _told(_SAID[following][1]), "clock"
    return None


# --- in digits ------------------------------------------------------------------------


def _written_range(words: Sequence[str], at: int) -> Found | None:
    """Read "09:00-19:00"; a span of dates such as "04.11-06.11" is made no clock of."""
    match = _RANGE.fullmatch(words[at])
    if match is None:
        return None
    first, second = (int(match[1]), int(match[2])), (int(match[3]), int(match[4]))
    dates = "." in words[at] and not (_is_usual(first[1]) and _is_usual(second[1]))
    if dates or first[0] > 24 or second[0] > 24:
        return 1, words[at].replace(".", "/"), ""
    return 1 + _hours_words(words, at + 1), f"{_told(*first)} - {_told(*second)}", "clock"


def _written(words: Sequence[str], at: int) -> Found | None:
    """Read "9:00", "9.00" and "9-00", and what hour of the day follows."""
    match = _DOTTED.fullmatch(words[at])
    if match is None or int(match[1]) > 24:
        return None
    hour, minute = int(match[1]), int(match[2])
    after = at + 1 + _hours_words(words, at + 1)
    part = word_at(words, after)
    surely = ":" in words[at] or after > at + 1 or part in _SAID or _is_zone(words, after)
    beside = word_at(words, at - 1) in {*_BEFORE, "-"}
    if not surely and not (beside and _is_usual(minute)):
        return 1, words[at].replace(".", "/"), ""
    if part in _SAID:
        return _of_part(hour, minute, part, after + 1 - at)
    return after - at, _told(hour, minute), "clock"


def _is_usual(minute: int) -> bool:
    """Tell whether minutes could not be a month's number as well."""
    return minute == 0 or (minute > 12 and minute % 5 == 0)


def _hours_words(words: Sequence[str], at: int) -> int:
    """Count the words of "часов" or "ч." at a place."""
    if word_at(words, at) not in _HOURS:
        return 0
    return 2 if words[at] == "ч" and word_at(words, at + 1) == "." and at + 2 < len(words) else 1


def _is_zone(words: Sequence[str], at: int) -> bool:
    at += word_at(words, at) == "("
    word, following = word_at(words, at), word_at(words, at + 1)
    if word == "по":
        return following.endswith(("скому", "местному", "москве", "гринвичу"))
    return word in {"мск", "utc", "gmt"} or (word, following) == ("местного", "времени")


def _of_part(hour: int, minute: int, part: str, count: int) -> Found | None:
    """Put an hour of the morning, the day, the evening or the night on a clock."""
    if hour > 12 and part != "утра":
        return count, _told(hour, minute), "clock"
    if hour not in _SAID[part]:
        return None
    if hour == 12 and minute == 0:
        return count, "noon" if part == "дня" else "midnight", "clock"
    return count, _told(_SAID[part][hour], minute), "clock"


# --- in words -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Hour:
    """Hold a number that may be an hour: with "часов", minutes, part of the day, and its end."""

    hour: int
    minute: int
    hours: bool
    part: str
    end: int


def _hour(words: Sequence[str], at: int) -> _Hour | None:
    digits, _, ending = word_at(words, at).partition("-")
    number = value(list(words[at : at + 2]))
    if digits.isdecimal() and ending in {"ти", "и", "х"}:
        number = int(digits[:4]), 1
    if number is None or number[0] > 24:
        return None
    after = at + number[1]
    hours = _hours_words(words, after)
    after += hours
    more = value(list(words[after : after + 2])) if hours else None
    minute = 0
    if more and more[0] < 60 and word_at(words, after + more[1]) in _MINUTES:
        minute, after = more[0], after + more[1] + 1
    part = word_at(words, after)
    part = part if part in _SAID else ""
    return _Hour(number[0], minute, bool(hours), part, after + bool(part))


def _spoken(words: Sequence[str], at: int) -> Found | None:
    """Read "9 часов утра", "в девять вечера" and "в 9 часов"; "два дня" is a length."""
    one, before = _hour(words, at), word_at(words, at - 1)
    if one is None:
        return None
    days = before == "в" and one.part == "дня" and 2 <= one.hour <= 4 and not one.hours
    if one.part and not days:  # "перемирие в три дня" lasts so long
        beside = before in _BEFORE or (before in {"-", "и"} and one.part != "дня")
        told = one.hours or beside
        return _of_part(one.hour, one.minute, one.part, one.end - at) if told else None
    closes = before == "до" and (
        _is_zone(words, one.end) or _opened_before(words, at) or _is_day(words, one.end)
    )
    if one.hours and (before in {"с", "к", "в"} or closes):
        return one.end - at, _told(one.hour, one.minute), "clock"
    return None


_DAY = re.compile(
    r"(?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)[а-я]{0,2}|сегодня\w*|завтра\w*|"
    r"следующего|того|этого|[0-3]?\d"
)


def _is_day(words: Sequence[str], at: int) -> bool:
    """Tell whether a day follows: "до 19 часов субботы", "до 19 часов 22 октября"."""
    return _DAY.fullmatch(word_at(words, at)) is not None


def _bare(words: Sequence[str], at: int) -> Found | None:
    """Read the bare hour of "с 9 до 19 часов", "с девяти до семи вечера"."""
    one, before = _hour(words, at), word_at(words, at - 1)
    if one is None or one.hours or one.part:
        return None
    if before == "до":
        surely = _opened_before(words, at) and _is_zone(words, one.end)
    else:
        surely = before in {"с", "со"} and word_at(words, one.end) == "до"
        surely = surely and _opens(words, one)
    return (one.end - at, _told(one.hour), "clock") if surely else None


def _opens(words: Sequence[str], one: _Hour) -> bool:
    """Tell whether a bare hour after "с" is one, by what follows its "до"."""
    written = _DOTTED.fullmatch(word_at(words, one.end + 1))
    if written:
        return ":" in written[0] and one.hour < int(written[1])
    other = _hour(words, one.end + 1)
    if other is None:
        return False
    if not other.part:
        told = other.hours or _is_zone(words, other.end)
        return told and (one.hour < other.hour or one.hour > 12)
    if other.part == "утра":
        return one.hour < other.hour
    # "с 9 до 7 вечера" begins in the morning; "с 5 до 7 вечера" may not.
    return one.hour > 12 or (6 <= one.hour < 12 and (one.hour >= other.hour or other.hour == 12))


def _opened_before(words: Sequence[str], at: int) -> bool:
    """Tell whether "до" closes what "с" opens a few words before."""
    for place in range(at - 2, max(-1, at - _NEAR), -1):
        if words[place] in {"с", "со"}:
            following = words[place + 1]
            number = value(list(words[place + 1 : place + 3]))
            return number is not None or following in _NAMED or bool(_DOTTED.fullmatch(following))
        if words[place] in {",", ";", ".", ":"}:
            return False
    return False
