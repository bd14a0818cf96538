"""Parts of a person are exact where capacities are not whole; spreading them is not."""

from fractions import Fraction
from math import lcm

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import coo_array

from lengths import at_length
from safepassage.base.errors import InputError
from safepassage.flow import UNBOUNDED, Network, earliest_arrival
from safepassage.flow.parts import in_parts, spread


@settings(max_examples=at_length(100, 300), deadline=None)
@given(st.lists(st.fractions(0, 500, max_denominator=12), max_size=5))
def test_the_fewest_parts_are_the_common_denominator(rates):
    common = lcm(*(rate.denominator for rate in rates))
    parts = in_parts([float(rate) for rate in rates])
    if common <= 60:
        assert parts.q == common
        assert parts.whole[0].tolist() == [rate * common for rate in rates]
        assert (parts.lost, parts.lost_share) == (0, 0)
    else:
        exact = [rate * 60 for rate in rates]
        assert parts.q == 60
        assert parts.whole[0].tolist() == [each // 1 for each in exact]
        lost = max(each - each // 1 for each in exact) / 60
        assert parts.lost == pytest.approx(float(lost), abs=1e-9)


def test_a_street_for_37_5_a_minute_has_75_eighths_in_15_seconds():
    streets, crossings = np.array([37.5, 60, 0]) / 4, np.array([[40.0, 10.0]]) / 4
    parts = in_parts(streets, crossings)
    assert parts.q == 8
    assert [each.tolist() for each in parts.whole] == [[75, 120, 0], [[80, 20]]]


def test_what_cannot_be_whole_is_rounded_down_and_told():
    parts = in_parts([np.pi, 2.5, 1 / 7], most=10)
    assert parts.q == 10
    assert parts.whole[0].tolist() == [31, 25, 1]
    assert parts.lost == pytest.approx(1 / 7 - 0.1)
    assert parts.lost_share == pytest.approx(0.3)


def test_what_never_binds_stays_so():
    parts = in_parts([0.5, UNBOUNDED, 2e9])
    assert parts.q == 2
    assert parts.whole[0].tolist() == [1, UNBOUNDED, UNBOUNDED]
    assert parts.lost == 0


def test_two_streets_spread_out_of_phase_pass_nobody():
    """Half a person a step: as 0, 1, 0, 1 on both streets, a step apart, nobody passes."""
    steps, ways = 9, ([0, 1], [1, 2], [1, 1])
    rows = [spread(0.5, steps)] * 2
    assert rows[0].tolist() == [0, 1] * 5
    question = ([0], [100], [2], [100], steps)
    assert earliest_arrival(Network(3, *ways, rows), *question).total == 0
    parts = in_parts([0.5, 0.5])
    exact = earliest_arrival(
        Network(3, *ways, parts.whole[0]), [0], [100 * parts.q], [2], [100 * parts.q], steps
    )
    assert (exact.arrivals / parts.q).tolist() == [0, 0] + [0.5] * 8


def test_two_and_three_a_step_out_of_phase_pass_only_two():
    steps, ways = 9, ([0, 1], [1, 2], [1, 1])
    row = spread(2.5, steps)
    assert row.tolist() == [2, 3] * 5
    question = ([0], [100], [2], [100], steps)
    behind = earliest_arrival(Network(3, *ways, [row, row]), *question)
    assert behind.arrivals.tolist() == [0, 0] + [2] * 8
    parts = in_parts([2.5, 2.5])
    exact = earliest_arrival(
        Network(3, *ways, parts.whole[0]), [0], [100 * parts.q], [2], [100 * parts.q], steps
    )
    assert (exact.arrivals / parts.q).tolist() == [0, 0] + [2.5] * 8


def _most_in_fractions(n, tail, head, transit, rates, supply, rate, theta):
    """Solve the network over time as a linear program, without whole numbers."""
    width = theta + 1
    cells, limits = [], []  # (row of conservation, sign) of each variable
    for a, b, took, most in zip(tail, head, transit, rates, strict=True):
        for k in range(width - took):
            cells.append(((a, k, -1), (b, k + took, 1)))
            limits.append((0, most))
    for k in range(width):
        cells.append(((0, k, 1),))
        limits.append((0, None))
    for k in range(width):
        cells.append(((n - 1, k, -1),))
        limits.append((0, rate))
    rows, columns, signs = zip(
        *((v * width + k, i, sign) for i, cell in enumerate(cells) for v, k, sign in cell),
        strict=True,
    )
    balance = coo_array((signs, (rows, columns)), shape=(n * width, len(cells)))
    gain = np.zeros(len(cells))
    gain[-width:] = -1
    sent = np.zeros((1, len(cells)))
    sent[0, -2 * width : -width] = 1
    found = linprog(
        gain, A_ub=sent, b_ub=[supply], A_eq=balance.tocsr(), b_eq=np.zeros(n * width),
        bounds=limits,
    )  # fmt: skip
    assert found.status == 0
    return -found.fun


@settings(max_examples=at_length(20, 60), deadline=None)
@given(st.data())
def test_solved_in_parts_the_flow_is_the_rational_optimum(data):
    n, steps = 4, 5
    arcs = data.draw(st.integers(1, 7))
    ends = st.lists(st.integers(0, n - 1), min_size=arcs, max_size=arcs)
    tail, head = data.draw(ends), data.draw(ends)
    transit = data.draw(st.lists(st.integers(1, 2), min_size=arcs, max_size=arcs))
    some = st.sampled_from([Fraction(k, q) for q in (1, 2, 3, 4) for k in range(1, 3 * q)])
    rates = [float(x) for x in data.draw(st.lists(some, min_size=arcs, max_size=arcs))]
    rate, supply = float(data.draw(some)), data.draw(st.integers(1, 8))
    parts = in_parts(rates, [rate])
    found = earliest_arrival(
        Network(n, tail, head, transit, parts.whole[0]), [0], [supply * parts.q], [n - 1],
        parts.whole[1], steps,
    )  # fmt: skip
    out = np.cumsum(found.arrivals) / parts.q
    for theta in range(steps + 1):
        most = _most_in_fractions(n, tail, head, transit, rates, supply, rate, theta)
        assert out[theta] == pytest.approx(most, abs=1e-6)


@settings(max_examples=at_length(100, 300), deadline=None)
@given(st.fractions(0, 10_000, max_denominator=997), st.integers(0, 700), st.sampled_from([60, 15]))
def test_a_spread_rate_is_never_ahead_and_within_one_person(rate, steps, step_s):
    row = spread(float(rate), steps, step_s=step_s)
    behind = [rate * step_s / 60 * (k + 1) - int(sum_) for k, sum_ in enumerate(np.cumsum(row))]
    assert row.shape == (steps + 1,)
    assert all(0 <= each < 1 for each in behind)


def test_rates_are_spread_row_by_row():
    assert spread([2.5, 0.75], 3).tolist() == [[2, 3, 2, 3], [0, 1, 1, 1]]
    assert spread(2.5, 3, step_s=30).tolist() == [1, 1, 1, 2]
    assert spread(UNBOUNDED, 1).tolist() == [UNBOUNDED, UNBOUNDED]


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda: in_parts([1.0], [[2.0, -1.0]]), r"values\[1\]\[0, 1\]: is below 0"),
        (lambda: in_parts([np.nan]), r"values\[0\]\[0\]: is not finite"),
        (lambda: in_parts([1j]), r"values\[0\]: must hold numbers"),
        (lambda: in_parts([1.5], most=0), "most: is below 1"),
        (lambda: spread([1, -2], 3), r"per_min\[1\]: is below 0"),
        (lambda: spread([1, 2], -3), "steps: is below 0"),
        (lambda: spread(2, 3, step_s=0), "step_s: is below"),
        (lambda: spread([1, 1e12], 3), r"per_min\[1\]: is above"),
        (lambda: spread(np.ma.masked_array([1.0], [True]), 3), "per_min: is a masked array"),
    ],
)
def test_bad_input_is_named(call, where):
    with pytest.raises(InputError, match=where):
        call()
