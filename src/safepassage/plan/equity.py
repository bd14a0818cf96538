"""Measure how evenly a plan serves zones: share out, waiting, Gini, the zone worst served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from safepassage.plan.model import Plan

__all__ = ["FORMULA", "Equity", "equity", "gini"]

Floats = NDArray[np.float64]

FORMULA = (
    "Gini coefficient over people of the share of their zone that gets out: "
    "Σᵢ Σⱼ nᵢ nⱼ |xᵢ − xⱼ| / (2 N² x̄), with nᵢ people and share xᵢ in zone i, N people in all and "
    "x̄ their mean share. 0: every zone alike; near 1: one zone has it all. Half the relative mean "
    "difference, as in Foster, Seth, Lokshin and Sajaia, A Unified Approach to Measuring Poverty "
    "and Inequality, World Bank 2013, equation 2.22."
)


@dataclass(frozen=True, slots=True, eq=False)
class Equity:
    """Hold shares and waiting by zone, (zones,); NaN where there is nobody, or nobody goes.

    ``wait_min`` is the mean of the minutes from the start of the usable hours until people
    set out, over those who do. ``worst`` is the zone with the smallest share out and, of
    these, the most people left; None where nobody is to be moved.
    """

    people: NDArray[np.int64]
    share: Floats
    wait_min: Floats
    gini_schedule: float | None
    gini_optimum: float | None
    worst: int | None


def equity(plan: Plan) -> Equity:
    """Measure a plan's schedule by zone, and its optimum beside it."""
    people = np.sum([flow.supply for flow in plan.optimum.flows], axis=0).astype(np.int64)
    departed = plan.schedule.departed
    out = departed[:, -1]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(people > 0, out / people, np.nan)
        leaving = np.diff(departed, axis=1, prepend=0) @ np.arange(departed.shape[1])
        wait = np.where(out > 0, leaving / out, np.nan)
        optimum = np.where(people > 0, plan.optimum.out_by_zone / people, np.nan)
    some = np.flatnonzero(people > 0)
    worst = min(some.tolist(), key=lambda i: (share[i], out[i] - people[i]), default=None)
    return Equity(people, share, wait, gini(share, people), gini(optimum, people), worst)


def gini(share: Floats, people: NDArray[np.int64]) -> float | None:
    """Give the Gini coefficient of shares over people; None where nobody has any.

    Parameters
    ----------
    share, people
        Of each zone, shape (zones,); zones without people do not count.

    """
    there = people > 0
    x, n = share[there], people[there].astype(np.float64)
    mean = float((n * x).sum() / n.sum()) if n.size else 0.0
    if mean <= 0:
        return None
    order = np.argsort(x, kind="stable")
    x, n = x[order], n[order]
    below, worth = np.cumsum(n) - n, np.cumsum(n * x) - n * x
    return float((n * (x * below - worth)).sum() / (n.sum() ** 2 * mean))
