"""Find in English text what a pause hangs on, and what must be done by when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.findings import RESOLVED, STATED, Finding

if TYPE_CHECKING:
    from safepassage.declaration.english.reading import Reading

__all__ = ["find_conditions", "find_deadlines"]

_SURE = re.compile(
    r"(?<![\w-])(?:provided(?: that)?(?= [a-z])|on (?:the )?condition (?:that )?|"
    r"conditional (?:up)?on|as long as|so long as|only if|only when|unless|subject to|"
    r"dependent on|depends on)[^.;\n\"]{4,180}"
)
_IF = re.compile(
    r"(?<![\w-])if (?:the (?:other side|opposition|rebels|militants|fighters|armed groups|enemy|"
    r"army|government|security situation|situation)|armed groups|fighters|rebels|militants|"
    r"fire|shelling|attacks|they|it|all sides|both sides|no one|nobody|one side|either side)"
    r"(?! (?:wish|want|choose|so|like|need))[^.;,\n\"]{4,160}"
)
_END = re.compile(
    r",? (?:the ministry|the army|the statement|the military|according to|said|he|she|it) "
    r"(?:said|added|says|stated|announced)?\b.*$|, (?:said|added|stated)\b.*$"
)
_DEADLINE = re.compile(
    r"(?<![\w-])(?:(?:must|have to|has to|are to|is to|should|shall|need to|are asked to|are told "
    r"to|were told to|were given|have been given|given)"
    r" [^.;\n\"]{2,120}?(?:\bby\b|before|no later than|not later than|until|within|at the latest)"
    r" (?:the )?(?=\d|noon|midnight|the end|sunset|dusk|tonight|tomorrow|today|mon|tues|wednes|"
    r"thurs|fri|satur|sun|dawn|end of)"
    r"[^.;,\n\"]{2,60}"
    r"|(?:deadline|ultimatum)[^.;\n\"]{0,80}?(?:\d|noon|midnight|tomorrow|(?:mon|tues|wednes|thurs|"
    r"fri|satur|sun)day)[^.;,\n\"]{0,50})"
)
_OF_PAUSE = re.compile(r"(?:last|hold|remain|stay|run|open|observ|continu)\w* [^.;]{0,40}until")
_MOST = 6
_NEAR = 4


def find_conditions(reading: Reading, elsewhere: frozenset[int]) -> list[Finding[str]]:
    """Find what the pause hangs on, in the text's own words."""
    found: list[Finding[str]] = []
    for index, (sentence, role) in enumerate(reading.rows()):
        if role.looks_back or sentence.index in elsewhere or not _is_near(reading, index):
            continue
        for pattern, sure in ((_SURE, STATED), (_IF, RESOLVED)):
            for match in pattern.finditer(sentence.plain):
                if role.is_past(sentence.start + match.start()):
                    continue
                cut = _END.search(match[0], 12)
                words_ = match[0][: cut.start()] if cut else match[0]
                found.append(_words(reading, sentence.start + match.start(), words_, sure))
    return found[:_MOST]


def find_deadlines(reading: Reading, elsewhere: frozenset[int]) -> list[Finding[str]]:
    """Find what must be done by when, in the text's own words; how long the pause runs is none."""
    found: list[Finding[str]] = []
    for index, (sentence, role) in enumerate(reading.rows()):
        if role.looks_back or sentence.index in elsewhere or not _is_near(reading, index):
            continue
        for match in _DEADLINE.finditer(sentence.plain):
            if role.is_past(sentence.start + match.start()) or _OF_PAUSE.search(match[0]):
                continue
            found.append(_words(reading, sentence.start + match.start(), match[0], STATED))
    return found[:_MOST]


def _words(reading: Reading, start: int, matched: str, sure: float) -> Finding[str]:
    end = start + len(matched.rstrip(" ,)"))
    return Finding(" ".join(reading.text.quote(start, end).split()), start, end, sure)


def _is_near(reading: Reading, index: int) -> bool:
    """Tell whether a sentence, or one shortly before it, names the pause or speaks of leaving."""
    roles = reading.roles[max(0, index - _NEAR) : index + 1]
    plain = reading.text.sentences[index].plain
    return any(role.names and not role.looks_back for role in roles) and (
        roles[-1].names or words.CONFLICT.search(plain) is not None or "ultimatum" in plain
    )
