"""Write a city as a GeoPackage: layers that QGIS opens styled, and that read back in."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.errors import InputError
from safepassage.base.files import write_together
from safepassage.base.provenance import tool_version
from safepassage.base.window import iso_minute
from safepassage.city.crossings import moved_told
from safepassage.city.drawing import areas_of
from safepassage.city.layer_styles import add_styles
from safepassage.city.layers import ABOUT, AREAS, FORMAT, LAYERS
from safepassage.city.zone_areas import areas_of_zones

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from safepassage.case import LoadedCase
    from safepassage.city.model import City, StreetMap

__all__ = ["drawn_lengths", "geopackage_bytes", "write_geopackage"]

Columns = dict[str, "NDArray[Any] | list[Any]"]

_SYNCHRONOUS = "OGR_SQLITE_SYNCHRONOUS"
_NUMPY = {"whole": np.int64, "number": np.float64, "flag": np.bool_, "text": object}


def write_geopackage(
    city: City,
    loaded: LoadedCase,
    path: Path,
    *,
    marks: Sequence[str] = (),
    ways: Sequence[str] = (),
) -> Path:
    """Write a city's layers into one file; see ``geopackage_bytes``.

    Raises
    ------
    InputError
        If it cannot be written.

    """
    try:
        content = geopackage_bytes(city, loaded, marks=marks, ways=ways)
    except (OSError, RuntimeError, sqlite3.Error) as error:  # GDAL's errors are RuntimeErrors
        reason = " ".join(str(error).split())[:200]
        raise InputError.one(
            str(path), f"cannot be made in {tempfile.gettempdir()} ({reason})",
            "Free some space there, or name another folder with TMPDIR.",
        ) from error  # fmt: skip
    (written,) = write_together(path.parent, {path.name: content})
    return written


def geopackage_bytes(
    city: City, loaded: LoadedCase, *, marks: Sequence[str] = (), ways: Sequence[str] = ()
) -> bytes:
    """Give a city as a GeoPackage.

    Parameters
    ----------
    city
        The city.
    loaded
        Its case, corridors located: names and sources of crossings are its.
    marks
        What is the matter with each street, for the style, (streets,).
    ways
        Whether each zone has a way out, for the style, (zones,).

    """
    import shapely  # noqa: PLC0415 - only where layers are written

    streets, zones = city.streets, city.zones
    at = shapely.points(streets.lon, streets.lat)
    middle = shapely.points(zones.lon, zones.lat)
    doors = shapely.linestrings(
        np.stack([shapely.get_coordinates(middle)[zones.door_zone],
                  shapely.get_coordinates(at)[zones.door_node]], axis=1)
    )  # fmt: skip
    layers: dict[str, tuple[NDArray[np.object_], Columns]] = {
        "streets": _streets(streets, marks),
        "junctions": (at, {"junction": np.arange(streets.n_nodes), "osm_id": streets.node_id}),
        "zones": (
            middle,
            {
                "id": list(zones.ids), "name": list(zones.names),
                "name_ar": list(zones.names_ar), "pcode": list(zones.pcodes),
                "people_low": zones.low, "people_best": zones.best, "people_high": zones.high,
                "way": list(ways) or [""] * len(zones),
            },
        ),
        "zone_areas": areas_of_zones(zones),
        "doors": (
            doors,
            {
                "zone": [zones.ids[i] for i in zones.door_zone.tolist()],
                "junction": zones.door_node, "metres": zones.door_m, "share": zones.door_share,
            },
        ),
        "crossings": _crossings(city, loaded),
        "hazards": _hazards(city),
        "cleared": _cleared(city),
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, _in_haste():
        path = Path(folder) / "city.gpkg"
        for name, (shapes, columns) in layers.items():
            _write(path, name, shapes, columns)
        _write_areas(path, city)
        _write_about(path, city, moved_told(loaded.case.corridors, city.crossings))
        add_styles(path)
        return path.read_bytes()


@contextmanager
def _in_haste() -> Iterator[None]:
    """Let GDAL not wait for the disk: the file is put in its place whole, later."""
    import pyogrio  # noqa: PLC0415

    before = pyogrio.get_gdal_config_option(_SYNCHRONOUS)
    pyogrio.set_gdal_config_options({_SYNCHRONOUS: "OFF"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({_SYNCHRONOUS: before})


def _write(path: Path, name: str, shapes: NDArray[np.object_], columns: Columns) -> None:
    import pyogrio  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    layer = LAYERS[name]
    kinds = {key: layer.columns.get(key, "text") for key in columns}
    data: list[Any] = [
        np.array(values, dtype=_NUMPY[kinds[key]]) for key, values in columns.items()
    ]
    pyogrio.raw.write(
        path, np.asarray(shapely.to_wkb(shapes), object), data, list(columns), layer=name,
        driver="GPKG", geometry_type=layer.shape, crs="EPSG:4326",
        dataset_options={"VERSION": "1.2"},  # what QGIS 3 has read from the beginning
    )  # fmt: skip


def _write_areas(path: Path, city: City) -> None:
    import pyogrio  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    areas = areas_of(city)
    shapes = [shapely.from_geojson(json.dumps(area["geometry"])) for area in areas]
    data: list[Any] = [
        np.array([area[key] for area in areas], object) for key in ("name", "effect")
    ]
    pyogrio.raw.write(
        path, np.asarray(shapely.to_wkb(np.array([*shapes, None], object)[:-1]), object), data,
        ["name", "effect"], layer=AREAS, driver="GPKG", geometry_type="MultiPolygon",
        crs="EPSG:4326",
    )  # fmt: skip


def _write_about(path: Path, city: City, moved: list[str]) -> None:
    import pyogrio  # noqa: PLC0415

    zones = city.zones
    values = {
        "format": FORMAT, "made_by": f"safepassage {tool_version()}", "name": city.name,
        "schematic": city.schematic, "mode": city.mode,
        "attribution": list(city.attribution),
        # how far crossings were moved is told anew whenever the file is read
        "assumptions": [each for each in city.assumptions if each[0] not in moved],
        "people": city.people.model_dump(),
        "people_of_zones": [float(each.sum()) for each in (zones.low, zones.best, zones.high)],
        "left_out": city.streets.left_out,
    }  # fmt: skip
    texts = [json.dumps(value, ensure_ascii=False) for value in values.values()]
    pyogrio.raw.write(
        path, None, [np.array(list(values), object), np.array(texts, object)], ["key", "value"],
        layer=ABOUT, driver="GPKG", geometry_type=None, crs=None,
    )  # fmt: skip


def _streets(streets: StreetMap, marks: Sequence[str]) -> tuple[NDArray[np.object_], Columns]:
    """Give each street once, with what differs in the way back."""
    lines, back = _lines(streets), _ways_back(streets)
    chosen = np.flatnonzero(back != -2)
    rear = np.where(back[chosen] >= 0, back[chosen], chosen)
    there = back[chosen] >= 0
    names = ("", *streets.street_names)
    tags = ("", *streets.access_tags)
    columns: Columns = {
        "street": chosen, "street_back": back[chosen],
        "tail": streets.tail[chosen], "head": streets.head[chosen],
        "name": [names[i + 1] for i in streets.name[chosen]],
        "highway": [streets.highway_names[i] for i in streets.highway[chosen]],
        **{
            f"{key}_back": np.where(there, getattr(streets, key)[rear], 0)
            for key in ("lanes", "speed_kmh", "vehicles_per_h")
        },
        "drawn_m": drawn_lengths(streets)[chosen],
        "access": [tags[i + 1] for i in streets.access[chosen]],
        "mark": [marks[i] for i in chosen.tolist()] if marks else [""] * len(chosen),
    }  # fmt: skip
    columns |= {
        key: getattr(streets, key)[chosen]
        for key in LAYERS["streets"].columns
        if key not in columns
    }
    order = [*LAYERS["streets"].columns, "mark"]
    return lines[chosen], {key: columns[key] for key in order}


def _lines(streets: StreetMap) -> NDArray[np.object_]:
    import shapely  # noqa: PLC0415

    owner = np.repeat(np.arange(streets.n_streets), np.diff(streets.shape_start))
    points = np.column_stack([streets.shape_lon, streets.shape_lat])
    return np.asarray(shapely.linestrings(points, indices=owner), object)


def drawn_lengths(streets: StreetMap) -> NDArray[np.float64]:
    """Measure each street's line as it is drawn [m]: (streets,)."""
    from safepassage.base.geo import distance_m  # noqa: PLC0415

    lat, lon = streets.shape_lat, streets.shape_lon
    pieces = distance_m(lat[:-1], lon[:-1], lat[1:], lon[1:])
    owner = np.repeat(np.arange(streets.n_streets), np.diff(streets.shape_start))
    same = owner[:-1] == owner[1:]
    found = np.bincount(owner[:-1][same], weights=pieces[same], minlength=streets.n_streets)
    return np.asarray(found, np.float64)


_ALIKE = (
    "name", "highway", "width_m", "length_m", "oneway", "bridge", "tunnel", "layer",
    "access", "width_tagged", "walk_factor", "flow_factor", "way_id",
)  # fmt: skip
"""In all these a street and its way back are the same; lanes, speed and vehicles may differ."""


def _ways_back(streets: StreetMap) -> NDArray[np.int64]:
    """Give for each street the one that is its way back, -1 where there is none.

    The way back itself has -2: it stands in the other's row.
    """
    back = np.full(streets.n_streets, -1, np.int64)
    alike = [getattr(streets, key).tolist() for key in ("tail", "head", *_ALIKE)]
    waiting: dict[tuple[Any, ...], list[int]] = {}
    starts = streets.shape_start.tolist()
    points = list(zip(streets.shape_lat.tolist(), streets.shape_lon.tolist(), strict=True))
    for i, (tail, head, *same) in enumerate(zip(*alike, strict=True)):
        line = points[starts[i] : starts[i + 1]]
        partners = waiting.get((head, tail, *same, *reversed(line)))
        if partners:
            other = partners.pop()
            back[other], back[i] = i, -2
        else:
            waiting.setdefault((tail, head, *same, *line), []).append(i)
    return back


def _crossings(city: City, loaded: LoadedCase) -> tuple[NDArray[np.object_], Columns]:
    import shapely  # noqa: PLC0415

    corridors = {corridor.id: corridor for corridor in loaded.case.corridors}
    mine = [corridors[crossing.corridor] for crossing in city.crossings]
    positions = [corridor.position for corridor in mine]
    shapes = shapely.points([c.lon for c in city.crossings], [c.lat for c in city.crossings])
    return np.atleast_1d(shapes), {
        "corridor": [corridor.id for corridor in mine],
        "name": [corridor.name for corridor in mine],
        "users": [corridor.users for corridor in mine],
        "junction": [crossing.node for crossing in city.crossings],
        "accuracy_m": [crossing.accuracy_m for crossing in city.crossings],
        "assumed": [bool(at and at.assumed) for at in positions],
        "source": [at.source if at else "" for at in positions],
    }


def _hazards(city: City) -> tuple[NDArray[np.object_], Columns]:
    rows = [(k, hazard, shape) for k, hazard in enumerate(city.hazards) for shape in hazard.shapes]
    return np.array([*(shape for *_, shape in rows), None], object)[:-1], {
        "hazard": [k for k, *_ in rows],
        **{
            key: [getattr(hazard, key) for _, hazard, _ in rows]
            for key in ("name", "kind", "effect", "within_m", "width_left")
        },
        "start": [iso_minute(h.hours.start) if h.hours else "" for _, h, _ in rows],
        "until": [iso_minute(h.hours.end) if h.hours else "" for _, h, _ in rows],
        "as_of": [h.as_of.isoformat() if h.as_of else "" for _, h, _ in rows],
        "reason": [h.reason for _, h, _ in rows],
        "source": [h.source for _, h, _ in rows],
    }


def _cleared(city: City) -> tuple[NDArray[np.object_], Columns]:
    rows = [
        (k, each, shape)
        for k, each in enumerate(city.cleared)
        for shape in (each.shapes if len(each.shapes) else [None])
    ]
    return np.array([*(shape for *_, shape in rows), None], object)[:-1], {
        "clearing": [k for k, *_ in rows],
        "by": [each.by for _, each, _ in rows],
        "on_day": [each.on.isoformat() for _, each, _ in rows],
        "within_m": [each.within_m for _, each, _ in rows],
        "streets": [json.dumps(each.names, ensure_ascii=False) for _, each, _ in rows],
        "source": [each.source for _, each, _ in rows],
    }
