"""Read shapes from GeoPackage, GeoJSON, Shapefile and what else GDAL knows: WGS 84 out."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.base.signs import without_controls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["MOST_FAULTS", "Features", "check_shapes", "read_features"]

_log = logging.getLogger(__name__)

MOST_FAULTS = 20
"""More faults of one file than a person reads before mending the first."""


@dataclass(frozen=True, slots=True)
class Features:
    """Hold shapes and their columns.

    Attributes
    ----------
    shapes
        Shapely geometries; x is the longitude and y the latitude in degrees WGS 84,
        shape (features,).
    fids
        Their numbers in the file, for messages, shape (features,).
    columns
        Name → values, shape (features,) each.
    mended
        What was said of polygons that were mended.

    """

    shapes: NDArray[np.object_]
    fids: NDArray[np.int64]
    columns: dict[str, NDArray[Any]]
    mended: tuple[str, ...] = ()


def read_features(
    path: Path, *, kinds: Sequence[str], crs: str = "", layer: str = "", mend: bool = False
) -> Features:
    """Read one layer of shapes.

    Parameters
    ----------
    path
        The file.
    kinds
        Kinds of shape that are taken, such as ``("Polygon", "MultiPolygon")``.
    crs
        The reference system of the coordinates where the file names none, such as
        ``EPSG:32719``.
    layer
        Which layer, where there are several.
    mend
        Mend polygons that are not valid where their area stays the same.

    Raises
    ------
    InputError
        If it cannot be read, holds several layers and none is named, names no reference
        system, or has shapes of other kinds, empty, invalid or off the earth; all such
        shapes together.

    """
    import shapely  # noqa: PLC0415 - only where a file of shapes is read

    meta, fids, wkb, columns = _raw(path, layer)
    try:
        with np.errstate(invalid="ignore"):  # what is no number is told below
            shapes = np.asarray(shapely.from_wkb(wkb), object)
    except shapely.errors.ShapelyError as error:
        reason = " ".join(str(error).split())
        raise InputError.one(
            str(path), f"holds a shape that is none ({reason})", "Draw it anew, or remove it."
        ) from error
    if not len(shapes):
        raise InputError.one(str(path), "holds no shapes", "Add at least one.")
    shapes = _in_degrees(path, shapes, meta["crs"], crs)
    mended = _mend(path, shapes, fids) if mend else ()
    check_shapes(path, shapes, fids, kinds)
    named = dict(zip(meta["fields"].tolist(), columns, strict=True))
    return Features(shapes, np.asarray(fids, np.int64), named, mended)


def _raw(path: Path, layer: str) -> tuple[dict[str, Any], Any, Any, Any]:
    """Read a layer without a change, with what is wrong told in one message."""
    import pyogrio  # noqa: PLC0415
    from pyogrio.errors import DataLayerError, DataSourceError  # noqa: PLC0415

    if not path.is_file():
        raise InputError.one(str(path), "there is no such file", "Check the name and the folder.")
    _hold_their_own(path)
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        if layer not in layers and (layer or len(layers) != 1):
            raise InputError.one(
                str(path),
                f"has no layer {layer!r}" if layer else f"holds {len(layers)} layers of shapes",
                f"Name its layer, one of: {', '.join(layers)}."
                if layers
                else "Save the shapes in it.",
            )
        with warnings.catch_warnings(record=True) as minded:
            warnings.simplefilter("always", RuntimeWarning)  # such as of cells that GDAL cuts
            found = pyogrio.raw.read(
                path, layer=layer or layers[0], force_2d=True, return_fids=True
            )
        if minded:
            said = " ".join(without_controls(str(minded[0].message)).split())
            _log.warning("%s: %s (%d of such)", path, said, len(minded))
    except (DataSourceError, DataLayerError, ValueError, OSError) as error:
        reason = str(error).replace(str(path), "the file").split("\n")[0].split(";")[0].rstrip(".")
        raise InputError.one(
            str(path),
            f"cannot be read as a file of shapes ({reason})",
            "Save it as GeoPackage or GeoJSON.",
        ) from error
    meta, fids, wkb, columns = found
    return meta, fids, wkb, columns


_POINTERS = (b"<OGRVRT", b"<VRTDataset", b"<OGRWFS", b"<GDAL_W", b"<WFS_Capabilities")


def _hold_their_own(path: Path) -> None:
    """Refuse files that only point to others: GDAL would fetch these, from a network even."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise InputError.one(
            str(path), f"cannot be read ({error.strerror})", "Ask its owner for leave to read it."
        ) from error
    if any(sign in head for sign in _POINTERS):
        raise InputError.one(
            str(path), "holds no shapes but points to another file or a server",
            "Save the shapes themselves as GeoPackage or GeoJSON.",
        )  # fmt: skip


def _in_degrees(
    path: Path, shapes: NDArray[np.object_], said: str | None, given: str
) -> NDArray[np.object_]:
    """Transform coordinates to degrees WGS 84, longitude first."""
    import pyproj  # noqa: PLC0415
    import shapely  # noqa: PLC0415
    from pyproj.exceptions import CRSError, ProjError  # noqa: PLC0415

    if not said and not given:
        west, south, east, north = shapely.total_bounds(shapes)
        raise InputError.one(
            str(path),
            "names no reference system for its coordinates "
            f"({west:g}, {south:g} to {east:g}, {north:g})",
            "Save it with one, or name it as `crs` (such as EPSG:4326 for degrees).",
        )
    try:
        source = pyproj.CRS.from_user_input(said or given)
    except CRSError:
        raise InputError.one(
            str(path), f"names a reference system that is not known ({said or given})",
            "Name one by its EPSG code, such as EPSG:4326.",
        ) from None  # fmt: skip
    if source.equals(pyproj.CRS.from_epsg(4326), ignore_axis_order=True):
        return shapes
    try:
        change = pyproj.Transformer.from_crs(source, 4326, always_xy=True)
    except ProjError:
        raise InputError.one(
            str(path), f"names a reference system that says not where on earth it is "
            f"({source.name})", "Save it in another, such as EPSG:4326.",
        ) from None  # fmt: skip
    moved = np.asarray(
        shapely.transform(shapes, lambda xy: np.column_stack(change.transform(*xy.T))), object
    )
    before, after = (
        np.ptp(np.reshape(shapely.total_bounds(s), (2, 2)), axis=0) for s in (shapes, moved)
    )
    if after.max() < _NO_PLACE < before.max():
        raise InputError.one(
            str(path), f"lies within a metre by its reference system ({source.name})",
            "Are its coordinates degrees? Then name EPSG:4326.",
        )  # fmt: skip
    return moved


_NO_PLACE = 1e-5
"""Shapes that span less than this, in degrees, and more as they are written, are misplaced."""


SAME_AREA = 1e-3
"""A polygon that mending changes by a greater share of its area was meant otherwise."""


def _mend(path: Path, shapes: NDArray[np.object_], fids: NDArray[np.int64]) -> tuple[str, ...]:
    """Mend, in place, polygons that are not valid and keep their area by it."""
    import shapely  # noqa: PLC0415

    said = []
    for i in np.flatnonzero(~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)):
        if not np.isfinite(shapely.get_coordinates(shapes[i])).all():
            continue  # it is refused with the others
        whole = shapely.make_valid(shapes[i])
        parts = [part for part in shapely.get_parts(whole) if "Polygon" in part.geom_type]
        better = shapely.union_all(parts)
        area = abs(shapely.area(shapes[i]))
        if parts and abs(shapely.area(better) - area) <= SAME_AREA * area:
            reason = shapely.is_valid_reason(shapes[i])
            said.append(f"{path.name}, feature {fids[i]}: its polygon was mended ({reason})")
            shapes[i] = better
    return tuple(said)


_HALF_ROUND = 180.0
"""A shape wider than this, in degrees, was drawn across longitude 180."""


def check_shapes(
    path: Path | str, shapes: NDArray[np.object_], fids: NDArray[np.int64], kinds: Sequence[str]
) -> None:
    """Refuse shapes that cannot be meant: empty, of other kinds, off the earth, not valid.

    Raises
    ------
    InputError
        With all of them, named by the file and their number in it.

    """
    import shapely  # noqa: PLC0415

    faults = []
    bounds = shapely.bounds(shapes)
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    on_earth = (bounds[:, 0] >= -180) & (bounds[:, 2] <= 180)
    on_earth &= (bounds[:, 1] >= -90) & (bounds[:, 3] <= 90)
    xy, of = shapely.get_coordinates(shapes, return_index=True)
    on_earth[of[~np.isfinite(xy).all(axis=1)]] = False  # the bounds pass over these
    for i, shape in enumerate(shapes.tolist()):
        where = f"{path}, feature {fids[i]}"
        if empty[i]:
            faults.append(Fault(where, "has no shape", "Draw it, or remove it."))
        elif shape.geom_type not in kinds:
            faults.append(
                Fault(where, f"is a {shape.geom_type}", f"Give only {' and '.join(kinds)}.")
            )
        elif not on_earth[i]:
            edges = ", ".join(f"{edge:g}" for edge in bounds[i])
            faults.append(
                Fault(where, f"lies off the earth ({edges})",
                      "Check the reference system, and that x is the longitude.")
            )  # fmt: skip
        elif bounds[i, 2] - bounds[i, 0] > _HALF_ROUND:
            faults.append(
                Fault(where, f"reaches round the earth, from {bounds[i, 0]:g} to {bounds[i, 2]:g}",
                      "Cut it at longitude 180, or check its coordinates.")
            )  # fmt: skip
    valid = shapely.is_valid(shapes) | empty
    if not faults and not valid.all() and any("Polygon" in kind for kind in kinds):
        faults = [
            Fault(f"{path}, feature {fids[i]}",
                  f"is no valid polygon ({shapely.is_valid_reason(shapes[i])})",
                  "Mend it, such as with QGIS's Fix geometries.")
            for i in np.flatnonzero(~valid)
        ]  # fmt: skip
    if faults:
        rest = len(faults) - MOST_FAULTS
        more = [Fault(str(path), f"and {rest:,} more faults")] if rest > 0 else []
        raise InputError([*faults[:MOST_FAULTS], *more])
