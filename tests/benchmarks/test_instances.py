"""The generator is what the figures are told of: it must not drift."""

import hashlib

import numpy as np
import pytest
from instances import street_grid


@pytest.mark.parametrize(
    ("nodes", "junctions", "arcs", "zones", "mark"),
    [
        (1_000, 1_024, 3_288, 256, "e20421ac3272"),
        (5_000, 5_041, 16_658, 300, "436689b66a2f"),
        (20_000, 19_881, 66_328, 300, "d6c3964947e2"),
        (70_000, 70_225, 234_414, 300, "f79ecd23ce02"),
    ],
)
def test_cities_stay_what_they_were(nodes, junctions, arcs, zones, mark):
    grid = street_grid(nodes, 40)
    assert (grid.n_nodes, len(grid.tail), len(grid.sources)) == (junctions, arcs, zones)
    fields = (grid.tail, grid.head, grid.transit, grid.capacity, grid.sources, grid.supply)
    told = b"".join(np.ascontiguousarray(field, "<i8").tobytes() for field in fields)
    assert hashlib.sha256(told).hexdigest()[:12] == mark


@pytest.fixture(scope="module")
def city():
    return street_grid(20_000, 200)


def test_people_zones_and_crossings(city):
    assert city.supply.sum() == 275_000
    assert city.supply.min() > 0
    assert len(set(city.sources)) == 300
    heavy = np.sort(city.supply)[::-1]
    assert heavy[:30].sum() > 0.4 * city.supply.sum()  # a tenth of the zones, as Pareto has it
    side = round(city.n_nodes**0.5)
    row, column = np.divmod(city.sinks, side)
    assert len(set(city.sinks)) == 6
    assert (np.isin(row, (0, side - 1)) | np.isin(column, (0, side - 1))).all()
    assert city.sink_capacity.tolist() == [200] * 6


def test_streets_are_missing_and_arterials_are_not(city):
    side = round(city.n_nodes**0.5)
    half = len(city.tail) // 2
    tail, head, capacity = city.tail[:half], city.head[:half], city.capacity[:half]
    assert (city.tail[half:] == head).all()  # both ways
    assert (city.head[half:] == tail).all()
    along = np.where(head - tail == 1, tail // side, tail % side)
    assert set(head - tail) == {1, side}
    assert ((capacity == 240) == (along % 10 == 0)).all()
    assert set(capacity) == {60, 240}
    lines = -(-side // 10)
    arterial, street = 2 * lines * (side - 1), 2 * (side - lines) * (side - 1)
    assert (capacity == 240).sum() == arterial
    assert abs((capacity == 60).sum() / street - 0.82) < 0.01


def test_a_block_takes_one_or_two_minutes_at_walking_pace(city):
    assert set(city.transit) == {1, 2}  # 90 m ± 45 m at 66 m a minute
    assert abs(city.transit.mean() - 90 / 66) < 0.1
