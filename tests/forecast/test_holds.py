"""How long pauses held: curves by hand, hazards of known answer."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, weibull_min

from forecast.rows import precedents
from safepassage.forecast import holds
from safepassage.forecast.holds import Lasted, fit_weibull, kaplan_meier, times_of
from safepassage.forecast.precedents import load_precedents


def seen(*hours):
    return [Lasted(f"seen{hour}", hour, hour) for hour in hours]


def beyond(*hours):
    return [Lasted(f"beyond{hour}", hour, math.inf) for hour in hours]


# which times


@pytest.mark.parametrize(
    ("cells", "ends", "first"),
    [
        ({"ended": "held", "ended_hours": 10}, (10, math.inf), None),
        ({"ended": "collapsed", "ended_hours": "4"}, (4, 4), None),
        ({"ended": "suspended", "ended_hours": "24..40"}, (24, 40), None),
        ({"ended": "held"}, None, None),
        ({"ended_hours": "9"}, None, None),
        ({"first_incident_hours": "0..11"}, None, (0, 11)),
        ({"ended": "held", "ended_hours": 10, "first_incident_hours": 6}, (10, math.inf), (6, 6)),
        ({"ended": "held", "ended_hours": 10, "under_fire": "no"}, (10, math.inf), (10, math.inf)),
        ({"ended": "held", "ended_hours": 10, "under_fire": "yes"}, (10, math.inf), (0, 10)),
        ({"kind": "flight", "ended": "held", "ended_hours": 10, "under_fire": "no"}, None, None),
    ],
)
def test_times_are_read_from_what_is_known(cells, ends, first):
    rows = precedents(cells)
    for clock, told in (("end", ends), ("incident", first)):
        assert [(time.low, time.high) for time in times_of(rows, clock)] == ([told] if told else [])


def test_precedents_that_ship_say_how_long_they_held():
    for clock in ("incident", "end"):
        times = times_of(load_precedents(), clock)
        assert len(times) >= 5
        assert any(time.censored for time in times)
        assert any(not time.censored for time in times)


# Kaplan and Meier


def test_the_curve_by_hand():
    # five at risk, then four; three when an interval is put at its middle beside one lost then
    times = [*seen(1, 2), Lasted("interval", 3, 5), *beyond(4, 6)]
    curve = kaplan_meier(times)
    at = dict(zip(curve.hours, curve.holds, strict=True))
    assert at == pytest.approx({1: 0.8, 2: 0.6, 4: 0.4, 6: 0.4})


def test_the_interval_by_hand():
    # Greenwood at the first event: d / (n (n - d)) = 1 / 20, on the scale of log(-log S)
    curve = kaplan_meier([*seen(1), *beyond(2, 3, 4, 5)])
    around = 1.959964 * math.sqrt(1 / 20) / math.log(0.8)
    assert curve.low[0] == pytest.approx(0.8 ** math.exp(-around), abs=1e-6)
    assert curve.high[0] == pytest.approx(0.8 ** math.exp(around), abs=1e-6)


def test_where_nothing_happened_nothing_is_known_of_the_curve_but_its_height():
    curve = kaplan_meier(beyond(5, 10))
    assert curve.holds.tolist() == [1.0, 1.0]
    assert (curve.low.tolist(), curve.high.tolist()) == ([0.0, 0.0], [1.0, 1.0])


def test_where_all_ended_the_curve_ends_at_nothing():
    curve = kaplan_meier(seen(1, 3))
    assert curve.holds.tolist() == [0.5, 0.0]


def test_a_time_at_once_is_a_time():
    assert kaplan_meier([*seen(0), *beyond(3)]).holds.tolist() == [0.5, 0.5]


# the hazard


def test_likelihoods_by_hand():
    def at(time):
        return float(holds.log_likelihood(time, np.array([1.0]), np.array([10.0]))[0])

    assert at(*seen(5)) == pytest.approx(math.log(0.1) - 0.5)
    assert at(*beyond(5)) == pytest.approx(-0.5)
    assert at(Lasted("x", 5, 20)) == pytest.approx(math.log(math.exp(-0.5) - math.exp(-2)))
    assert at(Lasted("x", 0, 20)) == pytest.approx(math.log(1 - math.exp(-2)))


def test_likelihoods_of_a_rising_hazard_by_hand():
    shape, scale = np.array([2.0]), np.array([10.0])
    (exact,) = seen(5)
    told = holds.log_likelihood(exact, shape, scale)[0]  # h(t) = 2 t / 100, S = exp(-t² / 100)
    assert told == pytest.approx(math.log(2 * 5 / 100) - 0.25)


def test_a_constant_hazard_is_hours_by_events(monkeypatch):
    monkeypatch.setattr(holds, "_SHAPE_PRIOR", 1e-4)  # holds the shape at 1
    fit = fit_weibull([*seen(2, 4, 9), *beyond(10, 5)])
    assert fit.shape == pytest.approx(1, abs=1e-3)
    assert fit.scale_h == pytest.approx((2 + 4 + 9 + 10 + 5) / 3, rel=1e-3)
    assert (fit.events, fit.pauses) == (3, 5)


@pytest.mark.parametrize(
    "times",
    [
        seen(1, 2, 3, 5, 8, 13, 21),
        [*seen(3, 5, 6, 9), *beyond(10, 10, 12)],
        [Lasted("a", 2, 6), Lasted("b", 12, 24), *seen(7, 30), *beyond(20, 59)],
    ],
)
def test_without_its_prior_the_likeliest_is_scipy_s(monkeypatch, times):
    monkeypatch.setattr(holds, "_SHAPE_PRIOR", 1e6)
    fit = fit_weibull(times)
    data = CensoredData(
        uncensored=[t.low for t in times if t.low == t.high],
        interval=[(t.low, t.high) for t in times if t.low < t.high < math.inf] or None,
        right=[t.low for t in times if t.censored],
    )
    shape, _, scale = weibull_min.fit(data, floc=0)
    assert (fit.shape, fit.scale_h) == pytest.approx((shape, scale), rel=2e-3)


@pytest.mark.parametrize(("shape", "scale"), [(0.6, 40.0), (1.0, 10.0), (2.5, 20.0)])
def test_a_hazard_is_found_again_from_many_times(shape, scale):
    even = (np.arange(500) + 0.5) / 500
    hours = scale * (-np.log(1 - even)) ** (1 / shape)
    fit = fit_weibull([Lasted("x", h, h) if h < 30 else Lasted("x", 30, math.inf) for h in hours])
    assert (fit.shape, fit.scale_h) == pytest.approx((shape, scale), rel=0.03)
    at = np.array([1.0, 6.0, 24.0])
    truth = np.exp(-((at / scale) ** shape))
    low, middle, high = fit.holds(at, (0.05, 0.5, 0.95))
    assert np.all((low <= truth + 0.01) & (truth <= high + 0.01))
    assert np.all(high - low < 0.1)
    assert middle == pytest.approx(truth, abs=0.02)
    assert fit.expected(at) == pytest.approx(truth, abs=0.02)


def test_few_pauses_leave_much_open():
    few, many = (fit_weibull(seen(*hours)) for hours in ((6, 20), (6, 20) * 20))
    at = np.array([10.0])
    wide, narrow = ((q := fit.holds(at))[2, 0] - q[0, 0] for fit in (few, many))
    assert wide > 0.25
    assert narrow < wide / 2


def test_where_nothing_ever_happened_a_collapse_stays_possible():
    fit = fit_weibull(beyond(10, 10, 10))
    low, _, high = fit.holds(np.array([10.0]))[:, 0]
    assert low < 0.97 < high
    assert fit.events == 0
    assert fit.expected(np.array([10.0]))[0] < 1


def test_no_times_are_refused():
    for ask in (kaplan_meier, fit_weibull):
        with pytest.raises(ValueError, match="no pause says"):
            ask([])


def test_draws_follow_what_is_expected():
    fit = fit_weibull([*seen(3, 5, 12), *beyond(10, 59)])
    hours = fit.sample_h(np.random.default_rng(5), 40_000)
    at = np.array([1.0, 5.0, 20.0, 100.0])
    assert (hours[:, None] > at).mean(axis=0) == pytest.approx(fit.expected(at), abs=0.01)


@st.composite
def lasted(draw):
    low = draw(st.floats(0, 500))
    high = draw(
        st.one_of(st.just(low), st.just(math.inf), st.floats(1e-3, 500).map(lambda w: low + w))
    )
    return Lasted("x", low, high)


@settings(max_examples=25)
@given(st.lists(lasted(), min_size=1, max_size=8))
def test_what_comes_out_is_a_survival_curve_whatever_goes_in(times):
    fit = fit_weibull(times)
    hours = np.linspace(0, 600, 9)
    told = fit.holds(hours)
    assert fit.chance.sum() == pytest.approx(1)
    assert np.all((told >= 0) & (told <= 1))
    assert np.all(np.diff(told, axis=0) >= 0)
    assert np.all(np.diff(told, axis=1) <= 1e-12)
    assert told[:, 0] == pytest.approx(1)
    curve = kaplan_meier(times)
    assert np.all(np.diff(curve.holds) <= 0)
    assert np.all((curve.low <= curve.holds + 1e-12) & (curve.holds <= curve.high + 1e-12))
