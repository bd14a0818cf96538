"""Tell whether two statements are of one place, one issuer, one pause."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from safepassage.base.geo import distance_m
from safepassage.declaration.nations import ADJECTIVES, names_of_countries

if TYPE_CHECKING:
    from safepassage.declaration.model import Declaration

__all__ = ["are_near", "by_one_issuer", "by_one_state", "of_one_pause", "of_one_place"]

_SAME_PLACE_M = 50_000
"""Positions nearer than this are taken for one place (an assumption)."""
_SAME_PAUSE = timedelta(hours=36)
"""Windows further apart than this are taken for two pauses (an assumption)."""
_SAME_TALK_DAYS = 14
"""Announcements further apart than this are taken for two pauses (an assumption)."""


def by_one_issuer(first: Declaration, second: Declaration) -> bool:
    """Tell whether both name the same issuer."""
    return first.issuer is not None and first.issuer == second.issuer


def by_one_state(first: Declaration, second: Declaration) -> bool:
    """Tell whether both issuers are one, or act for one state."""
    if by_one_issuer(first, second):
        return True
    one, other = _state_of(first.issuer), _state_of(second.issuer)
    return one is not None and one == other


def _state_of(issuer: str | None) -> str | None:
    """Give the country that an issuer's name holds, where it holds one."""
    if issuer is None:
        return None
    plain = issuer.lower()
    codes = {
        code for code, forms in ADJECTIVES.items() if any(_holds(plain, form) for form in forms)
    }
    codes |= {code for name, code in names_of_countries().items() if _holds(plain, name)}
    return codes.pop() if len(codes) == 1 else None


def _holds(plain: str, word: str) -> bool:
    return word in plain and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", plain) is not None


def of_one_pause(first: Declaration, second: Declaration) -> bool:
    """Tell whether two statements may speak of one pause: one place, days not far apart."""
    if not of_one_place(first, second):
        return False
    if first.windows and second.windows:
        return are_near(first, second)
    if first.announced_on is None or second.announced_on is None:
        return True
    return abs((first.announced_on - second.announced_on).days) <= _SAME_TALK_DAYS


def are_near(first: Declaration, second: Declaration) -> bool:
    """Tell whether any window of one is near one of the other in time."""
    return any(
        a.start - _SAME_PAUSE <= b.end and b.start - _SAME_PAUSE <= a.end
        for a in first.windows
        for b in second.windows
    )


def of_one_place(first: Declaration, second: Declaration) -> bool:
    """Tell whether two statements may be of one place; an unknown one may be any."""
    one, other = first.place, second.place
    if one is None or other is None or one.name == other.name:
        return True
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return float(distance_m(one.lat, one.lon, other.lat, other.lon)) <= _SAME_PLACE_M
