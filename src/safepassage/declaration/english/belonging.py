"""Tell hours and lengths of a pause from those that something else in the sentence has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english import words

if TYPE_CHECKING:
    from safepassage.declaration.clock import Hours, Length
    from safepassage.declaration.dates import DateMention
    from safepassage.declaration.text import Sentence

__all__ = ["is_length", "is_of_pause"]

_NOT_LENGTH_BEFORE = re.compile(
    r"(?:\b(?:within|past|last|in|every|after|previous|first|next|another|quarter of|half of|of "
    r"war|by|only|than|"
    r"extended by|prolonged by|additional|further)|the last|the past) (?:the )?(?:a )?$"
)


_LENGTH_BEFORE = re.compile(
    r"\b(?:for|lasts?|lasting|of|last for|hold for|a|an|the|new|humanitarian|its|this|"
    r"declared|announced|another|planned)[ ]$"
)


_LENGTH_AFTER = re.compile(
    rf"[ -]?(?:long )?[,]?(?: [\w-]{{2,14}}){{0,3}}? ?(?:{words.PAUSE_NOUN}|halt|suspension|"
    rf"corridors?|window|break|regime|period)\b"
)


_BEGINS = re.compile(r",? (?:to )?(?:begins?|starts?|beginning|starting)(?![\w])")
_DENIED = re.compile(
    r"(?<![\w-])(?:not|instead of|rather than|initially|originally|for instance|for example)(?: "
    r"from| between| at| until|"
    r" till| on)? $"
)


_ANSWER_BY = re.compile(
    r"(?<![\w-])(?:(?:is|are|was|were|been) (?:proposed|asked|invited|requested|given|told)|has|"
    r"have)"
    r"(?: time)? (?:until|till)(?: the)? $"
)
"""Words of hours by which somebody is to answer."""
_SHUT = re.compile(
    r"(?<![\w-])(?:(?:is|are|be|stays?|remains?) (?:closed|shut|blocked|off limits)|not (?:open|"
    r"operate|work|be open))(?: to [\w ]{2,20}?)?(?: on \w+)?(?: from| between)? $"
)
"""Words of hours at which a way is shut."""


_RESUMES = re.compile(
    r"(?<![\w-])(?:fighting|operations?|strikes|shelling|attacks?|offensive|hostilities|"
    r"bombing|war|assault|"
    r"bombardment)(?: \w+){0,2} (?:resume|begin|start|continue|restart|go on)\w{0,3}(?![\w])"
    r"|(?<![\w-])(?:resum|restart|continu|renew)\w{1,3} (?:\w+ ){0,3}"
    r"(?:fighting|operations?|strikes|shelling|attacks?|hostilities|bombing|fire)(?![\w])"
)


def is_of_pause(sentence: Sentence, hours: Hours) -> bool:
    """Refuse hours that something else in the sentence has, or that fighting had."""
    before = sentence.plain[: hours.start - sentence.start]
    clause = re.split(r"[,;:] ", before)[-1]
    runs = words.FUTURE.search(clause) or _IN_FORCE.search(clause)
    other = [
        match
        for match in words.NOT_TERMS.finditer(before)
        if not (runs and _VENUE.fullmatch(match[0]) and match.end() <= len(before) - len(clause))
    ]
    if other:
        own = [*words.PAUSE.finditer(before), *words.CORRIDOR.finditer(before)]
        if not own or own[-1].end() < other[-1].start():
            return False
    if hours.closes and not hours.opens and _ANSWER_BY.search(before[-60:]):
        return False
    if _DENIED.search(before[-24:]) or (hours.opens and _SHUT.search(before[-60:])):
        return False
    clause = re.split(r"[,;]", before)[-1]
    if _RESUMES.search(words.PAUSE.sub("pause", clause)):
        return False
    if words.VIOLENCE.search(clause) and not words.PAUSE.search(clause):
        return False
    after = sentence.plain[hours.end - sentence.start :][:40]
    return not re.match(
        r"[ ,]{0,2}(?:a )?(?:curfew|briefing|press conference|news conference)", after
    )


_VENUE = re.compile(
    r"(?:press |news )?conference|briefing|interview|session|meeting|broadcast|talks"
)
"""Where something is said, which has no hours of those that are told there."""


_IN_FORCE = re.compile(r"(?<![\w-])(?:in force|in effect|lasts|runs|holds)(?![\w])")


def is_length(plain: str, length: Length, dates: list[DateMention]) -> bool:
    """Tell how long a pause lasts from a span that is of something else."""
    if any(mention.start < length.end and length.start < mention.end for mention in dates):
        return False
    before = plain[max(0, length.start - 24) : length.start]
    if _NOT_LENGTH_BEFORE.search(before) or re.match(
        r" (?:ago|earlier|later|after|before|into|of war|notice)",
        plain[length.end : length.end + 10],
    ):
        return False
    if _BEGINS.match(plain, length.end) and words.PAUSE.search(plain, max(0, length.start - 160)):
        return True
    return bool(_LENGTH_AFTER.match(plain, length.end, length.end + 70)) or (
        bool(
            re.search(
                rf"\b(?:for|lasts?|lasting|last for|hold for|period of|"
                rf"(?:duration|term|period)(?::| -| is)?|{words.PAUSE_NOUN} of) (?:at least )?$",
                before,
            )
        )
        and not re.match(r" (?:a|per|each) day", plain[length.end : length.end + 10])
    )
