"""Find whom to tell something else, so that few instructions change and most people get out.

All that can stay as it was told stays first. Zones that cannot do as they were told are told
anew. Then further zones are told something else, one after another, those first by which most
people more get out, until nothing is gained: each step is a point between fewest changes and
most people. What a zone may be told anew comes from a second search, in which every zone is
free. It is counted in looks at streets, not in seconds: the same start gives the same plan.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.plan.kernel_schedule import PAST_WEIGHT, improve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from safepassage.plan.movement import Moving
    from safepassage.plan.replan_board import Board
    from safepassage.plan.routes import Path

__all__ = ["Choice", "Found", "Point", "search"]

Ints = NDArray[np.int64]

_LOOKS_FREE = 8_000_000
"""Looks at streets that the search with every zone free may cost: a third of a second."""
_LOOKS_STEPS = 8_000_000
"""Looks that choosing whom to tell something else may cost."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Say what a zone is told anew: a route, and whether its waves that can go stay as well."""

    path: Path
    keeps: bool


@dataclass(frozen=True, slots=True)
class Point:
    """Hold whom a step tells something else, the waves they go in, and what all then come to."""

    told: Mapping[int, Choice]
    waves: tuple[Moving, ...]
    units: int
    score: int


@dataclass(frozen=True, slots=True)
class Found:
    """Hold the steps, from fewest changes to most people; ``forced`` must change in all."""

    forced: frozenset[int]
    points: tuple[Point, ...]


@dataclass(slots=True)
class _Trial:
    """Keep whom the board has free, and on which routes."""

    board: Board
    rows: dict[int, Ints]
    supply: Ints
    chosen: Ints = field(init=False)
    free: list[int] = field(default_factory=list)
    keeps: dict[int, bool] = field(default_factory=dict)
    looks: int = 0
    kept: dict[int, tuple[int, int]] = field(init=False)
    total: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.chosen = np.full(len(self.board.search.zone_of), -1, np.int64)
        self.kept = {i: (int(own[:, 4].sum()), _score(own, self.board))
                     for i, own in self.rows.items()}  # fmt: skip
        self.total = [sum(each[n] for each in self.kept.values()) for n in (0, 1)]

    def tell(self, i: int, route: int, *, keeps: bool) -> None:
        """Free a zone: told another route from now on, its old waves kept beside or not."""
        self.free.append(i)
        self.keeps[i] = keeps
        self.chosen[i] = route
        if not keeps:
            self._put(i, -1)

    def untell(self, i: int) -> None:
        """Take a zone's change back."""
        self.free.remove(i)
        if not self.keeps.pop(i):
            self._put(i, 1)
        self.chosen[i] = -1

    def _put(self, i: int, sign: int) -> None:
        self.board.put(self.rows[i], sign)
        for n in (0, 1):
            self.total[n] += sign * self.kept[i][n]

    def value(self) -> tuple[int, int]:
        """Count the units whom all waves move from now on, and their score."""
        moved, score, looks = self.board.worth(self.free, self.chosen, self._there())
        self.looks += looks
        return moved + self.total[0], score + self.total[1]

    def point(self, value: tuple[int, int]) -> Point:
        """Write the step down."""
        board = self.board
        told = {
            board.zones[i]: Choice(_path(board, int(self.chosen[i])), self.keeps[i])
            for i in self.free
        }
        return Point(told, tuple(board.laid(self.free, self.chosen, self._there())), *value)

    def _there(self) -> Ints:
        """Count the units in each zone who may be told anew."""
        there = self.supply.copy()
        for i in self.free:
            if self.keeps[i]:
                there[i] -= self.kept[i][0]
        return there


def _path(board: Board, route: int) -> Path:
    i = int(np.searchsorted(board.search.first, route, "right")) - 1
    return board.question.paths[i][route - int(board.search.first[i])]


def _score(rows: Ints, board: Board) -> int:
    """Score waves as the kernel does: minutes past the crossings, less a little on the road."""
    walk = board.search.routes[3][rows[:, 0]]
    passes = board.world.steps + 1 - rows[:, 1] - walk
    stream, moved = np.maximum(rows[:, 3], 1), rows[:, 4]
    full = moved // stream
    past = stream * (full * passes - full * (full - 1) // 2)
    past += (moved - stream * full) * (passes - full)
    return int((PAST_WEIGHT * past - moved * walk).sum())


def search(board: Board, kept: Sequence[Moving], forced: Iterable[int], *, worth_it: bool) -> Found:
    """Find the steps between fewest changes and most people.

    Parameters
    ----------
    board
        With the waves ``kept`` laid on it.
    kept
        Waves of people at home that can stay as they were told.
    forced
        Zones that cannot do all that they were told.
    worth_it
        Whether anything has changed; if not, nothing but what is forced is tried.

    """
    rows: dict[int, list[Ints]] = {i: [] for i in range(len(board.zones))}
    for wave in kept:
        row = board.row(wave)
        if row is not None:
            rows[board.place[wave.zone]].append(row)
    trial = _Trial(
        board,
        {i: np.array(own, np.int64).reshape(-1, 5) for i, own in rows.items()},
        board.search.supply.copy(),
    )
    must = [board.place[zone] for zone in forced if zone in board.place]
    best = _all_free(trial) if worth_it or must else {}
    points = [_first(trial, must, best)]
    if worth_it and best:
        points += _steps(trial, best)
        points.append(_whole(trial, best))
    return Found(frozenset(forced), _frontier(points))


def _all_free(trial: _Trial) -> dict[int, int]:
    """Choose a route for every zone, all of them free: zone on the board → route."""
    board, search = trial.board, trial.board.search
    everybody = [i for i in range(len(board.zones)) if search.supply[i] > 0
                 and search.first[i] < search.first[i + 1]]  # fmt: skip
    if not everybody:
        return {}
    chosen = np.full(len(search.zone_of), -1, np.int64)
    for i in everybody:
        own = trial.rows[i]
        chosen[i] = own[0, 0] if len(own) else search.first[i]
    for i in everybody:
        board.put(trial.rows[i], -1)
    visits = np.array(sorted(everybody, key=lambda i: (len(trial.rows[i]) > 0, i)), np.int64)
    options = np.stack([search.first[:-1], search.first[1:]], axis=1)
    _, score, looks = board.worth(visits.tolist(), chosen, search.supply)
    budget = _LOOKS_FREE - looks
    while budget > 0:
        better, spent = improve(
            visits, options, score, budget, visits, chosen, search.zone_of, search.supply,
            search.routes, search.room, search.used, search.rule, search.shortest, search.space,
        )  # fmt: skip
        budget -= int(spent)
        if better == score:
            break
        score = int(better)
    for i in everybody:
        board.put(trial.rows[i])
    return {i: int(chosen[i]) for i in everybody}


def _first(trial: _Trial, must: Sequence[int], best: Mapping[int, int]) -> Point:
    """Change what must change, and nothing else: on the routes that are best for that."""
    value = trial.value()
    for i in sorted(must, key=lambda i: -int(trial.supply[i])):
        if i not in best:
            continue
        value = _best_of(trial, i, _all_routes(trial, i), keeps=(True, False), least=(-1, 0))
    return trial.point(value)


def _all_routes(trial: _Trial, i: int) -> range:
    first = trial.board.search.first
    return range(int(first[i]), int(first[i + 1]))


def _best_of(
    trial: _Trial, i: int, routes: Iterable[int], *, keeps: tuple[bool, ...],
    least: tuple[int, int],
) -> tuple[int, int]:  # fmt: skip
    """Tell a zone whichever is best of some routes, if it is better than ``least``."""
    best, how = least, None
    for keep in keeps:
        for route in routes:
            trial.tell(i, route, keeps=keep)
            value = trial.value()
            trial.untell(i)
            if value > best:
                best, how = value, (route, keep)
    if how:
        trial.tell(i, how[0], keeps=how[1])
    return best


def _routes_for(trial: _Trial, i: int, best: Mapping[int, int]) -> tuple[list[int], list[bool]]:
    """List what a zone is tried on: the route of the free search, and those it was told."""
    routes = dict.fromkeys([best[i], *trial.rows[i][:, 0].tolist()])
    return list(routes), [True, False] if len(trial.rows[i]) else [True]


def _steps(trial: _Trial, best: Mapping[int, int]) -> list[Point]:
    """Tell further zones something else, the most useful first; more at once as it goes on."""
    points: list[Point] = []
    value, at_once = trial.value(), 1
    while trial.looks < _LOOKS_STEPS:
        gains = []
        for i in best:
            if i in trial.keeps or trial.looks >= _LOOKS_STEPS:
                continue
            routes, keeps = _routes_for(trial, i, best)
            tried = _best_of(trial, i, routes, keeps=tuple(keeps), least=value)
            if tried > value:
                how = int(trial.chosen[i]), trial.keeps[i]
                trial.untell(i)
                gains.append((tried, i, how))
        if not gains:
            break
        before = value
        for _, i, (route, keep) in sorted(gains, key=lambda gain: gain[0], reverse=True)[:at_once]:
            trial.tell(i, route, keeps=keep)
            now = trial.value()
            if now > value:
                value = now
            else:
                trial.untell(i)
        if value == before:
            break
        points.append(trial.point(value))
        at_once *= 2
    return points


def _whole(trial: _Trial, best: Mapping[int, int]) -> Point:
    """Tell every zone the route of the free search."""
    for i in list(trial.free):
        trial.untell(i)
    for i, route in best.items():
        trial.tell(i, route, keeps=False)
    return trial.point(trial.value())


def _frontier(points: Sequence[Point]) -> tuple[Point, ...]:
    """Keep the points by which more changes get more people out."""
    found: list[Point] = []
    for point in sorted(points, key=lambda p: (len(p.told), -p.units, -p.score)):
        if not found or (point.units, point.score) > (found[-1].units, found[-1].score):
            found.append(point)
    return tuple(found)
