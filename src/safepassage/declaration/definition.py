"""Set what was announced beside the United Nations' definition of its kind.

The definitions are those of the United Nations' glossary "Humanitarian terms: pauses
during conflict" (OCHA 2011; as published by the United Nations in Ukraine, 2022,
https://ukraine.un.org/en/174777-glossary-humanitarian-terms-pauses-during-conflict),
told here in our own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from safepassage.declaration.english import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepassage.declaration.model import Declaration

__all__ = ["GLOSSARY", "Definition", "Point", "definition_of"]

GLOSSARY = "the United Nations' glossary of pauses during conflict"

_SHORT = "the UN's glossary"

Answer = Literal["yes", "no", "not shown"]


@dataclass(frozen=True, slots=True)
class Point:
    """Hold one thing that a definition asks for, and whether the text shows it."""

    asks: str
    shown: Answer


@dataclass(frozen=True, slots=True)
class Definition:
    """Tell whether what is announced meets the definition of the kind named.

    Attributes
    ----------
    meets
        ``yes`` if every point is shown, ``no`` if one is contradicted, else ``not shown``.
    sentence
        One neutral sentence for people.

    """

    kind: str
    meets: Answer
    points: tuple[Point, ...]
    sentence: str

    def as_json(self) -> dict[str, Any]:
        """Give it as it stands in JSON."""
        return {
            "kind": self.kind, "by": GLOSSARY, "meets": self.meets, "text": self.sentence,
            "points": [{"asks": point.asks, "shown": point.shown} for point in self.points],
        }  # fmt: skip


def _agreed(declaration: Declaration) -> Answer:
    """Tell whether all sides agreed, as it is stated: only words such as "both sides" show it."""
    statuses = {each.status for each in declaration.consent}
    if statuses & {"rejected", "not asked"}:
        return "no"
    approving = [each.party for each in declaration.consent if each.status == "approved"]
    if statuses != {"approved"}:
        return "not shown"
    everyone = ("both", "all ", "the two", "two ", "the warring", "warring", "parties")
    whole = any(party.lower().startswith(everyone) for party in approving)
    return "yes" if whole else "not shown"


_LASTING = timedelta(days=14)
"""A stop in fighting up to this long is for a time, not lasting (an assumption)."""


def _timed(declaration: Declaration) -> Answer:
    ends = [*declaration.windows, *(each for each in declaration.open_windows if each.end)]
    return "yes" if ends else "not shown"


def _placed(declaration: Declaration) -> Answer:
    return "yes" if declaration.place else "not shown"


def _humanitarian(declaration: Declaration) -> Answer:
    told = f"{declaration.called or ''} {declaration.purpose or ''}".lower()
    said = words.HUMANITARIAN.search(told) is not None or declaration.civilian_users is not None
    return "yes" if said else "not shown"


def _routed(declaration: Declaration) -> Answer:
    named = declaration.routes or declaration.corridor_names
    return "yes" if named else "not shown"


def _lasting(declaration: Declaration) -> Answer:
    if not declaration.windows:
        return "not shown"
    first, last = declaration.windows[0], declaration.windows[-1]
    end = last.end.date() if last.until is None else last.until
    return "no" if end - first.start.date() <= _LASTING else "not shown"


_AGREED = ("the agreement of all sides", _agreed)
_KINDS: dict[str, tuple[tuple[str, Callable[[Declaration], Answer]], ...]] = {
    "humanitarian pause": (
        ("a humanitarian purpose", _humanitarian), _AGREED, ("a set time", _timed),
        ("a named area", _placed),
    ),
    "humanitarian corridor": (_AGREED, ("named routes", _routed)),
    "ceasefire": (_AGREED, ("an end to the fighting that is meant to last", _lasting)),
    "cessation of hostilities": (_AGREED,),
}  # fmt: skip


def definition_of(declaration: Declaration) -> Definition | None:
    """Tell whether the facts stated meet the definition of the kind; none for an unknown kind."""
    kind = declaration.kind
    if kind is None:
        return None
    points = tuple(Point(asks, shown(declaration)) for asks, shown in _KINDS.get(kind, ()))
    answers = {point.shown for point in points}
    meets: Answer = "yes" if answers == {"yes"} else "no" if "no" in answers else "not shown"
    return Definition(kind, meets, points, _sentence(declaration, points))


def _sentence(declaration: Declaration, points: tuple[Point, ...]) -> str:
    kind, called = str(declaration.kind), declaration.called
    article = "an" if kind[0] in "aeiou" else "a"
    if not points:
        return f"{_SHORT} does not define a {kind}."
    head = f"By {_SHORT}, {article} {kind} asks for"
    if called and kind not in called:
        head = f"Called “{called}”; by {_SHORT} {article} {kind}"
        if kind == "humanitarian pause" and "pause" not in called:
            head += ", since it is for a time and for a humanitarian purpose"
        head += ", which asks for"
    parts = [f"{head} {_listed([point.asks for point in points])}."]
    for answer, words_ in (("no", "Not met, by what is stated"), ("not shown", "Not shown")):
        asked = [point.asks for point in points if point.shown == answer]
        parts += [f"{words_}: {_listed(asked)}."] if asked else []
    if all(point.shown == "yes" for point in points):
        parts.append("All of it is stated.")
    return " ".join(parts)


def _listed(items: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
