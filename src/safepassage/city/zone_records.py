"""Bring the rows of any table or file of zones to the names that are used here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepassage.base.errors import Fault, InputError
from safepassage.city.table import first_of, read_rows
from safepassage.city.vector import zone_shapes

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    import shapely

    from safepassage.case import LoadedCase
    from safepassage.case.columns import ZoneColumns

__all__ = ["Record", "hxl_names", "records"]

_USUAL = (
    (re.compile(r"adm(?:in)?(\d)_?pcode", re.IGNORECASE), "pcode"),
    (re.compile(r"adm(?:in)?(\d)(?:name)?_?en", re.IGNORECASE), "name"),
    (re.compile(r"adm(?:in)?(\d)(?:name)?_?ar", re.IGNORECASE), "name_ar"),
)
"""Columns as the common operational datasets of OCHA name them; the deepest level counts."""

_PEOPLE = ("weight", "people", "people_best")


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """Hold one row: where it stands, its cells by the names used here, its shape if any."""

    where: str
    cells: dict[str, str]
    shape: shapely.Geometry | None = None


def records(loaded: LoadedCase) -> tuple[list[Record], tuple[str, ...]]:
    """Read the table or the file that a case names as its zones.

    Raises
    ------
    InputError
        If it cannot be read, or lacks a column; every faulty shape or row together.

    """
    city = loaded.case.city
    path = loaded.path(city.zones) if city.zones else loaded.folder
    if path.suffix.lower() == ".csv":
        return _of_table(path, city.zone_columns), ()
    shapes = zone_shapes(path, layer=city.zone_layer, crs=city.zone_crs)
    names = _names(str(path), list(shapes.columns), city.zone_columns)
    found = [
        Record(
            f"{path}, feature {fid}",
            {here: _text(shapes.columns[there][i]) for here, there in names.items()},
            shape,
        )
        for i, (fid, shape) in enumerate(zip(shapes.fids, shapes.shapes, strict=True))
    ]
    return found, shapes.mended


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _of_table(path: Path, mapping: ZoneColumns) -> list[Record]:
    from safepassage.city.hexagons import cells_of  # noqa: PLC0415 - shapely only where drawn

    rows = read_rows(path, set())
    given = {here for here, there in mapping.model_dump().items() if there}
    rows, by_tag = _without_tags(path, rows, given)
    names = {**_names(str(path), list(rows[0][1]), mapping, by_tag=by_tag)}
    if not {"h3", "wkt"} & names.keys():
        missing = sorted({"lat", "lon"} - names.keys())
        missing += [] if "name" in names or "pcode" in names else ["name"]
        if missing:
            raise InputError.one(
                f"{path}, line 1", f"lacks the columns {', '.join(missing)}",
                "Add them to the first line, or name them in [city.zone_columns]; "
                "docs/case.md lists the columns.",
            )  # fmt: skip
    found = [
        Record(f"{path}, line {number}", {here: row[there] for here, there in names.items()})
        for number, row in rows
    ]
    if {"h3", "wkt"} & names.keys():
        shapes, faults = cells_of([(each.where, each.cells) for each in found])
        if faults:
            raise InputError(first_of(faults))
        found = [Record(r.where, r.cells, s) for r, s in zip(found, shapes, strict=True)]
    return found


def _without_tags(
    path: Path, rows: list[tuple[int, dict[str, str]]], given: set[str]
) -> tuple[list[tuple[int, dict[str, str]]], dict[str, str]]:
    """Take the row of HXL tags out, wherever it stands near the top; give names by it."""
    for i, (_, row) in enumerate(rows[:24]):
        filled = {column: cell for column, cell in row.items() if cell}
        if filled and all(cell.startswith("#") for cell in filled.values()):
            if i + 1 == len(rows):
                raise InputError.one(str(path), "holds no rows", "Add at least one.")
            return rows[i + 1 :], hxl_names(str(path), filled, given=given)
    return rows, {}


def hxl_names(
    where: str, tags: dict[str, str], *, given: AbstractSet[str] = frozenset()
) -> dict[str, str]:
    """Tell which columns HXL tags give which of the names used here.

    Parameters
    ----------
    where
        The file, for messages.
    tags
        Column → tag, such as ``#adm3+name+en``.
    given
        Names whose columns the case itself gives.

    Raises
    ------
    InputError
        If several columns of people fit alike.

    """
    found: dict[str, tuple[tuple[int, ...], str]] = {}
    same: dict[str, list[str]] = {}
    for column, tag in tags.items():
        name, rank = _tagged(tag)
        if not name or name in given:
            continue
        same.setdefault(f"{name}{rank}", []).append(column)
        if name not in found or rank > found[name][0]:
            found[name] = (rank, column)
    chosen = {name: column for name, (_, column) in found.items()}
    for name in ("people", "people_low", "people_best", "people_high"):
        alike = same.get(f"{name}{found[name][0]}", []) if name in found else []
        if len(alike) > 1:
            raise InputError.one(
                where, f"has several columns of people: {', '.join(alike)}",
                f"Name the one to take as {name} in [city.zone_columns].",
            )  # fmt: skip
    if (
        "people" in chosen
        and "people_best" not in given
        and {"people_low", "people_high"} & chosen.keys()
    ):
        chosen.setdefault("people_best", chosen.pop("people"))
    return chosen


def _tagged(tag: str) -> tuple[str, tuple[int, ...]]:
    """Give the name that an HXL tag stands for, and how well: more is better."""
    base, *marks = tag.replace(" ", "").lower().split("+")
    plain = -len(set(marks) - {"total", "best", "est", "name", "code", "pcode", "en", "v_pcode"})
    level = re.fullmatch(r"#adm(\d)", base)
    name = ""
    if level or base == "#loc":
        if {"code", "pcode", "v_pcode"} & set(marks):
            name = "pcode"
        elif {"ar", "i_ar"} & set(marks):
            name = "name_ar"
        elif "name" in marks or not marks:
            name = "name"
    elif base == "#geo":
        name = next((mark for mark in ("lat", "lon", "wkt") if mark in marks), "")
    elif base == "#meta" and "h3" in marks:
        name = "h3"
    elif base == "#population":
        low, high = {"low", "min"} & set(marks), {"high", "max"} & set(marks)
        name = "people_low" if low else "people_high" if high else "people"
    return name, (int(level[1]) if level else 9, plain)


def _names(
    where: str, columns: list[str], mapping: ZoneColumns, *, by_tag: dict[str, str] | None = None
) -> dict[str, str]:
    """Tell which column gives which of the names used here: name → column.

    Raises
    ------
    InputError
        If the case names columns that are not there; all together.

    """
    named = {here: there for here, there in mapping.model_dump().items() if there}
    if missing := {here: there for here, there in named.items() if there not in columns}:
        raise InputError(
            [
                Fault(f"case.toml: city.zone_columns.{here}", f"{where} has no column {there!r}",
                      f"Name one of: {', '.join(columns)}.")
                for here, there in missing.items()
            ]
        )  # fmt: skip
    found = {name: name for name in type(mapping).model_fields if name in columns}
    for pattern, here in _USUAL:
        levels = {int(m[1]): c for c in columns if (m := pattern.fullmatch(c))}
        if levels:
            found.setdefault(here, levels[max(levels)])
    found = {**found, **(by_tag or {}), **named}
    if not set(_PEOPLE) & found.keys() and "population" in columns:
        found["people"] = "population"
    if set(_PEOPLE) & named.keys():  # what the case names counts before what stands beside it
        found = {k: v for k, v in found.items() if k not in _PEOPLE or k in named}
    return found
