"""The ceiling bounds what a solve in five-second steps finds, at every minute.

So it does where streets and crossings open and close and people wait in between.
"""

import importlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.flow import UNBOUNDED, Network, earliest_arrival
from safepassage.flow.rounding import round_down, round_up
from safepassage.plan.blocks import Reserved
from safepassage.plan.ceiling import ceiling_curve

FINE = 12  # steps a minute
UNITS = 120  # parts of a person


def in_five_seconds(made, rate, reserved=()):
    """Count people past the crossing by each minute, planned in five-second steps.

    What is reserved is kept free, and people may wait anywhere until it is not.
    """
    ways = made.ways
    steps = (made.hours.steps + 1) * FINE - 1
    rounded = round_up(
        ways.n_nodes, ways.tail, ways.head, ways.minutes(1.0) * FINE, made.gate.nodes
    )
    transit = rounded.transit
    capacity = np.minimum(np.floor(ways.people_per_min * UNITS / FINE), UNBOUNDED)
    capacity = np.repeat(capacity[:, None].astype(np.int64), steps + 1, axis=1)
    room = np.full((1, steps + 1), int(rate * UNITS / FINE))
    k = np.arange(steps + 1)
    for each in reserved:
        first, last = each.first * FINE, each.last * FINE
        for street in np.flatnonzero(each.streets):  # off it before, with all who enter in k
            capacity[street, (k + 2 + transit[street] > first) & (k < last)] = 0
        room[each.crossings[:, None] & (k + 1 > first) & (k < last)] = 0
    network = Network(ways.n_nodes, ways.tail, ways.head, transit, capacity)
    if reserved:
        network = waiting_anywhere(network)
    supply = np.rint(made.city.zones.best).astype(int) * UNITS
    zones = np.flatnonzero(supply)
    arrival = earliest_arrival(
        network, ways.zone_node[zones], supply[zones], made.gate.nodes, room, steps
    )
    return np.cumsum(arrival.arrivals)[FINE - 1 :: FINE] / UNITS


def waiting_anywhere(network, people=UNBOUNDED):
    """Add loops of one step at every node."""
    every = np.arange(network.n_nodes)
    rows = np.full((network.n_nodes, network.capacity.shape[1]), people)
    return Network(
        network.n_nodes,
        np.concatenate([network.tail, every]),
        np.concatenate([network.head, every]),
        np.concatenate([network.transit, np.ones(network.n_nodes, np.int64)]),
        np.concatenate([network.capacity, rows]),
    )


def small_town(folder, draw):
    rate = draw.choice([0.7, 1.5, 2.5, 3.3, 10.0])
    lat = [36.2006 + draw.random() * 0.006, 36.2081, 36.2189]
    people = draw.integers(0, 200, 3)
    zones = "id,name,lat,lon,people_low,people_best,people_high\n" + "".join(
        f"{name},{name},{at},37.2,{n},{n},{n}\n"
        for name, at, n in zip(("near", "middle", "far"), lat, people, strict=True)
    )
    text = LINE.replace("per_lane = 10", f"per_lane = {rate}").replace("T12:00", "T10:00")
    return plan(line_town(folder, text, zones)), rate


@pytest.mark.parametrize("seed", range(25))
def test_no_finer_plan_is_above_the_ceiling(tmp_path, seed):
    made, rate = small_town(tmp_path, np.random.default_rng(seed))
    assert (in_five_seconds(made, rate) <= made.ceiling.cumulative + 1e-9).all()
    assert (made.optimum.cumulative <= made.ceiling.cumulative).all()


@pytest.mark.parametrize("seed", range(25))
def test_nor_where_streets_and_the_crossing_close_for_hours(tmp_path, seed):
    draw = np.random.default_rng(seed)
    made, rate = small_town(tmp_path, draw)
    reserved = tuple(
        Reserved(
            draw.random(made.city.streets.n_streets) < 0.5, draw.random(1) < 0.5,
            *np.sort(draw.uniform(-5, 65, 2)).round(draw.integers(0, 3)),
        )
        for _ in range(draw.integers(1, 3))
    )  # fmt: skip
    groups = tuple(flow.group for flow in made.optimum.flows)
    bound = ceiling_curve(
        made.ways, made.gate, groups, made.city.zones.best,
        made.hours.steps, end="best", reserved=reserved,
    )  # fmt: skip
    assert (in_five_seconds(made, rate, reserved) <= bound + 1e-9).all()
    assert (bound <= made.ceiling.cumulative).all()


@st.composite
def changing_towns(draw):
    """Draw streets of whole five seconds whose width changes at whole minutes."""
    n, minutes = draw(st.integers(2, 5)), 9
    arcs = draw(st.integers(n - 1, 9))
    node = st.integers(0, n - 1)
    tail = [*range(1, n), *draw(st.lists(node, min_size=arcs - n + 1, max_size=arcs - n + 1))]
    head = [*range(n - 1), *draw(st.lists(node, min_size=arcs - n + 1, max_size=arcs - n + 1))]
    fives = draw(st.lists(st.integers(0, 30), min_size=arcs, max_size=arcs))

    def widths(rows):
        change = st.lists(st.sampled_from([0, 1, 2, 4]), min_size=minutes, max_size=minutes)
        steady = st.integers(1, 4).map(lambda rate: [rate] * minutes)
        return np.array([draw(steady | change) for _ in range(rows)])

    shelters = draw(st.lists(st.integers(0, 6), min_size=n, max_size=n))
    return n, minutes, np.array(tail), np.array(head), np.array(fives), widths(arcs), widths(1), (
        np.array(shelters), draw(st.integers(1, 40)), draw(st.integers(0, 3)),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(changing_towns())
def test_with_hours_and_shelters_plan_truth_and_ceiling_lie_in_order(town):
    """Count in twelfths of a person, so that a rate per minute is whole in five seconds."""
    n, minutes, tail, head, fives, width, rate, (shelters, people, release) = town
    home = [n - 1]

    def out(network, room, scale):
        steps = minutes * scale - 1
        arrival = earliest_arrival(
            network, home, [people * FINE], [0], room, steps, release=[release * scale]
        )
        return np.cumsum(arrival.arrivals)[scale - 1 :: scale]

    def with_room(transit, capacity, room):
        every = np.arange(n)
        rows = np.repeat(room[:, None], capacity.shape[1], axis=1)
        return Network(
            n, np.concatenate([tail, every]), np.concatenate([head, every]),
            np.concatenate([transit, np.ones(n, np.int64)]), np.concatenate([capacity, rows]),
        )  # fmt: skip

    fine = np.repeat(width, FINE, axis=1)
    # what rounding up adds to a street is spent somewhere on it: a wait of less than a step
    anywhere = np.full(n, UNBOUNDED)
    truth = out(with_room(fives, fine, anywhere), np.repeat(rate, FINE, axis=1), FINE)
    # a step of the grid can touch two minutes: plans take the narrower, bounds the wider one
    after = np.column_stack([width[:, 1:], width[:, -1:]])
    before = np.column_stack([width[:, :1], width[:, :-1]])
    planned = round_up(n, tail, head, fives / FINE, [0]).transit
    narrow = np.minimum(width, after) * FINE
    plan_ = out(with_room(planned, narrow, shelters * FINE), rate * FINE, 1)
    quick = round_down(n, tail, head, fives / FINE, [0]).transit
    wide = np.maximum(width, before) * FINE
    bound = out(with_room(quick, wide, anywhere), rate * FINE, 1)
    assert (plan_ <= truth).all()
    assert (truth <= bound).all()


def test_the_bound_is_the_bound_and_not_the_plan(tmp_path, monkeypatch):
    """A bound below the plan is a defect of the program, never lifted in silence."""
    make = importlib.import_module("safepassage.plan.make")
    real = make.ceiling_curve
    monkeypatch.setattr(make, "ceiling_curve", lambda *a, **k: real(*a, **k) // 2)
    with pytest.raises(make.Defect, match="above the ceiling"):
        plan(line_town(tmp_path))
