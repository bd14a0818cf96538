"""Work out the hours that stand after a text extended or changed earlier ones.

A wrong window is far worse than an unknown one. An extension whose new end is not
certain leaves the earlier hours, which are still promised; a change that does not give
the new hours leaves none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from safepassage.declaration.model import AnnouncedWindow, Change, Declaration

__all__ = ["NewHours", "new_windows"]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NewHours:
    """Hold the hours that stand, which texts they come from, and what is not certain."""

    windows: tuple[AnnouncedWindow, ...]
    source: Literal["earlier", "later", "both"] = "earlier"
    doubts: tuple[str, ...] = ()


def new_windows(windows: tuple[AnnouncedWindow, ...], later: Declaration) -> NewHours:
    """Give the hours that stand once a later text extends or changes earlier ones.

    Parameters
    ----------
    windows
        The hours that stood before.
    later
        A text that says it extends or changes them.

    """
    change = later.change
    if change is None or (not windows and later.windows):
        return NewHours(later.windows or windows, "later" if later.windows else "earlier")
    if later.windows:
        return _replaced(windows, later.windows, extends=change.what == "extends")
    if change.what == "changes":
        return NewHours((), doubts=("it changes the hours; the new ones are not fully stated.",))
    if not windows:
        return NewHours((), doubts=("it extends hours that no text states in full.",))
    return _extended(windows, change)


def _replaced(
    old: tuple[AnnouncedWindow, ...], new: tuple[AnnouncedWindow, ...], *, extends: bool
) -> NewHours:
    """Put hours that are stated in full in the place of the old ones, or after them."""
    if not extends or new[0].start == old[0].start:
        return NewHours(new, "later")
    if len(new) == 1 and new[0].start == old[-1].end and not new[0].recurrence:
        joined = old[-1].model_copy(update={"end": new[0].end})
        return NewHours((*old[:-1], joined), "both")
    if new[0].start > old[-1].end:
        return NewHours((*old, *new), "both")
    doubt = "it extends the hours and states others that do not follow on them; check which stand."
    return NewHours((), doubts=(doubt,))


def _extended(windows: tuple[AnnouncedWindow, ...], change: Change) -> NewHours:
    target = _target(windows, change)
    if target is None:
        return NewHours(windows, doubts=("it extends one of several hours; which is not certain.",))
    new = _daily(target, change) if target.recurrence else _single(target, change)
    if new is None:
        doubt = "it extends the hours; the new end is not certain, so the earlier end was kept."
        return NewHours(windows, doubts=(doubt,))
    return NewHours(tuple(new if each is target else each for each in windows), "both")


def _target(windows: tuple[AnnouncedWindow, ...], change: Change) -> AnnouncedWindow | None:
    if len(windows) == 1:
        return windows[0]
    if change.until is None:
        return None
    fits = [each for each in windows if each.start.date() == change.until.date()]
    return fits[0] if len(fits) == 1 else None


def _single(window: AnnouncedWindow, change: Change) -> AnnouncedWindow | None:
    """Move the end of hours of one day, or that run on: all that is said must agree."""
    ends: set[datetime] = set()
    if change.until is not None:
        ends.add(change.until)
    if change.until_clock is not None:
        ends.add(datetime.combine(window.end.date(), change.until_clock))
    if change.by_min is not None:
        ends.add(window.end + timedelta(minutes=change.by_min))
    if change.by_days is not None:
        if window.end - window.start < _DAY:
            return None  # the nights between, too, or the same hours on further days?
        ends.add(window.end + change.by_days * _DAY)
    if len(ends) != 1 or (end := ends.pop()) <= window.end:
        return None
    return window.model_copy(update={"end": end})


def _daily(window: AnnouncedWindow, change: Change) -> AnnouncedWindow | None:
    """Lengthen hours that come back every day: by days, or to a later clock."""
    asked = (change.until, change.until_clock, change.by_min, change.by_days)
    if sum(each is not None for each in asked) != 1:
        return None
    if change.by_days is not None and window.until is not None:
        return window.model_copy(update={"until": window.until + change.by_days * _DAY})
    if change.until_clock is not None:
        end = datetime.combine(window.end.date(), change.until_clock)
        return window.model_copy(update={"end": end}) if end > window.end else None
    return None
