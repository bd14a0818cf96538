"""docs/plan.md names every key of plan.json and every reason; its commands run."""

import re

import pytest

from docs.papers import OURS, ROOT, blocks, tables, text
from safepassage import plan
from safepassage.plan.words import _REASONS

MORE = """
[options]
order = "farthest first"
[[corridors]]
id = "armed"
name = "Armed"
users = "armed"
position = { lat = 36.225, lon = 37.2 }
[[corridors]]
id = "somewhere"
name = "Announced, not located"
[[corridors]]
id = "with-rules"
name = "With rules"
people_per_min_per_lane = 5
position = { lat = 36.2, lon = 37.201 }
groups = ["riders"]
shares = [{ purpose = "aid in", people_per_min = 1 }]
onward = { minutes = 20, people_per_min = 30 }
reception = { people = 1000, people_per_min = 20 }
[[groups]]
id = "riders"
name = "Riders"
share = 0.1
means = "bus"
slowest = "walking-stick"
[[groups]]
id = "families"
name = "Families"
share = 0.9
speed_m_per_s = 0.8
[[shuttles]]
id = "bus"
name = "Bus"
corridor = "with-rules"
position = { lat = 36.2081, lon = 37.2 }
fleet = 2
seats = 40
ride_min = 8
[[consent]]
party = "A side"
status = "silent"
[[front_lines]]
name = "A line far off"
line = [[36.25, 37.25], [36.26, 37.25]]
not_cleared_m = 100
as_of = 2016-11-01
[[cleared]]
line = [[36.25, 37.25], [36.26, 37.25]]
by = "A team"
on = 2016-11-02
source = "its report"
[[corridors]]
id = "elsewhere"
name = "Announced, with a card and not located"
[corridors.go_stop]
stop = ["The duty officer"]
[[not_leaving]]
why = "chose to stay"
people = 3
source = "their neighbours"
[[assumptions]]
text = "People stand in the middle of their quarter."
[[notes]]
text = "An exercise."
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("three-quarters")
    for name in ("zones.csv", "links.csv"):
        (content,) = blocks("case.md", "csv", name)
        (folder / name).write_text(content, encoding="utf-8")
    case = blocks("case.md", "toml", "complete")[1]
    (folder / "case.toml").write_text(case + MORE, encoding="utf-8")
    return folder


def keys(value, path=""):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from keys(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for inner in value:
            yield from keys(inner, f"{path}[]")
    else:
        yield path


def test_every_key_of_the_document_is_in_the_table(folder):
    found = set(keys(plan(str(folder)).as_json()))
    found = {key for key in found if not any(other.startswith(f"{key}.") for other in found)}
    rows = [row["key"].strip("`") for row in tables("plan.md", "key", "meaning")]
    assert len(rows) == len(set(rows))
    assert set(rows) == found


def test_every_reason_is_told():
    rows = tables("plan.md", "reason", "meaning")
    assert {row["reason"].strip("`") for row in rows} == set(_REASONS)


def test_numbers_on_the_page_are_those_of_the_program(folder):
    options = plan(str(folder)).case.options
    page = " ".join(text("plan.md").split())
    for words in (
        f"a test movement, {options.confirm_and_test_min} minutes at the start",
        f"a gap of {options.gap_min} minutes before and after",
        f"within the setback of {options.setback_m:g} m",
        f"Departure slots are {options.slot_min} minutes long",
    ):
        assert words in page


@pytest.mark.parametrize("name", OURS)
def test_links_lead_somewhere(name):
    for link in re.findall(r"\]\(([^)#]+)[^)]*\)", text(name)):
        assert "://" in link or (ROOT / "docs" / link).exists(), link


@pytest.mark.parametrize("name", OURS)
def test_files_named_on_a_page_are_there(name):
    for path in re.findall(r"`((?:src|tests|benchmarks|docs|web)/[\w./-]*)`", text(name)):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"`((?:base|case|city|declaration|flow|plan|publish|cli)/[\w./]*)`",
                           text(name)):  # fmt: skip
        assert (ROOT / "src" / "safepassage" / path).exists(), path


def test_the_page_shows_no_host_and_no_path_of_a_machine():
    for name in OURS:
        assert not re.search(r"https?://|/work/|/home/|/tmp/", text(name)), name
