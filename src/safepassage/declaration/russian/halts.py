"""Read what one Russian clause says of fighting that stops as the truce that it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.russian.word import Word

__all__ = ["halted"]

_FIGHTING = frozenset({
    "fire", "firing", "shelling", "strikes", "air strikes", "fighting", "hostilities", "attacks",
    "bombing", "clashes", "of fighting", "of strikes", "of air strikes", "of shelling",
    "operations", "of hostilities", "of fire", "of attacks", "offensive", "flights", "of flights",
})  # fmt: skip
_STOPS = re.compile(r"(?:(?:will be|is|are) (?:stopped|halted|suspended))")
_NEAR = 6
_PAUSE = {"suspension": "pause in fighting", "halt": "ceasefire"}


def halted(words: list[Word]) -> list[Word]:
    """Say "a ceasefire begins" where fighting "is stopped", and "pause" for a bare suspension."""
    found = list(words)
    for at, word in enumerate(words):
        if _STOPS.fullmatch(word.english):
            near = _fighting(words, at)
            if near is not None:
                begins = "will begin" if word.english.startswith("will") else "begins"
                first, last = min(at, near), max(at, near)
                found[first] = replace(words[first], english=f"ceasefire {begins}", kind="")
                found[last] = replace(words[last], english="")
        elif word.english in _PAUSE and word.kind == "noun":
            found[at] = _suspension(words, at)
    return found


def _fighting(words: Sequence[Word], at: int) -> int | None:
    """Find the fighting that a clause says is stopped, the nearest on either side."""
    for step in range(1, _NEAR):
        for near in (at + step, at - step):
            if not 0 <= near < len(words) or words[near].english not in _FIGHTING:
                continue
            low, high = sorted((near, at))
            if all(one.kind != "stop" for one in words[low + 1 : high]):
                return near
    return None


def _suspension(words: Sequence[Word], at: int) -> Word:
    """Read a suspension of fighting, or one of which nothing tells what is suspended."""
    word = words[at]
    after = words[at + 1 : at + _NEAR]
    ends = next((i for i, one in enumerate(after) if one.kind in {"stop", "verb"}), len(after))
    if any(one.english in _FIGHTING for one in after[:ends]):
        return replace(word, english=_PAUSE[word.english])
    bare = not after or after[0].kind in {"stop", "verb", "day", "clock"}
    runs = bool(after) and after[0].english.startswith(("is in force", "will", "begins", "lasts"))
    return replace(word, english="pause") if bare or runs else word
