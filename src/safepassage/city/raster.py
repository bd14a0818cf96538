"""Read a grid of people, such as WorldPop's or GHSL's: people at the middle of each cell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.base.geo import to_metres
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.city.table import first_of
from safepassage.city.zones import ZoneRow

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from safepassage.case.rasters import CaseRaster
    from safepassage.city.clip import Box
    from safepassage.city.model import Floats

__all__ = ["into_squares", "into_zones", "read_grids", "read_people", "sum_of"]

MOST_CELLS = 50_000_000
"""So many cells of a place are read at most: at 100 m a square of 700 km."""

ENDS = ("low", "best", "high")


def sum_of(raster: CaseRaster) -> str:
    """Say where the people of a raster come from."""
    names = [f"{end} {path.name}" for end, path in raster.ends().items() if end != "best"]
    error = raster.relative_error
    said = [*names, *([f"each cell up to {error:.0%} less or more"] if error else [])]
    said += [raster.source] if raster.source else []
    return "; ".join([f"sum of {raster.best.name}", *said])


def read_grids(grids: dict[str, Path], box: Box, *, relative_error: float = 0) -> Floats:
    """Read one grid of people, or one for each of low, best and high.

    Parameters
    ----------
    grids
        ``low``, ``best``, ``high`` → raster; where one is missing it is the best.
    box
        West, south, east, north in degrees.
    relative_error
        By which share of itself every cell may be too high or too low.

    Returns
    -------
    Latitude, longitude, and people at low, best and high, shape (cells, 5). Each grid's
    cells stand in rows of their own, with nobody at the figures that they do not tell.

    Raises
    ------
    InputError
        See `read_people`; of all grids together.

    """
    parts: list[Floats] = []
    faults: list[Fault] = []
    for name, path in grids.items():
        try:
            cells = read_people(path, box)
        except InputError as error:
            faults += error.faults
            continue
        part = np.zeros((len(cells), 5))
        part[:, :2] = cells[:, :2]
        told = (name, *(end for end in ENDS if end not in grids)) if name == "best" else (name,)
        for end, factor in zip(ENDS, (1 - relative_error, 1, 1 + relative_error), strict=True):
            if end in told:
                part[:, 2 + ENDS.index(end)] = factor * cells[:, 2]
        parts.append(part)
    if faults:
        raise InputError(faults)
    return np.concatenate(parts)


def read_people(path: Path, box: Box) -> Floats:
    """Read the people in and near a box.

    Parameters
    ----------
    path
        A raster with one band of people per cell, in any reference system it names.
    box
        West, south, east, north in degrees.

    Returns
    -------
    Latitude, longitude and people of each cell with anybody in it whose middle lies in the
    box, shape (cells, 3).

    Raises
    ------
    InputError
        If it cannot be read, is of another place, names no reference system, or has no
        data, no people or negative ones there.

    """
    rasterio = _rasterio()
    try:
        # GDAL's other kinds of raster may point to cells on a network
        with rasterio.open(path, driver="GTiff") as grid:
            values, east, north = _window(path, grid, box)
            crs = grid.crs
    except rasterio.errors.RasterioError as error:
        raise InputError.one(
            str(path), f"cannot be read as a raster ({error})", "Save it as GeoTIFF."
        ) from error
    lon, lat = _degrees(crs, east, north)
    west, south, far_east, far_north = box
    here = (lon >= west) & (lon <= far_east) & (lat >= south) & (lat <= far_north)
    known = here & ~np.ma.getmaskarray(values) & np.isfinite(values.filled(np.nan))
    if not known.any():
        raise InputError.one(
            str(path), "has no data in this place", "Name the raster of this country or tile."
        )
    people = values.filled(0)
    if (people[known] < 0).any():
        least = float(people[known].min())
        raise InputError.one(
            str(path), f"has negative people ({least:g})",
            "If this stands for no data, say so in the file (its nodata value).",
        )  # fmt: skip
    lived = known & (people > 0)
    if not lived.any():
        raise InputError.one(str(path), "has nobody in this place", "Is it a raster of people?")
    return np.column_stack([lat[lived], lon[lived], people[lived]]).astype(np.float64)


def _rasterio() -> Any:
    try:
        import rasterio  # noqa: PLC0415 - an extra
        import rasterio.errors  # noqa: PLC0415
    except ImportError:
        raise InputError.one(
            "city.raster", "needs the package rasterio, which is not installed",
            'Install it with `pip install "safepassage[raster]"`.',
        ) from None  # fmt: skip
    return rasterio


def _window(path: Path, grid: Any, box: Box) -> tuple[Any, Floats, Floats]:
    """Read the cells around a box: values, and where their middles lie in the grid's metres."""
    from rasterio.warp import transform_bounds  # noqa: PLC0415
    from rasterio.windows import Window, from_bounds  # noqa: PLC0415

    if grid.crs is None:
        raise InputError.one(
            str(path), "names no reference system for its cells", "Save it as GeoTIFF with one."
        )
    edges = transform_bounds("EPSG:4326", grid.crs, *box, densify_pts=21)
    whole = Window(0, 0, grid.width, grid.height)
    wanted = from_bounds(*edges, transform=grid.transform)
    first_row, first_col = int(np.floor(wanted.row_off)), int(np.floor(wanted.col_off))
    height = int(np.ceil(wanted.row_off + wanted.height)) - first_row
    width = int(np.ceil(wanted.col_off + wanted.width)) - first_col
    top, left = max(first_row, 0), max(first_col, 0)
    bottom = min(first_row + height, int(whole.height))
    right = min(first_col + width, int(whole.width))
    if bottom <= top or right <= left:
        covers = transform_bounds(grid.crs, "EPSG:4326", *grid.bounds)
        raise InputError.one(
            str(path), "is of another place: it covers "
            + ", ".join(f"{edge:.4g}" for edge in covers) + " (west, south, east, north)",
            "Name the raster of this country or tile.",
        )  # fmt: skip
    if (bottom - top) * (right - left) > MOST_CELLS:
        raise InputError.one(
            str(path), f"has {(bottom - top) * (right - left):,} cells in this place",
            "Take a smaller map, or a raster with larger cells.",
        )  # fmt: skip
    window = Window(left, top, right - left, bottom - top)
    values = grid.read(1, window=window, masked=True).astype(np.float64)
    cols, rows = np.meshgrid(np.arange(left, right) + 0.5, np.arange(top, bottom) + 0.5)
    a, b, c, d, e, f = grid.transform[:6]
    return values, a * cols + b * rows + c, d * cols + e * rows + f


def _degrees(crs: Any, east: Floats, north: Floats) -> tuple[Floats, Floats]:
    import pyproj  # noqa: PLC0415

    change = pyproj.Transformer.from_crs(pyproj.CRS.from_wkt(crs.to_wkt()), 4326, always_xy=True)
    lon, lat = change.transform(east, north)
    return np.asarray(lon), np.asarray(lat)


def into_zones(cells: Floats, rows: list[ZoneRow], where: str) -> tuple[list[ZoneRow], str]:
    """Sum a grid into polygons, by the cells' middles.

    Zones that were not counted get their people by it; all with polygons learn where in
    them people live.

    Parameters
    ----------
    cells
        As `read_grids` gives them.
    rows
        The zones.
    where
        Name of the best raster.

    Returns
    -------
    The zones, and a sentence that says what was done.

    Raises
    ------
    InputError
        If nobody lives in a zone that is to be counted, or more at low than at best or at best
        than at high; all together.

    """
    import shapely  # noqa: PLC0415

    polygons = np.array([row.shape for row in rows], object)
    drawn = np.flatnonzero([shape is not None for shape in polygons])
    points = shapely.points(cells[:, 1], cells[:, 0])
    cell, zone = shapely.STRtree(polygons[drawn]).query(points, predicate="intersects")
    cell, first = np.unique(cell, return_index=True)  # a middle on a border counts once
    zone = drawn[zone[first]]
    inside = _sums(cells[cell], zone, len(rows))
    filled = []
    faults = []
    for i, row in enumerate(rows):
        spots = _spots(cells[cell[zone == i]])
        if row.counted:
            filled.append(replace(row, spots=spots))
        elif spots is None:
            faults.append(
                Fault(f"zone {row.name}", f"has nobody in {where}",
                      "Give its people in a column, or leave it out.")
            )  # fmt: skip
        else:
            people = _people(inside[i], row.name, faults)
            filled.append(replace(row, people=people, spots=spots))
    if faults:
        raise InputError(first_of(faults))
    best = inside[:, 1].sum()
    outside = cells[:, 3].sum() - best
    return filled, (
        f"{where}: {best:,.0f} people of its cells lie in zones, by the cells' middles; "
        f"{outside:,.0f} in the map's box lie in none and are left out"
    )


def _sums(cells: Floats, group: NDArray[np.int64], n: int) -> Floats:
    """Sum the people of cells by their group: low, best, high, shape (groups, 3)."""
    columns = [np.bincount(group, weights=cells[:, k], minlength=n) for k in (2, 3, 4)]
    return np.stack(columns, axis=1)


def _spots(cells: Floats) -> Floats | None:
    """Tell where people live, as the best raster has them; None where nobody does."""
    lived = cells[:, 3] > 0
    return cells[lived][:, [0, 1, 3]] if lived.any() else None


def _people(sums: Floats, name: str, faults: list[Fault]) -> LowBestHigh:
    low, best, high = (float(each) for each in sums)
    slack = 1e-9 * max(low, best, high)  # sums of parts differ in their last digits
    if low > best + slack or best > high + slack:
        faults.append(
            Fault(f"zone {name}", f"has {low:,.0f} people at low, {best:,.0f} at best and "
                  f"{high:,.0f} at high by the rasters",
                  "Check which raster is which; if each is right, give its people in a column.")
        )  # fmt: skip
    return LowBestHigh(low=min(low, best), best=best, high=max(best, high))


def into_squares(
    cells: Floats, near: NDArray[np.bool_], cell_m: float, where: str
) -> tuple[list[ZoneRow], str]:
    """Sum a grid into squares, where there are no zones.

    Parameters
    ----------
    cells
        As `read_grids` gives them.
    near
        Which of them lie near enough to a street to be planned, shape (cells,).
    cell_m
        Side of a square [m].
    where
        Name of the best raster.

    """
    kept = cells[near]
    lives = kept[:, 3] > 0
    if not lives.any():
        raise InputError.one(
            where, "has nobody near a street of this map", "Is it of the same place?"
        )
    lat, lon = kept[:, 0], kept[:, 1]
    metres = to_metres(lat, lon, float(lat.mean()), float(lon.min()))
    metres[:, 1] -= metres[:, 1].min()
    squares, square = np.unique(
        np.floor(metres / cell_m).astype(np.int64), axis=0, return_inverse=True
    )
    square = square.ravel()
    sums = _sums(kept, square, len(squares))
    rows: list[ZoneRow] = []
    faults: list[Fault] = []
    for i, (east, north) in enumerate(squares.tolist()):
        name = f"cell {east + 1}-{north + 1}"
        mine = kept[square == i]
        spots = _spots(mine)
        weights = mine[:, 3 if spots is not None else 4]
        middle = np.average(mine[:, :2], axis=0, weights=weights if weights.any() else None)
        rows.append(
            ZoneRow(
                name, name, "", float(middle[0]), float(middle[1]),
                _people(sums[i], name, faults), spots=spots,
            )
        )  # fmt: skip
    if faults:
        raise InputError(first_of(faults))
    lost = float(cells[~near, 3].sum())
    said = f"{where}: people of its cells in {len(rows)} squares of {cell_m:g} m"
    return rows, said + (f"; {lost:,.0f} far from any street are left out" if lost >= 1 else "")
