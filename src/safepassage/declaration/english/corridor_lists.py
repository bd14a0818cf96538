"""Count in English text corridors that a line names in a row, or that lines below it name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english.corridor_words import MOST, Count
from safepassage.declaration.english.users import GROUP, open_to_terms

if TYPE_CHECKING:
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.users import Users
    from safepassage.declaration.text import Sentence

__all__ = ["named_in_a_row"]

_HEAD = re.compile(
    r"(?<![\w-])(?:corridors|routes|exit points|exits|crossings|crossing points|ways out|passages|"
    r"roads)"
    r"(?![\w-])[^:.;]{0,60}: ?"
)
_NOT_WAYS = re.compile(
    r"(?<![\w-])(?:closed|shut|blocked|mined|gather\w*|assembl\w*|collection|no)(?![\w-])"
)
_ITEM = r"[A-Z][\w'’-]{1,24}(?: (?:al-|el-|as-|ash-|of |the )?[A-Z\d][\w'’-]{0,24}){0,3}"
_STRANGE = r"(?:\w*[āīūḥṣṭḍẓʿ]\w*(?: \w*[āīūḥṣṭḍẓʿ]\w*){0,2})"
"""A name that the gloss of an Arabic text could only spell out."""
_ENTRY = re.compile(
    rf"(?:[-*] ?|\d{{1,2}} ?[-.)] ?|(?:and|the|from|at|near|through|via|in|market|village|town|"
    rf"road|street|quarter|district|gate|bridge|crossing|checkpoint|square|camp|of) )*"
    rf"(?P<name>{_ITEM}|{_STRANGE}|(?:[a-z'-]{{2,14}} ){{1,3}}(?:road|street|crossing|bridge|"
    rf"highway|"
    rf"checkpoint|gate|route|track))(?P<pair>(?: ?- ?| to ){_ITEM})*"
    r"(?: (?:road|street|crossing|bridge|highway|checkpoint|"
    r"gate))?(?: ?\((?P<who>[^()]{2,40})\))?[ .]*"
)
_SPLIT = re.compile(
    r"[,;] ?|(?<=[^-]) and (?=(?:[a-z]{2,10} )?(?:[A-Z]|\w*[āīūḥṣṭḍẓʿ]))|"
    r"(?<=\S) (?=\d{1,2}[-.)] ?[A-Z])"
)
_BULLET = re.compile(r"[ ]{0,4}[-*] ")
_PAIR = re.compile(r"[A-Z][\w'’-]+ (?:-|to) [A-Z]")


def named_in_a_row(reading: Reading, elsewhere: frozenset[int]) -> list[Count]:
    """Count "corridors: A - B, C - D and E - F", or the lines of a list that such a head begins."""
    for sentence, role in reading.rows():
        if sentence.index in elsewhere or not open_to_terms(sentence, role):
            continue
        head = _HEAD.search(sentence.plain)
        if head is None or _NOT_WAYS.search(head[0]):
            continue
        rest = sentence.cased[head.end() :]
        if not rest.strip(" :"):
            return _lines_below(reading, sentence)
        counts = _entries(sentence, head.end(), _SPLIT.split(rest))
        if counts:
            return counts
    return []


def _entries(sentence: Sentence, at: int, parts: list[str]) -> list[Count]:
    entries = [_ENTRY.fullmatch(part.strip()) for part in parts if part.strip()]
    if not 2 <= len(entries) <= MOST or not all(entries):
        return []
    span = sentence.start + at, sentence.end
    counts = [Count(len(entries), None, *span, sentence.index, definite=True, total=True)]
    users = [_users(entry["who"]) for entry in entries if entry]
    if all(users):
        counts += [
            Count(users.count(one), one, *span, sentence.index, definite=True)
            for one in ("civilian", "armed")
            if one in users
        ]
    return counts


def _users(who: str | None) -> Users | None:
    kinds: set[Users] = {
        "armed" if group["armed"] else "civilian" for group in GROUP.finditer((who or "").lower())
    }
    return kinds.pop() if len(kinds) == 1 else None


def _lines_below(reading: Reading, head: Sentence) -> list[Count]:
    """Count the lines right below a head, each of them from one place to another."""
    rows: list[Sentence] = []
    for row in reading.text.sentences[head.index + 1 :]:
        if not (_BULLET.match(row.cased) or _PAIR.match(row.cased)) or not _PAIR.search(row.cased):
            break
        rows.append(row)
    if not 2 <= len(rows) <= MOST:
        return []
    return [
        Count(len(rows), None, rows[0].start, rows[-1].end, head.index, definite=True, total=True)
    ]
