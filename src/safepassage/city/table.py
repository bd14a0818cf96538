"""Read tables, with every faulty row named by its line; share whole people out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Fault, InputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["figure_of", "first_of", "read_rows", "rows_of", "shared_out"]

LONGEST_CELL = 4_000_000
"""A border may be long as text: some 150,000 points [characters]."""

MOST_FAULTS = 20
"""More faults of one table than a person reads before mending the first."""


def read_rows(path: Path, columns: set[str]) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV file that must have certain columns; see ``rows_of``.

    Raises
    ------
    InputError
        If it cannot be read, or is no such table.

    """
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise InputError.one(
            str(path), "cannot be read as UTF-8 text", "Save it as CSV in UTF-8."
        ) from error
    return rows_of(data, str(path), columns)


def rows_of(data: bytes, name: str, columns: set[str]) -> list[tuple[int, dict[str, str]]]:
    """Read a CSV table that must have certain columns.

    Parameters
    ----------
    data
        The file; UTF-8.
    name
        What it is called in messages.
    columns
        Those it must have.

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
        text = data.decode("utf-8-sig")
    except ValueError as error:
        raise InputError.one(
            name, "cannot be read as UTF-8 text", "Save it as CSV in UTF-8."
        ) from error
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=None), strict=True)
    lines: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((start, [cell.strip() for cell in cells]))
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError.one(
            f"{name}, line {start}", f"is no CSV ({error})", "Look for a stray quotation mark."
        ) from error
    header = lines[0][1] if lines else []
    if len(header) == 1 and (sign := next((s for s in ";\t|" if s in header[0]), "")):
        raise InputError.one(
            f"{name}, line {lines[0][0]}", f"has its cells apart by {sign!r}",
            "Save it with commas between cells, and with points in numbers (60.17).",
        )  # fmt: skip
    _check_columns(f"{name}, line {lines[0][0] if lines else 1}", header, columns)
    if len(lines) < 2:
        raise InputError.one(name, "holds no rows", "Add at least one.")
    faults = [
        Fault(
            f"{name}, line {number}", f"has {len(cells)} cells, the first line has {len(header)}",
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


def figure_of(text: str) -> float:
    """Read a number as people write it: not as Python does, to whom 6_0 is 60.

    Raises
    ------
    ValueError
        If it is none.

    """
    if "_" in text:
        raise ValueError(text)
    return float(text)


def first_of(
    faults: list[Fault], *, most: int = MOST_FAULTS, where: str | None = None
) -> list[Fault]:
    """Keep the first faults, and count the others at ``where``; at their table if not said."""
    if len(faults) <= most:
        return faults
    table = faults[0].where.rpartition(", line")[0] if where is None else where
    return [*faults[:most], Fault(table, f"and {len(faults) - most:,} more faults")]


def shared_out(total: float, weight: np.ndarray) -> list[int]:
    """Share a total out by weight into whole numbers that add up (largest remainder)."""
    whole = round(total)
    exact = whole * weight / weight.sum()
    shares = np.floor(exact).astype(np.int64)
    for i in np.argsort(-(exact - shares), kind="stable")[: whole - int(shares.sum())]:
        shares[i] += 1
    return [int(share) for share in shares]
