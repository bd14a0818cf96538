"""Read zones and the people in them, from whatever table or file the case names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from pydantic import ValidationError

from safepassage.base.errors import Fault, InputError
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.case.bounds import people_fault
from safepassage.city.table import figure_of, first_of, shared_out
from safepassage.city.zone_records import records

if TYPE_CHECKING:
    import shapely
    from numpy.typing import NDArray

    from safepassage.case import LoadedCase
    from safepassage.city.zone_records import Record

__all__ = ["ZoneRow", "scaled", "together", "twice", "zone_rows"]


@dataclass(frozen=True, slots=True, eq=False)
class ZoneRow:
    """Hold one zone before it stands on a network.

    ``shape`` is its polygon in degrees, longitude first, where there is one; ``spots`` are
    places in it and the people at each (lat, lon, people), where a raster tells; without
    ``counted`` its people are still to come from a raster.
    """

    id: str
    name: str
    name_ar: str
    lat: float
    lon: float
    people: LowBestHigh
    pcode: str = ""
    shape: shapely.Geometry | None = None
    spots: NDArray[np.float64] | None = None
    counted: bool = True


def zone_rows(loaded: LoadedCase) -> tuple[list[ZoneRow], tuple[str, ...]]:
    """Give the case's zones as its table, its file or the case itself has them.

    Returns
    -------
    The zones, and remarks on what had to be mended.

    Raises
    ------
    InputError
        With every faulty row.

    """
    case = loaded.case
    if case.city.zones is None:
        rows = [
            ZoneRow(
                zone.id or f"zone-{i}", zone.name, zone.name_ar, zone.lat, zone.lon, zone.people,
                zone.pcode,
            )
            for i, zone in enumerate(case.zones, start=1)
        ]  # fmt: skip
        if faults := twice(rows, "case.toml: zones"):
            raise InputError(faults)
        return rows, ()
    path = loaded.path(case.city.zones)
    found, said = records(loaded)
    kind = _kind(found[0].cells)
    if kind == "weight" and case.people is None:
        raise InputError.one(
            str(path), "gives weights, and the case gives no [people]",
            "State the people inside in the case, or give the columns people_low, "
            "people_best, people_high.",
        )  # fmt: skip
    if kind == "none" and case.city.raster is None:
        raise InputError.one(
            str(path), "says nothing of people: it has none of the columns people, people_best, "
            f"weight or population among {', '.join(found[0].cells)}",
            "Name the column in [city.zone_columns], or a grid of people as city.raster.",
        )  # fmt: skip
    rows, faults = [], []
    for position, record in enumerate(found, start=1):
        try:
            rows.append(_row(record, position, kind))
        except ValueError as error:
            faults.append(Fault(record.where, _plain(error), "Correct it."))
    faults += twice(rows, str(path))
    if not faults and any(row.shape is not None for row in rows):
        from safepassage.city.vector import overlaps  # noqa: PLC0415 - shapely where drawn

        shapes = np.array([*(row.shape for row in rows), None], object)[:-1]
        faults = overlaps(shapes, [row.name for row in rows], str(path))
    if faults:
        raise InputError(first_of(faults))
    return rows, said


def _kind(cells: dict[str, str]) -> str:
    """Tell which figures a table gives; of several the first counts."""
    if "weight" in cells:
        return "weight"
    if "people" in cells:
        return "people"
    return "range" if "people_best" in cells else "none"


def _plain(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        return error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
    return str(error)


def twice(rows: list[ZoneRow], where: str) -> list[Fault]:
    """List ids that are used more than once."""
    times = Counter(row.id for row in rows)
    return [
        Fault(where, f"uses the id {each} twice", "Make ids unique.")
        for each, count in times.items()
        if count > 1
    ]


def _figure(cells: dict[str, str], column: str) -> float:
    text = cells.get(column, "")
    try:
        value = figure_of(text)
    except ValueError:
        raise ValueError(f"{column} is not a number ({text!r})") from None
    if not np.isfinite(value):
        raise ValueError(f"{column} is not finite ({text!r})")
    return value


def _row(record: Record, position: int, kind: str) -> ZoneRow:
    cells = record.cells
    if record.shape is not None:
        middle = record.shape.centroid
        lat, lon = float(middle.y), float(middle.x)
    else:
        lat, lon = _figure(cells, "lat"), _figure(cells, "lon")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"lat, lon = {lat:g}, {lon:g} is not on the earth")
    polygon = record.shape is not None and "Polygon" in record.shape.geom_type
    if kind == "none" and not polygon:
        raise ValueError("is a point: people of a raster can only be summed into polygons")
    people = _people(cells, kind)
    if fault := people_fault(people):
        raise ValueError(f"{'weight' if kind == 'weight' else 'people'} {fault}")
    pcode = cells.get("pcode", "")
    return ZoneRow(
        cells.get("id") or pcode or f"zone-{position}", cells.get("name") or f"Zone {position}",
        cells.get("name_ar", ""), lat, lon, people, pcode,
        record.shape if polygon else None, counted=kind != "none",
    )  # fmt: skip


def _people(cells: dict[str, str], kind: str) -> LowBestHigh:
    if kind == "none":
        return LowBestHigh(low=0, best=0, high=0)
    if kind != "range":
        return LowBestHigh.model_validate(_figure(cells, kind))
    best = _figure(cells, "people_best")
    return LowBestHigh(
        low=_figure(cells, "people_low") if "people_low" in cells else best,
        best=best,
        high=_figure(cells, "people_high") if "people_high" in cells else best,
    )


def together(rows: list[ZoneRow]) -> LowBestHigh:
    """Add up the people of all zones.

    Raises
    ------
    InputError
        If there are more than can be meant.

    """
    everybody = LowBestHigh(
        low=sum(r.people.low for r in rows),
        best=sum(r.people.best for r in rows),
        high=sum(r.people.high for r in rows),
    )
    if fault := people_fault(everybody):
        raise InputError.one("zones", f"the people of all zones together {fault}", "Correct it.")
    return everybody


def scaled(rows: list[ZoneRow], people: LowBestHigh) -> list[ZoneRow]:
    """Share the people stated out over the zones, whole people, nobody lost.

    Raises
    ------
    InputError
        If no zone has people or weight.

    """
    weight = np.array([row.people.best for row in rows], dtype=np.float64)
    if weight.sum() <= 0:
        raise InputError.one("zones", "all weigh nothing", "Give at least one zone a weight.")
    shares = {end: shared_out(getattr(people, end), weight) for end in ("low", "best", "high")}
    return [
        replace(row, people=LowBestHigh(low=min(low, best), best=best, high=max(best, high)))
        for row, low, best, high in zip(
            rows, shares["low"], shares["best"], shares["high"], strict=True
        )
    ]
