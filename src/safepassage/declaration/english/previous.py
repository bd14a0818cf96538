"""Find in English text an earlier attempt: when, of what kind, how it ended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.dates import DateMention, resolve
from safepassage.declaration.english import words
from safepassage.declaration.english.dates import find_dates
from safepassage.declaration.english.roles import clauses
from safepassage.declaration.findings import RESOLVED, STATED, Finding
from safepassage.declaration.model import Previous

if TYPE_CHECKING:
    from datetime import date

    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.text import Sentence

__all__ = ["find_earlier"]

_COLLAPSED = (
    r"collaps|broke down|broken down|broke up|breakdown|fell apart|fallen apart|"
    r"unravel|hold|held|last"
)
_OUTCOMES = (
    ("collapsed", _COLLAPSED),
    ("violated", r"violated|broken|breached|not respected|ignored"),
    ("expired", r"expired|lapsed"),
    ("cancelled", r"cancelled|abandoned|suspended|called off"),
    ("extended", r"extended"),
    ("failed", r"failed"),
    ("ended", r"ended"),
)
_EARLIER = re.compile(
    r"(?<![\w-])(?:earlier|previous|prior|past|similar|failed|last|first|latest)(?![\w])"
)
_WHEN = re.compile(
    r"(?<![\w-])(?:last (?:week|month|year|summer|winter|spring|autumn|fall)|earlier this "
    r"(?:week|month|year)|in (?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december))(?![\w])"
)


def find_earlier(reading: Reading, announced_on: date | None) -> list[Finding[Previous]]:
    """Find earlier attempts: when, of what kind, how they ended; the one told most fully first."""
    found: list[tuple[float, Finding[Previous]]] = []
    for sentence, role in reading.rows():
        told = _previous_in(sentence, role.past, announced_on) if role.past else None
        if told is not None and not any(_is_one(told[1].value, each.value) for _, each in found):
            found.append(told)
    best = sorted(found, key=lambda each: -each[0])
    return [finding for _, finding in best[:_MOST]]


_MOST = 6


def _is_one(first: Previous, second: Previous) -> bool:
    """Tell whether two may be one attempt: of one day, or one of them is not dated."""
    return first.around == second.around or None in {first.around, second.around}


def _previous_in(
    sentence: Sentence, past: tuple[tuple[int, int], ...], announced_on: date | None
) -> tuple[float, Finding[Previous]] | None:
    spans = _looking_back(sentence, past)
    plain = sentence.plain
    noun = next((m for m in words.PAUSE.finditer(plain) if _inside(m.start(), spans)), None)
    if noun is None:
        noun = next((m for m in words.CORRIDOR.finditer(plain) if _inside(m.start(), spans)), None)
    if noun is None:
        return None
    ended = next((m for m in words.ENDED.finditer(plain) if _inside(m.start(), spans)), None)
    dates = [m for m in find_dates(plain) if _inside(m.start, spans)]
    dated = next(((m, day) for m in dates if (day := _past_day(m, announced_on)) is not None), None)
    when = _WHEN.search(plain)
    if when is not None and not _inside(when.start(), spans):
        when = None
    earlier = _EARLIER.search(plain[max(0, noun.start() - 40) : noun.end()])
    if not (dated or when or earlier) or not (ended or dated or when):
        return None
    marks = [noun.span(), *([ended.span("verb")] if ended else [])]
    marks += [(dated[0].start, dated[0].end)] if dated else [when.span()] if when else []
    start, end = min(s for s, _ in marks), max(e for _, e in marks)
    day = dated[1] if dated else None
    told = plain[dated[0].start : dated[0].end] if dated else when[0] if when else None
    value = Previous(
        kind=_kind_of(noun), when=told,
        days_before=(announced_on - day).days if day and announced_on else None,
        around=day, outcome=_outcome(ended["verb"]) if ended else None,
    )  # fmt: skip
    score = 2 * bool(ended) + 2 * bool(dated) + bool(when) + bool(earlier)
    confidence = STATED if dated and ended else RESOLVED
    return score, Finding(value, sentence.start + start, sentence.start + end, confidence)


def _looking_back(sentence: Sentence, past: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Give the past clauses, each with the bare neighbours that it completes.

    "Two weeks ago, a similar short ceasefire collapsed" is cut at the comma, and both
    halves look back.
    """
    spans = [(start - sentence.start, end - sentence.start) for start, end in past]
    live = (words.FUTURE, words.ANNOUNCES)
    for start, end in clauses(sentence):
        first, last = start - sentence.start, end - sentence.start
        clause = sentence.plain[first:last]
        if (first, last) not in spans and not any(pattern.search(clause) for pattern in live):
            spans.append((first, last))
    return spans


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _past_day(mention: DateMention, announced_on: date | None) -> date | None:
    day = resolve(mention, announced_on, direction="past")
    if day is None or (announced_on is not None and day >= announced_on):
        return None
    if announced_on is None and not mention.is_absolute:
        return None
    return day


def _kind_of(noun: re.Match[str]) -> str:
    if "phrase" not in noun.re.groupindex:
        return "humanitarian corridor"
    if "humanitarian" in noun["phrase"] or re.search(r"pause|lull|window", noun["noun"]):
        return "humanitarian pause"
    return "cessation of hostilities" if "cessation" in noun["noun"] else "ceasefire"


def _outcome(verb: str) -> str:
    if verb == "held":
        return "held"
    return next((name for name, pattern in _OUTCOMES if re.search(pattern, verb)), verb)
