from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest

from publish.page import read
from safepassage.base.errors import InputError
from safepassage.publish import brief_html
from safepassage.publish import bundle as bundle_module

HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(2)> \u2028 {{ 7 * 7 }} &amp; '\""
)


@pytest.fixture
def page(plan, city):
    return read(brief_html(plan, city))


def only(root, tag, **wanted):
    (found,) = root.find_all(tag, **wanted)
    return found


def test_page_one_holds_both_numbers_and_what_must_stand_beside_them(page, plan):
    one = only(page, "section", **{"class": "page-one"})
    assert one.test("ceiling-total").text == f"{plan['ceiling']['total']['best']:,}"
    low, high = plan["ceiling"]["total"]["low"], plan["ceiling"]["total"]["high"]
    assert one.test("ceiling-interval").text == f"{low:,} to {high:,}"
    assert one.test("likely-to-come").text == "not estimated"
    assert one.test("ceiling-note").text == plan["ceiling_note"]
    for each in plan["consent"]:
        assert each["party"] in one.test("consent").text
        assert each["status"] in one.test("consent").text
    for words in (*plan["headline"], *plan["warnings"], *plan["protection"]):
        assert words in one.text
    for limit in plan["bottleneck"]:
        assert limit["text"] in page.test("limits").text
    assert "6 h 32 min of the 10 h announced" in one.text
    for cut in plan["window"]["cuts"]:
        assert cut["reason"] in one.test("hours").text


def test_the_protection_check_stands_before_any_number(page, plan):
    one = only(page, "section", **{"class": "page-one"})
    check = one.test("protection-check")
    told = [each.text for each in check.find_all("li")]
    assert told == [f"{each['level']} {each['finding']}" for each in plan["protection_check"]]
    words = one.text
    assert words.index(told[0]) < words.index(f"{plan['ceiling']['total']['best']:,}")
    assert words.index(told[0]) < words.index(plan["warnings"][0])
    full = page.test("protection-in-full").text
    for each in plan["protection_check"]:
        assert each["text"] in full
        assert each["basis"] in full


def test_page_one_takes_no_more_than_five_minutes(page):
    one = only(page, "section", **{"class": "page-one"})
    assert len(one.text.split()) < 1100


def test_no_ceiling_stands_alone(page, plan):
    ceilings = page.find_all(data_ceiling="")
    assert len(ceilings) == 3
    for ceiling in ceilings:
        section = next(
            each
            for each in ceiling.ancestors()
            if each.tag == "section" and (each.attributes.get("id") or "class" in each.attributes)
        )
        words = section.text
        assert plan["ceiling_note"] in words
        assert "Likely to come" in words
        assert plan["likely_to_come"] in words
        for each in plan["consent"]:
            assert each["party"] in words
        for note in plan["protection"]:
            assert note in words


def test_a_ceiling_number_is_in_no_other_place(page, plan):
    best = f"{plan['ceiling']['total']['best']:,}"
    for element in page.every():
        if element.tag in ("script", "style"):
            continue
        if any(isinstance(child, str) and best in child for child in element.children):
            around = [element, *element.ancestors()]
            assert any("data-ceiling" in each.attributes for each in around), element.text[:200]


def test_corridors_are_told_apart(page, plan):
    assert "assumed" in page.test("corridors").text
    listed = page.test("unlocated").text
    for corridor in plan["corridors"]:
        assert (corridor["name"] in listed) == (not corridor["located"])
    rows = page.test("corridors").find_all("tr")[1:]
    assert len(rows) == len(plan["corridors"])
    for row, corridor in zip(rows, plan["corridors"], strict=True):
        if corridor["users"] == "armed":
            assert "kept free; no numbers" in row.text
            passed = only(row, "td", data_label="Passed by closing")
            assert passed.text == "–"


def test_first_waves_and_counts_stand_without_a_script(page, plan):
    waves = plan["schedule"]["waves"]
    rows = [row for row in page.test("waves").find_all("tr") if "data-wave" in row.attributes]
    assert [row.attributes["data-wave"] for row in rows] == [wave["id"] for wave in waves[:12]]
    assert (
        f"{len(waves)} waves, {plan['schedule']['total']:,} people" in page.test("waves-count").text
    )


def test_every_person_not_moved_is_told_with_a_reason(page, plan):
    told = page.test("not-moved").find_all("li")
    assert sum(int(each.attributes["data-value"]) for each in told) == (
        plan["people"]["best"] - plan["optimum"]["total"]
    )
    for each, reason in zip(told, plan["not_moved"], strict=True):
        assert each.text == reason["text"]


def test_provenance_assumptions_and_conflicts_are_told(page, plan):
    foot = page.test("provenance").text
    assert plan["tool"]["version"] in foot
    for source in plan["inputs"]:
        assert source["name"] in foot
        assert source["sha256"] in foot
    for credit in plan["attribution"]:
        assert credit in foot
    table = page.test("assumptions").text
    for each in plan["assumptions"]:
        assert each["text"] in table
        assert each["source"] in table
    assert plan["conflicts"][0]["text"] in page.test("conflicts").text
    assert plan["optimum"]["certificate"]["text"] in page.test("certificate").text
    assert page.test("schematic").text == "Schematic: not streets"


def test_a_street_map_is_not_called_schematic(plan, city):
    city["schematic"] = False
    assert "schematic: not streets" not in read(brief_html(plan, city)).text.lower()


def test_plan_and_map_are_embedded_whole(page, plan, city):
    assert json.loads(only(page, "script", id="sp-plan").text) == plan
    assert json.loads(only(page, "script", id="sp-city").text) == city


def test_hostile_words_stay_words(plan, city):
    plan["case"]["title"] = plan["zones"][0]["name"] = plan["warnings"][0] = HOSTILE
    plan["corridors"][0]["name"] = plan["schedule"]["waves"][0]["zone_name"] = HOSTILE
    html = brief_html(plan, city)
    page = read(html)
    assert len(page.find_all("script")) == 4
    assert page.find_all("img") == []
    raw = re.search(r'<script type="application/json" id="sp-plan">(.*?)</script>', html, re.DOTALL)
    assert raw
    assert json.loads(raw[1]) == plan
    assert not set("<>&\u2028\u2029") & set(raw[1])


def test_policy_lets_nothing_in_or_out(page, plan, city):
    html = brief_html(plan, city)
    policy = only(page, "meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == "blob:"
    assert not re.search(r"https?:|wss?:|\*|'self'", policy)
    script = re.search(r"<script>(.*)</script>", html, re.DOTALL)
    assert script
    digest = b64encode(sha256(script[1].encode()).digest()).decode()
    assert rules["script-src"] == f"'sha256-{digest}'"
    for element in page.every():
        assert "src" not in element.attributes
        assert element.attributes.get("href", "#").startswith("#")
        assert not any(name.startswith("on") for name in element.attributes)


def test_numbers_that_are_none_are_refused(plan, city):
    plan["schedule"]["on_the_road"][3] = float("nan")
    with pytest.raises(ValueError, match="JSON compliant"):
        brief_html(plan, city)


def test_a_plan_with_nothing_in_it_is_still_told(plan, city):
    for key in ("assumptions", "warnings", "declarations", "conflicts", "consent", "blocks",
                "not_moved", "bottleneck", "attribution"):  # fmt: skip
        plan[key] = []
    plan["schedule"]["waves"] = []
    plan["schedule"]["worst_hour"] = None
    plan["window"] |= {"cuts": [], "sunrise": None, "sunset": None, "civil_dusk": None}
    plan["corridors"] = [each for each in plan["corridors"] if not each["located"]]
    page = read(brief_html(plan, city))
    assert "No party's consent was read from the text or given by the case." in page.text
    assert "No corridor for civilians is located" in page.text
    assert "By the exact optimum everyone inside is past a crossing by closing." in page.text


def test_consent_is_summed_up_without_taking_it_as_given(plan, city):
    assert "Not every party has agreed: 1 said to have approved, 1 rejected it, 1 silent" in (
        read(brief_html(plan, city)).text
    )
    for each in plan["consent"]:
        each["status"] = "approved"
    assert "Whether it has is not verified here." in read(brief_html(plan, city)).text


def test_licences_of_what_is_bundled_travel_with_the_page(page):
    words = page.text
    for name in ("maplibre-gl 6", "@observablehq/plot 0.6", "d3-scale 4"):
        assert name in words
    assert "MapLibre contributors" in words


def test_a_package_without_its_bundle_says_what_to_do(plan, city, monkeypatch, tmp_path):
    monkeypatch.setattr(bundle_module, "files", lambda _: tmp_path)
    bundle_module.bundle.cache_clear()
    try:
        with pytest.raises(InputError, match="npm run build"):
            brief_html(plan, city)
    finally:
        bundle_module.bundle.cache_clear()


def test_what_hazards_take_and_what_was_cleared_stand_in_tables(page, plan):
    table = page.test("hazards").text
    assert "The front line" in table
    assert "as of 2016-11-01" in table
    assert "1 more were cleared" in table
    assert "11:00 to 12:00" in table
    assert "none: assumption" in table
    assert "the water board, 2016-11-02: opens 1 street" in page.test("cleared").text


def test_where_nothing_is_in_the_way_no_table_says_so(plan, city):
    page = read(brief_html({**plan, "hazards": [], "cleared": []}, city))
    assert not page.find_all(id="hazards")


def test_each_corridor_has_a_card_that_shows_what_is_missing(page, plan):
    cards = page.test("go-cards").find_all("article")
    assert len(cards) == len(plan["go_stop"]["cards"])
    for card, told in zip(cards, plan["go_stop"]["cards"], strict=True):
        assert card.text.count("missing") == told["missing"] + 1  # each, and their number
        for item in told["items"]:
            assert item["asks"] in card.text
        assert "The duty officer" in card.text
    assert "Civilian corridor 4" in page.find_all("section", id="go-stop")[0].text


def test_those_left_behind_stand_by_zone_with_a_change(page, plan):
    rows = page.test("left-behind").find_all("tr")[1:]
    assert 0 < len(rows) <= 12
    for row, told in zip(rows, plan["left_behind"]["rows"], strict=False):
        assert told["zone_name"] in row.text
        assert f"{told['by_schedule']:,}" in row.text
        assert all(change["text"] in row.text for change in told["changes"])
    assert "A count, never a failure" in page.text


def test_another_reason_in_the_optimum_stands_beside_the_schedules(plan, city):
    words = "by the optimum: streets full"
    assert words not in read(brief_html(plan, city)).text
    plan["left_behind"]["rows"][0]["optimum_reason"] = "streets full"
    assert read(brief_html(plan, city)).test("left-behind").text.count(words) == 1


def test_equity_names_the_worst_served_and_draws_all(page, plan):
    (section,) = page.find_all("section", id="equity")
    zones = plan["equity"]["zones"]
    assert zones[0]["zone_name"] in section.text
    assert plan["equity"]["formula"] in section.text
    charts = page.test("equity-chart").find_all("svg")
    assert [len(each.find_all("rect")) for each in charts] == [len(zones)] * 2
    assert len(page.test("equity").find_all("tr")) == len(zones) + 1


def test_sections_stand_in_their_order(page):
    ids = [each.attributes.get("id") for each in page.find_all("section")]
    order = ("limits", "what-to-ask", "minute-by-minute", "waves", "left-behind", "equity",
             "collapse", "robust", "go-stop", "protection-in-full", "statements", "hazards",
             "assumptions")  # fmt: skip
    assert [each for each in ids if each in order] == list(order)


def test_without_an_announcement_none_is_said_to_have_been_read(plan, city):
    words = "Only one statement was read"
    plan["conflicts"] = []
    assert words in read(brief_html(plan, city)).text
    plan["declarations"] = []
    told = read(brief_html(plan, city)).text
    assert words not in told
    assert "No announcement was read" in told


def test_areas_of_zones_are_in_the_legend_where_they_are_drawn(plan, city):
    words = "area of a zone"
    assert words not in read(brief_html(plan, city)).text
    ring = [[37.1, 36.1], [37.2, 36.1], [37.2, 36.2], [37.1, 36.1]]
    shape = {"type": "MultiPolygon", "coordinates": [[ring]]}
    city["zone_areas"] = [{"id": plan["zones"][0]["id"], "geometry": shape}]
    assert words in read(brief_html(plan, city)).text
