"""Write a new plan as plain data: what changes for whom and why, and what could be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.base.phrases import share_of
from safepassage.base.provenance import stamp
from safepassage.base.window import iso_minute
from safepassage.plan.replan_model import REACH
from safepassage.plan.replan_words import assumed, corridor_name, headline, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.plan.replan_model import Alternative, Changed, Replanned, Told

__all__ = ["SCHEMA_VERSION", "replan_document"]

SCHEMA_VERSION = "1.0"


def replan_document(replanned: Replanned) -> dict[str, Any]:
    """Give a new plan as the document that ``replan.schema.json`` describes."""
    world, start = replanned.world, replanned.start
    setting = world.setting
    return {
        **stamp("replan", SCHEMA_VERSION, replanned.inputs, setting.city.attribution),
        "case": {"id": setting.case.id, "title": setting.case.title, "tz": setting.case.place.tz},
        "headline": headline(replanned),
        "from": iso_minute(setting.hours.usable.at(start.minute)),
        "first_new": iso_minute(setting.hours.usable.at(world.first)),
        "window": {
            "announced": setting.hours.announced.as_json(),
            "usable": setting.hours.usable.as_json(),
            "cuts": [cut.as_json() for cut in setting.hours.cuts],
        },
        "start": start.as_json(),
        "took": start.took(),
        "crossings": [
            {
                "id": name, "name": name_of(world, name), "out": int(start.out[i]),
                "closed": [
                    {
                        "from": iso_minute(setting.hours.usable.at(each.first)),
                        "until": None if each.last is None
                        else iso_minute(setting.hours.usable.at(each.last)),
                    }
                    for each in start.closed if each.corridor == name
                ],
                "people_per_min_found": start.rates.get(name),
            }
            for i, name in enumerate(world.gate.corridors)
        ],
        "on_the_road": _on_the_road(replanned),
        "upper": {
            "total": replanned.upper.total, "exact": replanned.upper.exact,
            "cumulative": replanned.upper.cumulative.tolist(),
        },
        "reach": REACH,
        "alternatives": [
            _alternative(replanned, i, each) for i, each in enumerate(replanned.alternatives)
        ],
        "proposed": replanned.chosen,
        "changes": [_change(replanned, each) for each in replanned.proposed.changed],
        "assumptions": assumed(replanned),
        "seconds": round(replanned.seconds, 3),
    }  # fmt: skip


def _on_the_road(replanned: Replanned) -> dict[str, Any]:
    """Say how those on the road go on: they are exposed."""
    world, on_road = replanned.world, replanned.on_road
    at, zones = world.setting.hours.usable.at, world.setting.city.zones
    told: dict[tuple[int, int], int] = {}
    for each in on_road.sent:
        key = each.zone, each.gate
        told[key] = told.get(key, 0) + each.people
    back: dict[tuple[int, int], list[int]] = {}
    for one in on_road.back:
        row = back.setdefault((one.zone, one.gate), [0, one.step])
        row[0] += one.people
        row[1] = min(row[1], one.step)
    return {
        "people": replanned.start.on_road,
        "as_told": sum(each.people for each in on_road.on),
        "sent_elsewhere": [
            {
                "zone": zones.ids[zone], "zone_name": zones.names[zone],
                "corridor": world.gate.corridors[gate], "people": people,
            }
            for (zone, gate), people in sorted(told.items())
        ],
        "turn_back": [
            {
                "zone": zones.ids[zone], "zone_name": zones.names[zone],
                "corridor": world.gate.corridors[gate], "people": people,
                "first_told": iso_minute(at(step)),
            }
            for (zone, gate), (people, step) in sorted(back.items())
        ],
    }  # fmt: skip


def _alternative(replanned: Replanned, number: int, made: Alternative) -> dict[str, Any]:
    ends = {0: "fewest changes", replanned.chosen: "proposed"}
    last = len(replanned.alternatives) - 1
    name = ends.get(number, "most people" if number == last else "between")
    minute, steps = replanned.start.minute, replanned.world.steps
    return {
        "name": "proposed" if number == replanned.chosen else name,
        "changed": len(made.changed),
        "changed_zones": [
            replanned.world.setting.city.zones.ids[each.zone] for each in made.changed
        ],
        "total": made.total,
        "share_of_upper": share_of(made.total, replanned.upper.total),
        "out_in_an_hour": int(made.cumulative[min(minute + 60, steps)]),
        "person_minutes": int((made.cumulative[minute:] - made.cumulative[minute]).sum()),
        "cumulative": made.cumulative.tolist(),
        "passed": [
            {"corridor": name, "cumulative": row.tolist()}
            for name, row in zip(replanned.world.gate.corridors, made.passed, strict=True)
        ],
        "check": {
            "waves": made.checked.movements,
            "worst_street_use": round(made.checked.worst_street_use, 4),
            "worst_crossing_use": round(made.checked.worst_crossing_use, 4),
        },
    }  # fmt: skip


def _change(replanned: Replanned, changed: Changed) -> dict[str, Any]:
    zones = replanned.world.setting.city.zones
    return {
        "zone": zones.ids[changed.zone], "zone_name": zones.names[changed.zone],
        "zone_name_ar": zones.names_ar[changed.zone],
        "lat": float(zones.lat[changed.zone]), "lon": float(zones.lon[changed.zone]),
        "before": _told(replanned, changed.before), "after": _told(replanned, changed.after),
        "why": changed.why,
    }  # fmt: skip


def _told(replanned: Replanned, told: Sequence[Told]) -> list[dict[str, Any]]:
    world = replanned.world
    at, street = world.setting.hours.usable.at, world.setting.ways.street
    return [
        {
            "corridor": world.gate.corridors[each.gate],
            "corridor_name": corridor_name(world, each.gate),
            "from": iso_minute(at(each.first)), "until": iso_minute(at(each.last)),
            "people": each.people,
            "groups": [world.setting.case.groups[group].id for group in each.groups],
            "streets": [int(street[arc]) for arc in each.arcs if street[arc] >= 0],
        }
        for each in told
    ]  # fmt: skip
