"""Any small town is planned without breaking a promise: the planner checks itself."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lengths import at_length
from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.base.geo import distance_m

GROUPS = """
[[groups]]
id = "slow"
name = "Slow"
share = {share}
speed_m_per_s = {{ low = 0.4, best = 0.6, high = 0.8 }}
[[groups]]
id = "families"
name = "Families"
share = {rest}
speed_m_per_s = {{ low = 0.8, best = 1.1, high = 1.3 }}
"""

SECOND = """
[[corridors]]
id = "gate-2"
name = "Second gate"
people_per_min_per_lane = {{ low = 1, best = {rate}, high = 50 }}
[corridors.position]
lat = {lat}
lon = 37.2
[[corridors]]
id = "armed"
name = "Armed"
users = "armed"
reserved = {{ start = 2016-11-04T10:00:00, end = 2016-11-04T10:20:00 }}
[corridors.position]
lat = {armed}
lon = 37.206
"""


@st.composite
def towns(draw):
    n = draw(st.integers(2, 7))
    place = st.floats(0, 0.02).map(lambda x: round(x, 5))
    at = [(36.2 + draw(place), 37.19 + draw(place)) for _ in range(n)]
    zones = ["id,name,lat,lon,people_low,people_best,people_high"]
    for i, (lat, lon) in enumerate(at):
        people = draw(st.integers(0, 400))
        zones.append(f"z{i},Z{i},{lat},{lon},{people},{people},{2 * people}")
    links = ["a,b,distance_m,shared_border_m"]
    pairs = [(draw(st.integers(0, i - 1)), i) for i in range(1, n)]  # a tree, and a few more
    more = [(draw(st.integers(0, n - 1)), draw(st.integers(0, n - 1))) for _ in range(3)]
    for a, b in pairs + [(a, b) for a, b in more if a != b]:
        straight = float(distance_m(*at[a], *at[b]))
        length = straight * draw(st.sampled_from([0.6, 1, 1.7])) + draw(st.integers(1, 300))
        links.append(f"z{a},z{b},{length},{draw(st.integers(0, 900))}")
    share = draw(st.sampled_from([0.1, 0.3]))
    start = LINE.index("[[groups]]")
    text = LINE[:start] + SECOND.format(
        rate=draw(st.sampled_from([2, 2.5, 7.3])), lat=36.2 + draw(place), armed=36.2 + draw(place)
    )
    text += GROUPS.format(share=share, rest=1 - share) + LINE[LINE.index("[movement]") :]
    width = draw(st.sampled_from([0.005, 0.02, 1.0]))
    text = text.replace("people_per_m_per_s = 1.0", f"people_per_m_per_s = {width}")
    text = text.replace("T12:00:00", draw(st.sampled_from(["T10:10:00", "T11:00:00"])))
    return text, "\n".join(zones) + "\n", "\n".join(links) + "\n"


@settings(
    max_examples=at_length(10, 200), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(town=towns())
def test_every_town_is_planned_and_checked(tmp_path, town):
    try:
        made = plan(line_town(tmp_path, *town))
    except InputError as error:  # a gate beyond the town's edge is refused
        assert "far outside" in str(error)  # noqa: PT017
        return
    inside = int(made.city.zones.best.sum())
    assert (made.optimum.cumulative <= made.ceiling.cumulative).all()
    assert (made.schedule.cumulative <= made.ceiling.cumulative).all()
    assert (np.diff(made.optimum.cumulative) >= 0).all()
    assert made.optimum.total + sum(each.people for each in made.not_moved) == inside
    assert (made.optimum.on_the_road >= 0).all()
    assert (made.schedule.on_the_road >= 0).all()
    assert made.ceiling.total.best <= inside
    document = made.as_json()
    assert sum(wave["people"] for wave in document["schedule"]["waves"]) == made.schedule.total
    assert sum(zone["out_optimum"] for zone in document["zones"]) == made.optimum.total
