"""Set statements about one pause beside each other and tell where they differ."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from safepassage.base.geo import distance_m

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from safepassage.declaration.model import AnnouncedWindow, Declaration

__all__ = ["Conflict", "Said", "conflicts"]

_SAME_PLACE_M = 50_000
"""Positions nearer than this are taken for one place (an assumption)."""
_SAME_PAUSE = timedelta(hours=36)
"""Windows further apart than this are taken for two pauses (an assumption)."""
_SAME_TALK_DAYS = 14
"""Announcements further apart than this are taken for two pauses (an assumption)."""


class Said(BaseModel):
    """Hold what one issuer said, in a few words and in its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str
    text_name: str
    value: str
    quote: str | None = None


class Conflict(BaseModel):
    """Hold one point on which two statements differ, told in one neutral sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: str
    sentence: str
    values: tuple[Said, Said]

    def as_json(self) -> dict[str, Any]:
        """Give the conflict as it stands in JSON, its sentence under ``text``."""
        values = [value.model_dump(mode="json") for value in self.values]
        return {"field": self.field, "text": self.sentence, "values": values}


def conflicts(declarations: Sequence[Declaration]) -> tuple[Conflict, ...]:
    """Find where statements by different issuers about one pause differ.

    A field that one of the two leaves unsaid is no conflict. Statements about other
    places or other days are not compared, nor two by one issuer.
    """
    found: list[Conflict] = []
    for first, second in combinations(declarations, 2):
        if _by_one_issuer(first, second) or not _of_one_pause(first, second):
            continue
        for field, said in _differences(first, second):
            found.append(Conflict(field=field, sentence=_sentence(field, said), values=said))
    return tuple(found)


def _by_one_issuer(first: Declaration, second: Declaration) -> bool:
    return first.issuer is not None and first.issuer == second.issuer


def _of_one_pause(first: Declaration, second: Declaration) -> bool:
    if not _of_one_place(first, second):
        return False
    if first.windows and second.windows:
        return any(
            a.start - _SAME_PAUSE <= b.end and b.start - _SAME_PAUSE <= a.end
            for a in first.windows
            for b in second.windows
        )
    if first.announced_on is None or second.announced_on is None:
        return True
    return abs((first.announced_on - second.announced_on).days) <= _SAME_TALK_DAYS


def _of_one_place(first: Declaration, second: Declaration) -> bool:
    one, other = first.place, second.place
    if one is None or other is None or one.name == other.name:
        return True
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return float(distance_m(one.lat, one.lon, other.lat, other.lon)) <= _SAME_PLACE_M


def _differences(
    first: Declaration, second: Declaration
) -> Iterator[tuple[str, tuple[Said, Said]]]:
    """Give each field that both state and state differently, as each of them says it."""
    for field, told in _FIELDS.items():
        values = told(first), told(second)
        if values[0] is not None and values[1] is not None and values[0] != values[1]:
            keys = _keys(first, field), _keys(second, field)
            yield field, (_said(first, values[0], keys[0]), _said(second, values[1], keys[1]))
    for i, one in enumerate(first.consent):
        for j, other in enumerate(second.consent):
            if one.party == other.party and one.status != other.status:
                yield (
                    "consent",
                    (
                        _said(first, f"{one.party} {_ANSWER[one.status]}", [f"consent.{i}"]),
                        _said(second, f"{other.party} {_ANSWER[other.status]}", [f"consent.{j}"]),
                    ),
                )


_ANSWER = {
    "approved": "approved it",
    "rejected": "rejected it",
    "not asked": "was not asked",
    "silent": "gave no answer",
}
_WEAPONS = {
    "keep": "fighters may keep their weapons",
    "light": "fighters may carry light weapons only",
    "surrender": "fighters must give up their weapons",
    "none": "no weapons may be carried",
}


def _windows(declaration: Declaration) -> str | None:
    return " and ".join(_window(window) for window in declaration.windows) or None


def _window(window: AnnouncedWindow) -> str:
    one_day = window.start.date() == window.end.date()
    end = f"{window.end:%H:%M}" if one_day else f"{window.end:%H:%M on} {_day(window.end)}"
    daily = " every day" if window.recurrence == "daily" else ""
    return (
        f"{window.start:%H:%M} to {end}{daily} from {_day(window.start)}"
        if daily
        else f"{window.start:%H:%M on} {_day(window.start)} to {end}"
    )


def _day(moment: object) -> str:
    return f"{moment:%d %B %Y}".removeprefix("0")


def _exits(count: int | None, users: str) -> str | None:
    if count is None:
        return None
    return f"{count} corridor{'s' * (count != 1)}{users}"


def _destinations(declaration: Declaration) -> str | None:
    names = sorted({end.name for end in declaration.destinations if end.users == "armed"})
    return " and ".join(names) or None


_FIELDS: dict[str, Callable[[Declaration], str | None]] = {
    "windows": _windows,
    "corridors.total": lambda d: _exits(d.corridors.total, " in all"),
    "corridors.civilian": lambda d: _exits(d.corridors.civilian, " for civilians"),
    "corridors.armed": lambda d: _exits(d.corridors.armed, " for armed groups"),
    "weapons": lambda d: _WEAPONS[d.weapons] if d.weapons else None,
    "destinations": _destinations,
}
_TOPICS = {
    "windows": "hours", "corridors.total": "the number of corridors",
    "corridors.civilian": "corridors for civilians", "corridors.armed": "exits for armed groups",
    "weapons": "weapons", "destinations": "where armed groups may go", "consent": "consent",
}  # fmt: skip


def _keys(declaration: Declaration, field: str) -> list[str]:
    """Name the evidence of a field: of all its values where it has several."""
    if field == "windows":
        return [f"windows.{index}" for index in range(len(declaration.windows))]
    if field == "destinations":
        ends = enumerate(declaration.destinations)
        return [f"destinations.{index}" for index, end in ends if end.users == "armed"]
    return [field]


def _said(declaration: Declaration, value: str, keys: Sequence[str]) -> Said:
    """Hold one issuer's value with its words; those of several values joined by an ellipsis."""
    quotes = [declaration.evidence[key].quote for key in keys if key in declaration.evidence]
    return Said(
        issuer=declaration.issuer or f"the text “{declaration.text_name}”",
        text_name=declaration.text_name,
        value=value,
        quote=" … ".join(" ".join(quote.split()) for quote in quotes) or None,
    )


def _sentence(field: str, said: tuple[Said, Said]) -> str:
    topic = _TOPICS[field]
    parts = [
        f"{one.issuer} says: {one.value}" + (f" (“{one.quote}”)" if one.quote else "")
        for one in said
    ]
    return f"On {topic} the statements differ: {parts[0]}; {parts[1]}."
