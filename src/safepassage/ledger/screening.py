"""Refuse text that could find or name a person, before anything is stored.

A screen of patterns errs towards refusing and still lets much through: a name without a title
passes. It stands beside the rule that reporters write no names, not in its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import category, decimal, normalize

from safepassage.base.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["screen", "screened_faults"]

_SIGNS = str.maketrans(
    {"٫": ".", "٬": ",", "،": ",", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"}
)

_HARMLESS = re.compile(
    r"(?<!\d)(?:\d{4}-(?:0\d|1[0-2])-[0-3]\d"
    r"(?:[T ]?[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d\d:\d\d)?)?"
    r"|[0-3]?\d[./][01]?\d[./](?:19|20)\d\d|[0-2]?\d:[0-5]\d(?::[0-5]\d)?"
    r"|\d{1,3}(?:,\d{3})+|\d{3,4} ?\((?:19|20)\d\d\)|(?<=S/)20\d\d/\d{1,4})(?!\d)"
)
"""Dates, times, numbers with commas between their thousands, and the numbers of resolutions and
documents of the Security Council, such as 2254 (2015) and S/2016/873."""

_DEGREES = r"[-+]?\d{1,3}(?:\.\d{3,}|,\d{4,})"
_TITLES_EN = (
    r"Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Doctor|Colonel|Col|Captain|Capt|Lieutenant|Lt|Sergeant|"
    r"Sgt|Commander"
)
_TITLES_AR = r"السيد|الدكتور|الدكتورة|العقيد|النقيب|الملازم|الرقيب|المقدم"
_WAYS_TO_CALL = r"tel|phone|mobile|cell|whatsapp|viber|telegram|signal|هاتف|جوال|موبايل|واتساب|واتس"
_PAPERS = r"passport|identity|national id|id card|id no|id number|الهوية|هوية|الوطني|جواز"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an e-mail address", re.compile(r"(?<![\w.+-])[\w.+-]+\s?@\s?[\w-]+\.\w")),
    ("an account's name", re.compile(
        r"(?<!\w)@\w{3,}|\b(?:t\.me|wa\.me|(?:facebook|instagram|tiktok|twitter|x)\.com)/\S+",
        re.IGNORECASE)),
    ("a position that could find a person", re.compile(
        rf"{_DEGREES}\s*°?\s*[NS]?\s*[,;/ ]\s*{_DEGREES}"
        rf"|{_DEGREES}\s*°?\s*[NSEW]\b|{_DEGREES}\s*°"
        r"|\d{1,3}\s*°\s*\d{1,2}(?:\.\d+|\s*['′’]\s*\d)"
        r"|\b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?(?:\d{6,10}|\d{3,5}\s\d{3,5})\b"
        r"|\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b"
        r"|///\w+\.\w+\.\w+")),
    ("a phone number", re.compile(
        rf"(?:\b(?:{_WAYS_TO_CALL})\b)[^\d\n]{{0,20}}\+?\d[\d ().-]{{3,}}\d", re.IGNORECASE)),
    ("an identity number", re.compile(
        rf"(?:\b(?:{_PAPERS})\b)[^\d\n]{{0,20}}\d{{4,}}", re.IGNORECASE)),
    ("an identity number", re.compile(r"\b[A-Z]-?\d{6,}\b|\b[A-Z]{2,3}[- ]?\d{7,}\b")),
    ("a phone or identity number", re.compile(r"\+?\(?\d(?:[ ().\-/_]{0,3}\d){6,}")),
    ("the name of a person", re.compile(rf"\b(?:{_TITLES_EN})\.?\s+[A-Z][\w'’-]+")),
    ("the name of a person", re.compile(rf"(?<!\w)(?:{_TITLES_AR})\s+\w{{2,}}")),
)  # fmt: skip

_SUSPECT = re.compile(rf"[\d@/+]|\b(?:{_TITLES_EN})\b")
"""What every pattern needs in a text of ASCII; most codes and many remarks hold none of it."""

_PLAIN = re.compile(r"[a-z ,.;:()_-]*\d{0,3}")
"""Codes and words in which no pattern can match: none is found in three digits at the end."""

_REMEDY = (
    "Take it out: write a role, an area or a number of people instead. Times are written as "
    "09:00, dates as 2016-11-04, large numbers as 275,000, and lists of numbers with commas."
)
_MACHINE = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|[0-9a-f]{128}"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z"
)
"""Ids, digests and times: written by machines, and checked by the models."""


def screen(text: str) -> tuple[str, ...]:
    """Tell what in a text could find or name a person, each with its first signs.

    Digits of every script are read, and signs that do not show are passed over.
    """
    if text.isascii() and not _SUSPECT.search(text):
        return ()
    plain = _HARMLESS.sub("|", _plain(text))
    found = dict.fromkeys(
        f"{what} ('{match.group()[:4]}…')"
        for what, pattern in _PATTERNS
        for match in pattern.finditer(plain)
    )
    return tuple(found)


def screened_faults(payload: Any, where: str) -> Iterator[Fault]:
    """Give a fault for each string of a payload that does not pass."""
    if isinstance(payload, dict):
        for key, value in payload.items():
            yield from screened_faults(value, f"{where}.{key}")
    elif isinstance(payload, list):
        for i, value in enumerate(payload):
            yield from screened_faults(value, f"{where}.{i}")
    elif isinstance(payload, str) and not (
        _PLAIN.fullmatch(payload) or _MACHINE.fullmatch(payload)
    ):
        for what in screen(payload):
            yield Fault(where, f"holds what looks like {what}", _REMEDY)


def _plain(text: str) -> str:
    if text.isascii():
        return text
    shown = (sign for sign in normalize("NFKC", text) if category(sign) != "Cf")
    digits = (str(decimal(sign)) if category(sign) == "Nd" else sign for sign in shown)
    return "".join(digits).translate(_SIGNS)
