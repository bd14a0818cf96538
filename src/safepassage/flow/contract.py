"""Leave out dead ends and join chains of streets before solving; find the streets again after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Fault, InputError
from safepassage.flow.network import one_number, whole_numbers
from safepassage.flow.parts import real_numbers

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Contracted", "contract"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Contracted:
    """Hold a smaller network, and how to find the old one in it.

    Attributes
    ----------
    n_nodes, tail, head, exact, capacity
        The network: arcs join the nodes that stayed. An arc takes as long as its chain
        and lets through what the chain's narrowest street does.
    index
        New number of each old node, -1 where it is gone, shape (old nodes,).
    node
        Old number of each node, shape (n_nodes,).
    start, arcs
        Old arcs of new arc i, in order: ``arcs[start[i]:start[i + 1]]``.

    """

    n_nodes: int
    tail: Ints
    head: Ints
    exact: Floats
    capacity: Floats
    index: Ints
    node: Ints
    start: Ints
    arcs: Ints

    def original(self, route: ArrayLike) -> Ints:
        """Give the old arcs of a route over new ones, in order."""
        taken = np.asarray(route, np.int64).ravel().tolist()
        pieces = [self.arcs[self.start[i] : self.start[i + 1]] for i in taken]
        return np.concatenate([np.zeros(0, np.int64), *pieces])


class _Streets:
    """Hold arcs by node, and remember of which two a joined one was made."""

    def __init__(self, n: int, tail: Ints, head: Ints, exact: Floats, capacity: Floats) -> None:
        self.tail, self.head = tail.tolist(), head.tolist()
        self.exact, self.capacity = exact.tolist(), capacity.tolist()
        self.made_of: list[tuple[int, int] | None] = [None] * len(self.tail)
        self.here = [True] * len(self.tail)
        self.out: list[dict[int, None]] = [{} for _ in range(n)]
        self.into: list[dict[int, None]] = [{} for _ in range(n)]
        for arc, (a, b) in enumerate(zip(self.tail, self.head, strict=True)):
            self.here[arc] = a != b  # a loop leads nowhere
            if a != b:
                self.out[a][arc] = self.into[b][arc] = None

    def remove(self, v: int) -> None:
        """Take away all arcs at a node."""
        for arc in [*self.out[v], *self.into[v]]:
            self.here[arc] = False
            del self.out[self.tail[arc]][arc], self.into[self.head[arc]][arc]

    def join(self, v: int) -> None:
        """Put arcs past a node in place of those to and from it."""
        pairs = [(x, y) for x in self.into[v] for y in self.out[v] if self.tail[x] != self.head[y]]
        self.remove(v)
        for x, y in pairs:
            arc = len(self.tail)
            self.tail.append(self.tail[x])
            self.head.append(self.head[y])
            self.exact.append(self.exact[x] + self.exact[y])
            self.capacity.append(min(self.capacity[x], self.capacity[y]))
            self.made_of.append((x, y))
            self.here.append(True)
            self.out[self.tail[x]][arc] = self.into[self.head[y]][arc] = None

    def shrink(self, kept: list[bool]) -> None:
        """Remove dead ends and join chains until there are none."""
        todo = list(range(len(kept)))
        while todo:
            v = todo.pop()
            out, into = self.out[v], self.into[v]
            if kept[v] or not (out or into):
                continue
            ahead, behind = {self.head[arc] for arc in out}, {self.tail[arc] for arc in into}
            around = ahead | behind
            if len(around) == 1 or not out or not into:
                self.remove(v)
            elif len(around) == 2 and len(out) == len(ahead) and len(into) == len(behind):
                self.join(v)
            else:
                continue
            todo += sorted(around)

    def of(self, arc: int) -> list[int]:
        """List the arcs that one was made of, in order."""
        found, todo = [], [arc]
        while todo:
            pair = self.made_of[one := todo.pop()]
            if pair is None:
                found.append(one)
            else:
                todo += [pair[1], pair[0]]
        return found


def contract(
    n_nodes: int, tail: ArrayLike, head: ArrayLike, exact: ArrayLike, capacity: ArrayLike,
    keep: ArrayLike,
) -> Contracted:  # fmt: skip
    """Leave out what leads nowhere and join streets that meet without a junction.

    Gone are loops, dead ends, and junctions of two streets; each chain becomes one arc in
    each direction that is open. Earliest arrivals stay the same at every step: the people
    out by θ depend on the static flows of the network alone (Ford and Fulkerson 1958),
    and these the chains and dead ends do not change. That is so where streets and
    crossings do not change with time; where they do, somebody could pass the time walking
    to and fro in what is left out. So the arrays here are those of streets that do not
    change. Contract before rounding: a chain is rounded once.

    Parameters
    ----------
    n_nodes, tail, head
        The network.
    exact
        Times [any unit], shape (arcs,).
    capacity
        People per step or minute, shape (arcs,).
    keep
        Nodes that must stay: sources, crossings, places to wait, stops of shuttles.

    Raises
    ------
    InputError
        If a value is out of range or a shape does not fit; the message names the index.

    """
    n = one_number(n_nodes, "n_nodes", low=1, high=2**31 - 1)
    tails = whole_numbers(tail, "tail", low=0, high=n - 1)
    heads = whole_numbers(head, "head", low=0, high=n - 1)
    times, room = real_numbers(exact, "exact", low=0), real_numbers(capacity, "capacity", low=0)
    stay = np.atleast_1d(whole_numbers(keep, "keep", low=0, high=n - 1)).ravel()
    faults = [
        Fault(
            name,
            f"has shape {array.shape}, tail has {tails.shape}",
            "Give one for each arc. Streets that change with time cannot be contracted.",
        )
        for name, array in (("head", heads), ("exact", times), ("capacity", room))
        if array.shape != tails.shape
    ]
    if tails.ndim != 1:
        faults.append(Fault("tail", f"has {tails.ndim} dimensions", "Give one node for each arc."))
    if faults:
        raise InputError(faults)
    kept = np.zeros(n, bool)
    kept[stay] = True
    streets = _Streets(n, tails, heads, times, room)
    streets.shrink(kept.tolist())
    return _numbered(streets, kept)


def _numbered(streets: _Streets, kept: NDArray[np.bool_]) -> Contracted:
    """Give new numbers to what stayed."""
    left = np.flatnonzero(streets.here)
    tail, head = (np.array(each, np.int64)[left] for each in (streets.tail, streets.head))
    stays = kept.copy()
    stays[tail] = stays[head] = True
    node = np.flatnonzero(stays)
    index = np.full(len(kept), -1, np.int64)
    index[node] = np.arange(len(node))
    lists = [streets.of(arc) for arc in left.tolist()]
    start = np.zeros(len(left) + 1, np.int64)
    np.cumsum([len(each) for each in lists], out=start[1:])
    return Contracted(
        n_nodes=len(node), tail=index[tail], head=index[head],
        exact=np.array(streets.exact, np.float64)[left],
        capacity=np.array(streets.capacity, np.float64)[left],
        index=index, node=node, start=start,
        arcs=np.array([arc for each in lists for arc in each], np.int64),
    )  # fmt: skip
