"""Find in English sentences that hours come back: every day, or on days that share them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english import words

if TYPE_CHECKING:
    from safepassage.declaration.clock import Hours
    from safepassage.declaration.dates import DateMention
    from safepassage.declaration.text import Sentence

__all__ = ["daily_in", "daily_pause", "days_with_same_hours"]

_DAILY = re.compile(
    r"(?<![\w-])(?:every (?:single )?(?:day|morning|evening|afternoon|night)|each (?:day|"
    r"morning|evening|night)|daily|a day|per day|"
    r"everyday|nightly)(?![\w])(?! (?:briefing|newspaper|paper|report|press|life|needs|bread|"
    r"conference|update|bulletin|figures|casualt))"
)


_SAME_HOURS = re.compile(
    r"(?<![\w-])same (?:hours|times?|schedule)? ?(?:\w+ ){0,2}(?:on|for|in) (?:the "
    r")?(?:following|next|"
    r"coming|other|later|subsequent) (?:\w+ )?days(?![\w])|(?<![\w-])on the (?:following|next) days"
)


_COUNTS_PER_DAY = re.compile(
    r"hours (?:a|per|each|every) day|\d (?:a|per) day|times (?:a|per|each) day"
)


def daily_pause(sentence: Sentence) -> tuple[int, int] | None:
    """Find "a daily pause", which makes hours told elsewhere daily too."""
    for match in words.PAUSE.finditer(sentence.plain):
        at = match["phrase"].find("daily")
        if at >= 0:
            start = sentence.start + match.start("phrase") + at
            return start, start + len("daily")
    return None


def days_with_same_hours(
    plain: str, start: int, end: int, dates: tuple[DateMention, ...], hours: tuple[Hours, ...]
) -> tuple[DateMention, ...]:
    """Give the days of "and on Tuesday, 8 March, in the same hours"."""
    found = _AGAIN.search(plain, start, end)
    if found is None or len(hours) != 1 or None in {hours[0].opens, hours[0].closes}:
        return ()
    return tuple(
        mention
        for mention in dates
        if hours[0].end < mention.start and -2 <= found.start() - mention.end <= _BESIDE
    )


_AGAIN = re.compile(
    r"(?<![\w-])(?:(?:in|during|at|for|between) the same (?:hours|times?)|(?:at )?the same "
    r"times?|same hours)"
    r"(?![\w])"
)


_BESIDE = 4


def daily_in(sentence: Sentence) -> tuple[int, int] | None:
    """Find "every day", "daily", "the same hours on the following days"."""
    again = _SAME_HOURS.search(sentence.plain)
    if again is not None:
        return sentence.start + again.start(), sentence.start + again.end()
    for match in _DAILY.finditer(sentence.plain):
        around = sentence.plain[max(0, match.start() - 14) : match.end()]
        if match[0] in {"a day", "per day"} and not _COUNTS_PER_DAY.search(around):
            continue
        if match[0] in {"a day", "per day"} and re.search(r"24 hours (?:a|per) day", around):
            continue
        return sentence.start + match.start(), sentence.start + match.end()
    return None
