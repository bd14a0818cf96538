"""Find in English text the wholes that it names: "six of the eight", "all eight"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.corridor_shares import portion_of
from safepassage.declaration.english.corridor_words import MOST, Count, ways_number
from safepassage.declaration.english.numbers import NUMBER
from safepassage.declaration.english.users import open_to_terms

if TYPE_CHECKING:
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.text import Sentence

__all__ = ["disputed", "named_wholes"]

_WAYS = rf"(?:{words.CORRIDOR_NOUN}|corridors|routes|roads|crossings|passages|exits|ways out)"
_NO_OTHER_NOUN = (
    rf"(?![\w:/-])(?= (?:[a-z-]{{3,14}} ){{0,2}}{_WAYS}(?![\w])|[.,;:)]|$| -| (?:are|is|will|would|"
    r"have|has|can|may|were|be|being|been|again|now|of them|for|to|lead|run|go|work|serve|open|"
    r"remain|stay|again|designated|reserved|intended|meant)(?![\w]))"
)
_WHOLE = re.compile(
    rf"(?:(?<![\w.,:/$-])(?:{NUMBER})(?: {_WAYS})? (?:out of|of|from among)"
    rf"(?: (?:the|all|these|those|its)){{0,2}}|(?<![\w-])all(?: of)?(?: (?:the|these|those))?|"
    rf"^(?:out )?of (?:the|all)) (?P<whole>{NUMBER}){_NO_OTHER_NOUN}"
    rf"|(?<![\w.,:/$-])(?P<them>{NUMBER}) all of them(?![\w])"
)
_NEAR = 3
"""Sentences from a whole to the corridors that it is of (an assumption)."""


def named_wholes(reading: Reading, elsewhere: frozenset[int]) -> list[Count]:
    """Give every number of ways in all that the text names beside a share of it, or as all.

    Sentences near which no corridors are named are left out, and those that tell how many of
    a number of ways are in use: there the part is what is open.
    """
    rows = list(reading.rows())
    about = {s.index for s, _ in rows if words.CORRIDOR.search(s.plain)}
    found: list[Count] = []
    for sentence, role in rows:
        if sentence.index in elsewhere or not open_to_terms(sentence, role):
            continue
        if not any(abs(sentence.index - one) <= _NEAR for one in about) or portion_of(sentence):
            continue
        found += [c for c in _wholes_of(sentence) if not role.is_past(c.start)]
    return found


def _wholes_of(sentence: Sentence) -> list[Count]:
    found = []
    for match in _WHOLE.finditer(sentence.plain):
        told = match["whole"] or match["them"]
        if 0 < ways_number(told) <= MOST:
            span = sentence.start + match.start(), sentence.start + match.end()
            found.append(Count(ways_number(told), None, *span, sentence.index, definite=True))
    return found


def disputed(total: int, wholes: list[Count], counts: list[Count]) -> int | None:
    """Give a number that the text names as all ways, where it is not a sum of them.

    What is all of one group's ways, told right before, is no number of them all: "three for
    civilians, all three to the north".
    """
    for whole in wholes:
        own = any(
            c.users and c.count == whole.count and c.end <= whole.start
            and whole.sentence - c.sentence <= 1
            for c in counts
        )  # fmt: skip
        if whole.count != total and not own:
            return whole.count
    groups = [c for c in counts if c.users]
    if any(c.other for c in groups):  # "two corridors open .. six other corridors"
        return None
    named = [c for c in counts if c.users is None and not (c.definite or c.single or c.part)]
    least = max((c.count for c in groups), default=0)
    return next((c.count for c in named if c.count != total and c.count >= least), None)
