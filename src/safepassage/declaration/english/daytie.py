"""Tie hours in an English sentence to the days that it says them of.

A wrong day is far worse than none: a day counts only where the words between it and the
hours are few and plain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.days import Days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.clock import Hours
    from safepassage.declaration.dates import DateMention

__all__ = ["tied_days"]

_TOUCHING = re.compile(
    r"[ ,()]{0,3}(?:(?:on|of|at|from|starting|beginning|local time|hours|hrs|the night of|the|"
    r"every day|each day|daily|for [\w-]{1,8} days|(?:at )?the (?:end|start|beginning) of)"
    r"[ ,]{1,2}){0,4}"
)
"""What may stand between hours and the day that is theirs beyond doubt."""
_PLAIN_AFTER = re.compile(
    r"[ ]?(?:(?!(?:and|but|said|says|told|announced|ahead|before|after|talks|until|since|when|"
    r"while|"
    r"which|who|followed|meeting|resolution|vote|by|if)\b)[\w'\"-]{1,20}[ ]){0,10}(?:on|this|"
    r"for)[ ](?:the[ ])?"
)
"""Few plain words before a day that follows: "local time in the city on Friday"."""
_PLAIN_BEFORE = re.compile(
    r"(?:[ ,:;()|\"-]{1,3}(?!(?:but|before|after|since|when|while|resume|talks|meeting|"
    r"vote)\b)[\w'.-]{1,20}){0,32}[ ,:;()|\"-]{1,3}"
)
"""Words after a day that stands before: no other event among them."""


_THEN_BEGINS = re.compile(
    r",? (?:it |and |which )?(?:will )?(?:begins?|starts?|beginning|starting|takes effect)"
    r"(?: from| on)? "
)
"""What ties hours to the day that they are said to begin on."""
_NIGHT = re.compile(r"(?<![\w-])night (?:of|from|between)(?: the)? $")
_NOON_MIN = 12 * 60


def tied_days(
    plain: str, start: int, row: Sequence[Hours], position: int, dates: Sequence[DateMention]
) -> Days:
    """Give the days of one of a sentence's hours.

    Parameters
    ----------
    plain, start
        The text, and where its sentence begins.
    row, position
        All hours of the sentence, and which of them is meant.
    dates
        The sentence's days, reporting ones left out.

    """
    days = _days(plain, start, row, position, dates)
    if days.until is None or not _NIGHT.search(
        plain, max(0, days.opens[0].start - 20), days.opens[0].start
    ):
        return days
    hours = row[position]
    first = hours.opens or hours.closes
    late = first is not None and first.minute < _NOON_MIN
    return Days((days.until if late else days.opens[0],))  # one night, told by two days


def _days(
    plain: str, start: int, row: Sequence[Hours], position: int, dates: Sequence[DateMention]
) -> Days:
    """Give the days of one of a sentence's hours, a night taken for a span."""
    hours = row[position]
    floor = row[position - 1].end if position else start
    limit = row[position + 1].start if position + 1 < len(row) else None
    edge = hours.closes.start if hours.closes and hours.opens else hours.end
    before = [d for d in dates if floor <= d.start and d.end <= hours.start]
    inside = [d for d in dates if hours.start < d.start < edge]
    after = [d for d in dates if d.start >= edge and (limit is None or d.start < limit)]
    lead = before[-1] if before and _leads(plain, before[-1], hours) else None
    close = after[0] if after and _touches(plain, hours, after[0]) else None
    if inside:
        return _across(plain, hours, inside, lead, close)
    if lead is not None and close is not None:
        return _both_sides(plain, hours, lead, close, dates)
    if close is None and lead is None and after:
        plainly = _PLAIN_AFTER.fullmatch(plain, hours.end, after[0].start)
        close = after[0] if plainly else None
    chosen = close or lead
    if chosen is not None:
        return _grouped(chosen, dates)
    if before or after:
        return Days(unsettled=True)
    return _shared(plain, start, row, position, dates)


def _leads(plain: str, mention: DateMention, hours: Hours) -> bool:
    return _PLAIN_BEFORE.fullmatch(plain, mention.end, hours.start) is not None


def _touches(plain: str, hours: Hours, mention: DateMention) -> bool:
    if mention.start <= hours.end:
        return True
    if hours.opens and hours.closes and _THEN_BEGINS.fullmatch(plain, hours.end, mention.start):
        return True
    return _TOUCHING.fullmatch(plain, hours.end, mention.start) is not None


def _shared(
    plain: str, start: int, row: Sequence[Hours], position: int, dates: Sequence[DateMention]
) -> Days:
    """Share the day of the hours beside: "from 9 to 11 am and from 2 to 4 pm on Friday"."""
    for other in (position - 1, position + 1):
        if 0 <= other < len(row):
            near = [d for d in dates if not row[position].start <= d.start < row[position].end]
            days = _own(plain, start, row, other, near)
            if days.opens:
                return days
    return Days()


def _own(
    plain: str, start: int, row: Sequence[Hours], position: int, dates: Sequence[DateMention]
) -> Days:
    """Give the days of hours as far as they are their own, not shared in turn."""
    return tied_days(plain, start, row[position : position + 1], 0, dates) if dates else Days()


def _across(
    plain: str,
    hours: Hours,
    inside: list[DateMention],
    lead: DateMention | None,
    close: DateMention | None,
) -> Days:
    """Tie days that stand between the two clocks: "9 am on Friday to 7 pm on Sunday"."""
    if len(inside) > 1:
        return Days((inside[0],), closes=inside[-1])
    only = inside[0]
    ends = hours.closes is not None and _TOUCHING.fullmatch(plain, only.end, hours.closes.start)
    if lead is not None and ends and close is None:
        return Days((lead,), closes=only)
    if close is not None:
        return Days((only,), closes=close)
    return Days((only,))


def _both_sides(
    plain: str, hours: Hours, lead: DateMention, close: DateMention, dates: Sequence[DateMention]
) -> Days:
    """Tie a day on each side: "Friday from 9 am to 7 pm Saturday" spans the two."""
    if lead.link or close.link:
        return _grouped(lead if lead.link else close, dates)
    if not _TOUCHING.fullmatch(plain, lead.end, hours.start):
        return _grouped(close, dates)
    return Days((lead,), closes=close)


def _grouped(mention: DateMention, dates: Sequence[DateMention]) -> Days:
    """Widen one day to the row it stands in: "4 and 5 November", "from 20 to 23 October"."""
    row = list(dates)
    first = last = row.index(mention)
    while first > 0 and row[first - 1].link:
        first -= 1
    while last + 1 < len(row) and row[last].link:
        last += 1
    group = row[first : last + 1]
    if any(one.link == "to" for one in group[:-1]):
        return Days((group[0],), until=group[-1])
    return Days(tuple(group))
