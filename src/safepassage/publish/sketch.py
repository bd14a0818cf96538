"""Sketch where crossings are and might be, beside the zones: no map, and no script."""

from __future__ import annotations

from math import cos, floor, log10, radians
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safepassage.base.geo import M_PER_DEGREE
from safepassage.publish.chart import name_of, wrapped
from safepassage.publish.spoken import ENGLISH
from safepassage.publish.svg import WIDTH, framed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.publish.spoken import Spoken

__all__ = ["scale_bar", "sketch"]

_HEIGHT, _EDGE, _NARROW_EDGE = 520, 60, 28
_LARGEST = 9.0
_LINE = 17


def sketch(
    places: Sequence[dict[str, Any]], zones: Sequence[dict[str, Any]], *, width: int = WIDTH,
    say: Spoken = ENGLISH,
) -> Markup:  # fmt: skip
    """Draw crossings as squares, places that nobody confirmed dashed and hollow, zones as dots.

    Parameters
    ----------
    places, zones
        As ``ask.schema.json`` has them.
    width
        Of the sketch, in its own units; where names find no room beside the marks, they are
        numbered and stand below.

    """
    numbered = width < WIDTH
    below = _HEIGHT * width // WIDTH if numbered else _HEIGHT
    edge = _NARROW_EDGE if numbered else _EDGE
    every = [*places, *zones]
    middle = sum(each["lat"] for each in every) / len(every)
    flat = cos(radians(middle))
    west = min(each["lon"] for each in every) * flat
    north = max(each["lat"] for each in every)
    wide = max(each["lon"] for each in every) * flat - west
    high = north - min(each["lat"] for each in every)
    scale = min(
        (width - 2 * edge) / max(wide, 1e-6), (below - 2 * edge) / max(high, 1e-6)
    )  # fmt: skip

    def at(each: dict[str, Any]) -> tuple[float, float]:
        return edge + (each["lon"] * flat - west) * scale, edge + (north - each["lat"]) * scale

    most = max((each["people"] for each in zones), default=0) or 1
    drawn = [
        Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill="#bbb"/>').format(
            *at(each), 1.5 + _LARGEST * (each["people"] / most) ** 0.5
        )
        for each in zones
    ]
    names = [
        say("{name} (assumed)", name=each["name"]) if each["assumed"] else str(each["name"])
        for each in places
    ]
    labels = [str(i) for i in range(1, len(names) + 1)] if numbered else names
    drawn += [
        _mark(*at(each), each, label, width) for each, label in zip(places, labels, strict=True)
    ]
    lines = _listed(names, width) if numbered else []
    drawn += [
        Markup('<text x="4" y="{}" class="label">{}</text>').format(below + _LINE * (i + 1), line)
        for i, line in enumerate(lines)
    ]
    told = "; ".join(f"{each['name']}: {_said(each, say)}" for each in places)
    return framed(
        *drawn, scale_bar(scale / M_PER_DEGREE, width, below, say), name=name_of("where", width),
        told=told, height=below + _LINE * len(lines) + 8 * numbered, width=width,
        title=say("Where crossings are, and where others might be"),
    )  # fmt: skip


def _listed(names: Sequence[str], width: int) -> list[str]:
    return [line for i, name in enumerate(names, 1) for line in wrapped(f"{i}  {name}", width, 3)]


def _said(place: dict[str, Any], say: Spoken) -> str:
    if place["kind"] == "plausible":
        return say("a place that nobody confirmed")
    return say("its position is assumed") if place["assumed"] else say("as its source places it")


def _mark(x: float, y: float, place: dict[str, Any], label: str, width: int) -> Markup:
    guess = place["kind"] == "plausible"
    look = 'fill="#fff" stroke-dasharray="4 3"' if guess else 'fill="#3a5f7d"'
    right = x > width * 0.6
    size = 7
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="14" height="14" stroke="#000" stroke-width="1.5" {}/>'
        '<text x="{:.1f}" y="{:.1f}" text-anchor="{}" class="label">{}</text>'
    ).format(
        x - size, y - size, Markup(look),  # noqa: S704 - written above
        x - 11 if right else x + 11, y + 4, "end" if right else "start", label,
    )  # fmt: skip


def scale_bar(per_m: float, width: int, below: int, say: Spoken) -> Markup:
    """Draw a bar of round length, about a fifth of the width, and where north is."""
    room = width / 5 / per_m
    power = 10 ** floor(log10(room))
    metres = next(factor * power for factor in (5, 2, 1) if factor * power <= room)
    length = metres * per_m
    far = metres >= 1000
    told = say("{n} km", n=f"{metres / 1000:g}") if far else say("{n} m", n=f"{metres:g}")
    return Markup(
        '<path d="M20 {y}v6h{length:.1f}v-6" fill="none" stroke="#000" stroke-width="1.5"/>'
        '<text x="{x:.1f}" y="{y}" class="tick">{told}</text>'
        '<path d="M{w} 34v-22m-5 8l5 -8l5 8" fill="none" stroke="#000" stroke-width="1.5"/>'
        '<text x="{w}" y="48" text-anchor="middle" class="tick">{north}</text>'
    ).format(y=below - 16, length=length, x=26 + length, told=told, w=width - 20, north=say("N"))
