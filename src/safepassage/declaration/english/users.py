"""Tell in English text whom corridors are for: civilians or armed groups."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from safepassage.declaration.english import words
from safepassage.declaration.english.numbers import NUMBER, ORDINAL_DAYS
from safepassage.declaration.findings import DERIVED, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.roles import Role
    from safepassage.declaration.text import Sentence

__all__ = [
    "GROUP",
    "GROUP_HAS",
    "GROUP_USES",
    "NTH_FOR",
    "SEPARATE",
    "SHARE",
    "Users",
    "last_named",
    "note_users",
    "open_to_terms",
    "users_of",
    "who_may_leave",
]

Users = Literal["civilian", "armed"]

GROUP = re.compile(
    rf"(?<![\w-])(?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS}))(?![\w-])"
)
_LINK = (
    r"(?: (?:are|is|will|would|to|be|were|being|intended|meant|designated|set|aside|reserved|"
    r"open|opened|opening|used|specifically|"
    r"only|exclusively|earmarked|ones?|corridors?|exits?|routes?|of|them|these|which|those|"
    r"more|others?|further|it|lead|serve|also|"
    r"allocated|assigned|provided|kept|allotted|just|and|run|exit|humanitarian|have|has|been|left|"
    r"behind|given|over|granted|prepared|up|created|planned|marked|scheduled|established|made|"
    r"ready|waiting)){0,8}"
)
SHARE = re.compile(
    rf"(?<![\w.,:/$-])(?P<lead>(?:the |an? )?(?:other |remaining |further |another |additional "
    rf")?)(?P<count>{NUMBER})(?![\w-])(?: \([^()]{{1,60}}\))?"
    rf"(?P<link>{_LINK}) (?:for|to|by)(?: the| use by| be used by| all| use of)?(?: evacuation "
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
    rf" and (?=(?:the )?(?:{words.ARMED}|{words.CIVILIANS}) (?:by|via|through|have|use|get|"
    rf"will|may|can)(?!\w))"
)
"""Where another group begins: "civilians leave by six corridors and fighters by two"."""
GROUP_USES = re.compile(
    rf"(?<![\w-])(?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS})) "
    rf"(?:by|via|through|have|use|get|will (?:have|use|get)) (?:the other "
    rf")?(?P<count>{NUMBER})(?=[.,;)]|$)"
)
"""A count without its noun: "fighters by two"."""
GROUP_HAS = re.compile(
    rf"(?<![\w-])(?:for|to) (?:the )?(?:(?:exit|passage|evacuation|departure|leaving|use) (?:of|"
    rf"by) )?"
    rf"(?:the )?(?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS}))"
    r"(?: (?:with|without|their|light|personal|weapons|is|are|there|will|would|be|preparing|"
    r"prepared|"
    r"scheduled|assigned|remains?|left|open|opened|set|aside|up|kept|only|just|also|reserved|"
    r"designated|"
    r"intended|provided|meant|allocated|available|ready|have|been|has)){0,7}(?P<link> another|"
    r" an extra| "
    r"further)? "
    rf"(?P<count>{NUMBER})(?: more| others)?(?=[.,;:)]|$)"
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
        rf"(?:{NUMBER}|{'|'.join(ORDINAL_DAYS)})(?: \w+)?(?:{_LINK})? for\b)",
        after,
    ) or _OTHERS_USE.search(after)
    after = after[: cut.start()] if cut else after
    found = list(GROUP.finditer(after))
    base = offset + match.end()
    if not found:
        before = re.split(r"[;:]|, ", plain[floor : match.start()])[-1]
        found = list(GROUP.finditer(before))
        base = offset + match.start() - len(before)
        if found and _OTHER_SUBJECT.search(before):
            found = [
                g
                for g in found
                if _GOES.match(before, g.end()) or _IS_FOR.search(before, 0, g.start())
            ]
    found = [group for group in found if group[0] != "people"]
    kinds = {("armed" if group["armed"] else "civilian") for group in found}
    if len(kinds) != 1:
        return None
    users: Users = "armed" if "armed" in kinds else "civilian"
    note_users(found_users, users, found[0], users, base)
    return users


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
    rf"everyone) who (?:leaves?|comes? out|goe?s?)) unarmed"
    rf"|who (?:may|can|is to|are to) (?:use|leave|pass|go)[^:.;]{{0,20}}: (?:the |all )?(?P<seven>"
    rf"{_ROW})|(?:to|may|can|will) be used by (?:the |all )?(?P<eight>{_ROW})"
    rf"|(?:could|can|may|will be able to) (?:leave|exit|come out|go out|get out) (?P<nine>{_ROW})"
    rf"(?! behind)|can for (?:the )?(?P<ten>{_ROW}) (?:to )?leav(?:e|ing))(?![\w-])"
)
_NOBODY = re.compile(
    r"(?<![\w-])(?:no|not|nor|without|until|unless|prevent\w*|stopp\w*|number of|hundreds of|"
    r"failed "
    r"to|did not|refus\w*) (?:[\w']{1,12} ){0,2}$"
)
_ARMED_GO = re.compile(
    rf"(?<![\w-])(?:(?:{words.ARMED})(?: [\w'-]{{2,14}}){{0,3}}? (?:{_MAY}|will|would|to|shall) "
    rf"(?:also )?{_GO}|(?:{words.ARMED}) (?:leave|exit|withdraw|pass|depart|go)|(?:let|"
    rf"allow(?:ing)?|"
    rf"enabl(?:e|ing)|exit of|departure of|passage of|passage for|evacuation of|withdrawal of|exit "
    rf"for) (?:the |all |any |armed )?(?:[a-z]{{3,14}} )?(?:{words.ARMED}))(?![\w-])"
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


def who_may_leave(reading: Reading, elsewhere: frozenset[int]) -> tuple[Users, Finding[str]] | None:
    """Find the one kind of people that the text lets leave; ``None`` where both may, or it is open.

    A sentence tells who by what they may do ("women may leave"), by what is done for them
    ("to let residents out"), or by a way out that is for them.
    """
    told: dict[Users, Finding[str]] = {}
    for sentence, role in reading.rows():
        if sentence.index in elsewhere or not open_to_terms(sentence, role):
            continue
        for users, start, end in _leaving(sentence.plain):
            at = sentence.start + start
            if not role.is_past(at):
                told.setdefault(
                    users, Finding(sentence.plain[start:end], at, sentence.start + end, DERIVED)
                )
    return next(iter(told.items())) if len(told) == 1 else None


_OFFERS = re.compile(
    r"(?<![\w-])(?:ready|prepared|willing|agrees?|agreed) to (?:\w+ ){0,2}?(?:open|let|provide|"
    r"grant|"
    r"allow|create|give|set up|organi[sz]e|ensure)(?![\w])"
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


def _leaving(plain: str) -> Iterator[tuple[Users, int, int]]:
    for match in _LEAVES.finditer(plain):
        group = next(name for name, told in match.groupdict().items() if told)
        if match[group] != "you" and not _NOBODY.search(plain[: match.start()][-40:]):
            yield ("civilian", *match.span(group))
    armed = _ARMED_GO.search(plain)
    if armed:
        yield ("armed", *armed.span())
    if _WAYS.search(plain):
        for match in _FOR.finditer(plain):
            users: Users = "armed" if match["armed"] else "civilian"
            yield (users, *match.span(users))
