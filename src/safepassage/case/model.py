"""Hold a case: the announcements, the city, the corridors and the options of one plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator

from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.case.bounds import (
    MOST_PEOPLE,
    checked,
    people_fault,
    rate_fault,
    window_fault,
)
from safepassage.case.columns import CityClass, CityColumns, ZoneColumns
from safepassage.case.conditions import CaseCondition
from safepassage.case.corridors import CaseWindow, Corridor, LookUp, Position
from safepassage.case.groups import DEFAULT_GROUPS, Group
from safepassage.case.hazards import CaseDamage, CaseHazard, Clearance, Cleared, FrontLine
from safepassage.case.not_leaving import NotLeaving
from safepassage.case.outcome import Outcome
from safepassage.case.rasters import CaseRaster
from safepassage.case.release import Release
from safepassage.case.shuttles import Shuttle
from safepassage.case.strict import Strict as _Strict

__all__ = [
    "DEFAULT_GROUPS",
    "MOST_PEOPLE",
    "Case",
    "CaseAnswer",
    "CaseCity",
    "CaseConsent",
    "CaseHazard",
    "CaseNote",
    "CasePlace",
    "CaseWindow",
    "CaseZone",
    "Clearance",
    "Corridor",
    "Group",
    "LookUp",
    "Movement",
    "Options",
    "Order",
    "Position",
    "Shuttle",
    "people_fault",
    "rate_fault",
    "window_fault",
]


class CasePlace(_Strict):
    """Name the place; ``tz`` is an IANA name such as ``Asia/Damascus``."""

    name: str = Field(min_length=1)
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    tz: str
    name_ar: str = ""

    @field_validator("tz")
    @classmethod
    def _known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"is no IANA time zone: {value!r}") from error
        return value


class CaseZone(_Strict):
    """Name a neighbourhood and the people in it."""

    name: str = Field(min_length=1)
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    people: LowBestHigh
    id: str = ""
    name_ar: str = ""
    pcode: str = ""

    @field_validator("people")
    @classmethod
    def _countable(cls, value: LowBestHigh) -> LowBestHigh:
        return checked(value, people_fault(value))


class CaseCity(_Strict):
    """Say where the network comes from: a street map, or zones and the links between them.

    ``geopackage`` is a whole city as ``safepassage map`` wrote it, and as it was changed since.
    ``streets`` is an OpenStreetMap file, or lines in another file of shapes whose
    ``columns`` are named; ``place`` is fetched from a server of OpenStreetMap data.
    ``zones`` is a table (CSV, with HXL tags or without) or a file of shapes, ``raster`` one
    grid of people or three; ``doors`` is how many junctions a zone's people start from,
    each a zone of its own with ``split_zones``; ``links``
    makes the city schematic: zones joined to their neighbours. Paths are relative to the case.
    """

    geopackage: Path | None = Field(default=None, strict=False)
    streets: Path | None = Field(default=None, strict=False)
    place: str = ""
    radius_km: float = Field(default=0, ge=0, le=100)
    fetch: Literal["overpass", "geofabrik"] = "overpass"
    box: tuple[float, float, float, float] | None = Field(default=None, strict=False)
    clip: Path | None = Field(default=None, strict=False)
    crs: str = ""
    layer: str = ""
    columns: CityColumns = CityColumns()
    classes: tuple[CityClass, ...] = Field(default=(), strict=False)
    join_m: float = Field(default=0.5, ge=0, le=20)
    zones: Path | None = Field(default=None, strict=False)
    zone_columns: ZoneColumns = ZoneColumns()
    zone_layer: str = ""
    zone_crs: str = ""
    raster: CaseRaster | None = None
    cell_m: float = Field(default=500, ge=50, le=100_000)
    doors: int = Field(default=4, ge=1, le=50)
    split_zones: bool = False
    links: Path | None = Field(default=None, strict=False)
    mode: Literal["walk", "vehicle", "both"] = "walk"
    max_snap_m: float = Field(default=500, gt=0, le=10_000)
    detour: float = Field(default=1.3, ge=1, le=10)
    border_m_per_street: float = Field(default=250, ge=1, le=100_000)
    street_width_m: float = Field(default=6, ge=0.1, le=1000)
    attribution: tuple[str, ...] = Field(default=(), strict=False)

    @field_validator("box")
    @classmethod
    def _a_box(
        cls, value: tuple[float, float, float, float] | None
    ) -> tuple[float, float, float, float] | None:
        if value is not None:
            west, south, east, north = value
            if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
                raise ValueError("is not [west, south, east, north] in degrees, smaller first")
        return value


class Movement(_Strict):
    """Say how many people a metre of street lets through [people per metre per second]."""

    people_per_m_per_s: LowBestHigh = LowBestHigh(
        low=0.4, best=0.8, high=1.2,
        source="high: capacity flow of pedestrians, Weidmann 1993 (1.22); "
        "low and best: assumption for families with luggage",
    )  # fmt: skip

    vehicles_per_lane_per_min: LowBestHigh = LowBestHigh(
        low=10, best=20, high=30,
        source="high: saturation flow of about 1,800 vehicles an hour and lane, "
        "Highway Capacity Manual; low and best: assumption for loaded cars on damaged roads",
    )  # fmt: skip
    people_per_vehicle: LowBestHigh = LowBestHigh(
        low=3.0, best=4.0, high=5.0,
        source="cars leaving Mariupol: 3.0 (18 March 2022) to 5.0 (15 March 2022), agenzianova.com",
    )  # fmt: skip

    people_per_ambulance: LowBestHigh = LowBestHigh(low=1, best=2, high=3)
    walkers_per_stretcher: LowBestHigh = LowBestHigh(low=5, best=6, high=8)
    vehicles_among_walkers: bool = False

    @field_validator(
        "people_per_m_per_s", "vehicles_per_lane_per_min", "people_per_vehicle",
        "people_per_ambulance", "walkers_per_stretcher",
    )  # fmt: skip
    @classmethod
    def _positive(cls, value: LowBestHigh) -> LowBestHigh:
        if not 0.001 <= value.low <= value.high <= 1000:
            raise ValueError("must lie between 0.001 and 1,000")
        return value


class CaseConsent(_Strict):
    """Record what an actor is known to have said, with its source."""

    party: str
    status: Literal["approved", "rejected", "not asked", "silent"]
    stated_by: str = ""
    source: str = ""


class CaseNote(_Strict):
    """Carry a fact that readers of the plan must know, with its source."""

    text: str = Field(min_length=1)
    source: str = ""


class CaseAnswer(_Strict):
    """Record what is known on one readiness question; ``plan/questions.toml`` lists them."""

    question: str = Field(min_length=1)
    status: Literal["settled", "partly", "open"]
    answer: str = Field(min_length=1)
    source: str = ""

    @model_validator(mode="after")
    def _vouched(self) -> CaseAnswer:
        if self.status == "settled" and not self.source:
            raise ValueError("a settled question needs `source`: who says so, where, when")
        return self


Order = Literal["most people", "farthest first", "wounded and families first"]


class Options(_Strict):
    """Set how the plan is made; every default is shown in the brief.

    ``order``: who comes first in the schedule. ``corridors_per_zone``: how many routes, and
    so corridors, the people of a zone are told at most. ``longest_walk_min``: nobody is told
    a longer way, on foot or by vehicle, from setting out to the crossing. ``schedule_for``:
    the figures that the schedule is made for, the best ones or those that do best at worst.
    """

    confirm_and_test_min: int = Field(default=60, ge=0, le=24 * 60)
    ignore_daylight: bool = False
    slot_min: int = Field(default=15, ge=1, le=240)
    order: Order = "most people"
    corridors_per_zone: int = Field(default=1, ge=1, le=2)
    longest_walk_min: int | None = Field(default=None, ge=1, le=24 * 60)
    schedule_for: Literal["best", "robust"] = "best"
    setback_m: float = Field(default=100, ge=0, le=10_000)
    gap_min: int = Field(default=30, ge=0, le=24 * 60)


class Case(_Strict):
    """Hold one case, checked; ``folder`` is where its files are."""

    schema_number: Literal[1] = Field(alias="schema")
    id: str = Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    title: str = Field(min_length=1)
    place: CasePlace
    precedent: str = ""
    announcements: tuple[Annotated[Path, Field(strict=False)], ...] = Field(
        default=(), strict=False
    )
    window: CaseWindow | None = None
    city: CaseCity
    people: LowBestHigh | None = None
    zones: tuple[CaseZone, ...] = Field(default=(), strict=False)
    corridors: tuple[Corridor, ...] = Field(min_length=1, strict=False)
    groups: tuple[Group, ...] = Field(default=DEFAULT_GROUPS, strict=False)
    shuttles: tuple[Shuttle, ...] = Field(default=(), strict=False)
    movement: Movement = Movement()
    clearance: Clearance = Clearance()
    consent: tuple[CaseConsent, ...] = Field(default=(), strict=False)
    hazards: tuple[CaseHazard, ...] = Field(default=(), strict=False)
    front_lines: tuple[FrontLine, ...] = Field(default=(), strict=False)
    cleared: tuple[Cleared, ...] = Field(default=(), strict=False)
    damage: tuple[CaseDamage, ...] = Field(default=(), strict=False)
    options: Options = Options()
    notes: tuple[CaseNote, ...] = Field(default=(), strict=False)
    assumptions: tuple[CaseNote, ...] = Field(default=(), strict=False)
    readiness: tuple[CaseAnswer, ...] = Field(default=(), strict=False)
    not_leaving: tuple[NotLeaving, ...] = Field(default=(), strict=False)
    conditions: tuple[CaseCondition, ...] = Field(default=(), strict=False)
    events: Annotated[Path | None, Field(strict=False)] = None
    release: Release = Release()
    outcome: Outcome | None = None

    @field_validator("schema_number", mode="before")
    @classmethod
    def _counted(cls, value: object) -> object:
        if type(value) is not int:  # True equals 1
            raise ValueError(f"must be the whole number 1 (is {value!r})")
        return value

    def files(self) -> list[tuple[tuple[str | int, ...], Path]]:
        """List the files that the city is made of, each with the key that names it."""
        named: list[tuple[tuple[str | int, ...], Path | None]] = [
            (("city", key), getattr(self.city, key))
            for key in ("geopackage", "streets", "zones", "links", "clip")
        ]
        grids = self.city.raster.ends() if self.city.raster else {}
        named += [(("city", "raster", end), grid) for end, grid in grids.items()]
        named += [(("corridors", i, "way_file"), c.way_file) for i, c in enumerate(self.corridors)]
        for key in ("hazards", "front_lines", "cleared", "damage"):
            named += [((key, i, "file"), each.file) for i, each in enumerate(getattr(self, key))]
        return [(key, file) for key, file in named if file is not None]

    def _beside_geopackage(self) -> list[tuple[str, str, object]]:
        """List what a whole city in one file leaves no room for."""
        of_city = ("streets", "place", "zones", "raster", "split_zones", "links", "box", "clip")
        others = [(f"city.{key}", getattr(self.city, key)) for key in of_city]
        others += [("people", self.people)]
        others += [
            (f"[[{key}]]", getattr(self, key))
            for key in ("zones", "hazards", "front_lines", "cleared", "damage")
        ]
        return [
            ("city.geopackage", other, self.city.geopackage and value) for other, value in others
        ]

    def _what_rules_name_is_there(self) -> None:
        """Refuse a rule for a group, or a shuttle to a corridor, that there is not."""
        known = {group.id for group in self.groups}
        for what, ruled in (("corridor", self.corridors), ("shuttle", self.shuttles)):
            for each in ruled:
                if strange := sorted(set(each.groups) - known):
                    raise ValueError(
                        f"{what} {each.id} is for groups that the case has not: "
                        f"{', '.join(strange)}"
                    )
        ids = {corridor.id for corridor in self.corridors}
        told = {each.corridor for each in self.outcome.incidents} if self.outcome else set()
        if strange := sorted(told - ids - {""}):
            raise ValueError(
                f"an incident of [outcome] is on {', '.join(strange)}, no corridor of the case"
            )
        civilian = {corridor.id for corridor in self.corridors if corridor.users == "civilian"}
        riders = {group.id for group in self.groups if group.means == "bus"}
        for shuttle in self.shuttles:
            if shuttle.corridor not in civilian:
                raise ValueError(
                    f"shuttle {shuttle.id} goes to {shuttle.corridor!r}, "
                    "which is no civilian corridor of the case"
                )
            if others := sorted(set(shuttle.groups) - riders):
                raise ValueError(
                    f"shuttle {shuttle.id} is for {', '.join(others)}, who do not go by bus: "
                    'set means = "bus" for them'
                )

    @field_validator("people")
    @classmethod
    def _someone(cls, value: LowBestHigh | None) -> LowBestHigh | None:
        return None if value is None else checked(value, people_fault(value))

    def as_row(self) -> dict[str, Any]:
        """Give what documents say of the case they are made for."""
        place = self.place
        return {
            "id": self.id, "title": self.title, "tz": place.tz,
            "place": {"name": place.name, "lat": place.lat, "lon": place.lon},
        }  # fmt: skip

    @model_validator(mode="after")
    def _whole(self) -> Case:
        for what, ids in (
            ("corridors", [corridor.id for corridor in self.corridors]),
            ("groups", [group.id for group in self.groups]),
            ("shuttles", [shuttle.id for shuttle in self.shuttles]),
            ("readiness answers", [answer.question for answer in self.readiness]),
        ):
            twice = sorted({each for each in ids if ids.count(each) > 1})
            if twice:
                raise ValueError(f"{what} use the same id twice: {', '.join(twice)}")
        self._what_rules_name_is_there()
        if self.options.order == "wounded and families first" and all(
            group.turn == 2 for group in self.groups
        ):
            raise ValueError(
                'options.order = "wounded and families first" needs a group of wounded or of '
                "families: name one so, or give it their means"
            )
        total = sum(group.share for group in self.groups)
        if abs(total - 1) > 1e-6:
            raise ValueError(f"the groups' shares add up to {total:g}, not to 1")
        for one, other, both in (
            ("city.streets", "city.links", self.city.streets and self.city.links),
            ("city.streets", "city.place", self.city.streets and self.city.place),
            ("city.place", "city.links", self.city.place and self.city.links),
            ("city.box", "city.clip", self.city.box and self.city.clip),
            ("city.zones", "[[zones]]", self.city.zones and self.zones),
            ("city.raster", "city.links", self.city.raster and self.city.links),
            *self._beside_geopackage(),
        ):
            if both:
                raise ValueError(f"{one} and {other} exclude each other: keep one of them")
        if self.window is None and not self.announcements:
            raise ValueError("needs `announcements` or a [window]")
        return self
