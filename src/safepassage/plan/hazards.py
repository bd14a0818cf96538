"""Keep people off what hazards close for some hours, and count what each one takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from safepassage.plan.blocks import Reserved
from safepassage.plan.walkways import walkways

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safepassage.case.model import Movement
    from safepassage.city import City
    from safepassage.plan.hours import Hours

__all__ = ["Toll", "closed_for_hours", "tolls"]


def closed_for_hours(city: City, hours: Hours, gates: NDArray[np.int64]) -> tuple[Reserved, ...]:
    """List what hazards with hours close; ``gates`` are the crossings' junctions."""
    minute = timedelta(minutes=1)
    streets = city.streets
    found = []
    for hazard in city.hazards:
        if hazard.hours is None or hazard.overridden:
            continue
        ends = np.concatenate([streets.tail[hazard.taken], streets.head[hazard.taken]])
        found.append(
            Reserved(
                hazard.taken,
                hazard.nodes[gates] & np.isin(gates, ends),
                (hazard.hours.start - hours.usable.start) / minute,
                (hazard.hours.end - hours.usable.start) / minute,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class Toll:
    """Count what one hazard takes: streets (each once), their length and their capacity.

    ``streets`` and ``cleared`` are indices of the city's map; ``cleared`` are those that it
    would take, had no source cleared them. ``people_per_min`` is what no longer fits
    through, street by street, added up.
    """

    streets: NDArray[np.int64]
    cleared: NDArray[np.int64]
    length_m: float
    people_per_min: float


def tolls(city: City, movement: Movement) -> tuple[Toll, ...]:
    """Count what each hazard of a city takes by itself, whatever others take: (hazards,)."""
    if not city.hazards:
        return ()
    streets = city.streets
    used = streets.once & (streets.open_to[city.mode] | city.schematic)
    rate = walkways(replace(city, hazards=()), movement).people_per_min[: streets.n_streets]
    found = []
    for hazard in city.hazards:
        taken = np.flatnonzero(hazard.taken & used)
        found.append(
            Toll(
                taken,
                np.flatnonzero(hazard.cleared & used),
                float(streets.length_m[taken].sum()),
                float((rate * (1 - hazard.left))[taken].sum()),
            )
        )
    return tuple(found)
