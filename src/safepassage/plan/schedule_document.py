"""Write the schedule as plain data: waves, its distance from the optimum, what zones are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.phrases import share_of
from safepassage.base.window import iso_minute
from safepassage.plan.means_document import announced, shuttle_of

if TYPE_CHECKING:
    from safepassage.plan.model import Plan, Schedule
    from safepassage.plan.movement import Moving

__all__ = ["FAMILIES", "schedule_row", "zone_rows"]

FAMILIES = (
    "A family goes together, by one corridor of its choice; the schedule only proposes one. "
    "Relatives of fighters are civilians: they may go with their family by a corridor for "
    "civilians, or all together by one for armed groups."
)

_ORDERS = {
    "most people": "Groups come in the order of the case, and the waves of each are laid so that "
    "most people are out soonest; who is nearer, or has a freer way, often goes first.",
    "farthest first": "The zones farthest from a crossing have every slot first; nearer ones "
    "take what is left.",
    "wounded and families first": "Groups of wounded and then of families have every slot "
    "first; all others take what is left.",
}


def schedule_row(plan: Plan) -> dict[str, Any]:
    """Give ``schedule`` of the plan's document."""
    schedule, optimum = plan.schedule, plan.optimum.cumulative
    # where an earlier group's schedule leaves room, a later one can be ahead of its optimum
    behind = np.maximum(optimum - schedule.cumulative, 0)
    hour = max(range(0, len(behind), 60), key=lambda k: int(behind[k : k + 60].max()))
    worst = hour + int(behind[hour : hour + 60].argmax())
    usable = plan.hours.usable
    return {
        "total": schedule.total,
        "cumulative": schedule.cumulative.tolist(),
        "on_the_road": schedule.on_the_road.tolist(),
        "share_of_optimum_at_close": share_of(schedule.total, plan.optimum.total),
        "share_of_optimum_area": share_of(int(schedule.cumulative.sum()), int(optimum.sum())),
        "worst_hour": {
            "from": iso_minute(usable.at(hour)),
            "until": iso_minute(usable.at(min(hour + 60, len(behind)))),
            "behind": int(behind[worst]),
            "share": share_of(int(schedule.cumulative[worst]), int(optimum[worst])),
        },
        "order": {
            "choice": schedule.order, "text": _ORDERS[schedule.order], "cost": _cost(schedule)
        },
        "corridors_per_zone": plan.case.options.corridors_per_zone,
        "families": FAMILIES,
        "waves": [
            _wave(plan, i, wave, last) for i, (wave, last) in enumerate(announced(plan), start=1)
        ],
    }  # fmt: skip


def _cost(schedule: Schedule) -> dict[str, Any] | None:
    """Say what the order costs against ``most people``, with the groups as the case has them."""
    if schedule.most_people is None:
        return None
    fewer = schedule.most_people - schedule.cumulative
    worst = int(fewer.argmax())
    people = int(fewer[-1])
    said = f"{abs(people):,} people {'fewer' if people >= 0 else 'more'} out at closing"
    return {
        "fewer_at_close": people,
        "fewer_at_worst": int(fewer[worst]),
        "share_of_area": share_of(int(schedule.cumulative.sum()), int(schedule.most_people.sum())),
        "text": f"Against the order “most people”, with the groups as the case lists them: {said}, "
        f"and at the worst minute {max(int(fewer[worst]), 0):,} fewer.",
    }


def _wave(plan: Plan, number: int, wave: Moving, last: int) -> dict[str, Any]:
    usable, line = plan.hours.usable, shuttle_of(plan, wave)
    streets = [int(plan.ways.street[arc]) for arc in wave.arcs]
    streets = [street for street in streets if street >= 0]
    start, passes = int(wave.depart + 1e-9), int(wave.arrive + 1e-9)
    ends = plan.city.streets
    nodes = [int(ends.tail[streets[0]])] if streets else []
    return {
        "id": f"W{number:04d}",
        "zone": plan.city.zones.ids[wave.zone], "zone_name": plan.city.zones.names[wave.zone],
        "group": plan.case.groups[wave.group].id, "corridor": plan.gate.corridors[wave.gate],
        "from": iso_minute(usable.at(start)),
        "until": iso_minute(usable.at(start + wave.lasting)),
        "people": wave.people, "people_per_min": round(wave.people_per_min, 1),
        "walk_min": passes - start,
        "passes_from": iso_minute(usable.at(passes)),
        "passes_until": iso_minute(usable.at(last)),
        "shuttle": line.id if line else None,
        "streets": streets, "nodes": nodes + [int(ends.head[street]) for street in streets],
    }  # fmt: skip


def zone_rows(plan: Plan) -> list[dict[str, Any]]:
    """Give ``zones`` of the plan's document."""
    zones = plan.city.zones
    proposed: dict[int, list[str]] = {}
    for wave in plan.schedule.waves:
        told = proposed.setdefault(wave.zone, [])
        if plan.gate.corridors[wave.gate] not in told:
            told.append(plan.gate.corridors[wave.gate])
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
            "corridor": next(iter(proposed.get(i, [])), None),
            "corridors": _open_to(plan, i, proposed.get(i, [])),
            "departed": plan.schedule.departed[i].tolist(),
        }
        for i in range(len(zones))
    ]  # fmt: skip


def _open_to(plan: Plan, zone: int, proposed: list[str]) -> list[dict[str, Any]]:
    """List every corridor for civilians, those proposed first, with the way to it from a zone."""
    rows = []
    for corridor in plan.case.corridors:
        if corridor.users != "civilian":
            continue
        minutes, groups = None, []
        if corridor.id in plan.gate.corridors:
            away = plan.schedule.away_min[:, zone, plan.gate.corridors.index(corridor.id)]
            in_time = away <= plan.hours.steps
            groups = [plan.case.groups[g].id for g in np.flatnonzero(in_time)]
            minutes = int(away.min()) if np.isfinite(away).any() else None
            status = "open" if groups else "no way" if minutes is None else "too far"
        else:
            status = "not located"
        rows.append(
            {
                "id": corridor.id, "status": "proposed" if corridor.id in proposed else status,
                "walk_min": minutes, "groups": groups,
            }
        )  # fmt: skip
    order = ("proposed", "open", "too far", "no way", "not located")
    return sorted(rows, key=lambda row: (order.index(row["status"]), row["walk_min"] or 0))
