"""Choose the English of Russian prepositions, and add those that Russian cases stand for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from safepassage.declaration.russian.towns import is_nominative

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from safepassage.declaration.russian.word import Word

__all__ = ["WAYS", "governed", "joined"]

WAYS = tuple(
    way + plural
    for way in ("corridor", "route", "road", "street", "highway", "exit", "passage")
    for plural in ("", "s")
)
"""Endings of the English for what people leave by."""
_INSTRUMENTAL = ("ом", "ем", "ой", "ей", "ою", "ами", "ями", "ью", "им", "ым", "ими", "ыми", "мя")
_GENITIVE = ("ов", "ев", "ей", "ых", "их", "ия", "ний")
_GENITIVE_ADJECTIVE = ("ых", "их", "ого", "его")
_TIME = frozenset({"day", "clock"})
_WHICH = frozenset({"last", "next", "this coming", "this"})
_LASTS = ("last", "lasts", "lasted")
_LENGTH = ("hour", "hours", "day", "days", "week", "weeks", "minutes")


# --- prepositions that stand in the text ----------------------------------------------


def governed(words: Sequence[Word], at: int) -> Word:
    """Choose the English of a preposition by the word it governs; give any other as it is."""
    word = words[at]
    if at + 1 >= len(words):
        return word
    if word.english.endswith(_LASTS) and words[at + 1].kind == "number":
        return replace(word, english=f"{word.english} for")
    choose = _CHOICES.get(word.first) if word.kind == "preposition" else None
    english = choose(words, at) if choose and word.first == word.last else None
    return word if english is None else replace(word, english=english)


def _with(words: Sequence[Word], at: int) -> str | None:
    following = words[at + 1]
    if following.kind in {"actor", "person"}:
        return None
    if following.kind == "day" and at and words[at - 1].english.endswith("night"):
        return "of"
    instrumental = following.first.endswith(_INSTRUMENTAL) and following.kind not in _TIME
    return None if instrumental else "from"


def _in(words: Sequence[Word], at: int) -> str | None:
    following = words[at + 1]
    if following.english in _WHICH and at + 2 < len(words) and words[at + 2].kind == "day":
        return ""  # "last Friday"
    if following.kind in {"place", "name"} and _is_accusative(following):
        return "to"
    return {"day": "on", "clock": "at"}.get(following.kind)


def _is_accusative(word: Word) -> bool:
    """Tell "в Идлиб", where people go, from "в Идлибе", where they are."""
    if word.last.endswith(("у", "ю")):
        return word.kind == "place" and not is_nominative(word.last)
    return word.kind == "place" and word.last.endswith(_CONSONANTS) and is_nominative(word.last)


_CONSONANTS = tuple("бвгджзйклмнпрстфхцчшщь")


def _on(words: Sequence[Word], at: int) -> str | None:
    following = words[at + 1]
    length = following.kind == "number" and following.english.endswith(_LENGTH)
    if following.kind == "day" and at and words[at - 1].kind == "day":
        return "to"  # "в ночь с 4 на 5 ноября"
    if following.kind == "day" or length:
        return "for"
    if following.kind == "place":
        return "in" if following.last.endswith(("е", "и", "ах")) else "to"
    return None


def _until(words: Sequence[Word], at: int) -> str | None:
    following = words[at + 1]
    if following.kind == "number":
        return "up to"
    return "to" if following.kind == "place" or following.english.startswith("border") else None


def _along(words: Sequence[Word], at: int) -> str | None:
    if words[at + 1].kind == "number" and words[at + 1].english.endswith(_LENGTH):
        return "for"
    if words[at + 1].kind in _TIME:
        return "to"
    return "via" if any(word.english.endswith(WAYS) for word in words[at + 1 : at + 4]) else None


def _towards(words: Sequence[Word], at: int) -> str | None:
    return "by" if words[at + 1].kind in _TIME else None


def _from(words: Sequence[Word], at: int) -> str | None:
    return "dated" if words[at + 1].kind == "day" else None


def _out_of(words: Sequence[Word], at: int) -> str | None:
    counts = at > 0 and words[at - 1].kind == words[at + 1].kind == "number"
    return "of the" if counts else None


_CHOICES: dict[str, Callable[[Sequence[Word], int], str | None]] = {
    "с": _with, "со": _with, "в": _in, "во": _in, "на": _on, "до": _until, "по": _along,
    "к": _towards, "ко": _towards, "от": _from, "из": _out_of, "изо": _out_of,
}  # fmt: skip


# --- what Russian says by a case or a form --------------------------------------------


def joined(words: Sequence[Word], at: int) -> Word:
    """Add "of" to a genitive, "by" to an agent, "on" to a day; mend plurals and "be"."""
    if at == 0:
        return words[at]
    word, before = words[at], words[at - 1]
    lead = ""
    if before.kind in {"noun", "actor", "person"} and _is_genitive(word, before):
        lead = "of "
    elif _is_agent(word, before):
        lead = "by "
    elif _is_bare_day(word, before):
        lead = "on "
    return replace(word, english=lead + _mended(words, at))


def _mended(words: Sequence[Word], at: int) -> str:
    """Give "agreed" for "has been agreed" after "will be", and corridors their plural."""
    english = words[at].english
    if f" {words[at - 1].english}".endswith(_BE):
        return next((english.removeprefix(one) for one in _IS if english.startswith(one)), english)
    return f"{english}s" if english.endswith(WAYS[::2]) and _counted(words, at) else english


_BE = (" be", " was", " were", " been")
_IS = ("has been ", "have been ", "are ", "is ", "was ")


def _counted(words: Sequence[Word], at: int) -> bool:
    """Tell whether a number above one stands before, adjectives between them left out."""
    place = at - 1
    while place > 0 and at - place < 3 and words[place].kind == "":
        place -= 1
    return words[place].kind == "number" and words[place].english not in {"one", "1"}


def _is_agent(word: Word, before: Word) -> bool:
    acts = word.kind in {"actor", "person", "place"}
    return acts and before.kind == "done" and not before.english.endswith("with")


def _is_bare_day(word: Word, before: Word) -> bool:
    """Tell a date or weekday that no preposition stands before."""
    if word.kind != "day" or word.english.isdecimal() or word.english.startswith(_ADVERBS):
        return False
    governs = (
        before.english in _LEADS
        or before.english.endswith(("before", " from"))
        or before.english in _WHICH
    )
    labelled = before.english.endswith(":")
    return before.kind not in {"preposition", "stop", "day", "number"} and not (governs or labelled)


_LEADS = frozenset({"and", "or", "to", "until", "from", "for", "by", "on"})
_ADVERBS = ("today", "tomorrow", "yesterday", "the day", "two days", "this", "tonight")


def _is_genitive(word: Word, before: Word) -> bool:
    """Tell whether a word depends on the noun before it."""
    if word.kind == "place":
        return not (before.kind == "actor" and is_nominative(word.first))
    if word.kind == "actor":
        return before.kind in {"noun", "person"}
    if before.kind != "noun":
        return False
    endings = {"": _GENITIVE_ADJECTIVE, "noun": _GENITIVE}.get(word.kind)
    return endings is not None and word.first.endswith(endings)
