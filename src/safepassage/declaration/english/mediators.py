"""Find in English text states that mediate together: "the Saudi and American mediators"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from safepassage.declaration.nations import ADJECTIVES, names_of_countries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.text import Text

__all__ = ["mediators"]


@cache
def _pattern() -> re.Pattern[str]:
    words = {word for forms in ADJECTIVES.values() for word in forms} | {"un"}
    words |= {name for name in names_of_countries() if len(name) > 3}
    one = rf"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?:'s)?"
    return re.compile(
        rf"(?<![\w-])(?P<who>{one}(?:(?:,? and |, |-| )(?:the )?{one}){{0,3}}) (?:mediators|"
        r"facilitators|mediation(?= (?:said|announced|team))|joint mediation|"
        r"joint(?= statement| \w{3,9} (?:on )?[a-z]+day))(?![\w])"
    )


def mediators(text: Text) -> Iterator[tuple[int, int, str]]:
    """Give states that mediate: where they are named, and what they are called here."""
    for match in _pattern().finditer(text.plain):
        yield match.start(), match.end(), f"{match['who'].title()} mediators"
