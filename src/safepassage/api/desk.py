"""Hold what the routes work with: the case, its plan, the ledger, who writes it and who follows."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from safepassage.api.apart import Apart
from safepassage.api.front import Front
from safepassage.api.limits import Limits
from safepassage.api.live import Live
from safepassage.api.plans import Plans
from safepassage.api.replanning import Proposals
from safepassage.api.telling import Teller, adopted_in
from safepassage.api.tokens import Access
from safepassage.api.writer import LedgerAway, Writer
from safepassage.base.errors import InputError
from safepassage.ledger.opening import open_ledger
from safepassage.ledger.rehearsal_frame import marked
from safepassage.ledger.store import now_utc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from safepassage.api.telling import Telling
    from safepassage.case import LoadedCase
    from safepassage.plan.model import Plan
    from safepassage.plan.replan import Replanner

__all__ = ["Desk", "Settings"]

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Say what a server serves, to whom, and by which clock.

    ``plan`` is a plan's document as ``plan.json`` has it, ``map`` the streets it is drawn on;
    ``ledger`` names a ledger that is there. ``case`` is needed to plan anew and for forms; with
    ``made``, the plan that the case was given, that is ready at once. ``plan_sha256`` is that of
    its ``plan.json`` where it was published, ``plans`` a folder for those adopted later, ``key``
    what checkpoints are signed with; one of this run if not given. With ``apart`` and ``plans``, a
    process of its own tells the situation.
    """

    plan: Mapping[str, Any]
    ledger: str | Path
    map: Mapping[str, Any] | None = None
    case: LoadedCase | None = None
    made: Plan | None = None
    plan_sha256: str = ""
    plans: Path | None = None
    key: Ed25519PrivateKey | None = None
    access: Access = field(default_factory=Access)
    clock: Callable[[], datetime] = now_utc
    front: Front = field(default_factory=Front)
    limits: Limits = field(default_factory=Limits)
    apart: bool = False


class Desk:
    """Be at work: opened when the server starts, closed when it ends."""

    writer: Writer
    live: Live

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.plans = Plans(settings.plan, first_sha256=settings.plan_sha256, folder=settings.plans)
        self.proposals = Proposals(self._replanner if settings.made or settings.case else None)
        self.key = settings.key or Ed25519PrivateKey.generate()
        self.corridors = frozenset(each["id"] for each in settings.plan["corridors"])
        self.clock = settings.clock
        self.watching: dict[bytes, int] = {}
        self._open = ExitStack()
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="reader")

    async def start(self) -> None:
        """Open the ledger twice, to write and to read beside it, and begin."""
        self.store = self._open.enter_context(open_ledger(self.settings.ledger))
        self.record = self._open.enter_context(open_ledger(self.settings.ledger, read_only=True))
        self.exercise = self.store.head.exercise
        self.writer = Writer(self.store, self.clock, most=self.settings.limits.waiting_events)
        made_at = datetime.fromisoformat(self.record.head.made_at)
        self.live = Live(self._open.enter_context(closing(self._telling())), made_at, self.clock)
        await self.live.start()
        self.writer.start()
        self.proposals.warm_up()

    async def stop(self) -> None:
        """Write what waits, and let the ledger go."""
        await self.writer.stop()
        await self.live.stop()
        await self.proposals.stop()
        self._readers.shutdown(wait=True)
        self._open.close()

    def _telling(self) -> Telling:
        given = self.settings
        if not given.apart or given.plans is None:
            return Teller(self.record, self.plans)
        return Apart(given.ledger, given.plan, first_sha256=self.plans.first, folder=given.plans)

    @property
    def adopted(self) -> str | None:
        """Give the hash of the plan that the ledger says is adopted."""
        return adopted_in(self.live.document)

    def marked(self, text: str) -> str | None:
        """Give a text as an event of this ledger holds it: an exercise's says that it is one."""
        return marked(text) if self.exercise else text or None

    def _replanner(self) -> Replanner:
        from safepassage.plan.replan import Replanner  # noqa: PLC0415 - the solver takes a second

        source = self.settings.made or self.settings.case
        assert source is not None  # noqa: S101 - asked for with one only
        return Replanner(source)

    async def asking(self, work: Callable[[], T]) -> T:
        """Read the ledger beside the loop; one that cannot be read now may be asked again."""
        try:
            return await self.reading(work)
        except InputError as error:
            raise LedgerAway(error.faults) from error

    async def reading(self, work: Callable[[], T]) -> T:
        """Do what reads much beside the loop, a few at a time."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, work)
