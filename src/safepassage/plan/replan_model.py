"""Hold a new plan: what stays, what changes for whom and why, and what else could be chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from safepassage.base.provenance import Source
    from safepassage.plan.check import Checked
    from safepassage.plan.movement import Moving
    from safepassage.plan.replan_road import OnRoad
    from safepassage.plan.replan_upper import Upper
    from safepassage.plan.replan_world import World
    from safepassage.plan.start import Start

__all__ = ["REACH", "Alternative", "Changed", "Replanned", "Told"]

Ints = NDArray[np.int64]

REACH = 0.99
"""The new plan proposed is the one that changes fewest instructions and has this share of the
people out at closing whom any found has: an assumption."""


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """Hold one thing that a zone is told: by which way, to which crossing, in which minutes."""

    first: int
    last: int
    gate: int
    arcs: tuple[int, ...]
    groups: tuple[int, ...]
    people: int = 0


@dataclass(frozen=True, slots=True)
class Changed:
    """Hold a zone whose instruction changes: what it was told, is told now, and why."""

    zone: int
    before: tuple[Told, ...]
    after: tuple[Told, ...]
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Alternative:
    """Hold one new plan.

    Attributes
    ----------
    leaving
        Waves of people at home, from now on.
    changed
        Zones that are told something else.
    cumulative
        People past the crossings by each minute of the hours, (steps + 1,).
    passed
        The same at each crossing, (crossings, steps + 1).
    checked
        What its replay found.

    """

    leaving: tuple[Moving, ...]
    changed: tuple[Changed, ...]
    cumulative: Ints
    passed: Ints
    checked: Checked

    @property
    def total(self) -> int:
        """Count the people out at closing."""
        return int(self.cumulative[-1])


@dataclass(frozen=True, slots=True, eq=False)
class Replanned:
    """Hold new plans from where people are, from fewest changed instructions to most people.

    Attributes
    ----------
    start, world
        What it starts from, and what may be used.
    on_road
        How those on the road go on, in every alternative.
    before
        Waves that have passed by now.
    alternatives, chosen
        New plans that were checked, by the number of changes, and which of them is proposed.
    upper
        What nobody could pass from now on.
    seconds
        Of the wall clock, from ``Start`` to here.

    """

    start: Start
    world: World
    on_road: OnRoad
    before: tuple[Moving, ...]
    alternatives: tuple[Alternative, ...]
    chosen: int
    upper: Upper
    inputs: tuple[Source, ...]
    base: Mapping[str, Any] | None
    seconds: float

    @property
    def proposed(self) -> Alternative:
        """Give the new plan that is proposed."""
        return self.alternatives[self.chosen]

    @property
    def waves(self) -> tuple[Moving, ...]:
        """Give its movements from now on: people on the road, then those who leave home."""
        return (*self.on_road.all, *self.proposed.leaving)

    def choose(self, number: int) -> Replanned:
        """Propose another of the alternatives.

        Raises
        ------
        InputError
            If there is none of that number.

        """
        if not 0 <= number < len(self.alternatives):
            raise InputError.one(
                "alternative", f"{number} is not there", f"Give 0 to {len(self.alternatives) - 1}."
            )
        return replace(self, chosen=number)

    def as_json(self) -> dict[str, Any]:
        """Give it as ``replan.schema.json`` describes."""
        from safepassage.plan.replan_document import replan_document  # noqa: PLC0415

        return replan_document(self)

    def plan_document(self) -> dict[str, Any]:
        """Give the new plan as ``plan.json`` has one, for whatever reads plans.

        Raises
        ------
        InputError
            If the adopted plan was not given as a document.

        """
        from safepassage.plan.replan_plan import as_plan  # noqa: PLC0415

        return as_plan(self)

    @property
    def sha256(self) -> str:
        """Hash the new plan's document."""
        from safepassage.plan.replan_plan import hash_of  # noqa: PLC0415

        return hash_of(self.plan_document())

    def __str__(self) -> str:
        """Tell it in a few lines."""
        from safepassage.plan.replan_words import summary  # noqa: PLC0415

        return summary(self)
