"""Find in English text when it was written, and when the announcement was made."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from safepassage.declaration.dates import DateMention, resolve
from safepassage.declaration.english import words
from safepassage.declaration.english.dates import find_dates
from safepassage.declaration.english.reading import Reading
from safepassage.declaration.english.roles import looking_back, names_pause
from safepassage.declaration.findings import DERIVED, RESOLVED, STATED, Finding

if TYPE_CHECKING:
    from datetime import date

    from safepassage.declaration.english.roles import Role
    from safepassage.declaration.text import Sentence, Text

__all__ = ["HAPPENED", "find_announced_on", "find_dateline", "is_reporting", "with_dated_past"]

_HEADER = 8
_STAMP = re.compile(r"(?:published|updated|posted|date|dated|issued|released|last modified)\b")
_WIRE_DASH = re.compile(r"(?:[ ]-{1,2}[ ]|[)]\s?-{0,2}\s|: )")


def find_dateline(text: Text) -> Finding[date] | None:
    """Find the day the text says it was written: a line of its own, or before the first dash."""
    first_lines = text.sentences[:_HEADER]
    last_lines = text.sentences[max(_HEADER, len(text.sentences) - 2) :]
    pending: DateMention | None = None
    for sentence in (*first_lines, *last_lines):
        if _is_timetable(text, sentence):
            continue
        for mention in _stamped(sentence):
            if mention.year is not None:
                day = resolve(mention, None)
                if day is not None:
                    return Finding(day, mention.start, mention.end)
            elif pending is None and mention.day is not None:
                pending = mention
    return _with_year(pending, text) if pending else None


_LABEL = re.compile(r"(?:[a-z]+ )?(?:hours|times?|when|opening|schedule)\b[^:]{0,24}: ")
_DATE_LINE = re.compile(r"[-* ]{0,3}(?:date|day)s?:")
_TERM_LINE = re.compile(
    r"[-* ]{0,3}(?:starts?|begins?|beginning|ends?|ending|opens?|opening|clos(?:es?|ing)|from|"
    r"until|till|valid|effective|duration|period|window|hours)\b[\w ()]{0,24}:"
)
_HOURS_LINE = re.compile(r"[-* ]{0,3}(?:hours|time|times|start|from|opens|begins?)\b[\w ()]{0,16}:")


def _is_timetable(text: Text, sentence: Sentence) -> bool:
    """Tell a day of the terms from a day of writing: "Start:", or "Date:" right above "Hours:"."""
    following = text.sentences[sentence.index + 1 : sentence.index + 2]
    if _TERM_LINE.match(sentence.plain):
        return True
    return bool(following and _DATE_LINE.match(sentence.plain)) and any(
        _HOURS_LINE.match(one.plain) and not any(m.day is not None for m in find_dates(one.plain))
        for one in following
    )


_DAY_LABEL = re.compile(r"\W{0,4}(?:date|day)\b[^:]{0,10}:")
_HOURS = re.compile(
    r"(?:\d[:.]\d\d|[ap]\.?m\.?|0\d{3}) ?(?:to|until|till|-) ?"
    r"\d{1,2}(?:[:.]\d\d(?!\d)|\d\d(?!\d)| ?[ap]\.?m\b)"
)


_AS_OF = re.compile(r"(?:situation |status |data |information )?as of ")
_GOING = re.compile(
    r"(?<![\w-])(?:leave|evacuate|depart|go|walk|come|opens?|begins?|starts?|closes?|valid|until|"
    r"till|between)(?![\w])"
)
_NOTICE = re.compile(
    r"(?<![\w-])(?:notice|statement|order|message|communique|bulletin|leaflet|update|circular|"
    r"decree|announcement|release|directive|proclamation|post|transcript|script|notes?|"
    r"translation\)?)(?: (?:no\.? ?|#)?\d+)?(?: (?:of|dated|from|on)|,)? (?:\w+day,? )?$"
)
_MADE = re.compile(r"(?<![\w-])(?:recorded|written|issued|dated|posted|sent|received)(?: on)? $")
_FOR_A_DAY = re.compile(r"(?<![\w-])(?:on|from|until|for|by|to|till|since|before|after)(?: the)? $")


def _is_dated(sentence: Sentence, mention: DateMention) -> bool:
    """Tell "Notice of 10 March 2018", or the date that ends a heading, from a day of the pause."""
    before = sentence.plain[: mention.start]
    if sentence.index > _NEAR_TOP:
        return False
    if _MADE.search(before) and len(sentence.plain) - mention.end <= 1:
        return True
    if not sentence.is_heading:
        return False
    if _NOTICE.search(before):
        return True
    ends = len(sentence.plain) - mention.end <= 1 and not names_pause(sentence.plain)
    return ends and not _FOR_A_DAY.search(before)


def _ends_heading(sentence: Sentence, mention: DateMention) -> bool:
    """Tell the line of a date right under a heading, with nothing that ties it to the heading."""
    if not sentence.is_heading or sentence.index > 1 or mention.year is None:
        return False
    before = sentence.plain[: mention.start]
    ends = len(sentence.plain) - mention.end <= 1
    return ends and bool(_BARE_BEFORE.search(before)) and not _FOR_A_DAY.search(before)


_BARE_BEFORE = re.compile(
    r"(?<![\w-])(?!(?:and|to|till|of|or|starting|beginning|effective)\b)[a-z]{4,}s? $"
)


_NEAR_TOP = 2


def _stamped(sentence: Sentence) -> list[DateMention]:
    """Give the dates of a sentence that is a dateline or opens with one."""
    plain = sentence.plain
    if _HOURS.search(plain) and (_LABEL.match(plain) or not _WIRE_DASH.search(plain, 0, 100)):
        return []  # hours beside a day make it the day of the pause
    if _HOURS.search(plain) and _DAY_LABEL.match(plain):
        return []
    dashes = [match.start() + 1 for match in _WIRE_DASH.finditer(plain, 0, 100)]
    found = [m for m in find_dates(plain) if m.month is not None]
    stamped = []
    for mention in found:
        rest = plain[: mention.start] + plain[mention.end :]
        alone = len(re.findall(r"[a-z]{2,}", rest)) <= 7 and not names_pause(plain)
        attributed = (
            plain.rstrip(' "').endswith(":")
            and len(re.findall(r"[a-z]{2,}", plain[mention.end :])) <= _WORDS_AFTER
        )
        alone = alone or (attributed and len(rest.split()) <= 14 and not names_pause(plain))
        status = _AS_OF.match(plain)
        alone = alone or _is_dated(sentence, mention)
        alone = alone and not words.FUTURE.search(plain, status.end() if status else 0)
        alone = alone and not _GOING.search(plain, 0, mention.start)
        alone = alone or _ends_heading(sentence, mention)
        opening = plain[: next((dash for dash in dashes if dash >= mention.end), 0)]
        opens = bool(opening) and not names_pause(opening) and not words.FUTURE.search(opening)
        if alone or opens or (_STAMP.match(plain) and not names_pause(plain)):
            stamped.append(_moved(mention, sentence.start))
    return stamped


_WORDS_AFTER = 3
"""Words between a day and the colon that a statement stands behind."""


def _moved(mention: DateMention, offset: int) -> DateMention:
    return replace(mention, start=mention.start + offset, end=mention.end + offset)


def _with_year(mention: DateMention, text: Text) -> Finding[date] | None:
    """Give a dateline without a year the one year that the text's other dates have."""
    days = [
        day for m in find_dates(text.plain[:20_000]) if m.is_absolute and (day := resolve(m, None))
    ]
    years = {day.year for day in days}
    if len(years) != 1:
        return None
    day = resolve(mention, min(days), direction="past")
    return Finding(day, mention.start, mention.end, DERIVED) if day else None


_SAID_BEFORE = re.compile(
    rf"(?<![\w-])(?:{words.SAYS}|statement|announcement|briefing|report|decree|letter|press "
    rf"release|address|ordered|decided|agreed|signed|reached)"
    r"(?:,? (?!(?:will|would|that|from|begin|open|start|to|until|for|ceasefires?|truces?|pauses?|"
    r"corridors?|halt)\b)[\w'.-]{1,16}){0,12},? (?:on |late on |late |early on |early )?$"
)
_SAID_AFTER = re.compile(
    r"[, ]{1,2}(?:(?!(?:will|would|shall|from|until|been|ceasefires?|truces?|pauses?|"
    r"corridors?)\b)[\w'.-]{1,18}[ ,]{1,2}){1,12}?"
    rf"(?:{words.SAYS}|ordered|decided)(?![\w])"
)


_BY_DEAL = re.compile(
    r"(?<![\w-])(?:under|by|in line with|according to|as part of) (?:an?|the) (?:[\w-]{2,16} ){0,2}"
    r"(?:agreement|deal|accord|settlement),? (?:which was )?(?:reached|signed|agreed|concluded)"
    r"(?: [^;:]{0,100})? $"
)
"""A deal made some day, under which what is announced now goes on."""
_ASIDE = re.compile(
    rf", (?:[\w'-]{{1,18}} ){{1,5}}{words.SAYS},? (?:(?!that\b)[\w'-]{{1,18}},? ){{1,8}}?"
    r"(?:will|would|shall|is to|are to)(?![\w])"
)
"""A speaker set between a day and what is to come on it: "On Friday, the army said, X will"."""

_ACTED = re.compile(
    rf" (?:has |have |had )?(?:{words.SAYS}|ordered|agreed|decided|signed|reached)(?![\w])"
)


_BEGINS_ON = re.compile(r"(?<![\w-])(?:starting|beginning|effective|until|till)(?: from| on)? $")
_AT_BRIEFING = re.compile(
    r"^(?:(?:at|during|on) (?:an? |the )?(?:press conference|news conference|briefing|meeting)"
    r"(?: (?:in|at) (?:the )?[\w' -]{2,24}?)?(?=$| on ?$))"
)
"""Where something was said, before the day: "At a briefing in Moscow on 1 August ..."."""


def is_reporting(mention: DateMention, sentence: Sentence) -> bool:
    """Tell whether a day is the one on which something was said, not one it was said of."""
    plain = sentence.plain
    begin, end = mention.start - sentence.start, mention.end - sentence.start
    if re.match(r"'s (?:statement|announcement|briefing|report|decision)", plain[end : end + 20]):
        return True
    if _SAID_BEFORE.search(plain[max(0, begin - 130) : begin]):
        return True
    if _ACTED.match(plain, end) and not _BEGINS_ON.search(plain, 0, begin):
        return True
    if _ASIDE.match(plain, end):
        return False
    if (mention.offset or 0) > 0 or plain[begin:end].startswith("tomorrow"):
        return False
    lead = _ABOUT_IT.sub("", _AT_BRIEFING.sub("", plain[:begin])).strip(" \"'-,")
    return lead in {"", "on", "late on", "early on", "earlier on", "later on"} and bool(
        _SAID_AFTER.match(plain, end, min(len(plain), end + 160))
    )


def find_announced_on(reading: Reading, dateline: Finding[date] | None) -> Finding[date] | None:
    """Find the day of the announcement: the day it is said to have been made, else the dateline."""
    told = _told_day(reading, dateline)
    if told is not None:
        return told
    if dateline is not None:
        return Finding(dateline.value, dateline.start, dateline.end, DERIVED)
    return _named_today(reading)


def _told_day(reading: Reading, dateline: Finding[date] | None) -> Finding[date] | None:
    """Give the day that the announcement is said to have been made."""
    reference = dateline.value if dateline else None
    near = _first_day(reading) if reference is None else None
    best: Finding[date] | None = None
    for sentence, role in reading.rows():
        if role.looks_back:
            continue
        for mention in find_dates(sentence.plain):
            placed = _moved(mention, sentence.start)
            if role.is_past(placed.start) or not _may_tell(placed, sentence, reference):
                continue
            day = resolve(placed, reference or near, direction="past")
            if day is None or (
                reference is not None and not 0 <= (reference - day).days <= _RECENT
            ):
                continue
            sure = STATED if mention.is_absolute else RESOLVED if near is None else DERIVED
            found = Finding(day, placed.start, placed.end, sure)
            if role.names:
                return found
            if dateline is None:
                best = best or found
    return best


def _may_tell(mention: DateMention, sentence: Sentence, reference: date | None) -> bool:
    """Tell whether a day may be that of the announcement: one on which something was said."""
    if mention.side == "future" or not is_reporting(mention, sentence):
        return False
    if mention.offset == 0 and reference is None:
        return False  # "today" is told by no day to come
    begin, end = mention.start - sentence.start, mention.end - sentence.start
    if _BY_DEAL.search(sentence.plain[max(0, begin - 130) : begin]):
        return False
    if reference and _AFTERWARDS.search(sentence.plain, 0, begin):
        return False
    return not sentence.plain.startswith("earlier", max(0, end - 7))


_NAMED_DAY = re.compile(r"(?P<today>today|tonight|this (?:morning|afternoon|evening))|tom")


def _named_today(reading: Reading) -> Finding[date] | None:
    """Give the day of "today, 8 March 2022" and the one before "tomorrow, 9 March 2022"."""
    for sentence, role in reading.rows():
        for mention in find_dates(sentence.plain) if not role.looks_back else ():
            told = _NAMED_DAY.search(sentence.plain, mention.start, mention.end)
            day = resolve(mention, None) if told else None
            if day is not None and told is not None:
                placed = _moved(mention, sentence.start)
                written = day if told["today"] else day - timedelta(days=1)
                return Finding(written, placed.start, placed.end, DERIVED)
    return None


_ABOUT_IT = re.compile(
    r"^[\"' -]*(?:(?:about|of) (?:this|that|it)[, ]*)?(?:(?:this |in the |late |early )?"
    r"(?:morning|evening|afternoon|night)[, ]*)?"
)


def _first_day(reading: Reading) -> date | None:
    """Give the first full date of what is to come, which "said on Tuesday" stands just before."""
    days = {
        day
        for sentence, role in reading.rows()
        if role.live
        for mention in find_dates(sentence.plain)
        if mention.is_absolute and (day := resolve(mention, None)) is not None
    }
    return min(days) if days and (max(days) - min(days)).days <= _RECENT else None


_RECENT = 10
"""Days before the dateline that an announcement may have been made (an assumption)."""
_AFTERWARDS = re.compile(r"(?<![\w-])(?:following|since|after|pursuant to) [^,;]{0,90}$")
HAPPENED = re.compile(
    r"(?<![\w-])(?!(?:planned|scheduled|expected|announced|declared|agreed|called|ordered|"
    r"postponed|"
    r"delayed|need)\b)(?:[a-z]{2,12}ed|fled|began|left|took|came|broke|fell|went|ran|met|hit|held)"
    r"(?: up| off| out| in| again)? (?:on |late |early |late on |early on )?$"
)
"""A verb of what happened, right before a bare weekday: "which opened on Tuesday"."""


def with_dated_past(reading: Reading, announced_on: date) -> Reading:
    """Mark sentences that are dated before the announcement and speak of nothing to come."""
    roles = tuple(
        looking_back(role, sentence)
        if role.names and not role.strong and _is_dated_before(sentence, role, announced_on)
        else role
        for sentence, role in reading.rows()
    )
    return Reading(reading.text, roles, reading.actors)


def _is_dated_before(sentence: Sentence, role: Role, announced_on: date) -> bool:
    """Tell whether all days of a sentence lie before one, at least one of them for certain."""
    certain = False
    for mention in find_dates(sentence.plain):
        placed = _moved(mention, sentence.start)
        if mention.side == "future" or role.is_past(placed.start) or is_reporting(placed, sentence):
            continue
        day = resolve(mention, announced_on, direction="past")
        if day is not None and day >= announced_on:
            return False
        bare = mention.weekday is not None and mention.day is None and mention.side != "past"
        happened = HAPPENED.search(sentence.plain, max(0, mention.start - 40), mention.start)
        certain = certain or (day is not None and (not bare or happened is not None))
    return certain
