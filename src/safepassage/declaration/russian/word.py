"""Hold the words of a sentence between Russian and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Kind", "Word"]

Kind = Literal[
    "", "actor", "place", "person", "name", "verb", "done", "noun", "day", "clock", "zone",
    "number", "to_whom", "preposition", "stop",
]  # fmt: skip
"""What a stretch is, as far as word order needs it: ``verb`` is one of saying or answering,
``done`` a participle that "by" may follow, ``noun`` one that "of" may follow, ``person`` an office,
``name`` an unknown name."""


@dataclass(frozen=True, slots=True)
class Word:
    """Hold English words for a stretch of the original, and what it is.

    ``first`` and ``last`` are the folded Russian words at its ends.
    """

    english: str
    start: int
    end: int
    spaced: bool
    kind: Kind
    first: str
    last: str
