"""Find groups that no rule lets leave, and say which rule it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.base.errors import Fault, InputError
from safepassage.base.phrases import duration, listed
from safepassage.case.groups import ON_FOOT
from safepassage.plan.blocks import shut_crossings
from safepassage.plan.walkways import means_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from safepassage.case.model import Case, Group
    from safepassage.city import City
    from safepassage.plan.blocks import Reserved
    from safepassage.plan.gates import Gate
    from safepassage.plan.groups import GroupFlow
    from safepassage.plan.shuttles import Shuttles

    Floats = NDArray[np.float64]

__all__ = ["excluded_groups", "refuse_excluded", "refuse_too_long"]

_REMEDY = 'Change the rule, or set if_excluded = "unmoved" for the group to plan without it.'


def excluded_groups(
    case: Case, city: City, gate: Gate, reserved: tuple[Reserved, ...], steps: int,
    shuttles: Shuttles | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Name, for each group, the rule that lets it use no corridor; empty where it may leave."""
    open_min = (gate.per_min("best", steps) > 0) & ~shut_crossings(reserved, len(gate.nodes), steps)
    return tuple(
        _wrong_means(group, city)
        or _no_corridor(case, gate, i, group, city, open_min)
        or _no_bus(case, gate, i, group, shuttles)
        for i, group in enumerate(case.groups)
    )


def refuse_excluded(case: Case, rules: tuple[str, ...]) -> None:
    """Stop where a group is excluded and the case does not say to go on without it.

    Raises
    ------
    InputError
        Naming each such group and the rule; or if everybody is excluded.

    """
    faults = [
        Fault(f"case.toml: groups, {group.id}", f"cannot leave: {rule}", _REMEDY)
        for group, rule in zip(case.groups, rules, strict=True)
        if rule and group.if_excluded == "stop"
    ]
    if all(rules) and not faults:
        said = [f"{group.name}: {rule}" for group, rule in zip(case.groups, rules, strict=True)]
        faults = [
            Fault(
                "case.toml: groups", f"every one of them is excluded: {'; '.join(said)}",
                "Change a rule: there is nobody to plan for.",
            )
        ]  # fmt: skip
    if faults:
        raise InputError(faults)


def refuse_too_long(case: Case, flows: Sequence[GroupFlow], away_min: Floats) -> None:
    """Stop where the longest way that the case allows leaves a group nowhere to go.

    ``away_min`` are minutes of the quickest ways, (groups, zones, crossings).

    Raises
    ------
    InputError
        Naming each such group that the case does not leave where it is.

    """
    longest = case.options.longest_walk_min
    nearest = [float(away.min(initial=np.inf)) for away in away_min]
    faults = [
        Fault(
            f"case.toml: groups, {group.id}",
            f"cannot leave: options.longest_walk_min = {longest} allows them no way; the shortest "
            f"takes {duration(round(least))}",
            _REMEDY,
        )
        for group, flow, least in zip(case.groups, flows, nearest, strict=True)
        if longest is not None and longest < least < np.inf
        and not flow.shuttles and group.if_excluded == "stop"
    ]  # fmt: skip
    if faults:
        raise InputError(faults)


def _wrong_means(group: Group, city: City) -> str:
    """Say that a group's means cannot use the streets that were read, if so."""
    means = means_of(group, city)
    if city.schematic:
        return ""
    if city.mode == "walk" and means not in ON_FOOT:
        return f'it goes by {means}, and city.mode = "walk" holds streets for people on foot only'
    if city.mode == "vehicle" and means in ON_FOOT:
        return f'it goes by {means}, and city.mode = "vehicle" holds streets for vehicles only'
    return ""


def _no_corridor(
    case: Case, gate: Gate, number: int, group: Group, city: City, open_min: np.ndarray
) -> str:
    """Say which rules leave a group no crossing for a minute, if they do."""
    allowed = gate.open_to(number)
    if (allowed[:, None] & open_min).any():
        return ""
    corridors = {corridor.id: corridor for corridor in case.corridors}
    said = []
    for i, name in enumerate(gate.corridors):
        corridor = corridors[name]
        if corridor.groups and group.id not in corridor.groups:
            said.append(f"{corridor.name} is for groups {', '.join(corridor.groups)}")
        elif not allowed[i]:
            said.append(
                f"{corridor.name} is for those who go by {', '.join(corridor.means)}, "
                f"and it goes by {means_of(group, city)}"
            )
        elif not (gate.rates[i].best > 0):
            said.append(f"{corridor.name} serves nobody")
        elif any(each.crossing == i for each in gate.takings):
            said.append(f"{corridor.name} is wholly taken by its shares, or kept free")
        else:
            said.append(
                f"{corridor.name} is kept free or closed in all usable hours: the group cannot be "
                "kept apart from those it is kept free for"
            )
    return "; ".join(said)


def _no_bus(case: Case, gate: Gate, number: int, group: Group, shuttles: Shuttles | None) -> str:
    """Say that no shuttle takes a group that goes by bus, if so."""
    if group.means != "bus":
        return ""
    mine = [line for line in (shuttles.lines if shuttles else ()) if number in line.groups]
    if not case.shuttles:
        return "it goes by bus, and the case has no [[shuttles]]"
    empty = [each.name for each in case.shuttles if each.seats.best < 1]
    if not mine:
        why = f"{listed(empty)} {'have' if len(empty) > 1 else 'has'} no seats" if empty else ""
        return f"it goes by bus, and {why or 'no shuttle to a located corridor lets it board'}"
    if not any(gate.open_to(number)[line.gate] for line in mine):
        return "the shuttles that let it board go to corridors that are not for it"
    if not any(len(line.departs_min) for line in mine):
        return "no bus that lets it board leaves and arrives within the usable hours"
    return ""
