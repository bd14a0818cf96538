"""Find in English text what those who leave may carry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english.sources import speaker_of
from safepassage.declaration.english.users import GROUP, last_named
from safepassage.declaration.english.weapon_clauses import STAFF, clause_rules, turns_back
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

_ARMS = (
    r"(?:weapons?|(?:small |side ?)?arms|weaponry|(?:machine[ -])?guns?|rifles?|firearms?|"
    r"armaments?|kalashnikovs|sidearms)"
)
_THEIR = (
    r"(?:(?:their|your|its|his|our|all|any|personal|own|the|of|heavy|and|or|medium|military|small|"
    r"light) ){0,4}"
)
_LIGHT = r"(?:light|personal|small|individual|side|hand)"
_LIGHT_ARMS = (
    rf"(?:{_LIGHT}(?:(?:,| and| or)? (?:light|personal|small))? {_ARMS}|(?:small |side ?)arms|"
    r"sidearms|assault rifles|(?:(?:a|one|an|single|automatic|assault) ){1,3}rifle)"
)
_CARRY = (
    r"(?:with|keep|keeping|carry|carrying|take|taking|retain|retaining|bring|bringing|have|"
    r"allowed|permitted|allows)"
)
_GIVE_UP = (
    r"(?:lay(?:ing)? (?:down|aside)|laid (?:down|aside)|drop(?:ping|ped)?|surrender(?:ing|ed)?|"
    r"hand(?:ing|ed)? (?:over|in)|giv(?:e|ing|en) up|yield(?:ing|ed)? (?:up )?|"
    r"turn(?:ing|ed)? (?:in|over)|put(?:ting)? (?:down|aside)|leav(?:e|ing) behind|"
    r"abandon(?:ing|ed)?|relinquish(?:ing|ed)?|part(?:ing)? with|deposit(?:ing|ed)?)"
)
_FREE = (
    r"(?:\w+n't (?:be (?:asked|required|forced|made) to|have to|need to)|without(?: being (?:asked|"
    r"required|made|forced|ordered|obliged) to| having to| the "
    r"need to)?|need not|not (?:be )?(?:asked|required|obliged|forced|made|have|need)(?: to)?|"
    r"no (?:need|obligation|requirement) to)"
)
_WILL = r"(?:(?:must|should|will|shall|have to|has to|are|is|may|to|can)(?: first| all)? )"
_GONE = (
    r"(?:laid (?:down|aside)|surrendered|handed (?:over|in)|given (?:up|in)|left (?:behind|at the)|"
    r"turned (?:in|over)|deposited|collected|confiscated|impounded|taken (?:from|away|off))"
)
_BARRED = (
    r"(?:stopped|turned (?:back|away)|sent (?:back|away)|refused|detained|held|arrested|disarmed|"
    r"not|barred|treated as)"
)
_WHOEVER = (
    r"(?:anyone|anybody|people|persons?|those|whoever|any (?:man|person|one)|no one|nobody|men)"
)
_ON_BOARD = (
    r"(?:on|in|aboard|inside) (?:the |any |a |our |these )?(?:bus|buses|board|boats?|convoys?|"
    r"roads?|routes?|corridors?|vehicles?|cars?|lorries|trucks?|trains?|ferry|ferries|passage)"
)

_RULES: tuple[tuple[WeaponsRule, re.Pattern[str]], ...] = (
    ("light", re.compile(
        rf"(?<![\w-])(?:{_CARRY} (?:with them |out )?(?:only )?(?:their |your |his |its )?"
        rf"(?:own |personal )?(?:only )?{_LIGHT_ARMS}"
        rf"|only {_LIGHT_ARMS}|(?:weapons|arms)(?: rule)?: (?:only )?(?:light|small|personal)"
        rf"(?: only| {_ARMS})|(?:no|not|without|except(?:ing)?|bar|apart from|but no) "
        rf"(?:heavy|heavier) {_ARMS}|(?:heavy|heavier) (?:and medium )?"
        rf"{_ARMS}(?: and equipment| and vehicles)? (?:{_WILL}(?:be )?(?:{_GONE}|left|not)|stays?|"
        rf"remains?)|nothing (?:heavier|bigger|larger|more) than (?:\w+ ){{0,2}}{_ARMS}"
        rf"|(?:an?|one|a single|single) (?:{_LIGHT} )?{_ARMS} (?:each|apiece|per (?:man|fighter|"
        rf"person|head))|{_CARRY} (?:one|an?|a single) (?:{_LIGHT} )?(?:weapon|rifle|gun|firearm)"
        rf"|{_LIGHT_ARMS} (?:only|alone|(?:may|can|will|shall) be (?:allowed|permitted|kept|taken|"
        r"carried|retained)|are (?:allowed|permitted)))(?![\w-])")),
    ("keep", re.compile(
        rf"(?<![\w-])(?:(?:nobody|no one|no fighter) will be (?:asked|made|told|forced) (?:for|to "
        rf"(?:give up|surrender|hand (?:over|in)|lay down)) {_THEIR}{_ARMS}"
        rf"|(?:leave|go|come out|withdraw|depart|walk out) armed(?! (?:police|guards|"
        rf"escort))|disarm (?:[\w'-]+ ){{0,4}}will not|"
        rf"will not (?:[\w'-]+ ){{0,3}}?disarm(?! unless)"
        rf"|{_FREE} {_GIVE_UP} {_THEIR}{_ARMS}"
        rf"|(?:keep|keeping|retain|retaining) {_THEIR}{_ARMS}"
        rf"|(?:take|taking|carry|carrying|bring|bringing|allowed|permitted) (?:with them )?"
        rf"(?:all )?(?:their|your|his) {_THEIR}{_ARMS}|with all {_THEIR}{_ARMS}|weapons and all"
        rf"|(?:with|bearing) (?:their|your|his|its|all their)(?: own)? {_ARMS}|armed and "
        rf"unmolested|{_ARMS} in hand|without (?:disarming|being disarmed)|(?:keep|retain) "
        rf"{_ARMS}|(?:(?:will|shall|are|is|would) not|\w+n't) (?:be )?(?:disarmed|(?:required|"
        rf"asked|obliged|"
        rf"made|forced|have) to disarm)|(?:no one|nobody|no fighter|none) (?:of them )?(?:will|"
        rf"shall|"
        rf"is to|has to) (?:be )?disarm(?:ed)?|{_ARMS} (?:will|shall) not be (?:taken|"
        rf"confiscated|collected))(?![\w-])")),
    ("surrender", re.compile(
        rf"(?<![\w-])(?:{_GIVE_UP} {_THEIR}{_ARMS}|{_THEIR}{_ARMS} {_WILL}(?:first )?be {_GONE}"
        rf"|hand(?:ing|ed)? {_THEIR}{_ARMS} (?:over|in|to)"
        rf"|leav(?:e|ing) {_THEIR}{_ARMS} (?:behind|at the|with the)|{_ARMS} (?:must be |to be "
        rf"|will be )?left (?:behind|at the)|(?:after|once|if|by) (?:being )?disarm(?:ed|ing)|"
        rf"(?:must|have to|has to|are to|should|will) (?:first )?(?:be disarmed|disarm)|disarm "
        rf"first|give(?:s)? {_THEIR}{_ARMS} (?:up|in)|turn {_THEIR}{_ARMS} (?:in|over)|"
        rf"(?<=[:,;] )(?:all )?{_ARMS} {_GONE}(?=[.,;]| *$)|"
        rf"lay {_THEIR}{_ARMS} (?:down|aside)|put {_THEIR}{_ARMS} (?:down|aside)|"
        rf"without their {_ARMS}|(?:empty-handed|with empty hands|bare-handed))(?![\w-])")),
    ("none", re.compile(
        rf"(?<![\w-])(?:{_ARMS}(?:,? (?:and |or )?[\w'-]{{2,20}}){{1,4}}? (?:must|may|should|can|"
        rf"do) ?not (?:be )?(?:carr|"
        rf"take|took|bring|brought)\w*|no (?:\w+ )?{_ARMS}(?: of any kind| or \w+| and \w+)? "
        rf"(?:(?:may|can|will|"
        rf"shall|are|is|to|allowed|permitted|please)(?! (?:be )?(?:used|fired|suppl|deliver|found))"
        rf"|{_ON_BOARD})|no {_ARMS}(?= ?[.;!]|, no | *$)"
        rf"|(?:no one|nobody) (?:may |will |is to |shall )?(?:carr(?:y|ies)|brings?|bears?) "
        rf"(?:an? |any )?{_ARMS}|(?:bring|carry|take) (?:no|neither) (?:\w+ )?{_ARMS}|no (?:one|"
        rf"person|\w+) (?:may|can|"
        rf"will be allowed to|is allowed to) (?:carry|bring|bear) {_ARMS}"
        rf"|{_ARMS}(?: (?:and|or) \w+)? (?:are|is|will be|shall be|must be|remain) (?:strictly "
        rf")?(?:forbidden|prohibited|banned|not (?:allowed|permitted|welcome))|{_ARMS}(?: (?:and|"
        rf"or)"
        rf" \w+)? (?:will|shall|may|must|can) not be (?:allowed|permitted|carried|brought|taken "
        rf"(?:on|along|aboard|into)|tolerated)|carrying (?:of )?{_ARMS} (?:is|will be) "
        rf"(?:forbidden|"
        rf"prohibited|banned|not)|(?:ban|prohibition) on (?:carrying )?{_ARMS}|{_ARMS}-free|free "
        rf"of {_ARMS}"
        rf"|{_WHOEVER} (?:who |that )?(?:is |are |comes? (?:\w+ ){{0,4}}|found |caught |seen |"
        rf"leav\w+ )?(?:carrying|bearing|with|in possession of|armed with) (?:an? |any )?{_ARMS} "
        rf"(?:(?:\w+ ){{0,2}}?)(?:will|shall|may|is|are) (?:be )?{_BARRED}"
        rf"|{_WHOEVER} (?:who |that )?(?:is |are |comes? (?:\w+ ){{0,4}})?armed (?:(?:\w+ "
        rf"){{0,2}}?)"
        rf"(?:will|shall|may|is|are) (?:be )?{_BARRED}"
        rf"|(?:may|must|can|are|will|shall|do|should|cannot) ?(?:not|never) (?:to )?(?:be allowed "
        rf"to )?(?:carry|bring|bear|take) (?:any )?{_ARMS}|without (?:any )?{_ARMS}(?! being)"
        rf"|(?:come|go|walk|leave|travel|cross|pass|depart|move|be|remain|drive|comes|goes|"
        rf"travels|leaves) (?:out |through )?unarmed"
        rf"|(?:weapons|arms)(?: rule| on board)?: (?:none|no(?![\w])|not (?:allowed|permitted|to)|"
        rf"forbidden|prohibited|banned)"
        rf"|not (?:to )?(?:come|go|travel|leave|walk|be|turn up) armed"
        rf"|leave (?:your |all |any )?{_ARMS}(?:,? (?:and )?\w+){{0,5}} at home|"
        rf"only unarmed (?:people|persons|men|civilians)|(?:everyone|everybody|anyone|all|those|"
        rf"people) (?:who|that) "
        rf"(?:is|are|comes?|leaves?|goe?s?) (?:\w+ ){{0,2}}?unarmed|unarmed (?:people|persons|"
        rf"men) only"
        rf"|leave (?:any |all |your |their )*{_ARMS} (?:at home|in the house)"
        rf"|armed (?:people|persons|men|individuals) (?:\w+ ){{0,3}}?(?:will be|are|is|shall be|"
        rf"be) {_BARRED}"
        rf"|armed (?:people|persons|men|individuals) (?:\w+ ){{0,4}}?(?:will|may|shall|are|"
        rf"can) ?(?:not|be refused|"
        rf"be stopped|be turned)|(?:with|carry) (?:guns|weapons|arms|a gun|rifles)\? (?:\w+: "
        rf")?no(?![\w]))")),
)  # fmt: skip
_NEGATED = re.compile(
    r"(?:\bnot|n't|never|cannot|no longer|nobody|no one|without|forbidden from|barred from|"
    r"banned from|prohibited from|not be allowed to|not allowed to|may not)(?: be)?(?: "
    r"allowed| permitted)?(?: to)?(?:(?: leave| exit| keep| depart| go| pass| cross| out){0,2}|"
    r"(?: (?!be|until|unless|before|if|but|and|or|who|they|need|have|for|except|"
    r"only)[\w']{2,14}){0,2}) "
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
        if rule is None or role.is_past(sentence.start + rule[1]):
            continue
        value, first, last = rule
        speaker = speaker_of(reading, sentence, issuer)
        finding = Finding(value, sentence.start + first, sentence.start + last, STATED)
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
        for value, first, last in _rules(sentence.plain):
            start, end = sentence.start + first, sentence.start + last
            users = _users(reading, sentence, first)
            if users is None or role.is_past(start):
                continue
            each = GroupWeapons(users=users, rule=value)
            found.setdefault(each, Finding(each, start, end, STATED))
    if GroupWeapons(users="armed", rule="light") in found:  # "with weapons, light ones only"
        found.pop(GroupWeapons(users="armed", rule="keep"), None)
    groups = [each.users for each in found]
    return [finding for each, finding in found.items() if groups.count(each.users) == 1]


def _users(reading: Reading, sentence: Sentence, at: int) -> Users | None:
    """Tell whom a rule is for: the group last named before it, or whom "they" stands for."""
    before = list(GROUP.finditer(sentence.plain, 0, at))
    if before:
        return "armed" if before[-1]["armed"] else "civilian"
    return last_named(reading, sentence) if _THEY.search(sentence.plain) else None


_THEY = re.compile(r"(?<![\w-])(?:they|them|their|these|those)(?![\w])")


def _rule(plain: str) -> tuple[WeaponsRule, int, int] | None:
    """Give the first rule that a sentence states, and where its words stand."""
    return next(_rules(plain), None)


def _rules(plain: str) -> Iterator[tuple[WeaponsRule, int, int]]:
    """Give the rules that a sentence states, the narrower first, none inside another's words.

    Where no phrase is known, what each clause holds is weighed.
    """
    taken: list[re.Match[str]] = []
    for value, pattern in _RULES:
        for match in pattern.finditer(plain):
            before = plain[max(0, match.start() - 40) : match.start()]
            if _OF_GOVERNMENT.search(before) or any(
                match.start() < other.end() and other.start() < match.end() for other in taken
            ):
                continue
            if _NOT_OF_LEAVING.search(before) or (
                _UNARMED.match(match[0]) and STAFF.search(plain, 0, match.start())
            ):
                continue
            if _STANDS.search(before) or (" its " in match[0] and not _MOVES.search(plain)):
                continue
            if value in {"keep", "light"} and _BANS.search(before):
                taken.append(match)
                yield "none", *match.span()
                continue
            if value in {"keep", "light"} and turns_back(plain, *match.span()):
                taken.append(match)
                yield "none", *match.span()
                continue
            groups = list(GROUP.finditer(plain, 0, match.start()))
            armed = bool(groups and groups[-1]["armed"])
            stated = _stated(value, match[0], _NEGATED.search(before), armed=armed)
            taken.append(match)
            if stated is not None:
                yield stated, *match.span()
    if not taken:
        yield from clause_rules(plain)


def _stated(
    value: WeaponsRule, told: str, negated: re.Match[str] | None, *, armed: bool = False
) -> WeaponsRule | None:
    """Give the rule that words come to where they are denied, or speak of heavy arms alone."""
    if negated is not None:
        return _denied(value, negated, armed=armed)
    if value == "surrender" and _EMPTY.match(told) and not armed:
        return "none"
    if value == "none" and _UNARMED.match(told) and armed:
        return "surrender"
    if value == "keep" and _SMALL.search(told) and not _ALL.search(told):
        return "light"
    if value == "surrender" and _HEAVY.search(told) and not _WHOLE.search(told):
        return "light" if armed else None
    return value


def _denied(value: WeaponsRule, negated: re.Match[str], *, armed: bool) -> WeaponsRule | None:
    if value not in {"keep", "light"}:
        return None
    if _ORDER.match(negated.string) and not armed:
        return "none"  # "do not come with your weapons"
    return "none" if _NOBODY.match(negated[0]) else "surrender"


_STANDS = re.compile(
    r"(?<![\w-])(?:soldiers|police|policemen|guards|officers|he|man)(?: \w+)? $|"
    r"(?<![\w-])(?:stands?|stood|standing)(?: [\w'-]{1,14}){0,3} $"
)
"""Words before "with rifles" of those who just stand there."""
_MOVES = re.compile(
    r"(?<![\w-])(?:leav(?:e|es|ing)|go|goes|going|come|exit\w*|withdraw\w*|evacuat\w+|bus(?:es|ed|"
    r"sed)?|"
    r"board\w*|depart\w*|travel\w*|pass|move|moved|taken|allow\w*|permit\w*|may|can|corridors?|out|"
    r"let|"
    r"through|agree\w*|offer\w*|no one|nobody|anyone|transfer\w*|convoys?|cross|route|road)(?![\w])"
)
_UNARMED = re.compile(r"(?:without|\w+ unarmed|unarmed)")
_ORDER = re.compile(r"(?:please )?(?:do )?not(?![\w])")
_BANS = re.compile(r"(?<![\w-])(?:prohibit|forbid|ban)\w*(?: (?!but|and|unless)\w+){0,4} $")
_EMPTY = re.compile(r"empty|with empty|bare")
_NOBODY = re.compile(r"(?:nobody|no one)(?![\w])")
_SMALL = re.compile(r"(?<![\w-])(?:rifles?|kalashnikovs|sidearms)$")
_ALL = re.compile(r"(?<![\w-])all(?![\w])")
_HEAVY = re.compile(r"(?<![\w-])(?:heavy|medium)(?![\w])")
_WHOLE = re.compile(r"(?<![\w-])(?:all|light|small|personal)(?![\w])")
_NOT_OF_LEAVING = re.compile(
    r"(?<![\w-])(?:(?:refus\w+|reject\w*|declin\w+) (?:\w+ ){0,3}|use of (?:\w+ )?|never |"
    r"(?:our|each|one|either|both) sides? (?:will |shall |must )?|the sides (?:will )?|"
    r"the parties (?:will )?|we (?:will |shall )?)$"
)
"""Words before weapons that nobody leaves with: an answer, or their use in the fighting."""
