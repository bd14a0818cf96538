from __future__ import annotations

import hashlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safepassage.base.errors import InputError, NothingAnnounced
from safepassage.declaration import read, read_file
from safepassage.declaration.intake import take
from safepassage.declaration.page import article_of, declared_encoding, is_page

SENTENCE = (
    "The Russian Defence Ministry announced a humanitarian pause in Aleppo on 4 November "
    "from 9&nbsp;am to 7 pm."
)
WIRE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Pause in Aleppo | Daily Wire</title>
<script>var was = "a pause on 3 November from 8 am to 4 pm";</script>
<style>p {{ color: black }}</style></head>
<body class="has-sidebar">
<header><div class="logo"><a href="/">Daily Wire</a></div>
<nav><ul><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav></header>
<div class="page with-sidebar">
<div class="head"><h1>Guns to fall silent in Aleppo</h1>
<p class="byline">By our correspondent, <time datetime="2016-11-02">2 November 2016</time></p></div>
<div class="story"><p>{SENTENCE}</p>
<p><a href="/old">Read also: a pause in Homs from 6 am to 8 am on 4 November</a></p>
<ul><li>six corridors are open to civilians<li>two corridors are open to fighters</ul>
<figure><img src="a.jpg" alt="x"><figcaption>A corridor on 1 May from 1 am</figcaption></figure>
<p>The United Nations was not consulted &mdash; it said so.<br>Its trucks are ready.</p></div>
<aside><h3>Related</h3><p>A pause in Gaza was announced from 6 am to 1 pm on 4 November.</p></aside>
<div id="comments"><p>Great! On 5 November the pause will hold from 10 am to 11 am.</p></div>
</div><footer>Copyright. Pause from 2 pm to 3 pm on 4 November.</footer></body></html>"""
ARTICLE = """Guns to fall silent in Aleppo

By our correspondent, 2 November 2016

The Russian Defence Ministry announced a humanitarian pause in Aleppo on 4 November from 9 am to 7 pm.

- six corridors are open to civilians
- two corridors are open to fighters

The United Nations was not consulted — it said so.
Its trucks are ready.
"""  # noqa: E501


def page(body, head=""):
    return f"<html><head>{head}</head><body>{body}</body></html>"


def test_a_page_is_read_as_its_article():
    assert article_of(WIRE, "wire.html") == ARTICLE


def test_quotes_and_offsets_count_in_the_article(tmp_path):
    path = tmp_path / "wire.html"
    path.write_text(WIRE, "utf-8")
    declaration = read_file(path)
    assert [(w.start.isoformat(), w.end.isoformat()) for w in declaration.windows] == [
        ("2016-11-04T09:00:00", "2016-11-04T19:00:00")
    ]
    assert declaration.announced_on.isoformat() == "2016-11-02"
    assert (declaration.corridors.total, declaration.corridors.armed) == (8, 2)
    for evidence in declaration.evidence.values():
        assert ARTICLE[evidence.start : evidence.end] == evidence.quote
    assert declaration.text_sha256 == hashlib.sha256(ARTICLE.encode()).hexdigest()
    (remark,) = [remark for remark in declaration.remarks if "saved page" in remark]
    assert hashlib.sha256(path.read_bytes()).hexdigest() in remark


def test_a_page_is_known_by_its_first_tag_or_its_name():
    assert is_page(WIRE)
    assert is_page("\ufeff <!-- saved from url=(1)http://x -->\n<HTML>\n")
    assert is_page('<?xml version="1.0"?>\n<!DOCTYPE html>')
    assert is_page("<p>A pause</p>", "notice.HTM")
    assert not is_page("A pause from 9 am <b>sharp</b>")
    assert not is_page("2 November 2016. A pause.", "notice.html")
    assert not is_page("<htmlish")


def test_pasted_pages_are_read_alike():
    assert read(WIRE).windows == read(ARTICLE).windows


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("windows-1256", "windows-1256"), ("utf-8", "utf-8"), ("utf-16", "utf-16")],
)
def test_the_encoding_that_a_page_names_is_taken(encoding, declared):
    words = "هدنة إنسانية في حلب"
    text = page(f'<div dir="rtl"><p>{words} &#1608;&quot;x&quot;</p></div>',
                f'<meta charset="{declared}">')  # fmt: skip
    assert f'{words} و"x"' in take(text.encode(encoding), "page").text


def test_what_a_page_calls_latin_1_is_windows_1252():
    head = '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">'
    data = page("<p>A “pause” in Aleppo</p>", head).encode("cp1252")
    assert declared_encoding(data) == "iso-8859-1"
    assert take(data, "page").text == "A “pause” in Aleppo\n"


@pytest.mark.parametrize("name", ["no-such", "punycode", "unicode_escape", "rot13", "utf-7", "hex"])
def test_an_encoding_that_is_none_of_a_page_s_is_not_believed(name):
    head = f'<meta charset="{name}">'
    assert take(page("<p>A pause</p>", head).encode(), "page").text == "A pause\n"
    began = time.process_time()
    with pytest.raises(InputError, match="nor in an encoding"):
        take(page("<p>\x81-" + "99" * 100_000, head).encode("latin-1"), "page")
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        ("<title>A pause - The News</title>", "<p>Words of it.</p>", "A pause\n\nWords of it.\n"),
        ('<meta property="og:title" content="Own title">', "<p>Words.</p>",
         "Own title\n\nWords.\n"),
        ("", "<p>a<br>b<br/>c</p><p></p><div>d <i>e</i>f</div>", "a\nb\nc\n\nd ef\n"),
        ("", "<table><tr><th>Start<td>09:00<tr><th>End<td>19:00</table>",
         "Start: 09:00\nEnd: 19:00\n"),
        ("", "<table><tr><th>Day<th>From<th>To<tr><td>4 May<td>9:00<td>19:00</table>",
         "Day: From, To\n4 May: 9:00, 19:00\n"),
        ("", "<p>One.<br><br>Two.<br>Three.</p>", "One.\n\nTwo.\nThree.\n"),
        ("", "<table><tr><td><a>Home</a><br><td><b>Title</b><br><br>Words.<br>More.</table>",
         "Title\n\nWords.\nMore.\n"),
        ("", f"<article><p>{'Much. ' * 50}</p><ul><li>Last.</ul></article><p>Other.</p>",
         f"{('Much. ' * 50).strip()}\n\n- Last.\n"),
        ("", "<h1>T</h1><p>One &lt;b&gt; &amp; two</p>", "T\n\nOne <b> & two\n"),
        ('<meta property="article:published_time" content="2016-11-02T10:00:00Z">',
         "<h1>T</h1><p>Words.</p>", "T\n\n2016-11-02\n\nWords.\n"),
        ("", '<span class="date">2 May 2017</span><h1>T</h1><div><p>' + "A story. " * 20,
         "T\n\n2 May 2017\n\n" + ("A story. " * 20).strip() + "\n"),
        ("", "<form><p>All of it in a form.</p></form>", "All of it in a form.\n"),
        ("", '<p style="display: none">hidden</p><p hidden>h</p><p>shown</p>', "shown\n"),
        ("", "<pre>one\n  two</pre>", "one\ntwo\n"),
        ("", '<div class="comments-wrapper"><h1>T</h1><p>Words.</p></div>', "T\n\nWords.\n"),
    ],
    ids=range(15),
)  # fmt: skip
def test_parts_of_pages(head, body, text):
    assert article_of(page(body, head), "page") == text


@pytest.mark.parametrize(
    ("name", "kept"),
    [("relatedPosts", False), ("post-comments", False), ("commentlist", False), ("sideBar", False),
     ("tag-list", False), ("socialShare", False), ("post tag-syria", True), ("pause", True),
     ("elementor-widget elementor-widget-text", True), ("loads", True)],
)  # fmt: skip
def test_parts_are_left_out_by_the_names_that_pages_give_them(name, kept):
    story = "<p>" + "The ministry said that a humanitarian pause will be kept. " * 5 + "</p>"
    body = f"<article><h1>T</h1>{story}<div class='{name}'><p>A part.</p></div></article>"
    assert ("A part." in article_of(page(body), "page")) == kept


def test_other_stories_on_the_page_are_left_out():
    story = "<p>" + "The ministry said that a humanitarian pause will be kept. " * 5 + "</p>"
    other = "<li><a href=/x>A pause in Homs</a> from 6 am</li>"
    body = (
        f"<ul>{other * 3}</ul><article><h1>T</h1>{story * 3}</article>"
        f"<section class=more>{'<p>A pause elsewhere from 6 am to 8 am.</p>' * 2}</section>"
    )
    article = article_of(page(body), "page")
    assert article.startswith("T\n")
    assert "6 am" not in article


@pytest.mark.parametrize(
    "text",
    [page(""), page("<script>a()</script>"), "<!doctype html>", "<html>",
     page('<nav><a href="/">Home</a></nav>'), page("<div id=root></div><noscript>On</noscript>")],
    ids=range(6),
)  # fmt: skip
def test_a_page_without_an_article_is_refused(text):
    with pytest.raises(InputError) as raised:
        read(text, name="page.html")
    assert str(raised.value).startswith("page.html: is a page without an article.")


def test_a_page_that_announces_nothing_says_so():
    with pytest.raises(NothingAnnounced):
        read(page("<h1>Weather</h1><p>It will rain on Friday from 9 am to 7 pm.</p>"))


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<p>", "<span>a", "<b><i>", "<table><tr><td>a", "<ul><li>a", "<a href=x>a", "<!--",
     "&amp;&#1;", "<", "<p>a</p>", "<div class=comments>", "<p class='date'>a", "</p>", "<![CDATA[",
     "<script>", "<h1>a</h1>", "\0<p>a", "<br>", "a <p hidden>"],
)  # fmt: skip
def test_pages_made_to_be_slow_are_quick(unit):
    text = "<html><body><p>The army announced a pause.</p>" + unit * (400_000 // len(unit))
    began = time.process_time()
    try:
        article_of(text, "page")
    except InputError as error:
        assert "page" in str(error)  # noqa: PT017
    assert time.process_time() - began < 4


TAGS = (
    "p", "/p", "/div", "a", "/a", "h1", "/h1", "br", "td", "tr", "table", "/table", "ul", "li",
    "article", "/article", "aside", "/aside", "div class=date", "div class=comments", "p hidden",
    "pre", "title", "body hidden", "/html",
)  # fmt: skip
PARTS = (*(f"<{tag}>" for tag in TAGS), "<!--", "-->", "&nbsp;")


@given(st.lists(st.sampled_from(PARTS) | st.text(max_size=20), max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_page_gives_an_article_or_says_that_it_has_none(parts):
    text = f"<html{' hidden' * (len(parts) % 2)}>" + "".join(parts)
    try:
        article = take(text, "page").text
    except InputError as error:
        assert "page" in str(error)  # noqa: PT017
    else:
        assert article == article.strip() + "\n"
        assert "\n\n\n" not in article
