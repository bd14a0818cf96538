"""Take from one English sentence the counts of corridors that it tells."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.corridor_parts import both_ways, numbered_ways, parts_of
from safepassage.declaration.english.corridor_shares import (
    each_of_groups,
    each_of_names,
    portion_of,
)
from safepassage.declaration.english.corridor_ways import WAY, is_way_out
from safepassage.declaration.english.corridor_words import (
    COUNTED,
    IN_NUMBER,
    LABELLED,
    MOST,
    NONE_OF,
    NTH,
    NUMBER_OF_ONE,
    OPENS,
    OTHER,
    OUGHT,
    REST,
    SINGLE,
    STRIP_BESIDE,
    TAGGED,
    TOTAL,
    UNREAL,
    Count,
    ways_number,
)
from safepassage.declaration.english.halting import OPENS_ROAD
from safepassage.declaration.english.numbers import NUMBER, ORDINAL_DAYS
from safepassage.declaration.english.users import (
    GROUP_HAS,
    GROUP_USES,
    NTH_FOR,
    SEPARATE,
    SHARE,
    Users,
    note_users,
    users_of,
)

if TYPE_CHECKING:
    from safepassage.declaration.english.corridor_sums import Tally
    from safepassage.declaration.text import Sentence

__all__ = ["tally_sentence"]


def tally_sentence(sentence: Sentence, they: Users | None, tally: Tally) -> None:
    """Take from a sentence every count of ways that it tells, one by one or in all."""
    plain, offset = sentence.plain, sentence.start
    whole = None if _shares_out(plain) else portion_of(sentence) or each_of_names(sentence)
    apiece = [whole] if whole else each_of_groups(sentence)
    if apiece:
        tally.counts += apiece
        return
    counted = [
        match
        for match in COUNTED.finditer(plain)
        if _is_count(match["count"]) and not _is_vague(match, plain)
    ]
    taken: list[tuple[int, int]] = []
    for position, match in enumerate(counted):
        limit = counted[position + 1].start() if position + 1 < len(counted) else len(plain)
        floor = counted[position - 1].end() if position else 0
        count = _from_counted(match, plain, floor, limit, sentence, tally)
        if count.users is None and they and _THEY.search(plain, match.end(), limit):
            count = replace(count, users=they)
        tally.counts.append(count)
        _tally_whole(match, "behind" if match["behind"] else "whole", sentence, tally)
        taken.append(match.span())
    told = [match.span() for match in counted]
    for pattern in (SHARE, GROUP_USES, GROUP_HAS, TAGGED, LABELLED):
        for match in pattern.finditer(plain):
            if (
                (pattern is LABELLED and _overlaps(match, told))  # "two for fighters: one to .."
                or any(
                    start < match.end("count") and match.start("count") < end
                    for start, end in taken
                )
                or not _is_count(match["count"])
                or _is_vague(match, plain)
                or NUMBER_OF_ONE.search(
                    plain, max(0, match.start("count") - 16), match.start("count")
                )
            ):
                continue
            tally.counts.append(_from_share(match, plain, sentence, tally))
            taken.append(match.span("count"))
            told.append(match.span())
            if "whole" in pattern.groupindex:
                _tally_whole(match, "whole", sentence, tally)
                taken.append(match.span("whole"))
    _tally_in_number(sentence, taken, tally)
    _tally_parts(sentence, taken, tally)
    for match in REST.finditer(plain):
        users: Users = "armed" if match["armed"] else "civilian"
        tally.rest.append((users, offset + match.start(), offset + match.end()))
        note_users(tally.users, users, match, users, offset)
    _tally_nth(sentence, tally, beside=bool(taken))
    if not taken:
        _tally_separate(sentence, tally)
        _tally_single(sentence, they, tally)


def _overlaps(match: re.Match[str], told: list[tuple[int, int]]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in told)


def _tally_whole(match: re.Match[str], group: str, sentence: Sentence, tally: Tally) -> None:
    """Count the eight of "six of the eight", unless they are what one group has."""
    if not match[group] or not _is_count(match[group]):
        return
    whole = ways_number(match[group])
    if ways_number(match["count"]) <= whole and not any(
        c.users and c.count == whole and c.sentence < sentence.index for c in tally.counts
    ):
        at = sentence.start + match.start(group), sentence.start + match.end(group)
        tally.counts.append(Count(whole, None, *at, sentence.index, definite=True, total=True))


def _shares_out(plain: str) -> bool:
    """Tell whether a sentence gives one number of ways to some and another to others."""
    return len([match for match in SHARE.finditer(plain) if _is_count(match["count"])]) > 1


def _tally_parts(sentence: Sentence, taken: list[tuple[int, int]], tally: Tally) -> None:
    """Count what is told one by one: by number, as both, or each of a row with its users."""
    numbered = numbered_ways(sentence)
    if numbered is not None:
        tally.counts.append(numbered)
        taken.append((numbered.start - sentence.start, numbered.end - sentence.start))
    both = None if taken else both_ways(sentence)
    if both is not None:
        span = sentence.start + both.start(), sentence.start + both.end()
        tally.counts.append(Count(2, None, *span, sentence.index, definite=True))
        taken.append(both.span())
    row = [c for c in tally.counts if c.sentence == sentence.index and c.users is None]
    if len(row) > 1 or (row and row[0].count > _MOST_PARTS):
        return
    if row:
        parts = parts_of(sentence, row[0].count, row[0].end - sentence.start)
    else:
        parts = parts_of(sentence, None, 0)
        taken += [match.span() for _, match in parts]
    for users in ("civilian", "armed"):
        own = [match for each, match in parts if each == users]
        if own:
            span = sentence.start + own[0].start(), sentence.start + own[-1].end()
            tally.counts.append(Count(len(own), users, *span, sentence.index))
            note_users(tally.users, users, own[0], users, sentence.start)


_MOST_PARTS = 5


def _tally_separate(sentence: Sentence, tally: Tally) -> None:
    """Count "fighters have a separate passage" as one of theirs."""
    match = SEPARATE.search(sentence.plain)
    if match is not None:
        users: Users = "armed" if match["armed"] or match["armed2"] else "civilian"
        span = sentence.start + match.start(), sentence.start + match.end()
        tally.counts.append(Count(1, users, *span, sentence.index, other=True))
        group = next(name for name in (users, f"{users}2") if match[name])
        note_users(tally.users, users, match, group, sentence.start)


def _tally_in_number(sentence: Sentence, taken: list[tuple[int, int]], tally: Tally) -> None:
    """Count "corridors, six in number"."""
    plain, offset = sentence.plain, sentence.start
    for match in IN_NUMBER.finditer(plain):
        told = match[match.lastgroup or 0]
        if match["alone"] and match["singular"] and ways_number(told) > 1:
            continue  # "corridor two, to the north"
        if _is_count(told) and not any(s < match.end() and match.start() < e for s, e in taken):
            span = offset + match.start(), offset + match.end()
            tally.counts.append(Count(ways_number(told), None, *span, sentence.index, total=True))
            taken.append(match.span())


def _tally_nth(sentence: Sentence, tally: Tally, *, beside: bool) -> None:
    """Count "a fourth corridor", or "a fourth for fighters" beside others, as one of four."""
    plain, offset = sentence.plain, sentence.start
    for match in (NTH_FOR if beside else NTH).finditer(plain):
        users = users_of(match, plain, 0, len(plain), offset, tally.users) if not beside else None
        apart = plain.startswith(",", match.end())  # "a second crossing, for women, .."
        if users == "civilian" and not beside and not apart:  # the others may be theirs, too
            at = offset + match.start(), offset + match.end(), sentence.index
            tally.counts.append(Count(ORDINAL_DAYS[match["nth"]], None, *at, total=True))
            continue
        if beside:
            users = "armed" if match["armed"] else "civilian"
            note_users(tally.users, users, match, users, offset)
        if users is not None:
            at = offset + match.start(), offset + match.end(), sentence.index
            tally.counts.append(Count(1, users, *at, other=True))
            tally.counts.append(Count(ORDINAL_DAYS[match["nth"]], None, *at, total=True))


_THEY = re.compile(r"(?<![\w-])(?:for|to) them(?![\w])")


_VAGUE = re.compile(
    rf"(?<![\w-])(?:(?:{NUMBER})(?: and | to | or |-)|(?:about|at least|up to|some) )$"
)


_CLOSED = re.compile(
    r"[^.;]{0,80}?(?<![\w-])(?:stay(?:s|ed)?|remain(?:s|ed)?|are|is|be|was|were|been|kept) "
    r"(?:still )?(?:closed|shut|sealed|blocked|mined|cut)(?![\w])"
)


_LEAVING = re.compile(r"(?<![\w-])(?:exits?|leav|evacuat|corridor|ways? out|withdraw)\w*")


def _is_vague(match: re.Match[str], plain: str) -> bool:
    """Tell "between six and eight" and "up to eight" from a count."""
    start = match.start("count")
    if match.groupdict().get("noun") == "directions" and not _LEAVING.search(plain):
        return True
    if match.groupdict().get("weak"):
        way = WAY.match(plain, match.start("weak"))
        if way is None or not is_way_out(plain, way):
            return True
    return (
        _VAGUE.search(plain, max(0, start - 24), start) is not None
        or UNREAL.match(plain, match.end("count")) is not None
        or OUGHT.search(plain, 0, start) is not None
        or _CLOSED.match(plain, match.end("count")) is not None
    )


def _is_count(words_: str) -> bool:
    return 0 < ways_number(words_) <= MOST


def _from_counted(
    match: re.Match[str], plain: str, floor: int, limit: int, sentence: Sentence, tally: Tally
) -> Count:
    lead, adjectives = match["lead"], match["adjectives"]
    users = users_of(match, plain, floor, limit, sentence.start, tally.users)
    return Count(
        ways_number(match["count"]), users,
        sentence.start + match.start(), sentence.start + match.end(), sentence.index,
        definite=lead.startswith(("the ", "these ", "those ", "both ", "all ")),
        other=bool(OTHER.search(lead + adjectives)),
        part=match["of"] is not None,
        total=bool(TOTAL.search(plain[max(0, match.start() - 12) : match.end() + 10])),
    )  # fmt: skip


def _from_share(match: re.Match[str], plain: str, sentence: Sentence, tally: Tally) -> Count:
    groups = match.groupdict()
    armed, civilian = (
        ("armed2", "civilian2")
        if groups.get("armed2") or groups.get("civilian2")
        else ("armed", "civilian")
    )
    users: Users | None = (
        "armed" if groups.get(armed) else "civilian" if groups.get(civilian) else None
    )
    if users is None and groups.get("kind") in {"civilian", "armed"}:
        users = "civilian" if groups["kind"] == "civilian" else "armed"
    elif users is not None and len(match[armed if users == "armed" else civilian]) > 8:
        note_users(
            tally.users, users, match, armed if users == "armed" else civilian, sentence.start
        )
    link = groups.get("link") or ""
    return Count(
        ways_number(match["count"]), users,
        sentence.start + match.start(), sentence.start + match.end(), sentence.index,
        definite=(groups.get("lead") or "").startswith("the "),
        other=bool(OTHER.search((groups.get("lead") or "") + link)),
        part=bool(re.search(r"\balso\b", link + plain[match.end() : match.end() + 8])),
        total=users is None,
    )  # fmt: skip


_ONE_ROAD = re.compile(r"(?<![\w-])(?:road|street|highway|route|bridge)(?![\w])")
_MANY_ROADS = re.compile(
    r"(?<![\w-])(?:road|street|highway|route|bridge|crossing|gate)s(?![\w])|,| and "
)


def _tally_single(sentence: Sentence, they: Users | None, tally: Tally) -> None:
    """Count "a corridor" as one, where it is opened."""
    match = SINGLE.search(sentence.plain)
    if match is not None and (
        _CLOSED.match(sentence.plain, match.end())
        or STRIP_BESIDE.match(sentence.plain, match.end())
        or (match["lead"] in {"a", "an"} and NONE_OF.search(sentence.plain, 0, match.start()))
    ):
        return
    if match is None:
        road = OPENS_ROAD.search(sentence.plain)
        if road and _ONE_ROAD.search(road[0]) and not _MANY_ROADS.search(road[0]):
            at = sentence.start + road.start(), sentence.start + road.end(), sentence.index
            tally.counts.append(Count(1, None, *at, single=True))
        return
    if not OPENS.search(sentence.plain) and "only" not in (match["lead"] or ""):
        return
    if match["lead"] in {"the", "this"} and not words.FUTURE.search(sentence.plain):
        return
    if match["none"]:
        at = sentence.start + match.start(), sentence.start + match.end(), sentence.index
        tally.counts.append(Count(1, None, *at, single=True))
        return
    users = users_of(match, sentence.plain, 0, len(sentence.plain), sentence.start, tally.users)
    if users is None and they and sentence.plain.startswith("they "):
        users = they
    tally.counts.append(
        Count(
            1,
            users,
            sentence.start + match.start(),
            sentence.start + match.end(),
            sentence.index,
            single=match["lead"] not in _FIRM,
        )
    )


_FIRM = frozenset({"one", "single", "a single", "only one", "just one", "1", "the only", "only"})
