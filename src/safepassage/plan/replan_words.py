"""Tell a new plan in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepassage.base.window import hhmm
from safepassage.plan.replan_model import REACH
from safepassage.plan.robust import LONGEST_WAIT_MIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.plan.replan_lay import Beside
    from safepassage.plan.replan_model import Replanned, Told
    from safepassage.plan.replan_upper import Upper
    from safepassage.plan.replan_world import World

__all__ = [
    "NOT_WORKED_OUT", "assumed", "certificate", "corridor_name", "headline", "name_of", "summary",
    "why",
]  # fmt: skip


NOT_WORKED_OUT = (
    "Whom a plan leaves behind is not worked out anew during the pause; the plan made before it "
    "says what would move them."
)


def certificate(upper: Upper) -> str:
    """Say what the upper end of a new plan is."""
    if upper.exact:
        return (
            "From where people are this is the most that can be out by each minute, whoever is "
            "told what and at once, with the whole width of a street for each direction."
        )
    return (
        "From where people are nobody can do better than this by any minute. It is a bound, with "
        "all groups at the pace of the fastest, and need not be within reach."
    )


def corridor_name(world: World, gate: int) -> str:
    """Name a crossing's corridor as the case does."""
    return name_of(world, world.gate.corridors[gate])


def name_of(world: World, corridor: str) -> str:
    """Name a corridor by its id."""
    return next(each.name for each in world.setting.case.corridors if each.id == corridor)


def headline(replanned: Replanned) -> str:
    """Say in one sentence what the new plan comes to."""
    made, upper = replanned.proposed, replanned.upper.total
    zones = len(made.changed)
    change = "Nothing that anybody was told changes" if not zones else (
        f"What {zones} {'zone is' if zones == 1 else 'zones are'} told changes"
    )  # fmt: skip
    return (
        f"{change}; {made.total:,} people can be out at closing, and nobody could plan for more "
        f"than {upper:,} from here. Neither number says how many will come."
    )


def assumed(replanned: Replanned) -> list[str]:
    """List what the new plan takes for granted beside what the plan did."""
    start = replanned.start
    return [
        *start.told,
        *_hours(replanned),
        f"People at home need {start.notice_min} minutes' notice of a changed instruction.",
        "Who was told to leave within that time leaves as told, unless they could not pass.",
        (
            "People on the road can be told another crossing at the next junction that they reach, "
            f"and wait at a crossing for at most {LONGEST_WAIT_MIN} minutes; who can pass nowhere "
            "turns back, and no room in the streets is kept for their way home."
        ),
        (
            f"Proposed is the new plan that changes fewest instructions and has {REACH:.0%} of the "
            "people out at closing whom any that was found has."
        ),
    ]


def _hours(replanned: Replanned) -> list[str]:
    """Say which of the hours as they stand now cannot be used."""
    if replanned.start.window is None:
        return []
    hours = replanned.world.setting.hours
    return [
        f"Not used: {hhmm(cut.start)} to {hhmm(cut.end)}, {cut.reason}."
        for cut in hours.cuts
        if cut.end > hours.usable.at(replanned.start.minute)
    ]


def why(beside: Beside, before: Sequence[Told], after: Sequence[Told]) -> str:
    """Say why a zone that could do as it was told is told something else."""
    world = beside.world
    were, are = {each.gate for each in before}, {each.gate for each in after}
    people = sum(each.people for each in after) - sum(each.people for each in before)
    to = " and ".join(corridor_name(world, gate) for gate in sorted(are))
    if not after:
        return "Its room at the crossing gets more people out from elsewhere."
    if not before:
        return f"There is room for {people:,} of its people at {to}; they were told nothing."
    if are - were:
        return f"There is room at {to}; where it was told, others come through instead."
    if people > 0:
        return f"There is room for {people:,} more of its people at {to}."
    return f"Other hours at {to} let more people from elsewhere through."


def summary(replanned: Replanned) -> str:
    """Tell a new plan in a few lines."""
    start, world, made = replanned.start, replanned.world, replanned.proposed
    back = sum(each.people for each in replanned.on_road.back)
    lines = [
        (
            f"New plan from {hhmm(world.setting.hours.usable.at(start.minute))}: "
            f"{start.out.sum():,} people out, {start.on_road:,} on the road, "
            f"{start.at_home.sum():,} at home."
        ),
        (
            f"Changes what {len(made.changed)} zones are told; {made.total:,} people out at "
            f"closing, of {replanned.upper.total:,} at most."
        ),
    ]
    sent = sum(each.people for each in replanned.on_road.sent)
    if sent or back:
        lines.append(f"On the road: {sent:,} are sent another way, {back:,} turn back.")
    return "\n".join(lines)
