"""Write what many send at once: one writer, one transaction for all who wait, each by itself."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from safepassage.base.errors import InputError
from safepassage.ledger.store import NoRoom, prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from safepassage.ledger.events import Event
    from safepassage.ledger.store import Receipt, Store

__all__ = ["Busy", "LedgerAway", "Writer"]

_log = logging.getLogger(__name__)

_TOGETHER = 2000
"""Events in one transaction at most."""
_TIDY_S = 0.5
"""How often the store does beside the writer what would make everybody wait."""


class Busy(InputError):
    """Refuse a batch because too many wait; it may be sent again."""


class LedgerAway(InputError):
    """Refuse a batch because the ledger cannot be written now; it may be sent again."""


class Writer:
    """Be the one writer of a ledger; to be used within one event loop.

    Whoever waits for ``append`` is answered only when the events are on disk.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime], *, most: int) -> None:
        self._store, self._clock, self._most = store, clock, most
        self._waiting: deque[tuple[Mapping[str, str], asyncio.Future[tuple[Receipt, ...]]]]
        self._waiting = deque()
        self._events = 0
        self._wake = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ledger-writer")
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="ledger-tidying")
        self._tasks: list[asyncio.Task[None]] = []
        self._ending = asyncio.Event()
        self.written = 0
        """Transactions so far."""

    def start(self) -> None:
        """Begin to write."""
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._tidy())]

    async def stop(self) -> None:
        """Write what waits, and end."""
        self._ending.set()
        self._wake.set()
        await asyncio.gather(*self._tasks)
        for thread in (self._thread, self._beside):
            thread.shutdown(wait=True)

    async def append(self, events: Sequence[Event]) -> tuple[Receipt, ...]:
        """Store a batch, all or nothing; on return it is on disk.

        Raises
        ------
        InputError
            With all faults of the batch; ``IdTaken``, ``NoRoom``, ``Busy``, ``LedgerAway``.

        """
        ready = prepared(events, self._clock())
        if self._events + len(ready) > self._most:
            raise Busy.one("server", "too much waits to be written", "Send it again in a while.")
        self._events += len(ready)
        answer: asyncio.Future[tuple[Receipt, ...]] = asyncio.get_running_loop().create_future()
        self._waiting.append((ready, answer))
        self._wake.set()
        return await answer

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while not self._ending.is_set() or self._waiting:
            await self._wake.wait()
            batches, answers = self._next()
            if not batches:
                continue
            outcomes = await loop.run_in_executor(self._thread, self._written, batches)
            self.written += 1
            for answer, outcome in zip(answers, outcomes, strict=True):
                if answer.done():  # whoever sent it has gone; it is stored all the same
                    continue
                if isinstance(outcome, Exception):
                    answer.set_exception(outcome)
                else:
                    answer.set_result(outcome)

    async def _tidy(self) -> None:
        loop, tidied = asyncio.get_running_loop(), 0
        while not self._ending.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), _TIDY_S)
            if self.written != tidied:
                tidied = self.written
                await loop.run_in_executor(self._beside, self._store.tidy)

    def _next(
        self,
    ) -> tuple[list[Mapping[str, str]], list[asyncio.Future[tuple[Receipt, ...]]]]:
        batches, answers, events = [], [], 0
        while self._waiting and events < _TOGETHER:
            ready, answer = self._waiting.popleft()
            events += len(ready)
            batches.append(ready)
            answers.append(answer)
        self._events -= events
        if not self._waiting:
            self._wake.clear()
        return batches, answers

    def _written(
        self, batches: list[Mapping[str, str]]
    ) -> Sequence[tuple[Receipt, ...] | Exception]:
        """Write batches together; where that fails, find out alone which of them can be."""
        try:
            return self._store.append_each(batches, now=self._clock())
        except NoRoom as error:
            return [error] if len(batches) == 1 else self._alone(batches)
        except InputError as error:  # another program writes, the database went away
            return [LedgerAway(error.faults)] * len(batches)
        except Exception as error:  # noqa: BLE001 - told to whoever sent it
            if len(batches) > 1:
                return self._alone(batches)
            _log.error("A batch could not be written: %s", type(error).__name__)
            return [error]

    def _alone(self, batches: list[Mapping[str, str]]) -> list[tuple[Receipt, ...] | Exception]:
        return [outcome for batch in batches for outcome in self._written([batch])]
