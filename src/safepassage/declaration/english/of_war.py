"""Tell whether English text about a pause or a corridor is about an armed conflict at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.halting import OPENS_ROAD, SUSPENDS, TIMED

if TYPE_CHECKING:
    from safepassage.declaration.english.reading import Reading

__all__ = ["is_of_war"]


def is_of_war(reading: Reading) -> bool:
    """Tell whether a text that names a pause or a corridor is about an armed conflict.

    Words of war or an armed party tell it; so does a ceasefire or a way out with its time,
    in a text without a word of sport, trade, traffic or homes.
    """
    plain = reading.text.plain
    firm = (words.PAUSE, words.CORRIDOR, SUSPENDS)
    if not any(pattern.search(plain) for pattern in firm):  # a road that is opened may be any road
        rest = OPENS_ROAD.sub(" civilians " if "civilians" in plain else " ", plain)
        armed = any(actor.kind in {"army", "group", "body"} for actor in reading.actors)
        return armed or words.WAR.search(rest) is not None
    return (
        words.WAR.search(plain) is not None
        or any(
            actor.code is not None
            or actor.kind in {"army", "ministry", "body"}
            or _FIGHTERS.search(actor.name)
            for actor in reading.actors
        )
        or _is_timed_ceasefire(reading)
    )


def _is_timed_ceasefire(reading: Reading) -> bool:
    """Tell a live ceasefire or way out with its time, in a text that borrows no words of war."""
    plain = reading.text.plain
    if words.IDLE.search(plain) or _AT_PEACE.search(plain):
        return False
    return any(
        role.live
        and role.names
        and TIMED.search(sentence.plain)
        and (_OF_WAR.search(sentence.plain) or SUSPENDS.search(sentence.plain))
        for sentence, role in reading.rows()
    )


_AT_PEACE = words.words(
    r"weddings?|brides?|grooms?|theatres?|plays?|premieres?|opera|stage|children's|birthday|dinner|"
    r"kitchens?|quarrel\w*|uncles?|aunts?|cousins?|husbands?|wives|homework|bedtime|"
    r"pupils?|classrooms?|lessons?|(?:ground|first|second|third|top) floor|staircases?|lifts?|"
    r"wildlife|animals?|migrat\w+|birds?|tigers?|elephants?|freight|cargo|motorways?|lorries|"
    r"rail\w*|trains?|trams?|cyclists?|cycl\w+|commuters?|roadworks|repairs?|renovat\w+|paint\w*|"
    r"tourists?|skiers?|hikers?|dogs?|cats?|leaf|noise|gossip|rivals?|singers?|unions?|employers?|"
    r"strikers|exams?"
)
"""Words of homes, stages, schools, traffic and work, where there are truces and corridors, too."""
_OF_WAR = re.compile(
    r"(?<![\w-])(?:cease-?fires?|cease fire|cessation of hostilities|hold fire|shoot\w*|"
    r"[\w]{1,12}-(?:hour|day|week|month) (?:\w+ )?truce|(?:humanitarian|open-ended|daily) \w+|"
    r"truce [^.;]{0,60}?(?:take|come|enter|go|into)\w* (?:effect|force)|"
    r"both (?:sides|parties) [^.;]{0,40}truce|truce (?:for|of) [\w-]{1,12} (?:hour|day|week)s?|"
    r"(?:period|hours|regime|windows?) of (?:calm|silence|quiet)|"
    r"(?:evacuation|green|exit|escape|safe) (?:corridors?|routes?|roads?|crossings?|passages?)|"
    r"safe passage|corridors?(?=.{0,160}(?<![\w-])(?:women|children|elderly|families|people|"
    r"leave|lay down|surrender))|(?:convoys?|columns?|buses|women|children|families|people|leave)"
    r"(?![\w]).{0,160}(?<![\w-])corridors?)(?![\w])"
)
_FIGHTERS = words.words(r"(?:armed|rebel|opposition|insurgent|resistance) \w+|rebels")
