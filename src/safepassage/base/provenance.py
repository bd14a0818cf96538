"""Say of every output which tool made it, from which inputs, and whom to credit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

__all__ = ["OSM_ATTRIBUTION", "Source", "sha256", "stamp", "tool_version"]

OSM_ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0"


def tool_version() -> str:
    """Tell the version of the installed package."""
    try:
        return version("safepassage")
    except PackageNotFoundError:  # a source tree that was never installed
        return "0+unknown"


def sha256(data: bytes | str) -> str:
    """Hash bytes, or text as UTF-8, to 64 hexadecimal digits."""
    return hashlib.sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """Name one input of a result and its SHA-256."""

    name: str
    sha256: str


def stamp(
    kind: str, schema_version: str, inputs: tuple[Source, ...], attribution: tuple[str, ...]
) -> dict[str, Any]:
    """Make the head that every JSON output carries."""
    return {
        "schema_version": schema_version,
        "kind": kind,
        "tool": {"name": "safepassage", "version": tool_version()},
        "inputs": [{"name": source.name, "sha256": source.sha256} for source in inputs],
        "attribution": list(attribution),
    }
