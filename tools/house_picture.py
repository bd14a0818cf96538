"""Draw docs/pictures/house.svg: what goes into which room and what comes out.

python tools/house_picture.py [--check]
"""

from __future__ import annotations

import sys
from html import escape

from docs_pages import written

WIDTH, HEIGHT, HALF, TALL = 520, 560, 66, 34
PLACES = {
    "announcement": (90, 36), "case.toml": (260, 36), "streets, zones": (430, 36),
    "declaration": (90, 126), "case": (260, 126), "city": (430, 126),
    "plan": (260, 216), "flow": (430, 216),
    "ledger": (90, 306), "forecast": (260, 306),
    "reports": (90, 396), "publish": (260, 396),
    "brief, tables, alerts": (260, 486),
    "api": (430, 350), "cli": (430, 440),
}  # fmt: skip
"""Rooms, and what comes in and goes out, each with its middle."""
OUTSIDE = ("announcement", "case.toml", "streets, zones", "reports", "brief, tables, alerts")
ARROWS = (
    ("announcement", "declaration", ""), ("case.toml", "case", ""), ("streets, zones", "city", ""),
    ("case", "declaration", ""), ("case", "city", ""), ("declaration", "plan", ""),
    ("city", "plan", ""), ("plan", "flow", "both"), ("plan", "forecast", ""),
    ("ledger", "plan", "dotted"), ("reports", "ledger", ""), ("ledger", "publish", ""),
    ("forecast", "publish", ""), ("publish", "brief, tables, alerts", ""),
)  # fmt: skip


def page() -> str:
    """Write the drawing."""
    parts = [_arrow(*each) for each in ARROWS] + [_box(name) for name in PLACES]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="15" text-anchor="middle" role="img">\n'
        "<title>What goes into which room, and what comes out</title>\n"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
        'markerHeight="8" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="#565b62"/>'
        f'</marker></defs>\n<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n'
        + "\n".join(parts)
        + f'\n<text x="{WIDTH / 2}" y="542" font-size="13" fill="#565b62">'
        "api and cli call the rooms, and have no logic of their own</text>\n</svg>\n"
    )


def _box(name: str) -> str:
    x, y = PLACES[name]
    half = 84 if len(name) > 16 else HALF
    fill, dash = ("#ffffff", ' stroke-dasharray="5 3"') if name in OUTSIDE else ("#e8edf2", "")
    return (
        f'<rect x="{x - half}" y="{y - TALL / 2}" width="{2 * half}" height="{TALL}" rx="6" '
        f'fill="{fill}" stroke="#1d2733"{dash}/><text x="{x}" y="{y + 5}" fill="#1d2733">'
        f"{escape(name)}</text>"
    )


def _arrow(start: str, end: str, how: str) -> str:
    (x0, y0), (x1, y1) = PLACES[start], PLACES[end]
    if y0 == y1:
        side = HALF if x1 > x0 else -HALF
        x0, x1 = x0 + side, x1 - side
    else:
        side = TALL / 2 if y1 > y0 else -TALL / 2
        y0, y1 = y0 + side, y1 - side
        x0, x1 = _toward(x0, x1), _toward(x1, x0)
    both = ' marker-start="url(#tip)"' if how == "both" else ""
    dots = ' stroke-dasharray="3 4"' if how == "dotted" else ""
    return (
        f'<path d="M{x0:g} {y0:g}L{x1:g} {y1:g}" fill="none" stroke="#565b62" stroke-width="1.5" '
        f'marker-end="url(#tip)"{both}{dots}/>'
    )


def _toward(here: float, there: float) -> float:
    """Move an end of an arrow to the side that the other end is on."""
    return here + max(-HALF, min(HALF, there - here)) * 0.6


if __name__ == "__main__":
    sys.exit(written("pictures/house.svg", page))
