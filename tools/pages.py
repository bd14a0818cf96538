"""Write tables into pages of the docs, between their marks; the rest stays as it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["between_marks", "table"]


def between_marks(text: str, made: Mapping[str, Callable[[], str]]) -> str:
    """Replace what stands between each ``<!-- MARK -->`` and ``<!-- end of MARK -->``."""
    for mark, make in made.items():
        start, end = f"<!-- {mark} -->\n", f"<!-- end of {mark} -->"
        before, _, rest = text.partition(start)
        text = f"{before}{start}{make()}\n{end}{rest.partition(end)[2]}"
    return text


def table(*rows: tuple[str, ...]) -> str:
    """Write rows as a table in Markdown, the first one its head."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])
