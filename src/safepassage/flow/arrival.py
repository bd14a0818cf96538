"""Solve for the earliest arrival of everybody, and read the answer."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import InputError
from safepassage.base.jit import is_compiled
from safepassage.base.progress import Progress, silent
from safepassage.flow import kernel, kernel_read
from safepassage.flow.network import one_number
from safepassage.flow.question import asked as checked
from safepassage.flow.question import seconds
from safepassage.flow.solve import solve
from safepassage.flow.walks import uncrossed

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from safepassage.flow.changes import Changes
    from safepassage.flow.lanes import Lanes
    from safepassage.flow.network import Network
    from safepassage.flow.resume import Resumed

__all__ = ["Arrival", "Cut", "Route", "earliest_arrival"]

Ints = NDArray[np.int64]
Int32s = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Cut:
    """Prove that nobody else could have arrived by ``step``.

    Every person who arrives by then passes one of these places, and each is full:
    arcs at minutes (``arcs``, ``arc_steps``), crossings at minutes (``sinks``,
    ``sink_steps``), and sources that have nobody left (``sources``). ``value`` is
    what they let through together; it equals the people arrived by ``step``.
    """

    step: int
    value: int
    arcs: Ints
    arc_steps: Ints
    sinks: Ints
    sink_steps: Ints
    sources: Ints


@dataclass(frozen=True, slots=True)
class Route:
    """Hold people who walk together: source and sink by index, arcs in order.

    ``enter`` holds the step at which they enter each arc.
    """

    source: int
    sink: int
    depart: int
    arrive: int
    people: int
    arcs: tuple[int, ...]
    enter: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """Hold an earliest-arrival flow: at every step the most people who can have arrived.

    Attributes
    ----------
    arrivals
        People reaching a sink at each step, shape (steps + 1,).
    left
        People not moved, shape (sources,).
    flow
        People entering each arc at each step, shape (arcs, steps + 1).
    sent
        People leaving each source at each step, shape (sources, steps + 1).
    passed
        People passing each sink at each step, shape (sinks, steps + 1).
    network, sources, supply, sinks, sink_capacity, steps, release
        The question, as it was asked.
    proven
        The last step up to which the arrivals are proven to be the most possible; ``steps``
        unless a time budget ran out.
    upper
        The most people who can have arrived by each step, shape (steps + 1,): equal to the
        sum of the arrivals up to ``proven``, a bound from there on.
    counts
        What the search did: augmentations, looks, label raises, words seen, surveys.

    """

    network: Network
    sources: Int32s
    supply: Ints
    sinks: Int32s
    sink_capacity: Int32s
    steps: int
    release: Int32s
    arrivals: Ints
    left: Ints
    flow: Int32s
    sent: Int32s
    passed: Int32s
    proven: int
    upper: Ints
    counts: Ints
    _died: Int32s = field(repr=False)
    _hub_died: Int32s = field(repr=False)
    _early: Ints = field(repr=False)
    _finished: int = field(repr=False)
    _lanes: Lanes = field(repr=False)

    @property
    def total(self) -> int:
        """Count the people who reach a sink by the last step."""
        return int(self.arrivals.sum())

    @property
    def gap(self) -> Ints:
        """Count, for each step, the people who might be out by then beyond those found."""
        return self.upper - np.cumsum(self.arrivals)

    def cut(self, step: int) -> Cut:
        """Give the cut that proves the arrivals up to and including ``step``.

        Raises
        ------
        InputError
            If ``step`` is not between 0 and ``steps``, or past ``proven``.

        """
        step = one_number(step, "step", low=-(2**31), high=2**31)
        if not 0 <= step <= self.steps:
            raise InputError.one(
                "step", f"must be between 0 and {self.steps} (is {step})", "Ask for another step."
            )
        none = np.zeros(0, np.int64)
        if step >= self._finished:  # everybody has left: the supplies themselves are the limit
            spent = np.arange(len(self.sources))
            return Cut(step, int(self.supply.sum()), none, none, none, none, spent)
        if step > self.proven:
            raise InputError.one(
                "step", f"is past {self.proven}, up to which the time given sufficed (is {step})",
                "Ask for an earlier step, give more time, or use the bound in `upper`.",
            )  # fmt: skip
        width, lanes = self.steps + 1, self._lanes
        arcs, arc_steps, value = kernel_read.cut_arcs(
            step, self._died, self._early, lanes.arc, lanes.tail, lanes.head, lanes.transit,
            lanes.runs, lanes.since, lanes.people, width,
        )  # fmt: skip
        spent = np.flatnonzero((self._hub_died > 0) & (self._hub_died <= step + 1))
        k = np.arange(step + 1)
        died = self._died[self.sinks.astype(np.int64)[:, None] * width + k]
        alive = ~((k < self._early[self.sinks][:, None]) | ((died > 0) & (died <= step + 1)))
        sinks, sink_steps = np.nonzero(alive)
        room = np.broadcast_to(self.sink_capacity, (len(self.sinks), width))
        value += int(room[sinks, sink_steps].sum(dtype=np.int64)) + int(self.supply[spent].sum())
        return Cut(step, int(value), arcs, arc_steps, sinks, sink_steps, spent)

    def resume(
        self, changes: Changes, *, at: int, budget_s: float | None = None,
        progress: Progress = silent,
    ) -> Resumed:  # fmt: skip
        """Solve again from step ``at`` on, with what lies before it frozen.

        See ``safepassage.flow.resume``. ``at=0`` is the counterfactual: nothing is frozen.
        """
        from safepassage.flow.resume import resume  # noqa: PLC0415 - it builds on this module

        return resume(self, changes, at=at, budget_s=budget_s, progress=progress)

    def routes(self) -> tuple[Route, ...]:
        """Take the flow apart into routes, few of which come back to where they have been.

        None is at one place twice in one step. ``flow.simple.straighten`` gives a flow with
        the same arrivals whose routes are straighter; ``flow.walks.circling`` counts who
        walks in a circle.
        """
        walks = uncrossed(self)
        arcs, enter, n_arcs = walks.arcs.tolist(), walks.enter.tolist(), self.network.n_arcs
        columns = (walks.source, walks.depart, walks.people, walks.base, walks.end - 1)
        return tuple(
            Route(s, arcs[j] - n_arcs, d, enter[j], n, tuple(arcs[i:j]), tuple(enter[i:j]))
            for s, d, n, i, j in zip(*(column.tolist() for column in columns), strict=True)
        )


def earliest_arrival(
    network: Network,
    sources: ArrayLike,
    supply: ArrayLike,
    sinks: ArrayLike,
    sink_capacity: ArrayLike,
    steps: int,
    *,
    release: ArrayLike | None = None,
    budget_s: float | None = None,
    progress: Progress = silent,
) -> Arrival:
    """Find a flow over time with the most people arrived at every step at once.

    People wait at their source and where the network has loops for it, nowhere else. The
    method is augmenting paths with kept labels, and looks at sixty-four steps at a time
    (``docs/flow.md``); that such a flow exists is due to Gale (1959), for many sources to
    Baumann and Skutella (2009).

    Parameters
    ----------
    network
        The streets.
    sources, supply
        Nodes people start from and how many start there [people], shape (sources,).
    sinks, sink_capacity
        Crossing nodes, shape (sinks,), and how many may pass per step [people],
        shape (sinks,) or (sinks, steps + 1).
    steps
        The last step; step k is the minute [k, k + 1).
    release
        First step at which each source may send people, shape (sources,); 0 if not given.
    budget_s
        Seconds after which the search for proof ends. What is found then is a flow that can
        be walked, the most possible up to ``Arrival.proven``; ``Arrival.upper`` bounds the
        rest. It takes up to half as long again to find it. No limit if not given.
    progress
        Told of a first compilation, which takes some ten seconds, and of the steps solved.

    Raises
    ------
    InputError
        If an argument is out of range; the message names the index.

    """
    asked = checked(network, sources, supply, sinks, sink_capacity, steps, release)
    budget = seconds(budget_s)
    if not is_compiled(kernel.advance):
        progress("Compiling the flow engine, once on this machine")
    found = solve(network, asked, budget, progress)
    answer = Arrival(
        network=network, sources=asked.sources, supply=asked.supply, sinks=asked.sinks,
        sink_capacity=asked.sink_capacity, steps=asked.steps, release=asked.release,
        arrivals=found.passed.sum(axis=0, dtype=np.int64), left=found.left, flow=found.flow,
        sent=found.sent, passed=found.passed, proven=found.proven, upper=found.upper,
        counts=found.counts, _died=found.died, _hub_died=found.hub_died, _early=found.early,
        _finished=found.finished, _lanes=found.lanes,
    )  # fmt: skip
    for part in fields(answer):
        value = getattr(answer, part.name)
        if isinstance(value, np.ndarray):
            value.setflags(write=False)
    return answer
