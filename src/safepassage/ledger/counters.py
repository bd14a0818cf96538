"""Keep counts of people by the minute: added and taken back in any order, in little room."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

__all__ = ["CARRYING", "Began", "Counter", "Dense", "Newest", "Over", "Running", "carried"]

SCALE: Final = 5040
"""Parts of a person that minutes are kept in, as whole numbers: the same in any order."""

_MIN: Final = 60
CARRYING: Final = ("unarmed", "armed", "mixed", "not known")
_READINGS_KEPT: Final = 4

Key = tuple[float, float, str]
"""When it happened, when it was known, its id: events in an order that all ledgers share."""

Parts = tuple[int, int, int]
"""Low, best and high."""

Falls = tuple[Parts, ...]
"""Where a running total fell: the minute, from how many, to how many."""


class Began(NamedTuple):
    """Tell when a running total began that does not say so, in seconds.

    That day's first beginning that another counter told; else where the day's counts begin.
    """

    told: tuple[int, ...]
    days: tuple[int, ...]

    def __call__(self, happened_s: float) -> int:
        """Tell it for a reading at a moment."""
        day = self.days[max(bisect_right(self.days, happened_s) - 1, 0)] if self.days else 0
        at = bisect_left(self.told, day)
        return self.told[at] if at < len(self.told) and self.told[at] < happened_s else day


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


class Bins:
    """Keep rows of whole numbers by the minute: what is put is laid out when it is asked for."""

    __slots__ = ("_first", "_grid", "_new", "rows")

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self._first = 0
        self._grid = np.zeros((rows, 0), np.int64)
        self._new: dict[int, list[int]] = {}

    def put(self, minute: int, values: Sequence[int], sign: int) -> None:
        """Add to the rows of a minute, or take back with ``sign`` -1."""
        found = self._new.get(minute)
        if found is None:
            self._new[minute] = [sign * value for value in values]
            return
        for i, value in enumerate(values):
            if value:
                found[i] += sign * value

    def laid(self, first: int, until: int) -> NDArray[np.int64]:
        """Give the minutes from ``first`` until before ``until``, (rows, minutes)."""
        self._lay()
        made = np.zeros((self.rows, until - first), np.int64)
        begin, end = self._first, self._first + self._grid.shape[1]
        low, high = max(first, begin), min(until, end)
        if low < high:
            made[:, low - first : high - first] = self._grid[:, low - begin : high - begin]
        return made

    def span(self) -> tuple[int, int] | None:
        """Give the first minute and the one after the last that hold anything."""
        self._lay()
        found = np.flatnonzero(self._grid.any(axis=0))
        return (
            (self._first + int(found[0]), self._first + int(found[-1]) + 1) if len(found) else None
        )

    def _lay(self) -> None:
        if not self._new:
            return
        minutes = np.fromiter(self._new, np.int64, len(self._new))
        values = np.array(list(self._new.values()), np.int64).T
        self._new.clear()
        first, until = int(minutes.min()), int(minutes.max()) + 1
        size = self._grid.shape[1]
        if size:
            first, until = min(first, self._first), max(until, self._first + size)
        if until - first > size:
            grid = np.zeros((self.rows, until - first), np.int64)
            begin = self._first - first if size else 0
            grid[:, begin : begin + size] = self._grid
            self._first, self._grid = first, grid
        self._grid[:, minutes - self._first] += values


class Over:
    """Keep counts over stretches of time, spread evenly over their seconds.

    A minute's people are low, best, high and seconds counted; the next four are what changes
    from this minute on, for stretches that cover whole minutes: adding one touches three bins.
    """

    __slots__ = ("bins",)

    def __init__(self) -> None:
        self.bins = Bins(8)

    def add(self, start_s: int, end_s: int, people: Parts, sign: int = 1) -> None:
        """Add a count, or take it back with ``sign`` -1.

        Parameters
        ----------
        start_s, end_s
            Seconds after the window's start; without length, it is the minute before the end.
        people
            Low, best, high.

        """
        if end_s <= start_s:
            start_s = end_s - _MIN
        parts = [SCALE * each for each in people]
        length = end_s - start_s
        first, into = divmod(start_s, _MIN)
        last = (end_s - 1) // _MIN
        put = self.bins.put
        if first == last:
            put(first, (*parts, length, 0, 0, 0, 0), sign)
            return
        head = _MIN - into
        middle = last - first - 1
        heads = [part * head // length for part in parts]
        whole = [part * _MIN // length for part in parts] if middle else [0, 0, 0]
        tail = length - head - middle * _MIN
        rest = [p - h - middle * w for p, h, w in zip(parts, heads, whole, strict=True)]
        put(first, (*heads, head, 0, 0, 0, 0), sign)
        if not middle:
            put(last, (*rest, tail, 0, 0, 0, 0), sign)
            return
        put(first + 1, (0, 0, 0, 0, *whole, _MIN), sign)
        put(last, (*rest, tail, *(-each for each in whole), -_MIN), sign)

    def dense(self, first: int, until: int, _: Began) -> Dense:
        """Lay out the minutes from ``first``, before all that it holds, until before ``until``."""
        laid = self.bins.laid(first, until)
        sums = laid[:4] + np.cumsum(laid[4:], axis=1)
        seconds = sums[3].astype(np.float64)
        people = sums[:3] / SCALE
        often = np.maximum(seconds / _MIN, 1.0)
        people[:2] /= often  # a minute counted twice counts once; at most, both saw others
        return Dense(people, np.minimum(seconds, _MIN), int((often > 1.0).sum()), ())

    def span(self) -> tuple[int, int] | None:
        """Give the first minute and the one after the last that hold anything."""
        return self.bins.span()

    def beginnings(self) -> Iterator[int]:
        """Give when its counting began, in seconds: the first minute of each day will do."""
        if (span := self.span()) is not None:
            counted = self.dense(*span, Began((), ())).covered > 0
            starts = np.flatnonzero(counted & ~np.concatenate([[False], counted[:-1]]))
            yield from (((starts + span[0]) * _MIN).tolist())


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

    def beginnings(self) -> Iterator[int]:
        """Give when its counting began, in seconds, where that was told."""
        yield from {since for since, _ in self.cells if since is not None}

    def dense(self, first: int, until: int, began: Began) -> Dense:
        """Lay out the minutes from ``first``, before all that it holds, until before ``until``.

        What a reading adds to the one before is spread evenly over the time between them. A
        total told to have begun anew is added to what there was by then.

        Parameters
        ----------
        first, until
            Minutes.
        began
            When counting began, for a reading at a moment that does not say so [s].

        """
        series: dict[int, dict[int, Parts]] = {}
        for where in sorted(self.cells, key=lambda cell: cell[1]):
            (happened, _, _), people = self.cells[where].kept[-1]
            at = int(happened)
            begin = began(happened) if where[0] is None else where[0]
            series.setdefault(begin if begin < at else at - _MIN, {})[at] = people
        edges = _MIN * np.arange(first, until + 1, dtype=np.float64)
        added, covered = np.zeros((3, until - first)), np.zeros(until - first)
        fell: list[Parts] = []
        begins = sorted(series)
        for begin, following in zip(begins, [*begins[1:], _NEVER], strict=True):
            times = sorted(series[begin])
            told = np.array([series[begin][at] for at in times], np.int64).T
            fell += [
                (times[i + 1] // _MIN, int(told[1, i]), int(told[1, i + 1]))
                for i in np.flatnonzero(np.diff(told[1]) < 0)
            ]
            at_edges = np.minimum(edges, following)
            added += [
                np.diff(np.interp(at_edges, [begin, *times], [0, *total]))
                for total in _settled(told)
            ]
            covered += np.diff(np.clip(at_edges, begin, times[-1]))
        return Dense(added, covered, 0, tuple(fell))


_NEVER: Final = 10**9


def _settled(told: NDArray[np.int64]) -> NDArray[np.int64]:
    """Make readings rise: a lower one corrects those before it; at most, all began anew."""
    settled = np.minimum.accumulate(told[:, ::-1], axis=1)[:, ::-1]
    more = np.diff(told[2], prepend=0)
    settled[2] = np.cumsum(np.where(more < 0, told[2], more))
    return settled


class Counter:
    """Keep all counts of one source, by one means, of one status, of one kind, on one corridor."""

    __slots__ = ("_carry", "_counts", "_laid", "reports")

    def __init__(self, *, running: bool) -> None:
        self._counts: Over | Running = Running() if running else Over()
        self._carry = Bins(len(CARRYING))
        self._laid: tuple[tuple[int, int, Began], Dense] | None = None
        self.reports = 0

    def add(self, key: Key, since_s: int | None, people: Parts, carrying: str, sign: int) -> None:
        """Add a report, or take it back."""
        self.reports += sign
        self._laid = None
        if isinstance(self._counts, Running):
            self._counts.add(since_s, key, people, sign)
        else:
            end = int(key[0])
            self._counts.add(end if since_s is None else since_s, end, people, sign)
        self._carry.put(int(key[0] // _MIN), _CARRIED[carrying], sign)

    def dense(self, first: int, until: int, began: Began) -> Dense:
        """Lay out its minutes, all that it holds being between these two."""
        asked = (first, until, began)
        if self._laid is None or self._laid[0] != asked:
            self._laid = (asked, self._counts.dense(first, until, began))
        return self._laid[1]

    def span(self) -> tuple[int, int] | None:
        """Give the first minute and the one after the last that may hold anything."""
        return self._counts.span()

    def beginnings(self) -> Iterator[int]:
        """Give when its counting began, in seconds, where that was told."""
        return self._counts.beginnings()

    def carrying(self, first: int, until: int) -> NDArray[np.int64]:
        """Count the reports of each minute by what people carried, as ``CARRYING`` names it."""
        return self._carry.laid(first, until)

    def is_short(self) -> bool:
        """Tell whether a reading that went is needed again."""
        return isinstance(self._counts, Running) and self._counts.is_short()


_CARRIED: Final = {
    name: tuple(int(name == other) for other in CARRYING) for name in CARRYING
}  # fmt: skip


def carried(reports: NDArray[np.int64]) -> str:
    """Say in one word what reports say people carried; rows as ``CARRYING`` names them."""
    unarmed, armed, mixed, _ = (bool(row.any()) for row in reports)
    if mixed or (armed and unarmed):
        return "mixed"
    return "armed" if armed else "unarmed" if unarmed else "not known"
