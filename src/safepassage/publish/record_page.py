"""Put a record on one page: how it went, hour by hour, and what is not known."""

from __future__ import annotations

import re
from datetime import datetime
from math import sqrt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from safepassage.base.signs import all_without_controls
from safepassage.publish.page import STILL_POLICY, template
from safepassage.publish.spoken import Spoken
from safepassage.publish.tongue import tongue
from safepassage.publish.wording import clock, number

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["record_html"]

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_TIMELINE = 44
_INCIDENTS = 12
_SIZE_PT, _LINES = 8.8, 58
"""Of this type, about so many lines fit on one sheet (measured)."""
_SMALLEST_PT, _LARGEST_PT = 6.6, 9.2
_LEFT_OUT: dict[str, Any] = dict.fromkeys(("unknown", "disagreements", "notes", "ledger"))
_OF_INCIDENT: dict[str, Any] = dict.fromkeys(
    ("times", "corridor", "place", "reported_by", "claims", "text")
)
"""What some readers see nothing of."""

_READERS = {
    "partners": "For partners: no schedule and no free text.",
    "public": "For the public: times to the hour, people in tens, below ten not told; no places "
    "of incidents, nobody's claims.",
}


def record_html(document: Mapping[str, Any], *, language: str = "en") -> str:
    """Make one self-contained page that prints on A4 in black and white and needs no script.

    Parameters
    ----------
    document
        A record as ``record.schema.json`` has it, redacted or not.
    language
        ``en``, or one that has a catalogue.

    Raises
    ------
    InputError
        If there is no such language.

    """
    document = all_without_controls({**_LEFT_OUT, **document})
    names = {each["name"]: each["name_ar"] for each in document["corridors"]
             if language == "ar" and each.get("name_ar")}  # fmt: skip
    say = Spoken(tongue(language, document["case"]["tz"], isolating=True), names=names)
    page = template("record.html.j2")
    return page.render(
        document=document, view=_view(document, say), policy=STILL_POLICY, say=say,
        auto=Markup(' dir="auto"') if language == "en" else "",
    )  # fmt: skip


def _view(document: Mapping[str, Any], say: Spoken) -> dict[str, Any]:
    tz = document["case"]["tz"]
    level = document.get("redaction", {"level": "internal"})["level"]
    timeline = _shortened(document.get("timeline", []))
    incidents = document["incidents"]
    return {
        "title": say.retold(document["case"]["title"]),
        "place": say.retold(document["case"]["place"]["name"]),
        "hours": _hours(document["window"]["announced"], tz, say),
        "final": _hours(document["window"]["final"], tz, say)
        if document["window"]["final"] != document["window"]["announced"] else None,
        "summary": _summary(document, say), "level": say.retold(_READERS.get(level)),
        "as_known_at": _when(document["as_known_at"], tz, say),
        "names": {each["id"]: each["name"] for each in document["corridors"]},
        "timeline": [
            {
                "text": None, "by": None, **each, "when": _clock(each["at"], tz, document),
                "what": _MOMENT.sub(lambda found: _clock(found[0], tz, document), each["what"]),
            }
            for each in timeline
        ],
        "timeline_more": len(document.get("timeline", [])) - len(timeline),
        "incidents": [{**_OF_INCIDENT, **each, "when": _about(each, document, say)}
                      for each in incidents[:_INCIDENTS]],
        "incidents_more": max(len(incidents) - _INCIDENTS, 0),
        "hours_rows": _by_hour(document, tz, say),
        "sources": say("; ").join(map(say.retold, dict.fromkeys(_sources(document)))),
        "size_pt": _size_pt(document),
    }  # fmt: skip


def _about(incident: Mapping[str, Any], document: Mapping[str, Any], say: Spoken) -> str:
    time = _clock(incident["at"], document["case"]["tz"], document)
    return say("about {time}", time=time) if incident.get("about") else time


def _size_pt(document: Mapping[str, Any]) -> float:
    """Choose the type with which all of it fits on one sheet, if any that can be read does."""
    unknown, timeline = document["unknown"] or (), document.get("timeline", ())
    lines = 16 + 1.4 * max(len(unknown), 10) + len(document["sides"]) + 0.9 * len(timeline)
    lines += 2 * (
        len(document["disagreements"] or ()) + min(len(document["incidents"]), _INCIDENTS)
    )
    lines += 2 * len(document["notes"] or ())
    return round(min(_LARGEST_PT, max(_SMALLEST_PT, _SIZE_PT * sqrt(_LINES / lines))), 2)


def _shortened(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the hours, ends, decisions and incidents where there are too many lines for a page."""
    if len(rows) <= _TIMELINE:
        return rows
    kept = [row for row in rows if row["kind"] not in {"status", "test movement"}]
    return kept[:_TIMELINE]


def _local(moment: str, tz: str) -> str:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(tz)).strftime("%Y-%m-%dT%H:%M")


def _when(moment: str, tz: str, say: Spoken) -> Markup:
    local = _local(moment, tz)
    return say("{day}, {time}", day=say.day(local), time=clock(local))


def _clock(moment: str, tz: str, document: Mapping[str, Any]) -> str:
    """Write a time, with its day where that is not the announced one."""
    local, start = _local(moment, tz), _local(document["window"]["announced"]["start"], tz)
    return clock(local) if local[:10] == start[:10] else f"{local[:10]} {clock(local)}"


def _hours(window: Mapping[str, str], tz: str, say: Spoken) -> Markup:
    start, end = (_local(window[key], tz) for key in ("start", "end"))
    last = clock(end) if start[:10] == end[:10] else _when(window["end"], tz, say)
    return say("{day}, {start} to {end} local time",
               day=say.day(start), start=clock(start), end=last)  # fmt: skip


def _people(people: Mapping[str, int | None] | None, say: Spoken) -> Markup:
    if people is None:
        return say("not known")
    if people["best"] is None:
        return say("fewer than ten")
    return Markup("{}").format(say.interval(people))


def _sourced(told: Markup, source: str | None, say: Spoken) -> Markup:
    return Markup("{} – {}").format(told, say.retold(source)) if source else told


def _summary(document: Mapping[str, Any], say: Spoken) -> list[tuple[str, Markup]]:
    """Give what a reader looks for first, each with what it rests on."""
    ended, tz = document["ended"], document["case"]["tz"]
    how = Markup("{}").format(say.retold(ended["how"]))
    if ended.get("at"):
        how += say(", ") + _clock(ended["at"], tz, document)
    if ended.get("by"):
        how += say(", ") + say("by {who}", who=say.retold(ended["by"]))
    out = _people(document["people_out"], say)
    rows: list[tuple[str, Markup]] = [
        (say("How it ended"), _sourced(how, ended.get("because"), say)),
        (say("People out"), _sourced(out, document.get("people_out_source"), say)),
    ]
    if "people_inside" in document:
        inside = document["people_inside"]
        source = inside.get("source") if inside else None
        rows.append((say("People inside"), _sourced(_people(inside, say), source, say)))
        rows.append((say("Share that left"), _share(document["uptake"], say)))
    return rows


def _share(uptake: Mapping[str, float] | None, say: Spoken) -> Markup:
    if uptake is None:
        return say("not known")
    best, low, high = (say.chance(uptake[key]) for key in ("best", "low", "high"))
    if low == high:
        return best
    return Markup("{} ({})").format(best, say("{low} to {high}", low=low, high=high))


def _by_hour(document: Mapping[str, Any], tz: str, say: Spoken) -> list[dict[str, str]]:
    """Add up planned and counted people by hour, corridors for civilians together."""
    hours: dict[tuple[str, str], dict[str, Any]] = {}
    for row in document.get("planned_actual", []):
        hour = hours.setdefault((row["from"], row["until"]), {"planned": None, "counted": None})
        if (planned := row.get("planned")) is not None:
            hour["planned"] = (hour["planned"] or 0) + planned
        if row["counted"] is not None:
            so_far = hour["counted"] or {"low": 0, "best": 0, "high": 0}
            hour["counted"] = {key: so_far[key] + row["counted"][key] for key in so_far}
    return [
        {
            "hour": f"{clock(_local(start, tz))}–{clock(_local(until, tz))}",
            "planned": number(each["planned"]),
            "counted": say("nobody counted") if each["counted"] is None
            else _people(each["counted"], say),
        }
        for (start, until), each in sorted(hours.items())
    ]  # fmt: skip


def _sources(document: Mapping[str, Any]) -> list[str]:
    told = [each.get("source") for each in document["incidents"]]
    told += [each.get("source") for each in (document["notes"] or ())]
    told += [answer.get("source") for side in document["sides"]
             for answer in side.get("answers", [])]  # fmt: skip
    return [each for each in told if each and not each.startswith("ledger, event")]
