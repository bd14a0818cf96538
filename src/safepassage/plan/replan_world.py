"""Lay out what a new plan may use from a minute on: hours, crossings, streets kept free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.base.window import Window
from safepassage.plan.blocks import blocks_of, closed_arcs, reserved_by, shut_crossings
from safepassage.plan.hazards import closed_for_hours
from safepassage.plan.hours import usable_hours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.plan.blocks import Reserved
    from safepassage.plan.gates import Gate
    from safepassage.plan.groups import Pace
    from safepassage.plan.hours import Hours
    from safepassage.plan.movement import Moving
    from safepassage.plan.setting import Setting
    from safepassage.plan.start import Start

__all__ = ["World", "world_from"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_EACH_MIN = 5
"""New instructions begin on a full five minutes of the clock."""


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Hold what is there from a minute on.

    Attributes
    ----------
    setting
        The plan's, with the hours, crossings and streets kept free as they are now.
    minute, first
        From which everything may change; from which on people at home may leave on a
        changed instruction.
    room
        What each crossing serves in each minute, (crossings, steps + 1).
    units
        To a person: 1, or 10 where a crossing serves part of a person, or a stream is told so.

    """

    setting: Setting
    minute: int
    first: int
    room: Floats
    units: int

    @property
    def steps(self) -> int:
        """Number the last minute."""
        return int(self.room.shape[1]) - 1

    @property
    def gate(self) -> Gate:
        """Give the crossings."""
        return self.setting.gate

    @property
    def reserved(self) -> tuple[Reserved, ...]:
        """Give what is kept free, and when."""
        return self.setting.reserved

    def closed(self, pace: Pace) -> Flags | None:
        """Tell when nobody may enter an arc of a group's network: (arcs, steps + 1)."""
        return closed_arcs(self.reserved, pace.rounded.transit, self.steps)


def world_from(
    setting: Setting, start: Start, told: Sequence[Moving], *, ignore_daylight: bool
) -> World:  # fmt: skip
    """Lay out what people may use from ``start`` on, ``told`` being what they were told.

    Raises
    ------
    InputError
        If the window's new hours cannot be used at all.

    """
    hours, opens = _hours(setting, start, ignore_daylight=ignore_daylight)
    steps = max(hours.usable.minutes - 1, start.minute)
    gate = _gate(setting.gate, start)
    now = setting
    if hours is not setting.hours or gate is not setting.gate:
        case, city = setting.case, setting.city
        blocks = blocks_of(case.corridors, hours, case.options)
        reserved = (
            *reserved_by(city, blocks, hours, gate.corridors),
            *closed_for_hours(city, hours, gate.nodes),
        )
        now = replace(setting, hours=hours, gate=gate, blocks=blocks, reserved=reserved)
    room = gate.per_min("best", steps)
    room[shut_crossings(now.reserved, len(room), steps)] = 0
    room[:, hours.usable.minutes :] = 0
    room[:, start.minute : max(opens, start.minute)] = 0
    for each in start.closed:
        row = gate.corridors.index(each.corridor)
        room[row, max(each.first, start.minute) : each.last] = 0
    streams = np.array([each.people_per_min for each in told])
    whole = _whole(room) and _whole(streams)
    begin, soonest = hours.usable.start.minute, start.minute + start.notice_min
    first = -(-(soonest + begin) // _EACH_MIN) * _EACH_MIN - begin if soonest else 0
    return World(now, start.minute, min(first, steps + 1), room, 1 if whole else 10)


def _whole(numbers: Floats) -> bool:
    return bool((np.abs(numbers - np.rint(numbers)) < 1e-6).all())


def _gate(gate: Gate, start: Start) -> Gate:
    """Put what crossings were found to serve in place of their figures."""
    if not start.rates:
        return gate
    found = {
        name: LowBestHigh(low=rate, best=rate, high=rate) for name, rate in start.rates.items()
    }
    rates = tuple(
        found.get(name, rate) for name, rate in zip(gate.corridors, gate.rates, strict=True)
    )
    return replace(gate, rates=rates)


def _hours(setting: Setting, start: Start, *, ignore_daylight: bool) -> tuple[Hours, int]:
    """Give the hours as they stand now on the plan's clock, and the minute they open at."""
    hours, window = setting.hours, start.window
    if window is None or window == hours.announced:
        return hours, 0
    begin, minute = hours.usable.start, timedelta(minutes=1)
    now = begin + start.minute * minute
    if window.end <= max(now, begin):  # called off, or over
        end = max(window.end, begin + minute)
        return replace(hours, announced=window, usable=Window(begin, end)), 0
    asked = usable_hours(
        window, setting.case.place,
        confirm_and_test_min=setting.case.options.confirm_and_test_min,
        ignore_daylight=ignore_daylight,
    )  # fmt: skip
    opens = int((asked.usable.start - begin) / minute)
    usable = Window(begin, max(asked.usable.end, begin + minute))
    return replace(asked, usable=usable), opens if opens > start.minute else 0
