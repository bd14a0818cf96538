"""Walk straight and leave late: the same arrivals, little time on the road, few circles.

A circle is a way to wait in the street. Whoever can leave home later instead is sent later.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from safepassage.base.progress import Progress, silent
from safepassage.flow import kernel_simple
from safepassage.flow.question import seconds
from safepassage.flow.residual import residual
from safepassage.flow.walks import Walks, circling, take_apart

if TYPE_CHECKING:
    from safepassage.flow.arrival import Arrival

__all__ = ["straighten"]

Ints = NDArray[np.int64]

_ONE: Final = 1_000
"""States looked at to send one walk later."""

_CIRCLE: Final = 3_000
"""The same where the walk circles."""

_WORTH: Final = 0.005
"""A round for everybody that gains a smaller share of the time on the road is the last."""

_EVERYBODY: Final = 8_000_000
"""States looked at before the last round for everybody, a few seconds."""

_CIRCLES: Final = 6_000_000
"""The same of the rounds for those who circle."""

_ROUNDS: Final = 12
"""Rounds for those who circle, at most."""


def straighten(
    arrival: Arrival, *, budget_s: float | None = None, progress: Progress = silent
) -> Arrival:
    """Give a flow with the same arrivals at every step, in which fewer people walk in circles.

    Walk after walk is taken out, and somebody looked for who can leave home later and come
    to the same place in the same step, others making room if need be. First everybody whose
    way might be quicker, as long as that pays; then those who circle. No change makes the
    time on the road longer. It is quick, and not the least there is: see
    ``flow.exposure.least_exposure``.

    Parameters
    ----------
    arrival
        An earliest-arrival flow.
    budget_s
        Seconds after which what is found so far is given. The same answer each time is only
        given without one; then the work is limited by count.
    progress
        Told of the rounds.

    Raises
    ------
    InputError
        If the budget is no number above 0.

    """
    budget = seconds(budget_s)
    if arrival.total == 0:
        return arrival
    end = None if budget is None else time.monotonic() + budget
    found = _Straighten(arrival, end, progress).run()
    after = circling(found)
    return arrival if after and after > circling(arrival) else found


class _Straighten:
    """Carry the flow as it stands from round to round."""

    def __init__(self, arrival: Arrival, end: float | None, progress: Progress) -> None:
        self.arrival, self.end, self.progress = arrival, end, progress
        self.net = net = residual(arrival)
        n_arcs = arrival.network.n_arcs
        self.free = net.tail == net.head
        self.free[n_arcs:] = True
        self.quick = net.transit.min(axis=1)
        self.flow = np.concatenate([arrival.flow, arrival.passed])
        self.sent, self.left = arrival.sent.copy(), arrival.left.astype(np.int64)
        self.stamp = np.zeros(
            (arrival.network.n_nodes + 1) * (arrival.steps + 1) + len(arrival.sources), np.int32
        )
        self.mark = 0
        self.instant = bool((self.quick[:n_arcs] == 0).any())

    def run(self) -> Arrival:
        """Send everybody later, then those who circle; give what has fewest circles."""
        walks, looked = self.apart(), 0
        while looked < _EVERYBODY and not self.over():
            self.progress("Shortening ways")
            before = self.steps(walks)
            every = np.arange(len(walks.people))
            looked += self.send(walks, every, walks.end - walks.base, _ONE)
            walks = self.apart()
            if before - self.steps(walks) <= _WORTH * before:
                break
        best, fewest, looked = walks, self.arrival.total + 1, 0
        for turn in range(_ROUNDS):
            back, _, last = kernel_simple.circles(
                walks.base, walks.end, walks.arcs, self.net.tail, self.net.head,
                self.arrival.network.n_nodes,
            )  # fmt: skip
            some = np.flatnonzero(back)
            people = int(walks.people[some].sum())
            if people < fewest:
                best, fewest = walks, people
            if not people or looked > _CIRCLES or self.over():
                break
            self.progress("Straightening ways")
            upto = (walks.end - walks.base)[some] if turn % 2 else last[some]
            looked += self.send(walks, some, upto, _CIRCLE, same=turn > 1)
            walks = self.apart()
        return self.of(best)

    def over(self) -> bool:
        """Tell whether the time allowed is over."""
        return self.end is not None and time.monotonic() > self.end

    def send(self, walks: Walks, some: Ints, upto: Ints, most: int, *, same: bool = False) -> int:
        """Send the people of some walks later, nearby homes together; count the states seen."""
        order = np.lexsort((walks.depart[some], walks.source[some]))
        self.mark, _, looked = kernel_simple.later(
            some[order], upto[order], *walks, self.net, self.free, self.quick, int(same),
            self.flow, self.sent, self.left, self.stamp, self.mark, most,
        )  # fmt: skip
        return int(looked)

    def steps(self, walks: Walks) -> int:
        """Sum up the person-steps on the road."""
        column = walks.enter if self.net.transit.shape[1] > 1 else 0
        took = np.where(self.free[walks.arcs], 0, self.net.transit[walks.arcs, column])
        return int(took @ np.repeat(walks.people, walks.end - walks.base))

    def apart(self) -> Walks:
        """Take the flow apart; forget what goes round and round within a step."""
        n_arcs = self.arrival.network.n_arcs
        walks = take_apart(
            replace(
                self.arrival, flow=self.flow[:n_arcs], passed=self.flow[n_arcs:], sent=self.sent
            )
        )
        if self.instant:
            self.flow = self.flows(walks)
        return walks

    def flows(self, walks: Walks) -> NDArray[np.int32]:
        """Add walks up: people entering each arc at each step."""
        flow = np.zeros_like(self.flow)
        np.add.at(flow, (walks.arcs, walks.enter), np.repeat(walks.people, walks.end - walks.base))
        return flow

    def of(self, walks: Walks) -> Arrival:
        """Give the flow that walks add up to."""
        n_arcs = self.arrival.network.n_arcs
        flow, sent = self.flows(walks), np.zeros_like(self.sent)
        np.add.at(sent, (walks.source, walks.depart), walks.people)
        left = self.arrival.supply - sent.sum(axis=1, dtype=np.int64)
        found = replace(
            self.arrival, flow=flow[:n_arcs], passed=flow[n_arcs:], sent=sent, left=left
        )
        for array in (found.flow, found.passed, found.sent, found.left):
            array.setflags(write=False)
        return found
