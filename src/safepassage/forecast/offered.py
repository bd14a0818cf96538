"""Say under which conditions a case's pause is offered, each with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepassage.base.errors import InputError
from safepassage.base.phrases import listed
from safepassage.case.conditions import CONDITION_CODES
from safepassage.forecast.conditions import Conditions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from safepassage.case import Case
    from safepassage.declaration import Declaration

__all__ = ["Stated", "offered"]

_NEUTRAL = re.compile(
    r"\b(UN|U\.N\.|United Nations|UNHCR|OCHA|UNMISS|MONUSCO|ICRC|IFRC|Red C(?:ross|rescent)|"
    r"Médecins Sans Frontières|MSF|OSCE)\b"
)
"""Bodies whose escort or watch is counted as a neutral one."""

_EVERYONE = re.compile(r"(?:both|all|the two|two|the warring|warring|parties)\b", re.IGNORECASE)
"""Only such words say that every side agreed: two parties that did may be allies."""

_FAILED = ("collapsed", "violated", "cancelled", "failed")
"""What a text says of an earlier attempt that counts as a collapse; that it ended does not."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Hold one condition, its code (empty if not known), and what it rests on."""

    condition: str
    code: str
    because: str


def offered(
    case: Case, declarations: Sequence[Declaration]
) -> tuple[tuple[Stated, ...], Conditions]:
    """Read the conditions from the case, else from what was announced; the rest stays unknown.

    ``[[conditions]]`` of the case stand before everything; no text is taken to say that there
    is no escort or guarantor because it names none.

    Raises
    ------
    InputError
        If the case states a condition twice: which of two codes stands would be chance.

    """
    named = [each.condition for each in case.conditions]
    if twice := sorted({name for name in named if named.count(name) > 1}):
        raise InputError.one(
            "case.toml, conditions", f"states {listed(twice)} twice", "Keep one of each."
        )
    said: dict[str, Stated] = {}
    for stated in (
        *(Stated(each.condition, each.code, each.source) for each in case.conditions),
        *_consent(case, declarations), *_escort(declarations),
        *_guarantor(case, declarations), *_earlier(declarations),
    ):  # fmt: skip
        said.setdefault(stated.condition, stated)
    every = tuple(
        said.get(name) or Stated(name, "", "no statement read says so") for name in CONDITION_CODES
    )
    return every, Conditions(**{each.condition: each.code for each in every})


def _consent(case: Case, declarations: Sequence[Declaration]) -> Iterator[Stated]:
    """Give the least agreed answer that any side is reported to have given."""
    told = [(each.party, each.status) for each in case.consent]
    told += [(each.party, each.status) for d in declarations for each in d.consent]
    by: dict[str, list[str]] = {}
    for party, status in dict.fromkeys(told):
        by.setdefault(status, []).append(party)
    approved, others = by.get("approved", []), by.get("silent", []) + by.get("not asked", [])
    if refused := by.get("rejected"):
        yield Stated("consent", "rejected", f"refused by {listed(refused)}")
    elif others:
        yield Stated("consent", "one", f"{listed(dict.fromkeys(others))} silent or not asked")
    elif any(_EVERYONE.match(party) for party in approved):
        yield Stated("consent", "all", f"approved by {listed(approved)}")
    elif len(approved) > 1:
        because = f"approved by {listed(approved)}; whether these are all sides is not said"
        yield Stated("consent", "", because)
    elif told or declarations:
        yield Stated("consent", "one", "no other side's consent is stated")


def _escort(declarations: Sequence[Declaration]) -> Iterator[Stated]:
    named = [name for d in declarations for name in (*d.escorts, *d.monitors)]
    neutral = [name for name in named if _NEUTRAL.search(name)]
    if named:
        who = listed(dict.fromkeys(neutral or named))
        code = "neutral" if neutral else "party"
        yield Stated("escort", code, f"{who} named to go along or watch")


def _guarantor(case: Case, declarations: Sequence[Declaration]) -> Iterator[Stated]:
    """Tell a guarantor outside the sides from one that announces the pause or answers for one."""
    named = [name for d in declarations for name in d.guarantors]
    sides = {d.issuer for d in declarations} | {each.party for each in case.consent}
    sides |= {each.party for d in declarations for each in d.consent}
    outside = [name for name in named if name not in sides]
    if named:
        who = listed(dict.fromkeys(outside or named))
        yield Stated("guarantor", "third" if outside else "party", f"{who} named as guarantor")


def _earlier(declarations: Sequence[Declaration]) -> Iterator[Stated]:
    told = [each.outcome for d in declarations for each in d.earlier if each.outcome in _FAILED]
    if told:
        yield Stated("earlier_collapse", "yes", f"an earlier attempt is told of: {told[0]}")
