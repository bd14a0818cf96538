"""Write a page of the docs whole, or say that it is stale: what its tools have in common."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DOCS", "written"]

DOCS = Path(__file__).resolve().parents[1] / "docs"


def written(name: str, page: Callable[[], str]) -> int:
    """Write the page; with ``--check`` on the command line, only say if it is stale."""
    path = DOCS / name
    made = page()
    if "--check" in sys.argv:
        return int(not path.is_file() or path.read_text(encoding="utf-8") != made)
    path.write_text(made, encoding="utf-8")
    return 0
