"""Find the English names of towns that are written in Arabic."""

from __future__ import annotations

import re
from functools import cache

from safepassage.declaration.arabic.spelling import fold
from safepassage.declaration.gazetteer import towns_by_name

__all__ = ["LONGEST", "town_called"]

LONGEST = 3
"""Most words of a name that is looked up."""
_LEAST = 4
"""A name with fewer letters is too often another word (an assumption)."""
_ARABIC = re.compile(r"[\u0620-\u064a]")
_COUNTRIES = frozenset({"SY", "IQ", "LB", "PS", "YE", "SD", "SS", "LY", "UA", "ET", "SO", "AF"})
"""Where pauses were declared that Arabic texts tell of; phrases hold other places."""


def town_called(words: str) -> str | None:
    """Give the English name of a town by its folded Arabic name, with or without the article."""
    if len(words) < _LEAST:
        return None
    return _names().get(words) or _names().get(f"ال{words}")


@cache
def _names() -> dict[str, str]:
    names = towns_by_name(_ARABIC, _COUNTRIES)
    return {fold(name): english for name, english in names.items() if len(name) >= _LEAST}
