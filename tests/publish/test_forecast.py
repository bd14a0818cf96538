"""What a forecast says stands in the brief as it is, and never without the ceiling."""

from __future__ import annotations

import copy
import csv
import json
import re
from io import StringIO

import pytest

from publish.page import read
from publish.sample_forecast import small_forecast
from safepassage.base.phrases import percent
from safepassage.forecast.words import share_text
from safepassage.publish import brief_html
from safepassage.publish.folder import write_plan
from safepassage.publish.forecast_files import write_forecast
from safepassage.publish.forecast_view import with_forecast
from safepassage.publish.wording import month, number
from safepassage.publish.zone_pages import zone_pages_html

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return small_forecast(tmp_path_factory.mktemp("town"))


@pytest.fixture
def plan(made):
    return copy.deepcopy(made[0])


@pytest.fixture
def town(made):
    return made[1]


@pytest.fixture
def forecast(made):
    return copy.deepcopy(made[2])


@pytest.fixture
def page(plan, town, forecast):
    return read(brief_html(plan, town, forecast=forecast))


@pytest.fixture
def section(page):
    return page.find_all("section", id="forecast")[0]


def rows(section, name):
    return [
        [cell.text for cell in row.find_all("td")] for row in section.test(name).find_all("tr")[1:]
    ]


def to(interval, say=number):
    return f"{say(interval['p10'])} to {say(interval['p90'])}"


def leaves(value):
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)
    elif value is not None:
        yield value


def words(element):
    """Give the text of an element, without its pictures."""
    if isinstance(element, str):
        return element
    return "" if element.tag == "svg" else " ".join(words(each) for each in element.children)


def test_no_number_is_shown_that_the_document_does_not_hold(section, forecast):
    known = {"8", "10"}  # eight of ten, one of ten
    for each in leaves(forecast):
        told = [each] if isinstance(each, str) else []
        if isinstance(each, int | float):
            told = [number(each), str(each), percent(each), share_text(each), f"{each * 100:.1f}"]
        known |= {found for text in told for found in NUMBER.findall(text)}
    weights = [each["weight"] for each in forecast["precedents"]]
    known |= {str(len(weights)), str(len(weights) - 8), f"{sum(weights[8:]) * 100:.1f}"}
    known |= {str(place) for place in range(1, 9)}
    known |= {str(len(forecast["uptake_by_day"]))}
    shown = set(NUMBER.findall(words(section)))
    assert len(shown) > 40
    assert shown - known == set()


def test_the_range_and_the_ceiling_are_those_of_the_document(section, forecast):
    assert section.test("forecast-out").text == forecast["likely"]
    assert section.test("forecast-ceiling").text == number(forecast["ceiling"])
    told = section.text
    assert f"{to(forecast['out'])} by count, {number(forecast['out']['p50'])} in the middle" in told
    assert f"Of the people inside, {to(forecast['uptake'], share_text)} would set out" in told
    assert f"In the fullest minute {to(forecast['exposed_peak'])}" in told
    assert f"{forecast['replications']} simulations, seed {forecast['seed']}" in told
    for words_ in (forecast["caution"], forecast["ceiling_note"], *forecast["assumptions"]):
        assert words_ in told


def test_every_hour_is_told(section, forecast):
    told = rows(section, "at-hours")
    assert len(told) == len(forecast["at_hours"]) == 3
    for cells, each in zip(told, forecast["at_hours"], strict=True):
        held = each["holds"]
        assert cells[0].startswith(each["at"][11:])
        assert cells[1:3] == [to(each["out"]), to(each["on_the_road"])]
        assert cells[3] == f"{percent(held['p50'])} ({to(held, percent)})"
    assert told[-1][0].endswith("(closing)")


def test_how_long_earlier_pauses_held_is_told_for_about_these_hours(section, forecast):
    told = section.test("earlier-pauses").text
    assert "3 h after the start" in told
    for name in ("early_end", "first_incident"):
        (row,) = (each for each in forecast[name]["not_yet"] if each["hours"] == 3)
        assert f"{percent(row['p50'])} ({to(row, percent)})" in told
        assert re.search(rf"from {forecast[name]['pauses']}\b", told)


def test_each_condition_stands_with_its_source_and_its_precedents(section, forecast):
    told = rows(section, "forecast-conditions")
    same = {each["condition"]: each for each in forecast["effects"] if each["stands"]}
    assert set(same) == {"consent", "escort"}
    for cells, each in zip(told, forecast["conditions"], strict=True):
        assert cells[1:3] == [each["text"], each["because"]]
        known = same.get(each["condition"])
        assert cells[3] == (str(known["rests_on"]) if known else "–")


def test_conditions_that_are_otherwise_stand_under_the_one_that_is(section, forecast):
    first, *others = rows(section, "effects")
    standing = next(each for each in forecast["effects"] if each["stands"])
    assert first == ["as it stands", to(standing, share_text), percent(standing["nobody"]), "–"]
    changed = [each for each in forecast["effects"] if not each["stands"] and each["rests_on"]]
    assert len(others) == len(changed)
    for cells, each in zip(others, changed, strict=True):
        assert cells[0].endswith(f": {each['text']}")
        expected = [to(each, share_text), percent(each["nobody"]), str(each["rests_on"])]
        assert cells[1:] == expected


def test_where_no_condition_is_known_the_range_itself_is_as_it_stands(plan, town, forecast):
    for each in forecast["effects"]:
        each["stands"] = False
    page = read(brief_html(plan, town, forecast=forecast))
    first = rows(page, "effects")[0]
    assert first[1:3] == [
        to(forecast["uptake_by_day"][-1], share_text), percent(forecast["nobody"]),
    ]  # fmt: skip


def test_precedents_are_named_by_place_and_time_beside_their_ids(section, forecast):
    told = [each.text for each in section.test("precedents").find_all("li")]
    assert len(told) == 8
    for line, each in zip(told, forecast["precedents"], strict=False):
        place = each["place"].replace("->", "→")
        weight = round(each["weight"] * 100, 1)
        assert line == f"{place} , {month(each['start'])} : {weight} % {each['case']}"
    because = section.test("because").text
    assert forecast["precedents"][0]["case"] in forecast["because"]
    assert not any(each["case"] in because for each in forecast["precedents"])
    first = forecast["precedents"][0]
    assert f"{first['place'].replace('->', '→')}, {month(first['start'])}" in because


def test_precedents_of_one_weight_are_not_said_to_weigh_most(plan, town, forecast):
    assert "Earlier pauses that weigh most, of" in brief_html(plan, town, forecast=forecast)
    for each in forecast["precedents"]:
        each["weight"] = 0.03
    told = read(brief_html(plan, town, forecast=forecast)).text
    assert f"All {len(forecast['precedents'])} earlier pauses weigh alike" in told
    assert "weigh most" not in told


def test_no_precedent_at_all_is_a_page_too(plan, town, forecast):
    forecast["precedents"] = []
    told = read(brief_html(plan, town, forecast=forecast)).text
    assert "No earlier pause can be compared with this one." in told
    assert "weigh most" not in told


def test_all_drivers_of_some_weight_are_named(section, forecast):
    told = section.test("drivers").text
    for each in forecast["drivers"]:
        assert (f"{each['unknown']} {percent(each['share'])}" in told) == (each["share"] >= 0.01)


def test_several_days_are_told_by_the_first_and_the_last(plan, town, forecast):
    page = brief_html(plan, town, forecast=forecast)
    assert "forecast-days" not in page
    forecast["uptake_by_day"].append({"day": 2, "p10": 0.0, "p50": 0.1, "p90": 0.345})
    told = read(brief_html(plan, town, forecast=forecast)).test("forecast-days").text
    assert "on 2 days" in told
    assert "nobody to 34 % by the end of the last" in told or "nobody to 35 %" in told


def test_events_near_crossings_are_told_where_there_are_any(plan, town, forecast):
    assert 'data-test="events"' not in brief_html(plan, town, forecast=forecast)
    forecast["events"] = {"corridors": [{"corridor": "gate", "told": "5 events near The gate."}]}
    page = read(brief_html(plan, town, forecast=forecast))
    assert page.test("events").text == "5 events near The gate."


def test_the_ceiling_stands_wherever_the_forecast_does(page, plan, forecast):
    ceiling, likely = number(plan["ceiling"]["total"]["best"]), forecast["likely"]
    for name in ("likely-to-come", "forecast-out", "panel-likely"):
        shown = page.test(name)
        assert shown.text == likely
        around = next(each for each in shown.ancestors() if ceiling in each.text)
        assert around.tag in ("div", "dl", "section")
        assert len(around.text) < 1200
    assert plan["ceiling_note"] in page.test("beside-ceiling").text
    for figure in page.find_all("section", id="forecast")[0].find_all("figure"):
        if "past the crossings" in figure.find_all("figcaption")[0].text.lower():
            assert "ceiling" in figure.text


def test_zone_sheets_put_both_numbers_in_one_line(plan, forecast):
    told = read(zone_pages_html(with_forecast(plan, forecast))).text
    ceiling = number(plan["ceiling"]["total"]["best"])
    assert f"ceiling {ceiling}, likely to come: {forecast['likely']} by closing" in told
    assert "likely to come: not estimated" in read(zone_pages_html(plan)).text


def test_a_fan_that_the_ceiling_would_hide_is_drawn_alone_as_well(plan, town, forecast):
    for p90, alone in ((forecast["ceiling"] // 4, 0), (forecast["ceiling"] // 40, 1)):
        forecast["out"]["p90"] = p90
        page = read(brief_html(plan, town, forecast=forecast))
        figures = page.find_all("figure", data_test="fan-out-alone")
        assert len(figures) == alone
        assert all(number(forecast["ceiling"]) in words(each) for each in figures)


def test_where_nobody_is_likely_to_come_nine_in_ten_say_so(plan, town, forecast):
    forecast["out"], forecast["likely"] = {"p10": 0, "p50": 0, "p90": 0}, "most likely nobody"
    page = read(brief_html(plan, town, forecast=forecast))
    assert page.test("likely-to-come").text == "most likely nobody"
    assert "in 9 of 10 simulations" in page.text
    assert "8 of 10" not in page.text


def test_names_in_a_forecast_cannot_break_the_page(plan, town, forecast):
    evil = "<script>alert(1)</script>\u202e & 'x'"
    forecast["precedents"][0] |= {"place": evil, "case": evil}
    forecast["because"] = forecast["conditions"][0]["because"] = evil
    html = brief_html(plan, town, forecast=forecast)
    assert "<script>alert" not in html
    assert "\u202e" not in html


def test_without_a_forecast_the_brief_says_how_to_make_one(plan, town):
    page = read(brief_html(plan, town))
    assert page.test("likely-to-come").text == page.test("panel-likely").text == "not estimated"
    assert "safepassage forecast CASE --to FOLDER" in page.text


def likely_in(folder):
    """Give what the brief, the zone sheets and the curve say of who is likely to come."""
    pages = [read((folder / f"{name}.html").read_text("utf-8")) for name in ("brief", "zones")]
    lines = csv.DictReader(StringIO((folder / "curve.csv").read_text("utf-8")))
    return [*(each.test("likely-to-come").text for each in pages), next(lines)["likely_to_come"]]


def test_a_forecast_is_written_with_its_plan(made, tmp_path):
    plan, town, forecast = made
    paths = write_forecast(forecast, plan, town, tmp_path)
    assert paths[0].name == "brief.html"
    assert json.loads((tmp_path / "forecast.json").read_text("utf-8")) == forecast
    assert json.loads((tmp_path / "plan.json").read_text("utf-8")) == plan
    assert all(each.startswith(forecast["likely"]) for each in likely_in(tmp_path))


def test_an_old_forecast_of_the_same_plan_is_taken_into_a_brief_made_anew(made, tmp_path):
    plan, town, forecast = made
    write_forecast(forecast, plan, town, tmp_path)
    before = (tmp_path / "forecast.json").read_bytes()
    brief = (tmp_path / "brief.html").read_bytes()
    write_plan(plan, town, tmp_path)
    assert (tmp_path / "brief.html").read_bytes() == brief
    assert (tmp_path / "forecast.json").read_bytes() == before
    assert all(each.startswith(forecast["likely"]) for each in likely_in(tmp_path))


def test_a_new_forecast_stands_before_an_old_one(made, forecast, tmp_path):
    plan, town, old = made
    write_forecast(old, plan, town, tmp_path)
    forecast["likely"] = "1 to 2"
    write_forecast(forecast, plan, town, tmp_path)
    assert all(each.startswith("1 to 2") for each in likely_in(tmp_path))


@pytest.mark.parametrize(
    "change",
    [
        {"case": {"id": "another"}},
        {"inputs": []},
        {"ceiling": 1},
        {"kind": "plan"},
        {"schema_version": "2.0"},
        {"window": {"usable": {"start": "2016-11-04T09:00", "end": "2016-11-04T09:30"}}},
        {"precedents": 7},
        {"precedents": [{"case": "x", "weight": 1.0}]},
        {"uptake_by_day": []},
        {"by_minute": {}},
        {"early_end": {"not_yet": []}},
        {"at_hours": [{}]},
        {"conditions": [{"condition": "weather", "text": "", "because": ""}]},
    ],
)
def test_a_forecast_of_another_plan_is_left_alone(made, tmp_path, change):
    plan, town, forecast = made
    if "window" in change:
        change = {"window": {**forecast["window"], **change["window"]}}
    text = json.dumps({**forecast, **change})
    (tmp_path / "forecast.json").write_text(text, encoding="utf-8")
    write_plan(plan, town, tmp_path)
    assert likely_in(tmp_path) == ["not estimated"] * 3
    assert (tmp_path / "forecast.json").read_text("utf-8") == text


@pytest.mark.parametrize("text", ["", "[]", "nothing", "\udcff"])
def test_what_is_no_forecast_is_left_alone(made, tmp_path, text):
    plan, town, _ = made
    data = text.encode("utf-8", "surrogateescape")
    (tmp_path / "forecast.json").write_bytes(data)
    write_plan(plan, town, tmp_path)
    assert likely_in(tmp_path) == ["not estimated"] * 3
    assert (tmp_path / "forecast.json").read_bytes() == data
