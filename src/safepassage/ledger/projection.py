"""Project how many will be out at the end of the window from how the day ran against its plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["PROJECTION_RULE", "Projected", "project"]

PROJECTION_RULE: Final = (
    "People out so far, and the plan's remaining people on corridors not known to be closed, times "
    "the ratio of counted to planned so far; 8 in 10 by the spread of that ratio between quarter "
    "hours. It knows nothing of what may still go wrong: a pause that ends early ends it, too."
)

_BLOCK_MIN: Final = 15
_NORMAL_80: Final = 1.2816
_LEAST_PLANNED: Final = 30
"""People planned by now below which a ratio says nothing (an assumption)."""


@dataclass(frozen=True, slots=True, eq=False)
class Projected:
    """Hold a projection: low, best and high by the minute from ``first`` on, (3, minutes)."""

    first: int
    people: NDArray[np.int64]


def project(
    out: NDArray[np.float64], planned: NDArray[np.int64], ahead: NDArray[np.int64]
) -> Projected | None:
    """Project people out.

    Parameters
    ----------
    out
        People out by each minute after the window's start, cumulative, up to the last minute
        that was counted, (minutes counted + 1,).
    planned
        People that the plan has out by each minute, (minutes + 1,).
    ahead
        The same of the corridors that are not known to be closed.

    Returns
    -------
    None where too few were planned by now for a ratio to say anything.

    """
    now = min(len(out), len(planned)) - 1
    if now < 1 or planned[now] < _LEAST_PLANNED:
        return None
    ratio = out[now] / planned[now]
    more = (ahead[now:] - ahead[now]).astype(np.float64)
    best = ratio * more
    spread = _NORMAL_80 * np.sqrt(_variance(out[: now + 1], planned[: now + 1], ratio, more))
    here = out[now]
    people = here + np.array([np.maximum(best - spread, 0.0), best, best + spread])
    return Projected(now, np.floor(np.maximum.accumulate(people, axis=1) + 0.5).astype(np.int64))


def _variance(
    out: NDArray[np.float64], planned: NDArray[np.int64], ratio: float, more: NDArray[np.float64]
) -> NDArray[np.float64]:
    ends = np.arange(len(out) - 1, -1, -_BLOCK_MIN)[::-1]
    seen, plan = np.diff(out[ends]), np.diff(planned[ends]).astype(np.float64)
    seen, plan = seen[plan > 0], plan[plan > 0]
    rate = max(ratio, 1.0 / max(float(planned[len(out) - 1]), 1.0))
    excess = float(((seen - rate * plan) ** 2 / (rate * plan)).sum()) if len(plan) else 0.0
    scale = max(1.0, excess / max(len(plan) - 1, 1))
    return np.asarray(scale * rate * more * (1.0 + more / planned[len(out) - 1]))
