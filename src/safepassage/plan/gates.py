"""Hold the crossings a plan leads to: what each serves when, and whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import InputError
from safepassage.flow.parts import spread
from safepassage.plan.walkways import ENDS, means_of, pick

if TYPE_CHECKING:
    from safepassage.base.lowbesthigh import LowBestHigh
    from safepassage.case.model import Case, Corridor
    from safepassage.city import City
    from safepassage.plan.hours import Hours
    from safepassage.plan.walkways import End

__all__ = ["Gate", "Taking", "gate_of"]

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

_EPS = 1e-9


@dataclass(frozen=True, slots=True)
class Taking:
    """Hold what another purpose takes of a crossing, in real minutes of the usable window.

    ``people_per_min`` is what is lost of the low, best and high figure of its rate.
    """

    crossing: int
    first: float
    last: float
    people_per_min: tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """Hold the crossings one network leads to.

    Attributes
    ----------
    nodes, corridors, rates
        Where they are, whose, and what each serves [people per minute].
    allowed
        Which group may use which, (groups, crossings); everybody all of them if None.
    takings
        What aid, medical evacuation and return take of them, and when.
    beyond
        What the way beyond and its far end let through a minute: low, best and high for each
        crossing; ``inf`` where nothing is stated; empty if nothing is at all.
    receives
        How many people the far end can receive in all, one per crossing; None where nothing
        is stated; empty if nothing is at all.

    """

    nodes: Ints
    corridors: tuple[str, ...]
    rates: tuple[LowBestHigh, ...]
    allowed: Flags | None = None
    takings: tuple[Taking, ...] = ()
    beyond: tuple[tuple[float, float, float], ...] = ()
    receives: tuple[LowBestHigh | None, ...] = ()

    def open_to(self, group: int) -> Flags:
        """Tell which crossings a group may use: (crossings,)."""
        if self.allowed is None:
            return np.ones(len(self.nodes), np.bool_)
        return np.asarray(self.allowed[group])

    def per_min(self, end: End, steps: int, *, bound: bool = False) -> Floats:
        """Give what each crossing serves in each minute: (crossings, steps + 1).

        Minutes that a share of another purpose touches count as taken; for a ``bound``
        only those that lie in its hours altogether.
        """
        which = ENDS.index(end)
        rate = np.array([pick(each, end) for each in self.rates])
        served = np.repeat(rate[:, None], steps + 1, axis=1)
        k = np.arange(steps + 1)
        for each in self.takings:
            within = (
                (k >= each.first) & (k + 1 <= each.last)
                if bound
                else (k + 1 > each.first) & (k < each.last)
            )
            served[each.crossing, within] -= each.people_per_min[which]
        if self.beyond:
            served = np.minimum(served, np.array(self.beyond)[:, which][:, None])
        return np.asarray(np.maximum(served, 0))

    def room(self, end: End, steps: int) -> Ints:
        """Give whole people per step, the running sum never above the exact one."""
        served = self.per_min(end, steps)
        steady = (served == served[:, :1]).all(axis=1)
        whole = spread(served[:, 0], steps)
        behind = np.floor(np.cumsum(served[~steady], axis=1) + _EPS * steps)
        whole[~steady] = np.diff(behind, axis=1, prepend=0)
        return np.asarray(whole, np.int64)

    def received(self, end: End) -> Floats:
        """Give how many people each far end receives in all: (crossings,), ``inf`` if unstated."""
        found = np.full(len(self.nodes), np.inf)
        for i, each in enumerate(self.receives):
            if each is not None:
                found[i] = np.floor(pick(each, end) + _EPS)
        return found


def gate_of(case: Case, city: City, hours: Hours) -> Gate:
    """Take the crossings civilians may use, and the rules for who uses them.

    Raises
    ------
    InputError
        If no civilian corridor has a position.

    """
    corridors = {c.id: c for c in case.corridors if c.users == "civilian"}
    found = [
        (crossing.node, corridors[crossing.corridor], rate)
        for crossing in city.crossings
        if crossing.corridor in corridors
        and (rate := corridors[crossing.corridor].people_per_min) is not None
    ]
    if not found:
        raise InputError.one(
            "corridors", "hold no civilian corridor with a position: nothing can be planned",
            "Give one a position in case.toml, marked `assumed = true` if no source states it.",
        )  # fmt: skip
    at = [corridor for _, corridor, _ in found]
    allowed = np.array(
        [
            [
                (not c.groups or group.id in c.groups)
                and (not c.means or means_of(group, city) in c.means)
                for c in at
            ]
            for group in case.groups
        ],
        np.bool_,
    )
    beyond = tuple(_beyond(corridor) for corridor in at)
    receives = tuple(c.reception.people if c.reception else None for c in at)
    return Gate(
        np.array([node for node, _, _ in found], np.int64),
        tuple(c.id for c in at), tuple(rate for _, _, rate in found),
        allowed=None if allowed.all() else allowed,
        takings=tuple(_takings(at, hours)),
        beyond=beyond if np.isfinite(beyond).any() else (),
        receives=receives if any(receives) else (),
    )  # fmt: skip


def _beyond(corridor: Corridor) -> tuple[float, float, float]:
    """Give what the way beyond a crossing and its far end let through a minute."""
    legs = [leg.people_per_min for leg in (corridor.onward, corridor.reception) if leg]
    low, best, high = (min((pick(leg, end) for leg in legs if leg), default=np.inf) for end in ENDS)
    return low, best, high


def _takings(at: list[Corridor], hours: Hours) -> list[Taking]:
    """List what shares take; of an interval the most where the rate is lowest."""
    minute = timedelta(minutes=1)
    found = []
    for i, corridor in enumerate(at):
        lane = corridor.people_per_min_per_lane
        for share in corridor.shares:
            first, last = -np.inf, np.inf
            if share.start and share.end:
                first = (share.start - hours.usable.start) / minute
                last = (share.end - hours.usable.start) / minute
            if share.people_per_min:
                asked = share.people_per_min
                taken = (asked.high, asked.best, asked.low)
            elif lane and share.lanes:
                whole = lane.times(share.lanes)
                taken = (whole.low, whole.best, whole.high)
            else:
                continue
            found.append(Taking(i, first, last, taken))
    return found
