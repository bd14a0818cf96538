"""Hold what happened in earlier pauses, and read it from tables."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from safepassage.base.errors import Fault, InputError
from safepassage.base.files import read_at_most
from safepassage.base.provenance import Source, sha256
from safepassage.city.table import first_of
from safepassage.forecast.codebook import CODES, COLUMNS, NEEDED
from safepassage.forecast.counted import Count, Span, counts_of, share_out_by_day, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "LARGEST_BYTES",
    "Precedent",
    "Precedents",
    "day_of",
    "load_precedents",
    "read_precedents",
]

_NAMES = tuple(column.name for column in COLUMNS)
_SPANS = ("left", "first_incident_hours", "ended_hours")
_WHOLE = ("corridors_total", "corridors_armed", "corridors_civilian")
_TEXTS = ("incidents", "outcome", "sources", "confidence", "coding_note")
_ID = re.compile(r"[\w.-]{1,80}$", re.ASCII)
_CONFIDENCE = re.compile(r"(?:high|medium|low)\b")
_LONGEST_DAYS = 366
LARGEST_BYTES = 20_000_000
_MOST_FAULTS = 100


@dataclass(frozen=True, slots=True)
class Precedent:
    """Hold one earlier pause, corridor or evacuation, coded by the codebook.

    ``codes`` holds the coded columns that are known. ``inside`` and ``left`` count people,
    ``first_incident_h`` and ``ended_h`` are hours from the start; None where not known.
    """

    id: str
    place: str
    start: date | datetime
    end: date | datetime
    days: int
    window_hours: float | None
    corridors: tuple[int | None, int | None, int | None]
    inside: Span | None
    left: Span | None
    counts: tuple[Count, ...]
    codes: dict[str, str]
    first_incident_h: Span | None
    ended_h: Span | None
    no_share: str
    texts: dict[str, str]

    @property
    def pooled(self) -> bool:
        """Tell whether it speaks for how many come of their own will: it has such a share."""
        return self.codes["kind"] == "voluntary" and self.share is not None

    @property
    def share(self) -> Span | None:
        """Give the share of the people inside who left in all, None where none can be formed."""
        if self.no_share or self.inside is None or self.left is None or not self.inside.low:
            return None
        return Span(self.left.low / self.inside.high, min(1.0, self.left.high / self.inside.low))

    def out_by_day(self) -> list[float]:
        """Give the share of those who left that was out by the end of each day."""
        left = (self.left.low + self.left.high) / 2 if self.left else 0.0
        return share_out_by_day(self.counts, self.days, left)


@dataclass(frozen=True, slots=True)
class Precedents:
    """Hold all precedents that a forecast may use, and the tables they were read from."""

    rows: tuple[Precedent, ...]
    inputs: tuple[Source, ...]

    def __iter__(self) -> Iterator[Precedent]:
        """Go through the rows in the order of the tables."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def without(self, *names: str) -> Precedents:
        """Leave rows out by id.

        Raises
        ------
        InputError
            If there is no such row.

        """
        known = {row.id for row in self.rows}
        if strange := [name for name in names if name not in known]:
            raise InputError(
                Fault("--without", f"no precedent is called {name[:80]!r}",
                      "`safepassage precedents` lists them.")
                for name in strange
            )  # fmt: skip
        return Precedents(tuple(r for r in self.rows if r.id not in names), self.inputs)

    def pooled(self) -> tuple[Precedent, ...]:
        """Give those that speak for how many come of their own will."""
        return tuple(row for row in self.rows if row.pooled)


def load_precedents(*extra: Path) -> Precedents:
    """Read the precedents that ship with the package, and a user's own tables after them.

    A row of a later table replaces an earlier one of the same id.

    Raises
    ------
    InputError
        If a table cannot be read or a row breaks the codebook; all faults together.

    """
    shipped = Path(str(files("safepassage.forecast"))) / "data" / "precedents.csv"
    rows: dict[str, Precedent] = {}
    inputs: list[Source] = []
    faults: list[Fault] = []
    for path in (shipped, *extra):
        try:
            data = read_at_most(path, LARGEST_BYTES, what="a table", remedy="20 MB is the most.")
            rows |= {row.id: row for row in read_precedents(data, str(path))}
            inputs.append(Source(path.name, sha256(data)))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return Precedents(tuple(rows.values()), tuple(inputs))


def read_precedents(data: bytes, name: str) -> tuple[Precedent, ...]:
    """Read a CSV table of precedents.

    Parameters
    ----------
    data
        The file; UTF-8, columns as in ``codebook.COLUMNS``, in any order.
    name
        What it is called in messages.

    Raises
    ------
    InputError
        With every fault of every row.

    """
    try:
        table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError.one(name, f"is no CSV table in UTF-8 ({error})",
                             "Save it as CSV in UTF-8.") from error  # fmt: skip
    header = [column.strip() for column in table[0]] if table else []
    faults = list(_faults_of_header(header, name))
    if faults:
        raise InputError(faults)
    rows: list[Precedent] = []
    seen: set[str] = set()
    for number, cells in enumerate(table[1:], start=2):
        where = f"{name}, row {number}"
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            faults.append(Fault(where, "has more or fewer cells than the header has columns",
                                "Put quotes around cells that hold commas."))  # fmt: skip
            continue
        reader = _Row(where, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
        row = reader.read()
        if row and row.id in seen:
            reader.fault("id", f"{row.id!r} stands twice", "Ids must differ.")
        if row:
            seen.add(row.id)
            rows.append(row)
        faults += reader.faults
    if not rows and not faults:
        faults.append(Fault(name, "holds no rows", "Add at least one."))
    if faults:
        raise InputError(first_of(faults, most=_MOST_FAULTS, where=name))
    return tuple(rows)


def _faults_of_header(header: list[str], name: str) -> Iterator[Fault]:
    if len(header) < 2:
        yield Fault(name, "is empty, or its columns are not parted by commas",
                    "Save it as CSV with commas.")  # fmt: skip
        return
    for column in NEEDED:
        if column not in header:
            yield Fault(name, f"has no column {column!r}", "docs/precedents.md lists the columns.")
    for column in header:
        if column not in _NAMES:
            yield Fault(name, f"column {column[:60]!r} is not in the codebook",
                        "Remove it, or check its spelling against docs/precedents.md.")  # fmt: skip
    if len(set(header)) < len(header):
        yield Fault(name, "has a column twice", "Remove one.")


class _Row:
    """Read one row, and gather what is wrong with it."""

    def __init__(self, where: str, cells: dict[str, str]) -> None:
        self.where, self.cells = where, cells
        self.faults: list[Fault] = []

    def fault(self, column: str, what: str, remedy: str = "") -> None:
        self.faults.append(Fault(f"{self.where}, {column}", what, remedy))

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def read(self) -> Precedent | None:
        for column in NEEDED:
            if not self.get(column):
                self.fault(column, "is empty", "It must be filled.")
        if not _ID.match(self.get("id") or "-"):
            self.fault("id", f"{self.get('id')[:60]!r} is no id",
                       "Use letters, digits, _, - and ., 80 at most.")  # fmt: skip
        if self.get("confidence") and not _CONFIDENCE.match(self.get("confidence")):
            self.fault("confidence", "starts with none of high, medium and low")
        codes = self._codes()
        start, end = self._when("start_local"), self._when("end_local")
        days = self._days(start, end)
        spans = {column: self._span(column) for column in _SPANS}
        inside = self._inside()
        hours = self._number("window_hours")
        if hours is not None and not 0 < hours <= 24:
            self.fault("window_hours", f"are no hours of a day ({hours:g})", "Give 1 to 24.")
        corridors = tuple(self._whole(column) for column in _WHOLE)
        counts = self._counts(start)
        if self.faults or start is None:
            return None
        row = Precedent(
            id=self.get("id"), place=self.get("place"), start=start, end=end or start,
            days=max(days, max((count.until for count in counts), default=1)),
            window_hours=hours, corridors=(corridors[0], corridors[1], corridors[2]),
            inside=inside, left=spans["left"], counts=counts, codes=codes,
            first_incident_h=spans["first_incident_hours"], ended_h=spans["ended_hours"],
            no_share=self.get("no_share"),
            texts={column: self.get(column) for column in _TEXTS},
        )  # fmt: skip
        self._plausible(row)
        return row

    def _codes(self) -> dict[str, str]:
        codes = {}
        for column, allowed in CODES.items():
            code = self.get(column)
            if code and code not in allowed:
                self.fault(column, f"{code[:60]!r} is not in the codebook",
                           f"Codes: {', '.join(allowed)}; empty where not known.")  # fmt: skip
            elif code:
                codes[column] = code
        return codes

    def _when(self, column: str) -> date | datetime | None:
        text = self.get(column)
        if not text:
            return None
        try:
            when = datetime.fromisoformat(text)
        except ValueError:
            self.fault(column, f"is no date ({text[:40]!r})", "Write it like 2016-11-04T09:00.")
            return None
        if when.tzinfo is not None:
            self.fault(column, "has a zone", "Write local time without one.")
            return None
        return when if "T" in text or " " in text else when.date()

    def _days(self, start: date | None, end: date | None) -> int:
        if start is None or end is None:
            return 1
        days = (day_of(end) - day_of(start)).days + 1
        both = isinstance(start, datetime) and isinstance(end, datetime)
        if days < 1 or (both and end < start):
            self.fault("end_local", "lies before the start", "Check both days.")
        elif days > _LONGEST_DAYS:
            self.fault("end_local", f"lies {days} days after the start", "A year is the most.")
        return days

    def _span(self, column: str) -> Span | None:
        if not self.get(column):
            return None
        try:
            return span_of(self.get(column))
        except ValueError as error:
            self.fault(column, str(error))
            return None

    def _number(self, column: str) -> float | None:
        span = self._span(column)
        if span is not None and span.low != span.high:
            self.fault(column, "must be one number")
        return None if span is None else span.low

    def _whole(self, column: str) -> int | None:
        number = self._number(column)
        if number is None:
            return None
        if number != int(number):
            self.fault(column, f"is no whole number ({number:g})")
        return int(number)

    def _inside(self) -> Span | None:
        low, high = self._whole("people_inside_low"), self._whole("people_inside_high")
        if low is None or high is None:
            if bool(self.get("people_inside_low")) != bool(self.get("people_inside_high")):
                self.fault("people_inside_low", "has one end alone", "Fill both, or neither.")
            return None
        if not 0 < low <= high:
            self.fault("people_inside_high", "needs 0 < low ≤ high", "Swap or correct them.")
            return None
        return Span(low, high)

    def _counts(self, start: date | None) -> tuple[Count, ...]:
        if start is None:
            return ()
        try:
            counts = counts_of(self.get("left_by_day"), day_of(start))
        except ValueError as error:
            self.fault("left_by_day", str(error))
            return ()
        if any(count.until > _LONGEST_DAYS for count in counts):
            self.fault("left_by_day", "has a day more than a year after the start")
            return ()
        return counts

    def _plausible(self, row: Precedent) -> None:
        """Refuse a share above one: more left than were inside, whatever the figures."""
        if row.no_share or row.inside is None:
            return
        remedy = "Correct it, or say in `no_share` why no share can be formed."
        if (most := max((count.people.low for count in row.counts), default=0)) > row.inside.high:
            self.fault("left_by_day", f"counts more than were inside ({most:,.0f} of "
                       f"{row.inside.high:,.0f})", remedy)  # fmt: skip
        if row.left is not None and row.left.low > row.inside.high:
            of = f"{row.left.low:,.0f} of {row.inside.high:,.0f}"
            self.fault("left", f"is more than were inside ({of}): a share above one",
                       remedy)  # fmt: skip


def day_of(when: date | datetime) -> date:
    """Give the day of a day or of a moment."""
    return when.date() if isinstance(when, datetime) else when
