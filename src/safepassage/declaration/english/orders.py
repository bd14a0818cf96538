"""Find in English text on whose order an announcement was made, and who decided it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.findings import RESOLVED, STATED, Finding

if TYPE_CHECKING:
    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.english.reading import Reading

__all__ = ["find_decider", "find_order"]

_ORDER_BEFORE = re.compile(
    r"(?P<how>(?:on|by|upon|under|at|following)(?: an| the| direct)? (?:orders?|instructions?|"
    r"decision|decree|direction|command)s? (?:of|from|by)|(?:has been |was |were )?ordered by|"
    r"instructed by) (?:the )?$"
)
_ORDER_AFTER = re.compile(r"(?:'s|') (?:orders?|instructions?|command|decree|direction)(?![\w])")
_ORDERED = re.compile(
    r"[ ,]{1,2}(?:(?:has|have|had|also|today|yesterday|on \w+day) ){0,2}(?:order(?:ed|s)|"
    r"instruct(?:ed|s)|direct(?:ed|s))(?![\w])"
)


def find_order(reading: Reading, issuer: Actor | None) -> Finding[str] | None:
    """Find on whose order the announcement was made."""
    plain = reading.text.plain
    found: list[Finding[str]] = []
    for sentence, role in reading.rows():
        if role.looks_back:
            continue
        for actor in reading.actors_in(sentence):
            if actor.kind not in {"person", "government"} or (issuer and actor.name == issuer.name):
                continue
            start = max(sentence.start, actor.start - 50)
            before = _ORDER_BEFORE.search(plain, start, actor.start)
            if before:
                return Finding(actor.name, before.start(), actor.end, _sureness(actor))
            overlap = 2 if plain[actor.start : actor.end].endswith("'s") else 0
            after = _ORDER_AFTER.match(plain, actor.end - overlap, sentence.end)
            if after:
                return Finding(actor.name, actor.start, after.end(), _sureness(actor))
            ordered = _ORDERED.match(plain, actor.end, sentence.end)
            if ordered and role.names:
                found.append(Finding(actor.name, actor.start, ordered.end(), _sureness(actor)))
    return found[0] if found else None


def _sureness(actor: Actor) -> float:
    return STATED if actor.sure else RESOLVED


_DECIDED = re.compile(r"[^.;:]{0,60}?(?:has |have )?(?:decided|resolved) to(?![\w])")


def find_decider(reading: Reading, issuer: Actor | None) -> Finding[str] | None:
    """Find the office that is said to have decided."""
    plain = reading.text.plain
    for sentence, role in reading.rows():
        if not role.names or role.looks_back:
            continue
        for actor in reading.actors_in(sentence):
            if actor.kind != "person" or (issuer and actor.name == issuer.name):
                continue
            decided = _DECIDED.match(plain, actor.end, sentence.end)
            if decided:
                return Finding(actor.name, actor.start, decided.end(), _sureness(actor))
    return None
