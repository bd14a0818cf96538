"""Fit words into text messages: shortened by rule, no word ever cut."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["GSM_7", "GSM_SIGNS", "UCS2_SIGNS", "fitted", "gsm", "short_name", "ucs2"]

GSM_SIGNS = 160
"""Signs in one message of the GSM 7-bit alphabet (3GPP TS 23.038)."""

UCS2_SIGNS = 70
"""Signs in one message of UCS-2, for scripts that the GSM alphabet lacks (the same)."""

GSM_7 = frozenset(
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""Signs of the GSM alphabet that take one septet each, the ends of lines left out."""

_PLAIN = str.maketrans({
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"',
    "×": "x", "·": "-", "[": "(", "]": ")", "{": "(", "}": ")", "؛": ";",
})  # fmt: skip


def fitted(parts: Iterable[Sequence[str]], written: Callable[[str], str], most: int) -> str:
    """Put parts after each other: first as many as fit in their shortest wording, then longer ones.

    Parts and wordings come with what matters most, and the longest, first.
    """
    chosen: list[str] = []
    wordings: list[list[str]] = []
    for part in parts:
        ways = [written(each) for each in part]
        shortest = min(ways, key=len)
        if len(" ".join([*chosen, shortest])) <= most:
            chosen.append(shortest)
            wordings.append(ways)
    for place, ways in enumerate(wordings):
        for way in ways:
            longer = [*chosen[:place], way, *chosen[place + 1 :]]
            if len(" ".join(longer)) <= most:
                chosen = longer
                break
    return " ".join(chosen)


def gsm(text: str) -> str:
    """Write a text in the GSM alphabet, a letter without its accent where that lacks it."""
    signs = []
    for sign in text.translate(_PLAIN):
        if sign in GSM_7:
            signs.append(sign)
        else:
            plain = unicodedata.normalize("NFKD", sign)
            signs += [each for each in plain if each in GSM_7] or [_unwritten(sign)]
    return " ".join("".join(signs).split())


def ucs2(text: str) -> str:
    """Write a text in UCS-2: each sign one unit."""
    text = "".join(sign if ord(sign) < 0x10000 else "?" for sign in text)
    return " ".join(text.split())


def _unwritten(sign: str) -> str:
    """Stand for a sign that the alphabet lacks; marks and blanks are let go."""
    return "" if unicodedata.category(sign)[0] in "MC" else " " if sign.isspace() else "?"


def short_name(name: str) -> str:
    """Leave out what a name says in brackets or after a dash."""
    short = re.split(r"\s+[–—-]\s+|\s*\(", name, maxsplit=1)[0].strip()
    return short or name
