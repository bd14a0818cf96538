"""Cut Arabic words from the small words that are written onto them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.arabic.spelling import fold, is_arabic
from safepassage.declaration.gloss import Token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["cut"]

_LETTERS_APART = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_JOINERS = "وف"
_PREPOSITIONS = "بلك"
_WILL = "س"
_PRESENT = "يتنا"
_ARTICLE = "ال"
_SUFFIXES = ("هما", "ها", "هم", "هن", "كم", "نا", "ه")
_LEAST_STEM = 3


def cut(tokens: Iterable[Token], knows: Callable[[str], bool]) -> list[Token]:
    """Cut tokens where a prefix, a suffix, a figure or a sign was written onto a word.

    A word is cut only where what remains is known and it is not known itself; its text
    is folded. What is in no Arabic letters stays as it is written.

    Parameters
    ----------
    knows
        Tells whether a folded word, with or without its article, is one of the language.

    """
    cut_up: list[Token] = []
    for token in tokens:
        for part in _runs(token):
            cut_up.extend(_cut_word(part, knows))
    return cut_up


def _runs(token: Token) -> Iterator[Token]:
    """Cut letters from figures and words from each other: "24ساعة", "November/نوفمبر"."""
    text = token.text
    marks_off = fold(text)
    if _LETTERS_APART.fullmatch(marks_off) or (text.isalpha() and not is_arabic(text)):
        yield token
        return
    if marks_off.isalpha() or not (is_arabic(text) or "-" in text):
        yield token
        return
    spaced, after_word = token.spaced, False
    for match in re.finditer(_MARKED, text):
        start = token.start + match.start()
        joined = match[0][0].isalnum() and after_word
        yield Token(match[0], start, start + len(match[0]), spaced or joined)
        spaced, after_word = False, match[0][-1] != "-" and fold(match[0])[-1:].isalnum()


_MARK = r"[\u0610-\u061a\u064b-\u065f\u0670]"
_MARKED = re.compile(rf"(?:[^\W\d_]{_MARK}*)+|\d+(?:[-/]\d+){{2}}|\d+(?:[.:]\d+)*|.", re.DOTALL)


def _cut_word(token: Token, knows: Callable[[str], bool]) -> Iterator[Token]:
    word = fold(token.text)
    if not is_arabic(word):
        yield token
        return
    pieces = _split(word, knows) or [word]
    start, spaced = token.start, token.spaced
    for index, piece in enumerate(pieces):
        last = index == len(pieces) - 1
        end = token.end if last else start + _length(token.text[start - token.start :], len(piece))
        yield Token(piece, start, end, spaced)
        start, spaced = end, True


def _length(raw: str, letters: int) -> int:
    """Count the characters that the first letters of a raw word take, their marks included."""
    at = 0
    for _ in range(letters):
        at += 1
        while at < len(raw) and not fold(raw[at]):
            at += 1
    return at


def _split(word: str, knows: Callable[[str], bool], *, joins: bool = True) -> list[str] | None:
    """Give the parts of a word, ``None`` where it is no known word with others written onto it."""
    stem = _stem(word, knows)
    if stem is not None:
        return [stem]
    first, rest = word[:1], word[1:]
    if first in _JOINERS and joins:
        parts = _split(rest, knows, joins=False)
        return None if parts is None else [first, *parts]
    if first in _PREPOSITIONS:
        stem = _stem(_ARTICLE + rest[1:], knows) if word.startswith("لل") else None
        stem = stem or _stem(rest, knows)
        return None if stem is None else [first, stem]
    if first == _WILL and rest[:1] and rest[0] in _PRESENT:
        stem = _stem(rest, knows)
        return None if stem is None else [first, stem]
    return None


def _stem(word: str, knows: Callable[[str], bool]) -> str | None:
    """Give a known word without a pronoun at its end."""
    if knows(word):
        return word
    for suffix in _SUFFIXES:
        stem = word.removesuffix(suffix)
        if stem != word and len(stem) >= _LEAST_STEM:
            if stem.endswith("ت") and knows(f"{stem[:-1]}ه"):
                return f"{stem[:-1]}ه"
            if knows(stem):
                return stem
    return None
