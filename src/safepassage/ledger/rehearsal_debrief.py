"""Tell after an exercise what was put in, when the room knew it, and when it was acted on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from safepassage.base.errors import InputError
from safepassage.base.phrases import counted, duration
from safepassage.ledger.events import Decision, PlanAdopted, event_of
from safepassage.ledger.rehearsal_frame import CONTROL, MARK, marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.ledger.events import Event
    from safepassage.ledger.rehearsal import Day
    from safepassage.ledger.rehearsal_frame import Timed
    from safepassage.ledger.store import Record

__all__ = ["Debrief", "Lived", "debrief", "note_of"]


@dataclass(frozen=True, slots=True)
class Lived:
    """Hold what became of one inject; ``None`` is never.

    Attributes
    ----------
    put_in
        The inject.
    known
        When it was in the room's ledger.
    acted, how
        When the room first decided something of its corridor, or of all, after it knew, or
        adopted a plan; and which.

    """

    put_in: Timed
    known: datetime | None
    acted: datetime | None
    how: str

    @property
    def took_min(self) -> int | None:
        """Give the minutes of the exercise's clock from knowing to acting."""
        if self.known is None or self.acted is None:
            return None
        return int((self.acted - self.known).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Debrief:
    """Hold what came of an exercise.

    ``own`` counts the events that the trainees wrote; ``ended`` is the clock's last moment.
    """

    day: Day
    ledger: str
    ended: datetime
    lived: tuple[Lived, ...]
    own: int
    decisions: tuple[tuple[datetime, str], ...]

    def __str__(self) -> str:
        """Tell it as it is printed and written."""
        clock = self.day.clock
        hours = f"{clock(self.day.start)} to {clock(self.ended)}"
        lines = [f"{MARK}: debrief of “{self.day.title}”, {hours} on the exercise's clock.", ""]
        for each in self.lived:
            lines += [f"{clock(each.put_in.at)}  {each.put_in.inject}: {each.put_in.note}",
                      f"       {self._known(each)}; {self._acted(each)}."]  # fmt: skip
        if not self.lived:
            lines.append("Nothing was put in by the time it ended.")
        wrote, decided = counted(self.own, "event"), counted(len(self.decisions), "decision")
        lines += ["", f"The room wrote {wrote} of its own, {decided} among them."]
        lines += [f"{clock(at)}  {what}" for at, what in self.decisions]
        if self.day.then:
            lines += ["", "When it happened, that room decided:"]
            lines += [f"{clock(at)}  {what}" for at, what in self.day.then]
        lines += ["", f"Times are when this ledger received it ({self.ledger})."]
        return "\n".join(lines)

    def _known(self, each: Lived) -> str:
        if each.known is None:
            return "never reached the room"
        return f"the room knew at {self.day.clock(each.known)}"

    def _acted(self, each: Lived) -> str:
        if each.acted is None:
            return "nothing was decided after that"
        after = duration(each.took_min or 0)
        return f"acted on at {self.day.clock(each.acted)}, after {after} ({each.how})"


def debrief(day: Day, record: Record, *, ended: datetime) -> Debrief:
    """Read from an exercise's ledger what became of a day.

    Parameters
    ----------
    day
        As it was played.
    record
        The exercise's ledger.
    ended
        When it ended, by the exercise's clock.

    Raises
    ------
    InputError
        If the ledger is not an exercise's.

    """
    if not record.head.exercise:
        raise InputError.one(record.name, "is no exercise's ledger",
                             "A debrief is made of an exercise only.")  # fmt: skip
    played = {str(each.event.id) for each in day.timed}
    received: dict[str, datetime] = {}
    own: list[tuple[datetime, Event]] = []
    for entry in record.entries():
        moment = datetime.fromisoformat(entry.received_at).astimezone(UTC)
        if entry.id in played:
            received[entry.id] = moment
        elif entry.data is not None and entry.data["source"] != CONTROL:
            own.append((moment, event_of(entry.data, f"event {entry.id}")))
    decided = [(at, event) for at, event in own if isinstance(event, Decision | PlanAdopted)]
    return Debrief(
        day=day, ledger=record.head.ledger, ended=ended, own=len(own),
        lived=tuple(
            _lived(each, received.get(str(each.event.id)), decided)
            for each in day.injects if each.at <= ended
        ),
        decisions=tuple((at, _words(event)) for at, event in decided),
    )  # fmt: skip


def _lived(
    put_in: Timed, known: datetime | None, decided: Sequence[tuple[datetime, Event]]
) -> Lived:
    corridor = getattr(put_in.event, "corridor", None)
    if known is not None:
        for at, event in decided:
            of = getattr(event, "corridor", None)
            if at >= known and (of is None or corridor in {None, of}):
                return Lived(put_in, known, at, _words(event))
    return Lived(put_in, known, None, "")


def _words(event: Event) -> str:
    if isinstance(event, PlanAdopted):
        return f"{event.by} adopted plan {event.plan_sha256[:12]}"
    if isinstance(event, Decision):
        where = f" on {event.corridor}" if event.corridor else ""
        return f"{event.by}: {event.decision}{where}"
    return event.kind  # type: ignore[attr-defined,no-any-return]


def note_of(found: Debrief) -> Event:
    """Put a debrief into a note, for the exercise's own ledger: what was known and done when."""
    clock = found.day.clock
    told = [
        f"{each.put_in.inject}: put in {clock(each.put_in.at)}, "
        + (f"known {clock(each.known)}, " if each.known else "never known, ")
        + (f"acted on {clock(each.acted)}" if each.acted else "not acted on")
        for each in found.lived
    ]
    return event_of({
        "id": str(uuid4()), "kind": "note", "source": CONTROL, "means": "own action",
        "status": "reported", "happened_at": found.ended, "known_at": found.ended,
        "text": marked("debrief. " + "; ".join(told or ["nothing was put in"]) + "."),
    })  # fmt: skip
