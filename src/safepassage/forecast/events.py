"""Read tables of conflict events and say how often something happened near each crossing.

Tables are those of ACLED (its codebook; ``event_date``) and of UCDP's georeferenced event
dataset (Sundberg and Melander 2013, Journal of Peace Research 50(4), doi
10.1177/0022343313484347; ``date_start``), or any with a day, a latitude and a longitude.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import gamma

from safepassage.base.errors import Fault, InputError
from safepassage.base.files import read_at_most
from safepassage.base.geo import distance_m
from safepassage.base.phrases import counted, listed
from safepassage.base.provenance import Source, sha256
from safepassage.city.table import figure_of, first_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

__all__ = ["CorridorEvents", "EventRates", "Events", "Rate", "Ring", "load_events", "rate_of",
           "rates", "rates_document", "read_events"]  # fmt: skip

Floats = NDArray[np.float64]

_NAMES = {
    "day": ("event_date", "date_start", "date"),
    "lat": ("latitude", "lat"),
    "lon": ("longitude", "lon", "lng"),
    "kind": ("event_type", "type_of_violence"),
    "hour": ("time", "event_time", "hour"),
    "where": ("geo_precision", "where_prec"),
    "when": ("time_precision", "date_prec"),
}
_NEEDED = ("day", "lat", "lon")
_CALM = ("protests", "strategic developments")
"""ACLED's types of events that are no attack and no fight."""

_NO_DAY = {"time_precision": 3, "date_prec": 4}
"""From this code on, ACLED and UCDP know an event's month at best."""

_FORMS = ("%d %B %Y", "%d %b %Y")
_AT_ONE_POINT = 4
_ELSEWHERE_M = 100_000
_LARGEST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """Hold attacks and fights by day and place, arrays of shape (events,).

    ``day`` counts days from 1 January of the year 1, ``hour`` is the local hour of the day
    (NaN if not known), ``lat`` and ``lon`` are degrees. ``first`` and ``last`` are the days of
    the table's first and last row of any kind; ``left_out`` says why rows do not count.
    """

    day: NDArray[np.int64]
    hour: Floats
    lat: Floats
    lon: Floats
    first: date
    last: date
    left_out: tuple[tuple[str, int], ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Rate:
    """Hold events an hour: the middle of what the counts leave open, and its 80 % interval."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Ring:
    """Hold how many events lay farther than ``from_m`` and no farther than ``to_m``."""

    from_m: float
    to_m: float
    events: int
    rate: Rate


@dataclass(frozen=True, slots=True)
class CorridorEvents:
    """Hold what happened near one corridor's crossing.

    ``by_hour`` has a rate for each hour of the day within the widest ring, of events whose
    hour is known; None where the table gives none. ``told`` says all of it in a sentence.
    """

    corridor: str
    rings: tuple[Ring, ...]
    by_hour: tuple[Rate, ...] | None
    told: str


@dataclass(frozen=True, slots=True)
class EventRates:
    """Hold the rates for every corridor, the days they were counted on, and what limits them.

    ``days`` is 0, and ``corridors`` is empty, where the table covers none of the days asked for.
    """

    corridors: tuple[CorridorEvents, ...]
    days: int
    notes: tuple[str, ...]
    source: Source


def load_events(path: Path) -> Events:
    """Read a file; see ``read_events``.

    Raises
    ------
    InputError
        If it cannot be read, is too large, or is no such table.

    """
    data = read_at_most(
        path, _LARGEST_BYTES, what="a table of events",
        remedy="Cut it to the place and the months around the pause.",
    )  # fmt: skip
    return read_events(data, path.name)


def read_events(data: bytes, name: str) -> Events:
    """Read a CSV table of events, as ACLED or UCDP export them.

    Parameters
    ----------
    data
        The file; UTF-8. Columns are found by name, in any order; others are passed over.
    name
        What it is called in messages.

    Raises
    ------
    InputError
        If it has no days or no coordinates, or rows whose day or place is none: the first
        twenty of them and how many more.

    """
    lines = rows_of(data, name, set())
    header = [column.lower() for column in lines[0][1]]
    rows = [(line, dict(zip(header, cells.values(), strict=True))) for line, cells in lines]
    columns = _columns(header, name)
    faults: list[Fault] = []
    found: list[tuple[int, float, float, float]] = []
    seen: list[int] = []
    left_out: dict[str, int] = {}
    for line, cells in rows:
        row = {what: cells[column] for what, column in columns.items()}
        event, wrong = _event(row, f"{name}, line {line}")
        faults += wrong
        if event is None:
            continue
        seen.append(event[0])
        if why := _left_out(row, columns):
            left_out[why] = left_out.get(why, 0) + 1
        else:
            found.append(event)
    if faults:
        raise InputError(first_of(faults))
    table = np.array(found, dtype=float).reshape(-1, 4)
    return Events(
        table[:, 0].astype(np.int64), table[:, 1], table[:, 2], table[:, 3],
        date.fromordinal(min(seen)), date.fromordinal(max(seen)), tuple(left_out.items()),
        Source(name, sha256(data)),
    )  # fmt: skip


def _columns(header: list[str], name: str) -> dict[str, str]:
    """Find each column under one of its names."""
    found = {
        what: next(each for each in names if each in header)
        for what, names in _NAMES.items()
        if set(names) & set(header)
    }
    faults = [
        Fault(name, f"has no column {' or '.join(_NAMES[what])}",
              "docs/case.md lists the columns of a table of events.")
        for what in _NEEDED
        if what not in found
    ]  # fmt: skip
    twice = [column for column in found.values() if header.count(column) > 1]
    faults += [Fault(name, f"has {column} twice", "Keep one.") for column in twice]
    if faults:
        raise InputError(faults)
    return found


def _event(
    row: dict[str, str], where: str
) -> tuple[tuple[int, float, float, float] | None, list[Fault]]:
    """Read a row's day, hour and place."""
    faults = []
    moment = _moment(row["day"])
    if moment is None:
        faults.append(Fault(where, f"has no day ({row['day'][:40]!r})", "Write 2016-11-04, local."))
    lat, lon = _degrees(row["lat"], 90), _degrees(row["lon"], 180)
    if lat is None or lon is None:
        given = f"{row['lat'][:20]!r}, {row['lon'][:20]!r}"
        faults.append(Fault(where, f"lies nowhere on the earth ({given})", "Write 36.2 and 37.16."))
    hour = _hour(row.get("hour", ""))
    if hour is None:
        faults.append(Fault(where, f"has no hour ({row['hour'][:20]!r})", "Write 14:30 or 14."))
    if moment is None or lat is None or lon is None or hour is None:
        return None, faults
    clock = moment.hour + moment.minute / 60
    return (moment.toordinal(), clock if np.isnan(hour) and clock else hour, lat, lon), faults


def _moment(cell: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError:
        for form in _FORMS:
            with suppress(ValueError):
                return datetime.strptime(cell, form)  # noqa: DTZ007 - local
        return None
    return None if moment.tzinfo else moment


def _degrees(cell: str, most: float) -> float | None:
    with suppress(ValueError):
        degrees = figure_of(cell)
        return degrees if abs(degrees) <= most else None
    return None


def _hour(cell: str) -> float | None:
    """Read ``14:30`` or ``14``; NaN if empty, None if it is no hour."""
    if not cell:
        return float("nan")
    with suppress(ValueError):
        clock = time.fromisoformat(f"{int(cell):02}" if cell.isdigit() else cell)
        return None if clock.tzinfo else clock.hour + clock.minute / 60
    return None


def _left_out(row: dict[str, str], columns: dict[str, str]) -> str:
    """Say why a row does not count; empty if it does."""
    if row.get("kind", "").lower() in _CALM:
        return "no attack or fight"
    where, when = (row.get(name, "").removesuffix(".0") for name in ("where", "when"))
    if where not in {"", "1"}:
        return "place known to an area only"
    if when.isdecimal() and int(when[:9]) >= _NO_DAY[columns["when"]]:
        return "day not known"
    return ""


def rate_of(events: int, hours: float) -> Rate:
    """Give the rate an hour of events that come independently of each other.

    With Jeffreys' prior for a Poisson rate, Gamma(1/2, 0), what ``events`` in ``hours`` leave
    open is Gamma(events + 1/2, hours); its 10th, 50th and 90th percentiles (Brown, Cai and
    DasGupta 2003, Statistica Sinica 13, 19-49).
    """
    low, middle, high = gamma.ppf((0.1, 0.5, 0.9), events + 0.5) / hours
    return Rate(float(low), float(middle), float(high))


def rates(
    events: Events,
    crossings: Mapping[str, tuple[float, float]],
    *,
    start: datetime,
    days_before: int = 30,
    rings_m: Sequence[float] = (500, 1000, 2000, 5000),
) -> EventRates:
    """Count events by distance from each crossing in the days before a pause.

    Days that lie before the table's first row or after its last one are not counted as calm:
    they are not counted at all.

    Parameters
    ----------
    events
        What happened.
    crossings
        Corridor → latitude and longitude of its crossing, in degrees.
    start
        When the pause begins, local; its own day is not among those counted.
    days_before
        How many days before that day are looked at, at least 1.
    rings_m
        Outer edges of the rings [m], each wider than the one before.

    """
    edges = [0.0, *rings_m]
    if days_before < 1 or len(edges) < 2 or any(a >= b for a, b in pairwise(edges)):
        raise ValueError("days_before must be 1 or more, and rings_m rise from above 0")
    until = start.date()
    since = max(until - timedelta(days=days_before), events.first)
    last = min(until - timedelta(days=1), events.last)
    days = max(0, (last - since).days + 1)
    among = (events.day >= since.toordinal()) & (events.day <= last.toordinal())
    notes = (*_elsewhere(events, crossings), *_notes(events, until, days, days_before, among))
    if not days:
        return EventRates((), 0, notes, events.source)
    found = tuple(
        _near(corridor, distance_m(lat, lon, events.lat[among], events.lon[among]),
              events.hour[among], edges, days)
        for corridor, (lat, lon) in crossings.items()
    )  # fmt: skip
    return EventRates(found, days, notes, events.source)


def _elsewhere(events: Events, crossings: Mapping[str, tuple[float, float]]) -> Iterator[str]:
    """Say that a table is of another place, or has latitude and longitude swapped."""
    away = [distance_m(*at, events.lat, events.lon) for at in crossings.values()]
    if away and len(events.day) and (nearest := float(np.min(away))) > _ELSEWHERE_M:
        yield (
            f"All of {events.source.name} lies far from every crossing, the nearest event "
            f"{nearest / 1000:,.0f} km away: is it of this place, with latitude and longitude "
            "in their own columns?"
        )


def _near(
    corridor: str, away_m: Floats, hour: Floats, edges: list[float], days: int
) -> CorridorEvents:
    """Count one corridor's events by ring and by hour of the day."""
    ring = np.searchsorted(edges, away_m, side="left")
    ring[away_m == 0] = 1
    rings = tuple(
        Ring(edges[k - 1], edges[k], int(n := np.sum(ring == k)), rate_of(int(n), 24 * days))
        for k in range(1, len(edges))
    )
    clock = hour[(ring < len(edges)) & ~np.isnan(hour)]
    by_hour = None
    if not np.all(np.isnan(hour)):
        by_hour = tuple(rate_of(int(np.sum(clock.astype(int) == h)), days) for h in range(24))
    return CorridorEvents(corridor, rings, by_hour, _told(corridor, away_m, rings, days, clock))


def _told(corridor: str, away_m: Floats, rings: tuple[Ring, ...], days: int, clock: Floats) -> str:
    total, widest = sum(ring.events for ring in rings), rings[-1].to_m
    day = rate_of(total, days)
    within = f"within {widest:,.0f} m in {counted(days, 'day')}"
    if not total:
        return f"{corridor}: no event {within}; up to {day.high:.2g} a day is not ruled out."
    nearest = f"the nearest {away_m.min():,.0f} m away"
    hours = f"the hour is known of {len(clock)}" if len(clock) else "no hour of the day is given"
    often = f"{_often(day.low)} to {_often(day.high)} a day"
    return f"{corridor}: {counted(total, 'event')} {within}, {nearest}, {often}; {hours}."


def _often(number: float) -> str:
    return f"{number:.2g}" if number < 99 else f"{number:,.0f}"


def _notes(
    events: Events, until: date, days: int, days_before: int, among: NDArray[np.bool_]
) -> tuple[str, ...]:
    """Say what limits the counts."""
    spans = f"{events.source.name} runs from {events.first} to {events.last}"
    notes = []
    if not days:
        notes.append(f"{spans}: none of the {days_before} days before {until} is among them, and "
                     "it says nothing of this pause.")  # fmt: skip
    elif days < days_before:
        notes.append(f"{spans}: {days} of the {days_before} days before {until} are counted.")
    if days and np.all(np.isnan(events.hour)):
        notes.append(f"{events.source.name} gives no hours of the day.")
    points, many = np.unique(
        np.column_stack([events.lat, events.lon])[among], axis=0, return_counts=True
    )
    if len(many) and many.max() > max(_AT_ONE_POINT, many.sum() / 2):
        lat, lon = points[many.argmax()]
        notes.append(f"{many.max():,} of {many.sum():,} stand at one point ({lat:g}, {lon:g}): "
                     "maybe the middle of a town, and not where they were.")  # fmt: skip
    if events.left_out:
        told = listed(f"{count:,} ({why})" for why, count in events.left_out)
        notes.append(f"Rows that do not count: {told}.")
    notes.append("Reports are counted, not fire: what nobody reported is missing.")
    return tuple(notes)


def rates_document(found: EventRates) -> dict[str, Any]:
    """Give rates as plain data: events an hour, metres."""

    def plain(rate: Rate) -> dict[str, float]:
        return {"p10": rate.low, "p50": rate.middle, "p90": rate.high}

    return {
        "source": {"name": found.source.name, "sha256": found.source.sha256},
        "days": found.days,
        "notes": list(found.notes),
        "corridors": [
            {
                "corridor": each.corridor,
                "told": each.told,
                "rings": [
                    {"from_m": ring.from_m, "to_m": ring.to_m, "events": ring.events,
                     "per_hour": plain(ring.rate)}
                    for ring in each.rings
                ],
                "by_hour_of_day": each.by_hour and [plain(rate) for rate in each.by_hour],
            }
            for each in found.corridors
        ],
    }  # fmt: skip
