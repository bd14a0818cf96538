"""Put crossings on the junctions nearest to them, and tell how far they were moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepassage.base.errors import Fault, InputError
from safepassage.city.model import Crossing, StreetMap
from safepassage.city.spread import nearest_node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.case import LoadedCase
    from safepassage.case.model import Corridor

__all__ = ["moved_told", "off_the_map", "snapped"]

_WORTH_TELLING_M = 10.0
"""A crossing moved by less stands where it is said to stand."""


def snapped(loaded: LoadedCase, streets: StreetMap, located: list[Corridor]) -> list[Crossing]:
    """Put crossings on the junctions nearest to them; refuse those that lie off the map.

    Raises
    ------
    InputError
        If any lies farther than ``city.max_snap_m`` from every street; all together.

    """
    faults = []
    crossings = []
    for corridor in located:
        at = corridor.position
        if at is None:
            continue
        node, away = nearest_node(streets, at.lat, at.lon)
        if away > loaded.case.city.max_snap_m:
            faults.append(off_the_map(corridor, f"{away:,.0f} m from the nearest street"))
        crossings.append(Crossing(corridor.id, node, at.lat, at.lon, away, at.accuracy_m))
    if faults:
        raise InputError(faults)
    return crossings


def off_the_map(corridor: Corridor, what: str) -> Fault:
    """Say that a corridor lies where no street or zone is."""
    at = corridor.position
    place = f"{at.lat:g}, {at.lon:g}" if at else "?"
    return Fault(
        f"case.toml: corridors, {corridor.id}", f"its position {place} lies {what}",
        "Check that lat and lon are not swapped, or use a larger map.",
    )  # fmt: skip


def moved_told(corridors: Sequence[Corridor], crossings: Sequence[Crossing]) -> list[str]:
    """Say how far crossings were moved to the streets."""
    names = {corridor.id: corridor.name for corridor in corridors}
    return [
        f"The crossing of {names[crossing.corridor]} stands at the junction nearest to its "
        f"position, {crossing.snapped_m:,.0f} m away"
        for crossing in crossings
        if crossing.snapped_m >= _WORTH_TELLING_M
    ]
