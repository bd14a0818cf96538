"""Read numbers, hours, places and names as people type them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from safepassage.base.errors import Fault, InputError
from safepassage.base.lowbesthigh import LowBestHigh
from safepassage.base.window import Window

if TYPE_CHECKING:
    from safepassage.case.model import CasePlace

__all__ = ["crossing_of", "number_of", "people_of", "place_of", "refuse_odd_names", "window_of"]

_TWO, _THREE = 2, 3


def refuse_odd_names(*names: tuple[str, str | None]) -> None:
    """Refuse empty names, and names whose bytes are no text: no page could show them.

    Parameters
    ----------
    names
        What each one names, and the name; None where it was left out.

    Raises
    ------
    InputError
        With every name that is refused.

    """
    faults = []
    for what, name in names:
        if name is not None and not name.strip():
            faults.append(Fault(what, "is an empty name", "Write a name, or leave it out."))
        elif name is not None and ("\0" in name or not _is_text(name)):
            faults.append(
                Fault(ascii(name), "is a name that is not UTF-8 text, or holds a zero byte",
                      "Rename the file.")
            )  # fmt: skip
    if faults:
        raise InputError(faults)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def number_of(text: str, option: str) -> LowBestHigh:
    """Read ``150``, ``100..200`` or ``100..150..200``; commas and underscores may group digits.

    Raises
    ------
    InputError
        If it is none of these.

    """
    try:
        parts = [float(part.replace(",", "").replace("_", "")) for part in text.split("..")]
        if len(parts) == 1:
            return LowBestHigh.model_validate(parts[0])
        if len(parts) == _TWO:
            return LowBestHigh.model_validate({"low": parts[0], "high": parts[1]})
        if len(parts) == _THREE:
            return LowBestHigh(low=parts[0], best=parts[1], high=parts[2])
    except ValueError:
        pass
    raise InputError.one(
        option, f"is not a number or a range ({text!r})",
        "Write 150, 100..200 or 100..150..200, the lowest first.",
    )  # fmt: skip


def people_of(text: str, option: str) -> LowBestHigh:
    """Read people inside: a number or a range that a place on earth can hold.

    Raises
    ------
    InputError
        If it is not that.

    """
    from safepassage.case.model import people_fault  # noqa: PLC0415

    people = number_of(text, option)
    if fault := people_fault(people):
        raise InputError.one(option, f"{fault}, in {text!r}", "Count the people inside.")
    return people


def window_of(text: str) -> Window:
    """Read ``2016-11-04T09:00/19:00`` or ``2016-11-04T22:00/2016-11-05T06:00``.

    Raises
    ------
    InputError
        If it is neither, or ends before it starts.

    """
    from safepassage.case.model import window_fault  # noqa: PLC0415

    start_text, _, end_text = text.partition("/")
    try:
        start = datetime.fromisoformat(start_text.strip())
        end_text = end_text.strip()
        end = datetime.fromisoformat(
            end_text if "T" in end_text or "-" in end_text else f"{start.date()}T{end_text}"
        )
    except ValueError:
        raise InputError.one(
            "--window", f"is not start/end in local time ({text!r})",
            "Write it like 2016-11-04T09:00/19:00.",
        ) from None  # fmt: skip
    if start.tzinfo or end.tzinfo:
        raise InputError.one(
            "--window", "carries an offset from UTC", "Write local time without one."
        )
    if end <= start:
        raise InputError.one(
            "--window", f"ends ({end:%Y-%m-%d %H:%M}) before it starts ({start:%Y-%m-%d %H:%M})",
            "Past midnight, write the date of the end as well.",
        )  # fmt: skip
    if fault := window_fault(start, end):
        raise InputError.one("--window", f"{fault} ({text!r})", "Check the dates.")
    return Window(start, end)


def place_of(text: str) -> CasePlace:
    """Find a town by name, or read ``lat,lon,timezone``.

    Raises
    ------
    InputError
        If the town is not known, or the numbers are not a place.

    """
    from pydantic import ValidationError  # noqa: PLC0415

    from safepassage.case.model import CasePlace  # noqa: PLC0415
    from safepassage.declaration import find_town  # noqa: PLC0415

    parts = [part.strip() for part in text.split(",")]
    if len(parts) == _THREE:
        try:
            return CasePlace(name=text, lat=float(parts[0]), lon=float(parts[1]), tz=parts[2])
        except (ValidationError, ValueError):
            raise InputError.one(
                "--at", f"is not latitude,longitude,timezone ({text!r})",
                "Write it like 36.2,37.16,Asia/Damascus.",
            ) from None  # fmt: skip
    town = find_town(text)
    if town is None:
        raise InputError.one(
            "--at", f"names no town that is known ({text!r})",
            "Give a larger town nearby, or lat,lon,timezone such as 36.2,37.16,Asia/Damascus.",
        )  # fmt: skip
    return CasePlace(name=town.name, lat=town.lat, lon=town.lon, tz=town.tz)


def crossing_of(text: str) -> tuple[str, float, float, LowBestHigh]:
    """Read ``NAME=LAT,LON,RATE``.

    Raises
    ------
    InputError
        If it is not that.

    """
    from safepassage.case.model import Position, rate_fault  # noqa: PLC0415

    name, _, rest = text.rpartition("=")
    parts = rest.split(",")
    try:
        lat, lon, rate = float(parts[0]), float(parts[1]), parts[2]
    except (IndexError, ValueError):
        name = ""
    if not name.strip() or len(parts) != _THREE:
        raise InputError.one(
            "--crossing", f"is not NAME=LAT,LON,RATE ({text!r})",
            "Write it like 'North gate=60.17,24.94,10..20'.",
        )  # fmt: skip
    try:
        Position(lat=lat, lon=lon)
    except ValueError:
        raise InputError.one(
            "--crossing", f"is not on the earth: {lat:g}, {lon:g} ({text!r})",
            "Latitude comes first, from -90 to 90; then longitude, from -180 to 180.",
        ) from None  # fmt: skip
    served = number_of(rate, "--crossing, its rate")
    fault = "must be above 0" if served.low <= 0 else rate_fault(served)
    if fault:
        raise InputError.one(
            "--crossing, its rate", f"{fault} ({text!r})", "Give people a minute, such as 10..20."
        )
    return name.strip(), lat, lon, served
