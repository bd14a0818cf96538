"""Run what the README's first screen shows; test_wheel runs its line of shell as installed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import safepassage

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.slow


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def in_a_folder(folder: Path, *command: str) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PATH": path},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_main_job_takes_five_lines_of_python(aleppo_plan, monkeypatch, tmp_path):
    """They run as shown; the plan they ask for was made once for all tests, by that call."""
    asked = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(safepassage, "plan", lambda case: asked.append(case) or aleppo_plan)
    (code,) = blocks("python")
    assert len([line for line in code.splitlines() if line.strip()]) <= 5
    exec(code, {})  # noqa: S102 - ours
    assert asked == ["aleppo-2016-11-04"]
    assert list(tmp_path.rglob("brief.html"))


def test_every_command_shown_is_a_command():
    text = in_a_folder(ROOT, sys.executable, "-m", "safepassage.cli", "--help")
    shown = {
        words[1]
        for block in blocks("sh") + blocks("text")
        for line in block.splitlines()
        if (words := line.split()) and words[0] == "safepassage"
    }
    assert {"cases", "read", "estimate", "plan"} <= shown
    assert all(re.search(rf"\b{command}\b", text) for command in shown)
