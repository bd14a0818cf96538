"""Project how many will be out at the end of the window from how the day ran against its plan.

For a stretch of time up to the last minute counted, let ``o`` people have been counted out and
``p`` been planned, and let ``P`` be planned from now until a later minute, ``h`` hours ahead, on
corridors not known to be closed. With the pace r = o / p:

    more     = r P
    variance = φ r' P (1 + P / p) + (d r' P)² h / 3        r' = (o + F / 2) / p
    interval = more ± 1.2816 √variance, never below 0

φ is the spread of quarter hours around the pace, Σ (o_k - r' p_k)² / (r' p_k) / (n - 1), and at
least F: people who come as families vary more than people who come one by one. The first part
is their chance, now and in the pace itself; the second lets the pace drift by d in an hour.

``best`` is from the pace of the last hour; ``low`` and ``high`` are the least and the most of the
intervals by the last half hour, the last hour and the whole day. ``high`` allows for people who
come an hour later than planned, too: the interval of the day with the plan put off by an hour.
Before that hour is over nothing is projected. What counters leave open of the people out so far
is added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["PROJECTION_RULE", "Projected", "project"]

PROJECTION_RULE: Final = (
    "People out so far, and the plan's remaining people on corridors not known to be closed at the "
    "pace of the last hour counted: of those planned in it, how many came. Low and high: 8 in 10 "
    "by the spread between quarter hours, over the paces of the last half hour, the last hour and "
    "the day; high also as if everybody came an hour later than planned. It knows nothing of what "
    "may still go wrong: a pause that ends early ends it, too."
)

_STRETCHES_MIN: Final = (60, 30, 100_000)
"""The last hour, the last half hour, the day."""

_LATE_MIN: Final = 60
_BLOCK_MIN: Final = 15
_NORMAL_80: Final = 1.2816
_FAMILY: Final = 5.8
"""F: mean square size of families over their mean; of 1 + Poisson people, 5 on average, 29 / 5."""
_DRIFT: Final = 0.3
"""d, as a share of the pace in an hour: chosen on simulated days, see docs/situation.md."""
_LEAST_PLANNED: Final = 30
"""People planned in a stretch below which its pace says nothing (an assumption)."""


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
        Low, best and high of people out by each minute after the window's start, cumulative, up
        to the last minute that was counted, (3, minutes counted + 1).
    planned
        People that the plan has out by each minute, (minutes + 1,).
    ahead
        The same of the corridors that are not known to be closed.

    Returns
    -------
    None where too few were planned until an hour ago for a pace to say anything.

    """
    now = min(out.shape[1], len(planned)) - 1
    if now < _LATE_MIN:
        return None
    counted, due = out[1, : now + 1], planned[: now + 1]
    more = (ahead[now:] - ahead[now]).astype(np.float64)
    late = ahead[now - _LATE_MIN : len(ahead) - _LATE_MIN]
    by_late = _added(
        counted, np.pad(due[:-_LATE_MIN], (_LATE_MIN, 0)), (late - late[0]).astype(np.float64), 0
    )
    found = [_added(counted, due, more, max(now - each, 0)) for each in _STRETCHES_MIN]
    known = [each for each in found if each is not None]
    if by_late is None or not known:
        return None
    low = np.min([each[0] for each in known], axis=0)
    high = np.max([each[2] for each in (*known, by_late)], axis=0)
    people = out[:, now, None] + np.array([low, known[0][1], high])
    whole = np.floor(np.maximum.accumulate(people, axis=1) + 0.5)
    return Projected(now, whole.astype(np.int64))


def _added(
    out: NDArray[np.float64], planned: NDArray[np.int64], more: NDArray[np.float64], begin: int
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]] | None:
    """Give low, best and high of the people still to come, at the pace since ``begin``."""
    now = len(out) - 1
    if planned[now] - planned[begin] < _LEAST_PLANNED:
        return None
    here, plan = out[now] - out[begin], float(planned[now] - planned[begin])
    rate = (here + _FAMILY / 2) / plan
    ends = np.arange(now, begin - 1, -_BLOCK_MIN)[::-1]
    seen, due = np.diff(out[ends]), np.diff(planned[ends]) * rate
    seen, due = seen[due > 0], due[due > 0]
    spread = float(((seen - due) ** 2 / due).sum()) / max(len(due) - 1, 1)
    hours = np.arange(len(more)) / 60
    variance = max(spread, _FAMILY) * rate * more * (1 + more / plan)
    variance += (_DRIFT * rate * more) ** 2 * hours / 3
    best = here / plan * more
    wide = _NORMAL_80 * np.sqrt(variance)
    return np.maximum(best - wide, 0.0), best, best + wide
