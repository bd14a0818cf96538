"""Make a plan from a case: hours, optimum, schedule, ceiling, limits, checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Defect, InputError
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.base.progress import Progress, silent
from safepassage.base.provenance import Source
from safepassage.base.window import Window
from safepassage.case import LoadedCase, load_case
from safepassage.city import build_city, city_inputs, located_case
from safepassage.declaration import conflicts, read_announcements, versions
from safepassage.flow.verify import verify
from safepassage.plan.blocks import blocks_of, reserved_by
from safepassage.plan.ceiling import ceiling_curve
from safepassage.plan.check import Checked, check_movements
from safepassage.plan.check_ground import check_ground
from safepassage.plan.groups import Gate, GroupFlow, people_by_group, solve_groups
from safepassage.plan.hazards import closed_for_hours
from safepassage.plan.hours import Hours, usable_hours
from safepassage.plan.limits import limits_over_time, not_moved
from safepassage.plan.model import Ceiling, Optimum, Plan, Schedule
from safepassage.plan.movement import Moving, minutes_of, of_optimum, spread_of
from safepassage.plan.schedule import schedule_waves
from safepassage.plan.walkways import ENDS, End, Walkways, walkways

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safepassage.city import City
    from safepassage.declaration import Declaration

__all__ = ["announced_window", "make_plan"]


def make_plan(
    case: str | LoadedCase,
    *,
    declarations: tuple[Declaration, ...] | None = None,
    city: City | None = None,
    ignore_daylight: bool = False,
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
    progress
        Told of each stage.

    Raises
    ------
    InputError
        If the case cannot be planned; every reason named.
    Defect
        If a result fails its check: nothing is returned then.

    """
    loaded = load_case(case) if isinstance(case, str) else case
    progress("Reading the announcement")
    if declarations is None:
        declarations = read_announcements([loaded.path(each) for each in loaded.case.announcements])
    loaded = located_case(loaded, progress=progress)
    options = loaded.case.options
    hours = usable_hours(
        announced_window(loaded, declarations), loaded.case.place,
        confirm_and_test_min=options.confirm_and_test_min,
        ignore_daylight=ignore_daylight or options.ignore_daylight,
    )  # fmt: skip
    if city is None:
        progress("Laying out the city")
        city = build_city(loaded, progress=progress)
    return _Planner(loaded, declarations, city, hours, progress).plan()


def announced_window(loaded: LoadedCase, declarations: tuple[Declaration, ...]) -> Window:
    """Take the window from the case, else from the first declaration that states one.

    Texts that extend or change another count as the latest of them has it.

    Raises
    ------
    InputError
        If nobody states a window, or a text calls the pause off.

    """
    if loaded.case.window:
        return Window(loaded.case.window.start, loaded.case.window.end)
    pauses = versions(declarations)
    for pause in pauses:
        if pause.called_off:
            raise InputError.one(
                pause.texts[-1].text_name, "calls the pause off",
                "To plan it all the same, give [window] start and end in case.toml.",
            )  # fmt: skip
    for pause in pauses:
        if pause.declaration.windows:
            first = pause.declaration.windows[0]
            return Window(first.start, first.end)
    raise InputError.one(
        "window", "is stated neither by the case nor by its announcements",
        "Give [window] start and end in case.toml.",
    )  # fmt: skip


_CHEAP_CELLS = 500_000_000
"""Arcs × minutes², up to which the cut of every minute is added up; a second or two."""


class _Planner:
    """Carry the pieces of one plan from stage to stage."""

    def __init__(
        self, loaded: LoadedCase, declarations: tuple[Declaration, ...], city: City,
        hours: Hours, progress: Progress,
    ) -> None:  # fmt: skip
        self.loaded, self.declarations, self.city = loaded, declarations, city
        self.hours, self.progress = hours, progress
        case = loaded.case
        self.steps = hours.steps
        self.ways = walkways(city, case.movement)
        self.gate = _gate(loaded, city)
        self.blocks = blocks_of(case.corridors, hours, case.options)
        self.reserved = (
            *reserved_by(city, self.blocks, hours, self.gate.corridors),
            *closed_for_hours(city, hours, self.gate.nodes),
        )
        self.supply = people_by_group(city.zones.best, case.groups)

    def plan(self) -> Plan:
        case = self.loaded.case
        flows = solve_groups(
            self.ways, self.gate, case.groups, self.supply, self.steps,
            reserved=self.reserved, progress=self.progress,
        )  # fmt: skip
        optimum = self._optimum(flows)
        self.progress("Making the schedule")
        schedule = self._schedule(flows)
        ceiling = self._ceiling(optimum, schedule)
        self.progress("Naming the limits")
        texts = tuple(Source(d.text_name, d.text_sha256) for d in self.declarations)
        return Plan(
            case=case, declarations=self.declarations, conflicts=conflicts(self.declarations),
            city=self.city, hours=self.hours, ways=self.ways, gate=self.gate, blocks=self.blocks,
            ceiling=ceiling, optimum=optimum, schedule=schedule,
            limits=limits_over_time(
                self.ways, self.gate, flows, self.steps + 1, reserved=self.reserved),
            not_moved=not_moved(self.ways, self.gate, flows, self.steps, reserved=self.reserved),
            inputs=(*self.loaded.inputs, *texts, *city_inputs(self.loaded)),
        )  # fmt: skip

    def _check(self, movements: list[Moving]) -> Checked:
        check_ground(movements, self.ways, self.city, self.hours)
        return check_movements(
            movements, self.ways,
            speeds_m_per_s=[group.speed_m_per_s.best for group in self.loaded.case.groups],
            supply=self.supply, gate_nodes=self.gate.nodes,
            people_per_min=np.array([rate.best for rate in self.gate.rates]),
            minutes=self.steps + 1, reserved=self.reserved,
        )  # fmt: skip

    def _optimum(self, flows: tuple[GroupFlow, ...]) -> Optimum:
        self.progress("Checking the optimum")
        certified = 0
        cells = len(self.ways.tail) * (self.steps + 1) ** 2
        every = 1 if cells <= _CHEAP_CELLS else 15
        steps = tuple(sorted({*range(0, self.steps + 1, every), self.steps}))
        for flow in flows:
            verify(flow.arrival, cuts=steps)
            certified = len(steps)
        movements = of_optimum(self.ways, self.gate, flows)
        checked = self._check(movements)
        passed, departed = self._counts(movements)
        cumulative = np.cumsum(sum(flow.arrival.arrivals for flow in flows))
        if not np.array_equal(passed.sum(axis=0), cumulative):
            raise Defect("The optimum's routes do not add up to its arrivals.")
        out = np.zeros(len(self.city.zones), np.int64)
        for each in movements:
            out[each.zone] += each.people
        return Optimum(
            flows=flows, cumulative=cumulative,
            on_the_road=departed.sum(axis=0) - cumulative, passed=passed, out_by_zone=out,
            certified=certified, checked=checked,
        )  # fmt: skip

    def _schedule(self, flows: tuple[GroupFlow, ...]) -> Schedule:
        waves = schedule_waves(
            self.ways, self.gate, flows, self.steps, self.loaded.case.options.slot_min,
            reserved=self.reserved,
        )  # fmt: skip
        checked = self._check(waves)
        passed, departed = self._counts(waves)
        cumulative = passed.sum(axis=0)
        waves.sort(key=lambda wave: (wave.depart, wave.zone, wave.group))
        return Schedule(
            waves=tuple(waves), cumulative=cumulative,
            on_the_road=departed.sum(axis=0) - cumulative, passed=passed, departed=departed,
            checked=checked,
        )  # fmt: skip

    def _counts(self, movements: list[Moving]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Count, cumulative by the minute, who passed each crossing and who left each zone."""
        passed = np.zeros((len(self.gate.nodes), self.steps + 1), np.int64)
        departed = np.zeros((len(self.city.zones), self.steps + 1), np.int64)
        for each in movements:
            people = spread_of(each)
            passed[each.gate, minutes_of(each, each.arrive)] += people
            departed[each.zone, minutes_of(each, each.depart)] += people
        return np.cumsum(passed, axis=1), np.cumsum(departed, axis=1)

    def _ceiling(self, optimum: Optimum, schedule: Schedule) -> Ceiling:
        case, zones = self.loaded.case, self.city.zones
        totals = {}
        curve = np.zeros(self.steps + 1, np.int64)
        for i, end in enumerate(ENDS):
            self.progress("Finding the ceiling", i / 3)
            bound = ceiling_curve(
                self._ways_at(end), self.gate, case.groups, getattr(zones, end), self.steps,
                end=end, reserved=self.reserved, progress=self.progress,
            )  # fmt: skip
            if end == "best":
                curve = bound
            totals[end] = float(bound[-1])
        for name, out in (("optimum", optimum.cumulative), ("schedule", schedule.cumulative)):
            if (out > curve).any():
                raise Defect(f"The {name} is above the ceiling.")
        low, best = min(totals["low"], totals["best"]), totals["best"]
        high = max(totals["high"], best)
        return Ceiling(LowBestHigh(low=low, best=best, high=high), curve)

    def _ways_at(self, end: End) -> Walkways:
        if end == "best":
            return self.ways
        return walkways(self.city, self.loaded.case.movement, end=end)


def _gate(loaded: LoadedCase, city: City) -> Gate:
    """Take the crossings civilians may use."""
    corridors = {c.id: c for c in loaded.case.corridors if c.users == "civilian"}
    found = [
        (crossing.node, crossing.corridor, rate)
        for crossing in city.crossings
        if crossing.corridor in corridors
        and (rate := corridors[crossing.corridor].people_per_min) is not None
    ]
    if not found:
        raise InputError.one(
            "corridors", "hold no civilian corridor with a position: nothing can be planned",
            "Give one a position in case.toml, marked `assumed = true` if no source states it.",
        )  # fmt: skip
    return Gate(
        np.array([node for node, _, _ in found], np.int64),
        tuple(name for _, name, _ in found), tuple(rate for _, _, rate in found),
    )  # fmt: skip
