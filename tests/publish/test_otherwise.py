"""What a plan comes to where other things turn out to be so stands in the brief as it is."""

from __future__ import annotations

import pytest

from publish.page import read
from safepassage.publish import brief_html
from safepassage.publish.safety import safety_chart, safety_rows
from safepassage.publish.wording import number


@pytest.fixture
def page(plan, city):
    return read(brief_html(plan, city))


def rows(page, name):
    return [
        [cell.text for cell in row.find_all("td")] for row in page.test(name).find_all("tr")[1:]
    ]


def test_at_every_hour_everybody_is_out_on_the_road_or_at_home(page, plan):
    told = rows(page, "collapse")
    assert len(told) == len(plan["collapse"])
    for cells, each in zip(told, plan["collapse"], strict=True):
        assert cells[0].startswith(each["at"][11:])
        out, road, home = (int(cell.replace(",", "")) for cell in cells[1:4])
        assert out + road + home == plan["people"]["best"]
        assert out == plan["schedule"]["cumulative"][each["minute"] - 1]
        assert cells[4] == number(each["optimum"]["out"])
    assert told[-1][0].endswith("(closing)")
    assert told[-1][1] == number(plan["schedule"]["total"])


def test_every_scenario_tells_how_many_people_that_is(page, plan):
    told = rows(page, "scenarios")
    assert len(told) == len(plan["robust"]["scenarios"]) == 15
    for cells, each in zip(told, plan["robust"]["scenarios"], strict=True):
        assert cells[0] == f"{each['people']}: {number(plan['people'][each['people']])}"
        assert cells[2] == number(each["out"])
        assert cells[5] == number(each["waiting_at_closing"])
    assert sum("(as planned)" in cells[1] for cells in told) == 1


def test_figures_of_people_that_are_the_same_are_told_once(plan, city):
    plan["people"] |= {"low": plan["people"]["best"], "high": plan["people"]["best"]}
    told = rows(read(brief_html(plan, city)), "scenarios")
    assert len(told) == 9
    assert all(cells[0].startswith("best: ") for cells in told)


def test_the_schedule_on_page_one_has_its_interval(page, plan, city):
    outs = [each["out"] for each in plan["robust"]["scenarios"]]
    assert min(outs) < max(outs) == plan["schedule"]["total"]
    assert page.test("schedule-interval").text == f"{min(outs):,} to {max(outs):,}"
    plan["robust"] = None
    assert "schedule-interval" not in brief_html(plan, city)


def test_what_was_not_tried_is_said_to_be_so(plan, city):
    plan["robust"] = plan["safety"] = None
    told = read(brief_html(plan, city)).text
    assert "Not tried in a city of this size." in told
    assert "Not weighed in a city of this size." in told


def test_schedules_compared_say_which_is_in_use_and_which_proposed(page, plan):
    told = rows(page, "schedules")
    assert [cells[-1] for cells in told] == ["in use", "proposed by the rule"]
    assert [cells[1] for cells in told] == [
        number(each["worst_out"]) for each in plan["robust"]["schedules"]
    ]


def test_page_one_says_for_which_figures_the_schedule_is_made(page, plan, city):
    assert page.test("made-for").text == "made for these figures"
    first, second = plan["robust"]["schedules"]
    first["in_use"], second["in_use"] = False, True
    other = read(brief_html(plan, city))
    said = "made for the low figure of people inside and the low figure of what crossings serve"
    assert other.test("made-for").text == said
    second["proposed"] = False
    for shown, marks in ((page, [True, False]), (read(brief_html(plan, city)), [False, True])):
        lines = shown.test("schedules").find_all("tr")[1:]
        assert [each.attributes.get("class") == "planned" for each in lines] == marks
    told = rows(other, "scenarios")
    assert [cells[1] for cells in told if "(" in cells[1]] == [
        "low (made for this)", "best (as on page one)",
    ]  # fmt: skip
    assert told[0][0].startswith("low: ")
    plan["robust"] = None
    assert read(brief_html(plan, city)).test("made-for").text == "made for these figures"


def test_points_that_come_to_the_same_stand_once_and_beaten_ones_only_if_in_use(page, plan):
    told = safety_rows(plan["safety"])
    assert [(each["setback_m"], each["longest_min"]) for each in told] == [
        (300, 10), (300, 45), (100, 20), (100, 60), (100, 90),
    ]  # fmt: skip
    cells = rows(page, "safety")
    assert len(cells) == len(told)
    assert [row[-1] for row in cells[:-1]] == [""] * 4
    assert cells[-1][-1].startswith("in use ; another")
    assert cells[-1][3] == number(plan["schedule"]["total"])


def test_a_schedule_that_moves_nobody_is_not_weighed(plan):
    before = safety_rows(plan["safety"]), str(safety_chart(plan["safety"]))
    nobody = {**plan["safety"]["points"][2], "out": 0, "longest_min": 0, "mean_min": 0.0}
    plan["safety"]["points"].append(nobody)
    assert (safety_rows(plan["safety"]), str(safety_chart(plan["safety"]))) == before


def test_the_chart_rings_the_plan_in_use_and_fills_what_nothing_beats(plan):
    for chart in read(safety_chart(plan["safety"])).find_all("svg"):
        dots = [each.attributes for each in chart.find_all("circle")]
        assert sum(dot["r"] == "9" for dot in dots) == 1
        marks = [dot["fill"] for dot in dots if dot["r"] == "4.5"]
        assert marks.count("#fff") == 1
        assert len(marks) == 6
        labels = [each.text for each in chart.find_all("text", **{"class": "label"})]
        assert sorted(labels) == ["setback 300 m", "setback 50 to 100 m"]
        wide = float(chart.attributes["viewbox"].split()[2])
        assert all(0 < float(dot["cx"]) < wide for dot in dots)
