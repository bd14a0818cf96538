"""Prepare whom a plan leaves behind, and what would move them, as pages show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from safepassage.publish.spoken import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.publish.spoken import Spoken

__all__ = ["left_rows", "left_sum"]


def left_rows(plan: dict[str, Any], say: Spoken = ENGLISH) -> list[dict[str, Any]]:
    """List those whom the schedule leaves, each row with ``moved``: whom a change moves."""
    return [
        {**row, "moved": _shown(_moved(row), say), "moves": _moved(row)}
        for row in plan["left_behind"]["rows"]
        if row["by_schedule"]
    ]


def _moved(row: dict[str, Any]) -> str:
    """Say how many of a row's people its changes move, in a word or a number."""
    most = _most(row)
    if most is None:
        return "not counted" if row["changes"] else "–"
    return "all" if most >= row["by_schedule"] else f"{most:,}" if most else "nobody"


def _most(row: dict[str, Any]) -> int | None:
    return max((c["moves"] for c in row["changes"] if c["moves"] is not None), default=None)


def _shown(moved: str, say: Spoken) -> str:
    words = {"all": say("all"), "nobody": say("nobody"), "not counted": say("not counted")}
    return words.get(moved, moved)


def left_sum(
    rows: Sequence[dict[str, Any]], *, groups: int, say: Spoken = ENGLISH
) -> str:  # fmt: skip
    """Sum up in how many of the rows a change would move everybody, some or nobody."""
    found = [each["moves"] for each in rows]
    all_, nobody = found.count("all"), found.count("nobody")
    some, unknown = sum(each[:1].isdigit() for each in found), found.count("not counted")
    counts = (
        say("everybody in {n}", n=all_) if all_ else None,
        say("some in {n}", n=some) if some else None,
        say("nobody in {n}", n=nobody) if nobody else None,
        say("a number not worked out in {n}", n=unknown) if unknown else None,
    )
    told = say.joined(filter(None, counts))
    if not told:
        return ""
    n = say.number(len(rows))
    if groups == 1:
        return say("Of {n} zone it moves {list}." if len(rows) == 1
                   else "Of {n} zones it moves {list}.", n=n, list=told)  # fmt: skip
    return say("Of {n} such row it moves {list}." if len(rows) == 1
               else "Of {n} such rows it moves {list}.", n=n, list=told)  # fmt: skip
