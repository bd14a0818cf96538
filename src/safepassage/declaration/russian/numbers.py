"""Read Russian number words in every case, and the words made with them."""

from __future__ import annotations

from functools import cache

from safepassage.declaration.english.numbers import english_of

__all__ = ["lengths", "number_lines", "ordinal", "value", "with_unit"]

_FORMS = """
0 ноль нуль ноля нуля нолю нулю
1 один одна одно одни одного одной одних одному одним одними одну одном
2 два две двух двум двумя двое двоих двоим двоими
3 три трех трем тремя трое троих троим троими
4 четыре четырех четырем четырьмя четверо четверых
5 пять пяти пятью пятеро
6 шесть шести шестью
7 семь семи семью
8 восемь восьми восемью восьмью
9 девять девяти девятью
10 десять десяти десятью
11 одиннадцать одиннадцати одиннадцатью
12 двенадцать двенадцати двенадцатью
13 тринадцать тринадцати тринадцатью
14 четырнадцать четырнадцати четырнадцатью
15 пятнадцать пятнадцати пятнадцатью
16 шестнадцать шестнадцати шестнадцатью
17 семнадцать семнадцати семнадцатью
18 восемнадцать восемнадцати восемнадцатью
19 девятнадцать девятнадцати девятнадцатью
20 двадцать двадцати двадцатью
30 тридцать тридцати тридцатью
40 сорок сорока
50 пятьдесят пятидесяти пятьюдесятью
60 шестьдесят шестидесяти шестьюдесятью
70 семьдесят семидесяти семьюдесятью
80 восемьдесят восьмидесяти восемьюдесятью
90 девяносто девяноста
"""
_ORDINALS = {
    1: "перв", 2: "втор", 3: "трет", 4: "четверт", 5: "пят", 6: "шест", 7: "седьм",
    8: "восьм", 9: "девят", 10: "десят", 11: "одиннадцат", 12: "двенадцат",
    13: "тринадцат", 14: "четырнадцат", 15: "пятнадцат", 16: "шестнадцат",
    17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат", 20: "двадцат", 30: "тридцат",
}  # fmt: skip
_OF_DAY = ("ое", "ого", "ому", "ым", "ье", "ьего", "ьему", "ьим")
"""Endings of an ordinal that counts days: "четвёртое", "с третьего"."""
_PREFIXES = {
    1: "одно", 2: "двух", 3: "трех", 4: "четырех", 5: "пяти", 6: "шести", 7: "семи",
    8: "восьми", 9: "девяти", 10: "десяти", 11: "одиннадцати", 12: "двенадцати",
    13: "тринадцати", 14: "четырнадцати", 15: "пятнадцати", 16: "шестнадцати",
    18: "восемнадцати", 20: "двадцати", 24: "двадцатичетырех", 30: "тридцати",
    36: "тридцатишести", 40: "сорока",
    48: "сорокавосьми", 72: "семидесятидвух",
}  # fmt: skip
_UNITS = {"часов": ("hour", 1), "дневн": ("day", 1), "суточн": ("hour", 24),
          "недельн": ("week", 1), "минутн": ("minute", 1), "месячн": ("month", 1)}  # fmt: skip
"""Stems of "ten-hour" and the like: English unit, and how many of it one is."""


@cache
def _values() -> dict[str, int]:
    found: dict[str, int] = {}
    for line in _FORMS.split("\n"):
        if line:
            number, *forms = line.split()
            found |= dict.fromkeys(forms, int(number))
    return found


@cache
def _days() -> dict[str, int]:
    return {stem + ending: number for number, stem in _ORDINALS.items() for ending in _OF_DAY}


def value(words: list[str]) -> tuple[int, int] | None:
    """Give the number that folded words begin with, and how many words it takes."""
    if not words:
        return None
    first = words[0]
    if first.isdecimal() and len(first) <= 4:
        return int(first), 1
    known = _values()
    if first not in known:
        return None
    number = known[first]
    unit = known.get(words[1], 0) if len(words) > 1 and number >= 20 else 0
    return (number + unit, 2) if 0 < unit < 10 else (number, 1)


def ordinal(words: list[str]) -> tuple[int, int] | None:
    """Give the day that folded words begin with, as "четвёртого" or "9-го", and their count."""
    if not words:
        return None
    digits, _, ending = words[0].partition("-")
    if digits.isdecimal() and ending in {"го", "е", "ое", "му", "ого"} and len(digits) <= 2:
        return int(digits), 1
    days = _days()
    if words[0] in days:
        return days[words[0]], 1
    tens = _values().get(words[0])
    if tens in {20, 30} and len(words) > 1 and 0 < days.get(words[1], 0) < 10:
        return tens + days[words[1]], 2
    return None


def number_lines() -> str:
    """Give the phrasebook's lines for numbers from 0 to 99."""
    by_value: dict[int, list[str]] = {}
    for form, number in _values().items():
        by_value.setdefault(number, []).append(form)
    lines = [f"{'|'.join(forms)} = {english_of(number)}" for number, forms in by_value.items()]
    for tens in range(20, 100, 10):
        for unit in range(1, 10):
            both = f"{'|'.join(by_value[tens])} {'|'.join(by_value[unit])}"
            lines.append(f"{both} = {english_of(tens + unit)}")
    return "\n".join(lines)


def lengths() -> str:
    """Give the phrasebook's lines for "трёхдневный", "десятичасовая" and the like."""
    lines = [
        f"{prefix}{stem}* = {number * size}-{unit}"
        for number, prefix in _PREFIXES.items()
        for stem, (unit, size) in _UNITS.items()
    ]
    return "\n".join([*lines, "суточн* = 24-hour", "часовая|часовую|часовой|часовое ="])


def with_unit(word: str) -> str | None:
    """Read "24-часовая" and "72-х часовая": digits with a unit behind a hyphen."""
    digits, _, rest = word.partition("-")
    rest = rest.rpartition("-")[2]
    if not digits.isdecimal() or len(digits) > 3:
        return None
    for stem, (unit, size) in _UNITS.items():
        if rest.startswith(stem) and rest != stem:
            return f"{int(digits) * size}-{unit}"
    return None
