"""Hold the questions to put to negotiators, each with the guidance it comes from."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = ["Catalogue", "Place", "Question", "Reference", "catalogue"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reference(_Frozen):
    """Name published guidance. ``seen`` tells how much of it was looked up for this list."""

    title: str
    publisher: str
    year: int | None = None
    url: str = ""
    seen: Literal["text", "contents", "no"]


class Place(_Frozen):
    """Point into a reference; ``section`` is empty where none was read in a source."""

    id: str
    section: str = ""


class Question(_Frozen):
    """Hold one question.

    Attributes
    ----------
    gravity
        1: left open, people may be killed, forced or held; 2: hurt or turned back;
        3: late or lost.
    fields
        Fields of announcements that speak to it: where these clash, it is disputed.

    """

    id: str
    topic: str
    text: str
    why: str
    gravity: int = Field(ge=1, le=3)
    fields: tuple[str, ...]
    references: tuple[Place, ...] = Field(min_length=1)


class Catalogue(_Frozen):
    """Hold all questions, in order, and what they refer to."""

    references: dict[str, Reference]
    questions: tuple[Question, ...]

    @model_validator(mode="after")
    def _whole(self) -> Catalogue:
        named = {place.id for question in self.questions for place in question.references}
        if named != set(self.references):
            raise ValueError(f"references differ: {named ^ set(self.references)}")
        ids = [question.id for question in self.questions]
        if len(set(ids)) < len(ids):
            raise ValueError("a question's id stands twice")
        return self


@cache
def catalogue() -> Catalogue:
    """Read the questions that ship with the package."""
    text = files("safepassage.plan").joinpath("questions.toml").read_text(encoding="utf-8")
    return Catalogue.model_validate(tomllib.loads(text))
