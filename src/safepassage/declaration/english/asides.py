"""Find where a party's name ends in English text, with what is said of it aside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.text import Sentence

__all__ = ["ends_of"]

_PLACED = re.compile(
    r" (?:in|inside|of|from|around|at) (?:the |eastern |east |city of |town of |old "
    r"){0,3}[\w'-]{2,16}(?: (?:cent(?:re|er)|city|region|province|area|quarter|district|town|camp|"
    r"ground|mountains?)(?![\w]))?"
    r"|, (?:the|an?|one of the) (?:(?!(?:and|said|says|which|who|that)\b)[\w'-]{1,16} ?){1,7}(?=,)"
)
_STAFF = re.compile(
    r"(?:'s|')? (?:men|fighters?|forces|troops|units|commanders?|leaders?|leadership|officials?|"
    r"representatives?|envoys?|delegat(?:ion|es?)|negotiators?|(?:local |field )commanders?|"
    r"general|"
    r"spokes(?:man|woman|person)|politburo|bureau|members?|officers?|sources?|movement|command|"
    r"government|side)(?![\w])"
)


_ASIDE = re.compile(
    r" ?\([^)]{1,40}\)"
    r"| (?:published|gave|sent|issued) (?:its |an? |the )?(?:answer|reply|statement|"
    r"response): it"
    r"| (?:of )?(?:the )?(?:two|three|four) (?:quarters|districts|neighbourhoods|towns|villages)"
    r"|, (?:with which|with whom|which|who|whose|where|led by|backed by|allied|supported by|the|"
    r"an?|"
    r"one of) [^,.;]{2,110},"
    r"| - [^-.;]{2,60} -"
    r"|,? (?:on|after|following|as a result of|at the end of) (?:(?!(?:that|and|which|"
    r"who)\b)[\w'-]+ ){1,3}"
    r"(?:talks|negotiations|consultations|meetings?)(?: in [\w'-]{2,16})?,?"
    r"|,? (?:for (?:its|their|his) part|meanwhile|too|in turn|likewise|this (?:morning|evening)),?"
)
"""What may stand between a party and what it answers."""
_MOST_ASIDES = 3


def ends_of(plain: str, sentence: Sentence, actor: Actor) -> list[int]:
    """Give where a party's name may end: with its men, their place, what is said aside."""
    ends = [actor.end]
    for end in ends:
        for pattern in (_STAFF, _PLACED, _ASIDE):
            more = pattern.match(plain, end, sentence.end)
            if more and more.end() not in ends and len(ends) < _MOST_ASIDES * 3:
                at = more.end() - (plain[more.end() - 1] == ",")
                ends.append(at if plain[more.end() - 1] == "," else more.end())
    return ends[1:]
