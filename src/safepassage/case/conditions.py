"""Hold under which conditions passage is offered, in the codes that precedents are coded by."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field, model_validator

from safepassage.case.strict import Strict

__all__ = [
    "CONDITION_CODES",
    "CaseCondition",
    "Condition",
    "Consent",
    "Escort",
    "Guarantor",
    "YesNo",
]

Consent = Literal["all", "in principle", "one", "rejected"]
Escort = Literal["neutral", "party", "none"]
Guarantor = Literal["third", "party", "none"]
YesNo = Literal["yes", "no"]
Condition = Literal[
    "consent", "escort", "guarantor", "destination_choice", "front_moving", "earlier_collapse"
]

CONDITION_CODES: dict[str, tuple[str, ...]] = {
    "consent": get_args(Consent),
    "escort": get_args(Escort),
    "guarantor": get_args(Guarantor),
    "destination_choice": get_args(YesNo),
    "front_moving": get_args(YesNo),
    "earlier_collapse": get_args(YesNo),
}
"""Condition → its codes, each a scale from the most to the least agreed."""


class CaseCondition(Strict):
    """State one condition for the forecast, and who says so; it stands before what texts say.

    ``code`` is one of ``CONDITION_CODES`` of the ``condition``.
    """

    condition: Condition
    code: str
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _in_the_codebook(self) -> CaseCondition:
        codes = CONDITION_CODES[self.condition]
        if self.code not in codes:
            raise ValueError(f"`code` of {self.condition} must be one of {', '.join(codes)}")
        return self
