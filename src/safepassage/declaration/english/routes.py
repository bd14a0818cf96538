"""Find in English text where people who leave may go, and by which roads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.english.users import GROUP, last_named
from safepassage.declaration.findings import Finding
from safepassage.declaration.model import RouteEnd

if TYPE_CHECKING:
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.english.users import Users

__all__ = ["find_route_ends"]

_PROPER = r"(?:[A-Z][\w'-]{1,24})(?: (?:al-|el-|[A-Z])[\w'-]{0,24}){0,3}"
_TOWARD = re.compile(
    rf"(?<![\w-])(?:[Tt]owards?|in the direction of|[Hh]eading (?:for|to)|[Ll]eading to|"
    rf"[Ll]eads? to|bound for|out to|on to"
    rf"|(?:leave|withdraw|exit|go|travel|move|depart|retreat|evacuated?|taken|bussed|bused|"
    rf"transferred|transported|proceed|passage|way|corridors?|route|road)"
    rf"(?: (?!to )[\w,'-]{{1,14}}){{0,7}}? (?:to|into)) (?:the )?(?:city of |town of |border "
    rf"with )?(?P<name>{_PROPER}(?: (?:border|province|region|governorate|countryside))?)"
)
_ROAD = re.compile(
    rf"(?<![\w-])(?:by|via|along|through|using|on|over|at|over|takes|follows|uses) (?:the "
    rf")?(?P<name>{_PROPER} (?:[Rr]oad|[Ss]treet|[Hh]ighway|[Cc]rossing|[Cc]heckpoint|"
    rf"[Bb]ridge|"
    r"[Rr]oundabout|[Jj]unction|[Ii]nterchange|[Mm]arket))(?![\w])"
)
_IS_ROAD = re.compile(r"(?:[Rr]oad|[Ss]treet|[Hh]ighway|[Cc]rossing|[Cc]heckpoint|[Bb]ridge)$")
_LEAVES = re.compile(
    r"(?<![\w-])(?:leav|withdr|exit|go|travel|mov|depart|evacuat|corridor|route|road|passage|"
    r"pass|lead|proceed|out|way|bus|taken|transfer)\w{0,6}(?![\w])"
)
_SPEAKER_AFTER = re.compile(r"[ ,]{1,2}(?:said|says|announced|has|had|have|will)(?![\w])")


def find_route_ends(
    reading: Reading, place: str | None, elsewhere: frozenset[int]
) -> tuple[list[Finding[RouteEnd]], list[Finding[RouteEnd]]]:
    """Find where people who leave may go, and by which roads: destinations, then routes."""
    ends: dict[tuple[str | None, str], Finding[RouteEnd]] = {}
    roads: dict[tuple[str | None, str], Finding[RouteEnd]] = {}
    for sentence, role in reading.rows():
        if (
            not role.may_state_terms
            or sentence.index in elsewhere
            or not _LEAVES.search(sentence.plain)
        ):
            continue
        for pattern, found in ((_TOWARD, ends), (_ROAD, roads)):
            for match in pattern.finditer(sentence.cased):
                name = match["name"]
                start = sentence.start + match.start("name")
                if (
                    role.is_past(start)
                    or (place and name.lower().startswith(place.lower()))
                    or _SPEAKER_AFTER.match(sentence.plain, match.end())
                ):
                    continue
                if pattern is _TOWARD and _IS_ROAD.search(name):
                    continue
                users = _users_near(sentence.plain, match.start()) or (
                    last_named(reading, sentence)
                    if re.search(r"\b(?:them|they)\b", sentence.plain)
                    else None
                )
                for first, last in _row(sentence.cased, match, joined=pattern is _TOWARD):
                    name, start = sentence.cased[first:last], sentence.start + first
                    found.setdefault(
                        (users, name),
                        Finding(RouteEnd(users=users, name=name), start, start + len(name)),
                    )
    return list(ends.values()), list(roads.values())


_AND_TO = re.compile(
    rf"(?:,| or| and|, or|, and) (?:to |towards? )?(?:the )?(?P<name>{_PROPER}(?: (?:border|"
    rf"province|region|governorate|countryside))?)"
)


def _row(cased: str, match: re.Match[str], *, joined: bool) -> list[tuple[int, int]]:
    """Give the names of "toward the border or Idlib", as offsets into the sentence."""
    spans = [match.span("name")]
    following = _AND_TO.match(cased, match.end()) if joined else None
    while following and len(spans) < 8 and not _SPEAKER_AFTER.match(cased, following.end()):
        spans.append(following.span("name"))
        following = _AND_TO.match(cased, following.end())
    return spans


def _users_near(plain: str, at: int) -> Users | None:
    """Tell whom a road is for: the group last named before it, else the only one named."""
    groups = list(GROUP.finditer(plain))
    before = [group for group in groups if group.start() < at]
    chosen = before[-1] if before else groups[0] if len(groups) == 1 else None
    if chosen is None:
        return (
            "armed"
            if re.search(r"\b(?:with|without) (?:their )?(?:weapons|arms)\b", plain)
            else None
        )
    return "armed" if chosen["armed"] else "civilian"
