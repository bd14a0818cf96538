"""Solve many changed cases on all cores, and stop between two of them when told to."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from safepassage.base.errors import InputError
from safepassage.base.progress import Progress, silent
from safepassage.city.memory import cores, free_memory
from safepassage.plan.setting import solve
from safepassage.plan.walkways import ENDS

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from safepassage.plan.changes import World
    from safepassage.plan.groups import GroupFlow
    from safepassage.plan.setting import Setting
    from safepassage.plan.walkways import End

__all__ = ["Figures", "Solver", "people_out"]

_LOOK_S: Final = 0.2
"""How often a wait for answers looks whether it is to stop [s]."""

_BYTES_PER_ENTRY: Final = 64
"""What one solve holds for each arc and minute [bytes]: 52 measured on Coquimbo, rounded up."""

_SHARE_OF_MEMORY: Final = 0.7


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold a count for the low, the best and the high figure of the people inside.

    They need not rise: a change may gain more where fewer people are inside.
    """

    low: int
    best: int
    high: int

    def less(self, other: Figures) -> Figures:
        """Subtract figure by figure."""
        return Figures(self.low - other.low, self.best - other.best, self.high - other.high)

    def plus(self, other: Figures) -> Figures:
        """Add figure by figure."""
        return Figures(self.low + other.low, self.best + other.best, self.high + other.high)

    def as_json(self) -> dict[str, int]:
        """Give the three counts by name."""
        return {"low": self.low, "best": self.best, "high": self.high}


def people_out(world: World, people: End, *, progress: Progress = silent) -> int:
    """Count the people past the crossings by closing at best: one whole solve."""
    return _total(solve(world.setting(people), straight=False, progress=progress))


def _total(flows: tuple[GroupFlow, ...]) -> int:
    return sum(flow.arrival.total for flow in flows)


class _StoppedError(Exception):
    """End a solve from inside its report of progress."""


class Solver:
    """Solve worlds for each figure of the people inside, many at the same time.

    The engine's kernels run outside Python's lock, so that threads use all cores and share
    everything that a change leaves as it was. Figures that put the same people into every
    zone are solved once.
    """

    def __init__(self, world: World, *, workers: int | None, stop: threading.Event) -> None:
        self.stop = stop
        self.world = world
        settings = {end: world.setting(end) for end in ENDS}
        self.same = _same(settings)
        self.ends = [end for end in ENDS if self.same[end] == end]
        self.solved = 0
        self.pool = ThreadPoolExecutor(workers or _workers(settings["best"]))

    def base(self) -> tuple[tuple[GroupFlow, ...], Figures] | None:
        """Solve the world as it is: flows for the best figure, and people out; None if stopped."""
        solves = {
            self.pool.submit(
                solve, self.world.setting(end), straight=False, progress=self._heed
            ): end
            for end in self.ends
        }
        found: dict[End, tuple[GroupFlow, ...]] = {}
        for future in self._answers(solves):
            found[solves[future]] = future.result()
        if len(found) < len(self.ends):
            return None
        return found[self.same["best"]], self._figures({e: _total(f) for e, f in found.items()})

    def run(
        self, worlds: Sequence[World], tell: Callable[[int, Figures | InputError], None]
    ) -> None:
        """Solve worlds in order; ``tell`` gets each one's number and people out once known.

        Where a world cannot be laid out, it gets the error instead.
        """
        solves = {
            self.pool.submit(people_out, world, end, progress=self._heed): (number, end)
            for number, world in enumerate(worlds)
            for end in self.ends
        }
        out: dict[int, dict[End, int]] = {}
        failed: set[int] = set()
        for future in self._answers(solves):
            number, end = solves[future]
            self.solved += 1
            try:
                found = out.setdefault(number, {})
                found[end] = future.result()
            except InputError as error:
                if number not in failed:
                    failed.add(number)
                    tell(number, error)
                continue
            if len(found) == len(self.ends):
                tell(number, self._figures(found))

    def _answers(self, solves: Iterable[Future[Any]]) -> Iterator[Future[Any]]:
        """Give solves as they end, until all have or it is stopped."""
        waiting = set(solves)
        while waiting and not self.stop.is_set():
            done, waiting = wait(waiting, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
            for future in done:
                if not isinstance(future.exception(), _StoppedError):
                    yield future

    def _figures(self, found: dict[End, int]) -> Figures:
        return Figures(*(found[self.same[end]] for end in ENDS))

    def close(self) -> None:
        """Let go of the threads: what still runs ends at its next report of progress."""
        self.stop.set()
        self.pool.shutdown(wait=True, cancel_futures=True)

    def _heed(self, what: str, done: float | None = None) -> None:  # noqa: ARG002 - as told
        if self.stop.is_set():
            raise _StoppedError


def _same(settings: dict[End, Setting]) -> dict[End, End]:
    """Say for each figure of the people inside which one is solved for it."""
    return {
        end: next(e for e in ENDS if np.array_equal(settings[e].supply, settings[end].supply))
        for end in ENDS
    }


def _workers(setting: Setting) -> int:
    """Say how many solves are done at once: one a core, as many as fit into memory."""
    free = free_memory()
    if free is None:
        return cores()
    each = len(setting.ways.tail) * (setting.steps + 1) * _BYTES_PER_ENTRY
    return max(1, min(cores(), int(_SHARE_OF_MEMORY * free / each)))
