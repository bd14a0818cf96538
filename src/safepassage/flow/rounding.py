"""Turn exact walking times into whole steps without ever being early, or ever late.

Rounding each street by itself is off by half or more. These two roundings use a
clock of their own at each node, so that errors do not add up along a route to the
nearest crossing. ``docs/flow.md`` has the proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Rounded", "round_down", "round_up", "steps_to_sink"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_PARTS = 60_000_000
"""Times are counted in whole parts of a step, microseconds of a minute, so that no sum is a
hair off: three times forty seconds are two minutes."""
_TINY = 1e-12  # an explicit zero would count as no arc


@dataclass(frozen=True, slots=True)
class Rounded:
    """Hold whole transits and what the clock at each node reads.

    At node v, step k begins ``clock[v]`` steps after k (``round_up``) or before k
    (``round_down``, where it is negative). Shapes (arcs,) and (nodes,).
    """

    transit: Ints
    clock: Floats


def steps_to_sink(
    n_nodes: int, tail: ArrayLike, head: ArrayLike, exact: ArrayLike, sinks: ArrayLike,
    *, start: ArrayLike | None = None,
) -> Floats:  # fmt: skip
    """Measure the exact time from each node to the nearest sink [steps], ``inf`` if none.

    ``start`` adds a time of its own to each sink, shape (sinks,).
    """
    tail, head = np.asarray(tail, np.int64), np.asarray(head, np.int64)
    sinks = np.asarray(sinks, np.int64)
    offset = np.zeros(len(sinks)) if start is None else np.asarray(start, np.float64)
    rows = np.concatenate([head, np.full(len(sinks), n_nodes)])
    columns = np.concatenate([tail, sinks])
    weight = np.maximum(np.concatenate([np.asarray(exact, np.float64), offset]), _TINY)
    # parallel arcs: keep the quickest, scipy would add them up
    order = np.lexsort((weight, columns, rows))
    rows, columns, weight = rows[order], columns[order], weight[order]
    first = np.ones(len(rows), bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    graph = coo_array(
        (weight[first], (rows[first], columns[first])), shape=(n_nodes + 1, n_nodes + 1)
    ).tocsr()
    away = np.asarray(dijkstra(graph, indices=n_nodes)[:n_nodes], np.float64)
    away[away < 1e-6] = 0.0  # what the trifles for zeros added up to
    return away


def _up(parts: Ints) -> Ints:
    return -(-parts // _PARTS)


def _away(
    n_nodes: int, tail: Ints, head: Ints, parts: Ints, sinks: ArrayLike,
    *, start: ArrayLike | None = None,
) -> tuple[Ints, NDArray[np.bool_]]:  # fmt: skip
    """Measure in parts from each node to the nearest sink, and tell which nodes reach one."""
    exact = steps_to_sink(n_nodes, tail, head, parts, sinks, start=start)
    reached = np.isfinite(exact)
    return np.rint(np.where(reached, exact, 0)).astype(np.int64), reached


def round_up(
    n_nodes: int, tail: ArrayLike, head: ArrayLike, exact: ArrayLike, sinks: ArrayLike
) -> Rounded:
    """Round transits so that no route is ever early.

    With p(v) the exact time from v to the nearest sink, an arc (a, b) of exact time
    τ takes ⌈p(a)⌉ − ⌈p(b)⌉ + ⌈τ − p(a) + p(b)⌉ steps. It is never negative, and a
    quickest route to the nearest sink is late by less than one step in all.

    Parameters
    ----------
    n_nodes, tail, head
        The network.
    exact
        Exact times [steps], not negative, shape (arcs,).
    sinks
        Crossing nodes.

    """
    tails, heads = np.asarray(tail, np.int64), np.asarray(head, np.int64)
    tau = np.ceil(np.asarray(exact, np.float64) * _PARTS - 1e-3).astype(np.int64)
    p, reached = _away(n_nodes, tails, heads, tau, sinks)
    slack = np.maximum(tau - p[tails] + p[heads], 0)
    transit = _up(p)[tails] - _up(p)[heads] + _up(slack)
    lost = ~(reached[tails] & reached[heads])
    transit[lost] = _up(tau[lost])
    return Rounded(transit, (_up(p) * _PARTS - p) / _PARTS)


def round_down(
    n_nodes: int, tail: ArrayLike, head: ArrayLike, exact: ArrayLike, sinks: ArrayLike
) -> Rounded:
    """Round transits so that no route is ever late: for upper bounds.

    The clock at v runs f(v) ahead, 0 ≤ f(v) < 1: the part of p(v) past a whole step,
    lowered where a short street needs it, so that f(a) ≤ τ + f(b) on every arc. Then
    ⌊τ − f(a) + f(b)⌋ is never negative, and whoever really takes τ arrives, on these
    clocks, at that step or later. Exact where waiting is allowed or not needed.
    """
    tails, heads = np.asarray(tail, np.int64), np.asarray(head, np.int64)
    tau = np.floor(np.asarray(exact, np.float64) * _PARTS + 1e-3).astype(np.int64)
    p, _ = _away(n_nodes, tails, heads, tau, sinks)
    part = p % _PARTS
    everywhere = np.arange(n_nodes)
    lowered, _ = _away(n_nodes, tails, heads, tau, everywhere, start=part)
    ahead = np.minimum(part, lowered)
    transit = (tau - ahead[tails] + ahead[heads]) // _PARTS
    return Rounded(transit, -ahead / _PARTS)
