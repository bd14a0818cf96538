"""Find who gets to which crossing, and how far they walk, over the streets of a city."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from safepassage.city.model import City, Flags, Floats, Ints

__all__ = ["metres_from_zones", "metres_to", "open_streets", "parts_of", "without_a_way"]

_SHORTEST_M = 1e-3
"""A street of no length would be no street in a sparse matrix."""


def open_streets(city: City, *, hazards: bool = True) -> Flags:
    """Mark the streets that can be used at all: (streets,).

    Parameters
    ----------
    city
        The city.
    hazards
        Whether to leave out those that hazards close, or that are not cleared, at all hours.

    """
    streets = city.streets
    usable = streets.open_to[city.mode]
    if city.schematic:  # for all means; a crossing is an end there, not a way through
        usable = ~np.isin(streets.tail, [crossing.node for crossing in city.crossings])
    if hazards:
        for hazard in city.hazards:
            if not (hazard.overridden or hazard.hours):
                usable &= hazard.left > 0
    return usable


def metres_to(city: City, nodes: Sequence[int] | Ints, streets: Flags) -> Floats:
    """Measure the way from every junction to the nearest of some: (nodes,), ``inf`` without.

    Parameters
    ----------
    city
        The city.
    nodes
        Junctions to get to.
    streets
        The streets that may be used, (streets,).

    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - scipy only with streets
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415

    n = city.streets.n_nodes
    if not len(nodes):
        return np.full(n, np.inf)
    tail, head = city.streets.tail[streets], city.streets.head[streets]
    length = np.maximum(city.streets.length_m[streets], _SHORTEST_M)
    order = np.lexsort((length, tail, head))  # of parallel streets the shortest counts
    tail, head, length = tail[order], head[order], length[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    backwards = csr_array((length[first], (head[first], tail[first])), shape=(n, n))
    sources = np.unique(np.asarray(nodes, np.int64))
    return np.asarray(dijkstra(backwards, indices=sources, min_only=True), np.float64)


def metres_from_zones(city: City, metres: Floats) -> Floats:
    """Measure from each zone by its best door, the way to the door included: (zones,)."""
    zones = city.zones
    found = np.full(len(zones), np.inf)
    np.minimum.at(found, zones.door_zone, zones.door_m + metres[zones.door_node])
    return found


def without_a_way(city: City, corridors: Collection[str]) -> Flags:
    """Mark zones whose streets lead to none of some corridors, whatever is closed: (zones,)."""
    exits = [crossing.node for crossing in city.crossings if crossing.corridor in corridors]
    metres = metres_to(city, exits, open_streets(city, hazards=False))
    return np.asarray(~np.isfinite(metres_from_zones(city, metres)))


def parts_of(city: City, streets: Flags) -> Ints:
    """Give each junction the number of its part of the network, 0 for the largest: (nodes,).

    Two junctions are in one part if streets join them, in whatever direction.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    n = city.streets.n_nodes
    ends = city.streets.tail[streets], city.streets.head[streets]
    net = csr_array((np.ones(len(ends[0])), ends), shape=(n, n))
    _, part = connected_components(net, directed=False)
    size = np.bincount(part)
    rank = np.empty(len(size), np.int64)
    rank[np.argsort(-size, kind="stable")] = np.arange(len(size))
    return np.asarray(rank[part], np.int64)
