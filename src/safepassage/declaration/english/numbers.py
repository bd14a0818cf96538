"""Read and write English numbers, in digits and in words."""

from __future__ import annotations

__all__ = ["NUMBER", "ORDINAL_DAYS", "english_of", "number"]

# fmt: off
_UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_UNITS)}
_WORDS |= {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_WORDS |= {"dozen": 12, "a dozen": 12, "a single": 1}

_SMALL = "|".join(sorted(_UNITS, key=len, reverse=True))
NUMBER = rf"\d{{1,4}}|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[1:10])}))?|{_SMALL}|a dozen"
"""Pattern of a whole number in digits or words; wrap it in a group."""

_ORDINAL_WORDS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
]
# fmt: on
ORDINAL_DAYS = {word: day for day, word in enumerate(_ORDINAL_WORDS, start=1)}
ORDINAL_DAYS |= {f"twenty-{word}": 20 + day for day, word in enumerate(_ORDINAL_WORDS[:9], start=1)}
ORDINAL_DAYS |= {"thirtieth": 30, "thirty-first": 31}


def number(words: str) -> int:
    """Read what ``NUMBER`` matched.

    Raises
    ------
    KeyError
        If the words are no number.

    """
    if words.isdecimal():
        return int(words)
    if words in _WORDS:
        return _WORDS[words]
    tens, _, unit = words.replace("-", " ").partition(" ")
    return _WORDS[tens] + _WORDS[unit]


def english_of(value: int) -> str:
    """Write a number below 100 in words, as ``NUMBER`` matches it."""
    if value < len(_UNITS):
        return _UNITS[value]
    tens, unit = divmod(value, 10)
    return _TENS[tens - 2] + (f"-{_UNITS[unit]}" if unit else "")
