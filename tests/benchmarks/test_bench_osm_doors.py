"""The comparison of whole zones with their parts plans the same people both ways."""

import csv
import re
import sys

import bench_osm_doors as bench

from city.extracts import finnish_town


def test_the_table_is_of_two_different_plans_of_the_same_people(tmp_path, monkeypatch, capsys):
    finnish_town()
    table = tmp_path / "doors.csv"
    monkeypatch.setattr(sys, "argv", ["bench", "--doors", "2", "--csv", str(table)])
    bench.main()
    with table.open(encoding="utf-8") as file:
        rows = {row["curve"]: row for row in csv.DictReader(file)}
    assert tuple(rows) == bench.CURVES
    assert {row["out"] for row in rows.values()} == {"2000"}
    assert rows["optimum"]["person_minutes"] != rows["optimum"]["person_minutes_apart"]
    for split in ("person_minutes", "person_minutes_apart"):
        assert int(rows["schedule"][split]) <= int(rows["optimum"][split])
        assert int(rows["optimum"][split]) <= int(rows["ceiling"][split])
    said = capsys.readouterr().out
    zones, parts = map(int, re.search(r"(\d+) zones, (\d+) parts", said).groups())
    assert zones < parts <= 2 * zones
