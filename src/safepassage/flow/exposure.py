"""Spend little time on the road: later departures for the same arrivals."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Defect
from safepassage.flow import kernel_exposure as kernel
from safepassage.flow.kernel_prices import find_prices
from safepassage.flow.kernel_read import earliest
from safepassage.flow.question import seconds
from safepassage.flow.residual import residual
from safepassage.flow.simple import straighten

if TYPE_CHECKING:
    from safepassage.flow.arrival import Arrival

__all__ = ["exposure", "least_exposure", "on_the_road"]

Ints = NDArray[np.int64]
Int32s = NDArray[np.int32]

_SMALL: Final = 300_000
"""States up to which everybody is planned anew at once."""

_WHOLE: Final = 10_000_000
"""States looked at before that is given up, some seconds."""

_GROUP: Final = 10
"""Steps of arrival planned anew together, to begin with, where everybody is too many."""

_EACH: Final = 3_000_000
"""States looked at before such a group is put back and halved."""

_WORTH: Final = 0.003
"""A round that gains a smaller share of the time on the road is the last one."""

_FAR: Final = 10_000_000
"""States that a round over the whole time may look at beyond as many as were before it;
after a tenth of them it must promise to be worth it."""

_TOTAL: Final = 100_000_000
"""States looked at in all where no time is given, about a minute."""


def on_the_road(arrival: Arrival) -> Ints:
    """Count the people on the road during each step, shape (steps + 1,).

    Who enters an arc in step k and takes τ steps is on the road in k … k + τ − 1. Who waits
    in a loop (tail = head) is in a shelter, not on the road.
    """
    network, width = arrival.network, arrival.steps + 1
    transit, _ = network.at_every_step(arrival.steps)
    road = np.flatnonzero(network.tail != network.head)
    change = np.zeros(width + 1, np.int64)
    if transit.shape[1] == 1:  # one sum for all arcs of a length
        for tau in np.unique(transit[road]):
            entered = arrival.flow[road[transit[road, 0] == tau]].sum(axis=0, dtype=np.int64)
            change[:width] += entered
            change[tau:width] -= entered[: max(0, width - tau)]
    else:
        row, enter = np.nonzero(arrival.flow[road])
        people = arrival.flow[road[row], enter].astype(np.int64)
        np.add.at(change, enter, people)
        np.subtract.at(change, np.minimum(enter + transit[road[row], enter], width), people)
    return np.cumsum(change[:width])


def exposure(arrival: Arrival) -> int:
    """Sum up the steps that people spend on the road [person-steps]."""
    return int(on_the_road(arrival).sum())


def least_exposure(arrival: Arrival, *, budget_s: float | None = None) -> Arrival:
    """Give a flow with the same arrivals at every step and little time on the road.

    People leave home later, by quicker ways, or others leave in their place; which crossing
    they pass may change as well, within its capacity. The certificate stays as it is, since
    the arrivals do. Small questions get the least there is: everybody is planned anew, in
    order of arrival, each by the cheapest residual way, as in the successive shortest paths
    of a min-cost flow. Where that is too much work, walk after walk is sent later first, as
    ``flow.simple.straighten`` does; then those who arrive in some steps are planned anew
    while all others stay, group after group: steps next to each other first, then steps
    spread over the whole time, then larger groups, until that gains little.

    Parameters
    ----------
    arrival
        An earliest-arrival flow.
    budget_s
        Seconds after which what is found so far is given, a second or two later. The same
        answer each time is only given without one; then the work is limited by count.

    Raises
    ------
    InputError
        If the budget is no number above 0.

    """
    budget = seconds(budget_s)
    if arrival.total == 0:
        return arrival
    end = None if budget is None else time.monotonic() + budget
    if (arrival.network.n_nodes + 1) * (arrival.steps + 1) > _SMALL:
        arrival = straighten(arrival, budget_s=budget)
    again = _Again(arrival, end)
    again.improve()
    return again.result()


class _Again:
    """Plan people anew by the steps at which they arrive; keep what is no worse."""

    def __init__(self, arrival: Arrival, end: float | None) -> None:
        self.arrival, self.end = arrival, end
        self.steps = np.flatnonzero(arrival.arrivals)
        n, width = arrival.network.n_nodes, arrival.steps + 1
        self.net = net = residual(arrival)
        self.transit = net.transit
        self.free = net.tail == net.head  # who waits in a loop is not on the road
        self.free[arrival.network.n_arcs :] = True
        self.taking = (
            net.tail, net.head, net.transit, net.in_start, net.in_arc, net.at_start,
            net.at_source, net.first, net.following,
        )  # fmt: skip
        reached = earliest(
            n + 1, net.out_start, net.head[net.out_arc], net.transit.min(axis=1)[net.out_arc],
            arrival.sources, arrival.release,
        )  # fmt: skip
        self.order = np.argsort(reached, kind="stable")
        self.flow = np.concatenate([arrival.flow, arrival.passed])
        self.sent, self.left = arrival.sent.copy(), arrival.left.astype(np.int64)
        self.own, self.own_sent = np.zeros_like(self.flow), np.zeros_like(self.sent)
        self.moved = np.zeros(len(self.flow), np.bool_)
        self.states = (n + 1) * width
        every = self.states + len(arrival.sources)
        self.price, self.at_cost, self.stamp = (np.zeros(every, np.int32) for _ in range(3))
        self.mark = 1
        self.often = max(10_000, self.states // 16)
        self.most = min(16 * self.often, _EACH)
        self.cost, self.looked = exposure(arrival), 0

    def improve(self) -> None:
        """Plan groups of people anew until that gains little, or time is over."""
        if self.states <= _SMALL and self.renew(self.steps, _WHOLE) >= 0:
            return
        size = _GROUP
        self.near(size)
        while size < 2 * len(self.steps) and self.far(size):
            size, before = 2 * size, self.cost
            self.near(size)
            if before - self.cost < _WORTH * before:
                break

    def near(self, size: int) -> None:
        """Plan the people of neighbouring steps anew, in groups as large as work allows."""
        first, largest = 0, 4 * size
        while first < len(self.steps) and not self.over():
            looked = self.renew(self.steps[first : first + size], self.most)
            if looked < 0 and size > 1:
                size = largest = size // 2
                continue
            first += size
            if 0 <= looked < self.most // 16:
                size = min(2 * size, largest)

    def far(self, size: int) -> bool:
        """Plan the people of steps spread over the whole time anew; tell whether it paid."""
        apart = -(-len(self.steps) // size)
        groups = [self.steps[i::apart] for i in range(apart)][::-1]
        done, before, looked = 0, self.cost, self.looked
        while groups:
            share = done / len(self.steps)
            if (
                self.over()
                or self.looked - looked > _FAR + looked
                or (
                    self.looked - looked > _FAR // 10
                    and before - self.cost < _WORTH * share * before
                )
            ):
                return False
            group = groups.pop()
            if self.renew(group, self.most) < 0 and len(group) > 2:
                groups += [group[1::2], group[::2]]
            else:
                done += len(group)
        return before - self.cost >= _WORTH * before

    def over(self) -> bool:
        """Tell whether the time or the work allowed is over."""
        late = self.end is not None and time.monotonic() > self.end
        return late or (self.end is None and self.looked > _TOTAL)

    def renew(self, steps: Ints, most: int) -> int:
        """Plan those who arrive at some steps anew.

        Returns the states looked at, or -1 where more than ``most`` would have been needed:
        then all is as before.
        """
        self.mark, wanted, soonest, *taken = kernel.take_out(
            self.taking, steps, self.flow, self.sent, self.left, self.stamp, self.mark + 2
        )
        if (wanted[steps] != self.arrival.arrivals[steps]).any():
            raise Defect("Some of those who arrive come from nowhere.")
        since = 0 if self.states <= _SMALL else int(soonest)
        people = (self.flow, self.own, self.moved, self.own_sent, self.left)
        find_prices(self.net, self.free, self.order, *people, since, int(steps[-1]), self.price)
        outcome, self.mark, looked = kernel.fill(
            self.net, self.free, self.order, steps, wanted, self.price, *people, self.at_cost,
            self.stamp, self.mark + 2, since, self.often, most,
        )  # fmt: skip
        self.looked += int(looked)
        if outcome < 0:
            raise Defect("Somebody who arrived cannot be brought in again.")
        if outcome:
            self.sent += self.own_sent
            self.cost -= self.gain(taken)
        else:
            self.flow[self.moved] -= self.own[self.moved]
            self.left += self.own_sent.sum(axis=1, dtype=np.int64)
            kernel.put_back(*taken, self.flow, self.sent, self.left)
        self.own[self.moved] = 0
        self.moved[:] = False
        self.own_sent[:] = 0
        return int(looked) if outcome else -1

    def gain(self, taken: list[Ints]) -> int:
        """Sum up the steps on the road of those taken out, less those of those brought in."""
        what, when, many = taken
        road = what < len(self.free)
        road[road] = ~self.free[what[road]]
        what, when, many = what[road], when[road], many[road]
        arcs = np.flatnonzero(self.moved & ~self.free)
        if self.transit.shape[1] == 1:
            new = self.own[arcs].sum(axis=1, dtype=np.int64) @ self.transit[arcs, 0]
            return int(many @ self.transit[what, 0]) - int(new)
        new = (self.own[arcs].astype(np.int64) * self.transit[arcs]).sum()
        return int(many @ self.transit[what, when]) - int(new)

    def result(self) -> Arrival:
        """Give the flow as it stands, less what goes round and round within a step."""
        n_arcs = self.arrival.network.n_arcs
        if not self.transit[:n_arcs].all():
            rest = self.flow.copy()
            kernel.take_out(
                self.taking, self.steps, rest, self.sent.copy(), self.left.copy(),
                self.stamp, self.mark + 2,
            )  # fmt: skip
            self.flow -= rest
        found = replace(
            self.arrival, flow=self.flow[:n_arcs], passed=self.flow[n_arcs:], sent=self.sent,
            left=self.left,
        )  # fmt: skip
        for array in (found.flow, found.passed, found.sent, found.left):
            array.setflags(write=False)
        return found if exposure(found) < exposure(self.arrival) else self.arrival
