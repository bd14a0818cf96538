"""Check what a plan does to people's protection, before any number is read.

Each finding takes its answer from readiness where a question of readiness asks the same, so
that nothing is asked, or told, twice.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Literal

from safepassage.base.phrases import counted, duration, listed, percent, span
from safepassage.plan.questions import Question, catalogue
from safepassage.plan.words import consent_entries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepassage.declaration import Declaration
    from safepassage.plan.model import Plan
    from safepassage.plan.readiness import Answer, Readiness

__all__ = ["EMPTIED", "LEVELS", "MOST_LEAVE", "Caution", "protection_check", "protection_rows"]

Level = Literal["grave", "caution", "stated", "always"]

LEVELS: dict[Level, str] = {
    "grave": "left as it is, people may be killed, forced or held",
    "caution": "left as it is, people may be hurt or turned back",
    "stated": "stated or worked out; a statement is not a promise kept",
    "always": "holds whatever is stated",
}

EMPTIED = 0.9
"""Share of a neighbourhood's people whose leaving empties it: an assumption."""
MOST_LEAVE = 0.5
"""Share of all inside whose leaving empties the whole area: an assumption."""

_LAW = (
    "Nobody may be forcibly moved, and no displacement ordered, in whole or in part, unless the "
    "security of those civilians or imperative military reasons demand it; all may come back: "
    "Geneva Convention IV, art. 49; Additional Protocol II, art. 17; Customary IHL, Rules 129 and "
    f"132. The law sets no number: {percent(EMPTIED)} of a neighbourhood and {percent(MOST_LEAVE)} "
    "of all inside are assumptions."
)

_STILL_CIVILIANS = (
    "Customary IHL, Rules 1 and 6: civilians are protected wherever they are, unless and for such "
    "time as they take a direct part in hostilities. No rule makes that depend on leaving."
)

_SUBJECTS = {
    "voluntary": "That leaving is a choice, and that those who stay keep their protection,",
    "consent-sides": "Consent of every side",
    "consent-corridors": "Consent of whoever controls each end of each corridor",
    "separation": "How civilians and armed people are kept apart, by place and by hour,",
    "corridors": "Where the corridors are",
    "mines": "That the routes are free of mines and unexploded ordnance",
    "reception": "Reception capacity",
    "destination": "A choice of destination",
    "return": "Return",
}
"""What is or is not stated; further findings are worked out."""

_VERBS = {
    "open": "is not stated", "disputed": "is disputed", "partly": "is stated in part",
    "settled": "is stated",
}  # fmt: skip

_ARMED = re.compile(r"armed|fighter|militan|combatant|боевик|вооруж|مسلح|مقاتل", re.IGNORECASE)
_LEAVE = re.compile(
    r"\bleav(?:e|ing)\b|\bevacuat|\bmove out\b|\bget out\b|\bflee\b|покин|эвакуир|уйти|выйти"
    r"|مغادرة|غادر|اخلاء|إخلاء|الخروج",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Caution:
    """Hold one finding: ``text`` says what is known, ``basis`` by what it is judged."""

    id: str
    finding: str
    level: Level
    text: str
    basis: str


def protection_rows(plan: Plan) -> list[dict[str, str]]:
    """Give the protection check as ``plan.json`` holds it."""
    return [asdict(each) for each in protection_check(plan)]


def protection_check(plan: Plan) -> tuple[Caution, ...]:
    """Find what endangers people's protection, in the order in which it is to be read."""
    known = plan.readiness
    return (
        _asked(known, "voluntary"),
        _displacement(plan),
        _staying(plan),
        _consent(plan),
        _asked(known, "consent-corridors"),
        _apart(plan),
        _hours(plan),
        _asked(known, "corridors"),
        _asked(known, "mines"),
        _asked(known, "reception"),
        _asked(known, "destination"),
        _asked(known, "return"),
    )


def _asked(known: Readiness, question: str) -> Caution:
    answer = known[question]
    finding = f"{_SUBJECTS[question]} {_VERBS[answer.status]}."
    text = f"Not answered: {answer.question.text}" if answer.basis == "nobody" else answer.text
    return Caution(question, finding, _level(answer), text, _basis(answer))


def _consent(plan: Plan) -> Caution:
    found = _asked(plan.readiness, "consent-sides")
    entries = consent_entries(plan)
    refusing = [str(each["party"]) for each in entries if each["status"] == "rejected"]
    if not refusing:
        return found
    finding = f"Not every side agrees: rejected by {listed(dict.fromkeys(refusing))}."
    return replace(found, finding=finding, level="grave")


def _level(answer: Answer) -> Level:
    if answer.status == "settled":
        return "stated"
    return "grave" if answer.question.gravity == 1 else "caution"


def _basis(answer: Answer) -> str:
    """Name the guidance that asks, and where the answer comes from."""
    origin = {
        "announcement": "Answered from the announcements", "case": "Answered by the case",
        "worked out": "Worked out", "nobody": "Nobody answers it",
    }[answer.basis]  # fmt: skip
    source = f" ({answer.source})" if answer.source else ""
    return f"Asked by {_guidance(answer.question)}. {origin}{source}."


def _guidance(question: Question) -> str:
    known = catalogue().references
    return "; ".join(
        known[place.id].title + (f", {place.section}" if place.section else "")
        for place in question.references
    )


def _displacement(plan: Plan) -> Caution:
    """Say whom the schedule would take away, and whether that empties a place."""
    people, out, zones = plan.city.people, plan.schedule.total, plan.city.zones
    left = zones.best - plan.schedule.departed[:, -1]
    emptied = [
        zones.names[i]
        for i in range(len(zones))
        if zones.best[i] >= 1 and left[i] <= (1 - EMPTIED) * zones.best[i] + 1e-9
    ]
    pressing = list(_pressing(plan.declarations))
    share = min(1.0, out / people.low) if people.low >= 1 else float(out > 0)
    found = []
    if share >= MOST_LEAVE:
        found.append(f"this plan would take away {percent(MOST_LEAVE)} or more of all inside")
    elif emptied:
        found.append(f"this plan would empty {len(emptied)} of {len(zones)} neighbourhoods")
    if pressing:
        found.append("a statement may press people to leave")
    text = (
        f"If everybody went as told, {out:,} of {people.best:,.0f} people would leave"
        f"{_shares(plan)}, and {percent(EMPTIED)} or more of "
        f"{len(emptied) or 'none'} of {counted(len(zones), 'neighbourhood')}"
        + (f": {_some(emptied)}." if emptied else ".")
        + (f" Words that may press people to leave: {'; '.join(pressing)}." if pressing else "")
    )
    if not found:
        return Caution("displacement", "This plan empties no area.", "stated", text, _LAW)
    free = all(plan.readiness[each].status == "settled" for each in ("voluntary", "return"))
    finding = f"Risk of forced displacement: {listed(found)}."
    return Caution("displacement", finding, "caution" if free else "grave", text, _LAW)


def _shares(plan: Plan) -> str:
    """Give the share who leave, over the figures for the people inside."""
    people, out = plan.city.people, plan.schedule.total
    if people.low < 1:
        return ""
    low, best, high = (min(1.0, out / each) for each in (people.high, people.best, people.low))
    spread = f", {percent(low)} to {percent(high)} over the figures for people inside"
    return f" ({percent(best)}{spread if low < high else ''})"


def _pressing(declarations: Iterable[Declaration]) -> Iterable[str]:
    """Quote what an announcement asks of people who are not armed, where it asks them to leave."""
    for each in declarations:
        who = each.issuer or each.text_name
        for appeal in each.appeals:
            if _LEAVE.search(appeal.words) and not _ARMED.search(appeal.to):
                yield f"{who}, to {appeal.to}: “{appeal.words}”"
        for words in each.deadlines:
            if _LEAVE.search(words) and not _ARMED.search(words):
                yield f"{who}: “{words}”"


def _some(names: list[str], most: int = 5) -> str:
    return listed(names) if len(names) <= most else f"{', '.join(names[:most])} and others"


def _staying(plan: Plan) -> Caution:
    staying = max(round(plan.city.people.best) - plan.schedule.total, 0)
    return Caution(
        "staying", "People who stay remain civilians and keep their protection.", "always",
        f"{staying:,} people would still be inside at closing even if everybody went as told, and "
        "whoever chooses to stay besides. Having stayed makes nobody a fighter, or a target.",
        _STILL_CIVILIANS,
    )  # fmt: skip


def _apart(plan: Plan) -> Caution:
    """Say how armed people and civilians are kept apart, and what the plan does for it."""
    found = _asked(plan.readiness, "separation")
    nowhere = [
        each.name for each in plan.case.corridors if each.users == "armed" and each.position is None
    ]
    text = found.text
    for block in plan.blocks[:1]:
        text += (
            f" The plan keeps {block.setback_m:g} m around {counted(len(plan.blocks), 'crossing')} "
            f"for armed groups free of everybody else, and {block.gap_min} minutes before and "
            "after their hours."
        )
    if nowhere:
        text += f" Nothing can be kept free for {listed(nowhere)}: not located."
    unsure = bool(nowhere or plan.readiness.known.close)
    return replace(found, text=text, level="grave" if unsure else found.level)


def _hours(plan: Plan) -> Caution:
    """Tell the hours that cannot be used; the dark counts as such even where it is planned."""
    answer, hours = plan.readiness["daylight"], plan.hours
    light = plan.readiness.known.hours
    lost = hours.announced.minutes - hours.usable.minutes
    if light is None or not (
        light.usable.start <= hours.usable.start and hours.usable.end <= light.usable.end
    ):
        finding = f"This plan uses the dark, by choice: {span(hours.usable)}"
        return Caution("daylight", f"{finding}.", "grave", answer.text, _basis(answer))
    finding = (
        f"{duration(lost)} of the {duration(hours.announced.minutes)} announced cannot be used"
        if lost
        else "All the announced hours can be used"
    )
    level: Level = "caution" if answer.status == "partly" else _level(answer)
    return Caution("daylight", f"{finding}.", level, answer.text, _basis(answer))
