"""Make a schedule that can be announced: one corridor and one route for each zone.

Waves leave in slots (15 minutes unless the case says otherwise), each a steady stream that
streets and crossing let through. Which route a zone is told is chosen among those its people
take in the exact optimum, so that most people are out soonest (``schedule_search``). A zone's
groups are told the same route, as far as each can take it: no family is split.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.plan.blocks import closed_arcs, shut_crossings
from safepassage.plan.groups import Taken
from safepassage.plan.limits import usable_arcs
from safepassage.plan.movement import Moving
from safepassage.plan.riders import ride
from safepassage.plan.routes import Path, paths_of, takes
from safepassage.plan.schedule_search import Laid, Question, Room, choose
from safepassage.plan.schedule_told import better_told

if TYPE_CHECKING:
    from safepassage.case.model import Order
    from safepassage.plan.blocks import Reserved
    from safepassage.plan.gates import Gate
    from safepassage.plan.groups import GroupFlow
    from safepassage.plan.setting import Setting

__all__ = ["schedule_waves", "scheduled"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_TENTHS = 10
"""Streams are whole, or in tenths where a crossing serves part of a person more."""
_EVERYBODY = 2**30
_TRIED_CELLS = 100_000_000
"""Arcs × minutes × groups that trying what zones are told may lay anew: some two seconds."""


@dataclass(frozen=True, slots=True)
class _Ask:
    """Hold what is asked of every group alike."""

    gate: Gate
    steps: int
    slot_min: int
    reserved: tuple[Reserved, ...]
    order: Order
    per_zone: int
    longest: int
    units: int


@dataclass(frozen=True, slots=True)
class _Turn:
    """Hold a group with its number in the case, and when it may be where at all."""

    number: int
    flow: GroupFlow
    closed: Flags | None
    usable: Flags


def scheduled(
    setting: Setting, flows: tuple[GroupFlow, ...], *, order: Order | None = None
) -> list[Moving]:
    """Lay the waves of a setting as its case's options have it, or in another order."""
    options = setting.case.options
    return schedule_waves(
        setting.gate, flows, setting.steps, options.slot_min,
        reserved=setting.reserved, order=order or options.order,
        corridors_per_zone=options.corridors_per_zone,
        longest_walk_min=options.longest_walk_min,
    )  # fmt: skip


def schedule_waves(
    gate: Gate, flows: tuple[GroupFlow, ...], steps: int, slot_min: int,
    *, reserved: tuple[Reserved, ...] = (), order: Order = "most people",
    corridors_per_zone: int = 1, longest_walk_min: int | None = None,
) -> list[Moving]:  # fmt: skip
    """Lay the waves of all groups on the same grid as the optimum.

    Parameters
    ----------
    gate, flows, steps
        The crossings, and the exact plan, on each group's own network, whose routes are tried.
    slot_min
        Minutes of a departure slot.
    reserved
        What is kept free of these groups, and when.
    order
        Who comes first: whoever makes the most people out soonest, the zones farthest from a
        crossing, or groups of wounded and of families. Otherwise groups keep their order.
    corridors_per_zone
        How many routes a zone is told, 1 or 2.
    longest_walk_min
        Nobody is told a way that takes longer, if given; shuttles keep their timetable.

    """
    room = gate.per_min("best", steps)
    room[shut_crossings(reserved, len(room), steps)] = 0
    whole = (np.abs(room - np.rint(room)) < 1e-6).all()
    longest = steps if longest_walk_min is None else min(steps, longest_walk_min)
    ask = _Ask(
        gate, steps, slot_min, reserved, order, corridors_per_zone, longest,
        1 if whole else _TENTHS,
    )  # fmt: skip
    groups = [_turn(g, flow, ask) for g, flow in enumerate(flows) if flow.supply.any()]
    if order == "wounded and families first":
        groups.sort(key=lambda turn: turn.flow.group.turn)
    paths = {
        turn.number: paths_of(gate, turn.flow, turn.usable, longest)
        for turn in groups
        if not turn.flow.shuttles
    }
    groups, paths, arcs = _narrowed(groups, paths)
    afoot = [turn for turn in groups if turn.number in paths]

    def lay(told: dict[int, list[Path]]) -> list[Moving]:
        return _laid(groups, paths, told, room, ask)

    if len(afoot) > 1:
        together = _told_together(afoot, paths, room, ask)
        lead = max(afoot, key=lambda turn: int(turn.flow.supply.sum()))
        people = np.sum([flow.supply for flow in flows], axis=0)
        tries = _TRIED_CELLS // max(1, len(arcs) * (steps + 1) * len(groups))
        waves = better_told(together, paths[lead.number], people, steps, tries, lay)
    else:
        waves = lay({})
    return [replace(each, arcs=tuple(arcs[list(each.arcs)].tolist())) for each in waves]


def _laid(
    groups: list[_Turn], paths: dict[int, dict[int, list[Path]]], told: dict[int, list[Path]],
    room: Floats, ask: _Ask,
) -> list[Moving]:  # fmt: skip
    """Lay the waves of all groups in turn, each zone's people where they are told."""
    taken, received = Taken([], np.zeros_like(room)), ask.gate.received("best")
    seats = next((turn.flow.shuttles.seats() for turn in groups if turn.flow.shuttles), [])
    waves: list[Moving] = []
    for turn in groups:
        if turn.flow.shuttles:
            free = _free(turn, taken, np.arange(len(turn.flow.ways.tail)), ask.steps)
            ridden = ride(
                ask.gate, turn.flow, turn.number, ask.steps, free=free.astype(float),
                room=room - taken.crossings, received=received, seats=seats,
            )  # fmt: skip
            waves += ridden.waves
            taken.streets.append((turn.flow.pace, ridden.streets))
            taken.crossings = taken.crossings + ridden.crossings
            continue
        options = {
            zone: _same(told.get(zone, ()), own, turn, ask.longest)
            for zone, own in paths[turn.number].items()
        }
        own = _group_waves(turn, options, taken, room - taken.crossings, received, ask)
        waves += own
        if turn is not groups[-1]:
            streets, crossings = _used(own, turn, ask)
            taken.streets.append((turn.flow.pace, streets))
            taken.crossings = taken.crossings + crossings
        for each in own:
            received[each.gate] -= each.people
    return waves


def _narrowed(
    groups: list[_Turn], paths: dict[int, dict[int, list[Path]]]
) -> tuple[list[_Turn], dict[int, dict[int, list[Path]]], Ints]:
    """Leave out the arcs that no path takes in either direction; give those that are left.

    Who rides may take any.
    """
    if not groups:
        return groups, paths, np.zeros(0, np.int64)
    ways = groups[0].flow.ways
    kept = np.zeros(len(ways.tail), bool)
    for each in (each for own in paths.values() for routes in own.values() for each in routes):
        kept[list(each.arcs)] = True
    kept |= kept[ways.reverse] & (ways.reverse >= 0)
    if any(turn.flow.shuttles for turn in groups):
        kept[:] = True
    arcs = np.flatnonzero(kept)
    place = np.cumsum(kept) - 1
    narrow = [
        replace(
            turn,
            flow=replace(
                turn.flow, ways=turn.flow.ways.only(arcs),
                rounded=replace(turn.flow.rounded, transit=turn.flow.rounded.transit[arcs]),
            ),
            closed=None if turn.closed is None else turn.closed[arcs], usable=turn.usable[arcs],
        )
        for turn in groups
    ]  # fmt: skip
    placed = {
        number: {
            zone: [replace(p, arcs=tuple(place[list(p.arcs)].tolist())) for p in each]
            for zone, each in own.items()
        }
        for number, own in paths.items()
    }
    return narrow, placed, arcs


def _turn(number: int, flow: GroupFlow, ask: _Ask) -> _Turn:
    closed = closed_arcs(ask.reserved, flow.rounded.transit, ask.steps)
    usable = np.asarray(usable_arcs(flow, ask.reserved).any(axis=1))
    return _Turn(number, flow, closed, usable)


def _told_together(
    groups: list[_Turn], paths: dict[int, dict[int, list[Path]]], room: Floats, ask: _Ask
) -> dict[int, list[Path]]:
    """Choose what each zone is told, for all its people at the pace of the largest group.

    Those who share the streets with that group are counted with it: the others need none of
    the room that it needs.
    """
    lead = max(groups, key=lambda turn: int(turn.flow.supply.sum()))
    together = np.zeros_like(lead.flow.supply)
    for turn in groups:
        if np.array_equal(turn.flow.ways.people_per_min, lead.flow.ways.people_per_min):
            together += turn.flow.supply
    everybody = replace(lead.flow, supply=together)
    lead = replace(lead, flow=everybody)
    nobody = Taken([], np.zeros_like(room))
    options = paths[lead.number]
    zones = sorted(options)
    laid = _chosen(lead, options, nobody, room, ask.gate.received("best"), ask)
    return {
        zone: [options[zone][p] for p in laid.chosen[:, i].tolist() if p >= 0]
        for i, zone in enumerate(zones)
    }


def _same(told: list[Path] | tuple[()], own: list[Path], turn: _Turn, steps: int) -> list[Path]:
    """Keep to what the zone is told, else to its corridor, as far as the group can take it."""
    if not told:
        return own
    same = [each for each in told if takes(each, turn.flow, turn.usable, steps)]
    corridors = {each.gate for each in told}
    return same or [each for each in own if each.gate in corridors] or own


def _free(turn: _Turn, taken: Taken, arcs: Ints, steps: int) -> Ints:
    """Give what earlier groups and closures leave of arcs: (len(arcs), steps + 1)."""
    free = np.repeat(turn.flow.ways.whole_capacity()[arcs][:, None], steps + 1, axis=1)
    if turn.closed is not None:
        free[turn.closed[arcs]] = 0
    if taken.streets:
        free = np.maximum(free - taken.on(turn.flow.pace)[arcs], 0)
    return np.asarray(free)


def _chosen(
    turn: _Turn, options: dict[int, list[Path]], taken: Taken, crossings: Floats,
    received: Floats, ask: _Ask,
) -> Laid:  # fmt: skip
    flow, zones = turn.flow, sorted(options)
    paths = [options[zone] for zone in zones]
    transit = flow.rounded.transit
    entered = [
        [np.cumsum([0, *transit[list(path.arcs)].tolist()]) for path in each] for each in paths
    ]
    arcs = np.unique([arc for each in paths for path in each for arc in path.arcs]).astype(int)
    row = np.full(len(flow.ways.tail) + 1, -1)
    row[arcs] = np.arange(len(arcs))
    units, free = ask.units, _free(turn, taken, arcs, ask.steps)
    left = np.minimum(received, _EVERYBODY // units).astype(np.int64)
    question = Question(
        people=flow.supply[zones], paths=paths, entered=entered,
        room=Room(
            arcs=arcs,
            streets=(np.minimum(free, _EVERYBODY // units) * units).astype(np.int32),
            twin=row[flow.ways.reverse[arcs]],
            crossings=np.floor(np.maximum(crossings, 0) * units + 1e-6).astype(np.int64),
            received=left * units,
        ),
        slot_min=ask.slot_min, units=units, per_zone=ask.per_zone, rank=_farthest(entered),
    )  # fmt: skip
    farthest = choose(question)
    if ask.order == "farthest first":
        return farthest
    soonest = choose(replace(question, rank=None))
    return max(soonest, farthest, key=lambda laid: laid.score)


def _farthest(entered: list[list[Ints]]) -> Ints:
    """List zones by how far their nearest crossing is, the farthest first."""
    away = [min(int(enter[-1]) for enter in each) for each in entered]
    return np.argsort(-np.array(away, np.int64), kind="stable")


def _group_waves(
    turn: _Turn, options: dict[int, list[Path]], taken: Taken, crossings: Floats,
    received: Floats, ask: _Ask,
) -> list[Moving]:  # fmt: skip
    """Lay one group's waves."""
    flow, gate, zones = turn.flow, ask.gate, sorted(options)
    if not zones:
        return []
    laid = _chosen(turn, options, taken, crossings, received, ask)
    clock, transit, waves = flow.rounded.clock, flow.rounded.transit, []
    for i, p, start, lasting, stream, moved in laid.waves.tolist():
        path = options[zones[i]][p]
        arcs = np.array(path.arcs, np.int64)
        after = np.cumsum([0, *transit[arcs].tolist()])
        waves.append(
            Moving(
                group=turn.number, zone=zones[i], gate=path.gate, arcs=path.arcs,
                depart=start + float(clock[flow.ways.zone_node[zones[i]]]),
                enter=tuple((start + after[:-1] + clock[flow.ways.tail[arcs]]).tolist()),
                arrive=start + int(after[-1]) + float(clock[gate.nodes[path.gate]]),
                lasting=lasting, people=moved // ask.units, people_per_min=stream / ask.units,
            )
        )  # fmt: skip
    return waves


def _used(waves: list[Moving], turn: _Turn, ask: _Ask) -> tuple[Floats, Floats]:
    """Add up what waves take of streets and crossings, in people by the group's own steps."""
    clock, tail = turn.flow.rounded.clock, turn.flow.ways.tail
    streets = np.zeros((len(tail), ask.steps + 1))
    crossings = np.zeros((len(ask.gate.nodes), ask.steps + 1))
    for wave in waves:
        for arc, enter in zip(wave.arcs, wave.enter, strict=True):
            k = round(enter - float(clock[tail[arc]]))
            streets[arc, k : k + wave.lasting] += wave.people_per_min
        k = round(wave.arrive - float(clock[ask.gate.nodes[wave.gate]]))
        crossings[wave.gate, k : k + wave.lasting] += wave.people_per_min
    return streets, crossings
