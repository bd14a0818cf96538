"""Take those who are said to stay, or to be unable to walk, out of those who are planned for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.city.table import shared_out
from safepassage.plan.limits import Left
from safepassage.plan.walkways import ENDS, pick

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from safepassage.case.model import Case
    from safepassage.city import City
    from safepassage.plan.walkways import End

__all__ = ["counted_as_not_leaving", "not_leaving", "not_leaving_warnings", "without"]

_SAID = {
    "chose to stay": "chosen to stay",
    "cannot walk": "no means to leave and to be unable to walk",
}


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
    return tuple(left for _, left in _by_row(case, city, end))


def counted_as_not_leaving(case: Case, city: City) -> list[dict[str, int]]:
    """Count the people of each row of the case, at most as many as are there: low, best, high."""
    sums: dict[End, list[int]] = {}
    for end in ENDS:
        sums[end] = [0] * len(case.not_leaving)
        for row, left in _by_row(case, city, end):
            sums[end][row] += left.people
    return [
        {"low": min(low, best), "best": best, "high": max(high, best)}
        for low, best, high in zip(*(sums[end] for end in ENDS), strict=True)
    ]


def not_leaving_warnings(case: Case, city: City) -> list[str]:
    """Say where the case counts more people as not leaving than are there."""
    names = dict(zip(city.zones.ids, city.zones.names, strict=True))
    return [
        f"{each.people.whole()['best']:,} people "
        f"{'in ' + names[each.zone] if each.zone else 'inside'} are said to have "
        f"{_SAID[each.why]} ({each.source}): more than are there to be counted so, "
        f"{there['best']:,}."
        for each, there in zip(case.not_leaving, counted_as_not_leaving(case, city), strict=True)
        if each.people.whole()["best"] > there["best"]
    ]


def _by_row(case: Case, city: City, end: End) -> list[tuple[int, Left]]:
    """Count them by zone, with the number of the case's row."""
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
    for number, each in enumerate(case.not_leaving):
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
                found.append((number, Left(-1, zone, counted, each.why)))
    return found
