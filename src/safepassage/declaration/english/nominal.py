"""Read in English text the answers that stand as nouns: "received consent from the rebels"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.model import ConsentStatus
    from safepassage.declaration.text import Sentence

__all__ = ["told_by_noun"]

_DENIED = re.compile(r"(?:\bnot|n't|never|yet to|neither|nor|no longer)\b[^,;]{0,30}$")
_ANNOUNCING = re.compile(r"(?<![\w-])(?:announcement|declaration) (?:of|by) (?:the )?$")
_ITS_APPROVAL = re.compile(
    r"(?:'s)? (?:of )?(?:its |their )?(?:approval|acceptance|consent|agreement|commitment)(?![\w])"
)


_NOUNS = r"(?:consent|approval|agreement|assurances|confirmation|acceptance|word|promise)"
_AROUND: tuple[tuple[ConsentStatus, re.Pattern[str], re.Pattern[str]], ...] = (
    ("approved", _ANNOUNCING, _ITS_APPROVAL),
    ("approved", re.compile(
        r"(?<![\w-])(?:received|obtained|secured|got|won) (?:\w+ )?from (?:both )?(?:the )?$"),
     re.compile(rf"(?:,? and (?:the )?[\w '-]{{3,30}}?)?(?: in [\w-]+)?"
                rf"(?: (?!not|no)[\w-]+){{0,2}}? "
                rf"{_NOUNS}(?![\w])")),
    ("approved", re.compile(r"(?<![\w-])from (?:the )?$"),
     re.compile(rf" (?:is|was|has been|are|were) (?:received|obtained)(?: [\w-]+){{0,2}}? {_NOUNS}"
                rf"(?![\w])")),
    ("not asked", re.compile(r"(?<![\w-])with (?:the )?$"),
     re.compile(r"(?: [\w-]+){0,3}? (?:was|were|is|has been) not (?:been )?(?:agreed|coordinated|"
                r"discussed)(?![\w])")),
)  # fmt: skip
"""What stands before and behind a party whose answer is a noun."""


def told_by_noun(
    plain: str, sentence: Sentence, actor: Actor
) -> tuple[ConsentStatus, int, int] | None:
    """Read "the announcement by the Houthis of their approval"."""
    for status, lead, tail in _AROUND:
        before = lead.search(plain, max(sentence.start, actor.start - 40), actor.start)
        after = tail.match(plain, actor.end, sentence.end) if before else None
        if before and after and not _DENIED.search(plain, sentence.start, before.start()):
            return status, before.start(), after.end()
    return None
