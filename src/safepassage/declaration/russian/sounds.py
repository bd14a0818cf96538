"""Find a large town by what its name sounds like, where no list has its Russian name."""

from __future__ import annotations

import re
from functools import cache

from safepassage.declaration.gazetteer import fold, large_towns

__all__ = ["town_sounding"]

_LEAST_PEOPLE = 50_000
_SHORTEST = 5
"""Least letters of a name that is looked up by its sound; shorter ones are of too many towns."""
_SAME = (
    ("dj", "j"), ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("ph", "f"), ("ou", "u"), ("oo", "u"),
    ("ck", "k"), ("qu", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("ch", "C"), ("sh", "S"),
    ("c", "k"), ("gh", "g"), ("th", "t"), ("ts", "z"), ("tz", "z"), ("y", "i"), ("e", "i"),
    ("o", "a"),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")


def _sound(name: str) -> str:
    sound = re.sub(r"[^a-z]", "", fold(name))
    for written, heard in _SAME:
        sound = sound.replace(written, heard)
    return _TWICE.sub(r"\1", sound)


@cache
def _by_sound() -> dict[str, str]:
    """Map sounds to the towns that have them alone."""
    found: dict[str, set[str]] = {}
    for name in large_towns(_LEAST_PEOPLE):
        found.setdefault(_sound(name), set()).add(name)
    return {sound: names.pop() for sound, names in found.items() if len(names) == 1}


def town_sounding(latin: str) -> str | None:
    """Give the one large town whose name sounds like a word spelled in Latin letters."""
    sound = _sound(latin)
    return _by_sound().get(sound) if len(sound) >= _SHORTEST else None
