"""Sweep safety against speed: how far from the front, how long on the road, how many out.

Each point is a schedule made anew for a setback and a longest walk. No point is best by
itself; of those that no other beats in all three, people choose.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import InputError
from safepassage.base.progress import Progress, silent
from safepassage.city.hazards import lay_hazards
from safepassage.plan.schedule import scheduled
from safepassage.plan.setting import Setting, settle, solve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.case import Case, LoadedCase
    from safepassage.city import City
    from safepassage.plan.groups import GroupFlow
    from safepassage.plan.hours import Hours
    from safepassage.plan.movement import Moving

    Solved = tuple[Setting, tuple[GroupFlow, ...]]

__all__ = ["SETBACKS_M", "SHARES_OF_LONGEST", "Point", "Sweep", "at_setback", "sweep"]

SETBACKS_M = (0, 50, 100, 200, 300, 500, 1000)
"""Distances to keep from front lines and from armed groups' corridors [metres]."""

SHARES_OF_LONGEST = (0.25, 0.5, 0.75)
"""Longest walks to try, as shares of the longest walk in the plan in use."""

_ROUND_MIN = 5


@dataclass(frozen=True, slots=True)
class Point:
    """Hold one schedule of the sweep.

    ``out`` people past the crossings at closing; ``longest_min`` and ``mean_min`` on the road
    of those who go; ``walk_limit_min`` the longest walk that was allowed, None for any.
    ``beaten``: another point has as many out, as short a longest walk and as wide a setback,
    and more of one of them.
    """

    setback_m: float
    walk_limit_min: int | None
    out: int
    longest_min: int
    mean_min: float
    in_use: bool = False
    beaten: bool = False


@dataclass(frozen=True, slots=True)
class Sweep:
    """Hold the points of a sweep, the one in use among them."""

    of: tuple[str, ...]
    """What the setback is kept from: front lines, armed groups' corridors, or nothing."""
    points: tuple[Point, ...]

    def as_json(self) -> dict[str, Any]:
        """Give it as ``plan.json`` holds it under ``safety``."""
        return {
            "setback_from": list(self.of),
            "points": [
                {
                    "setback_m": each.setback_m, "walk_limit_min": each.walk_limit_min,
                    "out": each.out, "longest_min": each.longest_min,
                    "mean_min": round(each.mean_min, 1), "in_use": each.in_use,
                    "beaten": each.beaten,
                }
                for each in self.points
            ],
        }  # fmt: skip


def sweep(
    loaded: LoadedCase, city: City, hours: Hours, waves: Sequence[Moving],
    *, solved: Solved | None = None, progress: Progress = silent,
) -> Sweep:  # fmt: skip
    """Make schedules for other setbacks and longest walks.

    Parameters
    ----------
    loaded, city, hours
        What the plan was made for.
    waves
        Its schedule.
    solved
        What it was solved on, and its flows: at the setback in use nothing is solved anew.

    """
    case = loaded.case
    kept_from = _kept_from(case)
    used = _setback(case)
    limit = case.options.longest_walk_min
    in_use = replace(_point(waves, used, limit), in_use=True)
    setbacks = sorted({*SETBACKS_M, used}) if kept_from else [used]
    shorter = {
        max(_ROUND_MIN, round(in_use.longest_min * part / _ROUND_MIN) * _ROUND_MIN)
        for part in SHARES_OF_LONGEST
    }
    limits = [None, *sorted(shorter | ({limit} if limit else set()))]
    points = [in_use]
    for i, setback in enumerate(setbacks):
        progress("Weighing safety against speed", i / len(setbacks))
        points += _at(loaded, city, hours, setback, limits, skip=(used, limit), solved=solved)
    return Sweep(kept_from, tuple(_beaten(points)))


def _kept_from(case: Case) -> tuple[str, ...]:
    armed = any(each.users == "armed" and each.position for each in case.corridors)
    fronts = bool(case.front_lines)
    return ("front lines",) * fronts + ("corridors for armed groups",) * armed


def _setback(case: Case) -> float:
    """Give the setback in use: that of front lines where there are any, the widest."""
    if case.front_lines:
        return max(each.setback_m for each in case.front_lines)
    return case.options.setback_m


def at_setback(loaded: LoadedCase, city: City, setback_m: float) -> tuple[LoadedCase, City]:
    """Give a case and its city with another setback from front lines and armed corridors.

    What is not cleared stays so; a setback wider than that ground closes more.
    """
    case = loaded.case
    fronts = tuple(
        each.model_copy(
            update={
                "setback_m": setback_m, "not_cleared_m": max(each.not_cleared_m, setback_m)
            }
        )
        for each in case.front_lines
    )  # fmt: skip
    options = case.options.model_copy(update={"setback_m": setback_m})
    changed = replace(
        loaded, case=case.model_copy(update={"front_lines": fronts, "options": options})
    )
    if not fronts:
        return changed, city
    hazards, cleared = lay_hazards(changed, city.streets)
    return changed, replace(city, hazards=hazards, cleared=cleared)


def _at(
    loaded: LoadedCase, city: City, hours: Hours, setback: float, limits: Sequence[int | None],
    *, skip: tuple[float, int | None], solved: Solved | None,
) -> list[Point]:  # fmt: skip
    """Make a schedule for each longest walk at one setback; nobody moves where nothing is open."""
    wanted = [limit for limit in limits if (setback, limit) != skip]
    changed, there = at_setback(loaded, city, setback)
    if solved is None or changed.case != loaded.case:
        try:
            setting = settle(changed.case, there, hours)
        except InputError:
            return [Point(setback, limit, 0, 0, 0.0) for limit in wanted]
        solved = setting, solve(setting)
    setting, flows = solved
    return [_point(scheduled(_limited(setting, limit), flows), setback, limit) for limit in wanted]


def _limited(setting: Setting, limit: int | None) -> Setting:
    options = setting.case.options.model_copy(update={"longest_walk_min": limit})
    return replace(setting, case=setting.case.model_copy(update={"options": options}))


def _point(waves: Sequence[Moving], setback: float, limit: int | None) -> Point:
    walks = [(round(each.arrive - each.depart, 3), each.people) for each in waves]
    people = sum(n for _, n in walks)
    mean = sum(minutes * n for minutes, n in walks) / people if people else 0.0
    longest = max((minutes for minutes, _ in walks), default=0.0)
    return Point(setback, limit, people, round(longest), mean)


def _beaten(points: Sequence[Point]) -> list[Point]:
    """Mark each point that another beats; of equal ones the one in use, or the first, stands."""

    def better(one: Point, other: Point) -> bool:
        a = (one.out, -one.longest_min, one.setback_m)
        b = (other.out, -other.longest_min, other.setback_m)
        return a != b and all(x >= y for x, y in zip(a, b, strict=True))

    return [replace(each, beaten=any(better(other, each) for other in points)) for each in points]
