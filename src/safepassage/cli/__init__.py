"""Offer the program in a terminal; no logic of its own."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

__all__ = ["main"]


def main(argv: list[str] | None = None) -> int:
    """Run a command line and give the exit status.

    0 done, 1 our fault, 2 bad input, 3 a text that announces nothing.
    """
    with _stopping_at_once():
        from safepassage.cli.app import run  # noqa: PLC0415 - `safepassage --help` is to be quick
    return run(argv)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    if sys.stderr is not None:
        sys.stderr.write("Stopped; nothing was written.\n")
        sys.stderr.flush()
    os._exit(130)


@contextmanager
def _stopping_at_once() -> Iterator[None]:
    """End at Ctrl-C while importing, when nothing is open yet.

    An exception would come out of whatever module is half imported, and some wrap it:
    Python 3.11 turns it into a RuntimeError where a class is being made.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield  # somebody else's handler: a host program's, or none because we are in the background
        return
    try:
        signal.signal(signal.SIGINT, _leave)
    except ValueError:  # not in the main thread: Ctrl-C does not come here
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
