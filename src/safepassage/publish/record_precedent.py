"""Make of a record the row by which later forecasts know this pause."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from safepassage.base.errors import Fault, InputError
from safepassage.forecast.offered import offered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from safepassage.case import LoadedCase
    from safepassage.declaration import Declaration

__all__ = ["precedent_cells"]

_ENDED: Final = {
    "expired": "held", "extended": "held", "collapsed": "collapsed", "called off": "suspended",
    "suspended": "suspended",
}  # fmt: skip
_FIRE: Final = frozenset({"shelling", "air strike", "shooting", "explosion"})
_SURE: Final = frozenset({"observed", "verified"})
_HOUR_S: Final = 3600.0


def precedent_cells(
    document: Mapping[str, Any], loaded: LoadedCase, declarations: Sequence[Declaration]
) -> dict[str, str]:
    """Give the cells of a row of precedents, by the codebook; what is not known stays empty.

    Parameters
    ----------
    document
        The record, for those inside.
    loaded, declarations
        The case and its announcements: conditions are read as a forecast of it reads them.

    Raises
    ------
    InputError
        If the record is an exercise's, or lacks what a row must have; all faults told.

    """
    if faults := list(_faults(document, loaded)):
        raise InputError(faults)
    case, outcome = loaded.case, loaded.case.outcome
    zone = ZoneInfo(case.place.tz)
    window = document["window"]
    start = _local(window["final"]["start"], zone)
    first_end = _local(max(window["final"]["end"], window["announced"]["end"]), zone)  # as offered
    end, daily = _last_day(declarations, first_end)
    stated, conditions = offered(case, declarations)
    inside = document["people_inside"]
    country = document["country"]
    cells = {
        "id": case.precedent or case.id,
        "place": f"{case.place.name}, {country}" if country else case.place.name,
        "start_local": f"{start:%Y-%m-%dT%H:%M}", "end_local": f"{end:%Y-%m-%dT%H:%M}",
        "kind": outcome.kind if outcome else "",
        "people_inside_low": str(inside["low"]) if inside else "",
        "people_inside_high": str(inside["high"]) if inside else "",
        **{each.condition: conditions.get(each.condition) for each in stated},
        **_corridors(document), **_left(document, start, end, zone), **_course(document),
        "incidents": "; ".join(_incident(each, zone) for each in document["incidents"]),
        "outcome": " ".join(
            [f"{document['ended']['how']}; this rests on {document['ended']['basis']}.",
             *(note["text"] for note in document["notes"])]
        ),
        "sources": "; ".join(_sources(document, loaded)),
        "coding_note": f"made by safepassage record {document['tool']['version']}; conditions as a "
        "forecast of the case reads them; incidents count as told, alleged ones too",
    }  # fmt: skip
    if start.date() == first_end.date():
        cells |= {"recurring": "daily" if daily else "once",
                  "window_hours": f"{_hours(start, first_end):g}"}  # fmt: skip
    return cells


def _last_day(declarations: Sequence[Declaration], end: datetime) -> tuple[datetime, bool]:
    """Tell when hours that are offered every day end at last, and whether there are such."""
    daily = [each for one in declarations for each in one.windows if each.recurrence]
    days = [each.until for each in daily if each.until is not None]
    last = max(days, default=end.date())
    return (datetime.combine(last, end.timetz()) if last > end.date() else end), bool(daily)


def _faults(document: Mapping[str, Any], loaded: LoadedCase) -> Iterator[Fault]:
    if document["exercise"]:
        yield Fault("--add-to", "the ledger is an exercise's: nothing of it happened",
                    "Only real pauses may stand among precedents.")  # fmt: skip
        return
    outcome = loaded.case.outcome
    if outcome is None or not outcome.kind:
        yield Fault(
            "--add-to", "the case does not say of which kind the passage was",
            'Add [outcome] with kind = "voluntary" to case.toml, if people were free to stay; '
            "docs/precedents.md tells the kinds apart.",
        )  # fmt: skip
    window = document["window"]["final"]
    if datetime.fromisoformat(window["end"]) <= datetime.fromisoformat(window["start"]):
        yield Fault("--add-to", "the pause was called off before it began",
                    "Only pauses that were offered may stand among precedents.")  # fmt: skip


def _local(moment: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(moment).astimezone(zone)


def _hours(start: datetime, end: datetime) -> float:
    return round((end.timestamp() - start.timestamp()) / _HOUR_S, 2)


def _corridors(document: Mapping[str, Any]) -> dict[str, str]:
    armed = sum(each["users"] == "armed" for each in document["corridors"])
    total = len(document["corridors"])
    return {"corridors_total": str(total), "corridors_armed": str(armed),
            "corridors_civilian": str(total - armed)}  # fmt: skip


def _left(
    document: Mapping[str, Any], start: datetime, end: datetime, zone: ZoneInfo
) -> dict[str, str]:
    """Give how many left, or why no share of the people inside can be formed."""
    out, inside = document["people_out"], document["people_inside"]
    cells = {}
    if out is not None:
        told = [row["counted"] for row in document["planned_actual"] if row["counted"] is not None]
        # of what was counted: what the high figure has for minutes that nobody counted is assumed
        ends = [sum(each[end] for each in told) if told else out[end] for end in ("low", "high")]
        cells["left"] = _span(*ends)
        if start.date() == end.date():
            cells["left_by_day"] = f"D:{start:%Y-%m-%d}={cells['left']}"
        else:
            cells["left_by_day"] = "|".join(_by_day(document, start, end, zone))
    missing = [what for what, there in (("left", out), ("were inside", inside)) if there is None]
    if missing:
        cells["no_share"] = f"how many {' and '.join(missing)} is not known"
    elif out["low"] > inside["high"]:
        cells["no_share"] = "more were counted out than any figure of those inside"
    return cells


def _by_day(
    document: Mapping[str, Any], start: datetime, end: datetime, zone: ZoneInfo
) -> Iterator[str]:
    """Add the counted hours of each day up."""
    days: dict[date, list[int]] = {}
    for row in document["planned_actual"]:
        day = _local(row["from"], zone).date()
        if row["counted"] is not None and start.date() <= day <= end.date():
            so_far = days.setdefault(day, [0, 0])
            so_far[0] += row["counted"]["low"]
            so_far[1] += row["counted"]["high"]
    for day, (low, high) in sorted(days.items()):
        yield f"D:{day.isoformat()}={_span(low, high)}"


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}..{high}"


def _course(document: Mapping[str, Any]) -> dict[str, str]:
    """Give the hours until the first incident and until the end, and whether fire was seen."""
    start = datetime.fromisoformat(document["window"]["final"]["start"])
    cells = {}
    in_time = [
        each for each in document["incidents"] if datetime.fromisoformat(each["at"]) >= start
    ]
    if in_time:
        first = datetime.fromisoformat(in_time[0]["at"])
        cells["first_incident_hours"] = f"{_hours(start, first):g}"
    if any(each["what"] in _FIRE and each["corridor"] and each["status"] in _SURE
           for each in in_time):  # fmt: skip
        cells["under_fire"] = "yes"
    ended = document["ended"]
    if code := _ENDED.get(ended["how"]):
        cells["ended"] = code
        if ended["at"] and (at := datetime.fromisoformat(ended["at"])) >= start:
            cells["ended_hours"] = f"{_hours(start, at):g}"
    return cells


def _incident(each: Mapping[str, Any], zone: ZoneInfo) -> str:
    text = f": {each['text']}" if each["text"] else ""
    where = f" ({each['corridor']})" if each["corridor"] else ""
    about = "about " if each["about"] else ""
    at = f"{_local(each['at'], zone):%Y-%m-%d %H:%M}"
    return f"{about}{at} {each['what']}{where}, {each['status']} by {each['reported_by']}{text}"


def _sources(document: Mapping[str, Any], loaded: LoadedCase) -> Iterator[str]:
    outcome = loaded.case.outcome
    if outcome is not None:
        yield outcome.source
    for path in loaded.case.announcements:
        yield path.name
    if (ledger := document["ledger"]) is not None:
        yield f"ledger {ledger['id']}, entry {ledger['sequence']} ({ledger['hash'][:16]})"
