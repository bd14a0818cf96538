"""Gloss the words of one Arabic sentence."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from safepassage.declaration.arabic.phrases import PHRASES
from safepassage.declaration.gloss import Phrasebook, Piece, Token, glossed

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["fold", "gloss", "spell"]

_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640]")
_SAME = str.maketrans("أإآٱىة", "اااايه")
_LATIN = str.maketrans("ابتجحدرزسصضطظعفقكلمنهويؤئ", "abtjhdrzssdtzafqklmnhwywy")
_LATIN |= str.maketrans({"ث": "th", "خ": "kh", "ذ": "dh", "ش": "sh", "غ": "gh", "ء": ""})


def gloss(tokens: Sequence[Token]) -> list[Piece]:
    """Put the words of one sentence into English."""
    return glossed(tokens, _book(), spell)


def fold(word: str) -> str:
    """Make two spellings of one word the same: no vowel signs, one alif, one ya."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", word).lower()).translate(_SAME)


def spell(word: str) -> str:
    """Spell a word in Latin letters."""
    return fold(word).translate(_LATIN)


@cache
def _book() -> Phrasebook:
    return Phrasebook(PHRASES, fold)
