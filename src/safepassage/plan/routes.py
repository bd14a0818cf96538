"""List the routes a zone might be told: those its people take in the optimum, and the quickest.

Of the optimum's routes those that most of a zone's people take come first: it is they that
make room for everybody else, where the quickest would not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from safepassage.plan.limits import usable_arcs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.plan.blocks import Reserved
    from safepassage.plan.gates import Gate
    from safepassage.plan.groups import GroupFlow

__all__ = ["Path", "Way", "minutes_away", "most_used", "paths_of", "routes_to_gates", "takes"]

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_MOST_PATHS = 8
"""Routes of the optimum that are tried for a zone; of its hundreds few carry many people."""
_MOST_CROSSINGS = 8


@dataclass(frozen=True, slots=True)
class Way:
    """Hold a zone's route to a crossing: its arcs, and steps from setting out to entering each."""

    zone: int
    gate: int
    arcs: Ints
    after: Ints
    walk: int


def routes_to_gates(
    gate: Gate, flow: GroupFlow, usable_arcs: NDArray[np.bool_]
) -> dict[int, dict[int, Way]]:
    """Find, for each zone with people, its quickest route to each crossing open to the group."""
    ways, n = flow.ways, flow.ways.n_nodes
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
    away, following = dijkstra(back, indices=flow.sinks, return_predecessors=True)
    found: dict[int, dict[int, Way]] = {}
    for zone in flow.zones.tolist():
        node = int(ways.zone_node[zone])
        found[zone] = {
            e: _walk(flow, zone, e, node, following[e], index)
            for e in range(len(gate.nodes))
            if flow.open[e] and np.isfinite(away[e, node])
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


def minutes_away(
    flows: Sequence[GroupFlow], gate: Gate, reserved: tuple[Reserved, ...]
) -> NDArray[np.float64]:
    """Measure the quickest way to each crossing open to a group: (groups, zones, crossings).

    Whole minutes; ``inf`` where there is none, or nobody of the group is in the zone.
    """
    zones = len(flows[0].supply) if flows else 0
    away = np.full((len(flows), zones, len(gate.nodes)), np.inf)
    for g, flow in enumerate(flows):
        usable = np.asarray(usable_arcs(flow, reserved).any(axis=1))
        for zone, options in routes_to_gates(gate, flow, usable).items():
            for e, way in options.items():
                away[g, zone, e] = way.walk
    return away


@dataclass(frozen=True, slots=True)
class Path:
    """Hold a route by its arcs, and how many of the zone's people take it in the optimum."""

    gate: int
    arcs: tuple[int, ...]
    people: int = 0


def paths_of(gate: Gate, flow: GroupFlow, usable_arcs: Flags, steps: int) -> dict[int, list[Path]]:
    """List, for each zone with people, the routes it may be told, the most used first."""
    used: dict[int, Counter[tuple[int, tuple[int, ...]]]] = defaultdict(Counter)
    for route in flow.arrival.routes():
        used[int(flow.zones[route.source])][route.sink, route.arcs] += route.people
    found = {}
    for zone, options in routes_to_gates(gate, flow, usable_arcs).items():
        counts = Counter(dict(used[zone].most_common(_MOST_PATHS)))
        for way in sorted(options.values(), key=lambda way: way.walk)[:_MOST_CROSSINGS]:
            counts[way.gate, tuple(way.arcs.tolist())] += 0
        paths = [Path(e, arcs, people) for (e, arcs), people in counts.items()]
        found[zone] = [path for path in paths if takes(path, flow, usable_arcs, steps)]
    return {zone: paths for zone, paths in found.items() if paths}


def takes(path: Path, flow: GroupFlow, usable_arcs: Flags, steps: int) -> bool:
    """Tell whether a group can go a way in time, straight, by streets and a crossing open to it."""
    arcs = np.array(path.arcs, np.int64)
    return bool(
        flow.open[path.gate]
        and usable_arcs[arcs].all()
        and flow.rounded.transit[arcs].sum() <= steps
        and len(np.unique(flow.ways.head[arcs])) == len(arcs)
    )
