"""The ceiling bounds what solves in five-second steps find, with buses, shares and receptions.

The finer plan may let everybody board and wait anywhere, and use what any means could.
"""

import numpy as np
import pytest

from plan.test_shuttles import bus_town
from plan.towns import LINE, line_town
from safepassage.flow import UNBOUNDED, Network, earliest_arrival
from safepassage.flow.rounding import round_up
from safepassage.flow.shuttle import Shuttle
from safepassage.plan.ceiling import ceiling_curve
from safepassage.plan.setting import prepare, settle

FINE = 12  # steps a minute
UNITS = 120  # parts of a person


def settled(folder, text):
    found = prepare(line_town(folder, text))
    return settle(found.loaded.case, found.city, found.hours)


def bound(setting):
    return ceiling_curve(
        setting.by_group, setting.gate, setting.case.groups, setting.city.zones.best,
        setting.steps, end="best", reserved=setting.reserved, shuttles=setting.shuttles,
    )  # fmt: skip


def in_five_seconds(setting, number, seats=None):
    """Count people past the crossings by each minute: all as one group moves, waiting anywhere."""
    ways, gate = setting.by_group[number], setting.gate
    speed = setting.case.groups[number].speed_m_per_s.best
    steps = (setting.steps + 1) * FINE - 1
    tail, head, exact = ways.tail, ways.head, ways.minutes(speed) * FINE
    rate = ways.people_per_min
    shuttles = setting.shuttles
    if shuttles:
        tail = np.concatenate([tail, shuttles.landing])
        head = np.concatenate([head, gate.nodes])
        exact = np.concatenate([exact, np.zeros(len(gate.nodes))])
        rate = np.concatenate([rate, np.full(len(gate.nodes), np.inf)])
    rounded = round_up(ways.n_nodes, tail, head, exact, gate.nodes)
    capacity = np.minimum(np.floor(rate * UNITS / FINE), UNBOUNDED).astype(np.int64)
    capacity[: len(ways.closed)][ways.closed] = 0
    capacity = np.repeat(capacity[:, None], steps + 1, axis=1)
    transit = rounded.transit.copy()
    for line in shuttles.lines if shuttles else ():
        run = Shuttle(
            line.departs_min * FINE, np.full(len(line.departs_min), seats * UNITS),
            line.ride_min * FINE,
        )  # fmt: skip
        clock = float(rounded.clock[line.stop]), float(rounded.clock[line.end])
        capacity[line.board] = UNBOUNDED
        capacity[line.ride], transit[line.ride] = run.arc(steps, clock=clock)
    every = np.arange(ways.n_nodes)
    network = Network(
        ways.n_nodes, np.concatenate([tail, every]), np.concatenate([head, every]),
        np.concatenate([transit, np.ones(ways.n_nodes, np.int64)]),
        np.concatenate([capacity, np.full((ways.n_nodes, steps + 1), UNBOUNDED)]),
    )  # fmt: skip
    served = np.repeat(gate.per_min("best", setting.steps), FINE, axis=1)
    supply = np.rint(setting.city.zones.best).astype(int) * UNITS
    zones = np.flatnonzero(supply)
    arrival = earliest_arrival(
        network, ways.zone_node[zones], supply[zones], gate.nodes,
        np.floor(served * UNITS / FINE).astype(int), steps,
    )  # fmt: skip
    return np.cumsum(arrival.arrivals)[FINE - 1 :: FINE] / UNITS


@pytest.mark.parametrize("seed", range(12))
def test_no_finer_plan_with_buses_is_above_the_ceiling(tmp_path, seed):
    draw = np.random.default_rng(seed)
    seats = int(draw.integers(30, 60))
    text = bus_town(
        fleet=int(draw.integers(1, 5)), seats=seats, ride=draw.choice([0.9, 3.3, 7.0]),
        cycle=draw.choice([18.0, 25.5]), rate=draw.choice([2.5, 10.0, 60.0]),
    ).replace("T12:00:00", "T10:00:00")  # fmt: skip
    width = draw.choice([0.01, 0.1, 1.0])
    text = text.replace("people_per_m_per_s = 1.0", f"people_per_m_per_s = {width}")
    setting = settled(tmp_path, text)
    found = in_five_seconds(setting, 0, seats)
    assert found[-1] > 0
    assert (found <= bound(setting) + 1e-9).all()


@pytest.mark.parametrize("seed", range(6))
def test_nor_with_cars_and_walkers_and_a_share_of_the_crossing(tmp_path, seed):
    draw = np.random.default_rng(seed)
    groups = (
        '[[groups]]\nid = "walk"\nname = "Walk"\nshare = 0.5\nspeed_m_per_s = 1.0\n'
        '[[groups]]\nid = "cars"\nname = "Cars"\nshare = 0.5\nmeans = "car"\n\n'
    )
    start, end = LINE.index("[[groups]]"), LINE.index("[movement]")
    text = LINE[:start] + groups + LINE[end:]
    first, length = int(draw.integers(0, 30)), int(draw.integers(5, 29))
    share = (
        f'shares = [{{ purpose = "aid in", people_per_min = {draw.choice([1, 2.5])}, '
        f"start = 2016-11-04T09:{first:02d}:00, end = 2016-11-04T09:{first + length:02d}:00 }}]\n"
    )
    rate = draw.choice([3.3, 10, 90])
    text = text.replace(
        "people_per_min_per_lane = 10\n", f"people_per_min_per_lane = {rate}\n{share}"
    ).replace("T12:00:00", "T10:00:00")
    width = draw.choice([0.01, 0.1, 1.0])
    text = text.replace("people_per_m_per_s = 1.0", f"people_per_m_per_s = {width}")
    setting = settled(tmp_path, text)
    curve = bound(setting)
    for number in range(2):
        assert (in_five_seconds(setting, number) <= curve + 1e-9).all()
