"""Say what hazards take of the streets, what was cleared, and who plans over what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.phrases import counted, listed, span
from safepassage.plan.hazards import tolls

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from safepassage.city.model import Hazard
    from safepassage.plan.model import Plan

__all__ = ["clearance_warnings", "ground_rows", "hazard_lines"]

_NOBODY = (
    "No street is confirmed as cleared by a named source. Until one is, nobody can walk by this "
    "plan."
)


def ground_rows(plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """Tell what hazards take and what was cleared, as ``plan.json`` holds it."""
    return {"hazards": _hazard_rows(plan), "cleared": _cleared_rows(plan)}


def _hazard_rows(plan: Plan) -> list[dict[str, Any]]:
    counted = tolls(plan.city, plan.case.movement)
    return [
        {
            **hazard.as_row(),
            "streets": toll.streets.tolist(), "cleared": toll.cleared.tolist(),
            "length_km": round(toll.length_m / 1000, 3),
            "people_per_min": round(toll.people_per_min),
        }
        for hazard, toll in zip(plan.city.hazards, counted, strict=True)
    ]  # fmt: skip


def _cleared_rows(plan: Plan) -> list[dict[str, Any]]:
    once = plan.city.streets.once
    return [
        {
            "by": each.by, "on": each.on.isoformat(), "source": each.source,
            "streets": np.flatnonzero(each.streets & once).tolist(),
            "older_than": list(each.older_than),
        }
        for each in plan.city.cleared
    ]  # fmt: skip


def clearance_warnings(plan: Plan) -> list[str]:
    """Say which streets are not cleared, and who chose to plan over them."""
    chosen = plan.case.clearance
    near = [hazard for hazard in plan.city.hazards if hazard.effect == "not cleared"]
    over = f"{chosen.by[:1].upper()}{chosen.by[1:]} chose to plan"
    if not near:
        if chosen.treat_as_cleared:
            return [f"No street is confirmed as cleared. {over} as if all were: {chosen.reason}."]
        return [_NOBODY]
    streets = _streets(plan, np.logical_or.reduce([hazard.taken for hazard in near]))
    where = listed(dict.fromkeys(_name(hazard) for hazard in near))
    if chosen.treat_as_cleared:
        not_cleared = f"Not cleared by any named source: {streets} near {where}."
        said = [f"{not_cleared} {over} over them all the same: {chosen.reason}."]
    else:
        said = [f"Not cleared, so that nobody is led through: {streets} near {where}."]
    for each in plan.city.cleared:
        who = f"Cleared by {each.by} on {_day(each.on)} ({each.source})"
        opens = _streets(plan, each.streets) if each.streets.any() else "this opens no street"
        said.append(f"{who}: {opens}.")
        if each.older_than:
            named = listed(dict.fromkeys(each.older_than))
            said.append(f"That does not count near {named}: what is known there is of a later day.")
    said.append(
        "Streets farther from these are not confirmed as cleared either: every route must be "
        "confirmed end to end by a named source before anybody walks."
    )
    return said


def hazard_lines(plan: Plan) -> list[dict[str, str]]:
    """List hazards as figures that the plan rests on, with their sources."""
    lines = [
        {"text": _line(hazard), "source": hazard.source}
        for hazard in plan.city.hazards
        if hazard.effect != "narrowed"
    ]
    lines += [
        {
            "text": f"{damage.name}: within {kind.within_m:g} m of a point marked {kind.value}, "
            f"{kind.width_left:.0%} of a street's width is left.",
            "source": kind.source,
        }
        for damage in plan.case.damage
        for kind in damage.classes
    ]
    return lines


def _line(hazard: Hazard) -> str:
    if hazard.effect == "closed":
        said = "Closed to everybody: "
    elif hazard.overridden:
        said = "Not cleared, and planned over all the same: "
    else:
        said = "Closed unless a dated source has cleared it: "
    said += f"{hazard.within_m:g} m around {_name(hazard)}" if hazard.within_m else _name(hazard)
    said += f" ({hazard.reason})" if hazard.reason else ""
    if hazard.hours:
        said += f", {span(hazard.hours)}"
    return f"{said}."


def _name(hazard: Hazard) -> str:
    known = f" as of {_day(hazard.as_of)}" if hazard.as_of else ""
    return hazard.name + known


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _streets(plan: Plan, flags: NDArray[np.bool_]) -> str:
    streets = plan.city.streets
    once = np.flatnonzero(flags & streets.once)
    return f"{counted(len(once), 'street')} ({streets.length_m[once].sum() / 1000:,.1f} km)"
