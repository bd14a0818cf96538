"""Time how fast entries are folded into a situation, and how long it takes to tell one.

    python benchmarks/bench_situation.py [--events 120000] [--crowded] [--plan PLAN.json]

A made-up day of ten hours on the corridors of the Aleppo case, or of the plan.json named, is
given as entries in memory: counts by 40 sources, each on a corridor of its own (`--crowded`: all
of them on every corridor), statuses, movements, incidents, and one correction in a hundred, in
no order. 120,000 events are those of 2,000 a second for a minute; rows for each tenth show
whether time and memory grow. Seconds are of the processor, so that other work does not count.
Aims: 20,000 events a second, and a situation in 0.25 s; crowded, in 1 s.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import tracemalloc
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from table import kept

from safepassage.case import load_case
from safepassage.ledger.chain import Entry, Head, canonical
from safepassage.ledger.expected import Expected
from safepassage.ledger.fold import Fold

if TYPE_CHECKING:
    from collections.abc import Iterator

PER_S, TELL_S, TELL_CROWDED_S = 20_000, 0.25, 1.0
SOURCES, HOURS = 40, 10
COLUMNS = ("events", "per_s", "settle_ms", "situation_ms", "document_kb", "held_mb", "missed")
TENTHS = 10
HEAD = Head(ledger=str(UUID(int=1, version=4)), made_at="2016-11-04T00:00:00Z", exercise=True)


class Kept:
    """Be a record whose entries are looked up at once."""

    head, name = HEAD, "made up"

    def __init__(self) -> None:
        self.rows: dict[str, Entry] = {}

    def find(self, id_: UUID) -> Entry | None:
        """Find an entry."""
        return self.rows.get(str(id_))

    def entries(self, *, after: int = 0) -> Iterator[Entry]:
        """Give all entries."""
        return (row for row in self.rows.values() if row.sequence > after)


def payloads(
    count: int, expected: Expected, rng: random.Random, *, crowded: bool
) -> Iterator[dict[str, Any]]:
    """Make events of a day."""
    ids = [str(UUID(int=rng.getrandbits(128), version=4)) for _ in range(count)]
    corridors = [each.id for each in expected.corridors]
    for number, id_ in enumerate(ids):
        at = expected.start + timedelta(seconds=rng.randrange(HOURS * 3600))
        team = rng.randrange(SOURCES)
        said = {
            "id": id_, "happened_at": text(at), "known_at": text(at + timedelta(minutes=1)),
            "means": "tally sheet", "status": "observed", "source": f"team-{team}",
        }  # fmt: skip
        corridor = rng.choice(corridors) if crowded else corridors[team % len(corridors)]
        kind = rng.random()
        people = {"low": 9, "best": 10, "high": 11}
        if kind < 0.01 and number:
            yield {**said, "kind": "correction", "corrects": rng.choice(ids[:number]), "text": "-"}
        elif kind < 0.02:
            yield {**said, "kind": "incident", "what": "shooting", "corridor": corridor}
        elif kind < 0.05:
            yield {**said, "kind": "status", "corridor": corridor, "state": "open"}
        elif kind < 0.08:
            yield {**said, "kind": "movement", "corridor": corridor, "stage": "reached",
                   "people": people}  # fmt: skip
        elif kind < 0.2:
            total = dict.fromkeys(people, number // SOURCES)
            yield {**said, "kind": "passage", "corridor": corridor, "people": total,
                   "counted": "in all", "carrying": "unarmed"}  # fmt: skip
        else:
            since = text(at - timedelta(seconds=rng.randrange(60, 1200)))
            yield {**said, "kind": "passage", "corridor": corridor, "people": people,
                   "counted": "over", "since": since, "carrying": "unarmed"}  # fmt: skip


def text(moment: datetime) -> str:
    """Write a moment as payloads hold it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def entries(count: int, expected: Expected, *, crowded: bool) -> list[Entry]:
    """Chain the events of a day."""
    rng = random.Random(1)  # noqa: S311 - a day that repeats
    rows, previous = [], HEAD.hash
    for number, payload in enumerate(payloads(count, expected, rng, crowded=crowded), start=1):
        row = Entry.made(number, payload["id"], "2016-11-04T08:00:00.000000Z",
                         canonical(payload), bytes(32), previous)  # fmt: skip
        rows.append(row)
        previous = row.hash
    return rows


def measured(expected: Expected, rows: list[Entry], tell_s: float) -> Iterator[dict[str, Any]]:
    """Fold a tenth of the entries after another, and tell the situation after each."""
    record = Kept()
    fold = Fold(expected, record)  # type: ignore[arg-type] - all that a fold reads of a record
    at = expected.start + timedelta(hours=HOURS)
    tenth = max(1, len(rows) // TENTHS)
    for begin in range(0, len(rows), tenth):
        some = rows[begin : begin + tenth]
        record.rows |= {row.id: row for row in some}
        start = time.process_time()
        for row in some:
            fold.add(row)
        folded = time.process_time()
        fold.settle()
        settled = time.process_time()
        document = fold.situation(at).as_json()
        told = time.process_time()
        row_: dict[str, Any] = {
            "events": begin + len(some), "per_s": round(len(some) / (folded - start)),
            "settle_ms": round(1000 * (settled - folded), 1),
            "situation_ms": round(1000 * (told - settled), 1),
            "document_kb": len(json.dumps(document)) // 1024,
        }  # fmt: skip
        yield {**row_, "missed": "; ".join(missed(row_, tell_s))}


def held(expected: Expected, rows: list[Entry]) -> float:
    """Give the memory that a fold of all of them holds, entries apart [MB]."""
    record = Kept()
    record.rows = {row.id: row for row in rows}
    tracemalloc.start()
    fold = Fold(expected, record)  # type: ignore[arg-type]
    fold.catch_up()
    fold.settle()
    size = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return size


def missed(row: dict[str, Any], tell_s: float) -> Iterator[str]:
    """Say what a row promises and does not hold."""
    if row["per_s"] < PER_S:
        yield f"{row['per_s']:,} events a second, not {PER_S:,}"
    if row["situation_ms"] > 1000 * tell_s:
        yield f"{row['situation_ms']:g} ms, not {1000 * tell_s:g}"


def main() -> int:
    """Measure and print; write the table where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=120_000)
    parser.add_argument("--crowded", action="store_true")
    parser.add_argument("--plan", type=Path)
    parser.add_argument("--csv", type=Path)
    given = parser.parse_args()
    expected = (
        Expected.of_document(json.loads(given.plan.read_text(encoding="utf-8")))
        if given.plan
        else Expected.of_case(load_case("aleppo-2016-11-04"))
    )
    rows = entries(given.events, expected, crowded=given.crowded)
    found = list(measured(expected, rows, TELL_CROWDED_S if given.crowded else TELL_S))
    print("| events | folded, a second | settled, ms | told, ms | document, kB | held, MB |")
    print("| --- |" + " --- |" * 5)
    for row in found:
        if row["events"] in {found[0]["events"], found[-1]["events"]}:
            row["held_mb"] = round(held(expected, rows[: row["events"]]), 1)
        row.setdefault("held_mb", "")
        print(
            f"| {row['events']:,} | {row['per_s']:,} | {row['settle_ms']} | "
            f"{row['situation_ms']} | {row['document_kb']} | {row['held_mb']} |", flush=True,
        )  # fmt: skip
    return kept(found, COLUMNS, given.csv, lambda row: f"{row['events']:,} events")


if __name__ == "__main__":
    sys.exit(main())
