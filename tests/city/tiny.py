"""Write OpenStreetMap files of a few ways."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

STEP = 0.001
"""Degrees between two points of the small grids that the tests draw."""


def tag_lines(tags):
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())


def node_line(node_id, lat, lon, tags=None):
    return f'<node id="{node_id}" lat="{lat:.7f}" lon="{lon:.7f}">{tag_lines(tags or {})}</node>'


def way_line(way_id, refs, tags):
    nodes = "".join(f'<nd ref="{ref}"/>' for ref in refs)
    return f'<way id="{way_id}">{nodes}{tag_lines(tags)}</way>'


def osm_text(nodes, ways, *, ways_first=False):
    """Write XML. nodes: id → (lat, lon) or (lat, lon, tags); ways: id → (refs, tags)."""
    lines = [node_line(key, *value) for key, value in nodes.items()]
    drawn = [way_line(key, *value) for key, value in ways.items()]
    body = drawn + lines if ways_first else lines + drawn
    return "<?xml version='1.0' encoding='UTF-8'?>\n<osm version=\"0.6\">\n{}\n</osm>\n".format(
        "\n".join(body)
    )


def write(folder: Path, nodes, ways, *, name="tiny.osm", ways_first=False) -> Path:
    path = folder / name
    path.write_text(osm_text(nodes, ways, ways_first=ways_first), encoding="utf-8")
    return path


TRIANGLE = {
    1: (60.0, 25.0),
    2: (60.0, 25.0 + STEP),
    3: (60.0 + STEP, 25.0),
    11: (60.0 - STEP, 25.0 - STEP),
    12: (60.0 - STEP, 25.0 + 2 * STEP),
    13: (60.0 + 2 * STEP, 25.0 - STEP),
}
"""Three corners, 1, 2 and 3, each with a stub that makes it a junction."""


def triangle(folder: Path, tags, *, barrier=None, refs=(2, 3)) -> Path:
    """Draw a triangle of residential streets whose side 2-3, way 200, has the tags given."""
    home = {"highway": "residential"}
    nodes = dict(TRIANGLE)
    if barrier:
        nodes[9] = (60.0 + STEP / 2, 25.0 + STEP / 2, barrier)
        refs = (2, 9, 3)
    ways = {
        100: ((1, 2), home),
        200: (refs, tags),
        300: ((3, 1), home),
        401: ((1, 11), home),
        402: ((2, 12), home),
        403: ((3, 13), home),
    }
    return write(folder, nodes, ways)
