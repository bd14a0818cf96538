"""Serve the operations room: a case, its ledger and its pages, over HTTP."""

from __future__ import annotations

__all__: list[str] = []
