"""The forecast is scored beside plain ways, ensembles are timed, and what falls short is named."""

import csv
import sys

import bench_forecast as bench
import bench_simulate
import numpy as np
import pytest

from safepassage.forecast.left_out import BASELINES, left_out
from safepassage.forecast.precedents import load_precedents

ROWS = load_precedents().pooled()


@pytest.fixture(scope="module")
def scored():
    return bench.scored()


def test_ours_and_the_baselines_are_scored_by_row_and_by_place(scored):
    for by in ("row", "place"):
        found = {row["what"]: row for row in scored if row["left_out_by"] == by}
        assert found[bench.OURS]["crps"] == left_out(ROWS, by=by).crps
        for name, model in BASELINES.items():
            assert found[name]["crps"] == left_out(ROWS, model, by=by).crps
            assert found[name]["behind"] == pytest.approx(
                found[name]["crps"] - found[bench.OURS]["crps"]
            )
            assert found[name]["behind_low"] < found[name]["behind"] < found[name]["behind_high"]
    assert all(set(row) <= set(bench.COLUMNS) and not row["missed"] for row in scored)


def test_what_was_tried_is_not_ours_and_leaves_ours_as_it_is(scored):
    tried = [row["crps"] for row in scored if row["what"].startswith("tried")]
    assert len(tried) == 6
    assert left_out(ROWS).crps not in tried
    assert left_out(ROWS).crps == scored[0]["crps"]


def test_size_that_does_not_count_changes_nothing(monkeypatch):
    monkeypatch.setattr(bench, "SIZE_COUNTS", 0.0)
    assert bench.by_size(ROWS, "row").crps == pytest.approx(left_out(ROWS).crps)


def test_behind_is_the_mean_with_an_interval_around_it():
    middle, low, high = bench.behind(np.zeros(50), np.arange(50) / 50)
    assert middle == pytest.approx(0.49)
    assert low < middle < high
    assert bench.behind(np.ones(5), np.ones(5)) == (0, 0, 0)


def test_everybody_comes_where_that_is_asked_for():
    drawn = bench.everybody_comes().sample(np.random.default_rng(1), 100)
    assert (drawn > 0.999999).all()


def test_a_table_stands_for_scores_and_ensembles(tmp_path, monkeypatch, capsys, aleppo_plan):
    monkeypatch.setattr(bench, "make_plan", {bench.ALEPPO: aleppo_plan}.__getitem__)
    monkeypatch.setattr(bench, "coquimbo", lambda: None)
    monkeypatch.delenv("SAFEPASSAGE_COQUIMBO", raising=False)
    monkeypatch.setitem(bench.SIZES, "streets bind", bench_simulate.Size(400, 10_000, 120, 40))
    table = tmp_path / "forecast.csv"
    monkeypatch.setattr(sys, "argv", ["bench", "-n", "6", "--csv", str(table)])
    assert bench.main() == 0
    with table.open(encoding="utf-8") as file:
        *_, aleppo, grid = csv.DictReader(file)
    assert (aleppo["what"], aleppo["replications"], aleppo["minutes"]) == ("Aleppo", "6", "391")
    assert grid["people"] == "10000"
    assert 0 < float(grid["thousand_min"]) < bench.PROMISED_MIN
    out = capsys.readouterr().out
    assert "Coquimbo is left out" in out
    assert "| the model | 0.08" in out


def test_what_falls_short_is_named():
    assert bench.missed({"what": bench.OURS, "within_50": 0.5, "within_80": 0.7}) == [
        "70 % inside the 80 % interval"
    ]
    assert bench.missed({"what": "x", "behind": -0.01}) == ["a plain way is as good as ours"]
    assert bench.missed({"what": "x", "thousand_min": 10.5}) == [
        "1,000 take 10.5 min, not under 10"
    ]
