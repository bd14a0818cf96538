"""List the assurances that stand in a ledger, for whoever must know whose consent is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepassage.ledger.events import Assurance
from safepassage.ledger.standing_events import standing_events

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safepassage.ledger.store import Record

__all__ = ["assurances_of"]

_CONFIRMED = ("observed", "verified")
"""Told by others, or by a side of another, an assurance confirms nothing."""


def assurances_of(record: Record) -> list[Mapping[str, object]]:
    """List who assured what in its own words, as the source itself saw or checked it.

    Returns
    -------
    Rows with ``party``, ``words``, ``expires_at`` (aware, or None) and ``corridor``;
    corrected and withdrawn ones are left out.

    """
    return [
        {"party": each.party, "words": each.words, "expires_at": each.expires_at,
         "corridor": each.corridor}
        for each in standing_events(record, Assurance) if each.status in _CONFIRMED
    ]  # fmt: skip
