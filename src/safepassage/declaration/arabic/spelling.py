"""Make spellings of an Arabic word the same, and spell Arabic in Latin letters."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold", "is_arabic", "spell"]

_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640\u0610-\u061a]")
_SAME = str.maketrans("أإآٱىةکی", "اااايهكي")
_LETTERS = re.compile(r"[\u0620-\u06d3]")
_LATIN = {
    ord(letter): latin
    for letter, latin in zip("ابتجحدرزسصضطظعفقكلمنهويؤئ", "ābtjḥdrzsṣḍṭẓʿfqklmnhūīūī", strict=True)
}
_LATIN |= {
    ord(letter): latin
    for letter, latin in {"ث": "th", "خ": "kh", "ذ": "dh", "ش": "sh", "غ": "gh", "ء": "ʾ"}.items()
}
"""Long vowels and emphatic letters keep their marks, so that no spelled word is an English one."""


def fold(word: str) -> str:
    """Make two spellings of one word the same: no vowel signs, one alif, one ya, one ha."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", word).lower()).translate(_SAME)


def spell(word: str) -> str:
    """Spell a word in Latin letters; one that is in Latin letters already stays as it is."""
    return fold(word).translate(_LATIN) if is_arabic(word) else word


def is_arabic(word: str) -> bool:
    """Tell whether a word has Arabic letters."""
    return _LETTERS.search(word) is not None
