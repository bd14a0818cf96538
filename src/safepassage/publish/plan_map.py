"""Draw a plan's map as it stands at closing: no script, no colour needed, for paper."""

from __future__ import annotations

from math import cos, radians
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safepassage.base.geo import M_PER_DEGREE
from safepassage.publish.sketch import scale_bar
from safepassage.publish.spoken import ENGLISH
from safepassage.publish.svg import WIDTH, framed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from safepassage.publish.spoken import Spoken

__all__ = ["LETTERS", "plan_map"]

LETTERS = ascii_uppercase
"""Crossings are called by these on the map and in the list beside it."""

_EDGE, _LEAST_HIGH, _MOST_HIGH = 34, 300, 470
_LARGEST = 15.0
"""Radius of the zone with most people, in the map's own units."""
_THICKEST = 7.0
_MOST_STREETS = 4_000
"""Where a map has more, only those that people walk by the schedule are drawn."""


class _Ground:
    """Put degrees on the map; north is up, and a metre is as long either way."""

    def __init__(self, points: Sequence[Sequence[float]]) -> None:
        lon, lat = zip(*points, strict=True)
        self.flat = cos(radians((min(lat) + max(lat)) / 2))
        self.west, self.north = min(lon) * self.flat, max(lat)
        wide = max((max(lon) - min(lon)) * self.flat, 1e-4)
        high = max(max(lat) - min(lat), 1e-4)
        self.scale = min((WIDTH - 2 * _EDGE) / wide, (_MOST_HIGH - 2 * _EDGE) / high)
        self.left = (WIDTH - wide * self.scale) / 2
        self.height = max(_LEAST_HIGH, round(high * self.scale) + 2 * _EDGE)
        self.top = (self.height - high * self.scale) / 2

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return (self.left + (lon * self.flat - self.west) * self.scale,
                self.top + (self.north - lat) * self.scale)  # fmt: skip

    def path(self, line: Sequence[Sequence[float]]) -> str:
        return "M" + "L".join("{:.1f} {:.1f}".format(*self.at(*each)) for each in line)


def plan_map(plan: dict[str, Any], map_: Mapping[str, Any], say: Spoken = ENGLISH) -> Markup:
    """Draw zones, the ways of the schedule's waves and the crossings, at closing.

    Parameters
    ----------
    plan
        A plan as ``plan.schema.json`` has it.
    map_
        Its streets.
    say
        The language of what is told of the picture.

    """
    located = [each for each in plan["corridors"] if each["located"] and each["lat"] is not None]
    points = [[each["lon"], each["lat"]] for each in (*plan["zones"], *located)]
    if not points:
        return Markup()
    ground = _Ground(points)
    served = [each for each in located if each["users"] == "civilian"]
    drawn = [
        _hatch(), *_streets(plan, map_, ground), *_zones(plan["zones"], ground),
        *(_closed(*ground.at(each["lon"], each["lat"])) for each in located if each not in served),
        *(_crossing(*ground.at(each["lon"], each["lat"]), each, LETTERS[i % len(LETTERS)])
          for i, each in enumerate(served)),
        scale_bar(ground.scale / M_PER_DEGREE, WIDTH, ground.height, say),
    ]  # fmt: skip
    told = say.listed(say.name(each) for each in served)
    return framed(*drawn, name="plan-map", title=say("The plan at closing, on a map"),
                  told=str(told), height=ground.height)  # fmt: skip


def _streets(plan: dict[str, Any], map_: Mapping[str, Any], ground: _Ground) -> list[Markup]:
    """Draw streets thin, and those of the waves the thicker the more people they carry."""
    carried: dict[int, int] = {}
    for wave in plan["schedule"]["waves"]:
        for street in wave["streets"]:
            carried[street] = carried.get(street, 0) + wave["people"]
    rows = []
    for street in map_["streets"]:
        own = (street["i"], *street.get("also", ()))
        rows.append((sum(carried.get(i, 0) for i in own), street["line"]))
    few = len(rows) <= _MOST_STREETS
    most = max((people for people, _ in rows), default=0) or 1
    thin = "".join(ground.path(line) for people, line in rows if few and not people)
    drawn = [Markup('<path d="{}" fill="none" stroke="#c9c4b8" stroke-width=".8"/>').format(thin)]
    drawn += [
        Markup('<path d="{}" fill="none" stroke="#1f6fb2" stroke-width="{:.1f}" '
               'stroke-linecap="round" stroke-opacity=".8"/>')
        .format(ground.path(line), max(1.2, _THICKEST * (people / most) ** 0.5))
        for people, line in sorted(rows, key=lambda row: row[0]) if people
    ]  # fmt: skip
    return drawn


def _zones(zones: list[dict[str, Any]], ground: _Ground) -> list[Markup]:
    """Draw each zone as a ring for all who were inside, filled as far as they still are."""
    most = max((each["people"]["best"] for each in zones), default=0) or 1
    drawn = []
    for each in zones:
        inside = each["people"]["best"]
        departed = each.get("departed") or [each["out_schedule"]]
        left = max(0, inside - departed[-1])
        x, y = ground.at(each["lon"], each["lat"])
        outer = 1.5 + _LARGEST * (inside / most) ** 0.5
        drawn.append(
            Markup('<circle cx="{x:.1f}" cy="{y:.1f}" r="{:.1f}" fill="#fff" fill-opacity=".7" '
                   'stroke="#8d6b3c"/><circle cx="{x:.1f}" cy="{y:.1f}" r="{:.1f}" fill="#c9772b" '
                   'fill-opacity=".75"/>')
            .format(outer, outer * (left / inside) ** 0.5 if inside else 0, x=x, y=y)
        )  # fmt: skip
    return drawn


def _hatch() -> Markup:
    return Markup('<defs><pattern id="plan-map-hatch" width="5" height="5" '
                  'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0v5" '
                  'stroke="#333" stroke-width="2"/></pattern></defs>')  # fmt: skip


def _closed(x: float, y: float) -> Markup:
    return Markup('<circle cx="{:.1f}" cy="{:.1f}" r="10" fill="#fff"/><circle cx="{:.1f}" '
                  'cy="{:.1f}" r="10" fill="url(#plan-map-hatch)" stroke="#333"/>'
                  ).format(x, y, x, y)  # fmt: skip


def _crossing(x: float, y: float, corridor: dict[str, Any], letter: str) -> Markup:
    """Draw a crossing with its letter; hollow and dashed where its position is assumed."""
    assumed = corridor["assumed"]
    look = 'fill="#fff" stroke-dasharray="4 2.8"' if assumed else 'fill="#1f6fb2"'
    return Markup('<circle cx="{:.1f}" cy="{:.1f}" r="10" stroke="#14456f" stroke-width="2.4" {}/>'
                  '<text x="{:.1f}" y="{:.1f}" text-anchor="middle" class="letter" fill="{}">{}'
                  "</text>").format(x, y, Markup(look), x, y + 4.5,  # noqa: S704 - written above
                                    "#000" if assumed else "#fff", letter)  # fmt: skip
