"""Stand before every route: who asks, from where, how often, how much, and whether they may."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import re
import sys
import traceback
from copy import copy
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Any

from safepassage.api.answers import faults_body
from safepassage.api.limits import Buckets
from safepassage.api.rights import RIGHTS, Right
from safepassage.api.tokens import PUBLIC, Caller
from safepassage.base.errors import Fault
from safepassage.publish.room_pages import PAGE_POLICY

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from safepassage.api.front import Front
    from safepassage.api.limits import Limits
    from safepassage.api.tokens import Access

    Scope = MutableMapping[str, Any]
    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Scope, Receive, Send], Awaitable[None]]

__all__ = ["API_POLICY", "Guard", "Refused"]

_log = logging.getLogger(__name__)

API_POLICY = "default-src 'none'; frame-ancestors 'none'"
_EVERY = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"geolocation=(), camera=(), microphone=(), usb=()"),
)
_OURS = Fault("server", "failed, and it is our fault", "Try again, and report what its log says.")
_OF_PHONES = frozenset({"/report", "/sw.js", "/assets/reporter.js", "/assets/reporter.css"})
"""What browsers keep in no cache of their own: a phone that is wiped shall hold nothing of it."""
_SECURE = (b"strict-transport-security", b"max-age=31536000")


class Refused(Exception):
    """Carry a refusal to where it is answered."""

    def __init__(self, status: int, fault: Fault, **headers: str) -> None:
        self.status, self.fault, self.headers = status, fault, headers
        super().__init__(str(fault))


class Guard:
    """Let through what the table of rights allows, within limits, and nothing else.

    Every address is kept only as a hash under a key of this run, in memory.
    """

    def __init__(self, app: App, *, front: Front, access: Access, limits: Limits) -> None:
        self._app, self._front, self._access, self._limits = app, front, access, limits
        self._key = os.urandom(32)
        self._tokens = Buckets(limits.per_token_s, limits.per_token_burst)
        self._addresses = Buckets(limits.per_address_s, limits.per_address_burst)
        self._public = Buckets(limits.public_per_s, limits.public_burst)
        self._wrong = Buckets(limits.wrong_tokens_per_s, limits.wrong_tokens_burst)
        self._plain: dict[str, dict[str, Right]] = {}
        self._patterns: list[tuple[re.Pattern[str], dict[str, Right]]] = []
        for right in RIGHTS:
            self._plain.setdefault(right.path, {})[right.method] = right
        for path in [path for path in self._plain if "{" in path]:
            pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", re.escape(path).replace(r"\{", "{")
                                        .replace(r"\}", "}")))  # fmt: skip
            self._patterns.append((pattern, self._plain.pop(path)))

    def before(self, app: App) -> Guard:
        """Stand before another application, too, and count what both are asked together."""
        other = copy(self)
        other._app = app  # noqa: SLF001 - its own kind
        return other

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no web sockets
            await send({"type": "websocket.close", "code": 1008})
            return
        heads = self._heads(scope["path"])
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message.get("headers", ()), *heads]
            await send(message)

        try:
            receive = await self._checked(scope, receive)
            await self._app(scope, receive, sent)
        except Refused as refused:
            if begun:
                raise
            await _answer(sent, refused)
        except Exception as error:  # noqa: BLE001 - answered as our fault, and logged
            _tell(scope, error)
            if begun:
                raise ConnectionAbortedError from None
            await _answer(sent, Refused(500, _OURS))

    def _heads(self, path: str) -> list[tuple[bytes, bytes]]:
        api = path.startswith("/api/") or path in {"/health", "/openapi.json"}
        return [
            *_EVERY, *((_SECURE,) if self._front.secure else ()),
            (b"content-security-policy", (API_POLICY if api else PAGE_POLICY).encode()),
            (b"cache-control", b"no-store" if api or path in _OF_PHONES else b"no-cache"),
        ]  # fmt: skip

    async def _checked(self, scope: Scope, receive: Receive) -> Receive:
        """Check a request before anything of its body is read; give what reads the body."""
        heads = _heads_of(scope)
        address = self._address(scope, heads)
        self._at_home(scope, heads)
        right = self._right(scope)
        caller = self._caller(heads, address)
        self._slow_down(caller, address)
        if caller.role not in right.roles:
            raise _not_allowed(caller, right)
        scope["caller"], scope["address"] = caller, address
        if right.method == "POST":
            return await self._body(heads, receive)
        return receive

    def _address(self, scope: Scope, heads: dict[bytes, bytes]) -> bytes:
        peer = scope["client"][0] if scope.get("client") else ""
        asks = self._front.client(peer, heads.get(b"x-forwarded-for", b"").decode("latin-1"))
        if asks is None:
            raise Refused(403, Fault("address", "is not the stated proxy's",
                                     "Ask by the address that was given out."))  # fmt: skip
        try:
            found = ip_address(asks)
            if isinstance(found, IPv6Address):  # a household has 2^64 of them
                asks = str(found.packed[:8])
        except ValueError:
            pass
        return hashlib.blake2b(asks.encode(), key=self._key, digest_size=16).digest()

    def _at_home(self, scope: Scope, heads: dict[bytes, bytes]) -> None:
        port = scope["server"][1] if scope.get("server") else 0
        host = heads.get(b"host", b"").decode("latin-1").lower()
        if not self._front.knows_host(host, port):
            raise Refused(400, Fault("Host", "is not this server's",
                                     "Ask by the address that was given out."))  # fmt: skip
        origin = heads.get(b"origin")
        if origin is not None and not self._front.knows_origin(
            origin.decode("latin-1").lower(), port
        ):
            raise Refused(
                403, Fault("Origin", "is another site's", "Ask from this server's pages.")
            )
        if scope["path"].startswith("/api/") and heads.get(b"sec-fetch-site") in {
            b"cross-site", b"same-site"
        }:  # fmt: skip
            raise Refused(403, Fault("Sec-Fetch-Site", "is another site",
                                     "Ask from this server's pages."))  # fmt: skip

    def _right(self, scope: Scope) -> Right:
        path = scope["path"]
        methods = self._plain.get(path) or next(
            (each for pattern, each in self._patterns if pattern.fullmatch(path)), None
        )
        if methods is None:
            raise Refused(404, Fault("path", "there is no such thing", "/openapi.json tells all."))
        if scope["method"] not in methods:
            fault = Fault("method", "is not for this path", "/openapi.json tells which is.")
            raise Refused(405, fault, Allow=", ".join(methods))
        return methods[scope["method"]]

    def _caller(self, heads: dict[bytes, bytes], address: bytes) -> Caller:
        said = heads.get(b"authorization")
        if said is None:
            return PUBLIC
        scheme, _, text = said.decode("latin-1").partition(" ")
        caller = self._access.caller(text.strip()) if scheme.lower() == "bearer" else None
        if caller is None:
            if wait_s := self._wrong.take(address):  # valid ones still pass, of all who share it
                raise _too_many(wait_s)
            raise Refused(401, Fault("Authorization", "holds no valid token",
                                     "Ask the coordinator for a new one."),
                          **{"WWW-Authenticate": 'Bearer error="invalid_token"'})  # fmt: skip
        return caller

    def _slow_down(self, caller: Caller, address: bytes) -> None:
        if caller.role == "public":
            wait_s = self._public.take(address)
        else:
            wait_s = self._tokens.take(caller.id) or self._addresses.take(address)
        if wait_s:
            raise _too_many(wait_s)

    async def _body(self, heads: dict[bytes, bytes], receive: Receive) -> Receive:
        """Read a body, no more and no longer than allowed; give what hands it on."""
        said = heads.get(b"content-length", b"0")
        if not said.isdigit() or len(said) > 12 or int(said) > self._limits.body_bytes:
            raise self._too_large()
        body = bytearray()
        try:
            async with asyncio.timeout(self._limits.body_s):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise Refused(400, Fault("body", "broke off", "Send it again."))
                    body += message.get("body", b"")
                    if len(body) > self._limits.body_bytes:
                        raise self._too_large()
                    if not message.get("more_body", False):
                        break
        except TimeoutError:
            raise Refused(408, Fault("body", "came too slowly", "Send it again.")) from None
        whole: list[Message] = [{"type": "http.request", "body": bytes(body), "more_body": False}]

        async def handed() -> Message:
            return whole.pop() if whole else await receive()

        return handed

    def _too_large(self) -> Refused:
        return Refused(413, Fault("body", f"is over {self._limits.body_bytes // 1024} KiB",
                                  "Send less at a time."), Connection="close")  # fmt: skip


def _heads_of(scope: Scope) -> dict[bytes, bytes]:
    heads: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name == b"x-forwarded-for" and name in heads:
            heads[name] += b"," + value
        elif name in {b"host", b"origin", b"authorization"} and name in heads:
            raise Refused(400, Fault(name.decode(), "is said twice", "Say it once."))
        else:
            heads[name] = value
    return heads


def _not_allowed(caller: Caller, right: Right) -> Refused:
    if caller.role == "public":
        return Refused(401, Fault("Authorization", "is missing", "Send a token."),
                       **{"WWW-Authenticate": "Bearer"})  # fmt: skip
    return Refused(403, Fault("role", f"{caller.role} may not do this",
                              f"It is for: {', '.join(right.roles)}."))  # fmt: skip


def _too_many(wait_s: float) -> Refused:
    return Refused(429, Fault("requests", "are too many", "Wait, and send it again."),
                   **{"Retry-After": str(max(1, round(wait_s + 0.5)))})  # fmt: skip


async def _answer(send: Send, refused: Refused) -> None:
    body = faults_body([refused.fault])
    heads = [(name.lower().encode(), value.encode()) for name, value in refused.headers.items()]
    await send({"type": "http.response.start", "status": refused.status, "headers": [
        (b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()),
        *heads]})  # fmt: skip
    await send({"type": "http.response.body", "body": body})


def _tell(scope: Scope, error: Exception) -> None:
    """Log where it failed, and nothing of what was sent: messages may quote it."""
    frames = "".join(traceback.format_list(traceback.extract_tb(sys.exc_info()[2])))
    _log.error("%s at %s %s\n%s", type(error).__name__, scope["method"],
               getattr(scope.get("route"), "path", ""), frames)  # fmt: skip
