"""List what may be asked for in a case: each change with its unit, and how the case changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from safepassage.base.errors import InputError
from safepassage.base.window import Window, hhmm
from safepassage.case.model import Position
from safepassage.city import build_city
from safepassage.city.crossings import snapped
from safepassage.plan.hours import Hours, usable_hours
from safepassage.plan.setting import Prepared, Setting, announced_window, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepassage.case import Case, LoadedCase
    from safepassage.case.model import Corridor, Shuttle
    from safepassage.case.plausible import Plausible
    from safepassage.city import City, Hazard
    from safepassage.plan.walkways import End

__all__ = ["Change", "Kind", "World", "changes_of", "joined", "world_of"]

Kind = Literal["end", "start", "lane", "bus", "place", "lost", "hazard", "screening", "both"]

SHIFTS_MIN = (30, 60)
"""Minutes by which the pause is lengthened at either end."""

BUSES = (1, 5)
"""Buses by which a shuttle's fleet grows."""


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """Hold all that a question rests on: the case as it is, or as a change makes it."""

    loaded: LoadedCase
    city: City
    announced: Window
    hours: Hours
    ignore_daylight: bool
    rates: End = "best"

    @property
    def case(self) -> Case:
        """Give the case."""
        return self.loaded.case

    @property
    def served(self) -> list[Corridor]:
        """List the corridors that civilians may be sent through."""
        there = {crossing.corridor for crossing in self.city.crossings}
        return [
            corridor for corridor in self.case.corridors
            if corridor.users == "civilian" and corridor.people_per_min is not None
            and corridor.id in there
        ]  # fmt: skip

    def setting(self, people: End) -> Setting:
        """Lay out what is solved, for one figure of the people inside."""
        return settle(self.case, self.city, self.hours, people=people, rates=self.rates)


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """Describe one thing to ask for, or to lose.

    Attributes
    ----------
    name, kind
        What it is, in words and by kind.
    unit, units
        What it is counted in, and how many of them it takes.
    bars
        What it changes: two changes that share an entry are not tried together.
    make
        Gives the world with the change; raises ``InputError`` where it cannot be.
    parts
        Names of the two changes it is made of, if any.
    assumed
        Whether it rests on a place that nobody confirmed.

    """

    name: str
    kind: Kind
    unit: str
    units: int
    bars: frozenset[str]
    make: Callable[[World], World]
    parts: tuple[str, ...] = ()
    assumed: bool = False


def world_of(prepared: Prepared, *, ignore_daylight: bool = False) -> World:
    """Give a case as it is, before any change."""
    loaded = prepared.loaded
    return World(
        loaded=loaded, city=prepared.city, hours=prepared.hours,
        announced=announced_window(loaded, prepared.declarations),
        ignore_daylight=ignore_daylight or loaded.case.options.ignore_daylight,
    )  # fmt: skip


def changes_of(world: World) -> tuple[Change, ...]:
    """List every single change that the case leaves room for."""
    served = world.served
    return _told_apart(
        *_hours(world),
        *(_lane(corridor) for corridor in served),
        *(_buses(shuttle, more) for shuttle in world.case.shuttles for more in BUSES),
        *_screening(served),
        *_places(world),
        *_hazards(world),
        *(_lost(corridor) for corridor in served),
    )


def _told_apart(*changes: Change) -> tuple[Change, ...]:
    """Give changes of the same name a number, as where corridors share theirs."""
    seen: dict[str, int] = {}
    found = []
    for change in changes:
        seen[change.name] = number = seen.get(change.name, 0) + 1
        found.append(change if number == 1 else replace(change, name=f"{change.name} ({number})"))
    return tuple(found)


def joined(one: Change, other: Change) -> Change:
    """Join two changes into one."""
    # a crossing put on a schematic map makes the map anew: first, before anything is taken off
    first, then = sorted((one, other), key=lambda each: each.kind != "place")
    return Change(
        name=f"{one.name}; and {_lower(other.name)}", kind="both", unit="both", units=1,
        bars=one.bars | other.bars, make=lambda world: then.make(first.make(world)),
        parts=(one.name, other.name), assumed=one.assumed or other.assumed,
    )  # fmt: skip


def _lower(name: str) -> str:
    """Write a change's name in the middle of a sentence; names of places stay as they are."""
    return name[0].lower() + name[1:] if name.startswith(("End ", "Start ", "Screening ")) else name


def _hours(world: World) -> list[Change]:
    """Offer a later end and an earlier start."""
    found = []
    for minutes in SHIFTS_MIN:
        later = timedelta(minutes=minutes)
        start, end = world.announced.start, world.announced.end
        found += [
            Change(
                f"End {minutes} minutes later, at {hhmm(end + later)}", "end", "minute", minutes,
                frozenset({"end"}), _lengthened(at_end=later),
            ),
            Change(
                f"Start {minutes} minutes earlier, at {hhmm(start - later)}", "start", "minute",
                minutes, frozenset({"start"}), _lengthened(at_start=later),
            ),
        ]  # fmt: skip
    return sorted(found, key=lambda change: change.kind)


def _lengthened(
    *, at_start: timedelta = timedelta(0), at_end: timedelta = timedelta(0)
) -> Callable[[World], World]:
    def make(world: World) -> World:
        announced = Window(world.announced.start - at_start, world.announced.end + at_end)
        hours = usable_hours(
            announced, world.case.place,
            confirm_and_test_min=world.case.options.confirm_and_test_min,
            ignore_daylight=world.ignore_daylight,
        )  # fmt: skip
        return replace(world, announced=announced, hours=hours)

    return make


def _lane(corridor: Corridor) -> Change:
    def make(world: World) -> World:
        now = next(each for each in world.case.corridors if each.id == corridor.id)
        return _with_corridor(world, now.model_copy(update={"lanes": now.lanes + 1}))

    return Change(
        f"1 more lane at {corridor.name}", "lane", "lane", 1,
        frozenset({f"corridor {corridor.id}"}), make,
    )  # fmt: skip


def _buses(shuttle: Shuttle, more: int) -> Change:
    def make(world: World) -> World:
        shuttles = tuple(
            each.model_copy(update={"fleet": each.fleet + more}) if each.id == shuttle.id else each
            for each in world.case.shuttles
        )
        return _with(world, shuttles=shuttles)

    return Change(
        f"{more} more bus{'es' if more > 1 else ''} on {shuttle.name}", "bus", "bus", more,
        frozenset({f"shuttle {shuttle.id}"}), make,
    )  # fmt: skip


def _screening(served: list[Corridor]) -> list[Change]:
    """Offer the high figure of what a lane serves, at every crossing at once."""
    rates = [rate for corridor in served if (rate := corridor.people_per_min_per_lane)]
    faster = [rate for rate in rates if rate.high > rate.best]
    if not faster:
        return []
    told = {f"{rate.high:g} instead of {rate.best:g}" for rate in faster}
    each = f", {told.pop()} people a minute and lane" if len(told) == 1 else ""
    return [
        Change(
            f"Screening as fast as its high figure{each}", "screening", "crossing",
            len(faster), frozenset({"rates"}), lambda world: replace(world, rates="high"),
        )
    ]  # fmt: skip


def _places(world: World) -> list[Change]:
    """Offer each corridor that is not located at each place where it might cross."""
    there = {crossing.corridor for crossing in world.city.crossings}
    return [
        Change(
            f"{corridor.name}, if it crosses at {place.name} (assumed)", "place", "corridor", 1,
            frozenset({f"corridor {corridor.id}", f"at {place.lat:.5f}, {place.lon:.5f}"}),
            _placed(corridor, place), assumed=True,
        )
        for corridor in world.case.corridors
        if corridor.id not in there
        for place in corridor.plausible
    ]  # fmt: skip


def _placed(corridor: Corridor, place: Plausible) -> Callable[[World], World]:
    located = corridor.model_copy(
        update={
            "position": Position(
                lat=place.lat, lon=place.lon, accuracy_m=place.accuracy_m, assumed=True,
                source=place.source,
            ),
            "lanes": place.lanes or corridor.lanes,
            "people_per_min_per_lane": place.people_per_min_per_lane
            or corridor.people_per_min_per_lane,
            "plausible": (),
        }
    )  # fmt: skip

    def make(world: World) -> World:
        changed = _with_corridor(world, located)
        if world.city.schematic:  # it needs links of its own
            if world.case.city.geopackage:
                raise InputError.one(
                    f"case.toml: corridors, {located.id}",
                    "cannot be put on a schematic city that a GeoPackage holds",
                    "Draw its crossing and the links to it into the file.",
                )
            return replace(changed, city=build_city(changed.loaded))
        order = {each.id: i for i, each in enumerate(world.case.corridors)}
        crossings = [*world.city.crossings, *snapped(world.loaded, world.city.streets, [located])]
        crossings.sort(key=lambda crossing: order[crossing.corridor])
        return replace(changed, city=replace(world.city, crossings=tuple(crossings)))

    return make


def _hazards(world: World) -> list[Change]:
    """Offer to lift each hazard that takes something; rows of one name are one hazard."""
    found: dict[tuple[str, str], Change] = {}
    for hazard in world.city.hazards:
        if hazard.overridden or not (hazard.left < 1).any():
            continue
        key = _hazard(hazard)
        found[key] = Change(
            f"{' '.join(part for part in (hazard.name, f'({hazard.kind})') if part)} lifted",
            "hazard", "hazard", 1, frozenset({f"hazard {key}"}), _lifted(key),
        )  # fmt: skip
    return list(found.values())


def _hazard(hazard: Hazard) -> tuple[str, str]:
    return hazard.kind, hazard.name


def _lifted(key: tuple[str, str]) -> Callable[[World], World]:
    def make(world: World) -> World:
        kept = tuple(each for each in world.city.hazards if _hazard(each) != key)
        return replace(world, city=replace(world.city, hazards=kept))

    return make


def _lost(corridor: Corridor) -> Change:
    """Take a corridor out of use, with the buses to it; its crossing lets nobody pass."""
    nowhere = {
        "position": None, "look_up": None, "way": (), "way_file": None,
        "people_per_min_per_lane": None,
    }  # fmt: skip

    def make(world: World) -> World:
        running = tuple(each for each in world.case.shuttles if each.corridor != corridor.id)
        without = _with_corridor(world, corridor.model_copy(update=nowhere))
        without = _with(without, shuttles=running)
        if not world.city.schematic or world.case.city.geopackage:
            return without
        try:  # a schematic map has a node for each crossing
            return replace(without, city=build_city(without.loaded))
        except InputError:  # somebody has no other way out
            return without

    return Change(
        f"{corridor.name} lost", "lost", "corridor", 1, frozenset({f"corridor {corridor.id}"}),
        make,
    )  # fmt: skip


def _with_corridor(world: World, corridor: Corridor) -> World:
    corridors = tuple(corridor if each.id == corridor.id else each for each in world.case.corridors)
    return _with(world, corridors=corridors)


def _with(world: World, **tables: Any) -> World:
    """Put other tables into the case."""
    case = world.case.model_copy(update=tables)
    return replace(world, loaded=replace(world.loaded, case=case))
