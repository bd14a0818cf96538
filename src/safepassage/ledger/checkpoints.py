"""Sign how a ledger stands, so that who holds the checkpoint can tell later what became of it.

Signatures are Ed25519 (RFC 8032). What is signed is canonical JSON that begins with its purpose,
so that no signature can be taken for another.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from safepassage.base.errors import InputError
from safepassage.base.provenance import stamp
from safepassage.ledger.chain import Head, canonical
from safepassage.ledger.events import Signature, Withdrawal
from safepassage.ledger.store import now_utc

if TYPE_CHECKING:
    from datetime import datetime

    from safepassage.ledger.store import Store

__all__ = [
    "Checkpoint",
    "checkpoint",
    "make_key",
    "public_key",
    "read_checkpoint",
    "read_key",
    "read_signature",
    "sign",
    "signed_by_two",
    "withdrawal_words",
]

_FIELDS = ("ledger", "sequence", "hash", "made_at", "key", "signature")


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """Hold how a ledger stood: its length and last hash, signed."""

    ledger: str
    sequence: int
    hash: str
    made_at: str
    key: str
    signature: str = ""

    def words(self) -> bytes:
        """Give what is signed."""
        told = {name: getattr(self, name) for name in _FIELDS if name != "signature"}
        return canonical({"purpose": "safepassage checkpoint 1", **told}).encode()

    def is_signed(self) -> bool:
        """Tell whether its signature is of its key."""
        return _holds(self.key, self.signature, self.words())

    def as_json(self) -> dict[str, Any]:
        """Give it as documents hold it."""
        return {
            **stamp("ledger checkpoint", "1.0", (), ()),
            **{name: getattr(self, name) for name in _FIELDS},
        }


def checkpoint(store: Store, key: Ed25519PrivateKey, *, now: datetime | None = None) -> Checkpoint:
    """Sign how a ledger stands now."""
    sequence, hash_ = store.tip()
    made = (now or now_utc()).isoformat(timespec="seconds").replace("+00:00", "Z")
    bare = Checkpoint(ledger=store.head.ledger, sequence=sequence, hash=hash_, made_at=made,
                      key=public_key(key))  # fmt: skip
    return replace(bare, signature=key.sign(bare.words()).hex())


def read_checkpoint(path: str | Path) -> Checkpoint:
    """Read a checkpoint's file; whether it is signed is for ``verify`` to say.

    Raises
    ------
    InputError
        If it is none.

    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        values = {name: data[name] for name in _FIELDS}
        kinds = {name: int if name == "sequence" else str for name in _FIELDS}
        if any(type(values[name]) is not kinds[name] for name in _FIELDS):
            raise TypeError  # noqa: TRY301 - all that is no checkpoint is told alike
    except OSError as error:
        raise InputError.one(str(path), f"cannot be read ({error.strerror})",
                             "Name a checkpoint's file.") from error  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise InputError.one(
            str(path), "is no checkpoint", "Name a file that `safepassage ledger checkpoint` wrote."
        ) from error
    return Checkpoint(**values)


def make_key(path: str | Path) -> str:
    """Make a key in a new file that only its owner may read; give its public half."""
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
    except FileExistsError as error:
        raise InputError.one(str(path), "is there already", "Name a new file.") from error
    except OSError as error:
        raise InputError.one(str(path), f"cannot be written ({error.strerror})",
                             "Name another file.") from error  # fmt: skip
    return public_key(key)


def read_key(path: str | Path) -> Ed25519PrivateKey:
    """Read a private key from its PEM file."""
    try:
        key = serialization.load_pem_private_key(Path(path).read_bytes(), password=None)
    except OSError as error:
        raise InputError.one(str(path), f"cannot be read ({error.strerror})",
                             "Name a key's file.") from error  # fmt: skip
    except (ValueError, TypeError) as error:
        raise InputError.one(
            str(path), "holds no key", "Name a file that `safepassage ledger key` wrote."
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise InputError.one(str(path), "holds a key of another kind", "An Ed25519 key is needed.")
    return key


def public_key(key: Ed25519PrivateKey) -> str:
    """Give a key's public half as 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


def withdrawal_words(ledger: str, id_: str, digest: str, reason: str) -> bytes:
    """Give what two administrators sign to withdraw a payload from one ledger."""
    return canonical({"purpose": "safepassage withdrawal 1", "ledger": ledger, "id": id_,
                      "digest": digest, "reason": reason}).encode()  # fmt: skip


def sign(key: Ed25519PrivateKey, words: bytes) -> Signature:
    """Sign words."""
    return Signature(key=public_key(key), signature=key.sign(words).hex())


def read_signature(text: str, where: str) -> Signature:
    """Read a signature from the line that it is handed on in."""
    key, _, signature = text.strip().partition(":")
    try:
        return Signature(key=key, signature=signature)
    except ValueError:
        raise InputError.one(
            where,
            "is not KEY:SIGNATURE",
            "Give the line that the other administrator's run printed.",
        ) from None


def signed_by_two(withdrawal: Withdrawal, head: Head) -> bool:
    """Tell whether two administrators of a ledger signed a withdrawal."""
    words = withdrawal_words(
        head.ledger, str(withdrawal.withdraws), withdrawal.digest, withdrawal.text
    )
    signed = {
        each.key for each in withdrawal.signatures
        if each.key in head.administrators and _holds(each.key, each.signature, words)
    }  # fmt: skip
    return len(signed) == 2


def _holds(key: str, signature: str, words: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), words
        )
    except (InvalidSignature, ValueError):
        return False
    return True
