"""Keep each connection within bounds before there is a request that a guard could look at.

No head is read for longer, or larger, than told; no connection stays open for a body that nobody
reads, or for an answer that nobody takes; and no address holds them all.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio

    from safepassage.api.front import Front
    from safepassage.api.limits import Limits

__all__ = ["protocol"]


def protocol(front: Front, limits: Limits) -> type[HttpToolsProtocol]:
    """Make the protocol of a server: HTTP/1.1 within its limits.

    Parameters
    ----------
    front
        Its proxies, which may open any number of connections.
    limits
        How long and how large a head may be, and how many connections one address may hold.

    """

    class Ours(_Bounded):
        proxies = front.proxies
        bounds = limits
        held: ClassVar[Counter[str]] = Counter()

    return Ours


class _Bounded(HttpToolsProtocol):
    """Read HTTP/1.1 within limits."""

    proxies: ClassVar[frozenset[str]]
    bounds: ClassVar[Limits]
    held: ClassVar[Counter[str]]

    _late: asyncio.TimerHandle | None = None
    """Ends the connection where a head does not come; None while none is awaited."""
    _stuck: asyncio.TimerHandle | None = None
    """Ends the connection where an answer is not taken; None while it is."""
    _head_bytes = 0
    _address = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        self._address = "" if address in self.proxies else address
        self.held[self._address] += 1
        if self._address and self.held[self._address] > self.bounds.connections_per_address:
            transport.abort()
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        self.resume_writing()
        self.held[self._address] -= 1
        if not self.held[self._address]:
            del self.held[self._address]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._late is None and self._is_idle():  # blank lines, and no request yet
            self._await_head()
        if self._late is not None:
            self._head_bytes += len(data)
            if self._head_bytes > self.bounds.head_bytes and not self.transport.is_closing():
                self.send_400_response("The request's head is too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._late is None:  # another request on the same connection
            self._await_head()

    def on_headers_complete(self) -> None:
        self._forget()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        if self.cycle.more_body and not self.pipeline:  # what is left would hold the connection
            self.transport.close()
        super().on_response_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stuck = self.loop.call_later(self.bounds.stuck_s, self.transport.abort)

    def resume_writing(self) -> None:
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        self.transport.abort()  # closing would wait for what was not taken

    def _is_idle(self) -> bool:
        cycle: object = self.cycle  # None before the first, whatever its type says
        return (cycle is None or self.cycle.response_complete) and (
            self.timeout_keep_alive_task is None
        )

    def _await_head(self) -> None:
        self._head_bytes = 0
        self._late = self.loop.call_later(self.bounds.head_s, self.transport.abort)

    def _forget(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
