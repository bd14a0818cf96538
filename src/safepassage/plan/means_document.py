"""Write groups, buses, rules of corridors and what lies beyond them as ``plan.json`` has them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from safepassage.base.window import iso_minute
from safepassage.plan.movement import minutes_of, of_optimum, spread_of
from safepassage.plan.walkways import means_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.case import Corridor
    from safepassage.plan.model import Plan
    from safepassage.plan.movement import Moving
    from safepassage.plan.shuttles import Line

__all__ = ["announced", "corridor_rules", "means_rows", "shuttle_of"]

Ints = NDArray[np.int64]


def _figures(number: LowBestHigh | None) -> dict[str, Any] | None:
    return None if number is None else number.as_json()


def means_rows(plan: Plan) -> dict[str, Any]:
    """Give the keys ``groups``, ``shuttles``, ``timetable`` and ``beyond``."""
    return {
        "groups": [
            {
                "id": group.id, "name": group.name, "means": means_of(group, plan.city),
                "slowest": group.slowest or None, "share": group.share,
                "speed_m_per_s": group.speed_m_per_s.as_json(), "excluded": rule or None,
                "vehicles_at_once": _vehicles_at_once(plan, number),
            }
            for number, (group, rule) in enumerate(
                zip(plan.case.groups, plan.excluded, strict=True)
            )
        ],
        "shuttles": [_shuttle(plan, line) for line in _lines(plan)],
        "timetable": _timetable(plan),
        "beyond": _beyond(plan),
    }  # fmt: skip


def _vehicles_at_once(plan: Plan, number: int) -> int | None:
    """Count the vehicles that a group needs on the road at once, each full; None on foot."""
    means, movement = means_of(plan.case.groups[number], plan.city), plan.case.movement
    seats = {"car": movement.people_per_vehicle, "ambulance": movement.people_per_ambulance}
    if means not in seats:
        return None
    change = np.zeros(plan.hours.usable.minutes + 1, np.int64)
    for wave in plan.schedule.waves:
        if wave.group == number:
            people = spread_of(wave)
            change[minutes_of(wave, wave.depart)] += people
            # on the road in the minute of passing as well
            change[minutes_of(wave, wave.arrive + 1)] -= people
    return int(np.ceil(np.cumsum(change).max(initial=0) / seats[means].best - 1e-9))


def _lines(plan: Plan) -> tuple[Line, ...]:
    return plan.shuttles.lines if plan.shuttles else ()


def _shuttle(plan: Plan, line: Line) -> dict[str, Any]:
    each = next(shuttle for shuttle in plan.case.shuttles if shuttle.id == line.id)
    at = each.position
    return {
        "id": each.id, "name": each.name, "corridor": each.corridor,
        "lat": line.lat, "lon": line.lon, "assumed": bool(at and at.is_assumption),
        "fleet": each.fleet, "seats": each.seats.as_json(),
        "ride_min": round(line.ride_min, 2), "ride_worked_out": line.worked_out,
        "cycle_min": round(line.cycle_min, 2), "loading_min": each.loading_min,
        "bays": each.bays, "waiting": each.waiting,
        "groups": [plan.case.groups[i].id for i in sorted(line.groups)], "source": each.source,
    }  # fmt: skip


def shuttle_of(plan: Plan, wave: Moving) -> Line | None:
    """Give the shuttle that a movement rides, if any."""
    return next((line for line in _lines(plan) if line.ride in wave.arcs), None)


def _riders(lines: tuple[Line, ...], movements: Iterable[Moving]) -> Counter[tuple[int, int]]:
    """Count the people on each departure of each shuttle."""
    on: Counter[tuple[int, int]] = Counter()
    for each in movements:
        for number, line in enumerate(lines):
            if line.ride in each.arcs:
                leaves = each.enter[each.arcs.index(line.ride)]
                on[number, int(np.abs(line.departs_min - leaves).argmin())] += each.people
    return on


def _timetable(plan: Plan) -> list[dict[str, Any]]:
    """List every departure in order of time, with its seats and the people on it."""
    lines, at = _lines(plan), plan.hours.usable.at
    if not lines:
        return []
    schedule = _riders(lines, plan.schedule.waves)
    optimum = _riders(lines, of_optimum(plan.ways, plan.optimum.flows))
    rows = []
    for number, line in enumerate(lines):
        for run, minute in enumerate(line.departs_min.tolist()):
            rows.append(
                {
                    "shuttle": line.id, "minute": int(minute + 1e-9),
                    "departs": iso_minute(at(int(minute + 1e-9))),
                    "arrives": iso_minute(at(int(np.ceil(minute + line.ride_min - 1e-9)))),
                    "from": line.name, "to": plan.gate.corridors[line.gate],
                    "seats": line.seats[1], "people": schedule[number, run],
                    "people_optimum": optimum[number, run],
                }
            )  # fmt: skip
    return sorted(rows, key=lambda row: (row["minute"], row["shuttle"]))


def corridor_rules(plan: Plan, corridor: Corridor) -> dict[str, Any]:
    """Give what a corridor's row says of rules, shares and what lies beyond."""
    way, end = corridor.onward, corridor.reception
    return {
        "groups": list(corridor.groups), "means": list(corridor.means),
        "shares": [
            {
                "purpose": share.purpose, "lanes": share.lanes,
                "people_per_min": _figures(share.people_per_min),
                "from": iso_minute(share.start) if share.start else None,
                "until": iso_minute(share.end) if share.end else None, "source": share.source,
            }
            for share in corridor.shares
        ],
        "onward": {
            "minutes": way.minutes.as_json(),
            "people_per_min": _figures(way.people_per_min),
            "source": way.source,
        } if way else None,
        "reception": {
            "people": _figures(end.people),
            "people_per_min": _figures(end.people_per_min),
            "source": end.source,
        } if end else None,
        "schedule_received": _received(plan, corridor),
    }  # fmt: skip


def _received(plan: Plan, corridor: Corridor) -> list[int] | None:
    """Count who is received by each minute of the usable hours; None where that is not known."""
    if corridor.onward is None or corridor.id not in plan.gate.corridors:
        return None
    passed = plan.schedule.passed[plan.gate.corridors.index(corridor.id)]
    later = int(np.ceil(corridor.onward.minutes.best - 1e-9))
    received = np.zeros_like(passed)
    received[later:] = passed[: max(len(passed) - later, 0)]
    return [int(people) for people in received]


def _beyond(plan: Plan) -> dict[str, Any]:
    """Count apart who came to a crossing, passed it before closing and was received."""
    reached = np.zeros(plan.hours.usable.minutes, np.int64)
    for wave in plan.schedule.waves:
        line = shuttle_of(plan, wave)
        there = wave.arrive
        if line is not None:
            there = wave.enter[wave.arcs.index(line.ride)] + line.ride_min
        first = minutes_of(wave, there)
        reached[first] += spread_of(wave)
    known = [
        curve
        for corridor in plan.case.corridors
        if (curve := _received(plan, corridor)) is not None
    ]
    way_known = {c.id for c in plan.case.corridors if c.onward}
    unknown = sum(
        int(plan.schedule.passed[i, -1])
        for i, name in enumerate(plan.gate.corridors)
        if name not in way_known
    )
    received = sum(each[-1] for each in known)
    return {
        "reached_crossing": int(reached.sum()),
        "reached_cumulative": np.cumsum(reached).tolist(),
        "passed_before_closing": plan.schedule.total,
        "received_before_closing": received if known else None,
        "on_the_way_beyond_at_closing": plan.schedule.total - received - unknown if known else None,
        "way_beyond_not_stated": unknown,
    }


def announced(plan: Plan) -> list[tuple[Moving, int]]:
    """Join those of a zone who ride one bus, however many minutes they pass in.

    Returns
    -------
    Each wave, and when the last of it have passed.

    """
    joined: dict[tuple[object, ...], list[Moving]] = {}
    for i, wave in enumerate(plan.schedule.waves):
        line = shuttle_of(plan, wave)
        key: tuple[object, ...] = (i,)
        if line is not None:
            key = (line.id, wave.group, wave.zone, wave.depart, wave.enter)
        joined.setdefault(key, []).append(wave)
    return [_joined(waves) for waves in joined.values()]


def _joined(waves: list[Moving]) -> tuple[Moving, int]:
    people = sum(wave.people for wave in waves)
    last = max(minutes_of(wave, wave.arrive).stop for wave in waves)
    if len(waves) == 1:
        return waves[0], last
    first = min(waves, key=lambda wave: wave.arrive)
    return replace(first, people=people, people_per_min=people), last
