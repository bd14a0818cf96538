"""Read zones drawn as polygons or points; refuse those that overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Fault
from safepassage.city.features import read_features
from safepassage.city.table import first_of

if TYPE_CHECKING:
    from pathlib import Path

    import shapely
    from numpy.typing import NDArray

    from safepassage.city.features import Features

__all__ = ["in_parts", "overlaps", "zone_shapes"]

SLIVER = 0.01
"""Neighbours may overlap by this share of the smaller: borders are drawn twice."""


def zone_shapes(path: Path, *, layer: str = "", crs: str = "") -> Features:
    """Read polygons or points of zones.

    Polygons that are not valid are mended where their area stays the same.

    Raises
    ------
    InputError
        If the file cannot be read, names no reference system, or a shape cannot be meant.

    """
    return read_features(
        path, kinds=("Polygon", "MultiPolygon", "Point"), layer=layer, crs=crs, mend=True
    )


def in_parts(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Give any polygon as one that may have several parts."""
    import shapely  # noqa: PLC0415

    return shapely.multipolygons(shapely.get_parts(shape))


def overlaps(shapes: NDArray[np.object_], names: list[str], where: str) -> list[Fault]:
    """List pairs of zones that share ground, so that people there would count twice.

    Parameters
    ----------
    shapes
        Polygons, or None where a zone has none, shape (zones,).
    names
        What they are called.
    where
        The file they are from.

    """
    import shapely  # noqa: PLC0415

    drawn = np.flatnonzero([shape is not None for shape in shapes])
    polygons = shapes[drawn]
    one, other = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    one, other = one[one < other], other[one < other]
    shared = shapely.area(shapely.intersection(polygons[one], polygons[other]))
    least = np.minimum(shapely.area(polygons[one]), shapely.area(polygons[other]))
    faults = []
    for i in np.flatnonzero(shared > SLIVER * least):
        a, b = (names[drawn[end[i]]] for end in (one, other))
        share = shared[i] / least[i]
        faults.append(
            Fault(where, f"{a} and {b} overlap, by {share:.0%} of the smaller",
                  "Nobody may be counted twice: mend their borders, or leave one out.")
        )  # fmt: skip
    return first_of(faults)
