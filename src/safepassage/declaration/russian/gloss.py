"""Gloss the words of one Russian sentence."""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING

from safepassage.declaration.gloss import Phrasebook, Piece, Token
from safepassage.declaration.russian.numbers import lengths, number_lines
from safepassage.declaration.russian.order import arranged
from safepassage.declaration.russian.phrases import PHRASES
from safepassage.declaration.russian.phrases.nations import nation_lines
from safepassage.declaration.russian.phrases.verbs import verb_lines
from safepassage.declaration.russian.times import time_at
from safepassage.declaration.russian.towns import named, place_named, place_sounding
from safepassage.declaration.russian.word import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.russian.word import Kind

__all__ = ["fold", "gloss", "spell"]

_LATIN = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True)) | {
    "ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "",
    "ь": "", "ю": "yu", "я": "ya",
}  # fmt: skip
_ENGLISH = frozenset({
    "a", "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "may", "me",
    "no", "not", "of", "on", "one", "or", "so", "ten", "the", "to", "un", "up", "us", "we", "port",
    "post", "open", "stop", "fire", "sad", "son",
})  # fmt: skip
"""English words that Russian ones would be spelled like; a mark keeps them apart."""
_MARK = "'"
_KIND = "@"


def gloss(tokens: Sequence[Token]) -> list[Piece]:
    """Put the words of one sentence into English."""
    folded = [fold(token.text) for token in tokens]
    words: list[Word] = []
    shouted = not any(token.text.islower() for token in tokens)
    at = int(_is_stamped(tokens, folded))
    while at < len(tokens):
        count, english, kind = _next(tokens, folded, at, shouted=shouted)
        first, last = tokens[at], tokens[at + count - 1]
        ends = folded[at], folded[at + count - 1]
        spaced = first.spaced or (english[:1].isalnum() and not first.text[0].isalnum())
        words.append(Word(english, first.start, last.end, spaced, kind, *ends))
        at += count
    return [Piece(w.english, w.start, w.end, w.spaced) for w in arranged(words)]


def fold(word: str) -> str:
    """Make two spellings of one word the same: lower case, no ё, no Latin look-alike alone."""
    return _ALIKE.get(word, word).lower().replace("ё", "е")


_ALIKE = {"c": "с", "C": "с", "o": "о", "O": "о", "k": "к", "K": "к", "B": "в"}


def spell(word: str, *, keep: bool = False) -> str:
    """Spell a word in Latin letters, a capital kept; never like an English word.

    Parameters
    ----------
    keep
        Keep all capitals of an abbreviation.

    """
    latin = "".join(_LATIN.get(letter, letter) for letter in word.lower())
    if latin in _ENGLISH and latin != word.lower():
        latin += _MARK
    if keep and word.isupper() and len(word) > 1:
        return latin.upper()
    return latin.capitalize() if word[:1].isupper() else latin


_PLACING = frozenset({
    "в", "во", "из", "под", "близ", "возле", "города", "городе", "городу", "город", "г", "у",
    "жители", "жителей", "жителям", "осажденном", "осажденного", "окруженном", "восточном",
    "западном", "северном", "южном",
})  # fmt: skip
"""Words before the name of a place."""
_STAMP = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")
_EVENTS = ("начал", "открыт", "старт", "кон", "оконч", "заверш", "закр", "сбор", "выход", "выезд",
           "прекращ", "мск", "режим", "время", "час")  # fmt: skip


def _is_stamped(tokens: Sequence[Token], folded: Sequence[str]) -> bool:
    """Tell whether a sentence begins with the minute it was posted: "21:10 В Хартуме ..."."""
    if len(tokens) < _LEAST_POST or not _STAMP.fullmatch(folded[0]):
        return False
    return tokens[1].text[0].isupper() and not folded[1].startswith(_EVENTS)


_LEAST_POST = 5
"""Words of a post; fewer are a line of a timetable."""


def _next(
    tokens: Sequence[Token], folded: Sequence[str], at: int, *, shouted: bool
) -> tuple[int, str, Kind]:
    """Read what stands at a token: a time, a known phrase, a place, or a word to spell."""
    time = time_at(folded, at)
    match = _book().match(tokens, at)
    if time is not None and (match is None or match.count <= time[0]):
        return time
    if match is not None:
        english, _, kind = match.english.rpartition(_KIND)
        return match.count, english.strip(), kind  # type: ignore[return-value]
    word = tokens[at].text
    if not word[0].isalpha():
        return 1, word, "number" if word.isdecimal() else "stop" if not word.isalnum() else ""
    if word[0].isupper():
        place = place_named(folded[at], opening=at == 0)
        if place is None and at and folded[at - 1] in _PLACING:
            place = place_sounding(folded[at], spell)
        if place is not None:
            return 1, place, "place"
        return 1, spell(named(word, folded[at - 1] if at else ""), keep=not shouted), "name"
    return 1, spell(word), ""


@cache
def _book() -> Phrasebook:
    lines = [
        f"{entry} {_KIND}{kind}"
        for kind, topics in PHRASES.items()
        for topic in topics
        for line in topic.splitlines()
        if (entry := line.partition("#")[0].strip())
    ]
    lines += [f"{line} {_KIND}number" for line in number_lines().splitlines()]
    lines += [f"{line} {_KIND}" for line in lengths().splitlines()]
    lines += [f"{line} {_KIND}actor" for line in nation_lines(_known(lines))]
    lines += [f"{line} {_KIND}" for line in verb_lines(_known(lines)).splitlines()]
    return Phrasebook("\n".join(lines), fold)


def _known(lines: Sequence[str]) -> frozenset[str]:
    """Give the words of entries that name every word, in each of the ways to write them."""
    rows = (line.partition("=")[0].split() for line in lines)
    ways = ([one.strip("()").split("|") for one in row] for row in rows if len(row) <= _MOST_WORDS)
    return frozenset(fold(" ".join(way)) for row in ways for way in itertools.product(*row))


_MOST_WORDS = 4
"""Verb forms have at most three words."""
