"""Replay a plan against the streets with code that shares nothing with the solver.

Times are real minutes, streets have real lengths: nothing here knows of rounding,
residual networks or labels.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Defect
from safepassage.plan.check_mixed import check_apart
from safepassage.plan.check_shuttles import check_rides

if TYPE_CHECKING:
    from safepassage.plan.blocks import Reserved
    from safepassage.plan.movement import Moving
    from safepassage.plan.shuttles import Shuttles
    from safepassage.plan.walkways import Walkways

__all__ = ["Checked", "check_movements"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_EPS_MIN = 1e-6
_MOST_FAULTS = 5
_LONGEST_PAUSE_MIN = 1.0
"""On a one-minute grid people may be up to a minute slower than they are; longer is waiting."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Hold what a replay found: how full the fullest street and crossing ever were."""

    movements: int
    people: int
    worst_street_use: float
    worst_crossing_use: float


def check_movements(
    movements: Sequence[Moving], ways: Walkways | Sequence[Walkways], *,
    speeds_m_per_s: Sequence[float], supply: Ints, gate_nodes: Ints, people_per_min: Floats,
    minutes: int, reserved: Sequence[Reserved], allowed: NDArray[np.bool_] | None = None,
    received: Floats | None = None, shuttles: Shuttles | None = None,
    may_wait: Collection[int] = (),
) -> Checked:  # fmt: skip
    """Check movements for everything a plan promises.

    Parameters
    ----------
    movements, ways
        Who moves when, on which network: one for all, or one for each group.
    speeds_m_per_s
        One per group; nobody may be faster.
    supply
        People per group and zone, shape (groups, zones).
    gate_nodes, people_per_min
        Crossings and what each serves, shape (crossings,), or (crossings, minutes).
    minutes
        Length of the usable window.
    reserved
        Streets and crossings kept free of these groups, and when.
    allowed
        Which group may use which crossing, (groups, crossings); all of them if None.
    received
        People whom the far end of each crossing can receive in all, (crossings,).
    shuttles
        Buses, with their departures and seats.
    may_wait
        Movements of people who were on the road already when they were told where to pass:
        they may wait on their way.

    Raises
    ------
    Defect
        Naming the first faults found.

    """
    faults: list[str] = []
    each_ways = list(ways) if isinstance(ways, Sequence) else [ways] * len(speeds_m_per_s)
    travel = [own.minutes(v) for own, v in zip(each_ways, speeds_m_per_s, strict=True)]
    for number, each in enumerate(movements):
        wrong = _one(
            each, each_ways[each.group], travel[each.group], gate_nodes, minutes, shuttles,
            may_wait=number in may_wait,
        )  # fmt: skip
        if not wrong and allowed is not None and not allowed[each.group, each.gate]:
            wrong = "uses a crossing that is not for its group"
        if wrong:
            faults.append(f"Movement {number} {wrong}.")
            if len(faults) >= _MOST_FAULTS:
                break
    if faults:  # the sums below mean nothing while a single movement is wrong
        raise Defect("The plan failed its check. " + " ".join(faults))
    faults += _nobody_twice(movements, supply)
    street_use, wrong_streets = _streets(
        movements, each_ways, travel, reserved, may_wait
    )  # fmt: skip
    per_min = np.broadcast_to(
        people_per_min if people_per_min.ndim == 2 else people_per_min[:, None],
        (len(gate_nodes), minutes),
    )
    gate_use, wrong_gates = _gates(movements, per_min, minutes, reserved)
    faults += wrong_streets + wrong_gates
    if received is not None:
        faults += _beyond(movements, received)
    if shuttles is not None:
        faults += check_rides(movements, shuttles, speeds_m_per_s)
    if faults:
        raise Defect("The plan failed its check. " + " ".join(faults[:_MOST_FAULTS]))
    people = sum(each.people for each in movements)
    return Checked(len(movements), people, street_use, gate_use)


def _one(  # noqa: C901, PLR0911, PLR0912 - one fault, one line
    each: Moving, ways: Walkways, travel: Floats, gate_nodes: Ints, minutes: int,
    shuttles: Shuttles | None = None, *, may_wait: bool = False,
) -> str:  # fmt: skip
    """Say what is wrong with one movement taken by itself, or nothing."""
    if not (0 <= each.gate < len(gate_nodes) and 0 <= each.zone < len(ways.zone_node)):
        return "starts or ends nowhere"
    stream = each.ahead + each.people_per_min * each.lasting
    if each.people <= 0 or not 0 <= each.ahead < 1 or stream < each.people - _EPS_MIN:
        return f"moves {each.people} people at {each.people_per_min} a minute"
    if each.depart < -_EPS_MIN:
        return "leaves before the usable window opens"
    if each.arrive + each.lasting > minutes + _EPS_MIN:
        return "passes the crossing after closing"
    node, ready = int(ways.zone_node[each.zone]), each.depart
    rides = {line.ride for line in shuttles.lines} if shuttles else set()
    last = int(gate_nodes[each.gate])
    if shuttles and each.arcs and each.arcs[-1] in rides:
        last = int(shuttles.landing[each.gate])
    for arc, enter in zip(each.arcs, each.enter, strict=True):
        if int(ways.tail[arc]) != node:
            return f"jumps to arc {arc}"
        if enter + _EPS_MIN < ready:
            return f"enters arc {arc} before it can be there"
        stood = enter - ready >= _LONGEST_PAUSE_MIN and arc not in rides  # waiting: check_rides
        if stood and not may_wait:
            return f"waits before arc {arc}, in the street"
        if ways.closed[arc]:
            return f"uses arc {arc}, which is closed"
        node, ready = int(ways.head[arc]), enter + float(travel[arc])
    if node != last:
        return "does not end at its crossing"
    if each.arrive + _EPS_MIN < ready:
        return "passes the crossing before it can be there"
    waits = each.arrive - ready >= _LONGEST_PAUSE_MIN and each.arcs[-1] not in rides
    if waits and not may_wait:
        return "waits before the crossing, in the street"
    return ""


def _nobody_twice(movements: Sequence[Moving], supply: Ints) -> list[str]:
    moved = np.zeros_like(supply)
    for each in movements:
        moved[each.group, each.zone] += each.people
    return [
        f"Group {g} of zone {z} moves {moved[g, z]} people and has {supply[g, z]}."
        for g, z in np.argwhere(moved > supply)
    ]


def _streets(
    movements: Sequence[Moving],
    each_ways: Sequence[Walkways],
    travel: Sequence[Floats],
    reserved: Sequence[Reserved],
    may_wait: Collection[int],
) -> tuple[float, list[str]]:
    """Add up, at every instant, what share of each street is entered, from both ends.

    A stream takes the share of the street that it is of what its own means could carry. Who may
    wait on the way stands at the end of a street, and is off it a minute after getting there.
    """
    sizes = [len(each.arcs) for each in movements]
    arc = np.array([a for each in movements for a in each.arcs], np.int64)
    enter = np.array([t for each in movements for t in each.enter], np.float64)
    if not len(arc):
        return 0.0, []
    group = np.repeat([each.group for each in movements], sizes)
    stream = np.repeat([float(each.people_per_min) for each in movements], sizes)
    fits = np.array([own.people_per_min for own in each_ways])
    alone = np.array([own.road for own in each_ways])
    stream = stream / fits[group, arc]
    leave = enter + np.repeat([float(each.lasting) for each in movements], sizes)
    off = np.array([t + each.lasting for each in movements for t in (*each.enter[1:], each.arrive)])
    faults = []
    for block in reserved:
        inside = arc < len(block.streets)
        inside[inside] = block.streets[arc[inside]]
        if (inside & (enter < block.last - _EPS_MIN) & (off > block.first + _EPS_MIN)).any():
            faults.append("Somebody is on a street while it is kept free.")
    waits = np.repeat([number in may_wait for number in range(len(movements))], sizes)
    there = leave + np.array(travel)[group, arc] + _LONGEST_PAUSE_MIN
    off = np.where(waits, np.minimum(off, there), off)
    faults += check_apart(movements, each_ways, arc, enter, off)
    road = alone[group, arc]
    if any(not own.on_foot for own in each_ways):
        # vehicles have each direction to themselves, people on foot take of both
        road, enter, leave, stream = _of_both(road, enter, leave, stream, group, each_ways)
    where = np.concatenate([road, road])
    when = np.concatenate([enter, leave - 2 * _EPS_MIN])
    change = np.concatenate([stream, -stream])
    order = np.lexsort((change, when, where))
    where, change = where[order], change[order]
    starts = np.flatnonzero(np.diff(where, prepend=-1))
    running = np.cumsum(change)
    before = np.repeat(running[starts] - change[starts], np.diff(np.append(starts, len(where))))
    use = running - before
    worst = float(use.max())
    if worst > 1 + 1e-6:
        faults.append(f"Arc {where[int(use.argmax())]} is used {worst:.2f} times over.")
    return worst, faults


def _of_both(
    road: Ints, enter: Floats, leave: Floats, stream: Floats, group: Ints,
    each_ways: Sequence[Walkways],
) -> tuple[Ints, Floats, Floats, Floats]:  # fmt: skip
    """Add what people on foot take of a street once more, for its other direction."""
    walks = np.array([own.on_foot for own in each_ways])[group]
    twin = np.max([own.reverse for own in each_ways], axis=0)[road]
    again = walks & (twin >= 0)
    return (
        np.concatenate([road, twin[again]]), np.concatenate([enter, enter[again]]),
        np.concatenate([leave, leave[again]]), np.concatenate([stream, stream[again]]),
    )  # fmt: skip


def _gates(
    movements: Sequence[Moving], per_min: Floats, minutes: int, reserved: Sequence[Reserved]
) -> tuple[float, list[str]]:
    """Add up what passes each crossing in each minute."""
    stream = np.zeros(per_min.shape)
    for each in movements:
        first = int(np.floor(each.arrive + _EPS_MIN))
        stream[each.gate, first : first + each.lasting] += each.people_per_min
    faults = []
    # people are whole: where 2.5 fit a minute, 3 may pass in one and 2 in the next
    allowed = np.ceil(per_min - 1e-9)
    minute_of = np.arange(minutes)
    for block in reserved:
        during = (minute_of + 1 > block.first) & (minute_of < block.last)
        allowed[block.crossings[:, None] & during] = 0
    for gate, minute in np.argwhere(stream > allowed + _EPS_MIN)[:3]:
        faults.append(f"{stream[gate, minute]:.0f} people pass crossing {gate} in minute {minute}.")
    behind = np.cumsum(stream, axis=1)
    lines = np.cumsum(per_min, axis=1)
    faults += [
        f"Crossing {gate} serves more people than its lanes can."
        for gate in np.flatnonzero((behind > lines + 1 - _EPS_MIN).any(axis=1))
    ]
    use = np.divide(stream, allowed, out=np.zeros_like(stream), where=allowed > 0)
    worst = float(use.max(initial=0.0))
    return worst, faults


def _beyond(movements: Sequence[Moving], received: Floats) -> list[str]:
    """Add up whom each far end receives."""
    people = np.zeros(len(received))
    for each in movements:
        people[each.gate] += each.people
    return [
        f"{people[gate]:.0f} people pass crossing {gate}, whose far end receives "
        f"{received[gate]:.0f}."
        for gate in np.flatnonzero(people > received + _EPS_MIN)
    ]
