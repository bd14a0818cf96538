"""Answer readiness questions by working them out: light, warning, walking, route checks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from safepassage.base.phrases import counted, duration, span
from safepassage.base.window import hhmm, iso_minute
from safepassage.plan.readiness_model import Finding, Known, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepassage.base.lowbesthigh import LowBestHigh

__all__ = ["ENOUGH_WARNING_MIN", "ON_HOURS", "WORKED_OUT", "nearest_minute", "sun_minute"]

ENOUGH_WARNING_MIN = 24 * 60
"""A night and a day to hear of it, decide and prepare [minutes]: an assumption; no source
found gives a number."""


def nearest_minute(moment: datetime) -> datetime:
    """Round a moment of the sun, which is good to a minute or two, to the nearest minute."""
    return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)


def sun_minute(moment: datetime | None) -> str | None:
    """Write a moment of the sun as documents do; None where there is none."""
    return None if moment is None else iso_minute(nearest_minute(moment))


def _daylight(known: Known) -> Finding | None:
    hours = known.hours
    if hours is None:
        return Finding("open", known.no_hours, "worked out") if known.no_hours else None
    lost = [cut for cut in hours.cuts if cut.reason.startswith(("dark", "another day"))]
    dark = sum(cut.minutes for cut in lost if cut.reason.startswith("dark"))
    said = f"Of {duration(hours.announced.minutes)} announced, "
    said += f"{duration(dark)} in the dark" if dark else "none in the dark"
    sun = hours.daylight
    if sun.sunrise and sun.sunset:
        rise, sets = (hhmm(nearest_minute(each)) for each in (sun.sunrise, sun.sunset))
        said += f" (sunrise {rise}, sunset {sets})"
    if known.confirm_and_test_min:
        taken = duration(known.confirm_and_test_min)
        said += f"; {taken} for route checks and a test movement (an assumption)"
    said += f"; left to use: {duration(hours.usable.minutes)}, {span(hours.usable)}."
    if any(cut.reason.startswith("another day") for cut in lost):
        said += " One day only is counted."
    return Finding("partly" if lost else "settled", said, "worked out")


def _warning(known: Known) -> Finding | None:
    warned, window = known.warned, known.window
    if warned is None or window is None:
        return None
    day = f"{warned.announced_on:%-d %B %Y}"
    start = f"{window.start:%-d %B, %H:%M}"
    if warned.high <= 0:
        return Finding("open", f"Announced on {day}, after it had begun ({start}).", "worked out")
    text = (
        f"Announced on {day}, hour not known; begins {start}: {warned.low / 60:.0f} to "
        f"{warned.high / 60:.0f} h before. When people inside heard of it is not known."
    )
    return Finding("partly" if warned.low >= ENOUGH_WARNING_MIN else "open", text, "worked out")


def _interval(number: LowBestHigh, form: str = ",.0f") -> str:
    best, low, high = (f"{each:{form}}" for each in (number.best, number.low, number.high))
    return best if low == high else f"{best} ({low} to {high})"


def _travel(known: Known) -> Finding | None:
    found, city = known.travel, known.city
    if found is None or city is None:
        return Finding("open", known.no_travel, "worked out") if known.no_travel else None
    longest = found.longest()
    status: Status = "settled"
    parts = []
    if longest is not None and found.farthest is not None:
        hours = longest.times(1 / 60)
        parts.append(
            f"From {city.zones.names[found.farthest]}, the farthest, {_interval(hours, '.1f')} h "
            f"to the nearest crossing, nobody queueing; {duration(found.usable_min)} to use."
        )
    if found.too_far.high >= 1:
        status = "partly"
        parts.append(
            f"{_interval(found.too_far)} of {_interval(found.people)} people cannot arrive in "
            "time even if they set out at once."
        )
    elif longest is not None:
        parts.append("By walking time alone everybody with a way could arrive.")
    if found.no_way.high >= 1:
        status = "partly"
        parts.append(f"{_interval(found.no_way)} have no way to any crossing.")
    if known.assumed_positions:
        status = "partly"
        parts.append(f"{counted(known.assumed_positions, 'crossing')} at an assumed position.")
    stuck = found.too_far.best + found.no_way.best
    if found.people.best and stuck >= found.people.best:
        status = "open"
    return Finding(status, " ".join(parts), "worked out")


def _confirm_and_test(known: Known) -> Finding | None:
    if not known.confirm_and_test_min:
        return Finding("open", "No time is kept for it.", "case")
    text = f"Set aside for it: {duration(known.confirm_and_test_min)}"
    if known.hours:
        cut = next((c for c in known.hours.cuts if c.reason.startswith("routes are")), None)
        text += f", {hhmm(cut.start)} to {hhmm(cut.end)}" if cut else ""
    corridors = known.case.corridors if known.case else ()
    cards = [each.go_stop for each in corridors if each.users == "civilian" and each.position]
    stated = [each for each in cards if each.confirmed_by and each.test_movement]
    if not stated:
        who = "Who confirms and who goes is not stated."
        return Finding("open", f"{text} (an assumption). {who}", "worked out")
    who = f"Who confirms and who goes is stated for {len(stated)} of {len(cards)} corridors."
    source = "; ".join(dict.fromkeys(each.source for each in stated if each.source))
    whole = len(stated) == len(cards) and all(each.source for each in stated)
    return Finding("settled" if whole else "partly", f"{text}. {who}", "case", source=source)


WORKED_OUT: dict[str, Callable[[Known], Finding | None]] = {
    "daylight": _daylight,
    "warning": _warning,
    "travel": _travel,
    "confirm-test": _confirm_and_test,
}
"""What can be worked out on a question; None where what it needs is not known."""

ON_HOURS = frozenset({"daylight", "warning", "travel"})
"""Answers that are worked out from the announced hours."""
