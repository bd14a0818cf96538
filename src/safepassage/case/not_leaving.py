"""Hold how many people are said to have chosen to stay, or to be unable to walk."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.case.bounds import checked, people_fault
from safepassage.case.strict import Strict

__all__ = ["NotLeaving"]


class NotLeaving(Strict):
    """Count people who are not planned for: they chose to stay, or cannot walk and have no means.

    A count and never a failure; ``source`` says who counted. Without ``zone`` they are of all
    zones alike.
    """

    why: Literal["chose to stay", "cannot walk"]
    people: LowBestHigh
    zone: str = ""
    source: str = Field(min_length=1)

    @field_validator("people")
    @classmethod
    def _countable(cls, value: LowBestHigh) -> LowBestHigh:
        return checked(value, people_fault(value))
