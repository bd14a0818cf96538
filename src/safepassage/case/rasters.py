"""Say which grids of people a case has: one, or three for low, best and high."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field, model_validator

from safepassage.case.strict import Strict

__all__ = ["CaseRaster"]


class CaseRaster(Strict):
    """Name grids of people; a path alone is the best one.

    How far they may be wrong is said by further grids, or by a share of every cell and who
    says so.
    """

    best: Path = Field(strict=False)
    low: Path | None = Field(default=None, strict=False)
    high: Path | None = Field(default=None, strict=False)
    relative_error: float = Field(default=0, ge=0, le=1)
    source: str = ""

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, value: Any) -> Any:
        if isinstance(value, str | Path):
            return {"best": value}
        if isinstance(value, dict | CaseRaster):
            return value
        msg = "must be a path, or { low, best, high }, or { best, relative_error, source }"
        raise ValueError(msg)

    @model_validator(mode="after")
    def _one_way(self) -> CaseRaster:
        if self.relative_error and (self.low or self.high):
            msg = "has low or high grids and a relative_error: keep one of them"
            raise ValueError(msg)
        if self.relative_error and not self.source:
            msg = "relative_error needs a source: who says that the grid may be so far wrong"
            raise ValueError(msg)
        return self

    def ends(self) -> dict[str, Path]:
        """Give the grids by the figure that they stand for, the best one first."""
        named = {"best": self.best, "low": self.low, "high": self.high}
        return {end: path for end, path in named.items() if path is not None}
