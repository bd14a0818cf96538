"""Run the tests that can go on for longer at their full length.

    python benchmarks/soak_tests.py

Tests that take a length from ``tests/lengths.py`` are brief with every change: fewer random towns,
texts and attacks. Here each of their files is run with ``SAFEPASSAGE_SOAK=1``.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def files() -> list[Path]:
    """Find the tests that take a length."""
    return sorted(
        path
        for path in (ROOT / "tests").rglob("test_*.py")
        if "from lengths import" in path.read_text(encoding="utf-8")
    )


def run(path: Path) -> dict[str, object]:
    """Run a file at its full length."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(path)], cwd=ROOT, check=False, text=True,
        env={**os.environ, "SAFEPASSAGE_SOAK": "1"}, capture_output=True,
    )  # fmt: skip
    told = done.stdout.strip().rpartition("\n")[2]
    counts = {what: int(n) for n, what in re.findall(r"(\d+) (passed|failed|error)", told)}
    if done.returncode:
        print(done.stdout[-4000:], file=sys.stderr)
    return {
        "file": str(path.relative_to(ROOT)), "passed": counts.get("passed", 0),
        "failed": counts.get("failed", 0) + counts.get("error", 0),
        "seconds": round(time.monotonic() - began), "good": done.returncode == 0,
    }  # fmt: skip


def main() -> int:
    """Run them all, and give 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--csv", type=Path)
    asked = parser.parse_args()
    rows = []
    for path in files():
        rows.append(run(path))
        print(*rows[-1].values(), sep="  ", flush=True)
    if asked.csv:
        with asked.csv.open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, rows[0])
            table.writeheader()
            table.writerows(rows)
    return 0 if all(row["good"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
