"""What OR-Tools is asked in the benchmark: the most out by the end, and a static bound."""

import numpy as np
from bounds import max_flow_gb, most_out, static_bound
from instances import street_grid

from benchmarks.towns import random_town, town
from oracles.written_out import most_arrived
from safepassage.flow import Network, earliest_arrival


def test_a_line_and_its_bound():
    grid = town(3, [(0, 1, 2, 7), (1, 2, 1, 3)], [(0, 100)], [(2, 5)])
    assert most_out(grid, 8).people == 18  # three each step from step 3 to 8
    assert static_bound(grid, 8).people == 18
    assert most_out(grid, 2).people == 0
    assert static_bound(grid, 2).people == 0


def test_the_bound_knows_the_sum_of_people_and_nothing_else_of_them():
    arcs = [(0, 2, 1, 5), (1, 2, 1, 5)]
    few_here = town(3, arcs, [(0, 1), (1, 39)], [(2, 50)])
    assert most_out(few_here, 4).people == 1 + 20
    assert static_bound(few_here, 4).people == 40


def test_a_way_longer_than_the_time_carries_nobody():
    grid = town(2, [(0, 1, 40, 7)], [(0, 100)], [(1, 5)])
    assert most_out(grid, 8).people == 0
    assert static_bound(grid, 8).people == 0


def test_random_networks():
    tight = 0
    for seed in range(120):
        grid, steps = random_town(seed)
        network = Network(grid.n_nodes, grid.tail, grid.head, grid.transit, grid.capacity)
        question = (grid.sources, grid.supply, grid.sinks, grid.sink_capacity, steps)
        most = most_out(grid, steps).people
        assert most == earliest_arrival(network, *question).total
        bound = static_bound(grid, steps).people
        assert most <= bound <= grid.supply.sum()
        tight += most == bound > 0
    assert tight > 10


def test_with_people_without_limit_the_static_flow_is_the_most():
    for seed in range(40):
        grid, steps = random_town(seed)
        grid = type(grid)(**vars(grid) | {"supply": np.full(len(grid.supply), 100_000)})
        network = Network(grid.n_nodes, grid.tail, grid.head, grid.transit, grid.capacity)
        question = (grid.sources, grid.supply, grid.sinks, grid.sink_capacity, steps)
        assert static_bound(grid, steps).people == most_arrived(network, *question)[-1]


def test_memory_is_foretold_by_arcs_over_time():
    assert 3.0 < max_flow_gb(street_grid(20_000, 40), 599) < 9.0
