"""Say in plain words how groups move, who may use which corridor, and what lies beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepassage.base.window import hhmm
from safepassage.case.groups import ON_FOOT
from safepassage.case.movers import movers
from safepassage.plan.walkways import means_of

if TYPE_CHECKING:
    from safepassage.case import Corridor, Group
    from safepassage.plan.model import Plan

__all__ = [
    "beyond_text",
    "capacity_lines",
    "ground_lines",
    "means_lines",
    "means_warnings",
    "speed_text",
]

_TOLD_M = 1
"""Stops nearer than this to a junction stand at it [m]."""


def speed_text(group: Group) -> str:
    """Say how fast a group moves, and whose speed that is."""
    said = f"{group.name} move at {group.speed_m_per_s} metres a second"
    if group.slowest:
        said += f", the speed of their slowest: {movers()[group.slowest].name}"
    return said + "."


def capacity_lines(plan: Plan) -> list[dict[str, str]]:
    """Say what a street lets through, for each means in use."""
    movement = plan.case.movement
    used = {means_of(group, plan.city) for group in plan.case.groups}
    lines = []
    if used & ON_FOOT:
        rate = movement.people_per_m_per_s
        lines.append((f"A metre of street lets {rate} people through a second.", rate.source))
    if "stretcher" in used:
        room = movement.walkers_per_stretcher
        said = f"A stretcher with its bearers takes the room of {room} people on foot. Bearers are "
        lines.append((said + "not counted among those who leave.", room.source))
    if used - ON_FOOT:
        vehicles = movement.vehicles_per_lane_per_min
        lines.append((f"A lane carries {vehicles} vehicles a minute.", vehicles.source))
    if "car" in used:
        seats = movement.people_per_vehicle
        lines.append((f"A vehicle carries {seats} people.", seats.source))
    if used & ON_FOOT and used - ON_FOOT:
        among = movement.vehicles_among_walkers
        said = "Vehicles and people on foot " + (
            "may be on one street at the same time, each taking its share."
            if among
            else "are never on one street at the same time."
        )
        lines.append((said, ""))
    if "ambulance" in used:
        seats = movement.people_per_ambulance
        said = f"An ambulance carries {seats} people; how many there are is not limited here."
        lines.append((said, seats.source))
    return [{"text": text, "source": source} for text, source in lines]


def ground_lines(plan: Plan) -> list[dict[str, str]]:
    """Say how a schematic city is joined, and what each crossing serves."""
    city, lines = plan.case.city, []
    if plan.city.schematic and city.links is not None:
        said = (
            f"The city is schematic: zones joined middle to middle, {city.detour:g} times the "
            f"straight distance, by one street {city.street_width_m:g} m wide for every "
            f"{city.border_m_per_street:g} m of shared border, and each crossing to the two zones "
            "nearest to it."
        )
        lines.append((said, ""))
    for corridor in plan.case.corridors:
        rate = corridor.people_per_min
        if corridor.id in plan.gate.corridors and rate is not None:
            said = f"{corridor.name} serves {rate} people a minute."
            lines.append((said, rate.source))
    return [{"text": text, "source": source} for text, source in lines]


def means_lines(plan: Plan) -> list[dict[str, str]]:
    """List what the plan takes for granted of buses, shares of crossings and what lies beyond."""
    lines = []
    shuttles = plan.shuttles.lines if plan.shuttles else ()
    for line in shuttles:
        each = next(shuttle for shuttle in plan.case.shuttles if shuttle.id == line.id)
        ride = f"{line.ride_min:.3g} minutes"
        ride += " by the streets" if line.worked_out else ""
        place = (
            f"{each.waiting:,} people may wait at its stop"
            if each.waiting
            else "nobody waits at its stop: people come in time for a bus"
        )
        if line.moved_m >= _TOLD_M:
            place += f"; it lies {line.moved_m:,.0f} m from the nearest junction, walked straight"
        said = (
            f"{each.name}: buses (fleet of {each.fleet}) of {each.seats} seats, a ride of {ride}, "
            f"a bus back for its next departure after {line.cycle_min:.3g} minutes; {place}. "
            "What buses take of the streets is not counted."
        )
        lines.append((said, each.source or each.seats.source))
    for corridor in plan.case.corridors:
        for share in corridor.shares:
            taken = (
                f"{share.lanes} of {corridor.lanes} lanes"
                if share.lanes
                else f"{share.people_per_min} people a minute"
            )
            when = (
                f" from {hhmm(share.start)} to {hhmm(share.end)}"
                if share.start and share.end
                else " at all hours"
            )
            lines.append((f"{corridor.name}: {share.purpose} takes {taken}{when}.", share.source))
        if corridor.onward:
            lines.append((_onward(corridor), corridor.onward.source))
        if corridor.reception:
            lines.append((beyond_text(corridor), corridor.reception.source))
    return [{"text": text, "source": source} for text, source in lines]


def _onward(corridor: Corridor) -> str:
    way = corridor.onward
    if way is None:
        return ""
    said = f"{corridor.name}: the way beyond takes {way.minutes} minutes"
    if way.people_per_min:
        said += f" and carries {way.people_per_min} people a minute"
    return said + "."


def beyond_text(corridor: Corridor) -> str:
    """Say what a corridor's far end can receive; nothing where that is not stated."""
    reception = corridor.reception
    if reception is None:
        return ""
    parts = []
    if reception.people:
        parts.append(f"{reception.people} people in all")
    if reception.people_per_min:
        parts.append(f"{reception.people_per_min} people a minute")
    return f"{corridor.name}: its far end can receive {' and '.join(parts)}."


def means_warnings(plan: Plan) -> list[str]:
    """Say who is left where they are by a rule, and which receptions the plan fills."""
    found = [
        f"{group.name} cannot leave by this plan: {rule}."
        for group, rule in zip(plan.case.groups, plan.excluded, strict=True)
        if rule
    ]
    laid = {line.id: line for line in (plan.shuttles.lines if plan.shuttles else ())}
    for shuttle in plan.case.shuttles:
        if shuttle.id not in laid:
            why = "it has no seats" if shuttle.seats.best < 1 else "its corridor is not located"
            found.append(f"{shuttle.name} is not planned: {why}.")
        elif not laid[shuttle.id].groups:
            found.append(f"Nobody boards {shuttle.name}: no group goes by bus.")
    received = plan.gate.received("best")
    for i, name in enumerate(plan.gate.corridors):
        corridor = next(each for each in plan.case.corridors if each.id == name)
        if received[i] < 1:
            found.append(f"Nobody is sent to {corridor.name}: its far end can receive nobody.")
        elif plan.optimum.passed[i, -1] >= received[i]:
            full = int((plan.optimum.passed[i] >= received[i]).argmax())
            found.append(
                f"{corridor.name} is shut from {hhmm(plan.hours.usable.at(full + 1))}: by then its "
                f"far end has, or soon will have, the {received[i]:,.0f} people it can receive."
            )
    return found
