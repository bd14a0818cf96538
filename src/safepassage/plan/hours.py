"""Cut the announced window to the hours people can use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from safepassage.base.errors import InputError
from safepassage.base.window import Window, hhmm, iso_minute
from safepassage.declaration.daylight import Daylight, daylight

if TYPE_CHECKING:
    from safepassage.case.model import CasePlace

__all__ = ["ROUTE_CHECK", "Hours", "HoursCut", "usable_hours"]

ROUTE_CHECK = "routes are confirmed and a test movement goes"
"""Why the first usable minutes are cut."""


@dataclass(frozen=True, slots=True)
class HoursCut:
    """Name a part of the announced window that cannot be used, and why."""

    reason: str
    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        """Count the minutes lost."""
        return Window(self.start, self.end).minutes

    def as_json(self) -> dict[str, Any]:
        """Give it as documents hold it."""
        return {
            "reason": self.reason, "minutes": self.minutes,
            "from": iso_minute(self.start), "until": iso_minute(self.end),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hours:
    """Hold the announced window, the usable one, and what lies between them."""

    announced: Window
    usable: Window
    cuts: tuple[HoursCut, ...]
    daylight: Daylight

    @property
    def steps(self) -> int:
        """Give the last step: step k is the minute [k, k + 1) of the usable window."""
        return self.usable.minutes - 1


def usable_hours(
    announced: Window, place: CasePlace, *, confirm_and_test_min: int, ignore_daylight: bool
) -> Hours:
    """Take from a window the dark and the time to confirm routes and test them.

    Parameters
    ----------
    announced
        Local times.
    place
        For the sun and the time zone.
    confirm_and_test_min
        Minutes in which routes are confirmed end to end and a test movement goes.
    ignore_daylight
        Plan in the dark as well.

    Raises
    ------
    InputError
        If nothing usable remains.

    """
    light = daylight(place.lat, place.lon, announced.start.date(), place.tz)
    start, end = announced.start, announced.end
    cuts: list[HoursCut] = []
    if not ignore_daylight:
        start, end = _in_daylight(announced, place, light, cuts)
    if confirm_and_test_min:
        ready = start + timedelta(minutes=confirm_and_test_min)
        cuts.append(HoursCut(ROUTE_CHECK, start, ready))
        start = ready
    if end - start < timedelta(minutes=1):
        cuts = [cut for cut in cuts if cut.minutes] or [
            HoursCut("shorter than a minute", announced.start, announced.end)
        ]
        raise InputError.one(
            f"window {hhmm(announced.start)} to {hhmm(announced.end)}",
            "has no usable minute: " + "; ".join(
                f"{cut.reason} ({hhmm(cut.start)} to {hhmm(cut.end)})" for cut in cuts
            ),
            "Ask for other hours; or plan in the dark with --ignore-daylight, or shorten "
            "confirm_and_test_min in the case.",
        )  # fmt: skip
    zone = ZoneInfo(place.tz)
    if start.replace(tzinfo=zone).utcoffset() != end.replace(tzinfo=zone).utcoffset():
        raise InputError.one(
            f"window {hhmm(start)} to {hhmm(end)}", f"holds a change of the clocks in {place.tz}",
            "Plan the hours before and after it each by themselves.",
        )  # fmt: skip
    return Hours(announced, Window(start, end), tuple(sorted(cuts, key=lambda c: c.start)), light)


def _in_daylight(
    announced: Window, place: CasePlace, light: Daylight, cuts: list[HoursCut]
) -> tuple[datetime, datetime]:
    """Cut a window to its first stretch of daylight; what is cut is added to ``cuts``."""
    start, end = announced.start, announced.end
    if light.sun_stays == "down":
        cuts.append(HoursCut("the sun does not rise", start, end))
        return end, end
    if light.sunset and light.sunset <= start:  # it starts in the evening
        light = _light_after(light, announced.start, place)
    if light.sunrise and start < light.sunrise:
        dawn = min(_next_minute(light.sunrise), end)
        cuts.append(HoursCut("dark until sunrise", start, dawn))
        start = dawn
    if light.sunset and light.sunset < end:
        dusk = max(light.sunset.replace(second=0, microsecond=0), start)
        dawn = min(end, _light_after(light, light.sunset, place).sunrise or end)
        cuts.append(HoursCut("dark after sunset", dusk, dawn))
        if dawn < end:
            cuts.append(HoursCut("another day: one day is planned at a time", dawn, end))
        end = dusk
    return start, end


def _light_after(light: Daylight, moment: datetime, place: CasePlace) -> Daylight:
    """Give the light of the day after a moment, or the same where there is none."""
    following = daylight(place.lat, place.lon, moment.date() + timedelta(days=1), place.tz)
    return light if following.sun_stays == "down" else following


def _next_minute(moment: datetime) -> datetime:
    whole = moment.replace(second=0, microsecond=0)
    return whole if whole == moment else whole + timedelta(minutes=1)
