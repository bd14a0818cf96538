"""Find the line of a key in a TOML text, so that a fault can name it."""

from __future__ import annotations

import re

__all__ = ["line_of"]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-\"'.]+)\s*=")


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def line_of(text: str, path: tuple[str | int, ...]) -> int | None:
    """Give the line, from 1, that sets ``path``, or the nearest table above it.

    ``path`` mixes keys and positions, such as ``("corridors", 2, "lanes")``.
    """
    best: tuple[int, int] | None = None  # how much of the path a line sets, and the line
    counts: dict[tuple[str, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            parts = _parts(header[2])
            table = parts
            if header[1] == "[[":
                counts[parts] = counts.get(parts, -1) + 1
                table = (*parts, counts[parts])
            elif len(parts) > 1 and parts[:-1] in counts:
                table = (*parts[:-1], counts[parts[:-1]], parts[-1])
            here = table
        elif key:
            here = (*table, *_parts(key[1]))
        else:
            continue
        if path[: len(here)] == here and (best is None or len(here) > best[0]):
            best = (len(here), number)
    return best[1] if best else None
