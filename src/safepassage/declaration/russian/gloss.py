"""Gloss the words of one Russian sentence."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from safepassage.declaration.gloss import Phrasebook, Piece, Token, glossed
from safepassage.declaration.russian.phrases import PHRASES

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["fold", "gloss", "spell"]

_LATIN = str.maketrans("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye")
_LATIN |= str.maketrans(
    {
        "ё": "yo",
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ъ": "",
        "ь": "",
        "ю": "yu",
        "я": "ya",
    }
)


def gloss(tokens: Sequence[Token]) -> list[Piece]:
    """Put the words of one sentence into English."""
    return glossed(tokens, _book(), spell)


def fold(word: str) -> str:
    """Make two spellings of one word the same: lower case, no ё."""
    return word.lower().replace("ё", "е")


def spell(word: str) -> str:
    """Spell a word in Latin letters, a capital kept."""
    latin = word.lower().translate(_LATIN)
    return latin.capitalize() if word[:1].isupper() else latin


@cache
def _book() -> Phrasebook:
    return Phrasebook(PHRASES, fold)
