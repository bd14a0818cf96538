"""Write a record as tables that others' data sets can take in, each column with its origin."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from safepassage.base.phrases import listed
from safepassage.publish.record_columns import (
    CEASEFIRES,
    INCIDENTS,
    PLANNED_ACTUAL,
    Column,
)
from safepassage.publish.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["record_tables"]

_TYPES = {
    "shelling": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "air strike": ("Explosions/Remote violence", "Air/drone strike"),
    "mine or remnant": ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "looting": ("Strategic developments", "Looting/property destruction"),
}
"""What names one of ACLED's types for sure; who did it, or to whom, decides the others."""

_DISORDER = {"Explosions/Remote violence": "Political violence",
             "Strategic developments": "Strategic developments"}  # fmt: skip

_DAY_KNOWN = 1
_TOWN_KNOWN = 1


def record_tables(document: Mapping[str, Any]) -> dict[str, str]:
    """Write the tables of a record, redacted or not, each with its CSV on the Web sidecar.

    Returns
    -------
    File name → content. A table is left out where these readers may see nothing of it.

    """
    made = {}
    for name, columns, key, rows in (
        ("ceasefires", CEASEFIRES, "sides", _ceasefires),
        ("incidents", INCIDENTS, "incidents", _incidents),
        ("planned_actual", PLANNED_ACTUAL, "planned_actual", _planned_actual),
    ):
        if key in document:
            names = [column.name for column in columns]
            filled = ([row.get(column, "") for column in names] for row in rows(document))
            made[f"{name}.csv"] = table(names, filled)
            made[f"{name}.csv-metadata.json"] = _sidecar(document, name, columns)
    return made


def _local(moment: str, tz: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(tz))


def _parts(prefix: str, day: str | None) -> dict[str, int]:
    """Write a day as the three columns of year, month and day."""
    if not day:
        return {}
    numbers = (int(part) for part in day[:10].split("-"))
    return dict(zip((f"{prefix}_yr", f"{prefix}_month", f"{prefix}_day"), numbers, strict=True))


def _ceasefires(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    tz, ended = document["case"]["tz"], document["ended"]
    for number, side in enumerate(document["sides"], start=1):
        announced = side.get("announced", [])
        hours = [each for one in announced for each in one.get("hours", [])]
        row: dict[str, Any] = {
            "uniq_id": f"{document['case']['id']}-side-{number}",
            "location": document.get("country") or "",
            "actor_name": side["party"],
            "comment": _comment(document, side),
        }
        days = [one["on"] for one in announced if one.get("on")]
        row |= _parts("cf_dec", min(days, default=None))
        if hours:
            first = min(_local(each["start"], tz) for each in hours)
            row |= _parts("cf_effect", first.isoformat())
            if ended.get("at"):
                row |= _parts("end", _local(ended["at"], tz).isoformat())
        if any((one.get("kind") or "").startswith("humanitarian") for one in announced):
            row["p_humanitarian"] = 1
        yield row


def _comment(document: Mapping[str, Any], side: Mapping[str, Any]) -> str:
    told = [
        f"announced it ({', '.join(filter(None, (one.get('kind'), one.get('text'))))})"
        for one in side.get("announced", [])
    ]
    for each in side.get("answers", []):
        by = f", as stated by {each['stated_by']}" if each.get("stated_by") else ""
        source = f" ({each['source']})" if each.get("source") else ""
        told.append(f"{each['status']}{by}{source}")
    how = document["ended"]["how"]
    return f"{document['case']['title']}. This side: {'; '.join(told)}. The pause: {how}."


def _incidents(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    case = document["case"]
    for each in document["incidents"]:
        day = _local(each["at"], case["tz"])
        kind, sub = _TYPES.get(each["what"], ("", ""))
        place = each.get("place")
        yield {
            "event_id_cnty": each.get("id") or "",
            "event_date": f"{day:%Y-%m-%d}", "year": day.year, "time_precision": _DAY_KNOWN,
            "disorder_type": _DISORDER.get(kind, ""), "event_type": kind, "sub_event_type": sub,
            "country": document.get("country") or "",
            "location": case["place"]["name"],
            "latitude": case["place"]["lat"], "longitude": case["place"]["lon"],
            "geo_precision": _TOWN_KNOWN,
            "source": each.get("source") or "",
            "notes": _notes(document, each, day, place),
            "fatalities": _best(each.get("killed")),
        }  # fmt: skip


def _best(people: Mapping[str, Any] | None) -> Any:
    """Write how many, where somebody said so and it is told: nothing is no zero."""
    return "" if not people or people.get("best") is None else people["best"]


def _notes(
    document: Mapping[str, Any], each: Mapping[str, Any], day: datetime, place: str | None
) -> str:
    """Tell what was told, how sure it is, by whom, and who claims what."""
    names = {one["id"]: one["name"] for one in document.get("corridors", [])}
    corridor = each.get("corridor")
    where = ", ".join(filter(None, (names.get(corridor, corridor) if corridor else "", place)))
    by = f" by {each['reported_by']}" if each.get("reported_by") else ""
    parts = [f"{each['status'].upper()}{by}: {each['what']}"]
    parts[0] += f" ({each['times']} impacts or shots)" if each.get("times") else ""
    about = "about " if each.get("about") else "hour of " if day.minute == 0 and (
        "redaction" in document) else ""  # fmt: skip
    parts.append(f"{about}{day:%H:%M} local" + (f", {where}" if where else ""))
    for word in ("killed", "injured"):
        if (people := each.get(word)) is not None:
            low, high = people["low"], people["high"]
            parts.append(f"{word} as told: {low if low == high else f'{low} to {high}'}")
    parts += [f"CLAIM, no finding: {one['by']} holds {one['holds_responsible']} responsible"
              for one in each.get("claims", [])]  # fmt: skip
    if each.get("text"):
        parts.append(each["text"])
    if document["exercise"]:
        parts.insert(0, "EXERCISE")
    return "; ".join(parts)


def _planned_actual(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    tz = document["case"]["tz"]
    for row in document["planned_actual"]:
        counted = row.get("counted") or {}
        yield {
            "corridor": row["corridor"], "corridor_name": row["name"],
            "from": f"{_local(row['from'], tz):%Y-%m-%dT%H:%M}",
            "until": f"{_local(row['until'], tz):%Y-%m-%dT%H:%M}",
            "planned": "" if row.get("planned") is None else row["planned"],
            **{f"counted_{key}": counted.get(key, "") for key in ("low", "best", "high")},
            "counted_by": listed(dict.fromkeys(one["source"] for one in row["counters"]))
            if row.get("counters") else "",
            "rule": row.get("rule") or "",
        }  # fmt: skip


def _sidecar(document: Mapping[str, Any], name: str, columns: tuple[Column, ...]) -> str:
    """Follow W3C "Metadata Vocabulary for Tabular Data" (2015); our own terms have no colon."""
    described = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"{name}.csv",
        "dc:title": f"{document['case']['title']}: {name}.csv",
        "dc:language": "en",
        "tableSchema": {
            "columns": [
                {"name": each.name, "titles": each.name, "dc:description": each.meaning,
                 "dc:source": each.origin}
                for each in columns
            ]
        },
        "notes": [{
            "schema_version": document["schema_version"], "row_schema": f"{name}.schema.json",
            "tool": document["tool"], "inputs": document.get("inputs", []),
            "attribution": document["attribution"], "time_zone": document["case"]["tz"],
            "exercise": document["exercise"], "caution": document["caution"],
            "readers": document.get("redaction", {"level": "internal"})["level"],
        }],
    }  # fmt: skip
    return json.dumps(described, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
