"""Try what zones are told anew where several groups share streets, crossings and receptions.

What is told is first chosen at the pace of one group. Here a zone is told another corridor, or
two zones exchange theirs, and the waves of all groups are laid anew: what makes more people
out, sooner, is kept. Zones that leave most people at home try first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from safepassage.plan.kernel_schedule import PAST_WEIGHT
from safepassage.plan.movement import minutes_of, spread_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from safepassage.plan.movement import Moving
    from safepassage.plan.routes import Path

    Told = dict[int, list[Path]]
    Lay = Callable[[Told], list[Moving]]

__all__ = ["better_told", "score_of"]

Ints = NDArray[np.int64]


def better_told(
    told: Told, paths: dict[int, list[Path]], people: Ints, steps: int, tries: int, lay: Lay
) -> list[Moving]:
    """Give the waves of the best that is found to tell zones.

    Parameters
    ----------
    told
        What each zone is told so far.
    paths
        What each may be told, the most used first.
    people
        In each zone, of all groups, shape (zones,).
    steps, tries
        Last step; how often all waves may be laid anew.
    lay
        Lays them.

    """
    trial = _Trial(told, paths, people, steps, tries, lay, lay(told))
    score = None
    while trial.tries > 0 and trial.score != score:
        score = trial.score
        trial.others()
        trial.exchanges()
    return trial.waves


def score_of(waves: Sequence[Moving], steps: int) -> int:
    """Count person-minutes past the crossings, less a little for those on the road."""
    score = 0
    for each in waves:
        minutes = minutes_of(each, each.arrive)
        left = steps + 1 - np.arange(minutes.start, minutes.stop)
        score += PAST_WEIGHT * int((spread_of(each) * left).sum())
        score -= each.people * round(each.arrive - each.depart)
    return score


@dataclass(slots=True)
class _Trial:
    told: Told
    paths: dict[int, list[Path]]
    people: Ints
    steps: int
    tries: int
    lay: Lay
    waves: list[Moving]

    @property
    def score(self) -> int:
        return score_of(self.waves, self.steps)

    def others(self) -> None:
        """Tell each zone another corridor."""
        for zone in self._by_left():
            for gate in dict.fromkeys(path.gate for path in self.paths[zone]):
                for i in range(len(self.told[zone])):
                    self._test({zone: (i, gate)})

    def exchanges(self) -> None:
        """Let zones that leave people at home exchange corridors with others."""
        for zone in self._by_left():
            for other in self._by_left():
                if self.tries > 0 and self._left()[zone] and self.told[zone] and self.told[other]:
                    mine, theirs = self.told[zone][0].gate, self.told[other][0].gate
                    self._test({zone: (0, theirs), other: (0, mine)})

    def _left(self) -> Ints:
        left = self.people.copy()
        for each in self.waves:
            left[each.zone] -= each.people
        return left

    def _by_left(self) -> list[int]:
        left = self._left()
        return sorted(self.told, key=lambda zone: (-int(left[zone]), zone))

    def _test(self, changes: dict[int, tuple[int, int]]) -> None:
        """Keep it if it is better that zones are told other corridors: (which, corridor)."""
        if self.tries <= 0:
            return
        told = dict(self.told)
        for zone, (i, gate) in changes.items():
            found = next((path for path in self.paths[zone] if path.gate == gate), None)
            if found is None or gate in {path.gate for path in told[zone]}:
                return
            told[zone] = [*told[zone][:i], found, *told[zone][i + 1 :]]
        self.tries -= 1
        waves = self.lay(told)
        if score_of(waves, self.steps) > self.score:
            self.told, self.waves = told, waves
