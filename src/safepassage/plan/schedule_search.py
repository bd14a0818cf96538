"""Choose one route for each zone, or two, so that most people are out soonest.

From the routes that most people take in the optimum, zone after zone tries its others, and
the waves of all zones are laid anew for each; then every two exchange their crossings where
that is better for both together. What that may cost is counted in looks at
streets, not in seconds: the same case gives the same schedule on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.plan.kernel_schedule import exchange, improve, lay, order_slots, scored

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from safepassage.plan.routes import Path

__all__ = ["SHORTEST_MIN", "Laid", "Question", "Room", "Search", "choose"]

Ints = NDArray[np.int64]
Int32s = NDArray[np.int32]

SHORTEST_MIN = (10, 5, 1)
"""Waves of at least ten minutes are laid first; shorter ones then fill what stands idle."""

_LOOKS = 60_000_000
"""Looks at streets that a choice may cost, for each route of a zone: some three seconds."""
_EXCHANGE_LOOKS = 1_000_000
"""Looks that exchanges may cost as well, for each route of a zone."""
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Room:
    """Hold what is free, in units: people, or parts of one.

    ``streets`` has one row for each arc of ``arcs``; ``twin`` is the row of the same street
    walked the other way, or -1. Shapes (rows, steps + 1), (rows,), (crossings, steps + 1),
    (crossings,).
    """

    arcs: Ints
    streets: Int32s
    twin: Ints
    crossings: Ints
    received: Ints


@dataclass(frozen=True, slots=True)
class Question:
    """Hold what is asked: who is where, which routes they may be told, what is free.

    Attributes
    ----------
    people
        In each zone, shape (zones,).
    paths
        What each zone may be told, the most used first.
    entered
        For each zone and path, the steps from setting out to entering each arc, and to the
        crossing.
    rank
        The order in which zones have every slot first, shape (zones,), or None: whoever
        would pass a crossing first comes first.
    first
        The first step in which anybody may leave.

    """

    people: Ints
    paths: Sequence[Sequence[Path]]
    entered: Sequence[Sequence[Ints]]
    room: Room
    slot_min: int
    units: int
    rank: Ints | None = None
    per_zone: int = 1
    first: int = 0


@dataclass(frozen=True, slots=True)
class Laid:
    """Hold the waves of a choice.

    ``waves`` has a row for each: zone, path, first step, minutes, units per minute, units.
    ``chosen`` is the path of each zone, (per_zone, zones), or -1. ``streets`` and
    ``crossings`` are what they take of the room. ``score`` counts person-minutes past the
    crossings by closing, the area under the curve, less a little for those on the road
    (``kernel_schedule.PAST_WEIGHT``).
    """

    waves: Ints
    chosen: Ints
    streets: Int32s
    crossings: Ints
    score: int


def choose(question: Question, *, looks: int = _LOOKS) -> Laid:
    """Choose routes, and lay the waves on them."""
    return Search(question).found(looks)


class Search:
    """Keep the arrays that the kernel works on."""

    def __init__(self, question: Question) -> None:
        paths, room, zones = question.paths, question.room, len(question.people)
        self.question = question
        self.first = np.cumsum([0, *map(len, paths)])
        needed = _that_bind(question)
        row = np.full(int(room.arcs.max(initial=0)) + 1, -1, np.int64)
        row[room.arcs] = np.arange(len(room.arcs))
        base, rows, after, walk, gate = [0], [], [], [], []
        for options, times in zip(paths, question.entered, strict=True):
            for path, enter in zip(options, times, strict=True):
                own = row[np.array(path.arcs, np.int64)]
                binds = needed[own]
                rows.append(own[binds])
                after.append(enter[:-1][binds])
                base.append(base[-1] + int(binds.sum()))
                walk.append(int(enter[-1]))
                gate.append(path.gate)
        none = [np.zeros(0, np.int64)]
        self.routes = (
            np.array(base), np.concatenate(rows or none), np.concatenate(after or none),
            np.array(walk, np.int64), np.array(gate, np.int64),
        )  # fmt: skip
        self.room = (room.streets, room.twin, room.crossings, room.received)
        self.used = (np.zeros_like(room.streets), np.zeros_like(room.crossings))
        self.supply = question.people * question.units
        self.zone_of = np.tile(np.arange(zones), question.per_zone)
        self.rule = (
            question.slot_min, question.units, int(question.rank is not None), question.first,
        )  # fmt: skip
        steps = room.crossings.shape[1] - 1
        slots = len(self.zone_of) * (steps // question.slot_min + 1)
        self.shortest = np.array(SHORTEST_MIN)
        self.space = (
            np.zeros(slots, np.int64), np.zeros(slots, np.int64),
            np.zeros((slots * len(SHORTEST_MIN), 5), np.int64),
        )  # fmt: skip
        by_people = np.argsort(-question.people, kind="stable")
        of_zones = by_people if question.rank is None else question.rank
        self.entries = np.concatenate([of_zones + i * zones for i in range(question.per_zone)])
        moved = np.array([sum(path.people for path in options) for options in paths])
        self.visits = by_people[np.argsort(-(moved[by_people] > 0).astype(int), kind="stable")]

    def found(self, budget: int) -> Laid:
        """Improve the choice until no zone does better elsewhere, or the budget is spent."""
        zones, first = len(self.question.people), self.first
        chosen = np.full(len(self.zone_of), -1)
        chosen[:zones] = np.where(np.diff(first) > 0, first[:-1], -1)
        best, _ = self._score(chosen)
        options = np.tile(np.stack([first[:-1], first[1:]], axis=1), (self.question.per_zone, 1))
        for second in range(self.question.per_zone):
            left, more = budget, _EXCHANGE_LOOKS
            for _ in range(_ROUNDS):
                score, looks = self._moved(improve, second, options, best, left, chosen)
                left -= looks
                if score == best or left <= 0:
                    score, looks = self._moved(exchange, second, options, score, more, chosen)
                    more -= looks
                if score == best or left <= 0:
                    break
                best = score
        return self._laid(chosen)

    def _moved(
        self, by: Callable[..., tuple[int, int]], second: int, options: Ints, best: int, looks: int,
        chosen: Ints,
    ) -> tuple[int, int]:  # fmt: skip
        """Move first or second routes by ``improve`` or ``exchange``: the score, and looks."""
        score, spent = by(
            self.visits + second * len(self.question.people), options, best, looks, self.entries,
            chosen, self.zone_of, self.supply, self.routes, self.room, self.used, self.rule,
            self.shortest, self.space,
        )  # fmt: skip
        return int(score), int(spent)

    def _score(self, chosen: Ints) -> tuple[int, int]:
        score, looks = scored(
            self.entries, chosen, self.zone_of, self.supply, self.routes, self.room, self.used,
            self.rule, self.shortest, self.space,
        )  # fmt: skip
        return int(score), int(looks)

    def _laid(self, chosen: Ints) -> Laid:
        entry, start, waves = self.space
        slots = order_slots(
            self.entries, chosen, self.routes, self.rule, self.room[2].shape[1] - 1, entry, start
        )
        n, score, _, _ = lay(
            entry, start, slots, chosen, self.zone_of, self.supply, self.routes, self.room,
            self.used, self.rule, self.shortest, waves,
        )  # fmt: skip
        rows = np.empty((n, 6), np.int64)
        rows[:, 0] = self.zone_of[waves[:n, 0]]
        rows[:, 1] = chosen[waves[:n, 0]] - self.first[rows[:, 0]]
        rows[:, 2:] = waves[:n, 1:]
        told = np.where(chosen < 0, -1, chosen - self.first[self.zone_of])
        return Laid(
            rows, told.reshape(self.question.per_zone, -1), self.used[0], self.used[1], int(score)
        )


def _that_bind(question: Question) -> NDArray[np.bool_]:
    """Tell which streets may ever be full: (rows,).

    A street carries in a minute no more than the crossings serve those who set foot on it
    then: each crossing once for every length of the way that is left to it.
    """
    room = question.room
    most = room.crossings.max(axis=1, initial=0)
    row = np.full(int(room.arcs.max(initial=0)) + 1, -1, np.int64)
    row[room.arcs] = np.arange(len(room.arcs))
    ends = {
        (int(row[arc]), path.gate, int(enter[-1] - at))
        for options, times in zip(question.paths, question.entered, strict=True)
        for path, enter in zip(options, times, strict=True)
        for arc, at in zip(path.arcs, enter[:-1].tolist(), strict=True)
    }
    load = np.zeros(len(room.arcs), np.int64)
    for own, gate, _ in ends:
        load[own] += most[gate]
    facing = np.where(room.twin >= 0, load[room.twin], 0)
    return np.asarray(room.streets.min(axis=1, initial=2**31 - 1) < load + facing)
