"""Read pages into blocks of code; run one as a reader would, from top to bottom in one folder.

Marks stand in a comment above a block, where readers do not see them:

- ``<!-- not run: WHY -->`` (a network, a terminal, a server); it must still parse
- ``<!-- at length: WHY -->``: run where tests soak, parsed with every change
- ``<!-- run by FILE -->``: a test of its own runs it
- ``<!-- exit 2 -->``: how it ends, where that is not 0

A block of text after a command is what it says, ``…`` where something is left out. Other blocks are
files where the fence, or the words above it ("Save this as `NAME`"), name them.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs.papers import DOCS, ROOT
from lengths import soaking
from safepassage.cli import main
from safepassage.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["Block", "Reader", "blocks_of", "commands_in", "pages", "parsed", "says"]

MADE = {"api.md", "commands.md", "data-dictionary.md"}
"""Pages that a tool writes: what they show are forms of calls, not calls."""

_MARK = re.compile(r"^<!-- (not run|at length|run by|exit):? (.+?) -->$")
_NAMED = re.compile(r"[Ss]ave (?:this|it)\b[^`]*`([\w./-]+)`[^`]*$")
_RUNS = ("sh", "bash", "python")


@dataclass(frozen=True)
class Block:
    """Hold a fenced block, where it stands, what it is called and how it is marked."""

    page: str
    line: int
    language: str
    name: str
    code: str
    marks: Mapping[str, str] = field(hash=False)

    @property
    def waits(self) -> bool:
        """Tell whether it is not run here and now."""
        return bool({"not run", "run by"} & set(self.marks)) or (
            "at length" in self.marks and not soaking
        )


def pages() -> list[str]:
    """List the pages whose blocks are run."""
    found = [*DOCS.glob("*.md"), *(DOCS / "how-to").glob("*.md")]
    names = (path.relative_to(ROOT).as_posix() for path in (*found, ROOT / "README.md"))
    return sorted(name for name in names if Path(name).name not in MADE)


def blocks_of(page: str) -> list[Block]:
    """Give the fenced blocks of a page, in order."""
    lines = (ROOT / page).read_text(encoding="utf-8").splitlines()
    found, start = [], None
    for number, line in enumerate(lines):
        if not line.startswith("```"):
            continue
        if start is None:
            start = number
            continue
        language, _, about = lines[start][3:].partition(" ")
        marks, above = _above(lines, start)
        named = about if "." in about else ""
        if not named and language not in _RUNS and (told := _NAMED.search(above)):
            named = told[1]
        code = "\n".join(lines[start + 1 : number]) + "\n"
        found.append(Block(page, start + 1, language, named or about, code, marks))
        start = None
    assert start is None, f"{page}: a block is not closed"
    return found


def _above(lines: list[str], start: int) -> tuple[dict[str, str], str]:
    """Give the marks over a fence and the paragraph over those."""
    marks: dict[str, str] = {}
    at = start - 1
    while at >= 0 and (mark := _MARK.match(lines[at])):
        marks[mark[1]] = mark[2]
        at -= 1
    while at >= 0 and not lines[at].strip():
        at -= 1
    end = at + 1
    while at >= 0 and lines[at].strip() and not lines[at].startswith("```"):
        at -= 1
    return marks, " ".join(lines[at + 1 : end])


def commands_in(code: str) -> list[str]:
    """Give the command lines of a block, those that go on over lines put together."""
    whole = code.replace("\\\n", " ")
    return [line.strip() for line in whole.splitlines() if line.strip() and line.strip()[0] != "#"]


def parsed(line: str) -> list[str]:
    """Give a command's words, if the program takes them: command, options, and enough of them."""
    words = shlex.split(line, comments=True)
    assert words
    if words[0] == "safepassage":
        app.parse_args(words[1:], exit_on_error=False, print_error=False)
    elif words[0] == "make":
        verbs = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert words[1] in verbs, line
    return words


def says(told: str, output: str) -> str:
    """Give the first passage of ``told`` that the output lacks after those before it."""
    out, at = _flat(output), 0
    parts = [_flat(part) for part in told.split("…")]
    for number, part in enumerate(parts):
        found = out.find(part, at)
        if found < 0 or (number == 0 and found > 0 and part):
            return part
        at = found + len(part)
    return "" if not parts[-1] or out.endswith(parts[-1]) else f"[the end] {out[at:].strip()[:200]}"


def _flat(text: str) -> str:
    return " ".join(text.split())


class Reader:
    """Do what a page says, in a folder of its own."""

    def __init__(
        self, page: str, folder: Path, stands_for: Mapping[str, Callable[[], str]]
    ) -> None:
        self.page, self.folder, self.stands_for = page, folder, stands_for
        self.names: dict[str, Any] = {}

    def read(self) -> Iterator[str]:
        """Go through the page; give what is not as it says."""
        output: str | None = None
        for block in blocks_of(self.page):
            where = f"{self.page}:{block.line}"
            if block.language == "text" and "." not in block.name:
                if output is not None and (missing := says(block.code, output)):
                    yield f"{where}: not said: {missing!r}, but:\n{output}"
                output = None
                continue
            output = None
            if block.waits:
                continue
            if "." in block.name:
                path = self.folder / block.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.code, encoding="utf-8")
            elif block.language in _RUNS:
                status, output = self._run(block)
                expected = int(block.marks.get("exit", "0"))
                if status != expected:
                    yield f"{where}: exit status {status}, not {expected}:\n{output}"
            elif block.language == "toml":
                tomllib.loads(block.code)

    def _run(self, block: Block) -> tuple[int, str]:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            if block.language == "python":
                exec(compile(block.code, block.page, "exec"), self.names)  # noqa: S102 - our page
                return 0, said.getvalue()
            status = 0
            for line in commands_in(block.code):
                status = status or self._command(line, said)
        return status, said.getvalue()

    def _command(self, line: str, said: io.StringIO) -> int:
        for word, value in self.stands_for.items():
            line = re.sub(rf"(?<![\w-]){word}(?![\w-])", lambda _, value=value: value(), line)
        words = shlex.split(line, comments=True)
        if words[0] == "safepassage":
            return main(words[1:])
        here = f'safepassage() {{ "{sys.executable}" -m safepassage.cli "$@"; }}; '
        done = subprocess.run(
            ["bash", "-c", here + line],
            cwd=self.folder, capture_output=True, text=True, check=False,
        )  # fmt: skip
        said.write(done.stdout + done.stderr)
        return done.returncode
