"""Put styles into a GeoPackage, in the table that QGIS looks for when it opens a layer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from safepassage.city.layers import AREAS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "add_styles",
    "by_value",
    "document",
    "line",
    "marker",
    "outlined",
    "put_styles",
    "single",
    "styles",
]

_TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
)
"""

_STREET, _INK, _LIMIT, _MOVING = "#d3cdbf", "#1d2733", "#a6286f", "#1f6fb2"
_CLOSED, _NOT_CLEARED, _NARROWED, _INSIDE = "#565b62", "#8a5200", "#b08d2f", "#c9772b"
"""The colours of the map page (``web/src/map/colours.ts``)."""


def add_styles(path: Path) -> None:
    """Add the table of styles to a GeoPackage whose layers stand in ``city/layers.py``."""
    put_styles(path, styles())


def put_styles(path: Path, styles: Mapping[str, str]) -> None:
    """Add the table of styles to a GeoPackage: layer → its style as QGIS writes it (QML)."""
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("PRAGMA synchronous = OFF")
        base.execute(_TABLE)
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', 0)"
        )
        base.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner) "
            "VALUES ('', '', ?, 'geom', ?, ?, '', 1, 'safepassage', '')",
            [(layer, layer, qml) for layer, qml in styles.items()],
        )


def styles() -> dict[str, str]:
    """Give the style of each layer, as QGIS writes it (QML)."""
    return {
        "streets": document(
            by_value("mark", [
                ("", "street", line(_STREET, 0.4)),
                ("narrowed", "narrowed by damage", line(_NARROWED, 0.7)),
                ("not cleared", "not cleared", line(_NOT_CLEARED, 0.7, "dash")),
                ("closed", "closed", line(_CLOSED, 0.7, "dot")),
                ("apart", "leads to no crossing", line(_LIMIT, 0.7)),
            ], "line")
        ),
        "junctions": document(single(marker("#b9b2a3", 0.8, edge="#b9b2a3"), "marker")),
        "zones": document(
            by_value("way", [
                ("", "zone", _zone("#ffffff")), ("open", "zone", _zone("#ffffff")),
                ("unknown", "no crossing is located", _zone("#ffffff")),
                ("closed", "cut off by what is closed", _zone(_LIMIT)),
                ("none", "no way out", _zone(_LIMIT)),
            ], "marker"),
            label="name",
        ),
        "zone_areas": document(single(outlined(_INSIDE), "fill")),
        "doors": document(single(line("#e3ad6d", 0.3, "dash"), "line")),
        "crossings": document(
            by_value("users", [
                ("civilian", "crossing for civilians", marker(_MOVING, 4.5)),
                ("armed", "reserved for armed groups", marker(_CLOSED, 4.5, form="square")),
            ], "marker"),
            label="name",
        ),
        AREAS: document(single(_hatched(_CLOSED), "fill"), label="name"),
    }  # fmt: skip


def document(renderer: str, *, label: str = "") -> str:
    """Give a layer's whole style: how it is drawn, and the column that its labels are from."""
    labels = ""
    if label:
        labels = (
            '<labeling type="simple"><settings>'
            f'<text-style fieldName={quoteattr(label)} isExpression="0" fontFamily="Noto Sans" '
            'fontSize="9" fontSizeUnit="Point" textColor="29,39,51,255" textOpacity="1">'
            '<text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" '
            'bufferColor="255,255,255,255" bufferOpacity="1"/></text-style>'
            '<placement placement="6" dist="1" distUnits="MM"/></settings></labeling>'
        )
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        '<qgis version="3.22.0" styleCategories="Symbology|Labeling" '
        f'labelsEnabled="{int(bool(label))}">{renderer}{labels}</qgis>\n'
    )


def single(layer: str, kind: str) -> str:
    """Draw all of a layer in one way."""
    return (
        '<renderer-v2 type="singleSymbol" enableorderby="0" forceraster="0" symbollevels="0">'
        f"<symbols>{_symbol('0', layer, kind)}</symbols></renderer-v2>"
    )


def by_value(column: str, values: list[tuple[str, str, str]], kind: str) -> str:
    """Draw each value of a column in its own way."""
    categories = "".join(
        f'<category symbol="{i}" value={quoteattr(value)} label={quoteattr(label)} render="true" '
        'type="string"/>'
        for i, (value, label, _) in enumerate(values)
    )
    symbols = "".join(_symbol(str(i), layer, kind) for i, (*_, layer) in enumerate(values))
    return (
        f'<renderer-v2 type="categorizedSymbol" attr={quoteattr(column)} enableorderby="0" '
        f'forceraster="0" symbollevels="0"><categories>{categories}</categories>'
        f"<symbols>{symbols}</symbols></renderer-v2>"
    )


def _symbol(name: str, layer: str, kind: str) -> str:
    return (
        f'<symbol type="{kind}" name="{name}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f"{layer}</symbol>"
    )


def _layer(kind: str, options: dict[str, str], sized_by: str = "") -> str:
    given = "".join(
        f'<Option type="QString" name="{key}" value={quoteattr(value)}/>'
        for key, value in options.items()
    )
    data = ""
    if sized_by:
        data = (
            '<data_defined_properties><Option type="Map">'
            '<Option type="QString" name="name" value=""/><Option type="Map" name="properties">'
            '<Option type="Map" name="size"><Option type="bool" name="active" value="true"/>'
            f'<Option type="QString" name="expression" value={quoteattr(sized_by)}/>'
            '<Option type="int" name="type" value="3"/></Option></Option>'
            '<Option type="QString" name="type" value="collection"/></Option>'
            "</data_defined_properties>"
        )
    return (
        f'<layer class="{kind}" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{given}</Option>{data}</layer>'
    )


def _rgb(colour: str) -> str:
    return ",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)) + ",255"


def line(colour: str, width_mm: float, dash: str = "solid") -> str:
    """Draw a line; ``dash`` is QGIS's word for its pattern."""
    return _layer(
        "SimpleLine",
        {"line_color": _rgb(colour), "line_width": f"{width_mm:g}", "line_width_unit": "MM",
         "line_style": dash, "capstyle": "round", "joinstyle": "round"},
    )  # fmt: skip


def marker(
    colour: str, size_mm: float, *, edge: str = "#ffffff", form: str = "circle",
    sized_by: str = "", edge_mm: float = 0.4,
) -> str:  # fmt: skip
    """Draw a marker, sized by an expression if one is given."""
    return _layer(
        "SimpleMarker",
        {"name": form, "color": _rgb(colour), "size": f"{size_mm:g}", "size_unit": "MM",
         "outline_color": _rgb(edge), "outline_style": "solid", "outline_width": f"{edge_mm:g}",
         "outline_width_unit": "MM"},
        sized_by,
    )  # fmt: skip


def _hatched(colour: str) -> str:
    return _layer(
        "SimpleFill",
        {"color": _rgb(colour), "style": "f_diagonal", "outline_color": _rgb(colour),
         "outline_style": "solid", "outline_width": "0.3", "outline_width_unit": "MM"},
    )  # fmt: skip


def outlined(colour: str) -> str:
    """Draw an area by its border alone."""
    return _layer(
        "SimpleFill",
        {"style": "no", "outline_color": _rgb(colour), "outline_style": "dash",
         "outline_width": "0.4", "outline_width_unit": "MM"},
    )  # fmt: skip


def _zone(edge: str) -> str:
    """Draw a zone as a disc whose area grows with its people."""
    size = '1.5 + 6 * sqrt(coalesce("people_best", 0) / max(1, maximum("people_best")))'
    return marker(_INSIDE, 3, edge=edge, sized_by=size, edge_mm=0.8 if edge == _LIMIT else 0.3)
