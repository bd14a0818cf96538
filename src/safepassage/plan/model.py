"""Hold a plan: frozen, checked, and ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.base.provenance import Source
    from safepassage.case import Case
    from safepassage.case.model import Order
    from safepassage.city import City
    from safepassage.declaration import Conflict, Declaration
    from safepassage.plan.blocks import Block
    from safepassage.plan.check import Checked
    from safepassage.plan.gates import Gate
    from safepassage.plan.groups import GroupFlow
    from safepassage.plan.hours import Hours
    from safepassage.plan.left_behind import LeftBehind
    from safepassage.plan.limits import Limit, NotMoved
    from safepassage.plan.movement import Moving
    from safepassage.plan.readiness import Readiness
    from safepassage.plan.robust import Robust
    from safepassage.plan.setting import Prepared
    from safepassage.plan.shuttles import Shuttles
    from safepassage.plan.sweep import Sweep
    from safepassage.plan.walkways import Walkways

__all__ = ["Ceiling", "Optimum", "Plan", "Schedule"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Ceiling:
    """Bound what any plan could do: ``cumulative`` people past the crossings by the minute."""

    total: LowBestHigh
    cumulative: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """Hold the exact earliest-arrival plan of all groups in their order.

    ``cumulative`` and ``on_the_road`` have shape (minutes,); ``passed`` has shape
    (crossings, minutes); ``certified`` tells at how many minutes the cut was found
    equal to the people out.
    """

    flows: tuple[GroupFlow, ...]
    cumulative: Ints
    on_the_road: Ints
    passed: Ints
    out_by_zone: Ints
    certified: int
    checked: Checked

    @property
    def total(self) -> int:
        """Count the people past the crossings at the end."""
        return int(self.cumulative[-1])


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """Hold the waves that can be announced.

    ``departed`` has shape (zones, minutes), cumulative; the rest as in ``Optimum``.
    ``order`` says who comes first, ``most_people`` how many would be out by the minute in
    the order of that name; None where that is the order. ``away_min`` are the
    minutes of the quickest way, (groups, zones, crossings), ``inf`` where there is none.
    """

    waves: tuple[Moving, ...]
    cumulative: Ints
    on_the_road: Ints
    passed: Ints
    departed: Ints
    checked: Checked
    order: Order
    most_people: Ints | None
    away_min: NDArray[np.float64]

    @property
    def total(self) -> int:
        """Count the people past the crossings at the end."""
        return int(self.cumulative[-1])


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Hold a whole plan and everything it rests on.

    ``robust`` is None where it was not tried over what is not known, ``safety`` where it was
    not weighed against speed. ``prepared`` is what it was made of, for who asks more of it.
    """

    case: Case
    declarations: tuple[Declaration, ...]
    conflicts: tuple[Conflict, ...]
    city: City
    hours: Hours
    ways: Walkways
    gate: Gate
    shuttles: Shuttles | None
    excluded: tuple[str, ...]
    blocks: tuple[Block, ...]
    ceiling: Ceiling
    optimum: Optimum
    schedule: Schedule
    limits: tuple[Limit, ...]
    not_moved: tuple[NotMoved, ...]
    left_behind: tuple[LeftBehind, ...]
    readiness: Readiness
    robust: Robust | None
    safety: Sweep | None
    inputs: tuple[Source, ...]
    prepared: Prepared

    def __str__(self) -> str:
        """Tell the plan in a few lines, the ceiling never without what belongs beside it."""
        from safepassage.plan.words import summary  # noqa: PLC0415 - it imports this

        return summary(self)

    def as_json(self) -> dict[str, Any]:
        """Give the plan as the document that ``plan.json`` holds (schema in ``base/``)."""
        from safepassage.plan.document import plan_document  # noqa: PLC0415 - it imports this

        return plan_document(self)

    def map_json(self) -> dict[str, Any]:
        """Give the network as the document that the map draws."""
        from safepassage.plan.document import map_document  # noqa: PLC0415 - it imports this

        return map_document(self)
