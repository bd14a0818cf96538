"""Compare names across alphabets and spellings: Bustan al-Qasr, بستان القصر, Бустан-эль-Каср."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

from rapidfuzz.fuzz import ratio

__all__ = ["alike", "folded", "skeleton"]

_ARABIC = {
    "ا": "a", "أ": "a", "إ": "a", "آ": "a", "ٱ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j",
    "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s",
    "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l",
    "م": "m", "ن": "n", "ه": "h", "و": "u", "ؤ": "u", "ي": "i", "ى": "a", "ئ": "i", "ة": "a",
    "ء": "", "ـ": "", "پ": "p", "چ": "ch", "گ": "g", "ک": "k", "ی": "i",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ie",
    "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "i", "й": "y", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ю": "yu", "я": "ya",
}  # fmt: skip
_LETTERS = str.maketrans({**_ARABIC, **_CYRILLIC})

_ARTICLES = {
    "al", "el", "ul", "il", "as", "es", "ash", "esh", "ar", "er", "an", "en", "at", "et", "ad",
    "ed", "az", "ez", "l", "the",
}  # fmt: skip
_SOUNDS = (
    ("shch", "sh"), ("dzh", "j"), ("kh", "h"), ("gh", "g"), ("zh", "j"), ("dj", "j"), ("th", "t"),
    ("dh", "d"), ("ts", "s"), ("ch", "sh"), ("ph", "f"), ("q", "k"), ("c", "k"), ("x", "ks"),
)  # fmt: skip
_VOWELS = re.compile("[aeiouywv]")
_TWICE = re.compile(r"(.)\1+")

SKELETON_COUNTS = 0.96
"""Names that agree in their consonants alone are a little less alike than in all letters."""

DOUBTFUL = 80.0
"""More than this names are not alike by their consonants, where these are few or where the
vowels are written in one alphabet and differ: Kamppi is not Komppi."""

SHORTEST_SKELETON = 4
"""Fewer consonants agree by chance."""

_VOWELS_TOLD = (("ee", "i"), ("oo", "u"), ("ou", "u"), ("y", "i"), ("ii", "i"))


@lru_cache(maxsize=1 << 16)
def folded(name: str) -> str:
    """Write a name in plain Latin letters, without articles, accents and signs."""
    text = normalize("NFKD", normalize("NFKC", name).casefold())
    # an Arabic article is written together with its word
    text = re.sub(r"(?<!\w)(?:و)?ال(?=\w{2})", "al ", normalize("NFC", text))
    text = normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(sign for sign in text if not combining(sign))
    words = re.findall(r"[^\W_]+", re.sub("['’ʿʾ`´]", "", plain))
    kept = " ".join([word for word in words if word not in _ARTICLES] or words)
    for told, one in _VOWELS_TOLD:
        kept = kept.replace(told, one)
    return kept


@lru_cache(maxsize=1 << 16)
def skeleton(name: str) -> str:
    """Reduce a name to its consonants as they sound, whatever alphabet it is written in."""
    words = []
    for word in folded(name).split():
        sound = word
        for letters, one in _SOUNDS:
            sound = sound.replace(letters, one)
        sound = _TWICE.sub(r"\1", _VOWELS.sub("", sound.removesuffix("h")))
        words.append(sound)
    return " ".join(word for word in words if word)


def alike(wanted: str, name: str) -> float:
    """Tell how alike two names are, from 0 to 100: 100 where nothing but spelling differs."""
    one, other = folded(wanted), folded(name)
    score = 100.0 if one == other else ratio(one, other)
    bones, others = skeleton(wanted), skeleton(name)
    by_sound = SKELETON_COUNTS * ratio(bones, others)
    few = min(len(bones.replace(" ", "")), len(others.replace(" ", ""))) < SHORTEST_SKELETON
    if few or wanted.isascii() == name.isascii():
        by_sound = min(by_sound, DOUBTFUL)
    return float(max(score, by_sound))
