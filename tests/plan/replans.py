"""Make new plans of small towns in tests: who is where, had everybody gone as told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safepassage.plan.replan_adopted import parted
from safepassage.plan.schedule import scheduled
from safepassage.plan.setting import solve
from safepassage.plan.start import Start

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.plan.movement import Moving
    from safepassage.plan.replan import Replanner

TWO_GATES = """
[[corridors]]
id = "gate-2"
name = "Second gate"
people_per_min_per_lane = 6
[corridors.position]
lat = 36.2081
lon = 37.206
"""


def waves_of(replanner: Replanner) -> list[Moving]:
    return scheduled(replanner.setting, solve(replanner.setting))


def start_at(replanner: Replanner, waves: Sequence[Moving], minute: int, **more) -> Start:
    """Say where people are at a minute, had all gone as told."""
    then = parted(waves, minute)
    home, out = replanner.setting.supply.copy(), np.zeros(len(replanner.corridors), np.int64)
    for each in (*then.out, *then.road):
        home[each.group, each.zone] -= each.people
    for each in then.out:
        out[each.gate] += each.people
    return Start(minute=minute, at_home=home, out=out, road=then.road, **more)
