"""Write a plan as plain data: what ``plan.json`` and the map hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.provenance import stamp
from safepassage.base.window import iso_minute
from safepassage.city.drawing import drawn_city, zone_areas_of
from safepassage.plan import words
from safepassage.plan.collapse import collapse_rows
from safepassage.plan.go_stop import go_stop_rows
from safepassage.plan.hazard_words import ground_rows
from safepassage.plan.left_document import equity_rows, left_rows
from safepassage.plan.means_document import corridor_rules, means_rows
from safepassage.plan.protection import protection_rows
from safepassage.plan.readiness_worked import sun_minute
from safepassage.plan.schedule_document import schedule_row, zone_rows

if TYPE_CHECKING:
    from safepassage.case import Corridor
    from safepassage.plan.model import Plan

__all__ = ["SCHEMA_VERSION", "map_document", "plan_document"]

SCHEMA_VERSION = "1.3"


def plan_document(plan: Plan) -> dict[str, Any]:
    """Give a plan as the document that ``plan.schema.json`` describes."""
    assumed = words.assumptions(plan)
    return {
        **stamp("plan", SCHEMA_VERSION, plan.inputs, plan.city.attribution),
        "case": plan.case.as_row(),
        "protection_check": protection_rows(plan),
        "conditional": any(not line["source"] for line in assumed),
        "headline": words.headline(plan),
        "assumptions": assumed,
        "warnings": words.warnings(plan),
        "declarations": [declaration.as_json(with_text=True) for declaration in plan.declarations],
        "conflicts": [conflict.as_json() for conflict in plan.conflicts],
        "consent": words.consent_entries(plan),
        "protection": list(words.PROTECTION),
        "likely_to_come": words.NOT_ESTIMATED,
        "ceiling_note": words.CEILING_NOTE,
        "window": _window(plan),
        "people": {**plan.city.people.whole(), "source": plan.city.people.source},
        "ceiling": {
            "total": plan.ceiling.total.whole(), "cumulative": plan.ceiling.cumulative.tolist()
        },
        "optimum": _optimum(plan),
        "schedule": schedule_row(plan),
        "corridors": [_corridor(plan, corridor) for corridor in plan.case.corridors],
        "blocks": _blocks(plan),
        **ground_rows(plan),
        **means_rows(plan),
        "zones": zone_rows(plan),
        "not_moved": [
            {"reason": each.reason, "text": words.not_moved_text(each), "people": each.people}
            for each in plan.not_moved
        ],
        "left_behind": left_rows(plan),
        "equity": equity_rows(plan),
        "go_stop": go_stop_rows(plan),
        "collapse": collapse_rows(
            plan.hours, round(plan.city.people.best), plan.optimum, plan.schedule
        ),
        "robust": plan.robust.as_json() if plan.robust else None,
        "safety": plan.safety.as_json() if plan.safety else None,
        "bottleneck": _bottleneck(plan),
        "check": _check(plan),
    }  # fmt: skip


def _blocks(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "corridor": block.corridor, "from": iso_minute(block.start),
            "until": iso_minute(block.end), "setback_m": block.setback_m,
            "gap_min": block.gap_min,
        }
        for block in plan.blocks
    ]  # fmt: skip


def _bottleneck(plan: Plan) -> list[dict[str, Any]]:
    at = plan.hours.usable.at
    return [
        {
            "from": iso_minute(at(limit.start)), "until": iso_minute(at(limit.end)),
            "text": words.limit_text(plan, limit),
            "corridors": list(limit.corridors), "streets": list(limit.streets),
        }
        for limit in plan.limits
    ]  # fmt: skip


def _check(plan: Plan) -> dict[str, Any]:
    optimum, schedule = plan.optimum.checked, plan.schedule.checked
    streets = max(optimum.worst_street_use, schedule.worst_street_use)
    crossings = max(optimum.worst_crossing_use, schedule.worst_crossing_use)
    return {
        "routes": optimum.movements, "waves": schedule.movements,
        "worst_street_use": round(streets, 4), "worst_crossing_use": round(crossings, 4),
    }  # fmt: skip


def _window(plan: Plan) -> dict[str, Any]:
    hours = plan.hours
    return {
        "announced": hours.announced.as_json(), "usable": hours.usable.as_json(),
        "sunrise": sun_minute(hours.daylight.sunrise), "sunset": sun_minute(hours.daylight.sunset),
        "civil_dusk": sun_minute(hours.daylight.civil_dusk), "step_min": 1, "steps": hours.steps,
        "cuts": [cut.as_json() for cut in hours.cuts],
    }  # fmt: skip


def _optimum(plan: Plan) -> dict[str, Any]:
    optimum = plan.optimum
    return {
        "total": optimum.total,
        "cumulative": optimum.cumulative.tolist(),
        "on_the_road": optimum.on_the_road.tolist(),
        "groups": [
            {
                "id": flow.group.id, "name": flow.group.name, "people": int(flow.supply.sum()),
                "total": flow.arrival.total,
                "cumulative": np.cumsum(flow.arrival.arrivals).tolist(),
            }
            for flow in optimum.flows
        ],
        "certificate": {
            "holds": True, "steps_checked": optimum.certified,
            "text": f"At {_minutes_checked(optimum.certified, len(optimum.cumulative))} the "
            "cut through streets and crossings equals the people out: on this one-minute grid "
            "nobody could have moved more of that group by then, given the groups before it and "
            "streets walked one way where both ways would not fit.",
        },
    }  # fmt: skip


def _minutes_checked(checked: int, minutes: int) -> str:
    if checked == minutes:
        return f"every one of {minutes} minutes"
    return f"{checked} minutes, every quarter of an hour and the last,"


def _corridor(plan: Plan, corridor: Corridor) -> dict[str, Any]:
    at, rate = corridor.position, corridor.people_per_min
    served = corridor.id in plan.gate.corridors
    row = plan.gate.corridors.index(corridor.id) if served else 0
    return {
        "id": corridor.id, "name": corridor.name, "name_ar": corridor.name_ar,
        "users": corridor.users, "located": at is not None,
        "assumed": bool(at and at.is_assumption),
        "lat": at.lat if at else None, "lon": at.lon if at else None,
        "position_accuracy_m": at.accuracy_m if at else None,
        "people_per_min": rate.as_json() if rate else None,
        "lanes": corridor.lanes if served else None,
        "destination": corridor.destination, "controlled_near": corridor.controlled_near,
        "controlled_far": corridor.controlled_far, "screening": corridor.screening,
        "returning": corridor.returning, "source": corridor.source,
        **corridor_rules(plan, corridor),
        "optimum_passed": plan.optimum.passed[row].tolist() if served else None,
        "schedule_passed": plan.schedule.passed[row].tolist() if served else None,
    }  # fmt: skip


def map_document(plan: Plan) -> dict[str, Any]:
    """Give the network to draw: each street once, and the zones whose shape is known."""
    return {**drawn_city(plan.city), "zone_areas": zone_areas_of(plan.city)}
