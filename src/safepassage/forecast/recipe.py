"""Say how one replication is made: who comes, what goes wrong, what becomes of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

import numpy as np

from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.base.provenance import tool_version
from safepassage.forecast.behaviour import (
    Behaviour,
    Closure,
    draw,
    generator,
    habits_drawn,
    triangle,
)
from safepassage.forecast.outcome import Outcome
from safepassage.forecast.simulate import simulate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from safepassage.forecast.holds import Weibull
    from safepassage.forecast.uptake import Uptake
    from safepassage.forecast.world import World

__all__ = ["USUAL_TROUBLE", "Recipe", "Trouble"]

_HOUR_MIN: Final = 60
_RATES: Final = LowBestHigh(low=-1, best=0, high=1)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Hold what an incident does to a crossing; no source counts it, both are assumptions.

    ``closes``: share of first incidents on the routes that close a crossing. ``closed_min``:
    minutes until it opens again.
    """

    closes: LowBestHigh
    closed_min: LowBestHigh


USUAL_TROUBLE: Final = Trouble(
    closes=LowBestHigh(low=0.2, best=0.5, high=1.0),
    closed_min=LowBestHigh(low=15, best=60, high=240),
)


@dataclass(frozen=True, slots=True, eq=False)
class Recipe:
    """Hold everything that replications are made of; call it with a number to make one.

    Attributes
    ----------
    world, behaviour, trouble
        The plan as it is simulated, what people may do, and what incidents do.
    uptake
        Share of the people inside who leave; the first day's is drawn.
    inside
        People inside; drawn from a triangle over the interval.
    incident, end
        When the first incident and an early end come, hours from the pause's start.
    before_min
        Minutes from the pause's start to the usable hours.
    weights
        Chance of each crossing to be the one that an incident closes, (crossings,).
    seed
        With a replication's number it fixes all that is drawn.

    """

    world: World
    behaviour: Behaviour
    trouble: Trouble
    uptake: Uptake
    inside: LowBestHigh
    incident: Weibull
    end: Weibull
    before_min: int
    weights: NDArray[np.float64]
    seed: int

    def __call__(self, number: int) -> Outcome:
        """Make one replication."""
        rng = generator(self.seed, number)
        share = float(self.uptake.sample(rng, 1)[0, 0])
        inside = round(triangle(self.inside, rng.random()))
        habits = habits_drawn(self.behaviour, rng)
        rates = triangle(_RATES, rng.random())
        collapse = self._minute(self.end, rng)
        incident = self._minute(self.incident, rng)
        closures = self._closures(incident, rng)
        supply = int(self.world.supply.sum())
        drawn = draw(
            self.world, habits, rng, share=min(1.0, share * inside / supply) if supply else 0.0,
            rates=rates, collapse=collapse, closures=closures,
        )  # fmt: skip
        found = simulate(self.world, drawn)
        return Outcome(
            number=number, share=share, inside=inside, willing=drawn.willing,
            came=drawn.coming, rates=rates,
            collapse_min=-1 if collapse is None else collapse,
            incident_min=closures[0].first if closures else -1,
            early=habits.early, late=habits.late, nearest=habits.nearest,
            out=found.out.astype(np.int32), on_the_road=found.on_the_road.astype(np.int32),
            queued=found.queued.sum(axis=0).astype(np.int32), caught=found.caught + found.unaware,
        )  # fmt: skip

    def _minute(self, hazard: Weibull, rng: np.random.Generator) -> int | None:
        """Draw a minute of the usable hours, 0 if it came before them, None if after."""
        hours = float(hazard.sample_h(rng, 1)[0])
        if hours * _HOUR_MIN - self.before_min >= self.world.minutes:
            return None
        return max(0, int(hours * _HOUR_MIN) - self.before_min)

    def _closures(self, incident: int | None, rng: np.random.Generator) -> tuple[Closure, ...]:
        """Close one crossing at the first incident, or none; what is drawn is always drawn."""
        closes = rng.random() < triangle(self.trouble.closes, rng.random())
        lasts = max(1, round(triangle(self.trouble.closed_min, rng.random())))
        place = rng.random()
        if incident is None or not closes or not len(self.weights):
            return ()
        gate = int(np.searchsorted(np.cumsum(self.weights) / self.weights.sum(), place))
        return (Closure(min(gate, len(self.weights) - 1), incident, incident + lasts),)

    def digest(self) -> str:
        """Name everything that replications depend on, the program's version with it."""
        found = hashlib.sha256(tool_version().encode())
        for part in _parts(self):
            found.update(part)
        return found.hexdigest()


def _parts(thing: object) -> Iterator[bytes]:
    """Go through every number of nested frozen things, arrays and tuples."""
    if isinstance(thing, np.ndarray):
        yield str((thing.dtype, thing.shape)).encode()
        yield np.ascontiguousarray(thing).tobytes()
    elif hasattr(thing, "__dataclass_fields__"):
        for each in fields(thing):  # type: ignore[arg-type]
            yield each.name.encode()
            yield from _parts(getattr(thing, each.name))
    elif isinstance(thing, tuple):
        for each in thing:
            yield from _parts(each)
    else:
        yield repr(thing).encode()
