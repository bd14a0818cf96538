"""Tell in English text whom an announcement lets leave: civilians, armed groups or both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.users import GROUP, HURT, open_to_terms
from safepassage.declaration.findings import DERIVED, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.users import Users

__all__ = ["who_may_leave"]

_GO = (
    r"(?:leave|leaving|move|go|walk|travel|pass|cross|use|evacuate|evacuated|exit|depart|"
    r"get (?:out|"
    r"away|through|to)|come (?:out|across|through)|reach|be (?:able|let|led|driven|taken|brought|"
    r"bused|bussed|moved|evacuated)(?: (?:out|away|to \w+))?|drive|head|withdraw|flee|let through)"
)
_MAY = (
    r"(?:will be (?:able|allowed|free|permitted) to|would be (?:able|allowed|free|permitted) to|"
    r"may|"
    r"can|could|(?:are|is|being) (?:free|allowed|permitted|able|asked|invited) to|"
    r"should be able to|"
    r"to(?= come| leave| be led| be driven| be taken| walk| cross| go out))"
)
_WHO = (
    rf"(?:(?!people)(?:{words.CIVILIANS})(?! (?:leader|group|organi))|every civilian|civilian|"
    rf"women|"
    r"children|mothers|the old|old people|the infirm|pensioners|non-combatants|noncombatants|"
    r"foot passengers|unarmed people)"
)
_ROW = (
    rf"{_WHO}(?:(?:,| and| or|, and) (?:[\w'-]{{2,12}} ){{0,2}}(?:{_WHO}|elderly|old|sick)){{0,4}}"
)
_LEAVES = re.compile(
    rf"(?<![\w-])(?:(?P<one>{_ROW}|you)(?: [\w'-]{{2,14}}){{0,4}}? {_MAY} (?:\w{{2,10}}ly )?{_GO}"
    rf"|(?:let|letting|lets|allow(?:s|ing)?|enabl(?:e|es|ing)|permit(?:s|ting)?|"
    rf"ready to let through|"
    rf"let through(?: will be| are| is)?|let out|letting out|exit of|departure of|passage of|"
    rf"passage for|exit for|exit by|"
    rf"for (?:the )?evacuation of|leaving of|leaving for|open(?:ed)? (?:\w+ )?(?:to|"
    rf"for)(?: [\w'-]+){{0,6}}?|only for|meant for|"
    rf"intended for|reserved for|designated for|leaving covers|is for|are for|entry of|set up for) "
    rf"(?:the |all |any )?(?:safe )?(?:[a-z]{{3,14}} )?(?P<two>{_ROW})"
    rf"|(?P<three>{_ROW}) (?:\w+ )?(?:only|alone)|only (?P<four>{_ROW})|"
    rf"(?P<six>{_ROW}) (?:[\w'-]{{2,14}} ){{0,4}}?(?:board|go|leave|"
    rf"come|get on|depart) first|(?P<five>(?:people|those|anyone|"
    rf"everyone) who (?:leaves?|comes? out|goe?s?|is|are)) unarmed"
    rf"|who (?:may|can|is to|are to) (?:use|leave|pass|go)[^:.;]{{0,20}}: (?:the |all )?(?P<seven>"
    rf"{_ROW})|(?:to|may|can|will) be used by (?:and |both )?(?:the |all )?(?P<eight>{_ROW})"
    rf"|(?:could|can|may|will be able to) (?:leave|exit|come out|go out|get out) (?P<nine>{_ROW})"
    rf"(?! behind)|can for (?:the )?(?P<ten>{_ROW}) (?:to )?leav(?:e|ing)"
    rf"|(?P<eleven>{_ROW}) (?:will |shall |should |must |are to |only ){{0,2}}(?:leave|exit|"
    rf"depart|go|"
    rf"travel|walk|cross|pass|use|take|move|come|drive) (?:out |away |only |on foot |safely "
    rf"){{0,2}}"
    rf"(?:by|on|in|through|via|along|to|from|over|towards?|the|this|with|without|first)"
    rf"|(?:buses|cars|vehicles|columns?|convoys?|boats|trains?) (?:\w+ )?(?:with|carrying|of) "
    rf"(?:the )?"
    rf"(?P<twelve>{_ROW}))(?![\w-])"
)
_NOBODY = re.compile(
    r"(?<![\w-])(?:no|not|nor|without|until|unless|prevent\w*|stopp\w*|number of|hundreds of|"
    r"failed "
    r"to|did not|refus\w*) (?:[\w']{1,12} ){0,2}$"
)
_ARMED_GO = re.compile(
    rf"(?<![\w-])(?:(?:{words.ARMED})(?: [\w'-]{{2,14}}){{0,3}}? (?:{_MAY}|will|would|to|shall) "
    rf"(?:also )?{_GO}|(?:{words.ARMED})(?: and their families)? (?:leave|exit|withdraw|pass|"
    rf"depart|go)|(?:let|"
    rf"allow(?:ing)?|"
    rf"enabl(?:e|ing)|exit of|departure of|passage of|passage for|evacuation of|withdrawal of|exit "
    rf"for|used by(?: both)?|(?:buses|convoys?|columns?) (?:with|carrying|(?:will |to )?(?:take|"
    rf"carry|bring|drive|move)(?: those| some)?)) (?:the |all |any |"
    rf"armed )?"
    rf"(?:[a-z]{{3,14}} )?(?:{words.ARMED}))(?![\w-])"
)
_WAYS = re.compile(
    r"(?<![\w-])(?:corridors?|routes?|roads?|crossings?|exits?|passages?|highways?|bridges?|"
    r"checkpoints?|gates?|"
    r"ways? out|crossing points?|streets?)(?![\w-])"
)
_FOR = re.compile(
    rf"(?<![\w-])(?:for|to) (?:the |all )?(?:use by )?(?:(?P<civilian>{_ROW}|"
    rf"(?:[a-z-]{{3,14}} ){{1,3}}?(?:and )?(?:{_WHO})"
    rf"|civilian (?:traffic|vehicles|cars)|pedestrians)|(?P<armed>"
    rf"{words.ARMED}))(?![\w-])"
)


def who_may_leave(reading: Reading, elsewhere: frozenset[int]) -> dict[Users, Finding[str]]:
    """Find the kinds of people that the text lets leave, each with the words that say so.

    A sentence tells who by what they may do ("women may leave"), by what is done for them
    ("to let residents out"), by a way out that is for them, or by addressing them.
    """
    told: dict[Users, Finding[str]] = {}
    addressed = False
    for sentence, role in reading.rows():
        if sentence.index in elsewhere or not open_to_terms(sentence, role):
            continue
        plain = sentence.plain
        addressed = addressed or _ADDRESSED.search(plain) is not None
        found = list(_leaving(plain))
        if addressed:
            found += [("civilian", *match.span()) for match in _YOU_LEAVE.finditer(plain)]
        for users, start, end in found:
            at = sentence.start + start
            if not role.is_past(at):
                told.setdefault(users, Finding(plain[start:end], at, sentence.start + end, DERIVED))
    return told


_ADDRESSED = re.compile(
    r"(?:^|[.!:;\n] ?)[\"'(* -]{0,4}(?:an? )?(?:(?:urgent |important )?(?:appeal|message|notice|"
    r"warning|"
    r"announcement) )?(?:(?:to|for) )?(?:the |our |all |you,? |dear ){0,3}(?:peaceful |civilian |"
    r"honourable |honest |good )?"
    r"(?:residents|inhabitants|citizens|people|civilians|families|neighbours|townspeople|"
    r"population|parents|"
    r"women|brothers and sisters)(?: (?:in|of|from|living|who) [^.!?:;]{2,60})?(?:[!,:.]|$| ?\n)"
)
"""Residents who are spoken to: "Residents of the town!"."""
_YOU_LEAVE = re.compile(
    r"(?<![\w-])(?:you|yourselves) (?:\w+ ){0,2}?(?:may|can|will be able to|are (?:free|allowed) "
    r"to|"
    r"should|must) (?:\w+ ){0,2}?(?:leave|go|move|walk|cross|pass|travel|use|exit|come|get)|"
    r"(?:open|for|to let) (?:to )?you"
    r"|(?:for|to) your (?:exit|passage|safe|departure|evacuation|use)"
    r"|(?:^|[.!:;,] )(?:please )?(?:leave|go|move|walk|use|take|come|exit|evacuate)(?= )|you "
    r"leave|tells? you|"
    r"we will allow(?: you)?|to move"
)
"""What those who are spoken to may do."""


_OWN = re.compile(r"(?<![\w-])(?:their|them|his|whose|fighters' )(?: \w+)? $")


def _leaving(plain: str) -> Iterator[tuple[Users, int, int]]:
    for match in _LEAVES.finditer(plain):
        group = next(name for name, told in match.groupdict().items() if told)
        before = plain[: match.start(group)][-40:]
        if match[group] == "you" or _NOBODY.search(before) or _OWN.search(before):
            continue
        if HURT.fullmatch(match[group]):
            continue
        yield ("civilian", *match.span(group))
        yield from _joined(plain, *match.span(group))
    armed = _ARMED_GO.search(plain)
    if armed:
        yield ("armed", *armed.span())
        for fighters in GROUP.finditer(plain, *armed.span()):
            yield from _joined(plain, *fighters.span())
    if _WAYS.search(plain) or _OF_IT.match(plain):
        for match in _FOR.finditer(plain):
            if match["civilian"] and HURT.fullmatch(match["civilian"]):
                continue
            users: Users = "armed" if match["armed"] else "civilian"
            yield (users, *match.span(users))
            yield from _joined(plain, *match.span(users))


_OF_IT = re.compile(
    r"[\"' -]{0,3}(?:only |exclusively |solely |meant |intended ){0,2}for |[\"' -]{0,3}(?:it|"
    r"they|this|these|that|buses|the "
    r"(?:buses|convoy|column|evacuation|one|train|same)) (?:\w+ ){0,5}?(?:for|to) "
)
"""A sentence about the way that the one before names: "For civilians only."."""
_AND_BEFORE = re.compile(
    rf"(?<![\w-])(?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS}))(?: and| or|,| as "
    rf"well as|"
    r" together with| along with| and also)(?: also| for)?(?: the| other| all){0,2} $"
)
_AND_AFTER = re.compile(
    rf"(?: and| or|, and|,| as well as| together with| along with| and also)(?: also| for)?(?: "
    rf"the| "
    rf"other| all|"
    rf" remaining){{0,2}} (?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS}))(?![\w-])"
)


def _joined(plain: str, start: int, end: int) -> Iterator[tuple[Users, int, int]]:
    """Give the group that stands beside one in a row: "fighters and civilians alike"."""
    for match in (
        _AND_BEFORE.search(plain, max(0, start - 80), start),
        _AND_AFTER.match(plain, end),
    ):
        if match is not None:
            users: Users = "armed" if match["armed"] else "civilian"
            yield (users, *match.span(users))
