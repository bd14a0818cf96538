"""Lay a solved flow out for those who move people in it: crossings as arcs to one goal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from safepassage.flow.kernel_exposure import entries_by_arrival
from safepassage.flow.lanes import lists

if TYPE_CHECKING:
    from safepassage.flow.arrival import Arrival

__all__ = ["Residual", "residual"]

Int32s = NDArray[np.int32]
Ints = NDArray[np.int64]


class Residual(NamedTuple):
    """Hold a network whose last node, the goal, stands behind the crossings.

    Arc ``n_arcs + e`` of it leads from crossing e to the goal, at once.

    Attributes
    ----------
    tail, head
        Of each arc, shape (arcs,).
    transit, capacity
        Shapes (arcs, 1) or (arcs, steps + 1).
    in_start, in_arc, out_start, out_arc, at_start, at_source
        Arcs into and out of each node, and sources at it, as ``flow.lanes.lists`` gives them.
    source_node, release
        Shape (sources,).
    first, following
        Steps of entry by step of arrival, where transits change.

    """

    tail: Int32s
    head: Int32s
    transit: Int32s
    capacity: Int32s
    in_start: Int32s
    in_arc: Int32s
    out_start: Int32s
    out_arc: Int32s
    at_start: Int32s
    at_source: Int32s
    source_node: Int32s
    release: Int32s
    first: Int32s
    following: Int32s


def residual(arrival: Arrival) -> Residual:
    """Lay a flow's network out; see ``Residual``."""
    network, n, width = arrival.network, arrival.network.n_nodes, arrival.steps + 1
    transit, capacity = network.at_every_step(arrival.steps)
    goal = np.full(len(arrival.sinks), n, np.int32)
    tail = np.concatenate([network.tail, arrival.sinks]).astype(np.int32)
    head = np.concatenate([network.head, goal]).astype(np.int32)
    took = _stacked(transit, np.zeros((len(goal), 1), np.int32))
    entries = (
        entries_by_arrival(took, width)
        if took.shape[1] > 1 else (np.zeros((1, 1), np.int32),) * 2
    )  # fmt: skip
    return Residual(
        tail, head, took, _stacked(capacity, arrival.sink_capacity),
        *lists(head, n + 1), *lists(tail, n + 1), *lists(arrival.sources, n + 1),
        arrival.sources, arrival.release, *entries,
    )  # fmt: skip


def _stacked(above: Int32s, below: Int32s) -> Int32s:
    """Put arrays over time on top of each other: (rows, 1) or (rows, steps + 1)."""
    width = max(above.shape[1], below.shape[1])
    parts = [np.broadcast_to(part, (len(part), width)) for part in (above, below)]
    return np.concatenate(parts).astype(np.int32)
