"""Hold glossed Arabic words: the English, how they behave, and the pieces they are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safepassage.declaration.gloss import Piece

__all__ = ["UNKNOWN", "Word", "is_count", "said", "spaced_as", "word_of"]

_SIGNS = "!$+@*&%^"
UNKNOWN = "?"
"""Sign of a word that is only spelled: a name, more often than not."""
_SLOT = "~"


@dataclass(frozen=True, slots=True)
class Word:
    """Hold English for one entry, how it behaves, and the pieces it is made of."""

    pieces: tuple[Piece, ...]
    signs: frozenset[str] = frozenset()
    slot: int | None = None
    """Which piece the noun's adjectives go before."""

    @property
    def english(self) -> str:
        """Give its words."""
        return " ".join(piece.english for piece in self.pieces if piece.english)

    def upper(self) -> Word:
        """Give the word in capitals."""
        pieces = tuple(replace(piece, english=piece.english.upper()) for piece in self.pieces)
        return replace(self, pieces=pieces)

    def bracketed(self) -> Word:
        """Give the word in brackets."""
        first = replace(self.pieces[0], english=f"({self.english})", end=self.pieces[-1].end)
        return replace(self, pieces=(first,))

    def has(self, sign: str) -> bool:
        """Tell whether it behaves in a way."""
        return sign in self.signs


def word_of(english: str, start: int, end: int, *, spaced: bool, definite: bool = False) -> Word:
    """Make a word of a phrasebook's English, its signs taken off.

    ``definite`` tells that a number has the article: it may stand behind its noun.
    """
    bare = english.lstrip(_SIGNS)
    signs = frozenset(english[: len(english) - len(bare)]) | ({"#"} if definite else set())
    lead, slot, rest = bare.partition(_SLOT)
    if not slot:
        return Word((Piece(bare, start, end, spaced),), signs)
    pieces = [Piece(part.strip(), start, end) for part in (lead, rest) if part.strip()]
    pieces[0] = replace(pieces[0], spaced=spaced)
    return Word(tuple(pieces), signs, len(pieces) - 1)


def said(word: Word, english: str) -> Word:
    """Give a word with other English."""
    return replace(word, pieces=(replace(word.pieces[0], english=english), *word.pieces[1:]))


def spaced_as(word: Word, *, spaced: bool) -> Word:
    """Give a word with a blank before it, or with none."""
    first, *rest = word.pieces
    return replace(word, pieces=(replace(first, spaced=spaced), *rest))


def is_count(word: Word) -> bool:
    """Tell whether a word is a number that may count something."""
    return word.english.isdecimal() and len(word.english) <= 3
