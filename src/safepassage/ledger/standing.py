"""Say what stands of many words: a corridor's state, the hours in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from safepassage.ledger.reconcile import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["FRESH", "Hours", "State", "Word", "hours_in_force", "state_of"]

FRESH: Final = timedelta(minutes=30)
"""How long a word on a corridor's state stands before it must be renewed (the issue's figure)."""

_CAUTION: Final = ("open", "restricted", "unknown", "closed")


@dataclass(frozen=True, slots=True)
class Word:
    """Hold what one source said last of a corridor's state, and since when it has said so."""

    happened: datetime
    known: datetime
    source: str
    status: str
    state: str
    event: str
    by: str | None
    since: datetime

    @property
    def order(self) -> tuple[Any, ...]:
        """Rank it among words of others: what happened last, then the surer and more careful."""
        return (
            self.happened, self.known, STATUSES.index(self.status), _CAUTION.index(self.state),
            self.event,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """Hold the word that stands, and the last words of others that say otherwise."""

    word: Word
    disputed: tuple[Word, ...]


def state_of(words: Sequence[Word], at: datetime) -> State | None:
    """Choose among the last words of each source.

    What happened last stands. What a side only alleges gives way to anybody else whose word is
    fresh. Others whose last word differs dispute it.
    """
    if not words:
        return None
    seen = [word for word in words if word.status != "alleged"]
    if not any(at - word.known <= FRESH for word in seen):
        seen = list(words)
    chosen = max(seen, key=lambda word: word.order)
    others = sorted((w for w in words if w.state != chosen.state), key=lambda w: w.order)
    return State(chosen, tuple(reversed(others)))


@dataclass(frozen=True, slots=True)
class Hours:
    """Hold the hours in force; ``differ`` names parties whose last words do not agree."""

    start: datetime
    end: datetime
    differ: tuple[str, ...] = ()

    @property
    def called_off(self) -> bool:
        """Tell whether nothing is left of them."""
        return self.end <= self.start

    def state(self, at: datetime) -> str:
        """Say how they stand at a moment."""
        if self.called_off:
            return "called off"
        return "before" if at < self.start else "open" if at < self.end else "over"


def hours_in_force(start: datetime, end: datetime, changes: Iterable[dict[str, Any]]) -> Hours:
    """Narrow the hours to what the last word of every party who changed them allows.

    Parameters
    ----------
    start, end
        As announced; they stand until anybody changes them.
    changes
        Windows in the order that they happened, with ``by``, ``start``, ``end`` as moments.

    """
    last: dict[str, dict[str, Any]] = {}
    for change in changes:
        last[change["by"].casefold()] = change
    if not last:
        return Hours(start, end)
    words = list(last.values())
    start, end = max(w["start"] for w in words), min(w["end"] for w in words)
    agreed = len({(w["start"], w["end"]) for w in words}) == 1
    return Hours(start, max(start, end), () if agreed else tuple(w["by"] for w in words))
