"""Tell in English text whom corridors are for: civilians or armed groups."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from safepassage.declaration.english import words
from safepassage.declaration.english.numbers import NUMBER, ORDINAL_DAYS
from safepassage.declaration.findings import DERIVED, Finding

if TYPE_CHECKING:
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.text import Sentence

__all__ = [
    "GROUP",
    "GROUP_USES",
    "NTH_FOR",
    "SHARE",
    "Users",
    "last_named",
    "note_users",
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
    r"behind|given|over|granted|prepared)){0,8}"
)
SHARE = re.compile(
    rf"(?<![\w.,:/$-])(?P<lead>(?:the |an? )?(?:other |remaining |further |another |additional "
    rf")?)(?P<count>{NUMBER})(?![\w-])"
    rf"(?P<link>{_LINK}) (?:for|to|by)(?: the| use by| be used by| all| use of)?(?: evacuation "
    rf"of| exit of| departure of| passage of)?"
    rf"(?: the| any| all)? (?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS}))(?![\w-])"
)


NTH_FOR = re.compile(
    rf"(?<![\w-])(?P<nth>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
    rf"(?: one| corridor| exit| route)?(?:, [^,;.\n]{{3,40}},)?(?: is| will be)? for (?:the )?"
    rf"(?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS}))(?![\w-])"
)
"""The last of a row that is told apart: "three for civilians, a fourth for fighters"."""


def last_named(reading: Reading, sentence: Sentence) -> Users | None:
    """Tell whom "they" in a sentence are: the only group that the sentence before names."""
    if sentence.index == 0:
        return None
    before = reading.text.sentences[sentence.index - 1].plain
    kinds: set[Users] = {
        "armed" if group["armed"] else "civilian" for group in GROUP.finditer(before)
    }
    return kinds.pop() if len(kinds) == 1 else None


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
        r"[;:]| - |\((?!for|to|all)|, (?:while|and|but|as well as|plus) (?!for|to|the "
        r"(?:elderly|sick|"
        r"wounded))|\band (?=\w+ (?:others?|more|for)\b)|, (?=(?:a |the |an?other )?"
        rf"(?:{NUMBER}|{'|'.join(ORDINAL_DAYS)})(?: \w+)? for\b)",
        after,
    ) or _OTHERS_USE.search(after)
    after = after[: cut.start()] if cut else after
    found = list(GROUP.finditer(after))
    base = offset + match.end()
    if not found:
        before = re.split(r"[;:]|, ", plain[floor : match.start()])[-1]
        found = list(GROUP.finditer(before))
        base = offset + match.start() - len(before)
        if found and re.search(
            r"\b(?:ministry|army|military|said|announced|opened|open)\b", before
        ):
            found = [
                g
                for g in found
                if re.search(r"^ (?:may|can|will|are|could|should|to|would)\b", before[g.end() :])
            ]
    kinds = {("armed" if group["armed"] else "civilian") for group in found}
    if len(kinds) != 1:
        return None
    users: Users = "armed" if "armed" in kinds else "civilian"
    note_users(found_users, users, found[0], users, base)
    return users


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


_LEAVES = re.compile(
    rf"(?<![\w-])(?P<who>{words.CIVILIANS}|you) (?:[a-z]{{2,12}} ){{0,2}}?(?:will be able to|may|"
    r"can|are (?:free|allowed|permitted) to) (?:\w{2,10}ly )?(?:leave|move|go|walk|travel|pass|"
    r"cross|use|evacuate)(?![\w])"
)
_ARMED_LEAVE = re.compile(rf"(?<![\w-]){words.ARMED} (?:[a-z]{{2,12}} ){{0,2}}?(?:may|can|leave)")


def who_may_leave(reading: Reading, elsewhere: frozenset[int]) -> Finding[str] | None:
    """Find who may leave by the one corridor, where the text lets nobody armed leave."""
    found: Finding[str] | None = None
    for sentence, role in reading.rows():
        if not role.may_state_terms or sentence.index in elsewhere:
            continue
        if _ARMED_LEAVE.search(sentence.plain):
            return None
        match = _LEAVES.search(sentence.plain)
        if match and found is None:
            span = sentence.start + match.start("who"), sentence.start + match.end("who")
            found = Finding(match["who"], *span, DERIVED)
    return found
