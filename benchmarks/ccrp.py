"""Plan as a Capacity Constrained Route Planner does: the quickest way left, again and again.

After Lu, George and Shekhar, *Capacity Constrained Routing Algorithms for Evacuation
Planning* (SSTD 2005, Springer LNCS 3633): find the source and the destination with the
earliest arrival over what room is left, send as many as fit along that way, reserve
their places for good, and go on until nobody is left or no way is left. Nothing sent is
ever taken back; that is what makes it a heuristic.

Two things are as in our model and not as in the paper: people wait at home and nowhere
else, and a crossing lets so many pass each step. As nobody waits on the way, the search
runs backwards from the crossings at the earliest step at which one has room. That step
never falls, since room only shrinks. A search is Dijkstra's, with one bucket a step.

- ``over_steps=False``: one label a node, as in the paper: the latest step from which a
  crossing is reached. Fast, but it misses ways that pass a node at another step.
- ``over_steps=True``: one label a node and step. No way is missed, and searching takes
  many times as long. States that no source with people leads to are left out of later
  searches: as room only shrinks, they stay useless.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.jit import jit

if TYPE_CHECKING:
    from instances import Instance

__all__ = ["Reserved", "ccrp"]

USELESS = 2**31 - 1
"""Stamp of a state that nobody still at home can use."""


@dataclass(frozen=True, eq=False)
class Reserved:
    """Hold what CCRP reserved; arrays over time have ``steps + 1`` columns.

    ``flow`` counts people entering each arc, ``sent`` leaving each source, ``passed``
    passing each crossing; ``arrivals`` is the sum over crossings, ``left`` the people
    not moved by source. ``ways`` counts the ways found, ``looks`` the labels settled.
    """

    arrivals: np.ndarray
    flow: np.ndarray
    sent: np.ndarray
    passed: np.ndarray
    left: np.ndarray
    ways: int
    looks: int


def ccrp(grid: Instance, steps: int, *, over_steps: bool = False) -> Reserved:
    """Reserve ways for everybody who can get out by ``steps``, the quickest first."""
    width = steps + 1
    order = np.argsort(grid.head, kind="stable")
    start = np.zeros(grid.n_nodes + 1, np.int64)
    np.cumsum(np.bincount(grid.head, minlength=grid.n_nodes), out=start[1:])
    home = np.argsort(grid.sources, kind="stable")
    at_home = np.zeros(grid.n_nodes + 1, np.int64)
    np.cumsum(np.bincount(grid.sources, minlength=grid.n_nodes), out=at_home[1:])
    given = (grid.tail, grid.head, grid.transit, grid.capacity)
    streets = (
        *(array.astype(np.int32) for array in given), start, order, at_home, home,
        grid.sinks, grid.sink_capacity.astype(np.int32),
    )  # fmt: skip
    left = grid.supply.astype(np.int64)
    flow = np.zeros((len(grid.tail), width), np.int32)
    sent = np.zeros((len(grid.sources), width), np.int32)
    passed = np.zeros((len(grid.sinks), width), np.int32)
    ways, looks = _reserve_all(streets, left, flow, sent, passed, over_steps)
    return Reserved(passed.sum(axis=0, dtype=np.int64), flow, sent, passed, left, ways, looks)


@jit
def _reserve_all(streets, left, flow, sent, passed, over_steps):  # noqa: ANN001, ANN202 - numba
    """Find ways and reserve them until none is left, at each step in turn."""
    sinks, sink_capacity = streets[8:10]
    width = flow.shape[1]
    n_labels = (streets[4].shape[0] - 1) * (width if over_steps else 1)
    stamp = np.zeros(n_labels, np.int32)
    latest = np.empty(n_labels, np.int32)
    onward = np.empty(n_labels, np.int32)  # the arc towards the crossing, or -1 - crossing
    bucket = np.full(width, -1, np.int64)
    queue = np.empty(1024, np.int64)
    below = np.empty(1024, np.int64)
    ways = looks = mark = 0
    waiting = left.sum()
    for now in range(width):
        while waiting > 0:
            mark += 1
            count = 0
            for e in range(sinks.shape[0]):
                label = sinks[e] * width + now if over_steps else sinks[e]
                if passed[e, now] < sink_capacity[e] and stamp[label] < mark:
                    stamp[label], latest[label], onward[label] = mark, now, -1 - e
                    queue[count], below[count] = sinks[e] * width + now, bucket[now]
                    bucket[now] = count
                    count += 1
            x, s, count, settled, queue, below = _quickest(
                streets, left, flow, over_steps, now, mark, count, stamp, latest, onward,
                bucket, queue, below,
            )  # fmt: skip
            looks += settled
            if x < 0:
                if over_steps:
                    for i in range(count):
                        stamp[queue[i]] = USELESS
                break
            ways += 1
            waiting -= _reserve(streets, left, flow, sent, passed, over_steps, onward, x, s)
    return ways, looks


@jit
def _quickest(  # noqa: ANN202 - numba
    streets, left, flow, over_steps, now, mark, count, stamp, latest, onward,  # noqa: ANN001
    bucket, queue, below,  # noqa: ANN001
):  # fmt: skip
    """Look backwards from what is in the bucket of step ``now`` for a source with people.

    Gives the state found (-1 if none) and its source, how many states were queued, how
    many settled, and the queue, which may have grown.
    """
    tail, _, transit, capacity, start, order, at_home, home = streets[:8]
    width = flow.shape[1]
    settled = 0
    for t in range(now, -1, -1):
        while bucket[t] >= 0:
            x = queue[bucket[t]]
            bucket[t] = below[bucket[t]]
            v = x // width
            if latest[x if over_steps else v] > t:
                continue
            settled += 1
            for i in range(at_home[v], at_home[v + 1]):
                if left[home[i]] > 0:
                    bucket[: t + 1] = -1
                    return x, home[i], count, settled, queue, below
            for i in range(start[v], start[v + 1]):
                a = order[i]
                k = t - transit[a]
                if k < 0 or flow[a, k] >= capacity[a]:
                    continue
                label = tail[a] * width + k if over_steps else tail[a]
                if stamp[label] > mark or (stamp[label] == mark and latest[label] >= k):
                    continue
                stamp[label], latest[label], onward[label] = mark, k, a
                if count == queue.shape[0]:
                    queue = np.concatenate((queue, np.empty_like(queue)))
                    below = np.concatenate((below, np.empty_like(below)))
                queue[count], below[count] = tail[a] * width + k, bucket[k]
                bucket[k] = count
                count += 1
    return -1, -1, count, settled, queue, below


@jit
def _reserve(streets, left, flow, sent, passed, over_steps, onward, x, s):  # noqa: ANN001, ANN202
    """Send as many as fit from source ``s`` at state ``x`` along the way found."""
    head, transit, capacity, sink_capacity = streets[1], streets[2], streets[3], streets[9]
    width = flow.shape[1]
    people = left[s]
    for reserving in (False, True):
        v, t = x // width, x % width
        a = onward[x if over_steps else v]
        while a >= 0:
            if reserving:
                flow[a, t] += people
            else:
                people = min(people, capacity[a] - flow[a, t])
            v, t = head[a], t + transit[a]
            a = onward[v * width + t if over_steps else v]
        e = -1 - a
        if reserving:
            passed[e, t] += people
        else:
            people = min(people, sink_capacity[e] - passed[e, t])
    sent[s, x % width] += people
    left[s] -= people
    return people
