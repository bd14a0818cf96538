"""Keep what a benchmark measured, and say what it promised and missed."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["kept"]


def kept(
    rows: Sequence[dict[str, Any]], columns: Sequence[str], path: Path | None,
    name: Callable[[dict[str, Any]], str],
) -> int:  # fmt: skip
    """Write rows as CSV where asked, name what is ``missed``, and give the exit status."""
    if path:
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, columns)
            table.writeheader()
            table.writerows(rows)
    for row in rows:
        if row["missed"]:
            print(f"*** {name(row)}: {row['missed']}", file=sys.stderr)
    return 1 if any(row["missed"] for row in rows) else 0
