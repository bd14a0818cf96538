"""Find towns and countries by their Russian names, in any case."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale

from safepassage.declaration.gazetteer import towns_by_name
from safepassage.declaration.nations import ADJECTIVES, country
from safepassage.declaration.russian.sounds import town_sounding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["is_nominative", "named", "place_named", "place_sounding"]

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_NOMINATIVES = {
    "": ("ы", "и", "а", "о"), "а": ("", "о"), "я": ("ь", "й", "е"), "у": ("", "а", "о"),
    "ю": ("я", "ь", "й", "е"), "е": ("а", "", "о", "ь", "я"), "и": ("ь", "я", "а"), "ы": ("а",),
    "ой": ("а", "ая"), "ей": ("я", "а", "ь"), "ом": ("", "о", "ое", "ый"),
    "ем": ("ь", "й", "е", "", "ий"),
    "ью": ("ь",), "ам": ("ы", "а"), "ах": ("ы", "а"), "ами": ("ы",), "ям": ("и",), "ях": ("и",),
    "ого": ("ое", "ый", "ий"), "его": ("ее", "ий"), "ому": ("ое", "ый"), "ым": ("ое", "ый"),
    "им": ("ий",),
    "ую": ("ая",), "ца": ("ец",), "це": ("ец",), "цу": ("ец",), "цем": ("ец",),
}  # fmt: skip
"""Ending of a name in some case, to what it may end in in the nominative, likelier first."""
_SHORTEST = 4
_STATES = {
    "россия": "RU", "рф": "RU", "сирия": "SY", "сар": "SY", "сша": "US", "палестина": "PS",
    "белоруссия": "BY", "беларусь": "BY", "великобритания": "GB", "мьянма": "MM", "бирма": "MM",
    "босния": "BA", "азербайджан": "AZ", "молдавия": "MD", "киргизия": "KG", "кнр": "CN",
    "оаэ": "AE", "конго": "CD", "дрк": "CD",
}  # fmt: skip


@cache
def _countries() -> dict[str, str]:
    names = {
        str(name).lower(): str(code)
        for code, name in Locale("ru").territories.items()
        if len(code) == 2 and " " not in name and code not in {"EU", "UN", "EZ", "ZZ", "QO"}
    }
    return {word.replace("ё", "е"): country(code) for word, code in (names | _STATES).items()}


@cache
def _towns() -> dict[str, str]:
    named = towns_by_name(_CYRILLIC, frozenset(ADJECTIVES))
    return {name.replace("ё", "е"): town for name, town in named.items()}


def place_named(word: str, *, opening: bool = False) -> str | None:
    """Give the English name of the place that a folded word names in some case.

    Parameters
    ----------
    opening
        The word begins its sentence, so that its capital tells nothing.

    """
    for known in (_countries(), _towns()):
        for name in [word] if opening and known is _towns() else _nominatives(word):
            if name in known and (len(name) >= _SHORTEST or name == word):
                return known[name].removeprefix("the ")
    return None


def place_sounding(word: str, spell: Callable[[str], str]) -> str | None:
    """Give the large town that a folded word in some case sounds like, as ``spell`` writes it."""
    for name in _nominatives(word):
        town = town_sounding(spell(name))
        if town is not None:
            return town
    return None


def named(word: str, preposition: str) -> str:
    """Give an unknown name in the nominative, as far as the preposition before it tells."""
    for case, ending, nominative in _CASES:
        stem = word.removesuffix(ending)
        fits = preposition in case and stem != word and len(stem) >= _SHORTEST
        if fits and stem[-1] not in _VOWELS:
            return stem + nominative
    return word


_IN, _OUT = frozenset({"в", "во"}), frozenset({"из", "изо", "от", "до", "у", "возле", "близ"})
_CASES = (
    (_IN, "ии", "ия"), (_IN, "е", ""), (_IN, "у", "а"), (_OUT, "ии", "ия"), (_OUT, "а", ""),
    (_OUT, "ы", "а"), (frozenset({"к", "ко"}), "у", ""), (frozenset({"под"}), "ом", ""),
)  # fmt: skip
"""Prepositions, the ending of a name behind them, and its likeliest nominative."""
_VOWELS = "аеиоуыэюяАЕИОУЫЭЮЯ"


def is_nominative(word: str) -> bool:
    """Tell whether a folded word is a country's or a town's name as it is."""
    return word in _countries() or word in _towns()


def _nominatives(word: str) -> Iterator[str]:
    yield word
    for size in (3, 2, 1, 0):
        ending = word[len(word) - size :]
        if len(word) - size >= 2 and ending in _NOMINATIVES:
            for nominative in _NOMINATIVES[ending]:
                yield word[: len(word) - size] + nominative
