"""Slow, plain twin of least exposure: a min-cost flow on the network written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from ortools.graph.python import min_cost_flow

if TYPE_CHECKING:
    from safepassage.flow import Arrival


def least_person_steps(arrival: Arrival) -> int:
    """Find the least time on the road with as many people arriving at each step."""
    network, steps = arrival.network, arrival.steps
    width = steps + 1
    transit, capacity = (
        np.broadcast_to(part, arrival.flow.shape) for part in network.at_every_step(steps)
    )
    room = np.broadcast_to(arrival.sink_capacity, arrival.passed.shape)
    hubs = network.n_nodes * width
    gates = hubs + len(arrival.sources)
    start = gates + width
    solver = min_cost_flow.SimpleMinCostFlow()

    def add(here, there, people, cost):
        solver.add_arc_with_capacity_and_unit_cost(
            int(here), int(there), int(min(people, arrival.total)), int(cost)
        )

    for a, k in np.ndindex(transit.shape):
        end = k + transit[a, k]
        if end <= steps and capacity[a, k]:
            shelter = network.tail[a] == network.head[a]
            add(network.tail[a] * width + k, network.head[a] * width + end, capacity[a, k],
                0 if shelter else transit[a, k])  # fmt: skip
    for s, node in enumerate(arrival.sources):
        add(start, hubs + s, arrival.supply[s], 0)
        for k in range(arrival.release[s], width):
            add(hubs + s, node * width + k, arrival.supply[s], 0)
    for e, node in enumerate(arrival.sinks):
        for k in range(width):
            add(node * width + k, gates + k, room[e, k], 0)
    for k in range(width):
        solver.set_node_supply(int(gates + k), -int(arrival.arrivals[k]))
    solver.set_node_supply(int(start), arrival.total)
    assert solver.solve() == solver.OPTIMAL
    return solver.optimal_cost()
