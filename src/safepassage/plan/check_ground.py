"""Replay a plan against the ground: nobody in a closed area, or where nothing was cleared.

It measures from the shapes that the case drew, at points along each street that is used,
and asks nobody which streets a hazard was found to take.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from unicodedata import normalize

import numpy as np

from safepassage.base.errors import Defect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from safepassage.city import City
    from safepassage.city.model import Clearing, Hazard, StreetMap
    from safepassage.plan.hours import Hours
    from safepassage.plan.movement import Moving
    from safepassage.plan.walkways import Walkways

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

__all__ = ["check_ground"]

_EVERY_M = 5.0
_EPS_MIN = 1e-6
_DEGREE_M = 111_195.0
"""A degree of a great circle on a sphere of the earth's mean radius."""
_SLACK = 0.99
"""Two ways of making metres of degrees differ by less than this over a city."""
_SLACK_M = 1.0


def check_ground(movements: Sequence[Moving], ways: Walkways, city: City, hours: Hours) -> None:
    """Check that no movement enters a hazard that holds while it is there.

    Raises
    ------
    Defect
        Naming the first such movement.

    """
    hazards = [each for each in city.hazards if each.effect != "narrowed" and not each.overridden]
    if not hazards or not movements:
        return
    street, enter, off = _passages(movements, ways)
    used = np.unique(street)
    owner, lat, lon = _points(city.streets, used)
    for hazard in hazards:
        inside = _within(hazard.shapes, hazard.within_m * _SLACK - _SLACK_M, lat, lon)
        if hazard.effect == "not cleared":
            inside &= ~_cleared(hazard, city, used[owner], lat, lon)
        wrong = np.isin(street, used[owner[inside]]) & _holds(hazard, hours, enter, off)
        if wrong.any():
            raise Defect(
                f"The plan failed its check. Somebody is on street {street[wrong][0]}, which "
                f"{hazard.name} closes."
            )


def _passages(
    movements: Sequence[Moving], ways: Walkways
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Give each use of a street: which, when the first enter it, when the last are off it."""
    arc = np.array([arc for each in movements for arc in each.arcs], np.int64)
    enter = np.array([minute for each in movements for minute in each.enter], np.float64)
    off = np.array(
        [
            minute + each.lasting
            for each in movements
            if each.arcs
            for minute in (*each.enter[1:], each.arrive)
        ],
        np.float64,
    )
    street = ways.street[arc]
    return street[street >= 0], enter[street >= 0], off[street >= 0]


def _holds(hazard: Hazard, hours: Hours, enter: Floats, off: Floats) -> Flags:
    """Tell which uses of streets fall into a hazard's hours."""
    if hazard.hours is None:
        return np.ones(len(enter), np.bool_)
    minute = timedelta(minutes=1)
    start = (hazard.hours.start - hours.usable.start) / minute
    end = (hazard.hours.end - hours.usable.start) / minute
    return np.asarray((enter < end - _EPS_MIN) & (off > start + _EPS_MIN))


def _points(
    streets: StreetMap, used: NDArray[np.int64]
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Give points every few metres along streets: position in ``used``, degrees."""
    owner: list[int] = []
    lat: list[float] = []
    lon: list[float] = []
    for i, street in enumerate(used.tolist()):
        corners = range(int(streets.shape_start[street]), int(streets.shape_start[street + 1]))
        for a in corners[:-1]:
            north = float(streets.shape_lat[a + 1] - streets.shape_lat[a])
            east = float(streets.shape_lon[a + 1] - streets.shape_lon[a])
            pieces = int(max(abs(north), abs(east)) * _DEGREE_M / _EVERY_M) + 1
            along = np.arange(pieces + 1) / pieces
            owner += [i] * (pieces + 1)
            lat += (streets.shape_lat[a] + north * along).tolist()
            lon += (streets.shape_lon[a] + east * along).tolist()
    return np.array(owner, np.int64), np.array(lat), np.array(lon)


def _within(shapes: NDArray[np.object_], metres: float, lat: Floats, lon: Floats) -> Flags:
    """Tell which points lie within some metres of any shape, measured about each shape."""
    import shapely  # noqa: PLC0415 - only where something is drawn

    found = np.zeros(len(lat), np.bool_)
    for shape in shapes:
        west, south, east, north = shape.bounds
        shrink = np.cos(np.radians((south + north) / 2))
        scale = np.array([shrink, 1.0]) * _DEGREE_M
        reach = max(metres, 0) / _DEGREE_M
        near = (lat >= south - reach) & (lat <= north + reach)
        near &= (lon >= west - reach / shrink) & (lon <= east + reach / shrink) & ~found
        flat = shapely.transform(shape, lambda xy, scale=scale: xy * scale)
        if metres < 0 and "Polygon" in flat.geom_type:
            flat = shapely.buffer(flat, metres)
        if metres < 0 and "Polygon" not in flat.geom_type:
            continue  # points beside a line that only the line itself touches
        at = shapely.points(lon[near] * scale[0], lat[near] * scale[1])
        found[near] = shapely.distance(flat, at) <= max(metres, 0)
    return found


def _cleared(
    hazard: Hazard, city: City, street: NDArray[np.int64], lat: Floats, lon: Floats
) -> Flags:
    """Tell which points a clearing of the hazard's day or later speaks of."""
    found = np.zeros(len(lat), np.bool_)
    for each in city.cleared:
        if hazard.as_of and each.on < hazard.as_of:
            continue
        found |= _within(each.shapes, each.within_m / _SLACK + _SLACK_M, lat, lon)
        found |= _bears(each, city.streets)[street]
    return found


def _bears(clearing: Clearing, streets: StreetMap) -> Flags:
    wanted = {_plain(name) for name in clearing.names}
    called = [i for i, name in enumerate(streets.street_names) if _plain(name) in wanted]
    return np.isin(streets.name, called)


def _plain(name: str) -> str:
    return " ".join(normalize("NFKC", name).casefold().split())
