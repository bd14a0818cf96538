"""Read Russian clocks, days and lengths of time, in digits and in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.clock import DAY_MIN
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
    "янв": "January", "фев": "February", "апр": "April", "авг": "August", "сент": "September",
    "сен": "September", "окт": "October", "ноя": "November", "нояб": "November",
    "дек": "December", "мар": "March",
}  # fmt: skip
_MONTH_ENDINGS = frozenset({"ь", "я", "е", "ю", "а", "", "у", "ем", "ом", "й"})
_HOUR = frozenset({"час", "часа", "часов", "часу", "часам", "ч"})
_MINUTE = frozenset({"минут", "минуты", "минута", "минуту", "мин"})
_PARTS = {
    "утра": range(1, 12), "дня": range(1, 13), "вечера": range(4, 12), "ночи": range(1, 13),
}  # fmt: skip
"""Hours of a twelve-hour clock that go with a part of the day."""
_LENGTHS = {
    "час": ("hour", 60), "часа": ("hour", 60), "часов": ("hour", 60), "ч": ("hour", 60),
    "день": ("day", DAY_MIN), "дня": ("day", DAY_MIN), "дней": ("day", DAY_MIN),
    "суток": ("hour", DAY_MIN), "сутки": ("hour", DAY_MIN), "неделя": ("week", 0),
    "недели": ("week", 0), "недель": ("week", 0), "неделю": ("week", 0),
    "минут": ("minute", 1), "минуты": ("minute", 1), "мин": ("minute", 1),
    "месяца": ("month", 0), "месяцев": ("month", 0), "лет": ("year", 0), "года": ("year", 0),
    "часами": ("hour", 60), "сутками": ("hour", DAY_MIN), "днями": ("day", DAY_MIN),
}  # fmt: skip
_AT = frozenset({"с", "со", "до", "к", "в", "около", "после"})
_DOTTED = re.compile(r"(\d{1,2})[.:-]([0-5]\d)")
_RANGE = re.compile(r"(\d{1,2})[.:]([0-5]\d)-(\d{1,2})[.:]([0-5]\d)")
_NAMED = {
    "полдень": "noon", "полудня": "noon", "полудню": "noon", "полуночи": "midnight",
    "полночь": "midnight", "полночи": "midnight",
}  # fmt: skip


def time_at(words: Sequence[str], at: int) -> Found | None:
    """Read the clock, day or length that folded words hold from one on.

    Gives how many words it takes, their English, and what they are. What the words leave open, such as "с двух до пяти дня", is left unread.
    """
    for read in (_named, _written_clock, _year, _day_of_month, _spoken_clock, _paired_clock, _length):
        found = read(words, at)
        if found is not None:
            return found
    return None


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""


def _named(words: Sequence[str], at: int) -> Found | None:
    word = words[at]
    if word in _NAMED:
        return 1, _NAMED[word], "clock"
    if word in {"час", "часу", "часа"} and _word(words, at + 1) in {"дня", "ночи"}:
        if value(list(words[max(0, at - 1) : at])) is None:
            return 2, "13:00" if words[at + 1] == "дня" else "1:00", "clock"
    for count in (1, 2):  # "24-часовая", "72-х часовое"
        if (unit := with_unit("-".join(words[at : at + count]))) is not None:
            return count, unit, ""
    return None


# --- clocks ---------------------------------------------------------------------------


def _clock(hour: int, minute: int) -> str:
    return f"{hour}:{minute:02d}"


def _written_clock(words: Sequence[str], at: int) -> Found | None:
    """Read "9:00", "9.00", "9-00" and "09:00-19:00", and what hour of the day follows."""
    span = _RANGE.fullmatch(words[at])
    if span:
        first, second = _clock(int(span[1]), int(span[2])), _clock(int(span[3]), int(span[4]))
        dates = "." in words[at] and not (_is_clock_minute(span[2]) and _is_clock_minute(span[4]))
        if dates or int(span[1]) > 24 or int(span[3]) > 24:
            return 1, words[at].replace(".", "/"), ""
        return 1 + _hours_word(words, at + 1), f"{first} - {second}", "clock"
    match = _DOTTED.fullmatch(words[at])
    if match is None or int(match[1]) > 24:
        return None
    hour, minute = int(match[1]), int(match[2])
    after = at + 1 + _hours_word(words, at + 1)
    if ":" not in words[at] and not _is_written_clock(words, at, match[2], after):
        return 1, words[at].replace(".", "/"), ""
    part = _word(words, after)
    if part in _PARTS:
        told = _of_part(hour, minute, part)
        return None if told is None else (after + 1 - at, told, "clock")
    return after - at, _clock(hour, minute), "clock"


def _is_written_clock(words: Sequence[str], at: int, minute: str, after: int) -> bool:
    """Tell "9.00" and "9-00" from a date, a score or a share."""
    if after > at + 1 or _word(words, after) in _PARTS or _is_zone(words, after):
        return True
    return _is_clock_minute(minute) and (_word(words, at - 1) in _AT or _word(words, at - 1) == "-")


def _is_clock_minute(minute: str) -> bool:
    return minute == "00" or (int(minute) > 12 and int(minute) % 5 == 0)


def _hours_word(words: Sequence[str], at: int) -> int:
    """Count the words "часов" or "ч." at a place."""
    if _word(words, at) not in _HOUR:
        return 0
    return 2 if words[at] == "ч" and _word(words, at + 1) == "." and at + 2 < len(words) else 1


def _is_zone(words: Sequence[str], at: int) -> bool:
    word, following = _word(words, at), _word(words, at + 1)
    if word == "(":
        return _is_zone(words, at + 1)
    return (
        word in {"мск", "utc", "gmt"}
        or (word == "по" and following.endswith(("скому", "местному", "москве", "гринвичу")))
        or (word == "местного" and following == "времени")
    )


def _of_part(hour: int, minute: int, part: str) -> str | None:
    """Put an hour of the morning, the day, the evening or the night on a clock."""
    if hour > 12:
        return _clock(hour, minute) if part != "утра" else None
    if hour not in _PARTS[part]:
        return None
    if part == "утра":
        return _clock(hour, minute)
    if part == "дня":
        return (
            "noon"
            if (hour, minute) == (12, 0)
            else _clock(hour % 12 + 12, minute)
            if (hour == 12 or hour < 7)
            else None
        )
    if part == "вечера":
        return _clock(hour + 12, minute)
    if (hour, minute) == (12, 0):
        return "midnight"
    if hour == 12 or hour < 6:
        return _clock(hour % 12, minute)
    return _clock(hour + 12, minute) if hour >= 9 else None


def _spoken(words: Sequence[str], at: int) -> tuple[int, int, int, str, int] | None:
    """Give hour, minute, words for "часов", part of the day and the end of a spoken clock."""
    digits, _, ending = words[at].partition("-")
    number = (
        (int(digits), 1)
        if digits.isdecimal() and ending in {"ти", "и", "х"}
        else value(list(words[at : at + 2]))
    )
    if number is None or number[0] > 24:
        return None
    after = at + number[1]
    hours = _hours_word(words, after)
    after += hours
    minute = 0
    if hours and (more := value(list(words[after : after + 2]))) is not None:
        if _word(words, after + more[1]) in _MINUTE and more[0] < 60:
            minute, after = more[0], after + more[1] + 1
    part = _word(words, after)
    part = part if part in _PARTS else ""
    return number[0], minute, hours, part, after + bool(part)


def _spoken_clock(words: Sequence[str], at: int) -> Found | None:
    """Read "9 часов утра", "в девять вечера" and "в 9 часов"."""
    found = _spoken(words, at)
    if found is None:
        return None
    hour, minute, hours, part, end = found
    before = _word(words, at - 1)
    if part == "дня" and not hours and before not in {"в", "до", "с", "к"}:
        return None  # "два дня" is a length
    if part and (hours or before in _AT or before in {"-", "и"}):
        told = _of_part(hour, minute, part)
        return None if told is None else (end - at, told, "clock")
    if not hours or part:
        return None
    if before in {"с", "к"} or (before == "в" and words[at + 1] in {"час", "часа", "часов", "ч"}):
        return end - at, _clock(hour, minute), "clock"
    if before == "до" and (_is_zone(words, end) or _opened_before(words, at)):
        return end - at, _clock(hour, minute), "clock"
    return None


def _opened_before(words: Sequence[str], at: int) -> bool:
    """Tell whether "до" closes what "с" opens a few words before."""
    for place in range(at - 2, max(-1, at - 14), -1):
        if words[place] in {"с", "со"}:
            return value(list(words[place + 1 : place + 3])) is not None or bool(
                _DOTTED.fullmatch(words[place + 1]) or words[place + 1] in _NAMED
            )
        if words[place] in {",", ";", ".", ":"}:
            return False
    return False


def _paired_clock(words: Sequence[str], at: int) -> Found | None:
    """Read the bare hour of "с 9 до 19 часов", "с девяти до семи вечера"."""
    before = _word(words, at - 1)
    found = _spoken(words, at)
    if found is None or found[2] or found[3]:
        return None
    hour, _, _, _, end = found
    if before == "до" and _opened_before(words, at) and _is_zone(words, end):
        return end - at, _clock(hour, 0), "clock"
    if before not in {"с", "со"} or _word(words, end) != "до" or end + 1 >= len(words):
        return None
    other = _spoken(words, end + 1)
    if other is None:
        written = _DOTTED.fullmatch(words[end + 1])
        known = written and ":" in words[end + 1] and hour < int(written[1])
        return (end - at, _clock(hour, 0), "clock") if known else None
    last, _, hours, part, after = other
    if part:
        return _paired_with_part(hour, last, part, end - at)
    if not hours and not _is_zone(words, after):
        return None
    if hour < last or hour > 12:
        return end - at, _clock(hour, 0), "clock"
    return None


def _paired_with_part(hour: int, last: int, part: str, count: int) -> Found | None:
    """Read 9 in "с 9 до 7 вечера": the morning, where the evening cannot be meant."""
    same = _of_part(hour, 0, part)
    if part == "утра":
        return (count, _clock(hour, 0), "clock") if hour < last else None
    if hour > 12:
        return count, _clock(hour, 0), "clock"
    morning = 6 <= hour < 12 and (same is None or hour >= last or last == 12)
    return (count, _clock(hour, 0), "clock") if morning else None


# --- days -----------------------------------------------------------------------------


def _month(word: str) -> str | None:
    if word in _SHORT:
        return _SHORT[word]
    for stem, name in _MONTHS.items():
        if word.startswith(stem) and word[len(stem) :] in _MONTH_ENDINGS and word != "ма":
            return name
    return None


def _day_number(words: Sequence[str], at: int) -> tuple[int, int] | None:
    word = _word(words, at)
    first, dash, second = word.partition("-")
    if word.isdecimal() and len(word) <= 2:
        return int(word), 1
    if dash and first.isdecimal() and second.isdecimal() and len(word) <= 5:
        return int(second), 1
    return ordinal(list(words[at : at + 2]))


_ROW = frozenset({",", "и", "по", "-", "до", "или", "на"})


def _day_of_month(words: Sequence[str], at: int) -> Found | None:
    """Read "4 ноября 2016 года", and the 4 of "с 4 по 6 ноября"."""
    found = _day_number(words, at)
    if found is None:
        return None
    day, count = found
    word = words[at]
    told = word if count == 1 and "-" in word and word[-1].isdecimal() else str(day)
    after = at + count
    month = _month(_word(words, after))
    if month is not None:
        stop = _word(words, after) in _SHORT and _word(words, after + 1) == "."
        return after + 1 + (stop and after + 2 < len(words)) - at, f"{told} {month}", "day"
    place = after
    for _ in range(6):
        separator = _word(words, place)
        following = _day_number(words, place + 1) if separator in _ROW else None
        if following is None:
            return None
        place += 1 + following[1]
        if _month(_word(words, place)) is not None:
            return count, told, "day"
    return None


def _year(words: Sequence[str], at: int) -> Found | None:
    """Read the "2016 года" of "4 ноября 2016 года"."""
    year = words[at]
    month = at - 2 if _word(words, at - 1) == "." and _word(words, at - 2) in _SHORT else at - 1
    if not (year.isdecimal() and len(year) in {4, 5}) or _month(_word(words, month)) is None:
        return None
    after = _word(words, at + 1)
    if after in {"года", "год", "году"}:
        return 2, year, "day"
    if after in {"г", "гг"}:
        return (3 if _word(words, at + 2) == "." and at + 3 < len(words) else 2), year, "day"
    return 1, year, "day"


# --- lengths --------------------------------------------------------------------------


def _length(words: Sequence[str], at: int) -> Found | None:
    """Read "10 часов", "двое суток", "полтора часа"."""
    word = words[at]
    if word in {"полтора", "полутора", "полторы"}:
        unit = _LENGTHS.get(_word(words, at + 1))
        if unit is not None and unit[1] >= 60:
            return 2, f"{unit[1] * 3 // 2 // 60} hours" if unit[1] > 60 else "90 minutes", "number"
        return None
    if word == "полчаса":
        return 1, "30 minutes", "number"
    found = value(list(words[at : at + 2]))
    unit = _LENGTHS.get(_word(words, at + found[1])) if found else None
    if found is None or unit is None:
        return None
    count, size = found
    name, minutes = unit
    if name == "hour" and minutes == DAY_MIN:
        count *= 24
    return size + 1, f"{count} {name}{'s' * (count != 1)}", "number"
