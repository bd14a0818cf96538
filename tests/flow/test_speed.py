"""The promise on speed, on the benchmark's own instance."""

import importlib.util
import time
from pathlib import Path

from safepassage.flow import Network, earliest_arrival
from safepassage.flow.verify import verify


def street_grid(*args):
    path = Path(__file__).parents[2] / "benchmarks" / "instances.py"
    spec = importlib.util.spec_from_file_location("instances", path)
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["instances"] = module
    spec.loader.exec_module(module)
    return module.street_grid(*args)


def test_five_thousand_nodes_with_binding_crossings_take_under_five_seconds():
    town = street_grid(5000, 40)
    assert len(town.tail) > 16_000
    network = Network(town.n_nodes, town.tail, town.head, town.transit, town.capacity)
    question = (town.sources, town.supply, town.sinks, town.sink_capacity, 600)
    earliest_arrival(Network(2, [0], [1], [1], [1]), [0], [1], [1], [1], 2)  # compiles
    start = time.perf_counter()
    arrival = earliest_arrival(network, *question)
    assert time.perf_counter() - start < 5
    verify(arrival, cuts=(60, 300, 600))
    assert arrival.arrivals.max() == 240
