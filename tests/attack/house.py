"""Serve a small town for real, on a socket of this machine, to be attacked."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

import httpx

from ledger.ledgers import chance
from plan.towns import LINE, line_town
from safepassage import load_case, plan
from safepassage.api.desk import Settings
from safepassage.api.limits import Limits
from safepassage.api.server import Server
from safepassage.api.tokens import Access, new_token
from safepassage.ledger.sqlite import SqliteLedger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from safepassage.api.front import Front

START = datetime(2016, 11, 4, 8, 30, tzinfo=UTC)
"""When the server's clock begins: an hour and a half into the window."""
ROLES = ("public", "reporter", "coordinator", "administrator")
LABELS = {"public": "public", "reporter": "gate-2", "coordinator": "desk", "administrator": "chief"}
EAST = """
[[corridors]]
id = "east"
name = "East gate"
people_per_min_per_lane = 10
[corridors.position]
lat = 36.23
lon = 37.2
"""
OPEN = Limits(
    per_token_s=1e6, per_token_burst=10**6, per_address_s=1e6, per_address_burst=10**6,
    public_per_s=1e6, public_burst=10**6, wrong_tokens_per_s=1e6, wrong_tokens_burst=10**6,
)  # fmt: skip
"""Limits that no test meets by chance; those that are tried stand as they are."""


@dataclass
class House:
    """Hold a server that runs, what it keeps on disk, and a token for each role."""

    server: Server
    folder: Path
    tokens: dict[str, str]
    client: httpx.Client
    headers: dict[str, dict[str, str]] = field(default_factory=dict)

    def ask(self, method: str, path: str, role: str = "public", **more: Any) -> httpx.Response:
        """Ask as a role."""
        headers = {**self.auth(role), **more.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **more)

    def auth(self, role: str) -> dict[str, str]:
        """Give the header that a role's token is sent in."""
        return {} if role == "public" else {"Authorization": f"Bearer {self.tokens[role]}"}

    def send(self, *events: dict[str, Any], role: str = "coordinator") -> httpx.Response:
        """Send events."""
        return self.ask("POST", "/api/events", role, json={"events": events})

    def entries(self) -> list[dict[str, Any]]:
        """Read all that is stored, from the file itself."""
        with SqliteLedger(self.folder / "pause.ledger", read_only=True) as ledger:
            return [entry.data or {} for entry in ledger.entries()]

    def first(self, path: str, method: str = "GET") -> str:
        """Give the first lines of a request."""
        return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\n"

    def raw(self, data: bytes, *, more: tuple[bytes, ...] = (), wait_s: float = 5) -> bytes:
        """Say bytes to the server's socket, and read until it closes or falls silent."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=wait_s) as sock:
            for part in (data, *more):
                sock.sendall(part)
            return received(sock)


def received(sock: socket.socket) -> bytes:
    """Read until the other side closes or falls silent."""
    got = bytearray()
    try:
        while part := sock.recv(65536):
            got += part
    except (TimeoutError, ConnectionResetError):
        pass
    return bytes(got)


def town(folder: Path) -> dict[str, Any]:
    """Plan a town of two crossings; give what a server's settings need of it."""
    at = LINE.index("[[groups]]")
    made = plan(line_town(folder, LINE[:at] + EAST + LINE[at:]))
    return {"plan": made.as_json(), "map": made.map_json(), "case": load_case(str(folder))}


@contextmanager
def served(
    folder: Path, told: dict[str, Any], *, limits: Limits = OPEN, front: Front | None = None,
    exercise: bool = False,
) -> Iterator[House]:  # fmt: skip
    """Serve a town."""
    SqliteLedger.make(folder / "pause.ledger", now=START, exercise=exercise).close()
    tokens = {
        role: new_token(
            folder / "access.json", role=role, label=LABELS[role],
            corridors=("gate",) if role == "reporter" else (),
        )[0]
        for role in ROLES if role != "public"
    }  # fmt: skip
    began = monotonic()
    settings = Settings(
        ledger=folder / "pause.ledger", access=Access(folder / "access.json"), limits=limits,
        clock=lambda: START + timedelta(seconds=monotonic() - began), **told,
        **({} if front is None else {"front": front}),
    )  # fmt: skip
    with Server(settings) as server, httpx.Client(base_url=server.url, timeout=20) as client:
        yield House(server, folder, tokens, client)


def said(number: int, **more: Any) -> dict[str, Any]:
    """Give an event as a reporter of the gate sends it: a count of people."""
    rng = chance(number)
    at = (START - timedelta(minutes=rng.randrange(60))).isoformat().replace("+00:00", "Z")
    return {
        "id": f"{rng.getrandbits(48):012x}"[:8] + f"-0000-4000-8000-{number:012x}",
        "kind": "passage", "happened_at": at, "known_at": at, "source": "gate-2",
        "means": "tally sheet", "status": "observed", "corridor": "gate",
        "people": {"low": 38, "best": 40, "high": 45}, "counted": "in all", **more,
    }  # fmt: skip
