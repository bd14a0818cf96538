"""Prepare whom a plan leaves behind, and what would move them, as pages show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.base.phrases import counted, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["left_rows", "left_sum"]


def left_rows(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """List those whom the schedule leaves, each row with ``moved``: whom a change moves."""
    return [
        {**row, "moved": _moved(row)} for row in plan["left_behind"]["rows"] if row["by_schedule"]
    ]


def _moved(row: dict[str, Any]) -> str:
    """Say how many of a row's people its changes move, in a word or a number."""
    most = _most(row)
    if most is None:
        return "not counted" if row["changes"] else "–"
    return "all" if most >= row["by_schedule"] else f"{most:,}" if most else "nobody"


def _most(row: dict[str, Any]) -> int | None:
    return max((c["moves"] for c in row["changes"] if c["moves"] is not None), default=None)


def left_sum(rows: Sequence[dict[str, Any]], *, groups: int) -> str:
    """Sum up in how many of the rows a change would move everybody, some or nobody."""
    found = [each["moved"] for each in rows]
    counts = (
        (found.count("all"), "everybody"),
        (sum(each[:1].isdigit() for each in found), "some"),
        (found.count("nobody"), "nobody"),
        (found.count("not counted"), "a number not worked out"),
    )
    told = listed(f"{whom} in {number}" for number, whom in counts if number)
    thing = counted(len(rows), "zone" if groups == 1 else "such row")
    return f"Of {thing} it moves {told}." if told else ""
