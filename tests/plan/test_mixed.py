"""A city for people on foot and vehicles: one map, and never both on a street at once."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from city.extracts import finnish_town, helsinki
from lengths import at_length
from plan.test_helsinki import CASE
from plan.towns import LINE, line_town, planned_within_its_ceiling
from safepassage import plan
from safepassage.base.errors import Defect, InputError
from safepassage.city.osm import read_osm
from safepassage.plan.check import check_movements
from safepassage.plan.movement import spread_of
from safepassage.plan.setting import prepare, settle, solve

HELSINKI = CASE[: CASE.index("[[groups]]")] + CASE[CASE.index("[clearance]") :]
FAMILIES = LINE[LINE.index("[[groups]]") : LINE.index("[movement]")]
BOTH = """[[groups]]
id = "wounded"
name = "Wounded"
share = 0.1
means = "ambulance"
[[groups]]
id = "families"
name = "Families"
share = 0.6
speed_m_per_s = 1.0
[[groups]]
id = "cars"
name = "Households with a car"
share = 0.3
means = "car"

"""
AMONG = "people_per_m_per_s = 1.0\nvehicles_among_walkers = true"


def mixed_town(groups=BOTH):
    return LINE.replace(FAMILIES, groups)


def check(made, movements):
    return check_movements(
        movements, [flow.ways for flow in made.optimum.flows],
        speeds_m_per_s=[flow.group.speed_m_per_s.best for flow in made.optimum.flows],
        supply=np.array([flow.supply for flow in made.optimum.flows]),
        gate_nodes=made.gate.nodes,
        people_per_min=made.gate.per_min("best", made.hours.steps),
        minutes=made.hours.usable.minutes, reserved=(),
    )  # fmt: skip


@pytest.mark.parametrize("find", [helsinki, finnish_town])
def test_one_map_holds_what_each_may_use(find):
    afoot, driven, both = (read_osm(find(), mode=mode) for mode in ("walk", "vehicle", "both"))
    walked = both.open_to["walk"]
    assert both.length_m[walked].sum() == pytest.approx(afoot.length_m.sum(), rel=0.01)
    # vehicles need not be able to come back on the map for both, so it holds some more
    lanes = both.length_m[both.open_to["vehicle"]].sum()
    assert driven.length_m.sum() * 0.999 <= lanes <= driven.length_m.sum() * 1.3
    assert both.open_to["both"].all()
    # every street that is walked is walked both ways here; one-way signs bind vehicles only
    one_way = walked & (both.lanes == 0)
    assert one_way.any()
    pairs = set(zip(both.tail[walked].tolist(), both.head[walked].tolist(), strict=True))
    assert all((b, a) in pairs for a, b in pairs)


def test_a_city_for_both_has_the_same_arcs_for_all(tmp_path):
    (tmp_path / "helsinki.osm.pbf").write_bytes(helsinki().read_bytes())
    text = HELSINKI.replace(
        'streets = "helsinki.osm.pbf"', 'streets = "helsinki.osm.pbf"\nmode = "both"'
    )
    (tmp_path / "case.toml").write_text(text + BOTH, encoding="utf-8")
    made = plan(str(tmp_path))
    wounded, families, cars = made.optimum.flows
    assert (wounded.ways.tail == families.ways.tail).all()
    assert wounded.arrival.total > 0
    assert families.arrival.total > 0
    assert cars.arrival.total > 0
    assert (made.optimum.cumulative <= made.ceiling.cumulative).all()
    assert (made.schedule.cumulative <= made.ceiling.cumulative).all()
    assert not families.ways.on_foot or wounded.ways.on_foot is False
    driven = made.city.streets.lanes > 0
    for flow in (wounded, cars):
        assert not flow.arrival.flow[: len(driven)][~driven].any()


def test_without_vehicles_a_city_for_both_is_walked_as_before(tmp_path):
    for folder, mode in (("a", "walk"), ("b", "both")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "helsinki.osm.pbf").write_bytes(helsinki().read_bytes())
        text = CASE.replace(
            'streets = "helsinki.osm.pbf"', f'streets = "helsinki.osm.pbf"\nmode = "{mode}"'
        )
        (tmp_path / folder / "case.toml").write_text(text, encoding="utf-8")
    walk, both = (
        sum(flow.arrival.total for flow in solve(settle(f.loaded.case, f.city, f.hours)))
        for f in (prepare(str(tmp_path / folder)) for folder in ("a", "b"))
    )
    assert both == pytest.approx(walk, rel=0.01)


@pytest.mark.parametrize(("mode", "means"), [("walk", "car"), ("vehicle", "stretcher")])
def test_means_without_streets_are_refused(tmp_path, mode, means):
    (tmp_path / "helsinki.osm.pbf").write_bytes(helsinki().read_bytes())
    text = HELSINKI.replace(
        'streets = "helsinki.osm.pbf"', f'streets = "helsinki.osm.pbf"\nmode = "{mode}"'
    )
    group = f'[[groups]]\nid = "g"\nname = "G"\nshare = 1.0\nmeans = "{means}"\n'
    (tmp_path / "case.toml").write_text(text + group, encoding="utf-8")
    with pytest.raises(InputError, match=f'it goes by {means}, and city.mode = "{mode}"'):
        plan(str(tmp_path))


def on_streets(made, movements):
    """List each use of a street: street without direction, on foot, enter, off."""
    flows = made.optimum.flows
    road = next(flow.ways for flow in flows if flow.ways.on_foot).road
    for each in movements:
        ways = flows[each.group].ways
        ends = (*each.enter[1:], each.arrive)
        for arc, enter, off in zip(each.arcs, each.enter, ends, strict=True):
            if ways.street[arc] >= 0:
                yield int(road[arc]), ways.on_foot, enter, off + each.lasting


def test_vehicles_and_walkers_are_never_on_a_street_together(tmp_path):
    made = plan(line_town(tmp_path, mixed_town()))
    uses = list(on_streets(made, made.schedule.waves))
    drives = [use for use in uses if not use[1]]
    assert drives
    for street, _, enter, off in drives:
        for other, afoot, came, left in uses:
            if afoot and other == street:
                assert off <= came + 1e-6 or left <= enter + 1e-6


def test_a_case_may_let_them_share_streets(tmp_path):
    apart = plan(line_town(tmp_path / "a", mixed_town()))
    text = mixed_town().replace("people_per_m_per_s = 1.0", AMONG)
    among = plan(line_town(tmp_path / "b", text))
    assert among.optimum.total >= apart.optimum.total
    assert among.optimum.checked.worst_street_use <= 1 + 1e-6


def test_a_car_among_walkers_is_found(tmp_path):
    made = plan(line_town(tmp_path, mixed_town()))
    waves = list(made.schedule.waves)
    check(made, waves)
    walk = next(w for w in waves if w.group == 1 and len(w.arcs) > 1)
    drive = next(w for w in waves if w.group == 2 and w.zone == walk.zone)
    late = walk.enter[1] - drive.enter[1]
    moved = replace(
        drive, depart=drive.depart + late, arrive=drive.arrive + late,
        enter=tuple(t + late for t in drive.enter),
    )  # fmt: skip
    others = [w for w in waves if w.group == 1]
    with pytest.raises(Defect, match=r"at the same time"):
        check(made, [*others, moved])


@st.composite
def mixed_towns(draw):
    order = draw(st.permutations(BOTH.strip().split("[[groups]]")[1:]))
    groups = "".join(f"[[groups]]{each.rstrip()}\n" for each in order) + "\n"
    text = mixed_town(groups)
    if draw(st.booleans()):
        text = text.replace("people_per_m_per_s = 1.0", AMONG)
    width = draw(st.sampled_from([0.02, 0.1, 1.0]))
    text = text.replace("people_per_m_per_s = 1.0", f"people_per_m_per_s = {width}")
    rate = draw(st.sampled_from([2.5, 10, 60]))
    text = text.replace("people_per_min_per_lane = 10", f"people_per_min_per_lane = {rate}")
    return text.replace("T12:00:00", draw(st.sampled_from(["T10:10:00", "T11:00:00"])))


@settings(
    max_examples=at_length(10, 25), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(text=mixed_towns())
def test_any_mixed_town_is_planned_checked_and_bounded(tmp_path, text):
    planned_within_its_ceiling(line_town(tmp_path, text))


def test_the_plan_tells_how_many_vehicles_it_needs_at_once(tmp_path):
    made = plan(line_town(tmp_path, mixed_town()))
    wounded, families, cars = made.as_json()["groups"]
    assert families["vehicles_at_once"] is None
    for number, row, seats in ((0, wounded, 2), (2, cars, 4)):
        most = 0
        for minute in range(made.hours.usable.minutes):
            there = 0
            for wave in made.schedule.waves:
                leaves, passes = int(wave.depart + 1e-9), int(wave.arrive + 1e-9)
                if wave.group == number:
                    steady = spread_of(wave)
                    gone = np.arange(wave.lasting)
                    there += steady[(leaves + gone <= minute) & (minute <= passes + gone)].sum()
            most = max(most, int(there))
        assert row["vehicles_at_once"] == -(-most // seats)
        assert most > 0
