"""Every command and code block of the docs and of the README is run, or taken by the parser."""

from __future__ import annotations

import importlib
import re
import tomllib

import pytest

from docs.code_blocks import Reader, blocks_of, commands_in, pages, parsed, says
from docs.given import stands_for
from docs.papers import ROOT
from safepassage.cli.app import app

PAGES = pages()
BLOCKS = [block for page in PAGES for block in blocks_of(page)]
LANGUAGES = {"sh", "python", "toml", "csv", "json", "text", "txt"}
NOT_RUN = 20
"""Blocks that no test runs at all: a network, a server, a terminal. No more without a thought."""


@pytest.fixture(scope="module", autouse=True)
def _planned_once(aleppo_plan):
    """Plan and forecast each case once for all pages: the same case gives the same plan."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name in (("plan.make", "make_plan"), ("forecast.make", "forecast_if_quick")):
            home = importlib.import_module(f"safepassage.{module}")
            known = (
                {_key(aleppo_plan.case.id, {}): (None, aleppo_plan)} if name == "make_plan" else {}
            )
            patch.setattr(home, name, _once(getattr(home, name), known))
        yield


def _once(function, kept):
    def answered(first, **more):
        key = _key(first, more)
        if key not in kept:
            kept[key] = (first, function(first, **more))  # held, so that its id stays its own
        return kept[key][1]

    return answered


def _key(first, more):
    """Tell questions apart; an option that is off, or tells how far it is, makes no other one."""
    return repr((_asked(first), sorted((key, each) for key, each in more.items()
                                       if each and key != "progress")))  # fmt: skip


def _asked(first):
    """Tell a case by all that it holds and by the files that were read for it; a plan by itself."""
    from safepassage.case import LoadedCase, load_case

    if isinstance(first, str):
        first = load_case(first)
    if isinstance(first, LoadedCase):
        return first.case, first.folder, first.inputs
    return id(first)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_does_what_it_says(page, tmp_path, monkeypatch):
    if not any(block.language for block in BLOCKS if block.page == page):
        pytest.skip("no block on it")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    faults = list(Reader(page, tmp_path, stands_for(page, tmp_path)).read())
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize(
    "block", [each for each in BLOCKS if each.language in {"sh", "bash"}],
    ids=lambda block: f"{block.page}:{block.line}",
)  # fmt: skip
def test_every_command_is_one_that_the_program_takes(block):
    lines = commands_in(block.code)
    assert lines
    for line in lines:
        parsed(line)


def test_commands_listed_in_a_block_of_text_are_commands():
    named = {
        line.split()[1] for block in BLOCKS if block.language == "text"
        for line in block.code.splitlines() if line.startswith("safepassage ")
    }  # fmt: skip
    assert {"cases", "read", "estimate", "plan"} <= named
    assert named <= set(app)


def test_python_that_waits_is_python():
    for block in BLOCKS:
        if block.language == "python" and block.waits:
            compile(block.code, block.page, "exec")
        if block.language == "toml" and block.waits:
            tomllib.loads(block.code)


def test_every_block_says_its_language_and_every_mark_why():
    for block in BLOCKS:
        where = f"{block.page}:{block.line}"
        assert block.language in LANGUAGES, where
        for mark, why in block.marks.items():
            assert mark == "exit" or len(why) > 10, where
            assert mark != "run by" or (ROOT / why).is_file(), where


def test_commands_are_fenced():
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        assert not re.search(r"^ {4}safepassage ", text, re.MULTILINE), page


def test_few_blocks_are_never_run():
    marked = [block for block in BLOCKS if "not run" in block.marks]
    assert len(marked) <= NOT_RUN, [f"{each.page}:{each.line}" for each in marked]


@pytest.mark.parametrize(
    ("told", "missing"),
    [
        ("a b", ""), ("a", "[the end] b"), ("a b c", "a b c"), ("… b", ""), ("a …", ""),
        ("b …", "b"), ("… b a", "b a"),
        ("…\nb\n", ""), ("a … b", ""), ("… c …", "c"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_left_out_and_nothing_else(told, missing):
    assert says(told, "a\n  b\n") == missing
