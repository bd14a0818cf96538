"""Hold numbers that depend on the world: a low, a best and a high figure with a source."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

__all__ = ["LowBestHigh"]


class LowBestHigh(BaseModel):
    """Hold a number that is known as an interval.

    A plain number stands for an interval of no width; ``low`` and ``high``
    without ``best`` put the best figure in the middle; a missing bound is the
    best figure. ``source`` is empty only where the number is an assumption.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    low: float = Field(allow_inf_nan=False)
    best: float = Field(allow_inf_nan=False)
    high: float = Field(allow_inf_nan=False)
    source: str = ""

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, value: Any) -> Any:
        if isinstance(value, bool):
            msg = "must be a number or { low, best, high, source }"
            raise ValueError(msg)  # noqa: TRY004 - pydantic reports ValueError with its place
        if isinstance(value, int | float):
            return {"low": value, "best": value, "high": value}
        if isinstance(value, dict):
            given = dict(value)
            if "best" not in given and {"low", "high"} <= given.keys():
                low, high = given["low"], given["high"]
                if isinstance(low, int | float) and isinstance(high, int | float):
                    given["best"] = (low + high) / 2
            if "best" in given:
                given.setdefault("low", given["best"])
                given.setdefault("high", given["best"])
            return given
        return value

    @field_validator("low", "best", "high", mode="before")
    @classmethod
    def _a_number(cls, value: Any) -> Any:
        if isinstance(value, bool | str | bytes):
            msg = f"must be a number (is {value!r})"
            raise ValueError(msg)  # noqa: TRY004 - pydantic reports ValueError with its place
        return value

    @model_validator(mode="after")
    def _ordered(self) -> LowBestHigh:
        if not self.low <= self.best <= self.high:
            msg = f"low ≤ best ≤ high is needed (is {self.low:g}, {self.best:g}, {self.high:g})"
            raise ValueError(msg)
        return self

    @property
    def is_assumption(self) -> bool:
        """Tell whether no source is named."""
        return not self.source

    def times(self, factor: float) -> LowBestHigh:
        """Scale all three figures by a factor that is not negative."""
        return LowBestHigh(
            low=self.low * factor,
            best=self.best * factor,
            high=self.high * factor,
            source=self.source,
        )

    def as_json(self) -> dict[str, Any]:
        """Give the three figures and their source, as documents hold them."""
        return {"low": self.low, "best": self.best, "high": self.high, "source": self.source}

    def whole(self) -> dict[str, int]:
        """Give the three figures rounded to whole ones, as JSON carries people."""
        return {"low": round(self.low), "best": round(self.best), "high": round(self.high)}

    def __str__(self) -> str:
        """Write ``best (low to high)``, or one number where there is no spread."""
        if self.low == self.high:
            return f"{self.best:,.10g}"
        return f"{self.best:,.10g} ({self.low:,.10g} to {self.high:,.10g})"
