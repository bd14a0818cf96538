"""Say what every ledger's store does, and hold what all stores do alike."""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal, Protocol, Self
from uuid import uuid4

from safepassage.base.errors import Fault, InputError
from safepassage.ledger.chain import SALT_BYTES, Entry, Head, canonical
from safepassage.ledger.events import Event, Withdrawal, payload_of
from safepassage.ledger.screening import screened_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

__all__ = [
    "FUTURE_TOLERANCE",
    "IdTaken",
    "NoRoom",
    "Receipt",
    "Record",
    "Recorded",
    "Store",
    "Writing",
    "laid_out",
    "new_head",
    "now_utc",
    "prepared",
]

FUTURE_TOLERANCE = timedelta(minutes=5)
"""How far ahead of the ledger's clock an event may lie: phones' clocks differ (an assumption)."""


class IdTaken(InputError):
    """Refuse an event whose id another event has."""


class NoRoom(InputError):
    """Refuse a batch because the disk is full; nothing of it is stored, all else can be read."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Acknowledge one event: it is on disk, once, under its number.

    ``outcome`` is ``stored``, ``already`` (sent before) or ``withdrawn`` (sent before, and its
    payload was withdrawn since).
    """

    id: str
    sequence: int
    hash: str
    outcome: Literal["stored", "already", "withdrawn"]


class Record(Protocol):
    """Be a ledger that can be read."""

    @property
    def head(self) -> Head:
        """Say which ledger it is."""

    @property
    def name(self) -> str:
        """Say what messages call it."""

    def entries(self, *, after: int = 0) -> Iterator[Entry]:
        """Give all entries after a sequence number, in their order."""

    def undone(self) -> Iterator[str]:
        """Tell which of the store's own rules against change are missing."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...


class Store(Record, Protocol):
    """Be a ledger that can be added to, and never changed otherwise."""

    def append(
        self, events: Sequence[Event], *, now: datetime | None = None
    ) -> tuple[Receipt, ...]:
        """Store a batch, all or nothing; on return it survives a crash and a power cut."""

    def append_each(
        self, batches: Sequence[Mapping[str, str]], *, now: datetime | None = None
    ) -> list[tuple[Receipt, ...] | IdTaken]:
        """Store several senders' batches at once, each all or nothing by itself."""

    def find(self, id_: UUID) -> Entry | None:
        """Find an entry by its client's id."""

    def tip(self) -> tuple[int, str]:
        """Give the last sequence number and its hash; 0 and the head's hash where empty."""

    def erase(self, withdrawal: Withdrawal, *, now: datetime | None = None) -> Receipt:
        """Record a withdrawal and drop the payload it names; ``withdraw`` checks signatures."""

    def tidy(self) -> None:
        """Do beside those who write what else they would do in between."""

    def close(self) -> None:
        """Let the store go."""


class Writing(ABC):
    """Do what every store that is written to does alike; a store adds how it is written."""

    @abstractmethod
    def _write(
        self, batches: Sequence[Mapping[str, str]], now: datetime, *, erased: str | None = None
    ) -> list[tuple[Receipt, ...] | IdTaken]:
        """Store batches in one transaction, and drop the payload of the id ``erased``.

        ``laid_out`` leaves out the batches that clash; of the others all is stored, or nothing.
        """

    def append(
        self, events: Sequence[Event], *, now: datetime | None = None
    ) -> tuple[Receipt, ...]:
        """Store a batch, all or nothing; on return it survives a crash and a power cut.

        Returns
        -------
        A receipt for each id, in the order of their first mention.

        Raises
        ------
        InputError
            With all faults of all events; ``IdTaken`` where ids are other events' already.
        NoRoom
            If the disk is full.

        """
        moment = now or now_utc()
        return _taken_or_not(self._write([prepared(events, moment)], moment))

    def append_each(
        self, batches: Sequence[Mapping[str, str]], *, now: datetime | None = None
    ) -> list[tuple[Receipt, ...] | IdTaken]:
        """Store several senders' batches at once, each all or nothing by itself.

        Parameters
        ----------
        batches
            Each as ``prepared`` gives it: id → canonical payload.
        now
            The clock, where not the machine's.

        Returns
        -------
        For each batch its receipts, or why it clashes with what is stored or came before it.

        Raises
        ------
        InputError
            If nothing at all could be stored; ``NoRoom`` where the disk is full.

        """
        return self._write(batches, now or now_utc())

    def tidy(self) -> None:  # noqa: B027 - a store that has nothing to do says nothing
        """Do nothing, where the store leaves nothing to do."""

    def _withdrawn(self, withdrawal: Withdrawal, now: datetime | None) -> Receipt:
        """Record a withdrawal and drop the payload it names."""
        ready = {str(withdrawal.id): canonical(payload_of(withdrawal))}
        outcomes = self._write([ready], now or now_utc(), erased=str(withdrawal.withdraws))
        return _taken_or_not(outcomes)[0]


def _taken_or_not(outcomes: list[tuple[Receipt, ...] | IdTaken]) -> tuple[Receipt, ...]:
    """Give the receipts of the one batch there was."""
    (outcome,) = outcomes
    if isinstance(outcome, IdTaken):
        raise outcome
    return outcome


@dataclass(frozen=True)
class Recorded:
    """Be a ledger in memory: one read from an export."""

    head: Head
    name: str
    rows: tuple[Entry, ...]

    def entries(self, *, after: int = 0) -> Iterator[Entry]:
        """Give all entries after a sequence number, in their order."""
        return (row for row in self.rows if not after or row.sequence > after)

    def undone(self) -> Iterator[str]:
        """Give nothing: a file of lines has no rules of its own."""
        return iter(())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let nothing go: it is in memory."""


def now_utc() -> datetime:
    """Read the clock."""
    return datetime.now(UTC)


def new_head(
    administrators: Sequence[str], *, exercise: bool = False, now: datetime | None = None
) -> Head:
    """Make the head of a new ledger."""
    if not all(re.fullmatch("[0-9a-f]{64}", key) for key in administrators) or len(
        set(administrators)
    ) < len(administrators):
        raise InputError.one(
            "administrators", "are not different public keys of 64 hexadecimal digits each",
            "Give what `safepassage ledger key` printed.",
        )  # fmt: skip
    made = (now or now_utc()).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Head(
        ledger=str(uuid4()), made_at=made, exercise=exercise, administrators=tuple(administrators)
    )


def prepared(events: Sequence[Event], now: datetime) -> dict[str, str]:
    """Give id → canonical payload of events that may be stored.

    Raises
    ------
    InputError
        With all faults of all events: the future, text that could find or name a person, one
        id for two events, a withdrawal.

    """
    ready: dict[str, str] = {}
    faults: list[Fault] = []
    latest = now + FUTURE_TOLERANCE
    for event in events:
        where = f"event {event.id}"
        data = payload_of(event)
        payload = canonical(data)
        faults += _too_early(event, where, latest)
        faults += screened_faults(data, where)
        if isinstance(event, Withdrawal):
            faults.append(Fault(where, "is a withdrawal", "Two administrators withdraw together."))
        if ready.setdefault(str(event.id), payload) != payload:
            faults.append(_taken(str(event.id)))
    if faults:
        raise InputError(dict.fromkeys(faults))
    return ready


def _too_early(event: Event, where: str, latest: datetime) -> Iterator[Fault]:
    for name in ("happened_at", "known_at"):
        moment: datetime = getattr(event, name)
        if moment > latest:
            yield Fault(
                f"{where}.{name}",
                f"lies in the future ({moment:%Y-%m-%d %H:%M} UTC)",
                f"Check the clock and the offset; up to {FUTURE_TOLERANCE.seconds // 60} minutes "
                "ahead are taken.",
            )


def _taken(id_: str) -> Fault:
    return Fault(
        f"event {id_}", "its id belongs to another event already",
        "Send it under an id of its own; to mend an event, send a correction.",
    )  # fmt: skip


def laid_out(
    batches: Sequence[Mapping[str, str]], known: Mapping[str, Entry], tip: tuple[int, str],
    now: datetime,
) -> tuple[list[Entry], list[tuple[Receipt, ...] | IdTaken]]:  # fmt: skip
    """Lay out what is new as entries that follow the tip, with receipts for every batch.

    Parameters
    ----------
    batches
        Of each sender, id → canonical payload.
    known
        Those of all these ids that the ledger holds.
    tip
        Its last sequence number and hash.
    now
        When the batches were received.

    Returns
    -------
    The new entries of all batches, and for each batch its receipts, or which of its ids are
    known, from the ledger or from a batch before it, with another payload.

    """
    received_at = now.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    there = dict(known)
    new: list[Entry] = []
    outcomes: list[tuple[Receipt, ...] | IdTaken] = []
    for ready in batches:
        taken = [
            _taken(id_) for id_, payload in ready.items()
            if (entry := there.get(id_)) and entry.payload not in {None, payload}
        ]  # fmt: skip
        if taken:
            outcomes.append(IdTaken(taken))
            continue
        receipts = []
        for id_, payload in ready.items():
            if entry := there.get(id_):
                receipts.append(Receipt(id_, entry.sequence, entry.hash, _outcome(entry)))
                continue
            sequence, previous = tip
            salt = os.urandom(SALT_BYTES)
            entry = Entry.made(sequence + 1, id_, received_at, payload, salt, previous)
            tip = (entry.sequence, entry.hash)
            there[id_] = entry
            new.append(entry)
            receipts.append(Receipt(id_, entry.sequence, entry.hash, "stored"))
        outcomes.append(tuple(receipts))
    return new, outcomes


def _outcome(entry: Entry) -> Literal["already", "withdrawn"]:
    return "withdrawn" if entry.payload is None else "already"
