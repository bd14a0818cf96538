"""Lay out what was told of a pause: incidents, planned against counted, the timeline."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from safepassage.ledger.situation_document import iso
from safepassage.publish.record_ended import utc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from safepassage.case import Case
    from safepassage.case.outcome import Outcome
    from safepassage.ledger.aftermath import Aftermath
    from safepassage.ledger.expected import Expected

__all__ = ["incidents_of", "planned_actual", "timeline_of"]

_HOUR = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)


def incidents_of(
    outcome: Outcome | None, told: Aftermath | None, case: Case
) -> list[dict[str, Any]]:
    """Give every incident that was told, in the order it happened, each with an id made here.

    Those of the ledger come with all of its corrections; those of the case stand beside them,
    as their sources tell.
    """
    rows = [*_of_ledger(told), *_of_case(outcome, case)]
    rows.sort(key=lambda row: row["at"])
    return [{"id": f"{case.id}-{n}", **row} for n, row in enumerate(rows, start=1)]


def _of_ledger(told: Aftermath | None) -> Iterator[dict[str, Any]]:
    for each in told.events if told else ():
        if each["kind"] == "incident":
            yield {
                "at": iso(datetime.fromisoformat(each["happened_at"])), "about": False,
                "what": each["what"], "status": each["status"],
                "corridor": each.get("corridor"), "place": each.get("place"),
                "times": each.get("times"), "killed": each.get("killed"),
                "injured": each.get("injured"), "reported_by": each["source"],
                "means": each["means"], "claims": each.get("claims", []),
                "text": each.get("text"), "source": f"ledger, event {each['id']}",
            }  # fmt: skip


def _of_case(outcome: Outcome | None, case: Case) -> Iterator[dict[str, Any]]:
    for each in outcome.incidents if outcome else ():
        yield {
            "at": utc(each.at, case.place.tz), "about": each.about, "what": each.what,
            "status": each.status, "corridor": each.corridor or None, "place": each.place or None,
            "times": each.times, "killed": _exact(each.killed), "injured": _exact(each.injured),
            "reported_by": each.reported_by, "means": None, "claims": [],
            "text": each.text or None, "source": each.source,
        }  # fmt: skip


def _exact(number: int | None) -> dict[str, int] | None:
    return None if number is None else {"low": number, "best": number, "high": number}


def planned_actual(
    expected: Expected, known: Mapping[str, Any] | None, *, has_plan: bool
) -> list[dict[str, Any]]:
    """Lay planned people beside counted ones, by corridor for civilians and by hour.

    Nothing is computed of those who use corridors of armed groups.
    """
    if known is None:
        return list(_planned(expected)) if has_plan else []
    return [
        {
            "corridor": row["id"], "name": row["name"], "from": hour["from"],
            "until": hour["until"], "planned": hour["planned"], "counted": hour["passed"],
            "rule": row["rule"] if hour["passed"] else None,
            "counters": [
                {key: each[key] for key in ("source", "means", "status", "counted", "people")}
                for each in hour["counters"]
            ],
        }
        for row in known["corridors"] if row["users"] != "armed"
        for hour in row["by_hour"]
    ]  # fmt: skip


def _planned(expected: Expected) -> Iterator[dict[str, Any]]:
    """Give the plan's hours where nobody counted."""
    for i, corridor in enumerate(expected.corridors):
        if corridor.armed:
            continue
        start = expected.start
        while start < expected.end:
            until = min(start + _HOUR, expected.end)
            first, last = (int((each - expected.start) / _MINUTE) for each in (start, until))
            served = bool(expected.served and expected.served[i])
            yield {
                "corridor": corridor.id, "name": corridor.name,
                "from": iso(start), "until": iso(until),
                "planned": expected.planned_by(i, last) - expected.planned_by(i, first)
                if served else None,
                "counted": None, "rule": None, "counters": [],
            }  # fmt: skip
            start = until


def timeline_of(document: Mapping[str, Any], told: Aftermath | None) -> list[dict[str, Any]]:
    """Put what was announced, decided and told in the order it happened."""
    window = document["window"]
    rows = [_row(window["announced"][key], "hours", f"announced {key}")
            for key in ("start", "end")]  # fmt: skip
    ended = document["ended"]
    if ended["at"]:
        rows.append(_row(ended["at"], "end", ended["how"], by=ended["by"]))
    rows += [
        _row(each["at"], "incident", each["what"], by=each["reported_by"],
             corridor=each["corridor"], status=each["status"], text=each["text"])
        for each in document["incidents"]
    ]  # fmt: skip
    states: dict[tuple[str, str], str] = {}
    for each in told.events if told else ():
        what = _WHAT.get(each["kind"])
        if each["kind"] == "status":
            said = each["corridor"], each["source"]
            if states.get(said) == each["state"]:  # said again
                continue
            states[said] = each["state"]
        if what is not None:
            rows.append(
                _row(iso(datetime.fromisoformat(each["happened_at"])), each["kind"],
                     what.format(**each), by=each.get("by") or each["source"],
                     corridor=each.get("corridor"), status=each["status"], text=each.get("text"))
            )  # fmt: skip
    return sorted(rows, key=lambda row: row["at"])


_WHAT = {
    "window": "hours changed to {start} until {end}", "decision": "{decision}",
    "status": "{state}", "test movement": "test movement {result}", "plan": "plan adopted",
}  # fmt: skip


def _row(
    at: str, kind: str, what: str, *, by: str | None = None, corridor: str | None = None,
    status: str | None = None, text: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    return {"at": at, "kind": kind, "what": what, "by": by, "corridor": corridor,
            "status": status, "text": text}  # fmt: skip
