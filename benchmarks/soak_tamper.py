"""Tamper with a ledger's stored values and with its file, and see whether it is found.

    python benchmarks/soak_tamper.py [--entries 1000] [--bytes 10000]

- Every value of every column of every entry is altered by a byte, with the store's own rules taken
  out and put back: `verify` must find it and name that entry.
- Every byte of every value of every entry is altered, one at a time, as the chain is followed.
- Random bytes of the file are altered: that must be found, or the file refused with one message,
  or, where the byte holds nothing that is stored, everything must read as it was.
"""

from __future__ import annotations

import argparse
import csv
import random
import sqlite3
import sys
import tempfile
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from safepassage.base.errors import InputError
from safepassage.ledger.events import event_of
from safepassage.ledger.sqlite import _RULES, SqliteLedger
from safepassage.ledger.verify import _Look, verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.ledger.chain import Entry

NOW = datetime(2016, 11, 4, 12, 0, tzinfo=UTC)
COLUMNS = ("sequence", "id", "received_at", "salt", "payload", "digest", "hash")
KINDS = {"salt": "BLOB", "sequence": "INTEGER"}


def made(path: Path, count: int, rng: random.Random) -> list[Entry]:
    """Make a ledger of counts, incidents and notes, all of it in one file."""
    kinds: tuple[dict[str, Any], ...] = (
        {"kind": "passage", "corridor": "castello", "people": 40, "counted": "over"},
        {"kind": "incident", "what": "shelling", "times": 7, "text": "سبع قذائف"},
        {"kind": "note", "text": "Fog; the far gate cannot be seen"},
    )
    with SqliteLedger.make(path, now=NOW) as ledger:
        for n in range(count):
            at = NOW - timedelta(minutes=n % 300)
            event = event_of({
                "id": UUID(int=rng.getrandbits(128), version=4), "happened_at": at, "known_at": at,
                "source": "team-1", "means": "tally sheet", "status": "observed", **kinds[n % 3],
                **({"since": at - timedelta(minutes=15)} if n % 3 == 0 else {}),
            })  # fmt: skip
            ledger.append([event], now=NOW)
        rows = list(ledger.entries())
    alone(path)
    return rows


def alone(path: Path) -> None:
    """Bring all of a ledger into its one file."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = DELETE").fetchall()
    db.close()


def tampered_values(path: Path, rows: list[Entry], rng: random.Random) -> dict[str, int]:
    """Alter a byte of each value, one value at a time, as who knows SQLite can."""
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
    found = named = 0
    for row in rows:
        for column in COLUMNS:
            change, back, mark = _changes(row, column, len(rows), rng)
            _alter(db, column, change, row.sequence)
            with SqliteLedger(path, read_only=True) as ledger:
                verdict = verify(ledger)
            found += not verdict.whole
            named += verdict.first is not None and verdict.first.sequence == row.sequence
            _alter(db, column, back, mark)
    db.close()
    with SqliteLedger(path, read_only=True) as ledger:
        whole_again = verify(ledger).whole
    return {"values": len(rows) * len(COLUMNS), "values_found": found, "values_named": named,
            "whole_again": int(whole_again)}  # fmt: skip


def _changes(row: Entry, column: str, count: int, rng: random.Random) -> tuple[bytes, bytes, int]:
    """Give what a value becomes, what it was, and under which number the row then is."""
    if column == "sequence":  # where a number of digits is another's, it could not be stored
        beyond = count + rng.randint(1, 255)
        return str(beyond).encode(), str(row.sequence).encode(), beyond
    value = getattr(row, column)
    raw = value if isinstance(value, bytes) else value.encode()
    at = rng.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ rng.randint(1, 255)]) + raw[at + 1 :], raw, row.sequence


def _alter(db: sqlite3.Connection, column: str, value: bytes, sequence: int) -> None:
    db.execute("BEGIN")
    for name in _RULES:
        db.execute(f"DROP TRIGGER {name}")
    db.execute(
        f"UPDATE entries SET {column} = CAST(? AS {KINDS.get(column, 'TEXT')}) WHERE sequence = ?",  # noqa: S608
        (value, sequence),
    )
    for rule in _RULES.values():
        db.execute(rule)
    db.execute("COMMIT")


def tampered_bytes(path: Path, rng: random.Random) -> dict[str, int]:
    """Alter every byte of every value; each entry is looked at as `verify` does."""
    count = found = 0
    with SqliteLedger(path, read_only=True) as ledger:
        look = _Look(ledger.head, 0)  # as far as the entry before: all else would be done again
        for row in ledger.entries():
            before = deepcopy(look)
            for other in _altered(row, rng):
                count += 1
                if look.at(other):
                    found += 1
                else:
                    look = deepcopy(before)
            if what := look.at(row):
                raise AssertionError(what)
    return {"bytes": count, "bytes_found": found}


def _altered(row: Entry, rng: random.Random) -> Iterator[Entry]:
    for column in COLUMNS:
        value = getattr(row, column)
        if isinstance(value, int):
            raw = value.to_bytes(8)
        else:
            raw = value if isinstance(value, bytes) else value.encode()
        for at in range(len(raw)):
            new = raw[:at] + bytes([raw[at] ^ rng.randint(1, 255)]) + raw[at + 1 :]
            if isinstance(value, int):
                yield replace(row, **{column: int.from_bytes(new)})
            elif isinstance(value, bytes):
                yield replace(row, **{column: new})
            else:
                yield replace(row, **{column: new.decode("utf-8", "surrogateescape")})


def tampered_file(path: Path, rows: list[Entry], count: int, rng: random.Random) -> dict[str, int]:
    """Alter random bytes of the file, one at a time; an eighth of them in its first page."""
    data = path.read_bytes()
    other = path.with_name("flipped.ledger")
    told = {"file_bytes": count, "file_found": 0, "file_refused": 0, "file_nothing_stored": 0,
            "file_missed": 0}  # fmt: skip
    for n in range(count):
        at = rng.randrange(len(data) if n % 8 else 4096)
        other.write_bytes(data[:at] + bytes([data[at] ^ rng.randint(1, 255)]) + data[at + 1 :])
        told[f"file_{_outcome(other, rows)}"] += 1
    for left in path.parent.glob("flipped.ledger*"):
        left.unlink()
    return told


def _outcome(path: Path, rows: list[Entry]) -> str:
    try:
        with SqliteLedger(path, read_only=True) as ledger:
            if not verify(ledger).whole:
                return "found"
            same = list(ledger.entries()) == rows
            return "nothing_stored" if same and _all_known(ledger, rows) else "missed"
    except InputError:
        return "refused"
    finally:
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)


def _all_known(ledger: SqliteLedger, rows: list[Entry]) -> bool:
    """Tell whether each id is still known, so that sending it again would count once."""
    return all(ledger.find(UUID(row.id)) == row for row in rows)


def tried(folder: Path, entries: int, count: int, seed: int) -> dict[str, int]:
    """Try all three."""
    rng = random.Random(seed)  # noqa: S311 - a soak that repeats
    path = folder / "whole.ledger"
    rows = made(path, entries, rng)
    return {
        "entries": entries, **tampered_bytes(path, rng), **tampered_file(path, rows, count, rng),
        **tampered_values(path, rows, rng),
    }  # fmt: skip


def held(row: dict[str, int]) -> bool:
    """Tell whether every promise was kept."""
    return (
        row["values_found"] == row["values_named"] == row["values"]
        and row["bytes_found"] == row["bytes"]
        and row["file_missed"] == 0
        and row["whole_again"] == 1
    )


def main() -> int:
    """Run what was asked for, and give 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--bytes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--csv", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        row = tried(Path(folder), asked.entries, asked.bytes, asked.seed)
    for name, value in row.items():
        print(f"{name:20} {value:,}")
    if asked.csv:
        with asked.csv.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([row.keys(), row.values()])
    return 0 if held(row) else 1


if __name__ == "__main__":
    sys.exit(main())
