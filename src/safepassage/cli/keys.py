"""Read single keys from a terminal while something else goes on."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["keys"]


@contextmanager
def keys() -> Iterator[Callable[[float], str] | None]:
    """Give what waits so many seconds at most for a key, and tells it, or an empty text.

    Gives None where standard input is no terminal, or this system has none such; the terminal is
    as before afterwards.
    """
    try:
        import select  # noqa: PLC0415
        import termios  # noqa: PLC0415
        import tty  # noqa: PLC0415
    except ImportError:  # not on Windows
        yield None
        return
    if not sys.stdin.isatty():
        yield None
        return
    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)

    def pressed(seconds: float) -> str:
        ready, _, _ = select.select([number], [], [], seconds)
        if not ready:
            return ""
        key = os.read(number, 1)  # not through a buffer, which would take all that was typed
        if not key:  # the terminal has gone
            time.sleep(seconds)
        return key.decode("ascii", "replace")

    tty.setcbreak(number)
    try:
        yield pressed
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)
