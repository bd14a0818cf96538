"""Read Arabic numbers: cardinals in any gender and case, ordinals of days and of hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepassage.declaration.arabic.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["HOURS", "WORDS", "Number", "cardinal", "hour_of", "ordinal_day"]


def _table(lines: str) -> dict[str, int]:
    table: dict[str, int] = {}
    for line in lines.strip().splitlines():
        value, *forms = line.split()
        table |= {fold(form): int(value) for form in forms}
    return table


_UNITS = _table("""
1 واحد واحدا واحدة
2 اثنان اثنين اثنتان اثنتين إثنان إثنين إثنتان إثنتين
3 ثلاث ثلاثة
4 أربع أربعة
5 خمس خمسة
6 ست ستة
7 سبع سبعة
8 ثمان ثماني ثمانية ثمانيا
9 تسع تسعة
10 عشر عشرة
""")
_BEFORE_TEN = _UNITS | _table("""
1 أحد إحدى حادي حادية
2 اثنا اثني اثنتا اثنتي إثنا إثني إثنتي
""")
_TEN = frozenset(map(fold, ("عشر", "عشرة")))
_TENS = _table("""
20 عشرون عشرين
30 ثلاثون ثلاثين
40 أربعون أربعين
50 خمسون خمسين
60 ستون ستين
70 سبعون سبعين
80 ثمانون ثمانين
90 تسعون تسعين
""")
_HUNDREDS = _table("""
100 مئة مائة
200 مئتان مئتين مائتان مائتين مئتي مائتي
""")
_ORDINALS = _table("""
1 أول حادي
2 ثاني
3 ثالث
4 رابع
5 خامس
6 سادس
7 سابع
8 ثامن
9 تاسع
10 عاشر
""")
HOURS = _table("""
1 واحدة حادية
2 ثانية
3 ثالثة
4 رابعة
5 خامسة
6 سادسة
7 سابعة
8 ثامنة
9 تاسعة
10 عاشرة
""")
_AND = "و"
_LONGEST_DIGITS = 4

WORDS = frozenset({
    *_BEFORE_TEN, *_TEN, *_TENS, *_HUNDREDS, *_ORDINALS, *HOURS
})  # fmt: skip
"""Folded words that a number may begin with or hold, without the article."""


@dataclass(frozen=True, slots=True)
class Number:
    """Hold a number and how many words it takes."""

    count: int
    value: int
    definite: bool = False
    """It has the article, as in "the eight corridors", where it follows its noun."""


def cardinal(words: Sequence[str], at: int) -> Number | None:
    """Read the cardinal number, in words or digits, that begins at one of the folded words."""
    first, definite = _bare(words[at])
    if words[at] == "ال" and at + 1 < len(words) and _digits(words[at + 1]) is not None:
        return Number(2, int(words[at + 1]), definite=True)
    if (digits := _digits(words[at])) is not None:
        return Number(1, digits)
    following = _word(words, at + 1)
    if first in _BEFORE_TEN and following in _TEN:
        return Number(2, _BEFORE_TEN[first] + 10, definite)
    if first in _HUNDREDS:
        return _after_hundred(words, at, _HUNDREDS[first], definite)
    if first in _UNITS and following in {"مئه", "مائه"}:
        return _after_hundred(words, at + 1, 100 * _UNITS[first], definite, 2)
    return _below_hundred(words, at, first, definite)


def _below_hundred(words: Sequence[str], at: int, first: str, definite: bool) -> Number | None:
    if first in _TENS:
        return Number(1, _TENS[first], definite)
    if first not in _BEFORE_TEN:
        return None
    tens = _TENS.get(_bare(_word(words, at + 2))[0]) if _word(words, at + 1) == _AND else None
    if tens is not None:
        return Number(3, _BEFORE_TEN[first] + tens, definite)
    return Number(1, _UNITS[first], definite) if first in _UNITS else None


def _after_hundred(
    words: Sequence[str], at: int, hundreds: int, definite: bool, used: int = 1
) -> Number:
    rest = None
    if _word(words, at + 1) == _AND and _word(words, at + 2):
        rest = _below_hundred(words, at + 2, _bare(words[at + 2])[0], definite=False)
    if rest is None or rest.value >= 100:
        return Number(used, hundreds, definite)
    return Number(used + 1 + rest.count, hundreds + rest.value, definite)


def ordinal_day(words: Sequence[str], at: int) -> Number | None:
    """Read the day of a month: "the fourth", "the twelfth", "the twenty-third"."""
    first, definite = _bare(words[at])
    if not definite:
        return None
    if first in _ORDINALS:
        if _word(words, at + 1) in _TEN:
            return Number(2, _ORDINALS[first] + 10)
        tens = _TENS.get(_bare(_word(words, at + 2))[0]) if _word(words, at + 1) == _AND else None
        if tens in {20, 30}:
            return Number(3, _ORDINALS[first] + tens)
        return Number(1, _ORDINALS[first])
    return Number(1, _TENS[first]) if _TENS.get(first) in {20, 30} else None


def hour_of(words: Sequence[str], at: int) -> Number | None:
    """Read an hour by its ordinal, as clocks are read: "the ninth", "the twelfth"."""
    first, definite = _bare(words[at])
    if not definite or first not in HOURS:
        return None
    if _word(words, at + 1) in _TEN:
        return Number(2, HOURS[first] + 10) if HOURS[first] <= 2 else None
    return None if first == "حاديه" else Number(1, HOURS[first])


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""


def _bare(word: str) -> tuple[str, bool]:
    """Take the article off a number."""
    known = word.startswith("ال") and word[2:] in WORDS
    return (word[2:], True) if known else (word, False)


def _digits(word: str) -> int | None:
    return int(word) if word.isdecimal() and len(word) <= _LONGEST_DIGITS else None
