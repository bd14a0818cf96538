"""Hold what came of one replication: who came, what went wrong, who was where each minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Outcome"]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """Hold one replication.

    Attributes
    ----------
    number
        Of the replication, from 0: with the seed it fixes all that was drawn.
    share, inside, willing, came
        The share of the people inside who would come, how many were inside, how many people
        that made, and how many of them set out if nothing stopped them: who is not called may
        stay.
    rates
        Where crossings served between their low (-1) and their high figure (1).
    collapse_min, incident_min
        Minute of the usable hours at which the pause collapsed, or a crossing first closed; -1
        if it did not.
    early, late, nearest
        The shares of households who left early, late, or by the nearest crossing.
    out, on_the_road, queued
        People past the crossings (cumulative), on the road, and of these standing before
        crossings at the end of each minute: (minutes,).
    caught
        People on the road as the pause collapsed, or who set out later and did not know.

    """

    number: int
    share: float
    inside: int
    willing: int
    came: int
    rates: float
    collapse_min: int
    incident_min: int
    early: float
    late: float
    nearest: float
    out: NDArray[np.int32]
    on_the_road: NDArray[np.int32]
    queued: NDArray[np.int32]
    caught: int

    @property
    def total(self) -> int:
        """Count the people past the crossings at the end."""
        return int(self.out[-1]) if len(self.out) else 0

    @property
    def exposed_peak(self) -> int:
        """Count the most people who were on the road in any minute."""
        return int(self.on_the_road.max(initial=0))
