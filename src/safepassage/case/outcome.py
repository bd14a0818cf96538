"""Hold what came of a pause, as sources tell it, where no ledger was kept; no plan reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field, field_validator

from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.case.bounds import MOST_PEOPLE
from safepassage.case.strict import Strict

__all__ = ["INCIDENTS", "KINDS_OF_PASSAGE", "Outcome", "OutcomeIncident", "OutcomeNote"]

KINDS_OF_PASSAGE = ("voluntary", "flight", "after defeat", "convoy")
"""What a table of precedents tells apart; only the first speaks for how many may come."""

INCIDENTS = (
    "shelling", "air strike", "shooting", "explosion", "mine or remnant", "detention",
    "obstruction", "looting", "crowding", "illness", "traffic", "other",
)  # fmt: skip
"""What a ledger tells apart as well."""


class OutcomeIncident(Strict):
    """Tell of an incident as one source told it: a claim stays a claim, and nobody is to blame."""

    at: datetime
    what: str
    status: Literal["alleged", "reported", "observed", "verified"]
    reported_by: str = Field(min_length=1, pattern=r"\S")
    source: str = Field(min_length=1, pattern=r"\S")
    about: bool = False
    corridor: str = ""
    place: str = ""
    times: int | None = Field(default=None, ge=1, le=10_000)
    killed: int | None = Field(default=None, ge=0, le=MOST_PEOPLE)
    injured: int | None = Field(default=None, ge=0, le=MOST_PEOPLE)
    text: str = ""

    @field_validator("at")
    @classmethod
    def _local(cls, value: datetime) -> datetime:
        return _without_zone(value)

    @field_validator("what")
    @classmethod
    def _known(cls, value: str) -> str:
        return _one_of(value, INCIDENTS)


class OutcomeNote(Strict):
    """Carry what else is known of how it went, with its source."""

    text: str = Field(min_length=1)
    source: str = Field(min_length=1)


class Outcome(Strict):
    """Say what came of a pause, each fact with its source.

    ``exits`` counts the people whose leaving somebody confirmed. Neither a plan nor a forecast
    reads any of this: a pause must not foretell itself.
    """

    ended: Literal["expired", "extended", "called off", "collapsed", "suspended", "not known"]
    source: str = Field(min_length=1, pattern=r"\S")
    ended_at: datetime | None = None
    exits: LowBestHigh | None = None
    kind: str = ""
    country: str = ""
    incidents: tuple[OutcomeIncident, ...] = Field(default=(), strict=False)
    notes: tuple[OutcomeNote, ...] = Field(default=(), strict=False)

    @field_validator("ended_at")
    @classmethod
    def _local(cls, value: datetime | None) -> datetime | None:
        return None if value is None else _without_zone(value)

    @field_validator("kind")
    @classmethod
    def _in_the_codebook(cls, value: str) -> str:
        return value and _one_of(value, KINDS_OF_PASSAGE)

    @field_validator("exits")
    @classmethod
    def _people(cls, value: LowBestHigh | None) -> LowBestHigh | None:
        if value is not None:
            ends = (value.low, value.best, value.high)
            if any(end != int(end) or not 0 <= end <= MOST_PEOPLE for end in ends):
                raise ValueError(f"must be whole numbers of people, 0 to {MOST_PEOPLE:,}")
            if not value.source:
                raise ValueError("needs `source`: who counted, or confirmed that nobody was seen")
        return value


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"must be one of {', '.join(known)}")
    return value


def _without_zone(value: datetime) -> datetime:
    if value.tzinfo is not None:
        raise ValueError("must be local time without an offset, such as 2016-11-04T15:00:00")
    return value
