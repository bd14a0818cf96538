"""Hold what a new plan needs of streets and routes, worked out once and kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from safepassage.plan.groups import Pace
from safepassage.plan.limits import usable_arcs
from safepassage.plan.routes import Path, paths_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from safepassage.plan.groups import GroupFlow
    from safepassage.plan.movement import Moving
    from safepassage.plan.setting import Setting

__all__ = ["Known", "Narrow", "known_of", "narrowed", "pooled", "use_of"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_EVER = 100_000
"""Steps that no window has: which routes are too long depends on the hours left."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Hold one group's streets and the routes that its people may be told.

    Attributes
    ----------
    pace
        Its network and clocks.
    open
        Crossings it may use, (crossings,).
    pool
        Routes for each zone with people, those that most take in the optimum first.
    onward, away
        The arc to go on by to each crossing, or -1, and the steps there: (crossings, nodes).

    """

    number: int
    pace: Pace
    open: Flags
    pool: dict[int, list[Path]]
    onward: Ints
    away: Floats
    _ways: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict, repr=False)

    def way(self, node: int, gate: int) -> tuple[int, ...]:
        """Give the quickest way from a node to a crossing, by its arcs."""
        key = (node, gate)
        if key not in self._ways:
            arcs, head = [], self.pace.ways.head
            while (arc := int(self.onward[gate, node])) >= 0:
                arcs.append(arc)
                node = int(head[arc])
            self._ways[key] = tuple(arcs)
        return self._ways[key]


def known_of(setting: Setting, flows: Sequence[GroupFlow]) -> tuple[Known, ...]:
    """Work out every group's routes."""
    longest = setting.case.options.longest_walk_min
    found = []
    for number, flow in enumerate(flows):
        usable = np.asarray(usable_arcs(flow, setting.reserved).any(axis=1))
        onward, away = _trees(flow, usable)
        pool = paths_of(setting.gate, flow, usable, _EVER if longest is None else longest)
        found.append(Known(number, flow.pace, flow.open, pool, onward, away))
    return tuple(found)


def _trees(flow: GroupFlow, usable: Flags) -> tuple[Ints, Floats]:
    """Find the quickest way from every node to each crossing: next arc, and steps."""
    ways, n, transit = flow.ways, flow.ways.n_nodes, flow.rounded.transit
    arcs = np.flatnonzero(usable)
    # of parallel arcs the quickest; a trifle for each arc keeps loops of no time out
    order = arcs[np.lexsort((transit[arcs], ways.tail[arcs], ways.head[arcs]))]
    key = ways.head[order] * n + ways.tail[order]
    first = np.concatenate([[True], np.diff(key) != 0]) if len(order) else np.zeros(0, bool)
    order, key = order[first], key[first]
    back = coo_array((transit[order] + 1e-6, (ways.head[order], ways.tail[order])), shape=(n, n))
    away, following = dijkstra(back.tocsr(), indices=flow.sinks, return_predecessors=True)
    onward = np.full(following.shape, -1, np.int64)
    gate, node = np.nonzero(following >= 0)
    onward[gate, node] = order[np.searchsorted(key, following[gate, node] * n + node)]
    return onward, np.floor(away)


def pooled(known: Sequence[Known]) -> Flags:
    """Mark the arcs that some group's people may be told to take: (arcs,)."""
    found = np.zeros(len(known[0].pace.ways.tail), np.bool_)
    for each in known:
        for path in (path for paths in each.pool.values() for path in paths):
            found[list(path.arcs)] = True
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Narrow:
    """Hold networks cut down to the arcs that may be used: ``place`` is where each one is now.

    ``paces`` are those of the groups, ``whole`` with all arcs.
    """

    arcs: Ints
    place: Ints
    paces: tuple[Pace, ...]
    whole: tuple[Pace, ...]


def narrowed(known: Sequence[Known], ways: Iterable[Sequence[int]]) -> Narrow:
    """Leave out the arcs that are on none of some ways, in either direction."""
    first = known[0].pace.ways
    kept = np.zeros(len(first.tail), np.bool_)
    for way in ways:
        kept[list(way)] = True
    twin = np.max([each.pace.ways.reverse for each in known], axis=0)
    kept |= (twin >= 0) & kept[twin]
    arcs = np.flatnonzero(kept)
    place = np.cumsum(kept) - 1
    place[~kept] = -1
    paces = tuple(
        Pace(
            each.pace.ways.only(arcs),
            replace(each.pace.rounded, transit=each.pace.rounded.transit[arcs]),
        )
        for each in known
    )
    return Narrow(arcs, place, paces, tuple(each.pace for each in known))


def use_of(
    movements: Iterable[Moving], narrow: Narrow, group: int, crossings: int, steps: int
) -> tuple[Floats, Floats]:
    """Add up what a group's movements take, in people by its own steps.

    Returns
    -------
    Of streets, (arcs, steps + 1), and of crossings, (crossings, steps + 1).

    """
    pace = narrow.paces[group]
    clock, tail = pace.rounded.clock, pace.ways.tail
    streets = np.zeros((len(tail), steps + 2))
    passed = np.zeros((crossings, steps + 2))
    for each in movements:
        if each.group != group:
            continue
        rows = narrow.place[list(each.arcs)]
        enter = np.rint(np.array(each.enter) - clock[tail[rows]]).astype(np.int64)
        begin, end = np.clip(enter, 0, steps + 1), np.clip(enter + each.lasting, 0, steps + 1)
        np.add.at(streets, (rows, begin), each.people_per_min)
        np.add.at(streets, (rows, end), -each.people_per_min)
        first = int(each.arrive + 1e-9)
        passed[each.gate, min(first, steps + 1)] += each.people_per_min
        passed[each.gate, min(first + each.lasting, steps + 1)] -= each.people_per_min
    return np.cumsum(streets, axis=1)[:, :-1], np.cumsum(passed, axis=1)[:, :-1]
