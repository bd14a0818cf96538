"""Read values that people type for the fields of a declaration."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from safepassage.base.errors import InputError
from safepassage.declaration.gazetteer import find_town
from safepassage.declaration.model import Declaration, OpenWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["FIELDS", "HOW_TO_WRITE", "checked", "fitting", "known", "typed", "value_at"]

_LONGEST = 500
_MOST_CORRIDORS = 99
_TEXT = f"up to {_LONGEST} characters"
_LIST = "one or more, parted by semicolons"
_NAMES = "NAME, armed=NAME or civilian=NAME; several parted by semicolons"
_JSON = "JSON, as `read --json` gives it"

HOW_TO_WRITE = {
    "kind": "humanitarian pause, humanitarian corridor, ceasefire, cessation of hostilities or "
    "local agreement",
    "called": _TEXT, "issuer": _TEXT, "on_order_of": _TEXT, "decided_by": _TEXT,
    "reported_by": _LIST, "carried_by": _TEXT, "carried_on": "YYYY-MM-DD",
    "announced_on": "YYYY-MM-DD",
    "place": "a town's name, or NAME=LATITUDE,LONGITUDE", "place_status": _TEXT,
    "tz": "an IANA time zone such as Asia/Damascus",
    "windows": "YYYY-MM-DDTHH:MM/HH:MM or YYYY-MM-DDTHH:MM/YYYY-MM-DDTHH:MM, then `daily` or "
    "`daily until YYYY-MM-DD` where it is so; several parted by semicolons",
    "corridors.total": f"a whole number from 1 to {_MOST_CORRIDORS}",
    "corridors.civilian": f"a whole number from 1 to {_MOST_CORRIDORS}",
    "corridors.armed": f"a whole number from 1 to {_MOST_CORRIDORS}",
    "civilian_users": _TEXT, "armed_users": _TEXT, "corridor_names": _NAMES,
    "weapons": "keep, light, surrender or none",
    "weapons_by_group": "armed=RULE; civilian=RULE, the rules being keep, light, surrender, none",
    "means": _LIST, "destinations": _NAMES, "routes": _NAMES,
    "consent": "PARTY=approved, PARTY=rejected, PARTY=silent or PARTY=not asked, then `by WHO` if "
    "somebody else says so; several parted by semicolons",
    "guarantors": _LIST, "monitors": _LIST, "escorts": _LIST, "prohibited": _LIST,
    "withdrawals": _JSON, "conditions": _LIST, "deadlines": _LIST, "appeal": _TEXT,
    "appeal_to": _TEXT, "appeals": _JSON, "purpose": _TEXT, "previous": _JSON, "earlier": _JSON,
    "change": _JSON, "conversions": _JSON,
}  # fmt: skip
"""How each field that a person may decide on is written."""

FIELDS = tuple(HOW_TO_WRITE)


def value_at(declaration: Declaration, field: str) -> Any:
    """Give a field as it stands in JSON; ``None`` where it is unknown."""
    data: Any = declaration.as_json()
    for part in field.split("."):
        data = data[part]
    return data if data not in ("", [], {}) else None


def typed(field: str, text: str) -> Any:
    """Read what a person typed for a field, as it will stand in JSON.

    Raises
    ------
    InputError
        If there is no such field, or it is not written so.

    """
    known(field)
    text = text.strip()
    if not text:
        raise _wrong(field, text)
    if text[0] in "[{":
        return checked(field, _json(field, text))
    if HOW_TO_WRITE[field] is _JSON:
        raise _wrong(field, text)
    reader = _READERS.get(field, _READERS.get(HOW_TO_WRITE[field], str))
    try:
        value = reader(text)
    except (ValueError, KeyError) as error:
        raise _wrong(field, text) from error
    if value == []:
        raise _wrong(field, text)
    return checked(field, value)


def fitting(field: str, value: Any) -> Any:
    """Check that a value in its JSON form has the shape of its field, and give it as it was.

    Raises
    ------
    InputError
        If there is no such field, or the value has another shape.

    """
    known(field)
    name, _, part = field.partition(".")
    if part:
        shape: Any = int
    else:
        shape = _WINDOWS_READ if name == "windows" else Declaration.model_fields[name].annotation
    try:
        TypeAdapter(shape).validate_json(json.dumps(value), strict=True)
    except (ValidationError, ValueError, TypeError, RecursionError) as error:
        raise _wrong(field, value) from error
    return value


class _WindowRead(OpenWindow):
    """Hold hours as ``read --json`` gives them, of which either end may be unknown."""

    until: date | None = None


_WINDOWS_READ = tuple[_WindowRead, ...]


def checked(field: str, value: Any) -> Any:
    """Check a value that a person gives, in its JSON form, and give it as it was.

    Raises
    ------
    InputError
        If there is no such field, or the value is none of its values.

    """
    fitting(field, value)
    try:
        if field.startswith("corridors.") and not 1 <= value <= _MOST_CORRIDORS:
            raise _wrong(field, value)
        if field == "windows":
            for each in value:
                _check_window(each)
        strings = list(_strings(value))
        if any(len(each) > _LONGEST or _CONTROL.search(each) for each in strings):
            raise _wrong(field, value)
        if not all(each.strip() for each in strings):
            raise _wrong(field, value)
        if field == "tz":
            ZoneInfo(value)
    except (ValueError, TypeError, KeyError, OSError) as error:
        raise _wrong(field, value) from error
    return value


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def _strings(value: Any) -> Iterator[str]:
    """Give every string in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value if isinstance(value, list) else value.values():
            yield from _strings(each)


def known(field: str) -> None:
    """Check the name of a field.

    Raises
    ------
    InputError
        If no person can decide on a field of that name.

    """
    if field not in HOW_TO_WRITE:
        raise InputError.one(
            field[:60], "is no field that can be decided on", f"Fields: {', '.join(FIELDS)}."
        )


def _wrong(field: str, value: Any) -> InputError:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    short = shown if len(shown) <= 80 else f"{shown[:80]} …"
    return InputError.one(
        field, f"cannot be {short!r}" if short else "needs a value",
        f"Write {HOW_TO_WRITE[field]}; to leave it unknown, blank it.",
    )  # fmt: skip


def _json(field: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong(field, text) from error


def _check_window(window: Any) -> None:
    start, end = (datetime.fromisoformat(window[key]) for key in ("start", "end"))
    daily, until = window["recurrence"], window.get("until")
    if start.tzinfo or end.tzinfo or start >= end:
        raise ValueError
    if daily and end - start > timedelta(days=1):
        raise ValueError
    if until is not None and (daily is None or date.fromisoformat(until) < start.date()):
        raise ValueError


_DAY = r"\d{4}-\d\d-\d\d"
_WINDOW = re.compile(
    rf"(?P<day>{_DAY})[T ](?P<open>\d\d:\d\d)\s*/\s*(?:(?P<last>{_DAY})[T ])?(?P<close>\d\d:\d\d)"
    rf"(?P<daily>\s+daily(?:\s+until\s+(?P<until>{_DAY}))?)?"
)
_CONSENT = re.compile(
    r"(?P<party>[^=;]{1,120})=\s*(?P<status>approved|rejected|silent|not asked)"
    r"(?:,?\s+by\s+(?P<by>[^=;]{1,120}))?"
)


def _windows(text: str) -> list[dict[str, Any]]:
    return [_window(each) for each in _parts(text)]


def _window(text: str) -> dict[str, Any]:
    match = _WINDOW.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return {
        "start": f"{match['day']}T{match['open']}",
        "end": f"{match['last'] or match['day']}T{match['close']}",
        "recurrence": "daily" if match["daily"] else None,
        "until": match["until"],
    }


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _place(text: str) -> dict[str, Any]:
    name, sign, position = text.partition("=")
    if sign:
        lat, lon = (float(number) for number in position.split(","))
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError(text)
        return {"name": name.strip(), "lat": lat, "lon": lon}
    if not any(letter.isalpha() for letter in text):
        raise ValueError(text)
    town = find_town(text)
    if town is None:
        return {"name": text, "lat": None, "lon": None}
    return {"name": town.name, "lat": town.lat, "lon": town.lon}


def _consent(text: str) -> list[dict[str, Any]]:
    found = []
    for part in _parts(text):
        match = _CONSENT.fullmatch(part)
        if match is None:
            raise ValueError(part)
        by = match["by"] and match["by"].strip()
        found.append({"party": match["party"].strip(), "status": match["status"],
                      "stated_by": by, "to_which_terms": None})  # fmt: skip
    return found


def _names(text: str) -> list[dict[str, Any]]:
    found = []
    for part in _parts(text):
        users, sign, name = part.partition("=")
        if sign and users.strip() not in {"armed", "civilian"}:
            raise ValueError(part)
        found.append(
            {"users": users.strip() if sign else None, "name": (name if sign else part).strip()}
        )
    return found


def _rules(text: str) -> list[dict[str, str]]:
    pairs = [part.partition("=") for part in _parts(text)]
    return [{"users": users.strip(), "rule": rule.strip()} for users, _, rule in pairs]


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


_READERS: dict[str, Callable[[str], Any]] = {
    "windows": _windows, "place": _place, "consent": _consent, "weapons_by_group": _rules,
    "corridors.total": int, "corridors.civilian": int, "corridors.armed": int,
    "announced_on": _day, "carried_on": _day, _NAMES: _names, _LIST: _parts,
}  # fmt: skip
