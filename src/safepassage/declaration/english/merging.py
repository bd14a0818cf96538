"""Make one of two names in English text that call the same party."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepassage.declaration.english.actors import Actor

__all__ = ["as_one"]

_OF = re.compile(r" (?:of|from|in) (?:the )?")
_ORGAN = re.compile(
    r"(?:Authority|Directorate|Administration|Department|Office|Cent(?:re|er)|Branch|Bureau)$"
)
"""What a part of an army or a ministry is called."""


def as_one(before: Actor, actor: Actor, gap: str) -> Actor | None:
    """Give the one party of two names, ``gap`` apart; nothing where they are two.

    So of "the CNDP rebels", "rebels of Ahrar al-Sham", "the operations authority of the army".
    """
    if before.kind == actor.kind == "group":
        vague = before.name[:1].islower()
        if gap == " ":
            return replace(before, end=actor.end, name=actor.name if vague else before.name)
        if vague and not actor.name[:1].islower() and _OF.fullmatch(gap):
            return replace(actor, start=before.start)
    if before.kind == "group" and gap == " " and actor.kind == "government":
        return replace(before, end=actor.end)  # "Hamas officials in Beirut"
    part = before.kind == "body" and before.code is None and _ORGAN.search(before.name)
    if part and actor.kind in {"army", "ministry"} and _OF.fullmatch(gap):
        return replace(actor, start=before.start)
    return None
