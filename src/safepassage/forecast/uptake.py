"""Forecast what share of the people inside leaves, from what happened in earlier pauses.

The share is a mixture: each precedent that speaks for people who were free to stay lends
what happened there, weighted by how like its conditions are to those of the case; a prior
made of all of them stands in for what none of them knows. Nobody leaving is an outcome of
its own, so that low quantiles can be nothing.

For precedents i with conditions c_i, positive share s_i and weight w_i = exp(-d(c, c_i)/r),
and a prior of weight w_0,

    P(nobody)        = Σ w_i [s_i = 0] / W + w_0 p_0 / W,        W = Σ w_i + w_0
    logit share | i  ~ Normal(logit s_i, h)                      (kernel of width h)
    logit share | 0  ~ Normal(m_0, v_0)                          (mean and spread of all logit s_i)

a weighted kernel estimate with a proper prior (Silverman 1986, Density estimation, ch. 2,
for the kernel). r, h and w_0 were chosen by leaving each precedent out in turn;
``safepassage.forecast.left_out`` repeats that and docs/forecast.md shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, logit, ndtr

from safepassage.forecast.conditions import UNLIKENESS, Conditions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.forecast.precedents import Precedent

__all__ = ["CHOSEN", "Model", "Uptake", "uptake_of"]

Floats = NDArray[np.float64]

_LOWEST = 1e-9
"""Share below which nobody is said to leave: less than one of all people on earth."""

_SPREADS = (0.25, 0.5, 0.25)
"""Weights of the low, the middle and the high figure of a share that is known as an interval."""


@dataclass(frozen=True, slots=True)
class Model:
    """Hold the three numbers of the model.

    ``reach``: how unlike (see ``UNLIKENESS``) a precedent is that counts 1/e of one that is
    alike. ``width``: standard deviation of a precedent's kernel, in logits. ``prior``: weight
    of the prior, in precedents that are alike. ``only``: compare by this condition alone.
    """

    reach: float = 1.0
    width: float = 1.5
    prior: float = 0.25
    only: str = ""


CHOSEN = Model()
"""The model that forecasts use: of those in ``left_out.GRID`` whose CRPS is within 3 % of the
least, the one with the best log score (``left_out.choose``)."""


@dataclass(frozen=True, slots=True, eq=False)
class Uptake:
    """Hold the distribution of the share of the people inside who have left, by day.

    Components k: ``weight`` (k,), ``centre`` and ``width`` (k,) in logits of the share by the
    last day, ``course`` (k, days) the part of it that is out by the end of each day. ``zero``
    is the probability that nobody leaves at all. ``precedents`` names the precedents with the
    weight each carries, heaviest first; with the prior's they add up to 1.
    """

    zero: float
    weight: Floats
    centre: Floats
    width: Floats
    course: Floats
    precedents: tuple[tuple[str, float], ...]
    prior: float

    @property
    def days(self) -> int:
        """Count the days that it speaks of."""
        return int(self.course.shape[1])

    def at_most(self, shares: Floats | float, day: int = 0) -> Floats:
        """Give the probability that at most so much has left by the end of a day, each share's.

        ``day`` counts from 1; 0 is the last one.
        """
        wanted = np.atleast_1d(np.asarray(shares, dtype=float))[:, None]
        course = self.course[:, day - 1]
        room = np.broadcast_shapes(wanted.shape, course.shape)
        part = np.divide(wanted, course, out=np.full(room, np.inf), where=course > 0)
        at = logit(np.clip(part, 1e-300, 1 - 1e-16))
        below = np.where(part >= 1, 1.0, ndtr((at - self.centre) / self.width))
        below = np.where((wanted < _LOWEST) & (course > 0), 0.0, below)
        return np.minimum(self.zero + below @ self.weight, 1.0) * (wanted[:, 0] >= 0)

    def quantile(self, p: float, day: int = 0) -> float:
        """Give the share that is not exceeded with probability ``p`` by the end of a day."""
        if self.at_most(_LOWEST, day)[0] >= p:
            return 0.0
        return float(
            expit(brentq(lambda at: self.at_most(expit(at), day)[0] - p, logit(_LOWEST), 36.0))
        )

    def sample(self, rng: np.random.Generator, n: int) -> Floats:
        """Draw ``n`` courses, shape (n, days): the share out by the end of each day."""
        odds = np.concatenate(([self.zero], self.weight))
        which = rng.choice(len(odds), size=n, p=odds / odds.sum())
        noise = rng.standard_normal(n)
        k = np.maximum(which - 1, 0)
        shares = expit(self.centre[k] + self.width[k] * noise)
        return np.where(which[:, None] > 0, shares[:, None] * self.course[k], 0.0)

    def log_density(self, share: float, day: int = 0) -> float:
        """Give the log of a share's likelihood: the chance of nobody, or its logit's density."""
        if share < _LOWEST:
            return float(np.log(max(self.at_most(_LOWEST, day)[0], 1e-300)))
        course = self.course[:, day - 1]
        inside = course > share
        at = logit(np.minimum(share / np.where(inside, course, 1.0), 1 - 1e-12))
        bell = np.exp(-(((at - self.centre) / self.width) ** 2) / 2) / (
            self.width * np.sqrt(2 * np.pi)
        )
        return float(np.log(max(np.sum(self.weight * bell * inside), 1e-300)))


def uptake_of(
    conditions: Conditions, precedents: Sequence[Precedent], *, days: int = 1, model: Model = CHOSEN
) -> Uptake:
    """Weigh the precedents by how alike they are and make the distribution of the share.

    Parameters
    ----------
    conditions
        Of the case; what is not known is not compared.
    precedents
        Only those that are ``pooled`` are used.
    days
        How many days passage is offered.
    model
        The three numbers of the model.

    """
    pooled = [row for row in precedents if row.pooled]
    likeness = np.array([_likeness(conditions, row, model) for row in pooled])
    total = likeness.sum() + model.prior
    parts = [_components(row, days) for row in pooled]
    zero, weight, centre, course = 0.0, [], [], []
    for (nobody, shares, chances, out), part in zip(parts, likeness / total, strict=True):
        zero += part * nobody
        for share, chance in zip(shares, chances, strict=True):
            weight.append(part * chance)
            centre.append(logit(min(share, 1 - 1e-6)))
            course.append(out)
    width = [model.width] * len(weight)
    before, (middle, spread), usual = _prior(parts, days)
    part = model.prior / total
    zero += part * before
    weight.append(part * (1 - before))
    centre.append(middle)
    width.append(spread)
    course.append(usual)
    named = sorted(
        ((row.id, float(w)) for row, w in zip(pooled, likeness / total, strict=True)),
        key=lambda each: (-each[1], each[0]),
    )
    return Uptake(
        float(zero), np.array(weight), np.array(centre), np.array(width), np.array(course),
        tuple(named), float(part),
    )  # fmt: skip


def _likeness(conditions: Conditions, row: Precedent, model: Model) -> float:
    """Give a precedent's weight: 1 if all its conditions are those of the case."""
    if model.only:
        return float(conditions.get(model.only) == row.codes.get(model.only, ""))
    unlike = sum(
        each.between(conditions.get(each.condition), row.codes.get(each.condition, ""))
        for each in UNLIKENESS
    )
    return float(np.exp(-unlike / model.reach))


def _components(row: Precedent, days: int) -> tuple[float, list[float], list[float], Floats]:
    """Give a precedent's chance of nobody, its shares with their chances, and its course."""
    share = row.share
    assert share is not None  # noqa: S101 - it is pooled
    low, high = share.low, share.high
    middle = np.sqrt(low * high) if low > 0 else high / 2
    shares, chances, nobody = [], [], 0.0
    for value, chance in zip((low, middle, high), _SPREADS, strict=True):
        if value < _LOWEST:
            nobody += chance
        else:
            shares.append(float(value))
            chances.append(chance)
    out = row.out_by_day()
    course = np.array([out[min(day, len(out) - 1)] for day in range(days)])
    return nobody, shares, chances, course


def _prior(
    parts: Sequence[tuple[float, list[float], list[float], Floats]], days: int
) -> tuple[float, tuple[float, float], Floats]:
    """Give what all precedents say together: chance of nobody, logit's mean and spread, course.

    The chance of nobody is Laplace's (one success and one failure beforehand). Two shares
    beforehand, one in ten thousand and one half, keep mean and spread proper.
    """
    none = sum(nobody for nobody, *_ in parts)
    before = (1 + none) / (2 + len(parts))
    logits = [float(logit(1e-4)), 0.0]
    logits += [
        float(np.average(logit(np.clip(shares, 0, 1 - 1e-6)), weights=chances))
        for _, shares, chances, _ in parts
        if shares
    ]
    moving = [course for _, shares, _, course in parts if shares and course[-1] > 0]
    usual = np.mean(moving, axis=0) if moving else np.linspace(1 / days, 1, days)
    return before, (float(np.mean(logits)), float(np.std(logits, ddof=1))), usual
