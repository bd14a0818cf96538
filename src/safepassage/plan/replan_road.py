"""Say how people on the road go on: as they were told, to another crossing, or back.

They have left home and are exposed, so they come before everybody who is still there. Who
can pass where they were told goes on. Who cannot goes on from the next junction to the
crossing at which they pass first, and waits there half an hour at most; who can pass at none
turns back. A junction is the first place at which they can be told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.plan.groups import Taken
from safepassage.plan.replan_adopted import piece, step_of
from safepassage.plan.replan_known import narrowed, use_of
from safepassage.plan.robust import LONGEST_WAIT_MIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.plan.movement import Moving
    from safepassage.plan.replan_known import Known, Narrow
    from safepassage.plan.replan_world import World

__all__ = ["OnRoad", "TurnedBack", "free_of", "go_on", "next_place"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TurnedBack:
    """Hold people who can pass at no crossing: they go home from a node that they reach."""

    group: int
    zone: int
    gate: int
    node: int
    step: int
    people: int


@dataclass(frozen=True, slots=True)
class OnRoad:
    """Hold how those on the road go on.

    Attributes
    ----------
    on, sent
        As they were told, and by another way or at another minute.
    back
        Who turns back.
    received
        People that each far end can still receive, (crossings,).
    room
        What is left of each crossing in each minute, (crossings, steps + 1).

    """

    on: tuple[Moving, ...]
    sent: tuple[Moving, ...]
    back: tuple[TurnedBack, ...]
    received: Floats
    room: Floats

    @property
    def all(self) -> tuple[Moving, ...]:
        """List everybody who passes."""
        return (*self.on, *self.sent)


@dataclass(frozen=True, slots=True)
class _Stuck:
    """Hold people of one minute who cannot pass as they were told, and where they get to next."""

    moving: Moving
    last: int  # the arc they are on, by its place on their way
    node: int
    step: int


def go_on(
    world: World, known: Sequence[Known], road: Sequence[Moving], ways: Sequence[Sequence[int]],
    received: Floats,
) -> tuple[OnRoad, Narrow]:  # fmt: skip
    """Send those on the road on; ``ways`` are all others that a new plan may use.

    Returns
    -------
    How they go on, and the streets that they and ``ways`` use.

    """
    room, received = world.room.copy(), received.copy()
    on: list[Moving] = []
    stuck: list[_Stuck] = []
    for each in sorted(road, key=lambda moving: (moving.arrive, moving.zone)):
        if _passes(each, room, received, world.minute):
            on.append(each)
            continue
        for minute in range(each.lasting):
            alone = piece(each, minute, minute + 1)
            if alone is None:
                continue
            if _passes(alone, room, received, world.minute):
                on.append(alone)
            else:
                stuck.append(_stuck(alone, known[alone.group], world.minute))
    tried = [
        known[each.moving.group].way(each.node, gate)
        for each in stuck
        for gate in np.flatnonzero(known[each.moving.group].open).tolist()
    ]
    used = [each.arcs for each in road]
    narrow = narrowed(known, [*ways, *used, *tried])
    sent: list[Moving] = []
    back: list[TurnedBack] = []
    for group in sorted({each.moving.group for each in stuck}):
        own = [one for one in stuck if one.moving.group == group]
        free = free_of(world, narrow, [*on, *sent], group)
        sending = _Sending(world, known[group], narrow, free, room, received)
        for one in sorted(own, key=lambda one: (one.step, one.node)):
            moved, left = sending.send(one)
            sent += moved
            if left:
                told = one.moving
                back.append(TurnedBack(group, told.zone, told.gate, one.node, one.step, left))
    return OnRoad(tuple(on), tuple(sent), tuple(back), received, room), narrow


def free_of(
    world: World, narrow: Narrow, movements: Sequence[Moving], group: int
) -> Floats:  # fmt: skip
    """Give what movements of all groups leave of the streets to one of them: (arcs, steps + 1)."""
    pace, steps = narrow.paces[group], world.steps
    gates = len(world.gate.nodes)
    taken = Taken([], np.zeros((gates, steps + 1)))
    for other in sorted({each.group for each in movements}):
        streets, _ = use_of(movements, narrow, other, gates, steps)
        taken.streets.append((narrow.paces[other], streets))
    free = np.repeat(pace.ways.whole_capacity()[:, None].astype(np.float64), steps + 1, axis=1)
    closed = world.closed(narrow.whole[group])
    if closed is not None:
        free[closed[narrow.arcs]] = 0
    if taken.streets:
        free = np.maximum(free - taken.on(pace), 0)
    return free


def _passes(each: Moving, room: Floats, received: Floats, now: int) -> bool:
    """Take a movement's room at its crossing, if there is enough in every minute."""
    first = step_of(each)[1]
    if first < now:  # they stand before it
        return False
    minutes = slice(first, first + each.lasting)
    there = room[each.gate, minutes]
    if len(there) < each.lasting or (there < each.people_per_min - 1e-9).any():
        return False
    if received[each.gate] < each.people:
        return False
    room[each.gate, minutes] -= each.people_per_min
    received[each.gate] -= each.people
    return True


def next_place(each: Moving, known: Known, minute: int) -> tuple[int, int, int]:
    """Tell which arc of their way people who left in one minute are on, where it ends, and when."""
    ways, clock = known.pace.ways, known.pace.rounded.clock
    arcs = np.array(each.arcs, np.int64)
    enter = np.rint(np.array(each.enter) - clock[ways.tail[arcs]]).astype(np.int64)
    last = max(int(np.searchsorted(enter, minute)) - 1, 0)
    off = int(enter[last] + known.pace.rounded.transit[arcs[last]])
    return last, int(ways.head[arcs[last]]), max(off, minute)


def _stuck(alone: Moving, known: Known, minute: int) -> _Stuck:
    return _Stuck(alone, *next_place(alone, known, minute))


@dataclass(slots=True)
class _Sending:
    """Keep what is left while people are sent to other crossings, one minute's after another."""

    world: World
    known: Known
    narrow: Narrow
    free: Floats
    room: Floats
    received: Floats

    def send(self, stuck: _Stuck) -> tuple[list[Moving], int]:
        """Send as many as can pass somewhere: their movements, and how many turn back."""
        left, moved = stuck.moving.people, []
        while left:
            best = min(
                (found for gate in np.flatnonzero(self.known.open).tolist()
                 if (found := self._at(stuck, gate, left)) is not None),
                default=None,
            )  # fmt: skip
            if best is None:
                break
            passes, gate, people = best[0], best[1], -best[2]
            moved.append(self._take(stuck, gate, passes, people))
            left -= people
        return moved, left

    def _at(self, stuck: _Stuck, gate: int, most: int) -> tuple[int, int, int] | None:
        """Find when the first of them pass a crossing: minute, crossing, people below zero."""
        away = self.known.away[gate, stuck.node]
        there = stuck.step + int(away) if np.isfinite(away) else self.world.steps + 1
        if there > self.world.steps:
            return None
        rows, enter = self._on(stuck, gate)
        fits = int(min(most, self.free[rows, enter].min(initial=most), self.received[gate]))
        if fits <= 0:
            return None
        waits = self.room[gate, there : there + LONGEST_WAIT_MIN + 1]
        passes = np.flatnonzero(waits >= 1 - 1e-9)
        if not len(passes):
            return None
        first = there + int(passes[0])
        return first, gate, -min(fits, int(self.room[gate, first] + 1e-9))

    def _on(self, stuck: _Stuck, gate: int) -> tuple[Ints, Ints]:
        """Give the way to a crossing by its rows, and the steps in which its arcs are entered."""
        rows = self.narrow.place[list(self.known.way(stuck.node, gate))]
        transit = self.narrow.paces[self.known.number].rounded.transit[rows]
        return rows, stuck.step + np.cumsum(transit) - transit

    def _take(self, stuck: _Stuck, gate: int, passes: int, people: int) -> Moving:
        rows, enter = self._on(stuck, gate)
        ways = self.narrow.paces[self.known.number].ways
        self.free[rows, enter] -= people
        for row, step in zip(ways.reverse[rows].tolist(), enter.tolist(), strict=True):
            if row >= 0:  # clocks at the two ends differ by up to a minute
                self.free[row, max(step - 1, 0) : step + 2] -= people
        self.room[gate, passes] -= people
        self.received[gate] -= people
        told, clock = stuck.moving, self.known.pace.rounded.clock
        on = self.known.way(stuck.node, gate)
        arcs = (*told.arcs[: stuck.last + 1], *on)
        later = enter + clock[ways.tail[rows]] if len(rows) else np.zeros(0)
        rate = min(told.people_per_min * people / told.people, float(people))
        return replace(
            told, gate=gate, arcs=arcs, enter=(*told.enter[: stuck.last + 1], *later.tolist()),
            arrive=passes + float(clock[self.world.gate.nodes[gate]]), lasting=1, people=people,
            people_per_min=rate, ahead=max(people - rate, 0.0),
        )  # fmt: skip
