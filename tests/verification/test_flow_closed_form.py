"""Networks whose answer is known without a computer."""

import numpy as np
import pytest

from safepassage.flow import UNBOUNDED, Network, earliest_arrival


def test_a_line_delivers_its_narrowest_capacity_after_its_length():
    line = Network(4, [0, 1, 2], [1, 2, 3], [2, 3, 1], [9, 4, 7])
    arrival = earliest_arrival(line, [0], [18], [3], [100], 12)
    assert arrival.arrivals.tolist() == [0] * 6 + [4, 4, 4, 4, 2, 0, 0]
    assert arrival.left.tolist() == [0]


def test_two_routes_of_different_length_add_up():
    both = Network(3, [0, 0, 1], [2, 1, 2], [1, 2, 3], [2, 3, 3])
    arrival = earliest_arrival(both, [0], [1000], [2], [100], 8)
    assert arrival.arrivals.tolist() == [0, 2, 2, 2, 2, 5, 5, 5, 5]
    assert arrival.total == 2 * 8 + 3 * 4
    assert arrival.left.tolist() == [1000 - 28]


def test_a_diamond_shares_the_last_street():
    #     1
    #   /   \      two ways of 2 and 4 minutes to node 3, then a street for 5 a minute
    #  0     3 - 4
    #   \   /
    #     2
    diamond = Network(5, [0, 0, 1, 2, 3], [1, 2, 3, 3, 4], [1, 2, 1, 2, 1], [3, 4, 3, 4, 5])
    arrival = earliest_arrival(diamond, [0], [40], [4], [100], 12)
    assert arrival.arrivals.tolist() == [0, 0, 0, 3, 3, 5, 5, 5, 5, 5, 5, 4, 0]


def test_the_first_people_take_back_a_street_that_later_ones_need():
    """The quickest first route blocks the cut unless an augmentation undoes it."""
    braess = Network(4, [0, 0, 1, 1, 2], [1, 2, 2, 3, 3], [0, 1, 0, 1, 0], [1, 1, 1, 1, 1])
    arrival = earliest_arrival(braess, [0], [4], [3], [9], 4)
    assert arrival.arrivals.tolist() == [1, 1, 2, 0, 0]


def test_a_crossing_that_opens_late_and_closes():
    hours = np.array([[0, 0, 0, 5, 5, 0, 5]])
    street = Network(2, [0], [1], [1], [UNBOUNDED])
    arrival = earliest_arrival(street, [0], [12], [1], hours, 6)
    assert arrival.arrivals.tolist() == [0, 0, 0, 5, 5, 0, 2]


def test_release_keeps_people_home():
    street = Network(2, [0], [1], [1], [3])
    arrival = earliest_arrival(street, [0, 0], [5, 5], [1], [9], 6, release=[0, 4])
    assert arrival.arrivals.tolist() == [0, 3, 2, 0, 0, 3, 2]


def test_a_source_at_a_crossing_needs_no_street():
    arrival = earliest_arrival(Network(1, [], [], [], []), [0], [7], [0], [3], 3)
    assert arrival.arrivals.tolist() == [3, 3, 1, 0]


def test_a_cut_names_what_is_full():
    line = Network(3, [0, 1], [1, 2], [1, 1], [4, 9])
    arrival = earliest_arrival(line, [0], [100], [2], [6], 10)
    cut = arrival.cut(10)
    assert cut.value == arrival.total == 4 * 9
    assert set(cut.arcs.tolist()) == {0}
    assert len(cut.sinks) == len(cut.sources) == 0
    assert arrival.cut(1).value == 0


def test_everybody_out_is_proven_by_the_sources():
    line = Network(2, [0], [1], [1], [4])
    arrival = earliest_arrival(line, [0], [6], [1], [6], 10)
    cut = arrival.cut(10)
    assert (cut.value, cut.sources.tolist(), len(cut.arcs)) == (6, [0], 0)


def test_same_question_same_answer():
    rng = np.random.default_rng(3)
    tail, head = rng.integers(0, 30, 120), rng.integers(0, 30, 120)
    network = Network(30, tail, head, rng.integers(0, 4, 120), rng.integers(1, 9, 120))
    first, second = (
        earliest_arrival(network, [0, 7], [90, 90], [20, 29], [5, 5], 40) for _ in range(2)
    )
    assert (first.flow == second.flow).all()
    assert first.routes() == second.routes()


@pytest.mark.parametrize("step", [-1, 13])
def test_a_cut_outside_the_steps_is_refused(step):
    arrival = earliest_arrival(Network(2, [0], [1], [1], [1]), [0], [1], [1], [1], 12)
    with pytest.raises(Exception, match="must be between 0 and 12"):
        arrival.cut(step)
