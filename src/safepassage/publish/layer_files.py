"""Write layers as GeoPackage (styled for QGIS), GeoJSON (RFC 7946) and KML."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safepassage.base.provenance import stamp, tool_version
from safepassage.city.layer_styles import (
    by_value,
    document,
    line,
    marker,
    outlined,
    put_styles,
    single,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from safepassage.publish.layers import Layer

__all__ = ["geojson_files", "geopackage", "kml", "map_files"]

_INK, _MOVING, _CLOSED, _INSIDE = "#1d2733", "#1f6fb2", "#565b62", "#c9772b"
"""Neutral colours, no side's: those of the map in the brief."""


def map_files(
    name: str, layers: Sequence[Layer], notes: Sequence[str], *, exercise: bool = False
) -> dict[str, str | bytes]:
    """Give all files of a map: ``NAME.gpkg``, ``NAME.kml`` and ``LAYER.geojson`` each.

    Parameters
    ----------
    name
        What the files are called.
    layers
        What is on the map.
    notes
        What must stand on it: as-of time, sources, that nothing is endorsed.
    exercise
        Say on it that it is an exercise's.

    """
    notes = (*(("EXERCISE.",) if exercise else ()), *notes)
    return {
        f"{name}.gpkg": geopackage(layers, notes), f"{name}.kml": kml(name, layers, notes),
        **geojson_files(layers, notes),
    }  # fmt: skip


def geojson_files(layers: Sequence[Layer], notes: Sequence[str]) -> dict[str, str]:
    """Give each layer as GeoJSON: degrees to 6 decimals (0.1 m), outer borders anticlockwise."""
    return {f"{layer.name}.geojson": _geojson(layer, notes) for layer in layers}


def _geojson(layer: Layer, notes: Sequence[str]) -> str:
    import shapely  # noqa: PLC0415 - heavy

    features = []
    for shape, row in layer.rows:
        fine = shapely.transform(shape, lambda points: points.round(6))
        features.append({"type": "Feature", "properties": dict(row),
                         "geometry": json.loads(shapely.to_geojson(fine))})  # fmt: skip
    head = {"type": "FeatureCollection", "title": layer.title, "notes": list(notes),
            "columns": dict(layer.columns), **stamp("map layer", "1.0", (), ())}  # fmt: skip
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in features)
    return json.dumps(head, ensure_ascii=False)[:-1] + f', "features": [\n{lines}\n]}}\n'


def geopackage(layers: Sequence[Layer], notes: Sequence[str]) -> bytes:
    """Give the layers in one GeoPackage, with styles that QGIS takes up by itself."""
    import numpy as np  # noqa: PLC0415
    import pyogrio  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.gpkg"
        for layer in layers:
            _write(path, layer, "GPKG", layer.columns, {
                "dataset_options": {"VERSION": "1.2"},
                "layer_options": {"IDENTIFIER": layer.title, "DESCRIPTION": " ".join(notes)},
            })  # fmt: skip
        keys = ["made_by", *(f"note_{i}" for i in range(1, len(notes) + 1))]
        pyogrio.raw.write(
            path, None,
            [np.array(keys, object), np.array([f"safepassage {tool_version()}", *notes], object)],
            ["key", "value"], layer="about", driver="GPKG", geometry_type=None, crs=None,
        )  # fmt: skip
        put_styles(path, {layer.name: _STYLES[layer.name] for layer in layers})
        return path.read_bytes()


def kml(name: str, layers: Sequence[Layer], notes: Sequence[str]) -> bytes:
    """Give the layers in one KML document, a folder each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.kml"
        for layer in layers:
            rows = tuple(
                (shape, {**row, "Name": row.get("name") or row.get("zone_name") or row["id"]})
                for shape, row in layer.rows
            )
            columns = {"Name": "", **{key: "" for key in layer.columns if key != "name"}}
            filled = type(layer)(layer.name, layer.title, layer.shape, columns, rows)
            _write(path, filled, "LIBKML", columns, {
                "dataset_options": {"NAME": name, "DESCRIPTION": "\n".join(notes)},
                "layer_options": {"NAME": layer.title, "DESCRIPTION": " ".join(notes)},
            })  # fmt: skip
        return path.read_bytes()


def _write(
    path: Path, layer: Layer, driver: str, columns: Mapping[str, str], options: dict[str, Any]
) -> None:  # fmt: skip
    import numpy as np  # noqa: PLC0415
    import pyogrio  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    cells = {key: [row[key] for _, row in layer.rows] for key in columns}
    pyogrio.raw.write(
        path, np.asarray(shapely.to_wkb([shape for shape, _ in layer.rows]), object),
        [_column(values) for values in cells.values()], list(columns), layer=layer.name,
        driver=driver, geometry_type=layer.shape, crs="EPSG:4326", append=path.exists(), **options,
    )  # fmt: skip


def _column(values: Sequence[Any]) -> Any:
    import numpy as np  # noqa: PLC0415

    if any(isinstance(each, str) for each in values):
        return np.array(["" if each is None else str(each) for each in values], object)
    if any(isinstance(each, float) for each in values) or None in values:
        return np.array([np.nan if each is None else each for each in values], np.float64)
    return np.array(values, np.int64)


_STYLES = {
    "crossings": document(
        by_value("users", [
            ("civilian", "crossing for civilians", marker(_MOVING, 4.5)),
            ("armed", "for armed groups", marker(_CLOSED, 4.5, form="square")),
        ], "marker"),
        label="name",
    ),
    "zones": document(single(marker(_INSIDE, 2.5), "marker"), label="name"),
    "zone_areas": document(single(outlined(_INK), "fill")),
    "routes": document(single(line(_MOVING, 0.8), "line")),
}  # fmt: skip
