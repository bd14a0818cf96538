"""Play a recorded pause again, as an exercise: its times kept relative, its decisions left out."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from safepassage.base.errors import InputError
from safepassage.base.phrases import counted
from safepassage.ledger.events import (
    Correction,
    Decision,
    PlanAdopted,
    StatusChanged,
    WindowChanged,
    Withdrawal,
    event_of,
    payload_of,
)
from safepassage.ledger.merge import refuse_altered
from safepassage.ledger.rehearsal import Day, in_order, played_hours
from safepassage.ledger.rehearsal_frame import CONTROL, MARK, Desk, LocalDay
from safepassage.ledger.rehearsal_script import NO_SCRIPT, Script, put_in
from safepassage.ledger.rehearsal_talk import Hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from safepassage.ledger.events import Event
    from safepassage.ledger.store import Record
    from safepassage.plan.model import Plan

__all__ = ["recorded_day"]

_TIMES: Final = ("since", "start", "end", "expires_at")
_LATEST = timedelta(days=1)
"""Who received an event later than this after it was known read it from a file: it then
reaches the room when it was known."""


def recorded_day(record: Record, plan: Plan, *, script: Script = NO_SCRIPT, hours: str = "") -> Day:
    """Make a day of what a ledger holds.

    Every text is marked, ids are new, and all times are moved by the same whole days, so that
    most events fall on the day of the plan. Decisions and adopted plans are left to the
    trainees; ``then`` of the day tells what they were. The record is only read.

    Parameters
    ----------
    record
        A ledger, or its export as JSON Lines; refused if altered.
    plan
        Of the case that the exercise is played in.
    script
        Injects to put in besides.
    hours
        What is played, as of ``simulated``.

    Raises
    ------
    InputError
        If it was altered, holds nothing to play, or names corridors that the case lacks.

    """
    refuse_altered(record)
    announced = plan.hours.announced
    local = LocalDay(announced.start.date(), plan.case.place.tz)
    window = Hours(local.utc(announced.start), local.utc(announced.end))
    start, end = played_hours(hours or script.hours, local, window)
    told = tuple(_received(record))
    if not told:
        raise InputError.one(record.name, "holds nothing to play", "Name another ledger.")
    _refuse_strange(record, told, plan)
    shift = _shift([event.happened_at for _, event in told], window)
    desk = Desk(f"{plan.case.id} {record.head.ledger}", 0)
    put_in(desk, script, local, plan.case)
    then = _tell(desk, told, shift)
    senders = {each.sender for each in desk.told} - {CONTROL}
    return Day(
        title=f"{script.title}, with a recorded pause" if script.injects else "A recorded pause",
        case_id=plan.case.id, tz=plan.case.place.tz, start=start, end=end, timed=in_order(desk),
        reporters=dict.fromkeys(sorted(senders), ()), then=then,
        told=_said(record, desk, shift, then),
    )  # fmt: skip


def _received(record: Record) -> Iterator[tuple[datetime, Event]]:
    """Give each event with when it reached the room, which is never before it was known."""
    for entry in record.entries():
        if entry.data is None:
            continue
        event = event_of(entry.data, f"event {entry.id}")
        if isinstance(event, Withdrawal):
            continue
        received = datetime.fromisoformat(entry.received_at).astimezone(UTC)
        late = received - event.known_at > _LATEST
        yield event.known_at if late else max(received, event.known_at), event


def _refuse_strange(record: Record, told: Iterable[tuple[datetime, Event]], plan: Plan) -> None:
    known = {corridor.id for corridor in plan.case.corridors}
    named = {getattr(event, "corridor", None) for _, event in told} - {None}
    if strange := sorted(map(str, named - known)):
        raise InputError.one(
            record.name, f"names corridors that the case has not ({', '.join(strange[:5])})",
            f"Play it in the case that it is of; {plan.case.id} has {', '.join(sorted(known))}.",
        )  # fmt: skip


def _shift(moments: list[datetime], window: Hours) -> timedelta:
    """Move by whole days, to where most events fall on the day of the window."""
    if any(window.start <= moment < window.end for moment in moments):
        return timedelta()
    ((days, _),) = Counter(
        -((moment - window.start) // timedelta(days=1)) for moment in moments
    ).most_common(1)
    return timedelta(days=days)


def _tell(
    desk: Desk, told: Iterable[tuple[datetime, Event]], shift: timedelta
) -> tuple[tuple[datetime, str], ...]:
    then, left = [], set()
    for received, event in told:
        if isinstance(event, Decision | PlanAdopted):
            left.add(event.id)
            then.append((received + shift, _decided(event)))
        elif not (isinstance(event, Correction) and event.corrects in left):
            _again(desk, received + shift, event, shift)
    return tuple(sorted(then))


def _again(desk: Desk, at: datetime, event: Event, shift: timedelta) -> None:
    """Tell an event anew: moved in time, marked, under an id of the exercise."""
    fields = payload_of(event)
    for key in ("id", "happened_at", "known_at", "kind", "source"):
        fields.pop(key)
    fields |= {key: getattr(event, key) + shift for key in _TIMES if key in fields}
    fields |= {key: desk.id_for(fields[key]) for key in ("corrects", "instead") if key in fields}
    known = _turning_point(event)
    desk.say(
        at, event.source, payload_of(event)["kind"], happened=event.happened_at + shift,
        known=event.known_at + shift, id_=desk.id_for(str(event.id)), inject=known,
        note=f"{known} (as {event.source} told it then)" if known else "",
        **{**fields, "text": fields.get("text", "replayed")},
    )  # fmt: skip


def _turning_point(event: Event) -> str:
    """Name what a debrief looks at in a recorded pause: closures, and hours that changed."""
    if isinstance(event, StatusChanged) and event.state == "closed":
        return f"{event.corridor} closed"
    if isinstance(event, WindowChanged):
        return f"hours changed on {event.corridor}" if event.corridor else "hours changed"
    return ""


def _decided(event: Decision | PlanAdopted) -> str:
    if isinstance(event, PlanAdopted):
        return f"{event.by} adopted plan {event.plan_sha256[:12]}"
    where = f" on {event.corridor}" if event.corridor else ""
    return f"{event.by} decided {event.decision}{where}: {event.text}"


def _said(
    record: Record, desk: Desk, shift: timedelta, then: tuple[tuple[datetime, str], ...]
) -> tuple[str, ...]:
    moved = f", moved by {counted(abs(shift.days), 'day')}" if shift else ""
    was = f"an {MARK}" if record.head.exercise else "what happened"
    return (
        (
            f"This is an {MARK}. It plays a record of {was} again: "
            f"{counted(len(desk.told), 'event')}{moved}, each marked."
        ),
        (
            f"Left to the trainees, and told in the debrief: {counted(len(then), 'decision')} of "
            "that room."
        ),
    )
