"""Write a new plan as ``plan.json`` has one: the adopted plan's document, with what changed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.errors import InputError
from safepassage.base.phrases import share_of
from safepassage.base.provenance import sha256
from safepassage.base.window import iso_minute
from safepassage.plan.collapse import full_hours
from safepassage.plan.movement import minutes_of, spread_of
from safepassage.plan.replan_words import NOT_WORKED_OUT, certificate, headline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from safepassage.plan.movement import Moving
    from safepassage.plan.replan_model import Replanned

    Ints = NDArray[np.int64]

__all__ = ["as_plan", "hash_of"]


def hash_of(document: Mapping[str, Any]) -> str:
    """Hash a document as JSON with its keys sorted and no blanks, UTF-8."""
    return sha256(
        json.dumps(
            document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
        )
    )


def as_plan(replanned: Replanned) -> dict[str, Any]:
    """Give the proposed new plan as the document that ``plan.schema.json`` describes.

    What lies before ``start.minute`` is what was planned, scaled to what was counted. What is
    not worked out during a pause is empty, and says so.

    Raises
    ------
    InputError
        If the adopted plan was not given as a document.

    """
    if replanned.base is None:
        raise InputError.one(
            "adopted_waves", "are no document, so there is none to put the new plan into",
            "Give the adopted plan as plan.json holds it.",
        )  # fmt: skip
    made = _Made(replanned)
    old, world, upper = dict(replanned.base), replanned.world, replanned.upper
    hours = world.setting.hours
    return {
        **old,
        "headline": [headline(replanned)],
        "window": {
            **old["window"], "announced": hours.announced.as_json(),
            "usable": hours.usable.as_json(), "steps": world.steps,
            "cuts": [cut.as_json() for cut in hours.cuts],
        },
        "ceiling": {
            "total": dict.fromkeys(("low", "best", "high"), upper.total),
            "cumulative": upper.cumulative.tolist(),
        },
        "optimum": {
            "total": upper.total, "cumulative": upper.cumulative.tolist(),
            "on_the_road": upper.on_the_road.tolist(), "groups": [],
            "certificate": {
                "holds": upper.exact, "steps_checked": 0, "text": certificate(upper),
            },
        },
        "schedule": made.schedule(old["schedule"]),
        "corridors": [made.corridor(row) for row in old["corridors"]],
        "blocks": made.blocks(),
        "zones": [made.zone(i, row) for i, row in enumerate(old["zones"])],
        "beyond": made.beyond(),
        "timetable": [], "not_moved": [],
        "left_behind": {
            **old["left_behind"], "note": NOT_WORKED_OUT, "schedule": [], "rows": [],
        },
        "equity": {
            **old["equity"], "gini_schedule": None, "gini_optimum": None, "worst_zone": None,
            "zones": [],
        },
        "collapse": made.collapse(), "robust": None, "safety": None, "bottleneck": [],
        "check": {
            "routes": 0, "waves": made.plan.checked.movements,
            "worst_street_use": round(made.plan.checked.worst_street_use, 4),
            "worst_crossing_use": round(made.plan.checked.worst_crossing_use, 4),
        },
        "replan": {
            "from": iso_minute(hours.usable.at(replanned.start.minute)),
            "replaces": hash_of(old), "took": replanned.start.took(),
            "changed": [old["zones"][each.zone]["id"] for each in made.plan.changed],
        },
    }  # fmt: skip


class _Made:
    """Work the new plan's tables out."""

    def __init__(self, replanned: Replanned) -> None:
        self.replanned, self.plan, self.world = replanned, replanned.proposed, replanned.world
        self.setting = replanned.world.setting
        self.gates = {name: i for i, name in enumerate(self.world.gate.corridors)}
        self.waves = sorted(
            [*_gone(replanned), *replanned.waves],
            key=lambda wave: (wave.depart, wave.zone, wave.group, wave.arrive),
        )
        zones, steps = len(self.setting.city.zones), self.world.steps
        self.departed = np.zeros((zones, steps + 1), np.int64)
        for each in self.waves:
            self.departed[each.zone, minutes_of(each, each.depart)] += spread_of(each)
        self.departed = np.cumsum(self.departed, axis=1)
        moving = self.departed.sum(axis=0) - self.plan.cumulative
        self.on_the_road = np.maximum(moving, 0)

    def schedule(self, old: Mapping[str, Any]) -> dict[str, Any]:
        """Give ``schedule``."""
        made, upper = self.plan, self.replanned.upper
        usable, minute = self.setting.hours.usable, self.replanned.start.minute
        behind = np.maximum(upper.cumulative - made.cumulative, 0)
        behind[:minute] = 0
        hour = max(
            range(minute // 60 * 60, len(behind), 60), key=lambda k: int(behind[k : k + 60].max())
        )
        worst = hour + int(behind[hour : hour + 60].argmax())
        return {
            **old,
            "total": made.total, "cumulative": made.cumulative.tolist(),
            "on_the_road": self.on_the_road.tolist(),
            "share_of_optimum_at_close": share_of(made.total, upper.total),
            "share_of_optimum_area": share_of(
                int(made.cumulative[minute:].sum()), int(upper.cumulative[minute:].sum())
            ),
            "worst_hour": {
                "from": iso_minute(usable.at(hour)),
                "until": iso_minute(usable.at(min(hour + 60, len(behind)))),
                "behind": int(behind[worst]),
                "share": share_of(int(made.cumulative[worst]), int(upper.cumulative[worst])),
            },
            "order": {**old["order"], "cost": None},
            "waves": [self._wave(i, wave) for i, wave in enumerate(self.waves, start=1)],
        }  # fmt: skip

    def _wave(self, number: int, wave: Moving) -> dict[str, Any]:
        city, usable = self.setting.city, self.setting.hours.usable
        streets = [int(self.setting.ways.street[arc]) for arc in wave.arcs]
        streets = [street for street in streets if street >= 0]
        start, passes = int(wave.depart + 1e-9), int(wave.arrive + 1e-9)
        ends = city.streets
        nodes = [int(ends.tail[streets[0]])] if streets else []
        return {
            "id": f"W{number:04d}",
            "zone": city.zones.ids[wave.zone], "zone_name": city.zones.names[wave.zone],
            "group": self.setting.case.groups[wave.group].id,
            "corridor": self.world.gate.corridors[wave.gate],
            "from": iso_minute(usable.at(start)),
            "until": iso_minute(usable.at(start + wave.lasting)),
            "people": wave.people,
            "people_per_min": max(round(wave.people_per_min, 1), 0.1), "walk_min": passes - start,
            "passes_from": iso_minute(usable.at(passes)),
            "passes_until": iso_minute(usable.at(passes + wave.lasting)),
            "shuttle": None, "streets": streets,
            "nodes": nodes + [int(ends.head[street]) for street in streets],
        }  # fmt: skip

    def corridor(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Give one of ``corridors``."""
        gate = self.gates.get(row["id"])
        if gate is None:
            return dict(row)
        return {
            **row, "optimum_passed": self.replanned.upper.passed[gate].tolist(),
            "schedule_passed": self.plan.passed[gate].tolist(),
            "schedule_received": self._received(row["id"]),
        }  # fmt: skip

    def _received(self, corridor: str) -> list[int] | None:
        case = self.setting.case
        onward = next(each.onward for each in case.corridors if each.id == corridor)
        if onward is None or corridor not in self.gates:
            return None
        passed = self.plan.passed[self.gates[corridor]]
        later = int(np.ceil(onward.minutes.best - 1e-9))
        received = np.zeros_like(passed)
        received[later:] = passed[: max(len(passed) - later, 0)]
        return [int(people) for people in received]

    def blocks(self) -> list[dict[str, Any]]:
        """Give ``blocks`` as the hours have them now."""
        return [
            {
                "corridor": block.corridor, "from": iso_minute(block.start),
                "until": iso_minute(block.end), "setback_m": block.setback_m,
                "gap_min": block.gap_min,
            }
            for block in self.setting.blocks
        ]  # fmt: skip

    def zone(self, zone: int, row: Mapping[str, Any]) -> dict[str, Any]:
        """Give one of ``zones``: what is proposed from now on."""
        now = [wave for wave in self.plan.leaving if wave.zone == zone]
        told = list(dict.fromkeys(self.world.gate.corridors[wave.gate] for wave in now))
        out = sum(wave.people for wave in self.waves if wave.zone == zone)
        corridors = []
        for each in row["corridors"]:
            was = "open" if each["status"] == "proposed" else each["status"]
            corridors.append({**each, "status": "proposed" if each["id"] in told else was})
        corridors.sort(key=lambda each: each["status"] != "proposed")
        return {
            **row, "out_schedule": out, "out_optimum": out,
            "corridor": told[0] if told else None, "corridors": corridors,
            "departed": self.departed[zone].tolist(),
        }  # fmt: skip

    def beyond(self) -> dict[str, Any]:
        """Give ``beyond``: who came to a crossing, passed it, and was received."""
        rows = {name: self._received(name) for name in self.gates}
        known = [row for row in rows.values() if row is not None]
        received = sum(row[-1] for row in known)
        unknown = sum(
            int(self.plan.passed[self.gates[name], -1]) for name, row in rows.items() if row is None
        )
        return {
            "reached_crossing": self.plan.total,
            "reached_cumulative": self.plan.cumulative.tolist(),
            "passed_before_closing": self.plan.total,
            "received_before_closing": received if known else None,
            "on_the_way_beyond_at_closing": self.plan.total - received - unknown
            if known else None,
            "way_beyond_not_stated": unknown,
        }  # fmt: skip

    def collapse(self) -> list[dict[str, Any]]:
        """Give ``collapse``: where people are if it collapses at a full hour from now on."""
        hours, upper = self.setting.hours, self.replanned.upper
        everybody = self.replanned.start.people
        rows = []
        for minute in full_hours(hours.usable.start, hours.usable.minutes):
            if minute <= self.replanned.start.minute:
                continue
            where = [
                (int(out[minute - 1]), int(road[minute - 1]))
                for out, road in (
                    (self.plan.cumulative, self.on_the_road),
                    (upper.cumulative, upper.on_the_road),
                )
            ]
            schedule, optimum = (
                {"out": out, "on_the_road": road, "at_home": max(everybody - out - road, 0)}
                for out, road in where
            )
            rows.append({
                "at": iso_minute(hours.usable.at(minute)), "minute": minute,
                "schedule": schedule, "optimum": optimum,
            })  # fmt: skip
        return rows


def _gone(replanned: Replanned) -> Sequence[Moving]:
    """Give the waves that have passed, with the people counted in place of those planned."""
    planned = np.zeros(len(replanned.start.out), np.int64)
    for each in replanned.before:
        planned[each.gate] += each.people
    found = []
    for each in replanned.before:
        share = int(replanned.start.out[each.gate]) / int(planned[each.gate])
        people = round(each.people * share)
        if people:
            rate = max(each.people_per_min * share, people / each.lasting)
            found.append(replace(each, people=people, people_per_min=rate))
    return found
