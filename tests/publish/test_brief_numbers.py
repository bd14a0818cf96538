"""No number stands on a brief without a way to where it comes from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plan.test_left_behind import STAYING
from plan.test_shuttles import bus_town
from plan.towns import LINE, line_town
from publish.page import read
from publish.sample_forecast import AGREED, small_forecast
from safepassage import ask
from safepassage import plan as make
from safepassage.publish import brief_html
from safepassage.publish.contents import sections
from safepassage.publish.sources import Cited
from safepassage.publish.sources_told import ORDER, told
from safepassage.publish.spoken import ENGLISH

OWN_WORDS = {"bdi", "q", "blockquote", "code", "pre", "time", "script", "style", "title", "desc",
             "option", "button", "noscript"}  # fmt: skip
"""Names, quotes, dates; texts of the case; pictures' words for who does not see them; controls."""
BLOCKS = {"p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "summary", "figcaption"}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
CLOCK_OR_DATE = re.compile(rf"\d{{1,2}}:\d\d|\d{{1,2}} (?:{MONTHS})(?: \d{{4}})?")


def words(element):
    """Give every stretch of text with the elements around it, the innermost first."""
    for child in element.children:
        if isinstance(child, str):
            yield child, [element, *element.ancestors()]
        else:
            yield from words(child)


def leads(element, places):
    """Tell whether an element holds a sign that leads to a place on the page."""
    return any(
        each.attributes.get("class") in ("from", "from-table")
        and each.attributes["href"].removeprefix("#") in places
        for each in element.find_all("a")
    )


def is_traced(around, places):
    for each in around:
        if each.tag in OWN_WORDS or each.attributes.get("id") == "numbers":
            return True
        if each.tag == "a" and each.attributes["href"].removeprefix("#") in places:
            return True
    block = next((each for each in around if each.tag in BLOCKS), None)
    if block and leads(block, places):
        return True
    return any(
        leads(part, places)
        for each in around
        for part in each.find_all({"table": "caption", "figure": "figcaption"}.get(each.tag, "-"))
    )


def untraced(page):
    places = {each.attributes["id"] for each in page.every() if each.attributes.get("id")}
    return [
        f"{' '.join(text.split())} in {around[0].tag}"
        for text, around in words(page)
        if re.search(r"\d", CLOCK_OR_DATE.sub("", text)) and not is_traced(around, places)
    ]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Give a brief of a small town with its forecast and what changes are worth."""
    folder = tmp_path_factory.mktemp("town")
    plan, city, forecast = small_forecast(folder)
    asked = ask(line_town(folder, LINE + AGREED)).as_json()
    return plan, city, forecast, asked


@pytest.fixture(scope="module")
def whole_page(whole):
    plan, city, forecast, asked = whole
    return read(brief_html(plan, city, forecast=forecast, asked=asked))


def test_every_number_leads_to_where_it_comes_from(whole_page, plan, city):
    assert untraced(whole_page) == []
    assert untraced(read(brief_html(plan, city))) == []


def test_nor_does_one_of_buses_or_of_those_who_stay(tmp_path):
    made = make(line_town(tmp_path, bus_town(fleet=2, cycle=40) + STAYING))
    page = read(brief_html(made.as_json(), made.map_json()))
    assert page.find_all("section", id="means")
    assert "A count, never a failure" in page.text
    assert untraced(page) == []


def test_a_number_without_a_link_would_be_found(plan, city):
    html = brief_html(plan, city)
    best = f"{plan['ceiling']['total']['best']:,}"
    bare = html.replace(f'">{best}</a>', f'"></a>{best}', 1)
    assert untraced(read(bare)) == [f"{best} in p"]
    dead = html.replace('id="from-ceiling"', 'id="from-nowhere"')
    assert f"{best} in a" in untraced(read(dead))
    table = re.sub(r"<caption>.*?</caption>", "", html, count=1)
    assert len(untraced(read(table))) > 3


def test_every_link_has_its_place_and_every_place_is_there_once(whole_page):
    ids = [each.attributes["id"] for each in whole_page.every() if each.attributes.get("id")]
    assert len(ids) == len(set(ids))
    for link in whole_page.find_all("a"):
        assert link.attributes["href"].removeprefix("#") in ids, link.attributes


def test_every_source_names_what_it_rests_on_a_computation_and_a_file(whole_page, whole):
    rows = whole_page.test("sources").find_all("tr")[1:]
    ids = [row.attributes["id"].removeprefix("from-") for row in rows]
    assert ids == [each for each in ORDER if each in ids]
    assert {"ceiling", "people", "schedule", "forecast", "ask", "waves", "check"} <= set(ids)
    documents = {"plan.json": whole[0], "forecast.json": whole[2], "ask.json": whole[3]}
    for row, source in zip(rows, ids, strict=True):
        assert row.find_all("th")[0].text == str(ORDER.index(source) + 1)
        assert len(row.find_all("td")[1].text) > 30
        assert row.find_all("a")
        files = [each.text for each in row.find_all("code")]
        for name, _, keys in (each.partition(": ") for each in files):
            at = documents.get(name)
            for key in keys.split(", ") if at else ():
                assert _held(at, key), (name, key)


def _held(document, key):
    for part in key.split("."):
        if part not in document:
            return False
        document = document[part]
    return True


def test_every_page_of_the_documentation_that_a_source_names_is_there(whole):
    docs = Path(__file__).resolve().parents[2] / "docs"
    for each in told(whole[0], ENGLISH).values():
        for name, _, head in (page.partition("#") for page in each.docs):
            text = (docs / name).read_text(encoding="utf-8")
            heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in heads}
            assert not head or head in slugs, (name, head)


def test_every_input_has_its_interval_and_its_source_or_is_an_assumption(plan, city):
    table = read(brief_html(plan, city)).test("inputs")
    people = next(r for r in table.find_all("tr") if r.attributes.get("id") == "input-people")
    low, best, high = (plan["people"][key] for key in ("low", "best", "high"))
    assert f"{best:,} ({low:,} to {high:,})" in people.text
    assert plan["people"]["source"] in people.text
    for row in table.find_all("tr")[1:]:
        assert row.find_all("td")[2].text
    plan["people"]["source"] = ""
    again = read(brief_html(plan, city)).test("inputs")
    row = next(r for r in again.find_all("tr") if r.attributes.get("id") == "input-people")
    assert row.find_all("td")[2].text == "assumption"


def test_a_source_that_nobody_describes_is_a_fault():
    with pytest.raises(ValueError, match="not in tuple"):
        Cited().key("nowhere")


def test_contents_name_every_numbered_section_in_its_order(whole_page, whole):
    listed = whole_page.test("contents").find_all("a")
    heads = [each for each in whole_page.find_all("h2") if each.attributes.get("data-number")]
    assert [each.attributes["data-number"] for each in heads] == [
        str(n) for n in range(1, len(heads) + 1)
    ]
    assert [each.text for each in listed] == [each.text for each in heads]
    assert [each.attributes["href"] for each in listed] == [
        f"#{each.parent.attributes['id']}" for each in heads
    ]
    there = sections(whole[0], ENGLISH)
    for each in whole_page.test("contents").find_all("li"):
        assert each.find_all("span")[0].text.endswith("?")
    assert list(there) == [each.attributes["href"][1:] for each in listed]


def test_contents_follow_page_one(whole_page):
    order = [each.attributes.get("id") for each in whole_page.find_all("main")[0].children
             if not isinstance(each, str)]  # fmt: skip
    assert order[:3] == ["page-one", "contents", "forecast"]
