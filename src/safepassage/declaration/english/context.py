"""Find in English text the kind of pause, its purpose and its appeal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.departures import fighters_leave
from safepassage.declaration.english.halting import (
    AGREED_LEAVING,
    EVACUATES,
    OPENS_ROAD,
    PERMITS,
    REFRAINS,
    SUSPENDS,
)
from safepassage.declaration.english.sources import speaker_of
from safepassage.declaration.findings import DERIVED, RESOLVED, STATED, Finding
from safepassage.declaration.model import Appeal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.model import AnnouncedWindow, Kind
    from safepassage.declaration.text import Sentence

__all__ = ["AppealFound", "find_appeals", "find_called", "find_kind", "find_purpose"]

# --- kind -----------------------------------------------------------------------------

_SHORT_DAYS = 14
"""A stop in fighting for aid or evacuation up to this long is read as a pause, not a
ceasefire (an assumption: the UN's definition says only "for a defined period")."""


def find_called(reading: Reading) -> Finding[str] | None:
    """Find the text's own term, from the first live sentence in running text that has one."""
    rows = [(s, r) for s, r in reading.rows() if r.names and not r.looks_back]
    if any(r.live for _, r in rows):
        rows = [(s, r) for s, r in rows if not (r.denies or r.doubtful)]
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


def find_kind(
    reading: Reading, called: Finding[str] | None, windows: Sequence[AnnouncedWindow]
) -> Finding[Kind] | None:
    """Tell the kind by the United Nations' definitions, as far as the words go.

    A *humanitarian pause* is a temporary stop in fighting for humanitarian purposes, for
    a defined time and area; a *humanitarian corridor* is a route for safe passage; a
    *ceasefire* and a *cessation of hostilities* suspend the fighting at large (OCHA,
    "Glossary of terms: pauses during conflict", 2011). Whether all parties agreed, which
    each of these asks for, stands under consent.
    """
    if called is None:
        return _kind_untold(reading)
    term = called.value
    confidence = STATED
    if re.search(
        r"local (?:agreement|settlement|truce|ceasefire)|reconciliation|evacuation (?:deal|"
        r"agreement)",
        term,
    ):
        kind: Kind = "local agreement"
    elif re.search(r"regime|(?:period|hours|days?) of (?:silence|calm|quiet)", term):
        kind = "humanitarian pause" if "humanitarian" in term else "ceasefire"
        confidence = RESOLVED
    elif re.search(r"cessation|suspension of|halt of|freeze of|period of", term):
        kind = "cessation of hostilities"
        if _is_short(windows) and _is_humanitarian(reading):
            kind, confidence = "humanitarian pause", DERIVED
    elif re.search(r"pause|lull|window|break|respite", term):
        kind = "humanitarian pause"
        confidence = STATED if "humanitarian" in term else RESOLVED
    elif words.PAUSE.search(term):
        told = "humanitarian" in term
        bounded = _is_short(windows) or re.search(r"-hour|-day|-week|day-long", term) is not None
        within = bool(windows) and all(w.end - w.start <= timedelta(days=1) for w in windows)
        pause = (told and (bounded or "truce" in term)) or (
            (within or (bounded and _is_called_humanitarian(reading))) and _is_humanitarian(reading)
        )
        kind = "humanitarian pause" if pause else "ceasefire"
        confidence = RESOLVED if pause else STATED
    else:
        kind = "humanitarian corridor"
        if _leaving(reading) is not None:
            kind, confidence = "local agreement", DERIVED
    return Finding(kind, called.start, called.end, confidence)


def _kind_untold(reading: Reading) -> Finding[Kind] | None:
    """Tell the kind of what the text has no noun for: fire that stops, people who are let out."""
    plain = reading.text.plain
    leaving = AGREED_LEAVING.search(plain)
    if leaving is not None:
        return Finding("local agreement", *leaving.span(), DERIVED)
    match = SUSPENDS.search(plain) or REFRAINS.search(plain)
    if match is not None:
        kind: Kind = "humanitarian pause" if _is_humanitarian(reading) else "ceasefire"
        return Finding(kind, match.start(), match.end(), DERIVED)
    one = _leaving(reading)
    if one is not None:
        return Finding("local agreement", one.start, one.end, DERIVED)
    road = OPENS_ROAD.search(plain) or EVACUATES.search(plain) or PERMITS.search(plain)
    return Finding("humanitarian corridor", *road.span(), DERIVED) if road else None


def _leaving(reading: Reading) -> Sentence | None:
    """Give the live sentence in which fighters leave under a deal."""
    rows = (one for one, role in reading.rows() if role.live)
    return next((one for one in rows if fighters_leave(reading.text, one)), None)


def _is_short(windows: Sequence[AnnouncedWindow]) -> bool:
    return bool(windows) and all(w.end - w.start <= timedelta(days=_SHORT_DAYS) for w in windows)


def _is_called_humanitarian(reading: Reading) -> bool:
    """Tell whether the pause is called humanitarian anywhere it is announced."""
    return any(
        _FOR_HUMANITY.search(sentence.plain)
        or any("humanitarian" in match["phrase"] for match in words.PAUSE.finditer(sentence.plain))
        for sentence, role in reading.rows()
        if role.names and not role.looks_back
    )


_FOR_HUMANITY = re.compile(r"humanitarian (?:reasons|grounds|purposes|considerations|needs)")


def _is_humanitarian(reading: Reading) -> bool:
    return any(
        words.HUMANITARIAN.search(sentence.plain)
        for sentence, role in reading.rows()
        if role.names and not role.looks_back
    )


# --- purpose and appeal ---------------------------------------------------------------

_PURPOSE = re.compile(
    r"(?<![\w-])(?:(?:in order|so as) (?P<a>to [a-z][^.;\n\"()]{4,160})"
    r"|to \"?(?P<b>(?:avoid|allow|enable|permit|let|give|facilitate|ensure|help|make it "
    r"possible|spare|protect|prevent|save|bring|deliver|evacuate|provide|get|reduce) "
    r"[^.;\n\"()]{4,160})"
    r"|(?P<c>so that [^.;\n\"()]{4,160})|(?:aimed at|with the (?:aim|goal|purpose|objective) "
    r"of|for the purpose of|intended for|meant for) (?P<d>[a-z]{3,14}ing [^.;\n\"()]{4,140})"
    r"|(?:aim|purpose|goal|objective)(?: of the \w+(?: \w+)?)? (?:is|was) (?P<e>to "
    r"[a-z][^.;\n\"()]{4,160})"
    r"|(?P<f>for the (?:evacuation|exit|departure|delivery|passage|safe passage|removal) of "
    r"[^.;\n\"()]{3,120}))"
)
_PURPOSE_END = re.compile(
    r", (?!(?:children|women|and|the elderly|elderly|sick|wounded|food|water|medicine|or)\b)| "
    r"- |,? (?:from|between|on|at) (?=\d|the \d|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday)|,? (?:starting|beginning|will be|has been|is to be|the (?:ministry|"
    r"army|military|statement) said)\b"
)


def find_purpose(
    reading: Reading, issuer: Actor | None, elsewhere: frozenset[int]
) -> Finding[str] | None:
    """Find what the pause is said to be for: in the issuer's own words where they are given."""
    best: tuple[int, Finding[str]] | None = None
    for sentence, role in reading.rows():
        if (
            not role.may_state_terms
            or not (role.live or _OF_PAUSE.match(sentence.plain))
            or sentence.index in elsewhere
            or words.VIOLENCE.search(sentence.plain)
        ):
            continue
        for match in _PURPOSE.finditer(sentence.plain):
            if role.is_past(sentence.start + match.start()) or _is_asked(sentence.plain, match):
                continue
            if words.WISHES.search(sentence.plain[: match.start()]):
                continue
            found = _purpose(reading, sentence, match)
            rank = int(found.confidence == STATED)
            rank += 2 * (match.lastgroup in {"a", "c", "d", "e"})
            rank += 2 * _is_quoted(reading, sentence, match, issuer)
            if best is None or rank > best[0]:
                best = rank, found
    return best[1] if best else None


_OF_PAUSE = re.compile(
    r"[\"']?(?:the|this|its?|these) (?:[\w-]{2,14} ){0,2}(?:is|are|will be|was) (?:meant|"
    r"intended|designed|to|aimed)\b"
)


def _purpose(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Finding[str]:
    group = str(match.lastgroup)
    end = _PURPOSE_END.search(match[group])
    length = len((match[group][: end.start()] if end else match[group]).rstrip(" ,"))
    begin = sentence.start + match.start(group)
    sure = words.HUMANITARIAN.search(reading.text.plain, begin, begin + length) is not None
    value = _own_words(reading, begin, begin + length)
    if group == "b" and value.isascii():
        value = f"to {value}"
    return Finding(value, begin, begin + length, STATED if sure else RESOLVED)


def _own_words(reading: Reading, start: int, end: int) -> str:
    """Give the text's own words where it is not in English, and the English else."""
    quote = reading.text.quote(start, end)
    foreign = any(sign.isalpha() and ord(sign) > _LAST_LATIN for sign in quote)
    return " ".join(quote.split()) if foreign else reading.text.cased[start:end]


_LAST_LATIN = 0x24F


def _is_asked(plain: str, match: re.Match[str]) -> bool:
    """Tell "appealed to fighters to let ..." from a purpose."""
    before = plain[max(0, match.start() - 30) : match.start()]
    return match.lastgroup == "b" and _ASKED.search(before) is not None


_ASKED = re.compile(
    r"(?:appeal|call|urg|order|refus|fail|unable|inability|agree|allow|have|due|plan)\w{0,4} "
    r"(?:\w+ ){0,3}$"
)


def _is_quoted(
    reading: Reading, sentence: Sentence, match: re.Match[str], issuer: Actor | None
) -> bool:
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

    @property
    def whole(self) -> Finding[Appeal]:
        """Give both as one value."""
        value = Appeal(to=self.to.value, words=self.words.value)
        return Finding(value, self.to.start, self.words.end, self.words.confidence)


_APPEAL = re.compile(
    r"(?<![\w-])(?P<who>we |once again |again )?(?:(?:appeal(?:s|ed)?|appealing)(?: directly| "
    r"again| once more| urgently)? to|call(?:s|ed|ing)? (?:up)?on|urg(?:es|ed|e|ing)) "
    r"(?P<to>(?:the |all )?[a-z][^.;:\n\"()]{2,90}?)(?:: ?| to (?!the leaders)|, "
    r")(?P<what>[a-z][^.;\n\"]{4,220})"
)


def find_appeals(reading: Reading, issuer: Actor | None) -> list[AppealFound]:
    """Find the appeals that the announcement itself makes; others' appeals do not count."""
    plain = reading.text.plain
    found: list[AppealFound] = []
    for sentence, role in reading.rows():
        if role.looks_back:
            continue
        match = _APPEAL.search(sentence.plain)
        if match is None:
            continue
        begin = sentence.start + match.start()
        before = [actor for actor in reading.actors_in(sentence) if actor.end <= begin]
        subject = before[-1] if before and not match["who"] else None
        if (
            subject is not None
            and issuer is not None
            and subject.name != issuer.name
            and subject.code != issuer.code
        ):
            continue
        if subject is not None and subject.kind in {"body", "media"}:
            continue
        to = sentence.start + match.start("to")
        what = sentence.start + match.start("what")
        end = what + len(plain[what : sentence.start + match.end("what")].rstrip(" ,"))
        to_end = sentence.start + match.end("to")
        found.append(
            AppealFound(
                Finding(_own_words(reading, to, to_end), to, to_end),
                Finding(_own_words(reading, what, end), what, end),
            )
        )
    return found
