"""Say how long tests go on: briefly with every change, at length where they soak."""

from __future__ import annotations

import os
from typing import TypeVar

__all__ = ["at_length", "soaking"]

T = TypeVar("T")

soaking = os.environ.get("SAFEPASSAGE_SOAK", "") not in {"", "0"}
"""Whether `make soak` asked for the long runs; it sets SAFEPASSAGE_SOAK."""


def at_length(brief: T, long: T) -> T:
    """Give the first with every change, and the second where tests soak."""
    return long if soaking else brief
