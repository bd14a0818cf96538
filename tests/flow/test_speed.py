"""The promise on speed, on the benchmark's own instance."""

import importlib.util
import time
from pathlib import Path

import numpy as np
import pytest

from safepassage.flow import Network, earliest_arrival
from safepassage.flow.verify import verify


def street_grid(*args, **options):
    path = Path(__file__).parents[2] / "benchmarks" / "instances.py"
    spec = importlib.util.spec_from_file_location("instances", path)
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["instances"] = module
    spec.loader.exec_module(module)
    return module.street_grid(*args, **options)


def network_of(town):
    return Network(town.n_nodes, town.tail, town.head, town.transit, town.capacity)


def solved(town):
    """Give seconds, after compilation, and the answer."""
    earliest_arrival(Network(2, [0], [1], [1], [1]), [0], [1], [1], [1], 2)  # compiles
    start = time.process_time()
    arrival = earliest_arrival(
        network_of(town), town.sources, town.supply, town.sinks, town.sink_capacity, 600
    )
    return time.process_time() - start, arrival


# a quiet machine with two cores takes a third of these or less (docs/flow.md)
@pytest.mark.parametrize(
    ("nodes", "per_min", "seconds", "out"),
    [
        (5_000, 40, 1, 143_000),
        (5_000, 200, 1, 275_000),
        (5_000, 400, 2, 275_000),
        (5_000, 1_000, 2, 275_000),
        (20_000, 40, 2, 142_266),
    ],
)
def test_cities_are_solved_in_seconds(nodes, per_min, seconds, out):
    town = street_grid(nodes, per_min)
    took, arrival = solved(town)
    assert took < seconds
    assert arrival.total == out
    assert arrival.proven == 600
    verify(arrival, cuts=(60, 300, 600))


def test_a_budget_is_kept_and_the_rest_is_bounded():
    town = street_grid(5_000, 400)
    _, whole = solved(town)
    start = time.process_time()
    cut_short = earliest_arrival(
        network_of(town), town.sources, town.supply, town.sinks, town.sink_capacity, 600,
        budget_s=0.02,
    )  # fmt: skip
    assert time.process_time() - start < 6
    best, found = np.cumsum(whole.arrivals), np.cumsum(cut_short.arrivals)
    assert cut_short.proven < 600
    assert (found <= best).all()
    assert (best <= cut_short.upper).all()
    assert found[-1] > 0.9 * best[-1]
    verify(cut_short)
