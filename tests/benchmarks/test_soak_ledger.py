from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_soak_of_the_ledger_runs_and_tells_what_it_found(tmp_path):
    table = tmp_path / "soak.csv"
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "soak_ledger.py", "--kills", "4", "--clients", "2",
         "--csv", table],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with table.open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["lost"], row["doubled"], row["chain_whole"]) == ("0", "0", "True")
    assert int(row["stored"]) >= int(row["acknowledged"]) > 0
