"""Answer what is asked of the case, the plan, the ledger and the situation."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request, Response

from safepassage.api.answers import (
    CaseTold,
    EntriesTold,
    Health,
    Me,
    dumped,
    refusals,
)
from safepassage.api.described import document_of
from safepassage.api.rights import LEVELS
from safepassage.base.errors import InputError
from safepassage.base.provenance import tool_version
from safepassage.publish.redaction import known_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from safepassage.api.desk import Desk
    from safepassage.api.tokens import Caller
    from safepassage.ledger.chain import Entry

__all__ = [
    "caller_of",
    "case_told",
    "desk_of",
    "json_response",
    "moment_of",
    "packed_response",
    "router",
]

router = APIRouter()

_MOST = 500
_LARGEST = 2**53 - 1


def desk_of(request: Request) -> Desk:
    """Give what the routes work with."""
    desk: Desk = request.app.state.desk
    return desk


def caller_of(request: Request) -> Caller:
    """Give who asks, as the guard found out."""
    caller: Caller = request.scope["caller"]
    return caller


def json_response(body: bytes, **headers: str) -> Response:
    """Answer with JSON that is written already."""
    return Response(body, media_type="application/json", headers=headers or None)


def packed_response(request: Request, body: bytes, **headers: str) -> Response:
    """Answer with JSON, packed where the asker takes that.

    Not for what several people wrote into: who may add words and sees how long the packed answer
    is could guess the others' words.
    """
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        body = gzip.compress(body, compresslevel=6, mtime=0)
    return json_response(body, Vary="Accept-Encoding", **headers)


def written(moment: datetime) -> str:
    """Write a moment as documents hold it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


At = Annotated[
    str | None,
    Query(description="As known then: a time with its offset, such as 2016-11-04T13:00:00Z.",
          json_schema_extra={"format": "date-time"}, max_length=40),
]  # fmt: skip


def moment_of(text: str | None, now: datetime) -> datetime | None:
    """Read a moment that was asked for: none that has not come yet.

    Raises
    ------
    InputError
        If it is none, or lies in the future.

    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.utcoffset() is None:
            raise ValueError  # noqa: TRY301 - told alike
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InputError.one("at", "is no time with its offset from UTC",
                             "Write it as 2016-11-04T13:00:00Z.") from None  # fmt: skip
    if moment > now:
        raise InputError.one("at", "has not come yet", "Leave it out for how things stand now.")
    if moment.year < 1900:
        raise InputError.one("at", "is before 1900", "Check the year.")
    return moment


@router.get("/health", response_model=Health, responses=refusals(503))
async def health(request: Request) -> Response:
    """Tell whether the server and its ledger answer."""
    desk = desk_of(request)
    status = "ok" if desk.live.well else "ledger cannot be read"
    told = {"status": status, "version": tool_version(), "exercise": desk.exercise}
    response = json_response(dumped(told))
    response.status_code = 200 if desk.live.well else 503
    return response


@router.get("/api/me", response_model=Me, responses=refusals())
async def me(request: Request) -> Response:
    """Tell who asks, and the server's clock: pages go by no other."""
    desk, caller = desk_of(request), caller_of(request)
    return json_response(dumped({
        "role": caller.role, "label": caller.label, "corridors": caller.corridors,
        "exercise": desk.exercise, "now": written(desk.clock()),
    }))  # fmt: skip


@router.get("/api/case", response_model=CaseTold, responses=refusals())
async def case(request: Request) -> Response:
    """Tell the case: place, hours, corridors."""
    desk = desk_of(request)
    return json_response(dumped(case_told(desk, public=caller_of(request).role == "public")))


def case_told(desk: Desk, *, public: bool) -> dict[str, Any]:
    """Give the case as pages need it; no positions for the public."""
    plan = desk.settings.plan
    head = plan["case"]
    zone = ZoneInfo(head["tz"])
    hours = {
        end: written(datetime.fromisoformat(plan["window"]["announced"][end]).replace(tzinfo=zone))
        for end in ("start", "end")
    }
    place = {**head["place"]}
    place.setdefault("name_ar", "")
    if desk.settings.case is not None:
        place["name_ar"] = desk.settings.case.case.place.name_ar
    return {
        "case": {**{key: head[key] for key in ("id", "title", "tz")}, "place": place},
        "window": hours,
        "corridors": [_corridor(each, public=public) for each in plan["corridors"]],
        "exercise": desk.exercise, "languages": ["en", "ar"],
    }  # fmt: skip


def _corridor(each: Mapping[str, Any], *, public: bool) -> dict[str, Any]:
    names = ("id", "name", "name_ar", "users", "located", "assumed", "destination",
             "controlled_near", "controlled_far")  # fmt: skip
    told = {name: each[name] for name in names}
    return told if public else {**told, "lat": each["lat"], "lon": each["lon"]}


@router.get("/api/situation", response_class=Response, responses={
    200: document_of("situation", "redacted"), **refusals(422, 503)})  # fmt: skip
async def situation(request: Request, at: At = None) -> Response:
    """Tell the situation, as it is or as it was known at a past minute.

    For the public it is redacted, and as it was known at a full quarter of an hour at least an
    hour ago.
    """
    desk, level = desk_of(request), LEVELS[caller_of(request).role]
    now = desk.clock()
    asked = moment_of(at, now)
    if asked is None:
        return json_response(desk.live.views[level].body)
    view = await desk.live.past(level, known_by(level, now, at=asked))
    return json_response(view.body)


@router.get("/api/events", response_model=EntriesTold, responses=refusals(422, 503))
async def events(
    request: Request,
    after: Annotated[int, Query(ge=0, le=_LARGEST, description="After this entry.")] = 0,
    limit: Annotated[int, Query(ge=1, le=_MOST, description="At most so many.")] = 100,
    at: At = None,
) -> Response:
    """Give a page of the ledger's entries, in the order of their arrival."""
    desk = desk_of(request)
    asked = moment_of(at, desk.clock())
    found = await desk.asking(lambda: list(_page(desk, after, limit, asked)))
    return json_response(dumped({
        "events": [_entry(each) for each in found],
        "next": found[-1].sequence if len(found) == limit else None,
    }))  # fmt: skip


def _page(desk: Desk, after: int, limit: int, at: datetime | None) -> Iterator[Entry]:
    for n, entry in enumerate(desk.record.entries(after=after)):
        if n == limit or (at is not None and datetime.fromisoformat(entry.received_at) > at):
            return
        yield entry


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "sequence": entry.sequence, "id": entry.id, "received_at": entry.received_at,
        "hash": entry.hash, "event": entry.data,
    }  # fmt: skip
