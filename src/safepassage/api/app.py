"""Put the server together: the guard, the routes, and the description of both."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from safepassage.api import forms, handing, kobo, pages, reading, replanning, sending, stream
from safepassage.api.answers import dumped, faults_body, refusals, status_of
from safepassage.api.described import described
from safepassage.api.desk import Desk
from safepassage.api.guard import Guard, Refused
from safepassage.api.writer import Busy, LedgerAway
from safepassage.base.errors import Fault, InputError
from safepassage.base.provenance import tool_version

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping

    from starlette.types import Receive, Scope, Send

    from safepassage.api.desk import Settings

__all__ = ["make_app"]

_DESCRIPTION = (
    "The operations room of a humanitarian pause. Errors are faults, each with place, what and "
    "remedy. "
    "Times are UTC. No position, device, address or name is kept of whoever asks or reports."
)
_ADDS = ("POST", "/api/events")


def make_app(settings: Settings) -> FastAPI:
    """Make the server's application.

    The ledger is opened when it starts, and closed when it ends.
    """
    desk = Desk(settings)
    app = _App(
        title="safepassage", version=tool_version(), description=_DESCRIPTION, openapi_url=None,
        docs_url=None, redoc_url=None, lifespan=_lifespan,
    )  # fmt: skip
    app.state.desk = desk
    guard = Guard(
        _Adding(app), front=settings.front, access=settings.access, limits=settings.limits
    )
    app.adding = guard
    app.add_middleware(guard.before)
    for part in (pages, reading, sending, stream, forms, kobo, replanning, handing):
        app.include_router(part.router)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(InputError, _faulty)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _other)
    app.include_router(_interface(app))
    return app


class _App(FastAPI):
    """Be the application; what comes most often goes by a way of its own."""

    adding: Guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        adds = scope["type"] == "http" and (scope["method"], scope["path"]) == _ADDS
        await (self.adding if adds else super().__call__)(scope, receive, send)


class _Adding:
    """Answer for ``add_events`` as its route would, in half the time."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["app"] = self._app
        request = Request(scope, receive)
        try:
            response = await sending.add_events(request)
        except InputError as error:
            response = await _faulty(request, error)
        await response(scope, receive, send)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    desk: Desk = app.state.desk
    await desk.start()
    try:
        yield
    finally:
        await desk.stop()


def _interface(app: FastAPI) -> APIRouter:
    router = APIRouter()
    document: list[bytes] = []

    @router.get("/openapi.json", response_class=Response, responses={
        200: {"description": "This document.",
              "content": {"application/json": {"schema": {"type": "object"}}}},
        **refusals()})  # fmt: skip
    async def openapi() -> Response:
        """Give this description of the interface."""
        if not document:
            document.append(dumped(described(app)))
        return reading.json_response(document[0])

    return router


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)  # noqa: S101 - registered for it alone
    return _said(error.status, [error.fault], error.headers)


async def _faulty(_: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)  # noqa: S101
    away = isinstance(error, (Busy, LedgerAway))
    return _said(503 if away else status_of(error), error.faults,
                 {"Retry-After": "2"} if away else {})  # fmt: skip


async def _not_valid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    return _said(422, [
        Fault(".".join(map(str, each["loc"])), str(each["msg"]), "/openapi.json tells more.")
        for each in error.errors()
    ])  # fmt: skip


async def _other(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    return _said(error.status_code, [Fault("request", error.detail, "/openapi.json tells all.")])


def _said(
    status: int, faults: Iterable[Fault], headers: Mapping[str, str] | None = None
) -> Response:
    return Response(faults_body(faults), status, dict(headers or {}), "application/json")
