"""Open a ledger by what names it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from safepassage.base.errors import Fault, InputError
from safepassage.base.files import write_together
from safepassage.ledger.exchange import read_csv, read_jsonl, to_csv, to_jsonl
from safepassage.ledger.merge import Merged, add, merge, refuse_altered
from safepassage.ledger.sqlite import SqliteLedger
from safepassage.ledger.store import new_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from safepassage.ledger.chain import Entry, Head
    from safepassage.ledger.postgres import PostgresLedger
    from safepassage.ledger.store import Record, Store

__all__ = ["bring_in", "bring_out", "is_there", "make_ledger", "open_ledger", "open_record"]


_ADDRESSES = ("postgresql://", "postgres://")


def open_ledger(where: str | Path, *, read_only: bool = False) -> Store:
    """Open a ledger by its file, or by the address of a PostgreSQL database.

    Raises
    ------
    InputError
        If there is none.

    """
    if (address := _address(where)) is not None:
        return _postgres()(address)
    return SqliteLedger(where, read_only=read_only)


def make_ledger(
    where: str | Path, *, administrators: Sequence[str] = (), exercise: bool = False,
    now: datetime | None = None,
) -> Store:  # fmt: skip
    """Make a new, empty ledger in a file or a PostgreSQL database; nothing is overwritten.

    Parameters
    ----------
    where
        A new file, or the address of a database that holds no ledger.
    administrators
        Public keys, 64 hexadecimal digits each; any two may withdraw a payload.
    exercise
        Mark it as a rehearsal's, for good.
    now
        The clock, where not the machine's.

    """
    return _restored(where, new_head(administrators, exercise=exercise, now=now), ())


def _restored(where: str | Path, head: Head, entries: Iterable[Entry]) -> Store:
    if (address := _address(where)) is not None:
        return _postgres().restore(address, head, entries)
    return SqliteLedger.restore(where, head, entries)


def is_there(where: str | Path) -> bool:
    """Tell whether there is something under a ledger's name already."""
    if (address := _address(where)) is not None:
        return _postgres().is_there(address)
    return Path(where).exists()


def _address(where: str | Path) -> str | None:
    kind, sign, _ = str(where).partition("://")
    if not sign or isinstance(where, Path):
        return None
    if f"{kind}://" not in _ADDRESSES:
        raise InputError.one(f"{kind[:40]}://…", "is no address of a ledger",
                             "Name a file, or postgresql://USER@HOST/DATABASE.")  # fmt: skip
    return str(where)


def _postgres() -> type[PostgresLedger]:
    from safepassage.ledger.postgres import PostgresLedger  # noqa: PLC0415 - its driver is an extra

    return PostgresLedger


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
    with open_record(source) as other:
        if is_there(where):
            with open_ledger(where) as ledger:
                return merge(ledger, other, now=now)
        refuse_altered(other)
        with _restored(where, other.head, other.entries()) as ledger:
            return Merged(added=ledger.tip()[0])


def _from_csv(path: Path, where: str | Path, now: datetime | None) -> Merged:
    merged = Merged()
    if is_there(where):
        with open_ledger(where) as ledger:
            refuse_altered(ledger)
            add(ledger, read_csv(path, exercise=ledger.head.exercise), merged, now=now)
    else:
        events = read_csv(path, exercise=False)  # a faulty table leaves no ledger behind
        with make_ledger(where, now=now) as ledger:
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
    with open_record(where) as record:
        refuse_altered(record)
        texts = {file: "".join(ways[file.suffix](record)) for file in files}
    return [
        path
        for file, text in texts.items()
        for path in write_together(file.parent, {file.name: text})
    ]
