"""Write a town of streets in squares, with a case that plans it."""

import warnings
from pathlib import Path

import numpy as np
import pyogrio
import shapely

from city.tiny import write
from safepassage.case import load_case
from safepassage.city import build_city

SOUTH, WEST, STEP = 60.0, 25.0, 0.001
SIDE = 10
"""Junctions along each side of the town."""

CASE = """
schema = 1
id = "squares"
title = "Squares"
place = { name = "Squares", lat = 60.005, lon = 25.005, tz = "Europe/Helsinki" }
window = { start = 2026-06-01T09:00:00, end = 2026-06-01T10:00:00 }
[[corridors]]
id = "gate"
name = "Gate"
people_per_min_per_lane = 10
position = { lat = 60.0, lon = 25.0 }
[options]
confirm_and_test_min = 0
"""


def at(x: float, y: float) -> tuple[float, float]:
    """Give (lat, lon) x squares east and y squares north of the corner."""
    return SOUTH + y * STEP, WEST + x * STEP


def box(x: float, y: float, far_x: float, far_y: float) -> shapely.Polygon:
    (south, west), (north, east) = at(x, y), at(far_x, far_y)
    return shapely.box(west, south, east, north)


def streets(folder: Path, *, classes=None, names=None) -> Path:
    """Draw the streets; ``classes`` tells the class of a street by its south-western end."""
    number = lambda x, y: 1 + x + y * SIDE  # noqa: E731
    nodes = {number(x, y): at(x, y) for x in range(SIDE) for y in range(SIDE)}
    ways = {}
    for x in range(SIDE):
        for y in range(SIDE):
            for dx, dy in ((1, 0), (0, 1)):
                if x + dx < SIDE and y + dy < SIDE:
                    tags = {
                        "highway": classes(x, y) if classes else "residential",
                        **((names or {}).get((x, y, dx), {})),
                    }
                    ways[1000 + len(ways)] = ((number(x, y), number(x + dx, y + dy)), tags)
    return write(folder, nodes, ways, name="town.osm")


def city(folder: Path, keys: str, *, more: str = "", head: str = "", **drawn):
    """Build the city of a case with these keys in its city table."""
    streets(folder, **drawn)
    text = f'{head}\n{CASE}\n{more}\n[city]\nstreets = "town.osm"\n{keys}\n'
    (folder / "case.toml").write_text(text, encoding="utf-8")
    return build_city(load_case(str(folder)))


def save(path: Path, shapes, *, crs="EPSG:4326", layer=None, **columns) -> Path:
    """Write shapes with columns."""
    data = [np.array(values) for values in columns.values()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a file without a reference system is meant
        _write(path, shapes, data, list(columns), crs, layer)
    return path


def _write(path, shapes, data, columns, crs, layer):
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(shapes, object)), data, columns,
        geometry_type="Unknown", crs=crs, layer=layer,
    )  # fmt: skip
