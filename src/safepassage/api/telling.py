"""Tell what a ledger says: to each level of readers, as it is now or was known at a past minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from safepassage.api.answers import dumped
from safepassage.ledger.situation import Fold, situation_at
from safepassage.publish.redaction import known_by, redacted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safepassage.api.plans import Plans
    from safepassage.ledger.store import Record
    from safepassage.publish.redaction import Level

__all__ = ["News", "Teller", "Telling", "View", "adopted_in"]


@dataclass(frozen=True, slots=True)
class View:
    """Hold a situation as one level may see it, ready to send."""

    sequence: int
    at: str
    body: bytes


@dataclass(frozen=True, slots=True)
class News:
    """Hold the views that are others than at the last look.

    ``withdrew`` tells that a payload was withdrawn since: nothing told before is to be told again.
    """

    views: dict[Level, View]
    withdrew: bool = False


class Telling(Protocol):
    """Be what tells the situation, here or in a process of its own."""

    def news(self, now: datetime) -> News:
        """Take in what came since the last look, and tell what is another."""

    def past(self, level: Level, at: datetime, now: datetime) -> View:
        """Tell what was known at a past minute."""

    def close(self) -> None:
        """Tell no more."""


class _Followed:
    """Follow a ledger, as late as some readers may see it, by the plan adopted then."""

    def __init__(self, record: Record, plans: Plans, level: Level) -> None:
        self.fold = Fold(plans.expected(None), record)
        self._record, self._plans, self._level = record, plans, level
        self._told: tuple[int, datetime] | None = None
        self.withdrew = False
        """Whether a payload was withdrawn since this was last looked at."""

    def news(self, now: datetime) -> dict[str, Any] | None:
        """Take in what came since; give the situation where it, or the minute, is another."""
        at = known_by(self._level, now)
        self._take(self.fold, None if at >= now else at)
        mark = (self.fold.sequence, at.replace(second=0, microsecond=0))
        if mark == self._told:
            return None
        document = self.fold.situation(at).as_json()
        expected = self._plans.expected(adopted_in(document))
        if (
            expected is not self.fold.expected
        ):  # another plan is followed: seldom, and from the start
            fold = Fold(expected, self._record)
            self._take(fold, None if at >= now else at)
            self.fold, document = fold, fold.situation(at).as_json()
        self._told = mark
        return dict(document)

    def _take(self, fold: Fold, until: datetime | None) -> None:
        for entry in self._record.entries(after=fold.sequence):
            if until is not None and datetime.fromisoformat(entry.received_at) > until:
                break
            self.withdrew |= '"kind":"withdrawal"' in (entry.payload or "")
            fold.add(entry)


class Teller:
    """Tell the situation from a ledger that is opened to be read.

    ``news`` and ``past`` may be called from a thread each.

    Parameters
    ----------
    record
        The ledger.
    plans
        The plans of this pause, by what the ledger says is adopted.

    """

    def __init__(self, record: Record, plans: Plans) -> None:
        self._record, self._plans = record, plans
        self._now = _Followed(record, plans, "internal")
        self._late = _Followed(record, plans, "public")
        self._adopted: str | None = None

    def news(self, now: datetime) -> News:
        """Take in what came since the last look, and tell what is another."""
        views: dict[Level, View] = {}
        document = self._now.news(now)
        if document is not None:
            self._adopted = adopted_in(document)
            for level in ("internal", "partners"):
                views[level] = _view(document, level, now)
        if (old := self._late.news(now)) is not None:
            views["public"] = _view(old, "public", now)
        withdrew, self._now.withdrew = self._now.withdrew, False
        return News(views, withdrew)

    def past(self, level: Level, at: datetime, now: datetime) -> View:
        """Tell what was known at a past minute, against the plan adopted then."""
        expected = self._plans.expected(self._adopted)
        document = situation_at(self._record, expected, at).as_json()
        then = self._plans.expected(adopted_in(document))
        if then is not expected:
            document = situation_at(self._record, then, at).as_json()
        return _view(document, level, now)

    def close(self) -> None:
        """Do nothing: whoever opened the ledger closes it."""


def _view(document: Mapping[str, Any], level: Level, now: datetime) -> View:
    told = document if level == "internal" else redacted(document, level, now=now)
    return View(document["ledger"]["sequence"], document["as_known_at"], dumped(told))


def adopted_in(document: Mapping[str, Any]) -> str | None:
    """Give the hash of the plan that a situation says is adopted."""
    plan = document["plan"]
    return None if plan is None else str(plan["sha256"])
