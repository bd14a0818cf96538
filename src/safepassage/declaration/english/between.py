"""Tell in English text whether a party is the subject of a verb that stands further on."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.text import Sentence

__all__ = ["verbs_of"]

_FAR = 190
"""Characters between a party and its verb (an assumption)."""
_ASIDE = re.compile(r" ?\([^()]{1,60}\)|, [^,;.]{2,110},(?= )|(?<= )- [^.;-]{2,60} -(?= )")
_PREPOSITIONS = (
    r"(?:in|of|from|at|on|after|following|during|through|over|via|near|inside|outside|within|for|"
    r"under|by|with|as|before|despite|across|around|behind|to)"
)
_PHRASE = (
    rf"{_PREPOSITIONS} (?:(?!(?:that|which|who|whose|whom|where|when|if|said|says|and|but|is|are|"
    rf"was|were|has|have|had|will|would|it|they|he|she|{_PREPOSITIONS})\b)"
    r"[\w'\"-]+(?: |$|(?=,))){1,6}"
)
_ADVERB = (
    r"(?:also|too|already|however|meanwhile|later|earlier|today|yesterday|tonight|now|then|since|"
    r"itself|themselves|in turn|\w+ly|has|have|had|both|all|each|still) ?"
)
_STAFF = (
    r"(?:'s|') (?:[\w-]+ ){0,3}?(?:men|fighters?|forces|troops|units|commanders?|leaders?|"
    r"leadership|officials?|representatives?|envoys?|delegat(?:ion|es?)|negotiators?|general|"
    r"spokes\w+|bureau|members?|officers?|sources?|movement|command|council|office|wing|chief|"
    r"head|media|side|ambassador|minister|deputy|emissar(?:y|ies)|team)(?![\w]) ?"
)
_TELLS = (
    r"(?:said|says|announced|stated|confirmed|explained|wrote|added|replied|answered|reported|"
    r"declared|told (?:[\w'-]+ ){1,4}?|let (?:it be )?known|made (?:it )?(?:clear|known)|insisted|"
    r"stressed|noted|responded|affirmed)"
)
_ITSELF = (
    r"(?:it|they|he|she|(?:(?:the|its|their|his) )?"
    r"(?:group|movement|faction|party|side|organi[sz]ation|"
    r"council|committee|front|army|government|leadership|fighters|forces|men|coalition|ministry|"
    r"militia|authorities|alliance|rebels|command|state|delegation|country|leaders|community))"
)
_SAYS_OF_ITSELF = (
    rf"{_TELLS},? ?(?:{_PHRASE})?,?(?: ?that)?(?: ?{_PHRASE})?,? ?{_ITSELF}"
    rf"(?: (?:had|have|has))? ?"
)
_STEP = re.compile(rf" ?(?:{_ADVERB}|{_SAYS_OF_ITSELF}|{_PHRASE}|, ?| $)")
_LEAD = re.compile(rf"(?:{_STAFF})?")
_TWO_VERBS = re.compile(
    r" (?:(?:has|have|had|also|then|later|promptly|quickly|immediately|again) )*"
    r"(?:\w{3,}ed|\w{3,}[^s ]s|said|says|told|met|spoke|saw|took|gave|made|held|hit|sent|left|went|"
    r"came|"
    r"put|read|did not \w+|does not \w+|is|are|was|were)(?: [^;.]*)?,? (?:and|but|yet|or)"
    rf"(?: (?:{_ADVERB})*{_SAYS_OF_ITSELF})?"
)
"""What stands between a party and the second of the verbs that it is the subject of."""
_NEW_SUBJECT = re.compile(
    r"(?<![\w-])(?:civilians|residents|people|families|nobody|everyone|drivers|doctors|"
    r"journalists|observers|some|others|the (?:other|latter))(?: \w+){0,3}?,? (?:and|but)$"
)


def verbs_of(
    pattern: re.Pattern[str], plain: str, sentence: Sentence, actor: Actor, here: Sequence[Actor]
) -> re.Match[str] | None:
    """Match a pattern behind a party, what may stand between a subject and its verb left out.

    Parameters
    ----------
    here
        The parties of the sentence; another that is named as a subject between ends the reach.

    """
    lead = plain[max(sentence.start, actor.start - 50) : actor.start]
    if _OBJECT_OF.search(lead) and not _SPEAKS_FOR.search(lead):
        return None
    limit = min(sentence.end, actor.end + _FAR, *(_subjects(plain, actor, here) or (sentence.end,)))
    for match in pattern.finditer(plain, actor.end, sentence.end):
        if match.start() > limit:
            return None
        gap = _ASIDE.sub("", f"{plain[actor.end : match.start()]}, ").removesuffix(", ")
        if _is_passed(gap) or (_TWO_VERBS.fullmatch(gap) and not _NEW_SUBJECT.search(gap)):
            return match
    return None


def _is_passed(gap: str) -> bool:
    """Tell whether only adverbs, phrases and "said that it" stand between."""
    lead = _LEAD.match(gap)
    at = lead.end() if lead else 0
    while at < len(gap):
        step = _STEP.match(gap, at)
        if step is None or step.end() == at:
            return False
        at = step.end()
    return True


_OBJECT_OF = re.compile(
    r"(?<![\w-])(?:with|to|by|against|between|into|near|on|than|via|under|of|for|from|in|at) "
    r"(?:both )?(?:the )?$"
)
_SPEAKS_FOR = re.compile(
    r"(?<![\w-])(?:spokes\w+|spokespeople|commanders?|leaders?|leadership|heads?|chiefs?|members?|"
    r"representatives?|officials?|fighters|forces|troops|sources?|delegat(?:ion|es?)|envoys?|"
    r"council|command|staff|ministers?|ministry|secretary|bureau|office|wing|men|rebels|"
    r"government|authorities|negotiators?|side|general|officers?|president|figure|politicians?) "
    r"(?:[\w'-]+ ){0,2}?(?:of|for|from|in|at|with) (?:both )?(?:the )?$"
)
"""Somebody who speaks for a party stands before it."""
_OBLIQUE = re.compile(
    r"(?<![\w-])(?:of|with|to|from|by|against|between|for|in|as|told|accus\w+|blam\w+|thank\w+|"
    r"urg\w+|call\w+|notif\w+|inform\w+) (?:the |both )?$"
)


_JOINED = re.compile(r",? (?:and|or) (?:the )?")


def _subjects(plain: str, actor: Actor, here: Sequence[Actor]) -> tuple[int, ...]:
    """Give where other parties are named as subjects behind one."""
    return tuple(
        other.start
        for before, other in itertools.pairwise(here)
        if other.start >= actor.end
        and not _JOINED.fullmatch(plain, before.end, other.start)
        and not _OBLIQUE.search(plain, max(actor.end, other.start - 14), other.start)
    )
