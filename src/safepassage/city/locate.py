"""Find where corridors cross and shuttles stop: by name on the map, or by the way they take."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from safepassage.base.errors import Fault, InputError
from safepassage.base.progress import Progress, silent
from safepassage.case.model import Corridor, Position, Shuttle

if TYPE_CHECKING:
    from safepassage.case import LoadedCase
    from safepassage.case.bounds import Points
    from safepassage.case.model import LookUp
    from safepassage.city.names import Named

__all__ = ["located_case"]

_Placed = TypeVar("_Placed", Corridor, Shuttle)


def located_case(loaded: LoadedCase, *, progress: Progress = silent) -> LoadedCase:
    """Give every corridor that names a place, or draws its way, a position.

    Raises
    ------
    InputError
        If a name is not on the map or not clear, with what is like it, or a way cannot be
        read; all together.

    """
    case = loaded.case
    faults: list[Fault] = []
    corridors = []
    names: tuple[Named, ...] | None = None
    given: dict[str, Position] | None = None
    if case.city.geopackage is not None:
        from safepassage.city.given import given_positions  # noqa: PLC0415 - GDAL

        given = given_positions(loaded)
    for corridor in case.corridors:
        found = corridor
        try:
            if corridor.way_file is not None and not corridor.way:
                found = corridor.model_copy(update={"way": _line(loaded, corridor)})
            if given is not None:  # a crossing that was taken out of the file is not located
                there = {"position": given.get(corridor.id), "look_up": None}
                found = found.model_copy(update=there)
            elif found.position is None and found.look_up is not None:
                names = names if names is not None else _names(loaded, progress)
                found = _at_name(found, found.look_up, names)
            elif found.position is None and found.way:
                found = found.model_copy(update={"position": _end_of_way(loaded, found)})
        except InputError as error:
            faults += error.faults
        corridors.append(found)
    shuttles, more = _stops(loaded, names, progress)
    faults += more
    if faults:
        raise InputError(faults)
    changed = {"corridors": tuple(corridors), "shuttles": tuple(shuttles)}
    if all(
        new is old
        for key, given_ones in changed.items()
        for new, old in zip(given_ones, getattr(case, key), strict=True)
    ):
        return loaded
    return replace(loaded, case=case.model_copy(update=changed))


def _names(loaded: LoadedCase, progress: Progress) -> tuple[Named, ...]:
    from safepassage.city.names import read_names, street_names  # noqa: PLC0415
    from safepassage.city.streets import is_osm, read_streets, streets_file  # noqa: PLC0415

    path = streets_file(loaded, progress=progress)
    if path is None:
        raise InputError.one(
            "case.toml: corridors", "look up names, and the case has no street map",
            "Give positions, or a map as city.streets.",
        )  # fmt: skip
    if is_osm(path):
        return read_names(path, progress=progress)
    return street_names(read_streets(loaded, progress=progress))


def _stops(
    loaded: LoadedCase, names: tuple[Named, ...] | None, progress: Progress
) -> tuple[list[Shuttle], list[Fault]]:
    """Give every shuttle whose stop names a place a position."""
    shuttles: list[Shuttle] = []
    faults: list[Fault] = []
    for shuttle in loaded.case.shuttles:
        found = shuttle
        try:
            if shuttle.look_up is not None:
                names = names if names is not None else _names(loaded, progress)
                found = _at_name(shuttle, shuttle.look_up, names, "shuttles")
        except InputError as error:
            faults += error.faults
        shuttles.append(found)
    return shuttles, faults


def _at_name(
    corridor: _Placed, wanted: LookUp, names: tuple[Named, ...], table: str = "corridors"
) -> _Placed:
    from safepassage.city.names import find  # noqa: PLC0415

    where = f"case.toml: {table}, {corridor.id}, look_up"
    found = find(names, wanted.name, osm=wanted.osm, where=where)
    told = f"the map has {found.named} for {wanted.name}"
    position = Position(
        lat=found.named.lat, lon=found.named.lon,
        accuracy_m=wanted.accuracy_m or min(found.accuracy_m, 100_000.0),
        assumed=wanted.assumed, source=f"{wanted.source}; {told}" if wanted.source else told,
    )  # fmt: skip
    return corridor.model_copy(update={"position": position, "look_up": None})


def _line(loaded: LoadedCase, corridor: Corridor) -> Points:
    """Read the one line of a file as points (lat, lon)."""
    import shapely  # noqa: PLC0415

    from safepassage.city.features import read_features  # noqa: PLC0415

    path = loaded.path(corridor.way_file) if corridor.way_file else loaded.folder
    shapes = read_features(path, kinds=("LineString", "MultiLineString")).shapes
    whole = shapely.line_merge(shapely.union_all(shapes)) if len(shapes) > 1 else shapes[0]
    if whole.geom_type == "MultiLineString":
        whole = shapely.line_merge(whole)
    if whole.geom_type != "LineString":
        raise InputError.one(
            str(path), f"holds {len(shapely.get_parts(whole))} lines that do not join",
            f"Save the way of {corridor.name} as one line, from inside outwards.",
        )  # fmt: skip
    return tuple((lat, lon) for lon, lat in whole.coords)


def _end_of_way(loaded: LoadedCase, corridor: Corridor) -> Position:
    """Give where a way leaves the area, or its last point where no area is given."""
    import shapely  # noqa: PLC0415

    from safepassage.city.streets import area_of  # noqa: PLC0415

    where = f"case.toml: corridors, {corridor.id}, way"
    if len(corridor.way) < 2:
        raise InputError.one(where, "needs two points or more", "Draw it from inside outwards.")
    area = area_of(loaded)
    lat, lon = corridor.way[-1]
    said = "the last point of its way"
    if area is not None:
        inside = area.polygon if area.polygon is not None else shapely.box(*area.box)
        line = shapely.LineString([(lon, lat) for lat, lon in corridor.way])
        if not shapely.intersects(inside, shapely.Point(line.coords[0])):
            raise InputError.one(
                where, f"begins outside {area}", "Draw it from inside outwards: latitude first."
            )
        leaving = shapely.intersection(line, shapely.boundary(inside))
        if not leaving.is_empty:
            along = min(
                shapely.line_locate_point(line, shapely.Point(point))
                for point in shapely.get_coordinates(leaving)
            )
            at = shapely.line_interpolate_point(line, along)
            lat, lon = at.y, at.x
            said = f"where its way leaves {area}"
    source = f"{corridor.source}; {said}" if corridor.source else ""
    return Position(lat=lat, lon=lon, assumed=not corridor.source, source=source)
