"""Work out what a situation holds from what was folded, before it is written down."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from safepassage.ledger.counters import CARRYING, Began
from safepassage.ledger.projection import project
from safepassage.ledger.reconcile import reconcile
from safepassage.ledger.standing import Hours, Word, hours_in_force, state_of
from safepassage.ledger.uncounted import with_uncounted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from safepassage.ledger.counters import Counter, Dense, Newest
    from safepassage.ledger.expected import Expected, ExpectedCorridor
    from safepassage.ledger.fold import Fold
    from safepassage.ledger.projection import Projected
    from safepassage.ledger.reconcile import Name, Reconciled
    from safepassage.ledger.standing import State

__all__ = ["CorridorView", "Flow", "View", "viewed"]

QUARTER_MIN: Final = 15
_HOUR_MIN: Final = 60
_DAYS: Final = 8
_LAG_MIN: Final = 45
"""A corridor whose counts end earlier than this before others' is not waited for: assumed."""


class Flow(NamedTuple):
    """Hold the last quarter of an hour that was counted, and the one before it.

    ``until`` is the minute it ends before; ``now``, ``before`` the people counted in each,
    scaled to a full quarter where part of it was counted; None where less than a third was.
    ``planned``, ``planned_before``: the plan's.
    """

    until: int
    now: float | None
    before: float | None
    planned: int
    planned_before: int


@dataclass(frozen=True, slots=True, eq=False)
class CorridorView:
    """Hold one corridor as it stands."""

    row: int
    corridor: ExpectedCorridor
    hours: Hours
    own_hours: bool
    state: State | None
    dense: dict[Name, Dense]
    counted: Reconciled
    carrying: NDArray[np.int64]
    """Reports of the last hour's minutes by what people carried, (kinds, 60)."""
    tests: Newest
    flow: Flow | None
    last_departure: datetime | None

    @property
    def counted_until(self) -> int | None:
        """Give the minute after the last that anybody counted."""
        found = np.flatnonzero(self.counted.covered)
        return self.counted.first + int(found[-1]) + 1 if len(found) else None

    def uncounted(self) -> Iterator[tuple[int, int]]:
        """Go through stretches that nobody counted, between first and last counts."""
        found = np.flatnonzero(self.counted.covered)
        for before, after in pairwise(found):
            if after - before > 1:
                yield self.counted.first + int(before) + 1, self.counted.first + int(after)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Hold a situation worked out; minutes are after the start of the announced window."""

    fold: Fold
    expected: Expected
    at: datetime
    at_min: int
    """The minute that is just over, or being counted."""
    hours: Hours
    changes: tuple[dict[str, Any], ...]
    corridors: tuple[CorridorView, ...]
    planned: NDArray[np.int64] | None
    """People planned past by the minute, corridors for civilians together."""
    people: NDArray[np.float64]
    """Low, best, high of people past by the minute, the same corridors, up to ``at``."""
    projected: Projected | None
    strange_hours: int
    """Changes of the hours to those of another time: not taken."""

    def moment(self, minute: float) -> datetime:
        """Tell when a minute begins."""
        return self.expected.start + timedelta(minutes=minute)

    @property
    def civilian(self) -> tuple[CorridorView, ...]:
        """Give the corridors that are not for armed groups."""
        return tuple(each for each in self.corridors if not each.corridor.armed)

    @property
    def empty_hours(self) -> int:
        """Count the first hours before the window in which nobody counted anywhere."""
        empty = 0
        for hours in zip(*(each.counted.hours for each in self.corridors), strict=True):
            if hours[0].until > 0 or any(hour.people for hour in hours):
                break
            empty += 1
        return empty

    def listed(self, kind: str) -> list[dict[str, Any]]:
        """Give the events of a kind, newest first."""
        return [value for _, value in reversed(self.fold.lists[kind].kept)]


def viewed(fold: Fold, at: datetime) -> View:
    """Work out a situation of a moment."""
    expected = fold.expected
    told = [_change(value) for _, value in fold.lists["window"].kept]
    changes = tuple(each for each in told if _is_of_pause(fold, each))
    hours = hours_in_force(expected.start, expected.end, (c for c in changes if not c["corridor"]))
    at_min = _minute(expected, at)
    grid = _grid(fold, hours, at_min)
    corridors = tuple(
        _corridor(fold, row, grid, hours, changes, at) for row in range(len(expected.corridors))
    )
    civilian = [each for each in corridors if not each.corridor.armed]
    people = sum((_cumulative(each.counted, grid) for each in civilian), _no_people(grid))
    planned = None
    projected = None
    if expected.planned is not None:
        rows = [each.row for each in civilian]
        planned = expected.planned[rows].sum(axis=0)
        projected = _projected(expected, civilian, people, planned, at_min)
    return View(
        fold=fold, expected=expected, at=at, at_min=at_min, hours=hours, changes=changes,
        corridors=corridors, planned=planned, people=people, projected=projected,
        strange_hours=len(told) - len(changes),
    )  # fmt: skip


def _minute(expected: Expected, at: datetime) -> int:
    return math.ceil((at - expected.start).total_seconds() / 60)


def _change(data: dict[str, Any]) -> dict[str, Any]:
    moments = {key: datetime.fromisoformat(data[key]).astimezone(UTC) for key in ("start", "end")}
    return {"corridor": None, **data, **moments}


def _is_of_pause(fold: Fold, change: dict[str, Any]) -> bool:
    start, end = ((change[key] - fold.expected.start).total_seconds() for key in ("start", "end"))
    return fold.is_of_pause(start, end)


class _Grid(NamedTuple):
    """Say which minutes are laid out, and the hours of the local clock among them."""

    first: int
    until: int
    beyond: int
    hours: tuple[tuple[int, int], ...]


def _grid(fold: Fold, hours: Hours, at_min: int) -> _Grid:
    expected = fold.expected
    spans = [
        span
        for row in fold.counters
        for counter in row.values()
        if (span := counter.span()) is not None
    ]
    end = _minute(expected, hours.end)
    first = min([0, *(span[0] for span in spans)])
    last = max([end, expected.minutes, *(span[1] for span in spans)])
    until = max(min(at_min, last), first)
    shift = expected.start.astimezone(expected.zone).minute
    cuts = [m for m in range(first + 1, until) if (m + shift) % _HOUR_MIN == 0]
    edges = [first, *cuts, until] if until > first else []
    return _Grid(
        first, until, max([until, *(span[1] for span in spans)]),
        tuple(pairwise(edges)),
    )  # fmt: skip


def _began(expected: Expected, counters: Mapping[Name, Counter]) -> Began:
    """Find out when running totals of a corridor began that do not say so."""
    if not any(name.counted == "in all" for name in counters):
        return Began((), ())
    start = expected.start.astimezone(expected.zone)
    days = [0]
    for day in range(1, _DAYS + 1):
        midnight = (start + timedelta(days=day)).replace(hour=0, minute=0, second=0, microsecond=0)
        days.append(int((midnight.astimezone(UTC) - expected.start).total_seconds()))
    told = sorted(first for each in counters.values() for first in each.beginnings())
    return Began(tuple(told), tuple(days))


def _corridor(
    fold: Fold, row: int, grid: _Grid, hours: Hours, changes: tuple[dict[str, Any], ...],
    at: datetime,
) -> CorridorView:  # fmt: skip
    expected = fold.expected
    corridor = expected.corridors[row]
    own = [each for each in changes if each["corridor"] == corridor.id]
    if own and not hours.called_off:
        hours = hours_in_force(hours.start, hours.end, own)
    dense = _dense(fold, row, grid)
    counted = with_uncounted(
        reconcile(dense, grid.first, grid.hours), _passable(fold, row, grid, hours)
    )
    at_min = _minute(expected, at)
    carrying = np.zeros((len(CARRYING), _HOUR_MIN), np.int64)
    for counter in fold.counters[row].values():
        carrying += counter.carrying(at_min - _HOUR_MIN, at_min)
    return CorridorView(
        row=row, corridor=corridor, hours=hours, own_hours=bool(own),
        state=state_of([_word(source, kept) for source, kept in fold.words[row].items()], at),
        dense=dense, counted=counted, carrying=carrying,
        tests=fold.tests[row], flow=_flow(expected, row, counted),
        last_departure=expected.last_departure(row, hours.end),
    )  # fmt: skip


def _dense(fold: Fold, row: int, grid: _Grid) -> dict[Name, Dense]:
    """Lay each counter out; what is said to be after now is put into the last minute."""
    found = {}
    began, size = _began(fold.expected, fold.counters[row]), grid.until - grid.first
    for name, counter in sorted(fold.counters[row].items()):
        dense = counter.dense(grid.first, grid.beyond, began)
        if 0 < size < grid.beyond - grid.first:
            people, covered = dense.people[:, :size].copy(), dense.covered[:size].copy()
            people[:, -1] += dense.people[:, size:].sum(axis=1)
            covered[-1] = max(covered[-1], min(60.0, dense.covered[size:].sum()))
            dense = dense._replace(people=people, covered=covered)
        found[name] = dense
    return found


def _passable(fold: Fold, row: int, grid: _Grid, hours: Hours) -> NDArray[np.bool_]:
    """Tell in which minutes anybody could pass: in its hours, and not closed by the last word."""
    expected = fold.expected
    minutes = np.arange(grid.first, grid.until)
    passable = (minutes >= _minute(expected, hours.start)) & (
        minutes < _minute(expected, hours.end)
    )
    said = [
        (key, value["state"])
        for kept in fold.words[row].values()
        for key, value in kept.kept
        if value["status"] != "alleged"
    ]  # fmt: skip
    shut = np.zeros(len(minutes), np.bool_)
    for (second, *_), state in sorted(said):
        shut[minutes >= second / 60] = state == "closed"
    return passable & ~shut


def _word(source: str, kept: Newest) -> Word:
    """Give a source's last word, and since when it has said the same."""
    _, last = kept.kept[-1]
    since = last
    for _, earlier in reversed(kept.kept):
        if earlier["state"] != last["state"]:
            break
        since = earlier
    return Word(
        happened=datetime.fromisoformat(last["happened_at"]),
        known=datetime.fromisoformat(last["known_at"]), source=source, status=last["status"],
        state=last["state"], event=last["id"], by=last.get("by"),
        since=datetime.fromisoformat(since["happened_at"]),
    )  # fmt: skip


def _flow(expected: Expected, row: int, counted: Reconciled) -> Flow | None:
    found = np.flatnonzero(counted.covered)
    if not len(found):
        return None
    until = int(found[-1]) + 1
    now, before = (
        _quarter(counted, end - QUARTER_MIN, end) for end in (until, until - QUARTER_MIN)
    )
    end = counted.first + until
    by = [expected.planned_by(row, end - k * QUARTER_MIN) for k in range(3)]
    return Flow(end, now, before, by[0] - by[1], by[1] - by[2])


def _quarter(counted: Reconciled, begin: int, end: int) -> float | None:
    part = slice(max(begin, 0), max(end, 0))
    share = float(counted.covered[part].sum()) / (60 * QUARTER_MIN)
    return float(counted.people[1, part].sum()) / share if share > 1 / 3 else None


def _no_people(grid: _Grid) -> NDArray[np.float64]:
    return np.zeros((3, max(grid.until, 0) + 1))


def _cumulative(counted: Reconciled, grid: _Grid) -> NDArray[np.float64]:
    """Give people past by the window's start and each minute after it, (3, minutes + 1)."""
    laid = _no_people(grid)
    if counted.people.shape[1]:
        total = np.cumsum(counted.people, axis=1)
        before = min(max(-grid.first, 0), total.shape[1])
        if before:
            laid[:, 0] = total[:, before - 1]
        rest = total[:, before:]
        laid[:, 1 : rest.shape[1] + 1] = rest
    return laid


def _projected(
    expected: Expected, civilian: list[CorridorView], people: NDArray[np.float64],
    planned: NDArray[np.int64], at_min: int,
) -> Projected | None:  # fmt: skip
    assert expected.planned is not None  # noqa: S101 - asked for with a plan only
    counted = [each.counted_until for each in civilian if expected.served[each.row]]
    told = [minute for minute in counted if minute is not None]
    if not told or at_min < 1:
        return None
    open_ = [
        each.row for each in civilian
        if each.state is None or each.state.word.state != "closed"
    ]  # fmt: skip
    ahead = expected.planned[open_].sum(axis=0) if open_ else np.zeros_like(planned)
    now = min(minute for minute in told if max(told) - minute <= _LAG_MIN)
    return project(people[:, : max(now, 0) + 1], planned, ahead)
