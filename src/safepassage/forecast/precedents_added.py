"""Add a precedent of one's own to a table: whole and sound, or not at all."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from safepassage.base.errors import InputError
from safepassage.base.files import read_at_most
from safepassage.base.signs import without_controls
from safepassage.forecast.codebook import COLUMNS
from safepassage.forecast.precedents import LARGEST_BYTES, read_precedents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["table_with", "with_precedent"]

_NAMES = tuple(column.name for column in COLUMNS)


def with_precedent(data: bytes | None, row: Mapping[str, str], name: str) -> bytes:
    """Give a table with one row more; what stood in it stays, byte for byte where it can.

    Parameters
    ----------
    data
        The table; None where there is none yet.
    row
        Column of the codebook → cell; what is not in it stays empty.
    name
        What the table is called in messages.

    Raises
    ------
    InputError
        If the table is no table of precedents, has a row of that name, or the new row breaks
        the codebook; all faults told.

    """
    cells = {key: " ".join(without_controls(cell).split()) for key, cell in row.items() if cell}
    if data is None:
        made = _line(_NAMES) + _line(cells.get(key, "") for key in _NAMES)
    else:
        if any(each.id == cells.get("id") for each in read_precedents(data, name)):
            raise InputError.one(
                name, f"has a precedent {cells['id']!r} already",
                "Remove that row first, or add this one to another table.",
            )  # fmt: skip
        made = _appended(data, cells)
    read_precedents(made, name)
    return made


def _appended(data: bytes, cells: Mapping[str, str]) -> bytes:
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    header = [each.strip() for each in table[0]]
    if new := [key for key in _NAMES if key in cells and key not in header]:
        lines = [[*header, *new]]
        lines += [[*each, *("" for _ in new)] for each in table[1:] if any(map(str.strip, each))]
        data, header = b"".join(map(_line, lines)), lines[0]
    end = b"" if data.endswith((b"\n", b"\r")) else b"\r\n" if b"\r\n" in data else b"\n"
    return data + end + _line(cells.get(key, "") for key in header)


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue().encode("utf-8")


def table_with(path: Path, row: Mapping[str, str]) -> bytes:
    """Give the table of a file with one row more, or a new one; nothing is written.

    Raises
    ------
    InputError
        As ``with_precedent``, or if the file cannot be read.

    """
    there = path.exists() or path.is_symlink()
    data = (
        read_at_most(path, LARGEST_BYTES, what="a table", remedy="20 MB is the most.")
        if there else None
    )  # fmt: skip
    return with_precedent(data, row, str(path))
