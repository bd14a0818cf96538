"""Hold the shapes of what the server answers, for its interface's description and its routes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from safepassage.ledger.store import IdTaken, NoRoom

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepassage.base.errors import Fault, InputError

__all__ = [
    "Adopted",
    "CaseTold",
    "Discarded",
    "EntriesTold",
    "EntryTold",
    "FaultTold",
    "Faults",
    "Health",
    "MapTold",
    "Me",
    "ReceiptTold",
    "ReceiptsTold",
    "dumped",
    "faults_body",
    "refusals",
    "status_of",
]


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid")


Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
RoleTold = Literal["public", "reporter", "coordinator", "administrator"]


class FaultTold(_Told):
    """What is wrong with a request: where, what, and what to do."""

    place: str
    what: str
    remedy: str


class Faults(_Told):
    """Everything that is wrong with a request; nothing of it was stored."""

    faults: list[FaultTold]


class Health(_Told):
    """That the server and its ledger answer."""

    status: Literal["ok", "ledger cannot be read"]
    version: str
    exercise: bool


class Me(_Told):
    """Who asks, and the server's clock."""

    role: RoleTold
    label: str
    corridors: list[str] | None
    exercise: bool
    now: Moment


class Place(_Told):
    """The place of a case."""

    name: str
    name_ar: str
    lat: float
    lon: float


class CaseHead(_Told):
    """Which case it is."""

    id: str
    title: str
    tz: str
    place: Place


class Hours(_Told):
    """The hours announced."""

    start: Moment
    end: Moment


class CorridorTold(_Told):
    """A corridor as the case has it; positions are for those who need them."""

    id: str
    name: str
    name_ar: str
    users: str
    located: bool
    assumed: bool
    lat: float | None = None
    lon: float | None = None
    destination: str
    controlled_near: str
    controlled_far: str


class CaseTold(_Told):
    """The case."""

    case: CaseHead
    window: Hours
    corridors: list[CorridorTold]
    exercise: bool
    languages: list[str]


class ReceiptTold(_Told):
    """That an event is on disk, once, under its number."""

    id: Annotated[str, Field(json_schema_extra={"format": "uuid"})]
    sequence: int
    hash: str
    outcome: Literal["stored", "already", "withdrawn"]


class ReceiptsTold(_Told):
    """A receipt for each event, in the order of their first mention."""

    receipts: list[ReceiptTold]


class EntryTold(_Told):
    """An entry of the ledger; ``event`` is null where it was withdrawn."""

    sequence: int
    id: str
    received_at: Moment
    hash: str
    event: dict[str, Any] | None


class EntriesTold(_Told):
    """A page of entries, and where the next begins; null where there is none yet."""

    events: list[EntryTold]
    next: int | None


class Adopted(_Told):
    """That a proposal is in force, and the event that says so."""

    proposal: str
    plan_sha256: str
    receipt: ReceiptTold


class Discarded(_Told):
    """That a proposal is put aside."""

    proposal: str
    state: Literal["discarded"]


class MapTold(BaseModel):
    """Streets to draw: positions as longitude and latitude."""

    model_config = ConfigDict(extra="allow")

    schematic: bool
    nodes: list[list[float]]
    streets: list[dict[str, Any]]
    bounds: list[float]
    zone_areas: list[dict[str, Any]]


_WHAT = {
    400: "The request cannot be read.",
    401: "A token is needed, or this one is not valid.",
    403: "This role may not do it, or the request comes from another page.",
    404: "There is no such thing.",
    405: "The route is there, for another method.",
    408: "The request's body came too slowly.",
    409: "An id belongs to another event already, or the state has moved on.",
    413: "The request is too large.",
    415: "The body is of another kind than JSON.",
    422: "What was sent is faulty; nothing of it was stored.",
    429: "Too many requests; Retry-After says when.",
    503: "The ledger or the server cannot take it now; it may be sent again.",
    507: "The disk is full; nothing of it was stored, and what is stored can be read.",
}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe refusals of a route; those of the guard stand in every route's."""
    every = {400, 401, 403, 404, 405, 429, *statuses}
    return {status: {"model": Faults, "description": _WHAT[status]} for status in sorted(every)}


def faults_body(faults: Iterable[Fault]) -> bytes:
    """Write faults as every refusal's body holds them."""
    told = [{"place": each.where, "what": each.what, "remedy": each.remedy} for each in faults]
    return dumped({"faults": told})


def status_of(error: InputError) -> int:
    """Give the HTTP status of an error of the rooms below."""
    if isinstance(error, NoRoom):
        return 507
    return 409 if isinstance(error, IdTaken) else 422


def dumped(value: Any) -> bytes:
    """Write JSON as it goes over the wire."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
