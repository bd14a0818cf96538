"""Read Russian answers that name who answered by the place: "в Южной Осетии отвергли"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepassage.declaration.russian.word import Word

__all__ = ["answered_in"]

_MIDDLE = 6
"""Words between where it was answered and the answer (an assumption)."""
_REPLIED = (
    "rejected",
    "agreed",
    "accepted",
    "approved",
    "backed",
    "supported",
    "refused",
    "learned",
)


def answered_in(words: list[Word], verb: int) -> bool:
    """Put whoever answered right before the verb, without "в"; tell whether it was so."""
    first = verb - 1
    while first > 0 and verb - first < _MIDDLE and words[first].kind in {"noun", ""}:
        first -= 1
    if not (
        first > 0
        and words[first].kind in {"actor", "place"}
        and words[first - 1].first in {"в", "во"}
        and words[verb].english.startswith(_REPLIED)
        and words[verb].last.endswith("ли")
    ):
        return False
    turned = [words[first], words[verb], *words[first + 1 : verb]]
    words[first : verb + 1] = [replace(word, spaced=True) for word in turned]
    words[first - 1] = replace(words[first - 1], english="")
    return True
