"""Hold the groups people move in: who they are, by what means, how fast."""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import Field, field_validator, model_validator

from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.case.movers import movers
from safepassage.case.strict import Strict

__all__ = ["DEFAULT_GROUPS", "MEANS", "ON_FOOT", "Group", "Means"]

Means = Literal["walk", "stretcher", "car", "ambulance", "bus"]
MEANS: tuple[Means, ...] = get_args(Means)
ON_FOOT: frozenset[str] = frozenset({"walk", "stretcher", "bus"})
"""Means whose people are on foot in the streets; bus riders are so on the way to their stop."""

_USUAL = {"stretcher": "stretcher", "car": "private-car", "ambulance": "ambulance"}
"""Whose speed counts where a group names neither a speed nor its slowest."""


class Group(Strict):
    """Describe people who move together, in the order in which they are planned.

    ``means`` is usually on foot, or by car in a city that can only be driven. Without
    ``speed_m_per_s`` a group moves as its ``slowest`` does (``data/speeds.csv``); stretchers,
    cars and ambulances have a speed of that table if they name neither. ``if_excluded`` says
    what happens where no rule lets it leave.
    """

    id: str = Field(min_length=1, pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str = Field(min_length=1)
    share: float = Field(gt=0, le=1)
    share_source: str = ""
    speed_m_per_s: LowBestHigh
    means: Literal["usual", "walk", "stretcher", "car", "ambulance", "bus"] = "usual"
    slowest: str = ""
    if_excluded: Literal["stop", "unmoved"] = "stop"

    @model_validator(mode="before")
    @classmethod
    def _as_its_slowest(cls, value: Any) -> Any:
        if not isinstance(value, dict) or value.get("speed_m_per_s") is not None:
            return value
        slowest = value.get("slowest") or _USUAL.get(str(value.get("means")), "")
        if not slowest:
            return value
        if slowest not in movers():
            raise ValueError(f"slowest is none of {', '.join(movers())} (is {slowest!r})")
        return {**value, "slowest": slowest, "speed_m_per_s": movers()[slowest].speed_m_per_s}

    @field_validator("speed_m_per_s")
    @classmethod
    def _moving(cls, value: LowBestHigh) -> LowBestHigh:
        if not 0.05 <= value.low <= value.high <= 40:
            raise ValueError("must lie between 0.05 and 40 m/s")
        return value

    @model_validator(mode="after")
    def _one_speed(self) -> Group:
        if self.slowest and (
            self.slowest not in movers()
            or movers()[self.slowest].speed_m_per_s != self.speed_m_per_s
        ):
            raise ValueError("slowest and speed_m_per_s exclude each other: keep one of them")
        return self

    @property
    def turn(self) -> int:
        """Tell whether they are wounded (0), families (1) or others (2), by means and names."""
        names = f"{self.id} {self.name} {self.slowest}".lower()
        if self.means in ("stretcher", "ambulance") or "wounded" in names or "stretcher" in names:
            return 0
        return 1 if "famil" in names or "child" in names else 2

    @property
    def takes_steps(self) -> bool:
        """Tell whether its people get up and down steps."""
        return not self.slowest or movers()[self.slowest].steps


DEFAULT_GROUPS = (
    Group(
        id="families", name="Families on foot", share=1.0,
        speed_m_per_s=LowBestHigh(
            low=0.6, best=0.8, high=1.0,
            source="high: 15th percentile of older walkers, Knoblauch, Pietrucha and Nitzburg 1996 "
            "(0.97 m/s); low and best: assumption, since a family walks at its slowest "
            "member's speed, with luggage",
        ),
    ),
)  # fmt: skip
