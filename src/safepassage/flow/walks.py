"""Take a flow apart into walks, few of which come back to where they have been."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from safepassage.flow import kernel_read, kernel_simple
from safepassage.flow.lanes import lists

if TYPE_CHECKING:
    from safepassage.flow.arrival import Arrival

__all__ = ["Walks", "circling", "ends", "take_apart", "uncrossed"]

Ints = NDArray[np.int64]

_ROUNDS: Final = 20
"""Rounds of exchanging tails, at most."""


class Walks(NamedTuple):
    """Hold people who walk together, and their ways.

    Attributes
    ----------
    people, source, depart
        Of each walk, shape (walks,).
    base, end
        Walk r goes along ``arcs[base[r]:end[r]]``, entered at the steps in ``enter``.
    arcs, enter
        Arcs and steps; the last arc of each walk is ``n_arcs`` and the number of the
        crossing it passes, entered at the step of passing.

    """

    people: Ints
    base: Ints
    end: Ints
    source: Ints
    depart: Ints
    arcs: Ints
    enter: Ints


def take_apart(arrival: Arrival) -> Walks:
    """Take a flow apart into walks that are nowhere twice in one step."""
    network, n = arrival.network, arrival.network.n_nodes
    transit, _ = network.at_every_step(arrival.steps)
    source, sink, depart, arrive, people, start, arcs, enter = kernel_read.decompose(
        network.tail, network.head, transit, *lists(network.tail, n), arrival.sources,
        *lists(arrival.sinks, n), arrival.flow.copy(), arrival.sent.copy(), arrival.passed.copy(),
    )  # fmt: skip
    number = np.arange(len(people))
    return Walks(
        people, start[:-1] + number, start[1:] + number + 1, source, depart,
        np.insert(arcs, start[1:], network.n_arcs + sink), np.insert(enter, start[1:], arrive),
    )  # fmt: skip


def uncrossed(arrival: Arrival) -> Walks:
    """Take a flow apart so that few people walk in a circle.

    Walks that meet at a node in a step may exchange what comes after; whoever circles does
    so where it makes fewer people circle.
    """
    network = arrival.network
    walks = take_apart(arrival)
    return Walks(
        *kernel_simple.uncross(*walks, *ends(arrival), network.n_nodes, arrival.steps + 1, _ROUNDS)
    )


def ends(arrival: Arrival) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Give tail and head of each arc; those behind the crossings lead to one node more."""
    network = arrival.network
    goal = np.full(len(arrival.sinks), network.n_nodes, np.int32)
    return np.concatenate([network.tail, arrival.sinks]), np.concatenate([network.head, goal])


def circling(arrival: Arrival, walks: Walks | None = None) -> int:
    """Count the people who come back to a place where they have been.

    Who waits in a shelter's loop stays where they are. The walks are those that
    ``arrival.routes()`` gives, if not given.
    """
    walks = uncrossed(arrival) if walks is None else walks
    back, _, _ = kernel_simple.circles(
        walks.base, walks.end, walks.arcs, *ends(arrival), arrival.network.n_nodes
    )
    return int(walks.people[back > 0].sum())
