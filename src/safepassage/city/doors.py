"""Choose the junctions that a zone's people start from, so that they have little to walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.geo import to_metres

if TYPE_CHECKING:
    from safepassage.city.model import Floats, Ints, StreetMap

__all__ = ["Door", "choose_doors"]

_CANDIDATES = 300
"""Of a zone's junctions the doors are chosen among so many with the most people."""

Door = tuple[int, float, float]
"""Junction, metres to it, share of the zone's people."""


def choose_doors(
    streets: StreetMap, at: Ints, people: Floats, most: int, detour: float, *, apart: bool = False
) -> list[Door]:
    """Choose doors one by one, each where it saves people the most walking.

    Parameters
    ----------
    streets
        The map.
    at, people
        Junctions that people live at, and how many, in any unit, shape (places,).
    most
        How many doors at most.
    detour
        Metres walked for each metre as the crow flies.
    apart
        Whether only those to whom a door is the nearest are to start from it.

    Returns
    -------
    Doors, the one nearest to most people first. The way to each is that of all the people
    on average, or if ``apart`` of those to whom it is the nearest; these are its share.

    """
    lat, lon = streets.lat[at], streets.lon[at]
    xy = to_metres(lat, lon, float(lat.mean()), float(lon.mean()))
    maybe = np.argsort(-people, kind="stable")[:_CANDIDATES]
    away = np.hypot(xy[:, None, 0] - xy[None, maybe, 0], xy[:, None, 1] - xy[None, maybe, 1])
    least = np.full(len(at), np.inf)
    chosen: list[int] = []
    for _ in range(min(most, len(maybe))):
        walked = (np.minimum(least[:, None], away) * people[:, None]).sum(axis=0)
        best = int(walked.argmin())
        if best in chosen:
            break
        chosen.append(best)
        least = np.minimum(least, away[:, best])
    nearest = away[:, chosen].argmin(axis=1)
    who = np.repeat(people[:, None], len(chosen), axis=1)
    mine = np.where(nearest[:, None] == np.arange(len(chosen)), who, 0)
    share = mine.sum(axis=0) / people.sum()
    start = mine if apart else who
    mean = (away[:, chosen] * start).sum(axis=0) / np.maximum(start.sum(axis=0), 1e-9) * detour
    found = [
        (int(at[maybe[door]]), float(metres), float(part))
        for door, metres, part in zip(chosen, mean, share, strict=True)
    ]
    return sorted(found, key=lambda door: (-door[2], door[0]))
