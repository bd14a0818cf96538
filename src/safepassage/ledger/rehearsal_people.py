"""Let people come as in one replication of the forecast: who passed which crossing by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from safepassage.base.errors import InputError
from safepassage.forecast.behaviour import USUAL, Closure, draw, generator, habits_drawn
from safepassage.forecast.make import expected
from safepassage.forecast.simulate import simulate
from safepassage.forecast.world import world_of
from safepassage.ledger.events import StatusChanged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from safepassage.ledger.events import Event
    from safepassage.ledger.rehearsal_frame import LocalDay
    from safepassage.ledger.rehearsal_script import Script
    from safepassage.plan.model import Plan

__all__ = ["LEAST_SHARE", "Shut", "Walked", "closures_of", "walked"]

LEAST_SHARE: Final = 0.02
"""Share of the people inside who come where the forecast draws fewer: an assumption, so that
there is something to count."""


@dataclass(frozen=True, slots=True)
class Shut:
    """Hold that a crossing is closed, from when until when."""

    corridor: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """Hold what people did, at the end of each minute.

    Attributes
    ----------
    start
        The first minute, UTC.
    corridors
        Whose the crossings are.
    passed, reached
        People past each crossing, and people who have come to it, cumulative,
        (crossings, minutes).
    coming, inside
        People who set out if nothing stops them, of how many inside.
    share, drawn
        Their share that was asked for; whether the forecast drew it.

    """

    start: datetime
    corridors: tuple[str, ...]
    passed: NDArray[np.int64]
    reached: NDArray[np.int64]
    coming: int
    inside: int
    share: float
    drawn: bool

    @property
    def end(self) -> datetime:
        """Give the end of the last minute."""
        return self.start + timedelta(minutes=self.passed.shape[1])

    def by(self, moment: datetime, row: int, *, reached: bool = False) -> int:
        """Count who had passed a crossing, or come to it, by a moment."""
        minute = int((moment - self.start).total_seconds() // 60)
        curve = (self.reached if reached else self.passed)[row]
        return int(curve[min(minute, len(curve)) - 1]) if minute > 0 and len(curve) else 0


def closures_of(events: Iterable[Event], until: datetime) -> tuple[Shut, ...]:
    """List when injects hold which crossing closed; one that nobody reopens stays so."""
    shut: list[Shut] = []
    since: dict[str, datetime] = {}
    told = (each for each in events if isinstance(each, StatusChanged))
    for each in sorted(told, key=lambda event: event.happened_at):
        if each.state == "closed":
            since.setdefault(each.corridor, each.happened_at)
        elif each.state == "open" and each.corridor in since:
            shut.append(Shut(each.corridor, since.pop(each.corridor), each.happened_at))
    return (*shut, *(Shut(corridor, start, until) for corridor, start in since.items()))


def walked(
    plan: Plan, local: LocalDay, *, seed: int, script: Script, shut: Sequence[Shut] = ()
) -> Walked:
    """Simulate a plan's people once.

    Parameters
    ----------
    plan
        Whose waves people are told.
    local
        The clock that its hours are told by.
    seed
        The same seed, the same people.
    script
        Its share, and when the pause collapses.
    shut
        Crossings that close.

    Raises
    ------
    InputError
        If the pause collapses outside the usable hours.

    """
    start = local.utc(plan.hours.usable.start)
    world, rng = world_of(plan), generator(seed, 0)
    likely = float(expected(plan).uptake.sample(rng, 1)[0, 0])
    share = max(likely, LEAST_SHARE) if script.share is None else script.share
    habits = habits_drawn(USUAL, rng)
    drawn = draw(
        world, habits, rng, share=min(1.0, share),
        collapse=_collapse(script, local, start, world.minutes),
        closures=[
            Closure(world.corridors.index(each.corridor), *_span(each, start, world.minutes))
            for each in shut
            if each.corridor in world.corridors and each.start < each.end
        ],
    )  # fmt: skip
    found = simulate(world, drawn)
    return Walked(
        start=start, corridors=world.corridors, passed=found.passed,
        reached=np.maximum.accumulate(found.passed + found.queued, axis=1),
        coming=drawn.coming, inside=drawn.inside, share=share,
        drawn=script.share is None and share == likely,
    )  # fmt: skip


def _span(each: Shut, start: datetime, length: int) -> tuple[int, int]:
    first, last = (
        int(np.clip((moment - start).total_seconds() // 60, 0, length + 1))
        for moment in (each.start, each.end)
    )
    return first, max(last, first + 1)


def _collapse(script: Script, local: LocalDay, start: datetime, length: int) -> int | None:
    if not script.collapse:
        return None
    where = f"{script.where}: collapse"
    minute = int((local.at(script.collapse, where) - start).total_seconds() // 60)
    if not 0 <= minute < length:
        raise InputError.one(
            where,
            "is outside the hours in which people walk",
            f"They begin at {local.clock(start)} and last {length} minutes.",
        )
    return minute
