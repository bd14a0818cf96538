"""Find what was altered in a ledger: in its chain, and against a checkpoint held elsewhere."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import InputError
from safepassage.ledger.chain import SALT_BYTES, Entry, Head, digest_of, hash_of
from safepassage.ledger.checkpoints import Checkpoint, signed_by_two
from safepassage.ledger.events import Withdrawal, event_of

if TYPE_CHECKING:
    from safepassage.ledger.store import Record

__all__ = ["Finding", "Verdict", "verify"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Tell one thing that is not as it was stored; ``sequence`` is 0 where it is no entry."""

    sequence: int
    id: str
    what: str

    def __str__(self) -> str:
        """Tell it in one line."""
        if not self.sequence:
            return self.what
        return f"entry {self.sequence}{f' ({self.id})' if self.id else ''} {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Tell what a verification found.

    ``first`` is the first altered entry; ``others`` concern the ledger as a whole: a checkpoint
    that it does not meet, rules of its store that are missing. ``entries`` were looked at, up to
    the first altered one.
    """

    ledger: str
    entries: int
    withdrawn: int
    tip: str
    first: Finding | None
    others: tuple[Finding, ...]
    checkpoint: Checkpoint | None

    @property
    def whole(self) -> bool:
        """Tell whether everything is as it was stored."""
        return self.first is None and not self.others

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Give everything found."""
        return (*((self.first,) if self.first else ()), *self.others)

    def as_json(self) -> dict[str, Any]:
        """Give it as data."""
        return {
            "ledger": self.ledger,
            "whole": self.whole,
            "entries": self.entries,
            "withdrawn": self.withdrawn,
            "tip": self.tip,
            "against_checkpoint": self.checkpoint.sequence if self.checkpoint else None,
            "findings": [
                {"sequence": each.sequence or None, "id": each.id or None, "what": each.what}
                for each in self.findings
            ],
        }


def verify(record: Record, checkpoint: Checkpoint | None = None, *, key: str = "") -> Verdict:
    """Add up a ledger's chain anew, and hold it against a checkpoint.

    The chain alone shows any change to a stored value. Who can rewrite the whole file can make a
    new chain, or cut its end off: only a checkpoint held elsewhere shows that.

    Parameters
    ----------
    record
        A ledger, or an export of one.
    checkpoint
        One taken earlier and held elsewhere.
    key
        The public key that the checkpoint must be signed by; any if not given.

    """
    look = _Look(record.head, checkpoint.sequence if checkpoint else 0)
    first = None
    for entry in record.entries():
        if first is not None:
            look.beyond(entry)
        elif what := look.at(entry):
            next_ = look.sequence + 1
            first = Finding(next_, str(entry.id) if entry.sequence == next_ else "", what)
    if look.withdrawn:
        sequence, id_ = min((n, id_) for id_, (n, _) in look.withdrawn.items())
        first = Finding(sequence, id_, "has no payload, and no two administrators withdrew it")
    others = [Finding(0, "", what) for what in record.undone()]
    if checkpoint is not None:
        what = _no_checkpoint_of(checkpoint, record.head, key) or _against(checkpoint, look)
        # a chain that breaks is followed no further, so that its end cannot be told
        unseen = first is not None and look.sequence < checkpoint.sequence
        others += [Finding(0, "", what)] if what and not unseen else []
    return Verdict(
        ledger=record.head.ledger, entries=look.sequence, withdrawn=look.tombstones,
        tip=look.previous, first=first, others=tuple(others), checkpoint=checkpoint,
    )  # fmt: skip


class _Look:
    """Go along a chain, entry by entry."""

    def __init__(self, head: Head, marked: int) -> None:
        self.head = head
        self.sequence = 0
        self.previous = head.hash
        self.marked = marked
        self.hash_at_mark = head.hash if not marked else ""
        self.ids: set[str] = set()
        self.withdrawn: dict[str, tuple[int, str]] = {}
        self.tombstones = 0

    def at(self, entry: Entry) -> str:
        """Take the next entry; say what is wrong with it, or nothing."""
        if entry.sequence != self.sequence + 1:
            return f"is missing: entry {entry.sequence} stands in its place"
        texts = (entry.id, entry.received_at, entry.digest, entry.hash)
        if not all(isinstance(each, str) for each in texts):
            return "was altered: it is not of the kinds that are stored"
        made = hash_of(entry.sequence, entry.id, entry.received_at, entry.digest, self.previous)
        if entry.hash != made:
            return "was altered, or the one before it was: their hashes do not follow"
        if entry.id in self.ids:
            return "has the id of an earlier entry"
        if what := self._payload(entry):
            return what
        self.ids.add(entry.id)
        self.sequence, self.previous = entry.sequence, entry.hash
        if self.sequence == self.marked:
            self.hash_at_mark = entry.hash
        return ""

    def beyond(self, entry: Entry) -> None:
        """Take an entry after the chain broke: signatures still show what was withdrawn."""
        with suppress(ValueError, TypeError, KeyError, InputError):
            data = entry.data
            if data is not None and data["kind"] == "withdrawal":
                self._withdrawal(data)

    def _payload(self, entry: Entry) -> str:
        """Check a payload against its digest, and a withdrawal against what it withdrew."""
        if entry.payload is None and entry.salt is None:
            self.withdrawn[entry.id] = (entry.sequence, entry.digest)
            return ""
        if not isinstance(entry.salt, bytes) or not isinstance(entry.payload, str):
            return "was altered: its payload or its salt is gone"
        if len(entry.salt) != SALT_BYTES or digest_of(entry.salt, entry.payload) != entry.digest:
            return "was altered: its payload or its salt does not match its digest"
        try:
            data = json.loads(entry.payload)
            if data["id"] != entry.id:
                return "was altered: its id is not its payload's"
            return self._withdrawal(data) if data["kind"] == "withdrawal" else ""
        except (ValueError, TypeError, KeyError, InputError):
            return "holds no event"

    def _withdrawal(self, data: dict[str, Any]) -> str:
        event = event_of(data)
        if not isinstance(event, Withdrawal):
            raise TypeError
        id_ = str(event.withdraws)
        if self.withdrawn.get(id_, (0, ""))[1] != event.digest:
            return f"withdraws {id_}, which is not withdrawn"
        if not signed_by_two(event, self.head):
            return "is a withdrawal that no two administrators of this ledger signed"
        del self.withdrawn[id_]
        self.tombstones += 1
        return ""


def _no_checkpoint_of(checkpoint: Checkpoint, head: Head, key: str) -> str:
    """Tell why a checkpoint says nothing of a ledger, or nothing."""
    if not checkpoint.is_signed():
        return "the checkpoint was altered: its signature does not match"
    if key and checkpoint.key != key:
        return f"the checkpoint is signed by another key ({checkpoint.key})"
    if checkpoint.ledger != head.ledger:
        return f"the checkpoint is of another ledger ({checkpoint.ledger})"
    return ""


def _against(checkpoint: Checkpoint, look: _Look) -> str:
    """Hold what was found along the chain against a checkpoint."""
    lost = checkpoint.sequence - look.sequence
    if lost > 0:
        return (
            f"cut off: the last {lost} of the {checkpoint.sequence} entries that stood at "
            f"{checkpoint.made_at} are gone"
        )
    if look.hash_at_mark != checkpoint.hash:
        return (
            f"rewritten: the first {checkpoint.sequence} entries are not those that stood at "
            f"{checkpoint.made_at}"
        )
    return ""
