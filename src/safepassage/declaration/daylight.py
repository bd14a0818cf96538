"""Tell when there is light: sunrise, sunset and civil twilight on a local clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from safepassage.base.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime, tzinfo

__all__ = ["Daylight", "daylight"]


@dataclass(frozen=True, slots=True)
class Daylight:
    """Hold the light of one day on the local clock, no offset.

    Civil twilight is when the sun stands less than 6° below the horizon: enough light
    to walk by without a lamp. A moment that does not happen on the day, as within the
    polar circles, is ``None``; ``sun_stays`` then tells whether the sun stays up or down.
    """

    sunrise: datetime | None
    sunset: datetime | None
    civil_dawn: datetime | None
    civil_dusk: datetime | None
    sun_stays: Literal["up", "down"] | None = None


def daylight(lat: float, lon: float, day: date, tz: str) -> Daylight:
    """Work out the light of one day at one place.

    Parameters
    ----------
    lat, lon
        Degrees WGS 84.
    day
        The day on the local calendar.
    tz
        IANA time zone of the clock.

    Raises
    ------
    InputError
        If the position is not on the earth or the time zone is not known.

    Notes
    -----
    By astral, after the equations of the United States' National Oceanic and
    Atmospheric Administration: good to a minute or two outside the polar regions, for a
    flat horizon. Hills, buildings, smoke and cloud shorten the light.

    """
    zone = _zone(lat, lon, tz)
    from astral import Observer, sun  # noqa: PLC0415

    observer = Observer(lat, lon)

    def moment(of: Callable[..., datetime]) -> datetime | None:
        try:
            found = of(observer, date=day, tzinfo=zone)
        except ValueError:  # the sun does not reach that height on the day
            return None
        local = found.replace(tzinfo=None, microsecond=0)
        return local if local.date() == day else None

    sunrise, sunset = moment(sun.sunrise), moment(sun.sunset)
    stays: Literal["up", "down"] | None = None
    if sunrise is None and sunset is None:
        noon = sun.noon(observer, date=day, tzinfo=zone)
        stays = "up" if sun.elevation(observer, noon) > 0 else "down"
    return Daylight(sunrise, sunset, moment(sun.dawn), moment(sun.dusk), stays)


def _zone(lat: float, lon: float, tz: str) -> tzinfo:
    faults = []
    if not -90 <= lat <= 90:
        faults.append(Fault("lat", f"{lat} is no latitude", "Give degrees from -90 to 90."))
    if not -180 <= lon <= 180:
        faults.append(Fault("lon", f"{lon} is no longitude", "Give degrees from -180 to 180."))
    zone: tzinfo | None = None
    try:
        zone = ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        remedy = "Give an IANA name such as Asia/Damascus."
        faults.append(Fault("tz", f"{tz!r} is no time zone", remedy))
    if faults or zone is None:
        raise InputError(faults)
    return zone
