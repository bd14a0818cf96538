"""Tell those who watch that the situation is another: server-sent events, once a second at most.

Whoever reads slowly gets the newest and misses what was between: nothing piles up.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from safepassage.api.answers import dumped, refusals
from safepassage.api.guard import Refused
from safepassage.api.reading import caller_of, desk_of
from safepassage.api.rights import LEVELS
from safepassage.base.errors import Fault

if TYPE_CHECKING:
    from safepassage.api.desk import Desk
    from safepassage.api.telling import View
    from safepassage.api.tokens import Caller

__all__ = ["router"]

router = APIRouter()

_AT_MOST_EVERY_S = {"public": 60.0}
_ALIVE_S = 15.0
"""A line that says nothing, so that proxies and phones keep the connection."""


@router.get("/api/stream", response_class=Response, responses={
    200: {"description": "`event: situation` with `{sequence, at}`, or with the situation itself.",
          "content": {"text/event-stream": {"schema": {"type": "string"}}}},
    **refusals(422, 503)})  # fmt: skip
async def stream(
    request: Request,
    full: Annotated[bool, Query(description="Send the situation itself each time.")] = False,
) -> Response:
    """Send news of the situation for as long as the connection stands."""
    desk, caller, address = desk_of(request), caller_of(request), request.scope["address"]
    limits = desk.settings.limits
    # the public never takes all: the other half is for those who work here
    most = limits.watchers // 2 if caller.role == "public" else limits.watchers
    if (
        sum(desk.watching.values()) >= most
        or desk.watching.get(address, 0) >= limits.watchers_per_address
    ):
        raise Refused(503, Fault("stream", "too many watch", "Ask /api/situation now and then."),
                      **{"Retry-After": "30"})  # fmt: skip
    return _Stream(desk, caller, address, full=full)


class _Stream(Response):
    """Be an answer that goes on."""

    media_type = "text/event-stream"

    def __init__(self, desk: Desk, caller: Caller, address: bytes, *, full: bool) -> None:
        super().__init__()
        del self.headers["content-length"]
        self.headers["x-accel-buffering"] = "no"
        self._desk, self._caller, self._address, self._full = desk, caller, address, full

    async def __call__(self, _scope: Any, receive: Any, send: Any) -> None:
        watching = self._desk.watching
        watching[self._address] = watching.get(self._address, 0) + 1
        gone = asyncio.create_task(_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200,
                        "headers": self.raw_headers})  # fmt: skip
            await self._go_on(send, gone)
            with suppress(OSError):
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()
            watching[self._address] -= 1
            if not watching[self._address]:
                del watching[self._address]

    async def _go_on(self, send: Any, gone: asyncio.Task[None]) -> None:
        live, role = self._desk.live, self._caller.role
        told: View | None = None
        next_at, alive_at = 0.0, time.monotonic() + _ALIVE_S
        while not (
            live.ended or gone.done() or not self._desk.settings.access.stands(self._caller)
        ):
            now = time.monotonic()
            view = live.views[LEVELS[role]]
            if view is not told and now >= next_at:
                told, next_at, alive_at = view, now + _AT_MOST_EVERY_S.get(role, 0), now + _ALIVE_S
                await send({"type": "http.response.body", "body": self._lines(view),
                            "more_body": True})  # fmt: skip
            elif now >= alive_at:
                alive_at = now + _ALIVE_S
                await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})
            await live.change(timeout_s=1.0)

    def _lines(self, view: View) -> bytes:
        body = view.body if self._full else dumped({"sequence": view.sequence, "at": view.at})
        return b"event: situation\ndata: " + body + b"\n\n"


async def _gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
