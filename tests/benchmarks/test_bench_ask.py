"""The benchmark of asking: a row for each case, and Coquimbo left out where it is not there."""

import csv
import sys

import bench_ask as bench

from city.coquimbo import coquimbo


def test_a_row_stands_for_aleppo(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(bench, "coquimbo", lambda: None)
    table = tmp_path / "ask.csv"
    monkeypatch.setattr(sys, "argv", ["bench", "--csv", str(table)])
    bench.main()
    with table.open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert row["case"] == "Aleppo"
    assert int(row["changes"]) > 20
    assert float(row["cpu_seconds"]) < 10
    assert "Coquimbo is left out" in capsys.readouterr().out


def test_coquimbo_is_laid_out_as_its_page_has_it(tmp_path):
    folder = bench.lay_out(coquimbo(), tmp_path, per_min=bench.FEW_PER_MIN)
    text = (tmp_path / "case.toml").read_text("utf-8")
    assert folder == str(tmp_path)
    assert text.count(f"people_per_min_per_lane = {bench.FEW_PER_MIN}\n") == 5
    assert (tmp_path / "zones.csv").is_file()
