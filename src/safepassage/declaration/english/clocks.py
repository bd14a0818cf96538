"""Find times of day and lengths in English text, with the zone that clocks keep."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from safepassage.declaration.clock import DAY_MIN, LOCAL, Clock, Length
from safepassage.declaration.english.dates import MONTH
from safepassage.declaration.english.numbers import NUMBER, number

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["find_clocks", "find_lengths"]

_HALF_DAY = 12 * 60
_AM_PM = r"(?:\.[ ]?m\b\.?|[ ]?m\b)"
_HOUR_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_PART = r"(?:in[ ]the|this|tomorrow)[ ](?P<said_part>morning|afternoon|evening)"

_CLOCK = re.compile(
    rf"""(?:(?<![\w.,:/$€£])|(?<=\dt))(?:
      (?:a[ ])?(?:(?P<past>half|quarter|(?:five|ten|twenty|twenty-five)(?=[ ](?:past|after))
      |(?:{_HOUR_WORD}|twenty|thirty|\d{{1,2}})(?=[ ]minutes?[ ]))(?:[ ]minutes?)?
      [ ](?P<way>past|after|to|before)
      [ ](?P<past_of>noon|midday|midnight|{_HOUR_WORD}|1[0-2]|[1-9]))
      (?:[ ]o'clock)?(?:[ ](?:(?:in[ ]the|this|tomorrow)[ ](?P<past_part>morning|afternoon|evening)
      |(?P<past_night>at[ ]night)|(?P<past_mer>[ap]){_AM_PM}))?(?![\w:])
    | (?:this|in[ ]the|tomorrow|\w{{3,6}}day)[ ](?P<lead_part>morning|afternoon|evening)[ ]at[ ]
      (?P<lead_hour>{_HOUR_WORD}|1[0-2]|[1-9])(?:[ ]o'clock)?(?![\w:.]\d)(?=[ ,.;)]|$)
    | (?P<h12>1[0-2]|0?[1-9]|(?:1[3-9]|2[0-3])(?=[ ]?p|[:.]\d\d[ ]?p))
      (?:[:.](?P<m12>[0-5]\d))?[ ]?(?P<mer>[ap]){_AM_PM}
    | (?P<h24>[01]?\d|2[0-4]):(?P<m24>[0-5]\d)(?::[0-5]\d)?(?![\w:]|\.\d)(?:[ ](?:hours|hrs)\b)?
    | (?P<hd>[01]?\d|2[0-4])\.(?P<md>[0-5]\d)(?![\w%]|[.:,]\d)(?:[ ](?P<dot>hours|hrs|h)\b)?
    | (?P<hh>[01]?\d|2[0-4])h(?P<mh>[0-5]\d)\b
    | (?P<mil>(?:[01]\d|2[0-3])[0-5]\d|2400)(?=z\b|(?:h|hrs)\b|(?![\w:/]|[.,]\d))
      (?P<hours>(?:h|hrs)\b|[ ](?:hours|hrs|h)\b)?
    | (?P<oclock>1[3-9]|2[0-4])[ ]o'clock\b
    | (?P<named>noon|midday|12[ ]noon|midnight|12[ ]midnight)\b
    | (?P<said>{_HOUR_WORD}|1[0-2]|[1-9])(?:[ ]?o'clock)?
      [ ](?:{_PART}|(?P<said_night>at[ ]night)|(?P<said_mer>[ap]){_AM_PM})
    )""",
    re.VERBOSE,
)
_BARE = re.compile(
    rf"(?<![\w.,:/$€£-])(?<!past )(?<!after )(?<!before )(?<!minutes to )"
    rf"(?P<hour>1[0-2]|[1-9]|(?!(?:five|ten|twenty) to "
    rf")(?:{_HOUR_WORD}))(?:[:.](?P<minute>[0-5]\d))?"
    r"(?:[ ]o'clock)?(?=[ ]{0,2}(?:-|to|until|till|and)[ ]{0,2}$)"
)
_FULL_DAY = re.compile(r"(?:1[3-9]|2[0-4])[ ]o'clock")
_HAS_HALF = re.compile(r"[ap]\.?[ ]?m\b|noon|midday|in the (?:morning|afternoon|evening)")
_ZONE = re.compile(
    r"[ ,]{0,2}(?P<bracket>\()?(?:(?P<utc>gmt|utc|z)(?:[ ]?(?P<sign>[+-])[ ]?(?P<hours>\d{1,2})"
    r"(?::?(?P<minutes>[0-5]\d))?)?|(?P<short>msk|eet|eest|cet|cest)"
    r"|(?P<local>local(?:[ ]time)?)|(?P<of>[a-z][a-z'-]{2,20}(?:[ ][a-z'-]{3,20})?)[ "
    r"](?:local[ ])?time)\b\)?"
)
_SHORT_ZONES = {
    "msk": "Europe/Moscow", "eet": "UTC+02:00", "eest": "UTC+03:00",
    "cet": "UTC+01:00", "cest": "UTC+02:00",
}  # fmt: skip
_NO_ZONE = frozenset({"the", "same", "this", "that", "first", "some", "any", "last", "long"})

_LENGTH = re.compile(
    rf"(?<![\w.,:/-])(?P<count>{NUMBER}|an?)[ -](?P<unit>hour|day|week|minute|month)s?"
    rf"(?:[ -]and[ -]a[ -](?P<half>half))?(?:[ -]long)?\b"
)
_MINUTES = {"minute": 1, "hour": 60, "day": DAY_MIN, "week": 7 * DAY_MIN}


def find_clocks(
    plain: str, start: int, end: int, zone_of: Callable[[str], str | None]
) -> list[Clock]:
    """Find the times of day in ``plain[start:end]`` with their zones.

    ``zone_of`` gives the IANA zone of a city or country named as in "Moscow time".
    """
    clocks: list[Clock] = []
    for match in _CLOCK.finditer(plain, start, end):
        minute = _past(match) if match["past"] else _minute(match)
        if minute is None or (match["mil"] and not _is_military(match, plain, end)):
            continue
        if match["hd"] and not match["dot"] and not _near_hours(plain, match.start(), match.end()):
            continue
        found = _by_part(Clock(match.start(), match.end(), minute), plain, end)
        clocks.append(_with_zone(found, plain, end, zone_of))
    return _with_second(_with_bare(clocks, plain, start), plain, end)


def _spoken(match: re.Match[str], said: str, names: str) -> int | None:
    """Read an hour in words by its part of the day; those of the night begin at six."""
    hour = number(said)
    half = match[f"{names}mer"] or ("a" if match[f"{names}part"] == "morning" else "p")
    if match[f"{names}night"] and hour < 6:
        half = "a"
    return _twelve(hour, 0, half)


def _past(match: re.Match[str]) -> int | None:
    """Read "a quarter to ten in the evening"; nothing where the half of the day is open."""
    off = {"half": 30, "quarter": 15}.get(match["past"]) or number(match["past"])
    before = match["way"] in {"to", "before"}
    of = match["past_of"]
    if of in {"noon", "midday", "midnight"}:
        base: int | None = 0 if of == "midnight" else _HALF_DAY
    elif not (match["past_part"] or match["past_night"] or match["past_mer"]):
        return None
    else:
        base = _spoken(match, of, "past_")
    if base is None or (before and match["past"] == "half") or off >= 60:
        return None
    return (base - off if before else base + off) % DAY_MIN


def _minute(match: re.Match[str]) -> int | None:
    if match["h12"]:
        return _twelve(int(match["h12"]), int(match["m12"] or 0), match["mer"])
    said = match["said"] or match["lead_hour"]
    if said:
        hour = number(said)
        part = match["said_part"] or match["lead_part"]
        half = match["said_mer"] or ("a" if part == "morning" else "p")
        if match["said_night"] and hour < 6:
            half = "a"
        return _twelve(hour, 0, half)
    if match["named"]:
        return 0 if "midnight" in match["named"] else _HALF_DAY
    if match["mil"] or match["oclock"]:
        digits = match["mil"] or f"{match['oclock']}00"
        return int(digits[:2]) * 60 + int(digits[2:])
    for hours, minutes in (("h24", "m24"), ("hd", "md"), ("hh", "mh")):
        if match[hours]:
            total = int(match[hours]) * 60 + int(match[minutes])
            return total if total <= DAY_MIN else None
    return None


_PART_AFTER = re.compile(
    r"(?:[ ]o'clock)?[ ](?:(?:in the|this|tomorrow) (?P<part>morning|afternoon|evening)"
    r"|at (?P<night>night))\b"
)


def _by_part(clock: Clock, plain: str, end: int) -> Clock:
    """Put "11:30 in the evening" into the part of the day that it is said of."""
    part = _PART_AFTER.match(plain, clock.end, end)
    if part is None or not plain[clock.end - 1].isdecimal() or clock.minute >= _HALF_DAY + 60:
        return clock
    late = part["part"] in {"afternoon", "evening"} or (part["night"] and clock.minute >= 6 * 60)
    minute = clock.minute % _HALF_DAY + (_HALF_DAY if late else 0)
    return replace(clock, end=part.end(), minute=minute)


def _twelve(hour: int, minute: int, half: str) -> int:
    if hour > 12:  # "19 p.m." is written, and means nothing else
        return hour * 60 + minute
    return hour % 12 * 60 + minute + (_HALF_DAY if half == "p" else 0)


_MIL_AFTER = re.compile(
    r"[ ]?(?:-|to|until|till|and)[ ]?(?:the )?(?:[01]\d|2[0-3])[0-5]\d(?![\w:/]|[.,]\d)|[ "
    r"]?(?:gmt|utc|z|local)\b"
)
_MIL_BEFORE = re.compile(
    r"(?<!\d)(?:[01]\d|2[0-3])[0-5]\d(?: hours| hrs)?[ ]?(?:-|to|until|till|and)[ ]?$"
)


_DOTTED_AFTER = re.compile(
    r"[ ]?(?:-|to|until|till|and)[ ]?\d{1,2}[.:]\d\d(?!\d)|[ ](?:hours|hrs|local time)\b|[ "
    r"]on[ ](?=[a-z0-9])|[ ](?:in the|this|tomorrow) (?:morning|afternoon|evening)\b"
)
_DOTTED_BEFORE = re.compile(
    r"(?:\d[.:]\d\d[ ]?(?:-|to|until|till|and)|\b(?:from|until|till|to|at))[ ]?$"
)


def _is_military(match: re.Match[str], plain: str, end: int) -> bool:
    """Tell a clock such as 0900 from a year or a count.

    It is one where "hours" or a zone follows, or where it is tied to another such
    number and at least one of the two cannot be a year.
    """
    if match["hours"]:
        return True
    after = _MIL_AFTER.match(plain, match.end(), min(end, match.end() + 16))
    if after and not after[0][-1].isdecimal():
        return True
    before = _MIL_BEFORE.search(plain, max(0, match.start() - 20), match.start())
    digits = match["mil"]
    other = after[0].strip()[-4:] if after else before[0].strip()[:4] if before else ""
    return bool(other) and (_cannot_be_year(digits) or _cannot_be_year(other))


def _cannot_be_year(digits: str) -> bool:
    return not digits.startswith(("18", "19", "20"))


def _near_hours(plain: str, start: int, end: int) -> bool:
    """Tell whether 9.30 without a meridiem is one end of a range of such times."""
    after = _DOTTED_AFTER.match(plain, end)
    before = _DOTTED_BEFORE.search(plain, max(0, start - 14), start)
    tied = after is not None and after[0].strip()[-1:].isdecimal()
    tied = tied or (before is not None and before[0][:1].isdecimal())
    told = after is not None and after[0].endswith(("ing", "noon"))
    return tied or told or (after is not None and before is not None)


def _with_zone(clock: Clock, plain: str, end: int, zone_of: Callable[[str], str | None]) -> Clock:
    match = _ZONE.match(plain, clock.end, min(end, clock.end + 60))
    if match is not None:
        zone = _zone(match, zone_of)
        return clock if zone is None else replace(clock, end=match.end(), zone=zone)
    day = _DAY_WORDS.match(plain, clock.end, min(end, clock.end + 60))
    later = _ZONE.match(plain, day.end(), min(end, day.end() + 60)) if day else None
    return replace(clock, zone=_zone(later, zone_of)) if later else clock


_DAY_WORDS = re.compile(
    rf"(?:[ ,]{{1,2}}(?:on|of|at|the|end|start|today|tomorrow|tonight|\w{{3,6}}day|{MONTH}|"
    r"\d{1,2}(?:st|nd|rd|th)?|\d{4})(?![\w:.])){1,8}"
)
"""A day between a clock and its zone."""


def _zone(match: re.Match[str], zone_of: Callable[[str], str | None]) -> str | None:
    if match["local"]:
        return LOCAL
    if match["short"]:
        return _SHORT_ZONES[match["short"]]
    if match["of"]:
        words = match["of"]
        if words.partition(" ")[0] in _NO_ZONE:
            return None
        return zone_of(words) or zone_of(words.rpartition(" ")[2])
    if not match["sign"]:
        return "UTC"
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    return f"UTC{match['sign']}{hours:02d}:{minutes:02d}" if hours <= 14 else None


def _with_bare(clocks: list[Clock], plain: str, start: int) -> list[Clock]:
    """Add hours without a meridiem before a tie: "9 to 11 a.m.", "8-4 pm"."""
    full: list[Clock] = []
    for clock in clocks:
        floor = full[-1].end if full else start
        found = _BARE.search(plain, max(floor, clock.start - 24), clock.start)
        if found and _OF_MONTH.search(plain, max(floor, found.start() - 12), found.start()):
            found = None  # "July 5 until 11 p.m."
        if (found and _FULL_DAY.match(plain, clock.start)) or (
            found and _is_plain_range(found, clock, plain, floor)
        ):
            minute = number(found["hour"]) * 60 + int(found["minute"] or 0)
            full.append(Clock(found.start(), found.end(), minute, clock.zone, inferred=True))
        elif found and _HAS_HALF.search(plain, clock.start, clock.end):
            hour, minute = number(found["hour"]), int(found["minute"] or 0)
            same = _twelve(hour, minute, "p" if clock.minute >= _HALF_DAY else "a")
            other = (same + _HALF_DAY) % DAY_MIN
            value = same if same < clock.minute else other
            bare = Clock(found.start(), found.end(), value, clock.zone, inferred=True)
            full.append(bare)
        full.append(clock)
    return full


_SECOND = re.compile(
    rf"[ ]{{0,2}}(?:-|to|until|till|(?P<and>and))[ ]{{1,2}}(?P<hour>1[0-2]|[1-9]|{_HOUR_WORD})"
    r"(?:[:.](?P<minute>[0-5]\d))?(?:[ ]o'clock)?(?=[ ]{0,2}(?:$|[.;,)\n](?!\d)|(?:on|each|every|"
    r"local|in the same|and|no|nobody|the|all|our|its|both|civilians|residents|people)[ ]))"
)


def _with_second(clocks: list[Clock], plain: str, end: int) -> list[Clock]:
    """Add the bare hour that follows a told one: "from ten in the morning until two"."""
    full: list[Clock] = []
    for clock in clocks:
        full.append(clock)
        told = plain[clock.start : clock.end]
        found = _SECOND.match(plain, clock.end, end) if _HALVED.search(told) else None
        between = plain[max(0, clock.start - 9) : clock.start].endswith("between ")
        if found is None or clock.inferred or (found["and"] and not between):
            continue
        hour = number(found["hour"]) % 12 * 60 + int(found["minute"] or 0)
        value = next((hour + half for half in (0, _HALF_DAY) if hour + half > clock.minute), hour)
        at = found.start("hour")
        full.append(Clock(at, found.end(), value, clock.zone, inferred=True))
    return full


_HALVED = re.compile(r"[ap]\.?[ ]?m\b|noon|midday|morning|afternoon|evening")
_OF_MONTH = re.compile(rf"(?<![\w-]){MONTH} $")
_RANGE_BEFORE = re.compile(r"\b(?:between|from)[ ]$")
_FULL_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:[ ]in the morning)?$")


def _is_plain_range(found: re.Match[str], clock: Clock, plain: str, floor: int) -> bool:
    """Tell the bare hour of "between 10 and 11:30" and "from 9 to 14:00"."""
    before = _RANGE_BEFORE.search(plain, max(floor, found.start() - 9), found.start())
    told = _FULL_CLOCK.match(plain[clock.start : clock.end])
    digits = found["hour"].isdecimal()
    return bool(before and told and digits) and int(found["hour"]) * 60 < clock.minute


def find_lengths(plain: str, start: int, end: int) -> list[Length]:
    """Find how long something is said to last: "72-hour", "for ten hours"."""
    lengths = []
    for match in _LENGTH.finditer(plain, start, end):
        count = 1 if match["count"] in {"a", "an"} else number(match["count"])
        if match["unit"] == "month":
            lengths.append(Length(match.start(), match.end(), 0, months=count))
            continue
        minutes = int((count + (0.5 if match["half"] else 0)) * _MINUTES[match["unit"]])
        lengths.append(Length(match.start(), match.end(), minutes))
    return lengths
