"""Tell what is said around the counts: contacts, assurances, tests, statuses, rumours.

All of it is made up for exercises. Parties are "near side" and "far side": nothing is put into
the mouth of a party that exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from safepassage.ledger.rehearsal_frame import CONTROL, minutes
from safepassage.ledger.rehearsal_reports import label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from safepassage.case.model import Case
    from safepassage.ledger.rehearsal_frame import Desk, LocalDay
    from safepassage.ledger.rehearsal_people import Shut, Walked

__all__ = ["FAR", "NEAR", "Hours", "before_hours", "rumours", "statuses", "tests"]

NEAR, FAR = "Near side (EXERCISE)", "Far side (EXERCISE)"


@dataclass(frozen=True, slots=True)
class Hours:
    """Hold when passage is promised, UTC."""

    start: datetime
    end: datetime


def before_hours(desk: Desk, hours: Hours, people: Walked, local: LocalDay) -> None:
    """Tell contacts and assurances, and that nobody knows yet whether any corridor is open."""
    start = hours.start
    expires = (people.start + 0.82 * (people.end - people.start)).replace(second=0, microsecond=0)
    for before, party, answered in ((80, NEAR, True), (75, FAR, False), (55, FAR, True)):
        desk.say(
            start - minutes(before), CONTROL, "contact", party=party, answered=answered,
            means="phone", text="asked to confirm hours, routes and a test movement",
        )  # fmt: skip
    desk.say(
        start - minutes(50), CONTROL, "assurance", party=NEAR, means="phone",
        words=f"Nobody of ours fires at the corridors until {local.clock(expires)}.",
        expires_at=expires,
    )  # fmt: skip
    desk.say(
        start - minutes(40), CONTROL, "assurance", party=FAR, means="message",
        words="Who comes unarmed is let through and not held.", expires_at=hours.end,
    )  # fmt: skip
    for row, corridor in enumerate(people.corridors):
        desk.say(start - minutes(15), label("gate", people.corridors, row), "status",
                 corridor=corridor, state="unknown", means="radio", status="observed",
                 text="nobody here says whether it opens")  # fmt: skip
    rng, moment = desk.chance("contacts"), start
    while (moment := moment + minutes(rng.uniform(70, 100))) < hours.end:
        desk.say(moment, CONTROL, "contact", party=NEAR if rng.random() < 0.5 else FAR,
                 answered=bool(rng.random() < 0.7), means="phone",
                 text="asked how it is at the corridors")  # fmt: skip


_TEST_MIN: Final = 55


def tests(desk: Desk, people: Walked) -> dict[str, datetime]:
    """Tell the test movements before the first wave; one fails at first.

    Returns
    -------
    When each corridor was found to be open.

    """
    rng = desk.chance("tests")
    fails = int(rng.integers(len(people.corridors))) if people.corridors else -1
    opened = {}
    for row, corridor in enumerate(people.corridors):
        gate = label("gate", people.corridors, row)
        start = people.start - minutes(_TEST_MIN - float(rng.uniform(0, 4)))
        steps = [(0.0, "started"), (float(rng.uniform(26, 34)), "passed")]
        if row == fails:
            steps = [(0.0, "started"), (11, "failed"), (20, "started"), (46, "passed")]
        for after, result in steps:
            moment = start + minutes(after)
            desk.say(moment + minutes(2), gate, "test movement", happened=moment,
                     known=moment + minutes(1), corridor=corridor, result=result, means="radio",
                     status="observed", text=_TOLD[result])  # fmt: skip
        opened[corridor] = moment + minutes(3)
    return opened


_TOLD: Final = {
    "started": "a test movement has set out",
    "failed": "the test movement was stopped at the far side and came back",
    "passed": "the test movement is through, and was received",
}


def statuses(
    desk: Desk, hours: Hours, people: Walked, opened: dict[str, datetime], shut: Sequence[Shut],
    case: Case,
) -> None:  # fmt: skip
    """Tell that corridors are open, again and again; one is not heard of for an hour."""
    rng = desk.chance("statuses")
    length = people.end - people.start
    quiet = int(rng.integers(len(opened))) if opened else -1
    lull = people.start + float(rng.uniform(0.45, 0.55)) * length
    for row, (corridor, since) in enumerate(opened.items()):
        moment = since
        while moment < hours.end:
            silent = row == quiet and lull <= moment < lull + minutes(60)
            closed = _is_shut(corridor, moment, shut)
            role = "gate" if closed or rng.random() < 0.7 else "watch"
            late = minutes(rng.uniform(1, 4))
            if closed or not silent:
                desk.say(
                    moment + late, label(role, people.corridors, row), "status", happened=moment,
                    known=moment, corridor=corridor, state="closed" if closed else "open",
                    means="radio", status="observed",
                    text="nobody is let through" if closed else "people pass",
                )  # fmt: skip
            moment += minutes(rng.uniform(18, 28))
        if row == quiet:
            again = "closed" if _is_shut(corridor, lull + minutes(60), shut) else "open"
            for after, state, text in ((35, "unknown", "nobody there answers"),
                                       (62, again, "they answer again")):  # fmt: skip
                desk.say(lull + minutes(after), CONTROL, "status", corridor=corridor, state=state,
                         means="radio", text=text)  # fmt: skip
        desk.say(hours.end + minutes(2), label("gate", people.corridors, row), "status",
                 happened=hours.end, corridor=corridor, state="closed", by=FAR, means="radio",
                 status="observed", text="the hours are over")  # fmt: skip
    for each in case.corridors:
        if each.users == "armed":
            desk.say(hours.start + minutes(6), CONTROL, "status", happened=hours.start,
                     corridor=each.id, state="open", by=FAR, means="announcement",
                     status="alleged", text="said to be open")  # fmt: skip
            desk.say(hours.end + minutes(4), CONTROL, "status", happened=hours.end,
                     corridor=each.id, state="closed", by=FAR, means="announcement",
                     status="alleged", text="the hours are said to be over")  # fmt: skip


def _is_shut(corridor: str, moment: datetime, shut: Sequence[Shut]) -> bool:
    return any(each.corridor == corridor and each.start <= moment < each.end for each in shut)


_RUMOURS: Final = (
    ("shooting", "shots at people who wait", "nobody at the crossing heard a shot"),
    ("detention", "men taken out of the line", "two people waited for papers and went on"),
    ("crowding", "a crush at the barrier", "people stand close; nobody fell"),
    ("obstruction", "the road beyond is blocked", "a car had broken down and was moved"),
)


def rumours(desk: Desk, people: Walked) -> None:
    """Tell two rumours as alleged, and correct each later: one was wrong, one was less."""
    rng = desk.chance("rumours")
    length = people.end - people.start
    chosen = rng.permutation(len(_RUMOURS))
    for number, share in enumerate((0.33, 0.79) if people.corridors else ()):
        what, said, found = _RUMOURS[int(chosen[number])]
        row = int(rng.integers(len(people.corridors)))
        corridor = people.corridors[row]
        heard = people.start + float(rng.uniform(share - 0.03, share + 0.03)) * length
        checked = heard + minutes(rng.uniform(18, 35))
        wrong = desk.say(
            heard, CONTROL, "incident", happened=heard - minutes(10), known=heard - minutes(2),
            what=what, corridor=corridor, means="message", status="alleged",
            text=f"a rumour: {said}",
        )  # fmt: skip
        less: dict[str, Any] = {}
        if number:
            seen = desk.say(
                checked, label("watch", people.corridors, row), "incident", what="other",
                happened=heard - minutes(10), corridor=corridor, means="eyewitness count",
                status="observed", text=found,
            )  # fmt: skip
            less["instead"] = seen.id
        desk.say(checked + minutes(2), CONTROL, "correction", corrects=wrong.id, means="radio",
                 text=f"looked into: {found}", **less)  # fmt: skip
