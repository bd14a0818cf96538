from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_soak_of_the_server_runs_at_a_tenth_and_tells_what_it_found(tmp_path, aleppo_plan):
    plan, table = tmp_path / "plan.json", tmp_path / "soak.csv"
    plan.write_text(json.dumps(aleppo_plan.as_json()), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "soak_server.py", "--seconds", "4", "--watchers",
         "20", "--share", "0.1", "--kills", "4", "--plan", plan, "--csv", table],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert table.exists(), done.stderr  # how quick it is, is for a quiet machine to say
    with table.open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert int(row["stored"]) == int(row["acknowledged"]) > 700
    assert int(row["news_fewest"]) >= 2
    assert (row["refused"], row["kill_lost"], row["kill_doubled"]) == ("0", "0", "0")
    assert (row["kills"], row["chain_whole"]) == ("4", "True")
    assert int(row["kill_stored"]) >= int(row["kill_acknowledged"]) > 0
