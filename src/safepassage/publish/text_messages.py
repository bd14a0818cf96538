"""Write the text messages of each zone: what is proposed to it, in 160 signs and in 70."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from safepassage.publish.shortened import (
    GSM_7,
    GSM_SIGNS,
    UCS2_SIGNS,
    fitted,
    gsm,
    short_name,
    ucs2,
)
from safepassage.publish.tables import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from safepassage.publish.leaflet_marks import Marks
    from safepassage.publish.leaflet_view import View

__all__ = ["MESSAGE_COLUMNS", "message", "message_row", "message_rows", "messages_csv", "parts_of"]

MESSAGE_COLUMNS = (
    "zone", "zone_name", "language", "most_signs", "signs", "alphabet", "messages", "mark", "text",
)  # fmt: skip
"""Columns of ``messages.csv``."""

_GSM_PART, _UCS2_PART = 153, 67
"""Signs in each part of a message that takes several (3GPP TS 23.040)."""


def message(view: View, zone: Mapping[str, Any], marks: Marks, most: int) -> str:
    """Write one message of a zone: as much as fits, what matters most first, no word cut.

    Parameters
    ----------
    view, zone
        The language, and what is told to the zone.
    marks
        What stands in front, always.
    most
        Signs that it may have.

    """
    written = gsm if view.say.language == "en" else ucs2
    mark = written(marks.before(view.say))
    room = most - len(mark) - 1 if mark else most
    told = fitted(parts_of(view, zone, brief=most <= UCS2_SIGNS), written, room)
    return f"{mark} {told}".strip()


def message_rows(view: View, zone: Mapping[str, Any], marks: Marks) -> Iterator[list[Any]]:
    """Give the rows of a zone in one language: a message of 160 signs and one of 70."""
    for most in (GSM_SIGNS, UCS2_SIGNS):
        text = message(view, zone, marks, most)
        yield message_row(zone["id"], zone["name"], view.say.language, most, marks.told, text)


def message_row(zone: str, name: str, language: str, most: int, mark: str, text: str) -> list[Any]:
    """Give a row of ``messages.csv``: how long the text is, and how many messages it takes."""
    plain = all(sign in GSM_7 for sign in text)
    whole, part = (GSM_SIGNS, _GSM_PART) if plain else (UCS2_SIGNS, _UCS2_PART)
    number = 1 if len(text) <= whole else ceil(len(text) / part)
    return [
        zone,
        name,
        language,
        most,
        len(text),
        "GSM-7" if plain else "UCS-2",
        number,
        mark,
        text,
    ]


def messages_csv(rows: Sequence[Sequence[Any]]) -> str:
    """Write messages as CSV."""
    return table(list(MESSAGE_COLUMNS), rows)


def parts_of(
    view: View, zone: Mapping[str, Any], *, brief: bool = False
) -> Iterator[Sequence[str]]:
    """Give the parts of a message, what matters most first, each in wordings ever shorter.

    ``brief`` allows hours without the words that one sets out in them.
    """
    say = view.say
    start = view.at(view.plan["window"]["announced"]["start"])
    date = f"{start.day}/{start.month}"
    names = list(dict.fromkeys((zone["name"], short_name(zone["name"]))))
    yield [f"{name} {date}:" for name in names]
    for one in zone["proposals"]:
        yield from _proposed(view, one, brief=brief)
    if not zone["proposals"]:
        yield (say("no hours are proposed."), say("no hours."))
        yield from _nearest(view, zone)
    yield (say("Leaving is a choice."),)
    yield (say("Set out only when you hear that the way is confirmed."),
           say("Wait for confirmation."))  # fmt: skip
    yield (say("Those who stay remain protected."),)
    yield (say("Not permission, not protection."),)


def _proposed(view: View, one: Mapping[str, Any], *, brief: bool) -> Iterator[Sequence[str]]:
    say, row = view.say, one["row"]
    hours = say.listed(say("{low} to {high}", low=start, high=until)
                       for start, until in one["hours"])  # fmt: skip
    shortest = say.listed(f"{start}-{until}" for start, until in one["hours"])
    short = short_name(row["name"])
    yield (
        say("{corridor} (to {place}), set out {hours}.", corridor=row["name"],
            place=row["destination"], hours=hours),
        say("{corridor}, set out {hours}.", corridor=short, hours=hours),
        *([f"{short} {shortest}."] if brief else []),
    )  # fmt: skip
    if row["latest"] and not one["bus"]:
        yield from _not_after(view, row)


def _not_after(view: View, row: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    say, latest, slow = view.say, view.clock(row["latest"]), row["slow"]
    if slow and slow != row["latest"]:
        yield (say("Not after {time}; slow walkers {slow}.", time=latest, slow=view.clock(slow)),
               say("Not after {time}.", time=view.clock(slow)))  # fmt: skip
    else:
        yield (say("Not after {time}.", time=latest),)


def _nearest(view: View, zone: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    """Tell the corridor that can be reached and is nearest, and by when."""
    reached = [row for row in zone["rows"] if row["latest"]]
    if reached:
        row = min(reached, key=lambda each: each["walk_min"])
        say, time = view.say, view.clock(row["slow"] or row["latest"])
        short = short_name(row["name"])
        yield (
            say("Nearest: {corridor} (to {place}); not after {time}.", corridor=row["name"],
                 place=row["destination"], time=time),
            say("Nearest: {corridor}, not after {time}.", corridor=short, time=time),
        )  # fmt: skip
