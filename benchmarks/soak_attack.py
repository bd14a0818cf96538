"""Send a running server thousands of spoilt submissions: refused clearly, or stored as meant.

    python benchmarks/soak_attack.py [--count 10000] [--kobo 2000] [--seed 1]

Valid events are spoilt in up to four ways: types, unicode, sizes, nesting, numbers at limits,
times, keys said twice, NaN, ids used again, encodings, packed bodies, chunks, lengths that lie,
other content types. What is answered and what then stands in the ledger's file is held against a
plain reading of what was sent, which shares no code with the server:

- acknowledged: what is stored says exactly what was sent, once;
- refused: with a 4xx, as faults of a place, what is wrong and a remedy each, and not stored;
- never an error of the server's own, never silence.
"""

from __future__ import annotations

import copy
import gzip
import json
import random
import socket
import zlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Answer", "Sender", "Told", "meant", "submitted"]

LONGEST = 256 * 1024
STRINGS = (
    "", " ", "\t", "x" * 2000, "x" * 2001, "x" * 120_000, "\x00", "a\x00b", "\x1b[2J", "\r\nX: y",
    "\u202eabc", "\u2066x", "\ufeff", "\u200d", "e\u0301" * 40, "\u0301" * 300, "ﷺ" * 100,
    "😀" * 500,
    "ﬁ", "Ａ", "castello\u200b", "Castello", "gate ", "gate\n", "東", "سبع قذائف", "семь мин",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>',
    "javascript:alert(1)", "=1+1", "@SUM(A1)", "+1", "-1", "'; DROP TABLE entries; --",
    "' OR 1=1 --",
    "../../etc/passwd", "file:///etc/passwd", "{{7*7}}", "${jndi:ldap://x}", "%s%s%n", "%00",
    "%0d%0a",
    "null", "true", "NaN", "0", "1e400", "0x10", "__proto__", "constructor", "\\", '"', "\ud800",
    "\udfff\ud800", "a\ud83d", "\uffff", "\U0010ffff", "\ue000",
)  # fmt: skip
NUMBERS = (
    "0", "-0", "-1", "1", "100000000", "100000001", "2147483648", "9007199254740993",
    "9223372036854775808", "18446744073709551616", "1" + "0" * 400, "1" + "0" * 5000, "1e2", "1E+2",
    "40.0", "40.5", "1e400", "-1e400", "1e-400", "NaN", "Infinity", "-Infinity", "+1", "01", "0x10",
    "1_000", "1.", ".5", "1e", "٤٠",
)  # fmt: skip
TIMES = (
    "2016-11-04", "2016-11-04T07:30", "2016-11-04T07:30:00", "2016-11-04T07:30Z",
    "2016-11-04T07:30:00.1Z", "2016-11-04T07:30:00.123456789Z", "2016-11-04T07:30:00,5Z",
    "2016-11-04 07:30:00Z", "2016-11-04t07:30:00z", "20161104T073000Z", "2016-W44-5T07:30:00Z",
    "2016-309T07:30:00Z", "2016-02-30T07:30:00Z", "2016-11-04T24:00:00Z", "2016-11-04T23:59:60Z",
    "2016-11-04T25:00:00Z", "2016-11-04T07:30:00+02:00", "2016-11-04T07:30:00+23:59",
    "2016-11-04T07:30:00-23:59", "2016-11-04T07:30:00+24:00", "2016-11-04T07:30:00+02:00:30",
    "2016-11-04T07:30:00-00:00", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00",
    "1899-12-31T23:59:59Z", "1900-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-14:00", "+12016-11-04T07:30:00Z", "٢٠١٦-١١-٠٤T٠٧:٣٠:٠٠Z", "now",
    "yesterday",
    "1478244600", "2016-11-04T07:30:00Z ", " 2016-11-04T07:30:00Z",
    "2016-11-04T07:30:00[Asia/Damascus]",
    "04/11/2016 07:30", "2016-11-04T07:30:00 Z", "2099-01-01T00:00:00Z", "2016-11-04T07:30:00ZZ",
)  # fmt: skip
KEYS = (
    "name", "phone", "lat", "lon", "device_id", "photo", "__proto__", "constructor", "Kind",
    "kind ",
    "id\u0000", "withdraws", "digest", "signatures", "sequence", "hash", "received_at", "salt",
    "ｋind", "x" * 5000, "", "$ref", "model_config",
)  # fmt: skip
INSTANTS = {"happened_at", "known_at", "since", "start", "end", "expires_at"}
IDS = {"id", "corrects", "instead"}
PEOPLE = {"people", "killed", "injured"}


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
        request = _spoilt(rng, events)
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


@dataclass(frozen=True)
class _Request:
    body: bytes
    heads: dict[str, str]
    framing: str
    ways: tuple[str, ...]


def _judged(
    told: Told, request: _Request, answer: Answer, known: list[dict[str, Any]]
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
    told: Told, request: _Request, answer: Answer, known: list[dict[str, Any]]
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


def _spoilt(rng: random.Random, events: list[dict[str, Any]]) -> _Request:
    """Spoil a submission in up to three ways."""
    ways: list[str] = []
    heads: dict[str, str] = {}
    told: Any = {"events": events}
    raws: dict[str, str] = {}
    for _ in range(rng.choice((0, 1, 1, 1, 1, 2, 2, 3))):
        change = rng.choice(_CHANGES)
        ways.append(change.__name__.strip("_"))
        told = change(rng, told, raws)
    text = json.dumps(told, ensure_ascii=rng.random() < 0.5)
    for mark, raw in raws.items():
        text = text.replace(f'"{mark}"', raw)
    framing = "length"
    body = text.encode("utf-8", "surrogatepass")
    if rng.random() < 0.3:
        change = rng.choice(_BODIES)
        ways.append(change.__name__.strip("_"))
        body, heads, framing = change(rng, text, body)
    return _Request(body, heads, framing, tuple(ways))


def _somewhere(rng: random.Random, told: Any) -> Iterator[tuple[Any, Any]]:
    """Give containers and keys of a document, in a random order."""
    found: list[tuple[Any, Any]] = []

    def walk(value: Any) -> None:
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in list(pairs):
            found.append((value, key))
            if isinstance(each, (dict, list)):
                walk(each)

    walk(told)
    rng.shuffle(found)
    return iter(found)


def _replace(rng: random.Random, told: Any, value: Any, among: set[str] | None = None) -> Any:
    for holder, key in _somewhere(rng, told):
        if among is None or key in among:
            holder[key] = value
            break
    return told


def _another_type(rng: random.Random, told: Any, _: dict[str, str]) -> Any:
    value = rng.choice(
        (None, True, False, 0, 1.5, "40", "", [], {}, [1], {"best": 1}, [[]], {"a": {}})
    )
    return _replace(rng, told, copy.deepcopy(value))


def _odd_string(rng: random.Random, told: Any, _: dict[str, str]) -> Any:
    among = None if rng.random() < 0.4 else {"text", "by", "party", "words", "place", "source"}
    return _replace(rng, told, rng.choice(STRINGS), among)


def _added_text(rng: random.Random, told: Any, _: dict[str, str]) -> Any:
    for event in told["events"] if isinstance(told.get("events"), list) else ():
        if isinstance(event, dict):
            event["text"] = rng.choice(STRINGS)
    return told


def _odd_number(rng: random.Random, told: Any, raws: dict[str, str]) -> Any:
    mark = f"raw-{len(raws)}"
    raws[mark] = rng.choice(NUMBERS)
    return _replace(rng, told, mark, {"low", "best", "high", "people", "times", "killed"})


def _odd_time(rng: random.Random, told: Any, _: dict[str, str]) -> Any:
    return _replace(rng, told, rng.choice(TIMES), INSTANTS)


def _odd_id(rng: random.Random, told: Any, _: dict[str, str]) -> Any:
    id_ = str(UUID(int=rng.getrandbits(128), version=4))
    odd = rng.choice((
        id_.upper(), f"{{{id_}}}", f"urn:uuid:{id_}", id_.replace("-", ""), id_[:-1],
        f"{id_}0", f" {id_}",
        f"{id_} ", "00000000-0000-0000-0000-000000000000", "١" + id_[1:], id_.replace("-",
        "_"), 7, None,
        "ffffffff-ffff-ffff-ffff-ffffffffffff", "0" * 5000,
    ))  # fmt: skip
    return _replace(rng, told, odd, IDS)


def _same_id(_: random.Random, told: Any, __: dict[str, str]) -> Any:
    events = told.get("events")
    if isinstance(events, list) and len(events) > 1 and all(isinstance(e, dict) for e in events):
        events[1]["id"] = events[0].get("id")
    return told


def _left_out(rng: random.Random, told: Any, _: dict[str, str]) -> Any:
    holder, key = next(_somewhere(rng, told), (None, None))
    if holder:
        del holder[key]
    return told


def _added_key(rng: random.Random, told: Any, _: dict[str, str]) -> Any:
    holders = [holder for holder, _ in _somewhere(rng, told) if isinstance(holder, dict)]
    if holders:
        rng.choice(holders)[rng.choice(KEYS)] = rng.choice(("x", 1, None, {}, []))
    return told


def _another_kind(rng: random.Random, told: Any, _: dict[str, str]) -> Any:
    kinds = (
        "passage", "movement", "incident", "status", "window", "contact", "assurance", "decision",
        "plan", "test movement", "correction", "note", "withdrawal", "Passage", "",
    )  # fmt: skip
    return _replace(rng, told, rng.choice(kinds), {"kind"})


def _said_twice(rng: random.Random, told: Any, raws: dict[str, str]) -> Any:
    """Say a key twice: with the same value, or with another."""
    holders = [(h, k) for h, k in _somewhere(rng, told) if isinstance(h, dict)]
    if holders:
        holder, key = holders[0]
        mark = f"raw-{len(raws)}"
        value = json.dumps(holder[key])
        other = rng.choice((value, '"other"', "7", "null"))
        raws[mark] = f"{value}, {json.dumps(key)}: {other}"
        holder[key] = mark
    return told


def _deep(rng: random.Random, told: Any, raws: dict[str, str]) -> Any:
    depth = rng.choice((5, 100, 1000, 30_000))
    left, right = rng.choice((("[", "]"), ('{"best":', "}"), ('{"":', "}")))
    mark = f"raw-{len(raws)}"
    raws[mark] = left * depth + "1" + right * (depth if rng.random() < 0.7 else 0)
    return _replace(rng, told, mark)


def _many(rng: random.Random, told: Any, _: dict[str, str]) -> Any:
    events = told.get("events")
    if isinstance(events, list) and events:
        told["events"] = (events * 51)[: rng.choice((0, 50, 51))]
    return told


def _claims(rng: random.Random, told: Any, _: dict[str, str]) -> Any:
    claim = {"by": "Side A", "holds_responsible": rng.choice(("Side B", *STRINGS[:20]))}
    return _replace(rng, told, [dict(claim) for _ in range(rng.choice((0, 1, 20, 21, 300)))],
                    {"claims", "text"})  # fmt: skip


_CHANGES: tuple[Callable[[random.Random, Any, dict[str, str]], Any], ...] = (
    _another_type, _another_type, _odd_string, _odd_string, _added_text, _odd_number, _odd_number,
    _odd_time, _odd_time, _odd_id, _same_id, _left_out, _added_key, _another_kind, _said_twice,
    _deep,
    _many, _claims,
)  # fmt: skip

_Sent = tuple[bytes, dict[str, str], str]


def _encoded(rng: random.Random, text: str, _: bytes) -> _Sent:
    name = rng.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1256", "utf-8-sig", "utf-7"))
    heads = {} if rng.random() < 0.5 else {"Content-Type": f"application/json; charset={name}"}
    return text.encode(name, "replace"), heads, "length"


def _packed(rng: random.Random, _: str, body: bytes) -> _Sent:
    way = rng.choice(("gzip", "deflate", "br", "identity", "gzip, gzip"))
    packed = {"gzip": gzip.compress(body), "deflate": zlib.compress(body),
              "gzip, gzip": gzip.compress(gzip.compress(body))}.get(way, body)  # fmt: skip
    return packed, {"Content-Encoding": way}, "length"


def _bomb(_: random.Random, __: str, ___: bytes) -> _Sent:
    return gzip.compress(b" " * 5_000_000), {"Content-Encoding": "gzip"}, "length"


def _of_another_type(rng: random.Random, _: str, body: bytes) -> _Sent:
    kind = rng.choice((
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "",
        "application/xml", "application/json; charset=utf-8", "APPLICATION/JSON",
        "application/jsonx",
        "application/json-patch+json", "application/ld+json", "text/html,application/json",
    ))  # fmt: skip
    return body, {"Content-Type": kind}, "length"


def _in_chunks(_: random.Random, __: str, body: bytes) -> _Sent:
    return body, {}, "chunks"


def _of_a_lying_length(_: random.Random, __: str, body: bytes) -> _Sent:
    return body, {}, "short"


def _of_an_odd_length(rng: random.Random, _: str, body: bytes) -> _Sent:
    said = rng.choice(("-1", "+5", "0x10", "1e3", "99999999999999999999", "5, 5", "abc", ""))
    return body, {"Content-Length": said}, "as said"


def _of_two_lengths(_: random.Random, __: str, body: bytes) -> _Sent:
    return body, {"Content-Length": str(len(body)), "Transfer-Encoding": "chunked"}, "as said"


def _cut_off(rng: random.Random, _: str, body: bytes) -> _Sent:
    return body[: rng.randrange(len(body) + 1)], {}, "length"


def _with_more(rng: random.Random, _: str, body: bytes) -> _Sent:
    more = rng.choice((b"}", b"\n" + body, b" // x", b"\x00", b",", b"\xff", b" \n\t "))
    return (body + more, {}, "length") if rng.random() < 0.7 else (more + body, {}, "length")


def _with_bytes_changed(rng: random.Random, _: str, body: bytes) -> _Sent:
    changed = bytearray(body)
    for _n in range(rng.choice((1, 1, 3, 20))):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed), {}, "length"


def _too_large(rng: random.Random, _: str, body: bytes) -> _Sent:
    return body + b" " * rng.choice((LONGEST - len(body), LONGEST, 3 * LONGEST)), {}, rng.choice(
        ("length", "chunks"))  # fmt: skip


_BODIES: tuple[Callable[[random.Random, str, bytes], _Sent], ...] = (
    _encoded, _packed, _bomb, _of_another_type, _in_chunks, _of_a_lying_length, _of_an_odd_length,
    _of_two_lengths, _cut_off, _with_more, _with_bytes_changed, _too_large,
)  # fmt: skip
