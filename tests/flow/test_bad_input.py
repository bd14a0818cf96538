"""Every bad argument gets one error that names its index."""

from dataclasses import replace

import numpy as np
import pytest

from safepassage.base.errors import InputError
from safepassage.flow import Network, earliest_arrival

GOOD = {"n_nodes": 3, "tail": [0, 1], "head": [1, 2], "transit": [1, 1], "capacity": [4, 4]}
ASKED = {"sources": [0], "supply": [9], "sinks": [2], "sink_capacity": [5], "steps": 6}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"transit": [1, -1]}, r"transit\[1\]: is below 0 \(-1\)"),
        ({"transit": [1, 0.5]}, r"transit\[1\]: is not a whole number \(0.5\)"),
        ({"capacity": [4, np.inf]}, r"capacity\[1\]: is not finite"),
        ({"capacity": [np.nan, 4]}, r"capacity\[0\]: is not finite"),
        ({"capacity": [4, -2]}, r"capacity\[1\]: is below 0"),
        ({"capacity": [4, 2**31]}, r"capacity\[1\]: is above"),
        ({"head": [1, 3]}, r"head\[1\]: is above 2"),
        ({"tail": [-1, 1]}, r"tail\[0\]: is below 0"),
        ({"head": [1]}, r"head: has shape \(1,\)"),
        ({"transit": [[1] * 7] * 3}, r"transit: has shape"),
        ({"n_nodes": 0}, "n_nodes: is below 1"),
        ({"tail": ["a", "b"]}, "tail: must hold numbers"),
    ],
)
def test_network(change, says):
    with pytest.raises(InputError, match=says):
        Network(**{**GOOD, **change})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"sources": [3]}, r"sources\[0\]: is above 2"),
        ({"supply": [-1]}, r"supply\[0\]: is below 0"),
        ({"supply": [2**31]}, r"supply\[0\]: is above"),
        ({"sources": [0, 1], "supply": [2**31 - 1, 1]}, "supply: holds"),
        ({"supply": [1, 2]}, r"supply: has shape \(2,\)"),
        ({"sinks": [], "sink_capacity": []}, "sinks: holds no crossing"),
        ({"sink_capacity": [[1, 2]]}, "sink_capacity: has shape"),
        ({"steps": -1}, "steps: is below 0"),
        ({"steps": 2**23, "sources": [0]}, None),
        ({"release": [-1]}, r"release\[0\]: is below 0"),
        ({"release": [0, 0]}, "release: has shape"),
        ({"budget_s": 0}, r"budget_s: is no time to work in \(0\)"),
        ({"budget_s": float("nan")}, "budget_s: is no time"),
        ({"budget_s": "long"}, "budget_s: is no time"),
    ],
)
def test_question(change, says):
    if says is None:  # many steps alone are no fault; more states than fit are
        with pytest.raises(InputError, match="more states than fit"):
            earliest_arrival(Network(1000, [], [], [], []), [0], [1], [2], [1], 2**22)
        return
    with pytest.raises(InputError, match=says):
        earliest_arrival(Network(**GOOD), **{**ASKED, **change})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"since": [0, 3]}, r"capacity: has 3 columns, since names 2"),
        ({"since": [1, 2, 3]}, r"since: does not rise from 0 \(\[1, 2, 3\]\)"),
        ({"since": [0, 2, 2]}, r"since: does not rise from 0"),
        ({"since": [0, -1, 2]}, r"since\[1\]: is below 0"),
    ],
)
def test_periods(change, says):
    with pytest.raises(InputError, match=says):
        Network(**{**GOOD, "capacity": [[4] * 3] * 2, **change})


@pytest.mark.parametrize(
    ("nodes", "people", "says"),
    [
        ([3], [1], r"nodes\[0\]: is above 2"),
        ([0], [-1], r"people\[0\]: is below 0"),
        ([0, 1], [1], r"people: has shape \(1,\)"),
        ([0], [[1, 2, 3]], None),
    ],
)
def test_places_to_wait(nodes, people, says):
    network = Network(**{**GOOD, "capacity": [[4] * 7] * 2})
    with pytest.raises(InputError, match=says or "people: has 3 columns, the network has 7"):
        network.with_waiting(nodes, people)


def test_a_step_past_what_is_proven_has_no_cut():
    found = replace(earliest_arrival(Network(**GOOD), **ASKED | {"supply": [99]}), proven=2)
    assert found.cut(2).value == 4
    with pytest.raises(InputError, match="step: is past 2"):
        found.cut(3)


def test_periods_and_waiting_mean_what_they_say():
    """Night from step 3 on doubles the time; who comes early waits in a shelter for two."""
    streets = Network(3, [0, 1], [1, 2], [[1, 2], [1, 2]], [9, 9], since=[0, 3])
    assert earliest_arrival(streets, [0], [40], [2], [9], 7).arrivals.tolist() == [
        0, 0, 9, 9, 0, 9, 0, 9
    ]  # fmt: skip
    late = [[0, 0, 0, 0, 0, 0, 5, 0]]  # nobody who walks on comes in step 6
    still = earliest_arrival(streets, [0], [9], [2], late, 7)
    sheltered = earliest_arrival(streets.with_waiting([2], [2]), [0], [9], [2], late, 7)
    assert (still.total, sheltered.total) == (0, 2)


def test_columns_must_fit_the_steps():
    network = Network(**{**GOOD, "capacity": [[4] * 5] * 2})
    with pytest.raises(InputError, match="capacity: has 5 columns, 7 are needed"):
        earliest_arrival(network, **ASKED)


def test_an_unreachable_source_moves_nobody():
    arrival = earliest_arrival(Network(3, [1], [0], [1], [4]), [0], [9], [2], [5], 6)
    assert arrival.total == 0
    assert arrival.left.tolist() == [9]
    assert arrival.cut(6).value == 0


def test_zero_steps_loops_and_parallel_arcs():
    network = Network(2, [0, 0, 0, 1], [0, 1, 1, 1], [0, 0, 0, 0], [9, 2, 3, 9])
    assert earliest_arrival(network, [0], [9], [1], [9], 0).arrivals.tolist() == [5]


def test_arrays_are_frozen():
    network = Network(**GOOD)
    with pytest.raises(ValueError, match="read-only"):
        network.transit[0] = 5
    with pytest.raises(ValueError, match="read-only"):
        earliest_arrival(network, **ASKED).flow[0, 0] = 1
