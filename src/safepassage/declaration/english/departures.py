"""Find in English text when people are taken out: buses that leave, an exit that begins."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.halting import AGREED_LEAVING, TIMED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.days import Clues
    from safepassage.declaration.text import Sentence, Text

__all__ = ["departs_at", "fighters_leave", "is_leaving_agreed", "without_departures"]

_FIGHTERS = (
    r"(?:fighters|rebels|militants|gunmen|insurgents|garrison|combatants|opposition|armed|"
    r"defenders)"
)
_PEOPLE = (
    r"(?:families|civilians|residents|people|inhabitants|wounded|women|population|relatives|"
    r"evacuees|refugees)"
)
_CARRIERS = (
    r"(?:buses|bus|(?<!aid )(?<!relief )(?<!un )(?<!military )convoys?|columns?|boats?|"
    r"(?:first|next|second|new|last) (?:batch|group|wave|stage))"
)
_MOVERS = (
    rf"(?:{_FIGHTERS}|{_PEOPLE}|{_CARRIERS}|evacuation|exit|departure|withdrawal|transfer|removal)"
)
_GO = (
    r"(?:leave|leaves|leaving|depart|departs|departing|set out|sets out|set off|sets off|move|"
    r"moves|go|goes|start|starts|begin|begins|board|boards|take|takes|be taken|be bussed|"
    r"be evacuated|evacuate|exit|exits|walk out|march out|withdraw|pull out|come out|cross|drive)"
)
_ANY = (
    r"(?: (?!(?:not|if|unless|had|has|was|were|hospital|gather\w*|said|wish\w*|want\w*|willing|"
    r"so that|can|may|might|open|opens|opened|by \d|(?:by|until|before|after) $)\b)"
    r"[\w',()\"-]{1,18})"
)
_LEAVING = re.compile(
    rf"(?<![\w-]){_MOVERS}{_ANY}{{0,12}}? {_GO}(?![\w])"
    rf"|(?<![\w-])(?:begins?|starts?|leaves?|departs?) (?:the )?{_MOVERS}(?![\w])"
)
_LEFT_AT = re.compile(
    rf"(?:{_LEAVING.pattern}){_ANY}{{0,12}}?,? (?:(?:at|from|around|exactly) )?$"
    r"|(?<![\w-])(?:departure|exit|setting out|leaving)(?: time)?(?: is| will be|:|,)?"
    r"(?: at| from)? $"
)
_LEAVES_THEN = re.compile(
    rf"[^.;:]{{0,50}}?(?:{_LEAVING.pattern})|[ ,]{{0,2}}(?:the )?(?:evacuation|exit|departure|"
    rf"removal)"
    rf" of{_ANY}{{0,4}}? (?:{_FIGHTERS}|{_PEOPLE})"
)
_GATHER = words.words(
    r"gather\w*|assembl\w+|muster\w*|meet\w*|arriv\w+|collect\w*|deadline|wait\w*"
)


def departs_at(lead: str, tail: str) -> bool:
    """Tell whether people are said to set out at a clock, from its clause before and behind it.

    Parameters
    ----------
    lead, tail
        The words of its clause on either side, without its day.

    """
    if _GATHER.search(lead[-40:]) or words.NO_PAUSE.search(lead):
        return False
    found = _LEFT_AT.search(lead)
    if found is not None:
        return True
    opens = _OPENS.search(lead) is not None
    return opens and _LEAVES_THEN.match(tail) is not None


_OPENS = re.compile(r"^ {0,2}$|(?:^|[ ,])(?:at|from|as of|starting|since)(?: about| exactly)? $")


def without_departures(clues: Sequence[Clues]) -> list[Clues]:
    """Leave departures out beside hours that are told as such; the first one counts else.

    A length is never counted from a departure.
    """
    every = [timed for clue in clues for timed in clue.timed]
    own = any(t.hours.opens and not t.hours.departs for t in every)
    own = own or any(clue.lengths for clue in clues)
    named = (t for clue in clues if clue.names for t in clue.timed if t.hours.departs)
    kept = None if own else next(named, None)
    return [
        replace(
            clue,
            timed=tuple(t for t in clue.timed if not t.hours.departs or t is kept),
        )
        for clue in clues
    ]


_DEAL = words.words(
    r"agreements?|deal|accord|settlement|arrangement|reconciliation(?! cent)|"
    r"evacuation of [\w' -]{3,30}|agreed"
)
_TALKED_OF = words.words(
    r"proposed|draft|possible|talks (?:on|about|over)|no (?:deal|agreement)|could|might|would"
)
_FUTURE = words.words(
    r"will|are to|is to|begins?|starts?|leaves?|departs?|sets? out|moves?|may|must|tomorrow"
)


def is_leaving_agreed(text: Text, sentence: Sentence) -> bool:
    """Tell whether a sentence sets the time at which people leave, in a text about a deal.

    Fighters who leave, or buses for them, name a local agreement where the text tells of one.
    """
    plain = sentence.plain
    found = _LEAVING.search(plain)
    if found is None or not TIMED.search(plain) or not _FUTURE.search(plain):
        return False
    if words.WISHES.search(plain) or words.NO_PAUSE.search(plain) or _TALKED_OF.search(plain):
        return False
    told = text.plain
    return _DEAL.search(told) is not None and re.search(_FIGHTERS, told) is not None


def fighters_leave(text: Text, sentence: Sentence) -> bool:
    """Tell whether fighters, or all with them, leave under a deal, which is a local agreement."""
    return (
        AGREED_LEAVING.search(sentence.plain) is not None or is_leaving_agreed(text, sentence)
    ) and re.search(_FIGHTERS, text.plain) is not None
