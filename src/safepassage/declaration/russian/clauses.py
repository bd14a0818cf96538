"""Mend what one Russian clause says of weapons, of one corridor and of the hour of a report."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from safepassage.declaration.russian.word import Word

__all__ = ["mended"]

_ARMS = re.compile(r"(?:(?:light|personal|heavy|any|all|surrender of) )?(?:weapons|small arms)")
_GIVEN = re.compile(
    r"(?:(?:will|may|to|need not|must|they|is allowed|may not|will not|do not) )*"
    r"(?:surrender|lay down|hand over|leave behind|leaving behind|keep|take|carry|taking|evacuate)"
)
_CARRIED = re.compile(
    r"(?:with (?:all )?(?:their )?(?:light |personal |heavy |any )?(?:weapons|small arms)|"
    r"carry weapons|carrying weapons|take weapons|armed people|carrying)"
)
_BARRED = re.compile(
    r"(?:is (?:strictly )?prohibited|ruled out|must not|(?:will|may) not (?:\w+ )?"
    r"(?:pass|let through|admit|leave|be let through|be admitted|allow)"
    r"|is not (?:allowed|admitted|let through)|do not (?:let through|admit|take|carry))"
)
_BANNED = re.compile(r"(?:must|may|do) not (?:take|carry)(?: with them)?")
_STOPS = frozenset({",", ";", ":", "-", ".", "!", "?", "but", "while"})
_WAY = re.compile(
    r"(?:(?:humanitarian|green|safe|evacuation|exit) )*(?:corridor|evacuation route|exit route|"
    r"safe route|humanitarian route)"
)
_ONE_OF = re.compile(
    r"\b(?:open|opened|opens|set up|set aside|marked|designated|organi[sz]ed?|"
    r"introduced?|agreed|agreed on|announced|operate|be in force|provided?)$"
)
_LEAVES = re.compile(
    r"\b(?:open|opened|opens|leave|evacuate|evacuated|use|used|withdraw|go|let through)$"
)
_ROADS = frozenset({"road", "highway", "route", "street"})
_NEAR = 8


def mended(words: list[Word]) -> list[Word]:
    """Put weapons behind the verb they belong to, forbid what is forbidden, count one corridor."""
    found = [word for clause in _clauses(words) for word in _barred(_armed(_together(clause)))]
    return _articled(_counted(found))


def _together(clause: list[Word]) -> list[Word]:
    """Read what people are to do "по согласованию с" someone as no one's consent to a pause."""
    if not any(word.english == "so that" for word in clause):
        return clause
    return [replace(word, english="together with") if word.english == "agreed with" else word
            for word in clause]  # fmt: skip


def _clauses(words: Sequence[Word]) -> Iterator[list[Word]]:
    clause: list[Word] = []
    for word in words:
        clause.append(word)
        if word.english in _STOPS:
            yield clause
            clause = []
    yield clause


def _armed(clause: list[Word]) -> list[Word]:
    """Put the weapons of "оружие бойцы сдают" behind what is done with them."""
    for at, word in enumerate(clause):
        if not _ARMS.fullmatch(word.english) or (at and clause[at - 1].kind == "preposition"):
            continue
        if at and _GIVEN.fullmatch(clause[at - 1].english):
            continue
        verb = next(
            (
                i
                for i in range(at + 1, min(len(clause), at + _NEAR))
                if _GIVEN.fullmatch(clause[i].english)
            ),
            None,
        )
        if verb is None:
            continue
        if word.english.startswith("heavy"):
            return _left(clause, at, verb)
        spaced = replace(word, spaced=True)
        rest = [replace(one, spaced=one.kind != "stop") for one in clause[at + 1 : verb + 1]]
        return [*clause[:at], *rest, spaced, *clause[verb + 1 :]]
    return clause


def _left(clause: list[Word], at: int, verb: int) -> list[Word]:
    """Say of heavy weapons that must be given up that they are left."""
    if _KEPT.search(clause[verb].english):
        return clause
    found = [replace(one, english="") if one.english == "must" else one for one in clause]
    left = replace(clause[verb], english="must be left")
    return [*found[: at + 1], left, *found[at + 1 : verb], *found[verb + 1 :]]


_KEPT = re.compile(r"need not|not|keep|take|taking|carry|evacuate")


def _barred(clause: list[Word]) -> list[Word]:
    """Say once that weapons are prohibited where "с оружием" stands beside "нельзя"."""
    if any(_BANNED.fullmatch(word.english) for word in clause):
        clause = [
            replace(word, english="carrying weapons") if _ARMS.fullmatch(word.english) else word
            for word in clause
        ]
    armed = next((i for i, word in enumerate(clause) if _CARRIED.fullmatch(word.english)), None)
    barred = next((i for i, word in enumerate(clause) if _BARRED.search(word.english)), None)
    if armed is None or barred is None or "heavy" in clause[armed].english:
        return clause
    found = list(clause)
    found[barred] = replace(found[barred], english="")
    found[armed] = replace(found[armed], english="carrying weapons is prohibited")
    return found


def _counted(words: list[Word]) -> list[Word]:
    """Put the number of "Дорог четыре." before what it counts."""
    found = list(words)
    for at in range(len(words) - 2):
        way, number, stop = words[at : at + 3]
        opens = at == 0 or words[at - 1].kind == "stop"
        single = way.english in _ONE_WAY and number.english == "one"
        if (
            opens
            and (way.english in _WAYS or single)
            and number.kind == "number"
            and stop.kind == "stop"
        ):
            found[at : at + 2] = [number, replace(way, spaced=True)]
    return found


_ONE_WAY = frozenset({
    "corridor", "route", "evacuation route", "humanitarian corridor", "safe route",
    "crossing point",
})  # fmt: skip
_WAYS = frozenset(
    {"corridors", "routes", "roads", "exits", "humanitarian corridors", "crossing points"}
)


def _articled(words: list[Word]) -> list[Word]:
    """Say "a corridor" where one is opened, and nothing tells which."""
    found = list(words)
    for at, word in enumerate(words):
        near = words[max(0, at - _NEAR) : at + _NEAR]
        alone = at and words[at - 1].english in {"one", "a single"}
        if alone and word.english in _ROADS and any(_LEAVES.search(one.english) for one in near):
            found[at] = replace(word, english="evacuation route")
        opened = any(_ONE_OF.search(one.english) for one in near)
        routes = word.english in {"route", "routes"} and word.kind == "noun"
        way = f"evacuation {word.english}" if routes and not _bussed(words, at) else word.english
        found[at] = replace(found[at], english=way) if routes and opened else found[at]
        if not opened or not _WAY.fullmatch(way) or word.kind != "noun":
            continue
        if at and (words[at - 1].kind in {"number", "preposition", "noun"} or _told(words[at - 1])):
            continue
        found[at] = replace(word, english=f"a {way}")
    return found


def _bussed(words: Sequence[Word], at: int) -> bool:
    return any("bus" in one.english for one in words[max(0, at - 2) : at + 3])


def _told(word: Word) -> bool:
    """Tell whether a word before a corridor says which it is, or how many there are."""
    return word.english in _WHICH or word.english.startswith("a ") or word.last.endswith(_ORDINALS)


_WHICH = frozenset({
    "the", "this", "that", "first", "second", "third", "last", "next", "same", "each", "every",
    "any", "no", "their", "our", "its", "your", "one", "a single", "another", "new", "not", "only",
    "which", "also",
})  # fmt: skip
_ORDINALS = ("торой", "ретий", "твертый", "ятый", "стой")
