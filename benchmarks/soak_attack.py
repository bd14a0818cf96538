"""Send a running server thousands of spoilt submissions: refused clearly, or stored as meant.

    python benchmarks/soak_attack.py [--count 10000] [--seed 1]

Valid events are spoilt in up to four ways: types, unicode, sizes, nesting, numbers at limits,
times, keys said twice, NaN, ids used again, encodings, packed bodies, chunks, lengths that lie,
other content types. What is answered and what then stands in the ledger's file is held against a
plain reading of what was sent, which shares no code with the server:

- acknowledged: what is stored says exactly what was sent, once;
- refused: with a 4xx, as faults of a place, what is wrong and a remedy each, and not stored;
- never an error of the server's own, never silence.
"""

from __future__ import annotations

import argparse
import copy
import csv
import json
import logging
import random
import socket
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from spoilt import IDS, INSTANTS, LONGEST, PEOPLE, Request, spoilt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Answer", "Sender", "Told", "meant", "submitted"]

NOW = datetime(2016, 11, 4, 12, 0, tzinfo=UTC)
CORRIDOR = "castello-road"


@dataclass(frozen=True)
class Answer:
    """Hold a status and a body; 0 where the connection was closed without a word."""

    status: int
    body: bytes
    heads: bytes = b""


class Sender:
    """Say requests to a socket as they are: no client library mends them on the way."""

    def __init__(self, port: int, *, patience_s: float = 10) -> None:
        self.port, self.patience_s = port, patience_s

    def say(self, data: bytes) -> Answer:
        """Say bytes on a connection of their own, and read the first answer."""
        got = bytearray()
        with socket.create_connection(("127.0.0.1", self.port), self.patience_s) as sock:
            try:
                sock.sendall(data)
                while part := sock.recv(1 << 16):
                    got += part
                    if (done := _whole(bytes(got))) is not None:
                        return done
            except (ConnectionError, TimeoutError):
                pass
        return _whole(bytes(got), closed=True) or Answer(0, bytes(got))

    def post(
        self, path: str, body: bytes, token: str, *, heads: dict[str, str] | None = None,
        framing: str = "length",
    ) -> Answer:  # fmt: skip
        """Post a body, framed as told."""
        lines = {
            "Host": f"127.0.0.1:{self.port}", "Authorization": f"Bearer {token}",
            "Content-Type": "application/json", **(heads or {}),
        }  # fmt: skip
        sent = body
        if framing == "length":
            lines["Content-Length"] = str(len(body))
        elif framing == "chunks":
            lines["Transfer-Encoding"] = "chunked"
            parts = [body[n : n + 700] for n in range(0, len(body), 700)]
            sent = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
        elif framing == "short":  # what is left over must not be taken for a request
            lines["Content-Length"] = str(max(0, len(body) - 7))
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
        return self.say(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + sent)


def _whole(got: bytes, *, closed: bool = False) -> Answer | None:
    """Give an answer as soon as all of it has come."""
    head, mark, body = got.partition(b"\r\n\r\n")
    if not mark or not head.startswith(b"HTTP/1.1 "):
        return None
    status = int(head[9:12])
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line[15:])
            return Answer(status, body[:length], head) if len(body) >= length else None
    return Answer(status, body, head) if closed else None


def _strict(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key is said twice")
    return dict(pairs)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def meant(body: bytes) -> list[dict[str, Any]] | None:
    """Read what a body says, plainly; None where it says nothing that may be stored."""
    try:
        text = body.decode("utf-8")
        told = json.loads(text, object_pairs_hook=_strict, parse_constant=_no_constant)
        return [_event(each) for each in told["events"]] if set(told) == {"events"} else None
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def _event(said: dict[str, Any]) -> dict[str, Any]:
    event: dict[str, Any] = {"carrying": "not known"} if said["kind"] == "passage" else {}
    for key, value in said.items():
        if value is None or (key == "claims" and value == []):
            continue  # left out
        event[key] = _value(key, value)
    return event


def _value(key: str, value: Any) -> Any:
    if key in INSTANTS:
        moment = datetime.fromisoformat(value)
        if moment.utcoffset() is None:
            raise ValueError(value)
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if key in IDS:
        return str(UUID(value))
    if key in PEOPLE and type(value) is int:
        return {"best": value, "low": value, "high": value}
    if key in PEOPLE:
        return {"low": value["best"], "high": value["best"], **value}
    return value


@dataclass
class Told:
    """Count what came of it; ``wrong`` holds what broke a promise, with how to repeat it."""

    sent: int = 0
    stored: int = 0
    acknowledged_again: int = 0
    refused: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, bytes]] = field(default_factory=list)


def submitted(
    sender: Sender, token: str, valid: Callable[[int], dict[str, Any]],
    stored: Callable[[], list[dict[str, Any]]], *, count: int, seed: int,
) -> Told:  # fmt: skip
    """Send spoilt submissions, and after every fiftieth look at all that is stored.

    Parameters
    ----------
    sender
        Where to.
    token
        A coordinator's.
    valid
        Gives a new valid event by number.
    stored
        Gives all payloads in the ledger's order.
    count, seed
        How many, and which.

    """
    rng = random.Random(seed)  # noqa: S311 - a soak that repeats
    told, known = Told(), stored()
    for n in range(count):
        events = [valid(rng.randrange(1 << 40)) for _ in range(rng.choice((1, 1, 1, 2, 5)))]
        if known and rng.random() < 0.1:  # an id used again, or all of an event
            again = rng.choice(known)
            events[0] = (
                copy.deepcopy(again) if rng.random() < 0.5 else {**events[0], "id": again["id"]}
            )
        request = spoilt(rng, {"events": events})
        answer = sender.post("/api/events", request.body, token, heads=request.heads,
                             framing=request.framing)  # fmt: skip
        told.sent += 1
        told.statuses[answer.status] += 1
        told.ways.update(request.ways)
        expected = _judged(told, request, answer, known)
        if n % 50 == 49 or n == count - 1:
            now = stored()
            if now != expected:
                told.wrong.append(("not stored as meant", _differs(now, expected), request.body))
            known = now
            _still_takes(told, sender, token, valid(rng.randrange(1 << 40)), known)
        else:
            known = expected
        if len(told.wrong) > 5:
            break
    return told


def _differs(now: list[dict[str, Any]], expected: list[dict[str, Any]]) -> str:
    first = next((pair for pair in zip(now, expected, strict=False) if pair[0] != pair[1]), "")
    return f"{len(now)} stored, {len(expected)} expected; {first}"


def _still_takes(
    told: Told, sender: Sender, token: str, event: dict[str, Any], known: list[dict[str, Any]]
) -> None:
    """Send a valid event: it must be taken, or all refusals say nothing."""
    body = json.dumps({"events": [event]}).encode()
    answer = sender.post("/api/events", body, token)
    if answer.status != 200:
        told.wrong.append((f"a valid event was refused: {answer.status}", "", answer.body))
    else:
        known += meant(body) or []


def _judged(
    told: Told, request: Request, answer: Answer, known: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Hold an answer against a plain reading of what was sent; give what must be stored now."""

    def wrong(what: str) -> list[dict[str, Any]]:
        said = f"{answer.status} {answer.body[:300]!r}"
        how = f"{request.ways} {request.heads} {request.framing}"
        told.wrong.append((what, f"{said} {how}", request.body))
        return known

    if answer.status == 200:
        known, what = _acknowledged(told, request, answer, known)
        return wrong(what) if what else known
    if answer.status == 0 and len(request.body) > LONGEST:
        told.refused += 1  # cut off: the rest of it is not read, not even to answer
        return known
    if not 400 <= answer.status < 500:
        return wrong("an error of the server's own, or silence")
    told.refused += 1
    if what := unclear(answer):
        return wrong(what)
    return known


def _acknowledged(
    told: Told, request: Request, answer: Answer, known: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], str]:
    """Give what must be stored after an acknowledgement, and what is wrong with it, or nothing."""
    events = meant(request.body if request.framing != "short" else request.body[:-7])
    if events is None:
        return known, "acknowledged, and says nothing that may be stored"
    receipts = json.loads(answer.body)["receipts"]
    by_id = {each["id"]: each for each in known}
    once = {each["id"]: each for each in events}
    if [each["id"] for each in receipts] != list(once):
        return known, "acknowledged under other ids"
    for receipt in receipts:
        again = receipt["outcome"] == "already"
        before = by_id.get(receipt["id"])
        if again != (before is not None) or (again and before != once[receipt["id"]]):
            return known, "taken for another event"
        told.acknowledged_again += again
        told.stored += not again
    return known + [each for id_, each in once.items() if id_ not in by_id], ""


def unclear(answer: Answer) -> str:
    """Tell what is wrong with a refusal's words, or nothing."""
    if answer.body == b"Invalid HTTP request received." and answer.status == 400:
        return ""  # said before there is a request
    try:
        faults = json.loads(answer.body)["faults"]
    except (ValueError, KeyError, TypeError):
        return "a refusal that is no list of faults"
    for fault in faults:
        if set(fault) != {"place", "what", "remedy"} or not all(fault.values()):
            return "a fault without its place, what is wrong, or a remedy"
        if any(len(each) > 700 for each in fault.values()):
            return "a fault that goes on and on"
    return "" if faults else "a refusal without a reason"


def main() -> int:
    """Serve a case of our own, attack it, and give 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--csv", type=Path)
    asked = parser.parse_args()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as (port, token, stored):
        began = time.monotonic()
        told = submitted(Sender(port), token, _valid, stored, count=asked.count, seed=asked.seed)
        seconds = time.monotonic() - began
    row = {
        "sent": told.sent, "ways_to_spoil": len(told.ways), "stored": told.stored,
        "acknowledged_again": told.acknowledged_again, "refused": told.refused,
        **{f"status_{each}": told.statuses[each] for each in sorted(told.statuses)},
        "wrong": len(told.wrong), "seconds": round(seconds),
    }  # fmt: skip
    for name, value in row.items():
        print(f"{name:20} {value:,}")
    for what, how, body in told.wrong:
        print(f"WRONG: {what}: {how}\n  {body[:500]!r}")
    if asked.csv:
        with asked.csv.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([row.keys(), row.values()])
    return 1 if told.wrong else 0


def _valid(number: int) -> dict[str, Any]:
    """Give a valid event of one of six kinds, by number."""
    at = (NOW - timedelta(minutes=number % 90)).isoformat().replace("+00:00", "Z")
    kinds: tuple[dict[str, Any], ...] = (
        {"kind": "passage", "corridor": CORRIDOR, "people": {"low": 38, "best": 40, "high": 45},
         "counted": "over", "since": "2016-11-04T06:00:00Z", "carrying": "unarmed"},
        {"kind": "movement", "corridor": CORRIDOR, "stage": "turned back", "people": 12},
        {"kind": "incident", "what": "shelling", "times": 7, "injured": 2, "text": "سبع قذائف",
         "claims": [{"by": "Side A", "holds_responsible": "Side B"}]},
        {"kind": "window", "by": "Side A", "start": "2016-11-04T07:00:00Z",
         "end": "2016-11-04T17:00:00Z"},
        {"kind": "assurance", "party": "Side B", "words": '= None will be stopped.\n"Till dusk"',
         "expires_at": "2016-11-04T17:00:00+02:00"},
        {"kind": "correction", "corrects": str(UUID(int=1)), "text": "Counted twice"},
    )  # fmt: skip
    return {
        "id": str(UUID(int=(number << 60) | number, version=4)), "happened_at": at, "known_at": at,
        "source": "team-1", "means": "tally sheet", "status": "observed", **kinds[number % 6],
    }  # fmt: skip


@contextmanager
def _served(folder: Path) -> Iterator[tuple[int, str, Callable[[], list[dict[str, Any]]]]]:
    """Serve the founding case; give port, a coordinator's token, and what reads the ledger."""
    from safepassage import plan
    from safepassage.api.desk import Settings
    from safepassage.api.limits import Limits
    from safepassage.api.server import Server
    from safepassage.ledger.sqlite import SqliteLedger

    path = folder / "pause.ledger"
    SqliteLedger.make(path, now=NOW).close()
    open_to_all = Limits(
        per_token_s=1e6, per_token_burst=10**6, per_address_s=1e6, per_address_burst=10**6
    )

    def stored() -> list[dict[str, Any]]:
        with SqliteLedger(path, read_only=True) as ledger:
            return [entry.data or {} for entry in ledger.entries()]

    document = plan("aleppo-2016-11-04").as_json()
    with Server(
        Settings(plan=document, ledger=path, limits=open_to_all, clock=lambda: NOW)
    ) as server:
        yield server.port, server.token("coordinator", "desk"), stored


if __name__ == "__main__":
    sys.exit(main())
