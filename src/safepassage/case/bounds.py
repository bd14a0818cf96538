"""Say which numbers, hours and points can be meant, and which are a slip of the hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BeforeValidator

if TYPE_CHECKING:
    from safepassage.base.lowbesthigh import LowBestHigh

__all__ = [
    "MOST_PEOPLE",
    "Point",
    "Points",
    "checked",
    "people_fault",
    "rate_fault",
    "window_fault",
]

MOST_PEOPLE = 200_000_000
"""More people than this are a slip of the pen: no city on earth holds as many."""

MOST_PER_MIN = 10_000
"""No screening lane lets this many people through in a minute; such a rate is a slip."""

FIRST_YEAR, LAST_YEAR = 1950, 2200
LONGEST = timedelta(days=14)


def people_fault(value: LowBestHigh) -> str | None:
    """Say what is wrong with a number of people, if anything."""
    if value.low < 0:
        return f"must not be negative (is {value.low:g})"
    if value.high > MOST_PEOPLE:
        return f"must be at most {MOST_PEOPLE:,} (is {value.high:,.0f})"
    return None


def rate_fault(value: LowBestHigh) -> str | None:
    """Say what is wrong with people per minute and lane, if anything."""
    if value.low < 0:
        return f"must not be negative (is {value.low:g})"
    if value.high > MOST_PER_MIN:
        return f"must be at most {MOST_PER_MIN:,} people a minute (is {value.high:,.10g})"
    return None


def window_fault(start: datetime, end: datetime) -> str | None:
    """Say what is wrong with announced hours, if anything."""
    if start.tzinfo or end.tzinfo:
        return "must be local times without an offset"
    for each in (start, end):
        if not FIRST_YEAR <= each.year <= LAST_YEAR:
            return f"lies in the year {each.year}, not between {FIRST_YEAR} and {LAST_YEAR}"
    if end <= start:
        form = "%H:%M" if start.date() == end.date() else "%Y-%m-%d %H:%M"
        return f"ends ({end:{form}}) before it starts ({start:{form}})"
    if end - start > LONGEST:
        days = (end - start) / timedelta(days=1)
        return f"is {days:.3g} days long, more than {LONGEST.days}: plan one day at a time"
    return None


def checked(value: LowBestHigh, fault: str | None) -> LowBestHigh:
    """Give a number back, or raise ValueError with its fault."""
    if fault:
        raise ValueError(fault)
    return value


def _tuples(value: object) -> object:
    if not isinstance(value, list):
        return value
    return tuple(tuple(point) if isinstance(point, list) else point for point in value)


def _on_the_earth(value: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    for lat, lon in value:
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError(f"{lat:g}, {lon:g} is not on the earth")
    return value


Point = tuple[float, float]
"""Latitude and longitude in degrees."""

Points = Annotated[tuple[Point, ...], BeforeValidator(_tuples), AfterValidator(_on_the_earth)]
"""Points in a row."""
