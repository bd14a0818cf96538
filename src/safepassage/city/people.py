"""Make people whole: zones hold whole people, and nobody is lost in rounding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from safepassage.city.table import shared_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safepassage.city.model import Zones

__all__ = ["whole_people"]


def whole_people(zones: Zones) -> Zones:
    """Round each zone's people so that the city's total is the rounded total."""
    best = _rounded(zones.best)
    return replace(
        zones,
        low=np.minimum(_rounded(zones.low), best),
        best=best,
        high=np.maximum(_rounded(zones.high), best),
    )


def _rounded(people: NDArray[np.float64]) -> NDArray[np.float64]:
    total = float(people.sum())
    shares = shared_out(total, people) if round(total) else [0] * len(people)
    return np.array(shares, np.float64)
