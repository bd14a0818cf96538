"""Grids of people: summed into zones and squares, in degrees and in metres."""

import sys

import numpy as np
import pytest

from city.squares import box, city, save
from safepassage.base.errors import InputError

rasterio = pytest.importorskip("rasterio")

# rasterio multiplies matrices in a way that a newer release of affine advises against
pytestmark = pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")

NO_DATA = -99999.0


def grid(
    path, values, *, west=24.999, north=60.011, step=0.001, crs="EPSG:4326", nodata=NO_DATA,
):  # fmt: skip
    """Write a grid with its north-western corner at the given degrees, or metres."""
    values = np.asarray(values, "float32")
    with rasterio.open(
        path, "w", driver="GTiff", height=values.shape[0], width=values.shape[1], count=1,
        dtype="float32", crs=crs, transform=rasterio.transform.from_origin(west, north, step, step),
        nodata=nodata,
    ) as out:  # fmt: skip
        out.write(values, 1)
    return path


def town():
    """Give 12 by 12 cells of a person each, and none without data."""
    return np.ones((12, 12))


def faults(*args, **options):
    with pytest.raises(InputError) as caught:
        city(*args, **options)
    return str(caught.value)


def test_cells_are_summed_into_polygons_by_their_middles(tmp_path):
    grid(tmp_path / "people.tif", town())
    # middles lie half a square off the junctions: this box holds 3 by 4 of them
    save(tmp_path / "z.gpkg", [box(0, 0, 3, 4), box(3, 0, 9, 4)], name=["A", "B"])
    made = city(tmp_path, 'zones = "z.gpkg"\nraster = "people.tif"')
    assert made.zones.best.tolist() == [12, 24]
    assert made.people.source == "sum of people.tif"
    (said,) = [text for text, _ in made.assumptions if "people.tif" in text]
    assert "36 people of its cells lie in zones" in said
    assert "108 in the map's box lie in none" in said


def test_a_middle_on_a_border_counts_once(tmp_path):
    grid(tmp_path / "people.tif", town())
    save(tmp_path / "z.gpkg", [box(0, 0, 2.5, 4), box(2.5, 0, 9, 4)], name=["A", "B"])
    assert city(tmp_path, 'zones = "z.gpkg"\nraster = "people.tif"').zones.best.sum() == 36


def test_a_raster_tells_where_in_a_zone_people_live(tmp_path):
    values = np.zeros((12, 12))
    values[9:, :3] = 10  # the south-west corner
    grid(tmp_path / "people.tif", values)
    save(tmp_path / "z.gpkg", [box(-0.5, -0.5, 9.5, 9.5)], people=[50])
    made = city(tmp_path, 'zones = "z.gpkg"\nraster = "people.tif"\ndoors = 3')
    assert made.zones.best.tolist() == [50]
    assert (made.streets.lon[made.zones.door_node] < 25.0025).all()
    assert (made.streets.lat[made.zones.door_node] < 60.0025).all()


def test_without_zones_squares_are_made(tmp_path):
    grid(tmp_path / "people.tif", town())
    made = city(tmp_path, 'raster = "people.tif"\ncell_m = 300')
    assert made.zones.best.sum() == made.people.best == 144
    assert len(made.zones) > 4
    assert made.zones.names[0].startswith("cell ")
    assert len(made.zones.door_node) > len(made.zones)
    assert any("squares of 300 m" in text for text, _ in made.assumptions)


def test_a_stated_total_is_shared_out_by_the_raster(tmp_path):
    values = town()
    values[:6] = 3
    grid(tmp_path / "people.tif", values)
    made = city(tmp_path, 'raster = "people.tif"\ncell_m = 2000',
                head="people = { low = 500, best = 1000, high = 2000 }")  # fmt: skip
    assert (made.zones.low.sum(), made.zones.best.sum(), made.zones.high.sum()) == (500, 1000, 2000)


def test_a_grid_in_metres_is_read_where_it_lies(tmp_path):
    # GHSL's reference system is Mollweide; 25 E, 60 N lies there at about 1,630,000, 6,876,000
    import pyproj

    change = pyproj.Transformer.from_crs(4326, "ESRI:54009", always_xy=True)
    east, north = change.transform(25.0045, 60.0045)
    values = np.zeros((40, 40))
    values[20, 20] = 77
    grid(tmp_path / "people.tif", values, crs="ESRI:54009", step=100,
         west=east - 2050, north=north + 2050)  # fmt: skip
    made = city(tmp_path, 'raster = "people.tif"')
    assert made.zones.best.tolist() == [77]
    assert (made.zones.lat[0], made.zones.lon[0]) == pytest.approx((60.0045, 25.0045), abs=1e-5)


def test_only_the_part_around_the_map_is_read(tmp_path):
    values = np.full((2000, 2000), 2.0)
    grid(tmp_path / "people.tif", values, west=24.0, north=61.0)
    made = city(tmp_path, 'raster = "people.tif"')
    assert made.zones.best.sum() < 2 * 40 * 40
    assert any("far from any street are left out" in text for text, _ in made.assumptions)


def test_cells_without_data_are_nobody(tmp_path):
    values = town()
    values[:6] = NO_DATA
    grid(tmp_path / "people.tif", values)
    assert city(tmp_path, 'raster = "people.tif"').zones.best.sum() == 72


@pytest.mark.parametrize(
    ("values", "options", "says"),
    [
        (np.full((12, 12), NO_DATA), {}, "has no data in this place"),
        (np.zeros((12, 12)), {}, "has nobody in this place"),
        (np.full((12, 12), -5.0), {}, "has negative people (-5)"),
        (np.full((12, 12), NO_DATA), {"nodata": None}, "has negative people (-99999)"),
        (np.ones((12, 12)), {"west": 60.0, "north": 25.0}, "is of another place: it covers 60, "),
        (np.ones((12, 12)), {"crs": None}, "names no reference system"),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_bad_rasters_are_refused(tmp_path, values, options, says):
    grid(tmp_path / "people.tif", values, **options)
    assert says in faults(tmp_path, 'raster = "people.tif"')


def test_what_is_no_raster_is_refused(tmp_path):
    (tmp_path / "people.tif").write_text("not a raster", encoding="utf-8")
    assert "cannot be read as a raster" in faults(tmp_path, 'raster = "people.tif"')


def test_a_zone_with_nobody_in_the_raster_is_named(tmp_path):
    values = town()
    values[:6] = 0
    grid(tmp_path / "people.tif", values)
    save(tmp_path / "z.gpkg", [box(0, 0, 9, 4), box(0, 7, 9, 9)], name=["South", "North"])
    said = faults(tmp_path, 'zones = "z.gpkg"\nraster = "people.tif"')
    assert "zone North: has nobody in people.tif" in said


def test_points_have_no_people_of_a_raster(tmp_path):
    grid(tmp_path / "people.tif", town())
    (tmp_path / "z.csv").write_text("name,lat,lon\nA,60.001,25.001\n", encoding="utf-8")
    said = faults(tmp_path, 'zones = "z.csv"\nraster = "people.tif"')
    assert "people of a raster can only be summed into polygons" in said


def test_without_rasterio_a_message_says_what_to_do(tmp_path, monkeypatch):
    grid(tmp_path / "people.tif", town())
    monkeypatch.setitem(sys.modules, "rasterio", None)
    assert 'pip install "safepassage[raster]"' in faults(tmp_path, 'raster = "people.tif"')


def test_points_with_people_of_their_own_need_nothing_of_the_raster(tmp_path):
    grid(tmp_path / "people.tif", town())
    text = "name,lat,lon,people\nA,60.001,25.001,5\n"
    (tmp_path / "z.csv").write_text(text, encoding="utf-8")
    assert city(tmp_path, 'zones = "z.csv"\nraster = "people.tif"').zones.best.tolist() == [5]
