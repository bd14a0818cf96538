"""Time `safepassage publish` from the command to the last file, as a person waits for it.

    python benchmarks/bench_publish.py [CASE ...] [--repeat 3]

Each run is a process of its own and plans anew; kernels were compiled before. Aim: under 30 s
with every PDF, in English and Arabic. A second row tells it of a plan that was made before.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from table import kept

AIM_S = 30.0
COLUMNS = ("case", "way", "median_s", "most_s", "files", "pdfs", "mb", "missed")


def timed(*words: str) -> float:
    """Run the program, and give the seconds that it took."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "safepassage", *words], check=True, capture_output=True)
    return time.perf_counter() - start


def row(case: str, way: str, words: tuple[str, ...], repeat: int, to: Path) -> dict[str, object]:
    """Time one way of publishing."""
    took = []
    for _ in range(repeat):
        shutil.rmtree(to, ignore_errors=True)
        took.append(timed("publish", case, "--to", str(to), *words))
    files = [path for path in to.rglob("*") if path.is_file()]
    return {
        "case": Path(case).name, "way": way, "median_s": round(median(took), 1),
        "most_s": round(max(took), 1), "files": len(files),
        "pdfs": sum(path.suffix == ".pdf" for path in files),
        "mb": round(sum(path.stat().st_size for path in files) / 1e6, 1),
        "missed": "" if max(took) < AIM_S else f"over {AIM_S:.0f} s",
    }  # fmt: skip


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("cases", nargs="*", default=["aleppo-2016-11-04"], metavar="CASE")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--csv", type=Path, help="write the figures to this file as well")
    options = parser.parse_args()
    rows = []
    for case in options.cases:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            timed("plan", case, "--to", str(folder / "plan"))  # compiles
            for way, words in (("planned anew", ()), ("of a plan", ("--plan", f"{folder}/plan")),
                               ("no PDF", ("--no-pdf",))):  # fmt: skip
                rows.append(row(case, way, words, options.repeat, folder / "out"))
                print("  ".join(f"{key} {value}" for key, value in rows[-1].items() if value != ""))
    return kept(rows, COLUMNS, options.csv, lambda row: f"{row['case']}, {row['way']}")


if __name__ == "__main__":
    sys.exit(main())
