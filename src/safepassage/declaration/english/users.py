"""Tell in English text whom corridors are for: civilians or armed groups."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from safepassage.declaration.english import words
from safepassage.declaration.english.numbers import NUMBER, ORDINAL_DAYS
from safepassage.declaration.findings import Finding

if TYPE_CHECKING:
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.roles import Role
    from safepassage.declaration.text import Sentence

__all__ = [
    "GROUP",
    "GROUP_HAS",
    "GROUP_USES",
    "HURT",
    "NTH_FOR",
    "SEPARATE",
    "SHARE",
    "Users",
    "last_named",
    "note_users",
    "open_to_terms",
    "users_of",
]

Users = Literal["civilian", "armed"]

GROUP = re.compile(
    rf"(?<![\w-])(?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS}))(?![\w-])"
)
HURT = re.compile(
    r"(?:the )?(?:sick|wounded|injured|ill)(?:(?:,| and|, and) (?:the )?(?:sick|wounded|injured|"
    r"ill))?"
)
"""The hurt alone, who may be fighters."""
_LINK = (
    r"(?: (?:are|is|will|would|to|be|were|being|intended|meant|designated|set|aside|reserved|"
    r"open|opened|opening|used|specifically|"
    r"only|exclusively|earmarked|ones?|corridors?|exits?|routes?|of|them|these|which|those|"
    r"more|others?|further|it|lead|serve|also|"
    r"allocated|assigned|provided|kept|allotted|just|and|run|exit|humanitarian|have|has|been|left|"
    r"behind|given|over|granted|prepared|up|created|planned|marked|scheduled|established|made|"
    r"ready|waiting|the|work|works|operates?|functions?|now|still|today|again|around|clock|daily|"
    r"every|day|"
    r"always)){0,8}"
)
_OF_WHOLE = (
    rf"(?: (?:out of|of|from among)(?: (?:the|all|these|those|its)){{0,2}} (?P<whole>{NUMBER})"
    r"(?![\w:-]))?"
)
"""The number that a share is of: "six of the eight"."""
SHARE = re.compile(
    rf"(?<![\w.,:/$-])(?P<lead>(?:the |an? )?(?:other |remaining |further |another |additional "
    rf")?)(?P<count>{NUMBER})(?![\w-])(?: \([^()]{{1,60}}\))?{_OF_WHOLE}"
    rf"(?P<aside> - [^-;.]{{3,80}} -|, [^;.]{{3,60}},)?(?P<link>{_LINK}) (?:for|to|by)(?: the| "
    rf"use by| be used by| all| use of)?(?: evacuation "
    rf"of| exit of| departure of| passage of| leaving of| leaving)?"
    rf"(?: the| any| all)? (?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS}))(?![\w-])"
)


NTH_FOR = re.compile(
    rf"(?<![\w-])(?P<nth>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
    rf"(?: one| corridor| exit| route)?(?:, [^,;.\n]{{3,40}},)?{_LINK} for (?:the )?"
    rf"(?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS}))(?![\w-])"
)
"""The last of a row that is told apart: "three for civilians, a fourth for fighters"."""


def last_named(reading: Reading, sentence: Sentence) -> Users | None:
    """Tell whom "they" in a sentence are: the only group that the sentence before names."""
    lead = reading.text.sentences[max(0, sentence.index - 2) : sentence.index]
    for before in reversed(lead):
        plain = _WITH_THEM.sub(" ", before.plain)
        kinds: set[Users] = {
            "armed" if group["armed"] else "civilian" for group in GROUP.finditer(plain)
        }
        if kinds:
            return kinds.pop() if len(kinds) == 1 else None
    return None


_WITH_THEM = re.compile(
    r"(?<![\w-])(?:and|with) (?:their |the )?famil(?:y|ies)(?: members)?(?![\w])"
)
"""Those whom fighters take along, who are no group of their own."""


_OTHERS_USE = re.compile(
    rf"(?: and|,|, while|, but) (?=(?:the )?(?:{words.ARMED}|{words.CIVILIANS}) (?:by|via|through|"
    rf"have|use|get|will|may|can|could|is|are|no|none|not)(?!\w))"
)
"""Where another group begins: "civilians leave by six corridors and fighters by two"."""
GROUP_USES = re.compile(
    rf"(?<![\w-])(?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS})) "
    rf"(?:(?:will|may|can|could|would|should|are to) )?(?:by|via|through|have|use|get|take|"
    rf"(?:leave|"
    rf"exit|go|depart) (?:by|via|through|along)) (?:the (?:other|remaining|last) )?"
    rf"(?P<count>{NUMBER}){_OF_WHOLE}(?=[.,;)]|$)"
)
"""A count without its noun: "fighters by two"."""
GROUP_HAS = re.compile(
    rf"(?<![\w-])(?:for|to) (?:the )?(?:(?:exit|passage|evacuation|departure|leaving|use) (?:of|"
    rf"by) )?"
    rf"(?:the )?(?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS}))"
    r"(?:,(?= there ))?"
    r"(?: (?:with|without|their|light|personal|weapons|is|are|there|will|would|be|preparing|"
    r"prepared|"
    r"scheduled|assigned|remains?|left|open|opened|set|aside|up|kept|only|just|also|reserved|"
    r"designated|"
    r"intended|provided|meant|allocated|available|ready|have|been|has|behind)){0,7}"
    r"(?P<link> another|"
    r" an extra| "
    r"further)? "
    rf"(?P<count>{NUMBER})(?: more| others)?{_OF_WHOLE}(?: for them)?(?=[.,;:)]|$)"
)
"""A count without its noun behind those it is for: "for fighters there are two more"."""
SEPARATE = re.compile(
    rf"(?<![\w-])(?:(?:(?P<armed>{words.ARMED})|"
    rf"(?P<civilian>{words.CIVILIANS}))(?:[-:, ]{{1,3}}(?:have|has|"
    rf"get|are given|will|leave|leaves|by|via|use|through|their|is|there|be|a|an|given|along|go|"
    rf"may)){{0,5}}"
    r"[-:, ]{1,3}(?:separate|different|special|own|another) (?:\w+ )?(?:corridors?|route|passage|"
    r"exit|"
    r"road|crossing|way out)(?!s)"
    r"|(?:a|an|one) (?:separate|different|special) (?:\w+ )?(?:corridor|route|passage|exit|road|"
    r"crossing|"
    rf"way out)(?: [\w'-]{{1,16}}){{0,5}}? (?:for|to) (?:the )?(?:(?P<armed2>{words.ARMED})|"
    rf"(?P<civilian2>"
    rf"{words.CIVILIANS})))(?![\w-])"
)
"""A way of their own: "fighters have a separate passage"."""


def users_of(
    match: re.Match[str],
    plain: str,
    floor: int,
    limit: int,
    offset: int,
    found_users: dict[Users, Finding[str]],
) -> Users | None:
    """Tell whom the counted corridors are for, from the words after them, else before."""
    if "civilian" in match["adjectives"] or re.match(r"civilian", match["noun"]):
        return "civilian"
    if "armed" in match["adjectives"].split() or "military" in match["adjectives"].split():
        return "armed"
    share = SHARE.search(plain, match.end(), limit)
    stop = share.start() if share else limit
    after = plain[match.end() : stop]
    cut = re.search(
        rf", (?=(?:{NUMBER}) of (?:which|them|these))|"
        r"[;:]| - |\((?!for|to|all)|, (?:while|and|but|as well as|plus) (?!for|to|the "
        r"(?:elderly|sick|"
        r"wounded))|\band (?=\w+ (?:others?|more|for)\b)|(?:, |\band )(?=(?:a |the |an?other )?"
        rf"(?:{NUMBER}|{'|'.join(ORDINAL_DAYS)})(?: \w+)?(?:, [^,;.]{{3,40}},)?(?:{_LINK})? for\b)",
        after,
    ) or _OTHERS_USE.search(after)
    after = after[: cut.start()] if cut else after
    found = list(GROUP.finditer(after))
    base = offset + match.end()
    if not found:
        label = _LABEL.search(plain, floor, match.start())
        before = label[0] if label else re.split(r"[;:]|, ", plain[floor : match.start()])[-1]
        found = list(GROUP.finditer(before))
        base = offset + match.start() - len(before)
        if found and _OTHER_SUBJECT.search(before):
            found = [
                g
                for g in found
                if _GOES.match(before, g.end()) or _IS_FOR.search(before, 0, g.start())
            ]
    found = [group for group in found if group[0] != "people" and not HURT.fullmatch(group[0])]
    kinds = {("armed" if group["armed"] else "civilian") for group in found}
    if len(kinds) != 1:
        return None
    users: Users = "armed" if "armed" in kinds else "civilian"
    note_users(found_users, users, found[0], users, base)
    return users


_LABEL = re.compile(r"(?<![\w-])(?:for|to) [^:;.,]{3,60}: ?$")
"""Whom a row is for: "for the exit of residents: two corridors"."""
_OTHER_SUBJECT = re.compile(r"\b(?:ministry|army|military|said|announced|opened|open|that)\b")
_GOES = re.compile(r" (?:may|can|will|are|could|should|to|would|leav\w+|exit\w*|withdraw\w*)(?!\w)")
_IS_FOR = re.compile(r"(?<![\w-])(?:for|let|allow|so that|exit of|evacuation of) (?:the |all )?$")


def note_users(
    found_users: dict[Users, Finding[str]],
    users: Users,
    match: re.Match[str],
    group: str,
    offset: int,
) -> None:
    """Keep the words for a group of users, the fuller ones where there are several."""
    words_ = match[group].removeprefix("the ")
    start = offset + match.end(group) - len(words_)
    known = found_users.get(users)
    if known is None or (words_.startswith("unarmed") and not known.value.startswith("unarmed")):
        found_users[users] = Finding(words_, start, start + len(words_))


_OFFERS = re.compile(
    r"(?<![\w-])(?:ready|prepared|willing|agrees?|agreed) to (?:\w+ ){0,2}?(?:open|let|provide|"
    r"grant|"
    r"allow|create|give|set up|organi[sz]e|ensure)(?![\w])"
    r"|(?:the only|a single|single) (?:\w+ ){0,2}(?:corridor|crossing|exit|road|route|way|passage)"
    r"(?: \w+){0,4}? (?:for|is|runs|passes|leads|open|available)(?![\w])"
    r"|(?:who|which|that|those)(?: (?:are|is|were))? (?:ready|willing|wish(?:es|ing)?|want(?:s|"
    r"ing)?|"
    r"prepared) (?:to|for)(?![\w])"
)
"""An offer to open a way, or people who are ready to leave: no doubt about the way itself."""


def open_to_terms(sentence: Sentence, role: Role) -> bool:
    """Tell whether a sentence may tell of ways and who they are for: it is offered or announced."""
    if role.looks_back:
        return False
    return not role.doubtful or _OFFERS.search(sentence.plain) is not None
