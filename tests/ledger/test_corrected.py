"""Which events stand, by corrections in any order."""

from itertools import permutations

import pytest

from safepassage.ledger.corrected import Corrected

CASES = {
    "one": ({"c": ("e", None)}, {"e"}, 1),
    "replaced": ({"c": ("e", "f")}, {"e"}, 1),
    "corrected": ({"c": ("e", "f"), "d": ("c", None)}, {"c", "f"}, 1),
    "corrected twice": ({"c": ("e", None), "d": ("c", None), "b": ("d", None)}, {"d", "e"}, 2),
    "twice over": ({"c": ("e", None), "d": ("e", None)}, {"e"}, 2),
    "one of two taken back": (
        {"c": ("e", None), "d": ("e", None), "b": ("d", None)}, {"e", "d"}, 2,
    ),
    "two put it there, one taken back": (
        {"c": ("e", "f"), "d": ("g", "f"), "b": ("c", None)}, {"c", "g"}, 2,
    ),
    "a circle": ({"c": ("d", None), "d": ("c", "f")}, {"f"}, 0),
    "a circle that is broken": (
        {"c": ("d", None), "d": ("c", "f"), "b": ("d", None)}, {"d", "f"}, 2,
    ),
    "what replaces is replaced": ({"c": ("e", "f"), "d": ("f", "g")}, {"e", "f"}, 2),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_stands_is_the_same_in_any_order(name):
    corrections, out, stand = CASES[name]
    for order in permutations(corrections):
        made = Corrected()
        for id_ in order:
            made.add(id_, *corrections[id_])
        found = made.standing()
        assert (set(found.out), found.corrections) == (out, stand)
    assert bool(found.circles) == (name == "a circle")
