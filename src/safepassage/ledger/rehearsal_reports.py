"""Tell what people at the crossings count: several counters, none of them right.

Every figure of this module is an assumption made for exercises: how often counters report, how
far they are off, how late they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from safepassage.ledger.rehearsal_frame import minutes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from safepassage.ledger.rehearsal_frame import Desk
    from safepassage.ledger.rehearsal_people import Walked

__all__ = ["COUNTERS", "Counter", "count", "fare", "label", "silenced"]


@dataclass(frozen=True, slots=True)
class Counter:
    """Hold how one counter works.

    Attributes
    ----------
    role, means, status
        Who counts, how, and how sure that is.
    counted
        ``over`` some minutes, or ``in all``.
    every_min
        Shortest and longest time between two reports [min].
    finds
        Lowest and highest share of the people that it finds.
    unsure
        How far its low and high figures lie from the best, as a share.
    late_min
        Shortest and longest time until a report arrives [min].
    missed
        Share of its reports that are never made.

    """

    role: str
    means: str
    status: str
    counted: Literal["over", "in all"]
    every_min: tuple[float, float]
    finds: tuple[float, float]
    unsure: float
    late_min: tuple[float, float]
    missed: float = 0.0


COUNTERS: Final = (
    Counter("gate", "tally sheet", "observed", "over", (15, 15), (0.92, 1.0), 0.04, (2, 9)),
    Counter("reception", "register", "reported", "in all", (30, 30), (0.98, 1.1), 0.0, (6, 28)),
    Counter("watch", "eyewitness count", "observed", "over", (20, 40), (0.75, 1.2), 0.2, (1, 6),
            missed=0.12),
)  # fmt: skip
"""At each crossing: a tally at the gate, a running total where people are received, and somebody
who watches from farther off."""

_LONGEST_ID = 26


def label(role: str, corridors: tuple[str, ...], row: int) -> str:
    """Name a reporter: a role and its corridor, as a code."""
    corridor = corridors[row]
    short = corridor[:_LONGEST_ID].strip("-")
    alike = [each for each in corridors if each[:_LONGEST_ID].strip("-") == short]
    return f"EX-{role}-{short}" if len(alike) == 1 else f"EX-{role}-{short[:-3]}{row}"


def count(desk: Desk, people: Walked, until: datetime) -> None:
    """Tell what every counter reports from the first minute on; some of it arrives later."""
    for row in range(len(people.corridors)):
        for counter in COUNTERS:
            _reports(desk, people, row, counter, until)


def _reports(desk: Desk, people: Walked, row: int, counter: Counter, until: datetime) -> None:
    sender = label(counter.role, people.corridors, row)
    rng = desk.chance(sender)
    finds = rng.uniform(*counter.finds)
    since, reached, in_all = people.start, people.start, 0
    while (reached := reached + minutes(round(rng.uniform(*counter.every_min)))) <= until:
        there = people.by(reached, row) - people.by(since, row)
        found = int(rng.binomial(there, finds) if finds <= 1 else round(there * finds))
        in_all += found
        arrives = reached + minutes(rng.uniform(*counter.late_min))
        missed = rng.random() < counter.missed
        if not missed:
            best = in_all if counter.counted == "in all" else found
            span: dict[str, Any] = {"since": since} if counter.counted == "over" else {}
            desk.say(
                arrives, sender, "passage", happened=reached, known=reached + minutes(1),
                corridor=people.corridors[row], people=_about(best, counter.unsure),
                counted=counter.counted, means=counter.means, status=counter.status,
                carrying="unarmed" if counter.role == "gate" else "not known",
                text="simulated count", **span,
            )  # fmt: skip
        since = reached


def _about(best: int, unsure: float) -> dict[str, int]:
    apart = round(best * unsure)
    return {"low": best - apart, "best": best, "high": best + apart}


_HELD, _BACK = (0.002, 0.01), (0.005, 0.03)
"""Shares of those who reach a crossing that are held there, and that are turned back."""


def fare(desk: Desk, people: Walked, until: datetime) -> None:
    """Tell every half hour who reached, was turned back, held, released and received."""
    for row, corridor in enumerate(people.corridors):
        gate, reception = (label(role, people.corridors, row) for role in ("gate", "reception"))
        rng = desk.chance(f"fare {corridor}")
        held_share, back_share = rng.uniform(*_HELD), rng.uniform(*_BACK)
        since, held_before = people.start, 0
        for end in _half_hours(people.start, until):
            came = people.by(end, row, reached=True) - people.by(since, row, reached=True)
            through = people.by(end, row) - people.by(since, row)
            held = int(rng.binomial(through, held_share))
            told = (
                (gate, "reached", came, minutes(rng.uniform(2, 8))),
                (gate, "turned back", int(rng.binomial(came, back_share)), minutes(5)),
                (gate, "held", held, minutes(rng.uniform(4, 12))),
                (gate, "released", held_before, minutes(rng.uniform(10, 20))),
                (reception, "received", max(0, through - held), minutes(rng.uniform(12, 35))),
            )
            for sender, stage, number, late in told:
                if number:
                    desk.say(
                        end + late, sender, "movement", happened=end, known=end + minutes(1),
                        corridor=corridor, stage=stage, people=number, means="tally sheet",
                        status="observed", text="simulated count of the half hour before",
                    )  # fmt: skip
            since, held_before = end, int(rng.binomial(held, 0.8))


def _half_hours(start: datetime, until: datetime) -> Iterator[datetime]:
    moment = start
    while (moment := moment + minutes(30)) <= until:
        yield moment


_SILENT_MIN: Final = 40


def silenced(desk: Desk, people: Walked) -> None:
    """Let two gates go silent for 40 minutes each, then send all at once, the last first."""
    length = people.passed.shape[1]
    rng = desk.chance("silence")
    for low, high in ((0.2, 0.45), (0.72, 0.8)):
        row = int(rng.integers(len(people.corridors)))
        sender = label("gate", people.corridors, row)
        start = people.start + minutes(round(length * rng.uniform(low, high)))
        _hold_back(desk, sender, start, start + minutes(_SILENT_MIN))


def _hold_back(desk: Desk, sender: str, start: datetime, end: datetime) -> None:
    late = [i for i, each in enumerate(desk.told)
            if each.sender == sender and start <= each.at < end]  # fmt: skip
    late.sort(key=lambda i: desk.told[i].at, reverse=True)
    for place, i in enumerate(late):
        desk.told[i] = replace(desk.told[i], at=end + minutes(place / 60))
