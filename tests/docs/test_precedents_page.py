"""docs/precedents.md has the codebook and the precedents as they are, and commands that work."""

import pytest

from docs.papers import blocks, text, tool
from safepassage.forecast.precedents import load_precedents, read_precedents

TOOL = tool("precedents_page.py")


def test_the_tables_are_those_of_the_codebook_and_of_the_precedents():
    page = text("precedents.md")
    assert TOOL["page"](page) == page, "run tools/precedents_page.py"
    for row in load_precedents():
        assert f"| `{row.id}` |" in page


def test_a_table_that_is_out_of_date_is_seen():
    page = text("precedents.md")
    assert TOOL["page"](page.replace("| `homs_oldcity_2014` |", "| `gone` |")) == page


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (content,) = blocks("precedents.md", "csv", "our-pauses.csv")
    (tmp_path / "our-pauses.csv").write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_table_of_ones_own_is_read(folder):
    (row,) = read_precedents((folder / "our-pauses.csv").read_bytes(), "our-pauses.csv")
    assert row.share is not None
    assert row.pooled
