"""Let people who stand in the street go before people at home, arrivals unchanged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.jit import is_compiled
from safepassage.flow import kernel_resume

if TYPE_CHECKING:
    from safepassage.base.progress import Progress
    from safepassage.flow.arrival import Arrival

__all__ = ["street_first"]

Ints = NDArray[np.int64]
Int32s = NDArray[np.int32]

_LOOKS = 5_000_000
"""States looked at, at most, to let people in the street go before those at home."""


def street_first(rest: Arrival, n_home: int, progress: Progress) -> Arrival:
    """Let sources from ``n_home`` on, people in the street, go before those at home.

    Arrivals at each crossing and step stay as they are, and so do their proofs: what a
    cut lets through does not depend on who goes.
    """
    rest = _at_each_node(rest, n_home)
    if not rest.left[n_home:].any():
        return rest
    return _at_each_node(_take_places(rest, n_home, progress), n_home)


def _take_places(rest: Arrival, n_home: int, progress: Progress) -> Arrival:
    """Let those who would stand in the street to the end go in place of others at home.

    Of all flows with these arrivals it is one that leaves the fewest in the street
    (``docs/flow.md``), unless the looking gets too long.
    """
    if not is_compiled(kernel_resume.join_flow):
        progress("Compiling the flow engine, once on this machine")
    transit, capacity = rest.network.over(rest.steps)
    columns, every = rest.network.columns(rest.steps), np.arange(rest.steps + 1)
    column = np.searchsorted(columns, every, "right") - 1
    flow, sent, left = rest.flow.copy(), rest.sent.copy(), rest.left.copy()
    streets = (
        rest.network.tail, rest.network.head, transit, capacity,
        column if transit.shape[1] > 1 else 0 * every,
        column if capacity.shape[1] > 1 else 0 * every,
        transit.min(axis=1), transit.max(axis=1),
        *_lists(rest.network.head, rest.network.n_nodes),
        *_lists(rest.network.tail, rest.network.n_nodes),
        *_lists(rest.sources, rest.network.n_nodes),
        rest.sources, rest.release, n_home, flow, sent, left,
    )  # fmt: skip
    kernel_resume.join_flow(*streets, _LOOKS)
    if left[n_home:].any():
        kernel_resume.take_places(*streets, _LOOKS // 5)
    for array in (flow, sent, left):
        array.setflags(write=False)
    return replace(rest, flow=flow, sent=sent, left=left)


def _lists(of: Int32s, n: int) -> tuple[Ints, Ints]:
    """List the positions of each value 0 … n − 1 in ``of``, in order."""
    start = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(of, minlength=n), out=start[1:])
    return start, np.argsort(of, kind="stable").astype(np.int64)


def _at_each_node(rest: Arrival, n_home: int) -> Arrival:
    """Let those under way leave a node before those at home there, first come, first gone.

    Who leaves a node at a step counts for the flow, not whose they are.
    """
    nodes, count = np.unique(rest.sources, return_counts=True)
    shared = np.intersect1d(nodes[count > 1], rest.sources[n_home:])
    if len(shared) == 0:
        return rest
    there = np.flatnonzero(np.isin(rest.sources, shared))
    # by node, then under way before at home, then by release
    there = there[np.lexsort((rest.release[there], there < n_home, rest.sources[there]))]
    starts = np.flatnonzero(np.diff(rest.sources[there], prepend=-1))
    sent, left = rest.sent.copy(), rest.left.copy()
    for group in np.split(there, starts[1:]):
        way, home = group[group >= n_home], group[group < n_home]
        leaving = np.cumsum(rest.sent[group].sum(axis=0, dtype=np.int64))
        came = np.zeros(rest.steps + 1, np.int64)
        np.add.at(came, rest.release[way], rest.supply[way])
        over = np.cumsum(came) - leaving  # a queue: who stands is over, less its lowest yet
        standing = over - np.minimum(0, np.minimum.accumulate(over))
        first = np.cumsum(came) - standing
        for who, gone in ((way, first), (home, leaving - first)):
            ends = np.cumsum(rest.supply[who])
            share = np.clip(gone - (ends - rest.supply[who])[:, None], 0, rest.supply[who][:, None])
            sent[who] = np.diff(share, axis=1, prepend=0)
            left[who] = rest.supply[who] - share[:, -1]
    sent.setflags(write=False)
    left.setflags(write=False)
    return replace(rest, sent=sent, left=left)
