"""Reports on paper: one sheet where one is promised, nothing cut off, Arabic letters joined."""

from __future__ import annotations

import re

import pytest

from publish.sample_situation import situation
from safepassage.publish.reports import report

pytestmark = pytest.mark.browser

SHEETS = {"sitrep": 1, "board": 1, "tally": 2 * 5}
WIDE = """() => [...document.querySelectorAll('table, p, h1, ul')]
  .filter(each => each.scrollWidth > document.documentElement.clientWidth + 1)
  .map(each => each.outerHTML.slice(0, 200))"""
JOINED = """() => {
  const wide = text => {
    const span = document.createElement('span');
    span.textContent = text;
    document.body.append(span);
    const width = span.getBoundingClientRect().width;
    span.remove();
    return width;
  };
  return wide('حلب') < 0.9 * (wide('ح') + wide('ل') + wide('ب'));
}"""


@pytest.fixture(scope="module")
def printed(browser):
    """Give a function that prints a page: how many sheets, and what is too wide for one."""
    page = browser.new_page(viewport={"width": 760, "height": 1000})
    page.emulate_media(media="print")

    def sheets(html):
        page.set_content(html)
        return len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True)))

    sheets.page = page
    yield sheets
    page.close()


def crowded():
    document = situation()
    long = document["incidents"][0] | {"text": "Many words of one and the same report. " * 20}
    document["incidents"], document["incidents_total"] = [long] * 100, 700
    document["alarms"] *= 30
    document["decisions"] = [
        each | {"corridor": f"{each['corridor']}-{i}"} for i in range(20)
        for each in document["decisions"]
    ]  # fmt: skip
    document["corridors"] = [
        each | {"id": f"{each['id']}-{i}", "name": f"{each['name']} number {i}"}
        for i in range(5) for each in document["corridors"]
    ]  # fmt: skip
    return document


def sparse():
    none = {
        key: []
        for key in ("incidents", "alarms", "contacts", "notifications", "decisions", "assurances")
    }
    return situation() | none | {"people_out": None, "incidents_total": 0}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("make", [situation, crowded, sparse])
def test_the_situation_report_is_one_sheet(printed, make, language):
    for level in ("internal", "partners", "public"):
        assert printed(report("sitrep", make(), language=language, level=level)) == 1
    assert printed.page.evaluate(WIDE) == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("kind", ["board", "tally"])
def test_boards_and_tally_sheets_fill_their_sheets(printed, kind, language):
    assert printed(report(kind, situation(), language=language)) == SHEETS[kind]
    assert printed(report("board", crowded(), language=language, paper="A4")) == 5


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_handover_says_exercise_on_every_sheet(printed, language):
    assert printed(report("handover", situation(), language=language)) <= 2
    printed.page.set_viewport_size({"width": 760, "height": 1000})
    assert printed.page.evaluate(WIDE) == []
    head = printed.page.locator("table.pages > thead")  # browsers repeat it on every sheet
    assert "EXERCISE" in head.inner_text()
    assert head.evaluate("each => getComputedStyle(each).display") == "table-header-group"


def test_arabic_letters_are_joined(printed):
    printed(report("sitrep", situation(), language="ar"))
    assert printed.page.evaluate(JOINED)
