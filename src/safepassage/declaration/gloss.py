"""Put foreign words into the plain English that the rules know, each tied to its own words.

The rules of reading are written once, over English (``english/``). A text in another
language is glossed first: word by word, phrase by phrase, from a phrasebook. Only the
values are read from the gloss; every quote is taken from the text as it was written.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Match", "Phrasebook", "Piece", "Token", "glossed", "tokens_of"]

_LETTER = r"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]"
"""A letter, figure, stress or vowel sign."""
_TOKEN = re.compile(rf"\w{_LETTER}*(?:[-'./:]\w{_LETTER}*)*|[^\w\s]")
_LONGEST_WORD = 60
"""Longest token [characters], so that the work for a word is bounded; the longest words of the
languages read have about half as many, written vowels included."""
_MOST_FORMS = 2000
"""Most ways to write one line of a phrasebook; more is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Token:
    """Hold one word, number or sign of a text; offsets are the original's."""

    text: str
    start: int
    end: int
    spaced: bool
    """A blank stands before it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold English words, may be none, for a stretch of the original."""

    english: str
    start: int
    end: int
    spaced: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """Hold the longest entry that fits at a token: how many tokens, and its English."""

    count: int
    english: str


@dataclass(slots=True)
class _Node:
    english: str | None = None
    whole: dict[str, _Node] = field(default_factory=dict)
    stems: dict[str, _Node] = field(default_factory=dict)


class Phrasebook:
    """Hold phrases of a language with their English; the longest that fits is taken.

    Parameters
    ----------
    lines
        One entry a line, ``words = english``; ``#`` begins a comment. A word is written
        whole, or as a stem with ``*`` (any ending, none included); ``a|b*`` stands for
        either, ``(a|b)`` may be left out. An empty English drops the words.
    fold
        Makes two spellings of one word the same: used on entries and on tokens.
    forms
        Gives the ways a folded word of a text may stand in an entry, the likeliest first;
        by default it stands there as it is.

    Raises
    ------
    ValueError
        If a line is no entry, or gives words another line gave with other English.

    """

    def __init__(
        self,
        lines: str,
        fold: Callable[[str], str],
        forms: Callable[[str], Iterable[str]] = lambda word: (word,),
    ) -> None:
        self._fold = fold
        self._forms = forms
        self._root = _Node()
        for number, line in enumerate(lines.splitlines(), start=1):
            entry = line.partition("#")[0].strip()
            if entry:
                words, sign, english = entry.partition("=")
                if not sign or not words.strip():
                    raise ValueError(f"line {number} is no entry: {line!r}")
                self._add(words.split(), " ".join(english.split()), number)

    def match(self, tokens: Sequence[Token], at: int) -> Match | None:
        """Give the longest entry that fits the tokens from one on; whole words before stems."""
        found: Match | None = None
        nodes = [self._root]
        for count, token in enumerate(itertools.islice(tokens, at, None), start=1):
            words = tuple(self._forms(self._fold(token.text)))
            nodes = [after for word in words for node in nodes for after in self._steps(node, word)]
            if not nodes:
                break
            english = next((n.english for n in nodes if n.english is not None), None)
            if english is not None:
                found = Match(count, english)
        return found

    def knows(self, word: str) -> bool:
        """Tell whether some entry begins with a word."""
        return next(self._steps(self._root, self._fold(word)), None) is not None

    @staticmethod
    def _steps(node: _Node, word: str) -> Iterator[_Node]:
        if word in node.whole:
            yield node.whole[word]
        if node.stems:
            for size in range(len(word), 0, -1):
                if word[:size] in node.stems:
                    yield node.stems[word[:size]]

    def _add(self, words: list[str], english: str, number: int) -> None:
        choices = []
        for word in words:
            optional = word.startswith("(") and word.endswith(")")
            forms: list[str | None] = list(word.strip("()").split("|"))
            choices.append([*forms, None] if optional else forms)
        ways = list(itertools.islice(itertools.product(*choices), _MOST_FORMS + 1))
        if len(ways) > _MOST_FORMS:
            raise ValueError(f"line {number} can be written in too many ways")
        for way in ways:
            node = self._root
            for form in filter(None, way):
                stem = form.endswith("*")
                branch = node.stems if stem else node.whole
                node = branch.setdefault(self._fold(form.rstrip("*")), _Node())
            if node is self._root or node.english not in {None, english}:
                raise ValueError(f"line {number} says otherwise than a line before: {way}")
            node.english = english


def glossed(tokens: Sequence[Token], book: Phrasebook, spell: Callable[[str], str]) -> list[Piece]:
    """Put tokens into English, the longest phrase first.

    Parameters
    ----------
    spell
        Spells a word that the phrasebook lacks in Latin letters, its capital kept.

    """
    pieces: list[Piece] = []
    at = 0
    while at < len(tokens):
        first, match = tokens[at], book.match(tokens, at)
        count = match.count if match else 1
        english = match.english if match else spell(first.text)
        pieces.append(Piece(english, first.start, tokens[at + count - 1].end, first.spaced))
        at += count
    return pieces


def tokens_of(flat: str, start: int, end: int) -> list[Token]:
    """Cut a stretch into words, numbers and signs; what is too long for a word is cut as well."""
    tokens = []
    for match in _TOKEN.finditer(flat, start, end):
        spaced = match.start() > 0 and flat[match.start() - 1].isspace()
        for at in range(match.start(), match.end(), _LONGEST_WORD):
            last = min(at + _LONGEST_WORD, match.end())
            tokens.append(Token(flat[at:last], at, last, spaced and at == match.start()))
    return tokens
