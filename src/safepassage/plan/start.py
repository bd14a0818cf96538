"""Hold where people are at a minute of the pause: what a new plan starts from.

Minutes are those of the usable hours of the plan that was followed, from 0; they stay the
same when the window is lengthened or cut short. People are counted in whole numbers, by
zone and group, and nobody is named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from safepassage.base.window import Window
    from safepassage.plan.movement import Moving

__all__ = ["NOTICE_MIN", "Closed", "Start", "open_until"]

Ints = NDArray[np.int64]

NOTICE_MIN = 15
"""Nobody at home is told to leave sooner than so many minutes after a new plan [minutes]: an
assumption. It takes that long to bring word to a neighbourhood."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Say that a crossing lets nobody pass from a minute until another; to the end if None."""

    corridor: str
    first: int
    last: int | None = None


def open_until(corridor: str, closed: Sequence[Closed], minute: int) -> int:
    """Give until when people passed a crossing: the minute given, or since when it is closed."""
    since = [
        each.first
        for each in closed
        if each.corridor == corridor and each.first < minute
        and (each.last is None or each.last > minute)
    ]  # fmt: skip
    return min([minute, *since])


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Hold where people are at ``minute``, and what has become of crossings and hours.

    Attributes
    ----------
    minute
        From which a new plan may decide; what lies before has happened.
    at_home
        People who have not left, shape (groups, zones).
    out
        People counted past each crossing of the plan, (crossings,).
    road
        Those who have left and not passed, each with the whole way they were told, from
        their zone on; who left together and will be at the crossing in the same minutes is one.
    closed
        Crossings that let nobody pass, and when; not named, a crossing is open as planned.
    rates
        People a minute that a crossing was found to serve in place of its figure in the case.
    window
        The announced hours as they stand now, in local time; as planned if None.
    notice_min
        Nobody at home leaves sooner than so long after ``minute`` on a changed instruction.
    as_planned
        Whether people are where the plan had them: nothing was counted, or just so.
    told
        How this was found, in sentences, for whoever reads the new plan.

    """

    minute: int
    at_home: Ints
    out: Ints
    road: tuple[Moving, ...] = ()
    closed: tuple[Closed, ...] = ()
    rates: Mapping[str, float] = field(default_factory=dict)
    window: Window | None = None
    notice_min: int = NOTICE_MIN
    as_planned: bool = True
    told: tuple[str, ...] = ()

    @property
    def on_road(self) -> int:
        """Count those who have left home and not passed: the exposed."""
        return sum(each.people for each in self.road)

    @property
    def people(self) -> int:
        """Count everybody: at home, on the road and out."""
        return int(self.at_home.sum()) + self.on_road + int(self.out.sum())

    def refuse_faults(self, shape: tuple[int, int], corridors: Sequence[str]) -> None:
        """Refuse numbers that cannot be, all of them together.

        Parameters
        ----------
        shape
            Groups and zones of the plan.
        corridors
            Its crossings.

        Raises
        ------
        InputError
            Naming each fault.

        """
        faults = [
            Fault(f"start.{name}", said, remedy)
            for name, wrong, said, remedy in (
                ("minute", self.minute < 0, f"is before the usable hours ({self.minute})",
                 "Before they begin plan anew, or start at minute 0."),
                ("at_home", self.at_home.shape != shape,
                 f"has shape {self.at_home.shape}, the plan has {shape}",
                 "Give one number for each group and zone."),
                ("at_home", bool((self.at_home < 0).any()), "holds a number below zero",
                 "Nobody can be missing at home."),
                ("out", self.out.shape != (len(corridors),) or bool((self.out < 0).any()),
                 f"is not one count for each of {len(corridors)} crossings",
                 "Give how many passed each."),
                ("notice_min", self.notice_min < 0, "is below zero", "Give minutes, or 0."),
            )
            if wrong
        ]  # fmt: skip
        faults += [
            Fault(f"start.closed[{i}]", f"names {each.corridor!r}, which the plan does not use",
                  f"It uses {', '.join(corridors)}.")
            if each.corridor not in corridors
            else Fault(f"start.closed[{i}]", "ends before it begins", "Give the later minute last.")
            for i, each in enumerate(self.closed)
            if each.corridor not in corridors or (each.last is not None and each.last < each.first)
        ]  # fmt: skip
        faults += [
            Fault(f"start.rates.{name}", f"is {rate:g} people a minute at a crossing of the plan"
                  if name in corridors else "names a crossing that the plan does not use",
                  "Give 0 or more, for crossings of the plan.")
            for name, rate in self.rates.items()
            if name not in corridors or not 0 <= rate < np.inf
        ]  # fmt: skip
        if faults:
            raise InputError(faults)

    def took(self) -> dict[str, Any]:
        """Give what it takes crossings and hours to be, to compare it with another."""
        return {
            "closed": [
                {"corridor": each.corridor, "first": max(each.first, 0), "last": each.last}
                for each in sorted(self.closed, key=lambda each: (each.corridor, each.first))
                if each.last is None or each.last > self.minute
            ],
            "rates": dict(sorted(self.rates.items())),
            "window": self.window.as_json() if self.window else None,
        }

    def as_json(self) -> dict[str, Any]:
        """Give it in numbers, as the new plan's document holds it."""
        return {
            "minute": self.minute,
            "at_home": int(self.at_home.sum()), "on_the_road": self.on_road,
            "out": int(self.out.sum()), "notice_min": self.notice_min,
            "as_planned": self.as_planned, "told": list(self.told),
        }  # fmt: skip
