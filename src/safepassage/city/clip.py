"""Cut a map to a place: a box, or a polygon from a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from safepassage.base.errors import InputError
from safepassage.city.features import read_features

if TYPE_CHECKING:
    from pathlib import Path

    import shapely

    from safepassage.city.model import Flags, Floats

__all__ = ["Area", "Box", "box_area", "read_area"]

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True)
class Area:
    """Hold the place that streets are cut to.

    Attributes
    ----------
    kind
        ``box`` or ``polygon``: what it is called.
    box
        Its edges, in degrees.
    polygon
        What lies in it, or None where that is all of the box.

    """

    kind: Literal["box", "polygon"]
    box: Box
    polygon: shapely.Geometry | None = None

    def holds(self, lon: Floats, lat: Floats) -> Flags:
        """Tell which points lie in it, its edge included: (points,)."""
        west, south, east, north = self.box
        inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        if self.polygon is not None:
            import shapely  # noqa: PLC0415 - only where a polygon is given

            inside[inside] = shapely.intersects_xy(self.polygon, lon[inside], lat[inside])
        return np.asarray(inside, np.bool_)

    def __str__(self) -> str:
        """Give its edges: west, south, east, north."""
        return f"the {self.kind} " + ", ".join(f"{edge:g}" for edge in self.box)


def box_area(box: Box) -> Area:
    """Make an area of a box.

    Raises
    ------
    InputError
        If it is none.

    """
    west, south, east, north = box
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise InputError.one(
            f"box {west:g}, {south:g}, {east:g}, {north:g}",
            "is not west, south, east, north in degrees",
            "Give longitudes from -180 to 180 and latitudes from -90 to 90, smaller first.",
        )
    return Area("box", box)


def read_area(path: Path, *, crs: str = "") -> Area:
    """Read the polygons of a GeoPackage or GeoJSON file as one area.

    Parameters
    ----------
    path
        The file.
    crs
        The reference system of its coordinates where the file names none.

    Raises
    ------
    InputError
        If it cannot be read, names no reference system, or holds anything but valid
        polygons.

    """
    import shapely  # noqa: PLC0415

    shapes = read_features(path, kinds=("Polygon", "MultiPolygon"), crs=crs).shapes
    whole = shapely.union_all(shapes)
    shapely.prepare(whole)
    west, south, east, north = (float(edge) for edge in whole.bounds)
    return Area("polygon", (west, south, east, north), whole)
