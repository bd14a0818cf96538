"""Hold hours tied to the days they are said of, and carry a day over from near by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from safepassage.declaration.dates import DateMention, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from safepassage.declaration.clock import Hours, Length

__all__ = ["NEAR", "Clues", "Days", "Timed", "carried_days"]

NEAR = 3
"""Sentences that a date may be carried over from, either way (an assumption)."""


@dataclass(frozen=True, slots=True)
class Days:
    """Hold the days of one pair of clocks.

    Attributes
    ----------
    opens
        Days on which the hours begin; none where the words tie none to them.
    closes
        Day on which they end, where it is another.
    until
        Last day of hours that come back every day.
    carried
        The day stands in another sentence.
    unsettled
        A day stands by the hours, but the words do not settle which.

    """

    opens: tuple[DateMention, ...] = ()
    closes: DateMention | None = None
    until: DateMention | None = None
    carried: bool = False
    unsettled: bool = False

    def __bool__(self) -> bool:
        """Tell whether some day is given."""
        return bool(self.opens)


@dataclass(frozen=True, slots=True)
class Timed:
    """Hold hours and the days that their own sentence ties to them."""

    hours: Hours
    days: Days


@dataclass(frozen=True, slots=True)
class Clues:
    """Hold what one sentence says of time, where it may state terms.

    Attributes
    ----------
    index
        Number of the sentence.
    names
        It names the pause or the corridors itself.
    lends
        Days that other sentences may take from it.
    subject
        ``pause`` or ``corridor``: what the hours are said of.
    timed, dates, lengths
        Found in it, in order; dates of reporting and of the past are left out.
    daily
        Offsets of "every day" and the like.
    each
        The hours are those of each of the days told near by: "on each of these days".
    now
        It tells of what is under way, or to come today.

    """

    index: int
    names: bool
    lends: tuple[DateMention, ...]
    subject: Literal["pause", "corridor"] | None
    timed: tuple[Timed, ...]
    dates: tuple[DateMention, ...]
    lengths: tuple[Length, ...]
    daily: tuple[int, int] | None
    each: bool = False
    now: bool = False


def carried_days(clue: Clues, clues: Sequence[Clues], reference: date | None) -> Days:
    """Carry over the one day that sentences near by speak of, else that all of them do."""
    lenders = [other for other in clues if other.lends and other.index != clue.index]
    near = [other for other in lenders if abs(other.index - clue.index) <= NEAR]
    for pool in (near, lenders):
        days = {
            day: mention
            for other in pool
            for mention in reversed(other.lends)
            if (day := resolve(mention, reference)) is not None
            and (reference is None or day >= reference)
        }
        if len(days) == 1 or (clue.each and days):
            return Days(tuple(days.values()), carried=True)
        spans = [o.lends for o in pool if len(o.lends) == 2 and o.lends[0].link == "to"]
        if len(spans) == 1 and len(days) == 2 and clue.daily:
            return Days((spans[0][0],), until=spans[0][1], carried=True)
        if days:
            break
    return Days()
