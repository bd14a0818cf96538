"""Run the engine on a checked question, within a time budget if one is given."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from safepassage.flow import kernel, kernel_read
from safepassage.flow.kernel_bits import first_bits
from safepassage.flow.kernel_hops import hops_from
from safepassage.flow.lanes import Lanes, lists, make_lanes

if TYPE_CHECKING:
    from safepassage.base.progress import Progress
    from safepassage.flow.network import Network
    from safepassage.flow.question import Question

__all__ = ["Solved", "solve"]

Ints = NDArray[np.int64]
Int32s = NDArray[np.int32]

_FIRST: Final = 200
"""Label raises before a search looks for a small dead end for the first time."""

_PATIENCE: Final = 20_000
"""Label raises before a search looks at everything; measured, see docs/flow.md."""

_CHUNK: Final = 200_000
"""Units of work between looks at the clock, some hundredths of a second."""

_GREEDY: Final = 2_000
"""Label raises a search may take once the time is up."""

_CHECKPOINTS: Final = 8
"""Steps at which the bound on what was not solved is computed anew."""


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """Hold what the engine found: see ``Arrival`` for the meaning of its arrays.

    ``died`` holds for each state, and ``hub_died`` for each source, one more than the
    step at which it was cut off for good, or 0; states before ``early`` never could be
    reached. ``proven`` is the last step whose arrivals are the most possible, and
    ``upper`` bounds the people arrived by each step.
    """

    lanes: Lanes
    flow: Int32s
    sent: Int32s
    passed: Int32s
    left: Ints
    died: Int32s
    hub_died: Int32s
    early: Ints
    finished: int
    proven: int
    upper: Ints
    counts: Ints


def solve(network: Network, asked: Question, budget_s: float | None, progress: Progress) -> Solved:
    """Find the flow; past the budget go on without proof, and bound what is missing."""
    run = _Run(network, asked)
    width = asked.steps + 1
    end = None if budget_s is None else time.monotonic() + budget_s
    now = 0
    while now < width:
        if end is not None and time.monotonic() >= end:
            break
        if now:  # short runs need no telling
            progress("Finding who can be out by when", now / width)
        now = run.advance(now, exact=True)
    proven = now - 1
    died, hub_died = run.died, run.hub_died
    if now < width:
        died, hub_died = died.copy(), hub_died.copy()  # what comes now proves nothing
        stop = time.monotonic() + max(1.0, 0.5 * (budget_s or 0.0))
        while now < width and time.monotonic() < stop:
            progress("Going on without proof", now / width)
            now = run.advance(now, exact=False)
    return Solved(
        run.lanes, run.flow, run.sent, run.passed, run.left, died, hub_died, run.early,
        run.finished(), proven, _upper(run, asked, died, hub_died, proven), run.counts,
    )  # fmt: skip


class _Run:
    """Hold the arrays of one run, packed for the kernel."""

    def __init__(self, network: Network, asked: Question) -> None:
        width, n, n_sources = asked.steps + 1, network.n_nodes, len(asked.sources)
        self.asked = asked
        self.lanes = lanes = make_lanes(network, asked.steps)
        head_out, transit_out = lanes.head[lanes.out_lane], lanes.transit[lanes.out_lane]
        out_of = np.empty_like(lanes.out_lane)
        out_of[lanes.out_lane] = np.arange(len(out_of), dtype=np.int32)
        self.early = kernel_read.earliest(
            n, lanes.out_start, head_out, transit_out, asked.sources, asked.release
        )
        blocked, room = first_bits(self.early, lanes.runs, lanes.since, lanes.people, width)
        words = len(blocked)
        self.left = asked.supply.copy()
        self.net = (
            lanes.tail, lanes.transit, lanes.in_start, lanes.out_start, head_out, transit_out,
            *lists(asked.sources, n), asked.sources, asked.release,
        )  # fmt: skip
        self.caps = (lanes.runs, lanes.since, lanes.people, out_of, lanes.out_lane, lanes.arc)
        self.state = (
            blocked, np.zeros_like(blocked), room, np.zeros_like(room),
            np.ascontiguousarray(room[:, lanes.out_lane]), np.zeros_like(room),
            np.zeros((words, n_sources), np.uint64), self.left,
        )  # fmt: skip
        self.labels = np.zeros(n * width, np.int32)
        self.hub_label = np.zeros(n_sources, np.int32)
        self.hops, self.owner = np.zeros(n, np.int32), np.zeros(n, np.int32)
        ends, other = (np.concatenate(pair) for pair in
                       ((lanes.head, lanes.tail), (lanes.tail, lanes.head)))  # fmt: skip
        near_start, order = lists(ends, n)
        self.near = near_start, other[order]
        hops_from(self.hops, self.owner, asked.sources, self.left, *self.near)
        region = (
            np.zeros_like(blocked), np.zeros_like(blocked),
            np.empty(n * words, np.int32), np.empty(n * words, np.int32),
            np.full(n_sources, -1, np.int32), np.zeros(1, np.int64),
        )  # fmt: skip
        self.scratch: tuple[Any, ...] = (
            np.full(n_sources, -1, np.int32), np.zeros(n_sources, np.int32), region,
            np.zeros(2, np.int64),
        )  # fmt: skip
        self.flow = np.zeros((network.n_arcs, width), np.int32)
        self.sent = np.zeros((n_sources, width), np.int32)
        self.passed = np.zeros((len(asked.sinks), width), np.int32)
        self.died = np.zeros(n * width, np.int32)
        self.hub_died = np.zeros(n_sources, np.int32)
        self.failed = np.zeros((len(asked.sinks), 2), np.int64)
        self.pending: tuple[Any, ...] = (np.empty(64, np.int32), np.empty(64, np.int32), 0)
        self.counts = np.zeros(5, np.int64)

    def advance(self, now: int, *, exact: bool) -> int:
        """Go on from a step for a while; give the step reached."""
        now, self.pending = kernel.advance(
            self.net, self.caps, self.asked.sinks, self.asked.sink_capacity, self.state,
            self.labels, self.hub_label, self.hops, self.owner, self.near, self.scratch,
            self.flow, self.sent, self.passed, self.died, self.hub_died, self.failed,
            self.pending, now, _CHUNK, _FIRST, _PATIENCE if exact else _GREEDY, exact,
            self.counts,
        )  # fmt: skip
        return int(now)

    def finished(self) -> int:
        """Give the step at which the last person arrived, or one past the last step."""
        if self.left.any():
            return self.asked.steps + 1
        arrived = np.flatnonzero(self.passed.any(axis=0))
        return int(arrived[-1]) if len(arrived) else 0


def _upper(run: _Run, asked: Question, died: Int32s, hub_died: Int32s, proven: int) -> Ints:
    """Bound the people arrived by each step, where it was not solved by cuts that repeat."""
    width = asked.steps + 1
    upper = np.cumsum(run.passed.sum(axis=0, dtype=np.int64))
    if proven == asked.steps:
        return upper
    room = np.broadcast_to(asked.sink_capacity, (len(asked.sinks), width))
    rate = room.sum(axis=0, dtype=np.int64)
    supply = int(asked.supply[run.early[asked.sources] < width].sum())
    base = int(upper[proven]) if proven >= 0 else 0
    gates = np.cumsum(rate)
    upper[proven + 1 :] = base + gates[proven + 1 :] - (gates[proven] if proven >= 0 else 0)
    lanes = run.lanes
    for step in np.unique(np.linspace(proven + 1, asked.steps, _CHECKPOINTS).astype(int)):
        for part in (0.25, 0.5, 0.75) if proven >= 0 else ():
            value = kernel_read.stretched_cut(
                step, proven, int(part * proven), died, hub_died, run.early,
                lanes.tail, lanes.head, lanes.transit, lanes.runs, lanes.since, lanes.people,
                asked.sources, asked.release, asked.supply, asked.sinks, asked.sink_capacity,
                width,
            )  # fmt: skip
            upper[step] = min(upper[step], value)
    for k in range(proven + 2, width):  # no more in a step than the crossings take
        upper[k] = min(upper[k], upper[k - 1] + rate[k])
    # nor more by a step than by a later one, nor more than can ever set out
    return np.asarray(np.minimum(np.minimum.accumulate(upper[::-1])[::-1], supply), np.int64)
