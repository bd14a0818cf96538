"""Lay a network out for the kernel: lanes of one transit each, capacities in runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from safepassage.flow.network import Network

__all__ = ["NOT_HERE", "Lanes", "lists", "make_lanes"]

Int32s = NDArray[np.int32]
Ints = NDArray[np.int64]


NOT_HERE = -1
"""Capacity of a lane at steps at which its arc takes another time."""


class Lanes(NamedTuple):
    """Hold lanes, sorted by the node they lead to.

    A lane is an arc at the steps at which it takes one and the same time, so that its
    transit is one number. An arc whose transit changes has several lanes. Lane i has the
    capacity ``people[j]`` from step ``since[j]`` on, for ``runs[i] <= j < runs[i + 1]``.

    Attributes
    ----------
    arc, tail, head, transit
        Of each lane, shape (lanes,).
    in_start
        Lanes into node v are ``in_start[v]`` to ``in_start[v + 1]``, shape (nodes + 1,).
    out_start, out_lane
        Lanes out of node v are ``out_lane[out_start[v]:out_start[v + 1]]``.
    runs, since, people
        Capacities, as told above.

    """

    arc: Int32s
    tail: Int32s
    head: Int32s
    transit: Int32s
    in_start: Int32s
    out_start: Int32s
    out_lane: Int32s
    runs: Ints
    since: Int32s
    people: Int32s


def lists(of: NDArray[np.int32], n: int) -> tuple[Int32s, Int32s]:
    """List the positions of each value 0 … n − 1 in ``of``, in order."""
    order = np.argsort(of, kind="stable").astype(np.int32)
    start = np.zeros(n + 1, np.int32)
    np.cumsum(np.bincount(of, minlength=n), out=start[1:])
    return start, order


def make_lanes(network: Network, steps: int) -> Lanes:
    """Lay a network out; see ``Lanes``."""
    transit, capacity = network.over(steps)
    since = network.columns(steps)
    if transit.shape[1] == 1:
        arc = np.arange(network.n_arcs)
        took = transit[:, 0].astype(np.int64)
    else:
        arc, took = _different(transit)
    keep = (network.tail[arc] != network.head[arc]) | (took > 0)  # a loop at once leads nowhere
    arc, took = arc[keep], took[keep]
    order = np.argsort(network.head[arc], kind="stable")
    arc, took = arc[order], took[order]
    tail, head = network.tail[arc], network.head[arc]
    in_start = np.zeros(network.n_nodes + 1, np.int32)
    np.cumsum(np.bincount(head, minlength=network.n_nodes), out=in_start[1:])
    out_start, out_lane = lists(tail, network.n_nodes)
    runs, begin, people = _runs(arc, took, transit, capacity, since)
    return Lanes(
        arc.astype(np.int32), tail, head, took.astype(np.int32), in_start, out_start, out_lane,
        runs, begin, people,
    )  # fmt: skip


def _different(transit: Int32s) -> tuple[Ints, Ints]:
    """List each arc with each of its transit times once."""
    n_arcs, columns = transit.shape
    by_value = np.sort(transit, axis=1)
    first = np.ones((n_arcs, columns), bool)
    first[:, 1:] = by_value[:, 1:] != by_value[:, :-1]
    arc, column = np.nonzero(first)
    return arc, by_value[arc, column].astype(np.int64)


def _runs(
    arc: Ints, took: Ints, transit: Int32s, capacity: Int32s, since: Int32s
) -> tuple[Ints, Int32s, Int32s]:
    """Write each lane's capacity as runs of steps with the same number."""
    n = len(arc)
    columns = max(transit.shape[1], capacity.shape[1])
    if columns == 1:
        return np.arange(n + 1), np.zeros(n, np.int32), capacity[arc, 0]
    starts, values, count = [], [], np.zeros(n + 1, np.int64)
    block = max(1, 2**22 // columns)  # rows at a time: what is made on the way stays small
    for low in range(0, n, block):
        rows = slice(low, low + block)
        wide = (len(arc[rows]), columns)
        room = np.broadcast_to(capacity[arc[rows]], wide)
        if transit.shape[1] > 1:
            room = np.where(transit[arc[rows]] == took[rows, None], room, NOT_HERE)
        new = np.ones(wide, bool)
        new[:, 1:] = room[:, 1:] != room[:, :-1]
        lane, column = np.nonzero(new)
        starts.append(since[column])
        values.append(room[lane, column])
        count[low + 1 : low + 1 + wide[0]] = new.sum(axis=1)
    return (
        np.cumsum(count),
        np.concatenate([*starts, np.zeros(0, np.int64)]).astype(np.int32),
        np.concatenate([*values, np.zeros(0, np.int32)]).astype(np.int32),
    )
