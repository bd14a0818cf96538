"""The checklist: whole, safe, the same in HTML and Markdown, and one sheet of paper."""

from __future__ import annotations

import copy
import html.parser
import re
from pathlib import Path

import pytest

from publish.page import read
from safepassage.base.errors import InputError
from safepassage.plan.questions import catalogue
from safepassage.plan.readiness import check_readiness
from safepassage.publish import checklist_html, checklist_markdown, write_checklist

QUESTIONS = catalogue().questions
CHROMIUM = Path("/usr/bin/chromium")
VOID = {"meta", "br", "hr", "img", "link"}


@pytest.fixture(scope="module")
def aleppo():
    return check_readiness("aleppo-2016-11-04").as_json()


@pytest.fixture
def document(aleppo):
    return copy.deepcopy(aleppo)


class Balance(html.parser.HTMLParser):
    """Hold open tags; whatever closes must be what was opened last."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_is_well_formed(document):
    balance = Balance()
    balance.feed(checklist_html(document))
    balance.close()
    assert balance.open == []


def test_the_page_holds_each_question_once_with_its_status(document):
    page = read(checklist_html(document))
    items = page.find_all(data_test="question")
    assert [each.attributes["id"] for each in items] == [q["id"] for q in document["questions"]]
    assert [each.attributes["class"] for each in items] == [
        q["status"] for q in document["questions"]
    ]
    for question in QUESTIONS:
        assert page.text.count(question.text) == 1, question.id


def test_the_page_opens_with_what_is_decisive(document):
    page = read(checklist_html(document))
    heads = [each.text for each in page.find_all("h2")]
    assert heads[0].startswith("Settle first")
    assert heads[-1].startswith("Settled")
    assert page.find_all(data_test="question")[0].attributes["id"] == "consent-sides"
    assert (
        page.test("summary").text == "Of 30 questions: 2 disputed, 23 open, 4 partly and 1 settled."
    )


def test_the_page_quotes_both_sides_of_a_dispute(document):
    page = read(checklist_html(document))
    (weapons,) = page.find_all(id="weapons")
    assert "“" not in weapons.text  # quote marks are the browser's
    assert {each.text for each in weapons.find_all("q")} >= {
        "with their weapons", "lay down their weapons",
    }  # fmt: skip


def test_the_page_needs_nothing_but_itself(document):
    text = checklist_html(document)
    page = read(text)
    assert page.find_all("script") == page.find_all("link") == page.find_all("img") == []
    (policy,) = page.find_all("meta", http_equiv="Content-Security-Policy")
    assert policy.attributes["content"].startswith("default-src 'none'; ")
    assert not re.search(r"url\(|src=|@import", text)


def test_every_reference_cited_is_listed_and_marked(document):
    page = read(checklist_html(document))
    text = page.text
    cited = {int(number) for each in page.find_all("span", **{"class": "cites"})
             for number in re.findall(r"\[(\d+)\]", each.text)}  # fmt: skip
    assert cited == set(range(1, len(document["references"]) + 1))
    for reference in document["references"].values():
        mark = {"text": "", "contents": "*", "no": "**"}[reference["seen"]]
        assert f"{reference['title']}{mark}." in text
    assert "* Only its summary or list of contents was looked up" in text


def test_words_of_a_case_cannot_act_in_the_page_or_in_markdown(document):
    bad = '<script>alert(1)</script> [x](javascript:1)\n# head\n"&'
    document["case"]["title"] = bad
    document["questions"][0] |= {
        "answer": bad, "source": bad, "said": [{"who": bad, "words": bad, "text_name": bad}],
    }  # fmt: skip
    text = checklist_html(document)
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    markdown = checklist_markdown(document)
    assert "<script" not in markdown
    assert "\n# head" not in markdown
    assert "[x](" not in markdown


def test_markdown_has_every_question_once_with_box_reason_and_guidance(document):
    text = checklist_markdown(document)
    assert len(re.findall(r"^- \[[ x]\] \*\*", text, re.MULTILINE)) == len(QUESTIONS)
    assert len(re.findall(r"^- \[x\]", text, re.MULTILINE)) == document["counts"]["settled"]
    for question in QUESTIONS:
        assert text.count(f"**{question.text}**") == 1
        assert f"Why: {question.why}" in text
    assert len(re.findall(r"^  - Guidance: \[", text, re.MULTILINE)) == len(QUESTIONS)
    assert len(re.findall(r"^\d+\. ", text, re.MULTILINE)) == len(document["references"])
    assert text.endswith("\n")


def test_markdown_quotes_who_said_what(document):
    text = checklist_markdown(document)
    assert "Syrian General Staff: “lay down their weapons” (syrian-general-staff.txt)" in text


def test_both_files_are_written_together(document, tmp_path):
    written = write_checklist(document, tmp_path / "new" / "folder")
    assert [path.name for path in written] == ["checklist.html", "checklist.md"]
    assert {path.name for path in written[0].parent.iterdir()} == {"checklist.html", "checklist.md"}
    assert written[0].read_text(encoding="utf-8") == checklist_html(document)


def test_nothing_is_written_where_one_file_cannot_be(document, tmp_path):
    (tmp_path / "checklist.md").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        write_checklist(document, tmp_path)
    assert not (tmp_path / "checklist.html").exists()


def settled(document):
    """Answer everything, as a well-kept case would."""
    for each in document["questions"]:
        each |= {"status": "settled", "basis": "case", "said": [],
                 "answer": "Agreed by both sides in the minutes, and told to people inside. " * 2,
                 "source": "minutes of 3 November 2016"}  # fmt: skip
    document["counts"] = {"disputed": 0, "open": 0, "partly": 0, "settled": len(QUESTIONS)}
    return document


def test_a_page_with_everything_settled_says_so(document):
    page = read(checklist_html(settled(document)))
    assert [each.text[:8] for each in page.find_all("h2")] == ["Settled:"]
    assert len(page.find_all(data_test="question")) == len(QUESTIONS)


def long(document):
    """Write far more than a careful person would."""
    for each in document["questions"]:
        each |= {"basis": "case", "answer": "A long answer with much to tell of it. " * 6,
                 "source": "a report of that day"}  # fmt: skip
    return document


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Debian's chromium")
def test_it_prints_on_one_sheet(aleppo, tmp_path):
    """Print as A4: one page as a rule, two where a case writes at length."""
    from playwright.sync_api import sync_playwright

    texts = {"aleppo": (aleppo, 1), "settled": (settled(copy.deepcopy(aleppo)), 1),
             "long": (long(copy.deepcopy(aleppo)), 2)}  # fmt: skip
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for name, (document, pages) in texts.items():
            path = tmp_path / f"{name}.html"
            path.write_text(checklist_html(document), encoding="utf-8")
            page = browser.new_page()
            page.goto(path.as_uri())
            printed = page.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) <= pages, name
        browser.close()


def test_no_text_turns_the_direction_of_the_page_or_commands_a_terminal(document):
    turned = "\u202e00:91\x1b[31m"
    document["case"]["title"] = turned
    document["questions"][0]["answer"] = f"Somebody: {turned}"
    document["questions"][0]["said"] = [{"who": turned, "words": turned, "text_name": turned}]
    for text in (checklist_html(document), checklist_markdown(document)):
        assert "�00:91�" in text
        assert not {"\u202e", "\x1b"} & set(text)
