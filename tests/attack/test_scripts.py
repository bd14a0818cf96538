"""Words of an event that are a script, or markup, are shown as words wherever they are shown."""

from __future__ import annotations

from typing import get_args

import pytest

from attack.house import said
from browser.conftest import browser as browser  # noqa: PLC0414 - a fixture
from browser.rooms import opened
from ledger.ledgers import each_kind
from lengths import at_length
from safepassage.publish.reports import Kind

ENDS = "window.stolen=1"
SCRIPTS = (
    f"<img src=x onerror={ENDS}>", f'"><script>{ENDS}</script>', f"'><svg onload={ENDS}>",
    f"</textarea></title></style><script>{ENDS}</script>", f"javascript:{ENDS}",
    f"<a href=javascript:{ENDS} style=position:fixed;inset:0>x</a>", f"&lt;script&gt;{ENDS}",
    f"<iframe srcdoc='<script>parent.{ENDS}</script>'>", f"<link rel=stylesheet href=//evil>{ENDS}",
    f"{{{{constructor.constructor('{ENDS}')()}}}}", f"${{{ENDS}}}", f"<base href=//evil>{ENDS}",
)  # fmt: skip
FREE = {"text", "by", "party", "words", "place"}
STOLEN = "() => window.stolen || document.querySelector('[onerror],[onload],iframe,base') !== null"


def spoilt():
    """Give an event of every kind for each script, with it in every field of free words."""
    for n, script in enumerate(SCRIPTS):
        for m, each in enumerate(each_kind()):
            own = said(100 * n + m)
            made = each | {key: own[key] for key in ("id", "happened_at", "known_at")}
            made |= {key: script[:100] for key in FREE if key in made and each["kind"] not in
                     {"decision", "plan"}}  # fmt: skip
            made["text"] = script
            if "corridor" in made:
                made["corridor"] = "gate"
            if "since" in made:
                made["since"] = "2016-11-04T07:00:00Z"
            if "claims" in made:
                made["claims"] = [{"by": script[:100], "holds_responsible": script[:100]}]
            if each["kind"] == "window":
                made |= {"start": "2016-11-04T07:00:00Z", "end": "2016-11-04T15:00:00Z"}
            yield made


@pytest.fixture(scope="module")
def spoilt_house(house):
    events = list(spoilt())
    for n in range(0, len(events), 50):
        answer = house.send(*events[n : n + 50])
        assert answer.status_code == 200, answer.text
    return house


@pytest.mark.browser
@pytest.mark.parametrize("language", at_length(["en"], ["en", "ar"]))
def test_the_room_shows_them_as_words(spoilt_house, browser, language):
    room = opened(browser, spoilt_house.server, spoilt_house.tokens["coordinator"],
                  language=language)  # fmt: skip
    room.page.on("dialog", lambda dialog: room.errors.append(dialog.message))
    seen = ""
    tabs = room.page.locator("[role=tab]")
    for n in range(tabs.count()):
        tabs.nth(n).click()
        room.page.wait_for_timeout(200)
        seen += room.page.locator("body").inner_text()
    assert ENDS in seen  # they are shown
    assert not room.page.evaluate(STOLEN)
    assert not room.errors  # nothing was left to the policy to stop
    assert all(each.startswith((spoilt_house.server.url, "blob:")) for each in room.requests)
    room.page.context.close()


@pytest.mark.browser
def test_reports_show_them_as_words(spoilt_house, browser):
    """Even where they are opened from a disk, where no policy of a server stands by."""
    page = browser.new_page()
    shown = 0
    for kind in get_args(Kind):
        for language in ("en", "ar"):
            for level in ("internal", "public"):
                asked = {"language": language, "level": level}
                told = spoilt_house.ask("GET", f"/api/reports/{kind}", "coordinator", params=asked)
                if told.status_code == 422:
                    continue
                assert told.status_code == 200, told.text
                assert told.headers["content-security-policy"].startswith("default-src 'none'")
                if not told.headers["content-type"].startswith("text/html"):
                    continue
                page.set_content(told.text)
                assert not page.evaluate(STOLEN), (kind, language)
                shown += ENDS in page.locator("body").inner_text()
    assert shown >= 2
    page.close()
