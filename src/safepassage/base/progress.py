"""Pass progress from the rooms to whoever draws it."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Progress", "silent"]


class Progress(Protocol):
    """Be told how far a piece of work is.

    ``done`` is the share from 0 to 1, or ``None`` where the length is unknown.
    """

    def __call__(self, what: str, done: float | None = None) -> None:
        """Take one report of progress."""


def silent(what: str, done: float | None = None) -> None:
    """Ignore progress: the default below the surfaces."""
