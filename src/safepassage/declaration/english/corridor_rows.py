"""Count corridors that English text lists one a line, numbered from one."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from safepassage.declaration.english.corridor_words import MOST, Count
from safepassage.declaration.english.users import GROUP

if TYPE_CHECKING:
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.users import Users
    from safepassage.declaration.text import Sentence

__all__ = ["listed_corridors"]

_ROW = re.compile(
    r"[-* ]{0,4}(?P<named>(?:(?:humanitarian|evacuation|exit|safe) )?(?:corridor|route|exit|road|"
    r"crossing|passage)s? (?:no\.? ?|number |#)?)?(?P<number>\d{1,2}) ?(?:[.)|:]|-(?!\d)) ?(?=\D)"
)
_LONE = re.compile(r"[-* (]{0,4}(?P<number>\d{1,2})[.)] ?")
"""The number of a row that is cut off from it as a sentence of its own."""
_WAY = re.compile(
    r"(?<![\w-])(?:from|to|via|through|along|towards?|road|street|highway|bridge|crossing|square|"
    r"checkpoint|corridor|route)(?![\w])|\|| - |->"
)
_LEAD = re.compile(
    r"(?<![\w-])(?:corridors|routes|exit points|exits|crossings|crossing points)(?![\w])"
)
_GAP = 2
"""Sentences that may stand between two rows of one list (an assumption)."""


def listed_corridors(reading: Reading, elsewhere: frozenset[int]) -> list[Count]:
    """Count the rows of a list of corridors: all of them, and by users where each row tells."""
    rows: list[tuple[Sentence, int]] = []
    for sentence, role in reading.rows():
        match = _LONE.fullmatch(sentence.plain) or _ROW.match(sentence.plain)
        if match is None or role.looks_back or sentence.index in elsewhere:
            continue
        number = int(match["number"])
        if number == 1 and not rows:
            if match.groupdict().get("named") or _is_led(reading, sentence):
                rows.append((sentence, 1))
        elif rows and number == rows[-1][1] + 1 and sentence.index - rows[-1][0].index <= 1 + _GAP:
            rows.append((sentence, number))
    if not 2 <= len(rows) <= MOST:
        return []
    if not all(_WAY.search(_row(reading, row, until)) for row, until in _with_next(rows)):
        return []
    start, end = rows[0][0].start, rows[-1][0].end
    at = rows[-1][0].index
    counts = [Count(len(rows), None, start, end, at, definite=True, total=True)]
    users = [_users(reading, row, later) for row, later in _with_next(rows)]
    if all(users) or (any(users) and "civilian" not in users):
        counts += [
            Count(users.count(one), one, start, end, at, definite=True)
            for one in ("civilian", "armed")
            if one in users
        ]
    return counts


def _is_led(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a line shortly before speaks of corridors."""
    lead = reading.text.sentences[max(0, sentence.index - 3) : sentence.index]
    return any(_LEAD.search(one.plain) for one in lead)


def _with_next(rows: list[tuple[Sentence, int]]) -> list[tuple[Sentence, int]]:
    """Give each row with the number of the sentence that the next one begins at."""
    tops = [row for row, _ in rows]
    last = tops[-1].index + (2 if _LONE.fullmatch(tops[-1].plain) else 1)
    return [*((one, other.index) for one, other in pairwise(tops)), (tops[-1], last)]


def _row(reading: Reading, row: Sentence, until: int) -> str:
    """Give the words of a row, up to the sentence that the next begins at."""
    sentences = reading.text.sentences
    return reading.text.plain[row.start : sentences[min(until, len(sentences)) - 1].end]


def _users(reading: Reading, row: Sentence, until: int) -> Users | None:
    plain = _row(reading, row, until)
    kinds: set[Users] = {
        "armed" if group["armed"] else "civilian" for group in GROUP.finditer(plain)
    }
    if kinds == {"armed", "civilian"} and re.search(r"and their famil", plain):
        kinds = {"armed"}
    return kinds.pop() if len(kinds) == 1 else None
