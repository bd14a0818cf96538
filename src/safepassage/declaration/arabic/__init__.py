"""Put Arabic into the English that the rules know."""

from __future__ import annotations

from safepassage.declaration.arabic.gloss import gloss

__all__ = ["gloss"]
