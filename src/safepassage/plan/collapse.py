"""Tell how an early collapse would leave people: out, on the road, at home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from safepassage.base.window import iso_minute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.plan.hours import Hours
    from safepassage.plan.model import Optimum, Schedule

__all__ = ["Whereabouts", "collapse_rows", "full_hours", "whereabouts"]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Count where people are at one moment: past the crossings, on the road, at home."""

    out: int
    on_the_road: int
    at_home: int

    def as_json(self) -> dict[str, int]:
        """Give the three counts."""
        return {"out": self.out, "on_the_road": self.on_the_road, "at_home": self.at_home}


def whereabouts(curves: Optimum | Schedule, minute: int, people: int) -> Whereabouts:
    """Tell where ``people`` are when ``minute`` minutes of the usable hours have passed."""
    if minute <= 0:
        return Whereabouts(0, 0, people)
    out, on_road = int(curves.cumulative[minute - 1]), int(curves.on_the_road[minute - 1])
    return Whereabouts(out, on_road, people - out - on_road)


def collapse_rows(
    hours: Hours, people: int, optimum: Optimum, schedule: Schedule
) -> list[dict[str, Any]]:
    """List, for every full hour, how collapse at it would leave the plan's people.

    The end of the usable hours is the last row. Those on the road are between their zone
    and the far side of a crossing; what becomes of them is not told here.
    """
    return [
        {
            "at": iso_minute(hours.usable.at(minute)), "minute": minute,
            "schedule": whereabouts(schedule, minute, people).as_json(),
            "optimum": whereabouts(optimum, minute, people).as_json(),
        }
        for minute in full_hours(hours.usable.start, hours.usable.minutes)
    ]  # fmt: skip


def full_hours(start: datetime, minutes: int) -> Sequence[int]:
    """Give the minutes at which full hours begin, and the last one."""
    first = (start + timedelta(minutes=59)).replace(minute=0, second=0, microsecond=0)
    offset = (first - start) // timedelta(minutes=1)
    return sorted({*(k for k in range(offset, minutes, 60) if k > 0), minutes})
