"""Find in English text the corridors that are called by a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.users import GROUP, last_named
from safepassage.declaration.findings import RESOLVED, STATED, Finding
from safepassage.declaration.model import RouteEnd
from safepassage.declaration.nations import ADJECTIVES, names_of_countries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.users import Users
    from safepassage.declaration.text import Sentence

__all__ = ["find_corridor_names"]

_WORD = r"(?:[A-Z][\w'-]{1,24})"
_PROPER = rf"(?:{_WORD}(?: (?:(?:al-|el-|as-|ash-|al |el )?[A-Z][\w'-]{{0,24}})){{0,3}})"
_NAME = rf"{_PROPER}(?: ?(?:-|to) ?{_PROPER})?"
_NOUN = r"(?:corridors?|crossings?|crossing points?|exits?|passages?|checkpoints?)"
_LIST = (
    rf"(?P<names>{_NAME}(?:(?:,| and|, and|;) (?:the )?(?:in |at |near |through )?{_NAME}){{0,9}})"
)
_NAMED = re.compile(
    rf"(?<![\w-]){_NOUN}(?: (?:for (?:civilians|residents|fighters|armed groups|people)|will|would|"
    r"are|is|be|open(?:ed)?|run|located|set up|named|called|known as|:|-)){0,5}"
    rf"(?: (?:at|near|through|via|in the areas? of|named|called|known as)|:) (?:the )?{_LIST}"
)
_CALLED = re.compile(
    rf"(?<![\w-])(?:[Tt]he |[Vv]ia |[Tt]hrough )?(?P<names>{_NAME}) (?:humanitarian |civilian "
    rf"|exit |border |road )?(?:corridor|crossing(?: point)?|exit|passage)(?![\w])"
)
_ITEM = re.compile(
    rf"(?:[-*] )?(?:(?:[Cc]orridor|[Rr]oute|[Ee]xit|[Cc]rossing)s? (?:[Nn]o\.? ?)?\d{{1,2}}"
    rf"|\d{{1,2}}[.)]) ?[:-]? ?(?P<names>{_NAME})(?=[ ,.;(]|$)"
)
_NUMBER = re.compile(r"\(?\d{1,2}[.)]")
"""The number of a list's entry, which is cut off as a sentence of its own."""
_ENTRY = re.compile(rf"(?P<names>{_NAME})(?=[ ,.;(]|$)")
_SPLIT = re.compile(r"(?:,| and|, and|;) (?:the )?(?:in |at |near |through )?")
_COMMON = frozenset({
    "the", "humanitarian", "civilian", "safe", "exit", "corridor", "corridors", "each", "every",
    "this", "that", "these", "all", "two", "six", "eight", "three", "four", "one", "start", "end",
    "civilians", "fighters", "armed", "local", "red", "united", "ministry", "army", "defence",
    "moscow", "guarantors", "weapons", "green", "no", "date", "place", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "issued", "residents", "people", "a", "an", "if", "when", "our", "your", "evacuation",
    "border", "another", "first", "second", "third", "fourth", "fifth", "sixth",
})  # fmt: skip
"""Words that begin a sentence, a label or a date and no name of a corridor."""


def find_corridor_names(
    reading: Reading, place: str | None, elsewhere: frozenset[int]
) -> list[Finding[RouteEnd]]:
    """Find the corridors called by a name, each with its users where the words tell them."""
    found: dict[str, Finding[RouteEnd]] = {}
    listed = numbered = False
    for sentence, role in reading.rows():
        names_corridor = words.CORRIDOR.search(sentence.plain) is not None
        heads = names_corridor and sentence.plain.rstrip().endswith(":")
        number = _NUMBER.fullmatch(sentence.plain)
        item = (_ENTRY if numbered else _ITEM).match(sentence.cased)
        listed = heads or (listed and (item is not None or number is not None))
        numbered = listed and number is not None
        if not role.may_state_terms or sentence.index in elsewhere:
            continue
        if not (names_corridor or (listed and item)):
            continue
        for start, end, sure in _spans(sentence, item if listed or names_corridor else None):
            name = sentence.cased[start:end]
            begin = sentence.start + start
            if not _is_name(reading, name, begin, place) or role.is_past(begin):
                continue
            users = _users(reading, sentence, start)
            end_ = RouteEnd(users=users, name=name)
            found.setdefault(name, Finding(end_, begin, sentence.start + end, sure))
    return list(found.values())


def _spans(sentence: Sentence, item: re.Match[str] | None) -> Iterator[tuple[int, int, float]]:
    if item is not None:
        yield (*item.span("names"), STATED)
        return
    for match in _NAMED.finditer(sentence.cased):
        start = match.start("names")
        for part in _SPLIT.split(match["names"]):
            at = sentence.cased.index(part, start)
            yield at, at + len(part), STATED
            start = at + len(part)
    for match in _CALLED.finditer(sentence.cased):
        yield (*match.span("names"), RESOLVED)


def _is_name(reading: Reading, name: str, begin: int, place: str | None) -> bool:
    first = name.partition(" ")[0].lower()
    if first in _COMMON or name.lower() in names_of_countries() or name == place:
        return False
    if any(first in forms for forms in ADJECTIVES.values()):
        return False
    return not any(actor.start < begin + len(name) and begin < actor.end
                   for actor in reading.actors)  # fmt: skip


_JOINED = re.compile(r",? (?:and|or) (?:the )?")


def _users(reading: Reading, sentence: Sentence, at: int) -> Users | None:
    groups = list(GROUP.finditer(sentence.plain))
    before = [group for group in groups if group.start() < at]
    chosen = before[-1] if before else groups[0] if len(groups) == 1 else None
    if len({bool(group["armed"]) for group in before[-2:]}) > 1 and _JOINED.fullmatch(
        sentence.plain, before[-2].end(), before[-1].start()
    ):
        return None  # "fighters and civilians"
    if chosen is not None:
        return "armed" if chosen["armed"] else "civilian"
    return last_named(reading, sentence) if not groups else None
