"""Time what `safepassage ask` takes: every change and the best pairs, each solved whole.

    python benchmarks/bench_ask.py [--coquimbo coquimbo.zip] [--csv FILE]

Aleppo always; La Serena and Coquimbo where AequilibraE's model is installed
(docs/examples-coquimbo.md), as the page has it, where streets bind, and with 40 people a
minute at each crossing, where crossings do. Kernels are compiled before. Seconds of the
processor stand beside those of the clock, which other work on the machine lengthens. Aims:
Aleppo 10 s in all; Coquimbo 3 minutes where crossings bind.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from safepassage import ask

ROOT = Path(__file__).resolve().parents[1]
ALEPPO = "aleppo-2016-11-04"
PAGE = ROOT / "docs" / "examples-coquimbo.md"
FEW_PER_MIN = 40


def coquimbo() -> Path | None:
    """Find the model that AequilibraE ships, if it is installed."""
    found = find_spec("aequilibrae")
    folders = [*(found.submodule_search_locations or [] if found else [])]
    folders.append(str(ROOT / ".venv" / "data" / "aequilibrae"))
    paths = [Path(folder) / "reference_files" / "coquimbo.zip" for folder in folders]
    return next((path for path in paths if path.is_file()), None)


def lay_out(model: Path, folder: Path, *, per_min: int | None = None) -> str:
    """Make the case of the page in a folder; ``per_min`` at each crossing, if given."""
    page = PAGE.read_text(encoding="utf-8")
    for name, kind in (("prepare.py", "python"), ("case.toml", "toml")):
        (text,) = re.findall(rf"^```{kind} {name}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
        if per_min is not None:
            text = re.sub(r"(people_per_min_per_lane = ).*", rf"\g<1>{per_min}", text)
        (folder / name).write_text(text, encoding="utf-8")
    subprocess.run(
        [sys.executable, str(folder / "prepare.py"), str(model), str(folder)], check=True
    )
    return str(folder)


def measure(name: str, case: str) -> dict[str, Any]:
    """Ask once; give the time taken and what was found."""
    start, work = time.perf_counter(), time.process_time()
    worth = ask(case)
    seconds, cpu = time.perf_counter() - start, time.process_time() - work
    best = max(worth.gains, key=lambda gain: gain.people_gained.best)
    row = {
        "case": name, "changes": len(worth.gains), "out": worth.out.best,
        "most_gained": best.people_gained.best, "cores": os.cpu_count(),
        "seconds": round(seconds, 1), "cpu_seconds": round(cpu, 1),
    }  # fmt: skip
    print("  ".join(f"{key} {value}" for key, value in row.items()), flush=True)
    return row


def main() -> None:
    """Measure, print, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coquimbo", type=Path, default=None)
    parser.add_argument("--csv", type=Path, default=None)
    asked = parser.parse_args()
    model = asked.coquimbo or coquimbo()
    ask(ALEPPO)  # compiles
    rows = [measure("Aleppo", ALEPPO)]
    if model is None:
        print("Coquimbo is left out: its data is not installed (docs/examples-coquimbo.md).")
    else:
        for name, per_min in (
            ("Coquimbo, crossings bind", FEW_PER_MIN), ("Coquimbo, streets bind", None),
        ):  # fmt: skip
            with tempfile.TemporaryDirectory() as folder:
                rows.append(measure(name, lay_out(model, Path(folder), per_min=per_min)))
    if asked.csv:
        with asked.csv.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, list(rows[0]))
            table.writeheader()
            table.writerows(rows)


if __name__ == "__main__":
    main()
