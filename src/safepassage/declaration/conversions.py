"""Keep the hours that a text tells on two clocks, so that conversions can be compared."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Literal

from safepassage.declaration.clock import LOCAL
from safepassage.declaration.findings import STATED, Finding
from safepassage.declaration.model import Conversion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from safepassage.declaration.clock import Clock, Hours
    from safepassage.declaration.days import Clues

__all__ = ["find_conversions"]

Edge = Literal["start", "end"]


def find_conversions(clues: Sequence[Clues]) -> list[Finding[Conversion]]:
    """Give the ends of hours that are told on another zone's clock, each once."""
    found: dict[Conversion, Finding[Conversion]] = {}
    for clue in clues:
        for timed in clue.timed:
            for finding in _of(timed.hours):
                found.setdefault(finding.value, finding)
    return list(found.values())


def _of(hours: Hours) -> Iterator[Finding[Conversion]]:
    ends: dict[Edge, Clock | None] = {"start": hours.opens, "end": hours.closes}
    told = {edge: clock for edge, clock in ends.items() if clock is not None}
    if hours.restated and len(hours.restated) != len(told):
        return
    zone = next((c.zone for c in hours.restated if c.zone and c.zone != LOCAL), None)
    for index, (edge, clock) in enumerate(told.items()):
        again = hours.restated[index] if hours.restated else None
        foreign = clock.zone not in {None, LOCAL}
        here, there = (again, clock) if foreign else (clock, again)
        name = clock.zone if foreign else zone
        if there is None or name is None or (here is not None and here.zone not in {None, LOCAL}):
            continue
        local = None if here is None else _time(here)
        conversion = Conversion(edge=edge, local=local, other=_time(there), zone=name)
        clocks = [each for each in (here, there) if each is not None]
        start, end = min(c.start for c in clocks), max(c.end for c in clocks)
        yield Finding(conversion, start, end, STATED)


def _time(clock: Clock) -> time:
    return time(clock.minute // 60 % 24, clock.minute % 60)
