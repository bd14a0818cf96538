"""Find in English text what is to stop while a pause lasts, and who is to pull back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.findings import RESOLVED, STATED, Finding
from safepassage.declaration.model import Withdrawal
from safepassage.declaration.nations import ADJECTIVES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.roles import Role
    from safepassage.declaration.text import Sentence

__all__ = ["find_prohibited", "find_withdrawals"]

_ACTS = {
    "air strikes": r"air ?strikes?|air-strikes?|air raids?|aerial (?:attacks|bombardment|bombing)|"
    r"strikes from the air|bombing raids?",
    "strikes": r"strikes",
    "bombing": r"bombings?|bombardments?",
    "shelling": r"shelling|artillery (?:fire|strikes|attacks)|mortar fire|rocket fire",
    "flights": r"(?:(?:military|drone|combat|reconnaissance|surveillance|air|helicopter) )?"
    r"(?:flights?|overflights?|sorties)|warplanes?|military aircraft|drones?",
    "military operations": r"(?:military |combat |offensive |ground )?operations|offensives?",
    "hostilities": r"hostilities",
    "fighting": r"fighting|combat",
    "fire": r"fire|firing|shooting|gunfire",
    "attacks": r"attacks|assaults?",
    "troop movements": r"(?:troop|military) movements?|movements? of (?:troops|forces|military "
    r"\w+)|redeployments?|repositioning",
}
_ACT = "|".join(f"(?P<a{index}>{pattern})" for index, pattern in enumerate(_ACTS.values()))
_LEAD = r"(?:(?:all|any|its|their|the|further|new|acts of|use of|military|active|every) ){0,3}"
_STOPS = re.compile(
    rf"(?<![\w-])(?:(?:suspend|halt|stop|cease|pause|refrain from|abstain from|end|cessation of|"
    rf"suspension of|halt to|halt in|pause in|moratorium on|ban on)(?:s|ing|ping)?"
    rf"|(?:has|have|had|be|been|having) (?:\w+ )?(?:suspend|halt|stopp|ceas|paus|end)ed)"
    rf" {_LEAD}(?:{_ACT})(?![\w])"
)
"""What somebody stops; that they once stopped it ("stopped shelling on Monday") is history."""
_NONE = re.compile(
    rf"(?<![\w-])(?P<ahead>(?:will|shall|must|are to|is to) be )?no {_LEAD}(?:{_ACT})(?![\w])"
    r"(?(ahead)|(?=,?(?: \w+){0,4}? (?:will|shall|may|must|are allowed|is allowed)(?![\w])))"
)
_BANNED = re.compile(
    rf"(?<![\w-]){_LEAD}(?:{_ACT}) (?:(?:over|on|in|near|along|against) (?:[\w'-]+ ){{1,4}})?"
    r"(?:(?:is|are|will be|shall be|would be|must be|are to be|have been) (?:strictly |also "
    r"|temporarily |all )?"
    r"(?:forbidden|prohibited|banned|suspended|halted|stopped|not allowed|not permitted|grounded|"
    r"off limits)|(?:will|would|shall|must|are to) (?:stop|cease|end|be grounded|not (?:fly|take "
    r"place|be carried out|be used)))(?![\w])"
)
_AND = re.compile(rf"(?:,| and| or|, and|, or|, as well as) {_LEAD}(?:{_ACT})(?![\w])")
_ANY = "|".join(f"(?:{pattern})" for pattern in _ACTS.values())
_LIST = re.compile(rf"(?<![\w-])(?:{_LEAD}(?:{_ANY})(?:,? and |,? or |, )){{1,6}}$")
_ONE = re.compile(rf"(?<![\w-]){_LEAD}(?:{_ACT})(?![\w])")
_UNDONE = re.compile(
    r"(?<![\w-])(?:refus\w*|not|never|declin\w*|fail\w*|call\w*|urg\w*|demand\w*|ask\w*|"
    r"appeal\w*|until|unless|if|without|after|(?:an?|the) (?:end|halt) to)"
    r"(?: [\w'-]+){0,5} $"
)


def find_prohibited(reading: Reading, elsewhere: frozenset[int]) -> list[Finding[str]]:
    """Find what is to stop or is forbidden while the pause lasts."""
    found: dict[str, Finding[str]] = {}
    for sentence, role in _rows(reading, elsewhere):
        plain = sentence.plain
        for pattern in (_STOPS, _BANNED, _NONE) if role.may_state_terms else (_NONE,):
            for match in pattern.finditer(plain):
                start = sentence.start + match.start()
                if role.is_past(start) or _UNDONE.search(
                    plain[max(0, match.start() - 60) : match.start()]
                ):
                    continue
                row = list(_row(plain, match))
                first = min(each.start() for each in row)
                for each in row:
                    finding = Finding(
                        _act(each), sentence.start + first, sentence.start + each.end()
                    )
                    found.setdefault(finding.value, finding)
    if "air strikes" in found:
        found.pop("strikes", None)
    return sorted(found.values(), key=lambda finding: (finding.start, finding.end))


def _row(plain: str, match: re.Match[str]) -> Iterator[re.Match[str]]:
    """Give an act and those joined to it: "strikes, shelling and flights" before or after."""
    before = _LIST.search(plain, max(0, match.start() - 120), match.start())
    if before is not None and match.re is _BANNED:
        yield from _ONE.finditer(plain, before.start(), match.start())
    following: re.Match[str] | None = match
    while following is not None:
        yield following
        following = _AND.match(plain, following.end())


def _act(match: re.Match[str]) -> str:
    names = list(_ACTS)
    return next(name for i, name in enumerate(names) if match[f"a{i}"] is not None)


_NEAR = 4


def _rows(reading: Reading, elsewhere: frozenset[int]) -> Iterator[tuple[Sentence, Role]]:
    """Give sentences about what is to come that name the pause, or stand shortly after one."""
    named_at = -99
    for sentence, role in reading.rows():
        if role.names and role.may_state_terms:
            named_at = sentence.index
        near = sentence.index - named_at <= _NEAR
        if near and not role.looks_back and sentence.index not in elsewhere:
            yield sentence, role


_NATION = "|".join(sorted((form for forms in ADJECTIVES.values() for form in forms), key=len))
_FORCES = (
    rf"(?:(?:{_NATION}) )?"
    r"(?:(?:all|their|its|the|heavy|military|government|armed|own|some|any|artillery|and|of) ){0,4}"
    r"(?:forces|troops|units|soldiers|tanks|artillery|weapons|weaponry|armou?r|equipment|"
    r"vehicles|military hardware|positions|checkpoints|personnel|gunmen|militias)"
)
_PULLS = re.compile(
    rf"(?<![\w-])(?:(?:withdraw|pull back|pull out|pull|move back|redeploy)(?:s|ing)? {_FORCES}"
    rf"(?: back| away)?"
    rf"|(?P<who>{_FORCES}) (?:will|would|shall|must|are to|is to|have to) (?:be "
    r"(?:withdrawn|pulled back|moved back|redeployed)|withdraw|pull back|move back|retreat)"
    r"(?! (?:with|carrying|toward|towards|to [a-z]|by|through)))(?P<rest>[^.;:\n\"]{0,120})"
)
_END = re.compile(
    r",? (?:said|the ministry|according|so that|while|but|which|and (?:will|would))\b"
)
_EXIT = re.compile(
    r"(?<![\w-])(?:fighters|rebels|militants|insurgents|gunmen|armed (?:groups|men))"
)


def find_withdrawals(reading: Reading, elsewhere: frozenset[int]) -> list[Finding[Withdrawal]]:
    """Find who is to pull forces or weapons back; fighters who leave are no withdrawal."""
    found: dict[str, Finding[Withdrawal]] = {}
    for sentence, role in _rows(reading, elsewhere):
        if not role.may_state_terms:
            continue
        for match in _PULLS.finditer(sentence.plain):
            start = sentence.start + match.start()
            before = sentence.plain[max(0, match.start() - 40) : match.start()]
            if role.is_past(start) or _UNDONE.search(before) or words.WISHES.search(before):
                continue
            if match["who"] is None and _EXIT.search(before):
                continue
            cut = _END.search(match["rest"])
            rest = match["rest"][: cut.start()] if cut else match["rest"]
            end = sentence.start + match.start("rest") + len(rest.rstrip(" ,"))
            here = [actor for actor in reading.actors_in(sentence) if actor.end <= start]
            party = here[-1] if here and here[-1].kind != "media" else None
            terms = " ".join(reading.text.quote(start, end).split())
            finding = Finding(
                Withdrawal(party=party.name if party else None, terms=terms),
                start, end, STATED if party else RESOLVED,
            )  # fmt: skip
            found.setdefault(terms, finding)
    return list(found.values())
