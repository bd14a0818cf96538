"""Write a plan's zones, corridors and waves as tables with HXL tags, CSV and XLSX.

The tags are those of the Humanitarian Exchange Language 1.1. What a level may see is decided
before, by ``redaction``: a column that the document lacks is left out, a table without rows too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from safepassage.publish.tables import table
from safepassage.publish.workbook import workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["TABLES", "Column", "hxl_files"]


@dataclass(frozen=True, slots=True)
class Column:
    """Hold one column: its name, its tag, what it means, and the keys it is read by."""

    name: str
    tag: str
    means: str
    keys: tuple[str, ...]


def _column(name: str, tag: str, means: str, path: str = "") -> Column:
    return Column(name, tag, means, tuple((path or name).split(".")))


def _people(name: str, tag: str, means: str, path: str) -> tuple[Column, ...]:
    return tuple(
        _column(f"{name}_{end}", f"{tag}+{end}", f"{means}, {told}", f"{path}.{end}")
        for end, told in (("low", "no fewer than"), ("best", "best figure"),
                          ("high", "no more than"))
    )  # fmt: skip


TABLES: dict[str, tuple[Column, ...]] = {
    "zones": (
        _column("id", "#loc+zone+code", "identifier of the zone"),
        _column("name", "#loc+zone+name+i_en", "its name"),
        _column("name_ar", "#loc+zone+name+i_ar", "its name in Arabic"),
        _column("lat", "#geo+lat", "latitude of its middle, degrees"),
        _column("lon", "#geo+lon", "longitude of its middle, degrees"),
        *_people("people", "#population", "people inside", "people"),
        _column("corridor", "#loc+corridor+code", "corridor that the schedule proposes"),
        _column("out_schedule", "#reached+planned", "people out by the schedule"),
        _column("out_optimum", "#reached+optimum", "people out by the optimum"),
    ),
    "corridors": (
        _column("id", "#loc+corridor+code", "identifier of the corridor"),
        _column("name", "#loc+corridor+name+i_en", "its name"),
        _column("name_ar", "#loc+corridor+name+i_ar", "its name in Arabic"),
        _column("users", "#beneficiary+type", "civilian, or armed: for armed groups"),
        _column("located", "#status+located", "whether a source says where it is"),
        _column("assumed", "#status+assumed", "whether its position is an assumption"),
        _column("lat", "#geo+lat", "latitude of the crossing, degrees"),
        _column("lon", "#geo+lon", "longitude of the crossing, degrees"),
        _column("destination", "#loc+destination+name", "where it leads"),
        _column("controlled_near", "#org+control+near", "who controls the near side"),
        _column("controlled_far", "#org+control+far", "who controls the far side"),
        *_people("per_min", "#capacity+per_min", "people it serves a minute", "people_per_min"),
        _column("source", "#meta+source", "who names it"),
    ),
    "waves": (
        _column("id", "#activity+code", "identifier of the wave"),
        _column("zone", "#loc+zone+code", "zone that people leave from"),
        _column("zone_name", "#loc+zone+name+i_en", "its name"),
        _column("group", "#beneficiary+group", "group that moves together"),
        _column("corridor", "#loc+corridor+code", "corridor that is proposed"),
        _column("from", "#date+start", "local time from which people set out"),
        _column("until", "#date+end", "local time until which people set out"),
        _column("people", "#targeted", "people in the wave"),
        _column("walk_min", "#indicator+minutes", "minutes from setting out to passing"),
        _column("passes_from", "#date+passes+start", "local time at which the first pass"),
        _column("passes_until", "#date+passes+end", "local time by which the last pass"),
    ),
}
"""Table → its columns, in their order."""


def hxl_files(
    plan: Mapping[str, Any], *, notes: Sequence[str], exercise: bool = False
) -> dict[str, str | bytes]:
    """Give each table as CSV, and all in one workbook whose first sheet says what they are.

    Parameters
    ----------
    plan
        A plan's document, redacted for whoever gets the tables.
    notes
        What must stand beside them.
    exercise
        Mark them as an exercise's: the first note, and the names of the files.

    """
    made = {
        name: _laid_out(columns, rows)
        for name, columns in TABLES.items()
        if (rows := _rows(plan, name))
    }
    mark = "EXERCISE-" * exercise
    about: list[tuple[str, ...]] = [("table", "column", "HXL tag", "meaning")]
    about += [("note", "", "", note) for note in (*(("EXERCISE.",) * exercise), *notes)]
    about += [
        (name, column.name, column.tag, column.means)
        for name in made
        for column in TABLES[name]
        if column.name in made[name][0]
    ]
    return {
        **{
            f"{mark}{name}.hxl.csv": table(rows[0], rows[1:]) for name, rows in made.items()
        },
        f"{mark}tables.xlsx": workbook({"about": about, **made}, heads=2),
    }  # fmt: skip


def _rows(plan: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    if name == "waves":
        return (plan.get("schedule") or {}).get("waves") or ()
    return plan.get(name) or ()


def _laid_out(
    columns: Iterable[Column], rows: Sequence[Mapping[str, Any]]
) -> list[list[Any]]:  # fmt: skip
    kept = [column for column in columns if any(column.keys[0] in row for row in rows)]
    head: list[list[Any]] = [[each.name for each in kept], [each.tag for each in kept]]
    return head + [[_cell(row, each.keys) for each in kept] for row in rows]


def _cell(row: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    value: Any = row
    for key in keys:
        value = None if value is None else value.get(key)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return "" if value is None else value
