"""Tell which sentences state terms, which look back, and whether anything is announced."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.departures import is_leaving_agreed
from safepassage.declaration.english.halting import (
    AGREED_LEAVING,
    EVACUATES,
    OPENS_ROAD,
    PERMITS,
    REFRAINS,
    SUSPENDS,
    TIMED,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.text import Sentence, Text

__all__ = ["Role", "clauses", "is_idle", "looking_back", "names_pause", "roles_of"]

_CLAUSE = re.compile(
    r"[;,:](?=[ \n])|[ ]-[ ]|[ ](?=(?:but|like|while|although|though|after|following|despite|"
    r"whereas|before a)[ ])"
)
_GOES_ON = re.compile(
    r"[,;: -]{1,3}(?:beginning|starting|which|that|to|lasting|running|so that|due|"
    r"effective)(?![\w])"
)
"""Beginnings of a clause that goes on with what the last one wished for."""
_CANCELS = re.compile(
    r"(?<![\w-])(?:cancel(?:s|led|ed)|call(?:s|ed)? off|scrap(?:s|ped)|been postponed|withdrawn|"
    r"(?:was|were|is) (?:cancelled|canceled|called off|postponed))(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Role:
    """Tell what a sentence does.

    Attributes
    ----------
    names
        It names a pause, a corridor, or the halting of fire.
    live
        Some clause of it announces: neither past, nor wished for, nor denied.
    acts
        That clause tells of an act of announcing, past or present.
    strong
        That clause speaks of what is to come, or does by saying ("declares").
    looks_back
        It only tells of what is over.
    doubtful
        It only tells of what is wished for, weighed or denied.
    cancels
        It takes an announcement back.
    denies
        It calls untrue what it tells, or what was told before it.
    happened
        It tells, in the past tense, what was done in a pause.
    past
        Offsets of its clauses that tell of what is over.

    """

    names: bool
    live: bool
    acts: bool
    strong: bool
    looks_back: bool
    doubtful: bool
    cancels: bool
    denies: bool
    happened: bool
    past: tuple[tuple[int, int], ...]

    @property
    def may_state_terms(self) -> bool:
        """Tell whether terms may be taken from it."""
        return not self.looks_back and not self.doubtful

    def is_past(self, offset: int) -> bool:
        """Tell whether an offset lies in a clause about what is over."""
        return any(start <= offset < end for start, end in self.past)


def roles_of(text: Text) -> tuple[Role, ...]:
    """Tell the role of every sentence."""
    roles = [_role(sentence) for sentence in text.sentences]
    for at, role in enumerate(roles):
        if role.names and role.doubtful and _is_accepted(text.sentences[at : at + _ANSWERED]):
            roles[at] = replace(role, live=True, acts=True, doubtful=False)
        elif not (role.names or role.denies or role.past) and is_leaving_agreed(
            text, text.sentences[at]
        ):
            roles[at] = replace(role, names=True, live=True, strong=True, doubtful=False)
    return tuple(roles)


_ANSWERED = 3
"""A call and the two sentences behind it, in which both sides may accept it."""
_ACCEPTS = words.words(r"agree[ds]?|accept(?:s|ed|ance)?|approv(?:ed|es|al)|consent(?:s|ed)?")
_REFUSES = words.words(
    r"not|no|never|rejects?|rejected|refus\w+|denied|yet|if|whether|until|only if"
)


def _is_accepted(sentences: Sequence[Sentence]) -> bool:
    """Tell a call for hours of quiet that two sides are said to accept right behind it."""
    call, answers = sentences[0], " ".join(one.plain for one in sentences[1:])
    told = TIMED.search(call.plain) is not None and any(sign.isdecimal() for sign in call.plain)
    return told and len(_ACCEPTS.findall(answers)) > 1 and not _REFUSES.search(answers)


def looking_back(role: Role, sentence: Sentence) -> Role:
    """Give a role that only looks back, for a sentence dated before the announcement."""
    whole = ((sentence.start, sentence.end),)
    return replace(role, live=False, acts=False, strong=False, looks_back=True, past=whole)


def clauses(sentence: Sentence) -> list[tuple[int, int]]:
    """Cut a sentence into clauses, as offsets into the text."""
    plain = _unparted(sentence.plain)
    cuts = [0, *(match.start() for match in _CLAUSE.finditer(plain)), len(plain)]
    return [
        (sentence.start + first, sentence.start + last)
        for first, last in itertools.pairwise(cuts)
        if last > first
    ]


def _unparted(plain: str) -> str:
    """Drop the commas around a day in passing: "issued, on Friday, its orders"."""
    return _DAY_ASIDE.sub(lambda match: f" {match[1]} ", plain)


_DAY_ASIDE = re.compile(r",( (?:on )?(?:today|tonight|(?:today )?[a-z]{3,6}day)),(?= )")
_BRACKETED = re.compile(r" ?\([^()]{1,80}\)")


def names_pause(plain: str) -> bool:
    """Tell whether words name a pause, a corridor or the halting of fire."""
    kinds = (words.PAUSE, words.CORRIDOR, SUSPENDS, OPENS_ROAD, EVACUATES, AGREED_LEAVING)
    told = _BRACKETED.sub("", plain) if "(" in plain else plain
    if any(pattern.search(text) for text in {plain, told} for pattern in kinds):
        return True
    return any(each.search(plain) for each in (REFRAINS, PERMITS)) and bool(TIMED.search(plain))


def _role(sentence: Sentence) -> Role:
    plain = _unparted(sentence.plain)
    names = names_pause(plain)
    past: list[tuple[int, int]] = []
    clean: list[str] = []
    doubt = carried = False
    for start, end in clauses(sentence):
        clause = plain[start - sentence.start : end - sentence.start]
        goes_on = (
            bool(past)
            and past[-1][1] == start
            and (
                _AND_THAT.match(clause) or (not clean and _goes_on_past(sentence, past[0], clause))
            )
        )
        if goes_on or _is_over(clause) or _has_happened(clause):
            past.append((start, end))
            continue
        if words.NO_PAUSE.search(clause) or (carried and _GOES_ON.match(clause)):
            doubt = carried = True
            continue
        wish = words.WISHES.search(clause)
        if wish is not None:
            doubt = doubt or names
            clause = clause[: wish.start()]
            carried = not (names_pause(clause) and any(cue.search(clause) for cue in _CUES))
            if carried:
                continue
        clean.append(clause)
    if any(_RESUMED.match(plain, start - sentence.start) for start, _ in past) or (
        names and _DONE_BEHIND.match(plain)
    ):
        past, clean = [(sentence.start, sentence.end)], []  # the verb of the whole comes last
    denies = _denies(plain)
    strong, acts, live = _announcing(clean if names and not denies else [], looks_back=bool(past))
    return Role(
        names=names,
        live=live,
        acts=acts,
        strong=strong,
        looks_back=bool(past) and not live,
        doubtful=(doubt or denies) and not live,
        cancels=names and not past and _CANCELS.search(plain) is not None,
        denies=denies or words.DENIES_ALL.search(plain) is not None,
        happened=any(
            _has_happened(plain[start - sentence.start : end - sentence.start])
            for start, end in past
        ),
        past=tuple(past),
    )


_RESUMED = re.compile(
    r", (?:\w+ly |soon |then ){0,2}(?:was|were|had|collapsed|broke|failed|expired|ended|lasted|"
    r"worked|held|ran|fell|did "
    r"not|came to|fared)(?![\w])"
)
"""A verb that goes on behind an aside: "the truce, due to run from 9 a.m., was broken off"."""
_DONE_BEHIND = re.compile(
    r"(?:\w+ - )?(?:the|that|this|an?) (?:[\w-]{2,14} ){0,2}"
    rf"(?:{words.PAUSE_NOUN}|{words.CORRIDOR_NOUN}), (?:agreed|announced|brokered|negotiated|"
    rf"declared|"
    r"signed|which)[^,;]{3,120}, (?:worked|held|ran|lasted|ended|collapsed|failed)(?![\w])"
)
"""A verb of what is over behind an aside: "the corridor, agreed by both, worked for a week"."""


def _denies(plain: str) -> bool:
    """Tell whether a sentence calls a pause untrue, not something else by the way.

    "The army, which denied reports of shelling, announced a pause" denies none.
    """
    for match in words.DENIES.finditer(plain):
        aside = plain[match.start() :].partition(",")
        if names_pause(aside[0]) or not words.ANNOUNCES.search(aside[2]):
            return True
    return False


def _goes_on_past(sentence: Sentence, first: tuple[int, int], clause: str) -> bool:
    """Tell what a time that opens a sentence is said of: "Last winter, at Christmas, they ..."."""
    told = sentence.plain[first[0] - sentence.start : first[1] - sentence.start]
    opens = first[0] == sentence.start and len(told.split()) <= _FEW_WORDS and not names_pause(told)
    if not opens or not clause.startswith(","):
        return False
    return "remember" in told or not words.FUTURE.search(clause)


_FEW_WORDS = 5
_AND_THAT = re.compile(r",? and (?:that|to)(?![\w])")


def _is_over(clause: str) -> bool:
    """Tell whether a clause tells of what is over; what began today still runs."""
    for match in words.PAST.finditer(clause):
        told = match[0]
        if told.startswith("first ") and _RUNS.search(clause):
            continue
        if _BEGAN.search(told) and not _LONG_AGO.search(clause):
            continue
        return True
    return False


_RUNS = re.compile(r"(?<![\w-])(?:runs|lasts|begins|starts|will|would|opens|applies|is to)(?![\w])")
_BEGAN = re.compile(r"(?:effect|force)$")
_LONG_AGO = re.compile(
    r"(?<![\w-])(?:1[89]|20)\d\d(?![\w:])|(?<![\w-])(?:last|previous|earlier|yesterday|ago|"
    r"first|former|"
    r"another|which|that|had|when|after|since|had been)(?![\w])|^(?![^;]*(?:today|tonight|this|"
    r"noon|"
    r"midnight|[a-z]{3,6}day|\d))"
)
"""What puts a beginning before today, or leaves its day open."""


def _has_happened(clause: str) -> bool:
    """Tell whether a clause tells what was done in a pause, and of nothing to come."""
    if not words.HAPPENS.search(clause) or not names_pause(clause):
        return False
    return not any(cue.search(clause) for cue in (words.FUTURE, words.ANNOUNCES, words.WISHES))


_CUES = (words.FUTURE, words.ANNOUNCES, words.DECIDES)


_BY = re.compile(r" (?:\w+ ){0,2}by(?![\w])")
_WAS = re.compile(r"(?<![\w-])(?:was|were|is|are|been|being)(?: \w+)? $")


def _announcing(clean: list[str], *, looks_back: bool) -> tuple[bool, bool, bool]:
    """Tell whether clauses neither past nor wished for announce: strongly, by an act, at all.

    One of them must name the pause: "they hope for a truce, but talks will go on" does
    not announce one.
    """
    if not any(
        names_pause(clause) or REFRAINS.search(clause) or PERMITS.search(clause)
        for clause in (*clean, "".join(clean))
    ):
        return False, False, False
    strong = any(words.FUTURE.search(clause) or _stops_now(clause) for clause in clean)
    strong = strong or any(_BEGUN.search(clause) for clause in clean)
    strong = strong or _STANDS.search("".join(clean)) is not None
    acts = any(
        not _BY.match(clause, act.end()) or _WAS.search(clause, 0, act.start())
        for clause in clean
        for act in words.ANNOUNCES.finditer(clause)
    )
    weak = any(cue.search(clause) for clause in clean for cue in (words.ANNOUNCES, words.DECIDES))
    # "The truce, brokered by X, collapsed" announces nothing.
    return strong, acts, strong or acts or (weak and not looks_back)


_BEGUN = re.compile(
    r"(?<![\w-])(?:(?:came|went|entered) into (?:force|effect)|took (?:effect|hold))(?![\w])"
)
"""What has begun and runs, in a clause that is not of the past."""
_WAYS = rf"(?:{words.CORRIDOR_NOUN}|(?:roads?|routes?|crossings?|gates?)(?: out)?)(?![\w])"
_STANDS = re.compile(
    rf"(?<![\w-])(?:there (?:is|are)|you have|is|are) (?:now |still |only |at present )?(?:open |"
    rf"left )?"
    rf"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{{1,2}}|a|"
    rf"an)(?: [\w-]{{2,14}}){{0,2}} {_WAYS}"
    rf"|{_WAYS}(?: (?:for|out of) [\w -]{{2,24}}?)? (?:is )?(?:only )?one(?= -|[,.;]|$)"
    rf"|{_WAYS}(?: [\w',-]{{1,16}}){{0,8}}?,? (?:is|are) (?:now |already |"
    rf"also )?open(?:ed)?(?![\w])"
)
"""A way out that is there now: "there are two ways out", "the crossings are open"."""


def _stops_now(clause: str) -> bool:
    """Tell whether a clause does by saying: "our guns fall silent", "the army halts fire"."""
    halt = SUSPENDS.search(clause)
    if halt is not None and _PRESENT.search(halt[0]) and not clause[: halt.start()].endswith("to "):
        return True
    return REFRAINS.search(clause) is not None or PERMITS.search(clause) is not None


_PRESENT = re.compile(
    r"(?<![\w-])(?:suspends|halts|stops|ceases|pauses|holds|silent|freezes|refrains|no|is|"
    r"are|must|shall)(?![\w])"
)


_DRILL = words.words(r"drills?|rehears(?:e|es|ed|al|als)|training exercises?")


_BARE_NOUNS = frozenset({"truce", "ceasefire", "cease-fire", "pause"})


def is_idle(text: Text) -> bool:
    """Tell whether the words of war are used of sport, trade or the like."""
    if words.IDLE_TRUCE.search(text.plain):
        rest = words.IDLE_TRUCE.sub(lambda match: " " * len(match[0]), text.plain)
        others = list(words.PAUSE.finditer(rest))
        bare = all(not match["pre"] and match["noun"] in _BARE_NOUNS for match in others)
        of_war = words.WAR.search(rest) and {match["noun"] for match in others} - {"truce"}
        if bare and not of_war and not words.CORRIDOR.search(rest):
            return True
    naming = [sentence for sentence in text.sentences if names_pause(sentence.plain)]
    if naming and all(_DRILL.search(sentence.plain) for sentence in naming):
        return True
    head = text.plain[:200_000]
    idle, conflict = set(words.IDLE.findall(head)), set(words.CONFLICT.findall(head))
    hard = set(words.HARD_CONFLICT.findall(head))
    return len(idle) >= 2 and (len(idle) >= len(conflict) or len(idle) > 2 * len(hard))
