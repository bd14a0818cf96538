"""Tell a route in steps: named streets and turns, or the neighbourhoods passed on a sketch."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, degrees, hypot, radians
from typing import TYPE_CHECKING, Any

from safepassage.base.geo import M_PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Ground", "Step", "passed", "steps"]

SHORT_M = 40.0
"""A nameless stretch shorter than this is part of the street before it (an assumption)."""

MOST_STEPS = 12
"""Of more steps, those over the shortest nameless stretches are not told (an assumption)."""

STRAIGHT_DEG = 40.0
"""A turn by less than this goes straight on (an assumption)."""

_NEAR_DEG = 1e-4

Line = list[list[float]]


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one step: its street's name (may be empty), which way it turns off, how long it is.

    ``turn`` is ``start``, ``left``, ``right`` or ``on``; ``line`` its points, longitude first.
    """

    name: str
    turn: str
    length_m: float
    line: Line


class Ground:
    """Find streets of a map document by their index."""

    def __init__(self, map_: Mapping[str, Any]) -> None:
        """Index the streets, each under its own number and those that run along it."""
        self.map = map_
        self.nodes: Sequence[Sequence[float]] = map_["nodes"]
        self._streets = {
            i: street for street in map_["streets"] for i in (street["i"], *street["also"])
        }
        middle = sum(map_["bounds"][1::2]) / 2
        self.east_m = M_PER_DEGREE * cos(radians(middle))
        self.north_m = M_PER_DEGREE

    def pieces(self, wave: Mapping[str, Any]) -> list[tuple[str, Line]]:
        """Give the streets of a wave as names and points, each in the way that it is walked."""
        found = []
        for i, (a, _) in zip(wave["streets"], pairwise(wave["nodes"]), strict=False):
            street = self._streets.get(i)
            if street is not None:
                line = street["line"] if street["tail"] == a else street["line"][::-1]
                found.append((str(street["name"] or ""), line))
        return found

    def length_m(self, line: Line) -> float:
        """Measure a line."""
        return sum(
            hypot((b[0] - a[0]) * self.east_m, (b[1] - a[1]) * self.north_m)
            for a, b in pairwise(line)
        )

    def heading(self, a: Sequence[float], b: Sequence[float]) -> float:
        """Tell which way b lies from a, in degrees from east, anticlockwise."""
        return degrees(atan2((b[1] - a[1]) * self.north_m, (b[0] - a[0]) * self.east_m))


def steps(ground: Ground, wave: Mapping[str, Any]) -> list[Step]:
    """Join the streets of a wave into steps, one for each stretch of the same name.

    Parameters
    ----------
    ground
        The map.
    wave
        As ``plan.json`` has it.

    """
    stretches: list[tuple[str, Line]] = []
    for name, line in ground.pieces(wave):
        if stretches and _goes_on(ground, stretches[-1], (name, line)):
            stretches[-1] = (stretches[-1][0], [*stretches[-1][1], *line])
        else:
            stretches.append((name, list(line)))
    while len(stretches) > MOST_STEPS and (at := _shortest_nameless(ground, stretches)):
        stretches[at - 1] = (stretches[at - 1][0], [*stretches[at - 1][1], *stretches[at][1]])
        del stretches[at]
    return [
        Step(name, _turn(ground, stretches, place), ground.length_m(line), line)
        for place, (name, line) in enumerate(stretches)
    ]


def _goes_on(ground: Ground, before: tuple[str, Line], here: tuple[str, Line]) -> bool:
    """Tell whether a street belongs to the step before it."""
    if here[0]:
        return here[0] == before[0]
    short = ground.length_m(here[1]) < SHORT_M
    return short or (not before[0] and _turn(ground, [before, here], 1) == "on")


def _shortest_nameless(ground: Ground, stretches: list[tuple[str, Line]]) -> int:
    nameless = [i for i, (name, _) in enumerate(stretches) if i and not name]
    return min(nameless, key=lambda i: ground.length_m(stretches[i][1]), default=0)


def _turn(ground: Ground, stretches: list[tuple[str, Line]], place: int) -> str:
    if not place:
        return "start"
    before, here = (_apart(each[1]) for each in stretches[place - 1 : place + 1])
    if min(len(before), len(here)) < 2:
        return "on"
    turned = ground.heading(*here[:2]) - ground.heading(*before[-2:])
    turned = (turned + 180) % 360 - 180
    if abs(turned) < STRAIGHT_DEG:
        return "on"
    return "left" if turned > 0 else "right"


def _apart(line: Line) -> Line:
    """Leave out points that stand on the one before."""
    return [line[0], *(b for a, b in pairwise(line) if a != b)]


def passed(
    ground: Ground, wave: Mapping[str, Any], zones: Iterable[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Give the zones that a route on a sketch passes, its own left out.

    Parameters
    ----------
    ground
        A schematic map, whose nodes are the middles of zones and the crossings.
    wave
        As ``plan.json`` has it.
    zones
        Of the plan.

    """
    at = {_place(each["lon"], each["lat"]): each for each in zones}
    found = [at.get(_place(*ground.nodes[node])) for node in wave["nodes"]]
    return [each for each in found if each is not None and each["id"] != wave["zone"]]


def _place(lon: float, lat: float) -> tuple[int, int]:
    return round(lon / _NEAR_DEG), round(lat / _NEAR_DEG)
