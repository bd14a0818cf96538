"""Give what a page needs to draw a city: each street once, and the areas that hazards reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.geo import EARTH_RADIUS_M, to_metres

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.city.model import City, Floats, Hazard

__all__ = ["areas_of", "drawn_city", "zone_areas_of"]

_FINE_M = 1.0
"""Areas are drawn to a metre."""


def drawn_city(city: City, *, marks: Sequence[str] = ()) -> dict[str, Any]:
    """Give the network to draw: each street once, with its geometry.

    Parameters
    ----------
    city
        The city.
    marks
        A word for what is the matter with each street, or an empty one, (streets,).

    """
    streets = city.streets
    lat, lon = streets.shape_lat, streets.shape_lon
    drawn: dict[tuple[int, int, float], int] = {}
    lines: list[dict[str, Any]] = []
    for i in range(streets.n_streets):
        tail, head = int(streets.tail[i]), int(streets.head[i])
        key = (min(tail, head), max(tail, head), round(float(streets.length_m[i]), 1))
        if key in drawn:
            lines[drawn[key]]["also"].append(i)
            continue
        drawn[key] = len(lines)
        name = int(streets.name[i])
        points = slice(int(streets.shape_start[i]), int(streets.shape_start[i + 1]))
        line = {
            "i": i, "also": [], "name": streets.street_names[name] if name >= 0 else "",
            "way_id": int(streets.way_id[i]), "tail": tail, "head": head,
            "line": np.column_stack([lon[points], lat[points]]).round(6).tolist(),
        }  # fmt: skip
        if marks and marks[i]:
            line["mark"] = marks[i]
        lines.append(line)
    every_lat = np.concatenate([streets.lat, city.zones.lat])
    every_lon = np.concatenate([streets.lon, city.zones.lon])
    return {
        "schematic": city.schematic,
        "nodes": np.column_stack([streets.lon, streets.lat]).round(6).tolist(),
        "streets": lines,
        "bounds": [
            float(every_lon.min()), float(every_lat.min()),
            float(every_lon.max()), float(every_lat.max()),
        ],
    }  # fmt: skip


def zone_areas_of(city: City) -> list[dict[str, Any]]:
    """Give the polygons of the zones that have one, as GeoJSON in degrees, longitude first."""
    import shapely  # noqa: PLC0415 - only where something is drawn

    zones = city.zones
    fine = np.degrees(_FINE_M / EARTH_RADIUS_M)
    return [
        {"id": zone, "geometry": _geojson(shapely.simplify(shape, fine))}
        for zone, shape in zip(zones.ids, zones.shapes, strict=True)
        if shape is not None
    ]


def areas_of(city: City) -> list[dict[str, Any]]:
    """Give the area that each hazard reaches, as GeoJSON in degrees, longitude first."""
    return [
        {"name": hazard.name, "effect": hazard.effect, "geometry": geometry}
        for hazard in city.hazards
        if (geometry := _area(hazard, city.streets.lat, city.streets.lon)) is not None
    ]


def _area(hazard: Hazard, lat: Floats, lon: Floats) -> dict[str, Any] | None:
    import shapely  # noqa: PLC0415 - only where something is drawn

    middle = float(lat.mean()), float(lon.mean())
    metres = shapely.transform(hazard.shapes, lambda xy: to_metres(xy[:, 1], xy[:, 0], *middle))
    whole = shapely.union_all(shapely.buffer(metres, max(hazard.within_m, _FINE_M), quad_segs=6))
    if whole.is_empty:
        return None
    return dict(_geojson(shapely.transform(shapely.simplify(whole, _FINE_M), _degrees(*middle))))


def _geojson(shape: Any) -> dict[str, Any]:
    import shapely  # noqa: PLC0415

    def rings(polygon: shapely.Polygon) -> list[list[list[float]]]:
        every = [polygon.exterior, *polygon.interiors]
        return [shapely.get_coordinates(ring).round(6).tolist() for ring in every]

    parts = [rings(part) for part in shapely.get_parts(shape).tolist()]
    return {"type": "MultiPolygon", "coordinates": parts}


def _degrees(lat: float, lon: float) -> Any:
    """Give the way back from metres east and north of a point: degrees, longitude first."""
    scale = np.degrees(1 / EARTH_RADIUS_M)

    def back(xy: Floats) -> Floats:
        across = np.cos(np.radians(lat))
        return np.column_stack([lon + xy[:, 0] * scale / across, lat + xy[:, 1] * scale])

    return back
