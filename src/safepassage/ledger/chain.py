"""Chain entries by hash, over salted digests, so that a payload can go and the chain stay whole.

- canonical JSON: keys sorted, no blanks, UTF-8, whole numbers only, nothing escaped needlessly
- digest = SHA-256(salt ‖ canonical payload), the salt 32 random bytes of each entry's own
- hash = SHA-256(canonical JSON of sequence, id, received_at, digest and the previous hash)
- the hash before the first entry is that of the ledger's head
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

__all__ = ["SALT_BYTES", "Entry", "Head", "canonical", "digest_of", "hash_of"]

SALT_BYTES = 32


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def canonical(value: Any) -> str:
    """Write JSON in the one way that is hashed; numbers that are not whole are refused."""
    _whole(value)
    return _ENCODER.encode(value)


def _whole(value: Any) -> None:
    if isinstance(value, float):
        msg = "only whole numbers have one way to be written"
        raise TypeError(msg)
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, dict | list | tuple | float):
            _whole(each)


def digest_of(salt: bytes, payload: str) -> str:
    """Hash a salt and a payload to 64 hexadecimal digits."""
    return sha256(salt + payload.encode("utf-8", "surrogateescape")).hexdigest()


def hash_of(sequence: int, id_: str, received_at: str, digest: str, previous: str) -> str:
    """Hash an entry and, through the hash before it, all entries before it."""
    link = {
        "digest": digest, "id": id_, "previous": previous, "received_at": received_at,
        "sequence": sequence,
    }  # fmt: skip
    return sha256(canonical(link).encode("utf-8", "surrogateescape")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Say which ledger this is.

    ``administrators`` are the public keys, as 64 hexadecimal digits, of those any two of whom
    may withdraw a payload; ``exercise`` marks a ledger of a rehearsal.
    """

    ledger: str
    made_at: str
    exercise: bool = False
    administrators: tuple[str, ...] = ()
    format: int = 1

    @property
    def hash(self) -> str:
        """Give the hash that stands before the first entry."""
        return sha256(self.written().encode("utf-8", "surrogateescape")).hexdigest()

    def _is_plain(self) -> bool:
        """Tell whether every value is of its kind, and the format one that is read here."""
        texts = {type(each) for each in (self.ledger, self.made_at, *self.administrators)}
        return (texts, type(self.exercise), self.format) == ({str}, bool, 1)

    def written(self) -> str:
        """Write the head as canonical JSON."""
        return canonical(asdict(self))

    @classmethod
    def read(cls, text: str) -> Head:
        """Read a head as it was written; raises ValueError where it was not."""
        try:
            data = json.loads(text)
            head = cls(**{**data, "administrators": tuple(data["administrators"])})
            as_written = head.written() == text and head._is_plain()
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(str(error)) from error
        if not as_written:
            msg = "not as it was written"
            raise ValueError(msg)
        return head


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Hold one entry as it is stored; ``salt`` and ``payload`` are gone where withdrawn."""

    sequence: int
    id: str
    received_at: str
    salt: bytes | None
    payload: str | None
    digest: str
    hash: str

    @property
    def data(self) -> dict[str, Any] | None:
        """Give the payload as data."""
        return None if self.payload is None else json.loads(self.payload)

    @classmethod
    def made(
        cls, sequence: int, id_: str, received_at: str, payload: str, salt: bytes, previous: str
    ) -> Entry:
        """Make an entry that follows another."""
        digest = digest_of(salt, payload)
        return cls(
            sequence=sequence, id=id_, received_at=received_at, salt=salt, payload=payload,
            digest=digest, hash=hash_of(sequence, id_, received_at, digest, previous),
        )  # fmt: skip
