"""Take events in: read them, keep each sender to what is theirs, write them."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from safepassage.api.answers import ReceiptsTold, dumped, refusals
from safepassage.api.guard import Refused
from safepassage.api.reading import caller_of, desk_of, json_response
from safepassage.api.rights import REPORTER_KINDS
from safepassage.base.errors import Fault, InputError
from safepassage.ledger.events import Event, SentEvent, event_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from safepassage.api.desk import Desk
    from safepassage.api.tokens import Caller
    from safepassage.ledger.store import Receipt

__all__ = ["Sent", "read_events", "router", "send"]

router = APIRouter()


class Sent(BaseModel):
    """Events to be stored, all or none of them."""

    model_config = ConfigDict(extra="forbid")

    events: list[SentEvent] = Field(min_length=1, max_length=50)


_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": Sent.model_json_schema(
            ref_template="#/components/schemas/{model}")}},
    }
}  # fmt: skip


@router.post(
    "/api/events", response_model=ReceiptsTold, openapi_extra=_BODY,
    responses=refusals(408, 409, 413, 415, 422, 503, 507),
)  # fmt: skip
async def add_events(request: Request) -> Response:
    """Store events, all or none of them; what is acknowledged is on disk.

    Sending the same again counts once, and is acknowledged again.
    """
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise Refused(415, Fault("Content-Type", "is not application/json", "Send JSON."))
    desk = desk_of(request)
    events = read_events(await request.body())
    receipts = await send(desk, caller_of(request), events)
    return json_response(dumped({"receipts": [
        {"id": each.id, "sequence": each.sequence, "hash": each.hash, "outcome": each.outcome}
        for each in receipts
    ]}))  # fmt: skip


def read_events(body: bytes) -> list[Event]:
    """Read a request's body.

    Raises
    ------
    InputError
        With every fault of every event.

    """
    with suppress(ValueError, RecursionError):  # told by what reads it below
        json.loads(body, object_pairs_hook=_said_once)
    try:
        return list(Sent.model_validate_json(body).events)
    except ValidationError as error:
        raise InputError(event_faults(error, "body", depth=2)) from error


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse two values for one name: readers differ in which of them they take."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise InputError.one("body", "says something twice", "Give each field of an event once.")
    return found


async def send(desk: Desk, caller: Caller, events: Sequence[Event]) -> tuple[Receipt, ...]:
    """Store events of a caller; on return they are on disk.

    Raises
    ------
    Refused
        If a reporter sends what is not theirs.
    InputError
        If the events cannot be stored.

    """
    if caller.role == "reporter" and (fault := next(_not_theirs(caller, events), None)):
        raise Refused(403, fault)
    unknown = [
        Fault(f"event {each.id}.corridor", f"{name!r} is no corridor of this case",
              f"They are: {', '.join(sorted(desk.corridors))}.")
        for each in events
        if (name := getattr(each, "corridor", None)) is not None and name not in desk.corridors
    ]  # fmt: skip
    if unknown:
        raise InputError(unknown)
    receipts = await desk.writer.append(events)
    desk.live.stir()
    return receipts


def _not_theirs(caller: Caller, events: Sequence[Event]) -> Iterator[Fault]:
    for each in events:
        where = f"event {each.id}"
        kind: Any = getattr(each, "kind", "")
        if kind not in REPORTER_KINDS:
            yield Fault(f"{where}.kind", f"a reporter sends no {kind}",
                        f"Send {', '.join(REPORTER_KINDS)}; tell the rest.")  # fmt: skip
        elif each.source != caller.label:
            yield Fault(f"{where}.source", "is not the code of this token",
                        f"Send it as {caller.label}.")  # fmt: skip
        elif getattr(each, "corridor", None) not in (caller.corridors or ()):
            yield Fault(f"{where}.corridor", "is missing, or not one of this token's",
                        f"Tell of {', '.join(caller.corridors or ())}.")  # fmt: skip
