"""Read what a trainer puts into an exercise: injects, hours and assumptions, from TOML."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError, model_validator

from safepassage.base.errors import Fault, InputError
from safepassage.base.files import read_at_most
from safepassage.base.provenance import Source, sha256
from safepassage.case.locate import line_of
from safepassage.case.strict import Strict
from safepassage.ledger.rehearsal_frame import CONTROL, Desk, LocalDay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from safepassage.case.load import LoadedCase
    from safepassage.case.model import Case
    from safepassage.ledger.events import Event

__all__ = [
    "NO_SCRIPT",
    "Inject",
    "Script",
    "check_script",
    "load_script",
    "put_in",
    "script_of",
]

_NAME = "rehearsal.toml"
_LARGEST = 1_000_000
_TIMES = ("happened_at", "known_at", "since", "start", "end", "expires_at")
_NAMED = ("corrects", "instead")


class Inject(Strict):
    """Hold one inject: an event, when the room hears of it, and what the trainer is told."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")
    at: str
    note: str = Field(min_length=1)
    invented: bool = True
    """Made up for the exercise; if not, ``source`` says who told it."""
    source: str = ""
    event: dict[str, Any]

    @model_validator(mode="after")
    def _told_by_somebody(self) -> Inject:
        if not self.invented and not self.source:
            raise ValueError("is not invented and needs `source`: where it was told")
        return self


class _Table(Strict):
    schema_number: int = Field(alias="schema", ge=1, le=1)
    title: str = Field(min_length=1)
    hours: str = ""
    share: float | None = Field(default=None, gt=0, le=1)
    share_why: str = ""
    collapse: str = ""
    injects: tuple[Inject, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _of_one_name(self) -> _Table:
        names = [inject.name for inject in self.injects]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"injects use the same name twice: {', '.join(twice)}")
        if self.share is not None and not self.share_why:
            raise ValueError("share needs `share_why`: it is an assumption, and told as one")
        return self


@dataclass(frozen=True, slots=True)
class Script:
    """Hold what a trainer asks of a day.

    Attributes
    ----------
    title
        What it is called.
    hours
        What is played if nothing else is asked, as ``14:45-19:30``; empty for the whole day.
    share, share_why
        Share of the people inside who come, and why that; None to draw it from the forecast.
    collapse
        When the pause collapses; empty if it holds.
    injects
        In the order of the file.
    where, inputs
        The file, for messages, and its hash; empty if there is none.
    text
        What it says, to find lines by.

    """

    title: str
    hours: str = ""
    share: float | None = None
    share_why: str = ""
    collapse: str = ""
    injects: tuple[Inject, ...] = ()
    where: str = ""
    inputs: tuple[Source, ...] = ()
    text: str = ""

    def place(self, number: int, *keys: str) -> str:
        """Name a key of an inject, with its line."""
        line = line_of(self.text, ("injects", number, *keys))
        spot = ".".join((f"injects[{number}]", *keys))
        return f"{self.where}, line {line}: {spot}" if line else f"{self.where}: {spot}"


NO_SCRIPT = Script("A day by chance")


def script_of(loaded: LoadedCase) -> Script:
    """Read the script that lies beside a case, if there is one."""
    path = loaded.folder / _NAME
    return load_script(path) if path.is_file() else NO_SCRIPT


def load_script(path: Path) -> Script:
    """Read a script.

    Raises
    ------
    InputError
        With every fault of it, each with its line.

    """
    try:
        data = read_at_most(path, _LARGEST, what="a script", remedy="Tell less in it.")
        text = data.decode("utf-8-sig")
        table = _Table.model_validate(tomllib.loads(text))
    except UnicodeDecodeError as error:
        raise InputError.one(str(path), "is not UTF-8 text", "Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError.one(str(path), f"is not TOML: {error}", "Correct that line.") from error
    except ValidationError as error:
        raise InputError(
            Fault(_spot(path, text, each["loc"]), _said(each), "docs/rehearsal.md lists the keys.")
            for each in error.errors(include_url=False, include_input=False)
        ) from None
    return Script(
        title=table.title, hours=table.hours, share=table.share, share_why=table.share_why,
        collapse=table.collapse, injects=table.injects, where=str(path),
        inputs=(Source(path.name, sha256(data)),), text=text,
    )  # fmt: skip


def _spot(path: Path, text: str, loc: tuple[int | str, ...]) -> str:
    line = line_of(text, loc)
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")
    where = f"{path}, line {line}" if line else str(path)
    return f"{where}: {key}" if key else where


def _said(error: Any) -> str:
    known = {"extra_forbidden": "is not a known key", "missing": "is missing"}
    message = known.get(error["type"]) or error["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{message[0].lower()}{message[1:]}"


def check_script(script: Script, case: Case) -> None:
    """Refuse faulty injects before any plan is made, where no other day is told of.

    Raises
    ------
    InputError
        With every fault of all injects, each with its line.

    """
    told = [inject.at for inject in script.injects]
    told += [str(inject.event.get(key, "")) for inject in script.injects for key in _TIMES]
    if not any("T" in each for each in told):  # any day will do
        put_in(Desk("", 0), script, LocalDay(date(2000, 1, 1), case.place.tz), case)


def put_in(desk: Desk, script: Script, local: LocalDay, case: Case) -> tuple[Event, ...]:
    """Tell every inject; those that correct another name it by its name.

    Returns
    -------
    The events, in the order of the file.

    Raises
    ------
    InputError
        With every fault of all injects, each with its line.

    """
    corridors = {corridor.id for corridor in case.corridors}
    faults: list[Fault] = []
    events: dict[str, Event] = {}
    for number, inject in enumerate(script.injects):
        try:
            faults += _misplaced(script, number, inject, corridors, events)
            at = local.at(inject.at, script.place(number, "at"))
            events[inject.name] = _told(desk, script, number, at, local, events)
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(dict.fromkeys(faults))
    return tuple(events.values())


def _misplaced(
    script: Script, number: int, inject: Inject, corridors: set[str], before: dict[str, Event]
) -> Iterator[Fault]:
    corridor = inject.event.get("corridor")
    if corridor is not None and corridor not in corridors:
        yield Fault(script.place(number, "event", "corridor"),
                    f"the case has no corridor {str(corridor)[:40]!r}",
                    f"Its corridors: {', '.join(sorted(corridors))}.")  # fmt: skip
    for key in _NAMED:
        if key in inject.event and inject.event[key] not in before:
            yield Fault(script.place(number, "event", key),
                        f"names no inject before it ({str(inject.event[key])[:40]!r})",
                        "Name one by its `name`.")  # fmt: skip
    if "id" in inject.event:
        yield Fault(script.place(number, "event", "id"), "is made by the exercise",
                    "Leave it out.")  # fmt: skip


def _told(
    desk: Desk, script: Script, number: int, at: datetime, local: LocalDay,
    before: dict[str, Event],
) -> Event:  # fmt: skip
    inject = script.injects[number]
    told = {key: value for key, value in inject.event.items() if key != "id"}
    for key in _TIMES:
        if key in told:
            told[key] = local.at(str(told[key]), script.place(number, "event", key))
    for key in _NAMED:
        if key in told:
            told[key] = before[told[key]].id if told[key] in before else None
    happened, known = told.pop("happened_at", at), told.pop("known_at", at)
    if max(happened, known) > at:
        raise InputError.one(script.place(number, "at"), "is before it happened or was known",
                             "The room can hear of it only after that.")  # fmt: skip
    kind = str(told.pop("kind", ""))
    origin = "invented for the exercise" if inject.invented else f"as told in: {inject.source}"
    try:
        return desk.say(
            at, CONTROL, kind, happened=happened, known=known, inject=inject.name,
            note=f"{inject.note} ({origin})", **told,
        )  # fmt: skip
    except InputError as error:
        place = script.place(number, "event")
        raise InputError(
            Fault(f"{place}{fault.where.removeprefix(inject.name)}", fault.what, fault.remedy)
            for fault in error.faults
        ) from error
