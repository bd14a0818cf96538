"""Read code blocks and tables out of the docs."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
OURS = ("architecture.md", "case.md", "flow.md", "plan.md", "limits-and-misuse.md")

_BLOCK = re.compile(r"^```([a-z]*) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def tool(name: str) -> dict[str, Any]:
    """Load a script of tools/ as it runs: its own folder first on the path."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        return runpy.run_path(str(ROOT / "tools" / name))
    finally:
        sys.path.pop(0)


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(name: str, language: str, about: str | None = None) -> list[str]:
    """Give the fenced blocks of a language; ``about`` is the rest of the fence's line."""
    return [
        code
        for found, rest, code in _BLOCK.findall(text(name))
        if found == language and about in {None, rest.strip()}
    ]


def tables(name: str, *columns: str) -> list[dict[str, str]]:
    """Give the rows of all tables with exactly these columns."""
    rows: list[dict[str, str]] = []
    head: list[str] | None = None
    for line in text(name).splitlines():
        if not line.startswith("|"):
            head = None
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if head is None:
            head = cells
        elif not set("".join(cells)) <= set("- ") and head == list(columns):
            rows.append(dict(zip(head, cells, strict=True)))
    return rows


def shell_lines(name: str) -> list[str]:
    """Give the commands of a page: indented lines and sh blocks that call safepassage."""
    indented = re.findall(r"^    (safepassage .+)$", text(name), re.MULTILINE)
    fenced = [line for block in blocks(name, "sh") for line in block.splitlines()]
    return indented + [line for line in fenced if line.startswith("safepassage ")]
