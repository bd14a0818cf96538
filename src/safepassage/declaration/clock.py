"""Hold what a text says of hours, before they are tied to days."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DAY_MIN", "LOCAL", "Clock", "Hours", "Length"]

DAY_MIN = 24 * 60
LOCAL = "local"
"""Zone of a clock that the text calls local time."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Hold one time of day: minutes after midnight, and the zone where it is named.

    ``zone`` is an IANA name, ``UTC+03:00``, ``LOCAL``, or ``None`` where none is given.
    ``inferred`` tells that morning or evening was taken from the other end of the hours.
    """

    start: int
    end: int
    minute: int
    zone: str | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """Hold hours from one clock to another; one of the two may be missing.

    ``restated`` holds the same hours told on another zone's clock, in brackets.
    ``prolongs`` marks hours that lengthen a window announced before: only their end counts.
    ``departs`` marks a time at which people set out, which opens passage where nothing else does.
    """

    start: int
    end: int
    opens: Clock | None
    closes: Clock | None
    restated: tuple[Clock, ...] = ()
    prolongs: bool = False
    departs: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """Hold how long something lasts [minutes], and whole months instead where it counts those."""

    start: int
    end: int
    minutes: int
    months: int = 0
