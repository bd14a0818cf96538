"""Hold what may be recorded: one frozen model for each kind of event, none about a person."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from safepassage.base.errors import Fault, InputError
from safepassage.base.signs import without_controls

__all__ = [
    "KINDS",
    "AnyEvent",
    "Assurance",
    "Claim",
    "Contact",
    "Correction",
    "Decision",
    "Event",
    "Incident",
    "Movement",
    "Note",
    "Notification",
    "Passage",
    "People",
    "PlanAdopted",
    "SentEvent",
    "Signature",
    "StatusChanged",
    "TestMovement",
    "WindowChanged",
    "Withdrawal",
    "event_faults",
    "event_of",
    "event_schema",
    "payload_of",
]


def _instant(value: Any) -> datetime:
    if isinstance(value, str):
        with suppress(ValueError):  # which would repeat what was sent, however long
            value = datetime.fromisoformat(value)
    if not isinstance(value, datetime):
        msg = "must be a time such as 2016-11-04T07:30:00Z"
        raise ValueError(msg)  # noqa: TRY004 - pydantic reports ValueError with its place
    if value.utcoffset() is None:
        msg = "must say its offset from UTC, as in 2016-11-04T07:30:00Z or 09:30:00+02:00"
        raise ValueError(msg)
    try:
        moment = value.astimezone(UTC)
    except OverflowError:
        moment = datetime.min.replace(tzinfo=UTC)
    if moment.year < 1900:
        msg = "must be a time since 1900"
        raise ValueError(msg)
    return moment


def _written(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _plain(text: str) -> str:
    if without_controls(text) != text:
        msg = "must hold no control characters and none that turn writing round"
        raise ValueError(msg)
    if not text.strip():
        msg = "must not be blank; leave it out"
        raise ValueError(msg)
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        msg = "must be one line"
        raise ValueError(msg)
    return text


Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    PlainSerializer(_written),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""A moment in UTC."""

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
"""A role or an organisation, never a person: ``field-team-2``, ``SARC``."""

Corridor = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
"""A corridor's id in the case."""

Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_plain)]
Party = Annotated[
    str, Field(min_length=1, max_length=120), AfterValidator(_plain), AfterValidator(_one_line)
]
"""A side, an authority or an organisation, by the name it uses; never a person."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(strict=True, ge=0, le=100_000_000)]

Means = Literal[
    "eyewitness count", "tally sheet", "radio", "phone", "message", "camera", "media",
    "announcement", "third party", "register", "own action", "not known",
]  # fmt: skip
"""How the source knows."""

Status = Literal["alleged", "reported", "observed", "verified"]
"""How sure it is: said by a side; told by somebody; seen by the source; seen and checked."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class People(_Frozen):
    """Hold a count of people: the best figure, no fewer than, no more than."""

    best: Count
    low: Count
    high: Count

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, value: Any) -> Any:
        if isinstance(value, int) and not isinstance(value, bool):
            return {"best": value, "low": value, "high": value}
        if isinstance(value, dict) and "best" in value:
            return {"low": value["best"], "high": value["best"], **value}
        return value

    @model_validator(mode="after")
    def _ordered(self) -> People:
        if not self.low <= self.best <= self.high:
            msg = f"low ≤ best ≤ high is needed (is {self.low}, {self.best}, {self.high})"
            raise ValueError(msg)
        return self


class Claim(_Frozen):
    """Hold that somebody holds somebody responsible: a claim, never a finding."""

    by: Party
    holds_responsible: Party


class Event(_Frozen):
    """Hold what every event says: what, when, known when, from whom, how, how sure."""

    id: UUID
    happened_at: Instant
    known_at: Instant
    source: Code
    means: Means
    status: Status
    text: Text | None = None


class Passage(Event):
    """Count people who passed a crossing."""

    kind: Literal["passage"] = "passage"
    corridor: Corridor
    people: People
    counted: Literal["over", "in all"]
    """``over``: since ``since``; ``in all``: since counting began that day."""
    since: Instant | None = None
    carrying: Literal["unarmed", "armed", "mixed", "not known"] = "not known"

    @model_validator(mode="after")
    def _since_when(self) -> Passage:
        if self.counted == "over" and self.since is None:
            msg = "a count 'over' some minutes needs 'since'; a running total is 'in all'"
            raise ValueError(msg)
        if self.since is not None and self.since > self.happened_at:
            msg = "'since' must not be after 'happened_at', the end of the count"
            raise ValueError(msg)
        return self


class Movement(Event):
    """Tell how people fared on a corridor: passed is not yet received."""

    kind: Literal["movement"] = "movement"
    corridor: Corridor
    stage: Literal["reached", "passed", "turned back", "held", "released", "received"]
    people: People
    by: Party | None = None
    """Who turned back, holds, released or received them."""


class Incident(Event):
    """Tell of an incident: what was alleged, reported or observed, and who claims what."""

    kind: Literal["incident"] = "incident"
    what: Literal[
        "shelling", "air strike", "shooting", "explosion", "mine or remnant", "detention",
        "obstruction", "looting", "crowding", "illness", "traffic", "other",
    ]  # fmt: skip
    corridor: Corridor | None = None
    place: Party | None = None
    """An area by its name, never an address."""
    times: Annotated[int, Field(strict=True, ge=1, le=10_000)] | None = None
    """How many impacts or shots, where somebody counted."""
    killed: People | None = None
    injured: People | None = None
    claims: tuple[Claim, ...] = Field(default=(), max_length=20)


class StatusChanged(Event):
    """Tell that a corridor opened, closed, was restricted, or that nobody knows."""

    kind: Literal["status"] = "status"
    corridor: Corridor
    state: Literal["open", "closed", "restricted", "unknown"]
    by: Party | None = None
    """Who opened, closed or restricted it."""


class WindowChanged(Event):
    """Tell that the hours of passage changed, for one corridor or for all."""

    kind: Literal["window"] = "window"
    by: Party
    start: Instant
    end: Instant
    corridor: Corridor | None = None

    @model_validator(mode="after")
    def _ordered(self) -> WindowChanged:
        if self.end < self.start:
            msg = "'end' must not be before 'start'; a window called off ends when it starts"
            raise ValueError(msg)
        return self


class Contact(Event):
    """Tell of a contact with a party, or of a try."""

    kind: Literal["contact"] = "contact"
    party: Party
    answered: Annotated[bool, Field(strict=True)]


class Assurance(Event):
    """Hold an assurance: who gave it, in which words, until when."""

    kind: Literal["assurance"] = "assurance"
    party: Party
    words: Text
    expires_at: Instant | None = None
    corridor: Corridor | None = None


class Notification(Event):
    """Tell that a movement notification was sent to a party, was received, or was objected to.

    That it was received is neither permission nor protection.
    """

    kind: Literal["notification"] = "notification"
    party: Party
    step: Literal["sent", "received", "objected"]
    pack_sha256: Sha256
    """Of the pack's ``movement-notification.json``."""


class Decision(Event):
    """Hold a decision, by the role that took it."""

    kind: Literal["decision"] = "decision"
    by: Code
    decision: Literal["go", "stop", "hold", "resume", "other"]
    text: Text
    corridor: Corridor | None = None


class PlanAdopted(Event):
    """Hold which plan was adopted, by the role that adopted it."""

    kind: Literal["plan"] = "plan"
    by: Code
    plan_sha256: Sha256
    """Of the plan's ``plan.json``."""
    replaces_sha256: Sha256 | None = None


class TestMovement(Event):
    """Tell of the movement that goes before any wave."""

    __test__ = False  # no test, whatever pytest makes of its name

    kind: Literal["test movement"] = "test movement"
    corridor: Corridor
    result: Literal["started", "passed", "failed"]


class Correction(Event):
    """Say that an earlier event was wrong; it stays, and another may stand in its place."""

    kind: Literal["correction"] = "correction"
    corrects: UUID
    instead: UUID | None = None
    """The event, sent as any other, that stands in its place; nothing does if not given."""
    text: Text

    @model_validator(mode="after")
    def _of_another(self) -> Correction:
        if self.corrects in {self.id, self.instead} or self.instead == self.id:
            msg = "'id', 'corrects' and 'instead' must be three events"
            raise ValueError(msg)
        return self


class Note(Event):
    """Hold what fits nothing else."""

    kind: Literal["note"] = "note"
    text: Text
    corridor: Corridor | None = None


class Signature(_Frozen):
    """Hold an Ed25519 signature and the public key it is checked by, as hexadecimal digits."""

    key: Sha256
    signature: Annotated[str, Field(pattern=r"^[0-9a-f]{128}$")]

    def __str__(self) -> str:
        """Write it in one line, as people hand it on."""
        return f"{self.key}:{self.signature}"


class Withdrawal(Event):
    """Stand for a payload that two administrators withdrew; only ``withdraw`` records one."""

    kind: Literal["withdrawal"] = "withdrawal"
    withdraws: UUID
    digest: Sha256
    text: Text
    signatures: tuple[Signature, Signature]


_Sent = (
    Passage | Movement | Incident | StatusChanged | WindowChanged | Contact | Assurance
    | Notification | Decision | PlanAdopted | TestMovement | Correction | Note
)  # fmt: skip
SentEvent = Annotated[_Sent, Field(discriminator="kind")]
"""An event that may be sent; a withdrawal is recorded by withdrawing alone."""

AnyEvent = Annotated[_Sent | Withdrawal, Field(discriminator="kind")]

_ANY: TypeAdapter[Event] = TypeAdapter(AnyEvent)
KINDS: tuple[str, ...] = (
    "passage", "movement", "incident", "status", "window", "contact", "assurance", "notification",
    "decision", "plan", "test movement", "correction", "note", "withdrawal",
)  # fmt: skip


_LONGEST = 400
"""Signs of what a sender wrote that a message repeats at most."""


def event_of(payload: Any, where: str = "event") -> Event:
    """Read an event from data as JSON holds it.

    Parameters
    ----------
    payload
        A mapping of the event's fields.
    where
        What an error calls it.

    Raises
    ------
    InputError
        With every fault of it.

    """
    try:
        return _ANY.validate_python(payload)
    except ValidationError as error:
        raise InputError(event_faults(error, where)) from error


def event_faults(error: ValidationError, where: str, *, depth: int = 0) -> list[Fault]:
    """Tell what pydantic found wrong with an event that stands so many steps below the whole."""
    return [
        Fault(_place(where, each["loc"], depth), _said(each), "docs/ledger.md lists every field.")
        for each in error.errors(include_url=False, include_input=False)
    ]


def _place(where: str, loc: tuple[int | str, ...], depth: int) -> str:
    kind = loc[depth : depth + 1]  # no field
    steps = (*loc[:depth], *loc[depth + 1 :]) if kind and kind[0] in KINDS else loc
    return ".".join((where, *(_short(str(step)) for step in steps)))


def _short(text: str) -> str:
    """Cut what a sender wrote: messages may repeat names of fields and kinds."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _said(error: Any) -> str:
    message = str(error["msg"]).removeprefix("Value error, ")
    return _short(re.sub(r"^Input should be", "must be", message).rstrip("."))


def payload_of(event: Event) -> dict[str, Any]:
    """Give an event as JSON holds it; what was not said is left out."""
    data = event.model_dump(mode="json", exclude_none=True)
    return {key: value for key, value in data.items() if value != []}


def event_schema() -> dict[str, Any]:
    """Make the JSON Schema of an event, as ``base/schemas/event.schema.json`` ships it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:safepassage:schema:event:1.0",
        "title": "event",
        "description": "One event of a ledger. Times are UTC; no field is about a person.",
        **_ANY.json_schema(mode="serialization"),
    }
