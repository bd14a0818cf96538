"""docs/forecast.md has the scores, figures and keys as they are; what it shows works."""

import json
import re
import shlex
from dataclasses import asdict
from importlib.resources import files

import pytest

from docs.papers import ROOT, shell_lines, tables, text, tool
from plan.towns import line_town
from safepassage.cli import main
from safepassage.forecast import engines, left_out, make
from safepassage.forecast.behaviour import LARGEST_HOUSEHOLD, USUAL
from safepassage.forecast.codebook import CODES
from safepassage.forecast.conditions import UNLIKENESS
from safepassage.forecast.precedents import load_precedents
from safepassage.forecast.recipe import USUAL_TROUBLE
from safepassage.forecast.uptake import CHOSEN

TOOL = tool("forecast_page.py")
PAGE = text("forecast.md")
SAID = " ".join(PAGE.split())
SCHEMA = json.loads(
    (files("safepassage.base") / "schemas" / "forecast.schema.json").read_text("utf-8")
)
RANGES = ({"p10", "p50", "p90"}, {"p10", "p25", "p50", "p75", "p90"}, {"low", "best", "high"})


def keys(schema, path=""):
    """Go through the keys of a schema; quantiles of one thing are one key."""
    inner = schema.get("properties")
    if inner is None or set(inner) in RANGES:
        items = schema.get("items", {})
        yield from keys(items, f"{path}[]") if "properties" in items else [path]
        return
    for name, part in inner.items():
        if not (name in {"p50", "p90"} and "p10" in inner):
            yield from keys(part, f"{path}.{name}" if path else name)


def test_the_tables_are_those_of_the_program():
    assert TOOL["page"](PAGE) == PAGE, "run tools/forecast_page.py"


def test_every_key_of_the_document_is_in_the_table():
    rows = [row["key"].strip("`") for row in tables("forecast.md", "key", "meaning")]
    assert len(rows) == len(set(rows))
    assert set(rows) == set(keys(SCHEMA))


def test_what_conditions_count_is_told():
    rows = tables("forecast.md", "condition", "most", "scale")
    assert {r["condition"].strip("`"): (float(r["most"]), r["scale"]) for r in rows} == {
        each.condition: (each.most, ", ".join(CODES[each.condition])) for each in UNLIKENESS
    }


def test_what_is_assumed_of_people_and_incidents_is_told():
    rows = tables("forecast.md", "figure", "low", "best", "high", "what it is")
    told = {r["figure"].strip("`"): tuple(float(r[k]) for k in ("low", "best", "high"))
            for r in rows}  # fmt: skip
    assert told == {
        name: (number["low"], number["best"], number["high"])
        for figures in (USUAL, USUAL_TROUBLE)
        for name, number in _plain(figures).items()
    }
    assert LARGEST_HOUSEHOLD == 12
    assert "twelve at most" in SAID


def _plain(figures):
    return {
        name: number if isinstance(number, dict) else number.model_dump()
        for name, number in asdict(figures).items()
    }


def test_numbers_in_sentences_are_those_of_the_program():
    rows = load_precedents().pooled()
    outside = [e for e in left_out.left_out(rows).each if not e[2] <= e[1] <= e[4]]
    above = [e for e in outside if e[1] > e[4]]
    assert (len(outside), len(above), len(rows)) == (4, 3, 31)
    for words in (
        f"Each of the {len(rows)} pooled precedents was forecast from the {len(rows) - 1} others",
        f"Reach r = {CHOSEN.reach:g}, width h = {CHOSEN.width:g} and prior weight w(0) = ",
        f"w(0) = {CHOSEN.prior:g} were chosen from {len(left_out.GRID)} combinations",
        f"within {100 * (left_out._NEAR - 1):.0f} % of the least",
        "Three of the four that lie outside moved more people than forecast",
        f"a tenth of pauses should pass: {len(above)} of {len(rows)} did",
        f"events within {make._NEAR_M:,} m",
        f"one of {make._QUICK_REPLICATIONS} replications",
        f"up to {make._QUICK_CELLS:,} streets × minutes",
        "each batch of eight",
    ):
        assert words in SAID, words
    assert engines._BATCH == 8


def test_what_was_tried_is_told_as_the_table_has_it():
    found = {(row["way"], row["left out"]): row for row in tables(
        "forecast.md", "way", "left out", "CRPS", "log score", "in 50 %", "in 80 %",
        "CRPS behind the model",
    )}  # fmt: skip
    size, ours = (found[way, "one precedent"]["CRPS"]
                  for way in ("tried: size of the place as well", "the model"))  # fmt: skip
    assert f"gained nothing (CRPS {size} for {ours}" in SAID


def test_the_command_for_a_cluster_works(tmp_path):
    distributed = pytest.importorskip("distributed")
    (line,) = [each for each in shell_lines("forecast.md") if "--scheduler" in each]
    words = shlex.split(line.replace("CASE", line_town(tmp_path / "town")))[1:]
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=":0"
    ) as cluster:
        words[words.index("--scheduler") + 1] = cluster.scheduler_address
        assert main([*words, "-n", "16", "--to", str(tmp_path / "out")]) == 0


@pytest.mark.parametrize("path", re.findall(r"`((?:tests|forecast)/[\w./-]+\.py)`", PAGE))
def test_files_named_are_there(path):
    assert (ROOT / path).exists() or (ROOT / "src" / "safepassage" / path).exists()


def test_the_readme_shows_the_same_forecast():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (likely, best, span) = re.findall(
        r"what may happen: (.+) people past .+ possible: ([\d,]+) \((.+)\)\.", PAGE
    )[0]
    assert f" {likely} people (8 in 10) " in readme
    assert f" {best} people ({span}) " in readme
