"""Everything that may change with time, all together, against max flows written out.

The oracle is made from what is drawn, not from the arrays that the engine is given: it
knows streets, hours, night, shelters and buses by their definitions only.
"""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.graph.python import max_flow

from lengths import at_length
from safepassage.flow import Network, earliest_arrival
from safepassage.flow.shuttle import timetable, with_shuttle
from safepassage.flow.verify import verify

EVERYBODY = 1000


@dataclass(frozen=True)
class Street:
    """From a to b in ``by_day`` steps, or ``by_night``; open in some windows [first, end)."""

    a: int
    b: int
    by_day: int
    by_night: int
    people: int
    windows: tuple | None = None


@dataclass(frozen=True)
class Bus:
    """From stop to end, leaving at some minutes with some seats; rooms to wait at both."""

    stop: int
    end: int
    departs: tuple  # (minute, seats)
    ride: float
    waiting: int
    landing: int


@dataclass(frozen=True)
class Town:
    n: int
    steps: int
    night: int | None
    streets: tuple
    shelters: tuple  # (node, room)
    buses: tuple
    sources: tuple  # (node, people, first step)
    crossings: tuple  # (node, people a step, windows or None)


def is_open(windows, k):
    return windows is None or any(first <= k < end for first, end in windows)


@st.composite
def towns(draw):
    n, steps = draw(st.integers(2, 7)), draw(st.integers(0, 12))
    node, step = st.integers(0, n - 1), st.integers(0, steps + 1)
    windows = st.none() | st.lists(st.tuples(step, step), max_size=3).map(tuple)
    room = st.sampled_from([0, 1, 2, 5, EVERYBODY])
    street = st.builds(
        Street, a=node, b=node, by_day=st.integers(0, 3), by_night=st.integers(0, 5),
        people=st.integers(0, 5), windows=windows,
    )  # fmt: skip
    halves = st.integers(0, 2 * steps + 4).map(lambda k: k / 2)
    bus = st.builds(
        Bus, stop=node, end=node, ride=st.integers(0, 6).map(lambda k: k / 2), waiting=room,
        landing=room,
        departs=st.lists(st.tuples(halves, st.integers(0, 6)), max_size=3).map(tuple),
    )  # fmt: skip
    many = st.lists
    return Town(
        n, steps, draw(st.none() | step),
        tuple(draw(many(street, max_size=12))),
        tuple(draw(many(st.tuples(node, room), max_size=3))),
        tuple(draw(many(bus.filter(lambda each: each.stop != each.end), max_size=2))),
        tuple(draw(many(st.tuples(node, st.integers(0, 25), step), min_size=1, max_size=3))),
        tuple(draw(many(st.tuples(node, st.integers(0, 6), windows), min_size=1, max_size=3))),
    )  # fmt: skip


@st.composite
def lively_towns(draw):
    """Draw a way along all nodes, by street or bus, so that people come through."""
    n, steps = draw(st.integers(2, 7)), draw(st.integers(8, 12))
    few = st.integers(1, 6)
    room = st.sampled_from([1, 2, 4, EVERYBODY])
    span = st.tuples(st.integers(0, steps), st.integers(3, steps)).map(lambda x: (x[0], sum(x)))
    windows = st.none() | st.lists(span, min_size=1, max_size=3).map(tuple)
    minute = st.integers(2, 2 * steps).map(lambda k: k / 2)

    def street(a, b):
        by_day = draw(st.integers(0, 1))
        by_night = by_day + draw(st.integers(0, 2))
        return Street(a, b, by_day, by_night, draw(few), draw(windows))

    def bus(a, b):
        departs = draw(st.lists(st.tuples(minute, few), min_size=2, max_size=5))
        ride = draw(st.integers(0, 3)) / 2
        return Bus(a, b, tuple(departs), ride, waiting=draw(room), landing=draw(room))

    by_bus = draw(st.sets(st.integers(0, n - 2), min_size=1, max_size=2))
    node = st.integers(0, n - 1)
    streets = [street(i, i + 1) for i in range(n - 1) if i not in by_bus or draw(st.booleans())]
    streets += [street(*ends) for ends in draw(st.lists(st.tuples(node, node), max_size=5))]
    sources = [(0, draw(st.integers(10, 30)), draw(st.integers(0, 2)))]
    sources += draw(st.lists(st.tuples(node, few, st.integers(0, 5)), max_size=2))
    crossings = [(n - 1, draw(few), draw(windows))]
    crossings += draw(st.lists(st.tuples(node, few, windows), max_size=1))
    shelters = draw(st.lists(st.tuples(node, few), max_size=2))
    return Town(
        n, steps, draw(st.none() | st.integers(1, steps)), tuple(streets), tuple(shelters),
        tuple(bus(i, i + 1) for i in sorted(by_bus)), tuple(sources), tuple(crossings),
    )  # fmt: skip


def solved(town):
    """Ask the engine, the way a planner would."""
    k = np.arange(town.steps + 1)

    def hours(windows):
        return [is_open(windows, step) for step in k]

    shape = (len(town.streets), town.steps + 1)
    transit = np.array([each.by_day for each in town.streets], np.int64)
    if town.night is not None:
        late = np.array([each.by_night for each in town.streets], np.int64)
        transit = np.where(k < town.night, transit[:, None], late[:, None])
    capacity = np.array([each.people for each in town.streets], np.int64)
    if any(each.windows is not None for each in town.streets):
        opened = np.array([hours(each.windows) for each in town.streets]).reshape(shape)
        capacity = capacity[:, None] * opened
    ends = ([each.a for each in town.streets], [each.b for each in town.streets])
    network = Network(town.n, *ends, transit, capacity)
    if town.shelters:
        network = network.with_waiting(*zip(*town.shelters, strict=True))
    for bus in town.buses:
        shuttle = timetable(
            [minute for minute, _ in bus.departs], [n for _, n in bus.departs], ride_min=bus.ride
        )
        network = with_shuttle(
            network, shuttle, town.steps, stop=bus.stop, end=bus.end, waiting=bus.waiting,
            landing=bus.landing,
        )  # fmt: skip
    nodes, people, release = zip(*town.sources, strict=True)
    rate = [np.array(hours(windows)) * most for _, most, windows in town.crossings]
    return earliest_arrival(
        network, nodes, people, [node for node, _, _ in town.crossings], rate, town.steps,
        release=release,
    )  # fmt: skip


def written_out(town):
    """List all there is as (from, to, people), where a state is (node, step)."""
    moves = []
    steps = range(town.steps + 1)
    for each in town.streets:
        for k in steps:
            if is_open(each.windows, k):
                night = town.night is not None and k >= town.night
                there = k + (each.by_night if night else each.by_day)
                moves.append(((each.a, k), (each.b, there), each.people))
    for bus in town.buses:
        trips = []
        for minute, seats in bus.departs:
            over = [k for k in range(town.steps + 4) if k + 1 <= minute]
            if over and over[-1] <= town.steps:
                on = next(k for k in range(town.steps + 99) if k >= minute + bus.ride)
                trips.append((over[-1], on - over[-1], seats))
        for k, _, seats in trips:
            longest = max(took for _, took, _ in trips)
            moves.append(((bus.stop, k), (bus.end, k + longest), seats))
    rooms = [*town.shelters]
    for bus in town.buses:
        rooms += [(bus.stop, bus.waiting), (bus.end, bus.landing)]
    moves += [((node, k), (node, k + 1), room) for node, room in rooms for k in steps]
    for s, (node, people, first) in enumerate(town.sources):
        moves.append(("start", f"home {s}", people))
        moves += [(f"home {s}", (node, k), people) for k in steps if k >= first]
    return moves


def most_by(town, moves, theta):
    """Count the most people past the crossings by a step, with OR-Tools."""
    number = {"start": 0, "end": 1}
    flow = max_flow.SimpleMaxFlow()
    passing = [
        ((node, k), "end", most)
        for node, most, windows in town.crossings
        for k in range(theta + 1)
        if is_open(windows, k)
    ]
    for here, there, people in moves + passing:
        a, b = (number.setdefault(state, len(number)) for state in (here, there))
        flow.add_arc_with_capacity(a, b, people)
    if flow.solve(0, 1) == flow.BAD_INPUT:  # nothing leads to the end
        return 0
    return flow.optimal_flow()


def check(town):
    arrival = solved(town)
    moves = written_out(town)
    most = [most_by(town, moves, theta) for theta in range(town.steps + 1)]
    assert np.cumsum(arrival.arrivals).tolist() == most
    verify(arrival, cuts=tuple(range(town.steps + 1)))
    return most


@settings(
    max_examples=at_length(167, 500), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(lively_towns())
def test_with_every_feature_each_prefix_is_a_maximum_flow(town):
    check(town)


@settings(
    max_examples=at_length(67, 200), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(towns())
def test_so_it_is_where_little_or_nothing_is_given(town):
    check(town)


# From 0 people walk to a shelter at 1 and over a bridge that opens twice to a crossing at 2.
# From 4, where they set out late, others walk to a bus at 5, which takes them to a crossing
# at 3; some walk on from there to 2.
ALL = Town(
    n=6, steps=12, night=7,
    streets=(
        Street(0, 1, 1, 2, 3), Street(1, 2, 1, 3, 4, ((4, 7), (8, 10))), Street(4, 5, 1, 1, 3),
        Street(3, 2, 2, 2, 1),
    ),
    shelters=((1, 3),),
    buses=(Bus(5, 3, ((5.5, 5), (8, 5)), 1.5, waiting=2, landing=1),),
    sources=((0, 30, 0), (4, 10, 3)),
    crossings=((2, 4, ((0, 7), (9, 13))), (3, 2, None)),
)  # fmt: skip


def test_a_town_with_everything_in_it():
    assert check(ALL)[-1] > 0


@pytest.mark.parametrize(
    "without",
    [
        {"night": None},
        {"shelters": ()},
        {"shelters": ((1, EVERYBODY),)},
        {"buses": ()},
        {"buses": (replace(ALL.buses[0], waiting=0),)},
        {"buses": (replace(ALL.buses[0], landing=EVERYBODY),)},
        {"sources": ((0, 30, 0), (4, 10, 0))},
        {"crossings": ((2, 4, None), (3, 2, None))},
        {"streets": tuple(replace(each, windows=None) for each in ALL.streets)},
    ],
    ids=str,
)
def test_each_of_its_features_matters(without):
    """What is drawn at random would prove little if features changed nothing."""
    assert check(replace(ALL, **without)) != check(ALL)
