"""Say where it is dangerous, what was cleared since, and who plans over what was not."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from safepassage.case.bounds import Points, window_fault
from safepassage.case.strict import Strict

__all__ = [
    "DEFAULT_DAMAGE",
    "CaseDamage",
    "CaseHazard",
    "Clearance",
    "Cleared",
    "DamageClass",
    "DamageColumns",
    "FrontLine",
]


class _Shaped(Strict):
    """Be what is drawn as a line, an area, or shapes in a file."""

    line: Points = ()
    area: Points = ()
    file: Path | None = Field(default=None, strict=False)
    layer: str = ""
    crs: str = ""

    def drawn(self) -> int:
        """Count the ways in which it is drawn."""
        if self.line and len(self.line) < 2:
            raise ValueError("a line needs two points or more")
        if self.area and len(self.area) < 3:
            raise ValueError("an area needs three corners or more")
        return sum(bool(each) for each in (self.line, self.area, self.file))


class CaseHazard(_Shaped):
    """Mark what people must not walk through: a circle, a line, an area, or shapes of a file.

    What is ``closed`` or ``mined`` is closed to everybody, in its hours if it has any.
    Near ``rubble``, a ``berm`` or a ``barricade`` streets are not cleared until a dated
    source says that they are.
    """

    name: str = Field(min_length=1)
    kind: Literal["closed", "mined", "rubble", "berm", "barricade"] = "closed"
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    radius_m: float | None = Field(default=None, gt=0, le=100_000)
    setback_m: float = Field(default=0, ge=0, le=100_000)
    start: datetime | None = None
    end: datetime | None = None
    as_of: date | None = None
    reason: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _once(self) -> CaseHazard:
        circle = (self.lat, self.lon, self.radius_m)
        given = sum(each is not None for each in circle)
        if given not in {0, 3}:
            raise ValueError("a circle needs lat, lon and radius_m")
        if self.drawn() + bool(given) != 1:
            raise ValueError("needs either lat, lon and radius_m, or line, or area, or file")
        if (self.start is None) != (self.end is None):
            raise ValueError("hours need both start and end; without them it is always closed")
        if self.start and self.end and (fault := window_fault(self.start, self.end)):
            raise ValueError(fault)
        return self


class FrontLine(_Shaped):
    """Draw a front line; streets near it are not cleared until a dated source says so."""

    name: str = Field(min_length=1)
    not_cleared_m: float = Field(gt=0, le=100_000)
    setback_m: float = Field(default=0, ge=0, le=100_000)
    as_of: date
    source: str = ""

    @model_validator(mode="after")
    def _once(self) -> FrontLine:
        if self.drawn() != 1:
            raise ValueError("needs either line, or area, or file")
        if self.setback_m > self.not_cleared_m:
            raise ValueError("setback_m lies within not_cleared_m: it cannot be larger")
        return self


class Cleared(_Shaped):
    """Record that streets were cleared: by whom, on which day, and who says so."""

    streets: tuple[str, ...] = Field(default=(), strict=False)
    within_m: float = Field(default=15, gt=0, le=1000)
    by: str = Field(min_length=1)
    on: date
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Cleared:
        if self.drawn() + bool(self.streets) != 1:
            raise ValueError("needs either line, or area, or file, or streets")
        return self


class DamageColumns(Strict):
    """Name the columns of a table of damage; a file of points needs the class alone."""

    lat: str = "lat"
    lon: str = "lon"
    damage: str = "class"


class DamageClass(Strict):
    """Say what a class of damage leaves of the width of streets near it."""

    value: str = Field(min_length=1)
    within_m: float = Field(ge=0, le=1000)
    width_left: float = Field(ge=0, le=1)
    source: str = ""


DEFAULT_DAMAGE = (
    DamageClass(value="Destroyed", within_m=15, width_left=0.25),
    DamageClass(value="Severe Damage", within_m=15, width_left=0.5),
    DamageClass(value="Moderate Damage", within_m=15, width_left=1),
    DamageClass(value="Possible Damage", within_m=15, width_left=1),
)
"""Classes as UNOSAT names them; what they leave of a street is assumed."""


class CaseDamage(Strict):
    """Name a table or a file of points at which damage was seen."""

    name: str = Field(min_length=1)
    file: Path = Field(strict=False)
    layer: str = ""
    crs: str = ""
    columns: DamageColumns = DamageColumns()
    classes: tuple[DamageClass, ...] = Field(default=DEFAULT_DAMAGE, strict=False)
    as_of: date | None = None
    source: str = ""

    @model_validator(mode="after")
    def _each_once(self) -> CaseDamage:
        values = [each.value for each in self.classes]
        if twice := sorted({each for each in values if values.count(each) > 1}):
            raise ValueError(f"classes hold the same value twice: {', '.join(twice)}")
        return self


class Clearance(Strict):
    """Record a person's choice to plan over streets that nobody confirmed as cleared."""

    treat_as_cleared: bool = False
    by: str = ""
    reason: str = ""

    @model_validator(mode="after")
    def _signed(self) -> Clearance:
        if self.treat_as_cleared and not (self.by and self.reason):
            raise ValueError("treat_as_cleared needs `by` (who decided) and `reason`")
        return self
