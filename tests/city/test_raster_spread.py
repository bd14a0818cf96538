"""Grids of people as an interval: one each for low, best and high, or a stated error."""

import numpy as np
import pytest

from city.squares import CASE, box, city, save, streets
from city.test_raster import faults, grid, town
from safepassage.base.errors import InputError
from safepassage.case import load_case

pytest.importorskip("rasterio")

pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")

THREE = 'raster = { low = "low.tif", best = "people.tif", high = "high.tif" }'


def three(tmp_path, low=1.0, best=2.0, high=5.0):
    for name, people in (("low", low), ("people", best), ("high", high)):
        grid(tmp_path / f"{name}.tif", people * town())


def interval(zones):
    return [each.tolist() for each in (zones.low, zones.best, zones.high)]


def test_each_grid_is_summed_into_polygons(tmp_path):
    three(tmp_path)
    save(tmp_path / "z.gpkg", [box(0, 0, 3, 4), box(3, 0, 9, 4)], name=["A", "B"])
    made = city(tmp_path, f'zones = "z.gpkg"\n{THREE}')
    assert interval(made.zones) == [[12, 24], [24, 48], [60, 120]]
    assert (made.people.low, made.people.best, made.people.high) == (36, 72, 180)
    assert made.people.source == "sum of people.tif; low low.tif; high high.tif"


def test_grids_may_have_cells_of_other_sizes(tmp_path):
    three(tmp_path)
    grid(tmp_path / "high.tif", np.full((24, 24), 3.0), step=0.0005)
    save(tmp_path / "z.gpkg", [box(0, 0, 3, 4)], name=["A"])
    made = city(tmp_path, f'zones = "z.gpkg"\n{THREE}')
    assert interval(made.zones) == [[12], [24], [3 * 6 * 8]]


def test_a_grid_that_is_not_given_is_the_best(tmp_path):
    three(tmp_path)
    save(tmp_path / "z.gpkg", [box(0, 0, 3, 4)], name=["A"])
    keys = 'zones = "z.gpkg"\nraster = { best = "people.tif", high = "high.tif" }'
    assert interval(city(tmp_path, keys).zones) == [[24], [24], [60]]


def test_a_relative_error_widens_every_zone(tmp_path):
    three(tmp_path, best=10)
    save(tmp_path / "z.gpkg", [box(0, 0, 3, 4), box(3, 0, 9, 4)], name=["A", "B"])
    error = 'raster = { best = "people.tif", relative_error = 0.25, source = "its handbook" }'
    made = city(tmp_path, f'zones = "z.gpkg"\n{error}')
    assert interval(made.zones) == [[90, 180], [120, 240], [150, 300]]
    source = "sum of people.tif; each cell up to 25% less or more; its handbook"
    assert made.people.source == source


def test_squares_have_low_best_and_high_too(tmp_path):
    three(tmp_path)
    one = city(tmp_path, 'raster = "people.tif"\ncell_m = 300')
    made = city(tmp_path, f"{THREE}\ncell_m = 300")
    assert made.zones.best.tolist() == one.zones.best.tolist()
    assert made.zones.lat.tolist() == pytest.approx(one.zones.lat.tolist())
    assert np.array_equal(made.zones.door_node, one.zones.door_node)
    assert (made.zones.low.sum(), made.zones.high.sum()) == (144, 720)


def test_where_only_the_high_grid_has_people_a_zone_has_them_at_high(tmp_path):
    three(tmp_path)
    values = 2 * town()
    values[:6] = 0  # nobody in the north
    grid(tmp_path / "people.tif", values)
    grid(tmp_path / "low.tif", values)
    save(tmp_path / "z.gpkg", [box(0, 0, 9, 5)], people=[1])
    made = city(tmp_path, f"{THREE}\ncell_m = 300")
    north = made.zones.lat > 60.007
    assert north.any()
    assert not made.zones.best[north].any()
    assert (made.zones.high[north] > 0).all()
    assert made.zones.high.sum() == 720


def test_a_stated_total_is_shared_out_and_keeps_its_own_interval(tmp_path):
    three(tmp_path)
    head = "people = { low = 500, best = 1000, high = 2000 }"
    made = city(tmp_path, f"{THREE}\ncell_m = 2000", head=head)
    assert (made.zones.low.sum(), made.zones.best.sum(), made.zones.high.sum()) == (500, 1000, 2000)


def test_grids_in_the_wrong_order_are_refused_zone_by_zone(tmp_path):
    three(tmp_path, low=3)
    save(tmp_path / "z.gpkg", [box(0, 0, 3, 4), box(3, 0, 9, 4)], name=["A", "B"])
    said = faults(tmp_path, f'zones = "z.gpkg"\n{THREE}')
    assert "zone A: has 36 people at low, 24 at best and 60 at high by the rasters" in said
    assert "zone B: has 72 people at low" in said
    assert "by the rasters" in faults(tmp_path, THREE)


def test_what_is_wrong_with_several_grids_is_told_together(tmp_path):
    three(tmp_path, low=-1)
    grid(tmp_path / "high.tif", np.zeros((12, 12)))
    said = faults(tmp_path, THREE)
    assert "low.tif: has negative people" in said
    assert "high.tif: has nobody in this place" in said


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ('{ low = "low.tif", high = "high.tif" }', "city.raster.best: is missing"),
        ('{ best = "people.tif", relative_error = 0.2 }', "relative_error needs a source"),
        ('{ best = "people.tif", relative_error = 1.5, source = "s" }', "less than or equal to 1"),
        ('{ best = "people.tif", low = "low.tif", relative_error = 0.2, source = "s" }',
         "has low or high grids and a relative_error: keep one of them"),
        ('{ best = "people.tif", high = "other.tif" }',
         "city.raster.high: there is no file 'other.tif'"),
        ("5", "must be a path, or { low, best, high }"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_named_with_its_line(tmp_path, value, says):
    three(tmp_path)
    streets(tmp_path)
    text = f'{CASE}\n[city]\nstreets = "town.osm"\nraster = {value}\n'
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_case(str(tmp_path))
    assert says in str(caught.value)
    assert "line 17" in str(caught.value)
