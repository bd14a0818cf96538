"""Count in English text ways that are told by letter, by name alone, or as so many of a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english.corridor_words import MOST, Count, ways_number
from safepassage.declaration.english.numbers import NUMBER
from safepassage.declaration.english.users import GROUP, open_to_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.users import Users
    from safepassage.declaration.text import Sentence

__all__ = ["each_of_groups", "each_of_names", "lettered_ways", "named_only", "portion_of"]

_WAYS = (
    r"(?:(?:humanitarian|evacuation|safe|exit|green|crossing) )?(?:corridors|routes|roads|exits|"
    r"crossings|passages|bridges|gates|checkpoints|axes|streets|points(?: of passage)?|ways out)"
)
_WORKS = (
    r"(?:(?:are|is|will be|will|can|may|remain|stay|have been|to|still|now|only|currently|be|being|"
    r"again) ){0,3}(?:work(?:s|ing)?|open(?:ed)?|operat(?:e|es|ing|ional)|function(?:s|ing)?|"
    r"usable|used|in (?:use|operation|service)|passable|available|cleared)"
)
_ALL = rf"(?:the |all |these |those |its )?(?P<whole>{NUMBER}) {_WAYS}"
_PLURAL = rf"(?<![\w-]){_WAYS}(?: [\w'-]{{1,16}}){{0,8}}?[;,.:]"
_ASIDE = r"(?: [\w'-]{1,16}){0,4}?,? "
_OF_THEM = r"(?:and |but |of (?:them|these) |only |so far ){0,2}"
_PORTIONS = (
    re.compile(
        rf"(?<![\w-])(?:out of|of|from among|from) {_ALL}{_ASIDE}(?:only |just )?"
        rf"(?P<count>{NUMBER}) {_WORKS}(?![\w-])"
    ),
    re.compile(
        rf"(?<![\w-])(?P<count>{NUMBER}|half)(?: out of| of| from)? (?=the|all|these|those|its)"
        rf"{_ALL}{_ASIDE}{_WORKS}(?![\w-])"
    ),
    re.compile(
        rf"(?<![\w-])(?P<count>{NUMBER}) {_WAYS} (?:out of|of|from among) (?:the |all )?"
        rf"(?P<whole>{NUMBER})(?: {_WAYS})?(?![\w-])(?! (?:(?:are|is|will be|designated|intended|"
        r"meant|reserved|set aside) ){0,3}(?:for|to) )"
    ),
    re.compile(rf"(?<![\w-])(?:of|from) {_ALL},? {_WORKS} (?P<count>{NUMBER})(?=[.,;:]|$)"),
    re.compile(rf"(?<![\w-])(?P<count>half) (?:of|from) {_ALL}(?![\w-])"),
    re.compile(rf"{_PLURAL} {_WORKS} (?:only )?(?P<count>{NUMBER})(?=[.,;:]|$)"),
    re.compile(
        rf"{_PLURAL} {_OF_THEM}(?P<count>{NUMBER})(?: of (?:them|these|those|which))? {_WORKS}"
        r"(?![\w-])"
    ),
    re.compile(
        rf"(?<![\w-])only (?P<count>{NUMBER}) of (?:them|these|those) {_WORKS}(?![\w-])(?! (?:to|"
        rf"for) )"
    ),
    re.compile(
        rf"(?<![\w-]){_WAYS}[^.;]{{0,60}}? but (?:only |just )?(?P<count>{NUMBER})(?: of them)? "
        r"(?:could be|was|were|has been|have been|is|are|will be|will) (?:agreed|approved|"
        r"confirmed|"
        r"opened|open|work\w*|accepted|operat\w+)(?![\w-])"
    ),
)
"""So many of a number of ways that are in use: "two of the three work", "three work"."""


def portion_of(sentence: Sentence) -> Count | None:
    """Count the ways in use of a number of ways: "of the six corridors three are open"."""
    for pattern in _PORTIONS:
        match = pattern.search(sentence.plain)
        if match is None:
            continue
        told = match["count"]
        if told == "half":
            whole = ways_number(match["whole"])
            count = whole // 2 if whole % 2 == 0 else 0
        else:
            count = ways_number(told)
        if not 0 < count <= MOST:
            continue
        users = _one_group(sentence.plain[match.end() :])
        at = sentence.start + match.start(), sentence.start + match.end()
        return Count(count, users, *at, sentence.index, definite=True, total=True)
    return None


def _one_group(plain: str) -> Users | None:
    stop = re.search(r"[.;]|,? (?:and|but|while) ", plain)
    kinds = {
        "armed" if group["armed"] else "civilian"
        for group in GROUP.finditer(plain, 0, stop.start() if stop else len(plain))
        if group[0] != "people"
    }
    if len(kinds) != 1:
        return None
    return "armed" if "armed" in kinds else "civilian"


_NAME = (
    r"(?:[A-Z][\w'’-]{1,24}|[A-Z]{2,3}|[A-Z]-?\d{1,3})(?: (?:(?:al|el|as|ash|ad|at|an|ar)-|of |the "
    r")?[A-Z][\w'’-]{0,24}){0,3}"
)
_PLAIN_NAME = rf"(?:the )?{_NAME}(?: (?:road|street|bridge|crossing|gate|checkpoint|square))?"
_NEXT = r"(?:, (?:and |or )?| and | or )(?:(?:through|via|at|near|by|in|from) )?"
_ROW = rf"{_PLAIN_NAME}(?:{_NEXT}{_PLAIN_NAME}){{1,8}}"
_PER_NAME = re.compile(
    r"(?<![\w-])(?:[Oo]ne|1) (?:(?:[a-z]+ )?(?:corridor|route|road|exit|crossing|passage) )?"
    r"(?:each (?:from of|from|for|at|in|out of|to)|from each"
    r"(?: (?:of|city|town|of them|of these))?:?) "
    rf"(?P<row>{_ROW})(?![\w-])"
)
_BY_NAME = re.compile(
    r"(?<![\w-])(?:leave|leaves|leaving|exit|exits|go out|get out|come out|walk out|cross|crosses|"
    r"pass|way out|ways out|let out|let through|out|depart|departure|passage|"
    r"move)(?: (?!and |or )[\w'-]{1,20}){0,6}? (?:is |are |marked |only |possible ){0,3}"
    rf"(?:through|via|by way of|at) (?P<row>{_ROW})(?P<after>[^.;,]{{0,24}})"
)
_ARE = re.compile(
    r"(?<![\w-])(?:corridors|exits|crossings|crossing points|exit points|ways out|passages|"
    r"checkpoints|gates|"
    rf"routes|roads)(?: (?!are |at )[\w'-]{{1,16}}){{0,6}}? (?:(?:are|will be|have been|were) "
    rf"(?:\w+ ){{0,2}}?(?:at |near |in |through )?|at )(?:the )?(?P<row>{_ROW})"
    r"(?P<after>[^.;,]{0,24})"
)
_SPLIT = re.compile(r",? and |,? or |, ")
_GATHER = re.compile(
    r"(?<![\w-])(?:gather\w*|assembl\w*|collection|reception|meeting|buses (?:leave|depart|wait|"
    r"run)|no longer|not|closed|shut|blocked|aid|trucks?|convoys?|supplies|goods|talks|calls?|"
    r"negotiat\w*|meeting|killed|shelled)(?![\w-])"
)
_IS_PLACED = re.compile(r"(?: (?:in|to|into|from|towards?) | (?:province|district|region)s?)")


_PER_GROUP = re.compile(
    r"(?<![\w-])(?:one|1) (?:[a-z]+ )?(?:corridor|route|road|exit|crossing|passage|gate) each"
    r"(?: [\w'-]{2,14}){0,5}? for (?P<both>[^.;:]{5,80})"
)


def each_of_groups(sentence: Sentence) -> list[Count]:
    """Count "one corridor each for civilians and for fighters" as one for each group."""
    match = _PER_GROUP.search(sentence.plain)
    if match is None:
        return []
    groups = list(GROUP.finditer(match["both"]))
    kinds: list[Users] = ["armed" if group["armed"] else "civilian" for group in groups]
    if sorted(kinds) != ["armed", "civilian"]:
        return []
    at = sentence.start + match.start(), sentence.start + match.end()
    return [Count(1, users, *at, sentence.index, definite=True) for users in kinds]


def each_of_names(sentence: Sentence) -> Count | None:
    """Count "one corridor each from A, B and C" as one for each name."""
    match = _PER_NAME.search(sentence.cased)
    return _of_row(sentence, match) if match else None


def named_only(reading: Reading, elsewhere: frozenset[int]) -> list[Count]:
    """Count ways of which only the names are told: "people may leave through A and B".

    The names of one sentence are taken, and only where no other gives as many others.
    """
    found: list[Count] = []
    for sentence, role in reading.rows():
        if sentence.index in elsewhere or not open_to_terms(sentence, role):
            continue
        if _GATHER.search(sentence.plain):
            continue
        match = _ARE.search(sentence.cased) or _BY_NAME.search(sentence.cased)
        if match is None or role.is_past(sentence.start + match.start()):
            continue
        if _OVER.search(sentence.plain):
            continue
        count = _of_row(sentence, match)
        if count is not None:
            found.append(count)
    return found[:1] if len({count.count for count in found}) == 1 else []


_OVER = re.compile(
    r"(?<![\w-])(?:left|fled|went|came|escaped|was|were|had|have left|yesterday)(?![\w-])"
)


def _of_row(sentence: Sentence, match: re.Match[str]) -> Count | None:
    names = [name for name in _SPLIT.split(match["row"]) if name]
    if len(set(names)) != len(names):
        return None
    after = match.groupdict().get("after") or ""
    if _IS_PLACED.match(after):
        return None
    at = sentence.start + match.start("row"), sentence.start + match.end("row")
    return Count(len(names), None, *at, sentence.index, definite=True, total=True)


_LETTERED = re.compile(
    r"(?<![\w-])(?P<noun>[Cc]orridor|[Rr]oute|[Ee]xit|[Rr]oad|[Cc]rossing|[Aa]xis|[Pp]assage|"
    r"[Gg]ate|CORRIDOR|ROUTE|EXIT)s? "
    r"(?:[Nn]o\.? ?|[Nn]umber |#|№ ?|\"|“|')?(?P<label>[A-H]|\d{1,2}|I{1,3}|IV|VI?|North|South|"
    r"East|West|Alpha|Bravo|Charlie|Red|Blue|Green|Yellow|White)(?:\"|”|')?"
    r"(?![\w:.-]\w|\w|\.\d| (?:to|in|of) [A-Z])"
)
_ORDERS = (
    tuple("ABCDEFGH"),
    tuple(str(n) for n in range(1, 21)),
    ("I", "II", "III", "IV", "V", "VI"),
    ("Alpha", "Bravo", "Charlie"),
)
_FREE = frozenset({"North", "South", "East", "West", "Red", "Blue", "Green", "Yellow", "White"})


def lettered_ways(reading: Reading, elsewhere: frozenset[int]) -> list[Count]:
    """Count "Route A .. Route B ..", each told by its letter or number, wherever they stand.

    The letters must run on from the first; names of sides and colours need not. Users are
    given where the words next to each tell them.
    """
    found: dict[str, dict[str, tuple[Sentence, re.Match[str]]]] = {}
    users: dict[tuple[str, str], Users] = {}
    for sentence, role in reading.rows():
        if sentence.index in elsewhere or not open_to_terms(sentence, role):
            continue
        heads = list(_LETTERED.finditer(sentence.cased))
        for head, group in _with_users(sentence.plain, heads):
            noun, label = head["noun"].lower(), head["label"]
            if role.is_past(sentence.start + head.start()):
                continue
            if _SHUT.match(sentence.plain, head.end()):
                continue
            found.setdefault(noun, {}).setdefault(label, (sentence, head))
            if group is not None:
                users.setdefault((noun, label), group)
    rows = [(noun, labels) for noun, labels in found.items() if _runs_on(list(labels))]
    if len(rows) != 1:
        return []
    noun, labels = rows[0]
    sentence, head = next(iter(labels.values()))
    first, last = sentence.start + head.start(), sentence.start + head.end()
    at = first, last, sentence.index
    counts = [Count(len(labels), None, *at, definite=True, total=True)]
    groups = [users.get((noun, label)) for label in labels]
    kinds: tuple[Users, ...] = ("civilian", "armed")
    counts += [
        Count(groups.count(one), one, *at, definite=True)
        for one in kinds
        if groups.count(one) and (None not in groups or one == "armed")
    ]
    return counts


_SHUT = re.compile(
    r"[^.;,]{0,40}?(?<![\w-])(?:closed|shut|blocked|not (?:open|work\w*|in use))(?!\w)"
)


def _runs_on(labels: list[str]) -> bool:
    if not 2 <= len(labels) <= MOST:
        return False
    if set(labels) <= _FREE:
        return True
    return any(sorted(labels) == sorted(order[: len(labels)]) for order in _ORDERS)


def _with_users(
    plain: str, heads: list[re.Match[str]]
) -> Iterator[tuple[re.Match[str], Users | None]]:
    """Give each lettered way with its users: those told behind it, before the next, else before."""
    for at, head in enumerate(heads):
        until = heads[at + 1].start() if at + 1 < len(heads) else len(plain)
        behind = re.search(rf"{_FOR}", plain[head.end() : until])
        group = _one_group(plain[head.end() + behind.start() : until]) if behind else None
        if group is None:
            since = re.split(r"[.;:,]", plain[: head.start()])[-1]
            group = _one_group(since) if GROUP.search(since) else None
        yield head, group


_FOR = r"(?:\(|for|is for|serves|open to|reserved for|only) ?"
