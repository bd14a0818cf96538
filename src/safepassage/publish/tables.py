"""Write a plan as tables and JSON, each with what must stand beside a ceiling."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

from safepassage.base.signs import without_controls
from safepassage.publish.wording import moment

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "CURVE_COLUMNS",
    "TIMETABLE_COLUMNS",
    "WAVES_COLUMNS",
    "curve_csv",
    "curve_metadata",
    "plan_json",
    "table",
    "timetable_csv",
    "timetable_metadata",
    "waves_csv",
    "waves_metadata",
]

CURVE_COLUMNS = {
    "time": "local time at which the minute begins",
    "minute": "minutes since the start of the usable window",
    "out_schedule": "people past the crossings by the schedule, to the end of this minute",
    "out_optimum": "people past the crossings by the exact optimum, to the end of this minute",
    "ceiling": "proven upper bound on people past the crossings, best figures",
    "on_the_road": "people who have set out by the schedule and not yet passed",
    "on_the_road_optimum": "the same by the optimum",
    "likely_to_come": "what is known of how many will come; always read with the ceiling",
    "note": "what a ceiling does not say",
}
"""Columns of ``curve.csv`` and their meaning; corridors' columns follow ``on_the_road_optimum``."""

WAVES_COLUMNS = {
    "id": "identifier of the wave",
    "zone": "identifier of the zone people leave from",
    "zone_name": "name of that zone",
    "group": "identifier of the group that moves together",
    "corridor": "identifier of the corridor proposed",
    "corridor_name": "name of that corridor",
    "corridor_assumed": "true where the corridor's position is an assumption",
    "from": "local time from which people set out",
    "until": "local time until which people set out",
    "people": "people in the wave",
    "people_per_min": "people who set out in each minute",
    "walk_min": "minutes from setting out to passing the crossing",
    "passes_from": "local time at which the first pass the crossing",
    "passes_until": "local time by which the last pass the crossing",
}
"""Columns of ``waves.csv`` and their meaning."""

TIMETABLE_COLUMNS = {
    "shuttle": "identifier of the shuttle",
    "departs": "local time at which the bus leaves",
    "minute": "minutes since the start of the usable window",
    "from": "name of the shuttle",
    "to": "identifier of the corridor",
    "arrives": "local time at which it is at the crossing",
    "seats": "seats on it",
    "people": "people on it by the schedule",
}
"""Columns of ``timetable.csv`` and their meaning."""

_INLINE = 96

_BEFORE_FORMULAS = ("\t", "\r", "\n")
_FORMULAS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Signs that begin a formula, and the same in full width."""


def plan_json(plan: dict[str, Any]) -> str:
    """Write a plan as JSON: keys as they stand, short values and lists of numbers in one line."""
    return _laid_out(plan, "") + "\n"


def _laid_out(value: Any, indent: str) -> str:
    flat = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if not isinstance(value, dict | list) or len(flat) <= _INLINE:
        return flat
    if isinstance(value, list) and not any(isinstance(each, dict | list) for each in value):
        numbers = not any(isinstance(each, str) for each in value)
        if numbers:
            return json.dumps(value, separators=(",", ":"), allow_nan=False)
    deeper = indent + " "
    if isinstance(value, list):
        parts = [deeper + _laid_out(each, deeper) for each in value]
        return "[\n" + ",\n".join(parts) + f"\n{indent}]"
    parts = [
        f"{deeper}{json.dumps(key, ensure_ascii=False)}: {_laid_out(each, deeper)}"
        for key, each in value.items()
    ]
    return "{\n" + ",\n".join(parts) + f"\n{indent}}}"


def curve_csv(plan: dict[str, Any]) -> str:
    """Write people out, on the road and under the ceiling, a line a minute.

    After the fixed columns of ``CURVE_COLUMNS`` up to ``on_the_road_optimum`` comes
    ``passed_ID`` for each located civilian corridor. ``likely_to_come`` and ``note``
    repeat on every line, so that no line shows a ceiling without them.
    """
    schedule, optimum = plan["schedule"], plan["optimum"]
    ceiling = plan["ceiling"]["cumulative"]
    served = _served(plan)
    start = moment(plan["window"]["usable"]["start"])
    rows = (
        (
            (start + timedelta(minutes=m)).isoformat(timespec="minutes"),
            m,
            schedule["cumulative"][m],
            optimum["cumulative"][m],
            ceiling[m],
            schedule["on_the_road"][m],
            optimum["on_the_road"][m],
            *(corridor["schedule_passed"][m] for corridor in served),
            plan["likely_to_come"],
            plan["ceiling_note"],
        )
        for m in range(len(ceiling))
    )
    return table(list(_curve_columns(plan)), rows)


def waves_csv(plan: dict[str, Any]) -> str:
    """Write the schedule's waves, one a line, in order of setting out."""
    corridors = {corridor["id"]: corridor for corridor in plan["corridors"]}
    rows = (
        [
            corridors[wave["corridor"]]["name"] if column == "corridor_name"
            else str(corridors[wave["corridor"]]["assumed"]).lower()
            if column == "corridor_assumed"
            else wave[column]
            for column in WAVES_COLUMNS
        ]
        for wave in sorted(plan["schedule"]["waves"], key=lambda wave: (wave["from"], wave["id"]))
    )  # fmt: skip
    return table(list(WAVES_COLUMNS), rows)


def timetable_csv(plan: dict[str, Any]) -> str:
    """Write every departure of every bus, one a line."""
    rows = ([run[column] for column in TIMETABLE_COLUMNS] for run in plan["timetable"])
    return table(list(TIMETABLE_COLUMNS), rows)


def timetable_metadata(plan: dict[str, Any]) -> str:
    """Describe ``timetable.csv`` in a CSV on the Web sidecar."""
    return _metadata(plan, "timetable.csv", "timetable.schema.json", TIMETABLE_COLUMNS)


def curve_metadata(plan: dict[str, Any]) -> str:
    """Describe ``curve.csv`` in a CSV on the Web sidecar, with what must stand by a ceiling."""
    return _metadata(plan, "curve.csv", "curve.schema.json", _curve_columns(plan))


def waves_metadata(plan: dict[str, Any]) -> str:
    """Describe ``waves.csv`` in a CSV on the Web sidecar."""
    return _metadata(plan, "waves.csv", "waves.schema.json", WAVES_COLUMNS)


def _served(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [c for c in plan["corridors"] if c["users"] == "civilian" and c["schedule_passed"]]


def _curve_columns(plan: dict[str, Any]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for name, meaning in CURVE_COLUMNS.items():
        if name == "likely_to_come":
            columns |= {
                f"passed_{c['id']}": f"people past {c['name']} by the schedule"
                + (" (position assumed)" if c["assumed"] else "")
                for c in _served(plan)
            }
        columns[name] = meaning
    return columns


def _metadata(plan: dict[str, Any], table: str, schema: str, columns: dict[str, str]) -> str:
    """Follow W3C "Metadata Vocabulary for Tabular Data" (2015); our own terms have no colon."""
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": table,
        "dc:title": f"{plan['case']['title']}: {table}",
        "dc:language": "en",
        "tableSchema": {
            "columns": [
                {"name": name, "titles": name, "dc:description": meaning}
                for name, meaning in columns.items()
            ]
        },
        "notes": [
            {
                "schema_version": plan["schema_version"],
                "row_schema": schema,
                "tool": plan["tool"],
                "inputs": plan["inputs"],
                "attribution": plan["attribution"],
                "time_zone": plan["case"]["tz"],
                "conditional": plan["conditional"],
                "likely_to_come": plan["likely_to_come"],
                "ceiling_note": plan["ceiling_note"],
                "protection_check": plan["protection_check"],
                "consent": plan["consent"],
                "protection": plan["protection"],
            }
        ],
    }
    return json.dumps(described, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def table(header: list[str], rows: Iterable[Iterable[Any]]) -> str:
    """Write rows under their names as CSV (RFC 4180), no cell of which runs as a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # RFC 4180
    writer.writerow([_safe(name) for name in header])
    writer.writerows([[_safe(cell) for cell in row] for row in rows])
    return out.getvalue()


def _safe(cell: Any) -> Any:
    """Keep a spreadsheet from running text as a formula (OWASP, "CSV injection")."""
    if not isinstance(cell, str):
        return cell
    runs = cell[:1] in _BEFORE_FORMULAS or cell.lstrip()[:1] in _FORMULAS
    return "'" * runs + without_controls(cell)
