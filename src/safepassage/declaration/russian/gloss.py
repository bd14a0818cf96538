"""Gloss the words of one Russian sentence."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from safepassage.declaration.gloss import Phrasebook, Piece, Token
from safepassage.declaration.russian.numbers import lengths, number_lines
from safepassage.declaration.russian.order import arranged
from safepassage.declaration.russian.phrases import PHRASES
from safepassage.declaration.russian.times import time_at
from safepassage.declaration.russian.towns import place_named
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
    at = 0
    while at < len(tokens):
        count, english, kind = _next(tokens, folded, at)
        first, last = tokens[at], tokens[at + count - 1]
        ends = folded[at], folded[at + count - 1]
        spaced = first.spaced or (english[:1].isalnum() and not first.text[0].isalnum())
        words.append(Word(english, first.start, last.end, spaced, kind, *ends))
        at += count
    return [Piece(w.english, w.start, w.end, w.spaced) for w in arranged(words)]


def fold(word: str) -> str:
    """Make two spellings of one word the same: lower case, no ё."""
    return word.lower().replace("ё", "е")


def spell(word: str) -> str:
    """Spell a word in Latin letters, a capital kept; never like an English word."""
    latin = "".join(_LATIN.get(letter, letter) for letter in word.lower())
    if latin in _ENGLISH and latin != word.lower():
        latin += _MARK
    return latin.capitalize() if word[:1].isupper() else latin


def _next(tokens: Sequence[Token], folded: Sequence[str], at: int) -> tuple[int, str, Kind]:
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
        if place is not None:
            return 1, place, "place"
        return 1, spell(word), "name"
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
    return Phrasebook("\n".join(lines), fold)
