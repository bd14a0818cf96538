"""Spoil submissions of events: what is said, how it is written, and how it is sent."""

from __future__ import annotations

import copy
import gzip
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

__all__ = ["IDS", "INSTANTS", "LONGEST", "PEOPLE", "Request", "spoilt"]

LONGEST = 256 * 1024
"""Bytes of a body that a server takes."""
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
class Request:
    """Hold a body, how it is sent, and in which ways it was spoilt."""

    body: bytes
    heads: dict[str, str]
    framing: str
    ways: tuple[str, ...]


def spoilt(rng: random.Random, told: Any) -> Request:
    """Spoil a submission in up to three ways."""
    ways: list[str] = []
    heads: dict[str, str] = {}
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
    return Request(body, heads, framing, tuple(ways))


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
