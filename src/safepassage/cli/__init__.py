"""Offer the program in a terminal; no logic of its own."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main(argv: list[str] | None = None) -> int:
    """Run a command line and give the exit status.

    0 done, 1 our fault, 2 bad input, 3 a text that announces nothing.
    """
    try:
        from safepassage.cli.app import run  # noqa: PLC0415 - `safepassage --help` is to be quick
    except KeyboardInterrupt:  # imports take their time, too
        if sys.stderr is not None:
            sys.stderr.write("Stopped; nothing was written.\n")
        return 130
    return run(argv)
