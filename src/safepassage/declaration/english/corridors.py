"""Count corridors by who may use them in English text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.numbers import NUMBER, ORDINAL_DAYS, number
from safepassage.declaration.english.users import (
    GROUP_USES,
    NTH_FOR,
    SHARE,
    Users,
    last_named,
    note_users,
    users_of,
)
from safepassage.declaration.findings import DERIVED, RESOLVED, STATED, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.text import Sentence

__all__ = ["CorridorsFound", "find_corridors"]


_ADJECTIVE = (
    r"(?:other|more|further|additional|separate|remaining|humanitarian|new|special|civilian|"
    r"exit|evacuation|"
    r"safe|agreed|marked|designated|dedicated|so-called|such|open|existing|different|distinct|"
    r"main|secure|"
    r"temporary|pedestrian|bus|announced|planned|armed|specially|specified|clearly|land|road|"
    r"green|military|"
    r"escape|emergency|short|previously|proposed|safety|\"humanitarian\")"
)
_COUNTED = re.compile(
    rf"(?<![\w.,:/$-])(?P<lead>(?:(?:the|these|those|all|both|an?|another|only|just|some|up to|"
    rf"at least|about) ){{0,2}}(?:(?:other|further|additional|remaining|first|same) )?)"
    rf"(?P<count>{NUMBER})(?![\w-])(?: of (?:the|these|those|its) (?P<whole>{NUMBER}))?"
    rf"(?P<adjectives>(?:,? {_ADJECTIVE}){{0,4}}) (?P<noun>{words.CORRIDOR_NOUN}|routes|roads|"
    rf"crossings|passages|exit|corridor)(?![\w])"
)
_TAGGED = re.compile(
    rf"(?<![\w.,:/$-])(?P<count>{NUMBER}) (?:(?P<civilian>civilian|civil)|(?P<armed>armed|"
    rf"military))(?= and|,|\)|;|\.| ones?\b|$)"
)
_LABELLED = re.compile(
    rf"(?:(?P<kind>civilian|armed|humanitarian|exit)? ?(?:corridors|exits|routes|crossings)(?: "
    rf"open(?:ed)?)?(?: for (?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS})))?"
    rf"|for (?:(?P<armed2>{words.ARMED})|(?P<civilian2>{words.CIVILIANS})))(?: in (?:total|"
    rf"all))?(?: \(total\))? ?[:=-] ?(?P<count>{NUMBER})(?![\w:.-])"
)
_REST = re.compile(
    rf"(?<![\w-])the (?:rest|others|remainder|remaining (?:ones|corridors|exits|routes))(?: "
    rf"(?:are|is|will|would|be|being|open|reserved|meant|intended|set|aside)){{0,4}} (?:for|"
    rf"to) (?:the )?"
    rf"(?:(?P<armed>{words.ARMED})|(?P<civilian>{words.CIVILIANS}))(?![\w-])"
)
_SINGLE = re.compile(
    rf"(?<![\w-])(?P<lead>a|an|one|a single|single|the|this) (?P<adjectives>(?:{_ADJECTIVE} "
    rf"){{0,3}})\"?(?P<noun>humanitarian corridor|corridor|exit route|evacuation route|"
    r"safe route|safe passage corridor|green corridor|exit|crossing point|exit point|way "
    r"out)(?![\w-])"
)
_NTH = re.compile(
    rf"(?<![\w-])(?:a|the) (?P<nth>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
    rf"(?P<adjectives>(?: {_ADJECTIVE}){{0,3}}) (?P<noun>{words.CORRIDOR_NOUN}|exit|route)(?![\w])"
)
_OPENS = re.compile(
    r"(?<![\w-])(?:open|agree|establish|creat|set up|provid|form|leav|use|via|through|along|"
    r"by|function|operat|organi[sz]|will be|introduc|guarantee)\w{0,4}(?![\w])"
)
_PART_OF = re.compile(
    r"(?:of (?:them|these|those|which)|of (?:the|these|those) \w+)(?![\w])|also for|likewise"
)
_TOTAL = re.compile(r"(?:total of|in total|in all|altogether|overall)(?![\w])")
_OTHER = re.compile(
    r"(?<![\w-])(?:other|another|further|additional|more|separate|remaining)(?![\w])"
)
_ADDED = re.compile(r"(?<![\w-])(?:other|another|further|additional|more)(?![\w])")
_MOST = 99
_MOST_COUNTS = 60


@dataclass(frozen=True, slots=True)
class _Count:
    """Hold one count of corridors and what is said of it."""

    count: int
    users: Users | None
    start: int
    end: int
    sentence: int
    definite: bool = False
    other: bool = False
    part: bool = False
    total: bool = False
    single: bool = False


@dataclass(frozen=True, slots=True)
class CorridorsFound:
    """Hold the counts, the words for each group of users, and what was not settled."""

    total: Finding[int] | None = None
    civilian: Finding[int] | None = None
    armed: Finding[int] | None = None
    civilian_users: Finding[str] | None = None
    armed_users: Finding[str] | None = None
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    counts: list[_Count] = field(default_factory=list)
    rest: list[tuple[Users, int, int]] = field(default_factory=list)
    users: dict[Users, Finding[str]] = field(default_factory=dict)


def find_corridors(
    reading: Reading, elsewhere: frozenset[int], place: str | None = None
) -> CorridorsFound:
    """Count the corridors that the announcement opens, in all and by users."""
    tally = _Tally()
    for sentence, role in reading.rows():
        if not role.may_state_terms or sentence.index in elsewhere:
            continue
        if not _speaks_of_corridors(reading, sentence):
            continue
        _tally_sentence(sentence, last_named(reading, sentence), tally)
    kept = [c for c in tally.counts if not reading.roles[c.sentence].is_past(c.start)]
    wide = [c for c in kept if _is_of_more(reading, c, place)]
    if wide:
        kept = [c for c in kept if c not in wide]
        listed = ", ".join(sorted({str(c.count) for c in wide}))
        told = f"Corridors are counted for more than {place} ({listed}); not taken as its own."
        return replace(_found_of(reading, elsewhere, kept, tally), remarks=(told,))
    return _found_of(reading, elsewhere, kept, tally)


_WIDE = re.compile(
    r"(?<![\w-])(?:nationwide|countrywide|across the country|throughout the country|in the country|"
    r"(?:across|throughout) (?:the )?[a-z]{4,14}|elsewhere|in (?:several|various|other|\w+) "
    r"(?:cities|towns|regions))(?![\w])"
)


def _is_of_more(reading: Reading, count: _Count, place: str | None) -> bool:
    """Tell whether corridors are counted for more than the place.

    Either the words say so, or the count names no place while a sentence of its own
    tells of "the corridor from" the place.
    """
    if place is None or count.single or count.users is not None:
        return False
    plain, name = reading.text.sentences[count.sentence].plain, re.escape(place.lower())
    if re.search(rf"(?<![\w-]){name}(?![\w-])", plain):
        return False
    if _WIDE.search(plain):
        return True
    one = re.compile(
        rf"(?<![\w-])(?:the|a|one) (?:[\w-]{{1,16}} )?(?:corridor|route) (?:from|in|out of|for) "
        rf"{name}(?![\w-])"
    )
    return count.count > 1 and one.search(reading.text.plain) is not None


def _found_of(
    reading: Reading, elsewhere: frozenset[int], kept: list[_Count], tally: _Tally
) -> CorridorsFound:
    counts = [count for count in kept if not count.single]
    if not counts and not _several(reading, elsewhere):
        counts = kept[:1]
    if len(counts) > _MOST_COUNTS:
        return CorridorsFound(
            remarks=("The text counts corridors too often for an announcement; none was taken.",)
        )
    return _added_up(counts, tally)


def _several(reading: Reading, elsewhere: frozenset[int]) -> bool:
    """Tell whether corridors are spoken of in the plural, so that "a corridor" is one of them."""
    return any(
        re.search(
            r"(?<![\w-])(?:corridors|exits|(?:evacuation|exit|safe|humanitarian) routes)(?![\w])",
            sentence.plain,
        )
        for sentence, role in reading.rows()
        if role.may_state_terms and sentence.index not in elsewhere
    )


def _speaks_of_corridors(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence, or the one before it, names corridors."""
    if words.CORRIDOR.search(sentence.plain) or re.search(
        r"\b(?:routes|roads|crossings|exits?)\b", sentence.plain
    ):
        return True
    lead = reading.text.sentences[max(0, sentence.index - 3) : sentence.index]
    return any(
        words.CORRIDOR.search(one.plain) for one in lead if one.paragraph >= sentence.paragraph - 1
    )


def _tally_sentence(sentence: Sentence, they: Users | None, tally: _Tally) -> None:
    plain, offset = sentence.plain, sentence.start
    counted = [
        match
        for match in _COUNTED.finditer(plain)
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
        if match["whole"] and _is_count(match["whole"]):
            at = match.start("whole") + offset
            tally.counts.append(
                _Count(
                    number(match["whole"]),
                    None,
                    at,
                    match.end() + offset,
                    sentence.index,
                    definite=True,
                    total=True,
                )
            )
        taken.append(match.span())
    for pattern in (SHARE, GROUP_USES, _TAGGED, _LABELLED):
        for match in pattern.finditer(plain):
            if (
                any(
                    start < match.end("count") and match.start("count") < end
                    for start, end in taken
                )
                or not _is_count(match["count"])
                or _is_vague(match, plain)
            ):
                continue
            tally.counts.append(_from_share(match, plain, sentence, tally))
            taken.append(match.span("count"))
    for match in _REST.finditer(plain):
        users: Users = "armed" if match["armed"] else "civilian"
        tally.rest.append((users, offset + match.start(), offset + match.end()))
        note_users(tally.users, users, match, users, offset)
    _tally_nth(sentence, tally, beside=bool(taken))
    if not taken:
        _tally_single(sentence, tally)


def _tally_nth(sentence: Sentence, tally: _Tally, *, beside: bool) -> None:
    """Count "a fourth corridor", or "a fourth for fighters" beside others, as one of four."""
    plain, offset = sentence.plain, sentence.start
    for match in (NTH_FOR if beside else _NTH).finditer(plain):
        users = users_of(match, plain, 0, len(plain), offset, tally.users) if not beside else None
        if beside:
            users = "armed" if match["armed"] else "civilian"
            note_users(tally.users, users, match, users, offset)
        if users is not None:
            at = offset + match.start(), offset + match.end(), sentence.index
            tally.counts.append(_Count(1, users, *at, other=True))
            tally.counts.append(_Count(ORDINAL_DAYS[match["nth"]], None, *at, total=True))


_THEY = re.compile(r"(?<![\w-])(?:for|to) them(?![\w])")


_VAGUE = re.compile(
    rf"(?<![\w-])(?:(?:{NUMBER})(?: and | to | or |-)|(?:about|at least|up to|some) )$"
)


_CLOSED = re.compile(
    r"[^.;]{0,80}?(?<![\w-])(?:stay(?:s|ed)?|remain(?:s|ed)?|are|is|be|was|were|been|kept) "
    r"(?:still )?(?:closed|shut|sealed|blocked|mined|cut)(?![\w])"
)


def _is_vague(match: re.Match[str], plain: str) -> bool:
    """Tell "between six and eight" and "up to eight" from a count."""
    start = match.start("count")
    return (
        _VAGUE.search(plain, max(0, start - 24), start) is not None
        or _CLOSED.match(plain, match.end("count")) is not None
    )


def _is_count(words_: str) -> bool:
    return 0 < number(words_) <= _MOST


def _from_counted(
    match: re.Match[str], plain: str, floor: int, limit: int, sentence: Sentence, tally: _Tally
) -> _Count:
    lead, adjectives = match["lead"], match["adjectives"]
    users = users_of(match, plain, floor, limit, sentence.start, tally.users)
    around = plain[max(0, match.start() - 12) : match.end() + 10]
    return _Count(
        number(match["count"]), users,
        sentence.start + match.start(), sentence.start + match.end(), sentence.index,
        definite=lead.startswith(("the ", "these ", "those ", "both ", "all ")),
        other=bool(_OTHER.search(lead + adjectives)),
        part=match["whole"] is not None,
        total=bool(_TOTAL.search(around)),
    )  # fmt: skip


def _from_share(match: re.Match[str], plain: str, sentence: Sentence, tally: _Tally) -> _Count:
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
    return _Count(
        number(match["count"]), users,
        sentence.start + match.start(), sentence.start + match.end(), sentence.index,
        definite=(groups.get("lead") or "").startswith("the "),
        other=bool(_OTHER.search((groups.get("lead") or "") + link)),
        part=bool(re.search(r"\balso\b", link + plain[match.end() : match.end() + 8])),
        total=users is None,
    )  # fmt: skip


def _tally_single(sentence: Sentence, tally: _Tally) -> None:
    """Count "a corridor" as one, where it is opened."""
    match = _SINGLE.search(sentence.plain)
    if match is None or not _OPENS.search(sentence.plain):
        return
    if match["lead"] in {"the", "this"} and not words.FUTURE.search(sentence.plain):
        return
    users = users_of(match, sentence.plain, 0, len(sentence.plain), sentence.start, tally.users)
    firm = match["lead"] in {"one", "single", "a single"}
    tally.counts.append(
        _Count(
            1,
            users,
            sentence.start + match.start(),
            sentence.start + match.end(),
            sentence.index,
            single=not firm,
        )
    )


def _added_up(counts: list[_Count], tally: _Tally) -> CorridorsFound:
    remarks: list[str] = []
    groups: dict[Users, _Count | None] = {}
    for users in ("civilian", "armed"):
        groups[users] = _agreed(
            [c for c in counts if c.users == users], f"corridors for {_WHOM[users]}", remarks
        )
    civilian, armed = groups["civilian"], groups["armed"]
    known = [count for count in (civilian, armed) if count is not None]
    loose = [
        c for c in counts if c.users is None and not _means_again(c, [x for x in counts if x.users])
    ]
    stated = _agreed(loose, "corridors", remarks)
    if (
        stated is not None
        and sum(c.count for c in known) > stated.count
        and not any(c.part for c in known)
    ):
        remarks.append("The counts of corridors do not add up; no total was taken.")
        stated = None
    total = _found(stated) if stated else _derived_total(civilian, armed, loose, counts)
    civil, arms = _found(civilian), _found(armed)
    for users, start, end in tally.rest:
        other = arms if users == "civilian" else civil
        if total and other and total.value - other.value > 0:
            rest = Finding(total.value - other.value, start, end, DERIVED)
            civil, arms = (rest, arms) if users == "civilian" else (civil, rest)
    return CorridorsFound(
        total, civil, arms, tally.users.get("civilian"), tally.users.get("armed"), tuple(remarks)
    )


_WHOM = {"civilian": "civilians", "armed": "armed groups"}


def _agreed(counts: list[_Count], what: str, remarks: list[str]) -> _Count | None:
    """Give the one count that all mentions agree on."""
    totals = [count for count in counts if count.total]
    pool = totals if len({c.count for c in totals}) == 1 else counts
    values = {count.count for count in pool}
    if len(values) == 1:
        return pool[0]
    if values:
        listed = ", ".join(str(value) for value in sorted(values))
        remarks.append(f"Different numbers of {what} are given ({listed}); none was taken.")
    return None


def _means_again(loose: _Count, grouped: list[_Count]) -> bool:
    """Tell whether a count without users is told again with them, as "the two corridors"."""
    if loose.total:
        return False
    return any(
        loose.count == other.count and (other.definite or loose.definite) and not other.other
        for other in grouped
    )


def _found(count: _Count | None) -> Finding[int] | None:
    if count is None:
        return None
    return Finding(count.count, count.start, count.end, RESOLVED if count.single else STATED)


def _derived_total(
    civilian: _Count | None, armed: _Count | None, loose: Sequence[_Count], counts: Sequence[_Count]
) -> Finding[int] | None:
    """Add the two groups up, where the text keeps them apart."""
    if loose or any(count.part for count in counts):
        return None
    if civilian is not None and armed is not None:
        pair = min(
            ((c, a) for c in counts for a in counts if (c.users, a.users) == ("civilian", "armed")),
            key=lambda both: abs(both[0].start - both[1].start),
        )
        start, end = min(c.start for c in pair), max(c.end for c in pair)
        return Finding(civilian.count + armed.count, start, end, DERIVED)
    if (
        civilian is not None
        and armed is None
        and not civilian.other
        and all(c.users == "civilian" for c in counts)
    ):
        return Finding(civilian.count, civilian.start, civilian.end, DERIVED)
    return None
