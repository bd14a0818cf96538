"""A small town in which a plan has nearly everything to say that plans say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plan.test_hazards import CLEARED, FRONT
from plan.test_shuttles import bus_town
from plan.towns import line_town
from safepassage import plan

if TYPE_CHECKING:
    from pathlib import Path

GATE = """
[[corridors.shares]]
purpose = "aid trucks"
people_per_min = 2
start = 2016-11-04T10:00:00
end = 2016-11-04T11:00:00
source = "an agreement"
[corridors.onward]
minutes = 20
people_per_min = 30
[corridors.reception]
people = 700
people_per_min = 20
source = "the town's office"
"""
OTHERS = """[[corridors]]
id = "second"
name = "The second gate"
lanes = 2
people_per_min_per_lane = { low = 2, best = 4, high = 6 }
destination = "the west"
controlled_near = "one side"
controlled_far = "another side"
[corridors.position]
lat = 36.2081
lon = 37.2005
accuracy_m = 300
assumed = true
[corridors.go_stop]
go = ["the duty officer"]
means = "radio"
source = "an order"

[[corridors]]
id = "lost"
name = "The third gate"

[[corridors]]
id = "fighters"
name = "The fighters' road"
users = "armed"
[corridors.position]
lat = 36.2081
lon = 37.2030
accuracy_m = 400
assumed = true

"""
OWN = ("aid trucks", "the test", "The test", "nobody lives here")
"""What this town's texts say in their own words, besides names."""
REST = """
[[consent]]
party = "One side"
status = "approved"
source = "its word"

[[consent]]
party = "Another side"
status = "rejected"
source = "its word"

[[not_leaving]]
zone = "near"
people = 500
why = "chose to stay"
source = "an office"

[[not_leaving]]
people = 20
why = "cannot walk"
source = "an office"
"""


def told_by_everything(folder: Path) -> dict[str, Any]:
    """Plan the town and give the plan's document."""
    text = bus_town(riders=0.5, waiting=40)
    end = "lat = 36.2\nlon = 37.2\n"
    cut = text.index(end, text.index("[corridors.position]")) + len(end)
    return plan(
        line_town(folder, text[:cut] + GATE + OTHERS + text[cut:] + FRONT + CLEARED + REST)
    ).as_json()
