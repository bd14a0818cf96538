"""Hold who may say go and stop on a corridor, and what is done on a stop."""

from __future__ import annotations

from pydantic import Field, field_validator

from safepassage.case.strict import Strict

__all__ = ["GoStop"]


class GoStop(Strict):
    """Say who confirms, tests, starts and stops a corridor; and its abort card.

    Roles and duty lines, never names of persons. What is not said is shown as missing.
    """

    confirmed_by: tuple[str, ...] = Field(default=(), strict=False)
    test_movement: str = ""
    go: tuple[str, ...] = Field(default=(), strict=False)
    stop: tuple[str, ...] = Field(default=(), strict=False)
    calls: str = ""
    means: str = ""
    shelter: str = ""
    water: str = ""
    weather: str = ""
    stuck_vehicle: str = ""
    wounded: str = ""
    source: str = ""

    @field_validator("confirmed_by", "go", "stop")
    @classmethod
    def _named(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(each.strip() for each in value):
            raise ValueError("holds an empty role: name it, or leave it out")
        return value
