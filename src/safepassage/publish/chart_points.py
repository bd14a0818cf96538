"""Draw points that trade one good for another, as SVG that needs no script and no colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from safepassage.publish.chart import name_of, round_steps
from safepassage.publish.svg import WIDTH, base_line, framed, level, tick

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Dot", "Line", "points"]

_HIGH, _LEFT, _TOP = 260, 62, 26
_ROOM_RIGHT, _ROOM_WITHOUT_LABELS = 175, 24
_DASHES = ("", "7 4", "2 4", "10 3 2 3", "4 2", "1 3")


@dataclass(frozen=True, slots=True)
class Dot:
    """Hold one point: filled where no other beats it, ringed where it is in use."""

    x: float
    y: float
    label: str
    beaten: bool = False
    in_use: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Hold points that belong together, from left to right."""

    label: str
    dots: tuple[Dot, ...]


def points(
    rows: Sequence[Line], *, name: str, title: str, across: str, up: str, width: int = WIDTH
) -> Markup:
    """Draw lines of points: filled ones no other beats, hollow ones are beaten, a ring is in use.

    Parameters
    ----------
    rows
        Each with a dash of its own and its label at its right end.
    name, title, width
        As of ``chart.bars``.
    across, up
        What the two axes measure, with units.

    """
    dots = [dot for row in rows for dot in row.dots]
    most_x = max((dot.x for dot in dots), default=1) or 1
    most_y = max((dot.y for dot in dots), default=1) or 1
    labelled = any(row.label for row in rows)
    wide = width - _LEFT - (_ROOM_RIGHT if labelled else _ROOM_WITHOUT_LABELS)

    def at(dot: Dot) -> tuple[float, float]:
        return _LEFT + wide * dot.x / most_x, _TOP + _HIGH * (1 - dot.y / most_y)

    told = "; ".join(f"{row.label}: " + ", ".join(dot.label for dot in row.dots) for row in rows)
    lowest = _TOP + _HIGH
    parts = [
        Markup('<text x="4" y="14" class="unit">{}</text>').format(up),
        *(level(y, lowest - _HIGH * y / most_y, _LEFT, wide) for y in round_steps(0, most_y)),
        *(tick(x, _LEFT + wide * x / most_x, lowest + 17) for x in round_steps(0, most_x)),
    ]
    labels = _apart([at(row.dots[-1])[1] for row in rows if row.dots], lowest)
    for i, row in enumerate(row for row in rows if row.dots):
        parts.append(_line([at(dot) for dot in row.dots], _DASHES[i % len(_DASHES)]))
        x, y = at(row.dots[-1])
        parts.append(
            Markup(
                '<path d="M{:.1f} {:.1f}L{:.1f} {:.1f}" stroke="#999" stroke-width=".7"/>'
                '<text x="{:.1f}" y="{:.1f}" class="label">{}</text>'
            ).format(
                x + 6, y, _LEFT + wide + 12, labels[i] - 4, _LEFT + wide + 15, labels[i], row.label
            )
        )
    parts += [_dot(dot, *at(dot)) for dot in sorted(dots, key=lambda dot: dot.in_use)]
    parts.append(base_line(lowest, _LEFT, wide, across))
    return framed(
        *parts, name=name_of(name, width), title=title, told=told, height=lowest + 42, width=width
    )


def _line(places: Sequence[tuple[float, float]], dash: str) -> Markup:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    return Markup(
        '<path d="M{}" fill="none" stroke="#000" stroke-width="1" stroke-dasharray="{}"/>'
    ).format(path, dash)


def _dot(dot: Dot, x: float, y: float) -> Markup:
    ring = Markup(
        '<circle cx="{:.1f}" cy="{:.1f}" r="9" fill="none" stroke="#000" stroke-width="1.5"/>'
    ).format(x, y)
    mark = Markup(
        '<circle cx="{:.1f}" cy="{:.1f}" r="4.5" fill="{}" stroke="#000" stroke-width="1">'
        "<title>{}</title></circle>"
    ).format(x, y, "#fff" if dot.beaten else "#3a5f7d", dot.label)
    return ring + mark if dot.in_use else mark


def _apart(heights: Sequence[float], lowest: float, *, least: float = 15) -> list[float]:
    """Move labels so that none stands in another, none below the axis."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    placed = [heights[i] + 4 for i in order]
    for above in range(len(placed) - 1):
        placed[above + 1] = max(placed[above + 1], placed[above] + least)
    over = max(0.0, (placed[-1] if placed else 0) - lowest)
    found = [0.0] * len(heights)
    for i, y in zip(order, placed, strict=True):
        found[i] = y - over
    return found
