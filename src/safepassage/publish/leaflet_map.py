"""Draw the small map of a leaflet: in black and white, and with no script."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, dist, floor, hypot, log10
from typing import TYPE_CHECKING

import numpy as np
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from safepassage.publish.leaflet_route import Ground, Line
    from safepassage.publish.tongue import Tongue

__all__ = ["Mark", "Streets", "small_map"]

WIDTH, HEIGHT = 240, 200
_EDGE = 26.0
_MOST_STREETS = 2500
"""Where more are in the frame, only those with a name are drawn."""
_LEAST_M = 150.0
_APART = 13.0
"""Numbers of steps nearer to each other than this would lie on each other."""

_MARKS = {
    "zone": Markup('<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="#fff" stroke="#000" '
                   'stroke-width="3"/>'),
    "crossing": Markup('<rect x="{left:.1f}" y="{top:.1f}" width="12" height="12" fill="#000" '
                       'stroke="#fff"/>'),
    "passed": Markup('<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6"/>'),
}  # fmt: skip

Mark = tuple[str, float, float]
"""A name and where it stands: longitude, latitude."""


class Streets:
    """Hold the boxes of all streets, to find those in a frame at once."""

    def __init__(self, ground: Ground) -> None:
        """Box every street."""
        self.ground = ground
        self.lines: list[Line] = [each["line"] for each in ground.map["streets"]]
        self.named = np.array([bool(each["name"]) for each in ground.map["streets"]], dtype=bool)
        self.boxes = np.array(
            [[min(x), min(y), max(x), max(y)]
             for x, y in (zip(*line, strict=True) for line in self.lines)],
            dtype=np.float64,
        ).reshape(-1, 4)  # fmt: skip

    def inside(self, west: float, south: float, east: float, north: float) -> list[Line]:
        """Give the lines that come near a frame."""
        boxes = self.boxes
        here: NDArray[np.bool_] = (
            (boxes[:, 0] <= east) & (boxes[:, 2] >= west)
            & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
        )  # fmt: skip
        if here.sum() > _MOST_STREETS:
            here &= self.named
        return [self.lines[i] for i in np.flatnonzero(here)[:_MOST_STREETS]]


class _Frame:
    """Put degrees into the frame."""

    def __init__(self, ground: Ground, points: Sequence[Sequence[float]]) -> None:
        lon, lat = zip(*points, strict=True)
        self._middle = (min(lon) + max(lon)) / 2, (min(lat) + max(lat)) / 2
        self._east, self._north = ground.east_m, ground.north_m
        wide = max((max(lon) - min(lon)) * self._east, _LEAST_M)
        high = max((max(lat) - min(lat)) * self._north, _LEAST_M)
        self.per_m = min((WIDTH - 2 * _EDGE) / wide, (HEIGHT - 2 * _EDGE) / high)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Place a point."""
        x = WIDTH / 2 + (lon - self._middle[0]) * self._east * self.per_m
        return x, HEIGHT / 2 - (lat - self._middle[1]) * self._north * self.per_m

    def box(self) -> tuple[float, float, float, float]:
        """Give west, south, east and north of the frame, in degrees."""
        lon, lat = self._middle
        wide = WIDTH / 2 / self.per_m / self._east
        high = HEIGHT / 2 / self.per_m / self._north
        return lon - wide, lat - high, lon + wide, lat + high

    def path(self, line: Line) -> str:
        """Write a line."""
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (self.at(*each) for each in line))


def small_map(
    streets: Streets, say: Tongue, *, zone: Mark, routes: Sequence[Sequence[Line]],
    crossings: Sequence[Mark], passed: Sequence[Mark] = (), name: str,
) -> Markup:  # fmt: skip
    """Draw a zone, the routes told to it and the crossings open to it.

    Parameters
    ----------
    streets
        Of the map; those in the frame are drawn thin.
    say
        The reader's language.
    zone
        Where people leave from, by its middle.
    routes
        Lines of each route, one for each step; steps are numbered where there are several.
    crossings
        Drawn as squares.
    passed
        Neighbourhoods named along a route on a sketch.
    name
        Begins the ids in it.

    """
    ground = streets.ground
    on_route = [point for route in routes for line in route for point in line]
    points = [[lon, lat] for _, lon, lat in (zone, *crossings)] + on_route
    frame = _Frame(ground, points)
    sketchy = bool(ground.map["schematic"])
    thin = "".join(map(frame.path, streets.inside(*frame.box())))
    drawn = [Markup('<path d="{}" fill="none" stroke="#8a8a8a" stroke-width=".8"{}/>').format(
        thin, Markup(' stroke-dasharray="2 3"') if sketchy else ""
    )]  # fmt: skip
    dashes = Markup(' stroke-dasharray="7 3"') if sketchy else ""
    for route in routes:
        whole = "".join(map(frame.path, route))
        drawn += [
            Markup('<path d="{}" fill="none" stroke="{}" stroke-width="{}" '
                   'stroke-linejoin="round"{}/>').format(whole, color, width, dashed)
            for color, width, dashed in (("#fff", 7, ""), ("#000", 3.4, dashes))
        ]  # fmt: skip
        if route and not sketchy:
            drawn.append(_from(frame.at(*zone[1:]), frame.at(*route[0][0])))
        if len(route) > 1 and not sketchy:
            drawn += _numbers([frame.at(*line[0]) for line in route])
    shown = (("zone", [zone]), ("crossing", crossings), ("passed", passed))
    marks = [(*frame.at(lon, lat), label, kind) for kind, some in shown for label, lon, lat in some]
    labels = _Labels([(x, y) for x, y, _, _ in marks], [
        [frame.at(*point) for point in line] for route in routes for line in route
    ])  # fmt: skip
    drawn += [_MARKS[kind].format(x=x, y=y, left=x - 6, top=y - 6) for x, y, _, kind in marks]
    written = [labels.put(x, y, label, "s" if kind == "passed" else "b")
               for x, y, label, kind in marks]  # fmt: skip
    told = say("Map: {zone} and the crossings", zone=zone[0])
    bar, words = _scale(frame.per_m, say)
    return Markup(
        '<div class="map"><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" '
        'aria-labelledby="{}-map"><title id="{}-map">{}</title>{}{}</svg>{}{}</div>'
    ).format(
        WIDTH, HEIGHT, name, name, told, Markup().join(drawn), bar, Markup().join(written), words
    )  # fmt: skip


def _from(middle: tuple[float, float], start: tuple[float, float]) -> Markup:
    """Dot the way from a zone's middle to where the first step begins."""
    return Markup(
        '<path d="M{:.1f} {:.1f}L{:.1f} {:.1f}" stroke="#000" stroke-width="1.2" '
        'stroke-dasharray="1.2 2.6"/>'
    ).format(*middle, *start)


def _numbers(starts: Sequence[tuple[float, float]]) -> Iterator[Markup]:
    """Write the number of each step where it begins; those on top of each other share a sign."""
    first = 0
    for last, start in enumerate(starts):
        if last + 1 == len(starts) or dist(starts[first], starts[last + 1]) > _APART:
            number = f"{first + 1}" if first == last else f"{first + 1}–{last + 1}"
            yield _number(number, *start)
            first = last + 1


def _number(number: str, x: float, y: float) -> Markup:
    wide = 5.5 + 2.2 * (len(number) - 1)
    return Markup(
        '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="11" rx="5.5" fill="#fff" '
        'stroke="#000"/><text x="{:.1f}" y="{:.1f}" text-anchor="middle" font-size="8" '
        'font-weight="700" direction="ltr">{}</text>'
    ).format(x - wide, y - 5.5, 2 * wide, x, y + 2.8, number)


class _Labels:
    """Put names beside marks, above or below them, where they lie on nothing else."""

    _HIGH, _HALF, _ALONG = 10.0, 6.0, 6.0

    def __init__(
        self, marks: Sequence[tuple[float, float]],
        routes: Sequence[Sequence[tuple[float, float]]],
    ) -> None:  # fmt: skip
        """Take the room of marks, of routes with their numbers, of north and the scale."""
        half = self._HALF
        corners = [*marks, *(line[0] for line in routes if line)]
        self._taken = [(x - half, y - half, x + half, y + half) for x, y in corners]
        for line in routes:
            for (x, y), (to_x, to_y) in pairwise(line):
                number = ceil(hypot(to_x - x, to_y - y) / self._ALONG) or 1
                for part in range(number + 1):
                    at = (x + (to_x - x) * part / number, y + (to_y - y) * part / number)
                    self._taken.append((at[0] - 2, at[1] - 2, at[0] + 2, at[1] + 2))
        self._taken.append((WIDTH - 22.0, 0.0, float(WIDTH), 36.0))  # north
        self._taken.append((0.0, HEIGHT - 16.0, WIDTH / 2.5, float(HEIGHT)))  # the scale

    def put(self, x: float, y: float, text: str, style: str) -> Markup:
        """Write a name where there is room; nothing where there is none at all."""
        wide = len(text) * (5.5 if style == "b" else 4.5)
        within = min(max(x - wide / 2, 2.0), max(2.0, WIDTH - wide - 2))
        places = [(x + 9, y + 3.5), (x - 9 - wide, y + 3.5), (within, y - 9), (within, y + 17),
                  (x + 7, y - 7), (x - 7 - wide, y - 7), (x + 7, y + 15), (x - 7 - wide, y + 15),
                  (within, y - 20), (within, y + 28)]  # fmt: skip
        for left, base in places:
            box = (left, base - self._HIGH + 2, left + wide, base + 2)
            inside = min(left, box[1]) > 0 and box[2] < WIDTH and box[3] < HEIGHT
            if inside and not any(_meet(box, one) for one in self._taken):
                self._taken.append(box)
                return _written(left, base, text, style)
        return Markup()


def _written(left: float, base: float, text: str, style: str) -> Markup:
    """Write words over the drawing: as HTML, for not all that draws SVG joins Arabic letters."""
    return Markup('<span class="{}" style="left:{:.2f}%;top:{:.2f}%">{}</span>').format(
        style, left / WIDTH * 100, (base - 8) / HEIGHT * 100, text
    )


def _meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _scale(per_m: float, say: Tongue) -> tuple[Markup, Markup]:
    """Draw a bar of round length, about a quarter of the width, and where north is; their words."""
    room = WIDTH / 4 / per_m
    power = 10 ** floor(log10(room))
    metres = next(factor * power for factor in (5, 2, 1) if factor * power <= room)
    length = metres * per_m
    told = (say("{n} km", n=f"{metres / 1000:g}") if metres >= 1000
            else say("{n} m", n=f"{metres:g}"))  # fmt: skip
    bar = Markup(
        '<rect x="3" y="{top}" width="{wide:.1f}" height="13" fill="#fff"/>'
        '<path d="M8 {y}v4h{length:.1f}v-4" fill="none" stroke="#000"/>'
        '<path d="M{w} 24v-16m-4 6l4 -6l4 6" fill="none" stroke="#000" stroke-width="1.4"/>'
    ).format(y=HEIGHT - 8, top=HEIGHT - 15, wide=length + 40, length=length, w=WIDTH - 10)
    north = _written(WIDTH - 13, 34, say("N"), "s")
    return bar, _written(12 + length, HEIGHT - 4, told, "s") + north
