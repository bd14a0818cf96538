"""Read the waves of a plan that was adopted, and part them at a minute of the pause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Fault, InputError
from safepassage.plan.movement import Moving, spread_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from safepassage.plan.groups import Pace
    from safepassage.plan.setting import Setting

__all__ = ["Parted", "parted", "piece", "step_of", "waves_of"]

Ints = NDArray[np.int64]


def step_of(each: Moving) -> tuple[int, int]:
    """Give the steps in which the first of a movement leave home and pass the crossing.

    Clocks at nodes run less than a minute behind: both are the whole minutes.
    """
    return int(each.depart + 1e-9), int(each.arrive + 1e-9)


def piece(each: Moving, first: int, last: int) -> Moving | None:
    """Take the minutes ``first`` to ``last`` of those in which a movement leaves; None if empty."""
    first, last = max(first, 0), min(last, each.lasting)
    if first >= last:
        return None
    people = int(spread_of(each)[first:last].sum())
    if not people:
        return None
    return replace(
        each, depart=each.depart + first, enter=tuple(t + first for t in each.enter),
        arrive=each.arrive + first, lasting=last - first, people=people,
        ahead=max((each.ahead + first * each.people_per_min + 1e-9) % 1 - 1e-9, 0.0),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parted:
    """Hold waves parted at a minute: who is out by then, who is on the road, who is at home."""

    out: tuple[Moving, ...]
    road: tuple[Moving, ...]
    home: tuple[Moving, ...]


def parted(waves: Sequence[Moving], minute: int, *, passed_by: int | None = None) -> Parted:
    """Part waves as they stand when a minute begins, had everybody gone as told.

    Where a crossing closed before, ``passed_by`` is when: who would have passed since stands
    before it, on the road.
    """
    out: list[Moving] = []
    road: list[Moving] = []
    home: list[Moving] = []
    closed = minute if passed_by is None else passed_by
    for each in waves:
        leaves, passes = step_of(each)
        for kept, first, last in (
            (out, 0, closed - passes),
            (road, max(closed - passes, 0), minute - leaves),
            (home, max(minute - leaves, 0), each.lasting),
        ):
            found = piece(each, first, last)
            if found is not None:
                kept.append(found)
    return Parted(tuple(out), tuple(road), tuple(home))


def waves_of(
    document: Mapping[str, Any], setting: Setting, paces: Sequence[Pace]
) -> tuple[Moving, ...]:
    """Read the waves of a plan's document on the network that it was made for.

    Raises
    ------
    InputError
        If the document is of another case, or a wave's streets do not join.

    """
    faults: list[Fault] = []
    reader = _Reader(setting, paces)
    waves = []
    for row in document["schedule"]["waves"]:
        try:
            waves.append(reader.wave(row))
        except (KeyError, IndexError, ValueError) as error:
            faults.append(
                Fault(
                    f"plan.json: wave {row.get('id', '?')}",
                    f"does not fit the case's streets ({type(error).__name__}: {error})",
                    "Give the plan that was made of this case, by this version.",
                )
            )
            if len(faults) >= 5:
                break
    if faults:
        raise InputError(faults)
    return tuple(waves)


class _Reader:
    def __init__(self, setting: Setting, paces: Sequence[Pace]) -> None:
        ways = setting.ways
        self.setting, self.paces = setting, paces
        self.zones = {name: i for i, name in enumerate(setting.city.zones.ids)}
        self.groups = {group.id: i for i, group in enumerate(setting.case.groups)}
        self.gates = {name: i for i, name in enumerate(setting.gate.corridors)}
        self.doors = {
            (int(ways.tail[arc]), int(ways.head[arc])): int(arc)
            for arc in np.flatnonzero(ways.street < 0)[::-1]
        }
        self.start = setting.hours.usable.start

    def _minute(self, text: str) -> int:
        return int((datetime.fromisoformat(text) - self.start).total_seconds()) // 60

    def wave(self, row: Mapping[str, Any]) -> Moving:
        """Read one wave."""
        group, zone = self.groups[row["group"]], self.zones[row["zone"]]
        gate, pace = self.gates[row["corridor"]], self.paces[group]
        ways, clock = pace.ways, pace.rounded.clock
        home, end = int(ways.zone_node[zone]), int(self.setting.gate.nodes[gate])
        streets = np.array(row["streets"], np.int64)
        first = int(ways.tail[streets[0]]) if len(streets) else end
        arcs = np.concatenate([[self.doors[home, first]], streets]).astype(np.int64)
        if (ways.head[arcs[:-1]] != ways.tail[arcs[1:]]).any() or int(ways.head[arcs[-1]]) != end:
            msg = "streets that do not lead to the crossing"
            raise ValueError(msg)
        leaves, passes = self._minute(row["from"]), self._minute(row["passes_from"])
        after = np.concatenate([[0], np.cumsum(pace.rounded.transit[arcs])])
        if passes < leaves + int(after[-1]):
            msg = "a way that takes longer than it says"
            raise ValueError(msg)
        return Moving(
            group=group, zone=zone, gate=gate, arcs=tuple(arcs.tolist()),
            depart=leaves + float(clock[home]),
            enter=tuple((leaves + after[:-1] + clock[ways.tail[arcs]]).tolist()),
            arrive=passes + float(clock[end]),
            lasting=self._minute(row["until"]) - leaves, people=int(row["people"]),
            people_per_min=float(row["people_per_min"]), ahead=self._ahead(row, leaves),
        )  # fmt: skip

    def _ahead(self, row: Mapping[str, Any], leaves: int) -> float:
        """Give the part of a person that a wave is ahead: one that was parted may be."""
        due = float(row["people_per_min"]) * (self._minute(row["until"]) - leaves)
        return min(max(int(row["people"]) - due, 0.0), 1 - 1e-6)
