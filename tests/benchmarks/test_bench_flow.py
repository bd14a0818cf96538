"""The benchmark judges honestly: what is missed is said, what contradicts ends the run."""

import csv
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import bench_flow
import pytest
from bench_flow import COLUMNS, asked, behind, contradictions, missed, target

ROOT = Path(__file__).parents[2]


def row(**figures):
    return dict.fromkeys(COLUMNS, "") | {"seconds": "0.900", "gb": "0.55"} | figures


def test_targets_are_those_promised():
    assert target(5_000, 1_000) == bench_flow.Target(1.0, None, 1.0)
    assert target(20_000, 40) == bench_flow.Target(1.0, 0.6, 20.0)
    assert target(20_000, 200) == bench_flow.Target(10.0, 1.0, 1.0)
    assert target(70_000, 400) == bench_flow.Target(60.0, 3.0, 1.0)
    assert target(1_000, 40).seconds is None


def test_what_holds_is_not_missed():
    fast = row(ortools_ratio="25.1", ccrp_ratio="1.01")
    assert missed(fast, target(20_000, 40)) == []


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        ({"seconds": "1.000"}, "1.000 s is not under 1"),
        ({"gb": "0.61"}, "0.61 GB is not under 0.6"),
        ({"ortools_ratio": "19.9"}, "OR-Tools 19.9 × ours, not 20"),
        ({"ccrp_ratio": "1"}, "CCRP 1 × ours, not more than 1"),
        ({"seconds": "", "gb": ""}, "no answer"),
    ],
)
def test_each_promise_can_be_missed(figures, why):
    assert missed(row(**figures), target(20_000, 40)) == [why]


def test_a_promise_on_nothing_measured_is_not_judged():
    assert missed(row(), target(1_000, 40)) == []


def test_behind_tells_the_worst_minute():
    assert behind([5, 5, 5, 5], [5, 1, 4, 10]) == (5, 2, pytest.approx(100 * 5 / 15))
    assert behind([5, 5], [5, 5]) == (0, 0, 0.0)


def test_ahead_at_one_minute_outweighs_behind_at_all_others():
    assert behind([0, 10, 10], [1, 0, 0])[:2] == (-1, 0)


OURS = {"seconds": 1.0, "out": 20, "arrivals": [10, 10]}


@pytest.mark.parametrize(
    ("way", "found", "word"),
    [
        ("ortools", {"out": 21}, "OR-Tools moves 21 people, the engine 20"),
        ("static", {"out": 19}, "the static bound is 19"),
        (
            "ccrp",
            {"out": 18, "arrivals": [11, 7]},
            "CCRP is ahead of the engine by minute 0",
        ),
    ],
)
def test_answers_that_cannot_both_be_right_are_told(way, found, word):
    assert word in contradictions(way, found, OURS)[0]


@pytest.mark.parametrize(
    ("way", "found"),
    [
        ("ours", OURS),
        ("ortools", {"out": 20}),
        ("static", {"out": 20}),
        ("ccrp", {"out": 20, "arrivals": [9, 11]}),
    ],
)
def test_answers_that_agree_are_no_contradiction(way, found):
    assert contradictions(way, found, OURS) == []


def test_what_takes_minutes_is_left_to_all():
    assert asked("ortools", 5_000, everything=False) == ""
    assert asked("ortools", 20_000, everything=False) == "only with --all"
    assert asked("ortools", 20_000, everything=True) == ""
    assert asked("ortools", 70_000, everything=True) == "not asked above 20,000 nodes"
    assert asked("ccrp", 70_000, everything=False) == ""
    assert asked("ours", 70_000, everything=False) == ""


def test_nothing_hangs():
    assert bench_flow.ask("static", 100, 40, 0.01) == {"left_out": "no answer after 0 s"}


def test_a_child_that_fails_is_told_and_ends_in_an_error(monkeypatch, capfd):
    found = bench_flow.ask("no such way", 100, 40, 60)
    assert found == {"left_out": "failed (exit 1)", "failed": True}
    monkeypatch.setattr(bench_flow, "ask", lambda *_: dict(found))
    line, wrong = bench_flow.measured(100, 40, everything=False, limit=1)
    assert line["met"] == "no"
    assert "no answer" in line["missed"]
    assert "100 nodes, 40 a minute: safepassage failed (exit 1)" in wrong
    capfd.readouterr()


@pytest.mark.slow
def test_a_whole_run(tmp_path):
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "bench_flow.py", "--csv", tmp_path / ".new",
         "--nodes", "100", "--per-min", "40", "--limit", "100"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with (tmp_path / ".new").open(encoding="utf-8", newline="") as file:
        (line,) = csv.DictReader(file)
    assert line["nodes"] == "100"
    assert float(line["seconds"]) > 0
    assert 0.05 < float(line["gb"]) < 2  # an interpreter with its libraries, in gigabytes
    assert int(line["out_by_the_end"]) <= int(line["static_bound"])
    assert int(line["ccrp_most_behind"]) >= 0
    assert float(line["ortools_ratio"]) > 0
    assert line["left_out"] == ""
    assert line["met"] == ("no" if line["missed"] else "yes")
    svg = ET.parse(tmp_path / "flow-cost.svg").getroot()  # noqa: S314 - ours
    assert len(svg.findall(".//{*}polyline")) == 5
    assert "| 100, " in done.stdout
