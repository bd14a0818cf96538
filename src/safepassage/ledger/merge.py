"""Make one ledger of two that were kept apart: each event once, by its client's id."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from safepassage.base.errors import Fault, InputError
from safepassage.ledger.chain import canonical
from safepassage.ledger.events import event_of, payload_of
from safepassage.ledger.store import now_utc, prepared
from safepassage.ledger.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from safepassage.ledger.events import Event
    from safepassage.ledger.store import Record, Store

__all__ = ["Merged", "add", "merge", "refuse_altered"]

_BATCH = 500


@dataclass(slots=True)
class Merged:
    """Tell what came of events that were added to a ledger.

    ``conflicts`` are ids that both ledgers have, each for another event: the one that stood
    stays, and a person decides. ``withdrawn`` are events whose payload is gone on either side:
    they are not brought back, and what stands here is not withdrawn by what happened there.
    ``refused`` are events that may not be stored today.
    """

    added: int = 0
    already: int = 0
    withdrawn: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)


def merge(into: Store, other: Record, *, now: datetime | None = None) -> Merged:
    """Add all events of another ledger to this one; doing it again adds nothing.

    Raises
    ------
    InputError
        If either was altered, or one is an exercise's and the other is not.

    """
    if into.head.exercise != other.head.exercise:
        raise InputError.one(other.name, "is an exercise's ledger, or the other is",
                             "Keep exercises apart from what happened.")  # fmt: skip
    refuse_altered(into)
    refuse_altered(other)
    merged = Merged()
    add(into, _events(into, other, merged), merged, now=now)
    return merged


def refuse_altered(record: Record) -> None:
    """Go no further with a ledger that is not whole."""
    verdict = verify(record)
    if not verdict.whole:
        raise InputError(
            Fault(record.name, str(each), "`safepassage verify` tells more.")
            for each in verdict.findings
        )


def _events(into: Store, other: Record, merged: Merged) -> Iterator[Event]:
    for entry in other.entries():
        data = entry.data
        if data is None:
            here = into.find(UUID(entry.id))
            if here is not None and here.payload is not None:
                merged.withdrawn.append(entry.id)
        elif data["kind"] != "withdrawal":  # signed for that ledger, and of no force in this one
            yield event_of(data, f"event {entry.id}")


def add(
    into: Store, events: Iterable[Event], merged: Merged, *, now: datetime | None = None
) -> None:
    """Add events batch by batch, leaving out and telling those that clash or are refused."""
    moment = now or now_utc()
    batch: list[Event] = []
    for event in events:
        if not _fits(into, event, merged, moment):
            continue
        batch.append(event)
        if len(batch) == _BATCH:
            _append(into, batch, merged, moment)
            batch = []
    _append(into, batch, merged, moment)


def _fits(into: Store, event: Event, merged: Merged, now: datetime) -> bool:
    here = into.find(event.id)
    if here is None:
        try:
            prepared([event], now)
        except InputError as error:
            merged.refused += error.faults
            return False
        return True
    if here.payload is None:
        merged.withdrawn.append(here.id)
    elif here.payload != canonical(payload_of(event)):
        merged.conflicts.append(here.id)
    else:
        merged.already += 1
    return False


def _append(into: Store, batch: list[Event], merged: Merged, now: datetime) -> None:
    if not batch:
        return
    for receipt in into.append(batch, now=now):
        merged.added += receipt.outcome == "stored"
