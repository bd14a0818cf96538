"""Give the events of one kind that stand in a ledger: neither corrected nor withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from safepassage.ledger.corrected import Corrected
from safepassage.ledger.events import Event, event_of

if TYPE_CHECKING:
    from safepassage.ledger.store import Record

__all__ = ["standing_events"]

E = TypeVar("E", bound=Event)


def standing_events(record: Record, kind: type[E]) -> list[E]:
    """List the events of a kind that stand, in the order in which they were recorded."""
    corrected = Corrected()
    name = kind.model_fields["kind"].default
    found: dict[str, E] = {}
    for entry in record.entries():
        data = entry.data
        if data is None:
            continue
        if data["kind"] == "correction":
            corrected.add(data["id"], data["corrects"], data.get("instead"))
        elif data["kind"] == name:
            event = event_of(data, f"event {entry.id}")
            if isinstance(event, kind):
                found[entry.id] = event
    out = corrected.standing().out
    return [event for id_, event in found.items() if id_ not in out]
