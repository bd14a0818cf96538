"""Keep the situation at hand for each role, told anew at most once a second."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from safepassage.api.telling import adopted_in
from safepassage.api.writer import LedgerAway
from safepassage.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from safepassage.api.telling import Telling, View
    from safepassage.publish.redaction import Level

__all__ = ["Live"]

T = TypeVar("T")
_log = logging.getLogger(__name__)

_EVERY_S = 1.0
_FEW, _SPREAD, _PAUSE_S = 10, 40, 0.01
_KEPT = 128
"""Past minutes that are remembered: more than a day has quarters of an hour."""
_BEFORE = timedelta(minutes=90)
"""Longer before a ledger was made, every minute is told alike: as known then, nothing."""


class Live:
    """Keep the situation at hand; to be used within one event loop.

    Parameters
    ----------
    telling
        What reads the ledger and tells the situation.
    made_at
        When the ledger was made.
    clock
        Gives the time; a rehearsal's is simulated.

    """

    def __init__(self, telling: Telling, made_at: datetime, clock: Callable[[], datetime]) -> None:
        self._telling, self._clock = telling, clock
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="situation")
        self._past = ThreadPoolExecutor(1, thread_name_prefix="past")
        self._wake, self._over = asyncio.Event(), asyncio.Event()
        self._waiting: set[asyncio.Future[None]] = set()
        self._task: asyncio.Task[None] | None = None
        self._remembered: OrderedDict[tuple[Level, datetime], View] = OrderedDict()
        quarter = made_at.replace(minute=made_at.minute // 15 * 15, second=0, microsecond=0)
        self._begin = quarter - _BEFORE
        self.views: dict[Level, View] = {}
        self._read: tuple[View | None, Mapping[str, Any]] = (None, {})
        self.well = True
        """Whether the ledger could be read at the last step."""
        self.ended = False

    @property
    def document(self) -> Mapping[str, Any]:
        """Give the situation in full, as of the last step."""
        view = self.views["internal"]
        if self._read[0] is not view:
            self._read = (view, json.loads(view.body))
        return self._read[1]

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
            remembered[key] = await self._run_in(self._past, lambda: self._known_at(level, at))
            while len(remembered) > _KEPT:
                remembered.popitem(last=False)
        return remembered[key]

    async def adopted_at(self, at: datetime) -> str | None:
        """Give the hash of the plan that was adopted at a past minute."""
        view = await self.past("internal", at)
        return adopted_in(json.loads(view.body))

    async def document_at(self, at: datetime, *, live: bool = False) -> Mapping[str, Any]:
        """Give the situation in full: as it is now, or as it was known at a past minute."""
        if live:
            return await self.fresh()
        told = await self._run_in(
            self._past, lambda: json.loads(self._known_at("internal", at).body)
        )
        return dict(told)

    async def fresh(self) -> Mapping[str, Any]:
        """Take in at once what was written, and give the situation in full."""
        return await self._run_in(self._thread, self._fresh)

    @staticmethod
    async def _run_in(thread: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        """Do what reads the ledger beside the loop; one that cannot be read may be asked again."""
        try:
            return await asyncio.get_running_loop().run_in_executor(thread, work)
        except InputError as error:
            raise LedgerAway(error.faults) from error

    def _known_at(self, level: Level, at: datetime) -> View:
        return self._telling.past(level, at, self._clock())

    def _fresh(self) -> Mapping[str, Any]:
        self._step()
        return self.document

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        told = self.views
        while not self.ended:
            await _waited(self._wake, _EVERY_S)
            self._wake.clear()
            try:
                await loop.run_in_executor(self._thread, self._step)
                self.well = True
            except InputError as error:
                self.well = False
                _log.warning("The ledger cannot be read: %s", error)
            except Exception as error:  # noqa: BLE001 - the room goes on, and says it is not well
                self.well = False
                _log.error("The situation failed: %s", type(error).__name__)
            ready = loop.time()  # not when it began: a slow look and a quick one told two at once
            if self.views is not told:
                told = self.views
                await self._tell()
            await _waited(self._over, max(0.0, _EVERY_S - (loop.time() - ready)))

    async def _tell(self) -> None:
        """Call those who watch, a few at a time: requests are answered in between."""
        waiting = list(self._waiting)
        few = max(_FEW, len(waiting) // _SPREAD)
        for n in range(0, len(waiting), few):
            _call(waiting[n : n + few])
            await asyncio.sleep(_PAUSE_S)

    def _step(self) -> None:
        news = self._telling.news(self._clock())
        if news.withdrew:  # nothing that was told before is told again
            self._remembered = OrderedDict()
        if news.views:
            self.views = {**self.views, **news.views}


async def _waited(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, but no longer."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


def _call(waiting: Iterable[asyncio.Future[None]]) -> None:
    for called in waiting:
        if not called.done():
            called.set_result(None)
