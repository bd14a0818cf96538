"""Tell the situation by a process of its own: requests never wait for it, nor it for them.

One process runs Python on one core at a time. Told beside the requests, the situation makes those
of each second queue up behind it; told apart, it takes the other core.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safepassage.api.plans import Plans
from safepassage.api.telling import News, Teller, View
from safepassage.base.errors import Defect, InputError
from safepassage.ledger.opening import open_ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from safepassage.publish.redaction import Level

__all__ = ["Apart"]

_ROOT = Path(__file__).resolve().parents[2]
_NICE = 5
"""How far the situation stands behind requests, where both want the same core."""


class Apart:
    """Tell the situation by a process that reads the ledger itself; one that dies is replaced.

    ``news`` and ``past`` may be called from a thread each; neither waits for the other.

    Parameters
    ----------
    ledger
        The file or address of the ledger.
    first, first_sha256, folder
        The plans of this pause, as ``Plans`` takes them; those adopted are read from the folder.

    """

    def __init__(
        self, ledger: str | Path, first: Mapping[str, Any], *, first_sha256: str, folder: Path
    ) -> None:
        self._told = (ledger, first, first_sha256, folder)
        self._lock = threading.Lock()
        self._child = _Child(self._told)

    def news(self, now: datetime) -> News:
        """Take in what came since the last look, and tell what is another."""
        told: News = self._asked(0, now)
        return told

    def past(self, level: Level, at: datetime, now: datetime) -> View:
        """Tell what was known at a past minute."""
        told: View = self._asked(1, level, at, now)
        return told

    def close(self) -> None:
        """End the process; it holds nothing that could be lost."""
        self._child.end()

    def _asked(self, line: int, *what: Any) -> Any:
        child = self._child
        try:
            how, told = child.ask(line, what)
        except (OSError, EOFError):
            try:
                how, told = self._after(child).ask(line, what)
            except (OSError, EOFError):
                raise InputError.one("situation", "cannot be told now",
                                     "Ask again in a while.") from None  # fmt: skip
        if how == "refused":
            raise InputError(told)
        if how == "failed":
            raise Defect(told)
        return told

    def _after(self, gone: _Child) -> _Child:
        """Give the process that takes the place of one that died."""
        with self._lock:
            if self._child is gone:
                gone.end()
                self._child = _Child(self._told)
            return self._child


class _Child:
    """Be the process, and the lines to it: one for what is new, one for what is past."""

    def __init__(self, told: tuple[Any, ...]) -> None:
        ours, theirs = zip(*(Pipe() for _ in range(2)), strict=True)
        self.lines: tuple[Connection, ...] = ours
        numbers = [line.fileno() for line in theirs]
        self._process = subprocess.Popen(  # noqa: S603 - of this very package
            [sys.executable, "-P", "-m", __name__, *map(str, numbers)], pass_fds=numbers,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (
                str(_ROOT), os.environ.get("PYTHONPATH"))))},
            start_new_session=True,  # who ends the server by Ctrl-C ends this by the closed line
        )  # fmt: skip
        for line in theirs:
            line.close()
        with suppress(OSError):  # one that died at once is found out by the first question
            self.lines[0].send(told)

    def ask(self, line: int, what: tuple[Any, ...]) -> tuple[str, Any]:
        self.lines[line].send(what)
        said: tuple[str, Any] = self.lines[line].recv()
        return said

    def end(self) -> None:
        """End it; its lines break off for whoever waits, and close once they are forgotten."""
        self._process.kill()
        self._process.wait()


def _main(numbers: list[str]) -> None:
    """Be the process: answer until the server closes its lines, or is gone."""
    with suppress(OSError):
        os.nice(_NICE)
    news, past = (Connection(int(number)) for number in numbers)
    with suppress(EOFError):
        ledger, first, first_sha256, folder = news.recv()
        try:
            record = open_ledger(ledger, read_only=True)
        except InputError as error:  # the database is away: said once, and asked again anew
            news.recv()
            news.send(("refused", error.faults))
            return
        teller = Teller(record, Plans(first, first_sha256=first_sha256, folder=folder))
        threading.Thread(target=_answer, args=(past, teller.past), daemon=True).start()
        _answer(news, teller.news)


def _answer(line: Connection, work: Callable[..., Any]) -> None:
    """Answer every question of a line until it is closed."""
    with suppress(OSError, EOFError):
        while True:
            what = line.recv()
            said: tuple[str, Any]
            try:
                said = ("told", work(*what))
            except InputError as error:
                said = ("refused", error.faults)
            except Exception as error:  # noqa: BLE001 - its name is told, what it quotes is not
                said = ("failed", type(error).__name__)
            line.send(said)


if __name__ == "__main__":
    _main(sys.argv[1:])
    os._exit(0)  # the other thread may be at work on what nobody waits for
