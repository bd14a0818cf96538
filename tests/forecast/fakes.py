"""Make replications that cost nothing, for tests of what runs and keeps them."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from safepassage.forecast.outcome import Outcome


def outcome(number, seed=1):
    rng = np.random.default_rng([seed, number])
    out = np.cumsum(rng.integers(0, 9, 30)).astype(np.int32)
    road = rng.integers(0, 50, 30).astype(np.int32)
    return Outcome(
        number=number, share=float(rng.random()), inside=1000, willing=600, came=500, rates=0.1,
        collapse_min=-1,
        incident_min=5, early=0.1, late=0.2, nearest=0.3, out=out, on_the_road=road,
        queued=road // 2, caught=int(road[3]),
    )  # fmt: skip


@dataclass(frozen=True)
class Plain:
    seed: int = 1

    def __call__(self, number):
        return outcome(number, self.seed)


@dataclass(frozen=True)
class KillsItsWorkerOnce:
    """Kill the process that makes one replication, the first time it does."""

    mark: str
    at: int = 11
    home: int = 0

    def __call__(self, number):
        if number == self.at and os.getpid() != self.home and not Path(self.mark).exists():
            Path(self.mark).write_text("killed", encoding="utf-8")
            os.kill(os.getpid(), 9)
        return outcome(number)


@dataclass(frozen=True)
class Slow:
    """Take a while over each."""

    def __call__(self, number):
        time.sleep(0.1)
        return outcome(number)
