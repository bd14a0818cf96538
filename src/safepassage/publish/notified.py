"""Gather what a movement notification tells: hours, crossings, buses, means, duty lines, gaps."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from safepassage.case.release import Release

__all__ = ["DUTIES", "GAPS", "gaps_of", "grid_reference", "notified"]

DUTIES = {
    "confirmed_by": "Confirms the way end to end", "test_movement": "Test movement",
    "go": "May say go", "stop": "May say stop", "calls": "On a stop, who calls whom",
    "means": "By what means",
}  # fmt: skip
"""Which lines of a corridor's go and stop card parties are told, and what the form calls them."""

GAPS = {
    "position": "Where it is: {names}.",
    "assumed": "Whether the position is right, which is assumed: {names}.",
    "accuracy": "How far off the position may be: {names}.",
    "near": "Who controls the near side, and must be notified: {names}.",
    "far": "Who controls the far side, and must be notified: {names}.",
    "destination": "Where people are received: {names}.",
    "reception": "How many can be received there: {names}.",
    "ways": "Which streets people take to it: {names}.",
    "departures": "When buses depart: {names}.",
    "confirmed_by": "Who confirms the way end to end: {names}.",
    "test_movement": "Who goes on the test movement: {names}.",
    "go": "Who may say go: {names}.",
    "stop": "Who may say stop: {names}.",
    "calls": "Who calls whom on a stop: {names}.",
    "means": "By what means the stop is told: {names}.",
    "test hour": "When a test movement goes.",
    "sender": "In whose name this is sent.",
    "contact": "Which duty line of the sender answers at all hours.",
}
"""What may be unknown: identifier → the sentence that lists it."""


@cache
def _converter() -> Any:
    import mgrs  # noqa: PLC0415 - loads a library

    return mgrs.MGRS()


def grid_reference(lat: float, lon: float) -> str:
    """Write a position as MGRS to 1 m, spaced as it is read out: ``37S CA 33177 07472``.

    Datum WGS 84, digits cut off and not rounded, as NGA.STND.0037 (2014) has it.

    Parameters
    ----------
    lat, lon
        Degrees.

    """
    whole = str(_converter().toMGRS(lat, lon))
    zone, square, digits = whole[:-12], whole[-12:-10], whole[-10:]
    return f"{zone} {square} {digits[:5]} {digits[5:]}"


def notified(plan: Mapping[str, Any], release: Release, zone: ZoneInfo) -> dict[str, Any]:
    """Give what is notified of a plan: of civilians alone, of places and hours, of no numbers.

    Parameters
    ----------
    plan
        As ``plan.schema.json`` has it.
    release
        In whose name it is sent, and the duty line that answers.
    zone
        The place's clock.

    """

    def at(moment: str) -> str:
        local = datetime.fromisoformat(moment).replace(tzinfo=zone)
        return local.isoformat(timespec="minutes")

    def span(hours: Mapping[str, str], *keys: str) -> dict[str, str]:
        return {name: at(hours[key]) for name, key in zip(("start", "end"), keys, strict=True)}

    check, window = plan["go_stop"]["route_check"], plan["window"]
    return {
        "sender": {"name": release.sender_name.strip(), "duty_line": release.contact.strip()},
        "hours": {
            "announced": span(window["announced"], "start", "end"),
            "test_movement": span(check, "from", "until") if check else None,
            "movement": span(window["usable"], "start", "end"),
        },
        "crossings": [_crossing(plan, each) for each in _civilian(plan)],
        "buses": [_bus(plan, each, at) for each in plan["shuttles"]],
        "means": [
            {"id": each["id"], "name": each["name"], "means": each["means"],
             "vehicles_at_once": each["vehicles_at_once"]}
            for each in plan["groups"] if not each["excluded"]
        ],
    }  # fmt: skip


def _civilian(plan: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [each for each in plan["corridors"] if each["users"] != "armed"]


def _position(row: Mapping[str, Any], accuracy_m: float | None) -> dict[str, Any]:
    lat, lon = row["lat"], row["lon"]
    if lat is None:
        return {"lat": None, "lon": None, "mgrs": None, "assumed": False, "accuracy_m": None}
    lat, lon = round(lat, 5), round(lon, 5)
    return {
        "lat": lat, "lon": lon, "mgrs": grid_reference(lat, lon), "assumed": bool(row["assumed"]),
        "accuracy_m": accuracy_m or None,  # a case that says nothing has 0
    }  # fmt: skip


def _crossing(plan: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    card = next((c for c in plan["go_stop"]["cards"] if c["corridor"] == row["id"]), None)
    said = {each["id"]: each["answer"] for each in card["items"]} if card else {}
    names = {each["id"]: each["name"] for each in plan["groups"]}
    return {
        "id": row["id"], "name": row["name"], "name_ar": row["name_ar"],
        **_position(row, row["position_accuracy_m"]),
        "destination": row["destination"], "reception": row["reception"] is not None,
        "controlled_near": row["controlled_near"], "controlled_far": row["controlled_far"],
        "only_for": [names.get(each, each) for each in row["groups"]],
        "source": row["source"],
        "duty": {key: said.get(key) for key in DUTIES},
    }  # fmt: skip


def _bus(plan: Mapping[str, Any], row: Mapping[str, Any], at: Any) -> dict[str, Any]:
    runs = [each for each in plan["timetable"] if each["shuttle"] == row["id"]]
    return {
        "id": row["id"], "name": row["name"], "crossing": row["corridor"],
        **_position(row, None), "vehicles": row["fleet"],
        "seats": {key: row["seats"][key] for key in ("low", "best", "high")},
        "ride_min": row["ride_min"],
        "departures": list(dict.fromkeys(at(each["departs"]) for each in runs)),
        "source": row["source"],
    }  # fmt: skip


def gaps_of(told: Mapping[str, Any], *, ways: bool) -> list[dict[str, Any]]:
    """List what is not known, each with the crossings or stops that it is of.

    Parameters
    ----------
    told
        What ``notified`` gave.
    ways
        Whether the streets of the ways are told.

    """
    found = [(key, [each["id"] for each in rows], [each["name"] for each in rows])
             for key, rows in _lacking(told, ways=ways) if rows]  # fmt: skip
    if told["hours"]["test_movement"] is None:
        found.append(("test hour", [], []))
    found += [(key, [], []) for key, said in (("sender", "name"), ("contact", "duty_line"))
              if not told["sender"][said]]  # fmt: skip
    return [
        {"id": key, "of": ids, "text": GAPS[key].format(names=", ".join(names))}
        for key, ids, names in found
    ]


def _lacking(
    told: Mapping[str, Any], *, ways: bool
) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    rows = [*told["crossings"], *told["buses"]]
    placed = [each for each in rows if each["lat"] is not None]
    here = [each for each in placed if "duty" in each]
    yield "position", [each for each in rows if each["lat"] is None]
    yield "assumed", [each for each in placed if each["assumed"]]
    yield "accuracy", [each for each in placed if each["accuracy_m"] is None]
    yield "near", [each for each in here if not each["controlled_near"].strip()]
    yield "far", [each for each in here if not each["controlled_far"].strip()]
    yield "destination", [each for each in here if not each["destination"].strip()]
    yield "reception", [each for each in here if not each["reception"]]
    yield "ways", [] if ways else here
    yield "departures", [each for each in told["buses"] if not each["departures"]]
    for key in DUTIES:
        yield key, [each for each in here if not each["duty"][key]]
