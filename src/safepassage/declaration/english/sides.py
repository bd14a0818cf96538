"""Tell which two sides fight each other in a text that speaks of "both sides"."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from safepassage.declaration.english.names import HOMES
from safepassage.declaration.findings import DERIVED, Finding
from safepassage.declaration.nations import country

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.english.actors import Actor
    from safepassage.declaration.english.reading import Reading
    from safepassage.declaration.model import Consent

__all__ = ["AFAR", "COLLECTIVE", "each_side", "once_each", "side_of", "two_sides"]

COLLECTIVE = frozenset({
    "both sides", "both parties", "all parties", "all sides", "two sides", "warring parties",
    "warring sides", "parties to the conflict", "the two sides", "sides involved", "parties",
    "sides", "the parties", "the sides",
    "both armies",
})  # fmt: skip
"""How texts call the sides without naming them."""
AFAR = frozenset({
    "RU", "US", "TR", "IR", "SA", "AE", "QA", "EG", "GB", "FR", "DE", "CH", "NO", "CU", "JO", "IL",
    "RW", "UG", "KE", "KW", "OM", "CN", "BY", "IT", "MA", "DZ", "IN", "VE", "MX", "BR", "CL",
})  # fmt: skip
"""States that mediate, or fight beyond their borders."""
_FOES = {"Hamas": "IL", "Islamic Jihad": "IL", "Hezbollah": "IL"}
"""Groups that fight another state than their own."""
_STATE = frozenset({"army", "government", "ministry", "state", "capital", "person"})


def two_sides(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    """Give the state and the one group that fights in it, or two groups of one state, or neither.

    Armies stand for their state where no government is named.
    """
    groups: dict[str, Actor] = {}
    states: dict[str, Actor] = {}
    for actor in actors:
        if actor.name in HOMES or actor.name in _FOES:
            groups.setdefault(actor.name, actor)
        elif actor.kind in _STATE and actor.code and actor.code not in AFAR - {"IL"}:
            known = states.get(actor.code)
            if known is None or (known.kind in {"capital", "state"} and actor.kind == "army"):
                states[actor.code] = actor
    if len(groups) != 1:
        return ()
    group = next(iter(groups.values()))
    state = states.get(_FOES.get(group.name) or HOMES[group.name])
    return (state, group) if state is not None and len(states) == 1 else ()


def each_side(reading: Reading, kept: list[Finding[Consent]]) -> list[Finding[Consent]]:
    """Put the two sides of the fighting, where a text names just two, for "both sides"."""
    both = next((one for one in kept if one.value.party in COLLECTIVE), None)
    sides = (two_sides(reading.actors) or _pair(reading)) if both is not None else ()
    if both is None or not sides:
        return kept
    told = {one.value.party for one in kept} - {both.value.party}
    rest = [one for one in kept if one is not both]
    for side in sides:
        if side.name in told or any(party in told for party in _alike(side, reading)):
            continue
        consent = both.value.model_copy(update={"party": side.name})
        rest.append(Finding(consent, both.start, both.end, DERIVED))
    return rest


_AND = re.compile(r" and (?:the )?")
_PARTIES = frozenset({"group", "army", "government", "state"})
_BETWEEN = re.compile(
    r"(?:^|(?<![\w-])between |(?:announced|agreed|signed|declared|\d{4}:?|-|\.) )(?:the )?$"
)


def _pair(reading: Reading) -> tuple[Actor, ...]:
    """Give the two parties that a text names together, where it so names no others."""
    plain = reading.text.plain
    pairs: dict[frozenset[str], tuple[Actor, Actor]] = {}
    for first, second in itertools.pairwise(reading.actors):
        if (
            {first.kind, second.kind} <= _PARTIES
            and not {first.name, second.name} & COLLECTIVE
            and {first.code, second.code}.isdisjoint(AFAR)
            and _AND.fullmatch(plain, first.end, second.start)
            and _BETWEEN.search(plain, max(0, first.start - 30), first.start)
        ):
            pairs.setdefault(frozenset({first.name, second.name}), (first, second))
    return next(iter(pairs.values())) if len(pairs) == 1 else ()


def _alike(side: Actor, reading: Reading) -> set[str]:
    """Give the names of others who act for the same state as a side."""
    return {
        other.name
        for other in reading.actors
        if side.code is not None and other.code == side.code and other.kind != "group"
    }


def side_of(actor: Actor) -> Actor:
    """Take the word of a president or minister for that of the state."""
    if actor.kind != "person" or actor.code is None:
        return actor
    return replace(actor, name=f"Government of {country(actor.code)}", kind="government")


def once_each(reading: Reading, kept: list[Finding[Consent]]) -> list[Finding[Consent]]:
    """Leave out a state's army where its government gives the same answer."""
    states = {a.name: a.code for a in reading.actors if a.code and a.kind != "group"}
    states |= {f"Government of {country(code)}": code for code in states.values()}
    governments = {
        (states.get(one.value.party), one.value.status)
        for one in kept
        if one.value.party.startswith("Government of")
    }
    return [
        one
        for one in kept
        if one.value.party.startswith("Government of")
        or one.value.party not in states
        or (states[one.value.party], one.value.status) not in governments
    ]
