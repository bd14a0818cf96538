"""Read what a case says of danger and of clearing: shapes, before they meet the streets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.base.window import Window
from safepassage.city.damage import damage_points
from safepassage.city.features import read_features

if TYPE_CHECKING:
    from datetime import date

    import shapely
    from numpy.typing import NDArray

    from safepassage.case import LoadedCase
    from safepassage.case.bounds import Point, Points
    from safepassage.case.hazards import CaseHazard, Cleared, FrontLine

__all__ = ["Danger", "Ground", "cleared_ground", "dangers"]

_ANY_SHAPE = (
    "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
)  # fmt: skip
_LASTING = ("closed", "mined")
"""Kinds of hazard that no clearing opens: the case marks them as they are now."""


@dataclass(frozen=True, slots=True, eq=False)
class Danger:
    """Hold one hazard as the case draws it; see ``Hazard`` for what the names mean."""

    where: str
    name: str
    kind: str
    effect: Literal["closed", "not cleared", "narrowed"]
    shapes: NDArray[np.object_]
    within_m: float
    left: float = 0.0
    hours: Window | None = None
    reason: str = ""
    source: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Hold what was cleared: shapes with a distance around them, or names of streets."""

    where: str
    by: str
    on: date
    source: str
    shapes: NDArray[np.object_]
    within_m: float
    streets: tuple[str, ...]


def dangers(loaded: LoadedCase) -> list[Danger]:
    """List a case's hazards, front lines and damage.

    Raises
    ------
    InputError
        If one cannot be read, or is no valid shape; all faults of the case together.

    """
    case = loaded.case
    found: list[Danger] = []
    faults: list[Fault] = []
    for i, hazard in enumerate(case.hazards, start=1):
        where = f"case.toml: hazards, {hazard.name or i}"
        shapes = _shapes(loaded, hazard, where, faults, around=_circle(hazard))
        closed = hazard.kind in _LASTING
        hours = Window(hazard.start, hazard.end) if hazard.start and hazard.end else None
        found.append(
            Danger(
                where, hazard.name, hazard.kind, "closed" if closed else "not cleared", shapes,
                hazard.radius_m or hazard.setback_m, 0.0, hours, hazard.reason, hazard.source,
                hazard.as_of,
            )
        )  # fmt: skip
    for front in case.front_lines:
        found += _front(loaded, front, faults)
    for each in case.damage:
        try:
            seen = damage_points(loaded, each)
        except InputError as error:
            faults += error.faults
            continue
        for kind, points in seen:
            reason = (
                f"{kind.value}: {kind.width_left:.0%} of the width left within {kind.within_m:g} m"
            )
            found.append(
                Danger(
                    f"case.toml: damage, {each.name}", each.name, "damage", "narrowed", points,
                    kind.within_m, kind.width_left, None, reason, each.source, each.as_of,
                )
            )  # fmt: skip
    if faults:
        raise InputError(faults)
    return found


def _front(loaded: LoadedCase, front: FrontLine, faults: list[Fault]) -> list[Danger]:
    where = f"case.toml: front_lines, {front.name}"
    shapes = _shapes(loaded, front, where, faults)
    near = Danger(
        where, front.name, "front line", "not cleared", shapes, front.not_cleared_m,
        source=front.source, as_of=front.as_of,
    )  # fmt: skip
    if not front.setback_m:
        return [near]
    return [replace(near, effect="closed", within_m=front.setback_m), near]


def cleared_ground(loaded: LoadedCase) -> list[Ground]:
    """List what a case says was cleared.

    Raises
    ------
    InputError
        If a shape cannot be read or is not valid; all faults together.

    """
    found: list[Ground] = []
    faults: list[Fault] = []
    for i, each in enumerate(loaded.case.cleared, start=1):
        where = f"case.toml: cleared, {i}"
        empty: NDArray[np.object_] = np.empty(0, object)
        shapes = empty if each.streets else _shapes(loaded, each, where, faults)
        within = 0.0 if each.area else each.within_m
        found.append(Ground(where, each.by, each.on, each.source, shapes, within, each.streets))
    if faults:
        raise InputError(faults)
    return found


def _circle(hazard: CaseHazard) -> Point | None:
    return None if hazard.lat is None or hazard.lon is None else (hazard.lat, hazard.lon)


def _shapes(
    loaded: LoadedCase, drawn: CaseHazard | FrontLine | Cleared, where: str, faults: list[Fault],
    *, around: Point | None = None,
) -> NDArray[np.object_]:  # fmt: skip
    """Give the shapes of one entry of the case, in degrees; its faults are added."""
    import shapely  # noqa: PLC0415 - only where something is drawn

    if drawn.file is not None:
        try:
            path = loaded.path(drawn.file)
            return read_features(path, kinds=_ANY_SHAPE, crs=drawn.crs, layer=drawn.layer).shapes
        except InputError as error:
            faults += error.faults
            return np.empty(0, object)
    shape: shapely.Geometry
    if around is not None:
        shape = shapely.Point(around[1], around[0])
    elif drawn.line:
        shape = shapely.LineString(_lon_lat(drawn.line))
    else:
        shape = shapely.Polygon(_lon_lat(drawn.area))
        if not shape.is_valid:
            reason = shapely.is_valid_reason(shape)
            faults.append(
                Fault(where, f"its area is no valid polygon ({reason})",
                      "List its corners in order, once around.")
            )  # fmt: skip
    return np.array([shape], object)


def _lon_lat(points: Points) -> list[tuple[float, float]]:
    return [(lon, lat) for lat, lon in points]
