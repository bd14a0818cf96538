"""Reconcile counters of one corridor in the open: each is shown, a stated rule makes the numbers.

The rule, by corridor and hour of the local clock; docs/situation.md gives its reasons:

1. A counter is one source, by one means, of one status, of one kind (running totals, or counts
   over stretches of time). Counters of one crossing count the same people: never added up.
2. They are ranked: verified, observed, reported, alleged; then who counted longest in the hour;
   then counts over stretches before running totals, which say less of when; then who counted
   longest in all. Each minute belongs to the first counter that covers it: that is ``best``.
3. Each counter put first in turn gives a figure for the hour, others filling what it did not
   cover: ``low`` is the least of these, with the counters' own lows, ``high`` the most. What a
   side alleges is put first only where nobody else counted in that hour.
4. Hours add up to the corridor's figure, low with low and high with high. Minutes that nobody
   covered add nothing, and are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from safepassage.ledger.counters import Dense

__all__ = ["RULE", "STATUSES", "Apart", "Hour", "Name", "Reconciled", "reconcile", "whole"]

STATUSES: Final = ("alleged", "reported", "observed", "verified")
"""From the least sure to the surest."""

RULE: Final = (
    "Counters of one crossing are never added up. In each hour every minute belongs to the "
    "surest counter that covers it (verified, observed, reported, alleged; then the one that "
    "counted longest): best. Low and high are the least and the most that any counter that is "
    "not only alleged gives for the hour, others filling what it missed. Hours add up."
)

_MIN: Final = 60
_APART: Final = 10
_APART_SHARE: Final = 0.2


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
    nobody counted.
    """

    first: int
    until: int
    people: tuple[int, int, int] | None
    counters: tuple[Name, ...]
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

    """

    first: int
    people: NDArray[np.float64]
    covered: NDArray[np.float64]
    hours: tuple[Hour, ...]

    @property
    def total(self) -> tuple[int, int, int] | None:
        """Add up the hours; None where nobody counted."""
        told = [hour.people for hour in self.hours if hour.people is not None]
        if not told:
            return None
        low, best, high = (sum(each[i] for each in told) for i in range(3))
        return low, best, high


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
    people = np.zeros((3, minutes))
    covered = np.zeros(minutes)
    total = {name: float(dense.covered.sum()) for name, dense in counters.items()}
    so_far: dict[Name, NDArray[np.float64]] = {name: np.zeros(3) for name in counters}
    best_so_far = np.zeros(3)
    made = []
    for begin, end in hours:
        part = slice(begin - first, end - first)
        there = {
            name: (dense.people[:, part], dense.covered[part])
            for name, dense in counters.items()
            if dense.covered[part].any()
        }
        order = sorted(
            there,
            key=lambda name: (
                -name.rank, -there[name][1].sum(), name.counted == "in all", -total[name], name
            ),
        )  # fmt: skip
        if not order:
            made.append(Hour(begin, end, None, (), ()))
            continue
        figures = {name: _laid(there, (name, *(n for n in order if n != name))) for name in order}
        best, covered[part] = figures[order[0]]
        sums = {name: figures[name][0].sum(axis=1) for name in order}
        best_so_far = best_so_far + sums[order[0]]
        so_far = {name: each + sums.get(name, sums[order[0]]) for name, each in so_far.items()}
        figure = _figure(order, sums)
        apart = _apart(order, sums, so_far, best_so_far)
        made.append(Hour(begin, end, figure, tuple(order), tuple(apart)))
        people[:, part] = _shaped(best[1], covered[part], figure)
    return Reconciled(first, people, covered, tuple(made))


def _laid(
    there: Mapping[Name, tuple[NDArray[np.float64], NDArray[np.float64]]], order: Iterable[Name]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give each second to the first counter that covers it: people, and seconds covered."""
    people: NDArray[np.float64] | None = None
    for name in order:
        counted, seconds = there[name]
        if people is None:
            people, left = counted.copy(), _MIN - seconds
            continue
        takes = np.minimum(seconds, left)
        people += counted * np.divide(takes, seconds, out=np.zeros_like(takes), where=seconds > 0)
        left = left - takes
    assert people is not None  # noqa: S101 - there is a counter
    return people, _MIN - left


def _figure(
    order: Sequence[Name], sums: Mapping[Name, NDArray[np.float64]]
) -> tuple[int, int, int]:
    """Make an hour's low, best and high."""
    best = whole(sums[order[0]][1])
    weighed = [name for name in order if name.rank] or order
    low = min(best, *(whole(sums[name][0]) for name in weighed))
    high = max(best, *(whole(sums[name][2]) for name in weighed))
    return low, best, high


def _apart(
    order: Sequence[Name], sums: Mapping[Name, NDArray[np.float64]],
    so_far: Mapping[Name, NDArray[np.float64]], best_so_far: NDArray[np.float64],
) -> Iterator[Apart]:  # fmt: skip
    best = order[0]
    for name in order[1:]:
        in_all = "in all" in {name.counted, best.counted}
        one, other = (so_far[name], best_so_far) if in_all else (sums[name], sums[best])
        if _differs(one, other):
            yield Apart(name, whole(one[1]), whole(other[1]), in_all)


def _differs(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    """Tell whether two counters cannot both be right, by more than a slip."""
    gap = max(one[0] - other[2], other[0] - one[2])
    return bool(gap > max(_APART, _APART_SHARE * max(one[1], other[1])))


def _shaped(
    best: NDArray[np.float64], covered: NDArray[np.float64], people: tuple[int, int, int]
) -> NDArray[np.float64]:
    """Lay an hour's whole figures over its minutes as the best counter has them."""
    weight = best if best.sum() > 0 else covered
    return np.outer(np.array(people, np.float64), weight / weight.sum())


def whole(people: float) -> int:
    """Round to whole people, halves up."""
    return int(people + 0.5)
