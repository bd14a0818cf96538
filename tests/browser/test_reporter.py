"""The reporters' page on a phone: counts and incidents reach the ledger once, whatever happens."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from browser.phones import GATE, OTHER, Gate, Phone, opened, phone
from safepassage.ledger.opening import make_ledger

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def gate(tmp_path_factory):
    return Gate(tmp_path_factory.mktemp("gate"))


@pytest.fixture(scope="module")
def server(gate):
    with gate.up() as server:
        yield server


@pytest.fixture
def on_phone(browser, gate, server):
    """Give a function that opens the page on a phone of its own."""
    made = []

    def on(*corridors, **options):
        token, code = gate.token(*corridors)
        made.append(phone(browser, server, token, **options))
        made[-1].wait("متصل" if options.get("language") == "ar" else "Connected")
        return made[-1], code

    yield on
    for each in made:
        each.page.context.close()
        assert each.errors == []
        assert {url.split("/")[2] for url in each.requests} == {f"127.0.0.1:{server.port}"}


def incident(on):
    """Report shelling, in three taps."""
    on.view("incident")
    on.tap("shelling")
    on.tap("Send")


def test_a_count_is_sent_for_its_time_and_begins_anew(gate, on_phone):
    on, code = on_phone()
    on.add("+1", "+1", "+5", "+10", "A family …", "4", "+10", "Undo")
    assert on.page.locator(".number").inner_text() == "21"
    on.page.locator("summary").click()
    on.page.get_by_label("No fewer than").fill("20")
    on.page.get_by_label("No more than").fill("٢٥")
    on.choose("unarmed")
    on.tap("Send the count: 21")
    gate.sent(on, code, 1)
    assert on.page.locator(".number").inner_text() == "0"
    on.add("+1")
    on.tap("Send the count: 1")
    first, second = gate.sent(on, code, 2)
    assert first["people"] == {"low": 20, "best": 21, "high": 25}
    assert (first["counted"], first["carrying"], first["corridor"]) == ("over", "unarmed", GATE)
    assert first["since"] <= first["happened_at"] == second["since"]
    assert second["people"] == {"low": 1, "best": 1, "high": 1}


def test_a_total_goes_on_and_another_corridor_sends_what_was_counted(gate, on_phone):
    on, code = on_phone(GATE, OTHER)
    assert on.page.url.endswith("/report?language=en")  # the token has left the address
    assert on.page.title() == "Report"
    names = on.page.locator("select option").all_inner_texts()
    assert names == ["Bustan al-Qasr to Mashariqa", "Salah al-Din to Hamdaniyah"]
    on.page.locator("summary").click()
    on.choose("Total so far")
    on.add("+5", "Send the count: 5", "+1", "Send the count: 6")
    on.page.locator("select").select_option(OTHER)
    on.page.locator(".number", has_text="0").wait_for()
    on.add("+10", "Send the count: 10")
    totals = [(each["corridor"], each["counted"], each["people"]["best"])
              for each in gate.sent(on, code, 4)]  # fmt: skip
    assert totals == [(GATE, "in all", n) for n in (5, 6, 6)] + [(OTHER, "in all", 10)]


def test_every_kind_of_report_is_one_the_ledger_takes(gate, on_phone):
    on, code = on_phone()
    on.view("corridor")
    on.tap("closed", exact=False)
    on.page.get_by_label("By whom").fill("Army")
    on.choose("A side says so")
    on.choose("15 min ago")
    on.tap("Send")
    on.view("incident")
    on.tap("mine or remnant of war")
    on.page.get_by_label("Injured").fill("2")
    on.page.get_by_label("Area").fill("Sukkari")
    on.tap("Send")
    on.view("more")
    on.tap("passed", exact=False)
    on.tap("Send")
    on.tap("held")
    on.tap("Send")  # how many is missing
    on.page.get_by_label("How many people").fill("12")
    on.tap("Send")
    on.tap("Note")
    on.page.get_by_label("Text").fill("Buses have come")
    on.tap("Send")
    status, mine, test, held, note = gate.sent(on, code, 5)
    assert (status["state"], status["by"], status["status"]) == ("closed", "Army", "alleged")
    ago = datetime.fromisoformat(status["known_at"]) - datetime.fromisoformat(status["happened_at"])
    assert ago == timedelta(minutes=15)
    assert (mine["what"], mine["injured"]["best"], mine["place"]) == (
        "mine or remnant", 2, "Sukkari")  # fmt: skip
    assert (test["kind"], test["result"]) == ("test movement", "passed")
    assert (held["stage"], held["people"]["best"]) == ("held", 12)
    assert note["text"] == "Buses have come"


def test_without_a_connection_all_is_kept_over_a_reload_and_sent_in_order(gate, on_phone):
    on, code = on_phone()
    on.ready()
    on.offline()
    on.add("+5", "Send the count: 5")
    incident(on)
    on.view("count")
    on.add("+1", "+1")
    on.page.reload()
    on.wait("2 not sent")
    assert on.page.locator(".number").inner_text() == "2"  # the count in progress
    on.tap("Send the count: 2")
    on.wait("3 not sent")
    assert gate.events(code) == []
    on.offline(off=False)
    sent = gate.sent(on, code, 3)
    assert "Last received" in on.standing
    assert [each["kind"] for each in sent] == ["passage", "incident", "passage"]
    assert [each["people"]["best"] for each in sent[::2]] == [5, 2]
    assert sent[0]["happened_at"] == sent[2]["since"]


def test_what_was_not_acknowledged_counts_once_and_no_other_page_acknowledges_it(gate, on_phone):
    on, code = on_phone()
    lost = []

    def lose(route):
        route.fetch()  # it arrives
        lost.append(route.request.post_data_json["events"][0]["id"])
        route.abort()  # and the answer does not

    on.page.route("**/api/events", lose, times=1)
    on.add("+1", "Send the count: 1")
    on.wait("No connection")
    login = {"status": 200, "content_type": "text/html", "body": "<h1>Log in to the network</h1>"}
    on.page.route("**/api/*", lambda route: route.fulfill(**login))
    on.page.locator(".how").click()
    on.tap("Try to send now")
    on.wait("1 not sent")
    on.page.unroute("**/api/*")
    on.tap("Try to send now")
    assert [each["id"] for each in gate.sent(on, code, 1)] == lost


def test_what_is_refused_stays_with_its_reason_and_holds_up_nothing(gate, on_phone):
    on, code = on_phone()
    on.offline()
    incident(on)
    on.view("more")
    on.tap("Note")
    on.page.get_by_label("Text").fill("Call 0944 123 456")
    on.tap("Send")
    on.tap("Note")
    on.page.get_by_label("Text").fill("Dr Someone was here")
    on.tap("Send")
    incident(on)
    on.offline(off=False)
    there = gate.sent(on, code, 2, standing="2 refused")
    assert [each["kind"] for each in there] == ["incident", "incident"]
    on.page.locator(".how").click()
    first, second = on.page.locator("li.refused").all_inner_texts()
    assert "phone or identity number" in first
    assert "the name of a person" in second
    on.page.get_by_role("button", name="Mend").first.click()
    on.page.get_by_label("Text").fill("Call the coordinator")
    on.tap("Send again")
    on.wait("1 refused")
    # both taps at once: where the list is drawn anew between them, the first no longer counts
    asked = on.page.get_by_role("button", name="Throw away").evaluate(
        "one => { one.click(); const again = one.textContent; one.click(); return again; }"
    )
    assert asked == "Tap again: throw away"
    assert gate.sent(on, code, 3)[-1]["text"] == "Call the coordinator"


def test_times_are_the_servers_where_the_phones_clock_is_wrong(gate, on_phone):
    wrong = "{ const now = Date.now; Date.now = () => now() + 3 * 3600e3 + 5 * 60e3; }"
    on, code = on_phone(before=wrong)
    on.add("+1", "Send the count: 1")
    (event,) = gate.sent(on, code, 1)
    late = datetime.now(UTC) - datetime.fromisoformat(event["happened_at"])
    assert timedelta(0) <= late < timedelta(minutes=1)
    on.page.locator(".how").click()
    assert "3 h ahead" in on.page.locator("main").inner_text()


def test_a_clock_that_is_set_meanwhile_is_told_with_what_was_recorded(gate, on_phone):
    on, code = on_phone()
    on.offline()
    on.page.evaluate("() => { const now = Date.now; Date.now = () => now() + 12 * 60e3; }")
    incident(on)
    on.offline(off=False)
    (event,) = gate.sent(on, code, 1)
    assert event["text"] == "The phone's clock was set before this was sent: its times are unsure."
    late = datetime.now(UTC) - datetime.fromisoformat(event["happened_at"])
    assert timedelta(0) <= late < timedelta(minutes=1)


def test_what_is_counted_before_the_first_connection_is_corrected(browser, gate, server):
    token, code = gate.token()
    slow = "{ const now = Date.now; Date.now = () => now() - 9e7; }"
    made = phone(browser, server, token, before=slow, without="**/api/me")
    made.wait("No connection")
    made.add("+5", "Send the count: 5")
    made.page.locator(".how").click()
    assert "(this phone’s clock)" in made.page.locator("main").inner_text()
    assert "not compared" in made.page.locator("main").inner_text()
    made.page.unroute("**/api/me")
    made.tap("Try to send now")
    (event,) = gate.sent(made, code, 1)
    late = datetime.now(UTC) - datetime.fromisoformat(event["since"])
    assert timedelta(0) <= late < timedelta(minutes=1)
    assert event["corridor"] == GATE
    made.page.context.close()


def test_a_server_that_dies_loses_nothing_and_another_record_gets_nothing(browser, tmp_path):
    gate = Gate(tmp_path)
    token, code = gate.token()
    with gate.up() as server:
        made = phone(browser, server, token)
        made.wait("Connected")
        made.ready()
    made.add("+5", "Send the count: 5")
    made.wait("1 not sent")
    made.page.locator(".how").click()
    with gate.up():
        made.tap("Try to send now")
        gate.sent(made, code, 1)
    incident(made)
    make_ledger(tmp_path / "exercise.ledger", exercise=True).close()
    with gate.up(tmp_path / "exercise.ledger"):  # what happened is no part of an exercise
        made.page.locator(".how").click()
        made.tap("Try to send now")
        made.wait("1 refused")
        assert "exercise" in made.page.locator("li.refused").inner_text()
        assert made.page.locator(".exercise").inner_text() == "EXERCISE"
    assert [each["kind"] for each in gate.events(code)] == ["passage"]
    made.page.context.close()


def test_a_link_that_is_revoked_keeps_what_waits_for_the_next_one(gate, on_phone):
    on, code = on_phone()
    on.page.evaluate("() => { location.hash = 'token=sp1_000000000000_' + 'x'.repeat(43); }")
    on.wait("no longer accepted")
    on.add("+1", "Send the count: 1")
    on.wait("1 not sent")
    token, new = gate.token()
    on.page.locator(".how").click()
    on.page.get_by_text("Use another link").click()
    on.page.get_by_label("Link, or its code").fill(f"{on.server.url}/report#token={token}")
    on.tap("Use it")
    assert (len(gate.sent(on, new, 1)), gate.events(code)) == (1, [])


@pytest.mark.parametrize("way", ["two taps", "a hold"])
def test_a_wipe_leaves_nothing_and_sends_nothing(gate, on_phone, way):
    on, code = on_phone()
    on.ready()
    on.page.wait_for_function("async () => (await caches.keys()).length")
    on.offline()
    on.add("+5", "Send the count: 5")
    on.wait("1 not sent")
    assert on.stored()["databases"] == ["report"]
    if way == "two taps":
        on.tap("Wipe")
        on.tap("What is not sent?")
        assert "People counted: 5" in on.page.locator("main").inner_text()
        on.tap("Wipe")
        on.tap("Tap again")
    else:
        on.page.get_by_role("button", name="Wipe").hover()
        on.page.mouse.down()
    on.page.wait_for_url("about:blank")
    assert on.page.title() == ""
    on.offline(off=False)
    on.page.goto(f"{on.server.url}/health")
    assert on.stored() == {"databases": [], "caches": [], "workers": 0, "local": [], "session": []}
    on.page.goto(f"{on.server.url}/report")
    on.page.get_by_text("Open this page by the link").wait_for()
    assert on.page.get_by_role("button").count() == 1
    assert gate.events(code) == []


@pytest.mark.parametrize("path", ["report", "sw.js", "assets/reporter.js", "assets/reporter.css"])
def test_nothing_of_the_page_is_left_in_the_browsers_own_cache(server, path):
    assert httpx.get(f"{server.url}/{path}").headers["cache-control"] == "no-store"


def test_one_tab_counts_at_a_time(on_phone):
    on, _ = on_phone()
    on.add("+5")
    second = on.page.context.new_page()
    second.goto(f"{on.server.url}/report")
    second.get_by_text("open in another tab").wait_for()
    second.get_by_role("button", name="Use it here").click()
    second.locator(".number", has_text="5").wait_for()
    on.page.get_by_text("open in another tab").wait_for()


def test_a_count_survives_a_phone_that_dies(browser, gate, server, tmp_path):
    token, _ = gate.token()
    kind, chromium = browser.browser_type, os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    home = tmp_path / "phone"
    options = {"executable_path": chromium, "args": ["--no-sandbox"]}
    context = kind.launch_persistent_context(home, **options)
    made = opened(Phone(context.pages[0], server), f"?language=en#token={token}")
    made.wait("Connected")
    made.add("+10", "+1", "+1")
    made.page.wait_for_function(
        """async () => new Promise((done) => { const asked = indexedDB.open("report");
          asked.onsuccess = () => { const db = asked.result;
            const got = db.transaction("values").objectStore("values").get("count");
            got.onsuccess = () => { db.close(); done(got.result?.people === 12); }; }; })"""
    )
    for pid in processes_of(home):
        os.kill(pid, signal.SIGKILL)
    context = kind.launch_persistent_context(home, **options)
    made = opened(Phone(context.pages[0], server), "?language=en")
    made.wait("Connected")
    assert made.page.locator(".number").inner_text() == "12"
    context.close()


def processes_of(home: Path) -> list[int]:
    """Find the browser that was started with a folder of our own: first its parent process."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if f"--user-data-dir={home}".encode() in each.read_bytes():
                found.append(int(each.parent.name))
        except OSError:
            continue
    return sorted(found)
