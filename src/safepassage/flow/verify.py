"""Check a solved flow with code of its own: conservation, capacities, certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Defect

if TYPE_CHECKING:
    from safepassage.flow.arrival import Arrival

__all__ = ["verify"]


def verify(arrival: Arrival, *, cuts: tuple[int, ...] | None = None) -> None:
    """Check that a flow is one, and that the cuts asked for prove it.

    Parameters
    ----------
    arrival
        The answer to check.
    cuts
        Steps whose cut is checked; the last one if not given.

    Raises
    ------
    Defect
        If anything does not add up.

    """
    network, width = arrival.network, arrival.steps + 1
    shape = (network.n_arcs, width)
    flow, sent, passed = arrival.flow, arrival.sent, arrival.passed
    transit, capacity = (np.broadcast_to(part, shape) for part in network.over(arrival.steps))
    if any((part < 0).any() for part in (flow, sent, passed)):
        raise Defect("A flow is negative.")
    if (flow > capacity).any() or (passed > arrival.sink_capacity).any():
        raise Defect("A flow is above a capacity.")
    if (sent.sum(axis=1, dtype=np.int64) + arrival.left != arrival.supply).any():
        raise Defect("People sent and people left are not the supply.")
    early = np.arange(width) < arrival.release[:, None]
    if sent[early].any():
        raise Defect("Somebody leaves before they may.")
    _conserved(arrival, transit)
    out = np.cumsum(arrival.arrivals)
    for step in (arrival.steps,) if cuts is None else cuts:
        cut = arrival.cut(step)
        if cut.value != out[step]:
            raise Defect(f"The cut at step {step} is {cut.value}, not {out[step]}.")


def _conserved(arrival: Arrival, transit: np.ndarray) -> None:
    """Check that at every node and step as many come as go."""
    network, width = arrival.network, arrival.steps + 1
    balance = np.zeros((network.n_nodes, width), np.int64)
    arc, enter = np.nonzero(arrival.flow)
    leave = enter + transit[arc, enter]
    if (leave > arrival.steps).any():
        raise Defect("Somebody is on the road past the last step.")
    people = arrival.flow[arc, enter].astype(np.int64)
    np.subtract.at(balance, (network.tail[arc], enter), people)
    np.add.at(balance, (network.head[arc], leave), people)
    np.add.at(balance, arrival.sources, arrival.sent)
    np.subtract.at(balance, arrival.sinks, arrival.passed)
    if balance.any():
        node, step = np.argwhere(balance)[0]
        raise Defect(f"At node {node}, step {step}, {balance[node, step]} people do not add up.")
