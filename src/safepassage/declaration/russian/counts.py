"""Mend what a Russian sentence says of numbers of ways, guarantors, silence and open questions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from safepassage.declaration.russian.prepositions import WAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.russian.word import Word

__all__ = ["settled"]

_NEAR = 8
_PLAYS = ("выступ", "явля", "явит", "стан", "стал", "назван", "буд", "остан", "оста")
_ASKS = frozenset({"как", "когда", "где", "кто", "сколько", "какие", "какой", "откуда", "куда"})
_UNTOLD = re.compile(r"(?:not (?:told|clear|known|said|specified)|unclear|unknown|\?)$")


def settled(words: list[Word]) -> list[Word]:
    """Put numbers before ways, guarantors before who they are, and doubt before questions."""
    return _asked(_silent(_guaranteed(_shared(_listed(_numbered(words))))))


def _numbered(words: list[Word]) -> list[Word]:
    """Read "число коридоров доведено до семи" as "seven corridors"."""
    found = list(words)
    for at, word in enumerate(words):
        if not word.english.startswith("number of"):
            continue
        way = next(
            (i for i in range(at, min(len(words), at + 4)) if words[i].english.endswith(WAYS)), None
        )
        if way is None or way == at:
            continue
        number = _last_number(words, way)
        if number:
            found[at] = replace(words[number], spaced=True)
            for place in range(_verb_before(words, number), number + 1):
                found[place] = replace(words[place], english="")
    return found


def _last_number(words: Sequence[Word], way: int) -> int:
    """Find the number that a count of ways comes to, in the same clause; 0 for none."""
    for at in range(way + 1, min(len(words), way + _NEAR)):
        if words[at].kind == "stop":
            return 0
        if words[at].kind == "number":
            to = words[at - 1].first in {"до", "-"} or words[at - 1].kind in {"", "verb"}
            return at if to else 0
    return 0


def _verb_before(words: Sequence[Word], number: int) -> int:
    return number - 2 if words[number - 1].first == "до" else number - 1


def _listed(words: list[Word]) -> list[Word]:
    """Read the "один" of "два коридора: один, на Донецк, ..." as the first of them."""
    found = list(words)
    for at in range(1, len(words) - 2):
        listed = words[at + 1].english in {":", "-"} and words[at + 2].english in {"one", "1"}
        if listed and words[at].english.endswith(WAYS) and words[at - 1].kind in {"number", ""}:
            found[at + 2] = replace(words[at + 2], english="the first", kind="")
    return found


_GROUPS = frozenset({
    "civilians", "residents", "population", "people", "families", "women and children", "refugees",
    "militants", "fighters", "rebels", "armed groups", "armed people", "armed militants",
    "terrorists", "armed opposition", "wounded", "sick and wounded", "servicemen", "soldiers",
    "opposition fighters",
})  # fmt: skip
_GOES = re.compile(
    r"(?:will |may |are |can )?(?:leave|let through|go|evacuate|pass|withdraw|admit)$|-$"
)


def _shared(words: list[Word]) -> list[Word]:
    """Read "через два выпускают боевиков, через остальные - население" as shares of the ways."""
    found = list(words)
    for at in range(len(words) - 2):
        if words[at].first not in {"через", "по"} or words[at].kind != "preposition":
            continue
        count = words[at + 1]
        if count.kind != "number" and count.english != "the other":
            continue
        verb = next((i for i in range(at + 2, min(len(words), at + _NEAR + 3))
                     if _GOES.fullmatch(words[i].english)), None)  # fmt: skip
        if verb is None or verb + 1 >= len(words) or words[verb + 1].english not in _GROUPS:
            continue
        between = words[at + 2 : verb]
        if between and not (between[0].english == "(" and between[-1].english == ")"):
            continue
        english = "the others" if count.english == "the other" else count.english
        found[at] = replace(words[at], english="", kind="")
        found[at + 1] = replace(count, english=f"{english} for")
        for place in range(at + 2, verb + 1):
            found[place] = replace(words[place], english="")
    return found


def _guaranteed(words: list[Word]) -> list[Word]:
    """Read "гарантом её выступает Иран" as "guarantors are Iran"."""
    found = list(words)
    for at, word in enumerate(words):
        if not word.first.startswith("гарант") or word.kind == "actor":
            continue
        for verb in range(at + 1, min(len(words), at + 5)):
            if words[verb].kind in {"stop", "actor", "place"} and not words[
                verb
            ].english.startswith("of "):
                break
            if words[verb].first.startswith(_PLAYS):
                found[at] = replace(word, english="guarantors are", spaced=True)
                for place in range(at + 1, verb + 1):
                    found[place] = replace(words[place], english="")
                break
    return found


def _silent(words: list[Word]) -> list[Word]:
    """Take "тишина" beside hours for the regime of silence that it is."""
    if not any(word.kind == "clock" for word in words):
        return words
    return [
        replace(word, english="regime of silence") if word.english in {"calm", "of calm"} else word
        for word in words
    ]


def _asked(words: list[Word]) -> list[Word]:
    """Begin with "whether" what is asked, or said not to be known."""
    first = next((at for at, word in enumerate(words) if word.kind != "stop"), None)
    if first is None or words[first].first not in _ASKS:
        return words
    if not any(_UNTOLD.search(word.english) for word in words):
        return words
    return [*words[:first], replace(words[first], english="whether"), *words[first + 1 :]]
