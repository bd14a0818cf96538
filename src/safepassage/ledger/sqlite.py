"""Keep a ledger in one SQLite file: write-ahead log, synced at each batch, rules against change."""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote
from uuid import UUID, uuid4

from safepassage.base.errors import InputError
from safepassage.ledger.chain import Entry, Head
from safepassage.ledger.store import IdTaken, NoRoom, Receipt, Writing, laid_out, new_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from safepassage.ledger.events import Withdrawal

__all__ = ["SqliteLedger"]

_log = logging.getLogger(__name__)

_APPLICATION = 0x53504C31
"""Marks the file as a ledger of this program, as SQLite's header provides for."""
_VERSION = 1
_PAGE = 500
_PATIENCE_S = 10.0
_LOG_PAGES = 8000
"""Of 4 KiB in the write-ahead log before it is brought into the file, which holds writers up: the
more at once, the more seldom (measured: with 1,000 the slowest hundredth took twice as long)."""
_FIRST = -(2**63)

_RULES = {
    "head_is_kept": (
        "CREATE TRIGGER head_is_kept BEFORE UPDATE ON head "
        "BEGIN SELECT RAISE(ABORT, 'a ledger is never changed'); END"
    ),
    "head_is_not_deleted": (
        "CREATE TRIGGER head_is_not_deleted BEFORE DELETE ON head "
        "BEGIN SELECT RAISE(ABORT, 'a ledger is never changed'); END"
    ),
    "entries_follow": (
        "CREATE TRIGGER entries_follow BEFORE INSERT ON entries WHEN "
        "NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM entries) "
        "OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'an entry follows the last, under an id of its own'); END"
    ),
    "entries_are_kept": (
        "CREATE TRIGGER entries_are_kept BEFORE UPDATE ON entries WHEN NOT ("
        "NEW.payload IS NULL AND NEW.salt IS NULL AND NEW.sequence = OLD.sequence "
        "AND NEW.id = OLD.id AND NEW.received_at = OLD.received_at "
        "AND NEW.digest = OLD.digest AND NEW.hash = OLD.hash AND EXISTS ("
        "SELECT 1 FROM entries AS w WHERE w.sequence > OLD.sequence "
        "AND json_extract(w.payload, '$.kind') = 'withdrawal' "
        "AND json_extract(w.payload, '$.withdraws') = OLD.id)) "
        "BEGIN SELECT RAISE(ABORT, 'a ledger is never changed'); END"
    ),
    "entries_are_not_deleted": (
        "CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries "
        "BEGIN SELECT RAISE(ABORT, 'a ledger is never changed'); END"
    ),
}
_TABLES = (
    "CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), head TEXT NOT NULL) STRICT",
    """
    CREATE TABLE entries (
        sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, received_at TEXT NOT NULL,
        salt BLOB, payload TEXT, digest TEXT NOT NULL, hash TEXT NOT NULL
    ) STRICT
    """,
)
_SELECT = "SELECT sequence, id, received_at, salt, payload, digest, hash FROM entries"
_INSERT = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)"


class SqliteLedger(Writing):
    """Be a ledger in a SQLite file; one may be used from several threads and programs."""

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        """Open a ledger that is there; ``make`` makes a new one.

        Raises
        ------
        InputError
            If there is none, the file is no ledger, or a later version's.

        """
        self.path = Path(path)
        self._lock = threading.RLock()
        self._tidying: sqlite3.Connection | None = None
        if not self.path.is_file():
            raise InputError.one(str(path), "there is no such ledger", "Make it first, or mend "
                                 "the name.")  # fmt: skip
        with _told(self.name):
            self._db = _connected(self.path, read_only=read_only)
            try:
                self.head = self._read_head()  # before any setting: what is no ledger is left be
                if not read_only:
                    _set(self._db)
            except BaseException:
                self._db.close()
                raise

    @classmethod
    def make(
        cls, path: str | Path, *, administrators: Sequence[str] = (), exercise: bool = False,
        now: datetime | None = None,
    ) -> SqliteLedger:  # fmt: skip
        """Make a new, empty ledger; nothing that is there is overwritten.

        Parameters
        ----------
        path
            The new file.
        administrators
            Public keys, 64 hexadecimal digits each; any two may withdraw a payload.
        exercise
            Mark it as a rehearsal's, for good.
        now
            The clock, where not the machine's.

        """
        head = new_head(administrators, exercise=exercise, now=now)
        return cls.restore(path, head, ())

    @classmethod
    def restore(cls, path: str | Path, head: Head, entries: Iterable[Entry]) -> SqliteLedger:
        """Make a file of a head and entries as they were, such as an export holds.

        The file appears only when it is whole.
        """
        final = Path(path)
        beside = final.with_name(f".{final.name}.{uuid4().hex[:8]}")
        with _told(str(final)):
            if final.exists():
                raise InputError.one(str(final), "is there already", "Name a new file.")
            try:
                _fill(beside, head, entries)
                _put_in_place(beside, final)
            finally:
                for left in (beside, *(Path(f"{beside}{end}") for end in ("-wal", "-shm"))):
                    left.unlink(missing_ok=True)
        return cls(final)

    @property
    def name(self) -> str:
        """Say what messages call it."""
        return str(self.path)

    def erase(self, withdrawal: Withdrawal, *, now: datetime | None = None) -> Receipt:
        """Record a withdrawal and drop the payload it names, from the file's free pages, too."""
        receipt = self._withdrawn(withdrawal, now)
        with self._lock:
            try:
                ((busy, *_),) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            except sqlite3.OperationalError:  # the withdrawal stands; a full disk, say
                busy = 1
        if busy:
            _log.warning("%s-wal still holds what was withdrawn, until others stop reading: then "
                         "open and close the ledger.", self.name)  # fmt: skip
        return receipt

    def tidy(self) -> None:
        """Move what the log holds into the file beside those who write.

        Left to them, they would do it all at once, every few thousand pages, and everybody
        would wait for the disk. Not to be called from two threads at once.
        """
        if self._tidying is None:
            self._tidying = _connected(self.path, read_only=False)
            self._tidying.execute("PRAGMA synchronous = FULL")
        with suppress(sqlite3.OperationalError):  # a full disk is for those who write to tell
            self._tidying.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def _write(
        self, batches: Sequence[Mapping[str, str]], now: datetime, *, erased: str | None = None
    ) -> list[tuple[Receipt, ...] | IdTaken]:
        with self._lock, _told(self.name):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                known = self._known([id_ for ready in batches for id_ in ready])
                new, outcomes = laid_out(batches, known, self.tip(), now)
                self._db.executemany(_INSERT, map(_row, new))
                if erased is not None:
                    self._db.execute(
                        "UPDATE entries SET salt = NULL, payload = NULL WHERE id = ?", (erased,)
                    )
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a full disk has rolled back by itself
                    self._db.execute("ROLLBACK")
                raise
        return outcomes

    def _known(self, ids: list[str]) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for start in range(0, len(ids), _PAGE):
            some = ids[start : start + _PAGE]
            marks = ", ".join("?" * len(some))
            rows = self._db.execute(f"{_SELECT} WHERE id IN ({marks})", some)
            found |= {row[1]: _entry(row) for row in rows}
        return found

    def find(self, id_: UUID) -> Entry | None:
        """Find an entry by its client's id."""
        with self._lock, _told(self.name):
            return self._known([str(id_)]).get(str(id_))

    def tip(self) -> tuple[int, str]:
        """Give the last sequence number and its hash; 0 and the head's hash where empty."""
        with self._lock, _told(self.name):
            row = self._db.execute(
                "SELECT sequence, hash FROM entries ORDER BY sequence DESC LIMIT 1"
            ).fetchone()
        return (row[0], row[1]) if row else (0, self.head.hash)

    def entries(self, *, after: int = 0) -> Iterator[Entry]:
        """Give all entries after a sequence number, in their order."""
        last = after or _FIRST  # a row put before the first is to be seen, too
        while True:
            with self._lock, _told(self.name):
                rows = self._db.execute(
                    f"{_SELECT} WHERE sequence > ? ORDER BY sequence LIMIT ?",
                    (last, _PAGE),
                ).fetchall()
            if not rows:
                return
            yield from map(_entry, rows)
            last = rows[-1][0]

    def undone(self) -> Iterator[str]:
        """Tell which of the rules against change are missing, and what SQLite finds damaged.

        A damaged index holds no value of its own, but would let an id be stored twice.
        """
        with self._lock, _told(self.name):
            there = dict(
                self._db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            )
            damaged = [row[0] for row in self._db.execute("PRAGMA integrity_check(1)")]
        for name, rule in _RULES.items():
            if there.get(name) != rule:
                yield f"the rule '{name}' was taken out or changed"
        if damaged != ["ok"]:
            yield f"the file is damaged ({' '.join(damaged[0].split())})"

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            if self._tidying is not None:
                self._tidying.close()
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read_head(self) -> Head:
        (mark,) = self._db.execute("PRAGMA application_id").fetchone()
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if mark != _APPLICATION:
            raise InputError.one(self.name, "is a database, but no ledger",
                                 "Name the file that a ledger was made in.")  # fmt: skip
        if version != _VERSION:
            raise InputError.one(
                self.name, f"is a ledger of a later version (format {version})",
                f"This program reads format {_VERSION}: take a newer safepassage.",
            )  # fmt: skip
        row = self._db.execute("SELECT head FROM head").fetchone()
        try:
            return Head.read(row[0])
        except (ValueError, TypeError) as error:
            raise InputError.one(self.name, "its head was altered or is gone",
                                 "Go back to a copy or an export.") from error  # fmt: skip


def _connected(path: Path, *, read_only: bool) -> sqlite3.Connection:
    where = f"file:{quote(str(path.absolute()))}?mode={'ro' if read_only else 'rw'}"
    if read_only and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        where += "&immutable=1"  # the log's index could not be made beside it
    db = sqlite3.connect(
        where, uri=True, isolation_level=None, check_same_thread=False, timeout=_PATIENCE_S
    )
    db.text_factory = _text
    return db


def _set(db: sqlite3.Connection) -> None:
    for setting in ("journal_mode = WAL", "synchronous = FULL", "fullfsync = ON",
                    "secure_delete = ON", f"wal_autocheckpoint = {_LOG_PAGES}"):  # fmt: skip
        db.execute(f"PRAGMA {setting}").fetchall()


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")  # altered bytes are to be read and found


def _fill(path: Path, head: Head, entries: Iterable[Entry]) -> None:
    path.touch(mode=0o600, exist_ok=False)  # its owner's alone, and so is the log beside it
    db = _connected(path, read_only=False)
    try:
        _set(db)
        db.execute("BEGIN IMMEDIATE")
        db.execute(f"PRAGMA application_id = {_APPLICATION}")
        db.execute(f"PRAGMA user_version = {_VERSION}")
        for statement in (*_TABLES, *_RULES.values()):
            db.execute(statement)
        db.execute("INSERT INTO head VALUES (1, ?)", (head.written(),))
        db.executemany(_INSERT, map(_row, entries))
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        db.close()


def _put_in_place(beside: Path, final: Path) -> None:
    try:
        os.link(beside, final)  # fails where another program was first
    except FileExistsError:
        raise InputError.one(str(final), "is there already", "Name a new file.") from None
    except OSError:  # a file system without links
        beside.rename(final)
    folder = os.open(final.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _row(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.sequence, entry.id, entry.received_at, entry.salt, entry.payload, entry.digest,
        entry.hash,
    )  # fmt: skip


def _entry(row: Sequence[Any]) -> Entry:
    sequence, id_, received_at, salt, payload, digest, hash_ = row
    return Entry(
        sequence=sequence, id=id_, received_at=received_at, salt=salt, payload=payload,
        digest=digest, hash=hash_,
    )  # fmt: skip


_MESSAGES = {
    # what is asked never changes: where SQLite cannot make sense of it, its tables were changed
    sqlite3.SQLITE_ERROR: ("is damaged", "Go back to a copy or an export; change nothing in it."),
    sqlite3.SQLITE_NOTADB: ("is no ledger", "Name the file that a ledger was made in."),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "Go back to a copy or an export; change nothing in it."),
    sqlite3.SQLITE_BUSY: ("is being written by another program", "Try again."),
    sqlite3.SQLITE_READONLY: ("cannot be written", "Ask for the right to write the file."),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", "Check the name and the rights of its folder."),
    sqlite3.SQLITE_IOERR: ("is on a disk that fails", "Nothing of this was stored; try a copy."),
}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn what SQLite and the disk say into one message."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            raise _no_room(name) from error
        if code not in _MESSAGES:
            raise
        what, remedy = _MESSAGES[code]
        raise InputError.one(name, f"{what} ({error})", remedy) from error
    except UnicodeDecodeError as error:  # SQLite quotes what is damaged, and sqlite3 trips over it
        what, remedy = _MESSAGES[sqlite3.SQLITE_CORRUPT]
        raise InputError.one(name, f"{what} (its schema cannot be read)", remedy) from error
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise _no_room(name) from error
        raise InputError.one(name, f"cannot be written ({error.strerror})",
                             "Check the name and the rights of its folder.") from error  # fmt: skip


def _no_room(name: str) -> InputError:
    return NoRoom.one(name, "the disk is full; nothing of this was stored, all else can be read",
                      "Make room on the disk, and send it again.")  # fmt: skip
