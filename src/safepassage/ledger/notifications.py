"""List which party was sent which movement notification, received it, or objected to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from safepassage.ledger.events import Notification
from safepassage.ledger.standing_events import standing_events

if TYPE_CHECKING:
    from datetime import datetime

    from safepassage.ledger.store import Record

__all__ = ["Notified", "notifications_of"]


class Notified(NamedTuple):
    """Hold what one party did about one pack: when each step last happened, aware; or None.

    ``text`` is what was said with its latest step.
    """

    pack_sha256: str
    party: str
    sent: datetime | None = None
    received: datetime | None = None
    objected: datetime | None = None
    text: str = ""


def notifications_of(record: Record) -> list[Notified]:
    """List packs and parties in the order in which they were first recorded.

    Corrected and withdrawn events are left out. Nothing of it is a permission.
    """
    rows: dict[tuple[str, str], Notified] = {}
    standing = standing_events(record, Notification)
    for each in sorted(standing, key=lambda one: one.happened_at):
        key = each.pack_sha256, each.party
        row = rows.get(key, Notified(*key))
        steps: dict[str, datetime] = {each.step: each.happened_at}
        rows[key] = row._replace(text=each.text or row.text)._replace(**steps)  # type: ignore[arg-type]
    return list(rows.values())
