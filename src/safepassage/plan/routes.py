"""Find the one route a zone would be told for each crossing: the quickest, by whole steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from safepassage.plan.groups import Gate, GroupFlow
    from safepassage.plan.walkways import Walkways

__all__ = ["Way", "most_used", "routes_to_gates"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Way:
    """Hold a zone's route to a crossing: its arcs, and steps from setting out to entering each."""

    zone: int
    gate: int
    arcs: Ints
    after: Ints
    walk: int


def routes_to_gates(
    ways: Walkways, gate: Gate, flow: GroupFlow, usable_arcs: NDArray[np.bool_]
) -> dict[int, dict[int, Way]]:
    """Find, for each zone with people, its quickest route to each crossing open to the group."""
    n = ways.n_nodes
    transit = flow.rounded.transit
    usable = np.flatnonzero(usable_arcs)
    # of parallel arcs the quickest, scipy would add them up; a trifle for each arc keeps
    # loops of no time out of the tree
    order = usable[np.lexsort((transit[usable], ways.tail[usable], ways.head[usable]))]
    first = np.ones(len(order), bool)
    first[1:] = (np.diff(ways.head[order]) != 0) | (np.diff(ways.tail[order]) != 0)
    arcs = order[first]
    ends = (ways.head[arcs], ways.tail[arcs])
    back = coo_array((transit[arcs] + 1e-6, ends), shape=(n, n)).tocsr()
    index = coo_array((arcs + 1, ends), shape=(n, n)).tocsr()
    away, following = dijkstra(back, indices=gate.nodes, return_predecessors=True)
    found: dict[int, dict[int, Way]] = {}
    for zone in flow.zones.tolist():
        node = int(ways.zone_node[zone])
        found[zone] = {
            e: _walk(flow, zone, e, node, following[e], index)
            for e in np.flatnonzero(flow.open).tolist()
            if np.isfinite(away[e, node])
        }
    return {zone: options for zone, options in found.items() if options}


def _walk(
    flow: GroupFlow, zone: int, gate: int, node: int, following: Ints, index: coo_array
) -> Way:
    arcs, after, walk = [], [], 0
    while following[node] >= 0:
        onward = int(following[node])
        arc = int(index[onward, node]) - 1
        arcs.append(arc)
        after.append(walk)
        walk += int(flow.rounded.transit[arc])
        node = onward
    return Way(zone, gate, np.array(arcs, np.int64), np.array(after, np.int64), walk)


def most_used(flow: GroupFlow, routes: dict[int, dict[int, Way]], n_gates: int) -> dict[int, int]:
    """Give each zone the crossing most of its people take in the optimum, else the nearest."""
    used = np.zeros((len(flow.zones), n_gates), np.int64)
    for route in flow.arrival.routes():
        used[route.source, route.sink] += route.people
    row = {zone: i for i, zone in enumerate(flow.zones.tolist())}
    return {
        zone: min(options, key=lambda e: (-used[row[zone], e], options[e].walk, e))
        for zone, options in routes.items()
    }
