"""Bound who passed while nobody counted: for the high figure alone, by what was counted there.

Minutes between the first and the last count of a corridor that no counter covers are taken, for
``high``, to have been as busy as the busiest quarter of an hour counted there (an assumption: a
crowd that nobody saw may have been larger). Left out are minutes in which the last word was that
the corridor is closed, those outside its hours, and of long gaps all but half an hour at both
ends: what was counted says nothing of hours away.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safepassage.ledger.reconcile import Reconciled

__all__ = ["BUSIEST_MIN", "with_uncounted"]

BUSIEST_MIN: Final = 15
_END_MIN: Final = 30
_SEEN: Final = 1 / 3
"""The share of a quarter of an hour that must have been counted for it to say how busy it was."""


def with_uncounted(counted: Reconciled, passable: NDArray[np.bool_]) -> Reconciled:
    """Add to the high figure who may have passed while nobody counted.

    Parameters
    ----------
    counted
        One corridor, reconciled.
    passable
        Whether anybody could pass in each of its minutes, as far as is known, (minutes,).

    """
    seen = np.flatnonzero(counted.covered)
    if not len(seen):
        return counted
    between = np.zeros(len(counted.covered), np.bool_)
    between[seen[0] : seen[-1]] = True
    gaps = _ends(between & passable & (counted.covered == 0))
    minutes = int(gaps.sum())
    more = ceil(_busiest(counted) * minutes - 1e-6)
    people = counted.people.copy()
    people[2, gaps] += more / max(minutes, 1)
    return replace(counted, people=people, uncounted_min=minutes, uncounted=more)


def _ends(gaps: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep half an hour at both ends of each gap."""
    edges = np.flatnonzero(np.diff(np.pad(gaps, 1).astype(np.int8)))
    kept = gaps.copy()
    for begin, end in edges.reshape(-1, 2):
        kept[begin + _END_MIN : max(end - _END_MIN, begin + _END_MIN)] = False
    return kept


def _busiest(counted: Reconciled) -> float:
    """Give people a minute in the busiest quarter of an hour, by the high figure."""
    people, seconds = (
        np.convolve(row, np.ones(BUSIEST_MIN)) for row in (counted.people[2], counted.covered)
    )
    enough = seconds >= 60 * BUSIEST_MIN * _SEEN
    if not enough.any():
        return float(60 * counted.people[2].sum() / counted.covered.sum())
    return float((60 * people[enough] / seconds[enough]).max())
