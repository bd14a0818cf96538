"""Hold a corridor: its crossing, who may use it, what else needs its lanes, where it leads."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.case.bounds import (
    Points,
    checked,
    people_fault,
    rate_fault,
    window_fault,
)
from safepassage.case.go_stop import GoStop
from safepassage.case.groups import Means
from safepassage.case.plausible import Plausible, plausible_fault
from safepassage.case.strict import Strict

__all__ = ["CaseWindow", "Corridor", "LookUp", "Onward", "Position", "Reception", "Share"]


class CaseWindow(Strict):
    """State the hours in the case itself; they take precedence over the announcements'."""

    start: datetime
    end: datetime
    source: str = ""

    @model_validator(mode="after")
    def _forwards(self) -> CaseWindow:
        if fault := window_fault(self.start, self.end):
            raise ValueError(fault)
        return self


class Position(Strict):
    """Place a corridor's crossing. ``assumed``: no source gives it for this pause."""

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    accuracy_m: float = Field(default=0, ge=0, le=100_000)
    assumed: bool = False
    source: str = ""

    @property
    def is_assumption(self) -> bool:
        """Tell whether no source gives the position, or the case says that none does."""
        return self.assumed or not self.source


class LookUp(Strict):
    """Name a place on the map at which a corridor's crossing is taken to be.

    ``osm`` chooses one of several of that name, such as ``node/123``. That the crossing is
    there is ``assumed`` unless ``source`` says so.
    """

    name: str = Field(min_length=1)
    osm: str = Field(default="", pattern=r"^((node|way)/[0-9]+)?$")
    accuracy_m: float = Field(default=0, ge=0, le=100_000)
    assumed: bool = True
    source: str = ""

    @model_validator(mode="after")
    def _said(self) -> LookUp:
        if not self.assumed and not self.source:
            raise ValueError("assumed = false needs `source`: who places the crossing there")
        return self


class Share(Strict):
    """Take lanes of a crossing, or people a minute, for another purpose, in its hours if any."""

    purpose: str = Field(min_length=1)
    lanes: int | None = Field(default=None, ge=1, le=100)
    people_per_min: LowBestHigh | None = None
    start: datetime | None = None
    end: datetime | None = None
    source: str = ""

    @field_validator("people_per_min")
    @classmethod
    def _plausible(cls, value: LowBestHigh | None) -> LowBestHigh | None:
        return None if value is None else checked(value, rate_fault(value))

    @model_validator(mode="after")
    def _one_size(self) -> Share:
        if (self.lanes is None) == (self.people_per_min is None):
            raise ValueError("needs either lanes or people_per_min: how much it takes")
        if (self.start is None) != (self.end is None):
            raise ValueError("hours need both start and end; without them it is always taken")
        if self.start and self.end and (fault := window_fault(self.start, self.end)):
            raise ValueError(fault)
        return self


class Onward(Strict):
    """Describe the way beyond a crossing: how long it takes and what it carries."""

    minutes: LowBestHigh
    people_per_min: LowBestHigh | None = None
    source: str = ""

    @field_validator("minutes")
    @classmethod
    def _in_days(cls, value: LowBestHigh) -> LowBestHigh:
        if not 0 <= value.low <= value.high <= 14 * 24 * 60:
            raise ValueError("must lie between 0 and 20,160 minutes")
        return value

    @field_validator("people_per_min")
    @classmethod
    def _plausible(cls, value: LowBestHigh | None) -> LowBestHigh | None:
        return None if value is None else checked(value, rate_fault(value))


class Reception(Strict):
    """Say how many people a corridor's far end can receive: in all, and a minute."""

    people: LowBestHigh | None = None
    people_per_min: LowBestHigh | None = None
    source: str = ""

    @field_validator("people")
    @classmethod
    def _countable(cls, value: LowBestHigh | None) -> LowBestHigh | None:
        return None if value is None else checked(value, people_fault(value))

    @field_validator("people_per_min")
    @classmethod
    def _plausible(cls, value: LowBestHigh | None) -> LowBestHigh | None:
        return None if value is None else checked(value, rate_fault(value))

    @model_validator(mode="after")
    def _stated(self) -> Reception:
        if self.people is None and self.people_per_min is None:
            raise ValueError("needs people, people_per_min or both: what it can receive")
        return self


class Corridor(Strict):
    """Describe a corridor; without a position, a name to look up or a way it is not located.

    ``reserved``: the hours in which an armed groups' corridor is kept free of
    everybody else; the whole window if not given. ``way``: points (lat, lon) of the way
    out, or ``way_file`` its line; without ``position`` its crossing is where it leaves the
    area, or its end. An armed groups' way is kept free with its crossing.

    ``screening``: what is known of searches and papers there; ``returning``: of coming back.
    ``groups`` and ``means``: who may use it, everybody where they are empty. ``shares``: what
    aid coming in, medical evacuation or people coming back take of its lanes. ``plausible``:
    where it might cross, if it is not located. ``go_stop``: who may start and stop it.
    """

    id: str = Field(min_length=1, pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str = Field(min_length=1)
    name_ar: str = ""
    users: Literal["civilian", "armed"] = "civilian"
    position: Position | None = None
    look_up: LookUp | None = None
    lanes: int = Field(default=1, ge=1, le=100)
    people_per_min_per_lane: LowBestHigh | None = None
    destination: str = ""
    controlled_near: str = ""
    controlled_far: str = ""
    screening: str = ""
    returning: str = ""
    reserved: CaseWindow | None = None
    way: Points = ()
    way_file: Path | None = Field(default=None, strict=False)
    source: str = ""
    groups: tuple[str, ...] = Field(default=(), strict=False)
    means: tuple[Means, ...] = Field(default=(), strict=False)
    shares: tuple[Share, ...] = Field(default=(), strict=False)
    onward: Onward | None = None
    reception: Reception | None = None
    plausible: tuple[Plausible, ...] = Field(default=(), strict=False)
    go_stop: GoStop = GoStop()

    @model_validator(mode="after")
    def _guessed(self) -> Corridor:
        located = any((self.position, self.look_up, self.way, self.way_file))
        fault = plausible_fault(
            self.plausible, self.people_per_min_per_lane, armed=self.users == "armed",
            located=located,
        )  # fmt: skip
        if fault:
            raise ValueError(fault)
        return self

    @model_validator(mode="after")
    def _served(self) -> Corridor:
        rate = self.people_per_min_per_lane
        given = (self.position, self.look_up, self.way or self.way_file)
        if self.users == "civilian" and any(given) and rate is None:
            raise ValueError("a located civilian corridor needs people_per_min_per_lane")
        if self.position and self.look_up:
            raise ValueError("position and look_up exclude each other: keep one of them")
        if self.way and self.way_file:
            raise ValueError("way and way_file exclude each other: keep one of them")
        if self.users == "armed" and any(
            (self.groups, self.means, self.shares, self.onward, self.reception,
             self.go_stop != GoStop())
        ):  # fmt: skip
            raise ValueError(
                "groups, means, shares, onward, reception and go_stop are for civilian corridors: "
                "nothing is planned through this one"
            )
        lanes = max((each.lanes or 0 for each in self.shares), default=0)
        if lanes > self.lanes:
            raise ValueError(f"a share takes {lanes} lanes of {self.lanes}")
        return self

    @field_validator("people_per_min_per_lane")
    @classmethod
    def _plausible(cls, value: LowBestHigh | None) -> LowBestHigh | None:
        return None if value is None else checked(value, rate_fault(value))

    @property
    def people_per_min(self) -> LowBestHigh | None:
        """Give what the crossing serves with all its lanes [people per minute]."""
        rate = self.people_per_min_per_lane
        return None if rate is None else rate.times(self.lanes)
