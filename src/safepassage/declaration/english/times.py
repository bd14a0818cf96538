"""Collect from English sentences what they say of time."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from safepassage.declaration.dates import DateMention, resolve
from safepassage.declaration.english import words
from safepassage.declaration.english.clocks import find_clocks, find_hours, find_lengths
from safepassage.declaration.english.dates import find_dates
from safepassage.declaration.english.sources import Reading, is_reporting
from safepassage.declaration.windows import Clues

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from safepassage.declaration.clock import Hours, Length
    from safepassage.declaration.english.roles import Role
    from safepassage.declaration.findings import Finding
    from safepassage.declaration.text import Sentence

__all__ = ["find_clues"]

_DAILY = re.compile(
    r"(?<![\w-])(?:every (?:single )?(?:day|morning|evening|afternoon|night)|each (?:day|morning|evening|night)|daily|a day|per day|"
    r"everyday|nightly)(?![\w])(?! (?:briefing|newspaper|paper|report|press|life|needs|bread|conference|update|bulletin|figures|casualt))"
)
_COUNTS_PER_DAY = re.compile(r"hours (?:a|per|each|every) day|\d (?:a|per) day|times (?:a|per|each) day")
_NOT_LENGTH_BEFORE = re.compile(
    r"(?:\b(?:within|past|last|in|every|after|previous|first|next|another|of war|by|only|than|extended by|prolonged by|additional|further)|the last|the past) (?:the )?(?:a )?$"
)
_LENGTH_BEFORE = re.compile(r"\b(?:for|lasts?|lasting|of|last for|hold for|a|an|the|new|humanitarian|its|this|declared|announced|another|planned)[ ]$")
_LENGTH_AFTER = re.compile(rf"[ -]?(?:long )?[,]?(?: [\w-]{{2,14}}){{0,3}}? ?(?:{words.PAUSE_NOUN}|halt|suspension|corridors?|window|break|regime|period)\b")
_LABELLED = re.compile(r"(?:time|times|hours|when|start|end|begins?|ends?|opening|opens?|closes?|date|duration|period|schedule)\b[\w ()]{0,24}:")
_NEIGHBOURS = 3


def find_clues(
    reading: Reading, zone_of: Callable[[str], str | None], dateline: Finding[date] | None, elsewhere: frozenset[int]
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
    dateline_at = dateline.start if dateline else None
    topic_at = -99
    daily: tuple[int, int] | None = None
    for sentence, role in reading.rows():
        if role.names and role.may_state_terms:
            topic_at = sentence.index
            daily = daily or (None if sentence.index in elsewhere else _daily_pause(sentence))
        if not role.may_state_terms or sentence.index in elsewhere:
            continue
        if dateline_at is not None and sentence.start <= dateline_at < sentence.end and not role.names:
            continue
        near = sentence.index - topic_at <= _NEIGHBOURS or _named_soon(reading, sentence)
        if _LABELLED.match(sentence.plain) or (near and (role.names or _states(sentence))):
            clue = _clues(reading, sentence, role, zone_of, dateline)
            if clue is not None:
                found.append(clue)
    return [replace(clue, daily=clue.daily or daily) if clue.hours else clue for clue in found]


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
    short = len(sentence.plain.split()) <= 8  # noqa: PLR2004
    return short or bool(words.FUTURE.search(sentence.plain) or words.STATES.search(sentence.plain))


def _named_soon(reading: Reading, sentence: Sentence) -> bool:
    following = reading.roles[sentence.index + 1 : sentence.index + 2]
    return any(role.names and role.may_state_terms for role in following)


def _clues(
    reading: Reading, sentence: Sentence, role: Role, zone_of: Callable[[str], str | None], dateline: Finding[date] | None
) -> Clues | None:
    plain, start, end = reading.text.plain, sentence.start, sentence.end
    dateline_at = dateline.start if dateline else None
    written = dateline.value if dateline else None
    every = find_dates(plain, start, end)
    clocks = find_clocks(plain, start, end, zone_of)
    hours = tuple(
        one
        for one in find_hours(plain, start, end, clocks, every)
        if not role.is_past(one.start) and _is_of_pause(sentence, one)
    )
    dates = tuple(
        _anchored(mention, written)
        for mention in every
        if not (mention.side == "past" or (mention.offset or 0) < 0 or role.is_past(mention.start))
        and not (dateline_at is not None and mention.start == dateline_at)
        and (_beside(mention, hours) or not is_reporting(mention, sentence))
    )
    dates = _bracketed_spans(dates, plain)
    lengths = tuple(
        length for length in find_lengths(plain, start, end) if _is_length(plain, length, every) and not role.is_past(length.start)
    )
    daily = _daily(sentence)
    if not (hours or dates or lengths):
        return None
    return Clues(sentence.index, role.names, _subject(sentence), hours, dates, lengths, daily)


def _beside(mention: DateMention, hours: tuple[Hours, ...]) -> bool:
    """Tell whether a day stands right beside hours, which makes it theirs."""
    return any(-2 <= mention.start - one.end <= 5 or 0 <= one.start - mention.end <= 7 for one in hours)


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
        if mention.link == "and" and re.search(r"\bbetween (?:the )?$", plain[max(0, mention.start - 12) : mention.start])
        else mention
        for mention in dates
    )


def _subject(sentence: Sentence) -> Literal["pause", "corridor"] | None:
    if words.PAUSE.search(sentence.plain) or words.SUSPENDS.search(sentence.plain):
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
    clause = re.split(r"[,;]", before)[-1]
    if words.VIOLENCE.search(clause) and not words.PAUSE.search(clause):
        return False
    after = sentence.plain[hours.end - sentence.start :][:40]
    return not re.match(r"[ ,]{0,2}(?:a )?(?:curfew|briefing|press conference|news conference)", after)


def _is_length(plain: str, length: Length, dates: list[DateMention]) -> bool:
    if any(mention.start < length.end and length.start < mention.end for mention in dates):
        return False
    before = plain[max(0, length.start - 24) : length.start]
    if _NOT_LENGTH_BEFORE.search(before) or re.match(r" (?:ago|earlier|later|after|before|of war|notice)", plain[length.end : length.end + 10]):
        return False
    return bool(_LENGTH_AFTER.match(plain, length.end, length.end + 70)) or (
        bool(re.search(r"\b(?:for|lasts?|lasting|last for|hold for|period of|duration:?) (?:at least )?$", before))
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
