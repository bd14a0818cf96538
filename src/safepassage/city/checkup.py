"""Check a city before anything is planned on it: what is in it, who gets out, what is assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from safepassage.base.progress import Progress, silent
from safepassage.city.build import build_city, city_inputs
from safepassage.city.drawing import areas_of, drawn_city, zone_areas_of
from safepassage.city.locate import located_case
from safepassage.city.reach import (
    metres_from_zones,
    metres_to,
    open_streets,
    parts_of,
    without_a_way,
)

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.base.provenance import Source
    from safepassage.case import LoadedCase
    from safepassage.city.model import City, Flags, Floats, Ints

__all__ = ["CheckUp", "check_up"]


@dataclass(frozen=True, slots=True, eq=False)
class CheckUp:
    """Hold what was found.

    Attributes
    ----------
    loaded
        The case, its corridors located.
    city
        The city, zones without a way out included.
    inputs
        What it was made from.
    open_streets
        Streets that no hazard closes at all hours, (streets,).
    part
        The part of the open streets each junction is in, 0 for the largest, (nodes,).
    metres
        The way from each zone to each crossing over open streets, ``inf`` where there is
        none, shape (crossings, zones).
    no_way
        Zones whose streets lead to no civilian crossing, whatever is closed, (zones,).
    cut_off
        Zones that hazards keep from every civilian crossing, (zones,).
    apart
        Open streets that lead to no civilian crossing, (streets,).

    """

    loaded: LoadedCase
    city: City
    inputs: tuple[Source, ...]
    open_streets: Flags
    part: Ints
    metres: Floats
    no_way: Flags
    cut_off: Flags
    apart: Flags

    @property
    def civilian(self) -> Flags:
        """Mark the crossings that civilians may use: (crossings,)."""
        users = {c.id: c.users for c in self.loaded.case.corridors}
        return np.array([users[c.corridor] == "civilian" for c in self.city.crossings], np.bool_)

    def as_json(self) -> dict[str, Any]:
        """Give the document that ``checkup.schema.json`` describes."""
        from safepassage.city.checkup_document import (  # noqa: PLC0415 - it imports this
            checkup_document,
        )

        return checkup_document(self)

    def map_json(self) -> dict[str, Any]:
        """Give what the page draws: streets, each with what is the matter, and areas."""
        return {
            **drawn_city(self.city, marks=_marks(self)),
            "areas": areas_of(self.city),
            "zone_areas": zone_areas_of(self.city),
        }

    def geopackage(self, path: Path) -> Path:
        """Write the city's layers into one file that QGIS opens styled.

        Raises
        ------
        InputError
            If it cannot be written.

        """
        from safepassage.city.geopackage import write_geopackage  # noqa: PLC0415 - GDAL

        ways = [zone["way"] for zone in self.as_json()["zones"]]
        return write_geopackage(self.city, self.loaded, path, marks=_marks(self), ways=ways)


def check_up(loaded: LoadedCase, *, progress: Progress = silent) -> CheckUp:
    """Check the city of a case.

    Zones that no street leads out of are told, not refused.

    Raises
    ------
    InputError
        If a file is bad, or a corridor or a zone lies off the map.

    """
    progress("Laying out the city")
    loaded = located_case(loaded, progress=progress)
    city = build_city(loaded, progress=progress, without_a_way_out=True)
    progress("Finding who gets to which crossing")
    opened = open_streets(city)
    every = [metres_from_zones(city, metres_to(city, [c.node], opened)) for c in city.crossings]
    metres = np.array(every).reshape(len(every), len(city.zones))
    users = {corridor.id: corridor.users for corridor in loaded.case.corridors}
    exits = [c for c in city.crossings if users[c.corridor] == "civilian"]
    no_way = np.zeros(len(city.zones), np.bool_)
    cut_off, apart = no_way, np.zeros(city.streets.n_streets, np.bool_)
    if exits:
        no_way = without_a_way(city, {c.corridor for c in exits})
        away = metres_to(city, [c.node for c in exits], opened)
        cut_off = ~np.isfinite(metres_from_zones(city, away)) & ~no_way
        # no way to the crossings of armed groups is drawn, not even by what is left of the rest
        gates = [c.node for c in city.crossings]
        at_gate = np.isin(city.streets.tail, gates) | np.isin(city.streets.head, gates)
        apart = opened & ~np.isfinite(away[city.streets.head]) & ~at_gate
    return CheckUp(
        loaded=loaded, city=city, inputs=(*loaded.inputs, *city_inputs(loaded)),
        open_streets=opened, part=parts_of(city, opened), metres=metres,
        no_way=no_way, cut_off=cut_off, apart=apart,
    )  # fmt: skip


def _marks(found: CheckUp) -> list[str]:
    """Say in a word what is the matter with each street."""
    marks = np.full(found.city.streets.n_streets, "", object)
    marks[found.apart] = "apart"
    for effect in ("narrowed", "not cleared", "closed"):
        for hazard in found.city.hazards:
            if hazard.effect == effect:
                marks[hazard.taken] = effect
    return [str(mark) for mark in marks]
