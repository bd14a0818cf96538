"""Find mentions of days in English text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from babel.dates import get_day_names, get_month_names

from safepassage.declaration.dates import DateMention
from safepassage.declaration.english.numbers import NUMBER, ORDINAL_DAYS, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["DAYS_OF_UNIT", "MONTH", "MONTHS", "WEEKDAY", "WEEKDAYS", "find_dates"]


def _names(getter: Callable[..., Any], widths: tuple[str, ...]) -> dict[str, int]:
    return {
        str(name).lower().rstrip("."): int(key)
        for width in widths
        for key, name in getter(width, locale="en").items()
    }


MONTHS = _names(get_month_names, ("wide", "abbreviated")) | {"sept": 9}
WEEKDAYS = _names(get_day_names, ("wide",))
_SHORT_DAYS = _names(get_day_names, ("abbreviated",)) | {"tues": 1, "thur": 3, "thurs": 3}


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


MONTH = rf"(?:{_either(MONTHS)})\b\.?"
WEEKDAY = rf"(?:{_either(WEEKDAYS)})"
_DAY = rf"(?:[0-3]?\d(?:st|nd|rd|th)?|{_either(ORDINAL_DAYS)})"
_YEAR = r"(?:1[89]|20)\d\d"
_LINK = r"(?:and|&|to|-|until|till|through|or)"
_SHORT_DAY = rf"(?:{_either(_SHORT_DAYS)})\.?,?(?=[ ]\d|[ ](?:{_either(MONTHS)})\b)"

_CALENDAR = re.compile(
    rf"""(?<![\w.:/$€£-])(?:
      (?P<iso_y>{_YEAR})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?=t?\b|t\d)
    | (?P<dot_d>[0-3]?\d)(?P<sep>[./])(?P<dot_m>[01]?\d)(?P=sep)(?P<dot_y>{_YEAR})\b
    | (?:the[ ])?(?P<more>(?:\d{{1,2}},[ ]){{1,6}})?(?P<d1>{_DAY})
        (?:[ ]{{0,2}}(?P<dl>{_LINK})[ ]{{0,2}}(?:the[ ])?(?P<d2>{_DAY}))?
        [ ]{{1,2}}(?:of[ ]|day[ ]of[ ])?(?P<dm>{MONTH})(?:,?[ ](?P<dy>{_YEAR})\b(?!:\d))?
    | (?P<mm>{MONTH}),?[ ]{{1,2}}(?:the[ ])?
        (?P<more_m>(?:\d{{1,2}},[ ]){{1,6}}(?=\d{{1,2}}[ ]and[ ]\d))?
        (?P<m1>{_DAY})\b(?!:\d|\.\d|[ ]?[ap]\.?m\b)
        (?:[ ]{{0,2}}(?P<ml>{_LINK})[ ]{{0,2}}(?P<m2>{_DAY})\b
          (?![ ]?[ap]\.?m\b|:|[ ](?:{_either(MONTHS)})))?
        (?:,?[ ](?P<my>{_YEAR})\b(?!:\d))?
    )""",
    re.VERBOSE,
)
_WEEKDAY = re.compile(
    rf"""(?<![\w-])(?:(?P<side>last|past|previous|this[ ]coming|this|coming|next)[ ])?
    (?:(?P<day>{WEEKDAY})(?P<many>s)?\b(?!-)|(?P<short>{_SHORT_DAY}))""",
    re.VERBOSE,
)
_RELATIVE = re.compile(
    rf"""(?<![\w-])(?:
      (?P<after>the[ ]day[ ]after[ ]tomorrow)
    | (?P<named>today|tonight|tomorrow|(?:tom|tmrw)(?=[ ]\d)|yesterday
      |this[ ](?:morning|afternoon|evening))(?![\w])
    | (?:(?P<count>{NUMBER})|(?P<one>an?))[ ]
      (?P<unit>day|week|fortnight|month)s?[ ](?P<way>ago|earlier)\b
    )""",
    re.VERBOSE,
)
_NAMED = {"today": 0, "tonight": 0, "tomorrow": 1, "tom": 1, "tmrw": 1, "yesterday": -1}
DAYS_OF_UNIT = {"day": 1, "week": 7, "fortnight": 14, "month": 30}
"""Days in a unit; a month counts 30, which makes "a month ago" approximate."""

_SIDES: dict[str, Literal["past", "future", "unclear"]] = {
    "last": "past", "past": "past", "previous": "past",
    "this": "future", "coming": "future", "this coming": "future", "next": "unclear",
}  # fmt: skip
_ROWS = re.compile(r"[ ]{1,2}\|[ ]{1,2}")
"""Between the first and the last day in a row of a table."""
_JOINT = re.compile(r"[ ,(-]{1,4}(?:(?:that is|or|i\.e\.),?[ ])?(?:the[ ])?")
_LINKED = re.compile(rf"[ ]{{0,2}},?[ ]{{0,2}}({_LINK})[ ]{{0,2}}(?:on[ ]|to[ ])?")


def find_dates(plain: str, start: int = 0, end: int | None = None) -> list[DateMention]:
    """Find the days mentioned in ``plain[start:end]``, in order, without overlap.

    A weekday beside a calendar date becomes one mention with it. Offsets count from
    the beginning of ``plain``.
    """
    stop = len(plain) if end is None else end
    calendar = [
        mention
        for match in _CALENDAR.finditer(plain, start, stop)
        for mention in _from_calendar(match)
    ]
    others = [*_weekdays(plain, start, stop), *_relatives(plain, start, stop)]
    mentions = sorted([*calendar, *others], key=lambda mention: (mention.start, -mention.end))
    return _linked(_merged([_checked(mention, plain) for mention in mentions], plain), plain)


_NO_YEAR = re.compile(
    r",?[ ](?:\d{5,}(?![\w:])|(?:0[0-3]\d\d|2[5-9]\d\d|[3-9]\d{3}|1[0-7]\d\d)(?=[,;)]|\.?$|\.\s|"
    r"[ ](?:from|between|at|through|the|in|for|and|will)(?![\w]))"
    r"(?!,?[ ](?:hours|hrs|local|gmt|utc|to|until|till|-)))"
)


def _checked(mention: DateMention, plain: str) -> DateMention:
    """Leave a day open whose year cannot be meant: "4 November 99999"."""
    if mention.day is None or mention.year is not None:
        return mention
    odd = _NO_YEAR.match(plain, mention.end)
    if odd is None:
        return mention
    return replace(mention, end=odd.end(), side="unclear")


def _from_calendar(match: re.Match[str]) -> Iterator[DateMention]:
    start, end = match.span()
    if match["iso_y"]:
        year, month, day = (int(match[group]) for group in ("iso_y", "iso_m", "iso_d"))
        yield DateMention(start, end, year, month, day)
    elif match["dot_d"]:
        day, month = int(match["dot_d"]), int(match["dot_m"])
        # 3/4/2016 is March in some countries and April in others.
        if match["sep"] == "." or day > 12 or day == month:
            yield DateMention(start, end, int(match["dot_y"]), month, day)
        elif month > 12:
            yield DateMention(start, end, int(match["dot_y"]), day, month)
    elif match["dm"]:
        yield from _days_of_month(match, ("d1", "d2"), match["dl"], match["dm"], match["dy"])
    else:
        yield from _days_of_month(match, ("m1", "m2"), match["ml"], match["mm"], match["my"])


def _days_of_month(
    match: re.Match[str], groups: tuple[str, str], link: str | None, month: str, year: str | None
) -> Iterator[DateMention]:
    start, end = match.span()
    calendar = (int(year) if year else None, MONTHS[month.rstrip(".")])
    if match[groups[1]] is None:
        yield DateMention(start, end, *calendar, _day(match[groups[0]]))
        return
    if link == "or":
        yield DateMention(start, end, *calendar, _day(match[groups[0]]), side="unclear")
        return
    more = "more" if groups[0] == "d1" else "more_m"
    if match[more]:  # "4, 5 and 6 November", "November 4, 5 and 6"
        for listed in re.finditer(r"\d+", match[more]):
            at = match.start(more)
            first = (
                match.start() if more == "more_m" and not listed.start() else at + listed.start()
            )
            span = first, at + listed.end()
            yield DateMention(*span, *calendar, int(listed[0]), link="and")
    cut = match.end(groups[0])
    tie: Literal["and", "to"] = "and" if link in {"and", "&"} else "to"
    begin = match.start(groups[0]) if match[more] else start
    yield DateMention(begin, cut, *calendar, _day(match[groups[0]]), link=tie)
    yield DateMention(match.start(groups[1]), end, *calendar, _day(match[groups[1]]))


def _day(words: str) -> int:
    digits = "".join(sign for sign in words if sign.isdecimal())
    return int(digits) if digits else ORDINAL_DAYS[words]


def _weekdays(plain: str, start: int, stop: int) -> Iterator[DateMention]:
    for match in _WEEKDAY.finditer(plain, start, stop):
        if match["many"]:  # "on Fridays" is a habit, not a day
            continue
        name = match["day"] or match["short"].rstrip(".,")
        weekday = WEEKDAYS[name] if match["day"] else _SHORT_DAYS[name]
        side = _SIDES[match["side"]] if match["side"] else None
        yield DateMention(match.start(), match.end(), weekday=weekday, side=side)


def _relatives(plain: str, start: int, stop: int) -> Iterator[DateMention]:
    for match in _RELATIVE.finditer(plain, start, stop):
        if match["after"]:
            offset = 2
        elif match["named"]:
            offset = _NAMED.get(match["named"], 0)
        else:
            count = 1 if match["one"] else number(match["count"])
            offset = -count * DAYS_OF_UNIT[match["unit"]]
        yield DateMention(match.start(), match.end(), offset=offset)


def _merged(mentions: list[DateMention], plain: str) -> list[DateMention]:
    """Join a weekday and the calendar date beside it; drop what overlaps."""
    merged: list[DateMention] = []
    for mention in mentions:
        last = merged[-1] if merged else None
        if last is not None and mention.start < last.end:
            continue
        if last is not None and _is_one_day(last, mention, plain):
            merged[-1] = _both(last, mention)
        else:
            merged.append(mention)
    return merged


def _is_one_day(first: DateMention, second: DateMention, plain: str) -> bool:
    gap = plain[first.end : second.start]
    if len(gap) > 14 or _JOINT.fullmatch(gap) is None:
        return False
    if "-" in gap and first.day is not None:
        return False  # "ALEPPO, 2 November - Tomorrow" is a dateline and the next day
    pair = (first, second)
    return any(
        one.day is not None
        and other.day is None
        and (other.weekday is not None or other.offset is not None)
        for one, other in (pair, pair[::-1])
    ) or (first.offset in {0, 1} and second.weekday is not None and second.day is None)


def _both(first: DateMention, second: DateMention) -> DateMention:
    dated, other = (first, second) if first.day is not None else (second, first)
    return DateMention(
        first.start, second.end, dated.year, dated.month, dated.day,
        weekday=other.weekday if other.weekday is not None else dated.weekday,
        offset=None if dated.day is not None else first.offset,
        link=second.link,
    )  # fmt: skip


def _linked(mentions: list[DateMention], plain: str) -> list[DateMention]:
    """Tie mentions with "and" or "to" between them, and share a year said once."""
    linked = list(mentions)
    for index in range(len(linked) - 2, -1, -1):
        first, second = linked[index], linked[index + 1]
        gap = plain[first.end : second.start]
        if _ROWS.fullmatch(gap) and first.day is not None and second.day is not None:
            linked[index] = replace(first, link="to")
            continue
        match = _LINKED.fullmatch(gap) if len(gap) <= 12 else None
        if match is None and first.link is None:
            if gap == ", " and second.link == "and" and first.day and second.day:
                year = first.year or second.year
                linked[index] = replace(first, year=year, link="and")
            continue
        if match and match[1] == "or":  # one of the two, and the text does not say which
            linked[index] = replace(first, side="unclear")
            linked[index + 1] = replace(second, side="unclear")
            continue
        link: Literal["and", "to"] = first.link or (
            "and" if match and match[1] in {"and", "&"} else "to"
        )
        year = first.year
        if year is None and first.month is not None and second.day is not None:
            year = second.year
        linked[index] = replace(first, year=year, link=link)
    return linked
