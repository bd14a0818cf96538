"""Time earliest-arrival flows on street grids, beside what else could be asked.

    python benchmarks/bench_flow.py [FOLDER] [--csv FILE] [--all] [--nodes N ...] [--per-min N ...]

Each question is a street grid of ``instances.py`` with six crossings for so many people
a minute each, over ten hours of minutes. Beside the engine stand one OR-Tools max flow on
the network written out (people out by the end only), CCRP (a heuristic, ``ccrp.py``) and
a static flow repeated (a bound only, ``bounds.py``). Each is measured in a process of its
own with a time limit: wall time after compilation, the best of two where under ten
seconds and of five where under one, and the most memory that process held. The engine's
answer is checked by ``flow/verify.py`` after the clock has stopped. Without ``--all``
whatever takes minutes is left out.

Prints each figure as soon as it is there, then a table in Markdown. Writes the same to
``FOLDER/flow.csv`` (``out/bench`` if not named), or FILE, and a picture of it,
``flow-cost.svg``, beside. Ends with an error where answers contradict each other: OR-Tools
finds another total, CCRP is ahead at some minute, or a bound is below.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Any

from cost_picture import write_picture

ROOT = Path(__file__).resolve().parent.parent

STEPS = 599
"""Ten hours in minutes: columns 0 to 599."""

NODES = (1_000, 5_000, 20_000, 70_000)
PER_MIN = (40, 200, 400, 1_000)
BINDING = 40
"""People a minute at each crossing where crossings bind throughout."""

LIMIT_S = {False: 150, True: 1_200}
"""Time limit of one measurement, without and with ``--all`` [s]."""

UP_TO = {
    "ours": (70_000, 70_000),
    "static": (70_000, 70_000),
    "ccrp": (70_000, 70_000),
    "ccrp_over_steps": (1_000, 5_000),
    "ortools": (5_000, 20_000),
}
"""The largest question each way is asked, without and with ``--all`` [nodes]."""

NAMES = {
    "ours": "safepassage",
    "static": "static bound",
    "ccrp": "CCRP",
    "ccrp_over_steps": "CCRP over steps",
    "ortools": "OR-Tools max flow",
}

COLUMNS = (
    "nodes", "arcs", "zones", "people", "steps", "crossing_per_min", "out_by_the_end",
    "augmentations", "seconds", "gb",
    "ortools_build_seconds", "ortools_solve_seconds", "ortools_gb", "ortools_ratio",
    "ortools_solve_ratio",
    "ccrp_seconds", "ccrp_ratio", "ccrp_short", "ccrp_most_behind", "ccrp_minute",
    "ccrp_behind_percent", "ccrp_over_steps_seconds", "ccrp_over_steps_ratio",
    "ccrp_over_steps_short", "ccrp_over_steps_most_behind", "ccrp_over_steps_minute",
    "ccrp_over_steps_behind_percent",
    "static_seconds", "static_bound", "static_above_percent", "met", "missed", "left_out",
)  # fmt: skip

Row = dict[str, Any]


@dataclass(frozen=True)
class Target:
    """Hold what a question is to be answered in; None where nothing is promised."""

    seconds: float | None
    gb: float | None
    ortools_ratio: float


def target(nodes: int, per_min: int) -> Target:
    """Give what is promised for a question, by the size it was asked for."""
    binds = per_min == BINDING
    seconds, gb = {
        5_000: (1.0, None),
        20_000: (1.0, 0.6) if binds else (10.0, 1.0),
        70_000: (60.0, 3.0),
    }.get(nodes, (None, None))
    return Target(seconds, gb, 20.0 if binds else 1.0)


def missed(row: Row, goal: Target) -> list[str]:
    """List what a row promises and does not hold; what was not measured is not judged."""

    def above(column: str, most: float | None, unit: str) -> list[str]:
        if most is None or row[column] == "" or float(row[column]) < most:
            return []
        return [f"{row[column]} {unit} is not under {most:g}"]

    found = above("seconds", goal.seconds, "s") + above("gb", goal.gb, "GB")
    if row["seconds"] == "":
        found.append("no answer")
    if row["ortools_ratio"] and float(row["ortools_ratio"]) < goal.ortools_ratio:
        found.append(f"OR-Tools {row['ortools_ratio']} × ours, not {goal.ortools_ratio:g}")
    if row["ccrp_ratio"] and float(row["ccrp_ratio"]) <= 1:
        found.append(f"CCRP {row['ccrp_ratio']} × ours, not more than 1")
    return found


def behind(ours: list[int], theirs: list[int]) -> tuple[int, int, float]:
    """Say by how many people they are behind at most, at which minute, and in per cent.

    The number is below zero where they are ahead at some minute: then that is told.
    """
    pairs = list(zip(accumulate(ours), accumulate(theirs), strict=True))
    gaps = [mine - other for mine, other in pairs]
    worst = min(gaps) if min(gaps) < 0 else max(gaps)
    minute = gaps.index(worst)
    return worst, minute, 100 * worst / max(1, pairs[minute][0])


def ask(way: str, nodes: int, per_min: int, limit: float) -> dict[str, Any]:
    """Measure one way in a process of its own; ``left_out`` says why there is no figure."""
    words = [str(word) for word in (way, nodes, per_min, STEPS)]
    try:
        done = subprocess.run(
            [sys.executable, str(ROOT / "benchmarks" / "measure.py"), *words],
            cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=limit, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"left_out": f"no answer after {limit:.0f} s"}
    if done.returncode != 0:  # below zero: ended by a signal, most often for want of memory
        failed = way == "ours" or done.returncode > 0
        return {"left_out": f"failed (exit {done.returncode})", "failed": failed}
    return dict(json.loads(done.stdout))


def asked(way: str, nodes: int, *, everything: bool) -> str:
    """Say why a way is not asked, or nothing."""
    small, large = UP_TO[way]
    if nodes > large:
        return f"not asked above {large:,} nodes"
    if nodes > small and not everything:
        return "only with --all"
    if way in {"ortools", "static"} and find_spec("ortools") is None:
        return "OR-Tools is not installed"
    return ""


def measured(nodes: int, per_min: int, *, everything: bool, limit: float) -> tuple[Row, list[str]]:
    """Answer one question in every way; give the row, and what contradicts our answer."""
    row: Row = dict.fromkeys(COLUMNS, "") | {
        "nodes": nodes, "steps": STEPS, "crossing_per_min": per_min,
    }  # fmt: skip
    print(f"\n{nodes:,} nodes, {per_min:,} a minute at each crossing", flush=True)
    left_out, wrong, ours = [], [], {}
    for way in UP_TO:
        why_not = asked(way, nodes, everything=everything)
        found = {"left_out": why_not} if why_not else ask(way, nodes, per_min, limit)
        if "left_out" in found:
            left_out.append(f"{NAMES[way]}: {found['left_out']}")
            if found.get("failed"):
                wrong.append(f"{NAMES[way]} {found['left_out']}")
            says = found["left_out"]
        else:
            ours = found if way == "ours" else ours
            row |= figures(way, found, ours)
            wrong += contradictions(way, found, ours)
            says = told(way, row, found)
        print(f"  {NAMES[way]:18} {says}", flush=True)
    lacks = missed(row, target(nodes, per_min))
    row |= {"met": "no" if lacks else "yes", "missed": "; ".join(lacks),
            "left_out": "; ".join(left_out)}  # fmt: skip
    print(f"  {'targets':18} {row['missed'] or 'met, as far as measured'}", flush=True)
    return row, [f"{nodes:,} nodes, {per_min:,} a minute: {each}" for each in wrong]


def figures(way: str, found: dict[str, Any], ours: dict[str, Any]) -> Row:
    """Put what was found into columns."""
    seconds = f"{found['seconds']:.4f}"
    ratio = f"{found['seconds'] / ours['seconds']:.3g}" if ours else ""
    if way == "ours":
        same = {name: found[name] for name in ("nodes", "arcs", "zones", "people")}
        return same | {
            "out_by_the_end": found["out"], "augmentations": found["augmentations"],
            "seconds": seconds, "gb": f"{found['gb']:.2f}",
        }  # fmt: skip
    if way == "ortools":
        return {
            "ortools_build_seconds": f"{found['build']:.2f}",
            "ortools_solve_seconds": f"{found['solve']:.2f}",
            "ortools_gb": f"{found['gb']:.2f}", "ortools_ratio": ratio,
            "ortools_solve_ratio": f"{found['solve'] / ours['seconds']:.3g}" if ours else "",
        }  # fmt: skip
    if way == "static":
        above = 100 * (found["out"] / ours["out"] - 1) if ours else 0.0
        return {
            "static_seconds": seconds, "static_bound": found["out"],
            "static_above_percent": f"{above:.2f}" if ours else "",
        }  # fmt: skip
    row: Row = {f"{way}_seconds": seconds, f"{way}_ratio": ratio}
    if ours:
        people, minute, percent = behind(ours["arrivals"], found["arrivals"])
        row |= {
            f"{way}_short": ours["out"] - found["out"], f"{way}_most_behind": people,
            f"{way}_minute": minute, f"{way}_behind_percent": f"{percent:.2f}",
        }  # fmt: skip
    return row


def contradictions(way: str, found: dict[str, Any], ours: dict[str, Any]) -> list[str]:
    """Say where an answer and ours cannot both be right."""
    if not ours or way == "ours":
        return []
    if way == "ortools" and found["out"] != ours["out"]:
        return [f"OR-Tools moves {found['out']:,} people, the engine {ours['out']:,}"]
    if way == "static" and found["out"] < ours["out"]:
        return [f"the static bound is {found['out']:,}, the engine moves {ours['out']:,}"]
    if "arrivals" in found:
        people, minute, _ = behind(ours["arrivals"], found["arrivals"])
        if people < 0:
            return [f"{NAMES[way]} is ahead of the engine by minute {minute}: {-people:,} people"]
    return []


def brief(seconds: str | float) -> str:
    """Write seconds with as many places as can be trusted."""
    return f"{float(seconds):.3f}" if float(seconds) < 0.1 else f"{float(seconds):.2f}"


def told(way: str, row: Row, found: dict[str, Any]) -> str:
    """Tell one measurement in a line."""
    line = f"{brief(found['seconds']):>8} s {found['gb']:6.2f} GB  "
    if way == "ours":
        return line + (
            f"{found['out']:,} of {found['people']:,} people out, {found['augmentations']:,} "
            f"augmentations, {found['arcs']:,} arcs"
        )
    if not row["seconds"]:
        return line + f"{found['out']:,} people out"
    if way == "ortools":
        return line + (
            f"{row['ortools_ratio']} × ours; {found['build']:.2f} s to write out, "
            f"{found['solve']:.2f} s to solve ({row['ortools_solve_ratio']} × ours)"
        )
    if way == "static":
        return line + f"at most {found['out']:,} out, {row['static_above_percent']} % above"
    line += f"{row[way + '_ratio']} × ours; "
    if not row[way + "_most_behind"]:
        return line + "as many out by every minute"
    return line + (
        f"{row[way + '_short']:,} short at the end, most by minute {row[way + '_minute']}: "
        f"{row[way + '_most_behind']:,} people, {row[way + '_behind_percent']} %"
    )


def markdown(rows: list[Row]) -> str:
    """Put the rows into a table that docs can take as it is."""
    head = (
        "junctions, arcs", "at each crossing", "seconds", "GB", "out",
        "OR-Tools: build + solve", "CCRP", "CCRP behind", "static bound", "targets",
    )  # fmt: skip
    table = [
        head,
        ("---",) * len(head),
        *(
            (
                f"{row['nodes']:,}, {row['arcs'] or 0:,}",
                f"{row['crossing_per_min']:,} a minute",
                row["seconds"] and brief(row["seconds"]),
                row["gb"],
                f"{row['out_by_the_end'] or 0:,}",
                row["ortools_ratio"]
                and f"{row['ortools_build_seconds']} + {row['ortools_solve_seconds']} s: "
                f"{row['ortools_ratio']} ×",
                row["ccrp_ratio"] and f"{brief(row['ccrp_seconds'])} s: {row['ccrp_ratio']} ×",
                f"{row['ccrp_most_behind']:,} by minute {row['ccrp_minute']}"
                if row["ccrp_most_behind"]
                else row["ccrp_ratio"] and "never",
                row["static_above_percent"] and f"+{row['static_above_percent']} %",
                "met" if row["met"] == "yes" else f"missed: {row['missed']}",
            )
            for row in rows
        ),
    ]
    return "\n".join("| " + " | ".join(str(cell or "") for cell in line) + " |" for line in table)


def write_table(path: Path, rows: list[Row]) -> None:
    """Write the rows as CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(rows)


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "out" / "bench")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="the table, in place of FOLDER")
    parser.add_argument("--all", action="store_true", help="measure what takes minutes as well")
    parser.add_argument("--nodes", type=int, nargs="+", default=NODES, metavar="N")
    parser.add_argument("--per-min", type=int, nargs="+", default=PER_MIN, metavar="N")
    parser.add_argument("--limit", type=float, metavar="S", help="time limit of a measurement")
    given = parser.parse_args()
    path = given.csv or given.folder / "flow.csv"
    limit = given.limit or LIMIT_S[given.all]
    for way in ("ours", "ccrp"):  # kernels are compiled here, not in what is measured
        ask(way, 100, BINDING, 600)
    rows, wrong = [], []
    for nodes in given.nodes:
        for per_min in given.per_min:
            row, contradicts = measured(nodes, per_min, everything=given.all, limit=limit)
            rows.append(row)
            wrong += contradicts
            write_table(path, rows)
    write_picture(path.parent / "flow-cost.svg", rows)
    print(f"\n{markdown(rows)}\n")
    for line in wrong:
        print(f"*** {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
