"""Plan anew from where people are, and change the fewest instructions that it can."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Defect, InputError
from safepassage.base.progress import Progress, silent
from safepassage.plan.model import Plan
from safepassage.plan.movement import minutes_of, spread_of
from safepassage.plan.replan_adopted import parted, waves_of
from safepassage.plan.replan_keep import kept_of
from safepassage.plan.replan_known import known_of, pooled
from safepassage.plan.replan_lay import Beside, alternatives_of
from safepassage.plan.replan_model import Replanned
from safepassage.plan.replan_road import go_on
from safepassage.plan.replan_upper import optimum_of_rest
from safepassage.plan.replan_world import world_from
from safepassage.plan.setting import prepare, settle, solve
from safepassage.plan.start import Closed, Start, open_until

if TYPE_CHECKING:
    from safepassage.base.provenance import Source
    from safepassage.case import LoadedCase
    from safepassage.plan.movement import Moving
    from safepassage.plan.replan_board import Board
    from safepassage.plan.replan_upper import Upper
    from safepassage.plan.replan_world import World

__all__ = ["Replanner"]

Ints = NDArray[np.int64]


class Replanner:
    """Make new plans for one case; prepared once, it answers in a second or two.

    Parameters
    ----------
    source
        The plan that is followed, or a case: its name, folder or file, or one already loaded.
    ignore_daylight
        Plan in the dark as well, as the plan did.
    progress
        Told of each stage.

    Raises
    ------
    InputError
        If the case cannot be planned, or has shuttles: buses are not planned anew.

    """

    def __init__(
        self, source: Plan | LoadedCase | str, *, ignore_daylight: bool = False,
        progress: Progress = silent,
    ) -> None:  # fmt: skip
        self.inputs: tuple[Source, ...]
        if isinstance(source, Plan):
            self.setting = settle(source.case, source.city, source.hours)
            flows, self.inputs = source.optimum.flows, source.inputs
            self.plan: Plan | None = source
        else:
            found = prepare(source, ignore_daylight=ignore_daylight, progress=progress)
            self.setting = settle(found.loaded.case, found.city, found.hours)
            flows, self.inputs, self.plan = (
                solve(self.setting, progress=progress),
                found.inputs,
                None,
            )
        if self.setting.shuttles:
            raise InputError.one(
                "case.toml: shuttles", "are buses, which are not planned anew during a pause",
                "Plan the rest of the day by hand, or as a case without shuttles.",
            )  # fmt: skip
        self.ignore_daylight = ignore_daylight or self.setting.case.options.ignore_daylight
        progress("Working out ways")
        self.known = known_of(self.setting, flows)
        self.pooled = [np.flatnonzero(pooled(self.known)).tolist()]
        self._warm()

    def _warm(self) -> None:
        """Plan twice, so that everything is compiled and in memory before it is needed."""
        home, nobody = self.setting.supply, np.zeros(len(self.corridors), np.int64)
        start = Start(minute=0, at_home=home, out=nobody, as_planned=False)
        waves = self.replan(start, adopted_waves=()).proposed.leaving
        self.replan(replace(start, closed=(Closed(self.corridors[0], 0),)), adopted_waves=waves)

    @property
    def corridors(self) -> tuple[str, ...]:
        """Name the crossings, in the order in which ``Start`` counts them."""
        return self.setting.gate.corridors

    def waves_of(self, document: Mapping[str, Any]) -> tuple[Moving, ...]:
        """Read the waves of a plan's document, as published, or of ``Replanned.plan_document``.

        Raises
        ------
        InputError
            If it is of another case.

        """
        return waves_of(document, self.setting, [each.pace for each in self.known])

    def replan(
        self, start: Start, *, adopted_waves: Mapping[str, Any] | Sequence[Moving],
        progress: Progress = silent,
    ) -> Replanned:  # fmt: skip
        """Make a new plan from where people are.

        Parameters
        ----------
        start
            Where they are, and what has become of crossings and hours.
        adopted_waves
            The plan that is followed: its document, or its waves.
        progress
            Told of each stage.

        Raises
        ------
        InputError
            If ``start`` cannot be, or the document is of another case.
        Defect
            If a new plan fails its check: nothing is returned then.

        """
        begun = time.perf_counter()
        setting = self.setting
        start.refuse_faults(setting.supply.shape, self.corridors)
        if isinstance(adopted_waves, Mapping):
            base, waves = adopted_waves, self.waves_of(adopted_waves)
        else:
            base, waves = None, tuple(adopted_waves)
        world = world_from(setting, start, waves, ignore_daylight=self.ignore_daylight)
        with ThreadPoolExecutor(1) as pool:  # the engine runs outside Python's lock
            upper = pool.submit(
                optimum_of_rest, world, self.known, start, parted(waves, start.minute).home
            )
            progress("Finding whom to tell something else")
            beside, boards = self._beside(start, world, waves)
            made, chosen = alternatives_of(beside, boards, worth_it=_changed(start, base))
            bound = _since(upper.result(), beside.before, start.minute)
        gone = _gone(waves, start, self.corridors)
        for each in made:
            if each.total > bound.total:
                raise Defect("A new plan has more people out than anybody could.")
        return Replanned(
            start=start, world=world, on_road=beside.on_road, before=gone,
            alternatives=made, chosen=chosen, upper=bound, inputs=self.inputs, base=base,
            seconds=time.perf_counter() - begun,
        )  # fmt: skip

    def _beside(
        self, start: Start, world: World, waves: Sequence[Moving]
    ) -> tuple[Beside, list[Board]]:
        """Send those on the road on, and find what of the rest can stay as it was told."""
        then, slot = parted(waves, start.minute), world.setting.case.options.slot_min
        received = np.maximum(world.gate.received("best") - start.out, 0)
        ways = [wave.arcs for wave in then.home]
        on_road, narrow = go_on(world, self.known, start.road, [*self.pooled, *ways], received)
        kept, boards = kept_of(world, self.known, narrow, on_road, start, then.home, slot)
        before = _history(_gone(waves, start, self.corridors), start, world)
        return Beside(start, world, narrow, on_road, kept, then.home, before, slot), boards


def _since(upper: Upper, before: Ints, minute: int) -> Upper:
    """Put what has happened before the bound."""
    passed = np.concatenate([before[:, :minute], upper.passed[:, minute:]], axis=1)
    out = np.concatenate([before[:, :minute].sum(axis=0), upper.cumulative[minute:]])
    return replace(upper, cumulative=out, passed=passed)


def _changed(start: Start, base: Mapping[str, Any] | None) -> bool:
    """Tell whether anything is otherwise than the plan that is followed took it to be."""
    then = (base or {}).get("replan", {}).get("took", {"closed": [], "rates": {}, "window": None})
    return not start.as_planned or start.took() != then


def _gone(
    waves: Sequence[Moving], start: Start, corridors: Sequence[str]
) -> tuple[Moving, ...]:  # fmt: skip
    """List who has passed by now, had everybody gone as told; nobody since a crossing closed."""
    found: list[Moving] = []
    for gate, name in enumerate(corridors):
        own = [wave for wave in waves if wave.gate == gate]
        until = open_until(name, start.closed, start.minute)
        found += parted(own, start.minute, passed_by=until).out
    return tuple(found)


def _history(out: Sequence[Moving], start: Start, world: World) -> Ints:
    """Spread those counted past each crossing over the minutes before as the plan had them."""
    passed = np.zeros(world.room.shape, np.int64)
    for each in out:
        passed[each.gate, minutes_of(each, each.arrive)] += spread_of(each)
    passed = np.cumsum(passed, axis=1)
    if start.minute:
        planned = passed[:, start.minute - 1]
        share = np.divide(start.out, planned, out=np.zeros(len(planned)), where=planned > 0)
        passed = np.floor(passed * share[:, None] + 1e-9).astype(np.int64)
    passed[:, max(start.minute - 1, 0) :] = start.out[:, None]
    return passed
