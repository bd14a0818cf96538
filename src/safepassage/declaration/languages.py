"""Tell which language a stretch of text is in, and gloss what is not English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from safepassage.declaration.gloss import Piece, Token

__all__ = ["glosser_for", "is_other", "script_of"]

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_SCRIPTS = {"ru": re.compile(r"[\u0400-\u04ff]"), "ar": re.compile(r"[\u0620-\u06d3\u06fa-\u06ff]")}


def script_of(words: str) -> str | None:
    """Give the language whose letters a stretch has most of: ``ru``, ``ar`` or ``None``."""
    counts = {code: len(letters.findall(words)) for code, letters in _SCRIPTS.items()}
    code = max(counts, key=counts.__getitem__)
    return code if counts[code] else None


def glosser_for(code: str) -> Callable[[Sequence[Token]], list[Piece]]:
    """Give what puts the words of one sentence into English."""
    if code == "ru":
        from safepassage.declaration.russian import gloss  # noqa: PLC0415
    else:
        from safepassage.declaration.arabic import gloss  # noqa: PLC0415
    return gloss


def is_other(words: str) -> bool:
    """Tell whether a text is mostly in letters of a language that cannot be read."""
    head = words[:20_000]
    letters = sum(sign.isalpha() for sign in head)
    known = sum(len(script.findall(head)) for script in (_LATIN, *_SCRIPTS.values()))
    return letters > 40 and known * 2 < letters
