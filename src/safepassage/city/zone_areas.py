"""Keep the polygons of zones in a city's GeoPackage, and tell which were drawn anew since."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.errors import Fault
from safepassage.city.vector import in_parts, overlaps

if TYPE_CHECKING:
    import shapely
    from numpy.typing import NDArray

    from safepassage.city.geopackage_tables import Table
    from safepassage.city.model import Zones
    from safepassage.city.zones import ZoneRow

__all__ = ["areas_of_zones", "with_areas"]


def areas_of_zones(zones: Zones) -> tuple[NDArray[np.object_], dict[str, NDArray[Any] | list[Any]]]:
    """Give the polygons of zones, each with its zone and a mark of what it looked like."""
    drawn = [i for i, shape in enumerate(zones.shapes) if shape is not None]
    return zones.shapes[drawn], {
        "zone": [zones.ids[i] for i in drawn],
        "drawn": [_mark(zones.shapes[i]) for i in drawn],
    }


def with_areas(
    table: Table, rows: tuple[ZoneRow, ...], faults: list[Fault]
) -> tuple[tuple[ZoneRow, ...], set[int]]:
    """Give zones their polygons.

    A polygon whose zone is gone goes with it, unless it was drawn by hand. One that was drawn
    anew moves the middle of its zone.

    Returns
    -------
    The zones, and which of them have a polygon that is not the one written.

    """
    number = {row.id: i for i, row in enumerate(rows)}
    found, anew = list(rows), set()
    faults += table.twice("zone", missing="")
    for k, (zone, mark) in enumerate(zip(table["zone"], table["drawn"], strict=True)):
        i = number.get(zone)
        if i is None:
            if not mark:
                said = f"its zone {zone!r} is not in the layer zones" if zone else "has no zone"
                faults.append(
                    Fault(table.row(k), said, "Add a row there with its id and people.")
                )  # fmt: skip
            continue
        shape = in_parts(table.shapes[k])
        if mark == _mark(shape):
            found[i] = replace(rows[i], shape=shape)
            continue
        anew.add(i)
        middle = shape.centroid
        found[i] = replace(rows[i], shape=shape, lat=float(middle.y), lon=float(middle.x))
    shapes = np.array([*(row.shape for row in found), None], object)[:-1]
    faults += overlaps(shapes, [row.name for row in found], table.where)
    return tuple(found), anew


def _mark(shape: shapely.Geometry) -> str:
    """Give a few letters that differ for another polygon, and not for one stored otherwise."""
    import shapely  # noqa: PLC0415

    return sha256(shapely.to_wkb(shapely.normalize(shape), byte_order=1)).hexdigest()[:16]
