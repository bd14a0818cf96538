"""Say what the columns of a table of precedents mean, and which codes they take.

Everything that reads, writes or explains precedents goes by this one table: the loader,
the command line, the docs and the after-action record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from safepassage.case.conditions import CONDITION_CODES, YesNo

__all__ = [
    "CODES",
    "COLUMNS",
    "CONDITIONS",
    "NEEDED",
    "Column",
    "Ended",
    "Kind",
    "Means",
    "Recurring",
]

Kind = Literal["voluntary", "flight", "after defeat", "convoy"]
Recurring = Literal["once", "daily"]
Means = Literal["foot", "buses", "cars", "trucks", "ships", "mixed"]
Ended = Literal["held", "collapsed", "suspended"]

CODES: dict[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    **CONDITION_CODES,
    "under_fire": get_args(YesNo),
    "recurring": get_args(Recurring),
    "means": get_args(Means),
    "ended": get_args(Ended),
}
"""Column → the codes it takes; an empty cell is "not known"."""

CONDITIONS = tuple(CONDITION_CODES)
"""The columns that are known before a pause begins and that uptake is compared by."""


@dataclass(frozen=True, slots=True)
class Column:
    """Hold one column: its name, what a cell may hold, and what it means."""

    name: str
    holds: str
    meaning: str


def _coded(name: str, meaning: str) -> Column:
    return Column(name, ", ".join(f"`{code}`" for code in CODES[name]), meaning)


COLUMNS = (
    Column("id", "letters, digits, `_`, `-`, `.`", "name of this row, unique"),
    Column("place", "text", "where, in English, with the country"),
    Column("start_local", "ISO date or date-time", "when passage was first offered, local clock"),
    Column("end_local", "ISO date or date-time", "when it was last offered, local clock"),
    Column("window_hours", "number up to 24", "hours of passage offered a day"),
    Column("corridors_total", "whole number", "corridors announced"),
    Column("corridors_armed", "whole number", "those for armed groups"),
    Column("corridors_civilian", "whole number", "those for civilians"),
    Column("people_inside_low", "whole number", "civilians inside at first, lowest serious figure"),
    Column("people_inside_high", "whole number", "the highest serious figure"),
    Column(
        "left", "`n` or `low..high`",
        "people who left by it in all; an interval where counters differ",
    ),
    Column(
        "left_by_day",
        "entries joined by `|`",
        "`D:day=n` that day, `C:day=n` by then in all, `R:day/day=n` in those days together; "
        "`n` may be `low..high`, and `@counter` may follow",
    ),
    _coded(
        "kind",
        "`voluntary`: passage was offered while those inside could stay; `flight`: people fled an "
        "attack or an order to leave, without a pause; `after defeat`: a settlement that ended the "
        "enclave; `convoy`: a set list or number of seats. Only `voluntary` is pooled for uptake",
    ),
    _coded(
        "consent",
        "`all`: every side accepted the terms in public; `in principle`: agreed in general, "
        "details open; `one`: announced by one side, the others silent or not asked; `rejected`: "
        "refused by another side",
    ),
    _coded(
        "escort",
        "`neutral`: a neutral body went along or stood on the route; `party`: a side's own forces; "
        "`none`: nobody",
    ),
    _coded(
        "guarantor",
        "`third`: a state or body outside the sides vouched for it; `party`: a side or its ally "
        "alone; `none`: nobody",
    ),
    _coded("under_fire", "whether fire hit the routes or people leaving in these hours"),
    _coded(
        "destination_choice",
        "whether people could choose where to go, not only the other side's ground",
    ),
    _coded("front_moving", "whether ground was being taken in or around the place in those days"),
    _coded("recurring", "`once`: one stretch of time; `daily`: hours offered again each day"),
    _coded(
        "earlier_collapse",
        "whether an earlier attempt at the place, in the same months, failed or moved nobody",
    ),
    _coded("means", "how people travelled"),
    Column(
        "first_incident_hours", "`n` or `low..high`",
        "hours from the start to the first reported incident on routes, people or crossings",
    ),
    _coded(
        "ended",
        "`held`: ran to its announced end; `collapsed`: ended early by fighting; `suspended`: "
        "stopped early by a side or the organisers",
    ),
    Column("ended_hours", "`n` or `low..high`", "hours of wall clock from the start to that end"),
    Column("no_share", "text", "why no share of the people inside can be formed; empty if it can"),
    Column("incidents", "text", "what was reported; claims of blame as claims"),
    Column("outcome", "text", "what came of it"),
    Column("sources", "addresses joined by spaces, or text", "where it was read"),
    Column("confidence", "starts with high, medium or low", "how far the figures can be trusted"),
    Column("coding_note", "text", "why a code was chosen where that was not plain"),
)  # fmt: skip
"""Every column, in order."""

NEEDED = ("id", "place", "start_local", "kind", "sources")
"""The columns that must be there and filled; every other may be empty or left out."""
