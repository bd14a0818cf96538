"""Take those who are said to stay, or to be unable to walk, out of those who are planned for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.city.table import shared_out
from safepassage.plan.limits import Left
from safepassage.plan.walkways import pick

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safepassage.case.model import Case
    from safepassage.city import City
    from safepassage.plan.walkways import End

__all__ = ["not_leaving", "without"]


def without(case: Case, city: City, end: End) -> NDArray[np.float64]:
    """Give the people of each zone less those not planned for: (zones,).

    Raises
    ------
    InputError
        If the case counts them in a zone that is not there.

    """
    people = np.rint(getattr(city.zones, end))
    for each in not_leaving(case, city, end):
        people[each.zone] -= each.people
    return np.asarray(np.maximum(people, 0))


def not_leaving(case: Case, city: City, end: End = "best") -> tuple[Left, ...]:
    """Count them by zone; at most as many as are there.

    Raises
    ------
    InputError
        If the case counts them in a zone that is not there.

    """
    zones = city.zones
    row = {zone: i for i, zone in enumerate(zones.ids)}
    faults = [
        Fault(
            f"case.toml: not_leaving[{i}].zone", f"is no zone ({each.zone!r})",
            "Name the id of a zone, or leave it out for all of them.",
        )
        for i, each in enumerate(case.not_leaving)
        if each.zone and each.zone not in row
    ]  # fmt: skip
    if faults:
        raise InputError(faults)
    there = np.rint(getattr(zones, end)).astype(np.int64)
    found = []
    for each in case.not_leaving:
        total = pick(each.people, end)
        if each.zone:
            shares = {row[each.zone]: round(total)}
        else:
            total = min(total, float(there.sum()))
            shares = dict(enumerate(shared_out(total, there.astype(np.float64)))) if total else {}
        for zone, people in shares.items():
            counted = min(people, int(there[zone]))
            if counted:
                there[zone] -= counted
                found.append(Left(-1, zone, counted, each.why))
    return tuple(found)
