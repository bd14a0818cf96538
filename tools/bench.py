"""Run every benchmark and keep its table: ``benchmarks/bench_NAME.py`` → ``out/bench/NAME.csv``.

With ``--kind soak``, every soak instead: ``benchmarks/soak_NAME.py`` → ``out/soak/NAME.csv``.

A benchmark is a script that tells people what it finds and, given ``--csv FILE``,
writes the same as a table with a head line. ``out/bench/machine.csv`` says what it
was run on. A failed benchmark leaves no table and fails the run.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def cpu() -> str:
    """Name the processor as the kernel does."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
                platform.processor())  # fmt: skip


def release(package: str) -> str:
    """Tell the version of an installed package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def machine() -> list[tuple[str, str]]:
    """Say what the figures were measured on, and with what."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    packages = ("safepassage", "numba", "numpy", "scipy", "osmium")
    return [
        ("measured_at", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())),
        ("commit", commit),
        ("cpu", cpu()),
        ("cores", str(os.cpu_count())),
        ("system", platform.platform()),
        ("python", platform.python_version()),
        *((name, release(name)) for name in packages),
    ]


def is_table(path: Path) -> bool:
    """Tell whether a file holds a head line and rows of as many fields."""
    if not path.is_file():
        return False
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return len(rows) > 1 and len({len(row) for row in rows}) == 1


def run(script: Path, folder: Path) -> bool:
    """Run one benchmark and keep its table. Tell whether it worked."""
    name = script.stem.partition("_")[2]
    table, beside = folder / f"{name}.csv", folder / f".{name}.csv.new"
    print(f"==> {name}", flush=True)
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(script), "--csv", str(beside)], cwd=ROOT, check=False
    )
    took = time.perf_counter() - start
    if done.returncode != 0 or not is_table(beside):
        why = f"exit {done.returncode}" if done.returncode else "no table written"
        print(f"*** {name}: {why}", file=sys.stderr)
        for path in (table, beside):
            path.unlink(missing_ok=True)
        return False
    beside.replace(table)
    print(f"    {took:.1f} s, kept in {table}")
    return True


def main() -> int:
    """Run the benchmarks whose names hold one of the given words, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "words", nargs="*", help="run only benchmarks whose names hold one of these"
    )
    parser.add_argument("--from", dest="source", type=Path, default=ROOT / "benchmarks")
    parser.add_argument("--kind", choices=("bench", "soak"), default="bench")
    parser.add_argument("--to", dest="folder", type=Path)
    given = parser.parse_args()
    folder = given.folder or ROOT / "out" / given.kind
    scripts = [
        script
        for script in sorted(given.source.glob(f"{given.kind}_*.py"))
        if not given.words or any(word in script.stem for word in given.words)
    ]
    if not scripts:
        print(f"*** no benchmark of that name in {given.source}", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "machine.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("what", "value"), *machine()])
    worked = [run(script, folder) for script in scripts]
    return 0 if all(worked) else 1


if __name__ == "__main__":
    sys.exit(main())
