"""Tie the times of day of an English sentence into hours: which opens, which closes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from safepassage.declaration.clock import DAY_MIN, Clock, Hours
from safepassage.declaration.english.departures import departs_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from safepassage.declaration.dates import DateMention

__all__ = ["find_hours"]

_FILLER = (
    r"(?:and|before|then|will|would|shall|is|are|to|be|it|they|remain|remaining|stay|staying|"
    r"open|in|force|last|lasts|lasting|run|runs|running|continue|continuing|continues|hold|"
    r"holds|holding|the|of|on|hours|hrs|at|its|due|expected|valid|up|same|day|next|following|"
    r"morning|evening|afternoon|night|from|local|time|was|scheduled|planned|supposed|so|silent|"
    r"quiet|thus|kept|observed|effective|start|beginning|end|for|all|that|"
    r"new|year's|christmas|easter|eve)"
)
_TIE = re.compile(
    rf"[ ,]{{0,3}}(?:{_FILLER}[ ,]{{1,4}}){{0,9}}"
    r"(?:to|until|till|til|through|-|\||ends?|ending|clos(?:e|es|ing)|shuts?|expir(?:e|es|ing)|"
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
        restated, after = _restated(plain, clocks, index, _day_end(plain, first, dates))
        second = clocks[after] if after < len(clocks) else None
        if second is not None and _tied(plain, start, first, restated, second, dates):
            again, after = _restated(plain, clocks, after, second.end)
            ranges.append(_range(plain, start, first, second, (*restated, *again)))
        else:
            ranges.extend(_single(plain, start, first, restated, dates))
        index = after
    return ranges


def _day_end(plain: str, clock: Clock, dates: Sequence[DateMention]) -> int:
    """Give the end of "00:00 on Tuesday" where the hour is told again in brackets behind it."""
    for mention in dates:
        lead = plain[clock.end : mention.start] if mention.start >= clock.end else "-"
        if re.fullmatch(r",? (?:on |of )?", lead) and plain.startswith(" (", mention.end):
            return mention.end
    return clock.end


def _restated(
    plain: str, clocks: Sequence[Clock], index: int, end: int
) -> tuple[tuple[Clock, ...], int]:
    """Collect clocks in brackets after one clock: the same time in other zones."""
    opening = re.compile(r"[ ]{0,2}[(/][ ]{0,2}$|[ ]?(?:-|to|until)[ ]?$|,? (?:or|that is),?[ ]$")
    found: list[Clock] = []
    after = index + 1
    while after < len(clocks):
        gap = plain[end : clocks[after].start]
        in_bracket = gap.lstrip(" ").startswith(("(", "/", ", that is")) or bool(found)
        if len(gap) > 11 or not in_bracket or not opening.search(gap):
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
    if opens.minute == 0 and (_AT_END.match(plain, opens.end) or _is_tonight(plain, opens)):
        opens = replace(opens, minute=DAY_MIN)
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
    if _AT_START.match(plain, clock.end):
        return False
    return clock.minute == 0 and plain[clock.start : clock.end].startswith(("midnight", "12"))


_AT_START = re.compile(r",? (?:at|from) the (?:very )?(?:start|beginning) of ")
_AT_END = re.compile(r",? at the (?:very )?end of ")


def _bracket_end(plain: str, clock: Clock, restated: tuple[Clock, ...]) -> int:
    """Give the end of a clock and of what stands in brackets behind it."""
    end = max(clock.end, *(other.end for other in restated), clock.end)
    closing = plain.find(")", end, end + 25) if restated and restated[-1].end > clock.end else -1
    return closing + 1 if closing >= 0 and "(" not in plain[end:closing] else end


def _single(
    plain: str, floor: int, clock: Clock, restated: tuple[Clock, ...], dates: Sequence[DateMention]
) -> Iterator[Hours]:
    before = _without(plain, max(floor, clock.start - 60), clock.start, dates) + " "
    before = before.removesuffix("12 o'clock ")
    end = _bracket_end(plain, clock, restated)
    if _MOVED.search(before) or _is_replaced(plain, clock.start, end):
        return
    if _CLOSES.search(before) or _PROLONGED_TO.search(before):
        midnight = _is_midnight(plain, clock)
        closes = replace(clock, minute=DAY_MIN, inferred=True) if midnight else clock
        prolongs = bool(_PROLONGED.search(before))
        yield Hours(clock.start, end, None, closes, restated, prolongs=prolongs)
    elif _is_tonight(plain, clock):
        if _OPENS.search(before) or _turn(plain, floor, clock, dates) == "opens":
            yield Hours(clock.start, end, replace(clock, minute=DAY_MIN), None, restated)
    elif not _is_midnight(plain, clock):  # which end of the day?
        turn = "opens" if _OPENS.search(before) else _turn(plain, floor, clock, dates)
        if turn == "opens":
            yield Hours(clock.start, end, clock, None, restated)
        elif turn == "closes":
            yield Hours(clock.start, end, None, clock, restated)
        elif _departs(plain, floor, clock, dates):
            opens = replace(clock, inferred=True)
            yield Hours(clock.start, end, opens, None, restated, departs=True)


def _departs(plain: str, floor: int, clock: Clock, dates: Sequence[DateMention]) -> bool:
    start = max(floor, clock.start - _REACH)
    stops = list(_HARD_STOP.finditer(plain, start, clock.start))
    lead = _without(plain, stops[-1].end() if stops else start, clock.start, dates)
    return departs_at(f" {lead} ", _without(plain, clock.end, clock.end + _REACH, dates))


def _is_tonight(plain: str, clock: Clock) -> bool:
    """Tell "midnight tonight", which ends today."""
    if not _is_midnight(plain, clock):
        return False
    around = plain[max(0, clock.start - 12) : clock.end + 9]
    return re.search(r"tonight(?: at)? (?:midnight|12)|midnight,? tonight", around) is not None


_VERB = re.compile(
    r"(?<![\w-])(?:(?P<opens>(?:start|begin|commenc|open)(?:s|ing|es|ed|e|ning)?|began|begun|"
    r"(?:takes?|taking|took|taken) (?:effect|hold)|(?:is|are|be) resumed|"
    r"(?:comes?|coming|came|enters?|entered|entering|goes?|going|went|puts?) (?:\w+ ){0,2}?into "
    r"(?:force|effect)|in (?:force|effect) (?:from|since|as of)|effective|(?:observed|valid) from)"
    r"|(?P<closes>(?:end|expir|clos|finish|conclud|shut)(?:s|es|ed|e|ing|ting)?|runs? out|be over|"
    r"is over|(?:is|are|be) lifted)"
    r"|(?P<halts>(?:stop|ceas|halt|suspend|paus)(?:s|es|ed|e|ing|ping|ped)?|fall(?:s|ing)? silent|"
    r"(?:be|are|is|go) silent|hold(?:s|ing)?|(?:not|no longer) (?:fire|shoot|shell|strike|attack|"
    r"open fire))"
    r"|(?P<other>said|says|told|tells|announced|announces|stated|reported|confirmed|arriv\w+|"
    r"gather\w*|assembl\w+|meet\w*|met|resum\w+|depart\w*|leav\w+|left|signed|issued|spoke|"
    r"held|hit|struck|killed|fell|fired|return\w*|restart\w*|continu\w+|violat\w+|broke\w*|"
    r"collaps\w+|refus\w+|reject\w*|read|published|posted|sent|briefed|agreed|approved))(?![\w])"
)
_FIRES = re.compile(
    rf"(?<![\w-])(?:{_FIRE}|air ?strikes|bombardments?|artillery|raids|combat)(?![\w])"
)
_AT = re.compile(
    r"(?:^|[ ,])(?:at|from|on|for|as of|since|exactly|sharp|today|tonight|tomorrow|-|hour|"
    r"begins?|starts?|beginning|starting|effect|force|ends?|closes?|opens?|days|hours)"
    r"[ ,]{1,3}$"
)
_HARD_STOP = re.compile(r"[;:.](?=\s)| - |, but(?= )")
_STOP = re.compile(r"[;:](?=\s)|[.](?=\s)| - |, (?:but|while|and)(?= )")


def _turn(plain: str, floor: int, clock: Clock, dates: Sequence[DateMention]) -> str | None:
    """Tell whether a lone clock opens or closes hours, by the verb that it goes with."""
    lead = plain[max(floor, clock.start - _REACH) : clock.start]
    if denied := _NOT_BUT.search(lead):  # "ends not at 16:00, but at 19:00"
        verbs = list(_VERB.finditer(lead, 0, denied.start()))
        return _meant(verbs[-1], lead) if verbs else None
    stops = list(_STOP.finditer(lead))
    lead = lead[stops[-1].end() :] if stops else lead
    bare = _without(plain, max(floor, clock.start - 60), clock.start, dates) + " "
    if not _AT.search(f" {bare}"):
        return None
    whole = _without(plain, clock.start - len(lead), clock.start, dates)
    lead = _LOOSE_AT.sub("", whole)
    verbs = list(_VERB.finditer(lead))
    own = (whole if verbs and verbs[-1]["other"] else lead).rfind(", ")
    if verbs and (verbs[-1].start() > own or not _VERB.search(_tail(plain, clock))):
        return _meant(verbs[-1], lead)
    tail = _tail(plain, clock)
    verb = _VERB.search(tail)
    return _meant(verb, lead[own + 1 :] + tail) if verb else None


_NOT_BUT = re.compile(
    r"(?<![\w-])not (?:at |until |on |from )?[^;]{2,24}, (?:while|but)(?: at| until)? $"
)
_LOOSE_AT = re.compile(r"[ ,]+(?:at|from|on|exactly at)?$")
"""What is left before a clock once its day is dropped: "ends on Sunday, 2 October, at"."""


def _tail(plain: str, clock: Clock) -> str:
    """Give the clause behind a clock."""
    tail = plain[clock.end : clock.end + _REACH]
    stop = _STOP.search(tail) or re.search(r"[.,](?=\s|$)", tail)
    return tail[: stop.start()] if stop else tail


_WAS_TO = re.compile(
    r"(?<![\w-])(?:was|were|had been) (?:originally |initially |first )?(?:due |set |scheduled |"
    r"supposed |meant |expected |planned )?to (?:\w+ ){1,4}(?:at |until |till |on )?$"
)
_REPLACED = re.compile(
    r"(?<![\w-])(?:instead|now|extend\w*|renew\w*|prolong\w*|longer|further|but|postpon\w+|"
    r"delay\w*|earlier than|cancel\w*|never|did not)(?![\w])"
)


def _is_replaced(plain: str, start: int, end: int) -> bool:
    """Tell an end or beginning that was planned before: "was to end at 7, will instead hold"."""
    stop = plain.find(".", end)
    tail = plain[end : min(end + _REACH, stop if stop >= 0 else len(plain))]
    return bool(_WAS_TO.search(plain, max(0, start - 60), start)) and bool(_REPLACED.search(tail))


def _meant(verb: re.Match[str], clause: str) -> str | None:
    """Tell what a verb makes of its hour; fire that stops opens hours without it."""
    paused = _PAUSED.search(clause) is not None
    if verb["opens"]:
        return "opens" if paused or not _FIRES.search(clause[: verb.start()]) else None
    if verb["closes"]:
        return "closes" if paused or not _FIRES.search(clause) else "opens"
    return "opens" if verb["halts"] and _FIRES.search(clause) else None


_PAUSED = re.compile(
    r"(?<![\w-])(?:ceasefire|truce|pause|cessation|suspension|halt|lull|silence|calm|corridor)s?"
    r"(?![\w])"
)
_REACH = 120
"""Characters between a lone clock and its verb (an assumption)."""
