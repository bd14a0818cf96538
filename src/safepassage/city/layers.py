"""Say which layers a city's GeoPackage has, and which columns each must have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

__all__ = ["ABOUT", "AREAS", "FORMAT", "LAYERS", "Layer"]

FORMAT = 1
"""Number of this arrangement of layers; stands in the table ``about``."""

ABOUT = "about"
"""The table of keys and values beside the layers."""

AREAS = "hazard_areas"
"""A layer to look at: what hazards reach. It is not read back; ``hazards`` is."""

Kind = Literal["whole", "number", "text", "flag"]


@dataclass(frozen=True, slots=True)
class Layer:
    """Describe a layer: its shapes, and its columns that are read back, by kind.

    A file may have more columns, such as those that a style needs; ``bare`` layers may have
    rows without a shape. ``missing`` is what stands for an empty cell: -1 for whole numbers
    and nothing, which is refused, for other numbers where it does not say.
    """

    shape: Literal["Point", "LineString", "MultiPolygon", "Unknown"]
    columns: dict[str, Kind]
    missing: dict[str, float] = field(default_factory=dict)
    bare: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """Name the kinds of shape that may stand in it."""
        if self.shape == "MultiPolygon":
            return ("Polygon", "MultiPolygon")
        if self.shape != "Unknown":
            return (self.shape,)
        return (
            "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
        )  # fmt: skip


LAYERS: dict[str, Layer] = {
    "streets": Layer(
        "LineString",
        {
            "street": "whole", "street_back": "whole", "tail": "whole", "head": "whole",
            "name": "text", "highway": "text", "width_m": "number", "lanes": "number",
            "lanes_back": "number", "speed_kmh": "number", "speed_kmh_back": "number",
            "length_m": "number", "drawn_m": "number", "oneway": "flag", "bridge": "flag",
            "tunnel": "flag", "layer": "whole", "access": "text", "width_tagged": "flag",
            "walk_factor": "number", "flow_factor": "number", "vehicles_per_h": "number",
            "vehicles_per_h_back": "number", "way_id": "whole",
        },
        missing={
            "lanes": 0, "lanes_back": 0, "speed_kmh": 0, "speed_kmh_back": 0, "length_m": 0,
            "drawn_m": 0, "layer": 0, "walk_factor": 1, "flow_factor": 1, "vehicles_per_h": 0,
            "vehicles_per_h_back": 0,
        },
    ),
    "junctions": Layer("Point", {"junction": "whole", "osm_id": "whole"}),
    "zones": Layer(
        "Point",
        {
            "id": "text", "name": "text", "name_ar": "text", "pcode": "text",
            "people_low": "number", "people_best": "number", "people_high": "number",
        },
    ),
    "zone_areas": Layer("MultiPolygon", {"zone": "text", "drawn": "text"}),
    "doors": Layer(
        "LineString", {"zone": "text", "junction": "whole", "metres": "number", "share": "number"},
        missing={"metres": 0, "share": 1},
    ),
    "crossings": Layer(
        "Point",
        {
            "corridor": "text", "junction": "whole", "accuracy_m": "number", "assumed": "flag",
            "source": "text",
        },
        missing={"accuracy_m": 0},
    ),
    "hazards": Layer(
        "Unknown",
        {
            "hazard": "whole", "name": "text", "kind": "text", "effect": "text",
            "within_m": "number", "width_left": "number", "start": "text", "until": "text",
            "as_of": "text", "reason": "text", "source": "text",
        },
        missing={"within_m": 0, "width_left": 0},
    ),
    "cleared": Layer(
        "Unknown",
        {
            "clearing": "whole", "by": "text", "on_day": "text", "within_m": "number",
            "streets": "text", "source": "text",
        },
        missing={"within_m": 15},
        bare=True,
    ),
}  # fmt: skip
"""Layer → its shapes and columns, in the order in which they are written."""
