"""Read a city back from a GeoPackage that was written here and perhaps changed since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import ValidationError

from safepassage.base.errors import Fault, InputError
from safepassage.base.geo import distance_m
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.base.window import Window
from safepassage.case.bounds import people_fault
from safepassage.city.dangers import Danger, Ground
from safepassage.city.geopackage_tables import Table, read_about, read_layers
from safepassage.city.model import StreetMap
from safepassage.city.zone_areas import with_areas
from safepassage.city.zones import ZoneRow

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from safepassage.city.doors import Door

__all__ = ["GivenCity", "GivenCrossing", "read_geopackage"]

_FAR_FROM_JUNCTION_M = 5.0
"""A street's line may end so far from its junction: points are moved by hand."""

_SAME_LENGTH_M = 1e-3
"""A line whose length differs by more from the one recorded was drawn anew."""

_EFFECTS = ("closed", "not cleared", "narrowed")


@dataclass(frozen=True, slots=True, eq=False)
class GivenCrossing:
    """Hold where a corridor crosses, as a file has it."""

    corridor: str
    lat: float
    lon: float
    junction: int
    accuracy_m: float
    assumed: bool
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class GivenCity:
    """Hold what a file says of a city, before it is put together.

    ``doors`` are those of each zone, the main one first; a zone without any, or whose polygon
    was drawn anew, is still to get them.
    """

    name: str
    schematic: bool
    mode: str
    streets: StreetMap
    rows: tuple[ZoneRow, ...]
    doors: tuple[tuple[Door, ...], ...]
    people: LowBestHigh
    crossings: tuple[GivenCrossing, ...]
    dangers: tuple[Danger, ...]
    ground: tuple[Ground, ...]
    attribution: tuple[str, ...]
    assumptions: tuple[tuple[str, str], ...]


def read_geopackage(path: Path) -> GivenCity:
    """Read a city's layers.

    Raises
    ------
    InputError
        If it is no such file, lacks a layer or a column, has another reference system, or
        rows that cannot be meant; all of these together, each with its layer and row.

    """
    about = read_about(path)
    layers = read_layers(path)
    faults: list[Fault] = []
    junctions, streets = layers["junctions"], layers["streets"]
    faults += junctions.twice("junction") + streets.twice("street", missing=-1)
    faults += layers["zones"].twice("id", missing="") + layers["crossings"].twice("corridor")
    number = {int(n): i for i, n in enumerate(junctions["junction"].tolist())}
    drawn = _streets(layers, number, about["left_out"], faults)
    rows = _zones(layers["zones"], faults)
    rows, redrawn = with_areas(layers["zone_areas"], rows, faults)
    doors = _doors(layers["doors"], rows, number, faults)
    doors = tuple(() if i in redrawn else some for i, some in enumerate(doors))
    crossings = _crossings(layers["crossings"], number, faults)
    dangers = _dangers(layers["hazards"], faults)
    ground = _ground(layers["cleared"], faults)
    if not rows and not faults:
        faults.append(Fault(f"{path}, layer zones", "has no rows", "Draw at least one zone."))
    if faults or drawn is None:
        raise InputError(faults)
    return GivenCity(
        name=about["name"], schematic=about["schematic"], mode=about["mode"], streets=drawn,
        rows=rows, doors=doors, people=_people(rows, about), crossings=crossings,
        dangers=dangers, ground=ground, attribution=tuple(about["attribution"]),
        assumptions=tuple(
            dict.fromkeys([*((t, s) for t, s in about["assumptions"]), *_damage_told(dangers)])
        ),
    )  # fmt: skip


def _streets(
    layers: dict[str, Table], number: dict[int, int], left_out: dict[str, int], faults: list[Fault]
) -> StreetMap | None:
    """Lay out streets in the order of their numbers, the way back where one is given."""
    import shapely  # noqa: PLC0415

    table, at = layers["streets"], layers["junctions"]
    before = len(faults)
    ends = {end: table.found(end, number, "junction", faults) for end in ("tail", "head")}
    faults += [
        fault
        for key, least in (("width_m", 0.0), ("length_m", 0.0), ("lanes", 0.0), ("lanes_back", 0.0),
                           ("speed_kmh", 0.0), ("walk_factor", 1e-6), ("flow_factor", 0.0),
                           ("vehicles_per_h", 0.0))
        for fault in table.below(key, least)
    ]  # fmt: skip
    if not len(table) and len(faults) == before:
        faults.append(Fault(table.where, "has no rows", "A city needs a street at least."))
    if len(faults) > before:
        return None
    lat, lon = shapely.get_y(at.shapes), shapely.get_x(at.shapes)
    faults += _ends_apart(table, ends, lat, lon)
    if len(faults) > before:
        return None
    last = np.iinfo(np.int64).max  # streets drawn by hand have no number
    new = table["street"] < 0
    own = np.where(new, last, table["street"])
    way_back = np.where(new & ~table["oneway"], last, table["street_back"])
    both = way_back >= 0
    row = np.concatenate([np.arange(len(table)), np.flatnonzero(both)])
    back = np.repeat([False, True], [len(table), int(both.sum())])
    order = np.argsort(np.concatenate([own, way_back[both]]), kind="stable")
    return _street_map(table, row[order], back[order], ends, at, left_out)


def _street_map(
    table: Table, row: NDArray[np.int64], back: NDArray[np.bool_],
    ends: dict[str, NDArray[np.int64]], at: Table, left_out: dict[str, int],
) -> StreetMap:  # fmt: skip
    import shapely  # noqa: PLC0415

    lines = table.shapes.copy()[row]
    lines[back] = shapely.reverse(lines[back])
    points = shapely.get_coordinates(lines)
    start = np.concatenate([[0], np.cumsum(shapely.get_num_coordinates(lines))])
    drawn = _measured(points, start)
    stated = table["drawn_m"][row]
    anew = (np.abs(drawn - stated) > _SAME_LENGTH_M) & (stated > 0)
    told = np.where(table["length_m"][row] > 0, table["length_m"][row], drawn)
    length = np.where(anew, told * drawn / np.maximum(stated, _SAME_LENGTH_M), told)
    highway, highways = _indexed(table["highway"][row])
    name, names = _indexed(table["name"][row], blank=True)
    access, tags = _indexed(table["access"][row], blank=True)

    def of(key: str) -> NDArray[Any]:
        return np.where(back, table[f"{key}_back"][row], table[key][row])

    same = {
        key: table[key][row]
        for key in ("width_m", "way_id", "bridge", "tunnel", "oneway", "width_tagged", "layer",
                    "walk_factor", "flow_factor")
    }  # fmt: skip
    return StreetMap(
        lat=shapely.get_y(at.shapes), lon=shapely.get_x(at.shapes), node_id=at["osm_id"],
        tail=np.where(back, ends["head"][row], ends["tail"][row]),
        head=np.where(back, ends["tail"][row], ends["head"][row]),
        length_m=length, lanes=of("lanes"), speed_kmh=of("speed_kmh"),
        vehicles_per_h=of("vehicles_per_h"), highway=highway, highway_names=highways,
        name=name, street_names=names, access=access, access_tags=tags,
        shape_start=start.astype(np.int64), shape_lat=points[:, 1].copy(),
        shape_lon=points[:, 0].copy(), left_out=left_out, **same,
    )  # fmt: skip


def _measured(points: NDArray[np.float64], start: NDArray[np.int64]) -> NDArray[np.float64]:
    """Measure lines laid out one after the other [m]."""
    pieces = distance_m(points[:-1, 1], points[:-1, 0], points[1:, 1], points[1:, 0])
    pieces[start[1:-1] - 1] = 0  # from one line to the next
    return np.diff(np.concatenate([[0], np.cumsum(pieces)])[np.minimum(start, len(pieces))])


def _indexed(
    values: NDArray[Any], *, blank: bool = False
) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Turn texts into indices into a list of names; -1 for an empty text where it is none."""
    names = dict.fromkeys(v for v in values.tolist() if v or not blank)
    index = {name: i for i, name in enumerate(names)}
    return np.array([index.get(v, -1) for v in values.tolist()], np.int64), tuple(names)


def _ends_apart(
    table: Table, ends: dict[str, NDArray[np.int64]], lat: NDArray[np.float64],
    lon: NDArray[np.float64],
) -> list[Fault]:  # fmt: skip
    """Tell of streets whose line does not end at their junctions."""
    import shapely  # noqa: PLC0415

    faults = []
    for end, place, word in (("tail", 0, "begins"), ("head", -1, "ends")):
        point = shapely.get_point(table.shapes, place)
        node = ends[end]
        away = distance_m(shapely.get_y(point), shapely.get_x(point), lat[node], lon[node])
        faults += [
            Fault(table.row(i), f"{word} {away[i]:,.0f} m from its junction "
                  f"{int(table[end][i])} ({end})",
                  "Draw it from junction to junction, or name the junction that is meant.")
            for i in np.flatnonzero(away > _FAR_FROM_JUNCTION_M).tolist()
        ]  # fmt: skip
    return faults


def _zones(table: Table, faults: list[Fault]) -> tuple[ZoneRow, ...]:
    import shapely  # noqa: PLC0415

    rows = []
    lat, lon = shapely.get_y(table.shapes), shapely.get_x(table.shapes)
    for i in range(len(table)):
        ends = {e: float(table[f"people_{e}"][i]) for e in ("low", "best", "high")}
        try:
            people = LowBestHigh.model_validate(ends)
        except ValidationError as error:
            said = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
            faults.append(Fault(table.row(i), f"people: {said}", "Correct all three figures."))
            continue
        if fault := people_fault(people):
            faults.append(Fault(table.row(i), f"people {fault}", "Correct it."))
        rows.append(
            ZoneRow(
                table["id"][i] or f"zone-{i + 1}", table["name"][i] or f"Zone {i + 1}",
                table["name_ar"][i], float(lat[i]), float(lon[i]), people, table["pcode"][i],
            )
        )  # fmt: skip
    return tuple(rows)


def _doors(
    table: Table, rows: tuple[ZoneRow, ...], number: dict[int, int], faults: list[Fault]
) -> tuple[tuple[Door, ...], ...]:
    """Give each zone its doors; those of zones that are gone go with them."""
    zones = {row.id: i for i, row in enumerate(rows)}
    doors: list[list[Door]] = [[] for _ in rows]
    kept = [i for i in range(len(table)) if table["zone"][i] in zones]
    faults += table.below("metres", 0.0) + table.below("share", 0.0)
    node = table.found("junction", number, "junction", faults, rows=kept)
    for i in kept:
        doors[zones[table["zone"][i]]].append(
            (int(node[i]), float(table["metres"][i]), float(table["share"][i]))
        )
    for some in doors:
        total = sum(share for *_, share in some)
        if some and abs(total - 1) > 1e-9:
            some[:] = [(at, m, share / total if total else 1 / len(some)) for at, m, share in some]
    return tuple(tuple(some) for some in doors)


def _crossings(
    table: Table, number: dict[int, int], faults: list[Fault]
) -> tuple[GivenCrossing, ...]:
    import shapely  # noqa: PLC0415

    node = table.found("junction", number, "junction", faults)
    faults += table.below("accuracy_m", 0.0)
    lat, lon = shapely.get_y(table.shapes), shapely.get_x(table.shapes)
    return tuple(
        GivenCrossing(
            table["corridor"][i],
            float(lat[i]),
            float(lon[i]),
            int(node[i]),
            float(table["accuracy_m"][i]),
            bool(table["assumed"][i]),
            table["source"][i],
        )
        for i in range(len(table))
    )


def _grouped(table: Table, key: str) -> list[list[int]]:
    """Group rows by their number; a row without one stands alone."""
    groups: dict[tuple[int, int], list[int]] = {}
    for i, n in enumerate(table[key].tolist()):
        groups.setdefault((0, n) if n >= 0 else (1, i), []).append(i)
    return [groups[each] for each in sorted(groups)]


def _dangers(table: Table, faults: list[Fault]) -> tuple[Danger, ...]:
    found = []
    faults += table.below("within_m", 0.0) + table.below("width_left", 0.0)
    for rows in _grouped(table, "hazard"):
        i = rows[0]
        effect = table["effect"][i]
        if effect not in _EFFECTS:
            faults.append(
                Fault(
                    table.row(i),
                    f"its effect is {effect!r}",
                    f"Give one of: {', '.join(_EFFECTS)}.",
                )
            )
            continue
        hours = _hours(table, i, faults)
        day = _parsed(table, i, "as_of", date.fromisoformat, faults)
        left = float(table["width_left"][i]) if effect == "narrowed" else 0.0
        found.append(
            Danger(
                table.row(i), table["name"][i], table["kind"][i] or "closed", effect,
                table.shapes[rows], float(table["within_m"][i]), left, hours,
                table["reason"][i], table["source"][i], day,
            )
        )  # fmt: skip
    return tuple(found)


def _parsed(table: Table, i: int, key: str, read: Any, faults: list[Fault]) -> Any:
    """Read a date or a time, None where there is none."""
    text = table[key][i]
    if not text:
        return None
    try:
        return read(text)
    except ValueError:
        faults.append(
            Fault(table.row(i), f"{key} is no date or time ({text!r})",
                  "Write it like 2026-06-01, or 2026-06-01T09:00.")
        )  # fmt: skip
        return None


def _hours(table: Table, i: int, faults: list[Fault]) -> Window | None:
    start, until = (
        _parsed(table, i, key, datetime.fromisoformat, faults) for key in ("start", "until")
    )
    if bool(table["start"][i]) != bool(table["until"][i]):
        faults.append(Fault(table.row(i), "gives one of start and until", "Give both or neither."))
    if start is None or until is None:
        return None
    if start.tzinfo or until.tzinfo or until <= start:
        faults.append(
            Fault(table.row(i), "its hours do not run forwards on the local clock",
                  "Give start and until without an offset, start first.")
        )  # fmt: skip
        return None
    return Window(start, until)


def _ground(table: Table, faults: list[Fault]) -> tuple[Ground, ...]:
    import shapely  # noqa: PLC0415

    found = []
    faults += table.below("within_m", 0.0)
    for rows in _grouped(table, "clearing"):
        i = rows[0]
        day = _parsed(table, i, "on_day", date.fromisoformat, faults)
        missing = [key for key in ("by", "on_day", "source") if not table[key][i]]
        if missing:
            faults.append(
                Fault(table.row(i), f"does not say {', '.join(missing)}",
                      "Nothing counts as cleared without who, when and who says so.")
            )  # fmt: skip
            continue
        names = _names(table, i, faults)
        shapes = table.shapes[rows]
        shapes = shapes[~shapely.is_missing(shapes)]
        if day is not None:
            found.append(
                Ground(
                    table.row(i), table["by"][i], day, table["source"][i], shapes,
                    float(table["within_m"][i]), names,
                )
            )  # fmt: skip
    return tuple(found)


def _names(table: Table, i: int, faults: list[Fault]) -> tuple[str, ...]:
    """Read names of streets: a JSON list as written here, or one name as typed by hand."""
    text = table["streets"][i]
    if not text.startswith("["):
        return (text,) if text else ()
    try:
        return tuple(str(name) for name in json.loads(text))
    except ValueError:
        faults.append(Fault(table.row(i), f"streets is no list ({text!r})",
                            'Write it like ["First Street", "Second Street"].'))  # fmt: skip
        return ()


def _people(rows: tuple[ZoneRow, ...], about: dict[str, Any]) -> LowBestHigh:
    """Give the people of all zones: the figure recorded, unless zones were changed since."""
    sums = [sum(getattr(row.people, end) for row in rows) for end in ("low", "best", "high")]
    recorded = LowBestHigh.model_validate(about["people"])
    if np.allclose(sums, about["people_of_zones"], rtol=0, atol=0.5):
        return recorded
    source = f"{recorded.source}; changed since, zone by zone" if recorded.source else ""
    return LowBestHigh(low=sums[0], best=sums[1], high=sums[2], source=source)


def _damage_told(dangers: tuple[Danger, ...]) -> list[tuple[str, str]]:
    return [
        (f"{each.name}: {each.reason}", each.source)
        for each in dangers
        if each.effect == "narrowed" and each.reason
    ]
