"""The docs site: each page has its place, each link leads somewhere, nothing is from elsewhere.

What needs the site's builder runs where tests soak; `make docs` looks through all that it built.
"""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from datetime import UTC, datetime

import pytest
import yaml

from docs.papers import DOCS, ROOT, tool
from lengths import soaking
from publish.sample_plan import sample
from safepassage.publish.redaction import redacted

SITE = tool("docs_site.py")
PAGES = sorted(
    path.relative_to(DOCS).as_posix() for path in (*DOCS.glob("*.md"), *DOCS.glob("how-to/*.md"))
)
PICTURES = sorted(path.name for path in (DOCS / "pictures").iterdir())
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|!\[[^\]]*\]\([^)]*\))*\]\(([^)\s]+)\)")


def shown(page):
    """Give a page's text without its blocks of code."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(path):
    """Give what a page's headings are called in links, as the site and its host make them."""
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    found: list[str] = []
    for title in re.findall(r"^#+ +(.+?) *$", text, re.MULTILINE):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)
        name = unicodedata.normalize("NFC", plain).strip().lower()
        name = re.sub(r"[^\w\s-]", "", name).replace(" ", "-")
        found.append(name)
    return found


def named(nav):
    """Give the pages of a navigation, in order."""
    for each in nav:
        if isinstance(each, str):
            yield each
        else:
            for inner in each.values():
                yield from named([inner] if isinstance(inner, str) else inner)


def test_every_page_has_one_place():
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = re.sub(r"!!python\S+", "", config)
    places = list(named(yaml.safe_load(config)["nav"]))
    assert sorted(places) == sorted([*PAGES, *SITE["PAPERS"].values()])


@pytest.mark.parametrize("name", SITE["GENERATED"])
def test_a_page_that_is_made_is_not_stale(name):
    made = tool(SITE["GENERATED"][name])["page"]()
    assert (DOCS / name).read_text(encoding="utf-8") == made, SITE["GENERATED"][name]


def test_every_key_and_column_is_told():
    made = tool(SITE["GENERATED"]["data-dictionary.md"])
    assert made["untold"]() == []
    page = (DOCS / "data-dictionary.md").read_text(encoding="utf-8")
    heads = re.findall(r"^\| (?:key|column|layer) \|.*$", page, re.MULTILINE)
    assert len(heads) > 40
    assert all(head.endswith("| meaning |") for head in heads)


def leaves(value, path=""):
    """Go through the keys of a document, down to those that hold no others."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for inner in value:
            yield from leaves(inner, f"{path}[]")
    else:
        yield path


@pytest.mark.parametrize(("number", "level"), [(0, "public"), (1, "partners")])
def test_who_may_see_a_key_is_what_the_redaction_does(number, level):
    seen = tool(SITE["GENERATED"]["data-dictionary.md"])["seen"]
    plan, _ = sample()
    kept = set(leaves(redacted(plan, level, now=datetime(2030, 1, 1, tzinfo=UTC))))
    for key in set(leaves(plan)):
        actions = {each.split(", ")[number] for each in seen("plan", key).split(" or ")}
        assert (key in kept) == (actions != {"drop"}), key


@pytest.mark.parametrize("page", [*PAGES, "../README.md"])
def test_links_lead_somewhere(page):
    home = (DOCS / page).resolve().parent
    for link in _LINK.findall(shown(page)):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        target, _, anchor = link.partition("#")
        path = (home / target).resolve() if target else (DOCS / page).resolve()
        assert path.exists(), link
        assert not anchor or anchor in anchors(path), link


@pytest.mark.parametrize("page", [*PAGES, "../README.md"])
def test_pictures_are_there_and_said_in_words(page):
    for words, path in _IMAGE.findall(shown(page)):
        assert ((DOCS / page).resolve().parent / path).is_file(), path
        assert len(words) >= 15, path


def test_every_picture_is_in_the_gallery():
    gallery = (DOCS / "gallery.md").read_text(encoding="utf-8")
    shown_there = re.findall(r"\(pictures/([^)]+)\)", gallery)
    assert sorted(set(shown_there)) == PICTURES


def test_tools_that_the_gallery_names_are_there():
    gallery = (DOCS / "gallery.md").read_text(encoding="utf-8")
    tools = re.findall(r"`python ((?:tools|benchmarks)/\w+\.py)", gallery)
    assert len(tools) > 4
    assert all((ROOT / path).is_file() for path in tools)


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<script src="https://cdn.example/x.js"></script>', ["https://cdn.example/x.js"]),
        ('<link rel="stylesheet" href="//fonts.example/css">', ["//fonts.example/css"]),
        ('<link rel="preconnect" href="https://fonts.example">', ["https://fonts.example"]),
        ("<img alt='' src='http://a.example/p.png'>", ["http://a.example/p.png"]),
        ("a { background: url(https://a.example/p.png) }", ["https://a.example/p.png"]),
        ("@import 'https://a.example/x.css';", ["https://a.example/x.css"]),
        ('<a href="https://doi.example/10.1">', []),
        ('<link rel="canonical" href="https://us.example/">', []),
        ('<script src="assets/x.js"></script><img src="../p.png">', []),
        ('<img src="data:image/png;base64,AAAA">', []),
    ],
)  # fmt: skip
def test_what_a_page_loads_from_elsewhere_is_found(html, found):
    assert SITE["outward"](html) == found


def test_a_site_that_loads_from_elsewhere_is_refused_and_its_scripts_disarmed(tmp_path):
    scripts = tmp_path / "assets" / "javascripts"
    scripts.mkdir(parents=True)
    (scripts / "x.js").write_text('load("https://cdn.example/m.js","http://www.w3.org/2000/svg")')
    (tmp_path / "index.html").write_text('<script src="https://cdn.example/x.js"></script>')
    assert len(SITE["built"](tmp_path)) == 2
    SITE["disarm"](tmp_path)
    assert SITE["built"](tmp_path) == ["index.html loads https://cdn.example/x.js"]


def test_what_the_site_adds_loads_nothing():
    for path in (DOCS / "site").iterdir():
        assert SITE["outward"](path.read_text(encoding="utf-8")) == []


def test_pages_are_written_as_the_site_wants_them():
    text = "Go:\n- one\n- two\n\n```toml case.toml\n- no list\n```\n[all](../SECURITY.md)\n"
    ready = SITE["as_on_the_site"](text, depth=1)
    assert ready.startswith("Go:\n\n- one\n- two\n")
    assert '```toml title="case.toml"\n- no list\n```' in ready
    assert "[all](../security.md)" in ready


@pytest.mark.skipif(not soaking, reason="builds the site: `make soak`, or `make docs` by hand")
def test_the_site_is_built():
    pytest.importorskip("zensical", reason="tools/setup docs installs it")
    done = subprocess.run([sys.executable, ROOT / "tools" / "docs_site.py"], check=False)
    assert done.returncode == 0
    title = (ROOT / "out" / "docs" / "plan.html").read_text(encoding="utf-8")
    assert "<title>The plan: what is computed, and what its numbers mean" in title
