"""Read in English text the answers of those whom a sentence only refers to: "the front agreed"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english.answers import ACTIVE, JOINT_FROM
from safepassage.declaration.findings import RESOLVED, Finding
from safepassage.declaration.model import Consent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.text import Sentence

__all__ = ["referred"]

_ANY = frozenset(
    {"group", "movement", "faction", "party", "organisation", "organization", "militia"}
)
_NOUN = re.compile(
    r"(?:^|[;,\"-] |(?<![\w-])(?:and|but|while|that|added|said) )"
    r"(?:(?:the |its |that )|(?<=that )|(?<=said ))"
    r"(?:spokes\w+ (?:for|of) the )?"
    r"(?P<noun>group|movement|faction|party|organi[sz]ation|militia|front|council|committee|army|"
    r"alliance|coalition|union|brigades?|league|ministry|command|forces|tigers|guard|resistance)"
    r"(?:'s (?:leadership|leaders?|spokes\w+|command|commanders?|representatives?))?(?= |,)"
)
_PRONOUN = re.compile(r"^(?:\W|but |and )*(?:it|they|its (?:leaders(?:hip)?|spokes\w+))(?= )")
_BEFORE = 2
"""Sentences before one in which the party it refers to is named (an assumption)."""
_PARTIES = frozenset({"group", "army", "government", "body", "state", "capital", "office"})


def referred(reading: Reading, sentence: Sentence, issuer: Actor | None) -> list[Finding[Consent]]:
    """Read "the front said it had approved" and "it refused", said of the one party meant."""
    plain = reading.text.plain
    noun = _NOUN.search(sentence.plain)
    pronoun = None if noun else _PRONOUN.match(sentence.plain)
    told = noun or pronoun
    if told is None:
        return []
    end = sentence.start + told.end()
    answers = (
        (status, match)
        for status, pattern in ACTIVE[:JOINT_FROM]
        if (match := pattern.match(plain, end, sentence.end)) is not None
    )
    answer = next(answers, None)
    party = _meant(reading, sentence, noun["noun"] if noun else "", sentence.start + told.start())
    if answer is None or party is None or (issuer is not None and party.name == issuer.name):
        return []
    status, match = answer
    consent = Consent(party=party.name, status=status)
    return [Finding(consent, sentence.start + told.start(), match.end(), RESOLVED)]


def _meant(reading: Reading, sentence: Sentence, noun: str, at: int) -> Actor | None:
    """Give the one party that a noun or a pronoun stands for, the nearest sentence first."""
    first = max(0, sentence.index - (_BEFORE if noun else 1))
    for earlier in reversed(reading.text.sentences[first : sentence.index + 1]):
        here = [
            actor
            for actor in reading.actors_in(earlier)
            if actor.kind in _PARTIES and actor.end <= at
        ]
        fitting = _fitting(reading, here, noun)
        names = {actor.name for actor in fitting}
        if len(names) == 1:
            return fitting[-1]
        if names:
            return None
    return None


def _fitting(reading: Reading, here: Sequence[Actor], noun: str) -> list[Actor]:
    """Give the parties that a noun may stand for; of a pronoun, whoever is named."""
    if not noun:
        return list(here)
    if noun in _ANY:
        return [actor for actor in here if actor.kind == "group"]
    return [
        actor
        for actor in here
        if actor.name.lower().endswith(f" {noun}")
        or reading.text.plain[actor.start : actor.end].endswith(f" {noun}")
    ]
