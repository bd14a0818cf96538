"""Hold places at which a corridor that nobody located might cross: assumptions, all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.case.bounds import checked, rate_fault
from safepassage.case.strict import Strict

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Plausible", "plausible_fault"]


class Plausible(Strict):
    """Name a place at which an announced corridor that is not located might cross.

    Nothing is planned through it: ``safepassage ask`` says what it would be worth. What it
    serves is the corridor's own rate where it gives none.
    """

    name: str = Field(min_length=1)
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    accuracy_m: float = Field(default=0, ge=0, le=100_000)
    lanes: int | None = Field(default=None, ge=1, le=100)
    people_per_min_per_lane: LowBestHigh | None = None
    source: str = ""

    @field_validator("people_per_min_per_lane")
    @classmethod
    def _served(cls, value: LowBestHigh | None) -> LowBestHigh | None:
        return None if value is None else checked(value, rate_fault(value))


def plausible_fault(
    places: Sequence[Plausible], rate: LowBestHigh | None, *, armed: bool, located: bool
) -> str | None:
    """Say what is wrong with the plausible places of a corridor, if anything."""
    if not places:
        return None
    if armed:
        return "plausible places are for civilian corridors: nothing is planned through this one"
    if located:
        return "plausible places are for a corridor without position, look_up or way: keep one"
    names = [place.name for place in places]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        return f"plausible places use the same name twice: {', '.join(twice)}"
    bare = [place.name for place in places if place.people_per_min_per_lane is None]
    if bare and rate is None:
        return (
            "plausible places need people_per_min_per_lane, theirs or the corridor's: "
            f"{', '.join(bare)}"
        )
    return None
