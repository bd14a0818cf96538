"""Read zones from a table or from the case, and scale them to the people stated."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.base.lowbesthigh import LowBestHigh

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.case import LoadedCase

__all__ = ["ZoneRow", "read_rows", "zone_rows"]


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """Hold one zone before it stands on a network."""

    id: str
    name: str
    name_ar: str
    lat: float
    lon: float
    people: LowBestHigh


def read_rows(path: Path, columns: set[str]) -> list[dict[str, str]]:
    """Read a CSV table that must have certain columns.

    Raises
    ------
    InputError
        If it cannot be read, is empty, or lacks a column.

    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError.one(
            str(path), "cannot be read as UTF-8 text", "Save it as CSV."
        ) from error
    reader = csv.DictReader(io.StringIO(text))
    missing = sorted(columns - set(reader.fieldnames or ()))
    if missing:
        raise InputError.one(
            f"{path}, line 1", f"lacks the columns {', '.join(missing)}",
            "Add them to the first line; docs/case.md lists the columns.",
        )  # fmt: skip
    rows = list(reader)
    if not rows:
        raise InputError.one(str(path), "holds no rows", "Add at least one.")
    return rows


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
        return rows, _sum(rows)
    return _scaled(rows, case.people), case.people


def _from_table(path: Path, people: LowBestHigh | None) -> list[ZoneRow]:
    raw = read_rows(path, {"name", "lat", "lon"})
    by_weight = "weight" in raw[0]
    if by_weight and people is None:
        raise InputError.one(
            str(path), "gives weights, and the case gives no [people]",
            "State the people inside in the case, or give the columns people_low, "
            "people_best, people_high.",
        )  # fmt: skip
    rows: list[ZoneRow] = []
    faults: list[Fault] = []
    for number, row in enumerate(raw, start=2):
        try:
            rows.append(_row(row, number, by_weight=by_weight))
        except ValueError as error:
            faults.append(Fault(f"{path}, line {number}", str(error).split("\n")[0], "Correct it."))
    faults += _twice(rows, str(path))
    if faults:
        raise InputError(faults)
    return rows


def _twice(rows: list[ZoneRow], where: str) -> list[Fault]:
    times = Counter(row.id for row in rows)
    return [
        Fault(where, f"uses the id {each} twice", "Make ids unique.")
        for each, count in times.items()
        if count > 1
    ]


def _row(row: dict[str, str], number: int, *, by_weight: bool) -> ZoneRow:
    def figure(column: str) -> float:
        text = (row.get(column) or "").strip()
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
    if people.low < 0:
        raise ValueError(f"people must not be negative (is {people.low:g})")
    name = (row["name"] or "").strip()
    return ZoneRow(
        (row.get("id") or "").strip() or f"zone-{number - 1}", name or f"Zone {number - 1}",
        (row.get("name_ar") or "").strip(), lat, lon, people,
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
