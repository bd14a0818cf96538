"""Say a forecast in sentences: the same on the page, in the terminal and in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepassage.base.phrases import listed
from safepassage.forecast.codebook import CODES

if TYPE_CHECKING:
    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.forecast.behaviour import Behaviour
    from safepassage.forecast.model import Expected, Forecast, Range
    from safepassage.forecast.recipe import Trouble
    from safepassage.forecast.uptake import Uptake

__all__ = [
    "CAUTION", "CONDITION_NAMES", "assumptions", "because", "condition_text", "likely",
    "people_text", "share_text", "summary",
]  # fmt: skip

CAUTION = (
    "A forecast is a range made from what happened in earlier pauses, under other conditions and "
    "often counted by one side. It is no measure of how many want to leave or need to, and nobody "
    "who stays gives up protection."
)

CONDITION_NAMES = {
    "consent": "consent",
    "escort": "escort",
    "guarantor": "guarantor",
    "destination_choice": "choice of destination",
    "front_moving": "front",
    "earlier_collapse": "earlier attempt",
}
"""Condition → what it is called on pages."""

_SAID = {
    ("consent", "all"): "every side accepted the terms",
    ("consent", "in principle"): "agreed in principle, details open",
    ("consent", "one"): "announced by one side, no other side's consent stated",
    ("consent", "rejected"): "refused by a side",
    ("escort", "neutral"): "with a neutral escort or monitor",
    ("escort", "party"): "with a side's own forces only",
    ("escort", "none"): "with no escort",
    ("guarantor", "third"): "guaranteed from outside the sides",
    ("guarantor", "party"): "guaranteed by a side",
    ("guarantor", "none"): "guaranteed by nobody",
    ("destination_choice", "yes"): "people choose where to go",
    ("destination_choice", "no"): "people cannot choose where to go",
    ("front_moving", "yes"): "ground is being taken around the place",
    ("front_moving", "no"): "the front holds",
    ("earlier_collapse", "yes"): "an earlier attempt failed or moved nobody",
    ("earlier_collapse", "no"): "no earlier attempt failed",
}
_FEW = 0.0005
_MOST_NAMED = 3
_STANDS_OUT = 2
"""The heaviest precedent is named where it weighs twice the lightest."""


def condition_text(condition: str, code: str) -> str:
    """Say one condition in words, or that it is not known."""
    return _SAID.get((condition, code), "not known")


def share_text(share: float) -> str:
    """Write a share of the people inside so that little is not made nothing."""
    if share <= 0:
        return "nobody"
    if share < _FEW:
        return "under 0.05 %"
    return f"{100 * share:.1f} %" if share < 0.1 else f"{100 * share:.0f} %"


def people_text(people: float) -> str:
    """Write a number of people as exactly as a forecast can know it: two digits."""
    if people < 10:
        return "nobody" if people < 1 else "a few"
    digits = len(f"{people:.0f}")
    return f"{round(people, 2 - digits):,.0f}"


def likely(people: Range, ceiling: float) -> str:
    """Say who is likely to come in one line, as pages put it beside the ceiling.

    Rounding brings no figure that lies below the ceiling above it.
    """
    low, high = (
        people_text(each) if not each <= ceiling < round(each, -len(f"{each:.0f}") + 2)
        else f"{ceiling:,.0f}"
        for each in (people.p10, people.p90)
    )  # fmt: skip
    if people.p90 < 1:
        return "most likely nobody"
    return low if low == high else f"{low} to {high}"


def because(expected: Expected) -> str:
    """Say in a sentence why the range lies where it does, with the precedents that weigh most."""
    uptake, conditions = expected.uptake, expected.conditions
    known = [
        condition_text(name, conditions.get(name)) for name in CODES if name in CONDITION_NAMES
        and conditions.get(name)
    ]  # fmt: skip
    said = f"Known of it: {'; '.join(known)}. " if known else "Nothing is known of its conditions. "
    if not uptake.precedents:
        return said + "No earlier pause can be compared with it, so the range is as wide as can be."
    weights = [weight for _, weight in uptake.precedents]
    if weights[0] < _STANDS_OUT * weights[-1]:
        alike = f"All {len(weights)} earlier pauses are about equally like it"
        if len(weights) == 1:
            (only,) = uptake.precedents
            alike = f"The only earlier pause to compare it with is {only[0]}, beside a wide guess"
        return f"{said}{alike}; {_taken_together(uptake)}"
    named = [f"{name} ({100 * weight:.0f} %)" for name, weight in uptake.precedents[:_MOST_NAMED]]
    return f"{said}The earlier pauses most like it are {listed(named)}; {_taken_together(uptake)}"


def _taken_together(uptake: Uptake) -> str:
    nobody, most = uptake.at_most(0.0, 1)[0], uptake.quantile(0.9, 1)
    more = f", and more than {share_text(most)} of the people inside with one of 10 %"
    return (
        f"taken together they say that nobody leaves with a chance of {100 * nobody:.0f} %"
        f"{more if most else ''}."
    )


def assumptions(behaviour: Behaviour, trouble: Trouble) -> tuple[str, ...]:
    """List what a simulation takes for granted, each figure with its interval."""
    b = behaviour
    early = f"{_percent(b.early)} leave early by {_span(b.early_min)} minutes on average"
    late = f"{_percent(b.late)} late by {_span(b.late_min)}"
    told = [
        f"People set out in households of {_span(b.household)} on average.",
        "A household walks at one pace and is never split.",
        f"{_percent(b.on_schedule)} of those who would come keep to the schedule, give or take.",
        f"Of them {early}, and {late}.",
        "The others leave at a minute of their own.",
        f"Of those whom the schedule has no place for {_percent(b.uncalled)} come all the same.",
        f"{_percent(b.nearest)} go to the nearest crossing whatever they were told.",
        f"Who walks learns of a closure or a collapse after {_span(b.information_min)} minutes.",
        f"{_percent(b.turn_back)} of those on the road turn back at a collapse.",
        f"{_percent(b.go_on)} go on then; the others do what is nearer.",
        f"{_percent(trouble.closes)} of first incidents on the routes close a crossing.",
        f"It opens again after {_span(trouble.closed_min)} minutes.",
        "Crossings serve at one figure from their low to their high one, together.",
    ]
    return tuple(told)


def _span(number: LowBestHigh) -> str:
    if number.low == number.high:
        return f"{number.best:g}"
    return f"{number.low:g} to {number.high:g} (best {number.best:g})"


def _percent(number: LowBestHigh) -> str:
    if number.low == number.high:
        return f"{100 * number.best:.0f} %"
    return f"{100 * number.low:.0f} to {100 * number.high:.0f} %"


def summary(forecast: Forecast) -> str:
    """Tell a forecast in a few lines, the ceiling beside it."""
    ceiling = forecast.plan.ceiling.total
    return "\n".join(
        [
            forecast.plan.case.title,
            (
                f"Likely to come, what may happen: {likely(forecast.out, ceiling.best)} people "
                "past the crossings (eight in ten simulations); ceiling, what is possible: "
                f"{ceiling.best:,.0f} ({ceiling.low:,.0f} to {ceiling.high:,.0f})."
            ),
            because(forecast.expected),
            CAUTION,
        ]
    )


def uptake_rows(uptake: Uptake) -> list[dict[str, float]]:
    """Give the range of the share for each day."""
    return [
        {"day": day, **{f"p{round(100 * p)}": uptake.quantile(p, day) for p in (0.1, 0.5, 0.9)}}
        for day in range(1, uptake.days + 1)
    ]
