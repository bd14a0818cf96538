"""Read in English text the answers of parties that echo another: "and also", "said the same"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.model import ConsentStatus
    from safepassage.declaration.text import Sentence

__all__ = ["echoed", "follower", "ourselves"]

_ALSO = re.compile(
    r"[^.;:]{0,60}?(?:,|[ ]and|,[ ]and) (?:also|likewise|so (?:did|has|have)|as (?:did|has|have)|"
    r"as well as|followed by) (?:the )?"
)
_ENDS = re.compile(r"(?:'s? \w+)?(?: (?:too|as well|also))?(?=[.,;]|$)")


def follower(plain: str, sentence: Sentence, here: Sequence[Actor], end: int) -> Actor | None:
    """Find the party behind an answer that gave it too: "Fatah agreed, as did Hamas"."""
    for actor in here:
        if actor.start >= end and _ALSO.fullmatch(plain, end, actor.start):
            return actor if _ENDS.match(plain, actor.end, sentence.end) else None
    return None


_SAME = re.compile(
    r"(?: in the [\w' -]{2,40}?| of [\w' -]{2,30}?)? (?:has |have |had )?(?:(?:also |likewise "
    r")?(?:said|did|does|do|told|"
    r"answered|replied|decided|announced)(?: the same| likewise| so too)|took the same "
    r"(?:line|view|position|stand)|followed suit|gave the same (?:answer|reply))(?![\w])"
)


def echoed(
    plain: str, sentence: Sentence, actor: Actor, before: Sequence[ConsentStatus]
) -> tuple[ConsentStatus, int, int] | None:
    """Read "the army said the same", where the sentence before gives just one answer."""
    told = _SAME.match(plain, actor.end, sentence.end)
    if told is None or len(set(before)) != 1:
        return None
    return before[0], actor.start, told.end()


_WE = re.compile(
    r"^(?:\W|\d{1,2}[.)] )*we,? (?:the (?:undersigned,? )?)?(?:representatives of (?:the )?)?$"
)
_BIND = re.compile(
    r"(?:,|\d{4}|parties|sides) (?:(?:do |have |both |hereby |today |now |together ){0,3})"
    r"(?:agreed?|undertake|commit|pledge|declare|accept|resolved?|decided?)(?![\w])"
)


def ourselves(
    plain: str, sentence: Sentence, actor: Actor
) -> tuple[ConsentStatus, int, int] | None:
    """Read "We, the Government and the Front, having met, have agreed"."""
    if not _WE.match(plain[sentence.start : actor.start]):
        return None
    bind = _BIND.search(plain, actor.end, sentence.end)
    return ("approved", sentence.start, bind.end()) if bind else None
