"""Add counts of corridors up: all of them, and those of each group."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from safepassage.declaration.findings import DERIVED, RESOLVED, STATED, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.english.corridor_words import Count
    from safepassage.declaration.english.users import Users

__all__ = ["CorridorsFound", "Tally", "added_up"]


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
class Tally:
    """Hold what the sentences tell, before it is added up."""

    counts: list[Count] = field(default_factory=list)
    rest: list[tuple[Users, int, int]] = field(default_factory=list)
    users: dict[Users, Finding[str]] = field(default_factory=dict)


def added_up(counts: list[Count], tally: Tally) -> CorridorsFound:
    """Make one count of each kind of what the sentences tell, if they agree."""
    remarks: list[str] = []
    groups: dict[Users, Count | None] = {}
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


def _agreed(counts: list[Count], what: str, remarks: list[str]) -> Count | None:
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


def _means_again(loose: Count, grouped: list[Count]) -> bool:
    """Tell whether a count without users is told again with them, as "the two corridors"."""
    if loose.total:
        return False
    return any(
        loose.count == other.count and (other.definite or loose.definite) and not other.other
        for other in grouped
    )


def _found(count: Count | None) -> Finding[int] | None:
    if count is None:
        return None
    return Finding(count.count, count.start, count.end, RESOLVED if count.single else STATED)


def _derived_total(
    civilian: Count | None, armed: Count | None, loose: Sequence[Count], counts: Sequence[Count]
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
        armed is not None
        and (armed.single or armed.count == 1)
        and not armed.other
        and civilian is None
        and len(counts) == 1
    ):
        return Finding(1, armed.start, armed.end, DERIVED)
    if (
        civilian is not None
        and armed is None
        and not civilian.other
        and all(c.users == "civilian" for c in counts)
    ):
        return Finding(civilian.count, civilian.start, civilian.end, DERIVED)
    return None
