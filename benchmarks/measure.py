"""Measure one way of answering one question, in a process of its own.

    python benchmarks/measure.py WAY NODES PEOPLE_PER_MINUTE STEPS

Prints one line of JSON: seconds of wall time after compilation, the most memory this
process held, and what was found. ``bench_flow.py`` starts these one after another, so
that memory is that of one way alone and nothing can hang the rest.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from instances import street_grid

if TYPE_CHECKING:
    from collections.abc import Callable

    from instances import Instance

SMALL_S = 10.0
"""Whatever takes less is run twice, below a second five times; the best time counts [s]."""

SHARE_OF_MEMORY = 0.8

Found = dict[str, Any]


def facts(grid: Instance) -> Found:
    """Say what an instance holds."""
    return {
        "nodes": grid.n_nodes,
        "arcs": len(grid.tail),
        "zones": len(grid.sources),
        "people": int(grid.supply.sum()),
    }


def ours(grid: Instance, steps: int) -> Found:
    """Solve for every minute with the engine; check the answer once the clock has stopped."""
    from safepassage.flow import Network, earliest_arrival
    from safepassage.flow.verify import verify

    start = time.perf_counter()
    network = Network(grid.n_nodes, grid.tail, grid.head, grid.transit, grid.capacity)
    arrival = earliest_arrival(
        network, grid.sources, grid.supply, grid.sinks, grid.sink_capacity, steps
    )
    seconds, gb = time.perf_counter() - start, peak_gb()
    verify(arrival, cuts=(steps // 10, steps // 2, steps))
    return {
        "seconds": seconds,
        "gb": gb,
        "out": arrival.total,
        "arrivals": arrival.arrivals.tolist(),
        "augmentations": augmentations(arrival),
        **facts(grid),
    }


def augmentations(arrival: Any) -> int:
    """Tell how often people were sent along a way."""
    counts = getattr(arrival, "counts", None)
    return int(arrival.searches if counts is None else counts[0])


def ccrp(grid: Instance, steps: int, *, over_steps: bool = False) -> Found:
    """Plan with CCRP."""
    from ccrp import ccrp as reserve

    start = time.perf_counter()
    plan = reserve(grid, steps, over_steps=over_steps)
    return {
        "seconds": time.perf_counter() - start,
        "out": int(plan.arrivals.sum()),
        "arrivals": plan.arrivals.tolist(),
        "augmentations": plan.ways,
    }


def ccrp_over_steps(grid: Instance, steps: int) -> Found:
    """Plan with CCRP, one label a node and step."""
    return ccrp(grid, steps, over_steps=True)


def ortools(grid: Instance, steps: int) -> Found:
    """Ask OR-Tools for one max flow on the written-out network."""
    from bounds import max_flow_gb, most_out

    needed, here = max_flow_gb(grid, steps), _memory_gb()
    if needed > SHARE_OF_MEMORY * here:
        return {"left_out": f"would take about {needed:.0f} GB, {here:.0f} GB are free"}
    found = most_out(grid, steps)
    seconds = found.build_s + found.solve_s
    return {"seconds": seconds, "build": found.build_s, "solve": found.solve_s,
            "out": found.people}  # fmt: skip


def static(grid: Instance, steps: int) -> Found:
    """Bound the people out by the end with one static flow."""
    from bounds import static_bound

    found = static_bound(grid, steps)
    return {"seconds": found.build_s + found.solve_s, "out": found.people}


WAYS: dict[str, Callable[[Instance, int], Found]] = {
    "ours": ours,
    "static": static,
    "ccrp": ccrp,
    "ccrp_over_steps": ccrp_over_steps,
    "ortools": ortools,
}


def _memory_gb() -> float:
    """Tell how much memory can be had, or all there is where that is all the system tells."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line[:13] == "MemAvailable:") / 1e6
    except (OSError, StopIteration):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9


def peak_gb() -> float:
    """Tell the most memory this process has held [GB]."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most * (1 if sys.platform == "darwin" else 1024) / 1e9


def measure(way: str, nodes: int, per_min: int, steps: int) -> Found:
    """Answer a question once, or more often where that is quick, and give the best time."""
    work = WAYS[way]
    work(street_grid(100, 40), 60)  # compile, or load what was compiled
    grid = street_grid(nodes, per_min)
    found = {"gb": 0.0} | work(grid, steps)
    found["gb"] = gb = found["gb"] or peak_gb()  # before anything else is done
    seconds = found.get("seconds", SMALL_S)
    for _ in range(4 if seconds < 1 else 1 if seconds < SMALL_S else 0):
        found = min(found, work(grid, steps), key=lambda each: each["seconds"])
    return found | {"gb": gb}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], *map(int, sys.argv[2:5]))))
