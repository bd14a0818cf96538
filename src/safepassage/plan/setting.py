"""Settle what a plan is solved on: hours, network, crossings, people, what is kept free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import InputError
from safepassage.base.progress import Progress, silent
from safepassage.base.provenance import Source
from safepassage.base.window import Window
from safepassage.case import LoadedCase, load_case
from safepassage.city import build_city, city_inputs, located_case
from safepassage.declaration import read_announcements, versions
from safepassage.plan.blocks import blocks_of, reserved_by
from safepassage.plan.excluded import excluded_groups
from safepassage.plan.gates import Gate, gate_of
from safepassage.plan.groups import GroupFlow, people_by_group, solve_groups
from safepassage.plan.hazards import closed_for_hours
from safepassage.plan.hours import Hours, usable_hours
from safepassage.plan.not_leaving import without
from safepassage.plan.shuttles import Shuttles, laid_shuttles, riding
from safepassage.plan.walkways import End, Walkways, walkways_by_group

if TYPE_CHECKING:
    from safepassage.case.model import Case
    from safepassage.city import City
    from safepassage.declaration import Declaration
    from safepassage.plan.blocks import Block, Reserved

__all__ = ["Prepared", "Setting", "announced_window", "prepare", "settle", "solve"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Hold a case with everything that was read for it: its texts, its city, its hours."""

    loaded: LoadedCase
    declarations: tuple[Declaration, ...]
    city: City
    hours: Hours

    @property
    def inputs(self) -> tuple[Source, ...]:
        """List what was read: the case's files, its texts, its city's files."""
        texts = [Source(each.text_name, each.text_sha256) for each in self.declarations]
        return (*self.loaded.inputs, *texts, *city_inputs(self.loaded))


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """Hold what is solved: everything about a case that the engine is asked with.

    Attributes
    ----------
    rates
        Which figure of what crossings serve is taken.
    supply
        People per group and zone, shape (groups, zones).
    reserved
        Streets and crossings kept free, and when.
    by_group
        Each group's own network, (groups,): the arcs of ``ways``, with its capacities.
    excluded
        Per group, the rule that lets it use no corridor; empty text where it may leave.
    shuttles
        The buses, whose arcs are the last ones of every network.

    """

    case: Case
    city: City
    hours: Hours
    ways: Walkways
    gate: Gate
    blocks: tuple[Block, ...]
    reserved: tuple[Reserved, ...]
    supply: Ints
    by_group: tuple[Walkways, ...]
    excluded: tuple[str, ...]
    shuttles: Shuttles | None = None
    rates: End = "best"

    @property
    def steps(self) -> int:
        """Number the last minute of the usable hours."""
        return self.hours.steps


def prepare(
    case: str | LoadedCase, *, declarations: tuple[Declaration, ...] | None = None,
    city: City | None = None, ignore_daylight: bool = False, progress: Progress = silent,
) -> Prepared:  # fmt: skip
    """Read a case's announcements, work out its usable hours and lay out its city.

    Parameters
    ----------
    case
        A built-in case's name, a folder, a file, or a case already loaded.
    declarations, city
        What was announced and where, if they were read already.
    ignore_daylight
        Use the dark as well, whatever the case says.
    progress
        Told of each stage.

    Raises
    ------
    InputError
        If the case cannot be planned; every reason named.

    """
    loaded = load_case(case) if isinstance(case, str) else case
    progress("Reading the announcement")
    if declarations is None:
        declarations = read_announcements([loaded.path(each) for each in loaded.case.announcements])
    loaded = located_case(loaded, progress=progress)
    options = loaded.case.options
    hours = usable_hours(
        announced_window(loaded, declarations), loaded.case.place,
        confirm_and_test_min=options.confirm_and_test_min,
        ignore_daylight=ignore_daylight or options.ignore_daylight,
    )  # fmt: skip
    if city is None:
        progress("Laying out the city")
        city = build_city(loaded, progress=progress)
    return Prepared(loaded, declarations, city, hours)


def settle(
    case: Case, city: City, hours: Hours, *, people: End = "best", rates: End = "best"
) -> Setting:
    """Lay out what is solved.

    Parameters
    ----------
    case, city, hours
        As ``prepare`` gives them, or changed.
    people, rates
        Which figures of the people inside, and of what crossings serve, are taken.

    Raises
    ------
    InputError
        If no civilian corridor has a position.

    """
    gate = gate_of(case, city, hours)
    blocks = blocks_of(case.corridors, hours, case.options)
    reserved = (
        *reserved_by(city, blocks, hours, gate.corridors),
        *closed_for_hours(city, hours, gate.nodes),
    )
    by_group = walkways_by_group(city, case.movement, case.groups)
    shuttles = laid_shuttles(case, city, gate, hours)
    if shuttles:
        by_group = riding(by_group, shuttles)
    excluded = excluded_groups(case, city, gate, reserved, hours.steps, shuttles)
    if any(excluded):
        allowed = [gate.open_to(i) & (not rule) for i, rule in enumerate(excluded)]
        gate = replace(gate, allowed=np.array(allowed))
    return Setting(
        case=case, city=city, hours=hours, ways=by_group[0], gate=gate, blocks=blocks,
        reserved=reserved, supply=people_by_group(without(case, city, people), case.groups),
        by_group=by_group, excluded=excluded, shuttles=shuttles, rates=rates,
    )  # fmt: skip


def solve(
    setting: Setting, *, straight: bool = True, progress: Progress = silent
) -> tuple[GroupFlow, ...]:
    """Find each group's earliest arrivals, in the stated order.

    Without ``straight`` the last group's ways are left as they were found: the arrivals
    are the same.
    """
    return solve_groups(
        setting.by_group, setting.gate, setting.case.groups, setting.supply, setting.steps,
        reserved=setting.reserved, rates=setting.rates, straight=straight,
        shuttles=setting.shuttles, progress=progress,
    )  # fmt: skip


def announced_window(loaded: LoadedCase, declarations: tuple[Declaration, ...]) -> Window:
    """Take the window from the case, else from the first declaration that states one.

    Texts that extend or change another count as the latest of them has it.

    Raises
    ------
    InputError
        If nobody states a window, or a text calls the pause off.

    """
    if loaded.case.window:
        return Window(loaded.case.window.start, loaded.case.window.end)
    pauses = versions(declarations)
    for pause in pauses:
        if pause.called_off:
            raise InputError.one(
                pause.texts[-1].text_name, "calls the pause off",
                "To plan it all the same, give [window] start and end in case.toml.",
            )  # fmt: skip
    for pause in pauses:
        if pause.declaration.windows:
            first = pause.declaration.windows[0]
            return Window(first.start, first.end)
    raise InputError.one(
        "window", "is stated neither by the case nor by its announcements",
        "Give [window] start and end in case.toml.",
    )  # fmt: skip
