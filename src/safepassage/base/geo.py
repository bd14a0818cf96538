"""Measure on the earth: distances good to 0.5 % over a city."""

from __future__ import annotations

from math import radians
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["EARTH_RADIUS_M", "M_PER_DEGREE", "distance_m", "to_metres"]

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the earth in metres (IUGG 1980)."""
M_PER_DEGREE = radians(1) * EARTH_RADIUS_M
"""Metres in a degree of latitude."""


def distance_m(
    lat_a: ArrayLike, lon_a: ArrayLike, lat_b: ArrayLike, lon_b: ArrayLike
) -> NDArray[np.float64]:
    """Measure great-circle distances in metres by the haversine formula.

    All arguments are degrees and broadcast against each other.
    """
    la, lo, lb, mo = (
        np.radians(np.asarray(x, dtype=np.float64)) for x in (lat_a, lon_a, lat_b, lon_b)
    )
    h = np.sin((lb - la) / 2) ** 2 + np.cos(la) * np.cos(lb) * np.sin((mo - lo) / 2) ** 2
    return np.asarray(
        2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0))), dtype=np.float64
    )


def to_metres(lat: ArrayLike, lon: ArrayLike, lat_0: float, lon_0: float) -> NDArray[np.float64]:
    """Project degrees to metres east and north of a point (equirectangular).

    Returns
    -------
    Array of shape (n, 2): metres east, metres north. Good within about 50 km.

    """
    north = np.radians(np.asarray(lat, dtype=np.float64) - lat_0) * EARTH_RADIUS_M
    east = (
        np.radians(np.asarray(lon, dtype=np.float64) - lon_0)
        * EARTH_RADIUS_M
        * np.cos(np.radians(lat_0))
    )
    return np.column_stack([east, north])
