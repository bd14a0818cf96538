"""Write tables as one workbook that spreadsheets open (XLSX)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["workbook"]

_LONGEST_NAME = 31
"""Signs in a sheet's name that spreadsheets take."""


def workbook(
    sheets: Mapping[str, Iterable[Iterable[Any]]], *, heads: int = 1, width: float = 18
) -> bytes:
    """Give a workbook.

    Parameters
    ----------
    sheets
        Name → rows; text stays text, even where it begins as a formula does.
    heads
        Rows at the top that stay in sight, in bold.
    width
        Of the columns, in signs.

    """
    from openpyxl import Workbook  # type: ignore[import-untyped] # noqa: PLC0415 - heavy
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped] # noqa: PLC0415

    book: Any = Workbook()
    book.remove(book.active)
    book.properties.creator = "safepassage"
    for name, rows in sheets.items():
        sheet = book.create_sheet(name[:_LONGEST_NAME])
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                if value is None or value == "":
                    continue
                cell = sheet.cell(row=row, column=column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
                cell.font = Font(bold=row <= heads)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        for column in sheet.columns:
            sheet.column_dimensions[column[0].column_letter].width = width
        sheet.freeze_panes = f"A{heads + 1}"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
