"""Tell which language each stretch of a text is in, and what puts it into English."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from safepassage.declaration.tongues import READ, SCRIPTS, TONGUES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from safepassage.declaration.gloss import Piece, Token

__all__ = [
    "Stretch", "glosser_for", "is_small_word", "likeliest", "of_paragraphs", "script_of",
    "stretches",
]  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+")
_HOMES = {"LATIN": "en", "CYRILLIC": "ru", "ARABIC": "ar"}
_OF_WORD, _OF_LETTER = 2, 1
_ARTICLES = ("ال", "وال", "بال", "لل")
_LEAST = 6
"""Weight that shows a language: three of its small words, or six words with its letters."""
_CLEAR = 2
"""How many times as much must speak for a language that cannot be read as for the one of
the same script that can; short of that a text is read."""
_FEWEST = 3
"""Fewest different words that show a language, and fewest words in other letters that are a
stretch of their own; fewer are names or loans."""
_MOST = 10
"""Most times that one word counts: no single word shows a language."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hold part of a sentence in one language: ``en``, ``ru``, ``ar``, or another by name."""

    start: int
    end: int
    language: str
    letters: int = 0

    @property
    def is_read(self) -> bool:
        """Tell whether it is in a language that can be read."""
        return self.language in READ


def of_paragraphs(flat: str, spans: Sequence[tuple[int, int]]) -> list[dict[str, str]]:
    """Map each script of each paragraph to the language that is written in it.

    A paragraph too short to show one, such as a headline, is taken to be in that of the next
    which does, else of the one before.

    Parameters
    ----------
    spans
        Start and end of each paragraph.

    """
    told = [_of_scripts(flat, start, end) for start, end in spans]
    for paragraphs in (reversed(told), told):
        nearest: dict[str, str] = {}
        for paragraph in paragraphs:
            for script, language in paragraph.items():
                if language:
                    nearest[script] = language
                else:
                    paragraph[script] = nearest.get(script)
    return [{script: one or _home(script) for script, one in each.items()} for each in told]


def stretches(flat: str, start: int, end: int, languages: dict[str, str]) -> list[Stretch]:
    """Cut a sentence where its script changes for at least three words.

    Parameters
    ----------
    languages
        The language of each script, from `of_paragraphs`.

    """
    found = _WORD.finditer(flat, start, end)
    words = [(match.start(), script_of(match[0][0]), len(match[0])) for match in found]
    if not words:
        return [Stretch(start, end, "en")]
    base = Counter(script for _, script, _ in words).most_common(1)[0][0]
    runs: list[tuple[int, str]] = []
    letters: Counter[int] = Counter()
    for index, (at, script, size) in enumerate(words):
        after = [other for _, other, _ in words[index : index + _FEWEST]]
        if (not runs or runs[-1][1] != script) and (script == base or after == [script] * _FEWEST):
            runs.append((at if runs else start, script))
        elif not runs:
            runs.append((start, base))
        letters[len(runs)] += size
    ends = [*(at for at, _ in runs[1:]), end]
    return [
        Stretch(at, last, languages[script], letters[number])
        for number, ((at, script), last) in enumerate(zip(runs, ends, strict=True), start=1)
    ]


def likeliest(words: Iterable[str]) -> str | None:
    """Give the language that lower-case words of one script show, or ``None`` if too few do.

    One that cannot be read is weighed against the one that can be by what only one of the
    two has; a text that shows neither clearly is read.
    """
    shown = [(min(count, _MOST), _weights(word)) for word, count in Counter(words).items()]
    weights: Counter[str] = Counter()
    for count, languages in shown:
        for language, weight in languages.items():
            weights[language] += weight * count
    read = max(READ, key=lambda code: weights[code])
    others = [(weight, one) for one, weight in weights.items() if one not in READ]
    for _, other in sorted(others, reverse=True):
        apart = [(count, w.get(other, 0) - w.get(read, 0)) for count, w in shown]
        its = [count * more for count, more in apart if more > 0]
        mine = -sum(count * more for count, more in apart if more < 0)
        if len(its) >= _FEWEST and sum(its) >= max(_LEAST, _CLEAR * mine):
            return other
    return read if weights[read] >= _OF_WORD else None


def is_small_word(word: str, language: str) -> bool:
    """Tell whether a lower-case word is one of a language's commonest, or has its article."""
    return language in _by_word().get(word, ()) or (language == "ar" and word.startswith(_ARTICLES))


def glosser_for(code: str) -> Callable[[Sequence[Token]], list[Piece]]:
    """Give what puts the words of one sentence into English."""
    if code == "ru":
        from safepassage.declaration.russian import gloss  # noqa: PLC0415
    else:
        from safepassage.declaration.arabic import gloss  # noqa: PLC0415
    return gloss


def _of_scripts(flat: str, start: int, end: int) -> dict[str, str | None]:
    """Map each script to the language its words show, ``None`` where they are too few.

    Words with a capital count for nothing: "La Macarena" and "El Retorno" are towns.
    """
    words: defaultdict[str, list[str]] = defaultdict(list)
    for match in _WORD.finditer(flat, start, end):
        shown = words[script_of(match[0][0])]
        if match[0] == match[0].lower():
            shown.append(match[0])
    return {
        script: likeliest(those) if script in _HOMES else None for script, those in words.items()
    }


def _home(script: str) -> str:
    """Give the language a script is taken for where its words show none."""
    return _HOMES.get(script) or SCRIPTS.get(script) or f"{script.lower()} script"


@cache
def script_of(letter: str) -> str:
    """Give the script of a letter by its name in Unicode, such as ``CYRILLIC``."""
    return unicodedata.name(letter, "unknown").partition(" ")[0]


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for tongue in TONGUES:
        for word in tongue.words:
            found[word].append(tongue.language)
    return {word: tuple(languages) for word, languages in found.items()}


@cache
def _by_letter() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for tongue in TONGUES:
        for letter in tongue.letters:
            found[letter].append(tongue.language)
    return {letter: tuple(languages) for letter, languages in found.items()}


def _weights(word: str) -> dict[str, int]:
    """Give what one word speaks for: as a small word, or by letters that show a language."""
    shown = {language for letter in set(word) for language in _by_letter().get(letter, ())}
    if word.startswith(_ARTICLES):
        shown.add("ar")
    small = dict.fromkeys(_by_word().get(word, ()), _OF_WORD)
    return dict.fromkeys(shown, _OF_LETTER) | small
