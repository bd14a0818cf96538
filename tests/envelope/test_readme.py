"""Run what the README's first screen shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_the_main_job_takes_five_lines_of_python(tmp_path):
    (code,) = blocks("python")
    assert len([line for line in code.splitlines() if line.strip()]) <= 5
    assert in_a_folder(tmp_path, sys.executable, "-c", code).strip()


def test_the_main_job_takes_one_line_of_shell(tmp_path):
    (line,) = [
        line for block in blocks("sh") for line in block.splitlines() if "safepassage plan" in line
    ]
    words = shlex.split(line, comments=True)
    in_a_folder(tmp_path, sys.executable, "-m", "safepassage.cli", *words[1:])
    assert (tmp_path / words[words.index("--to") + 1] / "brief.html").stat().st_size > 0


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
