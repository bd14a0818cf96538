"""Set statements about one pause beside each other and tell where they differ."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from safepassage.declaration.same import by_one_issuer, of_one_pause
from safepassage.declaration.versions import standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from safepassage.declaration.model import (
        AnnouncedWindow,
        Consent,
        Conversion,
        Declaration,
        Users,
    )

__all__ = ["Conflict", "Said", "conflicts"]


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
    """Find where statements by different issuers about one pause differ, as they stand.

    A field that one of the two leaves unsaid is no conflict. Statements about other
    places or other days are not compared, nor two by one issuer; a text that another
    supersedes does not speak any more.
    """
    found: list[Conflict] = []
    for first, second in combinations(standing(declarations), 2):
        if by_one_issuer(first, second) or not of_one_pause(first, second):
            continue
        for field, said in _differences(first, second):
            found.append(Conflict(field=field, sentence=_sentence(field, said), values=said))
    return tuple(found)


_Told = tuple[str, tuple["Said", "Said"]]


def _differences(first: Declaration, second: Declaration) -> Iterator[_Told]:
    """Give each field that both state and state differently, as each of them says it."""
    for field, told in _FIELDS.items():
        values = told(first), told(second)
        if values[0] is None or values[1] is None or values[0] == values[1]:
            continue
        if field == "windows" and _go_together(first.windows, second.windows):
            continue
        keys = _keys(first, field), _keys(second, field)
        yield field, (_said(first, values[0], keys[0]), _said(second, values[1], keys[1]))
    yield from _places(first, second)
    yield from _clocks(first, second)
    yield from _answers(first, second)


def _go_together(first: Sequence[AnnouncedWindow], second: Sequence[AnnouncedWindow]) -> bool:
    """Tell whether hours agree on all days that both speak of, one of them speaking of more."""
    fewer, more = sorted((first, second), key=len)
    return all(any(_is_within(window, other) for other in more) for window in fewer)


def _is_within(window: AnnouncedWindow, other: AnnouncedWindow) -> bool:
    """Tell whether hours of one day are those of another text, or of one day of its daily hours."""
    if (window.start, window.end, window.recurrence) == (other.start, other.end, other.recurrence):
        return True
    single, daily = (window, other) if other.recurrence else (other, window)
    if single.recurrence or not daily.recurrence:
        return False
    day = single.start.date()
    same = (single.start.time(), single.end.time()) == (daily.start.time(), daily.end.time())
    return same and daily.start.date() <= day and (daily.until is None or day <= daily.until)


def _places(first: Declaration, second: Declaration) -> Iterator[_Told]:
    """Give two places for hours that begin or end alike: near each other, and not one."""
    one, other = first.place, second.place
    if one is None or other is None or one.name == other.name:
        return
    edges = [{(w.start, "start") for w in d.windows} | {(w.end, "end") for w in d.windows}
             for d in (first, second)]  # fmt: skip
    if edges[0] & edges[1]:
        yield "place", (_said(first, one.name, ["place"]), _said(second, other.name, ["place"]))


def _clocks(first: Declaration, second: Declaration) -> Iterator[_Told]:
    """Give ends of hours that the texts put on another zone's clock differently."""
    for i, one in enumerate(first.conversions):
        for j, other in enumerate(second.conversions):
            local = one.local == other.local or None in {one.local, other.local}
            if (one.edge, one.zone) == (other.edge, other.zone) and local:
                if one.other == other.other:
                    continue
                yield (
                    "conversions",
                    (
                        _said(first, _converted(one), [f"conversions.{i}"]),
                        _said(second, _converted(other), [f"conversions.{j}"]),
                    ),
                )


def _converted(clock: Conversion) -> str:
    local = f"{clock.local:%H:%M} local time is " if clock.local else ""
    return f"the {clock.edge}, {local}{clock.other:%H:%M} {clock.zone}"


def _answers(first: Declaration, second: Declaration) -> Iterator[_Told]:
    """Give each party that is told to have answered in two ways."""
    for i, one in enumerate(first.consent):
        for j, other in enumerate(second.consent):
            if one.party == other.party and one.status != other.status:
                yield (
                    "consent",
                    (
                        _said(first, _answer(first, one), [f"consent.{i}"]),
                        _said(second, _answer(second, other), [f"consent.{j}"]),
                    ),
                )


def _answer(declaration: Declaration, consent: Consent) -> str:
    by = consent.stated_by
    told = "" if by in {None, declaration.issuer} else f", as stated by {by}"
    return f"{consent.party} {_ANSWER[consent.status]}{told}"


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


def _destinations(declaration: Declaration, users: Users) -> str | None:
    names = sorted({end.name for end in declaration.destinations if end.users == users})
    return " and ".join(names) or None


def _civilian_weapons(declaration: Declaration) -> str | None:
    rules = [each.rule for each in declaration.weapons_by_group if each.users == "civilian"]
    return _WEAPONS[rules[0]].replace("fighters", "civilians") if rules else None


_FIELDS: dict[str, Callable[[Declaration], str | None]] = {
    "windows": _windows,
    "corridors.total": lambda d: _exits(d.corridors.total, " in all"),
    "corridors.civilian": lambda d: _exits(d.corridors.civilian, " for civilians"),
    "corridors.armed": lambda d: _exits(d.corridors.armed, " for armed groups"),
    "weapons": lambda d: _WEAPONS[d.weapons] if d.weapons else None,
    "weapons_by_group": _civilian_weapons,
    "destinations": lambda d: _destinations(d, "armed"),
    "destinations.civilian": lambda d: _destinations(d, "civilian"),
}
_TOPICS = {
    "windows": "hours", "corridors.total": "the number of corridors",
    "corridors.civilian": "corridors for civilians", "corridors.armed": "exits for armed groups",
    "weapons": "weapons", "weapons_by_group": "weapons of civilians",
    "destinations": "where armed groups may go", "destinations.civilian": "where civilians may go",
    "place": "the place", "conversions": "the clock", "consent": "consent",
}  # fmt: skip


def _keys(declaration: Declaration, field: str) -> list[str]:
    """Name the evidence of a field: of all its values where it has several."""
    if field == "windows":
        return [f"windows.{index}" for index in range(len(declaration.windows))]
    if field.startswith("destinations"):
        users = "civilian" if field.endswith("civilian") else "armed"
        ends = enumerate(declaration.destinations)
        return [f"destinations.{index}" for index, end in ends if end.users == users]
    if field == "weapons_by_group":
        groups = enumerate(declaration.weapons_by_group)
        return [f"{field}.{index}" for index, each in groups if each.users == "civilian"]
    return [field]


def _said(declaration: Declaration, value: str, keys: Sequence[str]) -> Said:
    """Hold one issuer's value with its words, and who reviewed it.

    The words of several values are joined by an ellipsis.
    """
    known = declaration.evidence
    whole = [key.partition(".")[0] for key in keys]  # what a person typed has no parts
    there = [key for key in keys if key in known] or [key for key in whole if key in known][:1]
    found = [known[key] for key in there]
    quotes = [each.quote for each in found if each.quote]
    people = dict.fromkeys(each.set_by for each in found if each.set_by)
    return Said(
        issuer=declaration.issuer or f"the text “{declaration.text_name}”",
        text_name=declaration.text_name,
        value=f"{value}, as reviewed by {', '.join(people)}" if people else value,
        quote=" … ".join(" ".join(quote.split()) for quote in quotes) or None,
    )


def _sentence(field: str, said: tuple[Said, Said]) -> str:
    topic = _TOPICS[field]
    parts = [
        f"{one.issuer} says: {one.value}" + (f" (“{one.quote}”)" if one.quote else "")
        for one in said
    ]
    return f"On {topic} the statements differ: {parts[0]}; {parts[1]}."
