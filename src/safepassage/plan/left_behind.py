"""Account for everybody who is not moved, and find the smallest change that would move them.

A change is for the people of one zone and group alone, from walking time, hours, rates and
closures of the plan itself. What it is worth for everybody only a new solve can tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.phrases import duration, listed
from safepassage.plan.blocks import shut_crossings
from safepassage.plan.left_change import (
    LIMITS,
    MORE_MIN,
    Chance,
    Change,
    Extra,
    light_beside,
    smallest_changes,
)
from safepassage.plan.limits import usable_arcs
from safepassage.plan.movement import minutes_of, spread_of
from safepassage.plan.routes import routes_to_gates
from safepassage.plan.shuttles import departures

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from safepassage.plan.groups import GroupFlow
    from safepassage.plan.limits import Left
    from safepassage.plan.movement import Moving
    from safepassage.plan.routes import Way
    from safepassage.plan.setting import Setting

    Floats = NDArray[np.float64]

__all__ = ["ALONE", "Change", "LeftBehind", "left_behind"]

ALONE = (
    "Each change is the smallest for these people alone, worked out from this plan's walking "
    "times, hours, rates and closures, added to its waves as they stand; with these laid anew a "
    "little less may be enough. Changes do not add up, and another limit may stand right "
    "behind one. What a change is worth for everybody, safepassage ask proves by solving anew. "
    + LIMITS
)

_FIXED = frozenset({"excluded", "no corridor open", "way closed", "too far"})
"""Reasons that hold however others move."""

_CROSSINGS = 6
"""Crossings, the nearest ones, at which a change is looked for."""

_FAR = 1_000_000
"""Steps that a closed street counts in the search for the way with the fewest of them."""


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Count one group's people of one zone whom a plan does not move.

    ``people`` is how many there are to move; reasons are empty where nobody is left.
    ``changes`` are alternatives, the first the smallest, for those the schedule leaves.
    """

    zone: int
    group: int
    people: int
    by_schedule: int
    schedule_reason: str
    by_optimum: int
    optimum_reason: str
    changes: tuple[Change, ...]


def left_behind(
    setting: Setting, flows: tuple[GroupFlow, ...], waves: Sequence[Moving], left: Iterable[Left]
) -> tuple[LeftBehind, ...]:
    """Account for everybody whom the schedule or the optimum leaves, by zone and group.

    Parameters
    ----------
    setting, flows
        What was solved, and each group's exact plan.
    waves
        The schedule.
    left
        Whom the exact plan leaves, as ``left_by_zone`` gives them.

    """
    by_optimum = {(each.group, each.zone): each for each in left}
    moved = np.zeros_like(setting.supply)
    for wave in waves:
        moved[wave.group, wave.zone] += wave.people
    ground = _Ground(setting, tuple(waves))
    found = []
    for g, flow in enumerate(flows):
        behind = _Behind(ground, flow, g)
        for zone in flow.zones.tolist():
            optimum = by_optimum.get((g, zone))
            missing = int(setting.supply[g, zone] - moved[g, zone])
            if not missing and optimum is None:
                continue
            fixed = optimum.reason if optimum and optimum.reason in _FIXED else ""
            reason = (fixed or behind.reason(zone, missing)) if missing else ""
            found.append(
                LeftBehind(
                    zone, g, int(setting.supply[g, zone]), missing, reason,
                    optimum.people if optimum else 0, optimum.reason if optimum else "",
                    behind.changes(zone, missing, reason) if missing else (),
                )
            )  # fmt: skip
    return tuple(found)


@dataclass
class _Ground:
    """Hold what the schedule leaves of crossings and streets."""

    setting: Setting
    waves: tuple[Moving, ...]
    served: Floats = field(init=False)
    free: Floats = field(init=False)
    to_receive: Floats = field(init=False)

    def __post_init__(self) -> None:
        setting = self.setting
        gate, steps = setting.gate, setting.steps
        self.served = gate.per_min("best", steps)
        self.served[shut_crossings(setting.reserved, len(gate.nodes), steps)] = 0
        passed = np.zeros_like(self.served)
        for wave in self.waves:
            passed[wave.gate, minutes_of(wave, wave.arrive)] += spread_of(wave)
        self.free = np.maximum(self.served - passed, 0)
        self.to_receive = gate.received("best") - passed.sum(axis=1)

    @cached_property
    def used(self) -> dict[int, Floats]:
        """Give, for each arc that waves use, the share of it in use by the minute."""
        found: dict[int, Floats] = {}
        for wave in self.waves:
            rate = self.setting.by_group[wave.group].people_per_min
            for arc, enter in zip(wave.arcs, wave.enter, strict=True):
                share = found.setdefault(arc, np.zeros(self.setting.steps + 2))
                first = int(enter + 1e-9)
                share[first : first + wave.lasting + 1] += wave.people_per_min / rate[arc]
        return found

    @cached_property
    def light(self) -> Extra:
        """Count the minutes that longer hours would add."""
        return light_beside(self.setting.case, self.setting.hours)

    def name(self, crossing: int) -> str:
        """Give the name of a crossing's corridor."""
        wanted = self.setting.gate.corridors[crossing]
        return next(each.name for each in self.setting.case.corridors if each.id == wanted)


@dataclass
class _Behind:
    """Explain whom the schedule leaves of one group."""

    ground: _Ground
    flow: GroupFlow
    number: int

    @cached_property
    def open_arcs(self) -> NDArray[np.bool_]:
        usable = usable_arcs(self.flow, self.ground.setting.reserved).any(axis=1)
        return np.asarray(usable & ~self.flow.ways.closed)

    @cached_property
    def ways(self) -> dict[int, dict[int, Way]]:
        """Give each zone's quickest way to each crossing open to the group."""
        return routes_to_gates(self.ground.setting.gate, self.flow, self.open_arcs)

    @cached_property
    def lifted(self) -> dict[int, dict[int, Way]]:
        """Give the ways with the fewest closed streets, if these were open."""
        rounded = self.flow.rounded
        far = replace(rounded, transit=rounded.transit + np.where(self.open_arcs, 0, _FAR))
        flow = replace(self.flow, rounded=far)
        every = np.ones(len(self.open_arcs), bool)
        return routes_to_gates(self.ground.setting.gate, flow, every)

    def proposed(self, zone: int) -> Way:
        """Give the way to the crossing that the schedule sends the zone to, else the nearest."""
        options = self.ways[zone]
        for wave in self.ground.waves:
            if (wave.group, wave.zone) == (self.number, zone) and wave.gate in options:
                return options[wave.gate]
        return min(options.values(), key=lambda way: (way.walk, way.gate))

    def reason(self, zone: int, people: int) -> str:
        """Say why the schedule leaves people whom others' moving keeps back."""
        way, ground = self.proposed(zone), self.ground
        if self._beyond_longest(zone):
            return "longest walk"
        if ground.to_receive[way.gate] < people:
            return "reception full"
        if ground.free[way.gate, way.walk :].sum() < people:
            return "crossing full"
        if self.flow.shuttles:
            return "seats full"
        return "streets full" if self._room(way) < people else "slots"

    def _beyond_longest(self, zone: int) -> bool:
        """Tell whether every way is longer than the case lets anybody be told."""
        longest = self.ground.setting.case.options.longest_walk_min
        nearest = min(way.walk for way in self.ways[zone].values())
        return longest is not None and not self.flow.shuttles and nearest > longest

    def _room(self, way: Way) -> float:
        """Count who could still set out along a way, streets and crossing as they are left."""
        leaving = np.arange(self.ground.setting.steps + 1 - way.walk)
        room = self.ground.free[way.gate, leaving + way.walk]
        capacity = self.flow.ways.people_per_min
        for arc, after in zip(way.arcs.tolist(), way.after.tolist(), strict=True):
            if arc in self.ground.used:
                left = np.maximum(1 - self.ground.used[arc][leaving + after], 0)
                room = np.minimum(room, left * capacity[arc])
        return float(np.floor(room + 1e-9).sum())

    def changes(  # noqa: PLR0911 - one reason, one answer
        self, zone: int, people: int, reason: str
    ) -> tuple[Change, ...]:
        """Find the smallest changes that would move people of a zone, as alternatives."""
        setting = self.ground.setting
        if reason == "excluded":
            return (Change("rule", None, "", f"Another rule: {setting.excluded[self.number]}."),)
        if reason == "no corridor open":
            text = f"A crossing on this side that {self.flow.group.name.lower()} can reach."
            return (Change("crossing", 1, "", text),)
        if reason == "way closed":
            return self._cleared(zone, people)
        ways = self.ways[zone]
        if reason == "too far":
            return smallest_changes(self._chances(ways), people, self.ground.light)
        if reason == "longest walk":
            least = min(way.walk for way in ways.values())
            allowed = duration(setting.case.options.longest_walk_min or 0)
            text = f"A way of {duration(least)}, where the case allows {allowed} at most."
            return (Change("rule", least, "", text),)
        if reason == "reception full":
            gate = self.proposed(zone).gate
            text = f"Room for {people:,} more people beyond {self.ground.name(gate)}."
            return (Change("reception", people, setting.gate.corridors[gate], text),)
        if reason == "seats full":
            return self._buses(zone, people)
        there = self._elsewhere(ways, self.proposed(zone).gate, people)
        found = smallest_changes(self._chances(ways), people, self.ground.light)
        if there:  # it needs nothing; what would move a part of them is not worth telling then
            return (there, *(each for each in found if each.kind != "part"))
        return found

    def _elsewhere(self, ways: dict[int, Way], own: int, people: int) -> Change | None:
        """Name a crossing that this schedule leaves enough room at."""
        ground = self.ground
        fit = [
            way
            for e, way in ways.items()
            if e != own and way.walk <= ground.setting.steps
            and min(ground.free[e, way.walk :].sum(), ground.to_receive[e]) >= people
        ]  # fmt: skip
        if not fit:
            return None
        way = min(fit, key=lambda way: (way.walk, way.gate))
        text = f"{ground.name(way.gate)} instead: in this schedule it has room left for them."
        return Change("corridor", None, ground.setting.gate.corridors[way.gate], text, people)

    def _chances(self, ways: dict[int, Way]) -> list[Chance]:
        """Say what is left on the ways to the nearest crossings."""
        near = sorted(ways.values(), key=lambda way: (way.walk, way.gate))[:_CROSSINGS]
        return [self._chance(way) for way in near]

    def _chance(self, way: Way) -> Chance:
        ground, gate = self.ground, self.ground.setting.gate
        e, usable = way.gate, self.ground.setting.steps + 1
        corridor = next(c for c in ground.setting.case.corridors if c.id == gate.corridors[e])
        lane = corridor.people_per_min_per_lane
        passes = np.arange(-MORE_MIN, usable + 2 * MORE_MIN)
        capacity = self.flow.ways.people_per_min[way.arcs]
        street = np.full(len(passes), capacity.min(initial=np.inf))
        for arc, after, fits in zip(way.arcs.tolist(), way.after.tolist(), capacity, strict=True):
            if arc in ground.used:
                used, at = ground.used[arc], passes - way.walk + after
                there = (at >= 0) & (at < len(used))
                left = fits * np.maximum(1 - used[at[there]], 0)
                street[there] = np.minimum(street[there], left)
        return Chance(
            corridor.id, corridor.name, way.walk, usable, ground.served[e], ground.free[e], street,
            beyond=gate.beyond[e][1] if gate.beyond else np.inf,
            lane=lane.best if lane else 0.0, lanes=corridor.lanes if lane and lane.best else 0,
            received=ground.to_receive[e],
        )  # fmt: skip

    def _buses(self, zone: int, people: int) -> tuple[Change, ...]:
        """Count the buses more that would take them all; no more than there are already."""
        setting, way = self.ground.setting, self.proposed(zone)
        for line in self.flow.shuttles.lines if self.flow.shuttles else ():
            if line.ride not in way.arcs:
                continue
            each = next(shuttle for shuttle in setting.case.shuttles if shuttle.id == line.id)
            seats = [
                (more, (departures(each, line, setting.steps + 1, more) - len(line.departs_min))
                 * line.seats[1])
                for more in range(1, each.fleet + 1)
            ]  # fmt: skip
            more, taken = next((b for b in seats if b[1] >= people), seats[-1])
            said = f"{more:,} more bus{'es' if more > 1 else ''} on {line.name}"
            if taken >= people:
                return (Change("buses", more, line.id, f"{said}.", people),)
            text = f"Nothing within these limits seats all of them; {said} seat {taken:,}."
            return (Change("part", taken, line.id, text, taken),)
        return (Change("part", 0, "", "No bus goes their way.", 0),)

    def _cleared(self, zone: int, people: int) -> tuple[Change, ...]:
        """Name what closes the way with the fewest closed streets, and what more it needs."""
        setting, city = self.ground.setting, self.ground.setting.city
        way = min(self.lifted[zone].values(), key=lambda way: (way.walk, way.gate))
        is_open = self.open_arcs[way.arcs]
        shut = self.flow.ways.street[way.arcs[~is_open]]
        shut = shut[shut >= 0]
        hazards = [
            each
            for each in city.hazards
            if each.effect != "narrowed" and not each.overridden and each.taken[shut].any()
        ]
        said = [
            f"a dated, named source that clears {each.name}"
            if each.effect == "not cleared"
            else f"a way past {each.name}, which is closed"
            for each in hazards
        ]
        kept = any(each.streets[shut[shut < len(each.streets)]].any() for each in setting.reserved)
        if kept and not any(each.hours for each in hazards):
            said.append("hours in which streets on the way are not kept free for armed groups")
        walk = int(self.flow.rounded.transit[way.arcs].sum())
        # what the shut ones carry nobody can tell
        there = replace(way, arcs=way.arcs[is_open], after=way.after[is_open], walk=walk)
        if walk > self.ground.setting.steps:
            (more, *_) = smallest_changes([self._chance(there)], people, self.ground.light)
            said.append(more.text[:1].lower() + more.text[1:].rstrip("."))
        text = listed(said or ["a street that these people can use"])
        names = listed(each.name for each in hazards)
        return (Change("clear", len(hazards), names, f"{text[:1].upper()}{text[1:]}."),)
