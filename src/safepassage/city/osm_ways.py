"""Hold what an OpenStreetMap file says of its streets, before they are cut and joined."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.city.highways import Mode, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.city.model import Floats, Ints

__all__ = ["NOWHERE", "PER_DEGREE", "Extract", "Judge", "Ways", "bounds_of", "in_sorted"]

NOWHERE = 2**31 - 1
"""What osmium writes for the coordinate of a node that it has not seen."""

PER_DEGREE = 1e7
"""OpenStreetMap keeps coordinates as whole numbers of 1e-7 degrees."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ways:
    """Hold ways: (ways,) each, but ``ref``, the points of one way after the other.

    ``verdict`` and ``name`` are numbers that a `Judge` gave; ``size`` counts points.
    """

    way_id: Ints
    verdict: Ints
    name: Ints
    size: Ints
    ref: Ints

    def __len__(self) -> int:
        """Count the ways."""
        return len(self.way_id)

    def take(self, which: Bools) -> Ways:
        """Keep some of the ways."""
        return Ways(
            self.way_id[which],
            self.verdict[which],
            self.name[which],
            self.size[which],
            self.ref[np.repeat(which, self.size)],
        )

    def any_of(self, point: Bools) -> Bools:
        """Tell which ways have a point for which something holds."""
        way = np.repeat(np.arange(len(self)), self.size)
        found = np.zeros(len(self), np.bool_)
        found[way[point]] = True
        return found

    @classmethod
    def joined(cls, parts: Sequence[Ways]) -> Ways:
        """Put ways one behind the other."""
        columns = ("way_id", "verdict", "name", "size", "ref")
        return cls(
            *(
                np.concatenate([np.empty(0, np.int64), *(getattr(part, column) for part in parts)])
                for column in columns
            )
        )


@dataclass(slots=True)
class Judge:
    """Number verdicts and names, each once, and count what is left out."""

    mode: Mode
    verdicts: list[Verdict] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    _verdict: dict[tuple[str | None, ...], int] = field(default_factory=dict)
    _name: dict[str, int] = field(default_factory=dict)

    def verdict(self, tags: tuple[str | None, ...]) -> int:
        """Give the number of the verdict on tags, the values of ``KEYS``."""
        number = self._verdict.get(tags)
        if number is None:
            number = self._verdict[tags] = len(self.verdicts)
            self.verdicts.append(judge(tags, self.mode))
        return number

    def name(self, called: str | None) -> int:
        """Give the number of a name, or -1."""
        if not called:
            return -1
        number = self._name.get(called)
        if number is None:
            number = self._name[called] = len(self.names)
            self.names.append(called)
        return number

    def is_open(self, ways: Ways) -> Bools:
        """Tell which ways the mode may use."""
        why = np.array([verdict.left_out == "" for verdict in self.verdicts], np.bool_)
        return np.asarray(why[ways.verdict], np.bool_)

    def open_ways(self, ways: Ways) -> Ways:
        """Keep the ways that the mode may use, and count why the others are left out."""
        kept = self.is_open(ways)
        counts = np.bincount(ways.verdict[~kept])
        for number in np.flatnonzero(counts).tolist():
            self.left_out[self.verdicts[number].left_out] += int(counts[number])
        return ways.take(kept)

    def names_in_order(self, ways: Ways) -> Ways:
        """Renumber names by the first of the ways that has each."""
        named = ways.name >= 0
        old, first, which = np.unique(ways.name[named], return_index=True, return_inverse=True)
        order = np.argsort(first)
        self.names = [self.names[i] for i in old[order].tolist()]
        self._name = {name: i for i, name in enumerate(self.names)}
        name = ways.name.copy()
        name[named] = np.argsort(order)[which]
        return replace(ways, name=name)


@dataclass(frozen=True, slots=True)
class Extract:
    """Hold the streets of a file that a mode may use.

    Attributes
    ----------
    ways, judge
        The open ways, and what their verdicts and names mean.
    point
        For each point of ``ways``, its index among the nodes.
    node_id, x, y
        Nodes, ids rising; positions in 1e-7 degrees, `NOWHERE` where the file has none or
        the place asked for does not hold it, shape (nodes,).
    barriers
        Ids of nodes that the mode cannot pass.
    bounds
        West, south, east, north of all the file's nodes in degrees, where that is known.

    """

    ways: Ways
    judge: Judge
    point: Ints
    node_id: Ints
    x: Ints
    y: Ints
    barriers: Ints
    bounds: tuple[float, float, float, float] | None = None


def bounds_of(lon: Floats, lat: Floats) -> tuple[float, float, float, float] | None:
    """Give west, south, east, north of some points, or None where there are none."""
    if not len(lon):
        return None
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def in_sorted(values: Ints, known: Ints) -> tuple[Bools, Ints]:
    """Find values among known ones that rise: whether they are there, and where."""
    if not len(known):
        return np.zeros(len(values), np.bool_), np.zeros(len(values), np.int64)
    place = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return known[place] == values, place
