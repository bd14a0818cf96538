"""Make a plan from a case: optimum, schedule, ceiling, limits, checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Defect
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.base.progress import Progress, silent
from safepassage.declaration import conflicts
from safepassage.flow.verify import verify
from safepassage.plan.ceiling import ceiling_curve
from safepassage.plan.check import Checked, check_movements
from safepassage.plan.check_ground import check_ground
from safepassage.plan.excluded import refuse_excluded, refuse_too_long
from safepassage.plan.left_behind import left_behind
from safepassage.plan.limits import left_by_zone, limits_over_time, not_moved
from safepassage.plan.model import Ceiling, Optimum, Plan, Schedule
from safepassage.plan.movement import Moving, minutes_of, of_optimum, spread_of
from safepassage.plan.not_leaving import not_leaving
from safepassage.plan.readiness import readiness_of
from safepassage.plan.robust import robust
from safepassage.plan.routes import minutes_away
from safepassage.plan.schedule import scheduled
from safepassage.plan.setting import Setting, prepare, settle, solve
from safepassage.plan.shuttles import riding
from safepassage.plan.sweep import sweep
from safepassage.plan.walkways import ENDS, walkways_by_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from safepassage.case import LoadedCase
    from safepassage.case.model import Order
    from safepassage.city import City
    from safepassage.declaration import Declaration
    from safepassage.plan.groups import GroupFlow

__all__ = ["make_plan"]

_DEFAULT_ORDER: Order = "most people"

_CHEAP_CELLS = 500_000_000
"""Arcs × minutes², up to which the cut of every minute is added up; a second or two."""

_SMALL_CELLS = 2_000_000
"""Arcs × minutes, up to which a plan is tried over what is not known, and weighed, unasked."""


def make_plan(
    case: str | LoadedCase,
    *,
    declarations: tuple[Declaration, ...] | None = None,
    city: City | None = None,
    ignore_daylight: bool = False,
    thorough: bool = False,
    progress: Progress = silent,
) -> Plan:
    """Plan a case and check the plan.

    Parameters
    ----------
    case
        A built-in case's name, a folder, a file, or a case already loaded.
    declarations
        What was announced; read from the case's announcements if not given.
    city
        Where; built from the case if not given.
    ignore_daylight
        Plan in the dark as well, whatever the case says.
    thorough
        Try the plan over what is not known in large cities as well, which may take many
        times as long; small ones are always tried.
    progress
        Told of each stage.

    Raises
    ------
    InputError
        If the case cannot be planned; every reason named.
    Defect
        If a result fails its check: nothing is returned then.

    """
    found = prepare(
        case, declarations=declarations, city=city, ignore_daylight=ignore_daylight,
        progress=progress,
    )  # fmt: skip
    readiness = readiness_of(found.loaded, found.declarations, found.city)
    setting = settle(found.loaded.case, found.city, found.hours)
    refuse_excluded(setting.case, setting.excluded)
    flows = solve(setting, progress=progress)
    progress("Checking the optimum")
    optimum = _optimum(setting, flows)
    away_min = minutes_away(flows, setting.gate, setting.reserved)
    refuse_too_long(setting.case, flows, away_min)
    progress("Making the schedule")
    waves: Sequence[Moving] = scheduled(setting, flows)
    small = thorough or len(setting.ways.tail) * (setting.steps + 1) <= _SMALL_CELLS
    tried = weighed = None
    if small or setting.case.options.schedule_for == "robust":
        tried = robust(
            setting.case, setting.city, setting.hours, waves, optimum.total, progress=progress
        )
        waves = tried.schedule_for.waves
    schedule = _schedule(setting, flows, list(waves), away_min)
    ceiling = _ceiling(setting, optimum, schedule, progress)
    if small:
        weighed = sweep(
            found.loaded,
            setting.city,
            setting.hours,
            schedule.waves,
            solved=(setting, flows),
            progress=progress,
        )
    progress("Naming the limits")
    ways, gate, reserved = setting.ways, setting.gate, setting.reserved
    left = left_by_zone(ways, gate, flows, setting.steps, reserved=reserved)
    return Plan(
        case=setting.case, declarations=found.declarations,
        conflicts=conflicts(found.declarations), city=setting.city, hours=setting.hours,
        ways=ways, gate=gate, shuttles=setting.shuttles, excluded=setting.excluded,
        blocks=setting.blocks, ceiling=ceiling, optimum=optimum, schedule=schedule,
        limits=limits_over_time(ways, gate, flows, setting.steps + 1, reserved=reserved),
        not_moved=not_moved(left, not_leaving(setting.case, setting.city)),
        left_behind=left_behind(setting, flows, schedule.waves, left),
        readiness=readiness, robust=tried, safety=weighed,
        inputs=found.inputs, prepared=found,
    )  # fmt: skip


def _check(setting: Setting, movements: list[Moving]) -> Checked:
    check_ground(movements, setting.ways, setting.city, setting.hours)
    return check_movements(
        movements, setting.by_group,
        speeds_m_per_s=[group.speed_m_per_s.best for group in setting.case.groups],
        supply=setting.supply, gate_nodes=setting.gate.nodes,
        people_per_min=setting.gate.per_min("best", setting.steps),
        minutes=setting.steps + 1, reserved=setting.reserved, allowed=setting.gate.allowed,
        received=setting.gate.received("best"), shuttles=setting.shuttles,
    )  # fmt: skip


def _optimum(setting: Setting, flows: tuple[GroupFlow, ...]) -> Optimum:
    steps = setting.steps
    every = 1 if len(setting.ways.tail) * (steps + 1) ** 2 <= _CHEAP_CELLS else 15
    cuts = tuple(sorted({*range(0, steps + 1, every), steps}))
    for flow in flows:
        verify(flow.arrival, cuts=cuts)
    movements = of_optimum(setting.ways, flows)
    checked = _check(setting, movements)
    passed, departed = _counts(setting, movements)
    cumulative = np.cumsum(sum(flow.arrival.arrivals for flow in flows))
    if not np.array_equal(passed.sum(axis=0), cumulative):
        raise Defect("The optimum's routes do not add up to its arrivals.")
    out = np.zeros(len(setting.city.zones), np.int64)
    for each in movements:
        out[each.zone] += each.people
    return Optimum(
        flows=flows, cumulative=cumulative,
        on_the_road=departed.sum(axis=0) - cumulative, passed=passed, out_by_zone=out,
        certified=len(cuts) if flows else 0, checked=checked,
    )  # fmt: skip


def _schedule(
    setting: Setting, flows: tuple[GroupFlow, ...], waves: list[Moving],
    away_min: NDArray[np.float64],
) -> Schedule:  # fmt: skip
    order = setting.case.options.order
    checked = _check(setting, waves)
    passed, departed = _counts(setting, waves)
    cumulative = passed.sum(axis=0)
    waves.sort(key=lambda wave: (wave.depart, wave.zone, wave.group))
    return Schedule(
        waves=tuple(waves), cumulative=cumulative,
        on_the_road=departed.sum(axis=0) - cumulative, passed=passed, departed=departed,
        checked=checked, order=order,
        most_people=None if order == _DEFAULT_ORDER else _counts(
            setting, scheduled(setting, flows, order=_DEFAULT_ORDER)
        )[0].sum(axis=0),
        away_min=away_min,
    )  # fmt: skip


def _counts(
    setting: Setting, movements: list[Moving]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count, cumulative by the minute, who passed each crossing and who left each zone."""
    passed = np.zeros((len(setting.gate.nodes), setting.steps + 1), np.int64)
    departed = np.zeros((len(setting.city.zones), setting.steps + 1), np.int64)
    for each in movements:
        people = spread_of(each)
        passed[each.gate, minutes_of(each, each.arrive)] += people
        departed[each.zone, minutes_of(each, each.depart)] += people
    return np.cumsum(passed, axis=1), np.cumsum(departed, axis=1)


def _ceiling(setting: Setting, optimum: Optimum, schedule: Schedule, progress: Progress) -> Ceiling:
    case, city = setting.case, setting.city
    bounds = {}
    for i, end in enumerate(ENDS):
        progress("Finding the ceiling", i / 3)
        ways = setting.by_group
        if end != "best":
            ways = walkways_by_group(city, case.movement, case.groups, end=end)
            ways = riding(ways, setting.shuttles) if setting.shuttles else ways
        bounds[end] = ceiling_curve(
            ways, setting.gate, case.groups, getattr(city.zones, end), setting.steps,
            end=end, reserved=setting.reserved, shuttles=setting.shuttles, progress=progress,
        )  # fmt: skip
    curve = bounds["best"]
    for name, out in (("optimum", optimum.cumulative), ("schedule", schedule.cumulative)):
        if (out > curve).any():
            raise Defect(f"The {name} is above the ceiling.")
    low, best, high = (float(bounds[end][-1]) for end in ENDS)
    return Ceiling(LowBestHigh(low=min(low, best), best=best, high=max(high, best)), curve)
