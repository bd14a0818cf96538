"""Lay waves of one group beside all that stays as it was told: a board to try changes on."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.plan.kernel_schedule import fits, lay, order_slots, put, take_back, worth
from safepassage.plan.movement import Moving
from safepassage.plan.replan_adopted import step_of
from safepassage.plan.replan_road import free_of
from safepassage.plan.schedule_search import Question, Room, Search, choose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.plan.replan_known import Known, Narrow
    from safepassage.plan.replan_world import World
    from safepassage.plan.routes import Path

__all__ = ["Board", "Crowd", "laid_beside"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_EVERYBODY = 2**30


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """Hold who of a group is at home, and the routes each zone may be told.

    ``people`` has shape (zones,); ``paths`` are by the arcs that are left.
    """

    known: Known
    people: Ints
    paths: dict[int, list[Path]]


def laid_beside(
    world: World, narrow: Narrow, crowd: Crowd, others: Sequence[Moving], crossings: Floats,
    received: Floats, slot_min: int,
) -> list[Moving]:  # fmt: skip
    """Lay the waves of a group, each zone on the first of its routes, beside others' movements."""
    zones = sorted(zone for zone in crowd.paths if crowd.people[zone])
    if not zones:
        return []
    board = Board(world, narrow, crowd, others, crossings, received, slot_min, zones=zones)
    laid = choose(board.question, looks=0)
    return [
        board.moving(i, p, first, lasting, stream, units)
        for i, p, first, lasting, stream, units in laid.waves.tolist()
    ]


class Board:
    """Keep the arrays on which waves of one group are laid, beside other movements."""

    def __init__(
        self, world: World, narrow: Narrow, crowd: Crowd, others: Sequence[Moving],
        crossings: Floats, received: Floats, slot_min: int, *, zones: Sequence[int],
    ) -> None:  # fmt: skip
        self.world, self.narrow, self.crowd, self.zones = world, narrow, crowd, list(zones)
        number, units = crowd.known.number, world.units
        pace = narrow.paces[number]
        free = free_of(world, narrow, others, number)
        arcs = np.arange(len(narrow.arcs))
        self.question = Question(
            people=crowd.people[self.zones],
            paths=[crowd.paths[zone] for zone in self.zones],
            entered=[
                [np.cumsum([0, *pace.rounded.transit[list(p.arcs)].tolist()]) for p in each]
                for each in (crowd.paths[zone] for zone in self.zones)
            ],
            room=Room(
                arcs=arcs,
                streets=(np.floor(np.minimum(free, _EVERYBODY // units) + 1e-6) * units).astype(
                    np.int32
                ),
                twin=pace.ways.reverse,
                crossings=np.floor(np.maximum(crossings, 0) * units + 1e-6).astype(np.int64),
                received=np.minimum(received, _EVERYBODY // units).astype(np.int64) * units,
            ),
            slot_min=slot_min, units=units, first=world.first,
        )  # fmt: skip
        self.search = Search(self.question)
        self.place = {zone: i for i, zone in enumerate(self.zones)}

    def row(self, wave: Moving) -> Ints | None:
        """Give a wave as a row of the kernel; None where its route is not on the board."""
        i = self.place.get(wave.zone)
        arcs = tuple(self.narrow.place[list(wave.arcs)].tolist())
        if i is None:
            return None
        for p, path in enumerate(self.question.paths[i]):
            if path.gate == wave.gate and path.arcs == arcs:
                units = self.world.units
                return np.array([
                    self.search.first[i] + p, step_of(wave)[0], wave.lasting,
                    ceil(wave.people_per_min * units - 1e-6), wave.people * units,
                ], np.int64)  # fmt: skip
        return None

    def fits(self, row: Ints) -> bool:
        """Tell whether a wave has room beside all that is laid."""
        gate = int(self.search.routes[4][row[0]])
        inside = int(row[4]) <= int(self.search.room[3][gate])
        return inside and bool(fits(row, self.search.routes, self.search.room, self.search.used))

    def put(self, rows: Ints, sign: int = 1) -> None:
        """Lay waves, or take them off with ``sign`` -1."""
        if not len(rows):
            return
        put(rows, sign, self.search.routes, self.search.used)
        np.subtract.at(self.search.room[3], self.search.routes[4][rows[:, 0]], sign * rows[:, 4])

    def hold(self, waves: Sequence[Moving]) -> None:
        """Take those who leave with some waves off those who may be told anything else."""
        for wave in waves:
            self.search.supply[self.place[wave.zone]] -= wave.people * self.world.units

    def worth(self, entries: Sequence[int], chosen: Ints, supply: Ints) -> tuple[int, int, int]:
        """Tell what zones come to on chosen routes: units moved, score, looks."""
        search = self.search
        moved, score, looks = worth(
            np.array(entries, np.int64), chosen, search.zone_of, supply, search.routes,
            search.room, search.used, search.rule, search.shortest, search.space,
        )  # fmt: skip
        return int(moved), int(score), int(looks)

    def laid(self, entries: Sequence[int], chosen: Ints, supply: Ints) -> list[Moving]:
        """Give the waves of zones on chosen routes beside what is laid; nothing stays laid."""
        search = self.search
        entry, start, waves = search.space
        slots = order_slots(
            np.array(entries, np.int64), chosen, search.routes, search.rule, self.world.steps,
            entry, start,
        )  # fmt: skip
        n, *_ = lay(
            entry, start, slots, chosen, search.zone_of, supply, search.routes, search.room,
            search.used, search.rule, search.shortest, waves,
        )  # fmt: skip
        take_back(n, chosen, search.routes, search.used, waves)
        zone = search.zone_of[waves[:n, 0]]
        path = chosen[waves[:n, 0]] - search.first[zone]
        rows = zip(zone.tolist(), path.tolist(), waves[:n, 1:].tolist(), strict=True)
        return [self.moving(i, p, *row) for i, p, row in rows]

    def moving(self, i: int, p: int, first: int, lasting: int, stream: int, units: int) -> Moving:
        """Give a row of the kernel as a movement on the whole network."""
        zone, path = self.zones[i], self.question.paths[i][p]
        number, pace = self.crowd.known.number, self.narrow.paces[self.crowd.known.number]
        ways, clock = pace.ways, pace.rounded.clock
        rows = np.array(path.arcs, np.int64)
        after = self.question.entered[i][p]
        return Moving(
            group=number, zone=zone, gate=path.gate, arcs=tuple(self.narrow.arcs[rows].tolist()),
            depart=first + float(clock[ways.zone_node[zone]]),
            enter=tuple((first + after[:-1] + clock[ways.tail[rows]]).tolist()),
            arrive=first + int(after[-1]) + float(clock[self.world.gate.nodes[path.gate]]),
            lasting=lasting, people=units // self.world.units,
            people_per_min=stream / self.world.units,
        )  # fmt: skip
