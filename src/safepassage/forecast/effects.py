"""Tell what each condition would do to uptake: the same case with that one changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from safepassage.forecast.codebook import CODES, CONDITIONS
from safepassage.forecast.uptake import CHOSEN, Model, uptake_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.forecast.conditions import Conditions
    from safepassage.forecast.precedents import Precedent

__all__ = ["Effect", "effects"]


@dataclass(frozen=True, slots=True)
class Effect:
    """Hold the share that leaves if one condition had one code; ``stands`` if it is the case's.

    ``rests_on`` counts the pooled precedents that have this code.
    """

    condition: str
    code: str
    p10: float
    p50: float
    p90: float
    zero: float
    stands: bool
    rests_on: int


def effects(
    conditions: Conditions, precedents: Sequence[Precedent], *, days: int = 1, model: Model = CHOSEN
) -> tuple[Effect, ...]:
    """Forecast the case under every code of every condition, the others as they are.

    What differs is what precedents under these conditions saw, which is no proof that the
    condition was the cause.
    """
    found = []
    for name in CONDITIONS:
        for code in CODES[name]:
            uptake = uptake_of(conditions.but(name, code), precedents, days=days, model=model)
            p10, p50, p90 = (uptake.quantile(p) for p in (0.1, 0.5, 0.9))
            rests_on = sum(row.pooled and row.codes.get(name) == code for row in precedents)
            stands = conditions.get(name) == code
            found.append(
                Effect(name, code, p10, p50, p90, float(uptake.at_most(0.0)[0]), stands, rests_on)
            )
    return tuple(found)
