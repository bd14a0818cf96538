"""Read points at which damage was seen, class by class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.city.features import read_features
from safepassage.city.table import figure_of, first_of, read_rows

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from safepassage.case import LoadedCase
    from safepassage.case.hazards import CaseDamage, DamageClass

__all__ = ["damage_points"]


def damage_points(
    loaded: LoadedCase, damage: CaseDamage
) -> list[tuple[DamageClass, NDArray[np.object_]]]:
    """Give the points of each class that leaves less than all of a street's width.

    Raises
    ------
    InputError
        If the table cannot be read, a point is not on the earth, or a class is not among
        those of the case; all such rows together.

    """
    path = loaded.path(damage.file)
    table = path.suffix.lower() == ".csv"
    points, classes = _of_table(path, damage) if table else _of_shapes(path, damage)
    known = {each.value: each for each in damage.classes}
    strange = sorted(set(classes.tolist()) - set(known))
    if strange:
        raise InputError.one(
            f"{path}, column {damage.columns.damage}",
            f"holds classes that the case does not know: {', '.join(map(repr, strange[:5]))}",
            f"Say in [[damage.classes]] what they leave. Known: {', '.join(known)}.",
        )
    return [
        (kind, points[classes == value])
        for value, kind in known.items()
        if kind.width_left < 1 and (classes == value).any()
    ]


def _of_table(path: Path, damage: CaseDamage) -> tuple[NDArray[np.object_], NDArray[np.str_]]:
    import shapely  # noqa: PLC0415

    names = damage.columns
    faults: list[Fault] = []
    lat_lon: list[tuple[float, float]] = []
    classes: list[str] = []
    for number, row in read_rows(path, {names.lat, names.lon, names.damage}):
        try:
            lat, lon = figure_of(row[names.lat]), figure_of(row[names.lon])
        except ValueError:
            what = f"{names.lat}, {names.lon} are not numbers"
            faults.append(Fault(f"{path}, line {number}", what, "Correct it."))
            continue
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            what = f"{lat:g}, {lon:g} is not on the earth"
            faults.append(Fault(f"{path}, line {number}", what, "Give degrees."))
            continue
        lat_lon.append((lat, lon))
        classes.append(row[names.damage])
    if faults:
        raise InputError(first_of(faults))
    at = np.array(lat_lon)
    return np.asarray(shapely.points(at[:, 1], at[:, 0]), object), np.array(classes)


def _of_shapes(path: Path, damage: CaseDamage) -> tuple[NDArray[np.object_], NDArray[np.str_]]:
    found = read_features(path, kinds=("Point",), crs=damage.crs, layer=damage.layer)
    column = found.columns.get(damage.columns.damage)
    if column is None:
        raise InputError.one(
            str(path), f"has no column {damage.columns.damage!r}",
            f"Name one of these as columns.damage: {', '.join(found.columns)}.",
        )  # fmt: skip
    return found.shapes, np.array([str(value) for value in column])
