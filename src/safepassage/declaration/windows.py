"""Tie hours to days: from what sentences say to windows on the local clock."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from safepassage.declaration.clock import DAY_MIN, LOCAL, Clock, Hours, Length
from safepassage.declaration.dates import DateMention, resolve
from safepassage.declaration.days import NEAR, Clues, Days, Timed, carried_days
from safepassage.declaration.findings import DERIVED, RESOLVED, STATED, WEAK, Finding
from safepassage.declaration.model import AnnouncedWindow, OpenWindow

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["WindowsFound", "build_windows"]

_LONGEST_DAYS = 200
"""A window longer than this is taken for a misreading (an assumption)."""
_MOST_WINDOWS = 24
"""A text that seems to name more windows than this is not read for them (an assumption)."""
_MOST_HOURS = 60
"""More hours than this in one text are not read at all (an assumption)."""
_TOO_MANY = "The text names too many hours for an announcement; none was taken."


@dataclass(frozen=True, slots=True)
class WindowsFound:
    """Hold the windows, those with one end unknown, and what could not be settled."""

    windows: tuple[Finding[AnnouncedWindow], ...] = ()
    open_windows: tuple[Finding[OpenWindow], ...] = ()
    tz: str | None = None
    remarks: tuple[str, ...] = ()
    past_days: tuple[date, ...] = ()


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
    if sum(len(clue.timed) for clue in clues) > _MOST_HOURS:
        return WindowsFound(tz=zone, remarks=(_TOO_MANY,))
    for clue in clues:
        for timed in clue.timed:
            days = timed.days
            if not (days.opens or days.unsettled):
                days = carried_days(clue, clues, reference) or _day_of_writing(clue, clues, timed)
                clue = replace(clue, daily=clue.daily or _daily_of(days, clues))  # noqa: PLW2901
            drafts.extend(_drafts(clue, timed.hours, days, reference, zone, remarks, past))
    drafts = _with_lengths(_joined(drafts), clues)
    whole = [draft for draft in drafts if draft.start and draft.end and not draft.prolongs]
    windows = _settled(_after_the_start(whole, drafts, remarks), remarks)
    loose = [] if windows else [draft for draft in drafts if draft not in whole]
    return WindowsFound(
        windows=tuple(_finding(draft) for draft in windows),
        open_windows=tuple(_open_finding(draft) for draft in _loosened(loose)),
        tz=zone,
        remarks=tuple(dict.fromkeys(remarks)),
        past_days=tuple(past),
    )


def _day_of_writing(clue: Clues, clues: Sequence[Clues], timed: Timed) -> Days:
    """Take hours that no day is told for, in a text that tells of none, for those of its day."""
    told = any(other.dates for other in clues if other is not clue or not other.now)
    whole = timed.hours.opens is not None and timed.hours.closes is not None
    now = any(other.now for other in clues if other.names or other is clue)
    now = now and (whole or (clue.names and clue.now))
    if told or not now or any(other.daily for other in clues):
        return Days()
    at = timed.hours.start
    return Days((DateMention(at, at, offset=0),), carried=True)


def _daily_of(days: Days, clues: Sequence[Clues]) -> tuple[int, int] | None:
    """Give "every day" from the sentence about the pause that a day was carried over from."""
    lent = [other for other in clues if other.names and any(d in other.lends for d in days.opens)]
    return next((other.daily for other in lent if other.daily), None)


def _after_the_start(whole: list[_Draft], drafts: list[_Draft], remarks: list[str]) -> list[_Draft]:
    """Put hours that come back every day after the pause begins: never promise passage before.

    Hours of one day that were put on the day of the beginning by its day alone are left out.
    """
    begins = {
        draft.start
        for draft in drafts
        if draft.start and not draft.end and draft.subject == "pause" and not draft.prolongs
    }
    if len(begins) != 1:
        return whole
    begin = begins.pop()
    kept: list[_Draft] = []
    for draft in whole:
        if _start(draft) >= begin or draft.subject == "pause":
            kept.append(draft)
            continue
        days = -((_start(draft) - begin) // timedelta(days=1))
        later = timedelta(days=days)
        start, end = _start(draft) + later, _end(draft) + later
        if draft.daily and (draft.until is None or start.date() <= draft.until):
            kept.append(replace(draft, start=start, end=end, confidence=DERIVED))
        else:
            remarks.append("The text gives hours before the pause begins; they were not taken.")
    return kept


def _zone_named(clues: Sequence[Clues]) -> str | None:
    """Give the one zone that clocks are told in, for a text without a known place."""
    zones = Counter(
        clock.zone
        for clue in clues
        for timed in clue.timed
        for clock in (timed.hours.opens, timed.hours.closes)
        if clock is not None and clock.zone and clock.zone != LOCAL and ":" not in clock.zone
    )
    return next(iter(zones)) if len(zones) == 1 else None


def _drafts(
    clue: Clues, hours: Hours, days: Days, reference: date | None, tz: str | None,
    remarks: list[str], past: list[date],
) -> list[_Draft]:  # fmt: skip
    if hours.opens is None and hours.closes is None:
        return []
    made: list[_Draft] = []
    hours = _preferring_local(hours)
    if not days.opens:
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
        if until is not None and (until <= day or _is_one_night(clue, hours, day, until)):
            until = None
            days = replace(days, until=None)
        closing = resolve(days.closes, day) if days.closes else None
        if (days.until and until is None) or (days.closes and closing is None):
            remarks.append(f"{_told(hours)} run to a day that the text does not settle.")
            continue
        until = until or (None if closing else _last_of_several(clue, hours, day))
        daily = clue.daily is not None or until is not None
        draft = _draft(clue, hours, days, mention, day, closing, tz, remarks)
        if draft is not None:
            made.append(replace(draft, daily=daily, until=until))
    return made


def _is_one_night(clue: Clues, hours: Hours, day: date, until: date) -> bool:
    """Tell "the night of Friday to Saturday" from hours that come back every day."""
    if clue.daily or hours.opens is None or hours.closes is None:
        return False
    return until - day == timedelta(days=1) and hours.closes.minute <= hours.opens.minute


def _last_of_several(clue: Clues, hours: Hours, day: date) -> date | None:
    """Give the last day of "from 8 am to 7 pm for three days"."""
    sizes = {length.minutes for length in clue.lengths if not length.months}
    if hours.opens is None or hours.closes is None or len(sizes) != 1:
        return None
    count, rest = divmod(sizes.pop(), DAY_MIN)
    return day + timedelta(days=count - 1) if count > 1 and rest == 0 else None


def _preferring_local(hours: Hours) -> Hours:
    """Take the local clock where the same hours are told on another first."""
    local = [clock for clock in hours.restated if clock.zone == LOCAL]
    told = [clock for clock in (hours.opens, hours.closes) if clock is not None]
    if len(local) != len(told) or any(clock.zone in {None, LOCAL} for clock in told):
        return hours
    ends = iter(local)
    return replace(
        hours,
        opens=next(ends) if hours.opens else None,
        closes=next(ends) if hours.closes else None,
        restated=(),
    )


def _told(hours: Hours) -> str:
    parts = [
        f"{clock.minute // 60:02d}:{clock.minute % 60:02d}"
        for clock in (hours.opens, hours.closes)
        if clock
    ]
    return f"Hours {' to '.join(parts)}"


def _draft(
    clue: Clues, hours: Hours, days: Days, mention: DateMention, day: date, closing: date | None,
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
    doubts = _disagreements(day, hours, tz)
    remarks.extend(doubts)
    confidence = STATED if mention.day is not None else RESOLVED
    if any(clock.inferred for clock in (hours.opens, hours.closes) if clock) or days.carried:
        confidence = DERIVED
    if doubts:  # the text keeps two clocks that do not go together
        confidence = WEAK
    span = _span(hours, days, mention)
    return _Draft(start, end, daily=False, until=None, span=span, confidence=confidence,
                  index=clue.index, subject=clue.subject, prolongs=hours.prolongs)  # fmt: skip


def _span(hours: Hours, days: Days, mention: DateMention) -> tuple[int, int]:
    """Quote the hours, and their day where it stands in the same sentence."""
    if days.carried:
        return hours.start, hours.end
    parts = [
        mention,
        *([days.closes] if days.closes else []),
        *([days.until] if days.until else []),
    ]
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
    return (
        naive.replace(tzinfo=_tzinfo(str(clock.zone))).astimezone(ZoneInfo(tz)).replace(tzinfo=None)
    )


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
                f"The text gives {_hhmm(clock)} as {_hhmm(other)} {other.zone}; "
                f"in {tz} that would be {there:%H:%M}."
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
    if not 0 <= second.index - first.index <= NEAR or _end(second) <= _start(first):
        return drafts
    span = min(first.span[0], second.span[0]), max(first.span[1], second.span[1])
    confidence = min(first.confidence, second.confidence, RESOLVED)
    daily = first.daily or second.daily
    joined = replace(first, end=second.end, span=span, confidence=confidence, daily=daily)
    return [joined if draft is first else draft for draft in drafts if draft is not second]


def _start(draft: _Draft) -> datetime:
    return draft.start or datetime.max  # noqa: DTZ901 (local clocks carry no offset)


def _end(draft: _Draft) -> datetime:
    return draft.end or datetime.min  # noqa: DTZ901


def _with_lengths(drafts: list[_Draft], clues: Sequence[Clues]) -> list[_Draft]:
    """End a window by its length: "a 72-hour truce from 6 am on Friday"."""
    if any(draft.start and draft.end for draft in drafts):
        return drafts
    lengths = {clue.index: clue.lengths for clue in clues}
    every = {_size(length) for clue in clues if clue.names for length in clue.lengths}
    return [_ended(draft, lengths.get(draft.index, ()), every) for draft in drafts]


def _size(length: Length) -> tuple[int, int]:
    return length.months, length.minutes


def _later(moment: datetime, size: tuple[int, int]) -> datetime | None:
    """Count months, then minutes, on from a moment; none where the month lacks its day."""
    months, minutes = size
    year, month = divmod(moment.month - 1 + months, 12)
    try:
        return moment.replace(year=moment.year + year, month=month + 1) + timedelta(minutes=minutes)
    except ValueError:
        return None


def _ended(draft: _Draft, here: Sequence[Length], every: set[tuple[int, int]]) -> _Draft:
    """End one draft by the length its own sentence gives, else by the only one there is."""
    sizes = {_size(length) for length in here}
    if not sizes and draft.confidence > DERIVED:  # never infer both day and length
        sizes = every
    if draft.start is None or draft.end is not None or len(sizes) != 1:
        return draft
    end = _later(draft.start, min(sizes))
    if end is None or not timedelta(0) < end - draft.start <= timedelta(days=_LONGEST_DAYS):
        return draft
    if draft.daily and end - draft.start > timedelta(days=1):
        return draft
    return replace(
        draft,
        end=end,
        span=_wide(draft, here),
        confidence=min(draft.confidence, RESOLVED if here else DERIVED),
    )


def _wide(draft: _Draft, lengths: Sequence[Length]) -> tuple[int, int]:
    if not lengths:
        return draft.span
    return min(draft.span[0], lengths[0].start), max(draft.span[1], lengths[0].end)


def _settled(drafts: list[_Draft], remarks: list[str]) -> list[_Draft]:
    """Keep each window once; where two overlap and differ, keep neither unless one governs."""
    best: dict[tuple[datetime, datetime], _Draft] = {}
    for draft in drafts:
        key = _start(draft), _end(draft)
        best[key] = _firmer(best[key], draft) if key in best else draft
    if len(best) > _MOST_WINDOWS:
        remarks.append(_TOO_MANY)
        return []
    ordered = [best[key] for key in sorted(best)]
    clashing = [(one, other) for one, other in pairwise(ordered) if _start(other) < _end(one)]
    if not clashing:
        return ordered
    pauses = [draft for draft in ordered if draft.subject == "pause"]
    if len(pauses) == 1 and all(
        draft.subject == "corridor" for draft in ordered if draft is not pauses[0]
    ):
        remarks.append(
            "Corridors are said to open at hours of their own; the hours of the pause were taken."
        )
        return pauses
    remarks.append("The text gives hours that overlap and differ; none was taken.")
    dropped = {id(draft) for pair in clashing for draft in pair}
    return [draft for draft in ordered if id(draft) not in dropped]


def _firmer(first: _Draft, second: _Draft) -> _Draft:
    """Merge two tellings of the same window: the firmer one's words, and any recurrence."""
    kept = max(first, second, key=lambda draft: draft.confidence)
    daily = first.daily or second.daily
    return replace(kept, daily=daily, until=first.until or second.until)


def _loosened(drafts: list[_Draft]) -> list[_Draft]:
    """Keep each start or end once; more than a few distinct ones settle nothing."""
    unique: dict[tuple[object, ...], _Draft] = {}
    for draft in drafts:
        start = None if draft.prolongs else draft.start
        unique.setdefault((start, draft.end), replace(draft, start=start))
    return list(unique.values()) if len(unique) <= 2 else []


def _finding(draft: _Draft) -> Finding[AnnouncedWindow]:
    window = AnnouncedWindow(
        start=_start(draft),
        end=_end(draft),
        recurrence="daily" if draft.daily else None,
        until=draft.until,
    )
    return Finding(window, *draft.span, draft.confidence)


def _open_finding(draft: _Draft) -> Finding[OpenWindow]:
    window = OpenWindow(
        start=draft.start, end=draft.end, recurrence="daily" if draft.daily else None
    )
    return Finding(window, *draft.span, min(draft.confidence, RESOLVED))
