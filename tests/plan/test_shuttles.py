"""Buses: never more people than seats, in the exact plan, the schedule, and by the check."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lengths import at_length
from plan.towns import LINE, line_town, planned_within_its_ceiling, refused
from safepassage import plan
from safepassage.base.errors import Defect
from safepassage.plan.check import check_movements
from safepassage.plan.movement import of_optimum

FAMILIES = LINE[LINE.index("[[groups]]") : LINE.index("[movement]")]
RIDERS = """[[groups]]
id = "riders"
name = "Riders"
share = {share}
speed_m_per_s = 0.5
means = "bus"
{rest}
"""
WALKERS = """[[groups]]
id = "families"
name = "Families"
share = {share}
speed_m_per_s = 1.0

"""
SHUTTLE = """[[shuttles]]
id = "far-line"
name = "Bus from the far zone"
corridor = "gate"
fleet = {fleet}
seats = {{ low = 30, best = {seats}, high = 60 }}
ride_min = {ride}
cycle_min = {cycle}
loading_min = 5
waiting = {waiting}
position = {{ lat = 36.2189, lon = 37.2 }}

"""


def bus_town(*, fleet=2, seats=50, ride=10, cycle=30, waiting=0, riders=1.0, rate=10, rest=""):
    groups = RIDERS.format(share=riders, rest=rest)
    groups += WALKERS.format(share=1 - riders) if riders < 1 else ""
    text = LINE.replace(FAMILIES, groups)
    text = text.replace("people_per_min_per_lane = 10", f"people_per_min_per_lane = {rate}")
    bus = SHUTTLE.format(fleet=fleet, seats=seats, ride=ride, cycle=cycle, waiting=waiting)
    return text.replace("[movement]", bus + "[movement]")


def check(made, movements):
    return check_movements(
        movements, [flow.ways for flow in made.optimum.flows],
        speeds_m_per_s=[flow.group.speed_m_per_s.best for flow in made.optimum.flows],
        supply=np.array([flow.supply for flow in made.optimum.flows]),
        gate_nodes=made.gate.nodes,
        people_per_min=made.gate.per_min("best", made.hours.steps),
        minutes=made.hours.usable.minutes, reserved=(),
        shuttles=made.optimum.flows[0].shuttles,
    )  # fmt: skip


def seats_taken(made, movements):
    line = made.optimum.flows[0].shuttles.lines[0]
    taken = np.zeros(len(line.departs_min), int)
    for each in movements:
        if line.ride in each.arcs:
            minute = each.enter[each.arcs.index(line.ride)]
            taken[int(np.abs(line.departs_min - minute).argmin())] += each.people
    return taken


def test_every_bus_leaves_full_and_none_with_more(tmp_path):
    # a bus each 15 minutes from minute 5 on, those that arrive by 180; the crossing takes 10
    made = plan(line_town(tmp_path, bus_town()))
    line = made.optimum.flows[0].shuttles.lines[0]
    assert line.departs_min.tolist() == list(range(5, 171, 15))
    of_plan = seats_taken(made, of_optimum(made.ways, made.optimum.flows))
    of_schedule = seats_taken(made, made.schedule.waves)
    # people of the far zone reach its stop, where it stands, for every bus
    assert (of_plan[:-1] == 50).all()
    assert (of_schedule[:-1] == 50).all()
    assert of_plan.sum() == made.optimum.total
    assert of_schedule.sum() == made.schedule.total
    # the last bus is there at 181 by the grid's clock: too late
    assert made.optimum.total == 50 * 11
    assert made.ceiling.total.best >= made.optimum.total
    assert (made.optimum.cumulative <= made.ceiling.cumulative).all()


def test_the_bound_counts_no_more_than_the_seats(tmp_path):
    made = plan(line_town(tmp_path, bus_town()))
    # everybody may also walk in the bound: the crossing is its limit
    assert made.ceiling.total.best <= 180 * 10


def test_a_crossing_slower_than_the_buses_is_the_limit(tmp_path):
    made = plan(line_town(tmp_path, bus_town(rate=2)))
    assert made.optimum.passed[0][-1] <= 2 * 180
    assert made.optimum.total >= 2 * 160
    assert made.schedule.total >= 0.9 * made.optimum.total


def test_one_more_bus_is_worth_its_seats(tmp_path):
    two = plan(line_town(tmp_path / "two", bus_town(fleet=2)))
    three = plan(line_town(tmp_path / "three", bus_town(fleet=3)))
    assert three.optimum.total > two.optimum.total
    assert three.optimum.total <= 1400


def test_nobody_waits_at_a_stop_that_is_no_place_for_it(tmp_path):
    made = plan(line_town(tmp_path, bus_town()))
    line = made.optimum.flows[0].shuttles.lines[0]
    for each in of_optimum(made.ways, made.optimum.flows):
        at = each.arcs.index(line.ride)
        assert each.enter[at] - each.enter[at - 1] <= 3


def test_a_waiting_place_lets_people_come_over_a_thin_street(tmp_path):
    # two people a minute through the streets: a bus fills only where people can wait for it
    thin = bus_town().replace("people_per_m_per_s = 1.0", "people_per_m_per_s = 0.006")
    thin = thin.replace("lat = 36.2189, lon = 37.2 }", "lat = 36.2081, lon = 37.2 }")
    zones = "id,name,lat,lon,people\nnear,Near,36.2026,37.2,0\nmiddle,Middle,36.2081,37.2,0\n"
    zones += "far,Far,36.2189,37.2,1000\n"
    without = plan(line_town(tmp_path / "a", thin, zones))
    place = plan(line_town(tmp_path / "b", thin.replace("waiting = 0", "waiting = 40"), zones))
    assert place.optimum.total > 5 * without.optimum.total
    assert place.schedule.total > 5 * without.schedule.total
    line = place.optimum.flows[0].shuttles.lines[0]
    waiting = place.optimum.flows[0].arrival.flow[line.wait]
    assert 0 < waiting.max() <= 40


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("one more", "51 people ride shuttle far-line at minute 5.0, which has 50 seats"),
        ("no bus", "when no bus leaves"),
        ("waits", "waits at the stop"),
        ("early", "before it can be there"),
    ],
)
def test_planted_faults_are_found(tmp_path, fault, says):
    made = plan(line_town(tmp_path, bus_town()))
    line = made.optimum.flows[0].shuttles.lines[0]
    waves = list(made.schedule.waves)
    check(made, waves)
    first = waves[0]
    at = first.arcs.index(line.ride)
    if fault == "one more":
        waves[0] = replace(first, people=first.people + 1, people_per_min=first.people + 1)
    elif fault == "no bus":
        enter = list(first.enter)
        enter[at] -= 0.5
        waves[0] = replace(first, enter=tuple(enter))
    elif fault == "waits":
        second = next(w for w in waves if w.enter[at] > 6)
        early = tuple(t - 6 for t in second.enter[:at])
        waves[waves.index(second)] = replace(
            second, depart=second.depart - 6, enter=(*early, *second.enter[at:])
        )
    else:
        waves[-1] = replace(waves[-1], arrive=waves[-1].enter[at] + 9)
    with pytest.raises(Defect, match=says):
        check(made, waves)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("seats = { low = 30, best = 50, high = 60 }\n", "", "seats: is missing"),
        ("seats = { low = 30, best = 50, high = 60 }", "seats = 0", "has no seats"),
        ("fleet = 2\n", "", "fleet: is missing"),
        ("fleet = 2", "fleet = 0", "fleet"),
        ('corridor = "gate"', 'corridor = "none"', "which is no civilian corridor"),
        ("cycle_min = 30", "cycle_min = 12", "shorter than loading"),
        ("position = { lat = 36.2189, lon = 37.2 }", "", "position or look_up"),
        ("lat = 36.2189, lon = 37.2 }", "lat = 37.2, lon = 36.2 }", "from the nearest street"),
        ("waiting = 0", 'waiting = 0\ngroups = ["strangers"]', "groups that the case has not"),
        ("ride_min = 10", "ride_min = 400\ncycle_min = 900", "within the usable hours"),
    ],
)
def test_a_shuttle_that_cannot_run_is_refused(tmp_path, old, new, says):
    text = bus_town()
    assert old in text
    if "cycle_min = 900" in new:
        text = text.replace("cycle_min = 30\n", "")
    assert says in refused(tmp_path, text.replace(old, new))


def test_riders_without_a_shuttle_are_told_so(tmp_path):
    text = bus_town()
    start = text.index("[[shuttles]]")
    text = text[:start] + text[text.index("[movement]") :]
    assert "it goes by bus, and the case has no [[shuttles]]" in refused(tmp_path, text)


def test_walkers_cannot_board(tmp_path):
    text = bus_town(riders=0.5).replace("waiting = 0", 'waiting = 0\ngroups = ["families"]')
    assert "who do not go by bus" in refused(tmp_path, text)


def test_walkers_keep_what_riders_leave_of_the_crossing(tmp_path):
    made = plan(line_town(tmp_path, bus_town(riders=0.5)))
    riders, walkers = made.optimum.flows
    together = riders.arrival.passed + walkers.arrival.passed
    assert together.max() <= 10
    assert walkers.arrival.total > 0


def test_a_ride_is_worked_out_from_the_streets(tmp_path):
    text = bus_town().replace("ride_min = 10\n", "").replace("cycle_min = 30\n", "")
    made = plan(line_town(tmp_path, text))
    line = made.optimum.flows[0].shuttles.lines[0]
    assert line.worked_out
    # 2,089 m at 5.6 m/s
    assert line.ride_min == pytest.approx(2089 / 5.6 / 60, rel=0.01)
    assert line.cycle_min == pytest.approx(2 * (line.ride_min + 5))


@st.composite
def bus_towns(draw):
    waiting = draw(st.sampled_from([0, 7, 100]))
    text = bus_town(
        fleet=draw(st.integers(1, 6)), seats=draw(st.integers(30, 60)),
        ride=draw(st.sampled_from([1, 7.3, 12.9])), cycle=draw(st.sampled_from([18.5, 31, 40])),
        waiting=waiting, riders=draw(st.sampled_from([0.3, 0.6, 1.0])),
        rate=draw(st.sampled_from([2.5, 7.3, 40])),
    )  # fmt: skip
    text = text.replace("T12:00:00", draw(st.sampled_from(["T10:10:00", "T11:00:00"])))
    width = draw(st.sampled_from([0.01, 0.05, 1.0]))
    text = text.replace("people_per_m_per_s = 1.0", f"people_per_m_per_s = {width}")
    lat = draw(st.sampled_from([36.2026, 36.2081, 36.2189]))
    return text.replace("lat = 36.2189, lon = 37.2 }", f"lat = {lat}, lon = 37.2 }}")


@settings(
    max_examples=at_length(10, 25), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(text=bus_towns())
def test_any_bus_town_is_planned_and_checked(tmp_path, text):
    made = planned_within_its_ceiling(line_town(tmp_path, text))
    shuttles = made.optimum.flows[0].shuttles
    for movements in (of_optimum(made.ways, made.optimum.flows), made.schedule.waves):
        assert (seats_taken(made, movements) <= shuttles.lines[0].seats[1]).all()


def test_a_shuttle_that_nobody_boards_is_told(tmp_path):
    text = bus_town().replace('means = "bus"\n', "")
    assert "Nobody boards Bus from the far zone" in " ".join(
        plan(line_town(tmp_path, text)).as_json()["warnings"]
    )


def test_full_buses_are_told_as_the_limit(tmp_path):
    made = plan(line_town(tmp_path, bus_town(rate=60)))
    document = made.as_json()
    assert any(
        "the seats of Bus from the far zone" in row["text"] for row in document["bottleneck"]
    )
    assert not any("walking time" in row["text"] for row in document["bottleneck"][1:])
    assert {row["reason"] for row in document["not_moved"]} == {"seats full"}


def test_the_way_from_the_nearest_junction_to_a_stop_is_walked(tmp_path):
    # 0.0027 degrees of latitude are 300 m: five minutes at 1 m/s
    away = bus_town().replace("lat = 36.2189, lon = 37.2 }", "lat = 36.2216, lon = 37.2 }")
    at, off = plan(line_town(tmp_path / "at", bus_town())), plan(line_town(tmp_path / "off", away))
    (line,) = off.shuttles.lines
    assert line.moved_m == pytest.approx(300, abs=2)
    for movements in (of_optimum(off.ways, off.optimum.flows), off.schedule.waves):
        for each in movements:
            ride = each.arcs.index(line.ride)
            assert each.enter[ride] - each.enter[ride - 1] >= line.moved_m / 60 - 1e-6
    assert at.optimum.cumulative.sum() > off.optimum.cumulative.sum()
    (told,) = (each["text"] for each in off.as_json()["assumptions"] if "fleet of" in each["text"])
    assert "it lies 300 m from the nearest junction, walked straight" in told
    assert "nearest junction" not in str(at.as_json()["assumptions"])
