"""Find in English text who speaks in the sentence that announces, or signs at head or foot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english.roles import names_pause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.text import Sentence

__all__ = ["leading", "signatories", "signed", "told_behind"]

_SAID_BEHIND = re.compile(
    r"(?:'s)?(?: (?:spokes\w+|press service|office|statement|command|chief))?"
    r"(?: (?:in|on|late|early|earlier|a|an?|its|joint|later) ?(?:[\w']{1,12} ){0,3}?)? "
    r"(?:has |have |had )?(?:said|says|announced|reported|confirmed|declared|stated|told)(?![\w])"
)


def leading(reading: Reading) -> int | None:
    """Give the sentence that announces: the first in running text, or the first at all."""
    live = [(s.is_heading, s.index) for s, role in reading.rows() if role.names and role.live]
    return min(live)[1] if live else None


def told_behind(reading: Reading, sentence: Sentence, here: list[Actor]) -> Actor | None:
    """Find who is named behind what was said: "fire will stop at noon, the army said"."""
    plain = reading.text.plain
    for actor in reversed([one for one in here if one.kind != "media"]):
        before = plain[max(sentence.start, actor.start - 60) : actor.start]
        if _BEHIND_COMMA.search(before) and _SAID_BEHIND.match(plain, actor.end, sentence.end):
            return actor
        if _INVERTED.search(before):
            return actor
        at = here.index(actor)
        if (
            at
            and _SAID_BEHIND.match(plain, actor.end, sentence.end)
            and re.fullmatch(r" and (?:the )?", plain[here[at - 1].end : actor.start])
        ):  # "Saudi Arabia and the United States said"
            first = here[at - 1]
            if _BEHIND_COMMA.search(plain[max(sentence.start, first.start - 60) : first.start]):
                return first
    return None


_INVERTED = re.compile(
    r"(?:[\w)\"'],[\"']?|day|\d) (?:said|announced|told|reported|declared)(?: (?:on )?\w+day| "
    r"today| "
    r"yesterday| (?:in the )?(?:evening|morning)| late| early| in \w+| at a press conference|"
    r" reporters){0,3} "
    r"(?:in )?(?:the |a |an )?(?:(?:military |senior )?\w+ (?:of|for|in) (?:the )?)?$"
)
"""The speaker last of all: "fire will stop at noon, said on Wednesday the army"."""
_BEHIND_COMMA = re.compile(
    r"[\w)\"'],[\"']? (?:(?:an?|the|its|their) )?(?:(?:[\w'-]{1,14} ){0,3}(?:for|of|at|from|in) "
    r"(?:the )?)?$"
)
_AT_EDGE = 3
_LETTERHEAD = re.compile(
    r"(?:(?:joint |press |official |urgent )?(?:statement|leaflet|post|announcement|communique|"
    r"notice|order|"
    r"message|bulletin|press release|release|information|circular)(?: (?:by|of|from|"
    r"after the meeting of))?(?: the)?|"
    r"(?:for|on behalf of|signed|from|issued by|by)(?: the)?|office of(?: the)?|-|,|:|[*|]|the|"
    r"press service of(?: the)?|spokesman (?:for|of)(?: the)?|\d+|of)\s*"
)


def signed(reading: Reading) -> Iterator[Actor]:
    """Give the one that the head or the foot of a text names as its author."""
    sentences = reading.text.sentences
    edges = [*sentences[:_AT_EDGE], *sentences[max(_AT_EDGE, len(sentences) - 2) :]]
    for sentence in sentences[:_AT_EDGE]:
        here = [a for a in reading.actors_in(sentence) if a.kind not in {"media", "capital"}]
        if (
            here
            and here[0].start - sentence.start <= _ARTICLE
            and _BYLINE.match(reading.text.cased, here[0].end, sentence.end)
        ):
            yield here[0]
            return
    if any(_SPEAKS.search(sentence.plain) for sentence in sentences[:8]):
        return
    for sentence in edges:
        here = [a for a in reading.actors_in(sentence) if a.kind not in {"media", "capital"}]
        if len(sentence.plain) > _LONGEST_EDGE or not here or names_pause(sentence.plain):
            continue
        actor = here[0]
        lead = reading.text.plain[sentence.start : actor.start]
        tail = reading.text.plain[actor.end : sentence.end]
        bare = sentence.is_heading or not tail.strip(" .!?\"')")
        if bare and not _LETTERHEAD.sub("", lead).strip(" \"'(") and not _VERB_AFTER.search(tail):
            yield actor
            return


_LONGEST_EDGE = 120
_ARTICLE = 4
_BYLINE = re.compile(r"(?:,[^:.;]{0,40}|\s\([^):]{0,30}\))?:(?=\s[\"'A-Z])")
"""What stands behind the author that a post begins with."""
_SPEAKS = re.compile(r"(?<![\w-])(?:said|told|reported|announced|according to)(?![\w])")
_VERB_AFTER = re.compile(
    r"(?<![\w-])(?:is|are|was|were|has|have|had|will|would|may|must|can|should|do|did|against|"
    r"[a-z]{3,}ed)(?![\w])"
)


def signatories(reading: Reading, lead: int | None) -> list[Actor]:
    """Give the first of those who agree in a joint text, where nobody else speaks."""
    sentences = reading.text.sentences
    if lead is None or not any(_JOINT.search(one.plain) for one in sentences[:_AT_EDGE]):
        return []
    here = [a for a in reading.actors_in(sentences[lead]) if a.kind not in {"media", "capital"}]
    return here[:1]


_JOINT = re.compile(r"(?<![\w-])(?:joint (?:\w+ )?|communiqu|agreement|protocol|memorandum)")
