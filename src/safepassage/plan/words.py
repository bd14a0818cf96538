"""Say in plain, neutral words what a plan holds. No number here that the plan has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepassage.base.phrases import counted, duration, listed, span
from safepassage.base.window import Window, hhmm
from safepassage.plan.blocks import too_close
from safepassage.plan.hazard_words import clearance_warnings, hazard_lines
from safepassage.plan.means_words import (
    capacity_lines,
    ground_lines,
    means_lines,
    means_warnings,
    speed_text,
)
from safepassage.plan.not_leaving import not_leaving_warnings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.case import Case
    from safepassage.declaration import Declaration
    from safepassage.plan.ask import Worth
    from safepassage.plan.limits import Limit, NotMoved
    from safepassage.plan.model import Plan

__all__ = [
    "CEILING_NOTE",
    "NOT_ESTIMATED",
    "NO_CONSENT",
    "PROTECTION",
    "assumptions",
    "consent_entries",
    "consent_of",
    "consents",
    "headline",
    "limit_text",
    "not_moved_text",
    "summary",
    "warnings",
]

CEILING_NOTE = "A ceiling is not evidence that anyone was prevented from leaving or chose to stay."
NOT_ESTIMATED = "not estimated"
NO_CONSENT = "no party's consent was read from the text or given by the case; check the text itself"

PROTECTION = (
    "Leaving is a choice. Nobody may be forced or pressed to leave, and nobody kept from leaving.",
    (
        "Those who stay remain civilians and keep their protection under international "
        "humanitarian law, during the pause and after it."
    ),
    (
        "Past a crossing is not yet safe: people may wait there, be screened, turned back or held. "
        "Ask who controls each side."
    ),
    (
        "A family is never split, families of fighters included, and people choose their "
        "destination; a schedule only proposes."
    ),
    (
        "No wave starts before its route is confirmed end to end by named sources and a test "
        "movement has passed. This plan is neither permission nor protection."
    ),
    (
        "Corridors for armed groups are kept free of everybody else. Nothing about fighters is "
        "computed. The wounded include anyone who is out of the fight."
    ),
)


def headline(plan: Plan) -> list[str]:
    """Tell what was announced, what of it can be used, and what limits it."""
    sentences = [_announced(declaration) for declaration in plan.declarations[:1]]
    announced, usable = plan.hours.announced, plan.hours.usable
    sentences.append(
        f"Of the {duration(announced.minutes)} announced ({span(announced)}), "
        f"{duration(usable.minutes)} can be used: {span(usable)}."
    )
    unlocated = [c for c in plan.case.corridors if c.position is None]
    if unlocated:
        sentences.append(
            f"{len(unlocated)} announced "
            + ("corridors are" if len(unlocated) > 1 else "corridor is")
            + " not located: no source found says where. Nothing is planned through them."
        )
    longest = max(
        (limit for limit in plan.limits if limit.corridors or limit.streets or limit.shuttles),
        key=lambda limit: limit.end - limit.start, default=None,
    )  # fmt: skip
    if longest:
        sentences.append(limit_text(plan, longest))
    return sentences


def consent_entries(plan: Plan | Worth) -> list[dict[str, str | None]]:
    """List each actor's consent as it is said, by whom, and where that stands."""
    return consent_of(plan.case, plan.declarations)


def consent_of(case: Case, declarations: Sequence[Declaration]) -> list[dict[str, str | None]]:
    """List each actor's consent as texts and the case say it, by whom, and where that stands."""
    stated: list[dict[str, str | None]] = [
        {"party": c.party, "status": c.status, "stated_by": c.stated_by, "source": d.text_name}
        for d in declarations
        for c in d.consent
    ]
    return stated + [
        {"party": c.party, "status": c.status, "stated_by": c.stated_by or None,
         "source": c.source}
        for c in case.consent
    ]  # fmt: skip


def consents(entries: list[dict[str, str | None]]) -> list[str]:
    """Tell each entry in a line, or that there is none."""
    return [
        f"{each['party']}: {each['status']}"
        + (f", as stated by {each['stated_by']}" if each["stated_by"] else "")
        for each in entries
    ] or [NO_CONSENT]


def summary(plan: Plan) -> str:
    """Tell a plan in a few lines, what endangers people first."""
    from safepassage.plan.protection import protection_check  # noqa: PLC0415 - it imports this

    total = plan.ceiling.total
    ceiling = (
        f"Ceiling, what is possible: {total.best:,.0f} people ({total.low:,.0f} to "
        f"{total.high:,.0f}); likely to come: {NOT_ESTIMATED}."
    )
    return "\n".join(
        [
            plan.case.title,
            *(each.finding for each in protection_check(plan)),
            ceiling,
            CEILING_NOTE,
            f"Schedule: {plan.schedule.total:,} people in {len(plan.schedule.waves)} waves.",
            *headline(plan),
            *warnings(plan),
            "Consent. " + "; ".join(consents(consent_entries(plan))) + ".",
            *PROTECTION,
        ]
    )


def _announced(declaration: Declaration) -> str:
    who = f"The {declaration.issuer}" if declaration.issuer else "A party not named"
    what = declaration.kind or "pause"
    where = f" in {declaration.place.name}" if declaration.place else ""
    when = f" on {declaration.announced_on:%-d %B %Y}" if declaration.announced_on else ""
    said = f"{who} announced a {what}{where}{when}"
    if declaration.windows:
        window = Window(declaration.windows[0].start, declaration.windows[0].end)
        said += f": {window.start:%-d %B %Y}, {hhmm(window.start)} to {hhmm(window.end)}"
    counts = declaration.corridors
    if counts.total is not None:
        said += f", {counted(counts.total, 'corridor')}"
        parts = [
            f"{number} for {users}"
            for number, users in ((counts.civilian, "civilians"), (counts.armed, "armed groups"))
            if number is not None
        ]
        said += f" ({listed(parts)})" if parts else ""
    return said + "."


def limit_text(plan: Plan | Worth, limit: Limit) -> str:
    """Say what limits the plan between two minutes."""
    start, end = (hhmm(plan.hours.usable.at(m)) for m in (limit.start, limit.end))
    names = {corridor.id: corridor.name for corridor in plan.case.corridors}
    crossings = listed(names[each] for each in limit.corridors)
    shut = listed(names[each] for each in limit.kept_free)
    why = "kept free for armed groups"
    if any(hazard.hours for hazard in plan.city.hazards):
        why += " or closed by a hazard"
    free = f" {shut} let nobody pass: {why}." if shut else ""
    if limit.done:
        return f"From {start} to {end} nobody who can be reached is left to move.{free}"
    streets = f"{len(limit.streets)} streets" if len(limit.streets) != 1 else "one street"
    if crossings and limit.streets:
        said = f"the limits are the crossings {crossings} and {streets} toward the others"
    elif crossings:
        full = "crossing" if len(limit.corridors) == 1 else "crossings"
        said = f"the limit is the {full} {crossings}, not the streets"
    elif limit.shuttles:
        buses = {shuttle.id: shuttle.name for shuttle in plan.case.shuttles}
        said = f"the limit is the seats of {listed(buses[each] for each in limit.shuttles)}"
        said += f", and {streets}" if limit.streets else ", not the crossings"
    elif limit.streets:
        said = f"the limit is {streets}, not the crossings"
    else:
        said = "the limit is walking time: more people cannot have arrived yet"
    return f"From {start} to {end} {said}.{free}"


_REASONS = {
    "chose to stay": "said to have chosen to stay: a count, never a failure",
    "cannot walk": (
        "said to be unable to walk, with no means planned for them: a count, never a failure"
    ),
    "too far": "too far to reach a crossing within the usable hours",
    "crossing full": (
        "the crossings are full until closing; more lanes or more hours would move them"
    ),
    "streets full": "streets on the way are full until closing",
    "way closed": "every way to a crossing leads through an area that is closed or not cleared",
    "no corridor open": "no corridor is open to them",
    "seats full": "every bus that could take them is full, or leaves too late",
    "reception full": (
        "the far end of a corridor has received all it can, and the other crossings are full "
        "until closing"
    ),
    "excluded": "a rule of the case lets their group use no corridor",
}


def not_moved_text(reason: NotMoved) -> str:
    """Say why people are not moved."""
    who = "1 person" if reason.people == 1 else f"{reason.people:,} people"
    return f"{who}: {_REASONS[reason.reason]}."


def warnings(plan: Plan) -> list[str]:
    """List what a reader must know before any number."""
    case = plan.case
    found = [
        *clearance_warnings(plan), *means_warnings(plan),
        *not_leaving_warnings(case, plan.city),
    ]  # fmt: skip
    assumed = [c.name for c in case.corridors if c.position and c.position.is_assumption]
    if assumed:
        found.append(
            f"The position of {counted(len(assumed), 'corridor')} is an assumption: "
            f"{listed(assumed)}. Every number here is conditional on it."
        )
    if plan.city.schematic:
        found.append(
            "The city is schematic: links between neighbourhoods stand for streets, and none of "
            "them is a way to follow. Every number here is conditional on it."
        )
    found += _missing_corridors(plan)
    names = {corridor.id: corridor.name for corridor in case.corridors}
    for civilian, armed, apart, unsure in too_close(plan.city, plan.blocks):
        found.append(
            f"{names[civilian]} and {names[armed]} lie {apart:,.0f} m apart by positions that may "
            f"be wrong by {unsure:,.0f} m together: they cannot be shown to be apart. "
            "Ask how civilians and armed groups are kept apart there."
        )
    found += _other_hours(plan)
    found += [
        f"Read and not decided in {declaration.text_name}: {remark}"
        for declaration in plan.declarations
        for remark in declaration.remarks
    ]
    refused = [c.party for c in case.consent if c.status == "rejected"]
    if refused:
        found.append(f"Rejected by: {listed(refused)}. A pause that one side rejects may not hold.")
    found += [f"{note.text} ({note.source})" if note.source else note.text for note in case.notes]
    return found


def _missing_corridors(plan: Plan) -> list[str]:
    """Say where fewer or more corridors are in the case than were announced."""
    found = []
    for users, said in (("civilian", "for civilians"), ("armed", "for armed groups")):
        in_case = sum(corridor.users == users for corridor in plan.case.corridors)
        for declaration in plan.declarations[:1]:
            counts = declaration.corridors
            announced = counts.civilian if users == "civilian" else counts.armed
            if announced is None and users == "civilian" and counts.armed is None:
                announced = counts.total
            if announced is not None and announced != in_case:
                found.append(
                    f"{counted(announced, 'corridor')} {said} announced; this case holds {in_case}."
                )
    return found


def _other_hours(plan: Plan) -> list[str]:
    """Say which announced hours are not planned here."""
    planned = plan.hours.announced
    windows = [window for declaration in plan.declarations for window in declaration.windows]
    others = sorted(
        {
            f"{window.start:%-d %B %Y, %H:%M} to {window.end:%H:%M}"
            for window in windows
            if (window.start, window.end) != (planned.start, planned.end)
        }
    )
    said = [f"Announced as well, and not planned here: {'; '.join(others)}."] if others else []
    if any(window.recurrence for window in windows):
        said.append("The hours were announced for every day; this plan is for the first day.")
    return said


def assumptions(plan: Plan) -> list[dict[str, str]]:
    """List every figure that has no source, and the source of those that have one."""
    case = plan.case
    lines = [{"text": note.text, "source": note.source} for note in case.assumptions]
    lines += [{"text": text, "source": source} for text, source in plan.city.assumptions]
    people = plan.city.people
    lines.append({"text": f"People inside: {people}.", "source": people.source})
    for group in case.groups:
        if group.share < 1:
            text = f"{group.name}: {group.share:.0%} of the people."
            lines.append({"text": text, "source": group.share_source})
        lines.append({"text": speed_text(group), "source": group.speed_m_per_s.source})
    lines += capacity_lines(plan)
    lines += ground_lines(plan)
    lines += means_lines(plan)
    lines += hazard_lines(plan)
    if case.window:
        lines.append({"text": "The hours are stated by the case.", "source": case.window.source})
    lines += [
        {"text": f"Position of {c.name}, known to {c.position.accuracy_m:g} m.",
         "source": c.position.source}
        for c in case.corridors
        if c.position and c.position.source
    ]  # fmt: skip
    if plan.city.streets.left_out:
        left = "; ".join(f"{what}: {count:,}" for what, count in plan.city.streets.left_out.items())
        lines.append({"text": f"Left out of the street map: {left}.", "source": ""})
    lines.append(
        {
            "text": "No minute is kept in reserve: the last people pass as the usable hours end.",
            "source": "",
        }
    )
    options = case.options
    if options.schedule_for == "robust" and plan.robust:
        made = plan.robust.schedule_for
        said = (
            f"The schedule is made for the {made.people} figure of the people inside and the "
            f"{made.rates} of what crossings serve: of those that can be followed at the best "
            "figures the one that does best in its worst case."
        )
        lines.append({"text": said, "source": ""})
    test = (
        f"Confirming routes and a test movement take the first {options.confirm_and_test_min} "
        "minutes."
        if options.confirm_and_test_min
        else "No time is kept for confirming routes and a test movement: both must be done before "
        "these hours."
    )
    lines.append({"text": test, "source": ""})
    if plan.blocks:
        lines.append(
            {
                "text": f"{options.setback_m:g} m around armed groups' crossings are kept free, "
                f"and {options.gap_min} minutes before and after their hours.",
                "source": "",
            }
        )
    return lines
