"""Say how long pauses held: Kaplan and Meier's curve and a Weibull hazard, with intervals.

Two clocks run from the start of a pause: to the first reported incident on its routes, and to
an early end (``collapsed`` or ``suspended``). A pause that ran to its announced end is counted
as held until then and unknown beyond (censored on the right); a time known as an interval is
used as one.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.stats import CensoredData, ecdf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepassage.forecast.precedents import Precedent

__all__ = ["Clock", "Curve", "Lasted", "Weibull", "fit_weibull", "kaplan_meier", "times_of"]

Floats = NDArray[np.float64]
Clock = Literal["incident", "end"]

_SHORTEST_H = 1 / 60
_SHAPES = np.exp(np.linspace(np.log(0.2), np.log(4.0), 121))
_SCALES_H = np.exp(np.linspace(np.log(0.5), np.log(2000.0), 201))
_SHAPE_PRIOR = 0.5
"""Standard deviation of the log of the shape around 1, an assumption: with a handful of pauses the
hazard is taken to be near a constant one unless they say otherwise. The scale's prior is flat in
its log between half an hour and twelve weeks."""


@dataclass(frozen=True, slots=True)
class Lasted:
    """Hold one pause's hours: between ``low`` and ``high``, which is inf if unknown beyond."""

    id: str
    low: float
    high: float

    @property
    def censored(self) -> bool:
        """Tell whether it had not happened when last seen."""
        return not np.isfinite(self.high)


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Hold the share of pauses still without the event after ``hours``, with a 95 % interval."""

    hours: Floats
    holds: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Weibull:
    """Hold a fitted Weibull hazard, S(t) = exp(-(t / scale)^shape), t in hours.

    ``shape`` and ``scale_h`` are the likeliest; ``shapes``, ``scales_h`` and ``chance`` (n,)
    are what the data leave open, as a grid with probabilities that add up to 1.
    """

    shape: float
    scale_h: float
    shapes: Floats
    scales_h: Floats
    chance: Floats
    events: int
    pauses: int

    def holds(self, hours: Floats, quantiles: tuple[float, ...] = (0.1, 0.5, 0.9)) -> Floats:
        """Give the chance that nothing has happened by ``hours``: shape (quantiles, hours)."""
        out = np.empty((len(quantiles), len(hours)))
        for i, hour in enumerate(np.asarray(hours, dtype=float)):
            still = np.exp(-((hour / self.scales_h) ** self.shapes))
            order = np.argsort(still)
            gathered = np.cumsum(self.chance[order])
            for q, quantile in enumerate(quantiles):
                at = min(int(np.searchsorted(gathered, quantile * gathered[-1])), len(order) - 1)
                out[q, i] = still[order[at]]
        return out

    def expected(self, hours: Floats) -> Floats:
        """Give the chance that nothing has happened by ``hours``, over all that is left open."""
        still = np.exp(-((np.asarray(hours)[:, None] / self.scales_h) ** self.shapes))
        return np.asarray(still @ self.chance)

    def sample_h(self, rng: np.random.Generator, n: int) -> Floats:
        """Draw ``n`` times in hours, each from a hazard drawn from what the data leave open."""
        which = rng.choice(len(self.chance), size=n, p=self.chance)
        spread = rng.exponential(size=n) ** (1 / self.shapes[which])
        return np.asarray(self.scales_h[which] * spread)


def times_of(rows: Iterable[Precedent], clock: Clock) -> tuple[Lasted, ...]:
    """Read the times of the pauses that say how long they held; flights are none."""
    offered = (row for row in rows if row.codes["kind"] != "flight")
    times = (_end(row) if clock == "end" else _incident(row) for row in offered)
    return tuple(time for time in times if time is not None)


def _end(row: Precedent) -> Lasted | None:
    if row.ended_h is None or "ended" not in row.codes:
        return None
    if row.codes["ended"] == "held":
        return Lasted(row.id, row.ended_h.low, np.inf)
    return Lasted(row.id, row.ended_h.low, row.ended_h.high)


def _incident(row: Precedent) -> Lasted | None:
    """Take calm as held to the end at least, and fire at an unknown hour as come by the end."""
    if row.first_incident_h is not None:
        return Lasted(row.id, row.first_incident_h.low, row.first_incident_h.high)
    if row.ended_h is None or "under_fire" not in row.codes:
        return None
    if row.codes["under_fire"] == "no":
        return Lasted(row.id, row.ended_h.low, np.inf)
    return Lasted(row.id, 0.0, row.ended_h.high)


def kaplan_meier(times: Iterable[Lasted]) -> Curve:
    """Give Kaplan and Meier's curve; a time known as an interval is put in its middle.

    The interval is the log-log one of Greenwood's variance, by ``scipy.stats.ecdf``; where
    nothing has happened yet, or all have ended, it knows none and 0 to 1 stands.

    Raises
    ------
    ValueError
        If there are no times.

    """
    listed = tuple(times)
    if not listed:
        raise ValueError("no pause says how long it held")
    seen = [(t.low + t.high) / 2 for t in listed if not t.censored]
    beyond = [t.low for t in listed if t.censored]
    curve = ecdf(CensoredData(uncensored=seen, right=beyond)).sf
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # undefined where none or all have ended
        around = curve.confidence_interval(method="log-log")
    low, high = around.low.probabilities, around.high.probabilities
    return Curve(
        curve.quantiles, curve.probabilities,
        np.where(np.isnan(low), 0.0, low), np.where(np.isnan(high), 1.0, high),
    )  # fmt: skip


def fit_weibull(times: Iterable[Lasted]) -> Weibull:
    """Fit a Weibull hazard to exact, interval and censored times.

    ``shape`` and ``scale_h`` maximise the likelihood times the prior of the shape (see
    ``_SHAPE_PRIOR``); the grid holds the posterior. Without an event the likeliest scale lies
    at the edge of the grid, and the grid still tells what is ruled out.

    Raises
    ------
    ValueError
        If there are no times.

    """
    listed = tuple(times)
    if not listed:
        raise ValueError("no pause says how long it held")
    shapes, scales = (g.ravel() for g in np.meshgrid(_SHAPES, _SCALES_H, indexing="ij"))

    def logs_at(shapes: Floats, scales: Floats) -> Floats:
        prior = -((np.log(shapes) / _SHAPE_PRIOR) ** 2) / 2
        each = [log_likelihood(time, shapes, scales) for time in listed]
        return np.asarray(np.sum([prior, *each], axis=0))

    logs = logs_at(shapes, scales)
    chance = np.exp(logs - np.max(logs))
    best = int(np.argmax(logs))
    found = minimize(
        lambda at: -logs_at(np.exp(at[:1]), np.exp(at[1:]))[0],
        np.log([shapes[best], scales[best]]),
        method="Nelder-Mead",
        bounds=[tuple(np.log(_SHAPES[[0, -1]])), tuple(np.log(_SCALES_H[[0, -1]]))],
    )
    shape, scale = np.exp(found.x)
    events = sum(not each.censored for each in listed)
    return Weibull(
        float(shape), float(scale), shapes, scales, chance / chance.sum(), events, len(listed)
    )


def log_likelihood(time: Lasted, shapes: Floats, scales_h: Floats) -> Floats:
    """Give the log of how likely a time is: a density, the chance of an interval, or of more."""
    low, high = max(time.low, _SHORTEST_H), max(time.high, _SHORTEST_H)
    gone_low = (low / scales_h) ** shapes
    if time.censored:
        return np.asarray(-gone_low)
    if high <= low:
        return np.asarray(np.log(shapes / low) + shapes * np.log(low / scales_h) - gone_low)
    gone_high = (high / scales_h) ** shapes
    if time.low <= 0:
        return np.asarray(np.log(-np.expm1(-gone_high)))
    return np.asarray(-gone_low + np.log(-np.expm1(gone_low - gone_high)))
