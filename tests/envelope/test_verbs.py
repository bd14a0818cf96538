from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VERBS = {"help", "demo", "test", "lint", "bench", "soak", "docs", "lock", "clean"}


def makefile():
    return (ROOT / "Makefile").read_text(encoding="utf-8")


def test_make_alone_lists_every_verb():
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(re.findall(r"^  make ([a-z]+) +\S", done.stdout, re.MULTILINE)) == VERBS


def test_every_verb_is_phony():
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile(), re.MULTILINE)
    assert set(phony.split()) == VERBS


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md"])
def test_verbs_named_in_the_papers_exist(paper):
    text = (ROOT / paper).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^ {4}|^|`)make ([a-z]+)", text, re.MULTILINE))
    assert {"demo", "test"} <= named
    assert named <= VERBS


@pytest.mark.parametrize("script", ["setup", "debian", "demo", "test", "lint"])
def test_scripts_are_plain_sh_and_may_be_run(script):
    path = ROOT / "tools" / script
    assert os.access(path, os.X_OK)
    assert path.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", str(path)], check=True)


@pytest.mark.parametrize(
    ("red", "status"), [("", 0), ("lint", 1), ("test", 1)], ids=["green", "lint", "test"]
)
def test_ci_runs_both_verbs_and_fails_where_one_does(tmp_path, red, status):
    make = tmp_path / "make"
    make.write_text(f'#!/bin/sh\necho "$1" >>{tmp_path}/log\n[ "$1" != "{red}" ]\n')
    make.chmod(0o755)
    done = subprocess.run(
        [ROOT / ".ci" / "run"], check=False,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
    )  # fmt: skip
    assert done.returncode == status
    assert (tmp_path / "log").read_text().split() == ["lint", "test"]


def bench(tmp_path, *words):
    return subprocess.run(
        [sys.executable, ROOT / "tools" / "bench.py", *words,
         "--from", tmp_path / "scripts", "--to", tmp_path / "out"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def wrote(table):
    return (
        "import sys, pathlib\nassert sys.argv[1] == '--csv'\n"
        f"pathlib.Path(sys.argv[2]).write_text('{table}')\n"
    )


@pytest.fixture
def scripts(tmp_path):
    folder = tmp_path / "scripts"
    folder.mkdir()
    (folder / "bench_good.py").write_text(wrote("nodes,seconds\\n10,0.5\\n"))
    return folder


def test_a_benchmark_leaves_its_table_and_what_it_ran_on(tmp_path, scripts):
    done = bench(tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "good.csv").read_text() == "nodes,seconds\n10,0.5\n"
    with (tmp_path / "out" / "machine.csv").open(newline="") as file:
        machine = dict(csv.reader(file))
    assert int(machine["cores"]) >= 1
    assert {"commit", "cpu", "python", "safepassage", "numba"} <= machine.keys()


@pytest.mark.parametrize(
    "script",
    [wrote("a,b\\n1,2\\n") + "raise SystemExit(3)\n", "pass\n", wrote("a,b\\n1\\n")],
    ids=["fails", "says nothing", "ragged"],
)
def test_a_bad_benchmark_fails_the_run_but_not_the_others(tmp_path, scripts, script):
    (scripts / "bench_bad.py").write_text(script)
    done = bench(tmp_path)
    assert done.returncode == 1
    assert "*** bad" in done.stderr
    assert not (tmp_path / "out" / "bad.csv").exists()
    assert (tmp_path / "out" / "good.csv").exists()


def test_soaks_are_run_by_themselves(tmp_path, scripts):
    (scripts / "soak_long.py").write_text(wrote("a\\n1\\n"))
    assert bench(tmp_path, "--kind", "soak").returncode == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"long.csv", "machine.csv"}


def test_benchmarks_are_picked_by_words(tmp_path, scripts):
    (scripts / "bench_other.py").write_text(wrote("a\\n1\\n"))
    assert bench(tmp_path, "oth").returncode == 0
    assert not (tmp_path / "out" / "good.csv").exists()
    assert bench(tmp_path, "nothing-like-it").returncode == 2
