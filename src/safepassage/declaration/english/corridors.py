"""Count corridors by who may use them in English text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from safepassage.declaration.english import words
from safepassage.declaration.english.corridor_lists import named_in_a_row
from safepassage.declaration.english.corridor_rows import listed_corridors
from safepassage.declaration.english.corridor_shares import (
    lettered_ways,
    named_only,
)
from safepassage.declaration.english.corridor_sums import CorridorsFound, Tally, added_up
from safepassage.declaration.english.corridor_tally import tally_sentence
from safepassage.declaration.english.corridor_ways import WAY, only_way
from safepassage.declaration.english.corridor_wholes import disputed, named_wholes
from safepassage.declaration.english.corridor_words import (
    MOST_COUNTS,
    OUGHT,
    Count,
)
from safepassage.declaration.english.leavers import who_may_leave
from safepassage.declaration.english.users import (
    Users,
    last_named,
    open_to_terms,
)
from safepassage.declaration.findings import DERIVED, Finding

if TYPE_CHECKING:
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.text import Sentence

__all__ = ["CorridorsFound", "find_corridors"]


def find_corridors(
    reading: Reading, elsewhere: frozenset[int], place: str | None = None
) -> CorridorsFound:
    """Count the corridors that the announcement opens, in all and by users."""
    tally = Tally()
    for sentence, role in reading.rows():
        if not open_to_terms(sentence, role) or sentence.index in elsewhere:
            continue
        if not _speaks_of_corridors(reading, sentence):
            continue
        tally_sentence(sentence, last_named(reading, sentence), tally)
    tally.counts += (
        listed_corridors(reading, elsewhere)
        or named_in_a_row(reading, elsewhere)
        or lettered_ways(reading, elsewhere)
        or ([] if tally.counts else named_only(reading, elsewhere))
    )
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


def _is_of_more(reading: Reading, count: Count, place: str | None) -> bool:
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
    reading: Reading, elsewhere: frozenset[int], kept: list[Count], tally: Tally
) -> CorridorsFound:
    counts = _beside_separate(reading, elsewhere, kept)
    if not counts and not _several(reading, elsewhere):
        way = None if kept else only_way(reading, elsewhere)
        counts = [way] if way else kept[:1]
    if len(counts) > MOST_COUNTS:
        return CorridorsFound(
            remarks=("The text counts corridors too often for an announcement; none was taken.",)
        )
    found = _undisputed(added_up(counts, tally), named_wholes(reading, elsewhere), kept)
    if found.armed and not found.civilian:  # civilians may have others that are not told
        whole = found.total is None or found.total.value > found.armed.value
        return found if whole or any(c.total for c in counts) else replace(found, total=None)
    if found.total is None or found.civilian or found.armed:
        return found
    leaving = who_may_leave(reading, elsewhere)
    one, several = found.total.value == 1, len(leaving) > 1
    by_group: dict[Users, Finding[int]] = {
        users: Finding(found.total.value, who.start, who.end, DERIVED)
        for users, who in leaving.items()
        if one or (users == "civilian" and not several)  # the others may well be for others
    }
    return replace(found, civilian=by_group.get("civilian"), armed=by_group.get("armed"))


def _undisputed(found: CorridorsFound, wholes: list[Count], kept: list[Count]) -> CorridorsFound:
    """Leave a sum open that no word tells, where the text names another number of ways."""
    total = found.total
    if total is None or total.confidence != DERIVED:
        return found
    other = disputed(total.value, wholes, kept)
    if other is None:
        return found
    told = (
        f"The corridors told of add up to {total.value}, while {other} in all are named; "
        "no total was taken."
    )
    return replace(found, total=None, remarks=(*found.remarks, told))


def _beside_separate(reading: Reading, elsewhere: frozenset[int], kept: list[Count]) -> list[Count]:
    """Give the counts, and the one way that others have beside "a separate passage"."""
    counts = [count for count in kept if not count.single]
    if len(counts) == 1 and counts[0].other and counts[0].count == 1 and counts[0].users:
        rest: Users = "armed" if counts[0].users == "civilian" else "civilian"
        own = counts[0]
        ways = [
            c
            for c in kept
            if c.single
            and c.users in {None, rest}
            and not (c.start < own.end and own.start < c.end)
        ]
        way = ways[0] if ways else only_way(reading, elsewhere, other_than=counts[0].sentence)
        if way is not None:
            return [replace(way, users=rest, single=False), *counts]
    kinds = {count.users for count in counts}
    if len(kinds) == 1 and None not in kinds:  # and the one way that is told of the others
        counts += [c for c in kept if c.single and c.users and c.users not in kinds][:1]
    return counts


def _several(reading: Reading, elsewhere: frozenset[int]) -> bool:
    """Tell whether corridors are spoken of in the plural, so that "a corridor" is one of them."""
    return any(
        not OUGHT.search(sentence.plain)
        and re.search(
            r"(?<![\w-])(?<!one of )(?<!one of the )(?<!any of )(?:corridors|exits|(?:evacuation|"
            r"exit|safe|humanitarian) routes)(?![\w])",
            sentence.plain,
        )
        for sentence, role in reading.rows()
        if role.may_state_terms and sentence.index not in elsewhere
    )


def _speaks_of_corridors(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence, or the one before it, names corridors."""
    if words.CORRIDOR.search(sentence.plain) or WAY.search(sentence.plain):
        return True
    lead = reading.text.sentences[max(0, sentence.index - 3) : sentence.index]
    return any(
        words.CORRIDOR.search(one.plain) or WAY.search(one.plain)
        for one in lead
        if one.paragraph >= sentence.paragraph - 1
    )
