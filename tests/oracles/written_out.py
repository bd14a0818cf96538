"""Slow, plain twin of the flow engine: the network written out, one max flow per step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from ortools.graph.python import max_flow

if TYPE_CHECKING:
    from safepassage.flow import Network


def most_arrived(network: Network, sources, supply, sinks, sink_capacity, steps, release=None):
    """Count, for each step, the most people who can have arrived by then: shape (steps + 1,)."""
    width = steps + 1
    transit, capacity = (np.broadcast_to(x, (network.n_arcs, width)) for x in network.over(steps))
    room = np.broadcast_to(np.asarray(sink_capacity).reshape(len(sinks), -1), (len(sinks), width))
    release = [0] * len(sources) if release is None else release
    return np.array(
        [
            _most_by(theta, network, transit, capacity, sources, supply, sinks, room, release)
            for theta in range(width)
        ]
    )


def _most_by(theta, network, transit, capacity, sources, supply, sinks, room, release):
    layer = theta + 1
    states = network.n_nodes * layer
    source_of_all = states + len(sources)
    sink_of_all = source_of_all + 1
    flow = max_flow.SimpleMaxFlow()
    for a in range(network.n_arcs):
        for k in range(layer):
            t = k + transit[a, k]
            if t <= theta:
                flow.add_arc_with_capacity(
                    int(network.tail[a] * layer + k), int(network.head[a] * layer + t),
                    int(capacity[a, k]),
                )  # fmt: skip
    for s, node in enumerate(sources):
        flow.add_arc_with_capacity(source_of_all, states + s, int(supply[s]))
        for k in range(release[s], layer):
            flow.add_arc_with_capacity(states + s, int(node * layer + k), int(supply[s]))
    for e, node in enumerate(sinks):
        for k in range(layer):
            flow.add_arc_with_capacity(int(node * layer + k), sink_of_all, int(room[e, k]))
    status = flow.solve(source_of_all, sink_of_all)
    if status == flow.BAD_INPUT:  # nothing leads anywhere
        return 0
    assert status == flow.OPTIMAL
    return flow.optimal_flow()
