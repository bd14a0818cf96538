"""Write the parts that all charts share: frame, words for who does not see them, axes."""

from __future__ import annotations

from markupsafe import Markup

__all__ = ["WIDTH", "base_line", "framed", "level", "tick"]

WIDTH = 720
"""Of every chart, in its own units."""


def framed(*parts: Markup, name: str, title: str, told: str, height: float) -> Markup:
    """Put a chart's parts into a frame; ``title`` and ``told`` are for who does not see it.

    ``name`` begins the ids in it: each chart of a page needs its own.
    """
    head = Markup(
        '<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" '
        'aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>'
    ).format(WIDTH, height, name, name, name, title, name, told)
    return Markup().join([head, *parts, Markup("</svg>")])


def level(number: float, y: float, left: float, wide: float) -> Markup:
    """Draw a line of one height across a chart, its number to the left of it."""
    return Markup(
        '<path d="M{} {y:.1f}h{}" stroke="#bbb"/>'
        '<text x="{}" y="{:.1f}" text-anchor="end" class="tick">{:,.0f}</text>'
    ).format(left, wide, left - 6, y + 4, number, y=y)


def tick(number: float, x: float, y: float) -> Markup:
    """Write a number under an axis."""
    return Markup(
        '<text x="{:.1f}" y="{}" text-anchor="middle" class="tick">{:,.0f}</text>'
    ).format(x, y, number)


def base_line(y: float, left: float, wide: float, across: str) -> Markup:
    """Draw the axis that a chart stands on, with what it measures."""
    return Markup(
        '<path d="M{} {}h{}" stroke="#000" stroke-width="1.5"/>'
        '<text x="{}" y="{}" text-anchor="middle" class="unit">{}</text>'
    ).format(left, y, wide, left + wide / 2, y + 37, across)
