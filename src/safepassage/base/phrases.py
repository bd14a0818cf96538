"""Write numbers, lists, hours and durations the same way in every sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepassage.base.window import hhmm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from safepassage.base.window import Window

__all__ = ["counted", "duration", "listed", "percent", "share_of", "signed", "span"]


def listed(names: Iterable[str]) -> str:
    """Join names with commas and a last ``and``."""
    items = list(names)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def counted(number: int, thing: str) -> str:
    """Write a number with its thing, in the singular where it is one."""
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def percent(share: float) -> str:
    """Write a share of 1 as whole per cent; nothing reads as none, or as all, that is not."""
    if 0 < share < 0.01:
        return "under 1 %"
    return f"{min(int(share * 100 + 0.5), 99) if share < 1 else 100} %"


def share_of(part: int, whole: int) -> float:
    """Give a share of 1 to four places, rounded down: what is short of all never reads as all."""
    return min(part, whole) * 10_000 // whole / 10_000 if whole else 1.0


def span(window: Window) -> str:
    """Write hours, with their dates where they are of different days."""
    if window.start.date() == window.end.date():
        return f"{hhmm(window.start)} to {hhmm(window.end)}"
    return f"{window.start:%-d %B %H:%M} to {window.end:%-d %B %H:%M}"


def duration(minutes: int) -> str:
    """Write minutes as hours and minutes."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def signed(number: float) -> str:
    """Write a number, rounded to a whole one, with its sign and a true minus; 0 has none."""
    whole = round(number)
    return f"{whole:+,}".replace("-", "−") if whole else "0"
