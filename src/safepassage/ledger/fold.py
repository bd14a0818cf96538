"""Fold a ledger's entries into what a situation is told from, one at a time, in little room.

Memory grows with minutes × counters and with corrections, not with events: of what is only
listed, the newest are kept, and what is needed again is read from the record.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from safepassage.base.errors import InputError
from safepassage.ledger.corrected import Corrected, Standing
from safepassage.ledger.counters import Counter, Newest
from safepassage.ledger.reconcile import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from safepassage.ledger.chain import Entry
    from safepassage.ledger.counters import Key
    from safepassage.ledger.expected import Expected
    from safepassage.ledger.situation_document import Situation
    from safepassage.ledger.store import Record

__all__ = ["LISTED", "Fold"]

LISTED: Final = {
    "incident": 200, "contact": 200, "assurance": 200, "decision": 200, "test movement": 200,
    "note": 50, "notification": 200, "window": 200, "plan": 20,
}  # fmt: skip
"""How many of each kind a situation lists: the newest."""

_SPARE: Final = 2
_WORDS_KEPT: Final = 256
_TESTS_KEPT: Final = 16
_STRANGE_KEPT: Final = 50
_EARLIEST_S: Final = -24 * 3600
_LATEST_S: Final = 7 * 24 * 3600
"""Counts, and hours, from a day before the announced window until a week after it are of this
pause: longer ones are announced anew."""


class Fold:
    """Keep a situation up to date, entry by entry: what arrives late or out of order included."""

    def __init__(
        self, expected: Expected, record: Record, *, until: datetime | None = None
    ) -> None:
        """Begin with nothing; ``catch_up`` or ``add`` take entries in.

        Parameters
        ----------
        expected
            What the plan or the case says.
        record
            The ledger that entries come from; what is corrected is looked up in it.
        until
            Leave out what the ledger received later.

        """
        self.expected = expected
        self.record = record
        self._until = None if until is None else received_text(until)
        self.sequence, self.hash = 0, record.head.hash
        self._empty()

    def follow(self, expected: Expected) -> None:
        """Hold the same entries against another plan, such as one that was adopted."""
        old, self.expected = self.expected, expected
        same = old.start == expected.start and old.end == expected.end
        if not (same and old.index == expected.index):
            self._stale = True

    def _empty(self) -> None:
        self._began_s = self.expected.start.timestamp()
        self._last_s = (self.expected.end - self.expected.start).total_seconds() + _LATEST_S
        rows = range(len(self.expected.corridors))
        self.counters: list[dict[Name, Counter]] = [{} for _ in rows]
        self.stages: list[dict[tuple[str, str, str], list[int]]] = [{} for _ in rows]
        self.words: list[dict[str, Newest]] = [{} for _ in rows]
        self.tests: list[Newest] = [Newest(_TESTS_KEPT) for _ in rows]
        self.lists = {kind: Newest(_SPARE * shown) for kind, shown in LISTED.items()}
        self.strange = Newest(_STRANGE_KEPT)
        self.outside = 0
        self.corrected = Corrected()
        self.standing = Standing()
        self.awaited: frozenset[str] = frozenset()
        self._arrived: set[str] = set()
        self._gone: set[str] = set()
        self._dirty = self._stale = self._took_back = False

    def catch_up(self) -> None:
        """Take in all entries of the record that came after the last one."""
        for entry in self.record.entries(after=self.sequence):
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take in an entry; entries come in the order of their sequence, each counts once.

        Raises
        ------
        InputError
            If it holds no event: the record was altered.

        """
        if entry.sequence <= self.sequence or (
            self._until is not None and entry.received_at > self._until
        ):
            return
        self.sequence, self.hash = entry.sequence, entry.hash
        self._take(entry)

    def _take(self, entry: Entry) -> None:
        if entry.payload is None:
            self._gone.add(entry.id)
            return
        with self._told(entry):
            data = _data(entry)
            kind = data["kind"]
            if kind == "correction":
                self._correction(entry.id, data)
            elif kind == "withdrawal":
                self._stale |= data["withdraws"] not in self._gone
            if entry.id not in self.standing.out:
                self._apply(kind, data, 1)
        if entry.id in self.awaited:
            self.awaited -= {entry.id}

    @contextmanager
    def _told(self, entry: Entry) -> Iterator[None]:
        """Name the entry that holds no event."""
        try:
            yield
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError.one(
                f"{self.record.name}, entry {entry.sequence}", "holds no event",
                "Run `safepassage verify` on it, and compare copies.",
            ) from error  # fmt: skip

    def _correction(self, id_: str, data: dict[str, Any]) -> None:
        self.corrected.add(id_, data["corrects"], data.get("instead"))
        self._dirty = True

    def situation(self, at: datetime) -> Situation:
        """Tell the situation of a moment from all that was taken in."""
        from safepassage.ledger.situation_document import told  # noqa: PLC0415 - it needs this

        self.settle()
        return told(self, at.astimezone(UTC))

    def settle(self) -> None:
        """Let corrections take effect, and read again what is needed again."""
        if self._stale:
            self._refold()
        if self._dirty:
            standing = self.corrected.standing()
            changed = self._found(standing.out ^ self.standing.out)
            self.standing = standing
            for entry in changed.values():
                if entry.payload is not None:
                    data = _data(entry)
                    self._apply(data["kind"], data, -1 if entry.id in standing.out else 1)
            self._await()
            self._dirty = False
        if self._took_back and self._is_short():
            self._refold()
        self._took_back = False

    def _is_short(self) -> bool:
        return (
            any(each.is_short(LISTED[kind]) for kind, each in self.lists.items())
            or any(each.is_short() for row in self.words for each in row.values())
            or any(each.is_short() for each in (*self.tests, self.strange))
            or any(each.is_short() for row in self.counters for each in row.values())
        )

    def _refold(self) -> None:
        """Begin anew from the record: corrections first, then all that stands."""
        last = self.sequence
        self._empty()
        for entry in self._entries(last):
            if entry.payload is not None and _CORRECTION in entry.payload:  # not all are read
                with self._told(entry):
                    if (data := _data(entry))["kind"] == "correction":
                        self._correction(entry.id, data)
        self.standing = self.corrected.standing()
        for entry in self._entries(last):
            self._take(entry)
        self._await()
        self._dirty = self._stale = False

    def _await(self) -> None:
        """Find out which events that corrections name have not arrived; each is found once."""
        self._arrived |= self._found(self.standing.awaited - self._arrived).keys()
        self.awaited = self.standing.awaited - self._arrived

    def _entries(self, last: int) -> Iterable[Entry]:
        for entry in self.record.entries():
            if entry.sequence > last:
                return
            if self._until is None or entry.received_at <= self._until:
                yield entry

    def _found(self, ids: frozenset[str]) -> dict[str, Entry]:
        """Look entries up that were taken in."""
        if not ids:
            return {}
        find = getattr(self.record, "find", None)
        found = (
            (entry for entry in self.record.entries() if entry.id in ids)
            if find is None
            else (entry for id_ in sorted(ids) if (entry := find(UUID(id_))) is not None)
        )
        return {
            entry.id: entry for entry in found
            if entry.sequence <= self.sequence
            and (self._until is None or entry.received_at <= self._until)
        }  # fmt: skip

    def seconds(self, moment: str) -> float:
        """Tell a moment in seconds after the window's start."""
        return datetime.fromisoformat(moment).timestamp() - self._began_s

    def _apply(self, kind: str, data: dict[str, Any], sign: int) -> None:
        """Let an event count, or take it back with ``sign`` -1."""
        self._took_back |= sign < 0
        key = (self.seconds(data["happened_at"]), self.seconds(data["known_at"]), data["id"])
        if (kept := self.lists.get(kind)) is not None:
            _put(kept, key, data, sign)
        if kind not in _BY_CORRIDOR:
            return
        row = self.expected.index.get(data["corridor"])
        if row is None:
            _put(self.strange, key, data["corridor"], sign)
        elif kind == "passage":
            self._passage(row, key, data, sign)
        elif kind == "movement":
            _tally(self.stages[row], data, sign)
        elif kind == "status":
            words = self.words[row].setdefault(data["source"], Newest(_WORDS_KEPT))
            _put(words, key, data, sign)
            if not len(words):
                del self.words[row][data["source"]]
        else:
            _put(self.tests[row], key, data, sign)

    def is_of_pause(self, first_s: float, last_s: float) -> bool:
        """Tell whether a stretch of time is one of this pause, in seconds after its start."""
        return first_s >= _EARLIEST_S and last_s <= self._last_s

    def _passage(self, row: int, key: Key, data: dict[str, Any], sign: int) -> None:
        since = None if "since" not in data else int(self.seconds(data["since"]))
        if not self.is_of_pause(key[0] if since is None else since, key[0]):
            self.outside += sign
            return
        running = data["counted"] == "in all"
        name = Name(data["source"], data["means"], data["status"], data["counted"])
        counter = self.counters[row].get(name)
        if counter is None:
            counter = self.counters[row][name] = Counter(running=running)
        people = data["people"]
        counter.add(
            key, since, (people["low"], people["best"], people["high"]), data["carrying"], sign
        )
        if not counter.reports:
            del self.counters[row][name]


_BY_CORRIDOR: Final = frozenset({"passage", "movement", "status", "test movement"})


_CORRECTION: Final = '"kind":"correction"'
"""As canonical JSON writes it."""


def _data(entry: Entry) -> dict[str, Any]:
    """Give the payload of an entry that has one."""
    data: dict[str, Any] = json.loads(entry.payload or "")
    return data


def received_text(moment: datetime) -> str:
    """Write a moment as ledgers write when they received an entry, to compare as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _put(newest: Newest, key: Key, value: Any, sign: int) -> None:
    if sign > 0:
        newest.add(key, value)
    else:
        newest.remove(key)


def _tally(stages: dict[tuple[str, str, str], list[int]], data: dict[str, Any], sign: int) -> None:
    people = data["people"]
    name = (data["stage"], data["source"], data["status"])
    sums = stages.setdefault(name, [0, 0, 0, 0])
    for i, value in enumerate((people["low"], people["best"], people["high"], 1)):
        sums[i] += sign * value
    if not sums[3]:
        del stages[name]
