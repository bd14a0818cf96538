"""Who sets out is drawn from the intervals given, the same for a replication wherever it runs."""

import pickle
from dataclasses import fields, replace

import numpy as np
import pytest

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.forecast.behaviour import (
    AS_TOLD,
    LARGEST_HOUSEHOLD,
    USUAL,
    Closure,
    draw,
    generator,
    habits_drawn,
)
from safepassage.forecast.kernel_simulate import BACK, NEARER, ON, run
from safepassage.forecast.simulate import simulate
from safepassage.forecast.world import world_of


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    text = LINE.replace("speed_m_per_s = 1.0", "speed_m_per_s = { low = 0.6, best = 1, high = 1.3}")
    return world_of(plan(line_town(tmp_path_factory.mktemp("line"), text)))


def test_a_replication_is_the_same_in_any_order(world):
    def one(k):
        rng = generator(7, k)
        draws = draw(world, habits_drawn(USUAL, rng), rng, share=0.6, collapse=60)
        return draws, simulate(world, draws)

    forth, back = [one(k) for k in range(4)], [one(k) for k in (3, 2, 1, 0)][::-1]
    for (draws, found), (again, same) in zip(forth, back, strict=True):
        assert draws.habits == again.habits
        np.testing.assert_array_equal(draws.who, again.who)
        np.testing.assert_array_equal(found.out, same.out)
    assert len({tuple(found.out) for _, found in forth}) > 1


def test_replications_are_those_that_a_seed_spawns():
    spawned = np.random.SeedSequence(7).spawn(3)
    for k, seed in enumerate(spawned):
        assert generator(7, k).random() == np.random.default_rng(seed).random()


def test_habits_lie_in_their_intervals_and_about_their_middle():
    drawn = [habits_drawn(USUAL, generator(1, k)) for k in range(2_000)]
    for each in fields(USUAL):
        number = getattr(USUAL, each.name)
        values = np.array([getattr(habits, each.name) for habits in drawn])
        assert (values >= number.low).all()
        assert (values <= number.high).all()
        mean = (number.low + number.best + number.high) / 3  # of a triangle
        assert values.mean() == pytest.approx(mean, abs=0.02 * (number.high - number.low))


def test_each_habit_is_drawn_for_itself():
    other = replace(USUAL, household=LowBestHigh(low=2, best=2, high=2))
    one, two = (habits_drawn(each, generator(1, 5)) for each in (USUAL, other))
    assert two.household == 2
    assert replace(one, household=2.0) == two


def test_as_told_every_place_is_taken_and_nobody_else_comes(world):
    draws = draw(world, AS_TOLD, generator(1, 0))
    size, kind, group, zone, route, _, depart, delay, _ = draws.who
    assert draws.coming == size.sum() == world.places.people.sum()
    assert (route >= 0).all()
    assert (kind == 3 * group + 1).all()
    assert not delay.any()
    assert (np.diff(depart) >= 0).all()
    told = np.zeros(world.supply.shape[1], np.int64)
    pair = np.repeat(np.arange(world.supply.size), np.diff(world.places.first))
    np.add.at(told, pair % world.supply.shape[1], world.places.people)
    np.testing.assert_array_equal(np.bincount(zone, size, len(told)), told)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 1.0])
def test_no_more_come_than_would(world, share):
    draws = draw(world, replace(AS_TOLD, on_schedule=0.5), generator(1, 0), share=share)
    inside = world.supply.sum()
    assert draws.inside == inside
    assert draws.willing == pytest.approx(share * inside, abs=1)
    assert draws.coming <= draws.willing
    if share * inside < world.places.people.sum() / 3:  # a place for nearly everybody
        assert draws.coming == draws.willing
    if not share:
        found = simulate(world, draws)
        assert not found.out.any()
        assert not found.on_the_road.any()


def test_shares_are_met(world):
    habits = replace(
        AS_TOLD, nearest=0.4, slow=0.2, fast=0.3, turn_back=0.5, go_on=0.2, information_min=10,
        early=0.3, early_min=10, late=0.3, late_min=20,
    )  # fmt: skip
    rows = [draw(world, habits, generator(1, k)).who for k in range(30)]
    size, kind, _, _, route, _, depart, delay, turning = (
        np.concatenate(column) for column in zip(*rows, strict=True)
    )
    assert size.max() <= LARGEST_HOUSEHOLD
    assert 3.5 < size.mean() <= 5.2
    for found, share in (
        (route < 0, 0.4), (kind % 3 == 0, 0.2), (kind % 3 == 2, 0.3), (turning == BACK, 0.5),
        (turning == ON, 0.2), (turning == NEARER, 0.3),
    ):  # fmt: skip
        assert found.mean() == pytest.approx(share, abs=0.03)
    assert delay.mean() == pytest.approx(10, rel=0.1)
    told = np.concatenate([draw(world, AS_TOLD, generator(1, k)).who[6] for k in range(30)])
    assert depart.std() > told.std()


def test_a_world_sent_to_a_worker_gives_the_same_without_compiling_anew(world):
    draws = draw(world, AS_TOLD, generator(1, 0))
    here, compiled = simulate(world, draws), len(run.signatures)
    there = simulate(*pickle.loads(pickle.dumps((world, draws))))  # noqa: S301 - our own
    assert len(run.signatures) == compiled
    for each in fields(here):
        np.testing.assert_array_equal(getattr(here, each.name), getattr(there, each.name))


def test_slow_walkers_are_later_and_nobody_is_early(world):
    plain = simulate(world, draw(world, AS_TOLD, generator(1, 0)))
    slow = simulate(world, draw(world, replace(AS_TOLD, slow=1.0), generator(1, 0)))
    assert (slow.out <= plain.out).all()
    assert slow.out.sum() < plain.out.sum()


def test_crossings_serve_what_lies_between_their_figures(tmp_path):
    rate = "people_per_min_per_lane = { low = 4, best = 10, high = 30 }"
    text = LINE.replace("people_per_min_per_lane = 10", rate)
    town = world_of(plan(line_town(tmp_path, text)))
    queue = replace(AS_TOLD, early=1.0, early_min=1e6)  # at once: all stand there by minute 40
    for rates, per_min in ((-1, 4), (-0.5, 7), (0, 10), (0.5, 20), (1, 30)):
        draws = draw(town, queue, generator(1, 0), rates=rates)
        passing = np.diff(simulate(town, draws).out[40:60])
        assert passing.mean() == pytest.approx(per_min, abs=0.7)


def test_a_closed_crossing_lets_nobody_out(world):
    draws = draw(world, AS_TOLD, generator(1, 0), closures=[Closure(0, 30, 60)])
    found = simulate(world, draws)
    assert found.out[59] == found.out[29] > 0
    assert found.queued[0, 59] > 0


def test_a_collapse_stops_departures_and_those_caught_come_off_the_road(world):
    draws = draw(world, replace(AS_TOLD, turn_back=1.0), generator(1, 0), collapse=60)
    found = simulate(world, draws)
    plain = simulate(world, draw(world, AS_TOLD, generator(1, 0)))
    assert found.caught == plain.on_the_road[59] > 0
    assert found.unaware == 0
    assert found.out[-1] == plain.out[59]
    assert found.still_on_the_road == 0
    assert found.turned_back[-1] == found.caught
    assert found.out[-1] + found.turned_back[-1] + found.at_home == draws.coming


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"share": 1.2}, "share"),
        ({"share": float("nan")}, "share"),
        ({"rates": 2}, "rates"),
        ({"collapse": -1}, "collapse"),
        ({"closures": [Closure(9, 0, 5)]}, "closures[0]"),
        ({"closures": [Closure(0, 5, 5)]}, "closures[0]"),
    ],
)
def test_events_that_cannot_be_are_refused(world, options, says):
    with pytest.raises(InputError) as caught:
        draw(world, AS_TOLD, generator(1, 0), **options)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [
        {"early": LowBestHigh(low=0, best=0.5, high=1.5)},
        {"late_min": LowBestHigh(low=-5, best=5, high=10)},
        {"household": LowBestHigh(low=0.5, best=5, high=6)},
        {"slow": LowBestHigh(low=0.5, best=0.6, high=0.9)},
    ],
)
def test_figures_that_cannot_be_are_refused(change):
    with pytest.raises(InputError, match=next(iter(change))):
        replace(USUAL, **change)


def test_who_is_not_called_comes_all_the_same_as_often_as_said(world):
    """Without any wave nobody is called: who comes does so at a minute of their own."""
    places = world.places
    empty = {each.name: getattr(places, each.name)[:0] for each in fields(places)}
    bare = replace(
        world, places=replace(places, **empty | {"first": np.zeros_like(places.first)})
    )  # fmt: skip
    nobody, some, everybody = (
        draw(bare, replace(AS_TOLD, uncalled=share), generator(1, 0)).coming
        for share in (0.0, 0.5, 1.0)
    )
    assert nobody == 0
    assert everybody == int(world.supply.sum())
    assert 0.3 * everybody < some < 0.7 * everybody
