"""Hold hours on a local clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

__all__ = ["Window", "hhmm", "iso_minute"]


@dataclass(frozen=True, slots=True)
class Window:
    """Hold a time from ``start`` until just before ``end``, local clock, no offset."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Count the whole minutes of the window, never below zero."""
        return max(0, int((self.end - self.start) // timedelta(minutes=1)))

    def as_json(self) -> dict[str, str]:
        """Give its ends as documents hold them."""
        return {"start": iso_minute(self.start), "end": iso_minute(self.end)}

    def at(self, minute: float) -> datetime:
        """Tell the local time ``minute`` minutes after the start."""
        return self.start + timedelta(minutes=minute)


def hhmm(moment: datetime) -> str:
    """Write a local time as hours and minutes, 24-hour clock."""
    return moment.strftime("%H:%M")


def iso_minute(moment: datetime) -> str:
    """Write a local time as JSON carries it: date and minute, no offset."""
    return moment.strftime("%Y-%m-%dT%H:%M")
