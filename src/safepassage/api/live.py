"""Follow a ledger: the situation as it is now for each role, made anew at most once a second."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from safepassage.api.answers import dumped
from safepassage.api.writer import LedgerAway
from safepassage.base.errors import InputError
from safepassage.ledger.situation import Fold, situation_at
from safepassage.publish.redaction import known_by, redacted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from safepassage.api.plans import Plans
    from safepassage.ledger.store import Record
    from safepassage.publish.redaction import Level

__all__ = ["Live", "View"]

T = TypeVar("T")
_log = logging.getLogger(__name__)

_EVERY_S = 1.0
_FEW, _SPREAD, _PAUSE_S = 10, 40, 0.01
_KEPT = 128
"""Past minutes that are remembered: more than a day has quarters of an hour."""
_BEFORE = timedelta(minutes=90)
"""Longer before a ledger was made, every minute is told alike: as known then, nothing."""


@dataclass(frozen=True, slots=True)
class View:
    """Hold a situation as one level may see it, ready to send."""

    sequence: int
    at: str
    body: bytes


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
        expected = self._plans.expected(_adopted_in(document))
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


def _adopted_in(document: Mapping[str, Any]) -> str | None:
    plan = document["plan"]
    return None if plan is None else str(plan["sha256"])


class Live:
    """Keep the situation at hand; to be used within one event loop.

    Parameters
    ----------
    record
        The ledger, opened to be read.
    plans
        The plans of this pause, by what the ledger says is adopted.
    clock
        Gives the time; a rehearsal's is simulated.

    """

    def __init__(self, record: Record, plans: Plans, clock: Callable[[], datetime]) -> None:
        self._record, self._plans, self._clock = record, plans, clock
        self._now = _Followed(record, plans, "internal")
        self._late = _Followed(record, plans, "public")
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="situation")
        self._past = ThreadPoolExecutor(1, thread_name_prefix="past")
        self._wake, self._over = asyncio.Event(), asyncio.Event()
        self._waiting: set[asyncio.Future[None]] = set()
        self._task: asyncio.Task[None] | None = None
        self._remembered: OrderedDict[tuple[Level, datetime], View] = OrderedDict()
        made = datetime.fromisoformat(record.head.made_at)
        self._begin = made.replace(minute=made.minute // 15 * 15, second=0, microsecond=0) - _BEFORE
        self.views: dict[Level, View] = {}
        self.document: Mapping[str, Any] = {}
        """The situation in full, as of the last step."""
        self.well = True
        """Whether the ledger could be read at the last step."""
        self.ended = False

    async def start(self) -> None:
        """Read all there is, and begin to follow."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._step)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Follow no longer, and let those who watch go."""
        self.end()
        if self._task is not None:
            await self._task
        for thread in (self._thread, self._past):
            thread.shutdown(wait=True)

    def end(self) -> None:
        """Let those who watch go."""
        self.ended = True
        self._over.set()
        self._wake.set()
        _call(self._waiting)

    def stir(self) -> None:
        """Say that something was written."""
        self._wake.set()

    async def change(self, *, timeout_s: float) -> None:
        """Wait until some view is another, but no longer than so many seconds."""
        called = asyncio.get_running_loop().create_future()
        self._waiting.add(called)
        try:
            async with asyncio.timeout(timeout_s):
                await called
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(called)

    async def past(self, level: Level, at: datetime) -> View:
        """Give the situation as it was known at a past minute."""
        if at < self._begin < self._clock():
            at = self._begin  # or asking for 1900 quarter by quarter would keep it busy
        key, remembered = (level, at), self._remembered
        if key not in remembered:
            remembered[key] = await self._run_in(self._past, lambda: self._as_known(level, at))
            while len(remembered) > _KEPT:
                remembered.popitem(last=False)
        return remembered[key]

    async def document_at(self, at: datetime, *, live: bool = False) -> Mapping[str, Any]:
        """Give the situation in full: as it is now, or as it was known at a past minute."""
        if live:
            return await self.fresh()
        return await self._run_in(self._past, lambda: self._known_at(at))

    async def fresh(self) -> Mapping[str, Any]:
        """Take in at once what was written, and give the situation in full."""
        await self._run_in(self._thread, self._step)
        return self.document

    @staticmethod
    async def _run_in(thread: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        """Do what reads the ledger beside the loop; one that cannot be read may be asked again."""
        try:
            return await asyncio.get_running_loop().run_in_executor(thread, work)
        except InputError as error:
            raise LedgerAway(error.faults) from error

    def _as_known(self, level: Level, at: datetime) -> View:
        return self._view(self._known_at(at), level, self._clock())

    def _known_at(self, at: datetime) -> Mapping[str, Any]:
        expected = self._plans.expected(_adopted_in(self.document))
        document = situation_at(self._record, expected, at).as_json()
        then = self._plans.expected(_adopted_in(document))
        return document if then is expected else situation_at(self._record, then, at).as_json()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        told = self.views
        while not self.ended:
            await _waited(self._wake, _EVERY_S)
            self._wake.clear()
            before = loop.time()
            try:
                await loop.run_in_executor(self._thread, self._step)
                self.well = True
            except InputError as error:
                self.well = False
                _log.warning("The ledger cannot be read: %s", error)
            except Exception as error:  # noqa: BLE001 - the room goes on, and says it is not well
                self.well = False
                _log.error("The situation failed: %s", type(error).__name__)
            if self.views is not told:
                told = self.views
                await self._tell()
            await _waited(self._over, max(0.0, _EVERY_S - (loop.time() - before)))

    async def _tell(self) -> None:
        """Call those who watch, a few at a time: requests are answered in between."""
        waiting = list(self._waiting)
        few = max(_FEW, len(waiting) // _SPREAD)
        for n in range(0, len(waiting), few):
            _call(waiting[n : n + few])
            await asyncio.sleep(_PAUSE_S)

    def _step(self) -> None:
        now = self._clock()
        views = dict(self.views)
        document = self._now.news(now)
        if self._now.withdrew:  # nothing that was told before is told again
            self._now.withdrew, self._remembered = False, OrderedDict()
        if document is not None:
            self.document = document
            for level in ("internal", "partners"):
                views[level] = self._view(document, level, now)
        if (old := self._late.news(now)) is not None:
            views["public"] = self._view(old, "public", now)
        if views != self.views:
            self.views = views

    def _view(self, document: Mapping[str, Any], level: Level, now: datetime) -> View:
        told = document if level == "internal" else redacted(document, level, now=now)
        return View(document["ledger"]["sequence"], document["as_known_at"], dumped(told))


async def _waited(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, but no longer."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


def _call(waiting: Iterable[asyncio.Future[None]]) -> None:
    for called in waiting:
        if not called.done():
            called.set_result(None)
