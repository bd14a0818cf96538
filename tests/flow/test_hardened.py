"""Arrays numpy would bend into numbers, odd shapes and too much memory are refused."""

import numpy as np
import pytest

from safepassage.base.errors import InputError
from safepassage.flow import Network, earliest_arrival, question

GOOD = {"n_nodes": 3, "tail": [0, 1], "head": [1, 2], "transit": [1, 1], "capacity": [4, 4]}
ASKED = {"sources": [0], "supply": [9], "sinks": [2], "sink_capacity": [5], "steps": 6}
MASKED = np.ma.masked_array([1, 1], mask=[0, 1])
STRANGE = [
    (MASKED, "is a masked array"),
    (np.array([1 + 2j, 1]), "must hold numbers"),
    (np.array(["2000-01-01", "2000-01-02"], "M8[D]"), "must hold numbers"),
    (np.array([1, 1], "m8[s]"), "must hold numbers"),
    ([2**2000, 1], "must hold numbers"),
    (None, "is not finite|must hold numbers"),
]


@pytest.mark.parametrize("name", ["tail", "head", "transit", "capacity"])
@pytest.mark.parametrize(("values", "says"), STRANGE)
def test_a_network_of_strange_arrays(name, values, says):
    with pytest.raises(InputError, match=f"^{name}.*({says})") as caught:
        Network(**{**GOOD, name: values})
    assert len(caught.value.faults) == 1


@pytest.mark.parametrize("name", ["sources", "supply", "sinks", "sink_capacity", "release"])
@pytest.mark.parametrize(("values", "says"), STRANGE[:4])
def test_a_question_of_strange_arrays(name, values, says):
    with pytest.raises(InputError, match=f"^{name}.*({says})"):
        earliest_arrival(Network(**GOOD), **{**ASKED, name: values})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"sinks": [[2]]}, r"sinks: has shape \(1, 1\)"),
        ({"sources": [[0]]}, r"sources: has shape \(1, 1\)"),
        ({"steps": [10]}, r"steps: has shape \(1,\)"),
        ({"network": GOOD}, r"network: is no Network \(dict\)"),
        ({"network": None}, "network: is no Network"),
    ],
)
def test_odd_shapes(change, says):
    with pytest.raises(InputError, match=says):
        earliest_arrival(**{"network": Network(**GOOD), **ASKED, **change})


def test_one_number_of_nodes():
    with pytest.raises(InputError, match=r"n_nodes: has shape \(1,\)"):
        Network(**{**GOOD, "n_nodes": [3]})


def test_more_memory_than_there_is_is_told_with_a_step_that_fits(monkeypatch):
    network = Network(**GOOD)
    # 3 nodes × 9 + (2 arcs + a source + a crossing) × 5 = 47 bytes a step, and 16 for what is given
    monkeypatch.setattr(question, "_memory", lambda: (47 * 7 + 16) / 0.8)
    assert earliest_arrival(network, **ASKED).total == 9
    monkeypatch.setattr(question, "_memory", lambda: (47 * 7 + 15) / 0.8)
    with pytest.raises(InputError, match=r"over 7 steps need about .* at least 2 times as long"):
        earliest_arrival(network, **ASKED)


def test_memory_is_not_asked_where_the_system_does_not_tell(monkeypatch):
    monkeypatch.setattr(question, "_memory", lambda: None)
    assert earliest_arrival(Network(**GOOD), **ASKED).total == 9
