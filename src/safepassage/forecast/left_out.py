"""Score the forecast of uptake by leaving each precedent out in turn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import expit

from safepassage.forecast.conditions import Conditions
from safepassage.forecast.uptake import CHOSEN, Model, Uptake, uptake_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from safepassage.forecast.precedents import Precedent

__all__ = [
    "BASELINES", "GRID", "By", "Scores", "choose", "conditions_of", "crps", "left_out",
    "left_out_nested",
]  # fmt: skip

BASELINES = {
    "every precedent alike": Model(reach=np.inf),
    "those of like consent alone": Model(only="consent"),
}
"""The plain ways that the model has to beat."""

GRID = tuple(
    Model(reach, width, prior)
    for reach, width, prior in product((0.5, 1.0, 2.0), (1.0, 1.5, 2.0), (0.25, 1.0))
)
"""What the model was chosen from."""

_NEAR = 1.03
"""CRPS within 3 % of the least counts as near it."""

_LOGITS = np.linspace(-16.0, 12.0, 449)

By = Literal["row", "place"]
"""What is left out: the precedent that is tried, or all of the same place with it."""

_NO_NAMES = frozenset({"Old", "City", "No", "East", "Eastern", "West", "Western", "Camp"})
_ONE_PLACE = (frozenset({"Vanni", "Mullaittivu"}),)
"""Names of the same place that share no word."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Hold how forecasts did, each made without the precedent it was tried on.

    ``crps`` in shares of the people inside, lower is better (Gneiting and Raftery 2007,
    JASA 102, eq. 20); ``log_score`` in nats, higher is better; ``within_50`` and
    ``within_80`` the share of the truths that lay inside the intervals.
    """

    crps: float
    log_score: float
    within_50: float
    within_80: float
    each: tuple[tuple[str, float, float, float, float], ...]


def conditions_of(row: Precedent) -> Conditions:
    """Give the conditions a precedent was offered under."""
    return Conditions(*(row.codes.get(name, "") for name in Conditions.__dataclass_fields__))


def crps(uptake: Uptake, truth: float, day: int = 0) -> float:
    """Give the continuous ranked probability score of a share that came about.

    The integral of (F(x) - [x ≥ truth])² over the shares x, on a grid even in logits.
    """
    shares = np.unique(np.concatenate(([0.0, truth, 1.0], expit(_LOGITS))))
    middles = (shares[1:] + shares[:-1]) / 2
    below = uptake.at_most(middles, day)
    return float(np.sum((below - (middles >= truth)) ** 2 * np.diff(shares)))


def left_out(
    rows: Iterable[Precedent], model: Model = CHOSEN, *, of: Iterable[str] | None = None,
    by: By = "row",
) -> Scores:  # fmt: skip
    """Forecast each precedent from the others and score what came about.

    Parameters
    ----------
    rows
        Those that are ``pooled`` are used.
    model
        The three numbers of the model.
    of
        Only these are tried, by id; all if not given.
    by
        ``place`` leaves out every precedent of the same place together: attempts at one place,
        often in the same weeks, are hardly independent.

    """
    return _scored(tuple(rows), lambda _: model, of, by)


def choose(rows: Iterable[Precedent], grid: Sequence[Model] = GRID) -> Model:
    """Choose a model: the best log score among those whose CRPS is near the least.

    CRPS alone prefers ever wider kernels by differences that this many cases cannot tell.
    """
    listed = tuple(rows)
    scores = {model: left_out(listed, model) for model in grid}
    least = min(score.crps for score in scores.values())
    near = [model for model, score in scores.items() if score.crps <= least * _NEAR]
    return max(near, key=lambda model: scores[model].log_score)


def left_out_nested(
    rows: Iterable[Precedent], grid: Sequence[Model] = GRID, *, by: By = "row"
) -> Scores:
    """Score as ``left_out``, choosing the model anew without the precedent it is tried on."""
    return _scored(tuple(rows), lambda others: choose(others, grid), None, by)


def _scored(
    rows: tuple[Precedent, ...],
    model_for: Callable[[tuple[Precedent, ...]], Model],
    of: Iterable[str] | None,
    by: By,
) -> Scores:
    pooled = tuple(row for row in rows if row.pooled)
    tried = [row for row in pooled if of is None or row.id in set(of)]
    each, logs, in_50, in_80 = [], [], 0, 0
    for row in tried:
        others = tuple(
            other
            for other in pooled
            if other.id != row.id and not (by == "place" and _same_place(row.place, other.place))
        )
        uptake = uptake_of(conditions_of(row), others, days=row.days, model=model_for(others))
        share = row.share
        assert share is not None  # noqa: S101 - it is pooled
        truth = (share.low + share.high) / 2
        low, middle, high = (uptake.quantile(p) for p in (0.1, 0.5, 0.9))
        in_80 += low <= truth <= high
        in_50 += uptake.quantile(0.25) <= truth <= uptake.quantile(0.75)
        each.append((row.id, truth, low, middle, high, crps(uptake, truth)))
        logs.append(uptake.log_density(truth))
    n = max(1, len(tried))
    return Scores(
        float(np.mean([e[5] for e in each])), float(np.mean(logs)), in_50 / n, in_80 / n,
        tuple(e[:5] for e in each),
    )  # fmt: skip


def _same_place(one: str, other: str) -> bool:
    """Tell whether two names are of one place: they share a name before that of the country."""
    names, others = _names(one), _names(other)
    return bool(names & others) or any(names & each and others & each for each in _ONE_PLACE)


def _names(place: str) -> set[str]:
    return set(re.findall(r"\b[A-Z]\w+", place.rpartition(",")[0] or place)) - _NO_NAMES
