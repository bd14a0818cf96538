"""Find in English text who watches a pause, and who goes with people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepassage.declaration.english.actors import Actor
from safepassage.declaration.english.consent import joined
from safepassage.declaration.english.halting import SUSPENDS
from safepassage.declaration.findings import Finding

if TYPE_CHECKING:
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.text import Sentence

__all__ = ["find_escorts", "find_monitors", "with_teams"]

_AUX = (
    r"(?:(?:will|would|shall|is to|are to|has|have|agreed to|also|both|is|are|were|was|to|jointly|"
    r"continue to|be) ){0,4}"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """Hold how a part in a pause is told: before and after whoever plays it."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    denied: re.Pattern[str]


def _denied(stem: str) -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w-])(?:no|without|not|denied|denies|deny|never|lack of|ask\w*|demand\w*|seek\w*|"
        r"call\w*|want\w*|urg\w*|request\w*|invit\w*|expect\w*|if|unless|whether) "
        rf"(?:[\w']{{1,14}} ){{0,6}}?{stem}"
    )


_WATCH = r"(?:monitor|oversee|supervise|verify|watch over)"
_WATCHED = r"(?:monitored|overseen|supervised|verified|watched over)"
_MONITORS = _Part(
    re.compile(
        rf"(?<![\w-])(?:{_WATCHED} by|under (?:the )?(?:supervision|observation|monitoring|"
        r"oversight|control) (?:of|by)|(?:monitors?|observers?)(?::| (?:from|of|will be|are|is|"
        r"-))) (?:both )?(?:the )?$"
    ),
    re.compile(
        rf"[ ,]{{1,2}}{_AUX}(?:{_WATCH}s?|monitoring|overseeing|supervising|act as (?:monitors?|"
        r"observers?)|(?:monitors|observers) (?:will|are to|shall))(?![\w])"
    ),
    _denied(rf"(?:{_WATCH}|{_WATCHED}|monitor|observer|supervis)"),
)
_ESCORTS = _Part(
    re.compile(
        r"(?<![\w-])(?:(?:escorted|accompanied) by|under (?:the )?escort (?:of|by)|escorts?(?::| "
        r"(?:from|of|by|will be|are|is|-))|in convoys? of) (?:both )?(?:the )?$"
    ),
    re.compile(
        rf"[ ,]{{1,2}}{_AUX}(?:escort(?:s|ing)?|accompan(?:y|ies|ying)|provide (?:an? )?escorts?)"
        r"(?! (?:refused|denied))(?![\w])"
    ),
    _denied(r"(?:escort|accompan)"),
)
_TEAM = re.compile(
    r"(?<![\w-])(?:(?:[A-Z][\w'-]{2,16} ){1,3}|(?:military|civil|local|international|joint|"
    r"neutral|unarmed) ){0,2}(?:[Pp]eacekeepers|[Mm]ilitary [Pp]olice|[Oo]bservers|[Mm]onitors|"
    r"[Mm]onitoring [Mm]ission|[Pp]olice|[Vv]olunteers|[Rr]escue workers)(?![\w])"
)
"""Bodies that are no side of a conflict and have no fixed name."""


def find_monitors(reading: Reading, elsewhere: frozenset[int]) -> list[Finding[str]]:
    """Find who is said to watch the pause."""
    return _find(reading, elsewhere, _MONITORS)


def find_escorts(reading: Reading, elsewhere: frozenset[int]) -> list[Finding[str]]:
    """Find who is said to go with people or their convoys."""
    return _find(reading, elsewhere, _ESCORTS)


def _find(reading: Reading, elsewhere: frozenset[int], part: _Part) -> list[Finding[str]]:
    plain = reading.text.plain
    found: dict[str, Finding[str]] = {}
    for sentence, role in reading.rows():
        if role.looks_back or sentence.index in elsewhere:
            continue
        if part.denied.search(sentence.plain) or not _is_of_terms(reading, sentence):
            continue
        here = [actor for actor in reading.actors_in(sentence) if actor.kind != "media"]
        here = with_teams(sentence, here)
        for position, actor in enumerate(here):
            before = part.before.search(plain, max(sentence.start, actor.start - 50), actor.start)
            after = part.after.match(plain, actor.end, sentence.end)
            if (not before and not after) or role.is_past(actor.start):
                continue
            start = before.start() if before else actor.start
            for party in (actor, *joined(plain, here, position, forward=bool(before))):
                end = after.end() if after else party.end
                begin = party.start if after else min(start, party.start)
                found.setdefault(party.name, Finding(party.name, begin, max(end, party.end)))
    return sorted(found.values(), key=lambda finding: finding.start)


_NEAR = 4


def _is_of_terms(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence states terms: it, or one shortly before it, names the pause."""
    roles = reading.roles[max(0, sentence.index - _NEAR) : sentence.index + 1]
    return roles[-1].may_state_terms and any(
        role.names and not role.looks_back and not role.doubtful for role in roles
    )


def with_teams(sentence: Sentence, actors: list[Actor]) -> list[Actor]:
    """Add bodies without a fixed name; one that begins with an actor's name takes its place."""
    teams = [
        Actor(sentence.start + match.start(), sentence.start + match.end(), match[0], "body")
        for match in _TEAM.finditer(sentence.cased)
        if not SUSPENDS.search(sentence.plain[match.start() : match.end()])
    ]
    apart = [
        actor
        for actor in actors
        if not any(team.start < actor.end and actor.start < team.end for team in teams)
    ]
    return sorted((*apart, *teams), key=lambda actor: actor.start)
