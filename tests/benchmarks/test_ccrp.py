"""CCRP, the heuristic we stand beside: feasible, as told by hand, and never ahead of us."""

import numpy as np
import pytest
from ccrp import ccrp
from instances import street_grid

from benchmarks.towns import random_town, town
from safepassage.flow import Network, earliest_arrival

BOTH = pytest.mark.parametrize("over_steps", [False, True])


def most_by(grid, steps):
    network = Network(grid.n_nodes, grid.tail, grid.head, grid.transit, grid.capacity)
    question = (grid.sources, grid.supply, grid.sinks, grid.sink_capacity, steps)
    return earliest_arrival(network, *question).arrivals.cumsum()


def assert_feasible(grid, steps, plan):
    width = steps + 1
    for array in (plan.flow, plan.sent, plan.passed, plan.left):
        assert (array >= 0).all()
    assert (plan.flow <= grid.capacity[:, None]).all()
    assert (plan.passed <= grid.sink_capacity[:, None]).all()
    assert (plan.sent.sum(axis=1) + plan.left == grid.supply).all()
    assert (plan.passed.sum(axis=0) == plan.arrivals).all()
    balance = np.zeros((grid.n_nodes, width), int)
    np.add.at(balance, grid.sources, plan.sent)
    np.subtract.at(balance, grid.sinks, plan.passed)
    for a, k in np.argwhere(plan.flow):
        balance[grid.tail[a], k] -= plan.flow[a, k]
        balance[grid.head[a], k + grid.transit[a]] += plan.flow[a, k]  # no further than the end
    assert not balance.any()


@BOTH
def test_random_networks_are_feasible_and_never_ahead(over_steps):
    behind = moved = 0
    for seed in range(150):
        grid, steps = random_town(seed)
        plan = ccrp(grid, steps, over_steps=over_steps)
        assert_feasible(grid, steps, plan)
        gap = most_by(grid, steps) - plan.arrivals.cumsum()
        assert (gap >= 0).all(), f"seed {seed}"
        behind += gap.any()
        moved += plan.arrivals.sum()
    assert moved > 500
    assert behind > 0  # a greedy way that always found the most would be no heuristic


@BOTH
def test_street_grids_are_feasible_and_never_ahead(over_steps):
    for per_min, seed in ((5, 1), (60, 2), (400, 3)):
        grid = street_grid(150, per_min, seed=seed, people=9_000, n_zones=20)
        plan = ccrp(grid, 90, over_steps=over_steps)
        assert_feasible(grid, 90, plan)
        assert (plan.arrivals.cumsum() <= most_by(grid, 90)).all()


def test_labels_over_steps_miss_no_arrival_at_the_first_minute():
    for seed in range(60):
        grid, steps = random_town(seed)
        ours = most_by(grid, steps)
        theirs = ccrp(grid, steps, over_steps=True).arrivals.cumsum()
        assert ((ours > 0) == (theirs > 0)).all()


@BOTH
def test_the_quickest_way_blocks_two_others_for_good(over_steps):
    # 0 → 1 → 3 and 0 → 2 → 3 take 4 steps, 0 → 1 → 2 → 3 takes 2 and needs both first and last
    arcs = [(0, 1, 1, 1), (1, 3, 3, 1), (0, 2, 3, 1), (2, 3, 1, 1), (1, 2, 0, 1)]
    grid = town(4, arcs, [(0, 100)], [(3, 10)])
    plan = ccrp(grid, 10, over_steps=over_steps)
    assert plan.arrivals.tolist() == [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    assert plan.flow[4].tolist() == [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]
    assert most_by(grid, 10)[-1] == 14


def test_one_label_a_node_misses_a_way_at_another_step():
    # who lives at the crossing fills it in steps 0 to 2; from step 3 on the slow street into
    # it would bring one who left earlier, but node 1 is labelled with the quick one
    arcs = [(0, 1, 1, 1), (1, 2, 2, 1), (1, 2, 1, 2)]
    grid = town(3, arcs, [(0, 50), (2, 6)], [(2, 2)])
    assert ccrp(grid, 4).arrivals.tolist() == [2, 2, 2, 1, 1]
    assert ccrp(grid, 4, over_steps=True).arrivals.tolist() == [2, 2, 2, 2, 1]


@BOTH
def test_a_line_fills_at_its_narrowest(over_steps):
    grid = town(3, [(0, 1, 2, 7), (1, 2, 1, 3)], [(0, 10)], [(2, 5)])
    plan = ccrp(grid, 8, over_steps=over_steps)
    assert plan.arrivals.tolist() == [0, 0, 0, 3, 3, 3, 1, 0, 0]
    assert plan.sent[0].tolist() == [3, 3, 3, 1, 0, 0, 0, 0, 0]
    assert plan.left.tolist() == [0]
    assert plan.ways == 4


@BOTH
def test_nobody_moves_where_nothing_leads(over_steps):
    grid = town(3, [(2, 0, 1, 9)], [(0, 10)], [(2, 5)])
    plan = ccrp(grid, 8, over_steps=over_steps)
    assert plan.arrivals.sum() == 0
    assert plan.left.tolist() == [10]
