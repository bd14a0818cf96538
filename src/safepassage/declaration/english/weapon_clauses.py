"""Read a rule on weapons from what an English clause holds, in whatever order it says it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.model import WeaponsRule

__all__ = ["STAFF", "clause_rules", "turns_back"]


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])")


_HEAVY_ARM = (
    r"(?:mortars?|howitzers?|tanks?|artillery pieces|armou?r|armou?red vehicles|"
    r"(?:heavy|heavier|medium|military|combat) (?:equipment|hardware|vehicles|machine[ -]guns?|"
    r"items|ones|stuff|kit))"
)
_ARM = _any(
    rf"(?P<heavy>(?:heavy|heavier|medium|large|bigger|crew-served|anti-tank)(?:,? (?:and |or )?"
    rf"(?:heavy|medium|large))? (?:weapons?|arms|weaponry|guns?|armaments?)|{_HEAVY_ARM})",
    r"(?P<light>(?:(?:light|lighter|personal|small|individual|side|hand|light-calibre)"
    r"(?:(?:,| and| or|) (?:light|personal|small|individual))? (?:weapons?|arms|weaponry|guns?|"
    r"firearms?|rifles?)|rifles?|assault rifles?|pistols?|handguns?|sidearms?|side-arms?|"
    r"kalashnikovs?|submachine guns?|machine pistols?))",
    r"(?P<plain>weapons?|arms|weaponry|guns?|firearms?|armaments?)",
)
_CUT = re.compile(r"[.;:!?()]|,(?= )| - |\| |(?<= )(?=(?:but|while|whereas|though) )")
_GIVE = _any(
    r"la(?:y|ys|id|ying) (?:\w+ ){0,4}?(?:down|aside)|lay down|put(?:s|"
    r"ting)? (?:\w+ ){0,4}?(?:down|"
    r"aside)|surrender(?:s|ed|ing)?|hand(?:s|ed|ing)? (?:\w+ ){0,5}?(?:over|in|to)|turn(?:s|ed|"
    r"ing)?"
    r" (?:\w+ ){0,4}?(?:in|over)|giv(?:e|es|en|ing) (?:\w+ ){0,4}?(?:up|in)|drop(?:s|ped|ping)?|"
    r"deposit(?:s|ed|ing)?|yield(?:s|ed|ing)?|relinquish(?:es|ed|ing)?|abandon(?:s|ed|ing)?|"
    r"part(?:s|ed|ing)? with|left behind|leav(?:e|es|ing) (?:\w+ ){0,4}?(?:behind|with the|at the|"
    r"on the spot)|le(?:ft|ave|aves) (?:at|with|in) (?:the |a |our |their )?(?:\w+ )?(?:positions?|"
    r"checkpoints?|post|gate|depots?|bases?|front|lines?|village|town|city|enclave|spot|place)|"
    r"(?:stay|remain)(?:s|ed)? (?:behind|here|on (?:the )?(?:spot|place)|"
    r"in (?:the )?\w+|at (?!home)(?:the )?\w+|with the)|"
    r"collected|stacked|throw(?:s|ing)? (?:\w+ ){0,3}?"
    r"(?:down|away)|disarm(?:s|ed|ing)?"
)
_CARRY = _any(
    r"with|keep(?:s|ing)?|kept|carr(?:y|ies|ied|ying)|tak(?:e|es|en|ing)|retain(?:s|ed|ing)?|"
    r"br(?:ing|ings|inging|ought)|bear(?:s|ing)?|hold(?:s|ing)?|ha(?:ve|s|ving)|wear(?:s|ing)?|"
    r"possess(?:es|ing|ion)?|allowed|permitted|may|can|hide|hiding|go|pass|travel"
)
_KEEP = _any(
    r"keep(?:s|ing)?|kept|carr(?:y|ies|ied|ying)|tak(?:e|es|en|ing)|retain(?:s|ed|ing)?|"
    r"br(?:ing|ings|inging)|with|allowed|permitted|may|can"
)
_ALLOW = _any(r"only|may|can|allow(?:s|ed)?|permit(?:s|ted)?|will be able to|entitled|the right to|"
              r"keep(?:s|ing)?|retain(?:s|ing)?|kept|agreed|take|carry|leave")  # fmt: skip
_WITH = _any("with", "armed with")
_GOES = _any(
    r"go|goes|come|comes|exits?|withdraws?|evacuated|bus(?:es|ed|sed)|board(?:s|ing)?|departs?|"
    r"leav(?:e|es|"
    r"ing)|travels?|pass|passes|moved|taken|let|transferred|get"
)
_NOT = _any(
    r"not|no|never|without|neither|nor|nobody|no one|no-one|none|cannot|\w+n't|nothing|zero"
)
_BANNED = _any(
    r"(?:stay|stays|left|leave|remain) at home|forbidden|prohibit(?:s|ed|ion)?|banned|bans?|bars?|"
    r"barred|not (?:be )?(?:allowed|permitted|"
    r"tolerated|accepted|welcome|admitted)|(?:in)?admissible|excluded|ruled out|out of the "
    r"question|forbids?|unacceptable|(?:must|may|can|should) not(?= *[.,;!]?$)|"
    r"cannot(?= *[.,;!]?$)|confiscated|impounded|taken (?:away|from)"
)
_WHOEVER = _any(
    r"anyone|anybody|whoever|any(?: \w+)? (?:man|person|one|male|individual|people|who)|nobody|"
    r"no one|no-one|no (?:man|person|passenger|vehicle|car|bus)|none|all|everyone|those|people|"
    r"persons?|who"
)
_ARMED = _any(r"with|carrying|carr(?:y|ies)|bearing|bears?|holding|brings?|ha(?:s|ve)|in possession"
              r" of|found|caught|armed")  # fmt: skip
_TURNED = _any(
    r"(?:be |is |are )?(?:stopped|turned (?:back|away)|sent (?:back|away)|refused|detained|held|"
    r"arrested|treated as|taken for|considered|regarded as|shot|destroyed|eliminated|fired (?:on|"
    r"at|upon)|targeted|"
    r"treated|not (?:be )?(?:\w+ )?(?:received|welcome|let|pass|allowed|admitted|permitted|board|"
    r"taken|through|come|go|"
    r"travel|leave|accepted|get))"
)
_OTHER_USE = _any(
    r"fir(?:e|es|ed|ing)|us(?:e|es|ed|ing)(?! (?:the|this|these) (?:corridor|road|route))|"
    r"suppl(?:y|ies|ied)|deliver\w*|smuggl\w*|shipments?|search\w*|silent|"
    r"talks|production|embargo|exports?|depots? (?:of|were)|destroy\w*|strikes?|struck|shell\w*|"
    r"withdraw\w*|pull(?:s|ed|ing)? (?:back|out)|pull-?back|mov(?:e|es|ed|ing)|aid|aim(?:s|ed)?|"
    r"transfer\w*|transport\w*|movement|launch\w*|hit|point(?:s|ed|ing)? (?:at|their)|reload\w*|"
    r"ceasefire|"
    r"seized|inspect\w*|inside|nuclear|chemical|fall|fell|stockpil\w*|man|manned"
)
STAFF = _any(
    r"escorts?|teams?|staff|volunteers?|police|officers?|observers?|monitors?|peacekeepers?|crews?|"
    r"medics|doctors|drivers|employees|guards?|rescuers|workers|mission|patrols?|we"
)
"""Those who go about in a pause on duty, whose weapons are no rule for who leaves."""
_DEMANDED = _any(
    r"demand(?:s|ed|ing)?|call(?:s|ed|ing)? (?:up)?on|urg(?:e|es|ed|ing)|refus(?:e|es|ed|ing)|"
    r"reject(?:s|ed|ing)?|would rather|never|not ready to|not going to|no intention"
)
_UNTIL = _any(r"until|unless|before|if|except|other than|only after|first")
_OF_LEAVING = _any(
    r"leav(?:e|es|ing)|exits?|evacuat\w+|corridors?|routes?|roads?|bus(?:es)?|pass(?:es|ing|age)?|"
    r"cross(?:es|ing|ings)?|checkpoints?|come|comes|coming|go|goes|going|walk|walking|civilians|"
    r"residents|let through|board|bags?|luggage|documents|bridge|fighters?|militants?|rebels?|"
    r"gunmen|insurgents?|combatants|armed (?:\w+ )?(?:men|people|groups?|formations?)|whoever|"
    r"anyone|"
    r"anybody|those who|nobody|no one|with (?:them|you|him)|each|travel(?:s|ling)?|depart(?:s|"
    r"ing)?|"
    r"withdraw\w*|move out|behind|(?:stay|remain)s? on (?:the )?(?:spot|place)|"
    r"may be (?:kept|taken|carried|retained)|belongings|allowed (?:to )?keep|may keep|"
    r"tak(?:e|es|ing)|carry|carries|carrying|br(?:ing|ings|inging)"
)
"""Words of a sentence about those who leave, or about what they bring."""
_OVER = _any(r"yesterday|ago|already|last \w+|earlier|so far|since|has|had|have been")
_BREAK = re.compile(r"[.;:!?()]")
_WERE = re.compile(r" (?:or \w+ )?(?:was|were|had|has been|have been)(?![\w])")
_WALK = 60


_SPARED = re.compile(
    r"(?<![\w-])(?:except(?: for)?|apart from|other than|save(?: for)?) (?:their |his |one |"
    r"an? )?(?:own )?"
    r"(?:(?:light|personal|small|individual) (?:weapons?|arms)|rifles?|pistols?|side-?arms?|"
    r"handguns?|"
    r"assault rifles?|kalashnikovs?)(?![\w-])"
)
"""All arms are given up but these."""


def clause_rules(plain: str) -> Iterator[tuple[WeaponsRule, int, int]]:
    """Give the rule that each clause with weapons states, and where it stands.

    What is done with weapons (given up, carried, barred) is told apart from how it is
    meant (not, only, may), so that the order of words does not matter. Weapons that are
    fired, supplied or moved are none that people leave with.
    """
    if not _OF_LEAVING.search(plain):
        return
    spared = _SPARED.search(plain)
    if spared is not None:
        yield "light", *spared.span()
        return
    cuts = [0, *(match.end() for match in _CUT.finditer(plain)), len(plain)]
    at = 0
    for first, last in pairwise(cuts):
        match = _ARM.search(plain, first, last) if last > first else None
        if match is None:
            continue
        end = last
        if plain[first:last].strip(" -:") == match[0]:  # "weapons - leave them at home"
            cut = _CUT.search(plain, last + 1)
            end = cut.end() if cut else len(plain)
        rule = _rule_of(plain, first, end, match) or _said_after(plain, end, match)
        if rule is not None and first >= at:
            yield rule, match.start(), match.end()
            at = end


_BRINGING = re.compile(
    r"(?<![\w-])(?:prohibit|forbid|ban)\w* (?:[\w'-]+ ){0,3}?(?:delivery|entry|bringing|carrying|"
    r"passage|transport|taking) (?:in |out )?(?:of )?(?:any |all )?$"
)
_ON_THE_WAY = re.compile(
    r"(?<![\w-])(?:road|corridor|crossing|checkpoint|gate|passage|route)(?!\w)"
)


def _rule_of(plain: str, first: int, last: int, arm: re.Match[str]) -> WeaponsRule | None:
    clause = plain[first:last]
    if _BRINGING.search(plain, first, arm.start()) and _ON_THE_WAY.search(plain):
        return "light" if arm.lastgroup == "heavy" else "none"
    if _OTHER_USE.search(clause) or _OVER.search(clause) or _WERE.match(plain, arm.end()):
        return None
    kind = arm.lastgroup
    begin = arm.start() - first
    before, after = clause[:begin], clause[arm.end() - first :]
    give = _GIVE.search(clause)
    if give is not None:
        return _given_up(clause, give, kind, plain[max(0, first - _WALK) : first])
    if _is_barred(plain, first, last, before, after):
        if STAFF.search(before):
            return None
        return "light" if kind == "heavy" else "none"
    lead = _BREAK.split(plain[: arm.start()])[-1]
    return _kept(before, after, kind, lead)


_IT = re.compile(r"(?<![\w-])(?:it|them|these|those|they|such)(?![\w-])")


def _said_after(plain: str, at: int, arm: re.Match[str]) -> WeaponsRule | None:
    """Read "guards look for weapons: to take them is prohibited" of the weapons before."""
    cut = _CUT.search(plain, at)
    clause = plain[at : cut.start() if cut else len(plain)]
    if not _IT.search(clause) or _OTHER_USE.search(clause):
        return None
    if _BANNED.search(clause):
        return "light" if arm.lastgroup == "heavy" else "none"
    give = _GIVE_IT.search(clause)
    return _given_up(clause, give, arm.lastgroup, "") if give else None


_GIVE_IT = _any(
    r"(?:lay|put|set|throw) (?:it|them) (?:down|aside|away)|(?:hand|turn) (?:it|them) (?:in|"
    r"over)|give (?:it|"
    r"them) "
    r"(?:up|in)|surrender (?:it|them)|leave (?:it|them) (?:behind|at|with|in)|drop (?:it|them)"
)


def turns_back(plain: str, start: int, end: int) -> bool:
    """Tell whether words on arms are of those who are turned back for having them."""
    lead = plain[max(0, start - _WALK) : start]
    return (
        _WHOEVER.search(lead) is not None and _TURNED.search(plain[end : end + _WALK]) is not None
    )


def _given_up(clause: str, give: re.Match[str], kind: str | None, lead: str) -> WeaponsRule | None:
    if _DEMANDED.search(lead) or _DEMANDED.search(clause[: give.start()]):
        return None
    doubt = [match.end() for match in _NOT.finditer(clause, 0, give.start())]
    if doubt and not _UNTIL.search(clause, doubt[-1], give.start()):
        return None if kind == "heavy" else "keep"
    return "light" if kind == "heavy" else "surrender"


def _is_barred(plain: str, first: int, last: int, before: str, after: str) -> bool:
    """Tell whether weapons may not be had: forbidden, none, or whoever has them is turned back."""
    lead = plain[max(0, first - _WALK) : first] + before
    rest = plain[last : last + _WALK]
    if _BANNED.search(before) or _BANNED.search(after):
        return not _NOT.search(before) or _BANNED.search(after) is not None
    whoever = _WHOEVER.search(lead)
    if whoever and _ARMED.search(lead, whoever.end()):
        nobody = whoever[0].startswith(("no", "none"))
        return nobody or _TURNED.search(after + rest) is not None
    nots = list(_NOT.finditer(before))
    if not nots:
        return _TURNED.search(after) is not None and _CARRY.search(before) is not None
    tail = before[nots[-1].end() :]
    if _LISTED.fullmatch(tail):
        return True
    return _CARRY.search(tail) is not None


_LISTED = re.compile(
    r"(?: (?:any|kind|of|other|sort|such|more)){0,3}(?: (?:\w{2,12} )?\w{3,14}(?:,| and|"
    r" or)){0,3} ?"
)
"""What may stand between "no" and weapons: "no uniforms or weapons"."""


def _kept(before: str, after: str, kind: str | None, lead: str) -> WeaponsRule | None:
    if re.search(r"(?<!\w)nothing (?:heavier|bigger|larger|more) than ", before):
        return "light"
    if re.match(r"(?: and all| included| as well)(?!\w)", after):
        return "keep"
    if re.match(r" (?:that )?(?:they|he) (?:hold|have|has|carry|carries|own|owns)(?!\w)", after):
        return "keep" if _WITH.search(before) else None
    if kind == "light":
        near = lead[-_WALK:]
        goes = _WITH.search(near) and _GOES.search(before)
        return "light" if _ALLOW.search(near) or goes or _ALONE.match(after) else None
    theirs = kind == "plain" and _KEEP.search(before) and _OWN.search(before)
    return "keep" if theirs else None


_ALONE = re.compile(r"[\w ]{0,30} (?:only|alone|may|can|will be|are|each|per|apiece)(?!\w)")
_OWN = re.compile(r"(?<!\w)(?:their|his|all|own|your) $")
