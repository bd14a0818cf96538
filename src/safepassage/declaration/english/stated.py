"""Tell in English text by whom a party's answer is told, and to which terms it was given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.sources import speaker_of

if TYPE_CHECKING:
    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.text import Sentence

__all__ = ["stated_by", "terms_of"]

_PRINCIPLE = re.compile(r"(?<![\w-])in principle(?![\w])")


def stated_by(
    reading: Reading, sentence: Sentence, party: Actor, issuer: Actor | None, *, own_words: bool
) -> str | None:
    """Name who tells of a party's answer: a speaker, the party itself, or the issuer."""
    speaker = speaker_of(reading, sentence, issuer, apart=party.name, telling=True)
    if speaker is not None:
        return speaker.name
    itself = speaker_of(reading, sentence, issuer, telling=True)
    if (
        itself is not None
        and itself.name == party.name
        and re.search(
            r"(?<![\w-])(?:said|says|announced|stated|told|confirmed|declared)(?![\w])",
            sentence.plain,
        )
    ):
        return party.name
    return issuer.name if own_words and issuer is not None else None


def terms_of(sentence: Sentence) -> str | None:
    """Give the pause or corridor that an answer is about, in the text's words."""
    if _PRINCIPLE.search(sentence.plain):
        return "in principle"
    match = words.PAUSE.search(sentence.plain) or words.CORRIDOR.search(sentence.plain)
    if match is None:
        return None
    return match["phrase"] if "phrase" in match.re.groupindex else match["noun"]
