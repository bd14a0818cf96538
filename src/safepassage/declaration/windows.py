"""Tie hours to days: from what sentences say to windows on the local clock."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from safepassage.declaration.clock import DAY_MIN, LOCAL, Clock, Hours, Length
from safepassage.declaration.dates import DateMention, resolve
from safepassage.declaration.findings import DERIVED, RESOLVED, STATED, WEAK, Finding
from safepassage.declaration.model import AnnouncedWindow, OpenWindow

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Clues", "WindowsFound", "build_windows", "days_of"]

_LONGEST_DAYS = 92
"""A window longer than this is taken for a misreading (an assumption)."""
_MOST_WINDOWS = 24
"""A text that seems to name more windows than this is not read for them (an assumption)."""
_NEAR = 3
"""Sentences that a date may be carried over from, either way (an assumption)."""


@dataclass(frozen=True, slots=True)
class Clues:
    """Hold what one sentence says of time, where it may state terms.

    Attributes
    ----------
    index
        Number of the sentence.
    names
        It names the pause or the corridors itself.
    subject
        ``pause`` or ``corridor``: what the hours are said of.
    hours, dates, lengths
        Found in it, in order; dates of reporting and of the past are left out.
    spans
        Indices into ``dates`` of days that open a span ("between Friday and Sunday").
    daily
        Offsets of "every day" and the like.
    starts_from
        Indices into ``dates`` of days after "from" or "starting".

    """

    index: int
    names: bool
    subject: Literal["pause", "corridor"] | None
    hours: tuple[Hours, ...]
    dates: tuple[DateMention, ...]
    lengths: tuple[Length, ...]
    daily: tuple[int, int] | None
    starts_from: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class WindowsFound:
    """Hold the windows, those with one end unknown, and what could not be settled."""

    windows: tuple[Finding[AnnouncedWindow], ...] = ()
    open_windows: tuple[Finding[OpenWindow], ...] = ()
    tz: str | None = None
    remarks: tuple[str, ...] = ()
    past_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class _Days:
    """Hold the days one pair of clocks is tied to."""

    opens: tuple[DateMention, ...]
    closes: DateMention | None = None
    until: DateMention | None = None
    carried: bool = False


@dataclass(frozen=True, slots=True)
class _Draft:
    """Hold a window being made; naive local datetimes."""

    start: datetime | None
    end: datetime | None
    daily: bool
    until: date | None
    span: tuple[int, int]
    confidence: float
    index: int
    subject: str | None
    prolongs: bool = False


def days_of(clues: Sequence[Clues], reference: date | None) -> list[date]:
    """Give the days that sentences naming the pause speak of, none before the reference."""
    found = {
        day
        for clue in clues
        if clue.names
        for mention in clue.dates
        if (day := resolve(mention, reference)) is not None
        and (reference is None or day >= reference)
    }
    return sorted(found)


def build_windows(clues: Sequence[Clues], reference: date | None, tz: str | None) -> WindowsFound:
    """Work out the windows that the sentences state.

    Parameters
    ----------
    clues
        One per sentence that may state terms, in order.
    reference
        The day of the announcement, where known.
    tz
        IANA zone of the place, where known.

    """
    remarks: list[str] = []
    past: list[date] = []
    zone = tz or _zone_named(clues)
    drafts: list[_Draft] = []
    for clue in clues:
        for hours in clue.hours:
            days = _days(clue, hours, clues, reference)
            drafts.extend(_drafts(clue, hours, days, reference, zone, remarks, past))
    drafts = _with_lengths(_joined(drafts), clues)
    whole = [draft for draft in drafts if draft.start and draft.end and not draft.prolongs]
    windows = _settled(whole, remarks)
    loose = [] if windows else [draft for draft in drafts if draft not in whole]
    return WindowsFound(
        windows=tuple(_finding(draft) for draft in windows),
        open_windows=tuple(_open_finding(draft) for draft in _loosened(loose)),
        tz=zone,
        remarks=tuple(dict.fromkeys(remarks)),
        past_days=tuple(past),
    )


def _zone_named(clues: Sequence[Clues]) -> str | None:
    """Give the one zone that clocks are told in, for a text without a known place."""
    zones = Counter(
        clock.zone
        for clue in clues
        for hours in clue.hours
        for clock in (hours.opens, hours.closes)
        if clock is not None and clock.zone and clock.zone != LOCAL and ":" not in clock.zone
    )
    return next(iter(zones)) if len(zones) == 1 else None


def _days(clue: Clues, hours: Hours, clues: Sequence[Clues], reference: date | None) -> _Days:
    """Find the days that hours are tied to: in the sentence, else carried from near it."""
    tied = _tied_days(clue, hours)
    if tied.opens or tied.closes:
        return tied
    return _carried(clue, clues, reference)


def _tied_days(clue: Clues, hours: Hours) -> _Days:
    position = clue.hours.index(hours)
    floor = clue.hours[position - 1].end if position else -1
    following = clue.hours[position + 1].start if position + 1 < len(clue.hours) else None
    edge = hours.closes.start if hours.closes and hours.opens else hours.end
    before = [d for d in clue.dates if floor <= d.start and d.end <= hours.start]
    inside = [d for d in clue.dates if hours.start < d.start < edge]
    after = [
        d for d in clue.dates if d.start >= edge and d not in inside and (following is None or d.start < following)
    ]
    close = after[0] if after and after[0].start - hours.end <= _ADJACENT else None
    if inside:
        return _across(clue, hours, inside, before, close)
    if close is not None:
        return _grouped(clue, close) if not before or not _touches(before[-1], hours) else _both_sides(clue, before, close)
    if before:
        return _grouped(clue, before[-1])
    if after:
        return _grouped(clue, after[0])
    if position and clue.hours[position - 1].opens:
        return _tied_days(clue, clue.hours[position - 1])
    if following is not None and (later := _next_days(clue, position)):
        return later
    return _Days(())


_ADJACENT = 24
"""Farthest that "on Friday" may stand behind its hours to be theirs [characters]."""


def _touches(mention: DateMention, hours: Hours) -> bool:
    return hours.start - mention.end <= _ADJACENT


def _next_days(clue: Clues, position: int) -> _Days | None:
    """Share the days of the hours that follow: "from 9 to 11 am and 2 to 4 pm on Friday"."""
    follower = clue.hours[position + 1]
    later = [d for d in clue.dates if d.start >= follower.end]
    return _grouped(clue, later[0]) if later else None


def _across(
    clue: Clues, hours: Hours, inside: list[DateMention], before: list[DateMention], close: DateMention | None
) -> _Days:
    """Tie days that stand between the two clocks: "9 am on Friday to 7 pm on Sunday"."""
    del clue
    assert hours.opens is not None  # noqa: S101 (a date inside needs two clocks)
    if len(inside) > 1:
        return _Days((inside[0],), closes=inside[-1])
    only = inside[0]
    nearer_open = only.start - hours.opens.end <= _ADJACENT // 2
    lead = before[-1] if before and _touches(before[-1], hours) else None
    if lead is not None and (close is None or not nearer_open):
        return _Days((lead,), closes=only)
    if close is not None and close is not only:
        return _Days((only,), closes=close)
    return _Days((only,))


def _both_sides(clue: Clues, before: list[DateMention], close: DateMention) -> _Days:
    """Tie a day on each side: "Friday from 9 am to 7 pm Saturday" spans the two."""
    lead = before[-1]
    if lead.link or close.link:
        return _grouped(clue, lead if lead.link else close)
    return _Days((lead,), closes=close)


def _grouped(clue: Clues, mention: DateMention) -> _Days:
    """Widen one day to the row it stands in: "4 and 5 November", "from 20 to 23 October"."""
    row = list(clue.dates)
    first = last = row.index(mention)
    while first > 0 and row[first - 1].link:
        first -= 1
    while last + 1 < len(row) and row[last].link:
        last += 1
    group = row[first : last + 1]
    if any(one.link == "to" for one in group[:-1]):
        return _Days((group[0],), until=group[-1])
    return _Days(tuple(group))


def _carried(clue: Clues, clues: Sequence[Clues], reference: date | None) -> _Days:
    """Carry over the one day that sentences near by, or all of them, speak of."""
    near = [other for other in clues if abs(other.index - clue.index) <= _NEAR and other.index != clue.index]
    for pool in (near, [other for other in clues if other.names]):
        mentions = {}
        for other in pool:
            for mention in other.dates:
                day = resolve(mention, reference)
                if day is not None and (reference is None or day >= reference):
                    mentions.setdefault(day, mention)
        if len(mentions) == 1:
            return _Days(tuple(mentions.values()), carried=True)
        linked = [other for other in pool if len(other.dates) == 2 and other.dates[0].link == "to"]  # noqa: PLR2004
        if len(linked) == 1 and len(mentions) == 2 and clue.daily:  # noqa: PLR2004
            return _Days((linked[0].dates[0],), until=linked[0].dates[1], carried=True)
        if mentions:
            break
    return _Days(())


def _drafts(
    clue: Clues, hours: Hours, days: _Days, reference: date | None, tz: str | None,
    remarks: list[str], past: list[date],
) -> list[_Draft]:  # fmt: skip
    if hours.opens is None and hours.closes is None:
        return []
    made: list[_Draft] = []
    hours = _preferring_local(hours)
    if not days.opens and days.closes is None:
        remarks.append(f"{_told(hours)} are stated, but not for a day that the text settles.")
        return []
    for mention in days.opens:
        day = resolve(mention, reference)
        if day is None:
            remarks.append(f"{_told(hours)} are stated for a day that the text does not settle.")
            continue
        if reference is not None and day < reference:
            past.append(day)
            continue
        until = resolve(days.until, day) if days.until else None
        if until is not None and until <= day:
            until = None
            days = replace(days, until=None)
        closing = resolve(days.closes, day) if days.closes else None
        if (days.until and until is None) or (days.closes and closing is None):
            remarks.append(f"{_told(hours)} run to a day that the text does not settle.")
            continue
        daily = clue.daily is not None or until is not None
        draft = _draft(clue, hours, days, mention, day, closing, tz, remarks)
        if draft is not None:
            made.append(replace(draft, daily=daily, until=until))
    return made


def _preferring_local(hours: Hours) -> Hours:
    """Take the local clock where the same hours are told on two."""
    local = [clock for clock in hours.restated if clock.zone == LOCAL]
    told = [clock for clock in (hours.opens, hours.closes) if clock is not None]
    if len(local) != len(told) or all(clock.zone in {None, LOCAL} for clock in told if clock.zone):
        if not local or any(clock.zone for clock in told) or len(local) != len(told):
            return hours
    ends = iter(local)
    return replace(
        hours,
        opens=next(ends) if hours.opens else None,
        closes=next(ends) if hours.closes else None,
        restated=tuple(clock for clock in hours.restated if clock.zone != LOCAL),
    )


def _told(hours: Hours) -> str:
    parts = [f"{clock.minute // 60:02d}:{clock.minute % 60:02d}" for clock in (hours.opens, hours.closes) if clock]
    return f"Hours {' to '.join(parts)}"


def _draft(
    clue: Clues, hours: Hours, days: _Days, mention: DateMention, day: date, closing: date | None,
    tz: str | None, remarks: list[str],
) -> _Draft | None:  # fmt: skip
    start = _moment(day, hours.opens, tz) if hours.opens else None
    end = _moment(closing or day, hours.closes, tz) if hours.closes else None
    if (hours.opens and start is None) or (hours.closes and end is None):
        remarks.append(f"{_told(hours)} are told on a clock that cannot be turned into local time.")
        return None
    if start and end and closing is None and end <= start:
        end += timedelta(days=1)
    if start and end and not timedelta(0) < end - start <= timedelta(days=_LONGEST_DAYS):
        remarks.append(f"{_told(hours)} end before they start, or last too long to be meant so.")
        return None
    remarks.extend(_disagreements(day, hours, tz))
    confidence = STATED if mention.is_absolute else RESOLVED
    if mention.day is not None and mention.year is None and not days.carried:
        confidence = STATED
    if any(clock.inferred for clock in (hours.opens, hours.closes) if clock) or days.carried:
        confidence = DERIVED
    span = _span(hours, days, mention)
    return _Draft(start, end, daily=False, until=None, span=span, confidence=confidence,
                  index=clue.index, subject=clue.subject, prolongs=hours.prolongs)  # fmt: skip


def _span(hours: Hours, days: _Days, mention: DateMention) -> tuple[int, int]:
    """Quote the hours, and their day where it stands in the same sentence."""
    if days.carried:
        return hours.start, hours.end
    parts = [mention, *([days.closes] if days.closes else []), *([days.until] if days.until else [])]
    return min(hours.start, *(d.start for d in parts)), max(hours.end, *(d.end for d in parts))


def _tzinfo(zone: str) -> timezone | ZoneInfo:
    if zone == "UTC":
        return UTC
    if zone.startswith("UTC"):
        hours, minutes = int(zone[4:6]), int(zone[7:9])
        size = timedelta(hours=hours, minutes=minutes)
        return timezone(size if zone[3] == "+" else -size)
    return ZoneInfo(zone)


def _moment(day: date, clock: Clock, tz: str | None) -> datetime | None:
    """Put a clock on a day, as local time."""
    naive = datetime.combine(day, time()) + timedelta(minutes=clock.minute)
    if clock.zone in {None, LOCAL, tz}:
        return naive
    if tz is None:
        return None
    return naive.replace(tzinfo=_tzinfo(str(clock.zone))).astimezone(ZoneInfo(tz)).replace(tzinfo=None)


def _disagreements(day: date, hours: Hours, tz: str | None) -> list[str]:
    """Tell where the same hours on another zone's clock do not agree with the zone."""
    if tz is None:
        return []
    told = [clock for clock in (hours.opens, hours.closes) if clock is not None]
    again = [clock for clock in hours.restated if clock.zone and clock.zone != LOCAL]
    zones = {clock.zone for clock in again}
    if len(hours.restated) == len(told) and len(zones) == 1:
        again = [replace(clock, zone=again[0].zone) for clock in hours.restated]
    if len(again) != len(told):
        return []
    found = []
    for clock, other in zip(told, again, strict=True):
        here, there = _moment(day, clock, tz), _moment(day, other, tz)
        if here and there and (here - there) % timedelta(days=1):
            found.append(
                f"The text gives {_hhmm(clock)} as {_hhmm(other)} {other.zone}; in {tz} that would be {there:%H:%M}."
            )
    return found


def _hhmm(clock: Clock) -> str:
    return f"{clock.minute // 60:02d}:{clock.minute % 60:02d}"


def _joined(drafts: list[_Draft]) -> list[_Draft]:
    """Join a start and an end told apart: "It begins at 9 am on Friday. It ends at 7 pm"."""
    opens = [draft for draft in drafts if draft.start and not draft.end]
    closes = [draft for draft in drafts if draft.end and not draft.start and not draft.prolongs]
    if len(opens) != 1 or len(closes) != 1:
        return drafts
    first, second = opens[0], closes[0]
    assert first.start is not None and second.end is not None  # noqa: PT018, S101
    if not 0 <= second.index - first.index <= _NEAR or second.end <= first.start:
        return drafts
    joined = replace(
        first, end=second.end, span=(min(first.span[0], second.span[0]), max(first.span[1], second.span[1])),
        confidence=min(first.confidence, second.confidence, RESOLVED), daily=first.daily or second.daily,
    )  # fmt: skip
    return [joined if draft is first else draft for draft in drafts if draft is not second]


def _with_lengths(drafts: list[_Draft], clues: Sequence[Clues]) -> list[_Draft]:
    """End a window by its length: "a 72-hour truce from 6 am on Friday"."""
    if any(draft.start and draft.end for draft in drafts):
        return drafts
    lengths = {clue.index: clue.lengths for clue in clues}
    every = {length.minutes for clue in clues if clue.names for length in clue.lengths}
    made = []
    for draft in drafts:
        here = lengths.get(draft.index, ())
        minutes = {length.minutes for length in here} or every
        if draft.start and not draft.end and len(minutes) == 1:
            size = minutes.pop()
            until = draft.until
            end = draft.start + timedelta(minutes=size)
            if 0 < size <= _LONGEST_DAYS * DAY_MIN and not (draft.daily and size > DAY_MIN):
                made.append(replace(draft, end=end, until=until, span=_wide(draft, here), confidence=min(draft.confidence, RESOLVED if here else DERIVED)))
                continue
        made.append(draft)
    return made


def _wide(draft: _Draft, lengths: Sequence[Length]) -> tuple[int, int]:
    if not lengths:
        return draft.span
    return min(draft.span[0], lengths[0].start), max(draft.span[1], lengths[0].end)


def _settled(drafts: list[_Draft], remarks: list[str]) -> list[_Draft]:
    """Keep each window once; where two overlap and differ, keep neither unless one governs."""
    best: dict[tuple[object, ...], _Draft] = {}
    for draft in drafts:
        key = (draft.start, draft.end)
        known = best.get(key)
        if known is None or (draft.confidence, draft.daily) > (known.confidence, known.daily):
            best[key] = draft if known is None else replace(draft, daily=draft.daily or known.daily, until=draft.until or known.until)
        elif draft.daily and not known.daily:
            best[key] = replace(known, daily=True, until=draft.until)
    if len(best) > _MOST_WINDOWS:
        remarks.append("The text names too many hours for an announcement; none was taken.")
        return []
    ordered = sorted(best.values(), key=_order)
    clashing = [pair for pair in pairwise(ordered) if _clash(*pair)]
    if not clashing:
        return ordered
    pauses = [draft for draft in ordered if draft.subject == "pause"]
    if len(pauses) == 1 and all(draft.subject == "corridor" for draft in ordered if draft is not pauses[0]):
        remarks.append("Corridors are said to open at hours of their own; the hours of the pause were taken.")
        return pauses
    remarks.append("The text gives hours that overlap and differ; none was taken.")
    dropped = {id(draft) for pair in clashing for draft in pair}
    return [draft for draft in ordered if id(draft) not in dropped]


def _order(draft: _Draft) -> tuple[datetime, datetime]:
    assert draft.start is not None and draft.end is not None  # noqa: PT018, S101
    return draft.start, draft.end


def _clash(first: _Draft, second: _Draft) -> bool:
    assert first.end is not None and second.start is not None  # noqa: PT018, S101
    if first.daily and second.daily:
        return second.start < first.end
    return second.start < first.end


def _loosened(drafts: list[_Draft]) -> list[_Draft]:
    """Keep each start or end once; more than a few distinct ones settle nothing."""
    unique: dict[tuple[object, ...], _Draft] = {}
    for draft in drafts:
        start = None if draft.prolongs else draft.start
        unique.setdefault((start, draft.end), replace(draft, start=start))
    return list(unique.values()) if len(unique) <= 2 else []  # noqa: PLR2004


def _finding(draft: _Draft) -> Finding[AnnouncedWindow]:
    assert draft.start is not None and draft.end is not None  # noqa: PT018, S101
    window = AnnouncedWindow(
        start=draft.start, end=draft.end, recurrence="daily" if draft.daily else None, until=draft.until
    )
    return Finding(window, *draft.span, draft.confidence)


def _open_finding(draft: _Draft) -> Finding[OpenWindow]:
    window = OpenWindow(start=draft.start, end=draft.end, recurrence="daily" if draft.daily else None)
    return Finding(window, *draft.span, min(draft.confidence, RESOLVED))


_ = WEAK
