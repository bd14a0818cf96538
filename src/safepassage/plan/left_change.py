"""Find the smallest change within stated limits that would move some people, added to a plan.

Tried are more lanes, a later end, an earlier start and these together, at each crossing that
the people can reach. What others use of streets and crossings stays theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import numpy as np

from safepassage.base.errors import InputError
from safepassage.base.phrases import counted, duration, listed
from safepassage.base.window import Window
from safepassage.plan.hours import usable_hours

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from safepassage.case.model import Case
    from safepassage.plan.hours import Hours

    Floats = NDArray[np.float64]

__all__ = [
    "LIMITS", "MORE_MIN", "Chance", "Change", "Extra", "light_beside", "smallest_changes",
]  # fmt: skip

MORE_MIN = 240
"""Minutes by which hours are lengthened at either end at most: an assumption."""

LIMITS = (
    "Looked for are at most twice the lanes or the buses, and 4 hours more at either end, as far "
    "as these are light (assumptions)."
)
"""A crossing's lanes, and a shuttle's buses, are at most doubled: as many more as there are."""

_ALTERNATIVES = 3

_MINUTES_LIKE_A_LANE = 60
"""Minutes that are as hard to get as one lane, for which change is the smaller: an assumption."""

Kind = Literal[
    "minutes", "earlier", "lanes", "both", "part", "buses", "corridor", "clear", "crossing",
    "reception", "rule",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extra:
    """Hold what is added at one crossing: lanes, minutes at the end, minutes at the start."""

    lanes: int = 0
    later_min: int = 0
    earlier_min: int = 0

    @property
    def effort(self) -> float:
        """Measure how large a change it is."""
        return self.lanes + (self.later_min + self.earlier_min) / _MINUTES_LIKE_A_LANE

    @property
    def kind(self) -> Kind:
        """Name what kind of change it is."""
        given = [bool(self.lanes), bool(self.later_min), bool(self.earlier_min)]
        if sum(given) > 1:
            return "both"
        return "lanes" if self.lanes else "earlier" if self.earlier_min else "minutes"

    def __str__(self) -> str:
        """Tell it in words."""
        parts = [counted(self.lanes, "more lane")] if self.lanes else []
        if self.later_min:
            parts.append(f"{duration(self.later_min)} more at the end")
        if self.earlier_min:
            parts.append(f"a start {duration(self.earlier_min)} earlier")
        return listed(parts)


@dataclass(frozen=True, slots=True)
class Change:
    """Hold a change: how much of what, at which corridor, in words, and whom it moves.

    ``moves`` counts the people, of those it is for; ``extra`` what is added, if that is lanes
    or minutes.
    """

    kind: Kind
    amount: int | None
    at: str
    text: str
    moves: int | None = None
    extra: Extra = Extra()


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """Hold what a plan leaves on a way to one crossing, minute by minute.

    Attributes
    ----------
    corridor, name
        Whose crossing it is.
    walk
        Steps from setting out to passing.
    usable
        Minutes that can be used now.
    served, left
        What the crossing serves and what is left of that, (usable,) [people per minute].
    street
        What streets on the way leave to those who pass in each minute from ``MORE_MIN``
        before the hours to twice that after them [people per minute].
    beyond
        What the way beyond lets through [people per minute].
    lane, lanes
        What one lane more serves, and how many more there may be.
    received
        How many more the far end can receive.

    """

    corridor: str
    name: str
    walk: int
    usable: int
    served: Floats
    left: Floats
    street: Floats
    beyond: float
    lane: float
    lanes: int
    received: float

    def moves(self, extra: Extra) -> int:
        """Count the people who can pass with something added.

        Where a crossing serves as many at all hours, others start earlier as well: the same
        minutes are then free at the end.
        """
        more = extra.lanes * self.lane
        early, late = extra.earlier_min, extra.later_min
        if (self.served == self.served[0]).all():
            early, late = 0, early + late
        room = np.full(early + self.usable + late, float(self.served.max()) + more)
        room[early : early + self.usable] = np.where(self.served > 0, self.left + more, 0)
        limit = np.full(len(room), self.beyond)
        limit[early : early + self.usable] -= self.served - self.left
        street = self.street[MORE_MIN - early : MORE_MIN + self.usable + late]
        passing = np.minimum(np.minimum(room, limit), street)[self.walk :]
        return int(min(np.floor(passing.clip(min=0).sum() + 1e-6), self.received))


def light_beside(case: Case, hours: Hours) -> Extra:
    """Count the minutes that hours longer by ``MORE_MIN`` at either end would add."""
    light, usable = hours.daylight, hours.usable
    dark = (light.sunset and usable.end > light.sunset) or (
        light.sunrise and usable.start < light.sunrise
    )
    more = timedelta(minutes=MORE_MIN)
    announced = hours.announced

    def added(window: Window) -> int:
        try:
            there = usable_hours(
                window, case.place, confirm_and_test_min=case.options.confirm_and_test_min,
                ignore_daylight=bool(dark) or case.options.ignore_daylight,
            )  # fmt: skip
        except InputError:
            return 0
        found = there.usable
        if found.start > usable.end or found.end < usable.start:  # the light of another day
            return 0
        return max(0, found.minutes - usable.minutes)

    return Extra(
        later_min=added(Window(announced.start, announced.end + more)),
        earlier_min=added(Window(announced.start - more, announced.end)),
    )


def smallest_changes(chances: Sequence[Chance], people: int, light: Extra) -> tuple[Change, ...]:
    """Give alternatives that move all of ``people``, the smallest first.

    Where none does within the limits, one change of kind ``part``: what moves most of them.
    """
    found: dict[Kind, tuple[float, int, Chance, Extra]] = {}
    for chance in chances:
        for extra in _enough(chance, people, light):
            known = found.get(extra.kind)
            if known is None or (extra.effort, chance.walk) < known[:2]:
                found[extra.kind] = (extra.effort, chance.walk, chance, extra)
    single = [each[0] for kind, each in found.items() if kind != "both"]
    if "both" in found and single and found["both"][0] >= min(single):
        del found["both"]
    best = sorted(found.values(), key=lambda each: each[:2])[:_ALTERNATIVES]
    if best:
        return tuple(_change(chance, extra, people) for _, _, chance, extra in best)
    return _part(chances, people, light)


def _enough(chance: Chance, people: int, light: Extra) -> Iterator[Extra]:
    """Give the least of each kind of change that moves everybody at one crossing."""
    for lanes in range(chance.lanes + 1):
        base = Extra(lanes=lanes)
        if lanes and chance.moves(base) >= people:
            yield base
            return
        latest = replace(base, later_min=light.later_min)
        for fixed, key, most in (
            (base, "later_min", light.later_min),
            (base, "earlier_min", light.earlier_min),
            (latest, "earlier_min", light.earlier_min if light.later_min else 0),
        ):
            found = _least(chance, people, fixed, key, most)
            if found:
                yield found


def _least(chance: Chance, people: int, fixed: Extra, key: str, most: int) -> Extra | None:
    """Find the fewest minutes of a kind, 1 to ``most``, that are enough; None if none are."""

    def with_(minutes: int) -> Extra:
        return replace(fixed, **{key: minutes})

    if most < 1 or chance.moves(with_(most)) < people:
        return None
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        if chance.moves(with_(middle)) >= people:
            high = middle
        else:
            low = middle + 1
    return with_(low)


def _change(chance: Chance, extra: Extra, people: int) -> Change:
    amount = {
        "lanes": extra.lanes, "minutes": extra.later_min, "earlier": extra.earlier_min,
    }.get(extra.kind)  # fmt: skip
    said = f"{extra} at {chance.name}" if extra.kind == "lanes" else f"{extra}, at {chance.name}"
    text = f"{said[:1].upper()}{said[1:]}."
    return Change(extra.kind, amount, chance.corridor, text, people, extra)


def _part(chances: Iterable[Chance], people: int, light: Extra) -> tuple[Change, ...]:
    """Tell what moves most of them within the limits."""
    most = [(each, replace(light, lanes=each.lanes)) for each in chances]
    none = "Nothing within these limits moves any of them."
    if not most:
        return (Change("part", 0, "", none, 0),)
    chance, extra = max(most, key=lambda each: (each[0].moves(each[1]), -each[1].effort))
    moved = min(chance.moves(extra), people)
    if not moved:
        return (Change("part", 0, "", none, 0),)
    text = (
        f"Nothing within these limits moves all of them; {extra}, at {chance.name}, "
        f"{'moves' if extra.kind != 'both' and extra.lanes <= 1 else 'move'} {moved:,} of "
        f"{people:,}."
    )
    return (Change("part", moved, chance.corridor, text, moved, extra),)
