"""Run what the README's first screen shows; test_wheel runs its line of shell as installed."""

from __future__ import annotations

import re
from pathlib import Path

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_main_job_takes_five_lines_of_python():
    (code,) = blocks("python")
    assert len([line for line in code.splitlines() if line.strip()]) <= 5


def test_the_main_job_takes_one_line_of_shell():
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert sum(line.startswith("safepassage plan ") for line in lines) == 1
