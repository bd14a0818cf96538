"""Make those who live nearest to one door of a zone a zone of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.city.model import Zones

if TYPE_CHECKING:
    from safepassage.city.model import StreetMap

__all__ = ["parts_of"]


def parts_of(zones: Zones, streets: StreetMap) -> Zones:
    """Cut zones into parts: a zone for each door, where there are several.

    Parameters
    ----------
    zones
        Zones whose doors were chosen ``apart``: the way to each is that of those who live
        nearest to it.
    streets
        The map, for the place of a part: that of its door.

    """
    whole = np.bincount(zones.door_zone, minlength=len(zones)) == 1
    zone = zones.door_zone
    alone = whole[zone]
    first = np.searchsorted(zone, np.arange(len(zones)))
    number = (np.arange(len(zone)) - first[zone] + 1).tolist()

    def named(texts: tuple[str, ...], form: str) -> tuple[str, ...]:
        return tuple(
            texts[i] if one or not texts[i] else form.format(texts[i], k)
            for i, one, k in zip(zone.tolist(), alone.tolist(), number, strict=True)
        )

    at = zones.door_node
    return Zones(
        ids=named(zones.ids, "{}-part-{}"), names=named(zones.names, "{} ({})"),
        names_ar=named(zones.names_ar, "{} ({})"),
        pcodes=tuple(zones.pcodes[i] for i in zone.tolist()),
        lat=np.where(alone, zones.lat[zone], streets.lat[at]),
        lon=np.where(alone, zones.lon[zone], streets.lon[at]),
        low=zones.low[zone] * zones.door_share, best=zones.best[zone] * zones.door_share,
        high=zones.high[zone] * zones.door_share,
        node=at.copy(), access_m=zones.door_m.copy(),
        shapes=np.where(alone, zones.shapes[zone], np.array(None)),
    )  # fmt: skip
