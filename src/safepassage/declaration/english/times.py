"""Collect from English sentences what they say of time."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from safepassage.declaration.dates import DateMention, resolve
from safepassage.declaration.days import Clues, Days, Timed
from safepassage.declaration.english import words
from safepassage.declaration.english.belonging import is_length, is_of_pause
from safepassage.declaration.english.clocks import find_clocks, find_lengths
from safepassage.declaration.english.dateline import HAPPENED, is_reporting
from safepassage.declaration.english.dates import find_dates
from safepassage.declaration.english.daytie import tied_days
from safepassage.declaration.english.departures import without_departures
from safepassage.declaration.english.halting import SUSPENDS
from safepassage.declaration.english.hours import find_hours
from safepassage.declaration.english.recurring import (
    daily_in,
    daily_pause,
    days_with_same_hours,
)
from safepassage.declaration.english.roles import clauses

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from safepassage.declaration.clock import Hours
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.roles import Role
    from safepassage.declaration.findings import Finding
    from safepassage.declaration.text import Sentence

__all__ = ["find_clues"]

_LABELLED = re.compile(
    r"(?:time|times|hours|when|start|end|begins?|ends?|opening|opens?|closes?|date|duration|"
    r"period|schedule)\b[\w ()]{0,24}:"
)
_LENDS = re.compile(
    rf"{_LABELLED.pattern}|(?:\w+ )?(?:routes?|schedule|timetable|plan|programme|windows?) "
    rf"(?:for|on) |.{{0,200}}\b(?:evacuat|chance to (?:leave|get out)|leave|way out|buses|"
    r"convoy|safe(?:ly)? )"
)
_GOES_ON = re.compile(r"[\"']?(?:it|this|that|which) (?:is to|will|would|should|shall)(?![\w])")
_NEIGHBOURS = 3
_MOST_IN_SENTENCE = 6
"""A sentence with more hours than this is a timetable of something else (an assumption)."""


def find_clues(
    reading: Reading,
    zone_of: Callable[[str], str | None],
    dateline: Finding[date] | None,
    elsewhere: frozenset[int],
) -> list[Clues]:
    """Collect days, hours and lengths from the sentences that may state terms.

    Parameters
    ----------
    zone_of
        Gives the IANA zone of a place named as in "Moscow time".
    dateline
        The day of writing, against which "today" and "tomorrow" count.
    elsewhere
        Numbers of sentences that speak of another place.

    """
    found = []
    dateline_at = _written_at(reading, dateline)
    topic_at = -99
    daily: tuple[int, int] | None = None
    for sentence, role in reading.rows():
        if role.names and role.may_state_terms:
            topic_at = sentence.index
            daily = daily or (None if sentence.index in elsewhere else daily_pause(sentence))
        if not role.may_state_terms or sentence.index in elsewhere:
            continue
        if (
            dateline_at is not None
            and sentence.start <= dateline_at < sentence.end
            and not (role.names or (_states(sentence) and not _is_short(sentence)))
            and not _IS_TODAY.match(sentence.plain)
        ):
            continue
        near = sentence.index - topic_at <= _NEIGHBOURS or _named_soon(reading, sentence)
        listed = _is_listed(reading, sentence) or _HOURS_OF_WAY.match(sentence.plain)
        near = near or (topic_at >= 0 and bool(listed))
        if _LABELLED.match(sentence.plain) or (near and (role.names or _states(sentence))):
            clue = _clues(reading, sentence, role, zone_of, dateline)
            if clue is not None:
                found.append(clue)
                topic_at = sentence.index if _is_row(sentence, clue) else topic_at
    found = without_departures(found)
    plain = reading.text.plain
    return [
        replace(clue, daily=daily)
        if clue.timed and clue.daily is None and not _of_one_day(plain, clue)
        else clue
        for clue in found
    ]


_HOURS_OF_WAY = re.compile(
    r"(?:the )?(?:crossing|opening|passage|exit|working|evacuation|departure|daily) (?:times|"
    r"hours)\b"
)


def _is_listed(reading: Reading, sentence: Sentence) -> bool:
    """Tell a line right under "Schedule:"."""
    before = reading.text.sentences[sentence.index - 1] if sentence.index else None
    return before is not None and before.plain.endswith(":") and _is_short(before)


def _is_row(sentence: Sentence, clue: Clues) -> bool:
    """Tell a line of a timetable, which leads on to the next: "15 March: 10:00 to 13:00"."""
    return bool(clue.timed and clue.dates) and len(sentence.plain.split()) <= _ROW_WORDS


_ROW_WORDS = 12


def _written_at(reading: Reading, dateline: Finding[date] | None) -> int | None:
    """Give where the day of writing stands that is no day of the pause as well."""
    if dateline is None or _BY_NAME.search(reading.text.plain, dateline.start, dateline.end):
        return None
    return dateline.start


_BY_NAME = re.compile(r"today|tonight|tom|this (?:morning|afternoon|evening)")
_IS_TODAY = re.compile(r"(?<![\w-])today,?(?: is| -| on)?,? ")
"""A dateline such as "Today is 8 August" that gives the pause its day as well."""


def _of_one_day(plain: str, clue: Clues) -> bool:
    """Tell hours of "on Friday" from hours that a daily pause has "starting on Friday"."""
    days = [day for timed in clue.timed for day in timed.days.opens if not timed.days.carried]
    return bool(days) and not any(
        _FROM.search(plain, max(0, day.start - 24), day.start) for day in days
    )


def _states(sentence: Sentence) -> bool:
    """Tell whether a sentence that does not name the pause reads like terms."""
    if words.VIOLENCE.search(sentence.plain):
        return False
    short = len(sentence.plain.split()) <= 8 or " | " in sentence.plain
    told = words.FUTURE.search(sentence.plain) or words.STATES.search(sentence.plain)
    return (
        short
        or bool(told or _IN_FORCE.search(sentence.plain))
        or not _TOLD_OF.search(sentence.plain)
    )


_IN_FORCE = re.compile(
    r"(?<![\w-])(?:took effect|(?:came|went|entered) into (?:force|effect))(?: [\w-]+){0,3}? (?:at|"
    r"on|"
    r"today|from|\d)"
)


_TOLD_OF = re.compile(
    r"(?<![\w-])(?:was|were|had|did|said|says|told|went|came|left|took|began|held|fell|hit|"
    r"[a-z]{3,12}ed)"
    r"(?![\w])"
)
"""Verbs of a sentence that tells what was done or said."""


def _is_short(sentence: Sentence) -> bool:
    return len(sentence.plain.split()) <= 8


def _named_soon(reading: Reading, sentence: Sentence) -> bool:
    following = reading.roles[sentence.index + 1 : sentence.index + 2]
    return any(role.names and role.may_state_terms for role in following)


def _clues(
    reading: Reading,
    sentence: Sentence,
    role: Role,
    zone_of: Callable[[str], str | None],
    dateline: Finding[date] | None,
) -> Clues | None:
    plain, start, end = reading.text.plain, sentence.start, sentence.end
    dateline_at = _written_at(reading, dateline)
    written = dateline.value if dateline else None
    every = find_dates(plain, start, end)
    clocks = find_clocks(plain, start, end, zone_of)
    hours = tuple(
        one
        for one in find_hours(plain, start, clocks, every)
        if not role.is_past(one.start) and is_of_pause(sentence, one)
    )
    dates = tuple(
        _anchored(_began(mention, sentence, written), written)
        for mention in every
        if not (mention.side == "past" or (mention.offset or 0) < 0 or role.is_past(mention.start))
        and (mention.start != dateline_at or _IS_TODAY.match(sentence.plain))
        and (_beside(mention, hours) or not is_reporting(mention, sentence))
        and not _OF_AN_EVENT.search(plain, max(start, mention.start - 40), mention.start)
        and not (
            mention.day is None
            and HAPPENED.search(plain, max(start, mention.start - 40), mention.start)
        )
        and not _in_other_clock(plain, mention, hours)
    )
    dates = _bracketed_spans(dates, plain)
    again = days_with_same_hours(plain, start, end, dates, hours)
    lengths = tuple(
        length
        for length in find_lengths(plain, start, end)
        if is_length(plain, length, every) and not role.is_past(length.start)
    )
    if len(hours) > _MOST_IN_SENTENCE or not (hours or dates or lengths):
        return None
    return Clues(
        sentence.index,
        role.names or _GOES_ON.match(sentence.plain) is not None,
        lends=_lent(sentence, role, dates),
        subject=_subject(sentence),
        timed=(
            *(
                Timed(one, tied_days(plain, start, hours, position, _but(dates, again)))
                for position, one in enumerate(hours)
            ),
            *(Timed(hours[0], Days((day,))) for day in again),
        ),
        dates=dates,
        lengths=lengths,
        daily=daily_in(sentence),
        each=_EACH.search(plain, start, end) is not None,
        now=_NOW.search(plain, start, end) is not None,
    )


_NOW = re.compile(
    r"(?<![\w-])(?:today|tonight|this (?:morning|afternoon|evening)|now|under way|underway|at once|"
    r"(?:is|are) (?:already |also |now )?(?:open|opened|in force|in effect|observed|silent|running|"
    r"working|waiting|suspended|halted|stopped)|stops|halts|ceases|falls? silent|"
    r"agreed (?:to )?(?:cease|stop|halt|suspend|an? \w+)|"
    r"(?:had|have|has) (?:\w+ )?(?:agreed|accepted|stopped|begun|started|opened)|works)(?![\w])"
)
"""Words of what is under way on the day that they are written."""


def _but(
    dates: tuple[DateMention, ...], others: tuple[DateMention, ...]
) -> tuple[DateMention, ...]:
    kept = tuple(mention for mention in dates if mention not in others)
    return (*kept[:-1], replace(kept[-1], link=None)) if kept and others else kept


_EACH = re.compile(
    r"(?<![\w-])(?:each (?:of (?:these|those)|such)|both|all (?:of )?(?:these|those)|"
    r"all (?:two|three|four|five|six|seven)|(?:these|those)(?: two| three| four)?) days(?![\w])"
)


_OF_AN_EVENT = re.compile(
    r"(?<![\w-])(?:talks|meeting|meet|summit|conference|vote[sd]?|session|election|visit|"
    r"resolution|"
    r"since|after|before|by|ahead of|dated|briefing|(?:over)?night (?:in)?to|expire[sd]?|"
    r"(?<!is )(?<!be )resume[sd]?)"
    r"(?: (?:in|at|with|of) (?:the )?[\w'-]{2,16})?"
    r"(?: (?:due|set|held|planned|scheduled|for|on|from|a|the)){0,3} $"
)
"""What puts a day to something else than the pause."""


def _lent(
    sentence: Sentence, role: Role, dates: tuple[DateMention, ...]
) -> tuple[DateMention, ...]:
    """Give the days that sentences near by may mean, too.

    A bare weekday counts only where its clause speaks of what is to come: "announced
    their commitment on Tuesday" may be any Tuesday.
    """
    if not (role.names or _LENDS.match(sentence.plain) or _IS_TODAY.match(sentence.plain)):
        return ()
    return tuple(
        mention
        for position, mention in enumerate(dates)
        if not _only_closes(sentence, mention, dates[:position])
        and (
            mention.day is not None
            or mention.offset is not None
            or mention.side == "future"
            or _is_to_come(sentence, mention)
        )
    )


_UNTIL = re.compile(r"(?<![\w-])(?:until|till|through|up to)(?: the)? $")


def _only_closes(sentence: Sentence, mention: DateMention, before: tuple[DateMention, ...]) -> bool:
    """Tell the last day of "for four days, until 27 November", which is no day of other hours."""
    if before and before[-1].link == "to":
        return False
    return _UNTIL.search(sentence.plain[: mention.start - sentence.start][-16:]) is not None


def _is_to_come(sentence: Sentence, mention: DateMention) -> bool:
    before = sentence.plain[: mention.start - sentence.start]
    if _FROM.search(before) or _WERE_TO.search(before):
        return True
    for start, end in clauses(sentence):
        if start <= mention.start < end:
            clause = sentence.plain[start - sentence.start : end - sentence.start]
            return words.FUTURE.search(clause) is not None
    return False


_WERE_TO = re.compile(
    r"(?<![\w-])(?:was|were) (?:due )?to (?:fall silent|stop|halt|cease|pause|begin|start|open)"
    r"(?: [\w'-]{1,16}){0,12} on $"
)
_FROM = re.compile(r"(?<![\w-])(?:for|from|starting|beginning|effective)(?: on)? $")


def _in_other_clock(plain: str, mention: DateMention, hours: tuple[Hours, ...]) -> bool:
    """Tell a day in brackets that tell the hours on another zone's clock."""
    opening = plain.rfind("(", max(0, mention.start - 60), mention.start)
    if opening < 0 or ")" in plain[opening : mention.start]:
        return False
    return any(clock.start > opening for one in hours for clock in one.restated)


def _beside(mention: DateMention, hours: tuple[Hours, ...]) -> bool:
    """Tell whether a day stands right beside hours, which makes it theirs."""
    return any(
        -2 <= mention.start - one.end <= 5 or 0 <= one.start - mention.end <= 7 for one in hours
    )


def _began(mention: DateMention, sentence: Sentence, dateline: date | None) -> DateMention:
    """Turn the bare weekday on which something "took effect" into the one just before."""
    if mention.weekday is None or mention.day is not None or mention.side or dateline is None:
        return mention
    lead = sentence.plain[: mention.start - sentence.start]
    if not _TOOK_EFFECT.search(re.split(r"[,;:] ", lead)[-1]):
        return mention
    day = resolve(mention, dateline, direction="past")
    return mention if day is None else replace(mention, year=day.year, month=day.month, day=day.day)


_TOOK_EFFECT = re.compile(
    r"(?<![\w-])(?:took effect|(?:came|went|entered) into (?:force|effect)|began|started|has "
    r"been in "
    r"force|(?:were|was|has been|have been) (?:(?:re-?)?opened|suspended|halted|stopped)|suspended|"
    r"halted|stopped|ceased)(?![\w])"
)


def _anchored(mention: DateMention, dateline: date | None) -> DateMention:
    """Turn "today" and "tomorrow" into a calendar day where the day of writing is known."""
    if mention.offset is None or mention.day is not None:
        return mention
    day = resolve(mention, dateline)
    if day is None:
        return mention
    return replace(mention, year=day.year, month=day.month, day=day.day, offset=None)


def _bracketed_spans(dates: tuple[DateMention, ...], plain: str) -> tuple[DateMention, ...]:
    """Read "between Friday and Sunday" as a span."""
    return tuple(
        replace(mention, link="to")
        if mention.link == "and"
        and re.search(r"\bbetween (?:the )?$", plain[max(0, mention.start - 12) : mention.start])
        else mention
        for mention in dates
    )


def _subject(sentence: Sentence) -> Literal["pause", "corridor"] | None:
    if words.PAUSE.search(sentence.plain) or SUSPENDS.search(sentence.plain):
        return "pause"
    return "corridor" if words.CORRIDOR.search(sentence.plain) else None
