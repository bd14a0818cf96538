"""Hold Russian words and phrases with the English that the rules know them by, by topic.

A word is written whole, or as a stem with ``*``; ``ё`` and ``е`` are the same.
"""

from __future__ import annotations

from safepassage.declaration.russian.phrases.actors import ACTORS, OFFICES, STATES
from safepassage.declaration.russian.phrases.answers import ANSWERS, DONE
from safepassage.declaration.russian.phrases.arms import ARMS
from safepassage.declaration.russian.phrases.assurances import ASSURANCES, DOUBTS
from safepassage.declaration.russian.phrases.grammar import GRAMMAR, PREPOSITIONS, ZONES
from safepassage.declaration.russian.phrases.halts import HALTS, MORE_NOUNS, NTH_WAYS
from safepassage.declaration.russian.phrases.moments import MOMENTS, MORE_HALTS
from safepassage.declaration.russian.phrases.more import MORE_WORDS
from safepassage.declaration.russian.phrases.news import NEWS
from safepassage.declaration.russian.phrases.parties import MORE_ACTORS, MORE_PLACES, MORE_SAYS
from safepassage.declaration.russian.phrases.pauses import NOUNS, PAUSES
from safepassage.declaration.russian.phrases.places import PLACES
from safepassage.declaration.russian.phrases.replies import (
    OFFERED,
    REPLIED,
    REPLYING,
    WHO_ANSWERS,
)
from safepassage.declaration.russian.phrases.says import SAYS, TO_WHOM
from safepassage.declaration.russian.phrases.sides import (
    REPLIES,
    REPLY_VERBS,
    SIDES,
    SMALL_PLACES,
)
from safepassage.declaration.russian.phrases.terms import TERMS
from safepassage.declaration.russian.phrases.time import DAYS, TIME
from safepassage.declaration.russian.phrases.war import PEOPLE, WAR
from safepassage.declaration.russian.phrases.ways import MORE_ARMS, WAYS_OUT

__all__ = ["PHRASES"]

PHRASES = {
    "": (
        GRAMMAR,
        PAUSES,
        TERMS,
        TIME,
        WAR,
        ANSWERS,
        NEWS,
        ARMS,
        HALTS,
        MORE_WORDS,
        MOMENTS,
        NTH_WAYS,
        ASSURANCES,
        DOUBTS,
        MORE_ARMS,
        REPLIES,
        REPLIED,
    ),
    "actor": (ACTORS, MORE_ACTORS, SIDES, WHO_ANSWERS),
    "person": (OFFICES,),
    "place": (PLACES, STATES, MORE_PLACES, SMALL_PLACES),
    "verb": (SAYS, MORE_SAYS, REPLY_VERBS, REPLYING),
    "done": (DONE,),
    "noun": (NOUNS, PEOPLE, MORE_NOUNS, MORE_HALTS, WAYS_OUT, OFFERED),
    "day": (DAYS,),
    "zone": (ZONES,),
    "to_whom": (TO_WHOM,),
    "preposition": (PREPOSITIONS,),
}
"""Lines of phrasebooks by the kind of word they stand for (see ``word.Kind``)."""
