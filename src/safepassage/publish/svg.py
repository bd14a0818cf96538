"""Write the parts that all charts share: frame, words for who does not see them, axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PHONE", "WIDTH", "base_line", "for_both", "framed", "level", "tick"]

WIDTH = 720
"""Of a chart, in its own units."""

PHONE = 360
"""Of the same chart drawn for a phone, whose letters keep their size."""


def for_both(draw: Callable[[int], Markup]) -> Markup:
    """Draw a chart for wide pages and for phones; the page's style shows one of them."""
    return Markup('<div class="for-wide">{}</div><div class="for-phone">{}</div>').format(
        draw(WIDTH), draw(PHONE)
    )


def framed(
    *parts: Markup, name: str, title: str, told: str, height: float, width: int = WIDTH
) -> Markup:
    """Put a chart's parts into a frame; ``title`` and ``told`` are for who does not see it.

    ``name`` begins the ids in it: each chart of a page needs its own.
    """
    head = Markup(
        '<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" '
        'font-size="13" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>'
    ).format(width, height, name, name, name, title, name, told)
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
