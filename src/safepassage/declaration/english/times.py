"""Collect from English sentences what they say of time."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from safepassage.declaration.dates import DateMention, resolve
from safepassage.declaration.days import Clues, Timed
from safepassage.declaration.english import words
from safepassage.declaration.english.clocks import find_clocks, find_lengths
from safepassage.declaration.english.dateline import HAPPENED, is_reporting
from safepassage.declaration.english.dates import find_dates
from safepassage.declaration.english.daytie import tied_days
from safepassage.declaration.english.halting import SUSPENDS
from safepassage.declaration.english.hours import find_hours
from safepassage.declaration.english.roles import clauses

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from safepassage.declaration.clock import Hours, Length
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.roles import Role
    from safepassage.declaration.findings import Finding
    from safepassage.declaration.text import Sentence

__all__ = ["find_clues"]

_DAILY = re.compile(
    r"(?<![\w-])(?:every (?:single )?(?:day|morning|evening|afternoon|night)|each (?:day|"
    r"morning|evening|night)|daily|a day|per day|"
    r"everyday|nightly)(?![\w])(?! (?:briefing|newspaper|paper|report|press|life|needs|bread|"
    r"conference|update|bulletin|figures|casualt))"
)
_COUNTS_PER_DAY = re.compile(
    r"hours (?:a|per|each|every) day|\d (?:a|per) day|times (?:a|per|each) day"
)
_NOT_LENGTH_BEFORE = re.compile(
    r"(?:\b(?:within|past|last|in|every|after|previous|first|next|another|quarter of|half of|of "
    r"war|by|only|than|"
    r"extended by|prolonged by|additional|further)|the last|the past) (?:the )?(?:a )?$"
)
_LENGTH_BEFORE = re.compile(
    r"\b(?:for|lasts?|lasting|of|last for|hold for|a|an|the|new|humanitarian|its|this|"
    r"declared|announced|another|planned)[ ]$"
)
_LENGTH_AFTER = re.compile(
    rf"[ -]?(?:long )?[,]?(?: [\w-]{{2,14}}){{0,3}}? ?(?:{words.PAUSE_NOUN}|halt|suspension|"
    rf"corridors?|window|break|regime|period)\b"
)
_LABELLED = re.compile(
    r"(?:time|times|hours|when|start|end|begins?|ends?|opening|opens?|closes?|date|duration|"
    r"period|schedule)\b[\w ()]{0,24}:"
)
_LENDS = re.compile(
    rf"{_LABELLED.pattern}|.{{0,200}}\b(?:evacuat|chance to (?:leave|get out)|leave|way out|buses|"
    r"convoy|safe(?:ly)? )"
)
_GOES_ON = re.compile(r"[\"']?(?:it|this|that|which) (?:is to|will|would|should|shall)(?![\w])")
_NEIGHBOURS = 3
_MOST_IN_SENTENCE = 6
"""A sentence with more hours than this is a timetable of something else (an assumption)."""
_DENIED = re.compile(
    r"(?<![\w-])(?:not|instead of|rather than|initially|originally)(?: from| between)? $"
)
_RESUMES = re.compile(
    r"(?<![\w-])(?:fighting|operations?|strikes|shelling|attacks?|offensive|hostilities|"
    r"bombing|war|assault|"
    r"bombardment)(?: \w+){0,2} (?:resume|begin|start|continue|restart|go on)\w{0,3}(?![\w])"
    r"|(?<![\w-])(?:resum|restart|continu|renew)\w{1,3} (?:\w+ ){0,3}"
    r"(?:fighting|operations?|strikes|shelling|attacks?|hostilities|bombing|fire)(?![\w])"
)


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
            daily = daily or (None if sentence.index in elsewhere else _daily_pause(sentence))
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
        if _LABELLED.match(sentence.plain) or (near and (role.names or _states(sentence))):
            clue = _clues(reading, sentence, role, zone_of, dateline)
            if clue is not None:
                found.append(clue)
    plain = reading.text.plain
    return [
        replace(clue, daily=daily)
        if clue.timed and clue.daily is None and not _of_one_day(plain, clue)
        else clue
        for clue in found
    ]


def _written_at(reading: Reading, dateline: Finding[date] | None) -> int | None:
    """Give where the day of writing stands that is no day of the pause as well."""
    if dateline is None or _BY_NAME.search(reading.text.plain, dateline.start, dateline.end):
        return None
    return dateline.start


_BY_NAME = re.compile(r"today|tonight|tomorrow|this (?:morning|afternoon|evening)")
_IS_TODAY = re.compile(r"(?<![\w-])today,?(?: is| -| on)?,? ")
"""A dateline such as "Today is 8 August" that gives the pause its day as well."""


def _of_one_day(plain: str, clue: Clues) -> bool:
    """Tell hours of "on Friday" from hours that a daily pause has "starting on Friday"."""
    days = [day for timed in clue.timed for day in timed.days.opens if not timed.days.carried]
    return bool(days) and not any(
        _FROM.search(plain, max(0, day.start - 24), day.start) for day in days
    )


def _daily_pause(sentence: Sentence) -> tuple[int, int] | None:
    """Find "a daily pause", which makes hours told elsewhere daily too."""
    for match in words.PAUSE.finditer(sentence.plain):
        at = match["phrase"].find("daily")
        if at >= 0:
            start = sentence.start + match.start("phrase") + at
            return start, start + len("daily")
    return None


def _states(sentence: Sentence) -> bool:
    """Tell whether a sentence that does not name the pause reads like terms."""
    if words.VIOLENCE.search(sentence.plain):
        return False
    short = len(sentence.plain.split()) <= 8 or " | " in sentence.plain
    return short or bool(words.FUTURE.search(sentence.plain) or words.STATES.search(sentence.plain))


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
        if not role.is_past(one.start) and _is_of_pause(sentence, one)
    )
    dates = tuple(
        _anchored(mention, written)
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
    lengths = tuple(
        length
        for length in find_lengths(plain, start, end)
        if _is_length(plain, length, every) and not role.is_past(length.start)
    )
    if len(hours) > _MOST_IN_SENTENCE or not (hours or dates or lengths):
        return None
    return Clues(
        sentence.index,
        role.names or _GOES_ON.match(sentence.plain) is not None,
        lends=_lent(sentence, role, dates),
        subject=_subject(sentence),
        timed=tuple(
            Timed(one, tied_days(plain, start, hours, position, dates))
            for position, one in enumerate(hours)
        ),
        dates=dates,
        lengths=lengths,
        daily=_daily(sentence),
        each=_EACH.search(plain, start, end) is not None,
        now=_NOW.search(plain, start, end) is not None,
    )


_NOW = re.compile(
    r"(?<![\w-])(?:today|tonight|this (?:morning|afternoon|evening)|now|under way|underway|at once|"
    r"(?:is|are) (?:already |also |now )?(?:open|opened|in force|in effect|observed|silent|running|"
    r"working|waiting|suspended|halted|stopped)|stops|halts|ceases|falls? silent|"
    r"(?:had|have|has) (?:\w+ )?(?:agreed|accepted|stopped|begun|started|opened)|works)(?![\w])"
)
"""Words of what is under way on the day that they are written."""


_EACH = re.compile(
    r"(?<![\w-])(?:each (?:of (?:these|those)|such)|both|all (?:of )?(?:these|those)|"
    r"all (?:two|three|four|five|six|seven)|(?:these|those)(?: two| three| four)?) days(?![\w])"
)


_OF_AN_EVENT = re.compile(
    r"(?<![\w-])(?:talks|meeting|meet|summit|conference|vote[sd]?|session|election|visit|"
    r"resolution|"
    r"since|after|before|by|ahead of|dated|briefing|(?:over)?night (?:in)?to|expire[sd]?|"
    r"resume[sd]?)"
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
    if _FROM.search(before):
        return True
    for start, end in clauses(sentence):
        if start <= mention.start < end:
            clause = sentence.plain[start - sentence.start : end - sentence.start]
            return words.FUTURE.search(clause) is not None
    return False


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


def _is_of_pause(sentence: Sentence, hours: Hours) -> bool:
    """Refuse hours that something else in the sentence has, or that fighting had."""
    before = sentence.plain[: hours.start - sentence.start]
    other = list(words.NOT_TERMS.finditer(before))
    if other:
        own = [*words.PAUSE.finditer(before), *words.CORRIDOR.finditer(before)]
        if not own or own[-1].end() < other[-1].start():
            return False
    if _DENIED.search(before[-24:]):
        return False
    clause = re.split(r"[,;]", before)[-1]
    if _RESUMES.search(words.PAUSE.sub("pause", clause)):
        return False
    if words.VIOLENCE.search(clause) and not words.PAUSE.search(clause):
        return False
    after = sentence.plain[hours.end - sentence.start :][:40]
    return not re.match(
        r"[ ,]{0,2}(?:a )?(?:curfew|briefing|press conference|news conference)", after
    )


def _is_length(plain: str, length: Length, dates: list[DateMention]) -> bool:
    if any(mention.start < length.end and length.start < mention.end for mention in dates):
        return False
    before = plain[max(0, length.start - 24) : length.start]
    if _NOT_LENGTH_BEFORE.search(before) or re.match(
        r" (?:ago|earlier|later|after|before|into|of war|notice)",
        plain[length.end : length.end + 10],
    ):
        return False
    return bool(_LENGTH_AFTER.match(plain, length.end, length.end + 70)) or (
        bool(
            re.search(
                rf"\b(?:for|lasts?|lasting|last for|hold for|period of|"
                rf"duration:?|{words.PAUSE_NOUN} of) (?:at least )?$",
                before,
            )
        )
        and not re.match(r" (?:a|per|each) day", plain[length.end : length.end + 10])
    )


def _daily(sentence: Sentence) -> tuple[int, int] | None:
    for match in _DAILY.finditer(sentence.plain):
        around = sentence.plain[max(0, match.start() - 14) : match.end()]
        if match[0] in {"a day", "per day"} and not _COUNTS_PER_DAY.search(around):
            continue
        if match[0] in {"a day", "per day"} and re.search(r"24 hours (?:a|per) day", around):
            continue
        return sentence.start + match.start(), sentence.start + match.end()
    return None
