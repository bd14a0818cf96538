"""Spend little time on the road: later departures for the same arrivals."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from safepassage.flow import kernel_exposure as kernel
from safepassage.flow.kernel_prices import find_prices
from safepassage.flow.lanes import lists
from safepassage.flow.question import seconds

if TYPE_CHECKING:
    from safepassage.flow.arrival import Arrival

__all__ = ["exposure", "least_exposure", "on_the_road"]

Ints = NDArray[np.int64]
Int32s = NDArray[np.int32]

_WHOLE: Final = 10_000_000
"""States looked at before planning everybody anew at once is given up, some seconds."""

_WINDOW: Final = (20, 5)
"""Steps of arrival planned anew together, where everybody is too many."""

_EACH: Final = 2_000_000
"""States looked at before such a window is left as it was."""

_TOTAL: Final = 20_000_000
"""States looked at in all windows together, some tens of seconds in a city."""

_SMALL: Final = 300_000
"""States up to which everybody is planned anew at once."""

_OFTEN: Final = 10_000
"""States looked at before prices are found anew."""


def on_the_road(arrival: Arrival) -> Ints:
    """Count the people on the road during each step, shape (steps + 1,).

    Who enters an arc in step k and takes τ steps is on the road in k … k + τ − 1. Who waits
    in a loop (tail = head) is in a shelter, not on the road.
    """
    network, width = arrival.network, arrival.steps + 1
    arc, enter = np.nonzero(arrival.flow)
    road = network.tail[arc] != network.head[arc]
    arc, enter = arc[road], enter[road]
    people = arrival.flow[arc, enter].astype(np.int64)
    transit, _ = network.over(arrival.steps)
    column = np.searchsorted(network.columns(arrival.steps), enter, side="right") - 1
    leave = enter + transit[arc, column if transit.shape[1] > 1 else 0]
    change = np.zeros(width + 1, np.int64)
    np.add.at(change, enter, people)
    np.subtract.at(change, np.minimum(leave, width), people)
    return np.cumsum(change)[:width]


def exposure(arrival: Arrival) -> int:
    """Sum up the steps that people spend on the road [person-steps]."""
    return int(on_the_road(arrival).sum())


def least_exposure(arrival: Arrival, *, budget_s: float | None = None) -> Arrival:
    """Give a flow with the same arrivals at every step and little time on the road.

    People leave home later, by quicker ways, or others leave in their place; which crossing
    they pass may change as well, within its capacity. The certificate stays as it is, since
    the arrivals do. Small questions get the least there is: everybody is planned anew, in
    order of arrival, each by the cheapest residual way, as in the successive shortest paths
    of a min-cost flow. Where that is too much work, the people who arrive in a window of
    some steps are planned anew while all others stay, window after window.

    Parameters
    ----------
    arrival
        An earliest-arrival flow.
    budget_s
        Seconds after which what is found so far is given. The same answer each time is only
        given without one; then the work is limited by count.

    Raises
    ------
    InputError
        If the budget is no number above 0.

    """
    budget = seconds(budget_s)
    until = None if budget is None else time.monotonic() + budget
    again = _Again(arrival)
    width = arrival.steps + 1
    small = arrival.network.n_nodes * width <= _SMALL
    if small and again.improve(np.arange(width), _WHOLE):
        return again.result()
    for size in _WINDOW:
        failed = False
        for low in range(0, width, size):
            late = until is not None and time.monotonic() >= until
            if late or again.looked >= _TOTAL:
                return again.result()
            window = np.arange(low, min(low + size, width))
            failed = not again.improve(window, _EACH) or failed
        if not failed:
            break
    return again.result()


@dataclass(slots=True)
class _Question:
    """Hold a network with one more node, behind the crossings."""

    net: tuple[Any, ...]
    taking: tuple[Any, ...]
    cost_free: NDArray[np.bool_]
    order: Ints


def _question(arrival: Arrival) -> _Question:
    network, n, width = arrival.network, arrival.network.n_nodes, arrival.steps + 1
    transit, capacity = network.at_every_step(arrival.steps)
    room = arrival.sink_capacity
    n_sinks = len(arrival.sinks)
    if capacity.shape[1] != room.shape[1]:
        capacity = np.broadcast_to(capacity, (network.n_arcs, width))
        room = np.broadcast_to(room, (n_sinks, width))
    tail = np.concatenate([network.tail, arrival.sinks]).astype(np.int32)
    head = np.concatenate([network.head, np.full(n_sinks, n, np.int32)])
    transit = np.concatenate([transit, np.zeros((n_sinks, transit.shape[1]), np.int32)])
    capacity = np.ascontiguousarray(np.concatenate([capacity, room]), np.int32)
    cost_free = tail == head
    cost_free[network.n_arcs :] = True
    into, out, at = lists(head, n + 1), lists(tail, n + 1), lists(arrival.sources, n + 1)
    if transit.shape[1] > 1:
        entries = kernel.entries_by_arrival(transit, width)
    else:
        entries = (np.zeros((1, 1), np.int32), np.zeros((1, 1), np.int32))
    quickest = transit.min(axis=1, initial=2**30)  # not needed where there are no arcs
    cost = np.where(cost_free, 0, quickest)
    return _Question(
        (
            tail,
            head,
            transit,
            capacity,
            *into,
            *out,
            *at,
            arrival.sources,
            arrival.release,
            *entries,
        ),
        (tail, head, transit, *into, *at, *entries),
        cost_free,
        np.argsort(_nearest(n + 1, tail, head, cost, arrival.sources), kind="stable"),
    )


def _nearest(
    n: int, tail: Int32s, head: Int32s, cost: Ints, sources: Int32s
) -> NDArray[np.float64]:
    """Measure steps from the nearest source to each node: the order in which prices spread."""
    tails = np.concatenate([tail, np.full(len(sources), n)]).astype(np.int64)
    heads = np.concatenate([head, sources]).astype(np.int64)
    steps = np.concatenate([cost, np.zeros(len(sources))]) + 1e-6  # an explicit zero is no arc
    order = np.lexsort((steps, heads, tails))
    tails, heads, steps = tails[order], heads[order], steps[order]
    first = np.ones(len(order), bool)
    first[1:] = (tails[1:] != tails[:-1]) | (heads[1:] != heads[:-1])
    graph = csr_array((steps[first], (tails[first], heads[first])), shape=(n + 1, n + 1))
    return np.asarray(dijkstra(graph, indices=n)[:n], np.float64)


class _Again:
    """Plan people anew by the steps at which they arrive; keep what is no worse."""

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self.question = _question(arrival)
        width, n_states = arrival.steps + 1, (arrival.network.n_nodes + 1) * (arrival.steps + 1)
        n_all = n_states + len(arrival.sources)
        self.flow = np.concatenate([arrival.flow, arrival.passed]).astype(np.int32)
        self.sent, self.left = arrival.sent.copy(), arrival.left.astype(np.int64)
        self.own, self.own_sent = np.zeros_like(self.flow), np.zeros_like(self.sent)
        self.moved = np.zeros(len(self.flow), bool)
        self.price = np.empty(n_all, np.int32)
        self.at_cost = np.zeros(n_all, np.int32)
        self.stamp = np.zeros(n_all, np.int32)
        self.mark = 1
        self.looked = 0
        self.width = width

    def improve(self, steps: Ints, most: int) -> bool:
        """Plan those who arrive at some steps anew; tell whether ``most`` looks sufficed."""
        if not self.arrival.arrivals[steps].any():
            return True
        before = self.flow.copy(), self.sent.copy(), self.left.copy()
        q = self.question
        self.mark, wanted = kernel.take_out(
            q.taking, steps, self.flow, self.sent, self.left, self.stamp, self.mark + 2
        )
        self.own[:], self.own_sent[:], self.moved[:] = 0, 0, False
        find_prices(
            q.net, q.cost_free, q.order, self.flow, self.own, self.moved, self.own_sent,
            self.left, steps[-1], self.price,
        )  # fmt: skip
        done, self.mark, looked = kernel.fill(
            q.net, q.cost_free, q.order, steps, wanted, self.price, self.flow, self.own,
            self.moved, self.own_sent, self.left, self.at_cost, self.stamp, self.mark + 2,
            _OFTEN, most,
        )  # fmt: skip
        self.looked += int(looked)
        if done:
            self.sent += self.own_sent
        else:
            self.flow, self.sent, self.left = before
        return bool(done)

    def result(self) -> Arrival:
        """Give the flow as it stands, unless it is no better."""
        n_arcs = self.arrival.network.n_arcs
        found = replace(
            self.arrival, flow=self.flow[:n_arcs], passed=self.flow[n_arcs:], sent=self.sent,
            left=self.left,
        )  # fmt: skip
        for array in (found.flow, found.passed, found.sent, found.left):
            array.setflags(write=False)
        return found if exposure(found) < exposure(self.arrival) else self.arrival
