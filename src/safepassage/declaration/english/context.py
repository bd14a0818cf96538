"""Find in English text the kind of pause, its purpose, its appeal, and earlier attempts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from safepassage.declaration.dates import DateMention, resolve
from safepassage.declaration.english import words
from safepassage.declaration.english.dates import find_dates
from safepassage.declaration.english.roles import clauses
from safepassage.declaration.english.sources import Reading, speaker_of
from safepassage.declaration.findings import DERIVED, RESOLVED, STATED, Finding
from safepassage.declaration.model import AnnouncedWindow, Kind, Previous

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.text import Sentence

__all__ = ["AppealFound", "find_appeal", "find_called", "find_kind", "find_previous", "find_purpose"]

# --- kind -----------------------------------------------------------------------------

_SHORT_DAYS = 14
"""A stop in fighting for aid or evacuation up to this long is read as a pause, not a
ceasefire (an assumption: the UN's definition says only "for a defined period")."""


def find_called(reading: Reading) -> Finding[str] | None:
    """Find the text's own term, from the first live sentence in running text that has one."""
    rows = [(s, r) for s, r in reading.rows() if r.names and not r.looks_back]
    ranked = sorted(rows, key=lambda row: (not row[1].live, row[0].is_heading, row[0].index))
    for pattern, group in ((words.PAUSE, "phrase"), (words.CORRIDOR, "noun")):
        weak: Finding[str] | None = None
        for sentence, role in ranked:
            for match in pattern.finditer(sentence.plain):
                start = sentence.start + match.start(group)
                if role.is_past(start):
                    continue
                found = Finding(match[group], start, sentence.start + match.end(group))
                if "humanitarian" in match[group] or group == "noun" or match["pre"]:
                    return found
                weak = weak or found
        if weak is not None:
            return weak
    return None


def find_kind(reading: Reading, called: Finding[str] | None, windows: Sequence[AnnouncedWindow]) -> Finding[Kind] | None:
    """Tell the kind by the United Nations' definitions, as far as the words go.

    A *humanitarian pause* is a temporary stop in fighting for humanitarian purposes, for
    a defined time and area; a *humanitarian corridor* is a route for safe passage; a
    *ceasefire* and a *cessation of hostilities* suspend the fighting at large (OCHA,
    "Glossary of terms: pauses during conflict", 2011). Whether all parties agreed, which
    each of these asks for, stands under consent.
    """
    if called is None:
        match = words.SUSPENDS.search(reading.text.plain)
        if match is None:
            return None
        kind: Kind = "humanitarian pause" if _is_humanitarian(reading) else "ceasefire"
        return Finding(kind, match.start(), match.end(), DERIVED)
    term = called.value
    confidence = STATED
    if re.search(r"local (?:agreement|settlement|truce|ceasefire)|reconciliation|evacuation (?:deal|agreement)", term):
        kind = "local agreement"
    elif re.search(r"cessation|regime|suspension of|halt of|period of", term):
        kind = "cessation of hostilities"
        if _is_short(windows) and _is_humanitarian(reading):
            kind, confidence = "humanitarian pause", DERIVED
    elif re.search(r"pause|lull|window|break|respite", term):
        kind = "humanitarian pause"
        confidence = STATED if "humanitarian" in term else RESOLVED
    elif words.PAUSE.search(term):
        bounded = _is_short(windows) or re.search(r"humanitarian|-hour|day-long", term) is not None
        pause = "humanitarian" in term or (bounded and _is_humanitarian(reading))
        kind = "humanitarian pause" if pause else "ceasefire"
        confidence = RESOLVED if pause else STATED
    else:
        kind = "humanitarian corridor"
    return Finding(kind, called.start, called.end, confidence)


def _is_short(windows: Sequence[AnnouncedWindow]) -> bool:
    return bool(windows) and all(w.end - w.start <= timedelta(days=_SHORT_DAYS) for w in windows)


def _is_humanitarian(reading: Reading) -> bool:
    return any(
        words.HUMANITARIAN.search(sentence.plain)
        for sentence, role in reading.rows()
        if role.names and not role.looks_back
    )


# --- purpose and appeal ---------------------------------------------------------------

_PURPOSE = re.compile(
    r"(?<![\w-])(?:(?:in order|so as) (?P<a>to [a-z][^.;\n\"()]{4,160})"
    r"|to \"?(?P<b>(?:avoid|allow|enable|permit|let|give|facilitate|ensure|help|make it possible|spare|protect|prevent|save|bring|deliver|evacuate|provide|get|reduce) [^.;\n\"()]{4,160})"
    r"|(?P<c>so that [^.;\n\"()]{4,160})|(?:aimed at|with the (?:aim|goal|purpose|objective) of|for the purpose of|intended for|meant for) (?P<d>[a-z]{3,14}ing [^.;\n\"()]{4,140})"
    r"|(?:aim|purpose|goal|objective)(?: of the \w+(?: \w+)?)? (?:is|was) (?P<e>to [a-z][^.;\n\"()]{4,160})"
    r"|(?P<f>for the (?:evacuation|exit|departure|delivery|passage|safe passage|removal) of [^.;\n\"()]{3,120}))"
)
_PURPOSE_END = re.compile(
    r", (?!(?:children|women|and|the elderly|elderly|sick|wounded|food|water|medicine|or)\b)| - |,? (?:from|between|on|at) (?=\d|the \d|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|,? (?:starting|beginning|will be|has been|is to be|the (?:ministry|army|military|statement) said)\b"
)


def find_purpose(reading: Reading, issuer: Actor | None, elsewhere: frozenset[int]) -> Finding[str] | None:
    """Find what the pause is said to be for: in the issuer's own words where they are given."""
    best: tuple[int, Finding[str]] | None = None
    for sentence, role in reading.rows():
        if not role.may_state_terms or not (role.live or _OF_PAUSE.match(sentence.plain)) or sentence.index in elsewhere or words.VIOLENCE.search(sentence.plain):
            continue
        for match in _PURPOSE.finditer(sentence.plain):
            if role.is_past(sentence.start + match.start()) or _is_asked(sentence.plain, match):
                continue
            if words.WISHES.search(sentence.plain[: match.start()]):
                continue
            found = _purpose(reading, sentence, match)
            rank = found.confidence == STATED
            rank += 2 * (match.lastgroup in {"a", "c", "d", "e"})
            rank += 2 * _is_quoted(reading, sentence, match, issuer)
            if best is None or rank > best[0]:
                best = rank, found
    return best[1] if best else None


_OF_PAUSE = re.compile(r"[\"']?(?:the|this|its?|these) (?:[\w-]{2,14} ){0,2}(?:is|are|will be|was) (?:meant|intended|designed|to|aimed)\b")


def _purpose(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Finding[str]:
    group = str(match.lastgroup)
    end = _PURPOSE_END.search(match[group])
    length = len((match[group][: end.start()] if end else match[group]).rstrip(" ,"))
    begin = sentence.start + match.start(group)
    value = reading.text.cased[begin : begin + length]
    if group == "b":
        value = f"to {value}"
    sure = words.HUMANITARIAN.search(value.lower()) is not None
    return Finding(value, begin, begin + length, STATED if sure else RESOLVED)


def _is_asked(plain: str, match: re.Match[str]) -> bool:
    """Tell "appealed to fighters to let ..." from a purpose."""
    before = plain[max(0, match.start() - 30) : match.start()]
    return match.lastgroup == "b" and _ASKED.search(before) is not None


_ASKED = re.compile(
    r"(?:appeal|call|urg|order|refus|fail|unable|inability|agree|allow|have|due|plan)\w{0,4} (?:\w+ ){0,3}$"
)


def _is_quoted(reading: Reading, sentence: Sentence, match: re.Match[str], issuer: Actor | None) -> bool:
    """Tell whether the words stand in a quotation, or the sentence is the issuer's."""
    if sentence.plain[: match.start()].count('"') % 2:
        return True
    speaker = speaker_of(reading, sentence, issuer)
    return speaker is not None and issuer is not None and speaker.name == issuer.name


@dataclass(frozen=True, slots=True)
class AppealFound:
    """Hold an appeal and to whom it is made."""

    to: Finding[str]
    words: Finding[str]


_APPEAL = re.compile(
    r"(?<![\w-])(?P<who>we |once again |again )?(?:(?:appeal(?:s|ed)?|appealing)(?: directly| again| once more| urgently)? to|call(?:s|ed|ing)?(?: up)?on|urg(?:es|ed|e|ing)) "
    r"(?P<to>(?:the |all )?[a-z][^.;:\n\"()]{2,90}?)(?:: ?| to (?!the leaders)|, )(?P<what>[a-z][^.;\n\"]{4,220})"
)


def find_appeal(reading: Reading, issuer: Actor | None) -> AppealFound | None:
    """Find the appeal that the announcement itself makes; others' appeals do not count."""
    plain, cased = reading.text.plain, reading.text.cased
    for sentence, role in reading.rows():
        if role.looks_back:
            continue
        match = _APPEAL.search(sentence.plain)
        if match is None:
            continue
        begin = sentence.start + match.start()
        before = [actor for actor in reading.actors_in(sentence) if actor.end <= begin]
        subject = before[-1] if before and not match["who"] else None
        if subject is not None and issuer is not None and subject.name != issuer.name and subject.code != issuer.code:
            continue
        if subject is not None and subject.kind in {"body", "media"}:
            continue
        to = sentence.start + match.start("to")
        what = sentence.start + match.start("what")
        end = what + len(plain[what : sentence.start + match.end("what")].rstrip(" ,"))
        return AppealFound(
            Finding(cased[to : sentence.start + match.end("to")], to, sentence.start + match.end("to")),
            Finding(cased[what:end], what, end),
        )
    return None


# --- earlier attempts -----------------------------------------------------------------

_OUTCOMES = (
    ("collapsed", r"collaps|broke down|broken down|fell apart|fallen apart|unravel|hold|held|last|broke up|breakdown"),
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
_WHEN = re.compile(r"(?<![\w-])(?:last (?:week|month|year|summer|winter|spring|autumn|fall)|earlier this (?:week|month|year)|in (?:january|february|march|april|may|june|july|august|september|october|november|december))(?![\w])")


def find_previous(reading: Reading, announced_on: date | None) -> Finding[Previous] | None:
    """Find an earlier attempt: when, of what kind, how it ended."""
    best: tuple[float, Finding[Previous]] | None = None
    for sentence, role in reading.rows():
        if not role.past:
            continue
        found = _previous_in(sentence, role.past, announced_on)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best else None


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
    value = Previous(
        kind=_kind_of(noun), when=plain[dated[0].start : dated[0].end] if dated else when[0] if when else None,
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
