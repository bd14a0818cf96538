"""Ask OR-Tools how many can be out by the end: exactly, and as a bound in one static flow."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from instances import Instance

__all__ = ["Bound", "max_flow_gb", "most_out", "static_bound"]

BYTES_AN_ARC = 100
"""Memory of OR-Tools' max flow for each arc over time [bytes]: 74 to 92 were measured."""


@dataclass(frozen=True)
class Bound:
    """Hold people who can be out by the end at most, and the seconds it took to tell."""

    people: int
    build_s: float
    solve_s: float


def most_out(grid: Instance, steps: int) -> Bound:
    """Write the network over time out and find one maximum flow in it.

    One node for each state (node, step), one hub for each source, a source and a sink
    of all; arcs that end after the last step are left out. This answers less than the
    engine does: who can be out by the end, not by every minute.
    """
    from ortools.graph.python import max_flow

    start = time.perf_counter()
    width = steps + 1
    step = np.arange(width, dtype=np.int32)
    hubs = (grid.n_nodes * width + np.arange(len(grid.sources))).astype(np.int32)
    everywhere, nowhere = hubs[-1:] + 1, hubs[-1:] + 2
    solver = max_flow.SimpleMaxFlow()

    def add(tail: np.ndarray, head: np.ndarray, capacity: np.ndarray) -> None:
        arcs = np.broadcast_arrays(tail, head, capacity)
        solver.add_arcs_with_capacity(*(np.ascontiguousarray(each).ravel() for each in arcs))

    transit = grid.transit.astype(np.int32)
    for takes in np.unique(transit):
        these = transit == takes
        enter, leave = step[: max(0, width - takes)], step[takes:]
        add(
            (grid.tail[these, None] * width + enter).astype(np.int32),
            (grid.head[these, None] * width + leave).astype(np.int32),
            grid.capacity[these, None],
        )
    add(everywhere, hubs, grid.supply)
    add(
        hubs[:, None],
        (grid.sources[:, None] * width + step).astype(np.int32),
        grid.supply[:, None],
    )
    add(
        (grid.sinks[:, None] * width + step).astype(np.int32),
        nowhere,
        grid.sink_capacity[:, None],
    )
    built = time.perf_counter()
    status = solver.solve(int(everywhere[0]), int(nowhere[0]))
    # without a way from the source to the sink OR-Tools calls the input bad
    people = solver.optimal_flow() if status == solver.OPTIMAL else 0
    if status not in {solver.OPTIMAL, solver.BAD_INPUT}:
        raise RuntimeError(f"OR-Tools found no maximum flow ({status}).")
    return Bound(int(people), built - start, time.perf_counter() - built)


def max_flow_gb(grid: Instance, steps: int) -> float:
    """Guess the memory that ``most_out`` takes [GB]."""
    return len(grid.tail) * (steps + 1) * BYTES_AN_ARC / 1e9


def static_bound(grid: Instance, steps: int) -> Bound:
    """Bound the people out by the end by one static flow, repeated.

    Were there people without limit at every source, the most out by the last step would
    be a static flow x repeated as long as its ways allow: (steps + 1) · |x| − Σ τ(a) x(a),
    at its largest a circulation of least cost (Ford and Fulkerson 1958). Supplies are
    ignored but for their sum, so no plan has more people out, and most have fewer.
    """
    from ortools.graph.python import min_cost_flow

    start = time.perf_counter()
    everywhere, nowhere = grid.n_nodes, grid.n_nodes + 1
    n_sources, n_sinks = len(grid.sources), len(grid.sinks)
    at_once = int(grid.sink_capacity.sum())
    tail = [grid.tail, np.full(n_sources, everywhere), grid.sinks, [nowhere]]
    head = [grid.head, grid.sources, np.full(n_sinks, nowhere), [everywhere]]
    room = [grid.capacity, np.full(n_sources, at_once), grid.sink_capacity, [at_once]]
    cost = [grid.transit, np.zeros(n_sources + n_sinks, int), [-(steps + 1)]]
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        *(np.concatenate(each).astype(np.int64) for each in (tail, head, room, cost))
    )
    solver.set_nodes_supplies(np.arange(grid.n_nodes + 2), np.zeros(grid.n_nodes + 2, np.int64))
    built = time.perf_counter()
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("OR-Tools found no circulation of least cost.")
    people = min(-solver.optimal_cost(), int(grid.supply.sum()))
    return Bound(int(people), built - start, time.perf_counter() - built)
