"""Tell which sentences state terms, which look back, and whether anything is announced."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from safepassage.declaration.english import words

if TYPE_CHECKING:
    from safepassage.declaration.text import Sentence, Text

__all__ = ["Role", "clauses", "is_idle", "looking_back", "names_pause", "roles_of"]

_CLAUSE = re.compile(
    r"[;,:](?=[ \n])|[ ]-[ ]|[ ](?=(?:but|while|although|though|after|following|despite|whereas|before a)[ ])"
)
_GOES_ON = re.compile(
    r"[,;: -]{1,3}(?:beginning|starting|which|that|to|lasting|running|so that|due|effective)(?![\w])"
)
"""Beginnings of a clause that goes on with what the last one wished for."""
_CANCELS = re.compile(
    r"(?<![\w-])(?:cancel(?:s|led|ed)|call(?:s|ed)? off|scrap(?:s|ped)|been postponed|withdrawn|"
    r"(?:was|were|is) (?:cancelled|canceled|called off|postponed))(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Role:
    """Tell what a sentence does.

    Attributes
    ----------
    names
        It names a pause, a corridor, or the halting of fire.
    live
        Some clause of it announces: neither past, nor wished for, nor denied.
    strong
        That clause speaks of what is to come, or does by saying ("declares").
    looks_back
        It only tells of what is over.
    doubtful
        It only tells of what is wished for, weighed or denied.
    cancels
        It takes an announcement back.
    past
        Offsets of its clauses that tell of what is over.

    """

    names: bool
    live: bool
    strong: bool
    looks_back: bool
    doubtful: bool
    cancels: bool
    past: tuple[tuple[int, int], ...]

    @property
    def may_state_terms(self) -> bool:
        """Tell whether terms may be taken from it."""
        return not self.looks_back and not self.doubtful

    def is_past(self, offset: int) -> bool:
        """Tell whether an offset lies in a clause about what is over."""
        return any(start <= offset < end for start, end in self.past)


def roles_of(text: Text) -> tuple[Role, ...]:
    """Tell the role of every sentence."""
    return tuple(_role(sentence) for sentence in text.sentences)


def looking_back(role: Role, sentence: Sentence) -> Role:
    """Give a role that only looks back, for a sentence dated before the announcement."""
    whole = ((sentence.start, sentence.end),)
    return replace(role, live=False, strong=False, looks_back=True, past=whole)


def clauses(sentence: Sentence) -> list[tuple[int, int]]:
    """Cut a sentence into clauses, as offsets into the text."""
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(sentence.plain)), len(sentence.plain)]
    return [
        (sentence.start + first, sentence.start + last)
        for first, last in zip(cuts, cuts[1:], strict=False)
        if last > first
    ]


def names_pause(plain: str) -> bool:
    """Tell whether words name a pause, a corridor or the halting of fire."""
    kinds = (words.PAUSE, words.CORRIDOR, words.SUSPENDS, words.OPENS_ROAD)
    return any(pattern.search(plain) for pattern in kinds)


def _role(sentence: Sentence) -> Role:
    plain = sentence.plain
    names = names_pause(plain)
    past, live, strong, weak, doubt = [], False, False, False, False
    carried = False
    for start, end in clauses(sentence):
        clause = plain[start - sentence.start : end - sentence.start]
        if words.PAST.search(clause):
            past.append((start, end))
            continue
        if words.NO_PAUSE.search(clause) or (carried and _GOES_ON.match(clause)):
            doubt = carried = True
            continue
        wish = words.WISHES.search(clause)
        if wish is not None:
            doubt = doubt or names
            clause = clause[: wish.start()]
            if not names_pause(clause):
                carried = True
                continue
        future = words.FUTURE.search(clause) is not None
        strong = strong or future
        live = live or future or bool(words.ANNOUNCES.search(clause))
        weak = weak or bool(words.DECIDES.search(clause))
    live = live or (weak and not past)  # "the truce, brokered by X, collapsed" announces nothing
    return Role(
        names=names,
        live=names and live,
        strong=names and strong,
        looks_back=bool(past) and not live,
        doubtful=doubt and not live,
        cancels=names and not past and _CANCELS.search(plain) is not None,
        past=tuple(past),
    )


def is_idle(text: Text) -> bool:
    """Tell whether the words of war are used of sport, trade or the like."""
    if words.IDLE_TRUCE.search(text.plain):
        rest = words.IDLE_TRUCE.sub(lambda match: " " * len(match[0]), text.plain)
        others = {match["noun"] for match in words.PAUSE.finditer(rest)}
        if not others - {"truce", "the truce"} and not words.CORRIDOR.search(rest):
            return True
    found = set(re.findall(r"[a-z]{2,14}", text.plain[:200_000]))
    idle, conflict = found.intersection(words.IDLE), found.intersection(words.CONFLICT)
    return len(idle) >= 2 and len(idle) >= len(conflict)  # noqa: PLR2004
