"""Draw progress on anything that takes over a second."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.status import Status

    from safepassage.base.progress import Progress

__all__ = ["shown"]

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
