"""Replay a new plan from where people are, with code that shares nothing with the search.

It knows what ``Start`` says, the streets and the crossings as they are now, and the movements
that the new plan promises; everything else it works out for itself.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Defect
from safepassage.plan.check import Checked, check_movements
from safepassage.plan.check_ground import check_ground

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from safepassage.plan.movement import Moving
    from safepassage.plan.setting import Setting
    from safepassage.plan.start import Start

__all__ = ["check_from"]

_EPS_MIN = 1e-6


def check_from(
    start: Start, setting: Setting, people_per_min: NDArray[np.float64],
    under_way: Sequence[Moving], leaving: Sequence[Moving],
) -> Checked:  # fmt: skip
    """Check that a new plan can be walked from where people are.

    Parameters
    ----------
    start
        Where they are.
    setting
        Hours, streets and what is kept free, as they are now.
    people_per_min
        What each crossing serves in each minute from now on, (crossings, minutes).
    under_way, leaving
        Those on the road, with the whole way from home; those who are to leave home.

    Raises
    ------
    Defect
        Naming the first faults found.

    """
    faults = _past(start, under_way) + _at_home(start, leaving)
    if faults:
        raise Defect("The new plan failed its check. " + " ".join(faults[:5]))
    movements = [*under_way, *leaving]
    check_ground(movements, setting.ways, setting.city, setting.hours)
    supply = start.at_home.copy()
    for each in start.road:
        supply[each.group, each.zone] += each.people
    return check_movements(
        movements, setting.by_group,
        speeds_m_per_s=[group.speed_m_per_s.best for group in setting.case.groups],
        supply=supply, gate_nodes=setting.gate.nodes, people_per_min=people_per_min,
        minutes=people_per_min.shape[1], reserved=setting.reserved,
        allowed=setting.gate.allowed,
        received=np.maximum(setting.gate.received("best") - start.out, 0),
        may_wait=frozenset(range(len(under_way))),
    )  # fmt: skip


def _at_home(start: Start, leaving: Sequence[Moving]) -> list[str]:
    """Find who leaves before now, and zones that send more people than are at home."""
    faults = [
        f"Somebody of zone {each.zone} leaves at minute {each.depart:.1f}, before now."
        for each in leaving
        if each.depart < start.minute - _EPS_MIN
    ]
    sent = np.zeros_like(start.at_home)
    for each in leaving:
        sent[each.group, each.zone] += each.people
    return faults + [
        f"Group {g} of zone {z} sends {sent[g, z]} people and has {start.at_home[g, z]} at home."
        for g, z in np.argwhere(sent > start.at_home)
    ]


def _past(start: Start, under_way: Sequence[Moving]) -> list[str]:
    """Find who on the road did not go, until now, as people on the road did.

    Whoever left a zone in a minute is known by the arcs that they entered before now, and when.
    """
    there: dict[tuple[object, ...], float] = defaultdict(float)
    for each in start.road:
        for key, people in _minutes(each, start.minute):
            there[key] += people
    faults = []
    for each in under_way:
        if each.depart + each.lasting > start.minute + 1 - _EPS_MIN:
            faults.append(f"Somebody of zone {each.zone} is on the road who has not left.")
        for key, people in _minutes(each, start.minute):
            there[key] -= people
    for key, people in there.items():
        if people < -_EPS_MIN:
            faults.append(f"{-people:.0f} people more of zone {key[1]} are on the road than are.")
    return faults


def _minutes(each: Moving, now: int) -> list[tuple[tuple[object, ...], float]]:
    """Tell, of every minute in which some leave, what they did before now, and how many."""
    found: list[tuple[tuple[object, ...], float]] = []
    left = each.people
    due = each.ahead
    for minute in range(each.lasting):
        due += each.people_per_min
        people = min(int(due + 1e-9), left)
        due, left = due - people, left - people
        entered = tuple(
            (arc, round(at + minute, 6))
            for arc, at in zip(each.arcs, each.enter, strict=True)
            if int(at + minute + _EPS_MIN) < now
        )
        found.append(((each.group, each.zone, round(each.depart + minute, 6), entered), people))
    return found
