"""Write a plan as plain data: what ``plan.json`` and the map hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.provenance import stamp
from safepassage.base.window import iso_minute
from safepassage.city.drawing import drawn_city
from safepassage.plan import words
from safepassage.plan.collapse import collapse_rows
from safepassage.plan.go_stop import go_stop_rows
from safepassage.plan.hazard_words import ground_rows
from safepassage.plan.left_document import equity_rows, left_rows
from safepassage.plan.protection import protection_rows

if TYPE_CHECKING:
    from datetime import datetime

    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.base.window import Window
    from safepassage.case import Corridor
    from safepassage.plan.model import Plan
    from safepassage.plan.movement import Moving

__all__ = ["SCHEMA_VERSION", "map_document", "plan_document"]

SCHEMA_VERSION = "1.2"


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else iso_minute(moment)


def _span(window: Window) -> dict[str, Any]:
    return {"start": _iso(window.start), "end": _iso(window.end)}


def _range(number: LowBestHigh) -> dict[str, Any]:
    return {
        "low": number.low, "best": number.best, "high": number.high, "source": number.source
    }  # fmt: skip


def plan_document(plan: Plan) -> dict[str, Any]:
    """Give a plan as the document that ``plan.schema.json`` describes."""
    case = plan.case
    assumed = words.assumptions(plan)
    return {
        **stamp("plan", SCHEMA_VERSION, plan.inputs, plan.city.attribution),
        "case": {
            "id": case.id, "title": case.title, "tz": case.place.tz,
            "place": {"name": case.place.name, "lat": case.place.lat, "lon": case.place.lon},
        },
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
        "schedule": _schedule(plan),
        "corridors": [_corridor(plan, corridor) for corridor in case.corridors],
        "blocks": [
            {
                "corridor": block.corridor, "from": _iso(block.start), "until": _iso(block.end),
                "setback_m": block.setback_m, "gap_min": block.gap_min,
            }
            for block in plan.blocks
        ],
        **ground_rows(plan),
        "zones": _zones(plan),
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
        "bottleneck": [
            {
                "from": _iso(plan.hours.usable.at(limit.start)),
                "until": _iso(plan.hours.usable.at(limit.end)),
                "text": words.limit_text(plan, limit),
                "corridors": list(limit.corridors), "streets": list(limit.streets),
            }
            for limit in plan.limits
        ],
        "check": {
            "routes": plan.optimum.checked.movements, "waves": plan.schedule.checked.movements,
            "worst_street_use": round(
                max(plan.optimum.checked.worst_street_use,
                    plan.schedule.checked.worst_street_use), 4
            ),
            "worst_crossing_use": round(
                max(plan.optimum.checked.worst_crossing_use,
                    plan.schedule.checked.worst_crossing_use), 4
            ),
        },
    }  # fmt: skip


def _window(plan: Plan) -> dict[str, Any]:
    hours = plan.hours
    return {
        "announced": _span(hours.announced), "usable": _span(hours.usable),
        "sunrise": _iso(hours.daylight.sunrise), "sunset": _iso(hours.daylight.sunset),
        "civil_dusk": _iso(hours.daylight.civil_dusk), "step_min": 1, "steps": hours.steps,
        "cuts": [
            {
                "reason": cut.reason, "minutes": cut.minutes,
                "from": _iso(cut.start), "until": _iso(cut.end),
            }
            for cut in hours.cuts
        ],
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


def _schedule(plan: Plan) -> dict[str, Any]:
    schedule = plan.schedule
    # where an earlier group's schedule leaves room, a later one can be ahead of its optimum
    behind = np.maximum(plan.optimum.cumulative - schedule.cumulative, 0)
    hour = max(range(0, len(behind), 60), key=lambda k: int(behind[k : k + 60].max()))
    worst = hour + int(behind[hour : hour + 60].argmax())
    at = int(plan.optimum.cumulative[worst])
    total = plan.optimum.total
    return {
        "total": schedule.total,
        "cumulative": schedule.cumulative.tolist(),
        "on_the_road": schedule.on_the_road.tolist(),
        "share_of_optimum_at_close": _share(schedule.total, total),
        "worst_hour": {
            "from": _iso(plan.hours.usable.at(hour)),
            "until": _iso(plan.hours.usable.at(min(hour + 60, len(behind)))),
            "behind": int(behind[worst]),
            "share": _share(int(schedule.cumulative[worst]), at),
        },
        "waves": [_wave(plan, i, wave) for i, wave in enumerate(schedule.waves, start=1)],
    }


def _minutes_checked(checked: int, minutes: int) -> str:
    if checked == minutes:
        return f"every one of {minutes} minutes"
    return f"{checked} minutes, every quarter of an hour and the last,"


def _share(part: int, whole: int) -> float:
    """Give a share of 1, rounded down: what is short of all never reads as all."""
    return min(part, whole) * 10_000 // whole / 10_000 if whole else 1.0


def _wave(plan: Plan, number: int, wave: Moving) -> dict[str, Any]:
    usable = plan.hours.usable
    streets = [int(plan.ways.street[arc]) for arc in wave.arcs]
    streets = [street for street in streets if street >= 0]
    start, passes = int(wave.depart + 1e-9), int(wave.arrive + 1e-9)
    ends = plan.city.streets
    nodes = [int(ends.tail[streets[0]])] if streets else []
    return {
        "id": f"W{number:04d}",
        "zone": plan.city.zones.ids[wave.zone], "zone_name": plan.city.zones.names[wave.zone],
        "group": plan.case.groups[wave.group].id, "corridor": plan.gate.corridors[wave.gate],
        "from": _iso(usable.at(start)), "until": _iso(usable.at(start + wave.lasting)),
        "people": wave.people, "people_per_min": round(wave.people_per_min, 1),
        "walk_min": passes - start,
        "passes_from": _iso(usable.at(passes)),
        "passes_until": _iso(usable.at(passes + wave.lasting)),
        "streets": streets, "nodes": nodes + [int(ends.head[street]) for street in streets],
    }  # fmt: skip


def _corridor(plan: Plan, corridor: Corridor) -> dict[str, Any]:
    at = corridor.position
    served = corridor.id in plan.gate.corridors
    row = plan.gate.corridors.index(corridor.id) if served else 0
    return {
        "id": corridor.id, "name": corridor.name, "name_ar": corridor.name_ar,
        "users": corridor.users, "located": at is not None,
        "assumed": bool(at and at.is_assumption),
        "lat": at.lat if at else None, "lon": at.lon if at else None,
        "position_accuracy_m": at.accuracy_m if at else None,
        "people_per_min": _range(corridor.people_per_min) if corridor.people_per_min else None,
        "lanes": corridor.lanes if served else None,
        "destination": corridor.destination, "controlled_near": corridor.controlled_near,
        "controlled_far": corridor.controlled_far, "source": corridor.source,
        "optimum_passed": plan.optimum.passed[row].tolist() if served else None,
        "schedule_passed": plan.schedule.passed[row].tolist() if served else None,
    }  # fmt: skip


def _zones(plan: Plan) -> list[dict[str, Any]]:
    zones = plan.city.zones
    proposed: dict[int, str] = {}
    for wave in plan.schedule.waves:
        proposed.setdefault(wave.zone, plan.gate.corridors[wave.gate])
    out = np.zeros(len(zones), np.int64)
    for wave in plan.schedule.waves:
        out[wave.zone] += wave.people
    return [
        {
            "id": zones.ids[i], "name": zones.names[i], "name_ar": zones.names_ar[i],
            "lat": float(zones.lat[i]), "lon": float(zones.lon[i]),
            "people": {
                "low": round(zones.low[i]), "best": round(zones.best[i]),
                "high": round(zones.high[i]),
            },
            "out_optimum": int(plan.optimum.out_by_zone[i]), "out_schedule": int(out[i]),
            "corridor": proposed.get(i), "departed": plan.schedule.departed[i].tolist(),
        }
        for i in range(len(zones))
    ]  # fmt: skip


def map_document(plan: Plan) -> dict[str, Any]:
    """Give the network to draw: each street once, with its geometry."""
    return drawn_city(plan.city)
