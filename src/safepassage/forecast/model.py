"""Hold a forecast: frozen, with everything it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from safepassage.base.provenance import Source
    from safepassage.forecast.behaviour import Behaviour
    from safepassage.forecast.conditions import Conditions
    from safepassage.forecast.effects import Effect
    from safepassage.forecast.events import EventRates
    from safepassage.forecast.holds import Weibull
    from safepassage.forecast.offered import Stated
    from safepassage.forecast.outcome import Outcome
    from safepassage.forecast.precedents import Precedent
    from safepassage.forecast.recipe import Trouble
    from safepassage.forecast.spread import Driver, Fan
    from safepassage.forecast.uptake import Uptake
    from safepassage.plan.model import Plan

__all__ = ["AtHour", "Expected", "Forecast", "Range"]


@dataclass(frozen=True, slots=True)
class Range:
    """Hold the tenth, the fiftieth and the ninetieth percentile of something."""

    p10: float
    p50: float
    p90: float

    @classmethod
    def of(cls, values: NDArray[np.number[Any]]) -> Range:
        """Take them from one value for each replication."""
        import numpy as np  # noqa: PLC0415 - only where there are values

        found = np.quantile(values, (0.1, 0.5, 0.9), method="inverted_cdf")
        return cls(*(float(each) for each in found))

    def as_json(self, rounded: Callable[[float], float] = lambda v: v) -> dict[str, float]:
        """Give the three by name."""
        return {name: rounded(getattr(self, name)) for name in ("p10", "p50", "p90")}


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """Hold who is likely to come, before anything is simulated.

    Attributes
    ----------
    conditions, stated
        Under which conditions passage is offered, and what each rests on.
    uptake
        Share of the people inside who leave, by day.
    effects
        The same with one condition changed at a time.
    without
        Precedents left out, the case's own among them.
    incident, end
        How long pauses went without an incident, and held.
    events
        What happened near each crossing before, where the case has a table of events.
    inputs
        The tables of precedents.
    compared
        The precedents that ``uptake`` weighs.

    """

    conditions: Conditions
    stated: tuple[Stated, ...]
    uptake: Uptake
    effects: tuple[Effect, ...]
    without: tuple[str, ...]
    incident: Weibull
    end: Weibull
    events: EventRates | None
    inputs: tuple[Source, ...]
    compared: tuple[Precedent, ...]


@dataclass(frozen=True, slots=True)
class AtHour:
    """Tell how things stand at a minute if the pause held until then, and the chance of that.

    ``out`` and ``on_the_road`` over the replications in which it did; ``held`` counts these.
    """

    minute: int
    holds: Range
    out: Range
    on_the_road: Range
    held: int


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Hold what may happen if a plan is announced.

    Attributes
    ----------
    plan, expected
        What was announced, and who is likely to come.
    outcomes
        Every replication, in order of its number.
    out, share, exposed_peak, caught
        Over replications: people past the crossings at the end, the share of the people inside
        who would come, the most people on the road in a minute, and those caught by a collapse.
    out_fan, road_fan, queue_fan
        Quantiles by the minute.
    drivers
        What part of the variance of people out each unknown explains by itself.
    at_hours
        How things stand at every full hour.
    behaviour, trouble, seed
        What replications were drawn from.

    """

    plan: Plan
    expected: Expected
    outcomes: tuple[Outcome, ...]
    out: Range
    share: Range
    exposed_peak: Range
    caught: Range
    out_fan: Fan
    road_fan: Fan
    queue_fan: Fan
    drivers: tuple[Driver, ...]
    at_hours: tuple[AtHour, ...]
    behaviour: Behaviour
    trouble: Trouble
    seed: int

    def __str__(self) -> str:
        """Tell the forecast in a few lines, the ceiling beside it."""
        from safepassage.forecast.words import summary  # noqa: PLC0415 - it imports this

        return summary(self)

    def as_json(self) -> dict[str, Any]:
        """Give it as the document that ``forecast.json`` holds (schema in ``base/``)."""
        from safepassage.forecast.document import forecast_document  # noqa: PLC0415

        return forecast_document(self)
