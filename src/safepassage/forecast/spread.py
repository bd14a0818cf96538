"""Tell how far replications lie apart, and what drives them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Driver", "Fan", "drivers", "fan"]

Floats = NDArray[np.float64]
Numbers = NDArray[np.float64] | NDArray[np.int64] | NDArray[np.int32]

_QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
_FEWEST_IN_A_BIN = 8
_FEWEST = 100


@dataclass(frozen=True, slots=True, eq=False)
class Fan:
    """Hold the quantiles of a curve over replications, each of shape (minutes,)."""

    p10: Floats
    p25: Floats
    p50: Floats
    p75: Floats
    p90: Floats


@dataclass(frozen=True, slots=True)
class Driver:
    """Hold what part of the variance one unknown explains by itself, 0 to 1."""

    name: str
    share: float


def fan(curves: Numbers) -> Fan:
    """Give the quantiles over replications of curves of shape (replications, minutes)."""
    return Fan(*np.quantile(curves, _QUANTILES, axis=0, method="inverted_cdf").astype(np.float64))


def drivers(unknowns: Mapping[str, Numbers], result: Numbers) -> tuple[Driver, ...]:
    """Tell what part of the variance of a result each unknown explains by itself.

    The correlation ratio over bins of equal numbers, corrected for what chance alone gives
    (epsilon squared: Kelley 1935, PNAS 21, 554-559). What the unknowns explain only
    together, and chance, is in none of them.

    Parameters
    ----------
    unknowns
        Name → one value for each replication.
    result
        The result of each replication, in the same order.

    Returns
    -------
    The largest first; all nothing if the results do not differ, and none of them if there are
    too few replications to tell.

    """
    if len(result) < _FEWEST:
        return ()
    y = np.asarray(result, dtype=float)
    around = float(np.sum((y - y.mean()) ** 2)) if len(y) else 0.0
    found = [
        Driver(name, _explained(np.asarray(x, dtype=float), y, around))
        for name, x in unknowns.items()
    ]
    return tuple(sorted(found, key=lambda driver: (-driver.share, driver.name)))


def _explained(x: Floats, y: Floats, around: float) -> float:
    bins = _bins(x)
    many = int(bins.max()) + 1 if len(bins) else 0
    if many < 2 or around <= 0 or len(y) <= many:
        return 0.0
    size = np.bincount(bins, minlength=many)
    middle = np.bincount(bins, weights=y, minlength=many) / np.maximum(size, 1)
    left = float(np.sum((y - middle[bins]) ** 2))
    return float(np.clip(1 - (left / (len(y) - many)) / (around / (len(y) - 1)), 0.0, 1.0))


def _bins(x: Floats) -> NDArray[np.int64]:
    """Cut into bins of about equal numbers; equal values share a bin."""
    want = max(2, min(20, len(x) // _FEWEST_IN_A_BIN))
    edges = np.unique(np.quantile(x, np.linspace(0, 1, want + 1)[1:-1])) if len(x) else np.zeros(0)
    bins = np.searchsorted(edges, x, side="left")
    return np.unique(bins, return_inverse=True)[1].astype(np.int64)
