"""Replay streets that people on foot and vehicles both use: never both at the same time.

It asks nobody how the plan was kept so: it counts who is on which street when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.plan.movement import Moving
    from safepassage.plan.walkways import Walkways

__all__ = ["check_apart"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_EPS_MIN = 1e-6


def check_apart(
    movements: Sequence[Moving],
    each_ways: Sequence[Walkways],
    arc: Ints,
    enter: Floats,
    off: Floats,
) -> list[str]:
    """Find a street on which somebody walks while somebody drives.

    Parameters
    ----------
    movements, each_ways
        Who moves, on which network, one for each group.
    arc, enter, off
        Every use of an arc, movement after movement: which, when the first enter it, when
        the last are off it, (uses,).

    """
    afoot = [ways for ways in each_ways if ways.on_foot]
    if not afoot or len(afoot) == len(each_ways) or not afoot[0].apart:
        return []
    walks = np.array([each_ways[each.group].on_foot for each in movements for _ in each.arcs])
    street = afoot[0].road[arc]
    real = afoot[0].street[arc] >= 0
    here = np.isin(street, street[walks & real]) & np.isin(street, street[~walks & real]) & real
    where = np.concatenate([street[here], street[here]])
    when = np.concatenate([enter[here] + _EPS_MIN, off[here] - _EPS_MIN])
    on = np.concatenate([np.ones(int(here.sum()), np.int64), -np.ones(int(here.sum()), np.int64)])
    foot = np.tile(walks[here], 2)
    order = np.lexsort((on, when, where))  # who leaves goes before who comes
    where, on, foot = where[order], on[order], foot[order]
    walking, driving = np.cumsum(np.where(foot, on, 0)), np.cumsum(np.where(foot, 0, on))
    wrong = np.flatnonzero((walking > 0) & (driving > 0))
    if not len(wrong):
        return []
    return [f"People on foot and vehicles are on arc {where[wrong[0]]} at the same time."]
