"""Soak the ledger: clients killed while they write, and a disk that is full.

    python benchmarks/soak_ledger.py [--kills 200] [--clients 8] [--full FOLDER]

Clients of one SQLite ledger are killed with SIGKILL at random moments, and started again, until
`--kills` of them have died. Nothing acknowledged may be lost, nothing doubled, the chain whole.
`--full` names an empty folder on a small file system of its own, such as one made by
`mount -t tmpfs -o size=2m tmpfs FOLDER`: it is filled, must refuse, be readable, and go on.
"""

from __future__ import annotations

import argparse
import csv
import random
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from safepassage.ledger.events import Note
from safepassage.ledger.sqlite import SqliteLedger
from safepassage.ledger.store import NoRoom
from safepassage.ledger.verify import verify

BATCH = 25
NOW = datetime(2016, 11, 4, 12, 0, tzinfo=UTC)


def batch(text: str = "x") -> list[Note]:
    """Make new events."""
    return [
        Note(id=uuid4(), happened_at=NOW, known_at=NOW, source="soak", means="own action",
             status="observed", text=text)
        for _ in range(BATCH)
    ]  # fmt: skip


def client(path: str) -> None:
    """Write batch after batch, and say what was acknowledged."""
    with SqliteLedger(path) as ledger:
        while True:
            receipts = ledger.append(batch())
            sys.stdout.write("".join(f"{each.id}\n" for each in receipts))
            sys.stdout.flush()


def started(path: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start a client; what it says is kept in a file, so that nothing waits for it."""
    with log.open("ab") as file:
        return subprocess.Popen([sys.executable, __file__, "--client", str(path)], stdout=file)


def killed(folder: Path, kills: int, clients: int, seed: int) -> dict[str, object]:
    """Kill clients at random moments, then look at what is left."""
    rng = random.Random(seed)  # noqa: S311 - a soak that repeats
    path = folder / "killed.ledger"
    SqliteLedger.make(path).close()
    logs = [folder / f"{n}.log" for n in range(clients)]
    running = [started(path, log) for log in logs]
    began = time.monotonic()
    for _ in range(kills):
        time.sleep(rng.uniform(0.05, 0.5))
        n = rng.randrange(clients)
        running[n].send_signal(signal.SIGKILL)
        running[n].wait()
        running[n] = started(path, logs[n])
    for each in running:
        each.send_signal(signal.SIGKILL)
        each.wait()
    seconds = time.monotonic() - began
    said = {line for log in logs for line in log.read_text().split("\n") if len(line) == 36}
    with SqliteLedger(path) as ledger:
        stored = [entry.id for entry in ledger.entries()]
        whole = verify(ledger).whole
    return {
        "kills": kills, "clients": clients, "seconds": round(seconds), "acknowledged": len(said),
        "stored": len(stored), "lost": len(said - set(stored)),
        "doubled": len(stored) - len(set(stored)), "broken_batches": len(stored) % BATCH,
        "chain_whole": whole,
    }  # fmt: skip


def filled(folder: Path) -> dict[str, object]:
    """Fill a small disk, and make room again."""
    ballast = folder / "ballast"
    ballast.write_bytes(b"\0" * 300_000)
    with SqliteLedger.make(folder / "full.ledger") as ledger:
        stored, message = 0, ""
        while not message:
            try:
                stored += len(ledger.append(batch("full " * 300)))
            except NoRoom as error:
                message = str(error)
        readable = sum(1 for _ in ledger.entries()) == stored and verify(ledger).whole
        ballast.unlink()
        stored += len(ledger.append(batch()))
        goes_on = sum(1 for _ in ledger.entries()) == stored and verify(ledger).whole
    return {"full_refused": message != "", "full_readable": readable, "full_goes_on": goes_on}


def main() -> int:
    """Run what was asked for, and give 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full", type=Path)
    parser.add_argument("--csv", type=Path)
    parser.add_argument("--client", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.client:
        client(asked.client)
    with tempfile.TemporaryDirectory() as folder:
        row = killed(Path(folder), asked.kills, asked.clients, asked.seed)
    good = row["chain_whole"] and not (row["lost"] or row["doubled"] or row["broken_batches"])
    if asked.full:
        full = filled(asked.full)
        good = good and all(full.values())
        row |= full
    for name, value in row.items():
        print(f"{name:16} {value}")
    if asked.csv:
        with asked.csv.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([row.keys(), row.values()])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
