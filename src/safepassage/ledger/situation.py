"""Tell what is happening: people out, corridors, incidents, alarms, as a ledger knew it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepassage.ledger.expected import Expected, ExpectedCorridor
from safepassage.ledger.fold import Fold
from safepassage.ledger.situation_document import Situation

if TYPE_CHECKING:
    from datetime import datetime

    from safepassage.ledger.store import Record

__all__ = ["Expected", "ExpectedCorridor", "Fold", "Situation", "situation_at"]


def situation_at(record: Record, expected: Expected, at: datetime) -> Situation:
    """Tell the situation as this ledger knew it: from the entries that it received up to then.

    Parameters
    ----------
    record
        The ledger, or an export of it.
    expected
        What the plan or the case says.
    at
        The moment, with its offset from UTC.

    Raises
    ------
    InputError
        If the record holds what is no event: it was altered.

    """
    fold = Fold(expected, record, until=at)
    fold.catch_up()
    return fold.situation(at)
