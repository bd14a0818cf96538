"""Hand out what people take along: reports, a signed checkpoint, the whole ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from safepassage.api.answers import dumped, refusals
from safepassage.api.described import document_of
from safepassage.api.reading import At, desk_of, json_response, moment_of
from safepassage.ledger.checkpoints import checkpoint as signed
from safepassage.ledger.exchange import to_jsonl
from safepassage.publish.redaction import Level, known_by
from safepassage.publish.reports import Kind, report, suffix

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

__all__ = ["router"]

router = APIRouter()

_REPORTS: dict[int | str, dict[str, Any]] = {200: {
    "description": "A page to print, or a text message.",
    "content": {kind: {"schema": {"type": "string"}} for kind in ("text/html", "text/plain")},
}}  # fmt: skip
_LINES: dict[int | str, dict[str, Any]] = {200: {
    "description": "The ledger as JSON Lines: its head, then each entry.",
    "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
}}  # fmt: skip
Language = Annotated[str, Query(pattern="^(en|ar)$", description="en or ar.")]
Corridor = Annotated[str | None, Query(max_length=80, description="Of tally sheets: only this.")]
Readers = Annotated[Level, Query(description="Whom it is for.")]


@router.get("/api/reports/{report}", response_class=Response, responses={
    **_REPORTS, **refusals(422, 503)})  # fmt: skip
async def reports(
    request: Request, report: Kind, at: At = None, since: At = None, language: Language = "en",
    corridor: Corridor = None, level: Readers = "internal",
) -> Response:  # fmt: skip
    """Make a report of the situation, as it is or as it was known at a past minute."""
    desk = desk_of(request)
    now = desk.clock()
    asked, begin = moment_of(at, now), moment_of(since, now)
    document = await desk.live.document_at(known_by(level, now, at=asked), live=asked is None
                                           and level != "public")  # fmt: skip
    text = await desk.reading(
        lambda: _report(report, document, language, level, corridor, begin, now)
    )
    kind = "text/plain" if suffix(report) == ".txt" else "text/html"
    return Response(text, media_type=kind)


def _report(
    kind: Kind, document: Mapping[str, Any], language: str, level: Level, corridor: str | None,
    since: datetime | None, now: datetime,
) -> str:  # fmt: skip
    return report(kind, document, language=language, level=level, corridor=corridor, since=since,
                  now=now)  # fmt: skip


@router.get("/api/checkpoint", response_class=Response, responses={
    200: document_of("checkpoint"), **refusals(503)})  # fmt: skip
async def checkpoint(request: Request) -> Response:
    """Sign how the ledger stands, for others to hold."""
    desk = desk_of(request)
    made = await desk.asking(lambda: signed(desk.record, desk.key, now=desk.clock()))
    return json_response(dumped(made.as_json()))


@router.get("/api/export.jsonl", response_class=Response, responses={
    **_LINES, **refusals(503)})  # fmt: skip
async def export(request: Request) -> Response:
    """Give the whole ledger; it can be verified as it is."""
    lines = to_jsonl(desk_of(request).record)
    return StreamingResponse(lines, media_type="application/x-ndjson")
