"""Make events and ledgers for tests."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

from safepassage.ledger.events import event_of

NOW = datetime(2016, 11, 4, 12, 0, tzinfo=UTC)


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - for tests that repeat


def uuid(seed: int) -> str:
    return str(UUID(int=chance(seed).getrandbits(128), version=4))


def said(number: int, **more: object) -> dict[str, object]:
    """Give the fields that all events share."""
    at = (NOW - timedelta(minutes=number % 300)).isoformat()
    return {
        "id": uuid(number), "happened_at": at, "known_at": at, "source": "team-1",
        "means": "tally sheet", "status": "observed", **more,
    }  # fmt: skip


def each_kind(number: int = 0) -> list[dict[str, object]]:
    """Give one event of every kind that may be sent."""
    corridor = {"corridor": "castello"}
    kinds: list[dict[str, object]] = [
        {"kind": "passage", **corridor, "people": {"low": 38, "best": 40, "high": 45},
         "counted": "over", "since": "2016-11-04T06:00:00Z", "carrying": "unarmed"},
        {"kind": "movement", **corridor, "stage": "turned back", "people": 12, "by": "Side A"},
        {"kind": "incident", "what": "shelling", "times": 7, "injured": 2, "place": "Castello road",
         "claims": [{"by": "Side A", "holds_responsible": "Side B"}], "text": "سبع قذائف"},
        {"kind": "status", **corridor, "state": "closed"},
        {"kind": "window", "by": "Side A", "start": "2016-11-04T07:00:00Z",
         "end": "2016-11-04T17:00:00Z"},
        {"kind": "contact", "party": "Side B", "answered": False},
        {"kind": "assurance", "party": "Side B", "words": '= Nobody will be stopped.\n"Till dusk"',
         "expires_at": "2016-11-04T17:00:00+02:00", **corridor},
        {"kind": "decision", "by": "coordinator", "decision": "stop", "text": "Road under fire"},
        {"kind": "plan", "by": "coordinator", "plan_sha256": "ab" * 32},
        {"kind": "test movement", **corridor, "result": "passed"},
        {"kind": "correction", "corrects": uuid(-1), "text": "Counted twice"},
        {"kind": "note", "text": "Fog; the far gate cannot be seen, no radio"},
        {"kind": "notification", "party": "Side A", "step": "objected", "pack_sha256": "cd" * 32,
         "text": "Not by that road"},
    ]  # fmt: skip
    return [said(number * 100 + i, **kind) for i, kind in enumerate(kinds)]


def events(count: int, start: int = 0):
    """Give many events of all kinds."""
    rows = [row for n in range(start, start + count // 12 + 1) for row in each_kind(n)]
    return [event_of(row) for row in rows[:count]]
