"""The share that leaves: a proper distribution, by likeness, with nobody as an outcome."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast.rows import precedents, shared
from safepassage.forecast.codebook import CODES, CONDITIONS
from safepassage.forecast.conditions import Conditions
from safepassage.forecast.effects import effects
from safepassage.forecast.left_out import BASELINES, Scores, conditions_of, crps, left_out
from safepassage.forecast.precedents import load_precedents
from safepassage.forecast.uptake import CHOSEN, Model, uptake_of

AGREED = {"consent": "all", "escort": "neutral"}
REFUSED = {"consent": "rejected", "escort": "none"}
ROWS = precedents(
    shared(0.5, **AGREED), shared(0.3, **AGREED), shared(0.0, **REFUSED), shared(0.0, **REFUSED),
    shared(0.001, **REFUSED),
)  # fmt: skip
SHARP = Model(reach=0.1, width=0.2, prior=0.01)

codes = st.fixed_dictionaries({n: st.sampled_from(["", *CODES[n]]) for n in CONDITIONS})
models = st.builds(
    Model, reach=st.floats(0.1, 9), width=st.floats(0.1, 3), prior=st.floats(0.05, 5)
)


def test_like_conditions_lend_what_they_saw():
    agreed = uptake_of(Conditions(**AGREED), ROWS, model=SHARP)
    refused = uptake_of(Conditions(**REFUSED), ROWS, model=SHARP)
    assert 0.25 < agreed.quantile(0.5) < 0.55
    assert refused.quantile(0.5) == 0
    assert refused.at_most(0.0)[0] == pytest.approx(2 / 3, abs=0.02)


def test_nobody_leaving_is_an_outcome_and_can_be_the_tenth_percentile():
    uptake = uptake_of(Conditions(), ROWS)
    assert uptake.zero > 0.1
    assert uptake.quantile(0.1) == 0
    assert (uptake.sample(np.random.default_rng(1), 500) == 0).any()


def test_without_any_precedent_the_prior_speaks_and_is_wide():
    uptake = uptake_of(Conditions(), ())
    assert uptake.prior == 1
    assert uptake.zero == pytest.approx(1 / 2)
    assert uptake.quantile(0.99) > 0.5


@settings(max_examples=60, deadline=None)
@given(codes, models, st.integers(1, 6))
def test_it_is_a_proper_distribution_whatever_the_case(conditions, model, days):
    uptake = uptake_of(Conditions(**conditions), ROWS, days=days, model=model)
    assert uptake.zero + uptake.weight.sum() == pytest.approx(1)
    assert sum(w for _, w in uptake.precedents) + uptake.prior == pytest.approx(1)
    shares = np.linspace(0, 1, 101)
    below = uptake.at_most(shares)
    assert (np.diff(below) >= -1e-12).all()
    assert below[-1] == pytest.approx(1)
    for p in (0.1, 0.5, 0.9):
        share = uptake.quantile(p)
        assert 0 <= share <= 1
        assert uptake.at_most(share)[0] >= p - 1e-9


@settings(max_examples=20, deadline=None)
@given(codes, st.integers(0, 2**31))
def test_draws_follow_the_distribution_and_never_fall_by_day(conditions, seed):
    uptake = uptake_of(Conditions(**conditions), ROWS, days=3)
    drawn = uptake.sample(np.random.default_rng(seed), 4000)
    assert (np.diff(drawn, axis=1) >= -1e-12).all()
    for p in (0.25, 0.5, 0.9):
        share = uptake.quantile(p)
        assert np.mean(drawn[:, -1] <= share) == pytest.approx(uptake.at_most(share)[0], abs=0.04)


def test_days_follow_the_course_of_the_precedent():
    rows = precedents(
        shared(
            0.4,
            end_local="2020-01-04",
            left_by_day="D:2020-01-01=0|C:2020-01-02=100|C:2020-01-04=400",
        )
    )
    uptake = uptake_of(Conditions(), rows, days=4, model=Model(reach=1, width=0.01, prior=1e-9))
    assert [uptake.quantile(0.5, day) for day in (1, 2, 3, 4)] == pytest.approx(
        [0, 0.1, 0.25, 0.4], abs=0.01
    )
    assert uptake_of(Conditions(), rows, days=6).course[0].tolist() == [0, 0.25, 0.625, 1, 1, 1]


def test_what_is_not_known_is_not_held_against_anyone():
    rows = precedents(shared(0.1, consent="all"), shared(0.1), shared(0.1, consent="rejected"))
    agreed = dict(uptake_of(Conditions(consent="all"), rows).precedents)
    assert agreed["p1"] > agreed["p2"] > agreed["p3"]
    assert agreed["p2"] ** 2 == pytest.approx(agreed["p1"] * agreed["p3"])
    open_ = dict(uptake_of(Conditions(), rows).precedents)
    assert open_["p1"] == open_["p2"] == open_["p3"]


def test_flight_defeat_and_convoys_are_never_pooled():
    rows = precedents(*(shared(0.9, kind=kind) for kind in ("flight", "after defeat", "convoy")))
    assert uptake_of(Conditions(), rows).precedents == ()


def test_a_case_that_says_no_share_can_be_formed_gives_none():
    assert not precedents(shared(0.5, no_share="the number inside is a guess"))[0].pooled


def test_a_figure_known_as_an_interval_is_spread_over_it():
    rows = precedents(shared(0.0, 0.2))
    uptake = uptake_of(Conditions(), rows, model=Model(width=0.05, prior=1e-9))
    assert uptake.zero == pytest.approx(0.25)
    assert uptake.quantile(0.99) == pytest.approx(0.2, rel=0.2)


def test_effects_change_one_condition_at_a_time():
    found = {(e.condition, e.code): e for e in effects(Conditions(**REFUSED), ROWS)}
    assert found["consent", "rejected"].stands
    assert not found["consent", "all"].stands
    assert found["consent", "all"].p90 > found["consent", "rejected"].p90
    assert found["consent", "all"].rests_on == 2
    assert len(found) == sum(len(CODES[name]) for name in CONDITIONS)


def test_crps_by_hand():
    """For a forecast sure of nobody the score is the share that came about."""
    sure = uptake_of(Conditions(), precedents(shared(0.0)), model=Model(prior=1e-12))
    assert crps(sure, 0.0) == pytest.approx(0, abs=1e-6)
    assert crps(sure, 0.3) == pytest.approx(0.3, abs=1e-3)


def test_crps_agrees_with_its_form_by_draws():
    """E|X - y| - E|X - X'| / 2 (Gneiting and Raftery 2007, eq. 21)."""
    uptake = uptake_of(Conditions(**AGREED), ROWS)
    rng = np.random.default_rng(3)
    x, other = (uptake.sample(rng, 200_000)[:, -1] for _ in range(2))
    for truth in (0.0, 0.05, 0.6):
        drawn = np.mean(np.abs(x - truth)) - np.mean(np.abs(x - other)) / 2
        assert crps(uptake, truth) == pytest.approx(drawn, abs=0.003)


def test_leaving_out_never_sees_the_row_it_forecasts():
    alone = [r for r in ROWS if r.id != "p1"]
    expected = uptake_of(conditions_of(ROWS[0]), alone).quantile(0.9)
    assert next(e for e in left_out(ROWS).each if e[0] == "p1")[4] == expected


def test_leaving_a_place_out_never_sees_another_row_of_it():
    places = ("Old City, Here, Land", "Here -> There", "Old City, Elsewhere, Land", "There, Land")
    rows = precedents(
        *(shared(0.1 * (i + 1), place=place) for i, place in enumerate(places)),
        shared(0.9, place="Vanni, Island"), shared(0.8, place="Mullaittivu, Island"),
    )  # fmt: skip
    seen = {"p1": "3456", "p2": "356", "p3": "12456", "p4": "1356", "p5": "1234", "p6": "1234"}
    found = left_out(rows, by="place")
    for row, (name, *_, high) in zip(rows, found.each, strict=True):
        others = [each for each in rows if each.id[1:] in seen[name]]
        assert high == uptake_of(conditions_of(row), others).quantile(0.9), name
    assert left_out(rows).each != found.each


@pytest.fixture(scope="module")
def scored() -> dict[str, Scores]:
    rows = load_precedents().pooled()
    return {name: left_out(rows, model) for name, model in {"ours": CHOSEN, **BASELINES}.items()}


def test_ours_beats_both_plain_ways_on_crps(scored):
    for name in BASELINES:
        assert scored["ours"].crps < scored[name].crps, name


def test_it_still_does_where_all_of_a_place_are_left_out():
    rows = load_precedents().pooled()
    ours = left_out(rows, by="place")
    assert all(ours.crps < left_out(rows, m, by="place").crps for m in BASELINES.values())
    assert ours.within_80 >= 0.8
    assert ours.within_50 >= 0.5


def test_intervals_are_not_too_narrow(scored):
    assert scored["ours"].within_80 >= 0.8
    assert scored["ours"].within_50 >= 0.5
