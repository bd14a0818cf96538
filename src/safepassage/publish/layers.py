"""Lay a plan out as layers that maps open: zones, crossings, the routes that zones are told.

What a level may see is decided before, by ``redaction``: a plan without waves has no routes here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from safepassage.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

__all__ = ["NOT_ENDORSED", "Layer", "Shape", "as_of", "layers_of", "notes_of"]

Shape = Literal["Point", "LineString", "Polygon"]

NOT_ENDORSED = (
    "Names, lines and positions on this map imply no endorsement, and no view on who owns or "
    "controls anything."
)


@dataclass(frozen=True, slots=True)
class Layer:
    """Hold one layer.

    ``rows`` are a shape in degrees, longitude first, and its columns; ``columns`` says what
    each column means. ``name`` is also its table's and its file's.
    """

    name: str
    title: str
    shape: Shape
    columns: Mapping[str, str]
    rows: tuple[tuple[BaseGeometry, Mapping[str, Any]], ...]


def as_of(plan: Mapping[str, Any]) -> str:
    """Tell how old what a plan rests on is: the day of its latest announcement, or nothing."""
    days = [each["announced_on"] for each in plan.get("declarations", ()) if each["announced_on"]]
    return max(days, default="")


def notes_of(plan: Mapping[str, Any]) -> tuple[str, ...]:
    """Say what must stand on every map of a plan."""
    day = as_of(plan)
    notes = [f"As announced by {day}."] if day else []
    if any(each.get("assumed") for each in plan.get("corridors", ())):
        notes.append("Positions of crossings are assumptions: everything here is conditional.")
    elif plan.get("conditional"):
        notes.append("Some of what this rests on is an assumption: everything is conditional.")
    notes.append(NOT_ENDORSED)
    notes.append("A plan is neither permission nor protection. Leaving is a choice.")
    notes += plan.get("attribution", ())
    return tuple(notes)


def layers_of(plan: Mapping[str, Any], map_: Mapping[str, Any]) -> tuple[Layer, ...]:
    """Lay out a plan.

    Parameters
    ----------
    plan
        A plan's document, redacted for whoever gets the map.
    map_
        The streets and shapes of zones that belong to it.

    Raises
    ------
    InputError
        If a zone's border crosses itself.

    """
    layers = [_crossings(plan), *_zones(plan, map_), *_routes(plan, map_)]
    return tuple(layer for layer in layers if layer.rows)


_CROSSING_COLUMNS = {
    "id": "identifier of the corridor", "name": "name", "name_ar": "name in Arabic",
    "users": "civilian, or armed: for armed groups", "destination": "where it leads",
    "controlled_near": "who controls the near side", "controlled_far": "who controls the far side",
    "assumed": "yes where the position is an assumption",
    "accuracy_m": "how far off the position may be [m]", "source": "who names the corridor",
}  # fmt: skip


def _crossings(plan: Mapping[str, Any]) -> Layer:
    import shapely  # noqa: PLC0415 - heavy

    rows = tuple(
        (
            shapely.Point(each["lon"], each["lat"]),
            {
                **{key: each.get(key) or "" for key in _CROSSING_COLUMNS},
                "assumed": "yes" if each.get("assumed") else "no",
                "accuracy_m": each.get("position_accuracy_m"),
            },
        )
        for each in plan["corridors"]
        if each.get("lat") is not None
    )
    return Layer("crossings", "Crossings", "Point", _CROSSING_COLUMNS, rows)


_ZONE_COLUMNS = {
    "id": "identifier of the zone", "name": "name", "name_ar": "name in Arabic",
    "people_low": "people inside, no fewer than", "people_best": "people inside, best figure",
    "people_high": "people inside, no more than",
    "corridor": "corridor that the schedule proposes", "out_schedule": "people out by the schedule",
}  # fmt: skip


def _zones(plan: Mapping[str, Any], map_: Mapping[str, Any]) -> Iterator[Layer]:
    import shapely  # noqa: PLC0415

    shapes = {each["id"]: each["geometry"] for each in map_.get("zone_areas", ())}
    kept = plan.get("zones", ())
    columns = {key: told for key, told in _ZONE_COLUMNS.items() if _given(kept, key)}
    middles, areas = [], []
    for zone in kept:
        row = {key: _cell(zone, key) for key in columns}
        middles.append((shapely.Point(zone["lon"], zone["lat"]), row))
        if zone["id"] in shapes:
            areas += [(part, row) for part in _plain(zone["name"], shapes[zone["id"]])]
    yield Layer("zones", "Neighbourhoods", "Point", columns, tuple(middles))
    yield Layer("zone_areas", "Neighbourhoods, borders", "Polygon", columns, tuple(areas))


def _given(zones: Sequence[Mapping[str, Any]], key: str) -> bool:
    name = "people" if key.startswith("people_") else key
    return any(name in zone for zone in zones)


def _cell(zone: Mapping[str, Any], key: str) -> Any:
    if key.startswith("people_"):
        return (zone.get("people") or {}).get(key.removeprefix("people_"))
    value = zone.get(key)
    return "" if value is None and key != "out_schedule" else value


def _plain(name: str, geometry: Mapping[str, Any]) -> list[Any]:
    import shapely  # noqa: PLC0415
    from shapely.validation import explain_validity  # noqa: PLC0415

    shape = shapely.from_geojson(json.dumps(geometry))
    if not shape.is_valid:
        raise InputError.one(
            f"zone {name}", f"has a border that is no plain polygon ({explain_validity(shape)})",
            "Draw it so that it does not cross itself.",
        )  # fmt: skip
    return [shapely.orient_polygons(part) for part in shapely.get_parts(shape)]


_ROUTE_COLUMNS = {
    "zone": "identifier of the zone", "zone_name": "its name", "group": "group that it is for",
    "corridor": "corridor that it leads to", "people": "people told to take it",
    "first": "first departure, local", "last": "end of the last departure slot, local",
    "walk_min": "time on it [min]",
}  # fmt: skip


def _routes(plan: Mapping[str, Any], map_: Mapping[str, Any]) -> Iterator[Layer]:
    import shapely  # noqa: PLC0415

    told: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for wave in (plan.get("schedule") or {}).get("waves", ()):
        if wave.get("streets"):
            key = (wave["zone"], wave["group"], wave["corridor"], *wave["streets"])
            told.setdefault(key, []).append(wave)
    if not told:
        return
    lines = _lines(map_)
    rows = []
    for waves in told.values():
        one = waves[0]
        way = [point for street, tail in _steps(one, map_) for point in _led(lines[street], tail)]
        row = {
            **{key: one[key] for key in ("zone", "zone_name", "group", "corridor", "walk_min")},
            "people": sum(each["people"] for each in waves),
            "first": min(each["from"] for each in waves),
            "last": max(each["until"] for each in waves),
        }
        rows.append((shapely.remove_repeated_points(shapely.LineString(way)), row))
    yield Layer("routes", "Routes that are proposed", "LineString", _ROUTE_COLUMNS, tuple(rows))


def _lines(map_: Mapping[str, Any]) -> dict[int, list[list[float]]]:
    """Give each street's line, in the direction in which it is drawn."""
    return {
        index: street["line"]
        for street in map_["streets"]
        for index in (street["i"], *street["also"])
    }


def _steps(wave: Mapping[str, Any], map_: Mapping[str, Any]) -> Iterator[tuple[int, list[float]]]:
    """Give each street of a route with the junction that it is entered at."""
    nodes = map_["nodes"]
    for street, node in zip(wave["streets"], wave["nodes"], strict=False):
        yield street, nodes[node]


def _led(line: list[list[float]], start: list[float]) -> list[list[float]]:
    """Turn a street's line so that it begins where it is entered."""
    ahead, behind = (sum((a - b) ** 2 for a, b in zip(end, start, strict=True))
                     for end in (line[0], line[-1]))  # fmt: skip
    return line if ahead <= behind else line[::-1]
