"""From a closed crossing to an adopted new plan, in the room, on a small town's server."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest

from browser.rooms import Room, opened
from ledger.small_day import local
from plan.replans import TWO_GATES
from plan.towns import LINE, line_town
from safepassage import plan
from safepassage.api.desk import Settings
from safepassage.api.server import Server
from safepassage.api.tokens import Access
from safepassage.case import load_case
from safepassage.ledger.opening import make_ledger, open_ledger

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "line.ledger"
    make_ledger(path, exercise=True).close()
    return path


@pytest.fixture
def room(browser, tmp_path, ledger):
    case = line_town(tmp_path / "case", LINE + TWO_GATES)
    made, access, began = plan(case), Access(), time.monotonic()
    settings = Settings(
        plan=made.as_json(), map=made.map_json(), made=made, case=load_case(case),
        ledger=ledger, access=access, plans=tmp_path / "plans",
        clock=lambda: local("09:20") + timedelta(seconds=time.monotonic() - began),
    )  # fmt: skip
    with Server(settings) as server:
        token = access.add(role="coordinator", label="coordinator-1")
        room = opened(browser, server, token)
        room.token = token
        room.state("Live")
        yield room
        room.page.context.close()
        assert room.errors == []


def last(ledger):
    with open_ledger(ledger, read_only=True) as opened_:
        *_, entry = opened_.entries()
    return json.loads(entry.payload)


def propose(room: Room):
    """Make a proposal; give what the server says of it."""
    room.part("replan-make").click()
    room.part("replan-adopt").wait_for()
    return room.get("/api/replan/latest", room.token)


def looks_back(room: Room):
    """Look at the minute before, drawn by the plan then in force, and come back."""
    page = room.page
    drawn = "window.room.page().map.plan.schedule.cumulative.at(-1)"
    now, before = (
        room.get(f"/api/plan{at}", room.token)["schedule"]["cumulative"][-1]
        for at in ("", "?at=2016-11-04T07:00:00Z")
    )
    assert now != before
    page.wait_for_function(f"() => {drawn} === {now}")
    page.locator(".travel").get_by_role("button", name="−1 ·").first.click()
    page.locator("[data-test=as-known]").wait_for()
    page.wait_for_function(f"() => {drawn} === {before}")
    page.wait_for_function("() => !document.querySelector('.another-plan')")
    page.keyboard.press("Escape")
    page.wait_for_function(f"() => {drawn} === {now}")


def test_a_closed_crossing_leads_to_an_adopted_plan(room, ledger):
    page = room.page
    room.drawn()
    room.tab("replan")
    room.part("adopt-first").click()
    room.part("replan-confirm").click()
    page.locator("[data-test=replan-said]", has_text="Adopted and recorded.").wait_for()
    first = last(ledger)
    assert first["kind"] == "plan"
    page.locator("[data-test=plan]", has_text=first["plan_sha256"][:8]).wait_for()
    assert room.part("adopt-first").count() == 0

    room.tab("event")
    page.select_option("#event-kind", "status")
    form = page.locator(".event-form")
    form.locator("[data-field=corridor] select").select_option("gate")
    form.locator("[data-field=state] select").select_option("closed")
    form.get_by_role("button", name="Record").click()
    page.wait_for_selector("tr[data-corridor=gate][data-state=closed]", state="attached")

    room.tab("replan")
    told = propose(room)
    changes = page.locator(".changes").inner_text()
    for change in told["changes"]:
        assert change["zone_name"] in changes
        assert change["why"] in changes
    assert told["changes"]
    proposed = told["alternatives"][told["proposed"]]
    assert f"{proposed['total']:,}" in room.text("proposal")
    kinds = page.evaluate(
        """async () => (await window.room.page().map.map.gl.getSource('ways').getData())
             .features.map(f => f.properties.kind)"""
    )
    assert "before" in kinds
    assert {"before", "after"} >= set(kinds)
    label = page.locator(".replan .chart-box svg").get_attribute("aria-label")
    assert label.startswith("People past the crossings")
    assert "Proposed" in page.locator(".replan .chart-box svg").inner_html()
    room.picture("replan")

    room.part("replan-discard").click()
    page.locator("[data-test=replan-said]", has_text="Discarded").wait_for()
    assert room.text("proposal") == ""

    propose(room)
    room.part("replan-adopt").click()
    page.locator("dialog").get_by_role("button", name="Not yet").click()
    assert last(ledger)["kind"] == "status"
    room.part("replan-adopt").click()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.locator("[data-test=replan-said]", has_text="Adopted and recorded.").wait_for()
    adopted = last(ledger)
    assert (adopted["kind"], adopted["replaces_sha256"]) == ("plan", first["plan_sha256"])
    page.locator("[data-test=plan]", has_text=adopted["plan_sha256"][:8]).wait_for()
    looks_back(room)


def test_reports_are_read_in_the_room_and_saved(room):
    room.tab("reports")
    for report, words in (("sitrep", "EXERCISE"), ("handover", "EXERCISE"), ("update", "EXERCISE")):
        room.page.locator(f"[data-report={report}]").click()
        room.page.locator("dialog.reading").wait_for()
        frame = room.page.frame_locator("dialog.reading iframe")
        assert words in frame.locator("body").inner_text()
        if report == "sitrep":
            styled = frame.locator("body").evaluate("e => getComputedStyle(e).fontFamily")
            assert "Times" not in styled
            room.page.wait_for_timeout(200)
            room.picture("report")
            with room.page.expect_download() as saved:
                room.page.get_by_role("button", name="Save").click()
            assert saved.value.suggested_filename == "sitrep-en.html"
        room.page.locator("dialog.reading").get_by_role("button", name="Close").click()
    with room.page.expect_download() as saved:
        room.page.get_by_role("button", name="XLSForm").click()
    assert saved.value.suggested_filename == "passage.xlsx"
