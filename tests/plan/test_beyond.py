"""The way beyond a crossing and its far end bind; what is exact of that is proven."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lengths import at_length
from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.base.errors import Defect
from safepassage.plan.check import check_movements

TWO = """[[corridors]]
id = "other"
name = "The other"
people_per_min_per_lane = {rate}
{rules}
[corridors.position]
lat = 36.2189
lon = 37.2010

[[groups]]"""


def town(rules="", other="", rate=10, other_rate=4):
    text = LINE.replace("[[groups]]", TWO.format(rate=other_rate, rules=other))
    text = text.replace("people_per_min_per_lane = 10\n", f"people_per_min_per_lane = {rate}\n")
    end = "[corridors.position]\nlat = 36.2\nlon = 37.2\n"
    return text.replace(end, end + rules, 1)


def corridor(**rules):
    """Write rules as tables behind the position."""
    return "".join(f"[corridors.{name}]\n{body}\n" for name, body in rules.items())


@pytest.mark.parametrize("leg", ["onward", "reception"])
def test_the_way_beyond_lets_through_what_it_can(tmp_path, leg):
    body = {"onward": "minutes = 20\npeople_per_min = 3", "reception": "people_per_min = 3"}[leg]
    made = plan(line_town(tmp_path, town(corridor(**{leg: body}))))
    gate = made.gate.corridors.index("gate")
    per_minute = np.diff(made.optimum.passed[gate], prepend=0)
    assert per_minute.max() == 3
    assert (made.gate.per_min("best", made.hours.steps)[gate] == 3).all()
    assert (made.optimum.cumulative <= made.ceiling.cumulative).all()


def test_received_is_counted_apart(tmp_path):
    made = plan(line_town(tmp_path, town(corridor(onward="minutes = { low = 20, high = 40 }"))))
    document = made.as_json()
    row = next(c for c in document["corridors"] if c["id"] == "gate")
    passed, received = row["schedule_passed"], row["schedule_received"]
    assert received[29] == 0
    assert received[30:] == passed[:-30]
    beyond = document["beyond"]
    assert beyond["reached_crossing"] == beyond["passed_before_closing"] == made.schedule.total
    assert beyond["received_before_closing"] == received[-1]
    other = next(c for c in document["corridors"] if c["id"] == "other")
    assert other["schedule_received"] is None
    assert beyond["way_beyond_not_stated"] == other["schedule_passed"][-1]
    assert (
        beyond["received_before_closing"]
        + beyond["on_the_way_beyond_at_closing"]
        + beyond["way_beyond_not_stated"]
        == made.schedule.total
    )


def test_a_crossing_is_shut_when_its_far_end_is_full(tmp_path):
    free = plan(line_town(tmp_path / "free", town()))
    made = plan(line_town(tmp_path / "full", town(corridor(reception="people = 300"))))
    gate = made.gate.corridors.index("gate")
    assert made.optimum.passed[gate][-1] == 300
    assert made.schedule.passed[gate][-1] == 300
    full = int((made.optimum.passed[gate] == 300).argmax())
    # up to that minute nobody could have had more out
    assert (made.optimum.cumulative[:full] == free.optimum.cumulative[:full]).all()
    assert (made.optimum.cumulative <= made.ceiling.cumulative).all()
    assert {each.reason for each in made.not_moved} <= {"reception full", "crossing full"}
    assert "is shut from" in " ".join(made.as_json()["warnings"])
    # what the far end receives and what the other crossing can pass beside it
    assert made.ceiling.total.best <= 300 + 4 * 180


def test_two_full_far_ends_bound_everybody(tmp_path):
    both = town(corridor(reception="people = 300"), "reception = { people = 50 }")
    made = plan(line_town(tmp_path, both))
    assert made.optimum.total == 350
    assert made.schedule.total == 350
    assert made.ceiling.total.best == 350
    (left,) = made.not_moved
    assert left.reason == "reception full"
    assert left.people == 1400 - 350


def test_later_groups_find_a_far_end_as_full_as_it_is(tmp_path):
    groups = """[[groups]]
id = "slow"
name = "Slow"
share = 0.5
speed_m_per_s = 0.5
[[groups]]
id = "families"
name = "Families"
share = 0.5
speed_m_per_s = 1.0

"""
    start, end = LINE.index("[[groups]]"), LINE.index("[movement]")
    text = town(corridor(reception="people = 800"), "reception = { people = 50 }")
    text = text.replace(LINE[start:end], groups)
    made = plan(line_town(tmp_path, text))
    slow, families = made.optimum.flows
    assert slow.arrival.total == 700
    assert families.arrival.total == 150


def test_an_overfilled_far_end_is_found(tmp_path):
    made = plan(line_town(tmp_path, town(corridor(reception="people = 300"))))
    arguments = {
        "speeds_m_per_s": [1.0], "supply": made.optimum.flows[0].supply[None],
        "gate_nodes": made.gate.nodes, "minutes": made.hours.usable.minutes, "reserved": (),
        "people_per_min": made.gate.per_min("best", made.hours.steps),
    }  # fmt: skip
    check_movements(made.schedule.waves, made.ways, received=np.array([300.0, np.inf]), **arguments)
    with pytest.raises(Defect, match="300 people pass crossing 0, whose far end receives 299"):
        check_movements(
            made.schedule.waves, made.ways, received=np.array([299.0, np.inf]), **arguments
        )


@settings(
    max_examples=at_length(12, 30), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    people=st.integers(0, 900), beside=st.integers(0, 300), rate=st.sampled_from([2.5, 7, 12]),
    end=st.sampled_from(["T10:10:00", "T11:00:00"]), shared=st.booleans(),
)  # fmt: skip
def test_any_receptions_are_kept_and_bounded(tmp_path, people, beside, rate, end, shared):
    """The ceiling counts what the far ends receive, and is never below a plan."""
    share = 'shares = [{ purpose = "aid in", people_per_min = 1, start = 2016-11-04T09:20:00, '
    share += "end = 2016-11-04T09:40:00 }]\n"
    rules = corridor(reception=f"people = {people}")
    other = f"reception = {{ people = {beside} }}\n" + (share if shared else "")
    text = town(rules, other, rate=rate).replace("T12:00:00", end)
    made = plan(line_town(tmp_path, text))
    assert (made.optimum.passed[:, -1] <= [people, beside]).all()
    assert (made.schedule.passed[:, -1] <= [people, beside]).all()
    assert (made.optimum.cumulative <= made.ceiling.cumulative).all()
    assert (made.schedule.cumulative <= made.ceiling.cumulative).all()
    assert made.ceiling.total.best <= people + beside
    assert made.optimum.total + sum(each.people for each in made.not_moved) == 1400
