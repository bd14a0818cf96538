"""Read Arabic clocks: the hour by its ordinal or in digits, and the part of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepassage.declaration.arabic.numbers import HOURS, cardinal, hour_of
from safepassage.declaration.arabic.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["WORDS", "ClockFound", "clock_at", "part_at"]

_OCLOCK = frozenset(map(fold, ("الساعة", "ساعة")))
_HALVES = {
    fold(word): minutes
    for word, minutes in (
        ("النصف", 30), ("نصف", 30), ("الربع", 15), ("ربع", 15), ("ربعا", 15),
        ("الثلث", 20), ("ثلث", 20), ("ثلثا", 20),
    )
}  # fmt: skip
_MINUTE = frozenset(map(fold, ("دقيقة", "دقائق", "دقيقه")))
_EXACTLY = frozenset(map(fold, ("تماما", "بالضبط", "التمام")))
_PARTS = {
    tuple(map(fold, words.split())): part
    for part, forms in {
        "morning": "صباحا|صباح|الصباح|الصبح|صبحا|قبل الظهر|قبل ظهر|ضحى",
        "dawn": "فجرا|فجر|الفجر",
        "noon": "ظهرا|ظهر|الظهر|عند الظهر",
        "afternoon": "بعد الظهر|بعد ظهر",
        "late afternoon": "عصرا|عصر|العصر",
        "evening": "مساء|المساء|المغرب|مغربا|العشا|العشاء",
        "night": "ليلا|بعد منتصف الليل|منتصف الليل",
        "night of": "ليل|ليلة",
    }.items()
    for words in forms.split("|")
}
_SHORT_PARTS = {"ص": "morning", "م": "evening"}
"""Letters that stand for them; one of them is also the sign of the common era."""
_LONGEST_PART = 3
_DIGITS = re.compile(r"(\d{1,2})(?:[:.](\d\d))?")
_HOURS_OF_PART: dict[str, dict[int, int]] = {
    "morning": {hour: hour for hour in range(1, 12)},
    "dawn": {hour: hour for hour in range(1, 8)},
    "noon": {11: 11, 12: 12, 1: 13, 2: 14, 3: 15},
    "afternoon": {12: 12} | {hour: hour + 12 for hour in range(1, 8)},
    "late afternoon": {hour: hour + 12 for hour in range(2, 7)},
    "evening": {hour: hour + 12 for hour in range(1, 12)},
    "night": {hour: hour + 12 for hour in range(6, 12)}
    | {12: 0}
    | {hour: hour for hour in range(5)},
    "night of": {hour: hour + 12 for hour in range(6, 12)} | {12: 0},
}
"""Hours of the day by part of the day. Hours that a part leaves open, such as twelve "in the
morning" or "in the evening", are not read: readers differ."""
_EVE = fold("ليلة")
_WEEKDAYS = frozenset(map(fold, (
    "الاثنين", "الإثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد",
)))  # fmt: skip
_LATER = frozenset({"noon", "afternoon", "late afternoon", "evening", "night", "night of"})
_TIES = frozenset(map(fold, ("حتى", "إلى", "الى", "لغاية", "و", "-", "وحتى")))

_HOURS_AND_ADDED = frozenset({
    *_HALVES, *_MINUTE, *_EXACTLY, *(f"ال{hour}" for hour in HOURS), *map(fold, ("عشر", "عشرة")),
})  # fmt: skip
"""Words that a clock may end with before its part of the day."""
WORDS = frozenset({
    *_OCLOCK, *_HALVES, *_MINUTE, *_EXACTLY, *(word for words in _PARTS for word in words),
})  # fmt: skip
"""Folded words of clocks."""


@dataclass(frozen=True, slots=True)
class ClockFound:
    """Hold a clock as English writes it, and how many words it takes."""

    count: int
    english: str


@dataclass(frozen=True, slots=True)
class _Face:
    """Hold what is read off a clock before the part of the day is settled."""

    end: int
    hour: int
    minute: int
    part: str | None
    named: bool
    """Words say that it is an hour."""
    written: bool
    """It has minutes in digits, so that it may be on the clock of 24 hours."""


def clock_at(words: Sequence[str], at: int, told: str | None = None) -> ClockFound | None:
    """Read the clock that begins at one of the folded words.

    A clock that the words leave open, such as "nine o'clock" without a part of the day,
    is given in words that no rule takes for a time.

    Parameters
    ----------
    told
        Part of the day that was told before: "on Friday evening at the hour seven".

    """
    face = _face(words, at)
    if face is None:
        return None
    part = face.part
    if words[face.end - 1] == _EVE and not _is_between_days(words, face.end):
        return ClockFound(face.end - at, f"{face.hour} o'clock")
    if part is None and not (face.hour > 12 or face.hour == 0):
        part = _part_told_later(words, face) or (told if face.named else None)
        if part is None and face.named and not face.written and _past_twelve(words):
            part = "24" if _DIGITS.fullmatch(words[at + 1]) else None
    if part is None and not face.named:
        return None
    if part is None and face.written and _may_be_of_24(words, at):
        part = "24"
    return ClockFound(face.end - at, _english(face.hour, face.minute, part))


def _is_between_days(words: Sequence[str], at: int) -> bool:
    """Tell "the night of Friday to Saturday" from one that may be of either day's evening."""
    after = at + 1
    while _word(words, after) in _TIES | {"/", "علي"}:
        after += 1
    return {_word(words, at), _word(words, after)} <= _WEEKDAYS


def part_at(words: Sequence[str], at: int) -> tuple[str, int] | None:
    """Read a part of the day, and how many words it takes."""
    skip = int(_word(words, at) == "من")
    for size in range(_LONGEST_PART, 0, -1):
        row = tuple(words[at + skip : at + skip + size])
        if len(row) == size and row in _PARTS:
            return _PARTS[row], skip + size
    return None


def _face(words: Sequence[str], at: int) -> _Face | None:
    end = at
    oclock = words[end] in _OCLOCK and words[end].startswith("ال")
    end += oclock
    if _word(words, end) == "ال":
        end += 1
    hour, minute, end, written = _hour(words, end)
    if hour is None:
        return None
    minute, end = _minutes(words, end, minute)
    while _word(words, end) in _EXACTLY:
        end += 1
    part = part_at(words, end)
    ranged = bool(words[max(0, at - 1) : at]) and words[at - 1] in _TIES | {"من"}
    if part is None and _word(words, end) in _SHORT_PARTS and (oclock or written or ranged):
        part = _SHORT_PARTS[words[end]], 1
    if part is not None:
        end += part[1]
        while _word(words, end) in _EXACTLY:
            end += 1
    if minute < 0:
        hour, minute = (hour - 2) % 12 + 1, minute + 60
    named = oclock or part is not None or _ends_a_range(words, at, hour)
    named = named or (written and "." not in words[at])
    if not named and _part_after_tie(words, end) is None:
        return None
    return _Face(end, hour, minute, part[0] if part else None, named, written)


def _ends_a_range(words: Sequence[str], at: int, hour: int) -> bool:
    """Tell "19" in "from the hour 9 to 19"."""
    before = words[max(0, at - 4) : at]
    return hour > 12 and bool(before) and before[-1] in _TIES and not _OCLOCK.isdisjoint(before)


def _hour(words: Sequence[str], at: int) -> tuple[int | None, int, int, bool]:
    """Give hour, minute, where it ends, and whether the minutes are in digits."""
    if at >= len(words):
        return None, 0, at, False
    said = hour_of(words, at)
    if said is not None:
        return said.value, 0, at + said.count, False
    match = _DIGITS.fullmatch(words[at])
    if match is None or int(match[1]) > 24 or int(match[2] or 0) > 59:
        return None, 0, at, False
    if match[2] is None and _has_comma(words, at):
        return int(match[1]), int(words[at + 2]), at + 3, True
    return int(match[1]), int(match[2] or 0), at + 1, match[2] is not None


def _has_comma(words: Sequence[str], at: int) -> bool:
    """Tell "the hour 23,00" and "(20,00 GMT)", as some agencies write minutes."""
    if _word(words, at + 1) != "," or not re.fullmatch(r"[0-5][05]", _word(words, at + 2)):
        return False
    return words[at - 1 : at] == ["("] or not _OCLOCK.isdisjoint(words[max(0, at - 1) : at])


def _minutes(words: Sequence[str], at: int, minute: int) -> tuple[int, int]:
    """Add "and a half", "less a quarter", "and ten minutes"; minutes may fall below none."""
    for _ in range(2):
        sign = {"و": 1, "الا": -1}.get(_word(words, at))
        if sign is None:
            break
        part = _HALVES.get(_word(words, at + 1))
        if part is not None:
            minute, at = minute + sign * part, at + 2
            continue
        number = cardinal(words, at + 1) if at + 1 < len(words) else None
        if number is None or number.value > 59:
            break
        after = at + 1 + number.count
        if _word(words, after) not in _MINUTE:
            break
        minute, at = minute + sign * number.value, after + 1
    return minute, at


def _part_told_later(words: Sequence[str], face: _Face) -> str | None:
    """Tell the part of the day of "between nine and eleven in the morning"."""
    later = _part_after_tie(words, face.end)
    if later is None:
        return None
    other, part = later
    hours = _HOURS_OF_PART[part]
    if other not in hours:
        return None
    end = hours[other] * 60
    same = hours.get(face.hour)
    if same is not None and same * 60 + face.minute < end:
        return part
    return "morning" if part in _LATER and face.hour in _HOURS_OF_PART["morning"] else None


def _part_after_tie(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """Give hour and part of the clock that a tie follows with."""
    after = at
    while _word(words, after) in _TIES:
        after += 1
    if after == at or after - at > 2:
        return None
    after += _word(words, after) in _OCLOCK
    hour, _, end, _ = _hour(words, after)
    if hour is None:
        return None
    _, end = _minutes(words, end, 0)
    part = part_at(words, end)
    return (hour, part[0]) if part else None


def _past_twelve(words: Sequence[str]) -> bool:
    """Tell whether some hour in digits goes past twelve, with no part of the day behind it."""
    return any(
        (match := _DIGITS.fullmatch(word))
        and 12 < int(match[1]) <= 24
        and words[index - 1] in _OCLOCK | _TIES
        and part_at(words, index + 1) is None
        for index, word in enumerate(words[1:], start=1)
    )


def _may_be_of_24(words: Sequence[str], at: int) -> bool:
    """Tell whether a clock such as 9:00 is on the clock of 24 hours.

    It is not where others of its sentence have a part of the day and none goes past
    twelve; one in brackets is told again in another zone, as agencies write it.
    """
    early = any(word.startswith("0") for word in words[at : at + 2] if _DIGITS.fullmatch(word))
    return early or words[at - 1 : at] == ["("] or not _has_halves(words) or _past_twelve(words)


def _has_halves(words: Sequence[str]) -> bool:
    """Tell whether some clock of the sentence has a part of the day: then all go to twelve."""
    return any(
        (words[index] in _HOURS_AND_ADDED or _DIGITS.fullmatch(words[index]))
        and part_at(words, index + 1) is not None
        for index in range(len(words) - 1)
    )


def _english(hour: int, minute: int, part: str | None) -> str:
    if part == "24" or hour == 0 or hour > 12:
        right = part in _LATER | {"24", None} or hour == 0
        return f"{hour:02d}:{minute:02d}" if right else f"{hour} o'clock"
    settled = _HOURS_OF_PART[part].get(hour) if part else None
    if settled is None or (part == "night of" and settled == 0 and minute):
        return f"{hour} o'clock"
    return "midnight" if settled == minute == 0 else f"{settled:02d}:{minute:02d}"


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""
