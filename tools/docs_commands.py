"""Write docs/commands.md from the parsers that read the command line.

python tools/docs_commands.py [--check]
"""

from __future__ import annotations

import re
import sys

from docs_pages import written

from safepassage.cli.app import app

HEAD = """# Commands

Every command, with what `--help` says of it. Everything wrong with an input is told at once, and
nothing is then written.

"""
_EMPTY = re.compile(r" \*\[default: (?:False|\(\)|None)\]\*")


def page() -> str:
    """Write every command under a heading of its own, with its options."""
    told = app.generate_docs(output_format="markdown", recursive=True, heading_level=1)
    told = re.sub(r"^(safepassage[ a-z-]*?) -m \S+", r"\1", told, flags=re.MULTILINE)  # who asks
    _, _, commands = told.partition("**Commands**:\n")
    commands = _EMPTY.sub("", commands).replace("```console", "```text usage")
    commands = commands.replace("**Parameters**:", "").replace("**Commands**:", "")
    commands = re.sub(r"^(\s*)\* ", r"\1- ", commands, flags=re.MULTILINE)
    commands = re.sub(r"\n{3,}", "\n\n", commands)
    return f"{HEAD}{app.help_epilogue}\n\n{commands.strip()}\n"


if __name__ == "__main__":
    sys.exit(written("commands.md", page))
