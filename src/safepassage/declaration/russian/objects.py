"""Put the object that Russian has before an answer behind it: "группировка от паузы отказалась"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepassage.declaration.russian.word import Word

__all__ = ["objects_behind"]

_ANSWERED = (
    "agreed", "refused", "rejected", "accepted", "approved", "backed", "signed", "confirmed",
    "did not accept", "do not accept", "will not accept", "will not observe", "will not recogni",
    "do not recogni", "did not recogni", "will accept", "supports", "backs", "accepts", "rejects",
    "will observe", "observe", "did not sign", "have not confirmed", "do not support",
)  # fmt: skip
_OBJECT_KINDS = frozenset({"noun", "", "preposition"})
_LONGEST = 5
"""Words of an object (an assumption)."""
_SUBJECTS = frozenset({"actor", "person"})


def objects_behind(words: list[Word]) -> list[Word]:
    """Move the objects that stand between a party and the answer that ends a clause."""
    found = _neither(words)
    for at, word in enumerate(found):
        ends = at + 1 == len(found) or found[at + 1].kind == "stop" or found[at + 1].first == "и"
        if not (ends and word.kind in {"verb", ""} and word.english.startswith(_ANSWERED)):
            continue
        first = at
        while first > 0 and at - first < _LONGEST and _is_of_object(found[first - 1]):
            first -= 1
        if first < at and _is_subject(found, first - 1) and _names_thing(found[first:at]):
            found[first : at + 1] = _turned(found[first:at], word)
    return found


def _neither(words: list[Word]) -> list[Word]:
    """Put "neither A nor B" for "ни A, ни B"."""
    found = list(words)
    first: int | None = None
    for at, word in enumerate(words):
        if word.first != "ни" or at + 1 >= len(words):
            continue
        if first is None:
            first = at
        elif at - first <= _LONGEST + 1 and words[at - 1].english == ",":
            found[first] = replace(words[first], english="neither", kind="")
            found[at - 1] = replace(words[at - 1], english="")
            found[at] = replace(word, english="nor", kind="", spaced=True)
    return found


def _is_of_object(word: Word) -> bool:
    return word.kind in _OBJECT_KINDS and not word.english.startswith(
        (*_ANSWERED, ",", "said", "that", "and", "which")
    )


def _names_thing(row: list[Word]) -> bool:
    """Tell whether a row holds a noun, and no verb of its own."""
    return any(word.kind == "noun" for word in row) and not any(
        word.english.startswith(("is ", "are ", "will ", "was ", "were ")) for word in row
    )


def _is_subject(words: list[Word], at: int) -> bool:
    """Tell whether a party, or what stands for it, ends right before an object."""
    if at < 0:
        return False
    while at > 0 and words[at].english in {"", '"', "»", "«"}:
        at -= 1
    word = words[at]
    if word.english.endswith(("that it", "that they", "it", "they")):
        return True
    if word.english == ",":  # an aside: "the government, according to television, the terms ..."
        return any(one.kind in _SUBJECTS for one in words[max(0, at - 6) : at])
    return word.kind in _SUBJECTS or (word.kind == "place" and not word.english.startswith("of "))


def _turned(row: list[Word], verb: Word) -> list[Word]:
    """Give an answer with its object behind it, the preposition that its verb asks for gone."""
    english = verb.english
    if english.startswith("refused"):
        english = "rejected"
    if row[0].kind == "preposition":
        row = [replace(row[0], english=""), *row[1:]]
    elif english.endswith(" to"):
        english = english if english == "agreed to" else english.removesuffix(" to")
    moved = [replace(one, spaced=True) for one in row]
    return [replace(verb, english=english, spaced=True), *moved]
