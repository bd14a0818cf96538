"""Find in English text what those who leave may carry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english.sources import speaker_of
from safepassage.declaration.english.users import GROUP, last_named
from safepassage.declaration.findings import STATED, Finding
from safepassage.declaration.model import GroupWeapons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.users import Users
    from safepassage.declaration.model import WeaponsRule
    from safepassage.declaration.text import Sentence

__all__ = ["find_group_weapons", "find_weapons"]

_ARMS = r"(?:weapons?|arms|weaponry|guns|rifles|firearms|armaments?)"
_THEIR = (
    r"(?:(?:their|your|its|all|any|personal|own|the|of|heavy|and|or|medium|military|small|"
    r"light) ){0,4}"
)
_LIGHT = r"(?:light|personal|small|individual|side)"
_GIVE_UP = (
    r"(?:lay(?:ing)? down|laid down|drop(?:ping|ped)?|surrender(?:ing|ed)?|hand(?:ing|ed)? "
    r"(?:over|in)|giv(?:e|ing|en) up|"
    r"turn(?:ing|ed)? in|put(?:ting)? down|leav(?:e|ing) behind|abandon(?:ing|ed)?|"
    r"part(?:ing)? with|deposit(?:ing|ed)?)"
)
_FREE = (
    r"(?:without(?: being (?:asked|required|made|forced|ordered|obliged) to| having to| the "
    r"need to)?|need not|not (?:be )?(?:asked|required|obliged|forced|made|have|need)(?: to)?|"
    r"no (?:need|obligation|requirement) to)"
)

_RULES: tuple[tuple[WeaponsRule, re.Pattern[str]], ...] = (
    ("light", re.compile(
        rf"(?<![\w-])(?:(?:with|keep|carry|take|taking|carrying|keeping|retain|bring) (?:only "
        rf")?(?:their |your )?(?:own )?(?:only )?{_LIGHT}(?:(?:,| and| or)? (?:light|personal|"
        rf"small))? {_ARMS}"
        rf"|only {_LIGHT} {_ARMS}|(?:no|not|without|except(?:ing)?) heavy {_ARMS}|heavy "
        rf"{_ARMS} (?:must|should|will|shall|are to) (?:be )?(?:left|surrendered|handed|not)"
        rf"|{_LIGHT} {_ARMS} (?:only|may be|are allowed|will be allowed))")),
    ("keep", re.compile(
        rf"(?<![\w-])(?:{_FREE} {_GIVE_UP} {_THEIR}{_ARMS}"
        rf"|(?:keep|keeping|retain|retaining) {_THEIR}{_ARMS}"
        rf"|(?:take|taking|carry|carrying|bring|bringing|allowed|permitted) (?:with them )?"
        rf"(?:all )?(?:their|your|his) {_THEIR}{_ARMS}|with all {_THEIR}{_ARMS}|weapons and all"
        rf"|(?:with|bearing) (?:their|your|his|its|all their)(?: own)? {_ARMS}|armed and "
        rf"unmolested|{_ARMS} in hand|without (?:disarming|being disarmed)|(?:keep|retain) "
        rf"{_ARMS})")),
    ("surrender", re.compile(
        rf"(?<![\w-])(?:{_GIVE_UP} {_THEIR}{_ARMS}|{_THEIR}{_ARMS} (?:must|should|will|shall|"
        rf"have to|are to|to) (?:first )?be (?:laid down|surrendered|handed (?:over|in)|given "
        rf"up|left behind|turned in|deposited)"
        rf"|leav(?:e|ing) {_THEIR}{_ARMS} behind|{_ARMS} (?:must be |to be |will be )?left "
        rf"behind|(?:after|once|if) (?:being )?disarm(?:ed|ing)|must disarm|disarm first|"
        rf"without their {_ARMS})")),
    ("none", re.compile(
        rf"(?<![\w-])(?:no (?:\w+ )?{_ARMS}(?: of any kind)? (?:may|can|will|shall|are|is|to|"
        rf"allowed|permitted)|no (?:one|person|\w+) (?:may|can|will be allowed to|is allowed "
        rf"to) (?:carry|bring|bear) {_ARMS}"
        rf"|{_ARMS} (?:are|is|will be|shall be) (?:strictly )?(?:forbidden|prohibited|banned|"
        rf"not (?:allowed|permitted))|carrying (?:of )?{_ARMS} (?:is|will be) (?:forbidden|"
        rf"prohibited|banned|not)"
        rf"|(?:anyone|anybody|people|persons|those|whoever is) (?:carrying|bearing|with) {_ARMS} "
        rf"(?:will|shall|may) (?:not|be (?:stopped|turned back|refused|detained|held))"
        rf"|(?:may|must|can|are|will|shall) not (?:be allowed to )?(?:carry|bring|bear) (?:any "
        rf")?{_ARMS}|without (?:any )?{_ARMS}(?! being))")),
)  # fmt: skip
_NEGATED = re.compile(
    r"(?:\bnot|n't|never|cannot|no longer|nobody|no one|without|forbidden from|barred from|"
    r"banned from|prohibited from|not be allowed to|not allowed to|may not)(?: be)?(?: "
    r"allowed| permitted)?(?: to)?(?: leave| exit| keep| depart| go| pass| cross| out){0,2} "
    r"?$"
)
_OF_GOVERNMENT = re.compile(
    r"\b(?:suppl(?:y|ies|ied)|deliver(?:y|ies|ed)|smuggl\w+|provid\w+|sell\w*|shipment\w*) "
    r"(?:of )?$"
)


def find_weapons(
    reading: Reading, issuer: Actor | None, elsewhere: frozenset[int]
) -> tuple[Finding[WeaponsRule] | None, tuple[str, ...]]:
    """Find the one rule on weapons; where two are told, the issuer's own, else none.

    Returns
    -------
    The rule, and remarks on what was not settled.

    """
    found: list[tuple[Finding[WeaponsRule], str | None]] = []
    for sentence, role in reading.rows():
        if role.looks_back or sentence.index in elsewhere:
            continue
        rule = _rule(sentence.plain)
        if rule is None or role.is_past(sentence.start + rule[1].start()):
            continue
        value, match = rule
        speaker = speaker_of(reading, sentence, issuer)
        finding = Finding(
            value, sentence.start + match.start(), sentence.start + match.end(), STATED
        )
        found.append((finding, speaker.name if speaker else None))
    values = {finding.value for finding, _ in found}
    if len(values) > 1 and issuer is not None:
        said = [one for one in found if one[1] == issuer.name]
        found = said or [one for one in found if one[1] is None]
        values = {finding.value for finding, _ in found}
    if len(values) == 1:
        return found[0][0], ()
    if values == {"keep", "light"}:
        return next(finding for finding, _ in found if finding.value == "light"), ()
    armed = [
        one.value for one in find_group_weapons(reading, elsewhere) if one.value.users == "armed"
    ]
    if len(values) > 1 and len(armed) == 1:  # one rule for fighters, another for civilians
        return next(finding for finding, _ in found if finding.value == armed[0].rule), ()
    if values:
        return None, ("The text gives more than one rule on weapons; none was taken.",)
    return None, ()


def find_group_weapons(reading: Reading, elsewhere: frozenset[int]) -> list[Finding[GroupWeapons]]:
    """Find the rule for each group where the text ties one to it; two for one group are none."""
    found: dict[GroupWeapons, Finding[GroupWeapons]] = {}
    for sentence, role in reading.rows():
        if role.looks_back or sentence.index in elsewhere:
            continue
        for value, match in _rules(sentence.plain):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            users = _users(reading, sentence, match)
            if users is None or role.is_past(start):
                continue
            each = GroupWeapons(users=users, rule=value)
            found.setdefault(each, Finding(each, start, end, STATED))
    if GroupWeapons(users="armed", rule="light") in found:  # "with weapons, light ones only"
        found.pop(GroupWeapons(users="armed", rule="keep"), None)
    groups = [each.users for each in found]
    return [finding for each, finding in found.items() if groups.count(each.users) == 1]


def _users(reading: Reading, sentence: Sentence, match: re.Match[str]) -> Users | None:
    """Tell whom a rule is for: the group last named before it, or whom "they" stands for."""
    before = list(GROUP.finditer(sentence.plain, 0, match.start()))
    if before:
        return "armed" if before[-1]["armed"] else "civilian"
    return last_named(reading, sentence) if _THEY.search(sentence.plain) else None


_THEY = re.compile(r"(?<![\w-])(?:they|them|their|these|those)(?![\w])")


def _rule(plain: str) -> tuple[WeaponsRule, re.Match[str]] | None:
    """Give the first rule that a sentence states, and its words."""
    return next(_rules(plain), None)


def _rules(plain: str) -> Iterator[tuple[WeaponsRule, re.Match[str]]]:
    """Give the rules that a sentence states, the narrower first, none inside another's words."""
    taken: list[re.Match[str]] = []
    for value, pattern in _RULES:
        for match in pattern.finditer(plain):
            before = plain[max(0, match.start() - 40) : match.start()]
            if _OF_GOVERNMENT.search(before) or any(
                match.start() < other.end() and other.start() < match.end() for other in taken
            ):
                continue
            stated = _NOT_THAT.get(value) if _NEGATED.search(before) else value
            if stated is not None:
                taken.append(match)
                yield stated, match


_NOT_THAT: dict[WeaponsRule, WeaponsRule] = {
    "keep": "surrender", "light": "surrender", "surrender": "keep",
}  # fmt: skip
"""What "not to keep", "not to give up" and the like come to."""
