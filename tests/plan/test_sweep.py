"""Safety against speed: what is swept, what is beaten, and what a longest walk forbids."""

from dataclasses import replace
from importlib import import_module

import pytest

from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.base.errors import InputError
from safepassage.plan.setting import solve
from safepassage.plan.sweep import SETBACKS_M, Point, _beaten
from safepassage.publish.safety import safety_chart, safety_rows

ARMED = """
[[corridors]]
id = "fighters"
name = "The other gate"
users = "armed"
[corridors.position]
lat = 36.2081
lon = 37.2
"""


def line(text=LINE, *, options=""):
    text = text.replace("confirm_and_test_min = 0", f"confirm_and_test_min = 0\n{options}")
    return text.replace("\n[[groups]]", ARMED + "\n[[groups]]", 1)


def test_nobody_is_told_a_longer_way_than_the_case_allows(tmp_path):
    free = plan(line_town(tmp_path / "free"))
    text = LINE.replace("confirm_and_test_min = 0", "confirm_and_test_min = 0\n"
                        "longest_walk_min = 20")  # fmt: skip
    short = plan(line_town(tmp_path / "short", text))
    # 300, 900 and 2,100 m at 1 m/s: 5, 15 and 35 minutes
    assert {round(w.arrive - w.depart) for w in free.schedule.waves} == {5, 15, 35}
    assert {round(w.arrive - w.depart) for w in short.schedule.waves} == {5, 15}
    assert short.schedule.total == 400
    assert short.optimum.total == 1400


@pytest.mark.parametrize("wrong", ["0", "1441", "2.5", '"short"'])
def test_a_longest_walk_is_whole_minutes_of_a_day(tmp_path, wrong):
    text = LINE.replace("confirm_and_test_min = 0", "confirm_and_test_min = 0\n"
                        f"longest_walk_min = {wrong}")  # fmt: skip
    with pytest.raises(InputError, match="longest_walk_min"):
        plan(line_town(tmp_path, text))


def test_without_anything_to_keep_from_only_walks_are_swept(tmp_path):
    made = plan(line_town(tmp_path))
    weighed = made.safety.as_json()
    assert weighed["setback_from"] == []
    assert {each["setback_m"] for each in weighed["points"]} == {100}
    limits = [each["walk_limit_min"] for each in weighed["points"]]
    assert limits == [None, 10, 20, 25]  # quarters of 35, to the nearest five
    by_limit = {each["walk_limit_min"]: each for each in weighed["points"]}
    assert by_limit[10]["out"] == 100
    assert by_limit[20]["out"] == 400
    assert by_limit[25]["out"] == 400
    assert by_limit[None]["in_use"]
    assert by_limit[None]["out"] == made.schedule.total


def test_keeping_away_from_a_way_of_armed_groups_costs_people(tmp_path):
    made = plan(line_town(tmp_path, line()))
    weighed = made.safety.as_json()
    assert weighed["setback_from"] == ["corridors for armed groups"]
    assert {each["setback_m"] for each in weighed["points"]} == set(SETBACKS_M)
    out = {
        each["setback_m"]: each["out"] for each in weighed["points"]
        if each["walk_limit_min"] is None
    }  # fmt: skip
    assert out[100] == made.schedule.total
    assert sorted(out.values(), reverse=True) == [out[m] for m in sorted(out)]
    assert out[1000] == 0  # the crossing itself lies 900 m away


def test_a_point_is_beaten_only_by_one_as_good_in_all_three():
    base = Point(100, None, 1000, 60, 30.0)
    better = replace(base, longest_min=50)
    wider = replace(base, setback_m=200, out=900)
    equal = replace(base, walk_limit_min=60)
    found = _beaten([base, better, wider, equal])
    assert [each.beaten for each in found] == [True, False, False, True]
    assert not any(each.beaten for each in _beaten([base, equal]))


def test_the_chart_tells_its_points_and_rings_the_one_in_use(tmp_path):
    weighed = plan(line_town(tmp_path, line())).as_json()["safety"]
    svg = str(safety_chart(weighed))
    assert svg.count('r="9"') == svg.count("<svg")  # one for wide screens, one for narrow
    assert "setback 1,000 m" not in svg  # nobody is moved
    for each in (point for point in weighed["points"] if point["out"]):
        assert f"longest walk {each['longest_min']} min" in svg
    rows = safety_rows(weighed)
    assert any(each["in_use"] for each in rows)
    assert [each["setback_m"] for each in rows] == sorted(
        (each["setback_m"] for each in rows), reverse=True
    )


def test_the_setback_in_use_is_not_solved_again(tmp_path, monkeypatch):
    module = import_module("safepassage.plan.sweep")
    anew = []

    def counted(setting):
        anew.append(setting.case.options.setback_m)
        return solve(setting)

    monkeypatch.setattr(module, "solve", counted)
    made = plan(line_town(tmp_path, line()))
    assert sorted(anew) == [each for each in SETBACKS_M if each != 100]
    again = module.sweep(made.prepared.loaded, made.city, made.hours, made.schedule.waves)
    assert 100 in anew
    assert again == made.safety
