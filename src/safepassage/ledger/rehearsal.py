"""Make the day of an exercise: what reporters would tell, and when it would reach the room.

A pure function: a plan, a seed and a script give the same day every time; no clock is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from safepassage.base.errors import InputError
from safepassage.base.phrases import percent
from safepassage.ledger.rehearsal_frame import CONTROL, MARK, Desk, LocalDay, Timed, minutes
from safepassage.ledger.rehearsal_people import closures_of, walked
from safepassage.ledger.rehearsal_reports import COUNTERS, count, fare, label, silenced
from safepassage.ledger.rehearsal_script import NO_SCRIPT, Script, put_in
from safepassage.ledger.rehearsal_talk import (
    FAR,
    Hours,
    before_hours,
    rumours,
    statuses,
    tests,
)

if TYPE_CHECKING:
    from datetime import datetime

    from safepassage.ledger.events import Event
    from safepassage.ledger.rehearsal_people import Walked
    from safepassage.plan.model import Plan

__all__ = ["Day", "in_order", "played_hours", "read_hours", "simulated", "simulated_day"]


@dataclass(frozen=True, slots=True)
class Day:
    """Hold the day of an exercise.

    Attributes
    ----------
    title, case_id, tz
        What it is, and the clock it is told by.
    start, end
        What is played, UTC. What comes before ``start`` is in the ledger when the room opens.
    timed
        All events, in the order in which they reach the room.
    reporters
        Label → the corridors that it tells of.
    told
        What the trainer is told before it begins: what is assumed, and where it is from.
    then
        What was decided in a recorded pause, which is left to the trainees now: when, and what.

    """

    title: str
    case_id: str
    tz: str
    start: datetime
    end: datetime
    timed: tuple[Timed, ...]
    reporters: dict[str, tuple[str, ...]]
    told: tuple[str, ...]
    then: tuple[tuple[datetime, str], ...] = ()

    @property
    def before(self) -> tuple[Timed, ...]:
        """Give what has reached the room when it opens."""
        return tuple(each for each in self.timed if each.at < self.start)

    @property
    def played(self) -> tuple[Timed, ...]:
        """Give what reaches it while it is open."""
        return tuple(each for each in self.timed if self.start <= each.at <= self.end)

    @property
    def injects(self) -> tuple[Timed, ...]:
        """Give what the trainer put in."""
        return tuple(each for each in self.timed if each.inject)

    def clock(self, moment: datetime) -> str:
        """Write a moment as the local clock shows it."""
        return moment.astimezone(ZoneInfo(self.tz)).strftime("%H:%M")


def simulated_day(plan: Plan, *, seed: int = 1, script: Script = NO_SCRIPT) -> list[Timed]:
    """Make the events of a simulated day, in the order in which they reach the room."""
    return list(simulated(plan, seed=seed, script=script).timed)


def simulated(plan: Plan, *, seed: int = 1, script: Script = NO_SCRIPT, hours: str = "") -> Day:
    """Make a simulated day.

    Parameters
    ----------
    plan
        Whose waves people are told; one replication of its forecast says who comes.
    seed
        The same seed gives the same day, 0 or above.
    script
        Injects and assumptions; a crossing that an inject closes serves nobody meanwhile.
        Without any inject, the crossing that served most closes for three quarters of an hour.
    hours
        What is played, as ``14:45-19:30`` on the local clock; the script's, else from 90
        minutes before the announced hours until 30 minutes after them.

    Raises
    ------
    InputError
        With all faults of the script; if the hours or the seed are none.

    """
    if seed < 0:
        raise InputError.one("--seed", f"is below 0 ({seed})", "Name another.")
    announced = plan.hours.announced
    local = LocalDay(announced.start.date(), plan.case.place.tz)
    window = Hours(local.utc(announced.start), local.utc(announced.end))
    start, end = played_hours(hours or script.hours, local, window)
    desk = Desk(f"{plan.case.id} {announced.start:%Y-%m-%d} {seed}", seed)
    events = put_in(desk, script, local, plan.case)
    people = walked(plan, local, seed=seed, script=script, shut=closures_of(events, window.end))
    if not script.injects and people.corridors:
        events = _closed_by_chance(desk, people)
        shut = closures_of(events, window.end)
        people = walked(plan, local, seed=seed, script=script, shut=shut)
    before_hours(desk, window, people, local)
    opened, shut = tests(desk, people), closures_of(events, window.end)
    statuses(desk, window, people, opened, shut, plan.case)
    count(desk, people, window.end)
    fare(desk, people, window.end)
    rumours(desk, people)
    silenced(desk, people)
    return Day(
        title=script.title, case_id=plan.case.id, tz=plan.case.place.tz, start=start, end=end,
        timed=in_order(desk), reporters=_reporters(people), told=_told(people, script, seed),
    )  # fmt: skip


_BEFORE_MIN, _AFTER_MIN = 90, 30


def played_hours(told: str, local: LocalDay, window: Hours) -> tuple[datetime, datetime]:
    """Give what is played; the whole day, with what goes before, if nothing is told."""
    if not told:
        return window.start - minutes(_BEFORE_MIN), window.end + minutes(_AFTER_MIN)
    return read_hours(told, local)


def read_hours(told: str, local: LocalDay) -> tuple[datetime, datetime]:
    """Read hours as people type them: ``14:45-19:30``, or two times with a slash between.

    Raises
    ------
    InputError
        If one is no time, they end before they begin, or last over a day.

    """
    plain = re.sub(r"^\s*(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)\s*$", r"\1/\2", told)
    first, _, last = plain.partition("/")
    start, end = (local.at(each.strip(), "--hours") for each in (first, last))
    if not start < end <= start + timedelta(days=1):
        raise InputError.one(
            "--hours",
            f"end before they begin, or last over a day ({told!r})",
            "Write them like 14:45-19:30.",
        )
    return start, end


def in_order(desk: Desk) -> tuple[Timed, ...]:
    """Give what was told in the order in which it reaches the room."""
    return tuple(sorted(desk.told, key=lambda each: (each.at, str(each.event.id))))


def _reporters(people: Walked) -> dict[str, tuple[str, ...]]:
    return {
        label(counter.role, people.corridors, row): (corridor,)
        for row, corridor in enumerate(people.corridors)
        for counter in COUNTERS
    }


def _closed_by_chance(desk: Desk, people: Walked) -> tuple[Event, ...]:
    """Close the crossing that served most, from the middle of the hours on."""
    row = int(people.passed[:, -1].argmax())
    corridor, middle = people.corridors[row], people.start + (people.end - people.start) / 2
    middle = middle.replace(second=0, microsecond=0)
    return tuple(
        desk.say(
            moment + minutes(3),
            CONTROL,
            "status",
            happened=moment,
            corridor=corridor,
            state=state,
            by=FAR,
            means="radio",
            text=f"said to be {state}",
            inject=f"{state}-by-chance",
            note=f"{corridor} {what} (invented for the exercise)",
        )
        for moment, state, what in (
            (middle, "closed", "closes: a corridor is lost while people walk to it"),
            (middle + minutes(45), "open", "opens again"),
        )
    )


def _told(people: Walked, script: Script, seed: int) -> tuple[str, ...]:
    why = script.share_why or (
        "as one replication of the forecast has it"
        if people.drawn
        else "the least that an exercise plays: the forecast drew fewer"
    )
    return (
        (
            f"Everything here is an {MARK}: nothing of it happened, except where an inject names "
            "its source."
        ),
        (
            f"Who comes is one replication of the forecast (seed {seed}): {percent(people.share)} "
            f"of {people.inside:,} people inside are willing ({why}), and {people.coming:,} set "
            "out if nothing stops them."
        ),
        (
            "They keep to the plan as it stood at the beginning: what the room decides does not "
            "move them."
        ),
    )
