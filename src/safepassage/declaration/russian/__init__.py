"""Put Russian into the English that the rules know."""

from __future__ import annotations

from safepassage.declaration.russian.gloss import gloss

__all__ = ["gloss"]
