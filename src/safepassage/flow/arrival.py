"""Solve for the earliest arrival of everybody, and read the answer."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Fault, InputError
from safepassage.base.jit import is_compiled
from safepassage.base.progress import Progress, silent
from safepassage.flow import kernel, kernel_read
from safepassage.flow.network import UNBOUNDED, Network, one_number, whole_numbers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Arrival", "Cut", "Route", "earliest_arrival"]

Ints = NDArray[np.int64]
Int32s = NDArray[np.int32]

_MOST_STATES = 2**31 - 1
_PATIENCE = 5000

_BYTES_PER_STATE = 12
"""Labels and what the search keeps of each node at each step."""

_BYTES_PER_ENTRY = 4
"""People entering an arc at a step, as 32-bit numbers."""

_SHARE_OF_MEMORY = 0.8


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
    searches, proofs
        How many augmenting paths were found, and how often everything alive was
        looked at because labels climbed and climbed.

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
    searches: int
    proofs: int
    _died: Int32s = field(repr=False)
    _finished: int = field(repr=False)

    @property
    def total(self) -> int:
        """Count the people who reach a sink by the last step."""
        return int(self.arrivals.sum())

    def cut(self, step: int) -> Cut:
        """Give the cut that proves the arrivals up to and including ``step``.

        Raises
        ------
        InputError
            If ``step`` is not between 0 and ``steps``.

        """
        if not 0 <= step <= self.steps:
            raise InputError.one(
                "step", f"must be between 0 and {self.steps} (is {step})", "Ask for another step."
            )
        none = np.zeros(0, np.int64)
        if step >= self._finished:  # everybody has left: the supplies themselves are the limit
            spent = np.arange(len(self.sources))
            return Cut(step, int(self.supply.sum()), none, none, none, none, spent)
        width = self.steps + 1
        transit, capacity = self.network.over(self.steps)
        ends = (step, self._died, self.network.tail, self.network.head, transit, width)
        count = kernel_read.count_cut(*ends)
        arcs, arc_steps = kernel_read.fill_cut(*ends, count)
        hubs = self.network.n_nodes * width
        spent = np.flatnonzero(self._died[hubs:] <= step)
        k = np.arange(step + 1)
        alive = self._died[self.sinks.astype(np.int64)[:, None] * width + k] > step
        sinks, sink_steps = np.nonzero(alive)
        room = np.broadcast_to(self.sink_capacity, (len(self.sinks), width))
        over_time = np.broadcast_to(capacity, (self.network.n_arcs, width))
        value = (
            int(over_time[arcs, arc_steps].sum(dtype=np.int64))
            + int(room[sinks, sink_steps].sum(dtype=np.int64))
            + int(self.supply[spent].sum())
        )
        return Cut(step, value, arcs, arc_steps, sinks, sink_steps, spent)

    def routes(self) -> tuple[Route, ...]:
        """Take the flow apart into routes without loops within a minute."""
        net = _packed(self.network, self.steps)
        at_start, at_sink = _lists(self.sinks, self.network.n_nodes)
        source, sink, depart, arrive, people, start, arcs, enter = kernel_read.decompose(
            self.network.tail, self.network.head, net.transit, net.out_start, net.out_arc,
            self.sources, at_start, at_sink,
            self.flow.copy(), self.sent.copy(), self.passed.copy(),
        )  # fmt: skip
        arc_list, enter_list = arcs.tolist(), enter.tolist()
        return tuple(
            Route(s, e, d, a, n, tuple(arc_list[i:j]), tuple(enter_list[i:j]))
            for s, e, d, a, n, i, j in zip(
                source.tolist(),
                sink.tolist(),
                depart.tolist(),
                arrive.tolist(),
                people.tolist(),
                start.tolist()[:-1],
                start.tolist()[1:],
                strict=True,
            )
        )


@dataclass(frozen=True, slots=True)
class _Packed:
    transit: Int32s
    capacity: Int32s
    in_start: Ints
    in_arc: Ints
    out_start: Ints
    out_arc: Ints


def _lists(of: NDArray[Any], n: int) -> tuple[Ints, Ints]:
    """List the positions of each value 0 … n − 1 in ``of``, in order."""
    order = np.argsort(of, kind="stable").astype(np.int64)
    start = np.zeros(n + 1, np.int64)
    np.cumsum(np.bincount(of, minlength=n), out=start[1:])
    return start, order


def _packed(network: Network, steps: int) -> _Packed:
    transit, capacity = network.over(steps)
    in_start, in_arc = _lists(network.head, network.n_nodes)
    out_start, out_arc = _lists(network.tail, network.n_nodes)
    return _Packed(transit, capacity, in_start, in_arc, out_start, out_arc)


@dataclass(frozen=True, slots=True)
class _Question:
    sources: Int32s
    supply: Ints
    sinks: Int32s
    sink_capacity: Int32s
    steps: int
    release: Int32s


def _memory() -> int | None:
    """Give the machine's memory in bytes, where it can be known."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):  # not on every system
        return None


def _fits(network: Network, last: int) -> None:
    """Refuse a question whose answer would not fit into memory, before any work."""
    here = _memory()
    if here is None:
        return
    width = last + 1
    given = network.transit.nbytes + network.capacity.nbytes
    per_step = network.n_nodes * _BYTES_PER_STATE + network.n_arcs * _BYTES_PER_ENTRY
    needed, room = per_step * width + given, _SHARE_OF_MEMORY * here
    if needed <= room:
        return
    # both the steps and what is given per step shrink as the step grows
    coarser = math.ceil(needed / room)
    raise InputError.one(
        "steps",
        f"{network.n_nodes:,} nodes and {network.n_arcs:,} arcs over {width:,} steps need about "
        f"{needed / 2**30:,.1f} GiB, and this machine has {here / 2**30:,.1f} GiB",
        f"Use a step at least {coarser} times as long, or a smaller network.",
    )


def _asked(
    network: Network, sources: ArrayLike, supply: ArrayLike, sinks: ArrayLike,
    sink_capacity: ArrayLike, steps: int, release: ArrayLike | None,
) -> _Question:  # fmt: skip
    """Check a question at the door."""
    if not isinstance(network, Network):
        raise InputError.one(
            "network", f"is no Network ({type(network).__name__})", "Make one with flow.Network."
        )
    last = one_number(steps, "steps", low=0, high=2**24)
    if network.n_nodes * (last + 1) > _MOST_STATES:
        coarser = -(-network.n_nodes * (last + 1) // _MOST_STATES)
        raise InputError.one(
            "steps",
            f"{network.n_nodes:,} nodes × {last + 1:,} steps are more states than fit",
            f"Use a step at least {coarser} times as long.",
        )
    _fits(network, last)
    source = np.atleast_1d(whole_numbers(sources, "sources", low=0, high=network.n_nodes - 1))
    people = np.atleast_1d(whole_numbers(supply, "supply", low=0, high=UNBOUNDED))
    sink = np.atleast_1d(whole_numbers(sinks, "sinks", low=0, high=network.n_nodes - 1))
    room = np.atleast_1d(whole_numbers(sink_capacity, "sink_capacity", low=0, high=UNBOUNDED))
    faults = [
        Fault(name, f"has shape {array.shape}", "Give a list of nodes, in one dimension.")
        for name, array in (("sources", source), ("sinks", sink))
        if array.ndim != 1
    ]
    if faults:
        raise InputError(faults)
    first = np.atleast_1d(
        np.zeros(len(source), np.int64)
        if release is None
        else whole_numbers(release, "release", low=0, high=UNBOUNDED)
    )
    if len(sink) == 0:
        faults.append(Fault("sinks", "holds no crossing", "Name at least one."))
    for name, array in (("supply", people), ("release", first)):
        if array.shape != source.shape:
            faults.append(
                Fault(name, f"has shape {array.shape}, sources has {source.shape}",
                      "Give one number per source.")
            )  # fmt: skip
    if room.shape not in {sink.shape, (len(sink), last + 1)}:
        faults.append(
            Fault("sink_capacity", f"has shape {room.shape}",
                  f"Give ({len(sink)},) or ({len(sink)}, {last + 1}).")
        )  # fmt: skip
    if int(people.sum()) > UNBOUNDED:
        faults.append(
            Fault("supply", f"holds {int(people.sum()):,} people in all",
                  f"At most {UNBOUNDED:,} can be counted.")
        )  # fmt: skip
    if faults:
        raise InputError(faults)
    return _Question(
        source.astype(np.int32), people, sink.astype(np.int32),
        np.ascontiguousarray(room.reshape(len(sink), -1), np.int32), last,
        np.minimum(first, last + 1).astype(np.int32),
    )  # fmt: skip


def earliest_arrival(
    network: Network,
    sources: ArrayLike,
    supply: ArrayLike,
    sinks: ArrayLike,
    sink_capacity: ArrayLike,
    steps: int,
    *,
    release: ArrayLike | None = None,
    progress: Progress = silent,
) -> Arrival:
    """Find a flow over time with the most people arrived at every step at once.

    People wait at their source and nowhere else. The method is shortest augmenting
    paths with kept labels (``docs/flow.md``); that such a flow exists is due to
    Gale (1959), for many sources Baumann and Skutella (2009).

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
    progress
        Told of a first compilation, which takes some ten seconds.

    Raises
    ------
    InputError
        If an argument is out of range; the message names the index.

    """
    asked = _asked(network, sources, supply, sinks, sink_capacity, steps, release)
    if not is_compiled(kernel.solve):
        progress("Compiling the flow engine, once on this machine")
    width = asked.steps + 1
    net = _packed(network, asked.steps)
    quickest = net.transit.min(axis=1) if network.n_arcs else np.zeros(0, np.int32)
    hops, step = kernel_read.earliest(
        network.n_nodes, net.out_start, net.out_arc, network.head, quickest,
        asked.sources, asked.release,
    )  # fmt: skip
    labels = kernel_read.first_labels(hops, step, width, len(asked.sources), kernel.DEAD)
    if net.transit.shape[1] > 1:
        first, following = kernel.arcs_by_arrival(net.transit, width)
    else:
        first = following = np.zeros((1, 1), np.int32)
    at_start, at_source = _lists(asked.sources, network.n_nodes)
    arrays = (
        network.tail, network.head, net.transit, _usable(network, net),
        net.in_start, net.in_arc, net.out_start, net.out_arc,
        at_start, at_source, asked.sources, asked.release, first, following,
    )  # fmt: skip
    flow, sent, passed, left, died, finished, searches, proofs = kernel.solve(
        arrays, asked.sinks, asked.sink_capacity, asked.supply, labels, width,
        _PATIENCE,
    )  # fmt: skip
    for array in (flow, sent, passed, left, died):
        array.setflags(write=False)
    return Arrival(
        network=network, sources=asked.sources, supply=asked.supply, sinks=asked.sinks,
        sink_capacity=asked.sink_capacity, steps=asked.steps,
        release=asked.release,
        arrivals=passed.sum(axis=0, dtype=np.int64), left=left, flow=flow, sent=sent,
        passed=passed, searches=int(searches), proofs=int(proofs),
        _died=died, _finished=int(finished),
    )  # fmt: skip


def _usable(network: Network, net: _Packed) -> Int32s:
    """Close loops that take no time: they carry nobody anywhere."""
    loops = network.tail == network.head
    if not loops.any():
        return net.capacity
    shape = np.broadcast_shapes(net.capacity.shape, net.transit.shape)
    capacity = np.array(np.broadcast_to(net.capacity, shape), np.int32)
    capacity[loops[:, None] & (np.broadcast_to(net.transit, shape) == 0)] = 0
    return capacity
