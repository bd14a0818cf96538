"""Find in English text that a place is besieged or encircled, and since when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from safepassage.declaration.english.roles import Role
    from safepassage.declaration.model import Place
    from safepassage.declaration.text import Text

__all__ = ["find_status"]

_BESIEGED = re.compile(
    r"(?<![\w-])(?:besieged|under (?:total |full |complete )?siege|blockaded|under (?:total |"
    r"full |complete )?blockade)(?![\w])"
)
_ENCIRCLED = re.compile(r"(?<![\w-])(?:encircled|surrounded)(?![\w])")
_SINCE = re.compile(
    r"(?<![\w-])(?:since (?P<since>(?:(?:the |last )?(?:early |late |mid-?|end of |beginning "
    r"of |start of |middle of )?(?:the |last )?(?:summer|winter|spring|autumn|fall|year|month|"
    r"week|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)"
    r"(?: (?:of )?\d{4})?|\d{4}|\d{1,2} [a-z]{3,9}(?: \d{4})?)(?!\w))|for (?P<long>(?:more "
    r"than |over |"
    r"nearly |almost )?"
    r"(?:\w{1,9}|several) (?:days|weeks|months|years)))"
)


def find_status(
    text: Text, roles: Sequence[Role], place: Finding[Place] | None
) -> Finding[str] | None:
    """Find that the place is besieged or encircled, and since when it is said to be."""
    best: Finding[str] | None = None
    for sentence, role in zip(text.sentences, roles, strict=True):
        if role.looks_back:
            continue
        marks = [
            (word, match)
            for word, pattern in (("besieged", _BESIEGED), ("encircled", _ENCIRCLED))
            if (match := pattern.search(sentence.plain))
            and not re.search(
                r"(?:\bnot|no longer|lifted the|after the)[ \w]{0,12}$",
                sentence.plain[: match.start()][-30:],
            )
        ]
        if not marks or not (place is None or _is_about(sentence.plain, place.value.name)):
            continue
        found = _status(marks, sentence.plain, sentence.start)
        if best is None or len(found.value) > len(best.value):
            best = found
    return best


def _is_about(plain: str, name: str) -> bool:
    here = re.escape(name.lower())
    return (
        re.search(
            rf"(?<!\w){here}(?!\w)|(?<!\w)the (?:city|town|area|enclave|district|"
            rf"neighbourhood)s?(?!\w)|(?<!\w)(?:people|civilians|residents)(?!\w)",
            plain,
        )
        is not None
    )


def _status(marks: list[tuple[str, re.Match[str]]], plain: str, offset: int) -> Finding[str]:
    start = min(match.start() for _, match in marks)
    end = max(match.end() for _, match in marks)
    value = " and ".join(word for word, _ in marks)
    since = _SINCE.search(plain, end, end + 60)
    if since and not re.search(r"[,;]", plain[end : since.start()]):
        end = since.end()
        tail = f"since {since['since'].strip()}" if since["since"] else f"for {since['long']}"
        value = f"{value} {tail}"
    return Finding(value, offset + start, offset + end)
