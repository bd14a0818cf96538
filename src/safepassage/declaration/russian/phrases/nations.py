"""Hold Russian adjectives of countries, and the offices that each may stand before."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from safepassage.declaration.nations import adjective

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["nation_lines"]

_STEMS = {
    "AF": "афганск", "AM": "армянск", "AZ": "азербайджанск", "CD": "конголезск", "CO": "колумбийск",
    "DZ": "алжирск", "EG": "египетск", "ER": "эритрейск", "ET": "эфиопск", "FR": "французск",
    "GB": "британск", "GE": "грузинск", "IL": "израильск", "IN": "индийск", "IQ": "иракск",
    "IR": "иранск", "JO": "иорданск", "KE": "кенийск", "KG": "киргизск|кыргызск|кыргызстанск",
    "KZ": "казахстанск", "LB": "ливанск", "LY": "ливийск", "MD": "молдавск", "ML": "малийск",
    "MM": "мьянманск|бирманск", "NG": "нигерийск", "PH": "филиппинск", "PK": "пакистанск",
    "PS": "палестинск", "QA": "катарск", "RU": "российск", "RW": "руандийск",
    "SA": "саудовск|саудитск", "SD": "суданск", "SO": "сомалийск", "SS": "южносуданск",
    "SY": "сирийск", "TD": "чадск", "TH": "таиландск", "TJ": "таджикск|таджикистанск",
    "TR": "турецк", "UA": "украинск", "UG": "угандийск", "US": "американск", "UZ": "узбекск",
    "AE": "эмиратск", "YE": "йеменск", "RS": "сербск", "HR": "хорватск",
}  # fmt: skip
_OFFICES = {
    "сторона|стороны|стороне|стороной|сторону": "government",
    "руководств*": "government",
    "власти|властей|властям|властями": "government",
    "правительств*": "government",
    "кабинет*": "government",
    "дипломатия|дипломатии": "Foreign Ministry",
    "минобороны": "Defence Ministry",
    "мид": "Foreign Ministry",
    "командовани*": "Army Command",
    "генштаб*": "General Staff",
    "армия|армии|армией|армию": "Army",
    "военные|военных|военным|военными": "military",
    "войска|войск|войскам|войсками": "military",
}  # fmt: skip


def nation_lines(known: frozenset[str]) -> Iterator[str]:
    """Give entries for offices of states, "турецкая сторона", that no other entry names."""
    for code, stems in _STEMS.items():
        for office, english in _OFFICES.items():
            for stem, noun in itertools.product(stems.split("|"), office.split("|")):
                if f"{stem}* {noun}" not in known:
                    yield f"{stem}* {noun} = {adjective(code)} {english}"
