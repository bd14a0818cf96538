"""Keep counts of people by the minute: added and taken back in any order, in little room."""

from __future__ import annotations

from bisect import bisect_left, insort
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

__all__ = ["CARRYING", "Counter", "Dense", "Newest", "Over", "Running", "carried"]

SCALE: Final = 720_720
"""Parts of a person that minutes are kept in: 1 to 16 divide it, so that most counts stay exact."""

_MIN: Final = 60
CARRYING: Final = ("unarmed", "armed", "mixed", "not known")
_READINGS_KEPT: Final = 4

Key = tuple[float, float, str]
"""When it happened, when it was known, its id: events in an order that all ledgers share."""


Parts = tuple[int, int, int]
"""Low, best and high, in people or parts of a person."""

Falls = tuple[Parts, ...]
"""Where a running total fell: the minute, from how many, to how many."""


class Newest:
    """Keep the newest of many things by their key, whatever order they come in."""

    __slots__ = ("kept", "limit", "lost")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.kept: list[tuple[Key, Any]] = []
        self.lost = 0

    def add(self, key: Key, value: Any) -> None:
        """Take one in; the oldest goes where there are too many."""
        insort(self.kept, (key, value), key=_first)
        if len(self.kept) > self.limit:
            del self.kept[0]
            self.lost += 1

    def remove(self, key: Key) -> None:
        """Take one back that was added."""
        at = bisect_left(self.kept, key, key=_first)
        if at < len(self.kept) and self.kept[at][0] == key:
            del self.kept[at]
        else:
            self.lost -= 1

    def is_short(self, need: int = 1) -> bool:
        """Tell whether things that went are needed again."""
        return self.lost > 0 and len(self.kept) < need

    def __len__(self) -> int:
        return len(self.kept) + self.lost

    @property
    def newest(self) -> Any:
        """Give the newest; there must be one."""
        return self.kept[-1][1]


def _first(pair: tuple[Key, Any]) -> Key:
    return pair[0]


class Dense(NamedTuple):
    """Hold one counter's minutes laid out.

    ``people``: low, best and high in each minute, (3, minutes). ``covered``: seconds of each
    minute that were counted, 0 to 60, (minutes,). ``twice``: minutes counted more than once by
    the same counter. ``fell``: where a running total fell, as (minute, from, to).
    """

    people: NDArray[np.float64]
    covered: NDArray[np.float64]
    twice: int
    fell: Falls


class Over:
    """Keep counts over stretches of time, spread evenly over their seconds.

    A minute's people are low, best, high and seconds counted; the next four are what changes
    from this minute on, for stretches that cover whole minutes: adding one touches three bins.
    """

    __slots__ = ("bins",)

    def __init__(self) -> None:
        self.bins: dict[int, list[int]] = {}

    def add(self, start_s: int, end_s: int, parts: Parts, sign: int = 1) -> None:
        """Add a count, or take it back with ``sign`` -1.

        Parameters
        ----------
        start_s, end_s
            Seconds after the window's start; without length, it is the minute before the end.
        parts
            Low, best, high, in 1 / ``SCALE`` people.

        """
        if end_s <= start_s:
            start_s = end_s - _MIN
        length = end_s - start_s
        first, into = divmod(start_s, _MIN)
        last = (end_s - 1) // _MIN
        if first == last:
            self._put(first, (*parts, length, 0, 0, 0, 0), sign)
            return
        head = _MIN - into
        middle = last - first - 1
        heads = [part * head // length for part in parts]
        whole = [part * _MIN // length for part in parts] if middle else [0, 0, 0]
        tail = length - head - middle * _MIN
        rest = [p - h - middle * w for p, h, w in zip(parts, heads, whole, strict=True)]
        self._put(first, (*heads, head, 0, 0, 0, 0), sign)
        self._put(last, (*rest, tail, 0, 0, 0, 0), sign)
        if middle:
            self._put(first + 1, (0, 0, 0, 0, *whole, _MIN), sign)
            self._put(last, (0, 0, 0, 0, *whole, _MIN), -sign)

    def _put(self, minute: int, values: tuple[int, ...], sign: int) -> None:
        found = self.bins.get(minute)
        if found is None:
            self.bins[minute] = [sign * value for value in values]
            return
        for i, value in enumerate(values):
            if value:
                found[i] += sign * value
        if not any(found):
            del self.bins[minute]

    def span(self) -> tuple[int, int] | None:
        """Give the first minute and the one after the last that hold anything."""
        return (min(self.bins), max(self.bins) + 1) if self.bins else None

    def dense(self, first: int, until: int) -> Dense:
        """Lay out the minutes from ``first`` until before ``until``."""
        rows = [self.bins.get(minute, _NOTHING) for minute in range(first, until)]
        low, best, high, covered = (
            [row[i] + running for row, running in zip(rows, accumulate(r[i + 4] for r in rows),
                                                     strict=True)]
            for i in range(4)
        )  # fmt: skip
        seconds = np.array(covered, np.float64)
        people = np.array([low, best, high], np.float64) / SCALE
        often = np.maximum(seconds / _MIN, 1.0)
        people[:2] /= often  # a minute counted twice counts once; at most, both saw others
        return Dense(people, np.minimum(seconds, _MIN), int((often > 1.0).sum()), ())


_NOTHING: Final = [0] * 8


class Running:
    """Keep running totals: for each minute, and each beginning that was told, the last ones."""

    __slots__ = ("cells",)

    def __init__(self) -> None:
        self.cells: dict[tuple[int | None, int], Newest] = {}

    def add(self, since_s: int | None, key: Key, people: Parts, sign: int = 1) -> None:
        """Add a reading of the total, or take it back."""
        where = (since_s, int(key[0] // _MIN))
        if sign > 0:
            cell = self.cells.get(where)
            if cell is None:
                cell = self.cells[where] = Newest(_READINGS_KEPT)
            cell.add(key, people)
            return
        cell = self.cells[where]
        cell.remove(key)
        if not len(cell):
            del self.cells[where]

    def is_short(self) -> bool:
        """Tell whether a reading that went is needed again."""
        return any(cell.is_short() for cell in self.cells.values())

    def span(self) -> tuple[int, int] | None:
        """Give the first minute and the one after the last that may hold anything."""
        if not self.cells:
            return None
        minutes = [minute for _, minute in self.cells]
        begins = [since // _MIN for since, _ in self.cells if since is not None]
        return min([*minutes, *begins]) - 1, max(minutes) + 1

    def spread(self, began_s: Callable[[float], int]) -> tuple[Over, Falls]:
        """Spread what each reading adds to the one before over the time between them.

        Parameters
        ----------
        began_s
            When counting began, for a reading at a moment that does not say so.

        """
        series: dict[int, list[tuple[int, Parts]]] = {}
        for (since, _), cell in self.cells.items():
            (happened, _, _), people = cell.kept[-1]
            begin = min(began_s(happened) if since is None else since, int(happened))
            series.setdefault(begin, []).append((int(happened), people))
        over, fell = Over(), []
        begins = sorted(series)
        for begin, following in zip(begins, [*begins[1:], None], strict=True):
            readings = sorted(series[begin])
            fell += [
                (int(at // _MIN), before[1], now[1])
                for (_, before), (at, now) in pairwise(readings)
                if now[1] < before[1]
            ]
            for start, end, parts in _increments(begin, readings):
                _cut(over, start, end, parts, following)
        return over, tuple(fell)


def _increments(begin: int, readings: list[tuple[int, Parts]]) -> Iterator[tuple[int, int, Parts]]:
    """Give what was added between readings; a later, lower one corrects those before it.

    At most, the counter began anew where its total fell.
    """
    settled = [people for _, people in readings]
    for i in range(len(settled) - 2, -1, -1):
        low, best, _ = settled[i + 1]
        settled[i] = (min(settled[i][0], low), min(settled[i][1], best), settled[i][2])
    start, before = begin, (0, 0, 0)
    for (at, told), people in zip(readings, settled, strict=True):
        more = told[2] - before[2]
        added = (
            max(people[0] - before[0], 0), max(people[1] - before[1], 0),
            more if more >= 0 else told[2],
        )  # fmt: skip
        yield start, at, (SCALE * added[0], SCALE * added[1], SCALE * added[2])
        start, before = at, (people[0], people[1], told[2])


def _cut(over: Over, start: int, end: int, parts: Parts, until: int | None) -> None:
    """Add a stretch, or what lies of it before the counter began anew."""
    if until is None or end <= until:
        over.add(start, end, parts)
    elif start < until:
        share = until - start
        low, best, high = (part * share // (end - start) for part in parts)
        over.add(start, until, (low, best, high))


class Counter:
    """Keep all counts of one source, by one means, of one status, of one kind, on one corridor."""

    __slots__ = ("carry", "counts", "reports")

    def __init__(self, *, running: bool) -> None:
        self.counts: Over | Running = Running() if running else Over()
        self.carry: dict[int, list[int]] = {}
        self.reports = 0

    def add(self, key: Key, since_s: int | None, people: Parts, carrying: str, sign: int) -> None:
        """Add a report, or take it back."""
        self.reports += sign
        if isinstance(self.counts, Running):
            self.counts.add(since_s, key, people, sign)
        else:
            low, best, high = people
            end = int(key[0])
            parts = (SCALE * low, SCALE * best, SCALE * high)
            self.counts.add(end if since_s is None else since_s, end, parts, sign)
        minute = int(key[0] // _MIN)
        tally = self.carry.setdefault(minute, [0, 0, 0, 0])
        tally[CARRYING.index(carrying)] += sign
        if not any(tally):
            del self.carry[minute]

    def spread(self, began_s: Callable[[float], int]) -> tuple[Over, Falls]:
        """Give its counts over time, and where a running total fell."""
        counts = self.counts
        return counts.spread(began_s) if isinstance(counts, Running) else (counts, ())

    def span(self) -> tuple[int, int] | None:
        """Give the first minute and the one after the last that may hold anything."""
        return self.counts.span()

    def beginnings(self) -> Iterator[int]:
        """Give when its counting began, in seconds, where that was told."""
        if isinstance(self.counts, Running):
            yield from {since for since, _ in self.counts.cells if since is not None}
        else:
            yield from (minute * _MIN for minute, values in self.counts.bins.items() if values[3])

    def carrying(self, first: int, until: int) -> str:
        """Say what those counted in some minutes carried."""
        return carried([tally for minute, tally in self.carry.items() if first <= minute < until])

    def is_short(self) -> bool:
        """Tell whether a reading that went is needed again."""
        return isinstance(self.counts, Running) and self.counts.is_short()


def carried(tallies: list[list[int]]) -> str:
    """Say in one word what several reports say people carried."""
    unarmed, armed, mixed, _ = (any(tally[i] for tally in tallies) for i in range(4))
    if mixed or (armed and unarmed):
        return "mixed"
    return "armed" if armed else "unarmed" if unarmed else "not known"
