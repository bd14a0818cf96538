"""Keep armed groups' corridors free of everybody else. Nothing else about them is computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.geo import distance_m
from safepassage.plan.walkways import near_point

if TYPE_CHECKING:
    from safepassage.case.model import Corridor, Options
    from safepassage.city import City
    from safepassage.plan.hours import Hours

__all__ = [
    "Block",
    "Reserved",
    "blocks_of",
    "closed_arcs",
    "reserved_by",
    "shut_crossings",
    "surely_closed_arcs",
    "surely_shut_crossings",
    "too_close",
]

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Block:
    """Reserve a corridor, with a setback around it, for some hours (gap included)."""

    corridor: str
    lat: float
    lon: float
    way: tuple[tuple[float, float], ...]
    accuracy_m: float
    start: datetime
    end: datetime
    setback_m: float
    gap_min: int


def blocks_of(corridors: tuple[Corridor, ...], hours: Hours, options: Options) -> tuple[Block, ...]:
    """List the blocks of all located corridors for armed groups."""
    gap = timedelta(minutes=options.gap_min)
    blocks = []
    for corridor in corridors:
        at = corridor.position
        if corridor.users != "armed" or at is None:
            continue
        kept = corridor.reserved or hours.announced
        blocks.append(
            Block(
                corridor.id, at.lat, at.lon, corridor.way, at.accuracy_m,
                kept.start - gap, kept.end + gap,
                options.setback_m, options.gap_min,
            )
        )  # fmt: skip
    return tuple(blocks)


@dataclass(frozen=True, slots=True)
class Reserved:
    """Hold what a block keeps free, and from which minute of the usable window to which.

    ``streets`` marks streets within the setback, shape (streets,); ``crossings`` the
    crossings that are, shape (crossings,). Minutes are real ones and include the gap.
    """

    streets: Flags
    crossings: Flags
    first: float
    last: float


def reserved_by(
    city: City, blocks: tuple[Block, ...], hours: Hours, corridors: tuple[str, ...]
) -> tuple[Reserved, ...]:
    """List what the blocks keep free; ``corridors`` names the crossings that count."""
    minute = timedelta(minutes=1)
    at = [crossing for crossing in city.crossings if crossing.corridor in corridors]
    lat, lon = np.array([each.lat for each in at]), np.array([each.lon for each in at])
    found = []
    for block in blocks:
        streets = np.zeros(city.streets.n_streets, bool)
        near = np.zeros(len(at), bool)
        for point in _along(block):
            streets |= near_point(city.streets, *point, block.setback_m)
            near |= distance_m(*point, lat, lon) <= block.setback_m
        found.append(
            Reserved(
                streets,
                near,
                (block.start - hours.usable.start) / minute,
                (block.end - hours.usable.start) / minute,
            )
        )
    return tuple(found)


def _along(block: Block) -> list[tuple[float, float]]:
    """Give points along the way to a block's crossing, half a setback apart, and itself."""
    corners = [*block.way, (block.lat, block.lon)]
    points = [corners[-1]]
    spacing = max(block.setback_m / 2, 10)
    for (lat_a, lon_a), (lat_b, lon_b) in pairwise(corners):
        pieces = int(float(distance_m(lat_a, lon_a, lat_b, lon_b)) / spacing) + 1
        points += [
            (lat_a + (lat_b - lat_a) * i / pieces, lon_a + (lon_b - lon_a) * i / pieces)
            for i in range(pieces)
        ]
    return points


def closed_arcs(
    reserved: tuple[Reserved, ...], transit: NDArray[np.int64], steps: int
) -> Flags | None:
    """Tell when nobody may enter an arc: (arcs, steps + 1), or None if nothing is reserved.

    Whoever is on a street must be off it again before its hours begin. Clocks at nodes
    run up to a minute behind, and a minute's people enter for a minute: both count.
    ``transit`` is the group's, shape (arcs,); streets are the first arcs.
    """
    if not reserved:
        return None
    closed = np.zeros((len(transit), steps + 1), bool)
    k = np.arange(steps + 1)
    for each in reserved:
        near = np.flatnonzero(each.streets)
        off = k + 2 + transit[near][:, None]
        closed[near] |= (off > each.first) & (k < each.last)
    return closed


def shut_crossings(reserved: tuple[Reserved, ...], crossings: int, steps: int) -> Flags:
    """Tell when nobody may pass a crossing: (crossings, steps + 1)."""
    shut = np.zeros((crossings, steps + 1), bool)
    k = np.arange(steps + 1)
    for each in reserved:
        shut |= each.crossings[:, None] & ((k + 1 > each.first) & (k < each.last))
    return shut


def surely_closed_arcs(
    reserved: tuple[Reserved, ...], minutes: NDArray[np.float64], steps: int
) -> Flags | None:
    """Tell when an arc is closed for certain, for bounds: (arcs, steps + 1), or None.

    ``minutes`` are the least anybody needs, shape (arcs,). A bound's clocks run up to a
    minute ahead: its step k may hold people of the real minute before.
    """
    if not reserved:
        return None
    closed = np.zeros((len(minutes), steps + 1), bool)
    k = np.arange(steps + 1)
    for each in reserved:
        near = np.flatnonzero(each.streets)
        closed[near] |= (k - 1 >= each.first - minutes[near][:, None]) & (k + 1 <= each.last)
    return closed


def surely_shut_crossings(reserved: tuple[Reserved, ...], crossings: int, steps: int) -> Flags:
    """Tell when a crossing is shut for certain, for bounds: (crossings, steps + 1)."""
    shut = np.zeros((crossings, steps + 1), bool)
    k = np.arange(steps + 1)
    for each in reserved:
        shut |= each.crossings[:, None] & ((k >= each.first) & (k + 1 <= each.last))
    return shut


def too_close(city: City, blocks: tuple[Block, ...]) -> list[tuple[str, str, float, float]]:
    """List civilian crossings whose stated position cannot be told apart from a block.

    Returns
    -------
    (civilian corridor, armed corridor, metres apart, metres of uncertainty) for pairs
    that may lie within the setback once the positions' uncertainty is counted.

    """
    armed = {block.corridor for block in blocks}
    found = []
    for block in blocks:
        for crossing in city.crossings:
            if crossing.corridor in armed:
                continue
            apart = float(distance_m(block.lat, block.lon, crossing.lat, crossing.lon))
            unsure = block.accuracy_m + crossing.accuracy_m
            if apart - unsure <= block.setback_m:
                found.append((crossing.corridor, block.corridor, apart, unsure))
    return found
