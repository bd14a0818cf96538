"""Withdraw a payload that names someone: two administrators together, leaving a tombstone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from safepassage.base.errors import Fault, InputError
from safepassage.ledger.checkpoints import sign, signed_by_two, withdrawal_words
from safepassage.ledger.events import Withdrawal, payload_of
from safepassage.ledger.screening import screened_faults
from safepassage.ledger.store import now_utc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from safepassage.ledger.chain import Entry
    from safepassage.ledger.events import Signature
    from safepassage.ledger.store import Receipt, Store

__all__ = ["sign_withdrawal", "withdraw"]


def sign_withdrawal(store: Store, id_: UUID, reason: str, key: Ed25519PrivateKey) -> Signature:
    """Sign, as one administrator, that a payload of this ledger be withdrawn for a reason."""
    entry = _found(store, id_)
    return sign(key, withdrawal_words(store.head.ledger, entry.id, entry.digest, reason))


def withdraw(
    store: Store, id_: UUID, reason: str, signatures: Sequence[Signature], *,
    now: datetime | None = None,
) -> Receipt:  # fmt: skip
    """Withdraw a payload; its digest stays, so that the chain stays whole.

    The payload and its salt are erased from the store; copies and exports made before keep them.
    The withdrawal is an entry of its own, with both signatures.

    Parameters
    ----------
    store
        The ledger.
    id_
        The event whose payload is to go.
    reason
        Why, without naming anybody.
    signatures
        Of two administrators that the ledger's head names, over the same event and reason.
    now
        The clock, where not the machine's.

    Raises
    ------
    InputError
        If there is no such event, its payload is gone, or two administrators did not sign.

    """
    entry = _found(store, id_)
    moment = now or now_utc()
    if len(signatures) != 2:
        raise _unsigned(store)
    withdrawal = Withdrawal(
        id=uuid4(), happened_at=moment, known_at=moment, source="administrators",
        means="own action", status="verified", withdraws=id_, digest=entry.digest, text=reason,
        signatures=(signatures[0], signatures[1]),
    )  # fmt: skip
    if faults := list(screened_faults(payload_of(withdrawal)["text"], "the reason")):
        raise InputError(faults)
    if not signed_by_two(withdrawal, store.head):
        raise _unsigned(store)
    return store.erase(withdrawal, now=moment)


def _found(store: Store, id_: UUID) -> Entry:
    entry = store.find(id_)
    if entry is None:
        raise InputError.one(f"event {id_}", "is not in this ledger", "Mend the id.")
    data = entry.data
    if data is None:
        raise InputError.one(f"event {id_}", "is withdrawn already")
    if data["kind"] == "withdrawal":
        raise InputError.one(f"event {id_}", "is a withdrawal, which stays")
    return entry


def _unsigned(store: Store) -> InputError:
    named = len(store.head.administrators)
    return InputError(
        Fault(
            "withdrawal", "is not signed by two administrators of this ledger",
            "Both sign the same event and the same reason."
            if named > 1
            else f"The ledger was made with {named or 'none'}; two must be named when it is made.",
        )
    )  # fmt: skip
