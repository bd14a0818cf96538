"""Check a solved flow with code of its own: conservation, capacities, certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Defect

if TYPE_CHECKING:
    from safepassage.flow.arrival import Arrival, Cut

__all__ = ["verify"]

Ints = NDArray[np.int64]


def verify(arrival: Arrival, *, cuts: tuple[int, ...] | None = None) -> None:
    """Check that a flow is one, and that the cuts asked for prove it.

    Time and memory grow with the arcs, nodes and steps, once each. Nothing is taken from
    the engine but the arrays it gives out.

    Parameters
    ----------
    arrival
        The answer to check.
    cuts
        Steps whose cut is checked: its places are at their capacity, and these add up to
        its value and to the people arrived by then. The last one that is proven if not
        given.

    Raises
    ------
    Defect
        If anything does not add up.

    """
    flow, sent, passed = arrival.flow, arrival.sent, arrival.passed
    if any(part.size and int(part.min()) < 0 for part in (flow, sent, passed)):
        raise Defect("A flow is negative.")
    arc, enter = np.nonzero(flow)
    people = flow[arc, enter].astype(np.int64)
    if (people > _at(arrival, "capacity", arc, enter)).any() or (
        passed > arrival.sink_capacity
    ).any():
        raise Defect("A flow is above a capacity.")
    if (sent.sum(axis=1, dtype=np.int64) + arrival.left != arrival.supply).any():
        raise Defect("People sent and people left are not the supply.")
    if (arrival.left < 0).any():
        raise Defect("More people have left than there were.")
    source, left_at = np.nonzero(sent)
    if (left_at < arrival.release[source]).any():
        raise Defect("Somebody leaves before they may.")
    if (passed.sum(axis=0, dtype=np.int64) != arrival.arrivals).any():
        raise Defect("Those who pass the crossings are not the arrivals.")
    _conserved(arrival, arc, enter, people)
    out = np.cumsum(arrival.arrivals)
    if (arrival.upper < out).any():
        raise Defect("More people have arrived than the bound allows.")
    for step in (arrival.proven,) if cuts is None else cuts:
        if step >= 0:
            _cut(arrival, arrival.cut(step), int(out[step]))


def _at(arrival: Arrival, name: str, arc: Ints, step: Ints) -> Ints:
    """Look up transit or capacity of arcs at steps."""
    array = getattr(arrival.network, name)
    if array.ndim == 1:
        return np.asarray(array[arc], np.int64)
    since = arrival.network.since
    column = step if since is None else np.searchsorted(since, step, side="right") - 1
    return np.asarray(array[arc, column], np.int64)


def _conserved(arrival: Arrival, arc: Ints, enter: Ints, people: Ints) -> None:
    """Check that at every node and step as many come as go."""
    network, width = arrival.network, arrival.steps + 1
    leave = enter + _at(arrival, "transit", arc, enter)
    if (leave > arrival.steps).any():
        raise Defect("Somebody is on the road past the last step.")
    balance = np.zeros((network.n_nodes, width), np.int64)
    np.subtract.at(balance, (network.tail[arc], enter), people)
    np.add.at(balance, (network.head[arc], leave), people)
    np.add.at(balance, arrival.sources, arrival.sent)
    np.subtract.at(balance, arrival.sinks, arrival.passed)
    if balance.any():
        node, step = np.argwhere(balance)[0]
        raise Defect(f"At node {node}, step {step}, {balance[node, step]} people do not add up.")


def _cut(arrival: Arrival, cut: Cut, out: int) -> None:
    """Check that what a cut names is used up, and lets through as many as have arrived."""
    room = np.broadcast_to(arrival.sink_capacity, arrival.passed.shape)
    at_arcs = _at(arrival, "capacity", cut.arcs, cut.arc_steps)
    at_sinks = room[cut.sinks, cut.sink_steps].astype(np.int64)
    value = int(at_arcs.sum()) + int(at_sinks.sum()) + int(arrival.supply[cut.sources].sum())
    if not value == cut.value == out:
        raise Defect(f"The cut at step {cut.step} is {value}, not {out}.")
    if (
        (arrival.flow[cut.arcs, cut.arc_steps] != at_arcs).any()
        or (arrival.passed[cut.sinks, cut.sink_steps] != at_sinks).any()
        or (cut.value and arrival.left[cut.sources].any())
    ):
        raise Defect(f"The cut at step {cut.step} names a place that is not full.")
