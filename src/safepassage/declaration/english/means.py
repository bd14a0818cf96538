"""Find in English text how people are to travel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.findings import Finding

if TYPE_CHECKING:
    from safepassage.declaration.english.reading import Reading

__all__ = ["find_means"]

_MEANS = {
    "on foot": r"on foot|by foot|walking only|pedestrians? only",
    "buses": r"(?:by|in|on|aboard|board) (?:\w+ )?(?:bus|buses|coach|coaches|minibuses)|"
    r"(?:\w+ )?(?:buses|coaches|minibuses) (?:will|would|are to|have been|are|stand|leave|depart)",
    "ambulances": r"(?:by|in) (?:\w+ )?ambulances?|ambulances? (?:will|would|are to|are|have been)",
    "private vehicles": r"(?:by|in|with|using) (?:(?:their|your|his|own|private|personal) "
    r"){1,3}(?:cars?|vehicles?|transport)|by car|private (?:cars|vehicles) (?:will|may|are|can)",
    "trucks": r"(?:by|in|on) (?:\w+ )?(?:trucks?|lorr(?:y|ies))",
    "trains": r"(?:by|on|aboard) (?:\w+ ){0,2}trains?|(?:evacuation )?trains? "
    r"(?:will|would|leaves?)",
    "boats": r"(?:by|on|aboard|in) (?:\w+ )?(?:boats?|ships?|ferry|ferries)",
    "aircraft": r"by (?:helicopters?|air|plane|aircraft)",
}
_PATTERNS = {
    name: re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])") for name, pattern in _MEANS.items()
}
_MOVES = re.compile(
    r"(?<![\w-])(?:leav|withdr|exit|travel|mov|depart|evacuat|corridor|route|passage|pass|cross|"
    r"tak|transport|transfer|carr(?:y|ied)|out|go|walk|escort|convoy|column|reach|brought)"
    r"\w{0,5}(?![\w])"
)
_NOT = re.compile(r"(?<![\w-])(?:no|not|never|without|forbidden|n't|prohibited|banned)(?![\w])")
_FORBIDDEN = re.compile(
    r" (?:\w+ ){0,3}(?:not (?:be )?(?:allowed|permitted)|forbidden|prohibited|banned|turned back)"
)
_NEAR = 4


def find_means(reading: Reading, elsewhere: frozenset[int]) -> list[Finding[str]]:
    """Find by what means people are to leave; what is forbidden or over does not count."""
    found: dict[str, Finding[str]] = {}
    named_at = -99
    for sentence, role in reading.rows():
        if role.names and role.may_state_terms:
            named_at = sentence.index
        if (
            not role.may_state_terms
            or sentence.index - named_at > _NEAR
            or sentence.index in elsewhere
            or not _MOVES.search(sentence.plain)
        ):
            continue
        for name, pattern in _PATTERNS.items():
            match = pattern.search(sentence.plain)
            if match is None or role.is_past(sentence.start + match.start()):
                continue
            before = sentence.plain[max(0, match.start() - 30) : match.start()]
            if _NOT.search(before) or _FORBIDDEN.match(sentence.plain, match.end()):
                continue
            start, end = sentence.start + match.start(), sentence.start + match.end()
            found.setdefault(name, Finding(name, start, end))
    return sorted(found.values(), key=lambda finding: finding.start)
