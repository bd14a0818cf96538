"""Hand out the pages and what they load; nothing of them comes from anywhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from safepassage.api.answers import refusals
from safepassage.api.guard import Refused
from safepassage.base.errors import Fault
from safepassage.publish.room_pages import (
    assets,
    manifest,
    reporter_html,
    room_html,
    service_worker,
)

if TYPE_CHECKING:
    from safepassage.publish.room_pages import Asset

__all__ = ["router"]

router = APIRouter()

_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file.",
        "content": {
            kind: {"schema": {"type": "string"}}
            for kind in ("text/javascript", "text/css", "image/svg+xml", "text/plain")
        },
    },
    304: {"description": "It has not changed."},
}


@router.get("/", response_class=HTMLResponse, responses=refusals())
async def room() -> Response:
    """Give the operations room's page."""
    return HTMLResponse(room_html())


@router.get("/report", response_class=HTMLResponse, responses=refusals())
async def report() -> Response:
    """Give the reporters' page."""
    return HTMLResponse(reporter_html())


@router.get("/manifest.webmanifest", response_class=Response, responses={
    200: {"description": "The manifest.",
          "content": {"application/manifest+json": {"schema": {"type": "object"}}}},
    **refusals()})  # fmt: skip
async def app_manifest() -> Response:
    """Give what a phone needs to keep the reporters' page."""
    return Response(json.dumps(manifest()), media_type="application/manifest+json")


@router.get("/sw.js", response_class=Response, responses={**_FILES, **refusals()})
async def worker(request: Request) -> Response:
    """Give the script that lets the reporters' page work with no connection."""
    return _sent(request, service_worker())


@router.get("/assets/{name}", response_class=Response, responses={**_FILES, **refusals()})
async def asset(request: Request, name: str) -> Response:
    """Give a script or a style of the pages."""
    found = assets().get(name)
    if found is None:
        raise Refused(404, Fault("path", "there is no such thing", "Load the page again."))
    return _sent(request, found)


def _sent(request: Request, found: Asset) -> Response:
    heads = {"ETag": found.etag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == found.etag:
        return Response(status_code=304, headers=heads)
    if "gzip" in request.headers.get("accept-encoding", ""):
        heads["Content-Encoding"] = "gzip"
        return Response(found.gzipped, media_type=found.media_type, headers=heads)
    return Response(found.body, media_type=found.media_type, headers=heads)
