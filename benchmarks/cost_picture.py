"""Draw cost against size from the table of ``bench_flow.py``: an SVG of our own making.

    python benchmarks/cost_picture.py out/bench/flow.csv [--to docs/pictures]

Writes ``flow-cost.svg`` and, where Debian's chromium is installed, ``flow-cost.png``.
One panel for each rate of the crossings, all on the same two logarithmic scales. The
colours are of Okabe and Ito's palette, which colour-blind people can tell apart; each
line has a mark and a dash of its own as well. The card has its own ground, light or
dark as the reader prefers.
"""

from __future__ import annotations

import argparse
import csv
import math
import shutil
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

SERIES = (
    ("ours", "safepassage", "circle", ""),
    ("ortools", "OR-Tools", "square", "7 4"),
    ("ccrp", "CCRP", "triangle", "2 4"),
    ("steps", "CCRP over steps", "cross", "2 4 7 4"),
    ("static", "static bound", "diamond", "12 4"),
)
"""Key, name, mark and dash of each line."""

SETTINGS = {40: "crossings bind", 200: "half open", 400: "streets bind", 1_000: "streets bind"}

TARGETS = {
    40: {5_000: 1.0, 20_000: 1.0, 70_000: 60.0},
    None: {5_000: 1.0, 20_000: 10.0, 70_000: 60.0},
}
"""Seconds promised, by people a minute at each crossing and by nodes."""

WIDTH, EDGE, LEFT, RIGHT, TOP, GAP, FOOT = 960, 24, 62, 138, 92, 66, 54
PANEL_W, PANEL_H = WIDTH / 2 - LEFT - RIGHT, 236
LINE_H = 15

STYLE = """
svg { font: 13px "Helvetica Neue", Helvetica, Arial, "DejaVu Sans", sans-serif }
.card { fill: #fff }
.text { fill: #222 } .soft { fill: #595959 }
.head { font-size: 18px; font-weight: 600 } .panel { font-size: 14px; font-weight: 600 }
.grid { stroke: #e3e3e3 } .axis { stroke: #8a8a8a } .goal { stroke: #595959; stroke-width: 2 }
.line { fill: none; stroke-width: 2 } .ours.line { stroke-width: 3.5 }
.name { font-weight: 600 }
.ours { --c: #0072b2 } .ortools { --c: #c04f00 } .ccrp { --c: #00795a }
.steps { --c: #6b6b00 } .static { --c: #a8478c }
.line, .hair { stroke: var(--c) } .hair { opacity: 0.6; stroke-dasharray: 1 3 }
.mark, .name { fill: var(--c) }
.mark.open { fill: none; stroke: var(--c); stroke-width: 2.5 }
@media (prefers-color-scheme: dark) {
  .card { fill: #15191f } .text { fill: #eee } .soft { fill: #b4b4b4 }
  .grid { stroke: #2c323a } .axis { stroke: #808080 } .goal { stroke: #b4b4b4 }
  .ours { --c: #56b4e9 } .ortools { --c: #f08a4b } .ccrp { --c: #2fc79a }
  .steps { --c: #d9cf4a } .static { --c: #e39acb }
}
"""

Row = dict[str, Any]
Points = list[tuple[float, float]]


def seconds(row: Row, key: str) -> float | None:
    """Give what a line costs in a row, or None where it was not measured."""
    columns = {
        "ours": ("seconds",),
        "ortools": ("ortools_build_seconds", "ortools_solve_seconds"),
        "ccrp": ("ccrp_seconds",),
        "steps": ("ccrp_over_steps_seconds",),
        "static": ("static_seconds",),
    }[key]
    values = [row.get(column, "") for column in columns]
    return None if "" in values else sum(map(float, values))


def spread(heights: list[float], least: float, low: float, high: float) -> list[float]:
    """Move labels apart, up and down as little as needed, and keep them in the panel."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    groups: list[list[float]] = []  # centre and number of labels that touch
    for i in order:
        groups.append([heights[i], 1])
        while True:
            half = least * groups[-1][1] / 2
            groups[-1][0] = min(max(groups[-1][0], low + half), high - half)
            if len(groups) < 2:
                break
            (above, n), (below, m) = groups[-2:]
            if below - above >= least * (n + m) / 2:
                break
            groups[-2:] = [[(above * n + below * m) / (n + m), n + m]]
    placed = [centre + least * (j - (n - 1) / 2) for centre, n in groups for j in range(int(n))]
    moved = [0.0] * len(heights)
    for i, height in zip(order, placed, strict=True):
        moved[i] = height
    return moved


def mark(shape: str, key: str, x: float, y: float) -> str:
    """Draw the mark of a line at a point."""
    r = 4.5
    if shape == "circle":
        return f'<circle class="mark {key}" cx="{x:.1f}" cy="{y:.1f}" r="{r}"/>'
    path = {
        "square": f"M{x - 4:.1f} {y - 4:.1f}h8v8h-8z",
        "triangle": f"M{x:.1f} {y - 5:.1f}l5 9h-10z",
        "diamond": f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z",
        "cross": f"M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8",
    }[shape]
    return f'<path class="mark {key}{" open" if shape == "cross" else ""}" d="{path}"/>'


def text(x: float, y: float, words: str, kind: str, anchor: str = "start") -> str:
    """Write words at a point."""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(words)}</text>'


def rule(kind: str, x0: float, y0: float, x1: float, y1: float) -> str:
    """Draw a straight line."""
    return f'<line class="{kind}" x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}"/>'


def plain(value: float) -> str:
    """Write a number of a scale: 0.01, 1, 1,000."""
    return f"{value:,.0f}" if value >= 1 else f"{value:.10f}".rstrip("0")


class Scale:
    """Turn sizes and seconds into places in a panel; both scales are logarithmic."""

    def __init__(self, rows: list[Row]) -> None:
        sizes = [float(row["nodes"]) for row in rows]
        costs = [cost for row in rows for key, *_ in SERIES if (cost := seconds(row, key))]
        self.x0, self.x1 = math.log10(min(sizes) * 0.8), math.log10(max(sizes) * 1.25)
        self.low = math.floor(math.log10(min(costs, default=0.1)))
        self.high = max(math.ceil(math.log10(max(costs, default=10.0))), self.low + 1)
        self.sizes = sorted({_about(size) for size in sizes})

    def x(self, size: float) -> float:
        """Give the distance from the left of a panel [px]."""
        return PANEL_W * (math.log10(size) - self.x0) / (self.x1 - self.x0)

    def y(self, cost: float) -> float:
        """Give the distance from the top of a panel [px]."""
        return PANEL_H * (self.high - math.log10(cost)) / (self.high - self.low)


def _about(size: float) -> int:
    """Name a size by the thousands it was asked for: 19,881 nodes are 20,000."""
    step = 10 ** max(0, math.floor(math.log10(size)))
    return max(1, round(size / step)) * step


def panel(rows: list[Row], scale: Scale, per_min: int) -> str:
    """Draw one panel: grid, targets, lines with their marks, and names at the line ends."""
    rate = f"{per_min:,} a minute at each crossing"
    setting = SETTINGS.get(per_min, "")
    drawn = [text(0, -14, f"{rate}: {setting}" if setting else rate, "text panel")]
    for power in range(scale.low, scale.high + 1):
        y = scale.y(10.0**power)
        drawn.append(rule("grid", 0, y, PANEL_W, y))
        drawn.append(text(-8, y + 4, plain(10.0**power), "soft", "end"))
    for size in scale.sizes:
        x = scale.x(size)
        drawn.append(rule("axis", x, PANEL_H, x, PANEL_H + 5))
        drawn.append(text(x, PANEL_H + 20, plain(size), "soft", "middle"))
    drawn.append(rule("axis", 0, PANEL_H, PANEL_W, PANEL_H))
    goals = TARGETS.get(per_min, TARGETS[None])
    for size in scale.sizes:
        if size in goals and scale.low <= math.log10(goals[size]) <= scale.high:
            x, y = scale.x(size), scale.y(goals[size])
            drawn.append(rule("goal", x - 11, y, x + 11, y))
    ends: list[tuple[str, str, float, float]] = []
    for key, name, shape, dash in reversed(SERIES):
        points: Points = sorted(
            (scale.x(float(row["nodes"])), scale.y(cost))
            for row in rows
            if int(row["crossing_per_min"]) == per_min and (cost := seconds(row, key))
        )
        if not points:
            continue
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        drawn.append(f'<polyline class="line {key}" points="{way}"{dashes}/>')
        drawn += [mark(shape, key, x, y) for x, y in points]
        ends.append((key, name, *points[-1]))
    drawn += _names(ends)
    return "\n".join(drawn)


def _names(ends: list[tuple[str, str, float, float]]) -> list[str]:
    """Write the names of lines beside the panel, with a hair to where each line ends."""
    heights = spread([y for *_, y in ends], LINE_H, 0, PANEL_H)
    drawn = []
    for (key, name, x, y), height in zip(ends, heights, strict=True):
        drawn.append(rule(f"hair {key}", x + 9, y, PANEL_W + 4, height))
        drawn.append(text(PANEL_W + 8, height + 4, name, f"name {key}"))
    return drawn


def picture(rows: list[Row]) -> str:
    """Draw the table's seconds as an SVG."""
    rates = sorted({int(row["crossing_per_min"]) for row in rows})
    scale = Scale(rows)
    lines = -(-len(rates) // 2)
    height = TOP + lines * (PANEL_H + GAP) + FOOT - 24
    title = "Seconds to solve, by size of the street network"
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-labelledby="title desc">'
    )
    words = (
        "Safepassage answers for every minute, with proof; an OR-Tools max flow for the last one; "
        "CCRP is a heuristic; the static bound is no plan."
    )
    drawn = [
        opening,
        f'<title id="title">{title}</title>',
        f'<desc id="desc">{words} Both scales are logarithmic. {escape(said(rows))}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="card" width="{WIDTH}" height="{height}" rx="6"/>',
        text(EDGE, 34, title, "text head"),
        text(EDGE, 56, words, "soft"),
    ]
    for i, per_min in enumerate(rates):
        x, y = LEFT + i % 2 * WIDTH / 2, TOP + 20 + i // 2 * (PANEL_H + GAP)
        drawn.append(f'<g transform="translate({x:.0f} {y:.0f})">')
        drawn += [panel(rows, scale, per_min), "</g>"]
    y = height - 16
    across = "Across: junctions. Up: seconds of wall time, after compilation."
    middle = WIDTH / 2
    drawn += [
        text(EDGE, y, across, "soft"),
        rule("goal", middle - 20, y - 4, middle + 2, y - 4),
        text(middle + 10, y, "what safepassage is to stay below", "soft"),
        "</svg>",
    ]
    return "\n".join(drawn) + "\n"


def said(rows: list[Row]) -> str:
    """Tell our own seconds in words, for those who do not see the picture."""
    return " ".join(
        f"{int(row['nodes']):,} nodes, {int(row['crossing_per_min']):,} a minute: "
        f"{float(row['seconds']):.3g} s."
        for row in rows
        if row["seconds"] != ""
    )


def write_picture(path: Path, rows: list[Row]) -> None:
    """Draw the table's seconds into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(picture(rows), encoding="utf-8")


def write_png(path: Path, svg: Path, *, dark: bool = False) -> None:
    """Photograph a picture with Debian's chromium, at twice its size."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader"],
        )
        page = browser.new_page(
            device_scale_factor=2, color_scheme="dark" if dark else "light",
            viewport={"width": WIDTH, "height": 1200},
        )  # fmt: skip
        page.goto(svg.resolve().as_uri())
        page.locator("svg").screenshot(path=path, omit_background=True)
        browser.close()


def main() -> None:
    """Draw a table that was kept."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("table", type=Path, help="the CSV that bench_flow.py wrote")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "pictures", help="folder")
    given = parser.parse_args()
    with given.table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    svg = given.to / "flow-cost.svg"
    write_picture(svg, rows)
    print(svg)
    if shutil.which("chromium"):
        write_png(svg.with_suffix(".png"), svg)
        print(svg.with_suffix(".png"))
    else:
        print("No chromium here, so no PNG.")


if __name__ == "__main__":
    main()
