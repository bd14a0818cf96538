"""Lay the waves of new plans, compare them with what was told, and have each replayed."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.errors import Defect
from safepassage.plan.check_start import check_from
from safepassage.plan.movement import minutes_of, spread_of
from safepassage.plan.replan_adopted import step_of
from safepassage.plan.replan_board import Board, Crowd, laid_beside
from safepassage.plan.replan_keep import left_at
from safepassage.plan.replan_model import REACH, Alternative, Changed, Told
from safepassage.plan.replan_search import Choice, Point, search
from safepassage.plan.replan_words import why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.plan.movement import Moving
    from safepassage.plan.replan_keep import Kept
    from safepassage.plan.replan_known import Narrow
    from safepassage.plan.replan_road import OnRoad
    from safepassage.plan.replan_world import World
    from safepassage.plan.routes import Path
    from safepassage.plan.start import Start

__all__ = ["Beside", "alternatives_of", "told_of"]

Ints = NDArray[np.int64]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Beside:
    """Hold what every new plan from one start has in common.

    ``home`` are the waves that people at home were told, from now on; ``before`` counts who
    passed each crossing until now, cumulative, (crossings, steps + 1).
    """

    start: Start
    world: World
    narrow: Narrow
    on_road: OnRoad
    kept: Kept
    home: tuple[Moving, ...]
    before: Ints
    slot_min: int


def alternatives_of(
    beside: Beside, boards: Sequence[Board], *, worth_it: bool
) -> tuple[tuple[Alternative, ...], int]:
    """Make the new plans worth showing, and tell which of them is proposed.

    They are the one with fewest changes, the one that changes fewest and has ``REACH`` of the
    people out that any has, and the one with most people out.
    """
    board, counted = _lead(beside, boards)
    found = search(board, counted, beside.kept.forced, worth_it=worth_it)
    laid = [_laid(beside, point) for point in found.points]
    out = [sum(each.people for each in waves) for waves in laid]
    best = max(range(len(out)), key=lambda i: (out[i], -i))
    enough = next(i for i in range(len(out)) if out[i] >= REACH * out[best])
    made = _replayed(beside, laid, found.points, sorted({0, enough, best}))
    most = max(each.total for each in made)
    return made, next(i for i, each in enumerate(made) if each.total >= REACH * most)


def _replayed(
    beside: Beside, laid: Sequence[tuple[Moving, ...]], points: Sequence[Point],
    shown: Sequence[int],
) -> tuple[Alternative, ...]:  # fmt: skip
    """Keep those that pass their replay: in an emergency one that holds is better than none.

    Of those, the ones by which more changes get more people out.

    Raises
    ------
    Defect
        If none passes.

    """
    made: list[Alternative] = []
    failed: list[Defect] = []
    for i in shown:
        try:
            made.append(_alternative(beside, laid[i], points[i]))
        except Defect as defect:
            _log.error("A new plan with %d changes is left out. %s", len(points[i].told), defect)
            failed.append(defect)
    if not made:
        raise failed[0]
    kept: list[Alternative] = []
    for each in sorted(made, key=lambda each: (len(each.changed), -each.total)):
        if not kept or each.total > kept[-1].total:
            kept.append(each)
    return tuple(kept)


def _lead(beside: Beside, boards: Sequence[Board]) -> tuple[Board, list[Moving]]:
    """Give the board that whom to tell is chosen on, and the waves laid on it that may go.

    With several groups it is that of the largest, on which those who share the streets with it
    count with it; the waves of the others stay.
    """
    kept, crowds = beside.kept, beside.kept.crowds
    lead = max(crowds, key=lambda crowd: int(crowd.people.sum()))
    number = lead.known.number
    rate = lead.known.pace.ways.people_per_min
    alike = [c for c in crowds if np.array_equal(c.known.pace.ways.people_per_min, rate)]
    counted = [each for each in kept.moving(sure=False) if each.group == number]
    if _alone(beside.kept):
        boards[number].hold(kept.moving(sure=True))
        return boards[number], counted
    people = np.sum([crowd.people for crowd in alike], axis=0)
    for each in kept.moving(sure=True):
        if any(each.group == crowd.known.number for crowd in alike):
            people[each.zone] -= each.people
    groups = {crowd.known.number for crowd in alike}
    moving = kept.moving(sure=False)
    others = [*kept.moving(sure=True), *(each for each in moving if each.group not in groups)]
    crossings, received = left_at(beside.world, beside.narrow, beside.on_road, others)
    board = Board(
        beside.world, beside.narrow, replace(lead, people=people),
        [*beside.on_road.all, *others], crossings, received, beside.slot_min,
        zones=sorted(lead.paths),
    )  # fmt: skip
    counted = []
    for each in moving:
        row = board.row(replace(each, group=number)) if each.group in groups else None
        if row is not None and board.fits(row):
            board.put(row[None, :])
            counted.append(each)
    return board, counted


def _alone(kept: Kept) -> bool:
    """Tell whether no more than one group has anybody at home."""
    return sum(bool(crowd.people.any()) for crowd in kept.crowds) <= 1


def _laid(beside: Beside, point: Point) -> tuple[Moving, ...]:
    """Lay all waves of a point: what stays, then what is told anew, group by group."""
    again = [zone for zone, choice in point.told.items() if not choice.keeps]
    waves = beside.kept.moving(but=again)
    if _alone(beside.kept):
        return (*waves, *point.waves)
    for crowd in beside.kept.crowds:
        left = np.zeros_like(crowd.people)
        there = list(point.told)
        left[there] = crowd.people[there]
        for each in waves:
            if each.group == crowd.known.number:
                left[each.zone] -= each.people
        paths = {
            zone: [path]
            for zone, choice in point.told.items()
            if (path := _for_group(beside, crowd, zone, choice)) is not None
        }
        crossings, received = left_at(beside.world, beside.narrow, beside.on_road, waves)
        waves += laid_beside(
            beside.world, beside.narrow, replace(crowd, people=np.maximum(left, 0), paths=paths),
            [*beside.on_road.all, *waves], crossings, received, beside.slot_min,
        )  # fmt: skip
    return tuple(waves)


def _for_group(beside: Beside, crowd: Crowd, zone: int, choice: Choice) -> Path | None:
    """Give the way of a group that is told a route: the same, else another to that crossing."""
    own = crowd.paths.get(zone, [])
    told = choice.path
    same = next((p for p in own if p.gate == told.gate and p.arcs == told.arcs), None)
    pace = beside.narrow.paces[crowd.known.number]
    arcs = list(told.arcs)
    walkable = bool(
        crowd.known.open[told.gate] and (pace.ways.whole_capacity()[arcs] > 0).all()
        and beside.world.first + int(pace.rounded.transit[arcs].sum()) <= beside.world.steps
    )  # fmt: skip
    return same or (told if walkable else next((p for p in own if p.gate == told.gate), None))


def _alternative(beside: Beside, leaving: tuple[Moving, ...], point: Point) -> Alternative:
    start, world, on_road = beside.start, beside.world, beside.on_road
    checked = check_from(start, world.setting, world.room, on_road.all, leaving)
    passed = np.zeros(world.room.shape, np.int64)
    for each in (*on_road.all, *leaving):
        passed[each.gate, minutes_of(each, each.arrive)] += spread_of(each)
    passed = beside.before + np.cumsum(passed, axis=1)
    stays = [
        each.told for each in beside.kept.stays
        if each.sure or each.told.zone not in point.told or point.told[each.told.zone].keeps
    ]  # fmt: skip
    moved = {id(each.moving) for each in beside.kept.stays if each.moving is not None}
    new = [each for each in leaving if id(each) not in moved]
    return Alternative(
        leaving=leaving, changed=_changed(beside, [*stays, *new]), passed=passed,
        cumulative=passed.sum(axis=0), checked=checked,
    )  # fmt: skip


def _changed(beside: Beside, after: Sequence[Moving]) -> tuple[Changed, ...]:
    """List the zones that are told something else than before, and why."""
    was, now = told_of(beside.home), told_of(after)
    found = []
    for zone in sorted({*was, *now}):
        before, later = was.get(zone, ()), now.get(zone, ())
        if {_told(each) for each in before} != {_told(each) for each in later}:
            reason = beside.kept.forced.get(zone) or why(beside, before, later)
            found.append(Changed(zone, before, later, reason))
    return tuple(found)


def _told(each: Told) -> tuple[object, ...]:
    return each.first, each.last, each.gate, each.arcs, each.groups


def told_of(waves: Sequence[Moving]) -> dict[int, tuple[Told, ...]]:
    """Say what each zone is told: hours that follow each other on one way are one."""
    streams: dict[tuple[int, int, tuple[int, ...], int], list[tuple[int, int, int]]]
    streams = defaultdict(list)
    for each in waves:
        first = step_of(each)[0]
        streams[each.zone, each.gate, each.arcs, each.group].append(
            (first, first + each.lasting, each.people)
        )
    same: dict[tuple[int, int, int, int, tuple[int, ...]], list[tuple[int, int]]]
    same = defaultdict(list)
    for (zone, gate, arcs, group), hours in streams.items():
        for first, last, people in _joined(sorted(hours)):
            same[zone, first, last, gate, arcs].append((group, people))
    found: dict[int, list[Told]] = defaultdict(list)
    for (zone, first, last, gate, arcs), groups in same.items():
        who = tuple(sorted(group for group, _ in groups))
        found[zone].append(Told(first, last, gate, arcs, who, sum(n for _, n in groups)))
    return {zone: tuple(sorted(each)) for zone, each in found.items()}


def _joined(hours: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    joined: list[tuple[int, int, int]] = []
    for first, last, people in hours:
        if joined and first <= joined[-1][1]:
            begin, until, before = joined[-1]
            joined[-1] = begin, max(until, last), before + people
        else:
            joined.append((first, last, people))
    return joined
