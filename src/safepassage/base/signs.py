"""Take the power out of signs that command a terminal or turn writing round."""

from __future__ import annotations

from typing import Any
from unicodedata import category

__all__ = ["all_without_controls", "without_controls"]

_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Unicode's embeddings, overrides and isolates: left open, they could show 19:00 as 00:91."""


def without_controls(text: str) -> str:
    """Put a sign for each control character but the end of a line, one for one."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "\ufffd" if sign in _TURNING or (category(sign) == "Cc" and sign != "\n") else sign
        for sign in text
    )


def all_without_controls(value: Any) -> Any:
    """Do the same to every string in a document of JSON."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, dict):
        return {key: all_without_controls(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [all_without_controls(each) for each in value]
    return value
