"""What a plan comes to where figures turn out otherwise, and where it stops early."""

from importlib import import_module

import numpy as np
import pytest

from plan.towns import LINE, line_town, refused
from safepassage import plan
from safepassage.plan.robust import LONGEST_WAIT_MIN, at_rates, followed, robust, scenarios
from safepassage.plan.setting import settle

SLOW_OR_FAST = LINE.replace(
    "people_per_min_per_lane = 10", "people_per_min_per_lane = { low = 5, best = 10, high = 20 }"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return plan(line_town(tmp_path_factory.mktemp("line"), SLOW_OR_FAST))


def at(made, people, rates):
    return settle(
        at_rates(made.case, {"gate": rates}), made.city, made.hours, people=people
    )  # fmt: skip


def test_one_crossing_has_nine_cases_and_two_have_four_more():
    assert len(scenarios(["gate"])) == 9
    assert len(scenarios(["gate", "other"])) == 13
    assert len({(s.people, tuple(s.rates.items())) for s in scenarios(["a", "b", "c"])}) == 15


def test_who_come_to_a_slower_crossing_wait_in_line(made):
    came, passed = followed(made.schedule.waves, at(made, "best", "low"))
    assert came[0, [4, 5, -1]].tolist() == [0, 10, 1400]
    # nobody else is before the first: from minute 5 on somebody always waits, and 5 a minute pass
    assert passed[0].tolist() == [max(0, min(1400, (k - 4) * 5)) for k in range(180)]
    tried = made.robust.candidates[0].outcomes[made.robust.scenarios.index(
        next(s for s in scenarios(["gate"]) if s.people == "best" and s.rates["gate"] == "low")
    )]  # fmt: skip
    assert (tried.out, tried.waiting) == (175 * 5, 1400 - 175 * 5)
    # of those who come the 876th is the first who does not pass, and waits until closing
    assert tried.longest_wait_min == 180 - int(np.argmax(came[0] >= 876))


def test_a_planned_case_is_the_plan(made):
    came, passed = followed(made.schedule.waves, at(made, "best", "best"))
    assert np.array_equal(passed.sum(axis=0), made.schedule.cumulative)
    assert np.array_equal(came, passed)


def test_fewer_people_come_where_fewer_are_and_no_more_are_called(made):
    few = followed(made.schedule.waves, at(made, "low", "best"))[1]
    many = followed(made.schedule.waves, at(made, "high", "high"))[1]
    assert few[0, -1] == 700
    assert many[0, -1] == made.schedule.total


def test_a_schedule_never_passes_a_case_s_optimum(made):
    for each in made.robust.candidates:
        for outcome in each.outcomes:
            assert outcome.out <= outcome.optimum
            assert outcome.out + outcome.waiting <= 2100


def test_the_proposed_schedule_keeps_the_stated_wait_and_has_most_out_at_worst(made):
    tried = made.robust
    proposed = tried.candidates[tried.chosen]
    allowed = [c for c in tried.candidates if c.longest_wait_min <= LONGEST_WAIT_MIN]
    assert proposed in allowed
    assert proposed.worst_out == max(c.worst_out for c in allowed)
    assert proposed.worst_out == 700  # low people all pass at 5 a minute: 875 could
    assert tried.candidates[0].longest_wait_min > LONGEST_WAIT_MIN


def test_where_every_schedule_makes_people_wait_the_shortest_wait_wins(made, monkeypatch):
    module = import_module("safepassage.plan.robust")
    monkeypatch.setattr(module, "_MADE_FOR", (("best", "best"), ("best", "high")))
    tried = robust(made.case, made.city, made.hours, made.schedule.waves, made.optimum.total)
    waits = [c.longest_wait_min for c in tried.candidates]
    assert min(waits) > LONGEST_WAIT_MIN
    assert waits[tried.chosen] == min(waits)


def test_collapse_counts_everybody_at_every_full_hour(made):
    rows = made.as_json()["collapse"]
    assert [row["at"][11:] for row in rows] == ["10:00", "11:00", "12:00"]
    assert [row["minute"] for row in rows] == [60, 120, 180]
    for row in rows:
        for kind in ("schedule", "optimum"):
            assert sum(row[kind].values()) == 1400
    first = rows[0]["optimum"]
    assert first["out"] == 10 * 55
    assert rows[-1]["optimum"] == {"out": 1400, "on_the_road": 0, "at_home": 0}


def test_large_cities_are_tried_when_asked(tmp_path, monkeypatch):
    make = import_module("safepassage.plan.make")
    monkeypatch.setattr(make, "_SMALL_CELLS", 0)
    case = line_town(tmp_path / "case", SLOW_OR_FAST)
    assert make.make_plan(case).robust is None
    assert make.make_plan(case, thorough=True).robust is not None


def test_the_robust_schedule_can_be_the_plans(tmp_path):
    text = SLOW_OR_FAST.replace(
        "confirm_and_test_min = 0", 'confirm_and_test_min = 0\nschedule_for = "robust"'
    )
    made = plan(line_town(tmp_path, text))
    rows = made.as_json()["robust"]["schedules"]
    (used,) = (row for row in rows if row["in_use"])
    assert used["proposed"]
    assert used["made_for"] != {"people": "best", "rates": "best"}
    assert used["longest_wait_min"] <= LONGEST_WAIT_MIN
    chosen = made.robust.candidates[made.robust.in_use]
    assert sum(wave.people for wave in chosen.waves) == made.schedule.total
    # what page one tells of the scenarios is of the schedule in use
    told = made.as_json()["robust"]["scenarios"]
    assert [row["out"] for row in told] == [each.out for each in chosen.outcomes]
    best = next(r for r in told if r["people"] == r["rates"][0]["figure"] == "best")
    assert best["out"] == made.schedule.total
    assert best["waiting_at_closing"] == best["longest_wait_min"] == 0
    assert any("made for the" in each["text"] for each in made.as_json()["assumptions"])


def test_a_schedule_for_figures_above_the_best_is_never_the_plans(tmp_path, monkeypatch):
    module = import_module("safepassage.plan.robust")
    monkeypatch.setattr(module, "_MADE_FOR", (("best", "best"), ("best", "high")))
    text = SLOW_OR_FAST.replace(
        "confirm_and_test_min = 0", 'confirm_and_test_min = 0\nschedule_for = "robust"'
    )
    made = plan(line_town(tmp_path, text))
    assert made.robust.in_use == 0


def test_schedules_are_made_for_figures_that_there_are(tmp_path):
    text = LINE.replace(
        "confirm_and_test_min = 0", 'confirm_and_test_min = 0\nschedule_for = "worst"'
    )
    assert "options.schedule_for" in refused(tmp_path, text)
