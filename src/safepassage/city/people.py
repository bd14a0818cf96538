"""Put people into zones, and whole people: nobody is lost in rounding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import InputError
from safepassage.city.table import shared_out
from safepassage.city.zones import scaled, together

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.case import LoadedCase
    from safepassage.case.rasters import CaseRaster
    from safepassage.city.model import StreetMap, Zones
    from safepassage.city.zones import ZoneRow

__all__ = ["counted", "settle", "whole_people"]


def settle(
    loaded: LoadedCase, rows: list[ZoneRow], streets: StreetMap
) -> tuple[Zones, LowBestHigh, tuple[str, ...]]:
    """Put a case's people on its street map.

    They come from its zones, from a raster summed into these or into squares, or, where
    there is neither, are spread over streets with homes.

    Returns
    -------
    The zones, the people in all of them, and what was assumed.

    Raises
    ------
    InputError
        If nothing is said of people, or zones and raster are of another place.

    """
    from safepassage.city.attach import attach  # noqa: PLC0415 - scipy only with streets
    from safepassage.city.raster import sum_of  # noqa: PLC0415
    from safepassage.city.spread import spread_people  # noqa: PLC0415

    case = loaded.case
    said: tuple[str, ...] = ()
    if case.city.raster is not None:
        rows, said = _of_raster(loaded, case.city.raster, rows, streets)
    if rows:
        rows, people = counted(loaded, rows)
        if case.city.raster is not None and not people.source:
            people = people.model_copy(update={"source": sum_of(case.city.raster)})
        return attach(loaded, rows, streets), people, said
    if case.people is None:
        raise InputError.one(
            "case.toml", "says nothing of people",
            "Give [people], [[zones]], or city.zones, or a grid of people as city.raster.",
        )  # fmt: skip
    zones, text = spread_people(
        streets, case.people, doors=case.city.doors, detour=case.city.detour,
        split=case.city.split_zones,
    )  # fmt: skip
    return zones, case.people, (text,)


def _of_raster(
    loaded: LoadedCase, raster: CaseRaster, rows: list[ZoneRow], streets: StreetMap
) -> tuple[list[ZoneRow], tuple[str, ...]]:
    from safepassage.city.raster import into_squares, into_zones, read_grids  # noqa: PLC0415
    from safepassage.city.spread import nearest_node  # noqa: PLC0415

    city = loaded.case.city
    lat, lon = streets.lat, streets.lon
    margin = 0.01  # a kilometre: the outermost people live beyond the outermost junction
    box = (
        float(lon.min()) - margin, float(lat.min()) - margin,
        float(lon.max()) + margin, float(lat.max()) + margin,
    )  # fmt: skip
    grids = {end: loaded.path(grid) for end, grid in raster.ends().items()}
    cells = read_grids(grids, box, relative_error=raster.relative_error)
    where = grids["best"].name
    if rows:
        rows, text = into_zones(cells, rows, where)
    else:
        _, away = nearest_node(streets, cells[:, 0], cells[:, 1])
        rows, text = into_squares(cells, away <= city.max_snap_m, city.cell_m, where)
    return rows, (text,)


def counted(loaded: LoadedCase, rows: list[ZoneRow]) -> tuple[list[ZoneRow], LowBestHigh]:
    """Scale zones to the people that the case states, if it does; give all people together."""
    stated = loaded.case.people
    if stated is None or not rows:
        return rows, together(rows)
    return scaled(rows, stated), stated


def whole_people(zones: Zones) -> Zones:
    """Round each zone's people so that the city's total is the rounded total."""
    best = _rounded(zones.best)
    return replace(
        zones,
        low=np.minimum(_rounded(zones.low), best),
        best=best,
        high=np.maximum(_rounded(zones.high), best),
    )


def _rounded(people: NDArray[np.float64]) -> NDArray[np.float64]:
    total = float(people.sum())
    shares = shared_out(total, people) if round(total) else [0] * len(people)
    return np.array(shares, np.float64)
