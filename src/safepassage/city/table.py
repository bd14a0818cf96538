"""Read zones from a table or from the case, and scale them to the people stated."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from pydantic import ValidationError

from safepassage.base.errors import Fault, InputError
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.case.model import people_fault

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.case import LoadedCase

__all__ = ["ZoneRow", "first_of", "read_rows", "zone_rows"]

MOST_FAULTS = 20
"""More faults of one table than a person reads before mending the first."""


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """Hold one zone before it stands on a network."""

    id: str
    name: str
    name_ar: str
    lat: float
    lon: float
    people: LowBestHigh


def read_rows(path: Path, columns: set[str]) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV table that must have certain columns.

    Returns
    -------
    list of (int, dict)
        The line of the file, from 1, on which a row starts, and its cells by column.

    Raises
    ------
    InputError
        If it cannot be read, is empty, lacks a column, names one twice, or has a row
        with more or fewer cells than the first line; all such rows together.

    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise InputError.one(
            str(path), "cannot be read as UTF-8 text", "Save it as CSV."
        ) from error
    reader = csv.reader(io.StringIO(text), strict=True)
    lines: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((start, [cell.strip() for cell in cells]))
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError.one(
            f"{path}, line {start}", f"is no CSV ({error})", "Look for a stray quotation mark."
        ) from error
    header = lines[0][1] if lines else []
    _check_columns(f"{path}, line {lines[0][0] if lines else 1}", header, columns)
    if len(lines) == 1:
        raise InputError.one(str(path), "holds no rows", "Add at least one.")
    faults = [
        Fault(
            f"{path}, line {number}", f"has {len(cells)} cells, the first line has {len(header)}",
            "Write numbers without commas (1500), and names with commas in quotation marks.",
        )
        for number, cells in lines[1:]
        if len(cells) != len(header)
    ]  # fmt: skip
    if faults:
        raise InputError(first_of(faults))
    return [(number, dict(zip(header, cells, strict=True))) for number, cells in lines[1:]]


def _check_columns(where: str, header: list[str], columns: set[str]) -> None:
    missing = sorted(columns - set(header))
    if missing:
        raise InputError.one(
            where, f"lacks the columns {', '.join(missing)}",
            "Add them to the first line; docs/case.md lists the columns.",
        )  # fmt: skip
    twice = sorted(name for name, count in Counter(header).items() if name and count > 1)
    if twice:
        raise InputError.one(where, f"names the columns {', '.join(twice)} twice", "Keep one.")


def first_of(faults: list[Fault]) -> list[Fault]:
    """Keep the first faults of a table, and count the others."""
    if len(faults) <= MOST_FAULTS:
        return faults
    where = faults[0].where.rpartition(", line")[0]
    return [*faults[:MOST_FAULTS], Fault(where, f"and {len(faults) - MOST_FAULTS:,} more faults")]


def zone_rows(loaded: LoadedCase) -> tuple[list[ZoneRow], LowBestHigh]:
    """Give the case's zones and the people in all of them together.

    Raises
    ------
    InputError
        With every faulty row.

    """
    case = loaded.case
    if case.city.zones is not None:
        rows = _from_table(loaded.path(case.city.zones), case.people)
    else:
        rows = [
            ZoneRow(
                zone.id or f"zone-{i}", zone.name, zone.name_ar, zone.lat, zone.lon, zone.people
            )
            for i, zone in enumerate(case.zones, start=1)
        ]
        if faults := _twice(rows, "case.toml: zones"):
            raise InputError(faults)
    if case.people is None or not rows:
        everybody = _sum(rows)
        if fault := people_fault(everybody):
            raise InputError.one(
                "zones", f"the people of all zones together {fault}", "Correct it."
            )
        return rows, everybody
    return _scaled(rows, case.people), case.people


def _from_table(path: Path, people: LowBestHigh | None) -> list[ZoneRow]:
    raw = read_rows(path, {"name", "lat", "lon"})
    by_weight = "weight" in raw[0][1]
    if by_weight and people is None:
        raise InputError.one(
            str(path), "gives weights, and the case gives no [people]",
            "State the people inside in the case, or give the columns people_low, "
            "people_best, people_high.",
        )  # fmt: skip
    rows: list[ZoneRow] = []
    faults: list[Fault] = []
    for position, (number, row) in enumerate(raw, start=1):
        try:
            rows.append(_row(row, position, by_weight=by_weight))
        except ValueError as error:
            faults.append(Fault(f"{path}, line {number}", _plain(error), "Correct it."))
    faults += _twice(rows, str(path))
    if faults:
        raise InputError(first_of(faults))
    return rows


def _plain(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        return error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
    return str(error)


def _twice(rows: list[ZoneRow], where: str) -> list[Fault]:
    times = Counter(row.id for row in rows)
    return [
        Fault(where, f"uses the id {each} twice", "Make ids unique.")
        for each, count in times.items()
        if count > 1
    ]


def _row(row: dict[str, str], position: int, *, by_weight: bool) -> ZoneRow:
    def figure(column: str) -> float:
        text = row.get(column, "")
        try:
            value = float(text)
        except ValueError:
            raise ValueError(f"{column} is not a number ({text!r})") from None
        if not np.isfinite(value):
            raise ValueError(f"{column} is not finite ({text!r})")
        return value

    lat, lon = figure("lat"), figure("lon")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"lat, lon = {lat:g}, {lon:g} is not on the earth")
    if by_weight:
        people = LowBestHigh.model_validate(figure("weight"))
    elif "people" in row:
        people = LowBestHigh.model_validate(figure("people"))
    else:
        people = LowBestHigh(
            low=figure("people_low"), best=figure("people_best"), high=figure("people_high")
        )
    if fault := people_fault(people):
        raise ValueError(f"{'weight' if by_weight else 'people'} {fault}")
    return ZoneRow(
        row.get("id") or f"zone-{position}", row["name"] or f"Zone {position}",
        row.get("name_ar", ""), lat, lon, people,
    )  # fmt: skip


def _sum(rows: list[ZoneRow]) -> LowBestHigh:
    return LowBestHigh(
        low=sum(r.people.low for r in rows),
        best=sum(r.people.best for r in rows),
        high=sum(r.people.high for r in rows),
    )


def _scaled(rows: list[ZoneRow], people: LowBestHigh) -> list[ZoneRow]:
    """Share the people stated out over the zones, whole people, nobody lost."""
    weight = np.array([row.people.best for row in rows], dtype=np.float64)
    if weight.sum() <= 0:
        raise InputError.one("zones", "all weigh nothing", "Give at least one zone a weight.")
    shares = {end: shared_out(getattr(people, end), weight) for end in ("low", "best", "high")}
    return [
        ZoneRow(
            row.id, row.name, row.name_ar, row.lat, row.lon,
            LowBestHigh(low=min(low, best), best=best, high=max(best, high)),
        )
        for row, low, best, high in zip(
            rows, shares["low"], shares["best"], shares["high"], strict=True
        )
    ]  # fmt: skip


def shared_out(total: float, weight: np.ndarray) -> list[int]:
    """Share a total out by weight into whole numbers that add up (largest remainder)."""
    whole = round(total)
    exact = whole * weight / weight.sum()
    shares = np.floor(exact).astype(np.int64)
    for i in np.argsort(-(exact - shares), kind="stable")[: whole - int(shares.sum())]:
        shares[i] += 1
    return [int(share) for share in shares]
