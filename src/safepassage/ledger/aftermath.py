"""Look back on a pause: the situation at its end by all that was told since, and what stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from safepassage.base.errors import InputError
from safepassage.ledger.fold import Fold, received_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from safepassage.ledger.expected import Expected
    from safepassage.ledger.store import Record

__all__ = ["Aftermath", "aftermath"]

_DAY: Final = timedelta(days=1)
_LONGEST: Final = timedelta(days=7)
"""From a day before the window until a week after it, as for counts."""

_MANY: Final = '"kind":"passage"'
"""As canonical JSON writes it: counts are folded, and not needed one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Aftermath:
    """Hold a pause as a ledger tells it afterwards.

    Attributes
    ----------
    situation
        As ``situation.schema.json`` describes it, corrections applied.
    events
        Every event that stands and is no count, as JSON holds it, in the order it happened.
    heard_until
        When the ledger last received anything; None where it is empty.

    """

    situation: Mapping[str, Any]
    events: tuple[dict[str, Any], ...]
    heard_until: datetime | None

    @property
    def at(self) -> datetime:
        """Tell as known at which moment it stands."""
        return datetime.fromisoformat(self.situation["as_known_at"])

    @property
    def end(self) -> datetime:
        """Tell when the hours ended, changes included."""
        window = self.situation["window"]
        return max(datetime.fromisoformat(window[key]) for key in ("start", "end"))


def aftermath(record: Record, expected: Expected, *, until: datetime | None = None) -> Aftermath:
    """Look back on a pause.

    Parameters
    ----------
    record
        The ledger, or an export of it.
    expected
        What the plan or the case says.
    until
        Leave out what the ledger received later; all of it counts if not given.

    Raises
    ------
    InputError
        If the ledger holds what is no event, or is of another case.

    """
    fold = Fold(expected, record, until=until)
    fold.catch_up()
    fold.settle()
    events = sorted(_standing(fold, until), key=lambda each: (each["happened_at"], each["id"]))
    heard = _heard_until(record, until)
    _of_this_case(fold, events)
    at = until or max(filter(None, (heard, expected.end)))
    situation = fold.situation(at).as_json()
    end = datetime.fromisoformat(situation["window"]["end"])
    if until is None and end > at:  # it was extended, and nobody wrote since
        situation = fold.situation(end).as_json()
    return Aftermath(situation, tuple(events), heard)


def _standing(fold: Fold, until: datetime | None) -> Iterator[dict[str, Any]]:
    last = None if until is None else received_text(until)
    for entry in fold.record.entries():
        if entry.payload is None or _MANY in entry.payload or entry.id in fold.standing.out:
            continue
        if last is None or entry.received_at <= last:
            data: dict[str, Any] = json.loads(entry.payload)
            if data["kind"] not in {"correction", "withdrawal"}:
                yield data


def _heard_until(record: Record, until: datetime | None) -> datetime | None:
    last = None
    for last in record.entries():  # noqa: B007 - the last one is wanted
        pass
    if last is None:
        return None
    heard = datetime.fromisoformat(last.received_at).astimezone(UTC)
    return heard if until is None else min(heard, until)


def _of_this_case(fold: Fold, events: list[dict[str, Any]]) -> None:
    """Refuse a ledger of which no corridor, or no day, is the case's.

    Raises
    ------
    InputError
        Naming what it is of.

    """
    expected = fold.expected
    known = any(
        any(rows) for rows in (fold.counters, fold.words, fold.stages)
    ) or any(each.get("corridor") in expected.index for each in events)  # fmt: skip
    named = sorted({value for _, value in fold.strange.kept})
    remedy = f"Name the ledger of {expected.case_id}, or the case that this ledger is of."
    if named and not known:
        raise InputError.one(
            fold.record.name,
            f"is a ledger of another case: it names {', '.join(named[:5])}, and no corridor of "
            f"{expected.case_id}",
            remedy,
        )  # fmt: skip
    first, last = expected.start - _DAY, expected.end + _LONGEST
    days = [datetime.fromisoformat(each["happened_at"]) for each in events]
    outside = fold.outside > 0 or bool(days)
    if outside and not any(fold.counters) and not any(first <= day <= last for day in days):
        raise InputError.one(
            fold.record.name,
            f"is a ledger of another pause: nothing in it happened within a week of "
            f"{expected.start:%Y-%m-%d}",
            remedy,
        )  # fmt: skip
