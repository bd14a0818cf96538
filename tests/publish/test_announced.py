"""Each term of a statement leads to its highlighted words in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.page import read as parse
from safepassage.declaration import read
from safepassage.declaration.review import apply_review, blanked, corrected, review_of
from safepassage.publish import brief_html
from safepassage.publish.announced import _Span, direction, marked, statements

ENGLISH = (
    "2 November 2016\n\nThe Russian Defence Ministry announced a humanitarian pause in Aleppo, "
    "Syria, on 4 November 2016 from 9 am to 7 pm. Six corridors <b>for</b> civilians will open. "
    "Fighters may leave with their weapons."
)
ARABIC = (
    "أعلنت وزارة الدفاع الروسية هدنة إنسانية في مدينة حلب يوم الجمعة 4 تشرين الثاني 2016 "
    "من الساعة 9 صباحا حتى الساعة 7 مساء.\n\n2 تشرين الثاني 2016"
)


def page_of(plan, city, *declarations):
    plan["declarations"] = [each.as_json(with_text=True) for each in declarations]
    return parse(brief_html(plan, city))


@pytest.mark.parametrize(("text", "way"), [(ENGLISH, "ltr"), (ARABIC, "rtl")])
def test_every_link_leads_to_words_that_are_marked_in_the_text(plan, city, text, way):
    declaration = read(text, name="text.txt")
    said = page_of(plan, city, declaration).test("said")
    (block,) = said.find_all("blockquote")
    assert block.attributes["dir"] == way
    assert flat(block) == text
    marks = {mark.attributes["id"]: mark for mark in block.find_all("mark")}
    links = [each for quote in said.find_all("q") for each in quote.find_all("a")]
    assert len(links) >= 6
    for link in links:
        mark = marks[link.attributes["href"].removeprefix("#")]
        assert " ".join(flat(mark).split()) == link.text
    assert len(marks) == len(block.find_all("mark"))


def test_a_text_cannot_put_tags_into_the_page(plan, city):
    (block,) = page_of(plan, city, read(ENGLISH)).find_all("blockquote")
    assert block.find_all("b") == []
    assert "<b>for</b>" in flat(block)


def test_who_decided_is_told(plan, city, tmp_path):
    declaration = read(ENGLISH, name="text.txt")
    review = review_of(declaration, tmp_path / "text.txt")
    for decision in (
        corrected(declaration, "weapons", "light", by="monitor"),
        corrected(declaration, "escorts", "Red Crescent", by="monitor"),
        blanked(declaration, "place", by="monitor"),
    ):
        review = review.with_decision(decision)
    said = page_of(plan, city, apply_review(declaration, review)).test("said")
    assert "Looked through by monitor: 3 terms" in said.text
    rows = {row.find_all("td")[0].text: row.text for row in said.find_all("tr")[1:]}
    assert rows["Weapons"] == "Weapons light ones only with their weapons decided by monitor"
    assert rows["Escorts"] == "Escorts Red Crescent decided by monitor"
    assert "Place" not in rows


def test_a_stale_review_is_told(plan, city, tmp_path):
    declaration = read(ENGLISH, name="text.txt")
    review = review_of(declaration, tmp_path / "text.txt").with_decision(
        blanked(declaration, "place", by="monitor")
    )
    other = read(ENGLISH + " More.", name="text.txt")
    said = page_of(plan, city, apply_review(other, review)).test("said")
    assert "what was decided then is not used" in said.text
    assert "Aleppo" in said.text


def test_without_its_text_a_statement_is_quoted_but_not_linked():
    data = read(ENGLISH).as_json()
    (statement,) = statements([data])
    assert statement["text"] == ""
    assert not any(each["anchor"] for row in statement["rows"] for each in row["words"])


def test_of_a_long_text_what_stands_near_the_words_is_shown():
    filler = "Nothing is said here about anything at all. " * 400
    declaration = read(f"{ENGLISH}\n\n{filler}\n\nThe United Nations will monitor the pause.")
    (statement,) = statements([declaration.as_json(with_text=True)])
    shown = parse(str(statement["text"])).text
    assert "[…]" in shown
    assert len(shown) < 4000
    assert "humanitarian pause in Aleppo" in shown


@given(
    st.text(alphabet="ab <&é\n", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6),
)
def test_marking_keeps_the_text_and_opens_each_mark_once(text, stretches):
    spans = [
        _Span(start, min(start + size, len(text)), f"m{i}", "Kind")
        for i, (start, size) in enumerate(stretches)
        if start < len(text)
    ]
    html = str(marked(text, spans))
    root = parse(html)
    assert [mark.attributes["id"] for mark in root.find_all("mark")] == [
        span.anchor for span in sorted(spans, key=lambda span: (span.start, -span.end))
    ]
    assert html.count("<mark") == html.count("</mark>") == len(spans)
    assert flat(root) == text


def flat(element):
    return "".join(child if isinstance(child, str) else flat(child) for child in element.children)


@pytest.mark.parametrize(
    ("text", "way"), [("", "ltr"), ("abc", "ltr"), ("هدنة", "rtl"), ("RT: هدنة إنسانية", "rtl")]
)
def test_direction(text, way):
    assert direction(text) == way
