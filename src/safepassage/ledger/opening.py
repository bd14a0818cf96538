"""Open a ledger by what names it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from safepassage.base.errors import Fault, InputError
from safepassage.base.files import write_together
from safepassage.ledger.exchange import read_csv, read_jsonl, to_csv, to_jsonl
from safepassage.ledger.merge import Merged, add, merge, refuse_altered
from safepassage.ledger.sqlite import SqliteLedger

if TYPE_CHECKING:
    from datetime import datetime

    from safepassage.ledger.store import Record

__all__ = ["bring_in", "bring_out", "open_ledger", "open_record"]


def open_ledger(where: str | Path, *, read_only: bool = False) -> SqliteLedger:
    """Open a ledger by its file.

    Raises
    ------
    InputError
        If there is none, or an address names a database that this version cannot use.

    """
    if "://" in str(where):
        raise InputError.one(
            str(where).split("://", maxsplit=1)[0] + "://…", "is an address, and ledgers are files",
            "Name a file; databases by address are not supported.",
        )  # fmt: skip
    return SqliteLedger(where, read_only=read_only)


def open_record(where: str | Path) -> Record:
    """Open what can be verified: a ledger, or its export as JSON Lines."""
    if str(where).endswith(".jsonl"):
        return read_jsonl(Path(where))
    return open_ledger(where, read_only=True)


def bring_in(source: str | Path, where: str | Path, *, now: datetime | None = None) -> Merged:
    """Bring an export, a table of events or another ledger into a ledger.

    Where there is no ledger yet, JSON Lines make the same one again, with its chain, and
    anything else makes a new one.

    Returns
    -------
    What was added, and what was not.

    """
    if str(source).endswith(".csv"):
        return _from_csv(Path(source), where, now)
    other = open_record(source)
    if Path(where).exists() or "://" in str(where):
        with open_ledger(where) as ledger:
            return merge(ledger, other, now=now)
    refuse_altered(other)
    with SqliteLedger.restore(where, other.head, other.entries()) as ledger:
        return Merged(added=ledger.tip()[0])


def _from_csv(path: Path, where: str | Path, now: datetime | None) -> Merged:
    merged = Merged()
    if Path(where).exists() or "://" in str(where):
        with open_ledger(where) as ledger:
            refuse_altered(ledger)
            add(ledger, read_csv(path, exercise=ledger.head.exercise), merged, now=now)
    else:
        events = read_csv(path, exercise=False)  # a faulty table leaves no ledger behind
        with SqliteLedger.make(where, now=now) as ledger:
            add(ledger, events, merged, now=now)
    return merged


def bring_out(where: str | Path, *files: Path) -> list[Path]:
    """Write a ledger to files: JSON Lines where they end in ``.jsonl``, CSV in ``.csv``.

    Raises
    ------
    InputError
        If the ledger was altered, or a file ends otherwise.

    """
    ways = {".jsonl": to_jsonl, ".csv": to_csv}
    if faults := [
        Fault(str(file), "ends in neither .jsonl nor .csv", "Name it so that its format is told.")
        for file in files if file.suffix not in ways
    ]:  # fmt: skip
        raise InputError(faults)
    record = open_record(where)
    refuse_altered(record)
    return [
        path
        for file in files
        for path in write_together(file.parent, {file.name: "".join(ways[file.suffix](record))})
    ]
