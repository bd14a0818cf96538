"""Time earliest-arrival flows on street grids, beside one OR-Tools max flow written out.

    python benchmarks/bench_flow.py [FOLDER] [--csv FILE]

Prints a line for each question and writes ``FOLDER/flow.csv`` (``out/bench`` if not
named), or FILE. Seconds are wall time of one call after compilation; the total is
checked against OR-Tools where that is run. OR-Tools is asked for less: how many people
can be out by the end, not by every minute.
"""

from __future__ import annotations

import argparse
import csv
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from instances import street_grid

from safepassage.flow import Network, earliest_arrival

if TYPE_CHECKING:
    from instances import Instance

    from safepassage.flow import Arrival

ROOT = Path(__file__).resolve().parent.parent

STEPS = 599
"""Ten hours in minutes."""

QUESTIONS = ((1_000, 40), (1_000, 200), (5_000, 40), (5_000, 200))
"""Nodes asked for, and people a minute at each of six crossings."""

BESIDE = (1_000, 40)
"""The question that OR-Tools is asked as well."""

COLUMNS = (
    "nodes", "arcs", "zones", "people", "steps", "crossing_per_min", "out_by_the_end",
    "augmentations", "proofs", "seconds", "ortools_build_seconds", "ortools_solve_seconds",
    "ortools_ratio",
)  # fmt: skip


def network_of(grid: Instance) -> Network:
    """Make the engine's network of an instance."""
    return Network(grid.n_nodes, grid.tail, grid.head, grid.transit, grid.capacity)


def ours(grid: Instance) -> tuple[float, Arrival]:
    """Solve for every minute; give seconds and the answer."""
    start = time.perf_counter()
    arrival = earliest_arrival(
        network_of(grid), grid.sources, grid.supply, grid.sinks, grid.sink_capacity, STEPS
    )
    return time.perf_counter() - start, arrival


def written_out(grid: Instance) -> tuple[float, float, int]:
    """Ask OR-Tools who can be out by the end: seconds to build, seconds to solve, people.

    One node for each state (node, minute), one hub for each source, a source and a
    sink of all; arcs that end after the last minute are left out.
    """
    from ortools.graph.python import max_flow

    start = time.perf_counter()
    width = STEPS + 1
    minute = np.arange(width)
    hubs = grid.n_nodes * width + np.arange(len(grid.sources))
    everywhere, nowhere = hubs[-1] + 1, hubs[-1] + 2
    tail, head, room = [], [], []

    def add(a: np.ndarray, b: np.ndarray, capacity: np.ndarray) -> None:
        a, b, capacity = np.broadcast_arrays(a, b, capacity)
        tail.append(a.ravel())
        head.append(b.ravel())
        room.append(capacity.ravel())

    arrive = minute + grid.transit[:, None]
    inside = arrive < width
    enter = (grid.tail[:, None] * width + minute)[inside]
    leave = (grid.head[:, None] * width + arrive)[inside]
    add(enter, leave, np.broadcast_to(grid.capacity[:, None], inside.shape)[inside])
    add(np.array(everywhere), hubs, grid.supply)
    home = grid.sources[:, None] * width + minute
    add(hubs[:, None], home, grid.supply[:, None])
    gate = grid.sinks[:, None] * width + minute
    add(gate, np.array(nowhere), grid.sink_capacity[:, None])
    solver = max_flow.SimpleMaxFlow()
    solver.add_arcs_with_capacity(*(np.concatenate(each) for each in (tail, head, room)))
    built = time.perf_counter()
    if solver.solve(int(everywhere), int(nowhere)) != solver.OPTIMAL:
        raise SystemExit("OR-Tools found no optimum.")
    return built - start, time.perf_counter() - built, solver.optimal_flow()


def row(nodes: int, per_min: int) -> dict[str, Any]:
    """Measure one question."""
    grid = street_grid(nodes, per_min)
    seconds, arrival = ours(grid)
    found: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    found |= {
        "nodes": grid.n_nodes, "arcs": len(grid.tail), "zones": len(grid.sources),
        "people": int(grid.supply.sum()), "steps": STEPS, "crossing_per_min": per_min,
        "out_by_the_end": arrival.total, "augmentations": arrival.searches,
        "proofs": arrival.proofs, "seconds": f"{seconds:.2f}",
    }  # fmt: skip
    if (nodes, per_min) == BESIDE and find_spec("ortools") is not None:
        build, solve, total = written_out(grid)
        if total != arrival.total:
            raise SystemExit(f"OR-Tools moves {total} people, the engine {arrival.total}.")
        found |= {
            "ortools_build_seconds": f"{build:.2f}", "ortools_solve_seconds": f"{solve:.2f}",
            "ortools_ratio": f"{(build + solve) / seconds:.1f}",
        }  # fmt: skip
    return found


def show(found: dict[str, Any]) -> None:
    """Tell one measurement in a line."""
    line = (
        f"{found['nodes']:6,} nodes {found['arcs']:7,} arcs, {found['crossing_per_min']:4} a "
        f"minute at each crossing: {found['seconds']:>6} s, {found['out_by_the_end']:,} of "
        f"{found['people']:,} people out, {found['augmentations']:,} augmentations"
    )
    if found["ortools_ratio"]:
        line += (
            f"; one OR-Tools max flow {found['ortools_build_seconds']} s to write out and "
            f"{found['ortools_solve_seconds']} s to solve, {found['ortools_ratio']} × ours"
        )
    print(line, flush=True)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "out" / "bench")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="the table, in place of FOLDER")
    given = parser.parse_args()
    path = given.csv or given.folder / "flow.csv"
    earliest_arrival(Network(2, [0], [1], [1], [1]), [0], [1], [1], [1], 2)  # compile
    if find_spec("ortools") is None:
        print("OR-Tools is not installed: no ratio to it.")
    found = []
    for nodes, per_min in QUESTIONS:
        found.append(row(nodes, per_min))
        show(found[-1])
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(found)


if __name__ == "__main__":
    main()
