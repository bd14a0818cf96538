"""Count in English text corridors that are told one by one: by number, or each with its users."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english.corridor_words import Count
from safepassage.declaration.english.numbers import ORDINAL_DAYS
from safepassage.declaration.english.users import GROUP

if TYPE_CHECKING:
    from safepassage.declaration.english.users import Users
    from safepassage.declaration.text import Sentence

__all__ = ["both_ways", "numbered_ways", "parts_of"]

_SIGN = r"(?:no\.? ?|nos\.? ?|numbers? |#|№ ?)"
_NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_WORDS = "|".join(_NAMES)
_NUMBERED = re.compile(
    rf"(?<![\w-])(?:corridors?|routes?|exits?|roads?|crossings?|"
    rf"passages?) {_SIGN}?(?P<first>\d{{1,2}}|one)(?![\w-])"
    rf"(?![\d:.]\d)(?P<rest>(?:(?: \([^()]{{1,60}}\)| -? ?[\w' -]{{2,40}})?(?:,| and|, and|;) "
    rf"(?:the )?(?:corridor |route |exit |road )?{_SIGN}?(?:\d{{1,2}}|{_WORDS})(?![\d:.]\d|"
    rf"[\w-])){{1,9}})"
)
_BOTH = re.compile(
    r"(?<![\w-])both (?P<adjectives>(?:[a-z-]{3,14} ){0,2}?)(?P<noun>corridors|roads|routes|"
    r"crossings|exits|bridges|gates|"
    r"checkpoints|highways|streets|passages|ways out)(?![\w-])"
)
_PART = re.compile(
    r"(?<![\w-])(?P<which>one|the first|first|the second|second|a second|the third|third|a third|"
    r"the "
    r"fourth|fourth|a fourth|the other|other|another|the last|(?:a )?(?:corridor|road|route|"
    r"crossing|exit|passage|gate|"
    r"bridge)(?= for ))(?![\w-])(?! (?:of|hour|day|week|time|stage|"
    r"wave|group|column|bus)s?(?!\w))"
)
_STOP = re.compile(
    r"[;.!?]|(?<= )and (?=(?:one|the|another|a|other|second|third|fourth) )|, (?=(?:one|the (?:"
    r"first|second|third|fourth|other|last)|another|second|third|other) )"
)
_FOR = re.compile(r"(?<![\w-])(?:for|to|lets?|serves?) (?:[\w'-]{2,14} ){0,4}?$")


def numbered_ways(sentence: Sentence) -> Count | None:
    """Count "corridor No. 1 .., No. 2 and No. 3", where the numbers run on from one."""
    match = _NUMBERED.search(sentence.plain)
    if match is None:
        return None
    rest = re.sub(r"\([^()]*\)", " ", match["rest"])
    told = [match["first"], *re.findall(rf"(?<![\w:.-])(?:\d{{1,2}}|{_WORDS})(?![\w:-])", rest)]
    numbers = [_NAMES.index(each) + 1 if each in _NAMES else int(each) for each in told]
    if numbers != list(range(1, len(numbers) + 1)):
        return None
    at = sentence.start + match.start(), sentence.start + match.end()
    return Count(len(numbers), None, *at, sentence.index, definite=True, total=True)


def both_ways(sentence: Sentence) -> re.Match[str] | None:
    """Find "both roads", which are two."""
    return _BOTH.search(sentence.plain)


def parts_of(sentence: Sentence, total: int | None, at: int) -> list[tuple[Users, re.Match[str]]]:
    """Give whom each of a row is for: "two exits, one for fighters, the other for ..".

    Nothing is given unless each one of them is told. Without a total the row must name
    the way itself and be complete: "the first corridor is for .., the second for ..".
    """
    plain = sentence.plain
    heads: list[re.Match[str]] = []
    for match in _PART.finditer(plain, at):
        if not heads or match.start() > heads[-1].end() + 1:  # not the way of "the first way"
            heads.append(match)
    if not heads or (total is None and not _is_whole(plain, heads)):
        return []
    ends = [*(match.start() for match in heads[1:]), len(plain)]
    told: list[tuple[Users, re.Match[str]] | None] = [
        _part(plain, head.end(), limit) for head, limit in zip(heads, ends, strict=True)
    ]
    for place in range(len(told) - 2, -1, -1):  # "the first and the second are for .."
        if told[place] is None and _AND.fullmatch(
            plain, heads[place].end(), heads[place + 1].start()
        ):
            told[place] = told[place + 1]
    whole = [each for each in told if each is not None]
    return whole if len(whole) == (total or len(heads)) else []


_AND = re.compile(r"(?: [a-z-]{3,12})?,? and ")


def _part(plain: str, first: int, limit: int) -> tuple[Users, re.Match[str]] | None:
    stop = _STOP.search(plain, first, limit)
    end = stop.start() if stop else limit
    groups = [g for g in GROUP.finditer(plain, first, end) if _FOR.search(plain, first, g.start())]
    kinds = {"armed" if group["armed"] else "civilian" for group in groups}
    if len(kinds) != 1:
        return None
    return ("armed" if "armed" in kinds else "civilian", groups[0])


def _is_whole(plain: str, heads: list[re.Match[str]]) -> bool:
    """Tell whether a row names a way at its head and runs on from the first, or ends in "other"."""
    if not 2 <= len(heads) <= _MOST:
        return False
    first = heads[0]
    named = _WAY.match(plain, first.start()) or _WAY.match(plain, first.end() + 1)
    ordinals = [ORDINAL_DAYS.get(head["which"].rpartition(" ")[2]) for head in heads]
    runs = ordinals == list(range(1, len(heads) + 1))
    other = len(heads) == 2 and heads[1]["which"].rpartition(" ")[2] in {
        "other",
        "another",
        "one",
        "second",
    }
    return named is not None and (runs or (other and ordinals[0] is None))


_MOST = 9
_WAY = re.compile(
    r"(?:an? |one )?(?:[a-z-]{3,14} )?(?:corridor|road|route|crossing|exit|passage|gate|bridge|"
    r"checkpoint)(?![\w-])"
)
