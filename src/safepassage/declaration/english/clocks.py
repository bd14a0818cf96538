"""Find hours in English text: clocks, the zone they keep, and what ties two of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from safepassage.declaration.clock import DAY_MIN, LOCAL, Clock, Hours, Length
from safepassage.declaration.english.dates import MONTH
from safepassage.declaration.english.numbers import NUMBER, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from safepassage.declaration.dates import DateMention

__all__ = ["find_clocks", "find_hours", "find_lengths"]

_HALF_DAY = 12 * 60
_AM_PM = r"(?:\.[ ]?m\b\.?|[ ]?m\b)"
_HOUR_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_PART = r"in[ ]the[ ](?P<part>morning|afternoon|evening)"

_CLOCK = re.compile(
    rf"""(?:(?<![\w.,:/$€£])|(?<=\dt))(?:
      (?:a[ ])?(?:(?P<past>half|quarter|(?:five|ten|twenty|twenty-five)(?=[ ](?:past|after))
      |(?:{_HOUR_WORD}|twenty|thirty|\d{{1,2}})(?=[ ]minutes?[ ]))(?:[ ]minutes?)?
      [ ](?P<way>past|after|to|before)
      [ ](?P<past_of>noon|midday|midnight|{_HOUR_WORD}|1[0-2]|[1-9]))
      (?:[ ]o'clock)?(?:[ ](?:in[ ]the[ ](?P<past_part>morning|afternoon|evening)
      |(?P<past_night>at[ ]night)|(?P<past_mer>[ap]){_AM_PM}))?(?![\w:])
    | (?P<h12>1[0-2]|0?[1-9]|(?:1[3-9]|2[0-3])(?=[ ]?p|[:.]\d\d[ ]?p))
      (?:[:.](?P<m12>[0-5]\d))?[ ]?(?P<mer>[ap]){_AM_PM}
    | (?P<h24>[01]?\d|2[0-4]):(?P<m24>[0-5]\d)(?::[0-5]\d)?(?![\w:]|\.\d)(?:[ ](?:hours|hrs)\b)?
    | (?P<hd>[01]?\d|2[0-4])\.(?P<md>[0-5]\d)(?![\w%]|[.:,]\d)(?:[ ](?P<dot>hours|hrs|h)\b)?
    | (?P<hh>[01]?\d|2[0-4])h(?P<mh>[0-5]\d)\b
    | (?P<mil>(?:[01]\d|2[0-3])[0-5]\d|2400)(?=z\b|(?![\w:/]|[.,]\d))(?:[ ](?P<hours>hours|hrs)\b)?
    | (?P<oclock>1[3-9]|2[0-4])[ ]o'clock\b
    | (?P<named>noon|midday|12[ ]noon|midnight|12[ ]midnight)\b
    | (?P<said>{_HOUR_WORD}|1[0-2]|[1-9])(?:[ ]?o'clock)?
      [ ](?:{_PART}|(?P<night>at[ ]night)|(?P<said_mer>[ap]){_AM_PM})
    )""",
    re.VERBOSE,
)
_BARE = re.compile(
    r"(?<![\w.,:/$€£-])(?P<hour>1[0-2]|[1-9])(?:[:.](?P<minute>[0-5]\d))?"
    r"(?:[ ]o'clock)?(?=[ ]{0,2}(?:-|to|until|till|and)[ ]{0,2}$)"
)
_FULL_DAY = re.compile(r"(?:1[3-9]|2[0-4])[ ]o'clock")
_HAS_HALF = re.compile(r"[ap]\.?[ ]?m\b|noon|midday")
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

_FILLER = (
    r"(?:and|before|then|will|would|shall|is|are|to|be|it|they|remain|remaining|stay|staying|"
    r"open|in|force|last|lasts|lasting|run|runs|running|continue|continuing|continues|hold|"
    r"holds|holding|the|of|on|hours|hrs|at|its|due|expected|valid|up|same|day|next|following|"
    r"morning|evening|afternoon|night|from|local|time|was|scheduled|planned|supposed)"
)
_TIE = re.compile(
    rf"[ ,]{{0,3}}(?:{_FILLER}[ ,]{{1,3}}){{0,7}}"
    r"(?:to|until|till|til|through|-|ends?|ending|clos(?:e|es|ing)|expir(?:e|es|ing)|"
    r"finish(?:es|ing)?)"
    rf"(?:[ ,]{{1,3}}{_FILLER}){{0,4}}[ ,]{{0,3}}"
)
_BOTH = re.compile(r"[ ,]{0,3}(?:on[ ]{1,2})?and(?:[ ](?:on|at|the))?[ ]{0,3}")
_BETWEEN = re.compile(r"\bbetween\b[\w ,.]{0,30}$")
_FIRE = (
    r"(?:guns|weapons|fire|shooting|shelling|firing|fighting|hostilities|bombing|strikes|attacks|"
    r"operations)"
)
_BEGIN = r"(?:start|begin|commenc|open|tak(?:e|es|ing) effect|(?:in)?to (?:force|effect))"
_OPENS = re.compile(
    r"\b(?:from|as of|since|starting|beginning|commencing)(?: at| from| on| the)?[ ,]{1,3}$"
    rf"|\b{_BEGIN}\w{{0,4}}(?: [\w']{{1,12}}){{0,5}}[ ,]{{1,3}}(?:at|from|on)[ ,]{{1,3}}$"
    r"|\b(?:stop|ceas|halt|suspend)\w{0,4}(?: (?:all|its|their|the)){0,2} (?:fire|firing|shelling|"
    r"strikes|operations|hostilities|fighting|attacks|bombing) at[ ]$"
    r"|\b(?:start|begin|opening|open)s?(?: time| date)?:[ ,]{0,4}$"
    rf"|\b{_FIRE} (?:\w+ ){{0,3}}(?:stops?|ceases?|halts?|falls? silent|be silent)"
    r"(?: [\w']{1,12}){0,4} (?:at|from|on)[ ,]{1,3}$"
    rf"|\b(?:hold|cease|stop|halt|suspend)s? (?:\w+ ){{0,2}}{_FIRE}"
    r"(?: [\w']{1,12}){0,4} (?:at|from|on)[ ,]{1,3}$"
)
_CLOSES = re.compile(
    r"\b(?:until|till|til|up to|through|ends?(?: at)?|ending(?: at)?|expires?(?: at)?|"
    r"expire at|expiring(?: at)?|closes?(?: at)?|closing(?: at)?)(?: on| the)?[ ,]{1,3}$"
    r"|\b(?:end|closing|close)s?(?: time| date)?:[ ,]{0,4}$"
)
_PROLONGED_TO = re.compile(r"\b(?:extend|prolong|lengthen)\w{0,4}[\w ,-]{0,40}\bto[ ,]{1,3}$")
_MOVED = re.compile(
    r"\b(?:moved|postponed|delayed|shifted|rescheduled|brought forward|put back|changed)\b"
)
_PROLONGED = re.compile(r"\b(?:extend(?:ed|s|ing)?|prolong(?:ed|s|ing)?|lengthen(?:ed|s|ing)?)\b")
_GAP = 140
"""Longest stretch between the two clocks of one range [characters] (an assumption)."""

_LENGTH = re.compile(
    rf"(?<![\w.,:/-])(?P<count>{NUMBER}|an?)[ -](?P<unit>hour|day|week|minute)s?"
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
    return _with_bare(clocks, plain, start)


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
        half = match["past_mer"] or ("a" if match["past_part"] == "morning" else "p")
        if match["past_night"] and number(of) < 6:
            half = "a"
        base = _twelve(number(of), 0, half)
    if base is None or (before and match["past"] == "half") or off >= 60:
        return None
    return (base - off if before else base + off) % DAY_MIN


def _minute(match: re.Match[str]) -> int | None:
    if match["h12"]:
        return _twelve(int(match["h12"]), int(match["m12"] or 0), match["mer"])
    if match["said"]:
        hour = number(match["said"])
        half = match["said_mer"] or ("a" if match["part"] == "morning" else "p")
        if match["night"] and hour < 6:
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


_PART_AFTER = re.compile(r"[ ](?:in the (?P<part>morning|afternoon|evening)|at (?P<night>night))\b")


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
    r"]on[ ](?=[a-z0-9])"
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
    return tied or (after is not None and before is not None)


def _with_zone(clock: Clock, plain: str, end: int, zone_of: Callable[[str], str | None]) -> Clock:
    match = _ZONE.match(plain, clock.end, min(end, clock.end + 60))
    if match is None:
        return clock
    zone = _zone(match, zone_of)
    return clock if zone is None else replace(clock, end=match.end(), zone=zone)


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
            minute = int(found["hour"]) * 60 + int(found["minute"] or 0)
            full.append(Clock(found.start(), found.end(), minute, clock.zone, inferred=True))
        elif found and _HAS_HALF.search(plain, clock.start, clock.end):
            hour, minute = int(found["hour"]), int(found["minute"] or 0)
            same = _twelve(hour, minute, "p" if clock.minute >= _HALF_DAY else "a")
            other = (same + _HALF_DAY) % DAY_MIN
            value = same if same < clock.minute else other
            bare = Clock(found.start(), found.end(), value, clock.zone, inferred=True)
            full.append(bare)
        full.append(clock)
    return full


_OF_MONTH = re.compile(rf"(?<![\w-]){MONTH} $")
_RANGE_BEFORE = re.compile(r"\b(?:between|from)[ ]$")
_FULL_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:[ ]in the morning)?$")


def _is_plain_range(found: re.Match[str], clock: Clock, plain: str, floor: int) -> bool:
    """Tell the bare hour of "between 10 and 11:30" and "from 9 to 14:00"."""
    before = _RANGE_BEFORE.search(plain, max(floor, found.start() - 9), found.start())
    told = _FULL_CLOCK.match(plain[clock.start : clock.end])
    return bool(before and told) and int(found["hour"]) * 60 < clock.minute


def find_hours(
    plain: str, start: int, clocks: Sequence[Clock], dates: Sequence[DateMention]
) -> list[Hours]:
    """Tie the clocks of one sentence into hours.

    Parameters
    ----------
    clocks, dates
        What was found in the sentence that begins at ``start``, in order.

    """
    ranges: list[Hours] = []
    index = 0
    while index < len(clocks):
        first = clocks[index]
        restated, after = _restated(plain, clocks, index, first.end)
        second = clocks[after] if after < len(clocks) else None
        if second is not None and _tied(plain, start, first, restated, second, dates):
            again, after = _restated(plain, clocks, after, second.end)
            ranges.append(_range(plain, start, first, second, (*restated, *again)))
        else:
            ranges.extend(_single(plain, start, first, restated, dates))
        index = after
    return ranges


def _restated(
    plain: str, clocks: Sequence[Clock], index: int, end: int
) -> tuple[tuple[Clock, ...], int]:
    """Collect clocks in brackets after one clock: the same time in other zones."""
    opening = re.compile(r"[ ]{0,2}[(/][ ]{0,2}$|[ ]?(?:-|to|until)[ ]?$|,? or[ ]$")
    found: list[Clock] = []
    after = index + 1
    while after < len(clocks):
        gap = plain[end : clocks[after].start]
        in_bracket = gap.lstrip(" ").startswith(("(", "/")) or bool(found)
        if len(gap) > 8 or not in_bracket or not opening.search(gap):
            break
        if found and ")" in plain[end - 1 : clocks[after].start]:
            break
        found.append(clocks[after])
        end = clocks[after].end
        after += 1
    return tuple(found), after


def _tied(
    plain: str, floor: int, first: Clock, restated: tuple[Clock, ...], second: Clock,
    dates: Sequence[DateMention],
) -> bool:  # fmt: skip
    begin = restated[-1].end if restated else first.end
    closing = plain.find(")", begin, min(second.start, begin + 25)) if restated else -1
    begin = max(begin, closing + 1)
    if second.start - begin > _GAP:
        return False
    gap = _without(plain, begin, second.start, dates)
    if _TIE.fullmatch(gap):
        return True
    between = _BETWEEN.search(plain, max(floor, first.start - 45), first.start)
    return bool(between) and bool(_BOTH.fullmatch(gap))


def _without(plain: str, start: int, end: int, dates: Sequence[DateMention]) -> str:
    """Give the words between two clocks without the dates, brackets and blanks."""
    pieces, at = [], start
    for mention in dates:
        if start <= mention.start and mention.end <= end and mention.start >= at:
            pieces.append(plain[at : mention.start])
            at = mention.end
    pieces.append(plain[at:end])
    return " ".join(" ".join(pieces).replace("(", " ").replace(")", " ").replace(";", " ").split())


def _range(
    plain: str, floor: int, first: Clock, second: Clock, restated: tuple[Clock, ...]
) -> Hours:
    opens, closes = first, second
    if opens.zone is None and closes.zone is not None:
        opens = replace(opens, zone=closes.zone)
    elif closes.zone is None and opens.zone is not None:
        closes = replace(closes, zone=opens.zone)
    if _is_midnight(plain, closes):
        closes = replace(closes, minute=DAY_MIN)
    before = plain[max(floor, first.start - 60) : first.start]
    if _MOVED.search(before):
        return Hours(first.start, second.end, None, None)
    prolongs = bool(_PROLONGED.search(before))
    end = _bracket_end(plain, second, restated)
    return Hours(first.start, end, opens, closes, restated, prolongs=prolongs)


def _is_midnight(plain: str, clock: Clock) -> bool:
    """Tell "midnight", which ends the day it is said of, from 00:00, which begins it."""
    return clock.minute == 0 and plain[clock.start : clock.end].startswith(("midnight", "12"))


def _bracket_end(plain: str, clock: Clock, restated: tuple[Clock, ...]) -> int:
    """Give the end of a clock and of what stands in brackets behind it."""
    end = max(clock.end, *(other.end for other in restated), clock.end)
    closing = plain.find(")", end, end + 25) if restated and restated[-1].end > clock.end else -1
    return closing + 1 if closing >= 0 and "(" not in plain[end:closing] else end


def _single(
    plain: str, floor: int, clock: Clock, restated: tuple[Clock, ...], dates: Sequence[DateMention]
) -> Iterator[Hours]:
    before = _without(plain, max(floor, clock.start - 60), clock.start, dates) + " "
    end = _bracket_end(plain, clock, restated)
    if _MOVED.search(before):
        return
    if _CLOSES.search(before) or _PROLONGED_TO.search(before):
        midnight = _is_midnight(plain, clock)
        closes = replace(clock, minute=DAY_MIN, inferred=True) if midnight else clock
        prolongs = bool(_PROLONGED.search(before))
        yield Hours(clock.start, end, None, closes, restated, prolongs=prolongs)
    elif _OPENS.search(before) and not _is_midnight(plain, clock):  # which end of the day?
        yield Hours(clock.start, end, clock, None, restated)


def find_lengths(plain: str, start: int, end: int) -> list[Length]:
    """Find how long something is said to last: "72-hour", "for ten hours"."""
    lengths = []
    for match in _LENGTH.finditer(plain, start, end):
        count = 1 if match["count"] in {"a", "an"} else number(match["count"])
        minutes = int((count + (0.5 if match["half"] else 0)) * _MINUTES[match["unit"]])
        lengths.append(Length(match.start(), match.end(), minutes))
    return lengths
