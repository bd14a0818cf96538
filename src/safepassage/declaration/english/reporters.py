"""Find in English text which outlets reported an announcement, and where it was taken from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from safepassage.declaration.findings import Finding

if TYPE_CHECKING:
    from safepassage.declaration.english.reading import Reading

__all__ = ["find_carrier", "find_reporters"]

_MEDIA_VERB = re.compile(
    r"(?:'s \w+)?[ ,]{1,2}(?:[\w'-]{1,14} ){0,3}?(?:report(?:s|ed)|quot(?:es|ed|ing)|cit(?:es|"
    r"ed|ing)|said|says|carried|published|wrote|broadcast)(?![\w])"
)
_MEDIA_CITED = re.compile(
    r"(?:quoted (?:as saying )?by|as saying by|saying by|according to|reported by|told|"
    r"carried by|citing|cited by|published by|quoting|statement to) (?:the |reporters from "
    r")?(?:\w+ ){0,2}$"
)


_HEAD = 3
"""Sentences that a dateline stands in, whatever else its sentence tells (an assumption)."""


def find_reporters(reading: Reading) -> list[Finding[str]]:
    """Find the news agencies and outlets that are said to have reported it."""
    plain = reading.text.plain
    found: dict[str, Finding[str]] = {}
    for sentence, role in reading.rows():
        for actor in reading.actors_in(sentence):
            if actor.kind != "media":
                continue
            before = plain[max(sentence.start, actor.start - 50) : actor.start]
            bracketed = before.rstrip().endswith("(") and plain[actor.end : actor.end + 1] in {
                ")",
                ",",
            }
            if role.looks_back and not (bracketed and sentence.index < _HEAD):
                continue
            spoke = _MEDIA_VERB.match(plain, actor.end, sentence.end)
            if bracketed or spoke or _MEDIA_CITED.search(before):
                found.setdefault(actor.name, Finding(actor.name, actor.start, actor.end))
    return list(found.values())


_URL = re.compile(r"https?://(?:www\.)?(?P<host>[\w-]{1,60}(?:\.[\w-]{1,60}){1,5})[^\s<>]{0,400}")


def find_carrier(reading: Reading) -> Finding[str] | None:
    """Find the site the text was taken from, where a line of its own names it."""
    for sentence in (*reading.text.sentences[-3:], *reading.text.sentences[:4]):
        match = _URL.search(sentence.plain)
        if match and len(sentence.plain) - len(match[0]) <= 24:
            start = sentence.start + match.start("host")
            return Finding(match["host"], start, sentence.start + match.end("host"))
    return None
