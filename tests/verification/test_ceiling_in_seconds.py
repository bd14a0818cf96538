"""The ceiling bounds what a solve in five-second steps finds, at every minute."""

import importlib

import numpy as np
import pytest

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.flow import Network, earliest_arrival
from safepassage.flow.rounding import round_up

FINE = 12  # steps a minute
UNITS = 120  # parts of a person


def in_five_seconds(made, rate):
    """Count people past the crossing by each minute, planned in five-second steps."""
    ways = made.ways
    steps = (made.hours.steps + 1) * FINE - 1
    rounded = round_up(
        ways.n_nodes, ways.tail, ways.head, ways.minutes(1.0) * FINE, made.gate.nodes
    )
    capacity = np.minimum(np.floor(ways.people_per_min * UNITS / FINE), 2**31 - 1)
    supply = np.rint(made.city.zones.best).astype(int) * UNITS
    zones = np.flatnonzero(supply)
    arrival = earliest_arrival(
        Network(ways.n_nodes, ways.tail, ways.head, rounded.transit, capacity.astype(np.int64)),
        ways.zone_node[zones], supply[zones], made.gate.nodes, [int(rate * UNITS / FINE)], steps,
    )  # fmt: skip
    return np.cumsum(arrival.arrivals)[FINE - 1 :: FINE] / UNITS


@pytest.mark.parametrize("seed", range(25))
def test_no_finer_plan_is_above_the_ceiling(tmp_path, seed):
    draw = np.random.default_rng(seed)
    rate = draw.choice([0.7, 1.5, 2.5, 3.3, 10.0])
    lat = [36.2006 + draw.random() * 0.006, 36.2081, 36.2189]
    people = draw.integers(0, 200, 3)
    zones = "id,name,lat,lon,people_low,people_best,people_high\n" + "".join(
        f"{name},{name},{at},37.2,{n},{n},{n}\n"
        for name, at, n in zip(("near", "middle", "far"), lat, people, strict=True)
    )
    text = LINE.replace("per_lane = 10", f"per_lane = {rate}").replace("T12:00", "T10:00")
    made = plan(line_town(tmp_path, text, zones))
    assert (in_five_seconds(made, rate) <= made.ceiling.cumulative + 1e-9).all()
    assert (made.optimum.cumulative <= made.ceiling.cumulative).all()


def test_the_bound_is_the_bound_and_not_the_plan(tmp_path, monkeypatch):
    """A bound below the plan is a defect of the program, never lifted in silence."""
    make = importlib.import_module("safepassage.plan.make")
    real = make.ceiling_curve
    monkeypatch.setattr(make, "ceiling_curve", lambda *a, **k: real(*a, **k) // 2)
    with pytest.raises(make.Defect, match="above the ceiling"):
        plan(line_town(tmp_path))
