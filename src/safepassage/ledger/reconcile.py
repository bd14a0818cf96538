"""Reconcile counters of one corridor in the open: each is shown, a stated rule makes the numbers.

The rule, by corridor and hour of the local clock; docs/situation.md gives its reasons:

1. A counter is one source, by one means, of one status, of one kind (running totals, or counts
   over stretches of time). Counters of one crossing count the same people: never added up.
2. They are ranked: verified, observed, reported, alleged; then who counted longest in the hour;
   then counts over stretches before running totals, which say less of when; then who counted
   longest in all. Each minute belongs to the first counter that covers it: that is ``best``.
3. Each counter put first in turn gives a figure for the hour, the best filling what it did not
   cover: ``low`` is the least of these, with the counters' own lows, ``high`` the most. What a
   side alleges is put first only where nobody else counted in that hour.
4. Hours add up to the corridor's figure, low with low and high with high. Minutes between counts
   that nobody covered add to ``high`` alone, as ``uncounted`` has it, and are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from safepassage.ledger.counters import Dense

__all__ = [
    "RULE",
    "STATUSES",
    "Apart",
    "Figure",
    "Hour",
    "Name",
    "Reconciled",
    "figure_of",
    "reconcile",
]

STATUSES: Final = ("alleged", "reported", "observed", "verified")
"""From the least sure to the surest."""

RULE: Final = (
    "Counters of one crossing are never added up. In each hour every minute belongs to the "
    "surest counter that covers it (verified, observed, reported, alleged; then the one that "
    "counted longest): best. Low and high are the least and the most that any counter that is "
    "not only alleged gives for the hour, others filling what it missed. Hours add up. "
    "For minutes between counts that nobody covered, an hour of each gap at most, high alone has "
    "more: as many as in the busiest quarter of an hour counted there, unless it was closed."
)

_MIN: Final = 60
_APART: Final = 10
_APART_SHARE: Final = 0.2

Floats = NDArray[np.float64]
Figure = tuple[int, int, int]
"""Low, best and high, in whole people."""


class Name(NamedTuple):
    """Tell counters apart."""

    source: str
    means: str
    status: str
    counted: str

    @property
    def rank(self) -> int:
        """Rank its status: the surer, the higher."""
        return STATUSES.index(self.status)


class Apart(NamedTuple):
    """Hold a counter that cannot be right together with the best one, beyond a slip.

    ``people`` is what it gives where the best gives ``best``: for the hour; where either is a
    running total, which says little of when, from the first count until the hour's end.
    """

    name: Name
    people: int
    best: int
    in_all: bool


@dataclass(frozen=True, slots=True)
class Hour:
    """Hold one hour, reconciled.

    ``first`` and ``until`` are minutes after the window's start. ``people`` is None where
    nobody counted; ``counters``, the best first, give what each counted itself.
    """

    first: int
    until: int
    people: Figure | None
    counters: tuple[tuple[Name, Figure], ...]
    apart: tuple[Apart, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Reconciled:
    """Hold one corridor, reconciled.

    Attributes
    ----------
    first
        The minute after the window's start that arrays begin with.
    people
        Low, best, high past in each minute, (3, minutes); whole over each hour.
    covered
        Seconds of each minute that anybody counted, (minutes,).
    hours
        In order.
    uncounted_min, uncounted
        Minutes between counts that nobody covered, and whom the high figure has for them; in
        ``people``, and in no hour.

    """

    first: int
    people: Floats
    covered: Floats
    hours: tuple[Hour, ...]
    uncounted_min: int = 0
    uncounted: int = 0

    @property
    def total(self) -> Figure | None:
        """Add up the hours, and what nobody counted; None where nobody counted at all."""
        told = [hour.people for hour in self.hours if hour.people is not None]
        if not told:
            return None
        low, best, high = (sum(each[i] for each in told) for i in range(3))
        return low, best, high + self.uncounted


class _Counted(NamedTuple):
    """Hold counters side by side.

    ``own``: people of each by the minute, (counters, 3, minutes). ``covered``: its seconds,
    (counters, minutes). ``sums``, ``seconds``: the same by the hour.
    """

    names: tuple[Name, ...]
    own: Floats
    covered: Floats
    sums: Floats
    seconds: Floats


def reconcile(
    counters: Mapping[Name, Dense], first: int, hours: Sequence[tuple[int, int]]
) -> Reconciled:
    """Reconcile the counters of one corridor.

    Parameters
    ----------
    counters
        Each with its minutes from ``first`` on, all of one length.
    first
        Minutes after the window's start.
    hours
        The minutes that each hour begins with and ends before; they follow each other.

    """
    minutes = hours[-1][1] - first if hours else 0
    people, covered = np.zeros((3, minutes)), np.zeros(minutes)
    if not counters or not hours:
        nothing = tuple(Hour(begin, end, None, (), ()) for begin, end in hours)
        return Reconciled(first, people, covered, nothing)
    starts = [begin - first for begin, _ in hours]
    own = np.array([each.people for each in counters.values()])
    seen = np.array([each.covered for each in counters.values()])
    table = _Counted(
        tuple(counters), own, seen,
        np.add.reduceat(own, starts, axis=2), np.add.reduceat(seen, starts, axis=1),
    )  # fmt: skip
    total = seen.sum(axis=1)
    orders = [_order(table, hour, total) for hour in range(len(hours))]
    best = np.zeros((3, minutes))
    for (begin, end), order in zip(hours, orders, strict=True):
        part = slice(begin - first, end - first)
        best[:, part], covered[part] = _laid(own[order, :, part], seen[order, part])
    figures = _figures(table, best, covered, starts)
    hourly = np.add.reduceat(best, starts, axis=1)
    made = []
    for hour, ((begin, end), order) in enumerate(zip(hours, orders, strict=True)):
        if not order:
            made.append(Hour(begin, end, None, (), ()))
            continue
        figure = _figure(table, order, figures[:, :, hour], hourly[:, hour])
        apart = _apart(table, order, figures, hourly, hour)
        counted = tuple((table.names[k], figure_of(table.sums[k, :, hour])) for k in order)
        made.append(Hour(begin, end, figure, counted, tuple(apart)))
        part = slice(begin - first, end - first)
        people[:, part] = _shaped(best[1, part], covered[part], figure)
    return Reconciled(first, people, covered, tuple(made))


def _order(table: _Counted, hour: int, total: Floats) -> list[int]:
    """Rank the counters that cover any of an hour, the best first."""
    names, seconds = table.names, table.seconds[:, hour]
    return sorted(
        np.flatnonzero(seconds).tolist(),
        key=lambda k: (
            -names[k].rank, -seconds[k], names[k].counted == "in all", -total[k], names[k]
        ),
    )  # fmt: skip


def _laid(own: Floats, seen: Floats) -> tuple[Floats, Floats]:
    """Give each second of an hour to the first counter that covers it: people, seconds covered."""
    people, left = np.zeros(own.shape[1:]), np.full(seen.shape[1], float(_MIN))
    for counted, seconds in zip(own, seen, strict=True):
        takes = np.minimum(seconds, left)
        people += counted * np.divide(takes, seconds, out=np.zeros_like(takes), where=seconds > 0)
        left -= takes
        if not left.any():
            break
    return people, _MIN - left


def _figures(table: _Counted, best: Floats, covered: Floats, starts: list[int]) -> Floats:
    """Give what each counter, put first, makes of every hour: (counters, 3, hours).

    What it did not cover is filled from the best.
    """
    missed = np.divide(
        covered - table.covered, covered, out=np.zeros_like(table.covered), where=covered > 0
    )
    return table.sums + np.add.reduceat(best * missed[:, None, :], starts, axis=2)


def figure_of(sums: Floats) -> Figure:
    """Round low, best and high to whole people."""
    low, best, high = (whole(float(each)) for each in sums)
    return min(low, best), best, max(best, high)


def _figure(table: _Counted, order: list[int], figures: Floats, hourly: Floats) -> Figure:
    """Make an hour's low, best and high."""
    best = whole(float(hourly[1]))
    weighed = [k for k in order if table.names[k].rank] or order
    low = min(best, whole(float(hourly[0])), *(whole(float(figures[k, 0])) for k in weighed))
    high = max(best, whole(float(hourly[2])), *(whole(float(figures[k, 2])) for k in weighed))
    return low, best, high


def _apart(
    table: _Counted, order: list[int], figures: Floats, hourly: Floats, hour: int
) -> Iterator[Apart]:
    best = table.names[order[0]]
    for k in order[1:]:
        name = table.names[k]
        in_all = "in all" in {name.counted, best.counted}
        part = slice(0, hour + 1) if in_all else slice(hour, hour + 1)
        one, other = figures[k, :, part].sum(axis=1), hourly[:, part].sum(axis=1)
        if _differs(one, other):
            yield Apart(name, whole(float(one[1])), whole(float(other[1])), in_all)


def _differs(one: Floats, other: Floats) -> bool:
    """Tell whether two counters cannot both be right, by more than a slip."""
    gap = max(one[0] - other[2], other[0] - one[2])
    return bool(gap > max(_APART, _APART_SHARE * max(one[1], other[1])))


def _shaped(best: Floats, covered: Floats, people: Figure) -> Floats:
    """Lay an hour's whole figures over its minutes as the best counter has them."""
    weight = best if best.sum() > 0 else covered
    return np.outer(np.array(people, np.float64), weight / weight.sum())


def whole(people: float) -> int:
    """Round to whole people, halves up."""
    return int(people + 0.5)
