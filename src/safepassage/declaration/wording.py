"""Write the fields of a declaration for people: the same words in a terminal and on a page."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LABELS", "fields_stated", "told"]

LABELS = {
    "kind": "Kind", "definition": "By the UN's definition", "called": "Called",
    "issuer": "Issued by", "on_order_of": "On the order of", "decided_by": "Decided by",
    "reported_by": "Reported by", "carried_by": "Carried by", "carried_on": "Carried on",
    "announced_on": "Announced on", "change": "Earlier announcement", "place": "Place",
    "place_status": "Status of the place", "windows": "Hours", "tz": "Clock",
    "conversions": "On other clocks", "corridors": "Corridors",
    "corridor_names": "Corridors' names", "civilian_users": "Civilian corridors for",
    "armed_users": "Armed corridors for", "weapons": "Weapons",
    "weapons_by_group": "Weapons, by group", "means": "Means of travel",
    "destinations": "Destinations", "routes": "Roads", "consent": "Consent",
    "guarantors": "Guarantors", "monitors": "Monitors", "escorts": "Escorts",
    "prohibited": "To stop or forbidden", "withdrawals": "Forces pulled back",
    "conditions": "Conditions", "deadlines": "Deadlines", "purpose": "Purpose",
    "appeals": "Appeals", "earlier": "Earlier attempts",
}  # fmt: skip
"""What each field is called, in the order in which fields are told."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_USERS = {"armed": "armed groups", "civilian": "civilians"}
_RULES = {
    "keep": "may be kept", "light": "light ones only", "surrender": "must be given up",
    "none": "none may be carried",
}  # fmt: skip


def fields_stated(declaration: dict[str, Any]) -> list[str]:
    """Name the fields that a declaration in JSON states, in the order of ``LABELS``.

    What only repeats another field is left out: the text's own word for the kind where it
    is the same, a rule on weapons for the one group there is.
    """
    stated = [field for field in LABELS if told(field, declaration.get(field))]
    repeated = {
        "called": declaration.get("called") == declaration.get("kind"),
        "weapons_by_group": len(declaration.get("weapons_by_group") or ()) < 2,
    }
    return [field for field in stated if not repeated.get(field)]


def told(field: str, value: Any) -> str:
    """Write a field's value, as it stands in JSON, in words; empty where it is unknown."""
    if value in (None, "", [], {}) or _is_blank(value):
        return ""
    return _TOLD.get(field, _plain)(value)


def _is_blank(value: Any) -> bool:
    return isinstance(value, dict) and all(each is None for each in value.values())


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    return str(value)


def _day(text: str) -> str:
    day = date.fromisoformat(text[:10])
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _windows(windows: list[dict[str, Any]]) -> str:
    return "; ".join(_window(each) for each in windows)


def _window(window: dict[str, Any]) -> str:
    start, end = window["start"], window["end"]
    if start is None:
        return f"from an unknown time until {_moment(end)}" if end else "unknown"
    if end is None:
        return f"from {_moment(start)} until an unknown time"
    if window["recurrence"] == "daily":
        until = f" until {_day(window['until'])}" if window.get("until") else ""
        return f"{start[11:]} to {end[11:]} every day from {_day(start)}{until}"
    if start[:10] == end[:10]:
        return f"{_day(start)}, {start[11:]} to {end[11:]}"
    return f"{_moment(start)} to {_moment(end)}"


def _moment(text: str) -> str:
    return f"{_day(text)}, {datetime.fromisoformat(text):%H:%M}"


def _corridors(counts: dict[str, Any]) -> str:
    words = {"total": "in all", "civilian": "for civilians", "armed": "for armed groups"}
    return ", ".join(f"{counts[key]} {word}" for key, word in words.items() if counts[key])


def _ends(ends: list[dict[str, Any]]) -> str:
    return "; ".join(
        end["name"] + (f" ({_USERS[end['users']]})" if end["users"] else "") for end in ends
    )


def _consent(answers: list[dict[str, Any]]) -> str:
    return "; ".join(
        f"{each['party']}: {each['status']}"
        + (f", as stated by {each['stated_by']}" if each.get("stated_by") else "")
        for each in answers
    )


def _earlier(attempts: list[dict[str, Any]]) -> str:
    return "; ".join(
        ", ".join(filter(None, (each["kind"], each["when"], each["outcome"]))) for each in attempts
    )


def _change(change: dict[str, Any]) -> str:
    verb = {"extends": "extended", "changes": "changed", "cancels": "called off"}[change["what"]]
    parts = [verb]
    if change["by_min"]:
        hours, rest = divmod(change["by_min"], 60)
        parts.append(f"by {hours} h" + (f" {rest} min" if rest else ""))
    if change["by_days"]:
        parts.append(f"by {change['by_days']} days")
    if change["until"]:
        parts.append(f"until {_moment(change['until'])}")
    elif change["until_clock"]:
        parts.append(f"until {change['until_clock']}")
    return " ".join(parts)


def _clocks(clocks: list[dict[str, Any]]) -> str:
    return "; ".join(
        f"{each['edge']} {each['local'] + ' local, ' if each['local'] else ''}"
        f"{each['other']} {each['zone']}"
        for each in clocks
    )


_TOLD: dict[str, Callable[[Any], str]] = {
    "definition": lambda value: str(value["text"]),
    "announced_on": _day, "carried_on": _day, "windows": _windows, "corridors": _corridors,
    "place": lambda value: str(value["name"]),
    "weapons": lambda value: _RULES.get(value, str(value)),
    "weapons_by_group": lambda value: "; ".join(
        f"{_USERS[each['users']]}: {_RULES[each['rule']]}" for each in value
    ),
    "corridor_names": _ends, "destinations": _ends, "routes": _ends, "consent": _consent,
    "withdrawals": lambda value: "; ".join(
        f"{each['party']}: {each['terms']}" if each["party"] else each["terms"] for each in value
    ),
    "appeals": lambda value: "; ".join(f"to {each['to']}: {each['words']}" for each in value),
    "previous": lambda value: _earlier([value]), "earlier": _earlier, "change": _change,
    "conversions": _clocks,
}  # fmt: skip
