"""Hold what every event of an exercise shares: its clock, its mark, ids that a seed fixes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5
from zlib import crc32
from zoneinfo import ZoneInfo

import numpy as np

from safepassage.base.errors import InputError
from safepassage.ledger.chain import canonical
from safepassage.ledger.events import event_of

if TYPE_CHECKING:
    from safepassage.ledger.events import Event

__all__ = ["CONTROL", "MARK", "Desk", "LocalDay", "Timed", "marked", "minutes"]

CONTROL = "EX-control"
"""The source of what nobody at a corridor tells: whoever runs the exercise."""

MARK = "EXERCISE"
"""Stands at the head of every text of an exercise."""

_SPACE = UUID("5f0c7a7e-4a0e-5d0b-9a53-7b1f0f6d2e10")
"""Namespace of an exercise's ids (RFC 9562, version 5); chosen once, at random."""

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Timed:
    """Hold an event and when it reaches the room.

    Attributes
    ----------
    at
        When it arrives, UTC; never before the source knew.
    event
        The event.
    sender
        Who sends it: a reporter's label, or ``CONTROL``.
    inject, note
        Name of the inject that it is of, and what the trainer is told; empty for the rest.

    """

    at: datetime
    event: Event
    sender: str
    inject: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LocalDay:
    """Read hours on one day's local clock as moments in UTC."""

    day: date
    tz: str

    def at(self, told: str, where: str) -> datetime:
        """Read ``15:00``, or ``2016-11-05T01:30`` for another day.

        Raises
        ------
        InputError
            If it is neither.

        """
        text = f"{self.day}T{told}" if re.fullmatch(r"\d\d:\d\d(?::\d\d)?", told) else told
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or "T" not in text:
            raise InputError.one(where, f"is no time ({told[:40]!r})",
                                 "Write 15:00, or 2016-11-05T01:30 for another day.")  # fmt: skip
        return self.utc(moment)

    def utc(self, moment: datetime) -> datetime:
        """Give a local time in UTC; one that says its offset keeps it."""
        own = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(self.tz))
        return own.astimezone(UTC)

    def clock(self, moment: datetime) -> str:
        """Write a moment as the local clock shows it."""
        return moment.astimezone(ZoneInfo(self.tz)).strftime("%H:%M")


def marked(text: str = "") -> str:
    """Put the mark before a text, once, and keep within what an event's text may hold."""
    if text.startswith(MARK):
        return text
    whole = f"{MARK}: {text}" if text else MARK
    return whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 1]}…"


def minutes(count: float) -> timedelta:
    """Give so many minutes, to the second."""
    return timedelta(seconds=round(count * 60))


@dataclass(slots=True)
class Desk:
    """Collect the events of a day; whatever is told is told with the mark.

    Parameters
    ----------
    name
        Of the day: with an event's content it fixes the event's id, so that sending a day
        twice counts once.
    seed
        Fixes all chance.

    """

    name: str
    seed: int
    told: list[Timed] = field(default_factory=list)
    _ids: set[UUID] = field(default_factory=set)

    def chance(self, what: str) -> np.random.Generator:
        """Give random numbers of their own for one thing, so that others leave them be."""
        return np.random.default_rng([self.seed, crc32(what.encode())])

    def say(
        self, at: datetime, sender: str, kind: str, *, happened: datetime | None = None,
        known: datetime | None = None, inject: str = "", note: str = "", id_: UUID | None = None,
        **told: Any,
    ) -> Event:  # fmt: skip
        """Tell an event that reaches the room at ``at``; it was known then if nothing is said.

        Its id follows from what it says, unless ``id_`` gives one.

        Raises
        ------
        InputError
            If it is no event.

        """
        knew = _to_the_minute(known or at)
        payload = {
            "kind": kind, "source": sender, "happened_at": _to_the_minute(happened or knew),
            "known_at": knew,
            "means": "own action" if sender == CONTROL else "phone", "status": "reported", **told,
            "text": marked(told.get("text") or ""),
        }  # fmt: skip
        if "words" in payload:
            payload["words"] = marked(str(payload["words"]))
        payload["id"] = id_ or self._id(payload)
        event = event_of(payload, inject or f"{kind} of {sender}")
        self.told.append(Timed(at, event, sender, inject, note))
        return event

    def id_for(self, other: str) -> UUID:
        """Give an event of another ledger its id in this exercise."""
        return uuid5(_SPACE, f"{self.name}\n{other}")

    def _id(self, payload: dict[str, Any]) -> UUID:
        plain = canonical({key: _plain(value) for key, value in payload.items()})
        again = 0
        while (id_ := uuid5(_SPACE, f"{self.name}\n{plain}\n{again}")) in self._ids:
            again += 1
        self._ids.add(id_)
        return id_


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)  # people tell no seconds


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else str(value)
