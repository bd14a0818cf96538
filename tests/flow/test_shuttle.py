"""Buses carry their seats and no more, as often as fleet, cycle and loading allow."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lengths import at_length
from safepassage.base.errors import InputError
from safepassage.flow import UNBOUNDED, Network, earliest_arrival
from safepassage.flow.rounding import round_down, round_up
from safepassage.flow.shuttle import circulating, headway_min, timetable, with_shuttle
from safepassage.flow.verify import verify

FLEET = {
    "fleet": 3, "seats": 50, "ride_min": 20, "cycle_min": 60, "loading_min": 10,
    "window_min": 600,
}  # fmt: skip


def carried(
    shuttle, steps, *, people=100_000, waiting=UNBOUNDED, landing=UNBOUNDED, rate=UNBOUNDED
):
    """Solve for people who live at the stop and a crossing at the end."""
    network = with_shuttle(
        Network(2, [], [], [], []), shuttle, steps, stop=0, end=1, waiting=waiting,
        landing=landing,
    )  # fmt: skip
    arrival = earliest_arrival(network, [0], [people], [1], [rate], steps)
    verify(arrival)
    return arrival


def test_three_buses_of_fifty_in_an_hour_carry_a_hundred_and_fifty():
    shuttle = circulating(**FLEET)
    assert shuttle.departs.tolist() == list(range(10, 571, 20))
    out = np.cumsum(carried(shuttle, 599).arrivals)
    every_hour = out[60:] - out[:-60]
    assert set(every_hour[60:].tolist()) == {150}
    # the first bus has loaded by 10 and is there at 30, the last leaves at 570
    assert out[29] == 0
    assert out[30] == 50
    assert out[-1] == 50 * 29
    later = circulating(**FLEET | {"start_min": 10})  # one is there at 600, as the window ends
    assert later.departs[-1] == 580
    assert carried(later, 599).total == 50 * 28


@pytest.mark.parametrize(
    ("fleet", "bays", "an_hour"),
    [(1, 1, 50), (3, 1, 150), (6, 1, 300), (12, 1, 300), (12, 2, 600), (24, 2, 600)],
)
def test_the_bays_bind_where_the_fleet_does_not(fleet, bays, an_hour):
    assert headway_min(fleet, 60, 10, bays) == max(60 / fleet, 10 / bays)
    shuttle = circulating(**FLEET | {"fleet": fleet, "bays": bays})
    out = np.cumsum(carried(shuttle, 599).arrivals)
    assert out[299] - out[239] == an_hour


@settings(max_examples=at_length(67, 200), deadline=None)
@given(
    st.integers(1, 9), st.integers(1, 4), st.floats(0, 12), st.floats(0.5, 40), st.floats(0, 30),
    st.booleans(), st.floats(0, 50), st.sampled_from([60.0, 30.0, 15.0]),
)  # fmt: skip
def test_no_bus_is_at_two_places(fleet, bays, loading, ride, rest, back, start, step_s):
    """Replay the departures: buses in turn, each loading, riding and back before it loads."""
    cycle, window = loading + 2 * ride + rest, 240
    shuttle = circulating(
        fleet=fleet, seats=40, ride_min=ride, cycle_min=cycle, loading_min=loading,
        window_min=window, bays=bays, start_min=start, back=back, step_s=step_s,
    )  # fmt: skip
    leave = shuttle.departs * step_s / 60
    free = [start] * fleet
    for i, at in enumerate(leave):
        assert at >= free[i % fleet] + loading - 1e-6
        free[i % fleet] = at + cycle - loading
        standing = ((leave - loading < at - 1e-6) & (at <= leave + 1e-9)).sum()
        assert loading == 0 or standing <= bays
        assert at + (cycle - loading if back else ride) <= window + 1e-6
    # and one more bus would be too late
    headway = max(cycle / fleet, loading / bays)
    following = leave[-1] + headway if len(leave) else start + max(loading, step_s / 60)
    assert following + (cycle - loading if back else ride) > window - 1e-6


def hundredths(most):
    """Draw times that are clearly apart or the same: clocks come in whole parts of a step."""
    return st.integers(0, most).map(lambda n: n / 100)


@settings(max_examples=at_length(67, 200), deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 25), st.integers(0, 9)), max_size=6), hundredths(900),
    hundredths(99), hundredths(99),
)  # fmt: skip
def test_the_arc_is_never_early_and_the_bound_never_late(buses, ride, here, there):
    steps = 30
    minutes, seats = [at for at, _ in buses], [n for _, n in buses]
    shuttle = timetable(minutes, seats, ride_min=ride)
    row, transit = shuttle.arc(steps, clock=(here, there))
    if here > ride + there + 1e-6:  # such clocks are none of round_down's
        with pytest.raises(InputError, match="clock: runs"):
            shuttle.arc(steps, clock=(-here, -there), bound=True)
        return
    sure, quick = shuttle.arc(steps, clock=(-here, -there), bound=True)
    assert row.sum() <= sum(seats)
    assert sure.sum() == sum(seats)
    left = row.copy()
    for at, n in zip(minutes, seats, strict=True):
        # the last step that is over when the bus leaves, on the clock of the stop
        boards = [k for k in range(steps + 1) if k + 1 + here <= at + 1e-9]
        if boards:
            left[boards[-1]] -= n
            assert boards[-1] + transit + there >= at + ride - 1e-6
        # whoever is there when it leaves is in this step of the bound, and may be as quick
        assert sure[int(at + here + 1e-9)] >= n
        assert int(at + here + 1e-9) + quick <= at + ride + there + 1e-6
    assert not left.any()


def test_a_timetable_carries_its_seats():
    shuttle = timetable([25, 8, 8], [30, 10, 20], ride_min=4.5)
    assert shuttle.departs.tolist() == [8, 8, 25]
    row, transit = shuttle.arc(59)
    assert {k: n for k, n in enumerate(row.tolist()) if n} == {7: 30, 24: 30}
    assert transit == 6  # who gathers in minute 7 leaves at 8, is there at 12:30, goes on at 13
    assert timetable([8], 5, ride_min=4).arc(59)[1] == 5
    out = np.cumsum(carried(shuttle, 59).arrivals)
    assert (out[12], out[13], out[29], out[30], out[59]) == (0, 30, 30, 60, 60)


def test_without_people_in_time_or_a_departure_nobody_goes():
    assert not timetable([0, 0.9], 50, ride_min=5).arc(59)[0].any()
    assert not timetable([], 50, ride_min=5).arc(59)[0].any()
    assert not circulating(**FLEET | {"window_min": 29}).departs.size
    assert carried(timetable([70], 50, ride_min=5), 59).total == 0


def test_the_room_to_wait_at_the_stop_limits_the_load():
    """People come at 10 a minute to a stop with room for 25; a bus of 50 leaves each 20."""
    streets = Network(3, [2], [0], [1], [10])
    shuttle = timetable([20, 40], 50, ride_min=3)

    def out(waiting):
        network = with_shuttle(streets, shuttle, 59, stop=0, end=1, waiting=waiting, landing=0)
        arrival = earliest_arrival(network, [2], [1000], [1], [UNBOUNDED], 59)
        verify(arrival)
        return arrival.total

    assert out(0) == 20  # only those of the minute before the bus leaves
    assert out(25) == 70
    assert out(40) == out(UNBOUNDED) == 100


def test_where_nobody_may_wait_at_the_end_a_slow_crossing_limits_the_load():
    shuttle = timetable([20], 50, ride_min=3)
    assert carried(shuttle, 59, landing=0, rate=10).total == 10
    assert carried(shuttle, 59, landing=25, rate=10).total == 35
    assert carried(shuttle, 59, landing=40, rate=10).total == 50


def test_it_is_added_to_streets_that_change_and_costs_only_the_columns_it_needs():
    steps = 9
    shuttle = timetable([3, 7], [4, 5], ride_min=1)
    steady = with_shuttle(
        Network(2, [0], [1], [3], [2]), shuttle, steps, stop=0, end=1, waiting=9, landing=0
    )
    assert steady.since.tolist() == [0, 2, 3, 6, 7]
    assert steady.transit.tolist() == [3, 2, 1, 1]
    assert steady.capacity.tolist() == [
        [2] * 5, [0, 4, 0, 5, 0], [9] * 5, [0] * 5,
    ]  # fmt: skip
    slow = [[3] * 5 + [6] * 5]
    open_late = [[0] * 4 + [2] * 6]
    changing = with_shuttle(
        Network(2, [0], [1], slow, open_late), shuttle, steps, stop=0, end=1, waiting=9, landing=0
    )
    transit, capacity = changing.over(steps)
    assert transit.tolist() == [*slow, [2] * 10, [1] * 10, [1] * 10]
    assert capacity[:2].tolist() == [*open_late, [0, 0, 4, 0, 0, 0, 5, 0, 0, 0]]
    twice = with_shuttle(steady, shuttle, steps, stop=1, end=0, waiting=0, landing=0)
    assert twice.since.tolist() == steady.since.tolist()
    assert twice.n_arcs == 7


@settings(max_examples=at_length(20, 60), deadline=None)
@given(
    st.lists(st.integers(30, 1500), max_size=3), st.integers(10, 120), st.integers(10, 120),
    st.integers(0, 600), st.integers(1, 5), st.integers(1, 4),
)  # fmt: skip
def test_plan_truth_and_bound_lie_in_order(leave, walk_to, walk_from, ride, per_min, seats):
    """Somebody walks to a stop, rides and walks on; in minutes the truth lies between."""
    minutes, fine = 29, 60
    streets = (4, [0, 2], [1, 3])
    exact = np.array([walk_to, walk_from])
    shuttle = timetable(np.array(leave) / 60, seats * 60, ride_min=ride / 60)
    wide = {"stop": 1, "end": 2, "waiting": UNBOUNDED, "landing": UNBOUNDED}

    def out(network, steps, scale):
        arrival = earliest_arrival(network, [0], [6000], [3], [per_min * 60 // scale], steps)
        return np.cumsum(arrival.arrivals)[scale - 1 :: scale]

    def on_grid(rounded, *, bound):
        network = Network(*streets, rounded.transit[:2], [per_min * 60] * 2)
        clock = (rounded.clock[1], rounded.clock[2])
        added = with_shuttle(network, shuttle, minutes, **wide, clock=clock, bound=bound)
        return out(added, minutes, 1)

    # in seconds a bus takes whom it finds, and the ride takes what it takes
    seconds = Network(*streets, exact, [per_min] * 2)
    since = np.zeros((1, (minutes + 1) * fine), np.int64)
    np.add.at(since[0], np.array(leave, np.int64), seats * 60)
    truth = out(
        Network(
            4, [0, 2, 1, 1, 2], [1, 3, 2, 1, 2], [*seconds.transit, ride, 1, 1],
            np.concatenate([
                np.full((2, since.size), per_min), since, np.full((2, since.size), UNBOUNDED)
            ]),
        ),
        since.size - 1, fine,
    )  # fmt: skip
    assert (on_grid(round_up(*streets, exact / 60, [2, 3]), bound=False) <= truth).all()
    with_ride = (4, [0, 2, 1], [1, 3, 2], np.append(exact, ride) / 60, [3])
    assert (truth <= on_grid(round_down(*with_ride), bound=True)).all()


@pytest.mark.parametrize(
    ("call", "where"),
    [
        (lambda: timetable([1, -2], 5, ride_min=1), r"departs_min\[1\]: is below 0"),
        (lambda: timetable([1, 2], [5, 1.5], ride_min=1), r"seats\[1\]: is not a whole"),
        (lambda: timetable([1, 2], [5], ride_min=1), "seats: has shape"),
        (lambda: timetable([1], 5, ride_min=np.nan), "ride_min: is not finite"),
        (lambda: timetable([1], 5, ride_min=[1, 2]), "ride_min: has shape"),
        (lambda: circulating(**FLEET | {"fleet": 0}), "fleet: is below 1"),
        (lambda: circulating(**FLEET | {"cycle_min": 25}), "cycle_min: .* shorter than loading"),
        (
            lambda: circulating(**FLEET | {"cycle_min": 0, "loading_min": 0, "ride_min": 0}),
            "cycle_min: makes buses leave every 0 minutes",
        ),
    ],
)
def test_bad_input_is_named(call, where):
    with pytest.raises(InputError, match=where):
        call()


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"stop": 5}, "stop: is above 1"),
        ({"end": 0}, "end: is the stop itself"),
        ({"waiting": -1}, "waiting: is below 0"),
        ({"landing": 0.5}, "landing: is not a whole number"),
        ({"network": [1]}, "network: is no Network"),
        ({"steps": -1}, "steps: is below 0"),
    ],
)
def test_bad_places_are_named(change, where):
    given = {
        "network": Network(2, [0], [1], [1], [1]), "shuttle": timetable([1], 5, ride_min=1),
        "steps": 9, "stop": 0, "end": 1, "waiting": 5, "landing": 0,
    }  # fmt: skip
    with pytest.raises(InputError, match=where):
        with_shuttle(**given | change)
