"""Run the server: over a socket that is bound before anything else is promised."""

from __future__ import annotations

import gc
import logging
import socket
import sys
import threading
from typing import TYPE_CHECKING, Any, Self

from safepassage.api.app import make_app
from safepassage.base.errors import Defect, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import uvicorn

    from safepassage.api.desk import Settings
    from safepassage.api.rights import Role

__all__ = ["Server", "bound", "serve"]

_PATIENCE_S = 60
_SWITCH_S = 0.001
"""How long requests wait for the situation's thread to let go; Python's own is five times that."""


def bound(host: str, port: int) -> socket.socket:
    """Bind a socket; port 0 takes a free one.

    Raises
    ------
    InputError
        If the port is taken, or the address is not this machine's.

    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except (OSError, OverflowError) as error:
        made.close()
        raise InputError.one(
            f"{host}:{port}", f"cannot be listened on ({getattr(error, 'strerror', error)})",
            "Take another --port, or end the program that has it.",
        ) from error  # fmt: skip
    return made


def serve(
    settings: Settings, listening: socket.socket, *, certificate: Path | None = None,
    key: Path | None = None, ready: Callable[[], None] | None = None,
) -> None:  # fmt: skip
    """Serve until this program is told to stop; what was acknowledged by then is on disk.

    Parameters
    ----------
    settings
        What is served.
    listening
        A bound socket.
    certificate, key
        Files of TLS, if it is used.
    ready
        Called once, when requests are answered.

    """

    def begun() -> None:
        gc.collect()
        gc.freeze()  # what was loaded stays: looking it through again would hold everybody up
        if ready is not None:
            ready()

    sys.setswitchinterval(_SWITCH_S)
    _server(settings, certificate, key, begun).run(sockets=[listening])


class Server:
    """Be a server in a thread of this program, for an exercise or a test.

    Use it as ``with Server(settings) as server:``; ``server.url`` is where it answers.
    """

    def __init__(
        self, settings: Settings, *, host: str = "127.0.0.1", port: int = 0,
        certificate: Path | None = None, key: Path | None = None,
    ) -> None:  # fmt: skip
        self.settings = settings
        self._socket = bound(host, port)
        self.port: int = self._socket.getsockname()[1]
        scheme = "http" if certificate is None else "https"
        self.url = f"{scheme}://{f'[{host}]' if ':' in host else host}:{self.port}"
        self._ready = threading.Event()
        self._server = _server(settings, certificate, key, self._ready.set)
        self._thread = threading.Thread(target=self._run, name="server", daemon=True)

    def token(self, role: Role, label: str, corridors: Iterable[str] = ()) -> str:
        """Make a token that ends with this server."""
        return self.settings.access.add(role=role, label=label, corridors=corridors)

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    def __enter__(self) -> Self:
        self._thread.start()
        waited = 0.0
        while not self._ready.wait(0.05):
            waited += 0.05
            if waited > _PATIENCE_S or not self._thread.is_alive():
                raise Defect("The server did not start; its log says why.")
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(_PATIENCE_S)
        self._socket.close()


def _server(
    settings: Settings, certificate: Path | None, key: Path | None,
    ready: Callable[[], None] | None,
) -> uvicorn.Server:  # fmt: skip
    import uvicorn  # noqa: PLC0415

    from safepassage.api.wire import protocol  # noqa: PLC0415 - needs what only a server needs

    app = make_app(settings)
    config = uvicorn.Config(
        app, loop=_loop(), http=protocol(settings.front, settings.limits), ws="none", lifespan="on",
        access_log=False, log_config=None, log_level=logging.WARNING, server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75, timeout_graceful_shutdown=5, backlog=2048,
        limit_concurrency=settings.limits.watchers + 1000,
        ssl_certfile=None if certificate is None else str(certificate),
        ssl_keyfile=None if key is None else str(key),
    )  # fmt: skip

    class Ours(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started and ready is not None:
                ready()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            if hasattr(app.state.desk, "live"):
                app.state.desk.live.end()  # those who watch would stay for ever
            await super().shutdown(sockets)

    return Ours(config)


def _loop() -> Any:
    try:
        import uvloop  # noqa: F401, PLC0415
    except ImportError:  # no such thing for this system
        return "asyncio"
    return "uvloop"
