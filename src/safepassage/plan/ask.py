"""Say what each thing that may be asked for is worth, by solving the case anew with it.

Nothing is estimated from a cut or a price: people gained are the difference of two optima,
each solved whole, and so is every combination of two changes.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from safepassage.base.errors import InputError
from safepassage.base.phrases import signed
from safepassage.base.progress import Progress, silent, time_left
from safepassage.base.window import hhmm
from safepassage.flow.network import one_number
from safepassage.plan.ask_solve import Figures, Solver
from safepassage.plan.changes import Change, World, changes_of, joined, world_of
from safepassage.plan.excluded import refuse_excluded
from safepassage.plan.limits import Limit, limits_over_time
from safepassage.plan.setting import Prepared, prepare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.base.provenance import Source
    from safepassage.case import Case, LoadedCase
    from safepassage.city import City
    from safepassage.declaration import Declaration
    from safepassage.plan.changes import Kind
    from safepassage.plan.hours import Hours

__all__ = ["BEST_OF", "Gain", "Worth", "ask", "ask_if_quick"]

BEST_OF: Final = 5
"""So many of the changes that gain most are tried two by two."""

_QUICK_CELLS: Final = 2_000_000
"""Streets × minutes × groups, up to which asking takes some seconds on two cores."""

_TELL_EVERY_S: Final = 2.0
"""How often progress is told [s]."""


@dataclass(frozen=True, slots=True)
class Gain:
    """Say what one change is worth: people out by closing more than without it.

    Attributes
    ----------
    change, kind, unit, units
        What is changed, in what it is counted, and how many of these it takes.
    people_gained
        For each figure of the people inside; below 0 where fewer get out.
    parts
        The two changes that it is made of, if it is a combination.
    beyond_sum
        What a combination gains beyond the sum of its parts; None for others.
    assumed
        Whether it rests on a place that nobody confirmed.
    note
        Why nothing was solved for it, where its answer is known without.

    """

    change: str
    kind: Kind
    unit: str
    units: int
    people_gained: Figures
    parts: tuple[str, ...] = ()
    beyond_sum: Figures | None = None
    assumed: bool = False
    note: str = ""

    @property
    def per_unit(self) -> float:
        """Give the people gained for each unit, at the best figure of the people inside."""
        return self.people_gained.best / self.units


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """Hold what each change is worth; ``gains`` are sorted by people per unit, most first.

    Attributes
    ----------
    out
        People past the crossings by closing with no change: the plan's optimum.
    refused
        Changes that cannot be tried, each with the reason.
    limits
        What limits the case as it is, at the best figures.
    asked
        Changes to try, combinations included; more than were answered where it was stopped.

    """

    case: Case
    city: City
    hours: Hours
    out: Figures
    gains: tuple[Gain, ...]
    refused: tuple[tuple[str, str], ...]
    limits: tuple[Limit, ...]
    asked: int
    declarations: tuple[Declaration, ...]
    inputs: tuple[Source, ...]

    @property
    def people(self) -> LowBestHigh:
        """Give the people inside."""
        return self.city.people

    @property
    def complete(self) -> bool:
        """Tell whether everything was answered."""
        return len(self.gains) + len(self.refused) == self.asked

    def as_json(self) -> dict[str, Any]:
        """Give it as ``ask.schema.json`` describes it."""
        from safepassage.plan.ask_document import ask_document  # noqa: PLC0415 - for whoever asks

        return ask_document(self)


def ask(
    case: str | LoadedCase, *, ignore_daylight: bool = False, workers: int | None = None,
    stop: threading.Event | None = None, progress: Progress = silent,
) -> Worth:  # fmt: skip
    """Solve a case anew with each change that may be asked for, and with the best two by two.

    Parameters
    ----------
    case
        A built-in case's name, a folder, a file, or a case already loaded.
    ignore_daylight
        Plan in the dark as well, whatever the case says.
    workers
        Solves at the same time; one a core, as many as fit into memory, if not given.
    stop
        Once it is set, what is answered by then is given.
    progress
        Told how far it is, how long it will take and what is best so far.

    Raises
    ------
    InputError
        If the case cannot be planned, or it is stopped before anything is answered.

    """
    if workers is not None:
        workers = one_number(workers, "workers", low=1, high=1000)
    found = prepare(case, ignore_daylight=ignore_daylight, progress=progress)
    return _worth(found, ignore_daylight, workers, stop, progress)


def ask_if_quick(
    found: Prepared, *, ignore_daylight: bool = False, progress: Progress = silent
) -> Worth | None:
    """Ask of a case that a plan was made of, where it is so small that it takes seconds."""
    cells = (found.city.streets.n_streets + len(found.city.zones)) * found.hours.usable.minutes
    if cells * len(found.loaded.case.groups) > _QUICK_CELLS:
        return None
    return _worth(found, ignore_daylight, None, None, progress)


def _worth(
    found: Prepared, ignore_daylight: bool, workers: int | None, stop: threading.Event | None,
    progress: Progress,
) -> Worth:  # fmt: skip
    world = world_of(found, ignore_daylight=ignore_daylight)
    setting = world.setting("best")
    refuse_excluded(setting.case, setting.excluded)
    solver = Solver(world, workers=workers, stop=stop or threading.Event())
    asking = _Asking(world, solver, progress)
    try:
        progress("Solving the case as it is")
        base = solver.base()
        if base is not None:
            asking.run(base[1])
    finally:
        solver.close()
    if base is None:
        raise InputError.one("ask", "was stopped before anything was solved", "Ask again.")
    return Worth(
        case=world.case, city=world.city, hours=world.hours, out=base[1],
        gains=tuple(sorted(asking.gains, key=_most_first)), refused=tuple(asking.refused),
        limits=limits_over_time(
            setting.ways, setting.gate, base[0], setting.steps + 1, reserved=setting.reserved
        ),
        asked=asking.asked, declarations=found.declarations, inputs=found.inputs,
    )  # fmt: skip


def _most_of_all(gain: Gain) -> tuple[int, int, str]:
    return -gain.people_gained.best, -gain.people_gained.high, gain.change


def _most_first(gain: Gain) -> tuple[float, int, int, str]:
    return -gain.per_unit, *_most_of_all(gain)


class _Asking:
    """Carry what is answered, from the case as it is to the last combination."""

    def __init__(self, world: World, solver: Solver, progress: Progress) -> None:
        self.world, self.solver, self.progress = world, solver, progress
        self.out = Figures(0, 0, 0)
        self.gains: list[Gain] = []
        self.refused: list[tuple[str, str]] = []
        self.asked = self.expected = 0
        self.started = self.told = time.monotonic()

    def run(self, out: Figures) -> None:
        """Solve with every change, then with the best two by two."""
        self.out = out
        single = changes_of(self.world)
        self.asked = len(single)
        self._try(single, more=BEST_OF * (BEST_OF - 1) // 2)
        joined = self._pairs(single)
        self.asked += len(joined)
        self._try(joined)

    def _try(self, changes: Sequence[Change], *, more: int = 0) -> None:
        """Solve with each change that needs it; ``more`` are expected to follow."""
        tried: list[Change] = []
        worlds: list[World] = []
        for change in changes:
            try:
                world = change.make(self.world)
            except InputError as error:
                self._refuse(change, error)
                continue
            if note := _nothing_new(change, self.world, world):
                self._keep(change, self.out, note)
            elif not world.served:
                self._keep(change, Figures(0, 0, 0), "no crossing is left")
            else:
                tried.append(change)
                worlds.append(world)
        self.expected = self.solver.solved + (len(worlds) + more) * len(self.solver.ends)

        def tell(number: int, answer: Figures | InputError) -> None:
            if isinstance(answer, InputError):
                self._refuse(tried[number], answer)
            else:
                self._keep(tried[number], answer)
            self._tell()

        self.solver.run(worlds, tell)

    def _keep(self, change: Change, out: Figures, note: str = "") -> None:
        gained = out.less(self.out)
        beyond = None
        if change.parts:
            one, other = (self._gain(name).people_gained for name in change.parts)
            beyond = gained.less(one.plus(other))
        self.gains.append(
            Gain(change.name, change.kind, change.unit, change.units, gained, change.parts,
                 beyond, change.assumed, note)
        )  # fmt: skip

    def _gain(self, name: str) -> Gain:
        return next(gain for gain in self.gains if gain.change == name)

    def _refuse(self, change: Change, error: InputError) -> None:
        reason = "; ".join(f"{fault.where} {fault.what}" for fault in error.faults)
        self.refused.append((change.name, reason))

    def _pairs(self, single: Sequence[Change]) -> list[Change]:
        """Join those that gain most, two by two; of those that exclude each other the best."""
        named = {change.name: change for change in single}
        best: list[Change] = []
        for gain in sorted(self.gains, key=_most_of_all):
            change = named[gain.change]
            barred = any(change.bars & other.bars for other in best)
            if gain.people_gained.best > 0 and change.kind != "lost" and not barred:
                best.append(change)
        return [joined(*pair) for pair in combinations(best[:BEST_OF], 2)]

    def _tell(self) -> None:
        """Tell how far it is, now and then."""
        if time.monotonic() - self.told < _TELL_EVERY_S or not self.gains:
            return
        self.told = time.monotonic()
        best = max(self.gains, key=lambda gain: gain.people_gained.best)
        left = time_left(self.started, self.solver.solved, self.expected)
        self.progress(
            f"{self.solver.solved} of {self.expected} solved{left}; so far most is gained by: "
            f"{best.change} ({signed(best.people_gained.best)} people)",
            min(1.0, self.solver.solved / self.expected),
        )


def _nothing_new(change: Change, world: World, changed: World) -> str:
    """Say why a change of hours adds no usable minute, if so: then nothing needs solving."""
    if change.kind not in ("end", "start") or changed.hours.usable != world.hours.usable:
        return ""
    later, announced = change.kind == "end", changed.hours.announced
    why = [
        f"{cut.reason} ({f'from {hhmm(cut.start)}' if later else f'until {hhmm(cut.end)}'})"
        for cut in changed.hours.cuts
        if (cut.end == announced.end if later else cut.start == announced.start)
    ]
    return f"no usable minute is added, {'; '.join(why)}"
