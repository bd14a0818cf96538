"""Say who may do what: one table, kept by the guard, told in the docs and tried by the tests.

What does not stand in it cannot be reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["LEVELS", "REPORTER_KINDS", "RIGHTS", "ROLES", "Right", "Role", "rights_table"]

Role = Literal["public", "reporter", "coordinator", "administrator"]
ROLES: tuple[Role, ...] = ("public", "reporter", "coordinator", "administrator")

LEVELS: dict[Role, Literal["public", "partners", "internal"]] = {
    "public": "public", "reporter": "partners", "coordinator": "internal",
    "administrator": "internal",
}  # fmt: skip
"""How much of the situation each role sees; a reporter's phone may be taken away."""

REPORTER_KINDS = ("passage", "movement", "incident", "status", "test movement", "note")
"""Kinds of events that a reporter may send."""

_ALL: tuple[Role, ...] = ROLES
_ROOM: tuple[Role, ...] = ("coordinator", "administrator")
_SENDERS: tuple[Role, ...] = ("reporter", "coordinator", "administrator")


@dataclass(frozen=True, slots=True)
class Right:
    """Hold which roles may use one route, and what it gives them."""

    method: Literal["GET", "POST"]
    path: str
    roles: tuple[Role, ...]
    gives: str


RIGHTS: tuple[Right, ...] = (
    Right("GET", "/", _ALL, "the operations room's page"),
    Right("GET", "/report", _ALL, "the reporters' page"),
    Right("GET", "/assets/{name}", _ALL, "scripts and styles of the pages"),
    Right("GET", "/sw.js", _ALL, "what lets the reporters' page work with no connection"),
    Right("GET", "/manifest.webmanifest", _ALL, "the reporters' page as an app"),
    Right("GET", "/health", _ALL, "whether the server and its ledger answer"),
    Right("GET", "/openapi.json", _ALL, "this interface, for machines"),
    Right("GET", "/api/me", _ALL, "one's own role, and the server's clock"),
    Right("GET", "/api/case", _ALL, "the case: place, hours, corridors; no positions for the "
          "public"),
    Right("GET", "/api/situation", _ALL, "the situation; for the public redacted and an hour old"),
    Right("GET", "/api/stream", _ALL, "news of the situation, once a second; once a minute for the "
          "public"),
    Right("GET", "/api/plan", _ROOM, "the plan in force, now or then, as its plan.json"),
    Right("GET", "/api/map", _ROOM, "the streets that the plan is drawn on"),
    Right("GET", "/api/events", _ROOM, "the ledger's entries, in pages"),
    Right("POST", "/api/events", _SENDERS, "adds events; reporters only theirs"),
    Right("POST", "/api/replan", _ROOM, "a new plan from here on, as a proposal"),
    Right("GET", "/api/replan/latest", _ROOM, "the latest proposal"),
    Right("POST", "/api/replan/{proposal}/adopt", _ROOM, "adopts a proposal, as an event"),
    Right("POST", "/api/replan/{proposal}/discard", _ROOM, "discards a proposal"),
    Right("GET", "/api/reports/{report}", _ROOM, "a report to print or send"),
    Right("GET", "/api/forms/passage.xlsx", _ROOM, "the form for phones, as XLSForm"),
    Right("GET", "/api/forms/passage.xml", _ROOM, "the form for phones, as XForm"),
    Right("POST", "/api/kobo", ("reporter",), "takes a submission of the form"),
    Right("GET", "/api/checkpoint", ("administrator",), "how the ledger stands, signed"),
    Right("GET", "/api/export.jsonl", ("administrator",), "the whole ledger"),
)  # fmt: skip
"""Every route there is."""


def rights_table() -> str:
    """Write the table as docs/server.md shows it."""
    rows = [
        f"| `{right.method} {right.path}` | "
        + " | ".join("yes" if role in right.roles else "–" for role in ROLES)
        + f" | {right.gives} |"
        for right in RIGHTS
    ]
    head = f"| route | {' | '.join(ROLES)} | gives |"
    return "\n".join((head, "| --- " * (len(ROLES) + 2) + "|", *rows))
