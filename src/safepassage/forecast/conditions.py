"""Say under which conditions a pause is offered, and how unlike two of them are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safepassage.forecast.codebook import CODES, CONDITIONS

__all__ = ["UNLIKENESS", "Conditions", "Unlikeness"]


@dataclass(frozen=True, slots=True)
class Conditions:
    """Hold what is known before a pause begins, in codes of the codebook; empty if not known."""

    consent: str = ""
    escort: str = ""
    guarantor: str = ""
    destination_choice: str = ""
    front_moving: str = ""
    earlier_collapse: str = ""

    def get(self, name: str) -> str:
        """Give one condition by its name."""
        return str(getattr(self, name))

    def but(self, name: str, code: str) -> Conditions:
        """Give the same conditions with one of them changed."""
        return replace(self, **{name: code})


@dataclass(frozen=True, slots=True)
class Unlikeness:
    """Hold how much a condition counts: ``most`` between its first code and its last one."""

    condition: str
    most: float

    def between(self, case: str, precedent: str) -> float:
        """Tell how unlike a precedent's code is to the case's, by their distance on the scale.

        What the case leaves open is not compared; what only the precedent leaves open counts half.
        """
        if not case:
            return 0.0
        codes = CODES[self.condition]
        if not precedent:
            return self.most / 2
        return self.most * abs(codes.index(case) - codes.index(precedent)) / (len(codes) - 1)


UNLIKENESS = (
    Unlikeness("consent", 3.0),
    Unlikeness("escort", 1.0),
    Unlikeness("guarantor", 0.5),
    Unlikeness("destination_choice", 0.5),
    Unlikeness("front_moving", 0.5),
    Unlikeness("earlier_collapse", 0.5),
)
"""How much each condition counts. Consent decides most, a neutral escort next (DESIGN.md's
reading of the precedents); the figures are assumptions, not fitted: too few cases for six."""

assert tuple(each.condition for each in UNLIKENESS) == CONDITIONS  # noqa: S101 - one list of them
