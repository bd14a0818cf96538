"""Draw what people do: how many set out together, when, which way, and what they know.

Nothing here is measured in a pause like the one at hand. Each figure is an interval with a
source, or an assumption that says so; replications draw from the whole of it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Fault, InputError
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.forecast.kernel_simulate import BACK, NEARER, ON
from safepassage.forecast.world import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.forecast.world import World

__all__ = [
    "AS_TOLD",
    "USUAL",
    "Behaviour",
    "Closure",
    "Draws",
    "Habits",
    "draw",
    "generator",
    "habits_drawn",
    "triangle",
]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LARGEST_HOUSEHOLD: Final = 12
"""People who set out together at most; larger families walk in parts: an assumption."""


_SHARES: Final = (
    "on_schedule", "uncalled", "early", "late", "nearest", "slow", "fast", "turn_back", "go_on",
)  # fmt: skip


def _range(low: float, best: float, high: float, source: str = "") -> LowBestHigh:
    return LowBestHigh(low=low, best=best, high=high, source=source)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Hold what people may do, as intervals; without a source a figure is an assumption.

    Attributes
    ----------
    household
        People who set out together, on average.
    on_schedule
        Share of households that leave by their wave, give or take; the rest of those who
        come leave at a minute of their own.
    uncalled
        Share that come although the schedule has no place for them, at a minute of their own:
        a corridor that is announced is open to all.
    early, early_min
        Share of the first that leave before their wave, and by how much on average [min].
    late, late_min
        Share that leave after it, and by how much on average [min].
    nearest
        Share that go to the nearest crossing whatever they were told.
    slow, fast
        Shares that walk at the low and at the high speed of their group.
    information_min
        Mean time until a household knows that a crossing closed, or the pause collapsed [min].
    turn_back, go_on
        Shares of those on the road at a collapse that turn back and that go on; the rest do
        what is nearer.

    """

    household: LowBestHigh
    on_schedule: LowBestHigh
    uncalled: LowBestHigh
    early: LowBestHigh
    early_min: LowBestHigh
    late: LowBestHigh
    late_min: LowBestHigh
    nearest: LowBestHigh
    slow: LowBestHigh
    fast: LowBestHigh
    information_min: LowBestHigh
    turn_back: LowBestHigh
    go_on: LowBestHigh

    def __post_init__(self) -> None:
        """Refuse shares outside 0 to 1, and shares of one whole that pass it together."""
        for name in _SHARES:
            number: LowBestHigh = getattr(self, name)
            if not 0 <= number.low <= number.high <= 1:
                raise InputError.one(name, "is no share", "Give numbers from 0 to 1.")
        for name in ("early_min", "late_min", "information_min"):
            if getattr(self, name).low < 0:
                raise InputError.one(name, "is below 0", "Give minutes.")
        if not 1 <= self.household.low <= self.household.high <= LARGEST_HOUSEHOLD:
            raise InputError.one(
                "household", "is no size of a household", f"Give 1 to {LARGEST_HOUSEHOLD} people."
            )
        for one, other in (("early", "late"), ("slow", "fast"), ("turn_back", "go_on")):
            if getattr(self, one).high + getattr(self, other).high > 1 + 1e-9:
                raise InputError.one(
                    f"{one}, {other}", "pass 1 together", "Lower the high figure of one."
                )


USUAL: Final = Behaviour(
    household=_range(4, 5, 6),
    on_schedule=_range(0.5, 0.75, 0.95),
    uncalled=_range(0.5, 0.85, 1.0),
    early=_range(0.05, 0.15, 0.3),
    early_min=_range(10, 20, 40),
    late=_range(0.2, 0.4, 0.6),
    late_min=_range(15, 30, 90),
    nearest=_range(0.05, 0.2, 0.5),
    slow=_range(0.1, 0.25, 0.4),
    fast=_range(0.05, 0.15, 0.3),
    information_min=_range(5, 15, 45),
    turn_back=_range(0.1, 0.35, 0.7),
    go_on=_range(0.05, 0.15, 0.25),
)
"""What is assumed where nothing better is known: every figure is an assumption. Five people to a
household is what aid agencies commonly plan with."""


@dataclass(frozen=True, slots=True)
class Habits:
    """Hold one figure for each of ``Behaviour``'s: what people do in one replication."""

    household: float = 5.0
    on_schedule: float = 1.0
    uncalled: float = 0.0
    early: float = 0.0
    early_min: float = 0.0
    late: float = 0.0
    late_min: float = 0.0
    nearest: float = 0.0
    slow: float = 0.0
    fast: float = 0.0
    information_min: float = 0.0
    turn_back: float = 0.0
    go_on: float = 0.0


AS_TOLD: Final = Habits()
"""Everybody leaves in their wave, by their route, at the best speed of their group."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Close a crossing from one minute of the usable hours until another."""

    gate: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Hold one replication's people and events.

    Attributes
    ----------
    who
        As ``kernel_simulate`` takes it, (9,) of (households,).
    collapse
        Minute of the usable hours at which the pause collapses, or None.
    closures
        Which crossings close, and until when.
    inside, willing, coming
        People inside; those of them who would come; those who set out if nothing stops them:
        who has no place in the schedule and would leave by it stays.
    share, rates, habits
        What was drawn from: share of the people who would come, where in its interval
        lies what crossings serve, and what people do.

    """

    who: tuple[Ints, ...]
    collapse: int | None
    closures: tuple[Closure, ...]
    inside: int
    willing: int
    coming: int
    share: float
    rates: float
    habits: Habits


def generator(seed: int, replication: int) -> np.random.Generator:
    """Give the random numbers of a replication: the same whoever computes it, in any order."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(replication,)))


def habits_drawn(behaviour: Behaviour, rng: np.random.Generator) -> Habits:
    """Draw a figure from each interval, from a triangle whose peak is the best figure."""
    drawn = {}
    for each in fields(behaviour):
        number: LowBestHigh = getattr(behaviour, each.name)
        place = float(rng.random())  # drawn in any case, so that other figures stay as they are
        drawn[each.name] = triangle(number, place)
    return Habits(**drawn)


def triangle(number: LowBestHigh, place: float) -> float:
    """Give the figure below which a triangle has so much of its area."""
    low, best, high = number.low, number.best, number.high
    if high == low:
        return best
    peak = (best - low) / (high - low)
    if place < peak:
        return float(low + (place * (high - low) * (best - low)) ** 0.5)
    return float(high - ((1 - place) * (high - low) * (high - best)) ** 0.5)


def draw(
    world: World, habits: Habits, rng: np.random.Generator, *, share: float = 1.0,
    rates: float = 0.0, collapse: int | None = None, closures: Sequence[Closure] = (),
) -> Draws:  # fmt: skip
    """Draw who sets out, when and which way.

    Parameters
    ----------
    world
        The plan as it is simulated.
    habits, rng
        What people do, and where chance comes from.
    share
        Share of the people inside who would come, 0 to 1.
    rates
        Where in their intervals crossings serve: -1 low, 0 best, 1 high.
    collapse
        Minute at which the pause collapses, from 0; None if it holds.
    closures
        Crossings that close and open again.

    Raises
    ------
    InputError
        If the share is none, or an event is out of range; all together.

    """
    _check(world, share, rates, collapse, closures)
    line = _Line(world, habits, rng, share)
    who = line.people()
    return Draws(
        who=who, collapse=collapse, closures=tuple(closures), inside=int(world.supply.sum()),
        willing=int(line.begin[-1]), coming=int(who[0].sum()), share=share, rates=rates,
        habits=habits,
    )  # fmt: skip


def _check(
    world: World, share: float, rates: float, collapse: int | None, closures: Sequence[Closure]
) -> None:
    faults = []
    if not -1 <= rates <= 1:
        faults.append(Fault("rates", f"lies in no interval ({rates:g})", "Give -1 to 1."))
    if not 0 <= share <= 1:
        faults.append(Fault("share", f"is no share ({share:g})", "Give a number from 0 to 1."))
    if collapse is not None and collapse < 0:
        faults.append(
            Fault("collapse", f"is below 0 ({collapse})", "Give minutes of the usable hours.")
        )
    crossings = len(world.corridors)
    for i, each in enumerate(closures):
        if not (0 <= each.gate < crossings and each.first < each.last):
            faults.append(
                Fault(
                    f"closures[{i}]", f"is of no crossing or no length ({each})",
                    f"Number crossings from 0 to {crossings - 1}, and let last be after first.",
                )
            )  # fmt: skip
    if faults:
        raise InputError(faults)


class _Line:
    """Stand everybody who would come in one line, pair of group and zone after pair.

    The first of each pair have a place in a wave, as long as there are places. The line is
    cut into households, and also where pairs, places and full waves end.
    """

    def __init__(
        self, world: World, habits: Habits, rng: np.random.Generator, share: float
    ) -> None:
        self.world, self.habits, self.rng = world, habits, rng
        supply, places = world.supply.ravel(), world.places
        self.behind = np.concatenate([[0], np.cumsum(places.people)])  # places, by wave
        self.offered = self.behind[places.first]  # places, by pair
        willing = np.diff(np.rint(np.cumsum(supply) * share), prepend=0.0).astype(np.int64)
        willing = np.minimum(willing, supply)
        self.begin = np.concatenate([[0], np.cumsum(willing)])
        room = np.diff(self.offered)
        self.placed = np.minimum(willing, room)
        full = np.repeat(self.placed == room, np.diff(places.first))
        shift = np.repeat((self.begin - self.offered)[:-1], np.diff(places.first))
        self.cuts = np.concatenate(
            [self.begin, self.begin[:-1] + self.placed, (self.behind[1:] + shift)[full]]
        )

    def people(self) -> tuple[Ints, ...]:
        """Give the households in order of setting out."""
        first, size = self._households()
        pair = np.searchsorted(self.begin, first, "right") - 1
        group, zone = np.divmod(pair, self.world.supply.shape[1])
        wave, minute = self._places(first, pair)
        n, habits, rng = len(first), self.habits, self.rng
        level = np.select(
            [(by := rng.random(n)) < habits.slow, by < habits.slow + habits.fast], [0, 2], 1
        )
        depart, comes = self._times(minute, wave >= 0)
        own_way = (rng.random(n) < habits.nearest) | (wave < 0)
        told = np.maximum(wave, 0)
        places = self.world.places
        nearest = self.world.nearest[group, zone]
        own_way &= (nearest >= 0) | (wave < 0)
        route = np.where(own_way, -1, places.route[told] if len(places.route) else -1)
        gate = np.where(own_way, nearest, places.gate[told] if len(places.gate) else -1)
        delay = np.rint(rng.exponential(1.0, n) * habits.information_min).astype(np.int64)
        by = rng.random(n)
        turning = np.select(
            [by < habits.turn_back, by < habits.turn_back + habits.go_on], [BACK, ON], NEARER
        )
        kept = np.flatnonzero(comes & (gate >= 0))
        kept = kept[np.argsort(depart[kept], kind="stable")]
        found = (size, group * LEVELS + level, group, zone, route, gate, depart, delay, turning)
        return tuple(np.ascontiguousarray(each[kept], np.int64) for each in found)

    def _households(self) -> tuple[Ints, Ints]:
        """Cut the line into households: their first person and their people."""
        people, mean = int(self.begin[-1]), self.habits.household
        ends: list[Ints] = []
        reached = 0
        while reached < people:
            count = int((people - reached) / mean * 1.05) + 16
            sizes = np.minimum(1 + self.rng.poisson(mean - 1, count), LARGEST_HOUSEHOLD)
            ends.append(reached + np.cumsum(sizes))
            reached = int(ends[-1][-1])
        cuts = np.unique(np.concatenate([self.cuts, *ends]))
        cuts = cuts[cuts <= people]
        return cuts[:-1], np.diff(cuts)

    def _places(self, first: Ints, pair: Ints) -> tuple[Ints, Ints]:
        """Give each household the wave of its first person, or -1, and its minute."""
        place = first - self.begin[pair]
        has = place < self.placed[pair]
        room = (self.offered[pair + 1] - self.offered[pair])[has]
        own = self.offered[pair[has]] + place[has] * room // self.placed[pair[has]]
        wave = np.full(len(first), -1, np.int64)
        minute = np.zeros(len(first), np.int64)
        wave[has] = np.searchsorted(self.behind, own, "right") - 1
        at, places = wave[has], self.world.places
        within = np.ceil((own - self.behind[at] + 1) / places.per_min[at] - 1e-9).astype(np.int64)
        minute[has] = places.start[at] + within - 1
        return wave, minute

    def _times(self, minute: Ints, has_place: Flags) -> tuple[Ints, Flags]:
        """Draw when each household sets out, and whether it does."""
        n, habits, rng = len(minute), self.habits, self.rng
        keeps = rng.random(n) < habits.on_schedule
        by, much = rng.random(n), rng.exponential(1.0, n)
        apart = np.select(
            [by < habits.early, by < habits.early + habits.late],
            [-much * habits.early_min, much * habits.late_min], 0.0,
        )  # fmt: skip
        own = rng.random(n) * self.world.minutes
        depart = np.where(keeps & has_place, minute + np.rint(apart), np.floor(own))
        comes = has_place | ~keeps | (rng.random(n) < habits.uncalled)
        return np.maximum(depart, 0).astype(np.int64), comes
