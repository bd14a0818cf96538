"""Hold the buses that go to and fro between a pick-up point and a crossing."""

from __future__ import annotations

from pydantic import Field, field_validator, model_validator

from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.case.corridors import LookUp, Position
from safepassage.case.strict import Strict

__all__ = ["Shuttle"]


class Shuttle(Strict):
    """Describe a shuttle: ``fleet`` buses of so many ``seats`` from one place to a crossing.

    ``ride_min`` is worked out from the vehicles' streets where it is not given, ``cycle_min``
    (from one departure of a bus to its next) as there and back with loading at both ends.
    ``waiting`` people may wait at the pick-up point, if it is marked as a place for that:
    without it people come in time for a departure. ``standing`` people may sit in buses that
    stand before the crossing; those of one bus if not given.
    """

    id: str = Field(min_length=1, pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str = Field(min_length=1)
    corridor: str
    position: Position | None = None
    look_up: LookUp | None = None
    fleet: int = Field(ge=1, le=10_000)
    seats: LowBestHigh
    ride_min: float | None = Field(default=None, gt=0, le=24 * 60)
    cycle_min: float | None = Field(default=None, gt=0, le=24 * 60)
    loading_min: float = Field(default=10, ge=0, le=240)
    bays: int = Field(default=1, ge=1, le=1000)
    groups: tuple[str, ...] = Field(default=(), strict=False)
    waiting: int = Field(default=0, ge=0, le=1_000_000)
    standing: int | None = Field(default=None, ge=0, le=1_000_000)
    source: str = ""

    @field_validator("seats")
    @classmethod
    def _some(cls, value: LowBestHigh) -> LowBestHigh:
        if value.high and not 1 <= value.low <= value.high <= 1000:
            raise ValueError("must lie between 1 and 1,000, or be 0: then its buses take nobody")
        return value

    @model_validator(mode="after")
    def _somewhere(self) -> Shuttle:
        if (self.position is None) == (self.look_up is None):
            raise ValueError("needs either position or look_up: where people get on")
        if self.ride_min and self.cycle_min and self.cycle_min < self.ride_min + self.loading_min:
            raise ValueError(
                f"cycle_min ({self.cycle_min:g}) is shorter than loading ({self.loading_min:g}) "
                f"and ride ({self.ride_min:g})"
            )
        return self
