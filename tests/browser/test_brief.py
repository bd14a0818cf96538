"""A brief opened from disk shows the numbers of its plan at every minute, and asks for nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MINUTES = [0, 14, 61, 195, 200, 391]


def expect_minute(opened, minute):
    plan = opened.plan
    assert opened.value("clock") == minute
    assert opened.value("out-schedule") == plan["schedule"]["cumulative"][minute]
    assert opened.value("out-optimum") == plan["optimum"]["cumulative"][minute]
    assert opened.value("out-ceiling") == plan["ceiling"]["cumulative"][minute]
    assert opened.value("on-the-road") == plan["schedule"]["on_the_road"][minute]
    hours, minutes = divmod(10 * 60 + minute, 60)
    assert opened.text("clock") == f"{hours:02}:{minutes:02}"
    for corridor in plan["corridors"]:
        if corridor["schedule_passed"]:
            passed = opened.value(f"passed-{corridor['id']}")
            assert passed == corridor["schedule_passed"][minute]


def limit_at(plan, time):
    return next(
        each for each in plan["bottleneck"] if each["from"][11:] <= time < each["until"][11:]
    )


def test_no_request_leaves_the_page_and_nothing_goes_wrong(open_brief):
    opened = open_brief()
    opened.idle()
    for minute in MINUTES:
        opened.set_minute(minute)
    opened.idle()
    outside = [url for url in opened.requests if not url.startswith(("file:", "blob:", "data:"))]
    assert outside == []
    assert sum(url.startswith("file:") for url in opened.requests) == 1
    assert opened.errors == []


def test_policy_stops_a_request_that_a_script_would_make(open_brief):
    opened = open_brief()
    stopped = opened.page.evaluate(
        "() => fetch('http://127.0.0.1:9/').then(() => 'sent', () => 'stopped')"
    )
    assert stopped == "stopped"
    assert any("Content Security Policy" in error for error in opened.errors)


def test_every_number_is_the_plans_at_each_minute(brief):
    for minute in MINUTES:
        brief.set_minute(minute)
        expect_minute(brief, minute)
        assert brief.text("limit") == limit_at(brief.plan, brief.text("clock"))["text"]
        assert brief.text("out-schedule") == f"{brief.plan['schedule']['cumulative'][minute]:,}"


def test_slider_moves_by_keyboard_alone(brief):
    opened = brief
    opened.page.locator("[data-test=slider]").focus()
    press = opened.page.keyboard.press
    press("Home")
    expect_minute(opened, 0)
    for _ in range(3):
        press("ArrowRight")
    expect_minute(opened, 3)
    press("PageUp")
    press("PageUp")
    press("ArrowLeft")
    expect_minute(opened, 32)
    press("PageDown")
    expect_minute(opened, 17)
    press("End")
    expect_minute(opened, 391)
    slider = opened.page.locator("[data-test=slider]")
    assert slider.get_attribute("aria-valuetext") == "16:31"


def test_play_moves_time_and_stops_when_told(brief):
    opened = brief
    opened.set_minute(100)
    play = opened.page.locator("[data-test=play]")
    play.press("Enter")
    opened.page.wait_for_function("() => window.safepassage.minute > 105")
    assert play.inner_text() == "Pause"
    play.press("Enter")
    stopped = opened.page.evaluate("() => window.safepassage.minute")
    opened.page.wait_for_timeout(300)
    assert opened.page.evaluate("() => window.safepassage.minute") == stopped
    expect_minute(opened, stopped)
    assert play.inner_text() == "Play"


def test_play_runs_to_the_end_and_starts_again(brief):
    opened = brief
    opened.set_minute(388)
    play = opened.page.locator("[data-test=play]")
    play.click()
    opened.page.wait_for_function("() => window.safepassage.minute === 391")
    opened.page.wait_for_function(
        "() => document.querySelector('[data-test=play]').innerText.trim() === 'Play'"
    )
    play.click()
    opened.page.wait_for_function("() => window.safepassage.minute < 200")
    play.click()


def test_buttons_step_a_quarter_of_an_hour(brief):
    opened = brief
    opened.set_minute(100)
    opened.page.get_by_role("button", name="15 minutes on").click()
    expect_minute(opened, 115)
    opened.page.get_by_role("button", name="15 minutes back").click()
    expect_minute(opened, 100)


def test_use_of_a_crossing_is_what_passed_against_what_could(brief):
    opened = brief
    opened.set_minute(150)
    for corridor in opened.plan["corridors"]:
        if corridor["schedule_passed"]:
            passed = corridor["schedule_passed"]
            use = (passed[150] - passed[140]) / (10 * corridor["people_per_min"]["best"])
            assert opened.value(f"use-{corridor['id']}") == pytest.approx(use)


def test_curve_moves_with_the_slider_and_a_click_moves_the_slider(brief):
    opened = brief
    cursor = "document.querySelector('[data-test=curve] .sp-cursor line')"
    where = f"() => Number({cursor}.getAttribute('x1'))"
    found = []
    for minute in (0, 100, 391):
        opened.set_minute(minute)
        found.append(opened.page.evaluate(where))
    assert found == sorted(found)
    assert found[1] - found[0] == pytest.approx((found[2] - found[0]) * 100 / 391, rel=0.01)
    curve = opened.page.locator("[data-test=curve]")
    curve.click(position={"x": found[1], "y": 150})
    assert abs(opened.page.evaluate("() => window.safepassage.minute") - 100) <= 1
    words = curve.inner_text()
    assert "sunset 16:32" in words
    assert "dusk 16:59" in words
    assert f"Ceiling {opened.plan['ceiling']['total']['best']:,}" in words


def test_waves_are_sorted_and_filtered(open_brief):
    opened = open_brief()
    page, waves = opened.page, opened.plan["schedule"]["waves"]
    rows = page.locator("[data-test=waves] tbody tr")
    assert rows.count() == 25
    page.get_by_role("button", name="People", exact=True).click()
    page.get_by_role("button", name="People", exact=True).click()
    header = page.locator("th", has_text="People").first
    assert header.get_attribute("aria-sort") == "descending"
    top = rows.first.locator("td").nth(4).inner_text()
    assert top == f"{max(wave['people'] for wave in waves):,}"
    zone = waves[0]["zone"]
    page.select_option("[data-test=waves-zone]", zone)
    own = [wave for wave in waves if wave["zone"] == zone]
    assert opened.value("waves-count") == len(own)
    assert f"{sum(wave['people'] for wave in own):,} people" in opened.text("waves-count")
    page.select_option("[data-test=waves-zone]", "")
    page.select_option("[data-test=waves-corridor]", "sheikh-saeed")
    assert opened.value("waves-count") == sum(w["corridor"] == "sheikh-saeed" for w in waves)
    page.select_option("[data-test=waves-corridor]", "")
    page.locator("[data-test=waves-more]").click()
    assert rows.count() == 125


def test_waves_under_way_follow_the_slider(open_brief):
    opened = open_brief()
    opened.page.check("[data-test=waves-under-way]")
    for minute in (30, 300):
        opened.set_minute(minute)
        now = f"2016-11-04T{opened.text('clock')}"
        under_way = [
            wave
            for wave in opened.plan["schedule"]["waves"]
            if wave["from"] <= now < wave["passes_until"]
        ]
        assert opened.value("waves-count") == len(under_way) > 0


def test_page_one_reads_without_a_script(open_brief):
    opened = open_brief(java_script_enabled=False)
    page, plan = opened.page, opened.plan
    assert page.locator("[data-test=ceiling-total]").is_visible()
    assert page.locator("[data-test=likely-to-come]").is_visible()
    assert page.get_by_text(plan["protection"][0]).first.is_visible()
    assert page.locator(".needs-script").is_visible()
    assert not page.locator("[data-test=slider]").is_visible()
    assert page.locator("[data-test=waves] tbody tr").count() == 12
    assert opened.text("out-schedule") == f"{plan['schedule']['total']:,}"


def test_hostile_words_run_nowhere(open_brief, plan):
    words = "<img src=x onerror='window.bad=1'></script><script>window.bad=1</script>"
    plan["zones"][0]["name"] = plan["corridors"][0]["name"] = plan["case"]["title"] = words
    plan["schedule"]["waves"][0]["zone_name"] = plan["bottleneck"][0]["text"] = words
    opened = open_brief()
    opened.set_minute(3)
    opened.idle()
    assert opened.page.evaluate("() => window.bad") is None
    assert opened.text("limit") == words
    assert words in opened.page.locator("[data-test=waves] tbody").inner_text()
    assert opened.errors == []


def test_controls_have_names_and_the_page_has_one_title(brief):
    page = brief.page
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input')]
          .filter(e => !e.closest('.maplibregl-map') && !e.innerText.trim()
            && !e.getAttribute('aria-label') && !e.closest('label'))
          .map(e => e.outerHTML)"""
    )
    assert nameless == []
    assert page.locator("h1").count() == 1
    assert page.get_attribute("html", "lang") == "en"
    levels = page.evaluate(
        "() => [...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))"
    )
    assert all(after - before <= 1 for before, after in pairwise(levels))
