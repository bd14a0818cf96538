"""The operations room in a browser, on a real server with a small day in its ledger."""

from __future__ import annotations

import json
import re
from urllib.parse import quote, urlsplit

import pytest

from browser.rooms import AXE, Duty, opened
from safepassage.api.tokens import new_token, revoke
from safepassage.ledger.events import KINDS
from safepassage.ledger.opening import open_ledger

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def duty(tmp_path_factory):
    return Duty(tmp_path_factory.mktemp("duty"))


@pytest.fixture(scope="module")
def server(duty):
    with duty.up() as server:
        yield server


def watched(room):
    """Let a page go, and say what it should not have done."""
    room.page.context.close()
    assert room.errors == []
    assert {urlsplit(url).netloc for url in room.requests if not url.startswith("blob:")} == {
        f"127.0.0.1:{room.server.port}"
    }


@pytest.fixture(scope="module")
def room(browser, duty, server):
    """Open the room once, as a coordinator."""
    made = opened(browser, server, duty.tokens["coordinator"])
    made.state("Live")
    made.drawn()
    yield made
    watched(made)


@pytest.fixture(scope="module")
def arabic(browser, duty, server):
    made = opened(browser, server, duty.tokens["coordinator"], language="ar")
    made.state("مباشر")
    yield made
    watched(made)


@pytest.fixture(scope="module")
def public(browser, server):
    made = opened(browser, server)
    made.state("Connected, delayed")
    yield made
    watched(made)


@pytest.fixture(scope="module")
def told(room, duty):
    return room.get("/api/situation", duty.tokens["coordinator"])


def by_id(situation):
    return {each["id"]: each for each in situation["corridors"]}


def test_the_head_says_exercise_whose_clock_who_and_whether_live(room, told):
    assert room.text("exercise") == "EXERCISE"
    assert room.page.title().startswith("EXERCISE · Operations room · Aleppo")
    assert re.fullmatch(r"13:02:\d\d", room.text("clock"))  # the place's, not the browser's
    assert room.text("role") == "Coordinator · coordinator-1"
    assert f"{told['people_out']['best']:,}" in room.text("out")
    assert "#" not in room.page.url
    assert room.page.evaluate("() => document.cookie + Object.keys(localStorage)") == (
        "safepassage-language"
    )


def test_the_board_shows_each_corridor_as_the_situation_has_it(room, told):
    for corridor in told["corridors"]:
        if corridor["users"] != "civilian" or corridor["passed"] is None:
            continue
        row = room.row(corridor["id"])
        words = row.inner_text()
        assert corridor["name"] in words
        assert row.get_attribute("data-state") == corridor["state"]
        assert corridor["state"] in words
        passed = corridor["passed"]
        for number in (passed["best"], passed["low"], passed["high"], corridor["planned"]):
            assert f"{number:,}" in words
        assert corridor["state_source"] in words
    assert "disputed" in room.row("sheikh-saeed").inner_text()
    assert "min ago" in room.row("salah-al-din").inner_text()
    assert "not counted" in room.row("castello").inner_text()
    board = room.page.locator(".not-located").inner_text()
    for remark in told["uncounted_remarks"]:
        assert remark["text"] in board


def test_a_row_opens_by_key_to_every_counter_and_keeps_the_focus(room, told):
    key = room.page.locator("[data-key='row-bustan-al-qasr']")
    key.focus()
    room.page.keyboard.press("Enter")
    detail = room.page.locator("tr.detail").inner_text()
    for counter in by_id(told)["bustan-al-qasr"]["counters"]:
        assert counter["source"] in detail
        assert counter["means"] in detail
        assert f"{counter['people']['best']:,}" in detail
    assert by_id(told)["bustan-al-qasr"]["rule"] in detail
    room.page.evaluate("() => window.room.room.refresh()")
    assert room.page.evaluate("() => document.activeElement.dataset.key") == "row-bustan-al-qasr"
    room.page.keyboard.press("Enter")
    assert room.page.locator("tr.detail").count() == 0


def test_the_map_tells_states_by_shape_and_words(room, told):
    shown = room.crossings()
    corridors = [each for each in told["corridors"] if each["users"] == "civilian"]
    for letter, corridor in zip("ABC", corridors, strict=False):
        assert shown[letter]["state"] == corridor["state"]
        assert corridor["state"] in shown[letter]["detail"]
        assert corridor["state"] in shown[letter]["short"]
        assert f"{corridor['passed']['best']:,} out" in shown[letter]["detail"]
    assert shown["C"]["state"] == "closed"
    icons = room.page.evaluate(
        """() => ["open", "closed", "restricted", "unknown"].map(
             state => window.room.page().map.map.gl.hasImage(`state-${state}`))"""
    )
    assert icons == [True] * 4


def test_curve_feed_and_alarms_say_what_the_situation_says(room, told):
    label = room.part("curve").locator("svg").get_attribute("aria-label")
    assert f"{told['people_out']['best']:,}" in label
    assert f"{told['curve']['projection']['best'][-1]:,}" in label
    feed = room.text("feed")
    for incident in told["incidents"]:
        assert incident["status"] in feed
        assert incident["text"] in feed
    assert re.search(r"Claim\s+Side A holds Side B responsible\.", feed)
    room.page.locator(".feed-pane select").select_option("everything")
    assert "Nobody who leaves is stopped." in room.text("feed")
    assert "Fog has lifted" in room.text("feed")
    room.page.locator(".feed-pane select").select_option("incidents")
    alarms = room.text("alarms")
    assert all(alarm["text"] in alarms for alarm in told["alarms"])
    assert told["alarms"][0]["text"] in room.text("spoken")
    assert room.part("spoken").get_attribute("role") == "alert"
    room.picture("room-en")


def test_an_alarm_is_acknowledged_here_alone(room, told):
    first = room.page.locator(".alarms li").first
    gone = first.get_attribute("data-alarm")
    first.get_by_role("button").click()
    row = room.page.locator(f"[data-alarm='{gone}']")
    assert "acknowledged on this device" in row.inner_text()
    assert room.page.locator(".badge-count").inner_text() == str(len(told["alarms"]) - 1)
    assert room.page.evaluate("() => document.activeElement.textContent") == "Acknowledge"


def test_time_travel_shows_a_minute_as_it_was_known(room, duty, told):
    token = duty.tokens["coordinator"]
    room.page.evaluate("() => window.room.room.travel(Date.parse('2016-11-04T09:42:00Z'))")
    banner = room.part("as-known")
    banner.wait_for()
    assert "As known at 11:42" in banner.inner_text()
    then = room.get(f"/api/situation?at={quote('2016-11-04T09:42:00Z')}", token)
    assert then["people_out"]["best"] < told["people_out"]["best"]
    assert room.text("out").split()[2] == f"{then['people_out']['best']:,}"
    assert room.page.locator(".feed > li").count() == len(then["incidents"]) == 1
    assert room.page.evaluate("() => document.body.classList.contains('past')")
    room.picture("time-travel")
    slider = room.part("travel")
    slider.focus()
    assert slider.get_attribute("aria-valuetext") == "As known at 11:42"
    room.page.keyboard.press("ArrowLeft")
    room.page.locator("[data-test=as-known]", has_text="11:41").wait_for()
    room.page.keyboard.press("Escape")
    banner.wait_for(state="hidden")
    assert f"{told['people_out']['best']:,}" in room.text("out")


def test_an_event_is_recorded_and_the_room_follows(room, duty):
    page = room.page
    room.tab("event")
    page.select_option("#event-kind", "passage")
    form = page.locator(".event-form")
    form.locator("[data-field=corridor] select").select_option("bustan-al-qasr")
    form.get_by_role("button", name="Record").click()
    assert "This is needed." in form.locator("[data-field=people]").inner_text()
    for name, number in (("Best", "900"), ("At least", "880"), ("At most", "950")):
        form.get_by_label(name).fill(number)
    form.locator("[data-field=counted] select").select_option("in all")
    form.locator("[data-field=text] textarea").fill("Call +963 944 123 456")
    form.get_by_role("button", name="Record").click()
    form.locator("[data-field=text] .fault", has_text="phone or identity").wait_for()
    assert form.get_by_label("Best").input_value() == "900"
    form.locator("[data-field=text] textarea").fill("")
    form.get_by_role("button", name="Record").click()
    page.locator("[data-test=form-said]", has_text="Recorded as number").wait_for()
    room.tab("status")
    page.locator("[data-key='row-bustan-al-qasr']").click()
    page.locator("tr.detail", has_text="coordinator-1").wait_for()
    page.locator("[data-key='row-bustan-al-qasr']").click()
    with open_ledger(duty.ledger, read_only=True) as ledger:
        *_, last = ledger.entries()
    kept = json.loads(last.payload)
    assert kept["people"] == {"low": 880, "best": 900, "high": 950}
    assert (kept["kind"], kept["source"], kept["counted"]) == ("passage", "coordinator-1", "in all")


def test_a_report_of_the_feed_can_be_corrected(room):
    room.page.locator(".feed > li").first.get_by_role("button", name="Correct").click()
    form = room.page.locator(".event-form")
    assert room.page.locator("#event-kind").input_value() == "correction"
    wrong = room.page.locator(".feed > li").first.get_attribute("data-id")
    assert form.locator("[data-field=corrects] input").input_value() == wrong
    form.locator("[data-field=text] textarea").fill("Nobody waited; a rumour")
    before = room.page.locator(".feed > li").count()
    form.get_by_role("button", name="Record").click()
    room.page.locator("[data-test=form-said]", has_text="Recorded as number").wait_for()
    room.page.wait_for_function(
        "count => document.querySelectorAll('.feed > li').length === count", arg=before - 1
    )
    room.tab("status")


def test_tabs_are_walked_with_arrows(room):
    room.page.locator("#tab-status").focus()
    for key, name in (("ArrowRight", "replan"), ("End", "reports"), ("Home", "status")):
        room.page.keyboard.press(key)
        assert room.page.evaluate("() => document.activeElement.id") == f"tab-{name}"
        assert room.page.locator(f"#panel-{name}").is_visible()


def test_every_kind_asks_for_what_the_ledger_needs(room):
    room.tab("event")
    kinds = room.page.locator("#event-kind option")
    values = [each.get_attribute("value") for each in kinds.all()]
    assert set(values) == set(KINDS) - {"withdrawal"}
    for kind in values:
        room.page.select_option("#event-kind", kind)
        assert room.page.locator(".event-form [data-field]").count() > 5
        assert "field." not in room.page.locator(".event-form").inner_text()
    when = room.page.locator("[data-field=happened_at] input")
    assert when.input_value() == "2016-11-04 13:02"  # the same for every browser's language
    when.fill("2016-11-31 13:02")
    room.page.locator("[data-field=text] textarea").fill("No such day")
    room.page.locator(".event-form .primary").click()
    room.page.locator("[data-field=happened_at] .fault", has_text="time").wait_for()
    room.tab("status")


@pytest.mark.skipif(not AXE.is_file(), reason="LEFT OUT, NOT PASSED: npm ci in web/ brings axe")
def test_axe_finds_nothing_serious(room, arabic, public):
    assert room.grave() == []
    room.tab("event")
    assert room.grave() == []
    room.tab("status")
    assert arabic.grave() == []
    assert public.grave() == []


def test_arabic_is_whole_and_right_to_left(arabic):
    room = arabic
    assert room.page.evaluate("() => [document.documentElement.dir, document.documentElement.lang]"
                              ) == ["rtl", "ar"]  # fmt: skip
    room.picture("room-ar")
    words = json.loads((AXE.parents[2] / "src" / "words" / "en.json").read_text(encoding="utf-8"))
    english = {
        each for value in words.values()
        for each in ([value] if isinstance(value, str) else value.values())
        if re.fullmatch(r"[A-Za-z][A-Za-z ,.':()-]{3,}", each)
    } - {"English"}  # fmt: skip
    for tab in ("status", "replan", "event", "reports"):
        room.tab(tab)
        if tab == "status":
            room.page.locator("[data-key='row-bustan-al-qasr']").click()
        said = room.page.evaluate(
            """() => [...document.querySelectorAll("#app *")].flatMap(e => [
                 ...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent.trim()),
                 e.getAttribute("aria-label") ?? "", e.title ?? ""])"""
        )
        assert english & set(said) == set()
    marked = room.page.locator("#app [lang=en]").all_inner_texts()
    assert marked == ["English"]  # nothing else was left untranslated
    room.page.get_by_role("button", name="English").click()
    room.state("Live")
    assert room.page.evaluate("() => document.documentElement.dir") == "ltr"


def test_the_public_sees_no_more_than_it_may(public):
    room = public
    banner = room.text("public")
    assert banner.startswith("Public view.")
    assert "As known at 12:00, at least 60 minutes late." in banner
    board = room.text("board")
    assert "closed" in board
    assert not re.search(r"\d{2,},?\d* |-gate|plan", board)
    assert room.page.locator("#sp-map canvas").count() == 0
    assert "No map is shown to the public" in room.page.locator(".map-pane").inner_text()
    for absent in (".travel", "[role=tab]:visible", ".alarm-pane:visible", ".chart-pane:visible"):
        assert room.page.locator(absent).count() == 0
    assert "Side A" not in room.page.locator("#app").inner_text()
    room.picture("public")


def test_a_token_that_is_none_is_told_and_a_true_one_opens_the_room(browser, duty, server):
    unknown = "sp1_0123456789ab_" + "x" * 43
    room = opened(browser, server, unknown)
    room.page.get_by_text("The server does not know this token.").wait_for()
    assert room.text("role") == "Public"
    room.page.get_by_role("textbox", name="Token").fill(unknown)
    room.page.locator("dialog").get_by_role("button", name="Sign in").click()
    room.page.get_by_text("The server does not know this token.").wait_for()
    room.page.get_by_role("textbox", name="Token").fill(duty.tokens["reporter"])
    room.page.locator("dialog").get_by_role("button", name="Sign in").click()
    room.page.locator("[data-test=role]", has_text="Reporter · gate-1").wait_for()
    room.tab("event")
    offered = room.page.locator("#event-kind option").count()
    assert offered == 6
    corridors = room.page.locator("[data-field=corridor] option").count()
    assert corridors == 2  # none, and the one of the token
    assert room.page.locator(".travel").is_visible()
    watched(room)


def test_a_token_that_ends_is_told_and_nothing_more_is_shown_as_live(browser, duty, server):
    token, _ = new_token(
        duty.access.path, role="reporter", label="gate-2", corridors=["bustan-al-qasr"]
    )
    room = opened(browser, server, token)
    room.state("Live")
    revoke(duty.access.path, "gate-2")
    room.state("Token not valid")
    assert "This token is no longer valid" in room.text("lost")
    room.page.get_by_role("button", name="Sign in").click()
    room.page.get_by_role("textbox", name="Token").fill(duty.tokens["reporter"])
    room.page.locator("dialog").get_by_role("button", name="Sign in").click()
    room.state("Live")
    watched(room)


def test_nothing_sticks_out(room, arabic):
    for each in (room, arabic):
        for width, height in ((820, 1180), (1180, 820), (390, 844), (1280, 800)):
            each.page.set_viewport_size({"width": width, "height": height})
            wide, high = each.page.evaluate(
                "() => (e => [e.scrollWidth, e.scrollHeight])(document.documentElement)"
            )
            assert wide <= width
            if each is room and width == 820:
                each.picture("tablet")
        assert high <= height  # all of it on a laptop's screen


def test_a_dead_connection_is_told_with_its_minute_and_the_last_is_kept(room, duty, server):
    before = room.text("out")
    server.__exit__()  # the last test of this file: nobody else asks it
    room.state("Not live")
    assert re.search(r"Not live since 13:0\d:\d\d\.", room.text("lost"))
    assert room.text("out") == before
    room.picture("dead-connection")
    room.page.get_by_role("button", name="العربية").click()
    assert "غير مباشر منذ" in room.text("lost")
    room.tab("event")
    room.page.select_option("#event-kind", "note")
    room.page.locator("[data-field=text] textarea").fill("Written while nobody answers")
    room.page.locator(".event-form .primary").click()
    room.page.locator("[data-test=form-said]", has_text="لم يُرسَل").wait_for()
    with duty.up():
        room.page.locator("[data-test=lost] button").click()
        room.state("مباشر")
        room.page.locator(".event-form .primary").click()
        room.page.locator("[data-test=form-said]", has_text="سُجّل برقم").wait_for()
