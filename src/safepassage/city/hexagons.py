"""Turn cells of a table into polygons: H3 ids, or shapes written as well-known text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.errors import Fault, InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["cells_of"]


def cells_of(
    rows: list[tuple[str, dict[str, str]]],
) -> tuple[NDArray[np.object_], list[Fault]]:
    """Draw the cell of each row, by its ``wkt`` or else its ``h3``.

    Parameters
    ----------
    rows
        Where each stands, and its cells by name.

    Returns
    -------
    Polygons in degrees, longitude first, shape (rows,), and what is wrong with others.

    """
    faults: list[Fault] = []
    shapes = np.empty(len(rows), object)
    by_text = "wkt" in rows[0][1]
    h3 = None if by_text else _h3()
    for i, (where, cells) in enumerate(rows):
        shape, wrong = _wkt(cells["wkt"]) if by_text else _cell(h3, cells["h3"])
        if wrong:
            faults.append(Fault(where, wrong, "Correct it."))
        shapes[i] = shape
    return shapes, faults


def _h3() -> Any:
    try:
        import h3  # noqa: PLC0415 - an extra
    except ImportError:
        raise InputError.one(
            "zones", "has H3 ids, and the package h3 is not installed",
            'Install it with `pip install "safepassage[hexagons]"`, or give the columns lat and '
            "lon, or wkt.",
        ) from None  # fmt: skip
    return h3


def _cell(h3: Any, text: str) -> tuple[Any, str]:
    import shapely  # noqa: PLC0415

    if not re.fullmatch(r"[0-9a-fA-F]{15,16}", text) or not h3.is_valid_cell(text):
        return None, f"h3 is no cell ({text!r})"
    return shapely.Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(text)]), ""


def _wkt(text: str) -> tuple[Any, str]:
    import shapely  # noqa: PLC0415

    try:
        with np.errstate(invalid="ignore"):  # what is no number is told below
            shape = shapely.force_2d(shapely.from_wkt(text))
    except shapely.errors.ShapelyError:
        return None, f"wkt is no shape ({text[:40]!r})"
    west, south, east, north = shape.bounds if not shape.is_empty else (0, 0, 0, 0)
    if shape.geom_type not in {"Point", "Polygon", "MultiPolygon"} or shape.is_empty:
        return None, f"wkt is neither a point nor a polygon ({text[:40]!r})"
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        return None, "wkt lies off the earth: give degrees, longitude first"
    if not shape.is_valid:
        return None, f"wkt is no valid polygon ({shapely.is_valid_reason(shape)})"
    return shape, ""
