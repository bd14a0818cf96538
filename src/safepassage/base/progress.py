"""Pass progress from the rooms to whoever draws it."""

from __future__ import annotations

import time
from typing import Final, Protocol

__all__ = ["Progress", "silent", "time_left"]

_LONG_S: Final = 90

_ENOUGH: Final = 5
"""Pieces of work after which the pace is told: the first of many threads end together."""


class Progress(Protocol):
    """Be told how far a piece of work is.

    ``done`` is the share from 0 to 1, or ``None`` where the length is unknown.
    """

    def __call__(self, what: str, done: float | None = None) -> None:
        """Take one report of progress."""


def silent(what: str, done: float | None = None) -> None:
    """Ignore progress: the default below the surfaces."""


def time_left(started: float, done: int, expected: int) -> str:
    """Say how long what is left will take, at the pace so far."""
    if not _ENOUGH <= done < expected:
        return ""
    left = (time.monotonic() - started) / done * (expected - done)
    return (
        f", about {round(left)} s left" if left < _LONG_S else f", about {left / 60:.0f} min left"
    )
