"""Lay hazards on the streets: which streets each one takes, and what was cleared since."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING
from unicodedata import normalize

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.base.geo import to_metres
from safepassage.city.dangers import cleared_ground, dangers
from safepassage.city.model import Clearing, Hazard

if TYPE_CHECKING:
    import shapely
    from numpy.typing import NDArray

    from safepassage.case import LoadedCase
    from safepassage.city.dangers import Danger, Ground
    from safepassage.city.model import Flags, StreetMap

__all__ = ["lay", "lay_hazards"]

FARTHEST_M = 20_000.0
"""What lies farther from every street is of another place, or its degrees are swapped."""

_TRIFLE_M = 0.1
"""So little of a street may lie outside what was cleared: lines are drawn by hand."""


def lay_hazards(
    loaded: LoadedCase, streets: StreetMap
) -> tuple[tuple[Hazard, ...], tuple[Clearing, ...]]:
    """Find what each hazard of a case takes of the streets, and what each clearing opens.

    A street is taken if any part of it comes within a hazard's distance. It is opened
    again where the whole of that part was cleared on the day of the hazard or later.

    Raises
    ------
    InputError
        If a hazard or a clearing cannot be read, lies far off the map, or names a street
        that the map has not; all together.

    """
    return lay(
        dangers(loaded), cleared_ground(loaded), streets,
        override=loaded.case.clearance.treat_as_cleared,
    )  # fmt: skip


def lay(
    drawn: list[Danger], ground: list[Ground], streets: StreetMap, *, override: bool
) -> tuple[tuple[Hazard, ...], tuple[Clearing, ...]]:
    """Lay hazards and clearings on streets, wherever they were read; see ``lay_hazards``.

    ``override``: a person chose to plan as if what is not cleared were.
    """
    if not drawn and not ground:
        return (), ()
    net = _Net(streets)
    every: list[Danger | Ground] = [*drawn, *ground]
    faults = [fault for each in every if (fault := net.off_the_map(each))]
    named = [net.named(each, faults) for each in ground]
    if faults:
        raise InputError(dict.fromkeys(faults))
    done = [
        _Done(each, net.reach(each), streets) for each, streets in zip(ground, named, strict=True)
    ]
    hazards = tuple(_laid(net, danger, done, override=override) for danger in drawn)
    still = np.zeros(streets.n_streets, np.bool_)
    for hazard in hazards:
        if hazard.effect != "narrowed" and hazard.hours is None and not hazard.overridden:
            still |= hazard.taken  # what one hazard leaves may lie in another
    return hazards, tuple(
        Clearing(
            each.ground.by, each.ground.on, each.ground.source, each.ground.shapes,
            each.ground.within_m, each.ground.streets, each.opened & ~still,
            tuple(each.older_than),
        )
        for each in done
    )  # fmt: skip


class _Done:
    """Hold one clearing: its ground in metres, the streets it names, and what it opens."""

    def __init__(self, ground: Ground, area: shapely.Geometry, named: Flags) -> None:
        self.ground, self.area, self.named = ground, area, named
        self.opened = np.zeros_like(named)
        self.older_than: dict[str, None] = {}


def _laid(net: _Net, danger: Danger, done: list[_Done], *, override: bool) -> Hazard:
    """Lay one hazard on the streets, less what was cleared since."""
    taken, nodes = net.within(danger)
    free = np.zeros_like(taken)
    soft = danger.effect == "not cleared"
    if soft:
        later = [each for each in done if not danger.as_of or each.ground.on >= danger.as_of]
        free = net.freed(danger, taken, later)
        for each in done:
            if each in later:
                each.opened |= free & (each.named | net.meets(free, each.area))
            elif (taken & each.named).any() or net.meets(taken, each.area).any():
                each.older_than[danger.name] = None
    return Hazard(
        name=danger.name, kind=danger.kind, effect=danger.effect, shapes=danger.shapes,
        within_m=danger.within_m, left=np.where(taken & ~free, danger.left, 1.0), cleared=free,
        nodes=nodes, hours=danger.hours, reason=danger.reason, source=danger.source,
        as_of=danger.as_of, overridden=override and soft, width_left=danger.left,
    )  # fmt: skip


class _Net:
    """Hold the streets as lines in metres, with a tree to find those near a shape."""

    def __init__(self, streets: StreetMap) -> None:
        import shapely  # noqa: PLC0415 - only where something is drawn

        self.streets = streets
        self.centre = float(streets.lat.mean()), float(streets.lon.mean())
        xy = to_metres(streets.shape_lat, streets.shape_lon, *self.centre)
        owner = np.repeat(np.arange(streets.n_streets), np.diff(streets.shape_start))
        self.lines = np.asarray(shapely.linestrings(xy, indices=owner), object)
        self.tree = shapely.STRtree(self.lines)
        self.nodes = shapely.STRtree(
            shapely.points(to_metres(streets.lat, streets.lon, *self.centre))
        )
        self.box = shapely.box(*xy.min(axis=0), *xy.max(axis=0))

    def metres(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Turn shapes in degrees into metres east and north of the map's middle."""
        import shapely  # noqa: PLC0415

        return np.asarray(
            shapely.transform(shapes, lambda xy: to_metres(xy[:, 1], xy[:, 0], *self.centre)),
            object,
        )

    def off_the_map(self, drawn: Danger | Ground) -> Fault | None:
        """Tell of shapes that all lie far from every street."""
        import shapely  # noqa: PLC0415

        if not len(drawn.shapes):
            return None
        away = float(shapely.distance(self.metres(drawn.shapes), self.box).min())
        if away <= FARTHEST_M + drawn.within_m:
            return None
        return Fault(
            drawn.where, f"lies {away / 1000:,.0f} km from the map",
            "Check that latitude and longitude are not swapped: a case writes latitude first, "
            "GeoJSON longitude.",
        )  # fmt: skip

    def within(self, danger: Danger) -> tuple[Flags, Flags]:
        """Tell which streets and junctions come within a danger's distance of it."""
        shapes = self.metres(danger.shapes)
        taken = np.zeros(self.streets.n_streets, np.bool_)
        nodes = np.zeros(self.streets.n_nodes, np.bool_)
        for flags, tree in ((taken, self.tree), (nodes, self.nodes)):
            flags[tree.query(shapes, predicate="dwithin", distance=danger.within_m)[1]] = True
        return taken, nodes

    def named(self, ground: Ground, faults: list[Fault]) -> Flags:
        """Tell which streets bear one of the names that were cleared; strange names are faults."""
        known = {_folded(name): i for i, name in enumerate(self.streets.street_names)}
        wanted = []
        for name in ground.streets:
            at = known.get(_folded(name))
            if at is None:
                near = get_close_matches(_folded(name), known, n=3, cutoff=0.6)
                like = ", ".join(self.streets.street_names[known[each]] for each in near)
                faults.append(
                    Fault(ground.where, f"no street on the map is named {name!r}",
                          f"Is it one of: {like}?" if like else "Draw it as a line or an area.")
                )  # fmt: skip
            else:
                wanted.append(at)
        return np.isin(self.streets.name, wanted)

    def reach(self, ground: Ground) -> shapely.Geometry:
        """Give the ground that was cleared, in metres."""
        import shapely  # noqa: PLC0415

        whole = shapely.union_all(shapely.buffer(self.metres(ground.shapes), ground.within_m))
        shapely.prepare(whole)
        return whole

    def meets(self, chosen: Flags, area: shapely.Geometry) -> Flags:
        """Tell which of the chosen streets meet an area: (streets,)."""
        import shapely  # noqa: PLC0415

        found = np.zeros_like(chosen)
        found[chosen] = shapely.intersects(area, self.lines[chosen])
        return found

    def freed(self, danger: Danger, taken: Flags, done: list[_Done]) -> Flags:
        """Tell which streets were cleared as far as they lie in danger: (streets,)."""
        import shapely  # noqa: PLC0415

        free = np.zeros_like(taken)
        for each in done:
            free |= taken & each.named
        whole = shapely.union_all([each.area for each in done])
        if whole.is_empty:
            return free
        maybe = np.flatnonzero(taken & ~free & self.meets(taken, whole))
        lines = self.lines[maybe]
        # a little wider, so that what a round corner cuts off is looked at as well
        zone = shapely.union_all(
            shapely.buffer(self.metres(danger.shapes), danger.within_m * 1.01 + 1)
        )
        part = shapely.intersection(lines, zone)
        rest = shapely.length(shapely.difference(part, whole))
        free[maybe[(rest <= _TRIFLE_M) & (shapely.length(part) > 0)]] = True
        return free


def _folded(name: str) -> str:
    return " ".join(normalize("NFKC", name).casefold().split())
