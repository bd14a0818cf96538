"""Write small cases to plan in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from safepassage import plan
from safepassage.base.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from safepassage.plan.model import Plan

LINE = """
schema = 1
id = "line-town"
title = "Three zones in a line before one crossing"

[place]
name = "Line Town"
lat = 36.2
lon = 37.2
tz = "Asia/Damascus"

[window]
start = 2016-11-04T09:00:00
end = 2016-11-04T12:00:00

[city]
zones = "zones.csv"
links = "links.csv"
detour = 1

[[corridors]]
id = "gate"
name = "The gate"
people_per_min_per_lane = 10
[corridors.position]
lat = 36.2
lon = 37.2

[[groups]]
id = "families"
name = "Families"
share = 1.0
speed_m_per_s = 1.0

[movement]
people_per_m_per_s = 1.0

[options]
confirm_and_test_min = 0

[clearance]
treat_as_cleared = true
by = "the test"
reason = "nobody lives here"
"""

# 0.0108 degrees of latitude are 1200 m: twenty minutes at 1 m/s
ZONES = """id,name,lat,lon,people_low,people_best,people_high
near,Near,36.2026,37.2,50,100,150
middle,Middle,36.2081,37.2,150,300,450
far,Far,36.2189,37.2,500,1000,1500
"""
LINKS = """a,b,distance_m,shared_border_m
near,middle,600,250
middle,far,1200,250
"""


def line_town(folder: Path, text: str = LINE, zones: str = ZONES, links: str = LINKS) -> str:
    """Write a case of three zones 300, 900 and 2,100 m from one crossing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.toml").write_text(text, encoding="utf-8")
    (folder / "zones.csv").write_text(zones, encoding="utf-8")
    (folder / "links.csv").write_text(links, encoding="utf-8")
    return str(folder)


def refused(folder: Path, text: str) -> str:
    """Plan the three zones by a case that must be refused; give what is said of it."""
    with pytest.raises(InputError) as caught:
        plan(line_town(folder, text))
    return str(caught.value)


def planned_within_its_ceiling(folder: str) -> Plan:
    """Plan a town of 1,400 people: nothing passes its ceiling, and everybody is told of."""
    made = plan(folder)
    assert (made.optimum.cumulative <= made.ceiling.cumulative).all()
    assert (made.schedule.cumulative <= made.ceiling.cumulative).all()
    assert made.optimum.total + sum(each.people for each in made.not_moved) == 1400
    return made
