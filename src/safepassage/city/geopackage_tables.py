"""Read the layers of a city's GeoPackage as tables, and refuse rows that cannot be meant."""

from __future__ import annotations

import json
import warnings
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.city.features import MOST_FAULTS, check_shapes
from safepassage.city.layers import ABOUT, FORMAT, LAYERS, Layer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["Table", "read_about", "read_layers"]

_SQLITE = b"SQLite format 3\0"
_APPLICATION = 68
"""Where SQLite keeps what program a file belongs to; GeoPackages have GPKG, once GP10, there."""
_ABOUT_KINDS = {
    "name": str, "schematic": bool, "mode": str, "attribution": list, "assumptions": list,
    "people": dict, "people_of_zones": list, "left_out": dict,
}  # fmt: skip
_REMEDY = "Write it anew with `safepassage map CASE --to FILE.gpkg`, and change that."


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Hold one layer: shapes in degrees, longitude first, and columns of their kinds.

    Attributes
    ----------
    where
        File and layer, for messages.
    fids
        Numbers of the rows in the file, (rows,).
    shapes
        Shapely geometries, None where a row may be without, (rows,).
    columns
        Name → values, (rows,) each.

    """

    where: str
    fids: NDArray[np.int64]
    shapes: NDArray[np.object_]
    columns: dict[str, NDArray[Any]]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.fids)

    def __getitem__(self, key: str) -> NDArray[Any]:
        """Give a column."""
        return self.columns[key]

    def row(self, i: int) -> str:
        """Name a row for a message, by its number in the file."""
        return f"{self.where}, row {self.fids[i]}"

    def twice(self, key: str, *, missing: Any = None) -> list[Fault]:
        """List ids that more than one row has; ``missing`` stands for none."""
        values = self[key].tolist()
        times = Counter(each for each in values if each != missing)
        return [
            Fault(
                f"{self.where}, rows "
                + " and ".join(str(f) for f in self.fids[self[key] == each][:2]),
                f"have the same {key} ({each})",
                f"Give each its own {key}, or remove one of them.",
            )
            for each, count in times.items()
            if count > 1
        ]

    def below(self, key: str, least: float) -> list[Fault]:
        """List rows whose figure is missing, not finite or too low."""
        values = self[key]
        bad = np.flatnonzero(~(np.isfinite(values) & (values >= least)))
        return [
            Fault(self.row(i), f"its {key} is {values[i]:g}" if np.isfinite(values[i])
                  else f"has no {key}", f"Give {least:g} or more.")
            for i in bad.tolist()
        ]  # fmt: skip

    def found(
        self, key: str, number: dict[int, int], what: str, faults: list[Fault],
        *, rows: Sequence[int] | None = None,
    ) -> NDArray[np.int64]:  # fmt: skip
        """Find what rows refer to by its number; -1, and a fault, where it is not there."""
        values = self[key].tolist()
        index = np.array([number.get(n, -1) for n in values], np.int64)
        for i in range(len(self)) if rows is None else rows:
            if index[i] < 0:
                said = f"{key} is {what} {values[i]}" if values[i] >= 0 else f"has no {key}"
                faults.append(
                    Fault(self.row(i), f"its {said}, which is not in the layer junctions"
                          if values[i] >= 0 else said, f"Give the number of a {what}.")
                )  # fmt: skip
        return index


def read_layers(path: Path) -> dict[str, Table]:
    """Read all layers of a city.

    Raises
    ------
    InputError
        If layers or columns are missing, are in another reference system, or hold what
        they cannot hold; all together.

    """
    there = _layers_of(path)
    faults = [
        Fault(str(path), f"has no layer {name!r}", _REMEDY)
        for name in (*LAYERS, ABOUT)
        if name not in there
    ]
    tables = {}
    for name, layer in LAYERS.items():
        if name in there:
            try:
                tables[name] = _table(path, name, layer)
            except InputError as error:
                faults += error.faults
    if faults:
        rest = len(faults) - MOST_FAULTS
        more = [Fault(str(path), f"and {rest:,} more faults")] if rest > 0 else []
        raise InputError([*faults[:MOST_FAULTS], *more])
    return tables


def read_about(path: Path) -> dict[str, Any]:
    """Read what a file says of the city as a whole.

    Raises
    ------
    InputError
        If it does not, or was written by a later version.

    """
    import pyogrio  # noqa: PLC0415

    if ABOUT not in _layers_of(path):
        raise InputError.one(str(path), f"has no table {ABOUT!r}", _REMEDY)
    where = f"{path}, table {ABOUT}"
    try:
        meta, _, _, columns = pyogrio.raw.read(path, layer=ABOUT, read_geometry=False)
    except (RuntimeError, ValueError) as error:
        raise InputError.one(where, "cannot be read", _REMEDY) from error
    named = dict(zip(meta["fields"].tolist(), columns, strict=True))
    try:
        about = {
            key: json.loads(value)
            for key, value in zip(named["key"].tolist(), named["value"].tolist(), strict=True)
        }
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise InputError.one(where, "does not hold keys and values", _REMEDY) from error
    if about.get("format") != FORMAT:
        raise InputError.one(
            where, f"its format is {about.get('format')}, and this program reads {FORMAT}", _REMEDY
        )
    faults = [
        Fault(where, f"{key} is missing or not what it should be", _REMEDY)
        for key, kind in _ABOUT_KINDS.items()
        if not isinstance(about.get(key), kind)
    ]
    if faults:
        raise InputError(faults)
    return about


def _layers_of(path: Path) -> list[str]:
    """List the layers of a GeoPackage, or say that it is none."""
    import pyogrio  # noqa: PLC0415
    from pyogrio.errors import DataSourceError  # noqa: PLC0415

    if not path.is_file():
        raise InputError.one(str(path), "there is no such file", "Check the name and the folder.")
    try:
        with path.open("rb") as file:
            head = file.read(_APPLICATION + 4)
            if not head.startswith(_SQLITE) or head[_APPLICATION : _APPLICATION + 2] != b"GP":
                raise InputError.one(str(path), "is no GeoPackage", _REMEDY)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is wrong is told by what is missing
            return [str(name) for name, _ in pyogrio.list_layers(path)]
    except (DataSourceError, OSError) as error:
        raise InputError.one(str(path), "cannot be read as a GeoPackage", _REMEDY) from error


def _table(path: Path, name: str, layer: Layer) -> Table:
    import pyogrio  # noqa: PLC0415
    import shapely  # noqa: PLC0415
    from pyogrio.errors import DataLayerError, DataSourceError  # noqa: PLC0415

    where = f"{path}, layer {name}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is wrong is told by what is missing
            meta, fids, wkb, columns = pyogrio.raw.read(
                path, layer=name, force_2d=True, return_fids=True
            )
    except (DataLayerError, DataSourceError, ValueError) as error:
        raise InputError.one(where, "cannot be read", _REMEDY) from error
    named = dict(zip(meta["fields"].tolist(), columns, strict=True))
    faults = [
        Fault(where, f"has no column {key!r}", _REMEDY) for key in layer.columns if key not in named
    ]
    if meta["crs"] != "EPSG:4326":
        faults.append(
            Fault(where, f"is in another reference system ({meta['crs'] or 'none is named'})",
                  "Save it in EPSG:4326, degrees WGS 84.")
        )  # fmt: skip
    if faults:
        raise InputError(faults)
    made = {}
    for key, kind in layer.columns.items():
        try:
            made[key] = _of_kind(named[key], kind, layer.missing.get(key))
        except (TypeError, ValueError):
            faults.append(
                Fault(where, f"its column {key!r} holds what is no {kind}",
                      "Keep the columns as they were written.")
            )  # fmt: skip
    shapes = np.array([*shapely.from_wkb(wkb, on_invalid="ignore"), None], object)[:-1]
    drawn = ~shapely.is_missing(shapes) if layer.bare else np.ones(len(shapes), np.bool_)
    if drawn.any():
        try:
            check_shapes(where, shapes[drawn], fids[drawn], layer.kinds)
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return Table(where, np.asarray(fids, np.int64), shapes, made)


def _of_kind(values: NDArray[Any], kind: str, missing: float | None) -> NDArray[Any]:
    """Turn a column into its kind; what is missing gets its stand-in."""
    if kind == "text":
        return np.array(["" if v is None else str(v) for v in values.tolist()] + [None], object)[
            :-1
        ]
    if kind == "flag":
        return np.array([bool(v) and v == v for v in values.tolist()], np.bool_)  # noqa: PLR0124
    numbers = np.array([np.nan if v is None else float(v) for v in values.tolist()], np.float64)
    if kind == "number":
        return np.where(np.isnan(numbers), np.nan if missing is None else missing, numbers)
    known = np.where(np.isnan(numbers), -1 if missing is None else missing, numbers)
    if (known != np.floor(known)).any():
        raise ValueError(kind)
    whole = np.asarray(values) if np.issubdtype(np.asarray(values).dtype, np.integer) else known
    return np.asarray(whole, np.int64)
