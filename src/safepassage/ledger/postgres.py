"""Keep a ledger in PostgreSQL: one to a database, or to a schema named in the address."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

from safepassage.base.errors import InputError
from safepassage.ledger.chain import Entry, Head
from safepassage.ledger.store import IdTaken, NoRoom, Receipt, Writing, laid_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    import psycopg

    from safepassage.ledger.events import Withdrawal

__all__ = ["PostgresLedger"]

_log = logging.getLogger(__name__)

_PAGE = 500
_PATIENCE_S = 10
_FIRST = -(2**63)

_KEPT = """
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'ledger_entries' THEN
        IF NEW.payload IS NULL AND NEW.salt IS NULL
            AND (NEW.sequence, NEW.id, NEW.received_at, NEW.digest, NEW.hash)
                = (OLD.sequence, OLD.id, OLD.received_at, OLD.digest, OLD.hash)
            AND EXISTS (
                SELECT 1 FROM ledger_entries AS w WHERE w.sequence > OLD.sequence
                AND w.payload::jsonb ->> 'kind' = 'withdrawal'
                AND w.payload::jsonb ->> 'withdraws' = OLD.id
            )
        THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'a ledger is never changed';
END
"""
_FOLLOWS = """
BEGIN
    IF NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM ledger_entries) THEN
        RAISE EXCEPTION 'an entry follows the last';
    END IF;
    RETURN NEW;
END
"""
_BODIES = {"ledger_kept": _KEPT, "ledger_follows": _FOLLOWS}
_RULES = {
    "head_is_kept": "BEFORE UPDATE OR DELETE ON ledger_head FOR EACH ROW",
    "head_is_not_emptied": "BEFORE TRUNCATE ON ledger_head FOR EACH STATEMENT",
    "entries_are_kept": "BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW",
    "entries_are_not_emptied": "BEFORE TRUNCATE ON ledger_entries FOR EACH STATEMENT",
    "entries_follow": "BEFORE INSERT ON ledger_entries FOR EACH ROW",
}
_TABLES = (
    "CREATE TABLE ledger_head (one integer PRIMARY KEY CHECK (one = 1), head text NOT NULL)",
    """
    CREATE TABLE ledger_entries (
        sequence bigint PRIMARY KEY, id text NOT NULL UNIQUE, received_at text NOT NULL,
        salt bytea, payload text, digest text NOT NULL, hash text NOT NULL
    )
    """,
)
_COLUMNS = ("sequence", "id", "received_at", "salt", "payload", "digest", "hash")
_SELECT = "SELECT sequence, id, received_at, salt, payload, digest, hash FROM ledger_entries"
_INSERT = "INSERT INTO ledger_entries VALUES (%s, %s, %s, %s, %s, %s, %s)"


class PostgresLedger(Writing):
    """Be a ledger in a PostgreSQL database; several programs may write it at once."""

    def __init__(self, address: str) -> None:
        """Open a ledger that is there; ``restore`` makes one.

        Raises
        ------
        InputError
            If the database cannot be reached, or holds no ledger.

        """
        self._address = address
        self.name = _shown(address)
        self._lock = threading.RLock()
        self._open: psycopg.Connection[Any] | None = None
        with self._using() as db:
            row = db.execute("SELECT to_regclass('ledger_head')").fetchone()
            if row is None or row[0] is None:
                self.close()
                raise InputError.one(self.name, "holds no ledger", "Make it first, or mend the "
                                     "address.")  # fmt: skip
            row = db.execute("SELECT head FROM ledger_head").fetchone()
        try:
            self.head = Head.read(row[0] if row else "")
        except ValueError as error:
            self.close()
            raise InputError.one(
                self.name, "is a later version's ledger, or its head was altered",
                "Take a newer safepassage, or go back to an export.",
            ) from error  # fmt: skip

    @classmethod
    def is_there(cls, address: str) -> bool:
        """Tell whether a database holds a ledger."""
        with _told(_shown(address)), _connected(address) as db:
            row = db.execute("SELECT to_regclass('ledger_head')").fetchone()
            return row is not None and row[0] is not None

    @classmethod
    def restore(cls, address: str, head: Head, entries: Iterable[Entry]) -> PostgresLedger:
        """Make a ledger of a head and entries as they were, all or nothing."""
        name = _shown(address)
        with _told(name), _connected(address) as db, db.transaction():
            row = db.execute("SELECT to_regclass('ledger_head')").fetchone()
            if row is not None and row[0] is not None:
                raise InputError.one(name, "holds a ledger already", "Name another database.")
            for statement in _TABLES:
                db.execute(statement)
            for function, body in _BODIES.items():
                db.execute(f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql "
                           f"AS $body${body}$body$".encode())  # fmt: skip
            for rule, when in _RULES.items():
                function = "ledger_follows" if rule == "entries_follow" else "ledger_kept"
                db.execute(f"CREATE TRIGGER {rule} {when} EXECUTE FUNCTION {function}()".encode())
            db.execute("INSERT INTO ledger_head VALUES (1, %s)", (head.written(),))
            with db.cursor() as cursor:
                cursor.executemany(_INSERT, [_row(entry) for entry in entries])
        return cls(address)

    def erase(self, withdrawal: Withdrawal, *, now: datetime | None = None) -> Receipt:
        """Record a withdrawal and drop the payload it names; the table is written anew."""
        receipt = self._withdrawn(withdrawal, now)
        try:
            with self._using() as db:
                db.execute("VACUUM FULL ledger_entries")
        except InputError as error:  # the withdrawal stands; a full disk, say
            _log.warning("%s still holds what was withdrawn, until VACUUM FULL ledger_entries has "
                         "been run (%s).", self.name, error)  # fmt: skip
        return receipt

    def _write(
        self, batches: Sequence[Mapping[str, str]], now: datetime, *, erased: str | None = None
    ) -> list[tuple[Receipt, ...] | IdTaken]:
        with self._using() as db, db.transaction():
            db.execute("LOCK TABLE ledger_entries IN SHARE ROW EXCLUSIVE MODE")
            known = _known(db, [id_ for ready in batches for id_ in ready])
            new, outcomes = laid_out(batches, known, self.tip(), now)
            with db.cursor() as cursor:
                cursor.executemany(_INSERT, [_row(entry) for entry in new])
            if erased is not None:
                db.execute(
                    "UPDATE ledger_entries SET salt = NULL, payload = NULL WHERE id = %s", (erased,)
                )
        return outcomes

    def find(self, id_: UUID) -> Entry | None:
        """Find an entry by its client's id."""
        with self._using() as db:
            return _known(db, [str(id_)]).get(str(id_))

    def tip(self) -> tuple[int, str]:
        """Give the last sequence number and its hash; 0 and the head's hash where empty."""
        with self._using() as db:
            row = db.execute(
                "SELECT sequence, hash FROM ledger_entries ORDER BY sequence DESC LIMIT 1"
            ).fetchone()
        return (row[0], row[1]) if row else (0, self.head.hash)

    def entries(self, *, after: int = 0) -> Iterator[Entry]:
        """Give all entries after a sequence number, in their order."""
        last = after or _FIRST
        while True:
            with self._using() as db:
                rows = db.execute(
                    f"{_SELECT} WHERE sequence > %s ORDER BY sequence LIMIT {_PAGE}".encode(),
                    (last,),
                ).fetchall()
            if not rows:
                return
            yield from map(_entry, rows)
            last = rows[-1][0]

    def undone(self) -> Iterator[str]:
        """Tell which of the rules against change are missing."""
        with self._using() as db:
            rules = {row[0] for row in db.execute(
                "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND tgrelid IN "
                "('ledger_head'::regclass, 'ledger_entries'::regclass)"
            )}  # fmt: skip
            bodies = {row[0] for row in db.execute(
                "SELECT p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
                "WHERE t.tgrelid IN ('ledger_head'::regclass, 'ledger_entries'::regclass)"
            )}  # fmt: skip
        for name in _RULES:
            if name not in rules:
                yield f"the rule '{name}' was taken out or changed"
        for name, body in _BODIES.items():
            if body not in bodies:
                yield f"the rule '{name}' was taken out or changed"

    def close(self) -> None:
        """Let the database go."""
        with self._lock:
            if self._open is not None:
                self._open.close()
                self._open = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _using(self) -> Iterator[psycopg.Connection[Any]]:
        """Give the connection, made anew where the server went away since."""
        with self._lock, _told(self.name):
            if self._open is None or self._open.closed:
                self._open = _connected(self._address)
            yield self._open


def _known(db: psycopg.Connection[Any], ids: list[str]) -> dict[str, Entry]:
    rows = db.execute(f"{_SELECT} WHERE id = ANY(%s)".encode(), (ids,))
    return {row[1]: _entry(row) for row in rows}


def _connected(address: str) -> psycopg.Connection[Any]:
    import psycopg  # noqa: PLC0415 - an extra

    db = psycopg.connect(address, autocommit=True, connect_timeout=_PATIENCE_S)
    db.execute("SET synchronous_commit = on")
    return db


def _row(entry: Entry) -> tuple[Any, ...]:
    return tuple(getattr(entry, name) for name in _COLUMNS)


def _entry(row: Sequence[Any]) -> Entry:
    return Entry(**dict(zip(_COLUMNS, row, strict=True)))


def _shown(address: str) -> str:
    """Name a database without its password."""
    try:
        from psycopg import ProgrammingError, conninfo  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError.one("ledger", "PostgreSQL needs a package that is not installed",
                             "Install safepassage[postgres].") from error  # fmt: skip
    try:
        told = conninfo.conninfo_to_dict(address)
    except ProgrammingError as error:
        raise InputError.one("ledger", "its address cannot be read",
                             "Write postgresql://USER@HOST/DATABASE.") from error  # fmt: skip
    return f"postgresql://{told.get('host', '')}/{told.get('dbname', '')}"


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn what the server says into one message."""
    import psycopg  # noqa: PLC0415 - an extra

    try:
        yield
    except (psycopg.errors.DiskFull, psycopg.errors.OutOfMemory) as error:
        raise NoRoom.one(name, "the disk is full; nothing of this was stored, all else can be read",
                         "Make room on the disk, and send it again.") from error  # fmt: skip
    except psycopg.OperationalError as error:
        raise InputError.one(name, f"cannot be reached ({str(error).strip().splitlines()[0]})",
                             "What was not acknowledged may be sent again.") from error  # fmt: skip
    except psycopg.errors.InsufficientPrivilege as error:
        raise InputError.one(name, f"refuses this user ({error.diag.message_primary})",
                             "Ask for the right to write the ledger.") from error  # fmt: skip
