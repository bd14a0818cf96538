"""List the assurances that stand in a ledger, for whoever must know whose consent is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepassage.ledger.corrected import Corrected
from safepassage.ledger.events import Assurance, event_of

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
    corrected = Corrected()
    found: dict[str, Assurance] = {}
    for entry in record.entries():
        data = entry.data
        if data is None:
            continue
        if data["kind"] == "correction":
            corrected.add(data["id"], data["corrects"], data.get("instead"))
        elif data["kind"] == "assurance" and data["status"] in _CONFIRMED:
            event = event_of(data, f"event {entry.id}")
            if isinstance(event, Assurance):
                found[entry.id] = event
    out = corrected.standing().out
    return [
        {"party": each.party, "words": each.words, "expires_at": each.expires_at,
         "corridor": each.corridor}
        for id_, each in found.items() if id_ not in out
    ]  # fmt: skip
