"""Draw progress on anything that takes over a second, and hand over the answer."""

from __future__ import annotations

import json
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from safepassage.base.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rich.console import Console
    from rich.status import Status

    from safepassage.base.progress import Progress

__all__ = ["print_json", "shown", "tell_pages", "telling"]

_PATIENCE_S = 1.0
_LINES_EVERY_S = 2.0


class _Shown:
    """Show the current stage on standard error once the work has taken a while."""

    def __init__(self) -> None:
        self.stage = "Starting"
        self.started = time.monotonic()
        self.told = ""
        self.status: Status | None = None
        self.live = sys.stderr.isatty()
        self.timer = threading.Timer(_PATIENCE_S, self._start)
        self.timer.daemon = True
        self.timer.start()

    def __call__(self, what: str, done: float | None = None) -> None:
        share = "" if done is None else f" {done:.0%}"
        self.stage = f"{what}{share}"
        if self.status is not None:
            self.status.update(f"{self.stage} …")
        elif not self.live and time.monotonic() - self.started > _LINES_EVERY_S:
            self._line(what)

    def _start(self) -> None:
        if self.live:
            from rich.console import Console  # noqa: PLC0415
            from rich.status import Status  # noqa: PLC0415

            self.status = Status(f"{self.stage} …", console=Console(stderr=True))
            self.status.start()
        else:
            self._line(self.stage)

    def _line(self, what: str) -> None:
        """Tell a stage once: for logs and pipes."""
        if what != self.told:
            self.told = what
            sys.stderr.write(f"{what} …\n")
            sys.stderr.flush()

    def stop(self) -> None:
        self.timer.cancel()
        if self.status is not None:
            self.status.stop()


@contextmanager
def shown() -> Iterator[Progress]:
    """Give a callback that draws progress for the time of a block."""
    drawing = _Shown()
    try:
        yield drawing
    finally:
        drawing.stop()


@contextmanager
def telling(written: Sequence[Path] = ()) -> Iterator[None]:
    """Hand an answer to standard output, and say what stands if it cannot be written.

    Parameters
    ----------
    written
        Files that were written before, and stay whatever becomes of the answer.

    Raises
    ------
    InputError
        If standard output takes no more, such as on a full disk.

    """
    stands = f"the files in {written[0].parent} are written and whole" if written else ""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        raise KeyboardInterrupt(stands) from None
    except OSError as error:
        reason = "; ".join(filter(None, (f"({error.strerror or error})", stands)))
        raise InputError.one(
            "standard output", f"cannot be written {reason}",
            "Send it elsewhere, or free some space.",
        ) from error  # fmt: skip


def print_json(document: Any) -> None:
    """Print JSON: as it reads where the terminal can show it, else with escapes."""
    text = json.dumps(document, ensure_ascii=False, indent=1)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(document, indent=1)
    sys.stdout.write(text + "\n")


def tell_pages(console: Console, what: str, pages: Sequence[Path]) -> None:
    """Say which pages to open, each path whole on its line so that it can be copied."""
    for page in pages:
        console.print(f"\n{what}: ", end="")
        console.print(str(page), style="bold", soft_wrap=True)
