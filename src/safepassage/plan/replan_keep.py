"""Find what can stay as it was told to people at home, and what cannot, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.base.window import hhmm
from safepassage.plan.replan_adopted import piece, step_of
from safepassage.plan.replan_board import Board, Crowd
from safepassage.plan.replan_known import use_of
from safepassage.plan.routes import Path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from safepassage.plan.movement import Moving
    from safepassage.plan.replan_known import Known, Narrow
    from safepassage.plan.replan_road import OnRoad
    from safepassage.plan.replan_world import World
    from safepassage.plan.start import Start

__all__ = ["Kept", "Standing", "kept_of"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Standing:
    """Hold a told wave, or the part of it from now on, that can stay: who of it is still there.

    ``sure`` where it begins before a changed instruction could reach anybody; ``moving`` is
    None where nobody is left at home who was told it.
    """

    told: Moving
    moving: Moving | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """Hold what stays.

    Attributes
    ----------
    stays
        Told waves that can be walked as they were told.
    forced
        Zone → why it cannot do all that it was told.
    crowds
        Who is at home and may be told what, one for each group.

    """

    stays: tuple[Standing, ...]
    forced: Mapping[int, str]
    crowds: tuple[Crowd, ...]

    def moving(self, *, sure: bool | None = None, but: Sequence[int] = ()) -> list[Moving]:
        """List the movements that stay; ``but`` those of some zones that are not sure."""
        return [
            each.moving for each in self.stays
            if each.moving is not None and (sure is None or each.sure == sure)
            and (each.sure or each.moving.zone not in but)
        ]  # fmt: skip


def kept_of(
    world: World, known: Sequence[Known], narrow: Narrow, on_road: OnRoad, start: Start,
    home: Sequence[Moving], slot_min: int,
) -> tuple[Kept, list[Board]]:  # fmt: skip
    """Keep every wave of people at home that can still be walked, whoever would pass first first.

    Groups come in their order, as in the plan.
    """
    stays: list[Standing] = []
    forced: dict[int, str] = {}
    crowds, boards = [], []
    for each in known:
        told = [wave for wave in home if wave.group == each.number]
        crowd = Crowd(each, start.at_home[each.number], _paths(world, each, narrow, told))
        zones = sorted({*crowd.paths, *(wave.zone for wave in told)})
        before = [one.moving for one in stays if one.moving is not None]
        crossings, received = left_at(world, narrow, on_road, before)
        board = Board(
            world, narrow, replace(crowd, paths={z: crowd.paths.get(z, []) for z in zones}),
            [*on_road.all, *before], crossings, received, slot_min, zones=zones,
        )  # fmt: skip
        stays += _standing(world, board, told, forced)
        crowds.append(crowd)
        boards.append(board)
    return Kept(tuple(stays), forced, tuple(crowds)), boards


def left_at(
    world: World, narrow: Narrow, on_road: OnRoad, movements: Sequence[Moving]
) -> tuple[Floats, Floats]:
    """Give what movements beside those on the road leave of crossings and of their far ends."""
    room, received = on_road.room.copy(), on_road.received.copy()
    for group in sorted({each.group for each in movements}):
        room -= use_of(movements, narrow, group, len(room), world.steps)[1]
    for each in movements:
        received[each.gate] -= each.people
    return np.maximum(room, 0), received


def _standing(
    world: World, board: Board, told: Sequence[Moving], forced: dict[int, str]
) -> list[Standing]:
    """Lay a group's told waves on its board, as far as they can be walked."""
    left = board.crowd.people.copy()
    stays = []
    for wave in sorted(told, key=lambda wave: (wave.depart, wave.arrive, wave.zone)):
        now = max(world.first - step_of(wave)[0], 0)
        for part, sure in ((piece(wave, 0, now), True), (piece(wave, now, wave.lasting), False)):
            if part is None:
                continue
            people = min(part.people, int(left[wave.zone]))
            moving = replace(part, people=people) if people else None
            row = board.row(moving or part)
            if row is None or not board.fits(row):
                forced.setdefault(wave.zone, _why(world, wave, part))
                continue
            left[wave.zone] -= people
            if moving is not None:
                board.put(row[None, :])
            stays.append(Standing(part, moving, sure))
    return stays


def _paths(
    world: World, known: Known, narrow: Narrow, told: Sequence[Moving]
) -> dict[int, list[Path]]:
    """List what each zone may be told: its routes of old first, then those of the pool."""
    serves = world.room[:, world.first :].sum(axis=1) > 0
    found: dict[int, list[Path]] = {}
    for wave in told:
        _add(found, wave.zone, narrow, Path(wave.gate, wave.arcs))
    transit = known.pace.rounded.transit
    for zone, paths in known.pool.items():
        for path in paths:
            walk = int(transit[list(path.arcs)].sum())
            if serves[path.gate] and world.first + walk <= world.steps:
                _add(found, zone, narrow, path)
    return found


def _add(found: dict[int, list[Path]], zone: int, narrow: Narrow, path: Path) -> None:
    arcs = tuple(narrow.place[list(path.arcs)].tolist())
    own = found.setdefault(zone, [])
    if not any(each.gate == path.gate and each.arcs == arcs for each in own):
        own.append(Path(path.gate, arcs))


def _why(world: World, wave: Moving, part: Moving) -> str:
    """Say why a wave cannot be walked as it was told."""
    corridor = world.gate.corridors[wave.gate]
    name = next(each.name for each in world.setting.case.corridors if each.id == corridor)
    at, first = world.setting.hours.usable.at, step_of(part)[1]
    if first + part.lasting > world.setting.hours.usable.minutes:
        return f"The hours end at {hhmm(world.setting.hours.usable.end)}, before all could pass."
    room = world.room[wave.gate, first : first + part.lasting]
    shut = np.flatnonzero(room <= 0)
    if len(shut):
        return f"{name} lets nobody pass at {hhmm(at(first + int(shut[0])))}."
    if (room < part.people_per_min - 1e-9).any():
        return f"{name} lets {room.min():g} people a minute pass, fewer than were to come."
    return f"People who are on the road come first at {name}, or the streets to it."
