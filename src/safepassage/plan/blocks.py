"""Keep armed groups' corridors free of everybody else. Nothing else about them is computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.geo import distance_m
from safepassage.plan.walkways import near_point

if TYPE_CHECKING:
    from safepassage.case.model import Corridor, Options
    from safepassage.city import City
    from safepassage.plan.hours import Hours

__all__ = ["Block", "blocks_of", "closed_crossings", "closed_streets", "kept_free", "too_close"]

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Block:
    """Reserve a corridor, with a setback around it, for some hours (gap included)."""

    corridor: str
    lat: float
    lon: float
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
                corridor.id, at.lat, at.lon, at.accuracy_m, kept.start - gap, kept.end + gap,
                options.setback_m, options.gap_min,
            )
        )  # fmt: skip
    return tuple(blocks)


def _span(block: Block, hours: Hours) -> tuple[float, float]:
    """Give the minutes of the usable window between which a block holds."""
    minute = timedelta(minutes=1)
    return (
        (block.start - hours.usable.start) / minute,
        (block.end - hours.usable.start) / minute,
    )


def kept_free(
    city: City, blocks: tuple[Block, ...], hours: Hours
) -> tuple[tuple[Flags, float, float], ...]:
    """List, on the real clock, which streets are kept free from minute to minute."""
    return tuple(
        (near_point(city.streets, block.lat, block.lon, block.setback_m), *_span(block, hours))
        for block in blocks
    )


def _minutes(block: Block, hours: Hours) -> Flags:
    """Tell in which minutes of the usable window a block holds: (steps + 1,)."""
    first, last = _span(block, hours)
    k = np.arange(hours.steps + 1)
    # a clock at a node may run up to a minute behind: keep that minute free as well
    return np.asarray((k + 2 > first) & (k < last))


def closed_streets(city: City, blocks: tuple[Block, ...], hours: Hours) -> Flags | None:
    """Tell which streets are kept free when: (streets, steps + 1), or None if none is."""
    if not blocks:
        return None
    closed = np.zeros((city.streets.n_streets, hours.steps + 1), bool)
    for block in blocks:
        near = near_point(city.streets, block.lat, block.lon, block.setback_m)
        closed |= near[:, None] & _minutes(block, hours)[None, :]
    return closed


def closed_crossings(city: City, blocks: tuple[Block, ...], hours: Hours) -> Flags:
    """Tell which crossings are kept free when: (crossings, steps + 1)."""
    closed = np.zeros((len(city.crossings), hours.steps + 1), bool)
    for block in blocks:
        for i, crossing in enumerate(city.crossings):
            apart = float(distance_m(block.lat, block.lon, crossing.lat, crossing.lon))
            if apart <= block.setback_m or crossing.corridor == block.corridor:
                closed[i] |= _minutes(block, hours)
    return closed


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
